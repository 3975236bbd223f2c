//! Open bills brought along from another system: the owner's own file, and files that are wrong.

use http::Method;
use serde_json::{Value, json};

use crate::{
    books::Lease,
    town::{Person, Reply, Town},
};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/open-invoices.csv");
const HEAD: &str = "code,contract,tenant,building,unit,period,amount,due_date\n";

async fn send(who: &Person<'_>, query: &str, file: impl Into<Vec<u8>>) -> Reply {
    let body = Some(("application/octet-stream", file.into()));
    who.send(Method::POST, &format!("/v2/imports/invoices{query}"), body, &[]).await
}

#[tokio::test]
async fn the_owner_s_file_comes_in_once_with_its_codes() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let file = std::fs::read_to_string(FILE).expect("the sample lies beside the project");
    let lines: Vec<Vec<&str>> = file.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let mut codes: Vec<&str> = lines.iter().map(|line| line[1]).collect();
    codes.sort_unstable();
    codes.dedup();
    let missing = codes.pop().expect("a contract that we do not have");
    for code in &codes {
        town.lease(town.altan, Lease { starts_on: "2025-01-01", ..Lease::plain(code, &format!("{code} ХХК")) }).await;
    }
    let without = i64::try_from(lines.iter().filter(|line| line[1] == missing).count()).expect("few");
    let all = i64::try_from(lines.len()).expect("few");
    town.moves_on("2026-11-22T02:00:00Z").await;

    let shown = send(&nara, "?dryRun=true", file.clone()).await.is(200).shows("/dryRun", true);
    let shown = shown.shows("/counts/rows", all).shows("/counts/errors", without);
    shown.shows("/counts/invoicesAdded", all - without);
    assert_eq!(town.count("select count(*) from invoices").await, 0);
    let taken = send(&nara, "", file.clone()).await.is(200).shows("/counts/invoicesAdded", all - without);
    let wrong: Vec<Value> =
        taken.json()["rows"].as_array().expect("rows").iter().filter(|row| row["status"] == "error").cloned().collect();
    assert_eq!(wrong.len() as i64, without);
    assert_eq!(wrong[0]["errors"][0]["kind"], "contract_unknown");
    let said = wrong[0]["errors"][0]["message"].as_str().expect("a sentence");
    assert!(said.contains(missing) && said.contains(&wrong[0]["row"].to_string()) && !said.contains('⟦'), "{said}");
    let again = send(&nara, "", file.clone()).await.is(200).shows("/counts/invoicesAdded", 0);
    again.shows("/counts/known", all - without);

    let mungo = |line: &Vec<&str>| line[6].replace('.', "").parse::<i64>().expect("two decimals");
    let sum: i64 = lines.iter().filter(|line| line[1] != missing).map(mungo).sum();
    let totals = nara.get("/v2/invoices/totals?open=true").await.is(200).shows("/count", all - without);
    assert_eq!((totals.mungo("/total"), totals.mungo("/balance")), (sum, sum));
    let first = nara.get("/v2/invoices?q=INV-2026-000001").await.is(200).shows("/items/0/issuedOn", "2026-10-10");
    first.shows("/items/0/dueOn", lines[0][7]).shows("/items/0/status", "overdue");
    assert_eq!(
        town.count("select count(*) from outbox where kind = 'invoice.issued'").await,
        0,
        "nobody is told twice"
    );

    let last = lines.iter().filter(|line| line[1] != missing).map(|line| line[0]).max().expect("a code");
    let contract = town.sql("select id from contracts limit 1").await[0].get::<_, uuid::Uuid>(0);
    let sale = json!({ "contractId": contract, "kind": "fee", "issue": true,
                       "items": [{ "description": "Түлхүүр", "unitPrice": "100" }] });
    let next = nara.post("/v2/invoices", sale).await.is(201).word("/code");
    let number = |code: &str| code[9..].parse::<i64>().expect("a number");
    assert_eq!(number(&next), number(last) + 1, "our series goes on after theirs");
}

