//! Imports there were: who sent what, undone whole as long as nobody touched any of it; columns that are remembered.

use http::Method;
use serde_json::{Value, json};

use crate::town::{Person, Reply, Town};

const CSV: &str = "text/csv";

/// A rent roll of two rooms, one let with arrears, one with credit, one vacant; `heads` are the words of three columns.
fn roll(heads: [&str; 3], rows: &str) -> Vec<u8> {
    let [unit, tenant, contract] = heads;
    let head = format!(
        "{unit},Талбай,{tenant},{contract},Эхлэх,Дуусах,Тогтмол түрээс,Эхний үлдэгдэл,Барьцаа төлөх,Барьцаа төлсөн\n"
    );
    (head + rows).into_bytes()
}

const WORDS: [&str; 3] = ["Тоот", "Түрээслэгч", "Гэрээ"];
/// Headings that say nothing to us.
const ODD: [&str; 3] = ["Код Х", "Данс эзэмшигч", "Баримт бичиг"];

const ROWS: &str = "301,50,Номин ХХК,CT-2026-0101,2026-01-01,,1000000,250000,1000000,500000\n\
                    302,40,Бат Дорж,CT-2026-0102,2026-02-01,2027-01-31,800000,-120000,,\n\
                    303,30,,,,,600000,,,\n";

impl Person<'_> {
    async fn takes_over(&self, query: &str, sheet: Vec<u8>) -> Reply {
        self.send(Method::POST, &format!("/v2/imports/rent-roll{query}"), Some((CSV, sheet)), &[]).await
    }
}

/// How many rows each table has that an import writes to.
async fn counts(town: &Town) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "properties",
        "floors",
        "rooms",
        "tenants",
        "contracts",
        "contract_rooms",
        "contract_items",
        "invoices",
        "invoice_items",
        "payments",
        "import_things",
        "deposit_entries",
    ] {
        counts.push(town.count(&format!("select count(*) from {table}")).await);
    }
    counts
}

#[tokio::test]
async fn an_import_is_listed_and_taken_back_whole() {
    let town = Town::new().await;
    let (nara, saraa) = (town.accountant().await, town.neighbour().await);
    let before = counts(&town).await;

    let report = nara.takes_over("?fileName=t%D2%AFrees.csv", roll(WORDS, ROWS)).await.is(200);

    let id = report.json()["importId"].as_str().expect("an import").to_owned();
    let after = counts(&town).await;
    assert_eq!(&after[2..], [3, 2, 2, 2, 2, 1, 1, 1, 1 + 3 + 2 + 2 + 1 + 1, 2], "{after:?}");
    let listed = nara.get("/v2/imports").await.is(200).shows("/items/0/id", id.clone());
    let listed = listed.shows("/items/0/userName", "Г. Нарантуяа").shows("/items/0/fileName", "tүrees.csv");
    listed.shows("/items/0/status", "written").shows("/items/0/counts/contractsAdded", 2);
    let path = format!("/v2/imports/{id}/undoing");
    let why = || json!({ "reason": "Өөр барилгын файл" });
    saraa.get("/v2/imports").await.is(200).shows("/items", json!([]));
    saraa.post(&path, why()).await.refuses(404, "NOT_FOUND");
    town.employee().await.post(&path, why()).await.refuses(403, "FORBIDDEN");
    town.employee().await.get("/v2/imports").await.refuses(403, "FORBIDDEN");
    town.nobody().post(&path, why()).await.refuses(401, "UNAUTHORIZED");
    nara.post(&path, json!({ "reason": " " })).await.refuses(400, "VALIDATION_ERROR");
    // The clock makes a bill overdue; that is nobody's doing.
    town.moves_on("2026-12-20T02:00:00Z").await;
    town.run_cron("invoice.overdue").await;

    let undone = nara.post(&path, why()).await.is(200).shows("/status", "undone");

    undone.shows("/undoneBecause", "Өөр барилгын файл").shows("/undoneBy", "Г. Нарантуяа");
    assert_eq!(counts(&town).await, before);
    let again = nara.post(&path, why()).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "IMPORT_UNDONE");
    let noted =
        town.sql(&format!("select reason from audit_log where action = 'import.undo' and entity_id = '{id}'")).await;
    assert_eq!(noted[0].get::<_, String>(0), "Өөр барилгын файл");
    // What was taken out comes in again as if it had never been here.
    nara.takes_over("", roll(WORDS, ROWS)).await.is(200).shows("/counts/contractsAdded", 2).shows("/counts/known", 0);
    assert_eq!(counts(&town).await, after);
}

