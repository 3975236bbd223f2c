//! What an owner really has comes in: the rent roll of a real kind, its answer key beside it.

use std::collections::BTreeMap;

use domain::{Money, Month, charges};
use http::Method;
use jiff::civil::Date;
use leasing::contracts::{ContractFacts, terms_of_month};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::town::{Person, Reply, Town};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[tokio::test]
async fn a_dry_run_tells_every_row_and_writes_nothing() {
    let town = Town::new().await;
    let nara = town.accountant().await;

    let report = nara.imports("?dryRun=true", XLSX, shared("rent-roll.xlsx")).await.is(200);

    let report = report.shows("/dryRun", true).shows("/counts/rows", 118).shows("/counts/ok", 100);
    let report = report.shows("/counts/vacant", 11).shows("/counts/errors", 7).shows("/counts/contractsAdded", 94);
    let report = report.shows("/columns/Алтан Плаза/unit", "C");
    let key = key();
    let rows = report.json()["rows"].as_array().expect("rows").clone();
    for (row, expected) in rows.iter().zip(key["rows"].as_array().expect("rows")) {
        assert_eq!(
            (&row["sheet"], &row["row"], &row["status"]),
            (&expected["sheet"], &expected["row"], &expected["status"])
        );
        for (error, expected) in
            row["errors"].as_array().expect("a list").iter().zip(expected["errors"].as_array().expect("a list"))
        {
            for field in ["column", "field", "kind"] {
                assert_eq!(error[field], expected[field], "{row}");
            }
            let message = error["message"].as_str().expect("a sentence");
            let place = format!("{}-р мөр", row["row"]);
            assert!(message.contains(&place) && !message.contains('⟦'), "{message}");
        }
    }
    for table in ["properties", "floors", "rooms", "tenants", "contracts", "contract_items", "invoices", "payments"] {
        assert_eq!(town.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
    assert_eq!(town.count("select count(*) from audit_log where entity = 'import'").await, 0);
}

#[tokio::test]
async fn the_right_rows_come_in_once_and_charge_what_the_key_says() {
    let town = Town::new().await;
    let (nara, saraa) = (town.accountant().await, town.neighbour().await);

    let report = nara.imports("", XLSX, shared("rent-roll.xlsx")).await.is(200);

    let report = report.shows("/counts/roomsAdded", 109).shows("/counts/tenantsAdded", 90);
    let report = report.shows("/counts/contractsAdded", 94).shows("/counts/openingBalancesAdded", 14);
    report.shows("/counts/invoicesAdded", 10).shows("/counts/known", 0).shows("/counts/errors", 7);
    for (table, count) in
        [("properties", 2), ("rooms", 109), ("tenants", 90), ("contracts", 94), ("contract_rooms", 100)]
    {
        assert_eq!(town.count(&format!("select count(*) from {table}")).await, count, "{table}");
    }
    let key = key();
    let totals = monthly_totals(&key);
    let in_their_months = ["2026-06", "2026-10", "2026-11", "2026-12", "2027-01"];
    let mut compared = BTreeMap::new();
    for month in in_their_months {
        for facts in terms(&town, month).await {
            if is_whole(&facts, month) {
                assert_eq!(total(&facts, month), totals[&facts.code], "{} in {month}", facts.code);
                compared.insert(facts.code, ());
            }
        }
    }
    assert_eq!(compared.len(), totals.len(), "every contract has a whole month among these");
    assert_eq!(totals.len(), 94);
    for month in ["2026-10", "2026-11"] {
        let facts = terms(&town, month).await;
        let billed: BTreeMap<String, Money> = facts.iter().map(|of| (of.code.clone(), total(of, month))).collect();
        assert_eq!(billed, open_invoices(month), "{month}");
    }

    let again = nara.imports("", XLSX, shared("rent-roll.xlsx")).await.is(200);
    let again =
        again.shows("/counts/roomsAdded", 0).shows("/counts/tenantsAdded", 0).shows("/counts/contractsAdded", 0);
    again.shows("/counts/openingBalancesAdded", 0).shows("/counts/known", 111);
    assert_eq!(town.count("select count(*) from contracts").await, 94);
    assert_eq!(town.count("select count(*) from audit_log where action = 'import.rent_roll'").await, 2);
    saraa.get("/v2/contracts/totals").await.is(200).shows("/count", 0);
    let own = saraa.imports("", XLSX, shared("rent-roll.xlsx")).await.is(200);
    own.shows("/counts/contractsAdded", 94);
}

#[tokio::test]
async fn a_contract_comes_in_with_its_rooms_its_time_and_what_was_open() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    nara.imports("", XLSX, shared("rent-roll.xlsx")).await.is(200);
    let contract = async |code: &str| {
        let list = nara.get(&format!("/v2/contracts?q={code}")).await.is(200).json();
        nara.get(&format!("/v2/contracts/{}", list["items"][0]["id"].as_str().expect("is there"))).await.is(200)
    };

    let two_rooms = contract("CT-2026-0001").await.shows("/units", "12; P-01").shows("/status", "active");
    assert_eq!(two_rooms.json()["rooms"].as_array().map(Vec::len), Some(2));
    contract("CT-2026-0040").await.shows("/status", "expired").shows("/endsOn", "2026-07-31");
    contract("101227").await.shows("/status", "expired");
    contract("101239").await.shows("/status", "active").shows("/startsOn", "2026-11-16");
    contract("CT-2025-0003").await.shows("/penaltyBp", 50).shows("/paymentDay", 15).shows("/endsOn", json!(null));
    let vacant = nara.get("/v2/rooms?occupied=false&q=304&kind=shop").await.is(200);
    vacant.shows("/items/0/unitNo", "304").shows("/items/0/baseRent", "4800000").shows("/items/0/priceMode", "per_m2");
    nara.get("/v2/contracts?q=CT-2026-0074").await.is(200).shows("/items", json!([]));

    let opened = town
        .sql("select count(*), sum(total)::bigint, bool_and(code = 'OB-' || contract_code and kind = 'correction'
                     and vat_amount = 0 and note = 'Эхний үлдэгдэл'), bool_and((status = 'overdue') = (due_on < '2026-10-10'))
                from invoices")
        .await;
    let opened = &opened[0];
    assert_eq!((opened.get::<_, i64>(0), opened.get::<_, i64>(1)), (10, 902_865_400));
    assert!(opened.get::<_, bool>(2) && opened.get::<_, bool>(3));
    let lines = "select count(*) from invoice_items where description = 'Эхний үлдэгдэл' and tax = 0";
    assert_eq!(town.count(lines).await, 10);
    let credit = "select sum(amount)::bigint from payments where method = 'bank' and allocated = 0 and provider_reference like 'OB-%'";
    assert_eq!(town.count(credit).await, 74_000_000);
    assert_eq!(town.count("select count(*) from payments where paid_at = '2026-09-30T16:00:00Z'").await, 4);
}

#[tokio::test]
async fn what_is_no_rent_roll_is_refused_with_a_sentence_and_writes_nothing() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let whole = shared("rent-roll.xlsx");
    let torn = whole[..whole.len() / 2].to_vec();

    for (bytes, kind) in [
        (torn, XLSX),
        (b"PK\x03\x04 nothing of the kind".to_vec(), XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "application/vnd.ms-excel"),
        (vec![0, 1, 2, 3, 255], "application/octet-stream"),
        (Vec::new(), "application/octet-stream"),
        ("нэр,утас\nБат,99112233\n".into(), "text/csv"),
        (shared("statement-khan.xlsx"), XLSX),
    ] {
        let refused = nara.imports("", kind, bytes).await.refuses(400, "VALIDATION_ERROR");
        let said = refused["details"]["fields"]["file"][0].as_str().expect("a sentence");
        assert!(said.chars().count() > 15 && !said.contains(['{', '⟦']), "{said}");
    }
    nara.imports("", XLSX, vec![b'P'; 30 * 1024 * 1024]).await.refuses(413, "PAYLOAD_TOO_LARGE");
    nara.imports("", "application/json", b"{}".to_vec()).await.refuses(415, "UNSUPPORTED_MEDIA_TYPE");
    for query in
        ["?dryRun=perhaps", "?colour=red", "?mapping=%7B", "?mapping=%7B%22A%22%3A%7B%22roof%22%3A%22C%22%7D%7D"]
    {
        nara.imports(query, XLSX, shared("rent-roll.xlsx")).await.refuses(400, "VALIDATION_ERROR");
    }
    let bat = town.employee().await;
    bat.imports("", XLSX, shared("rent-roll.xlsx")).await.refuses(403, "FORBIDDEN");
    town.nobody().imports("", XLSX, shared("rent-roll.xlsx")).await.refuses(401, "UNAUTHORIZED");

    for table in ["properties", "rooms", "tenants", "contracts"] {
        assert_eq!(town.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
}

const HEADER: &str = "Тоот,Талбай,Түрээслэгч,Регистр,Гэрээний №,Эхлэх огноо,Дуусах огноо,1 м² үнэ\n";

#[tokio::test]
async fn a_contract_over_two_rooms_comes_in_whole_once_both_rows_are_right() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let sheet = |second_area: &str| {
        let rows = [
            "201,50,Хас ХХК,6997576,CT-2026-0007,2026-01-01,,10000".to_owned(),
            format!("202,{second_area},Хас ХХК,6997576,CT-2026-0007,2026-01-01,,10000"),
            "203,10,Болд ХХК,,CT-2026-0008,2026-01-01,2026-12-31,10000".to_owned(),
        ];
        format!("{HEADER}{}\n", rows.join("\n")).into_bytes()
    };

    let first = nara.imports("", "text/csv", sheet("")).await.is(200);
    let second = nara.imports("", "text/csv", sheet("40.5")).await.is(200);

    let first = first.shows("/counts/contractsAdded", 1).shows("/counts/errors", 2).shows("/rows/0/status", "error");
    first.shows("/rows/0/errors/0/kind", "partner_row").shows("/rows/1/errors/0/kind", "area_missing");
    let second = second.shows("/counts/contractsAdded", 1).shows("/counts/errors", 0).shows("/counts/known", 1);
    second.shows("/counts/tenantsAdded", 1).shows("/counts/roomsAdded", 2);
    assert_eq!(town.count("select count(*) from contract_rooms").await, 3);
}

#[tokio::test]
async fn what_is_there_already_stands_above_the_sheet() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let property = dulmaa.has_property("rent-roll").await;
    let room = dulmaa.has_room(&property, "201").await;
    let tenant = dulmaa.has_tenant("Чинзо ХХК", "5118320").await;
    dulmaa.drafts(&property, &tenant, &room, json!({ "code": "CT-2026-0100" })).await.is(201);
    let rows = [
        "201,50,Хас ХХК,6997576,CT-2026-0007,2026-11-01,,10000",
        "202,50,Хас ХХК,6997576,CT-2026-0100,2026-11-01,,10000",
        "203,10,«ЧИНЗО» ХХК,5118320,CT-2026-0008,2026-01-01,2026-12-31,10000",
    ];

    let report = nara.imports("", "text/csv", format!("{HEADER}{}\n", rows.join("\n")).into_bytes()).await.is(200);

    let report =
        report.shows("/counts/contractsAdded", 1).shows("/counts/tenantsAdded", 0).shows("/counts/roomsAdded", 1);
    let report = report.shows("/rows/0/errors/0/kind", "overlap").shows("/rows/1/errors/0/kind", "duplicate_contract");
    let said = report.json()["rows"][0]["errors"][0]["message"].as_str().expect("a sentence").to_owned();
    assert!(said.contains("CT-2026-0100") && said.contains("2-р мөр"), "{said}");
    assert_eq!(town.count("select count(*) from tenants").await, 1);
}

