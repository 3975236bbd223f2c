//! Buildings, floors and rooms, and who may see which.

use serde_json::json;

use crate::town::Town;

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
