//! What the meters showed: a real list and its answer key, the grid, and what a month's readings are billed as.

use base::Actor;
use domain::{Money, Month};
use http::Method;
use serde_json::{Value, json};
use sheets::{Workbook, columns::Mapping};

use crate::{
    books::Lease,
    town::{Person, Reply, Town},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Person<'_> {
    async fn sends_readings(&self, query: &str, sheet: Vec<u8>) -> Reply {
        self.send(Method::POST, &format!("/v2/imports/readings?month=2026-10{query}"), Some((XLSX, sheet)), &[]).await
    }

    async fn has_meter(&self, property: &str, room: Option<&str>, kind: &str, serial: &str, initial: &str) -> String {
        let meter =
            json!({ "propertyId": property, "roomId": room, "kind": kind, "serial": serial, "initial": initial });
        self.post("/v2/meters", meter).await.is(201).id()
    }

    async fn reads(&self, meter: &str, month: &str, entry: Value) -> Reply {
        self.ask(Method::PUT, &format!("/v2/meters/{meter}/readings/{month}"), Some(entry), &[]).await
    }

    async fn has_tariff(&self, kind: &str, from: &str, unit: &str, rest: Value) {
        let mut tariff = json!({ "kind": kind, "validFrom": from, "unitPrice": unit, "vatMode": "added" });
        for (name, value) in rest.as_object().expect("an object") {
            tariff[name] = value.clone();
        }
        self.post("/v2/tariffs", tariff).await.is(201);
    }
}

