//! How much is let on a day: one definition, whoever asks and of whatever day.

use serde_json::{Value, json};

use crate::town::{Person, Reply, Town, nothing};

/// A building with five rooms: 101 let for good, 102 to the 31st of October, 103 to next June, 104 offered, 105 not.
struct House {
    property: String,
    tenant: String,
    rooms: Vec<String>,
    contracts: Vec<String>,
}

impl House {
    async fn of(dulmaa: &Person<'_>) -> House {
        let property = dulmaa.has_property("Алтан Тауэр").await;
        let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
        let mut rooms = Vec::new();
        for unit in ["101", "102", "103", "104", "105"] {
            rooms.push(dulmaa.has_room(&property, unit).await);
        }
        dulmaa.patch(&format!("/v2/rooms/{}", rooms[3]), json!({ "version": 1, "listed": true })).await.is(200);
        let mut contracts = Vec::new();
        for (room, end) in [(0, json!(null)), (1, json!("2026-10-31")), (2, json!("2027-06-30"))] {
            contracts.push(lets(dulmaa, &property, &tenant, &rooms[room], json!({ "endsOn": end })).await);
        }
        House { property, tenant, rooms, contracts }
    }
}

/// A contract in force; its id.
async fn lets(dulmaa: &Person<'_>, property: &str, tenant: &str, room: &str, fields: Value) -> String {
    let contract = dulmaa.drafts(property, tenant, room, fields).await.is(201).id();
    dulmaa.post(&format!("/v2/contracts/{contract}/signature"), nothing()).await.is(200);
    contract
}

/// Rooms let, with notice given, listed, vacant.
fn units(totals: &Reply) -> [i64; 4] {
    ["let", "notice", "listed", "vacant"]
        .map(|standing| totals.json()["figures"][standing]["units"].as_i64().expect("a count"))
}

async fn on(person: &Person<'_>, day: &str) -> [i64; 4] {
    units(&person.get(&format!("/v2/rooms/totals?asOf={day}")).await.is(200))
}

