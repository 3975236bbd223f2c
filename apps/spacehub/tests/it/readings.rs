//! Readings from a walk: photos kept with them, each written once however often it is sent; lists taken back; what a
//! contract charges by its meter.

use calamine::Data;
use http::Method;
use serde_json::{Value, json};

use crate::{
    books::Lease,
    exports::Sheet,
    town::{
        Person, Reply, Town,
        files::{jpeg, new_file},
        nothing,
    },
};

const CSV: &str = "text/csv";

/// A building with one let room and a meter of electricity in it; it is 2 November.
struct Place {
    property: String,
    room: String,
    contract: String,
    meter: String,
}

impl Place {
    async fn of(town: &Town, who: &Person<'_>) -> Place {
        let lease = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
        let property: String = town.sql("select id::text from properties").await[0].get(0);
        let room: String = town.sql("select id::text from rooms").await[0].get(0);
        town.moves_on("2026-11-02T02:00:00Z").await;
        let meter = who.has_a_meter(&property, Some(&room), "electricity", "4704075", "100").await;
        Place { property, room, contract: lease.contract.to_string(), meter }
    }
}

impl Person<'_> {
    async fn has_a_meter(&self, property: &str, room: Option<&str>, kind: &str, serial: &str, initial: &str) -> String {
        let new = json!({ "propertyId": property, "roomId": room, "kind": kind, "serial": serial, "initial": initial });
        self.post("/v2/meters", new).await.is(201).id()
    }

    async fn writes_down(&self, meter: &str, month: &str, entry: Value, key: Option<&str>) -> Reply {
        let headers: Vec<(&str, &str)> = key.map(|key| ("idempotency-key", key)).into_iter().collect();
        self.ask(Method::PUT, &format!("/v2/meters/{meter}/readings/{month}"), Some(entry), &headers).await
    }

    async fn sends_a_list(&self, month: &str, rows: &str) -> Reply {
        let head = "Барилга,Тоот,Тоолуурын №,Төрөл,Өмнөх заалт,Одоогийн заалт,Тэмдэглэл\n";
        let path = format!("/v2/imports/readings?month={month}&fileName=list.csv");
        self.send(Method::POST, &path, Some((CSV, (head.to_owned() + rows).into_bytes())), &[]).await
    }

    async fn has_a_price(&self, kind: &str, unit: &str, base: &str) {
        let tariff =
            json!({ "kind": kind, "validFrom": "2026-01-01", "unitPrice": unit, "baseFee": base, "vatMode": "added" });
        self.post("/v2/tariffs", tariff).await.is(201);
    }
}

fn reason(reply: Reply) -> String {
    let refused = reply.refuses(409, "CONFLICT");
    refused["details"]["reason"].as_str().expect("a reason").to_owned()
}

