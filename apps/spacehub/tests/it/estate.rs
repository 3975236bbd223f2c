//! Buildings, floors and rooms, and who may see which.

use http::Method;
use serde_json::json;

use crate::town::{Town, nothing};

#[tokio::test]
async fn a_director_puts_up_a_building_with_floors_and_rooms() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    let property = dulmaa.has_property("  Алтан   Тауэр ").await;
    let floor = json!({ "propertyId": property, "number": -1, "label": "Зоорь" });
    let floor = dulmaa.post("/v2/floors", floor).await.is(201).id();
    let room = json!({ "propertyId": property, "floorId": floor, "unitNo": " а-105", "kind": "storage",
        "areaM2": "12.50", "priceMode": "flat", "baseRent": "30000000", "listed": true });
    let room = dulmaa.post("/v2/rooms", room).await.is(201);

    let room = room.shows("/unitNo", "A-105").shows("/floorNumber", -1).shows("/areaM2", "12.50");
    let room =
        room.shows("/occupiedBy", json!(null)).shows("/baseRent", "30000000").shows("/propertyName", "Алтан Тауэр");
    dulmaa.get(&format!("/v2/rooms/{}", room.id())).await.is(200).shows("/unitNo", "A-105");
    dulmaa.get(&format!("/v2/floors/{floor}")).await.is(200).shows("/label", "Зоорь");
    let floors = dulmaa.get(&format!("/v2/floors?propertyId={property}")).await.is(200);
    floors.shows("/items/0/number", -1).shows("/nextCursor", json!(null));
    dulmaa.get("/v2/properties").await.is(200).shows("/items/0/name", "Алтан Тауэр");
    let of_owner = format!("/v2/property-owners/{}/properties", town.altan);
    dulmaa.get(&of_owner).await.is(200).shows("/items/0/id", property);
    let notes = "select count(*) from audit_log where action in ('property.create', 'floor.create', 'room.create')";
    assert_eq!(town.count(notes).await, 3);
}

#[tokio::test]
async fn a_unit_is_there_once_however_it_is_typed() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let property = dulmaa.has_property("Алтан Тауэр").await;
    dulmaa.has_room(&property, "А-105").await;

    let again = json!({ "propertyId": property, "unitNo": "A–105", "kind": "office", "areaM2": "1" });
    let again = dulmaa.post("/v2/rooms", again).await.refuses(409, "CONFLICT");

    assert_eq!(again["details"]["reason"], "DUPLICATE");
    assert_eq!(again["details"]["field"], "unitNo");
    let again = dulmaa.post("/v2/properties", json!({ "name": "Алтан Тауэр " })).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "DUPLICATE");
    let floor = json!({ "propertyId": property, "number": 1 });
    dulmaa.post("/v2/floors", floor.clone()).await.is(201);
    dulmaa.post("/v2/floors", floor).await.refuses(409, "CONFLICT");
}