#[tokio::test]
async fn what_was_touched_is_named_and_nothing_is_undone() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let id_of = |reply: &Reply, of: &str| {
        let items = reply.json()["items"].as_array().expect("a list").clone();
        let found = items.iter().find(|item| item["name"] == of || item["code"] == of || item["unitNo"] == of);
        found.unwrap_or_else(|| panic!("no {of}: {}", reply.text()))["id"].as_str().expect("an id").to_owned()
    };
    let touches: [(&str, &str); 6] = [
        ("tenant", "Бат Дорж"),
        ("room", "303"),
        ("contract", "CT-2026-0102"),
        ("payment", "OB-CT-2026-0101"),
        ("bill", "CT-2026-0101"),
        ("new contract", "303"),
    ];
    for (n, (touch, named)) in touches.into_iter().enumerate() {
        let imported = dulmaa.takes_over("", roll(WORDS, ROWS)).await.is(200).json();
        let import = imported["importId"].as_str().expect("an import").to_owned();
        let (tenants, rooms) = (dulmaa.get("/v2/tenants").await.is(200), dulmaa.get("/v2/rooms").await.is(200));
        let contracts = dulmaa.get("/v2/contracts").await.is(200);
        match touch {
            "tenant" => {
                let path = format!("/v2/tenants/{}", id_of(&tenants, "Бат Дорж"));
                dulmaa.patch(&path, json!({ "version": 1, "phone": "99112233" })).await.is(200);
            }
            "room" => {
                let path = format!("/v2/rooms/{}", id_of(&rooms, "303"));
                dulmaa.patch(&path, json!({ "version": 1, "areaM2": "31" })).await.is(200);
            }
            "contract" => {
                let path = format!("/v2/contracts/{}", id_of(&contracts, "CT-2026-0102"));
                dulmaa.patch(&path, json!({ "version": 1, "notes": "Шалгав" })).await.is(200);
            }
            "payment" => {
                let cash = json!({ "tenantId": id_of(&tenants, "Номин ХХК"), "method": "cash", "amount": "100000" });
                dulmaa.post("/v2/payments", cash).await.is(201);
            }
            "bill" => {
                let bill = json!({ "contractId": id_of(&contracts, "CT-2026-0101"), "kind": "fee", "issue": true,
                                   "items": [{ "description": "Засвар", "unitPrice": "100" }] });
                dulmaa.post("/v2/invoices", bill).await.is(201);
            }
            _ => {
                let tenant = dulmaa.has_tenant("Шинэ ХХК", "5118320").await;
                let (room, property) = (id_of(&rooms, "303"), rooms.json()["items"][0]["propertyId"].clone());
                dulmaa.drafts(property.as_str().expect("an id"), &tenant, &room, json!({})).await.is(201);
            }
        }
        let before = counts(&town).await;

        let why = json!({ "reason": "Буцаах" });
        let refused = dulmaa.post(&format!("/v2/imports/{import}/undoing"), why).await.refuses(409, "CONFLICT");

        assert_eq!(refused["details"]["reason"], "IMPORT_TOUCHED", "{touch}: {refused}");
        let message = refused["message"].as_str().expect("a sentence");
        assert!(message.contains(named) && !message.contains('⟦'), "{touch}: {message}");
        assert_eq!(counts(&town).await, before, "{touch}");
        dulmaa.get(&format!("/v2/imports/{import}")).await.is(200).shows("/status", "written");
        if n + 1 < touches.len() {
            empty(&town).await;
        }
    }
}