#[tokio::test]
async fn a_photo_is_kept_with_its_reading() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let place = Place::of(&town, &dulmaa).await;
    town.assigns(&bat, &place.property).await;
    let tenant = town.linked_tenant(&dulmaa, "Оюут Ухаан", "99110001").await;
    let reading = bat.writes_down(&place.meter, "2026-10", json!({ "current": "250" }), None).await.is(200).id();

    let photo = bat.adds("reading_photo", &reading, "image/jpeg", jpeg(3)).await.is(200).shows("/position", 1).id();
    let grid = bat.get("/v2/readings?month=2026-10").await.is(200);
    grid.shows("/items/0/reading/photoId", photo.clone());
    let history = format!("/v2/meters/{}/readings", place.meter);
    dulmaa.get(&history).await.is(200).shows("/0/photoId", photo.clone());
    // a second one takes its place
    let better = bat.adds("reading_photo", &reading, "image/jpeg", jpeg(9)).await.is(200).id();
    dulmaa.get(&history).await.is(200).shows("/0/photoId", better.clone());
    let paper = new_file("reading_photo", &reading, "application/pdf", 100);
    bat.post("/v2/files", paper).await.refuses(400, "VALIDATION_ERROR");
    town.keep_promises().await;
    assert!(town.objects().await.iter().all(|key| key.contains("/files/readings/")), "{:?}", town.objects().await);

    // whose building it is not, and whose it only rents, see no photo
    let other = town.person("Б. Болор", domain::rights::Role::Employee, Some(town.altan)).await;
    for stranger in [&saraa, &other, &tenant] {
        stranger.get(&format!("/v2/files/{better}")).await.refuses(404, "NOT_FOUND");
        let new = new_file("reading_photo", &reading, "image/jpeg", 10);
        let refused = stranger.post("/v2/files", new).await;
        assert!(matches!(refused.status.as_u16(), 403 | 404), "{}", refused.text());
    }
    tenant.get(&history).await.is(200).shows("/0/photoId", json!(null)).shows("/0/current", "250.000");
    town.nobody().get(&format!("/v2/files/{better}")).await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_reading_is_written_once_however_often_it_is_sent() {
    let town = Town::new().await;
    let (dulmaa, bat) = (town.director().await, town.employee().await);
    let place = Place::of(&town, &dulmaa).await;
    town.assigns(&bat, &place.property).await;
    let entry = json!({ "current": "250.5", "readOn": "2026-10-31", "version": 0 });
    let noted = async || town.count("select count(*) from audit_log where action like 'reading.%'").await;

    let first = bat.writes_down(&place.meter, "2026-10", entry.clone(), Some("k-1")).await.is(200);
    let again = bat.writes_down(&place.meter, "2026-10", entry.clone(), Some("k-1")).await.is(200);
    assert_eq!((again.text(), noted().await), (first.text(), 1), "the same bytes again");
    // also without the key, or under another: what stands is what was said
    bat.writes_down(&place.meter, "2026-10", entry, Some("k-2")).await.is(200).shows("/version", 1);
    assert_eq!(noted().await, 1);

    // somebody else has put it right meanwhile: told, not written over
    dulmaa.writes_down(&place.meter, "2026-10", json!({ "current": "260", "version": 1 }), None).await.is(200);
    let late = json!({ "current": "251", "version": 1 });
    let refused = bat.writes_down(&place.meter, "2026-10", late, Some("k-3")).await.refuses(409, "CONFLICT");
    assert_eq!((&refused["details"]["reason"], &refused["details"]["version"]), (&json!("READING_CHANGED"), &json!(2)));
    assert!(refused["message"].as_str().is_some_and(|said| said.contains("260")), "{refused}");
    let fresh = bat.writes_down(&place.meter, "2026-10", json!({ "current": "251", "version": 0 }), None).await;
    assert_eq!(reason(fresh), "READING_CHANGED");
    bat.writes_down(&place.meter, "2026-10", json!({ "current": "251", "version": 2 }), Some("k-4")).await.is(200);
    assert_eq!(town.count("select count(*) from readings").await, 1);
}

#[tokio::test]
async fn the_grid_is_walked_floor_by_floor_and_knows_what_is_usual() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let place = Place::of(&town, &dulmaa).await;
    dulmaa.has_a_meter(&place.property, None, "heat", "H0", "0").await;
    let floor = json!({ "propertyId": place.property, "number": 3, "label": "3-р давхар" });
    let floor = dulmaa.post("/v2/floors", floor).await.is(201).id();
    town.sql_batch(&format!("update rooms set floor_id = '{floor}'")).await;

    let count = async |query: &str| {
        let path = format!("/v2/readings?month=2026-10&propertyId={}{query}", place.property);
        dulmaa.get(&path).await.is(200).json()["items"].as_array().map_or(0, Vec::len)
    };
    assert_eq!((count("").await, count(&format!("&floorId={floor}")).await, count("&common=true").await), (2, 1, 1));
    for (month, current) in [("2026-08", "200"), ("2026-09", "300")] {
        dulmaa.writes_down(&place.meter, month, json!({ "current": current }), None).await.is(200);
    }
    let path = format!("/v2/readings?month=2026-10&floorId={floor}");
    let row = dulmaa.get(&path).await.is(200).shows("/items/0/usual/least", "350.000");
    row.shows("/items/0/usual/most", "500.000").shows("/items/0/previous", "300.000");
}

const LIST: &str = "Алтан Тауэр,R-CT-2026-0001,4704075,Цахилгаан,100,250,\n\
                    Алтан Тауэр,R-CT-2026-0001,W1,Хүйтэн ус,5,7.5,\n\
                    Алтан Тауэр,Нийтийн,H1,Дулаан,10,12,\n";