#[tokio::test]
async fn what_is_wrong_with_a_room_is_said_all_at_once() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let property = dulmaa.has_property("Алтан Тауэр").await;

    let room = json!({ "propertyId": property, "unitNo": " ", "kind": "office", "areaM2": "12.345", "baseRent": "-1" });
    let wrong = dulmaa.post("/v2/rooms", room).await.refuses(400, "VALIDATION_ERROR");

    let fields = &wrong["details"]["fields"];
    assert!(fields["unitNo"].is_array() && fields["areaM2"].is_array() && fields["baseRent"].is_array(), "{wrong}");
    for (field, value) in [
        ("ownerId", json!(town.mungun)),
        ("kind", json!("castle")),
        ("baseRent", json!("9223372036854775808")),
        ("baseRent", json!(5)),
        ("areaM2", json!("99999999999999999999")),
        ("areaM2", json!("-1")),
    ] {
        let mut room = json!({ "propertyId": property, "unitNo": "1", "kind": "office", "areaM2": "10" });
        room[field] = value;
        let wrong = dulmaa.post("/v2/rooms", room).await.refuses(400, "VALIDATION_ERROR");
        assert!(wrong["details"]["fields"][field].is_array(), "{wrong}");
    }
    let wrong = json!({ "name": "a\u{0}b", "builtYear": 20026, "floorCount": -1, "totalAreaM2": "-1" });
    let wrong = dulmaa.post("/v2/properties", wrong).await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(wrong["details"]["fields"].as_object().map(|fields| fields.len()), Some(4), "{wrong}");
    assert_eq!(town.count("select count(*) from rooms").await, 0);
    for bad in ["cursor=xyz", "limit=0", "limit=101", "colour=red", "occupied=maybe", "propertyId=1"] {
        dulmaa.get(&format!("/v2/rooms?{bad}")).await.refuses(400, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn a_room_and_a_building_are_changed_with_the_version_that_was_read() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = format!("/v2/rooms/{}", dulmaa.has_room(&property, "301").await);
    let property = format!("/v2/properties/{property}");

    let changed = dulmaa.patch(&room, json!({ "version": 1, "areaM2": "51.25", "unitNo": "301А" })).await.is(200);
    changed.shows("/areaM2", "51.25").shows("/unitNo", "301A").shows("/version", 2).shows("/kind", "office");
    let stale = dulmaa.patch(&room, json!({ "version": 1, "areaM2": "1" })).await.refuses(409, "CONFLICT");
    assert_eq!(stale["details"]["reason"], "VERSION");
    let changed = dulmaa.patch(&property, json!({ "version": 1, "status": "decommissioned" })).await.is(200);
    changed.shows("/status", "decommissioned").shows("/version", 2).shows("/district", "Сүхбаатар");
    let stale = dulmaa.patch(&property, json!({ "version": 1, "name": "X" })).await.refuses(409, "CONFLICT");
    assert_eq!(stale["details"]["reason"], "VERSION");
}

#[tokio::test]
async fn an_employee_works_in_the_buildings_assigned_and_in_no_other() {
    let town = Town::new().await;
    let (dulmaa, bat) = (town.director().await, town.employee().await);
    let (tower, plaza) = (dulmaa.has_property("Алтан Тауэр").await, dulmaa.has_property("Алтан Плаза").await);
    let closed = dulmaa.has_room(&plaza, "101").await;
    town.assigns(&bat, &tower).await;

    let room = bat.has_room(&tower, "301").await;

    bat.patch(&format!("/v2/rooms/{room}"), json!({ "version": 1, "listed": true })).await.is(200);
    let seen = bat.get("/v2/properties").await.is(200).shows("/items/0/id", tower.clone()).json();
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1));
    bat.get(&format!("/v2/rooms/{closed}")).await.refuses(404, "NOT_FOUND");
    bat.get(&format!("/v2/properties/{plaza}")).await.refuses(404, "NOT_FOUND");
    bat.patch(&format!("/v2/rooms/{closed}"), json!({ "version": 1, "listed": true })).await.refuses(404, "NOT_FOUND");
    let there = json!({ "propertyId": plaza, "unitNo": "7", "kind": "office", "areaM2": "10" });
    bat.post("/v2/rooms", there).await.refuses(404, "NOT_FOUND");
    bat.post("/v2/floors", json!({ "propertyId": plaza, "number": 3 })).await.refuses(404, "NOT_FOUND");
    bat.post("/v2/properties", json!({ "name": "Миний" })).await.refuses(403, "FORBIDDEN");
    let tower = format!("/v2/properties/{tower}");
    bat.patch(&tower, json!({ "version": 1, "name": "Миний" })).await.refuses(403, "FORBIDDEN");
    dulmaa.get("/v2/rooms/totals").await.is(200).shows("/count", 2).shows("/areaM2", "100.00");
    bat.get("/v2/rooms/totals").await.is(200).shows("/count", 1);
}