#[tokio::test]
async fn columns_are_mapped_by_hand_where_words_do_not_tell() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let sheet = "а,б,в,г,д,е\n201,50,Хас ХХК,CT-2026-0007,2026-01-01,500000\n".as_bytes().to_vec();
    let mapping = json!({ "rent-roll": { "unit": "A", "area_m2": "B", "tenant": "C", "contract": "D", "starts_on": "E",
        "flat_rent": "F" } });
    let query: String = mapping.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();

    nara.imports("", "text/csv", sheet.clone()).await.refuses(400, "VALIDATION_ERROR");
    let report = nara.imports(&format!("?mapping={query}"), "text/csv", sheet).await.is(200);

    report.shows("/counts/contractsAdded", 1).shows("/columns/rent-roll/flat_rent", "F");
}

#[tokio::test]
async fn whoever_asks_for_lines_hears_how_far_it_is() {
    let town = Town::new().await;
    let (nara, bat) = (town.accountant().await, town.employee().await);
    let lines = [("accept", "application/x-ndjson")];

    bat.imports_with("", XLSX, shared("rent-roll.xlsx"), &lines).await.is(403).shows("/error/code", "FORBIDDEN");
    let told = nara.imports_with("", XLSX, shared("rent-roll.xlsx"), &lines).await.is(200);

    assert_eq!(told.headers["content-type"], "application/x-ndjson");
    let told: Vec<Value> = told.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let (last, steps) = told.split_last().expect("at least a report");
    let steps: Vec<(u64, u64)> = steps
        .iter()
        .map(|step| {
            let count = |name: &str| step["progress"][name].as_u64().expect("a count");
            (count("done"), count("total"))
        })
        .collect();
    let records = "select (select count(*) from rooms) + (select count(*) from tenants) + (select count(*) from contracts)
        + (select count(*) from contract_rooms) + (select count(*) from contract_items) + (select count(*) from invoices)
        + (select count(*) from payments)";
    let written = u64::try_from(town.count(records).await).expect("a count");
    assert!(steps.len() > 5 && steps.is_sorted() && steps[0] == (0, written), "{steps:?}");
    assert_eq!(steps.last(), Some(&(written, written)), "what is told is what is there");
    assert_eq!(last["report"]["counts"]["contractsAdded"], 94);
}