#[tokio::test]
async fn a_list_of_readings_is_taken_back_until_its_month_is_billed_or_locked() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let place = Place::of(&town, &dulmaa).await;
    let sent = async || {
        let report = nara.sends_a_list("2026-10", LIST).await.is(200).shows("/counts/errors", 0);
        report.shows("/counts/readingsAdded", 3).json()["importId"].as_str().expect("an import").to_owned()
    };
    let counts = async || {
        let count = async |table: &str| town.count(&format!("select count(*) from {table}")).await;
        (count("meters").await, count("readings").await, count("import_things").await)
    };
    let undoing = |id: &str| format!("/v2/imports/{id}/undoing");
    let why = || json!({ "reason": "Буруу сарын файл" });

    let id = sent().await;
    nara.get("/v2/imports").await.is(200).shows("/items/0/kind", "readings").shows("/items/0/counts/readingsAdded", 3);
    let look = nara.get(&undoing(&id)).await.is(200).shows("/things/reading", 3).shows("/things/meter", 2);
    look.shows("/refusal", json!(null));
    saraa.get(&undoing(&id)).await.refuses(404, "NOT_FOUND");
    saraa.post(&undoing(&id), why()).await.refuses(404, "NOT_FOUND");
    bat.get(&undoing(&id)).await.refuses(403, "FORBIDDEN");
    bat.post(&undoing(&id), why()).await.refuses(403, "FORBIDDEN");
    town.nobody().post(&undoing(&id), why()).await.refuses(401, "UNAUTHORIZED");
    assert_eq!(counts().await, (3, 3, 5));

    nara.post(&undoing(&id), why()).await.is(200).shows("/status", "undone");
    assert_eq!(counts().await, (1, 0, 0), "the meter that was there stays");
    assert_eq!(reason(nara.post(&undoing(&id), why()).await), "IMPORT_UNDONE");
    assert_eq!(town.count("select count(*) from audit_log where action = 'import.undo'").await, 1);

    // what somebody has put right, photographed or followed since
    let id = sent().await;
    dulmaa.writes_down(&place.meter, "2026-10", json!({ "current": "251" }), None).await.is(200);
    let refused = nara.post(&undoing(&id), why()).await.refuses(409, "CONFLICT");
    assert_eq!(
        (&refused["details"]["reason"], &refused["details"]["things"]),
        (&json!("IMPORT_TOUCHED"), &json!("4704075"))
    );
    let told = nara.get(&undoing(&id)).await.is(200).json()["refusal"].clone();
    assert!(told.as_str().is_some_and(|said| said.contains("4704075")), "{told}");
    assert_eq!(counts().await, (3, 3, 5));
    town.sql_batch("update readings set version = 1").await;
    let water: String = town.sql("select id::text from meters where serial = 'W1'").await[0].get(0);
    let reading: String =
        town.sql(&format!("select id::text from readings where meter_id = '{water}'")).await[0].get(0);
    dulmaa.writes_down(&water, "2026-11", json!({ "current": "9" }), None).await.is(200);
    assert_eq!(reason(nara.post(&undoing(&id), why()).await), "IMPORT_TOUCHED");
    town.sql_batch("delete from readings where month = '2026-11-01'").await;
    let photo = dulmaa.adds("reading_photo", &reading, "image/jpeg", jpeg(3)).await.is(200).id();
    assert_eq!(reason(nara.post(&undoing(&id), why()).await), "IMPORT_TOUCHED");
    dulmaa.ask(Method::DELETE, &format!("/v2/files/{photo}"), None, &[]).await.is(204);
    town.keep_promises().await;

    // billed, and free again once the bill is void
    for (kind, unit) in [("electricity", "20530"), ("cold_water", "114500")] {
        nara.has_a_price(kind, unit, "0").await;
    }
    nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);
    let refused = nara.post(&undoing(&id), why()).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "IMPORT_BILLED");
    let bill: String = town.sql("select id::text from invoices where kind = 'utility'").await[0].get(0);
    let code: String = town.sql("select code from invoices where kind = 'utility'").await[0].get(0);
    assert!(refused["message"].as_str().is_some_and(|said| said.contains(&code)), "{refused}");
    nara.post(&format!("/v2/invoices/{bill}/cancellation"), json!({ "reason": "Буруу" })).await.is(200);
    dulmaa.post("/v2/months/2026-10/lock", nothing()).await.is(201);
    assert_eq!(reason(nara.post(&undoing(&id), why()).await), "MONTH_LOCKED");
    let told = nara.get(&undoing(&id)).await.is(200).json()["refusal"].clone();
    assert!(told.as_str().is_some_and(|said| said.contains("2026")), "{told}");
    dulmaa.post("/v2/months/2026-10/unlock", json!({ "reason": "Буруу заалт" })).await.is(201);
    nara.post(&undoing(&id), why()).await.is(200);
    assert_eq!(counts().await, (1, 0, 0));
    sent().await;
}