#[tokio::test]
async fn the_neighbour_and_nobody_see_no_building() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = dulmaa.has_room(&property, "301").await;
    let floor = dulmaa.post("/v2/floors", json!({ "propertyId": property, "number": 3 })).await.is(201).id();
    let own = saraa.has_property("Мөнгөн Плаза").await;

    for path in [
        format!("/v2/properties/{property}"),
        format!("/v2/rooms/{room}"),
        format!("/v2/floors/{floor}"),
        format!("/v2/property-owners/{}/properties", town.altan),
    ] {
        saraa.get(&path).await.refuses(404, "NOT_FOUND");
        town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
    }
    for path in ["/v2/rooms".to_owned(), "/v2/floors".to_owned(), format!("/v2/rooms?propertyId={property}")] {
        saraa.get(&path).await.is(200).shows("/items", json!([]));
    }
    saraa.get("/v2/rooms/totals").await.is(200).shows("/count", 0).shows("/areaM2", "0");
    let change = json!({ "version": 1, "name": "Миний" });
    saraa.patch(&format!("/v2/properties/{property}"), change).await.refuses(404, "NOT_FOUND");
    saraa.patch(&format!("/v2/rooms/{room}"), json!({ "version": 1 })).await.refuses(404, "NOT_FOUND");
    let foreign = json!({ "propertyId": property, "unitNo": "7", "kind": "office", "areaM2": "10" });
    saraa.post("/v2/rooms", foreign).await.refuses(404, "NOT_FOUND");
    let foreign = json!({ "propertyId": own, "floorId": floor, "unitNo": "7", "kind": "office", "areaM2": "10" });
    saraa.post("/v2/rooms", foreign).await.refuses(404, "NOT_FOUND");
    saraa.post("/v2/floors", json!({ "propertyId": property, "number": 9 })).await.refuses(404, "NOT_FOUND");
    assert_eq!(town.count("select count(*) from rooms").await, 1);
    assert_eq!(town.count("select count(*) from floors").await, 1);
}

#[tokio::test]
async fn rooms_are_paged_building_by_building_and_filtered_by_who_is_in_them() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let (tower, plaza) = (dulmaa.has_property("Алтан Тауэр").await, dulmaa.has_property("Алтан Плаза").await);
    let mut rooms = Vec::new();
    for unit in ["103", "101", "102"] {
        rooms.push(dulmaa.has_room(&tower, unit).await);
    }
    dulmaa.has_room(&plaza, "К-1").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
    let let_today = dulmaa.drafts(&tower, &tenant, &rooms[0], json!({ "endsOn": "2026-12-31" })).await.is(201).id();
    dulmaa.post(&format!("/v2/contracts/{let_today}/signature"), json!({})).await.is(200);
    dulmaa.drafts(&tower, &tenant, &rooms[1], json!({})).await.is(201);

    let first = dulmaa.get("/v2/rooms?limit=3").await.is(200);
    let cursor = first.json()["nextCursor"].as_str().expect("there is more").to_owned();
    let second = dulmaa.get(&format!("/v2/rooms?limit=3&cursor={cursor}")).await.is(200);

    let units = |reply: &crate::town::Reply| -> Vec<String> {
        let json = reply.json();
        let items = json["items"].as_array().expect("a page").iter();
        items.map(|room| room["unitNo"].as_str().expect("a unit").to_owned()).collect()
    };
    assert_eq!(units(&first), ["101", "102", "103"]);
    assert_eq!(units(&second), ["K-1"]);
    second.shows("/nextCursor", json!(null));
    let occupied = dulmaa.get("/v2/rooms?occupied=true").await.is(200);
    assert_eq!(units(&occupied), ["103"], "a draft holds its room, but nobody is in it");
    let occupied = occupied.shows("/items/0/occupiedBy/contractCode", "CT-2026-0001");
    occupied.shows("/items/0/occupiedBy/tenantName", "Хас Эрдэнэ ХХК").shows("/items/0/occupiedBy/until", "2026-12-31");
    assert_eq!(units(&dulmaa.get("/v2/rooms?occupied=false").await), ["101", "102", "K-1"]);
    assert_eq!(units(&dulmaa.get(&format!("/v2/rooms?propertyId={plaza}&kind=office")).await), ["K-1"]);
    assert_eq!(units(&dulmaa.get("/v2/rooms?q=%D0%BA").await), ["K-1"]);
    assert_eq!(units(&dulmaa.get("/v2/rooms?q=%25").await), Vec::<String>::new());
    let totals = dulmaa.get("/v2/rooms/totals").await.is(200);
    totals.shows("/count", 4).shows("/occupied", 1).shows("/areaM2", "200.00").shows("/areaOccupiedM2", "50.00");
}