#[tokio::test]
async fn what_is_told_in_lines_goes_on_when_nobody_listens() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let token = nara.token.clone().expect("is signed in");
    let request = http::Request::post("/v2/imports/rent-roll")
        .header("host", "town.test")
        .header("authorization", format!("Bearer {token}"))
        .header("accept", "application/x-ndjson")
        .header("content-type", XLSX)
        .body(axum::body::Body::from(shared("rent-roll.xlsx")))
        .expect("a request");

    drop(town.router.clone().oneshot(request).await.expect("an answer"));
    let report = nara.imports("", XLSX, shared("rent-roll.xlsx")).await.is(200);

    report.shows("/counts/contractsAdded", 0).shows("/counts/roomsAdded", 0);
    assert_eq!(town.count("select count(*) from contracts").await, 94);
}

impl Person<'_> {
    async fn imports_with(&self, query: &str, kind: &str, file: Vec<u8>, headers: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, &format!("/v2/imports/rent-roll{query}"), Some((kind, file)), headers).await
    }

    async fn imports(&self, query: &str, kind: &str, file: Vec<u8>) -> Reply {
        self.send(Method::POST, &format!("/v2/imports/rent-roll{query}"), Some((kind, file)), &[]).await
    }
}

async fn terms(town: &Town, month: &str) -> Vec<ContractFacts> {
    let month: Month = month.parse().expect("a month");
    let actor = base::Actor::system(&town.app, town.altan);
    actor.transact(async |tx| terms_of_month(tx, month).await).await.expect("reads")
}