/// As if nothing had ever been there.
async fn empty(town: &Town) {
    town.sql_batch(
        "set session_replication_role = replica;
         delete from allocations; delete from receipts; delete from payments; delete from invoice_items; delete from invoices;
         delete from deposit_entries; delete from contract_history; delete from contract_items; delete from contract_rooms; delete from contracts; delete from tenants;
         delete from rooms; delete from floors; delete from properties; delete from import_things; delete from outbox",
    )
    .await;
}

#[tokio::test]
async fn columns_mapped_by_hand_are_remembered_for_the_same_headings_until_they_are_forgotten() {
    let town = Town::new().await;
    let (nara, dulmaa, saraa) = (town.accountant().await, town.director().await, town.neighbour().await);
    let mapping = json!({ "": { "unit": "A", "tenant": "C", "contract": "D" } }).to_string();
    let by_hand = format!("mapping={}", mapping.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>());
    let next = "304,50,Өлзий ХХК,CT-2026-0104,2026-03-01,,1000000,,,\n";

    nara.takes_over("", roll(ODD, ROWS)).await.refuses(400, "VALIDATION_ERROR");
    nara.takes_over(&format!("?dryRun=true&{by_hand}"), roll(ODD, ROWS)).await.is(200).shows("/counts/errors", 0);
    nara.get("/v2/imports/mappings").await.is(200).shows("", json!([])); // a look remembers nothing
    let first = nara.takes_over(&format!("?{by_hand}"), roll(ODD, ROWS)).await.is(200);
    first.shows("/counts/contractsAdded", 2).shows("/remembered", json!([]));

    // Somebody else of the same owner sends next month's file, with nothing said.
    let second = dulmaa.takes_over("?dryRun=true", roll(ODD, next)).await.is(200).shows("/counts/ok", 1);
    let second = second.shows("/columns/rent-roll/tenant", "C");
    let mapping = second.json()["remembered"][0]["id"].as_str().expect("it is remembered").to_owned();
    // One column of it is put right, and the rest stays.
    let edited = json!({ "rent-roll": { "opening_balance": null } }).to_string();
    let edited = edited.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    dulmaa.takes_over(&format!("?mapping={edited}"), roll(ODD, next)).await.is(200).shows("/counts/contractsAdded", 1);
    let kept = nara.get("/v2/imports/mappings").await.is(200).shows("/0/id", mapping.clone());
    let kept = kept.shows("/0/userName", "Б. Дулмаа").shows("/0/columns/tenant", "C");
    assert_eq!(kept.json()[0]["columns"]["opening_balance"], Value::Null);
    assert_eq!(kept.json().as_array().map(Vec::len), Some(1));

    // Other headings, another owner, and whoever asks to begin afresh know nothing of it.
    saraa.takes_over("?dryRun=true", roll(ODD, next)).await.refuses(400, "VALIDATION_ERROR");
    saraa.get("/v2/imports/mappings").await.is(200).shows("", json!([]));
    dulmaa.takes_over("?dryRun=true&afresh=true", roll(ODD, next)).await.refuses(400, "VALIDATION_ERROR");
    nara.takes_over("?dryRun=true", roll(["Код Х", "Данс", "Баримт бичиг"], next))
        .await
        .refuses(400, "VALIDATION_ERROR");
    nara.takes_over("?dryRun=true", roll(WORDS, next)).await.is(200).shows("/remembered", json!([]));

    let path = format!("/v2/imports/mappings/{mapping}");
    saraa.ask(Method::DELETE, &path, None, &[]).await.refuses(404, "NOT_FOUND");
    town.employee().await.ask(Method::DELETE, &path, None, &[]).await.refuses(403, "FORBIDDEN");
    nara.ask(Method::DELETE, &path, None, &[]).await.is(200).shows("/id", mapping);
    nara.ask(Method::DELETE, &path, None, &[]).await.refuses(404, "NOT_FOUND");
    nara.takes_over("?dryRun=true", roll(ODD, next)).await.refuses(400, "VALIDATION_ERROR");
}