#[tokio::test]
async fn a_room_has_features_moves_to_another_floor_and_no_further() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let (tower, plaza) = (dulmaa.has_property("Алтан Тауэр").await, dulmaa.has_property("Алтан Плаза").await);
    let floor = async |property: &str, number: i32| {
        dulmaa.post("/v2/floors", json!({ "propertyId": property, "number": number })).await.is(201).id()
    };
    let (third, fourth, foreign) = (floor(&tower, 3).await, floor(&tower, 4).await, floor(&plaza, 4).await);
    let new = json!({ "propertyId": tower, "floorId": third, "unitNo": "301", "kind": "apartment", "areaM2": "60",
        "view": "  Богд   уул ", "balcony": true, "furnished": true, "depositMonths": 2, "priceMode": "flat", "baseRent": "150000000" });

    let room = dulmaa.post("/v2/rooms", new.clone()).await.is(201);

    let path = format!("/v2/rooms/{}", room.id());
    let room =
        room.shows("/view", "Богд уул").shows("/balcony", true).shows("/depositMonths", 2).shows("/furnished", true);
    room.shows("/occupancy", "vacant").shows("/validFrom", json!(null));
    let moved =
        dulmaa.patch(&path, json!({ "version": 1, "floorId": fourth, "balcony": false, "view": "" })).await.is(200);
    moved.shows("/floorNumber", 4).shows("/balcony", false).shows("/view", "").shows("/furnished", true);
    let listed = dulmaa.patch(&path, json!({ "version": 2, "floorId": null, "listed": true })).await.is(200);
    listed.shows("/floorNumber", json!(null)).shows("/occupancy", "listed");
    let wrong = dulmaa.patch(&path, json!({ "version": 3, "floorId": foreign })).await.refuses(400, "VALIDATION_ERROR");
    assert!(wrong["details"]["fields"]["floorId"].is_array(), "{wrong}");
    for (field, value) in [
        ("depositMonths", json!(25)),
        ("view", json!("я".repeat(201))),
        ("baseRent", json!("100000000000001")),
        ("validFrom", json!("0206-01-01")),
    ] {
        let mut wrong = new.clone();
        wrong[field] = value;
        let wrong = dulmaa.post("/v2/rooms", wrong).await.refuses(400, "VALIDATION_ERROR");
        assert!(wrong["details"]["fields"][field].is_array(), "{wrong}");
    }
}

#[tokio::test]
async fn units_stand_as_people_count_them() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    for unit in ["K-10", "10", "2", "K-9", "B1-12", "К-101", "007", "B1-2", "К-9А"] {
        dulmaa.has_room(&tower, unit).await;
    }

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = dulmaa.get(&format!("/v2/rooms?limit=2&cursor={cursor}")).await.is(200).json();
        let items = page["items"].as_array().expect("a page").iter();
        seen.extend(items.map(|room| room["unitNo"].as_str().expect("a unit").to_owned()));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }

    assert_eq!(seen, ["2", "007", "10", "B1-2", "B1-12", "K-9", "K-9A", "K-10", "K-101"]);
}