fn total(facts: &ContractFacts, month: &str) -> Money {
    charges::for_month(&facts.terms, month.parse().expect("a month"), true).expect("adds up").totals.total
}

fn is_whole(facts: &ContractFacts, month: &str) -> bool {
    let month: Month = month.parse().expect("a month");
    facts.terms.starts_on <= month.first_day() && facts.terms.ends_on.is_none_or(|end: Date| end >= month.last_day())
}

fn shared(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

fn key() -> Value {
    serde_json::from_slice(&shared("rent-roll.key.json")).expect("the key's form")
}

/// What a whole month of each valid contract costs.
fn monthly_totals(key: &Value) -> BTreeMap<String, Money> {
    let mut totals: BTreeMap<String, Money> = BTreeMap::new();
    for row in key["rows"].as_array().expect("rows").iter().filter(|row| row["status"] == "ok") {
        let code = row["values"]["contract"].as_str().expect("a contract").to_owned();
        let monthly: Money = row["monthly_total"].as_str().expect("an amount").parse().expect("mungo");
        let total = totals.entry(code).or_default();
        *total = total.checked_add(monthly).expect("fits");
    }
    totals
}

/// What the owner's accountant billed for a month, by contract.
fn open_invoices(month: &str) -> BTreeMap<String, Money> {
    let text = String::from_utf8(shared("open-invoices.csv")).expect("UTF-8");
    let billed = text.lines().skip(1).map(|line| line.rsplit(',').collect::<Vec<_>>());
    let billed = billed.filter(|cells| cells[2] == month);
    billed
        .map(|cells| {
            let code = cells[cells.len() - 2].to_owned();
            (code, Money::parse_decimal(cells[1]).expect("an amount"))
        })
        .collect()
}