#[tokio::test]
async fn a_meter_that_a_list_said_was_replaced_hangs_again() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let place = Place::of(&town, &nara).await;
    let rows = "Алтан Тауэр,R-CT-2026-0001,4704075,Цахилгаан,100,140,Солигдсон - эцсийн заалт\n\
                Алтан Тауэр,R-CT-2026-0001,7240994,Цахилгаан,0,12,Шинэ тоолуур\n";
    let report = nara.sends_a_list("2026-10", rows).await.is(200).shows("/counts/readingsAdded", 2);
    let id = report.json()["importId"].as_str().expect("an import").to_owned();
    assert_eq!(town.count("select count(*) from meters where replaced_by is not null").await, 1);

    nara.post(&format!("/v2/imports/{id}/undoing"), json!({ "reason": "Буруу" })).await.is(200);

    assert_eq!(town.count("select count(*) from meters").await, 1);
    let hangs = nara.get(&format!("/v2/meters/{}", place.meter)).await.is(200).shows("/replacedBy", json!(null));
    hangs.shows("/removedOn", json!(null));
    nara.writes_down(&place.meter, "2026-10", json!({ "current": "150" }), None).await.is(200);
}

/// A charge by meter of a contract.
fn charge(room: Option<&str>, unit_price: &str, rest: Value) -> Value {
    let mut item = json!({ "kind": "service", "name": "Цахилгаан, гэрээний үнээр", "basis": "meter",
        "meterKind": "electricity", "unitPrice": unit_price, "vatMode": "included", "roomId": room });
    for (name, value) in rest.as_object().expect("an object") {
        item[name] = value.clone();
    }
    item
}

#[tokio::test]
async fn what_a_contract_charges_by_its_meter_is_billed_once_at_its_price() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let place = Place::of(&town, &nara).await;
    town.sql("update property_owners set vat_payer = true").await;
    nara.has_a_price("electricity", "20530", "200000").await;
    nara.writes_down(&place.meter, "2026-10", json!({ "current": "410" }), None).await.is(200);
    let items = format!("/v2/contracts/{}/items", place.contract);
    let lines = async || nara.get("/v2/utilities?month=2026-10").await.is(200).json()["bills"][0]["lines"].clone();
    assert_eq!(lines().await.as_array().map(Vec::len), Some(2), "by tariff: units and the fee for the meter");

    // it says which meters, and is a service
    let fields = async |item: Value| {
        let refused = nara.post(&items, item).await.refuses(400, "VALIDATION_ERROR");
        refused["details"]["fields"].as_object().expect("fields").keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(fields(charge(None, "30000", json!({ "meterKind": null }))).await, ["meterKind"]);
    assert_eq!(fields(charge(None, "30000", json!({ "kind": "rent" }))).await, ["kind"]);
    assert_eq!(fields(charge(None, "30000", json!({ "basis": "flat" }))).await, ["meterKind"]);
    let stranger = town.employee().await.post(&items, charge(None, "30000", json!({}))).await;
    assert!(matches!(stranger.status.as_u16(), 403 | 404), "{}", stranger.text());
    let added = nara.post(&items, charge(Some(&place.room), "30000", json!({ "validFrom": "2026-10-11" }))).await;
    let added = added.is(201).shows("/meterKind", "electricity").shows("/classificationCode", "6911200").id();

    // 310 units over 31 days: 21 of them at the contract's price, ten at the tariff with ten days of its fee
    let shown = lines().await;
    let told: Vec<(&str, &str)> = shown
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| (line["quantity"].as_str().expect("a number"), line["amount"].as_str().expect("mungo")))
        .collect();
    assert_eq!(told, [("210.000000", "6300000"), ("100.000000", "2258300"), ("1", "70968")]);
    assert!(shown[0]["how"].as_str().is_some_and(|how| how.contains("гэрээний үнэ 2026.10.11")), "{shown}");

    nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);
    nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);
    assert_eq!(town.count("select count(*) from invoices where kind = 'utility'").await, 1);
    let of_charge = format!("select count(*) from invoice_items where contract_item_id = '{added}'");
    assert_eq!(town.count(&of_charge).await, 1, "the bill of rent has no line of it");
    let used = "select (sum(quantity) * 1000)::bigint from invoice_items where description like 'Цахилгаан (%'";
    assert_eq!(town.count(used).await, 310_000, "every unit on one line");
    let bill = town.sql("select id::text from invoices where kind = 'utility'").await[0].get::<_, String>(0);
    nara.get(&format!("/v2/invoices/{bill}")).await.is(200).shows("/total", "8629268");
    town.books_tie().await;
}