#[tokio::test]
async fn vat_is_taken_out_as_the_contract_is_taxed() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let home =
        [("Байрны түрээс", "rent", "flat", 600_000, "exempt"), ("Зогсоол", "parking", "flat", 110_000, "included")];
    town.lease(town.altan, Lease { charges: &home, ..Lease::plain("CT-2026-0001", "Л.Долгорсүрэн") }).await;
    town.lease(town.altan, Lease::plain("CT-2026-0002", "Оюут Ухаан ХХК")).await;
    let file = format!(
        "{HEAD}A-1,CT-2026-0001,,,,2026-10,710000.00,2026-11-15\nINV-2026-000041,CT-2026-0002,,,,2026-10,330000.00,2026-10-15\n"
    );

    send(&nara, "", file).await.is(200).shows("/counts/invoicesAdded", 2);

    let found = nara.get("/v2/invoices?q=A-1").await.is(200).shows("/items/0/vatAmount", "1000000").word("/items/0/id");
    let home = nara.get(&format!("/v2/invoices/{found}")).await.is(200).shows("/items/0/taxKind", "VAT_FREE");
    let home =
        home.shows("/items/0/amount", "60000000").shows("/items/1/amount", "11000000").shows("/items/1/tax", "1000000");
    assert!(home.word("/items/0/how").contains("600\u{a0}000 ₮"));
    nara.get("/v2/invoices?q=INV-2026-000041").await.is(200).shows("/items/0/vatAmount", "3000000");
    let run = nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);
    run.shows("/created", 0).shows("/existing", 2);
    let run = nara.post("/v2/months/2026-11/run", json!({ "acceptDifference": true })).await.is(200);
    run.shows("/firstCode", "INV-2026-000042");
}

#[tokio::test]
async fn a_line_at_odds_with_the_books_is_named_and_left_out() {
    let town = Town::new().await;
    let (nara, bat, saraa) = (town.accountant().await, town.employee().await, town.neighbour().await);
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let first = format!("{HEAD}X-1,CT-2026-0001,,,,2026-10,100.00,2026-10-15\n");
    send(&nara, "", first.clone()).await.is(200).shows("/counts/invoicesAdded", 1);

    let wrong = format!(
        "{HEAD}X-1,CT-2026-0001,,,,2026-10,200.00,2026-10-15\nX-2,CT-2026-0001,,,,2026-10,100.00,2026-10-15\n\
         X-3,CT-2026-0001,,,,2026-13,100.00,2026-10-15\nX-4,CT-2026-0001,,,,2026-11,100.00,2026-11-15\n\
         X-5,CT-2026-0001,,,,2026-11,100.00,2026-11-15\n"
    );
    let told = send(&nara, "", wrong).await.is(200).shows("/counts/invoicesAdded", 1).shows("/counts/errors", 4).json();
    let kinds: Vec<&str> =
        told["rows"].as_array().expect("rows").iter().filter_map(|row| row["errors"][0]["kind"].as_str()).collect();
    assert_eq!(kinds, ["code_taken", "month_billed", "period_bad", "month_billed"]);

    bat_and_others_are_refused(&bat, &saraa, &town.nobody(), first).await;
    let refused = send(&nara, "", "a,b\n1,2\n").await.refuses(400, "VALIDATION_ERROR");
    assert!(
        refused["details"]["fields"]["body"][0].as_str().is_some_and(|said| said.contains("contract")),
        "{refused}"
    );
    send(&nara, "", b"PK\x03\x04 broken".to_vec()).await.refuses(400, "VALIDATION_ERROR");
    send(&nara, "?mapping=x", "a").await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(town.count("select count(*) from invoices").await, 2);
}

async fn bat_and_others_are_refused(bat: &Person<'_>, saraa: &Person<'_>, nobody: &Person<'_>, file: String) {
    send(bat, "", file.clone()).await.refuses(403, "FORBIDDEN");
    send(nobody, "", file.clone()).await.refuses(401, "UNAUTHORIZED");
    let theirs = send(saraa, "", file).await.is(200).shows("/counts/invoicesAdded", 0);
    assert_eq!(theirs.json()["rows"][0]["errors"][0]["kind"], "contract_unknown");
}