fn shared(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

fn key() -> Value {
    serde_json::from_slice(&shared("meter-readings-2026-10.key.json")).expect("the key's form")
}

/// The list as the command prints it.
async fn look(town: &Town, dry_run: bool) -> Value {
    let workbook = Workbook::read("readings.xlsx", &shared("meter-readings-2026-10.xlsx")).expect("a workbook");
    let month: Month = "2026-10".parse().expect("a month");
    let actor = Actor::system(&town.app, town.altan);
    let taken =
        billing::readings::import::import(&actor, &workbook, "readings.xlsx", &Mapping::default(), month, dry_run)
            .await;
    serde_json::to_value(taken.expect("it is read").0).expect("JSON")
}

fn is_the_key(found: &Value) {
    let key = key();
    assert_eq!(found["totals"], key["totals"]);
    let (rows, expected) = (found["rows"].as_array().expect("rows"), key["rows"].as_array().expect("rows"));
    assert_eq!(rows.len(), 125);
    for (row, expected) in rows.iter().zip(expected) {
        for (field, value) in expected.as_object().expect("a row") {
            assert_eq!(&row[field], value, "{field} of {expected}");
        }
    }
}

#[tokio::test]
async fn a_look_at_the_list_is_the_key_with_and_without_the_rent_roll() {
    let town = Town::new().await;
    let nara = town.accountant().await;

    is_the_key(&look(&town, true).await);
    nara.send(Method::POST, "/v2/imports/rent-roll", Some((XLSX, shared("rent-roll.xlsx"))), &[]).await.is(200);
    is_the_key(&look(&town, true).await);

    for table in ["meters", "readings"] {
        assert_eq!(town.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
}

#[tokio::test]
async fn the_list_comes_in_once_and_wrong_rows_stay_out() {
    let town = Town::new().await;
    let (nara, saraa) = (town.accountant().await, town.neighbour().await);
    nara.send(Method::POST, "/v2/imports/rent-roll", Some((XLSX, shared("rent-roll.xlsx"))), &[]).await.is(200);

    let report = nara.sends_readings("", shared("meter-readings-2026-10.xlsx")).await.is(200);
    let report = report.shows("/counts/rows", 125).shows("/counts/errors", 2).shows("/counts/ok", 123);
    report.shows("/counts/metersAdded", 123).shows("/counts/readingsAdded", 123).shows("/counts/known", 0);
    is_the_key(&look(&town, true).await);
    let again = nara.sends_readings("", shared("meter-readings-2026-10.xlsx")).await.is(200);
    again.shows("/counts/readingsAdded", 0).shows("/counts/metersAdded", 0).shows("/counts/known", 123);

    assert_eq!(town.count("select count(*) from readings").await, 123);
    assert_eq!(town.count("select count(*) from meters where replaced_by is not null").await, 1);
    // five rooms stand on wrong rows of the rent roll; their meters wait for them and are taken up
    assert_eq!(town.count("select count(*) from meters where awaits_unit is not null").await, 5);
    let tower: String = town.sql("select id::text from properties where name = 'Алтан Тауэр'").await[0].get(0);
    nara.has_room(&tower, "504").await;
    assert_eq!(town.count("select count(*) from meters where awaits_unit is not null").await, 4);
    assert_eq!(
        town.count("select count(*) from readings r join rooms o on o.id = r.room_id where o.unit_no = '504'").await,
        1
    );
    // the neighbour may have meters of the same numbers, and sees none of these
    saraa.get("/v2/meters").await.is(200).shows("/items", json!([]));
    saraa.send(Method::POST, "/v2/imports/rent-roll", Some((XLSX, shared("rent-roll.xlsx"))), &[]).await.is(200);
    let own = saraa.sends_readings("", shared("meter-readings-2026-10.xlsx")).await.is(200);
    own.shows("/counts/readingsAdded", 123);
}

#[tokio::test]
async fn a_list_whose_rooms_nobody_knows_is_not_written() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let report = nara.sends_readings("", shared("meter-readings-2026-10.xlsx")).await.is(200);
    report.shows("/counts/errors", 125).shows("/rows/0/errors/0/kind", "unknown_room");

    let tower = nara.has_property("Алтан Тауэр").await;
    nara.has_room(&tower, "101").await;
    let sheet = "Тоолуурын №,Төрөл,Тоот,Өмнөх заалт,Одоогийн заалт,Барилга\n\
                 77,Цахилгаан,101,\"100,5\",\"120,75\",Алтан Тауэр\n78,Цахилгаан,999,1,2,Алтан Тауэр\n";
    let report = nara.sends_readings("&dryRun=true", sheet.into()).await.is(200);
    let report = report.shows("/counts/errors", 1).shows("/rows/1/errors/0/kind", "unknown_room");
    let message = report.json()["rows"][1]["errors"][0]["message"].as_str().expect("a sentence").to_owned();
    assert!(message.contains("C багана") && message.contains("999"), "{message}");
    nara.sends_readings("", sheet.into()).await.is(200).shows("/counts/readingsAdded", 1);
    town.employee().await.sends_readings("", sheet.into()).await.refuses(403, "FORBIDDEN");
    town.nobody().sends_readings("", sheet.into()).await.refuses(401, "UNAUTHORIZED");
    nara.sends_readings("", b"a,b\n1,2\n".to_vec()).await.refuses(400, "VALIDATION_ERROR");
}

/// A building with a room that is let, and what is needed to ask about it.
struct Tower {
    property: String,
    room: String,
}

async fn tower(town: &Town) -> Tower {
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let property: String = town.sql("select id::text from properties").await[0].get(0);
    let room: String = town.sql("select id::text from rooms").await[0].get(0);
    Tower { property, room }
}

#[tokio::test]
async fn a_reading_follows_the_one_before_and_says_why_when_it_is_unusual() {
    let town = Town::new().await;
    let (dulmaa, saraa, bat) = (town.director().await, town.neighbour().await, town.employee().await);
    let Tower { property, room } = tower(&town).await;
    town.assigns(&bat, &property).await;
    town.moves_on("2026-12-05T02:00:00Z").await;
    let meter = bat.has_meter(&property, Some(&room), "electricity", "A1", "100").await;

    bat.reads(&meter, "2026-08", json!({ "current": "200", "readOn": "2026-08-31" })).await.is(200);
    bat.reads(&meter, "2026-09", json!({ "current": "310.500" })).await.is(200).shows("/readOn", "2026-09-30");
    // twice and more of what is usual wants a word
    let refused = bat.reads(&meter, "2026-10", json!({ "current": "800" })).await.refuses(400, "VALIDATION_ERROR");
    assert!(refused["details"]["fields"]["note"][0].as_str().is_some_and(|said| said.contains("105.250")), "{refused}");
    let entry = json!({ "current": "800", "note": "Зун засвар хийсэн" });
    let read = bat.reads(&meter, "2026-10", entry).await.is(200).shows("/consumption", "489.500000");
    read.shows("/previous", "310.500").shows("/previousOn", "2026-09-30").shows("/status", "ok");
    // below the one before: rolled over, or a mistake with a word
    bat.reads(&meter, "2026-11", json!({ "current": "20" })).await.refuses(400, "VALIDATION_ERROR");
    let mistake = json!({ "current": "20", "status": "mistake" });
    bat.reads(&meter, "2026-11", mistake).await.refuses(400, "VALIDATION_ERROR");
    let mistake = json!({ "current": "20", "status": "mistake", "note": "10-р сард буруу уншсан" });
    bat.reads(&meter, "2026-11", mistake).await.is(200).shows("/consumption", "0.000000");
    let rolled = json!({ "current": "20", "status": "rolled_over", "note": "Эргэсэн" });
    bat.reads(&meter, "2026-11", rolled).await.is(200).shows("/consumption", "999220.000000");
    // what later months stand on stays
    let refused = bat.reads(&meter, "2026-10", json!({ "current": "801", "note": "x" })).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "READING_FOLLOWED");
    for wrong in [json!({ "current": "1000000" }), json!({ "current": "-1" }), json!({ "current": "1.0001" })] {
        bat.reads(&meter, "2026-11", wrong).await.refuses(400, "VALIDATION_ERROR");
    }

    let grid = dulmaa.get("/v2/readings?month=2026-11").await.is(200).shows("/items/0/serial", "A1");
    let grid = grid.shows("/items/0/before/2/consumption", "489.500000").shows("/items/0/tenantName", "Оюут Ухаан ХХК");
    assert!(grid.json()["items"][0]["unusual"].is_string());
    dulmaa.get("/v2/readings?month=2026-12&missing=true").await.is(200).shows("/items/0/previous", "20.000");
    dulmaa.get("/v2/readings/totals?month=2026-12").await.is(200).shows("/missing", 1).shows("/meters", 1);
    dulmaa.get("/v2/readings/totals?month=2026-11").await.is(200).shows("/read", 1).shows("/unusual", 1);
    saraa.get(&format!("/v2/meters/{meter}")).await.refuses(404, "NOT_FOUND");
    saraa.reads(&meter, "2026-12", json!({ "current": "21" })).await.refuses(404, "NOT_FOUND");
    town.nobody().get("/v2/readings?month=2026-11").await.refuses(401, "UNAUTHORIZED");
    // a meter elsewhere is not this employee's
    let other = dulmaa.has_property("Өөр").await;
    let elsewhere = dulmaa.has_meter(&other, None, "heat", "H1", "0").await;
    bat.reads(&elsewhere, "2026-12", json!({ "current": "1" })).await.refuses(404, "NOT_FOUND");
    let same = json!({ "propertyId": other, "kind": "heat", "serial": "а1" });
    let taken = dulmaa.post("/v2/meters", same).await.refuses(409, "CONFLICT");
    assert_eq!(taken["details"]["reason"], "METER_SERIAL_TAKEN", "Cyrillic а is Latin A on a meter");
}

#[tokio::test]
async fn a_month_is_billed_from_readings_and_prices() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let Tower { property, room } = tower(&town).await;
    town.sql("update property_owners set vat_payer = true").await;
    town.moves_on("2026-11-02T02:00:00Z").await;
    let meter = dulmaa.has_meter(&property, Some(&room), "electricity", "4704075", "421939.699").await;
    let rest = json!({ "baseFee": "200000", "capacityRate": "1550000", "supportFee": "2379" });

    let waits = dulmaa.get("/v2/utilities?month=2026-10").await.is(200).shows("/bills", json!([]));
    assert!(waits.json()["parked"][0]["because"].as_str().is_some_and(|why| why.contains("4704075")));
    dulmaa.reads(&meter, "2026-10", json!({ "current": "422317.183" })).await.is(200);
    let waits = dulmaa.get("/v2/utilities?month=2026-10").await.is(200).shows("/bills", json!([]));
    assert!(waits.json()["parked"][0]["because"].as_str().is_some_and(|why| why.contains("тариф")));
    dulmaa.has_tariff("electricity", "2026-07-01", "20530", rest).await;

    let shown = dulmaa.get("/v2/utilities?month=2026-10").await.is(200).shows("/parked", json!([]));
    let bill = shown.json()["bills"][0].clone();
    let lines: Vec<(&str, &str)> = bill["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| (line["description"].as_str().expect("words"), line["amount"].as_str().expect("mungo")))
        .collect();
    assert_eq!(
        lines,
        [
            ("Цахилгаан (R-CT-2026-0001)", "8524722"),
            ("Цахилгаан, чадлын төлбөр (R-CT-2026-0001)", "1730135"),
            ("Цахилгаан, дэмжих тариф (R-CT-2026-0001)", "987837"),
            ("Цахилгаан, суурь хураамж (R-CT-2026-0001)", "220000"),
        ]
    );
    assert_eq!(bill["lines"][0]["classificationCode"], "6911200");
    assert!(
        bill["lines"][0]["how"]
            .as_str()
            .is_some_and(|how| how.starts_with("тоолуур 4704075: (422317.183 − 421939.699)"))
    );
    assert_eq!(bill["total"], "11462694");
}

#[tokio::test]
async fn a_meter_goes_and_another_comes_and_a_tenant_begins_with_its_own_reading() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let Tower { property, room } = tower(&town).await;
    town.moves_on("2026-11-02T02:00:00Z").await;
    let old = dulmaa.has_meter(&property, Some(&room), "cold_water", "W1", "10").await;
    dulmaa.has_tariff("cold_water", "2025-01-01", "114500", json!({ "baseFee": "75000" })).await;

    let handed = json!({ "on": "2026-10-06", "current": "11.5" });
    dulmaa.post(&format!("/v2/meters/{old}/handovers"), handed.clone()).await.is(201).shows("/consumption", "1.500000");
    dulmaa.post(&format!("/v2/meters/{old}/handovers"), handed).await.refuses(409, "CONFLICT");
    let order = json!({ "on": "2026-10-12", "finalReading": "12", "serial": "W2", "initial": "3" });
    let new = dulmaa.post(&format!("/v2/meters/{old}/replacement"), order.clone()).await.is(201).id();
    dulmaa.post(&format!("/v2/meters/{old}/replacement"), order).await.refuses(409, "CONFLICT");
    dulmaa.reads(&old, "2026-10", json!({ "current": "13" })).await.refuses(409, "CONFLICT");
    dulmaa.reads(&new, "2026-10", json!({ "current": "5.25" })).await.is(200).shows("/consumption", "2.250000");

    let bill = dulmaa.get("/v2/utilities?month=2026-10").await.is(200).json()["bills"][0].clone();
    let quantities: Vec<&str> = bill["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| line["quantity"].as_str().expect("a number"))
        .collect();
    // 1.5 up to the 5th, 0.5 up to the 11th, 2.25 from the 12th; one fee
    assert_eq!(quantities, ["1.500000", "0.500000", "2.250000", "1"]);
}

#[tokio::test]
async fn a_common_loss_is_shared_by_its_rule_and_waits_for_every_meter() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let Tower { property, room } = tower(&town).await;
    let second = Lease { area: "150", ..Lease::plain("CT-2026-0002", "Мөнх Мишээл") };
    town.lease(town.altan, second).await;
    let vacant = dulmaa.has_room(&property, "Сул").await;
    town.moves_on("2026-11-02T02:00:00Z").await;
    let own = dulmaa.has_meter(&property, Some(&room), "heat", "H1", "0").await;
    let empty = dulmaa.has_meter(&property, Some(&vacant), "heat", "H2", "0").await;
    let common = dulmaa.has_meter(&property, None, "heat", "H0", "0").await;
    dulmaa.has_tariff("heat", "2026-09-15", "4120000", json!({})).await;
    let rule = json!({ "propertyId": property, "kind": "heat", "shareBy": "area" });
    dulmaa.ask(Method::PUT, "/v2/common-rules", Some(rule), &[]).await.is(204);
    dulmaa.reads(&common, "2026-10", json!({ "current": "102.202" })).await.is(200);
    dulmaa.reads(&own, "2026-10", json!({ "current": "10" })).await.is(200);

    let waits = dulmaa.get("/v2/utilities?month=2026-10").await.is(200).shows("/bills", json!([]));
    assert_eq!(waits.json()["parked"].as_array().map(Vec::len), Some(2));
    dulmaa.reads(&empty, "2026-10", json!({ "current": "2.202" })).await.is(200);

    let shown = dulmaa.get("/v2/utilities?month=2026-10").await.is(200).shows("/parked", json!([])).json();
    // 90 Gcal × 41 200 ₮ = 3 708 000 ₮ over 50 + 150 + 50 (vacant) m²
    let share = |bill: usize, line: usize| {
        let money: Money =
            shown["bills"][bill]["lines"][line]["unitPrice"].as_str().expect("mungo").parse().expect("mungo");
        money
    };
    assert_eq!((share(0, 1), share(1, 0)), (Money::from_tugrug(741_600), Money::from_tugrug(2_224_800)));
    let off = json!({ "propertyId": property, "kind": "heat" });
    dulmaa.ask(Method::PUT, "/v2/common-rules", Some(off), &[]).await.is(204);
    let alone = dulmaa.get("/v2/utilities?month=2026-10").await.is(200);
    assert_eq!(alone.json()["bills"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_price_from_a_day_on_ends_the_one_before() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    dulmaa.has_tariff("electricity", "2025-01-01", "17560", json!({})).await;
    nara.has_tariff("electricity", "2026-07-01", "20530", json!({})).await;

    let list = bat.get("/v2/tariffs").await.is(200).shows("/0/unitPrice", "20530").shows("/0/validTo", json!(null));
    let list = list.shows("/1/validTo", "2026-06-30").json();
    let within = json!({ "kind": "electricity", "validFrom": "2025-03-01", "validTo": "2025-04-01", "unitPrice": "1", "vatMode": "added" });
    let refused = dulmaa.post("/v2/tariffs", within.clone()).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "TARIFF_OVERLAP");
    let wrong = json!({ "kind": "electricity", "validFrom": "2027-03-01", "validTo": "2027-01-01", "unitPrice": "-1", "vatMode": "added" });
    let refused = dulmaa.post("/v2/tariffs", wrong).await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(refused["details"]["fields"].as_object().map(serde_json::Map::len), Some(2));
    bat.post("/v2/tariffs", within).await.refuses(403, "FORBIDDEN");
    saraa.get("/v2/tariffs").await.is(200).shows("", json!([]));
    let id = list[0]["id"].as_str().expect("an id");
    let change = json!({ "version": 1, "validTo": "2026-12-31" });
    saraa.ask(Method::PATCH, &format!("/v2/tariffs/{id}"), Some(change.clone()), &[]).await.refuses(404, "NOT_FOUND");
    dulmaa.ask(Method::PATCH, &format!("/v2/tariffs/{id}"), Some(change.clone()), &[]).await.is(200);
    dulmaa.ask(Method::PATCH, &format!("/v2/tariffs/{id}"), Some(change), &[]).await.refuses(409, "CONFLICT");
}

#[tokio::test]
async fn a_tenant_sees_its_own_months_only() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let Tower { property, room } = tower(&town).await;
    town.sql("update contracts set starts_on = '2026-10-01'").await;
    town.sql("update contract_rooms set during = daterange('2026-10-01', null)").await;
    let tenant = town.linked_tenant(&dulmaa, "Оюут Ухаан", "99110001").await;
    town.moves_on("2026-11-02T02:00:00Z").await;
    let meter = dulmaa.has_meter(&property, Some(&room), "electricity", "A1", "0").await;
    let common = dulmaa.has_meter(&property, None, "electricity", "A0", "0").await;
    dulmaa.reads(&meter, "2026-09", json!({ "current": "900", "readOn": "2026-09-30" })).await.is(200);
    dulmaa.reads(&meter, "2026-10", json!({ "current": "1000" })).await.is(200);

    let seen = tenant.get(&format!("/v2/meters/{meter}/readings")).await.is(200).json();
    assert_eq!(seen.as_array().map(Vec::len), Some(1), "September was somebody else's: {seen}");
    assert_eq!(seen[0]["consumption"], "100.000000");
    tenant.get("/v2/meters").await.is(200).shows("/items/0/serial", "A1");
    tenant.get(&format!("/v2/meters/{common}/readings")).await.refuses(404, "NOT_FOUND");
    tenant.reads(&meter, "2026-11", json!({ "current": "1001" })).await.refuses(403, "FORBIDDEN");
    tenant.get("/v2/tariffs").await.refuses(403, "FORBIDDEN");
}