#[tokio::test]
async fn a_charge_without_its_meter_is_told_and_not_left_out() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let place = Place::of(&town, &nara).await;
    nara.writes_down(&place.meter, "2026-10", json!({ "current": "410" }), None).await.is(200);
    let items = format!("/v2/contracts/{}/items", place.contract);
    // where there is a price of the contract no tariff is needed
    nara.post(&items, charge(None, "30000", json!({}))).await.is(201);
    nara.get("/v2/utilities?month=2026-10")
        .await
        .is(200)
        .shows("/bills/0/total", "9300000")
        .shows("/parked", json!([]));

    let because = async || {
        let shown = nara.get("/v2/utilities?month=2026-10").await.is(200).json();
        shown["parked"][0]["because"].as_str().expect("parked").to_owned()
    };
    let water = json!({ "name": "Ус", "meterKind": "cold_water" });
    let water = nara.post(&items, charge(None, "1", water)).await.is(201).id();
    assert!(because().await.contains("«Ус»"), "{}", because().await);
    town.sql_batch(&format!("update contract_items set meter_kind = null where id = '{water}'")).await;
    assert!(because().await.contains("аль тоолуураар"), "{}", because().await);
}

#[tokio::test]
async fn the_months_bills_are_paged_and_taken_along() {
    let town = Town::new().await;
    let (dulmaa, saraa, bat) = (town.director().await, town.neighbour().await, town.employee().await);
    let place = Place::of(&town, &dulmaa).await;
    dulmaa.has_a_price("electricity", "20530", "200000").await;
    dulmaa.writes_down(&place.meter, "2026-10", json!({ "current": "410" }), None).await.is(200);
    town.lease(town.altan, Lease::plain("CT-2026-0002", "Мөнх Мишээл ХХК")).await;
    let second: String = town.sql("select id::text from rooms where unit_no = 'R-CT-2026-0002'").await[0].get(0);
    let meter = dulmaa.has_a_meter(&place.property, Some(&second), "electricity", "B2", "0").await;
    dulmaa.writes_down(&meter, "2026-10", json!({ "current": "10" }), None).await.is(200);

    let first = dulmaa.get("/v2/utilities?month=2026-10&limit=1").await.is(200).shows("/count", 2);
    let first = first.shows("/bills/0/contractCode", "CT-2026-0001").json();
    assert_eq!(first["bills"].as_array().map(Vec::len), Some(1));
    let next = first["nextCursor"].as_str().expect("another page");
    let last = dulmaa.get(&format!("/v2/utilities?month=2026-10&limit=1&cursor={next}")).await.is(200);
    let last = last.shows("/bills/0/contractCode", "CT-2026-0002").shows("/nextCursor", json!(null));
    assert_eq!(last.json()["total"], first["total"], "the sum is of all pages");

    let path = "/v2/utilities/export?month=2026-10";
    let sheet = Sheet::of(&dulmaa.get(path).await);
    assert_eq!(sheet.lines().len(), 4);
    let sum: f64 = sheet.column("Дүн, ₮").iter().map(|cell| if let Data::Float(sum) = cell { *sum } else { 0.0 }).sum();
    let total: f64 = first["total"].as_str().expect("mungo").parse::<f64>().expect("a number") / 100.0;
    assert!((sum - total).abs() < 0.005, "{sum} {total}");
    assert!(sheet.column("Хэрхэн бодсон").iter().all(|cell| cell.to_string().contains('₮')));
    assert_eq!(Sheet::of(&saraa.get(path).await).lines().len(), 0);
    bat.get("/v2/utilities?month=2026-10").await.refuses(403, "FORBIDDEN");
    bat.get(path).await.refuses(403, "FORBIDDEN");
    town.nobody().get(path).await.refuses(401, "UNAUTHORIZED");
}