#[tokio::test]
async fn a_room_that_nobody_rented_is_taken_away_and_one_that_was_is_closed() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    let (slip, rented) = (dulmaa.has_room(&tower, "1001").await, dulmaa.has_room(&tower, "301").await);
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
    let contract = dulmaa.drafts(&tower, &tenant, &rented, json!({ "endsOn": "2026-12-31" })).await.is(201).id();
    dulmaa.post(&format!("/v2/contracts/{contract}/signature"), nothing()).await.is(200);
    let (slip, rented) = (format!("/v2/rooms/{slip}"), format!("/v2/rooms/{rented}"));

    saraa.ask(Method::DELETE, &slip, None, &[]).await.refuses(404, "NOT_FOUND");
    dulmaa.ask(Method::DELETE, &slip, None, &[]).await.is(204);
    let refused = dulmaa.ask(Method::DELETE, &rented, None, &[]).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "ROOM_HAS_HISTORY");

    dulmaa.get(&slip).await.refuses(404, "NOT_FOUND");
    assert_eq!(town.count("select count(*) from audit_log where action = 'room.delete'").await, 1);
    let closing = |day: &str| json!({ "version": 1, "lastDay": day, "reason": "Шатны хэсэг болгов" });
    let refused = dulmaa.post(&format!("{rented}/closing"), closing("2026-12-30")).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "ROOM_LET");
    assert!(refused["message"].as_str().is_some_and(|said| said.contains("CT-2026-0001")), "{refused}");
    let no_reason = json!({ "version": 1, "lastDay": "2026-12-31", "reason": " " });
    dulmaa.post(&format!("{rented}/closing"), no_reason).await.refuses(400, "VALIDATION_ERROR");
    saraa.post(&format!("{rented}/closing"), closing("2026-12-31")).await.refuses(404, "NOT_FOUND");
    let closed = dulmaa.post(&format!("{rented}/closing"), closing("2026-12-31")).await.is(200);
    closed.shows("/validTo", "2026-12-31").shows("/occupancy", "let").shows("/closedReason", "Шатны хэсэг болгов");
    let units =
        async |day: &str| dulmaa.get(&format!("/v2/rooms/totals?asOf={day}")).await.is(200).json()["count"].clone();
    assert_eq!((units("2026-12-31").await, units("2027-01-01").await), (json!(1), json!(0)));
    dulmaa.get(&format!("{rented}?asOf=2027-01-01")).await.is(200).shows("/occupancy", json!(null));
    // Its contract can't be made longer than the room is there; opened again, it can.
    let longer = json!({ "version": 2, "endsOn": "2027-01-31" });
    let refused = dulmaa.patch(&format!("/v2/contracts/{contract}"), longer.clone()).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "ROOM_NOT_THERE");
    assert_eq!((&refused["details"]["unit"], &refused["details"]["to"]), (&json!("301"), &json!("2026.12.31")));
    let again = json!({ "version": 2, "lastDay": "2027-01-01", "reason": "Дахин" });
    let refused = dulmaa.post(&format!("{rented}/closing"), again).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "ROOM_CLOSED");
    saraa.ask(Method::DELETE, &format!("{rented}/closing"), None, &[]).await.refuses(404, "NOT_FOUND");
    dulmaa.ask(Method::DELETE, &format!("{rented}/closing"), None, &[]).await.is(200).shows("/validTo", json!(null));
    dulmaa.patch(&format!("/v2/contracts/{contract}"), longer).await.is(200);
    town.nobody().ask(Method::DELETE, &rented, None, &[]).await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_building_goes_only_when_nothing_in_it_is_let() {
    let town = Town::new().await;
    let (dulmaa, bat) = (town.director().await, town.employee().await);
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    town.assigns(&bat, &tower).await;
    let room = dulmaa.has_room(&tower, "301").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
    let contract = dulmaa.drafts(&tower, &tenant, &room, json!({})).await.is(201).id();
    let path = format!("/v2/properties/{tower}");

    let facts = json!({ "version": 1, "city": "Дархан", "totalAreaM2": "8400.5", "floorCount": 12, "builtYear": 2016 });
    let changed = dulmaa.patch(&path, facts).await.is(200);
    changed.shows("/city", "Дархан").shows("/totalAreaM2", "8400.5").shows("/floorCount", 12).shows("/builtYear", 2016);
    dulmaa.patch(&path, json!({ "version": 2, "builtYear": null })).await.is(200).shows("/builtYear", json!(null));
    let gone = json!({ "version": 3, "status": "decommissioned" });
    bat.patch(&path, gone.clone()).await.refuses(403, "FORBIDDEN");
    let refused = dulmaa.patch(&path, gone.clone()).await.refuses(409, "CONFLICT");
    assert_eq!((&refused["details"]["reason"], &refused["details"]["unit"]), (&json!("PROPERTY_LET"), &json!("301")));
    dulmaa
        .post(&format!("/v2/contracts/{contract}/termination"), json!({ "on": "2026-10-10", "reason": "Больсон" }))
        .await
        .is(200);
    dulmaa.patch(&path, gone).await.is(200).shows("/decommissionedOn", "2026-10-10").shows("/status", "decommissioned");

    dulmaa.get("/v2/rooms/totals").await.is(200).shows("/count", 0);
    dulmaa.get("/v2/rooms/totals?asOf=2026-10-09").await.is(200).shows("/count", 1);
    let refused = dulmaa.drafts(&tower, &tenant, &room, json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "ROOM_NOT_THERE");
    let site = json!({ "version": 4, "status": "under_construction" });
    let refused = dulmaa.patch(&path, site).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "ILLEGAL_TRANSITION");
    let back = dulmaa.patch(&path, json!({ "version": 4, "status": "active" })).await.is(200);
    back.shows("/decommissionedOn", json!(null));
    dulmaa.drafts(&tower, &tenant, &room, json!({})).await.is(201);
}