#[tokio::test]
async fn the_figures_of_any_day_are_computed_from_the_contracts() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let house = House::of(&dulmaa).await;

    let today = dulmaa.get("/v2/rooms/totals").await.is(200);

    assert_eq!(units(&today), [2, 1, 1, 1]);
    let today = today.shows("/asOf", "2026-10-10").shows("/occupied", 3).shows("/areaOccupiedM2", "150.00");
    today.shows("/figures/total/areaM2", "250.00").shows("/figures/notice/areaM2", "50.00");
    // Before the contracts began, on the last day of one, after it, within the days before the next one's end, after all.
    assert_eq!(on(&dulmaa, "2026-09-30").await, [0, 0, 1, 4]);
    assert_eq!(on(&dulmaa, "2026-10-01").await, [2, 1, 1, 1]);
    assert_eq!(on(&dulmaa, "2026-10-31").await, [2, 1, 1, 1]);
    assert_eq!(on(&dulmaa, "2026-11-01").await, [2, 0, 1, 2]);
    assert_eq!(on(&dulmaa, "2027-05-30").await, [2, 0, 1, 2]);
    assert_eq!(on(&dulmaa, "2027-05-31").await, [1, 1, 1, 2]);
    assert_eq!(on(&dulmaa, "2027-07-01").await, [1, 0, 1, 3]);
    // The list, its filter and the building's line say the same.
    for (standing, unit) in [("notice", "102"), ("listed", "104"), ("vacant", "105")] {
        let list = dulmaa.get(&format!("/v2/rooms?occupancy={standing}")).await.is(200);
        let list = list.shows("/items/0/unitNo", unit).shows("/items/0/occupancy", standing);
        assert_eq!(list.json()["items"].as_array().map(Vec::len), Some(1));
    }
    let past = dulmaa.get("/v2/rooms?occupied=true&asOf=2026-11-01").await.is(200);
    past.shows("/items/0/unitNo", "101").shows("/items/1/unitNo", "103").shows("/nextCursor", json!(null));
    let building =
        dulmaa.get("/v2/occupancy?asOf=2026-11-01").await.is(200).shows("/items/0/property/id", house.property);
    building.shows("/items/0/figures/let/units", 2).shows("/items/0/figures/vacant/areaM2", "100.00");
    // And so does the first page.
    let first = dulmaa.get("/v2/today").await.is(200);
    first.shows("/unitsLet", 3).shows("/unitsNotice", 1).shows("/unitsTotal", 5).shows("/areaLetM2", "150.00");
    for wrong in ["asOf=2026-13-01", "asOf=0206-01-01", "occupancy=empty"] {
        dulmaa.get(&format!("/v2/rooms/totals?{wrong}")).await.refuses(400, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn notice_is_given_from_the_day_it_was_said_and_not_where_the_next_one_moves_in() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let house = House::of(&dulmaa).await;

    let end = json!({ "on": "2027-03-31", "reason": "Нүүх болсон" });
    dulmaa.post(&format!("/v2/contracts/{}/termination", house.contracts[2]), end).await.is(200);
    assert_eq!(on(&dulmaa, "2026-10-10").await, [1, 2, 1, 1]);
    assert_eq!(on(&dulmaa, "2026-10-09").await, [2, 1, 1, 1], "the day before nobody knew");

    // A draft for November promises nothing; signed, it does.
    let from = json!({ "startsOn": "2026-11-01" });
    let next = dulmaa.drafts(&house.property, &house.tenant, &house.rooms[1], from).await.is(201).id();
    assert_eq!(on(&dulmaa, "2026-10-10").await, [1, 2, 1, 1]);
    dulmaa.post(&format!("/v2/contracts/{next}/signature"), nothing()).await.is(200);
    assert_eq!(on(&dulmaa, "2026-10-10").await, [2, 1, 1, 1]);

    // How far ahead the owner looks is the owner's own setting.
    let owner = format!("/v2/property-owners/{}", town.altan);
    let version = dulmaa.get(&owner).await.is(200).shows("/noticeDays", 30).json()["version"].clone();
    dulmaa.patch(&owner, json!({ "version": version, "noticeDays": 366 })).await.refuses(400, "VALIDATION_ERROR");
    dulmaa.patch(&owner, json!({ "version": version, "noticeDays": 0 })).await.is(200).shows("/noticeDays", 0);
    assert_eq!(on(&dulmaa, "2026-10-30").await, [2, 1, 1, 1], "what was announced stays announced");
    assert_eq!(on(&dulmaa, "2026-10-05").await, [3, 0, 1, 1]);
}

#[tokio::test]
async fn a_building_is_drawn_floor_by_floor_from_the_top_down() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let house = House::of(&dulmaa).await;
    for (number, unit) in [(-1, "P-10"), (-1, "P-9"), (2, "201")] {
        let floors = dulmaa.get(&format!("/v2/floors?propertyId={}", house.property)).await.is(200).json();
        let known = floors["items"].as_array().expect("a list").iter().find(|floor| floor["number"] == number).cloned();
        let floor = match known {
            Some(floor) => floor["id"].as_str().expect("an id").to_owned(),
            None => {
                let new = json!({ "propertyId": house.property, "number": number, "label": "Давхар" });
                dulmaa.post("/v2/floors", new).await.is(201).id()
            }
        };
        let room = json!({ "propertyId": house.property, "floorId": floor, "unitNo": unit, "kind": "parking", "areaM2": "15" });
        dulmaa.post("/v2/rooms", room).await.is(201);
    }
    dulmaa.post("/v2/floors", json!({ "propertyId": house.property, "number": 3 })).await.is(201);
    let path = format!("/v2/properties/{}/grid", house.property);

    let grid = dulmaa.get(&path).await.is(200);

    let floors = grid.json()["floors"].clone();
    let numbers: Vec<&Value> = floors.as_array().expect("floors").iter().map(|floor| &floor["number"]).collect();
    assert_eq!(numbers, [&json!(3), &json!(2), &json!(-1), &json!(null)]);
    let grid = grid.shows("/floors/2/rooms/0/unitNo", "P-9").shows("/floors/2/rooms/1/unitNo", "P-10");
    let grid = grid.shows("/floors/2/figures/vacant/areaM2", "30.00").shows("/floors/0/rooms", json!([]));
    let grid = grid.shows("/floors/3/rooms/1/occupancy", "notice").shows("/floors/3/rooms/1/until", "2026-10-31");
    let grid = grid.shows("/floors/3/rooms/1/tenantName", "Хас Эрдэнэ ХХК").shows("/noticeDays", 30);
    assert_eq!(grid.json()["figures"], dulmaa.get("/v2/rooms/totals").await.is(200).json()["figures"]);
    let later =
        dulmaa.get(&format!("{path}?asOf=2026-11-01")).await.is(200).shows("/floors/3/rooms/1/occupancy", "vacant");
    later.shows("/asOf", "2026-11-01");

    let (bat, saraa) = (town.employee().await, town.neighbour().await);
    bat.get(&path).await.refuses(404, "NOT_FOUND");
    bat.get("/v2/occupancy").await.is(200).shows("/items", json!([]));
    town.assigns(&bat, &house.property).await;
    bat.get(&path).await.is(200).shows("/figures/total/units", 8);
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.get("/v2/occupancy").await.is(200).shows("/items", json!([]));
    town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
    let tenant = town.linked_tenant(&dulmaa, "Б. Болд", "99110001").await;
    tenant.get(&path).await.refuses(403, "FORBIDDEN");
    tenant.get("/v2/occupancy").await.refuses(403, "FORBIDDEN");
}

#[tokio::test]
async fn a_room_tells_who_was_is_and_will_be_in_it() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let house = House::of(&dulmaa).await;
    let next = dulmaa.has_tenant("Оюут Ухаан ХХК", "5213457").await;
    dulmaa.drafts(&house.property, &next, &house.rooms[1], json!({ "startsOn": "2026-11-15" })).await.is(201);
    let path = format!("/v2/rooms/{}", house.rooms[1]);

    let history = dulmaa.get(&format!("{path}/history")).await.is(200);

    let history = history.shows("/tenancies/0/tenantName", "Оюут Ухаан ХХК").shows("/tenancies/0/status", "draft");
    let history = history.shows("/tenancies/1/until", "2026-10-31").shows("/tenancies/1/contractCode", "CT-2026-0002");
    history.shows("/madeOf", json!(null)).shows("/became", json!(null));
    dulmaa.get(&path).await.is(200).shows("/occupiedBy/since", "2026-10-01").shows("/occupancy", "notice");
    dulmaa.get(&format!("{path}?asOf=2026-11-10")).await.is(200).shows("/occupiedBy", json!(null));
    let (bat, saraa) = (town.employee().await, town.neighbour().await);
    bat.get(&format!("{path}/history")).await.refuses(404, "NOT_FOUND");
    saraa.get(&format!("{path}/history")).await.refuses(404, "NOT_FOUND");
    town.nobody().get(&format!("{path}/history")).await.refuses(401, "UNAUTHORIZED");
}
