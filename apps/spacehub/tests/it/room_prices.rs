//! Prices of many rooms at once: looked at first, then all or none, once.

use http::Method;
use serde_json::{Value, json};

use crate::town::{Person, Town};

async fn room(dulmaa: &Person<'_>, property: &str, unit: &str, mode: &str, price: &str) -> String {
    let room = json!({ "propertyId": property, "unitNo": unit, "kind": "office", "areaM2": "50", "priceMode": mode, "baseRent": price });
    dulmaa.post("/v2/rooms", room).await.is(201).id()
}

/// The rooms of a preview as the order wants them.
fn looked_at(preview: &Value) -> Vec<Value> {
    let rows = preview["rows"].as_array().expect("rows").iter();
    rows.map(|row| json!({ "id": row["roomId"], "version": row["version"] })).collect()
}

#[tokio::test]
async fn old_stands_beside_new_and_is_applied_once() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    for (unit, price) in [("9", "4230000"), ("10", "4200000")] {
        room(&dulmaa, &tower, unit, "per_m2", price).await;
    }
    let flat = room(&dulmaa, &tower, "11", "flat", "90000000").await;
    let rule = json!({ "percent": { "basisPoints": 333, "rounding": "100" } });

    let asked = json!({ "rule": rule, "propertyId": tower, "priceMode": "per_m2" });
    let preview = dulmaa.post("/v2/room-prices/preview", asked).await.is(200);

    let preview =
        preview.shows("/rows/0/unitNo", "9").shows("/rows/0/before", "4230000").shows("/rows/0/after", "4370000");
    let preview =
        preview.shows("/rows/1/after", "4340000").shows("/rows/1/monthAfter", "217000000").shows("/changed", 2);
    let preview = preview.shows("/monthBefore", "421500000").shows("/monthAfter", "435500000").json();
    assert_eq!(town.count("select count(*) from rooms where version > 1").await, 0, "a look changes nothing");
    let order = json!({ "rule": rule, "rooms": looked_at(&preview), "reason": "Зах зээл" });
    let key = [("idempotency-key", "reprice-1")];
    for _ in 0..2 {
        let done = dulmaa.ask(Method::POST, "/v2/room-prices", Some(order.clone()), &key).await.is(200);
        done.shows("/changed", 2).shows("/monthAfter", "435500000");
    }
    let prices = "select string_agg(unit_no || ':' || base_rent || ':' || version, ' ' order by unit_sort) from rooms";
    let prices: String = town.sql(prices).await[0].get(0);
    assert_eq!(prices, "9:4370000:2 10:4340000:2 11:90000000:1");
    let notes =
        "select count(*) from audit_log where action = 'room.reprice' and reason = 'Зах зээл' and before ? 'baseRent'";
    assert_eq!(town.count(notes).await, 2);
    // Set and add are exact; a room named is changed whatever its mode.
    let add = json!({ "rule": { "add": { "amount": "-12345" } }, "roomIds": [flat] });
    dulmaa.post("/v2/room-prices/preview", add).await.is(200).shows("/rows/0/after", "89987655");
    let set = json!({ "rule": { "set": { "amount": "89987655" } }, "q": "11" });
    dulmaa.post("/v2/room-prices/preview", set).await.is(200).shows("/monthAfter", "89987655");
}

#[tokio::test]
async fn one_room_that_changed_meanwhile_stops_them_all() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    let mut rooms = Vec::new();
    for unit in ["301", "302", "303"] {
        rooms.push(room(&dulmaa, &tower, unit, "per_m2", "4000000").await);
    }
    let rule = json!({ "add": { "amount": "100000" } });
    let preview = dulmaa.post("/v2/room-prices/preview", json!({ "rule": rule })).await.is(200).json();
    dulmaa.patch(&format!("/v2/rooms/{}", rooms[1]), json!({ "version": 1, "view": "Хойшоо" })).await.is(200);

    let order = json!({ "rule": rule, "rooms": looked_at(&preview) });
    let refused = dulmaa.post("/v2/room-prices", order).await.refuses(409, "CONFLICT");

    assert_eq!((&refused["details"]["reason"], &refused["details"]["units"]), (&json!("ROOMS_CHANGED"), &json!("302")));
    assert_eq!(town.count("select count(*) from rooms where base_rent <> 4000000").await, 0);
    assert_eq!(town.count("select count(*) from audit_log where action = 'room.reprice'").await, 0);
    // A price below zero names its room, and so does one that is too large; nothing is ever half done.
    for rule in [
        json!({ "add": { "amount": "-4000001" } }),
        json!({ "set": { "amount": "9000000000000000" } }),
        json!({ "set": { "amount": "-1" } }),
        json!({ "percent": { "basisPoints": -10001, "rounding": "1" } }),
    ] {
        dulmaa.post("/v2/room-prices/preview", json!({ "rule": rule })).await.refuses(400, "VALIDATION_ERROR");
    }
    for wrong in [
        json!({ "rule": { "percent": { "basisPoints": 1, "rounding": "1000" } } }),
        json!({ "rule": { "double": {} } }),
        json!({ "rule": { "set": { "amount": "1" } }, "roomIds": [] }),
        json!({ "rule": { "set": { "amount": "1" } }, "colour": "red" }),
    ] {
        dulmaa.post("/v2/room-prices/preview", wrong).await.refuses(400, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn nobody_changes_prices_of_rooms_they_do_not_see() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let (tower, plaza) = (dulmaa.has_property("Алтан Тауэр").await, dulmaa.has_property("Алтан Плаза").await);
    let own = room(&dulmaa, &tower, "301", "per_m2", "4000000").await;
    let closed = room(&dulmaa, &plaza, "101", "per_m2", "4000000").await;
    town.assigns(&bat, &tower).await;
    let rule = json!({ "set": { "amount": "5000000" } });
    let order = |rooms: &[&String]| {
        let rooms: Vec<Value> = rooms.iter().map(|room| json!({ "id": room, "version": 1 })).collect();
        json!({ "rule": rule, "rooms": rooms })
    };

    bat.post("/v2/room-prices/preview", json!({ "rule": rule })).await.is(200).shows("/changed", 1);
    bat.post("/v2/room-prices", order(&[&own, &closed])).await.refuses(404, "NOT_FOUND");
    saraa.post("/v2/room-prices", order(&[&own])).await.refuses(404, "NOT_FOUND");
    let named = json!({ "rule": rule, "roomIds": [own] });
    saraa.post("/v2/room-prices/preview", named).await.refuses(404, "NOT_FOUND");
    saraa.post("/v2/room-prices/preview", json!({ "rule": rule })).await.is(200).shows("/rows", json!([]));
    town.nobody().post("/v2/room-prices", order(&[&own])).await.refuses(401, "UNAUTHORIZED");
    assert_eq!(town.count("select count(*) from rooms where base_rent <> 4000000").await, 0);
    bat.post("/v2/room-prices", order(&[&own])).await.is(200).shows("/changed", 1);
}