#[tokio::test]
async fn a_floor_is_named_and_goes_when_it_is_empty() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    let floor = dulmaa.post("/v2/floors", json!({ "propertyId": tower, "number": 3 })).await.is(201).id();
    dulmaa.post("/v2/floors", json!({ "propertyId": tower, "number": 4 })).await.is(201);
    let path = format!("/v2/floors/{floor}");
    let room = json!({ "propertyId": tower, "floorId": floor, "unitNo": "301", "kind": "office", "areaM2": "20" });
    let room = format!("/v2/rooms/{}", dulmaa.post("/v2/rooms", room).await.is(201).id());

    dulmaa.patch(&path, json!({ "version": 1, "label": "Үйлчилгээ" })).await.is(200).shows("/version", 2);
    let stale = dulmaa.patch(&path, json!({ "version": 1, "number": 5 })).await.refuses(409, "CONFLICT");
    assert_eq!(stale["details"]["reason"], "VERSION");
    let twice = dulmaa.patch(&path, json!({ "version": 2, "number": 4 })).await.refuses(409, "CONFLICT");
    assert_eq!(twice["details"]["reason"], "DUPLICATE");
    dulmaa.patch(&path, json!({ "version": 2, "number": 500 })).await.refuses(400, "VALIDATION_ERROR");
    dulmaa.patch(&path, json!({ "version": 2, "number": 5 })).await.is(200).shows("/label", "Үйлчилгээ");
    let full = dulmaa.ask(Method::DELETE, &path, None, &[]).await.refuses(409, "CONFLICT");
    assert_eq!(full["details"]["reason"], "FLOOR_NOT_EMPTY");
    saraa.patch(&path, json!({ "version": 3, "label": "X" })).await.refuses(404, "NOT_FOUND");
    saraa.ask(Method::DELETE, &path, None, &[]).await.refuses(404, "NOT_FOUND");
    dulmaa.patch(&room, json!({ "version": 1, "floorId": null })).await.is(200);
    dulmaa.ask(Method::DELETE, &path, None, &[]).await.is(204);

    dulmaa.get(&path).await.refuses(404, "NOT_FOUND");
    assert_eq!(town.count("select count(*) from audit_log where action in ('floor.edit', 'floor.delete')").await, 3);
}
