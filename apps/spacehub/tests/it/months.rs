//! The month's run: what it shows beforehand, what it makes, and that it makes it once.

use futures_util::future::join_all;
use http::Method;
use serde_json::{Value, json};

use crate::{
    books::Lease,
    town::{Person, Town, nothing},
};

const ACCEPTED: &str = r#"{"acceptDifference":true}"#;

/// A town with contracts that stay, start, end, change and can't be billed.
async fn lets_its_rooms(town: &Town) {
    let flat = [("Түрээс", "rent", "flat", 1_000_000, "included")];
    let mixed = [
        ("Түрээс", "rent", "per_m2", 15_000, "included"),
        ("Менежмент", "management", "flat", 100_000, "added"),
        ("Хөнгөлөлт", "discount", "flat", -33_333, "included"),
    ];
    let home = [("Байрны түрээс", "rent", "flat", 700_000, "exempt")];
    let leases = [
        Lease { charges: &flat, ..Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК") },
        Lease { charges: &mixed, area: "124.5", ..Lease::plain("CT-2026-0002", "Мөнх Мишээл") },
        Lease { charges: &home, ..Lease::plain("CT-2026-0003", "Л.Долгорсүрэн") },
        Lease { starts_on: "2026-11-14", ..Lease::plain("CT-2026-0004", "Тод Нүд Оптик ХХК") },
        Lease { ends_on: Some("2026-10-31"), ..Lease::plain("CT-2026-0005", "Сайн Мод Тавилга ХХК") },
        Lease { ends_on: Some("2026-11-10"), ..Lease::plain("CT-2026-0006", "Зөгийн Үүр ХХК") },
        Lease {
            charges: &[("Түрээс", "rent", "per_m2", 10_000, "included")],
            area: "0",
            ..Lease::plain("CT-2026-0007", "Талбайгүй ХХК")
        },
    ];
    for lease in leases {
        town.lease(town.altan, lease).await;
    }
}

async fn run(who: &Person<'_>, month: &str, order: Value) -> crate::town::Reply {
    who.post(&format!("/v2/months/{month}/run"), order).await
}

#[tokio::test]
async fn october_and_november_are_shown_made_and_made_once() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    lets_its_rooms(&town).await;
    let accepted: Value = serde_json::from_str(ACCEPTED).expect("JSON");

    let shown = nara.get("/v2/months/2026-10/preview").await.is(200);
    let shown =
        shown.shows("/totals/new", 5).shows("/totals/parked", 1).shows("/totals/billed", 0).shows("/stopped", true);
    let made = run(&nara, "2026-10", accepted.clone()).await.is(200).shows("/created", 5).shows("/parked", 1);
    let made = made.shows("/firstCode", "INV-2026-000001").shows("/lastCode", "INV-2026-000005");
    assert_eq!(made.mungo("/total"), shown.mungo("/totals/amount"), "what was shown is what was made");
    assert_eq!(town.count("select count(*) from outbox where kind = 'invoice.issued'").await, 5);
    run(&nara, "2026-10", nothing())
        .await
        .is(200)
        .shows("/created", 0)
        .shows("/existing", 5)
        .shows("/firstCode", json!(null));

    town.sql("update contract_items set unit_price = 16000 * 100 where basis = 'per_m2' and unit_price = 15000 * 100")
        .await;
    town.moves_on("2026-11-10T02:00:00Z").await;
    let shown = nara.get("/v2/months/2026-11/preview?issueOn=2026-11-10").await.is(200);
    let totals = shown.json()["totals"].clone();
    let counts = ["new", "changed", "ended", "same", "parked", "billed"].map(|kind| totals[kind].as_i64());
    assert_eq!(counts, [1, 2, 1, 2, 1, 0].map(Some), "{totals}");
    let line = |code: &str| {
        let lines = shown.json()["lines"].as_array().cloned().unwrap_or_default();
        lines.into_iter().find(|line| line["contractCode"] == code).unwrap_or_else(|| panic!("no line of {code}"))
    };
    assert_eq!(line("CT-2026-0004")["what"], "new");
    // 1 000 000 × 17/30, to the möngö
    assert_eq!(line("CT-2026-0004")["amount"], "56666667");
    assert_eq!(line("CT-2026-0004")["dueOn"], "2026-11-15");
    assert_eq!(line("CT-2026-0004")["reasons"][0], "Гэрээний эхлэх огноо: 2026.11.14");
    assert_eq!(line("CT-2026-0005")["what"], "ended");
    assert_eq!(line("CT-2026-0005")["difference"], "-100000000");
    assert_eq!(line("CT-2026-0006")["what"], "changed");
    assert_eq!(line("CT-2026-0007")["what"], "parked");
    assert!(line("CT-2026-0007")["reasons"][0].as_str().is_some_and(|why| why.contains("талбай")));
    let english = [("accept-language", "en")];
    let told = nara.ask(Method::GET, "/v2/months/2026-11/preview", None, &english).await.is(200).text();
    assert!(told.contains("Contract starts: 2026.11.14") && !told.contains("эхлэх"), "{told}");

    run(&nara, "2026-11", json!({ "acceptDifference": true, "issueOn": "2026-11-10" }))
        .await
        .is(200)
        .shows("/created", 5);
    let after = nara.get("/v2/months/2026-11/preview").await.is(200).shows("/totals/billed", 5);
    assert!(after.json()["lines"].as_array().expect("lines").iter().any(|line| line["invoiceId"].is_string()));
    run(&nara, "2026-11", nothing()).await.is(200).shows("/created", 0).shows("/existing", 5);
    town.run_cron("invoice.overdue").await;
    town.books_tie().await;
}

#[tokio::test]
async fn a_bill_carries_vat_by_the_line_and_says_how_it_was_made() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    lets_its_rooms(&town).await;
    run(&nara, "2026-10", json!({ "acceptDifference": true })).await.is(200);

    let found = nara.get("/v2/invoices?q=CT-2026-0002").await.is(200).word("/items/0/id");
    let bill = nara.get(&format!("/v2/invoices/{found}")).await.is(200);

    // 124.5 × 15 000 = 1 867 500 with VAT inside; 100 000 + 10 %; −33 333 with VAT inside
    let bill = bill.shows("/items/0/amount", "186750000").shows("/items/0/tax", "16977273");
    let bill = bill.shows("/items/1/amount", "11000000").shows("/items/1/tax", "1000000");
    let bill = bill.shows("/items/2/amount", "-3333300").shows("/items/2/tax", "-303027");
    let bill = bill.shows("/total", "194416700").shows("/vatAmount", "17674246").shows("/subtotal", "176742454");
    let bill = bill.shows("/kind", "rent").shows("/items/0/description", "Түрээс (R-CT-2026-0002)");
    let how = bill.word("/items/0/how");
    assert_eq!(how, "124.5 м² × 15\u{a0}000 ₮ = 1\u{a0}867\u{a0}500 ₮, НӨАТ багтсан");
    let home = nara.get("/v2/invoices?q=CT-2026-0003").await.is(200);
    home.shows("/items/0/vatAmount", "0").shows("/items/0/total", "70000000");
    let exempt = "select count(*) from invoice_items where tax_kind = 'VAT_FREE' and exemption_code = '408'";
    assert_eq!(town.count(exempt).await, 1);
    town.books_tie().await;
}

#[tokio::test]
async fn an_owner_outside_vat_bills_without_it() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    lets_its_rooms(&town).await;
    town.sql(&format!("update property_owners set vat_payer = false where id = '{}'", town.altan)).await;

    run(&nara, "2026-10", json!({ "acceptDifference": true })).await.is(200).shows("/created", 5);

    assert_eq!(town.count("select sum(vat_amount)::bigint from invoices").await, 0);
    town.books_tie().await;
}

#[tokio::test]
async fn parallel_runs_bill_once_and_without_a_gap() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    lets_its_rooms(&town).await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0100", "Ууган Марал")).await;
    let sale = json!({ "contractId": leased.contract, "kind": "sale", "issue": true,
                       "items": [{ "description": "Түлхүүр", "unitPrice": "100" }] });

    let runs = join_all((0..4).map(|_| run(&nara, "2026-10", json!({ "acceptDifference": true }))));
    let sales = join_all((0..8).map(|_| nara.post("/v2/invoices", sale.clone())));
    let (runs, sales) = tokio::join!(runs, sales);

    let created: Vec<i64> =
        runs.into_iter().map(|reply| reply.is(200).json()["created"].as_i64().unwrap_or(-1)).collect();
    assert_eq!(created.iter().sum::<i64>(), 6, "{created:?}");
    assert!(sales.iter().all(|reply| reply.status == 201));
    assert_eq!(town.count("select count(*) from outbox where kind = 'invoice.issued'").await, 14);
    town.books_tie().await;
}

#[tokio::test]
async fn a_total_out_of_bounds_is_made_only_when_a_person_says_so() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    lets_its_rooms(&town).await;

    let stopped = run(&nara, "2026-10", nothing()).await.refuses(409, "CONFLICT");

    assert_eq!(stopped["details"]["reason"], "RUN_OUT_OF_BOUNDS");
    assert_eq!(stopped["details"]["lastAmount"], "0");
    assert!(stopped["details"]["nowAmount"].is_string());
    let said = stopped["message"].as_str().unwrap_or_default();
    assert!(said.contains("30.00 %") && !said.contains('⟦'), "{said}");
    assert_eq!(town.count("select count(*) from invoices").await, 0);
    assert_eq!(town.count("select count(*) from number_sequences").await, 0);
    run(&nara, "2026-10", json!({ "acceptDifference": true })).await.is(200).shows("/created", 5);
    town.sql("update contract_items set unit_price = unit_price * 2").await;
    run(&nara, "2026-11", nothing()).await.refuses(409, "CONFLICT");
    town.books_tie().await;
}

#[tokio::test]
async fn credit_is_spent_on_the_new_bill() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    for mungo in ["30000000", "80000000"] {
        let paid = json!({ "tenantId": leased.tenant, "method": "cash", "amount": mungo });
        nara.post("/v2/payments", paid).await.is(201).shows("/credit", mungo);
    }

    run(&nara, "2026-10", json!({ "acceptDifference": true, "send": false })).await.is(200).shows("/created", 1);

    let bills = nara.get("/v2/invoices").await.is(200).shows("/items/0/status", "paid").shows("/items/0/balance", "0");
    drop(bills);
    nara.get("/v2/payments/totals").await.is(200).shows("/credit", "10000000");
    assert_eq!(
        town.count("select count(*) from outbox where kind = 'invoice.issued'").await,
        0,
        "nobody was to be told"
    );
    assert_eq!(town.count("select count(*) from outbox where kind = 'receipt.issue'").await, 2);
    town.books_tie().await;
}

#[tokio::test]
async fn the_clock_runs_each_owner_on_its_own_day() {
    let town = Town::new().await;
    let (nara, saraa) = (town.accountant().await, town.neighbour().await);
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    town.lease(town.mungun, Lease::plain("CT-2026-0001", "Нарны Зам ХХК")).await;
    run(&nara, "2026-09", json!({ "acceptDifference": true, "issueOn": "2026-09-10" })).await.is(200);
    run(&saraa, "2026-09", json!({ "acceptDifference": true, "issueOn": "2026-09-12" })).await.is(200);
    town.sql(&format!("update property_owners set billing_day = 12 where id = '{}'", town.mungun)).await;

    town.run_cron("bills.monthly").await;

    nara.get("/v2/invoices?period=2026-10").await.is(200).shows("/items/0/code", "INV-2026-000002");
    saraa.get("/v2/invoices?period=2026-10").await.is(200).shows("/items", json!([]));
    town.moves_on("2026-10-12T01:00:00Z").await;
    town.run_cron("bills.monthly").await;
    saraa.get("/v2/invoices?period=2026-10").await.is(200).shows("/items/0/issuedOn", "2026-10-12");
    town.sql("update contract_items set unit_price = unit_price * 2").await;
    town.moves_on("2026-11-10T01:00:00Z").await;
    town.run_cron("bills.monthly").await;
    nara.get("/v2/invoices?period=2026-11").await.is(200).shows("/items", json!([]));
    let laid_aside =
        "select count(*) from outbox where kind = 'bills.monthly' and status = 'dead' and last_error like '%30.00 %%'";
    assert_eq!(town.count(laid_aside).await, 1, "a person is told to look");
    town.run_cron("invoice.overdue").await;
    town.books_tie().await;
}

#[tokio::test]
async fn who_may_not_run_the_month_runs_none() {
    let town = Town::new().await;
    let (nara, bat, saraa) = (town.accountant().await, town.employee().await, town.neighbour().await);
    lets_its_rooms(&town).await;

    bat.get("/v2/months/2026-10/preview").await.refuses(403, "FORBIDDEN");
    run(&bat, "2026-10", json!({ "acceptDifference": true })).await.refuses(403, "FORBIDDEN");
    run(&town.nobody(), "2026-10", nothing()).await.refuses(401, "UNAUTHORIZED");
    saraa.get("/v2/months/2026-10/preview").await.is(200).shows("/lines", json!([]));
    run(&saraa, "2026-10", json!({ "acceptDifference": true })).await.is(200).shows("/created", 0);
    nara.get("/v2/months/2026-13/preview").await.refuses(404, "NOT_FOUND");
    run(&nara, "2026-10", json!({ "issueOn": "2062-10-10" })).await.refuses(400, "VALIDATION_ERROR");
    run(&nara, "2026-10", json!({ "force": true })).await.refuses(400, "VALIDATION_ERROR");

    assert_eq!(town.count("select count(*) from invoices").await, 0);
    let key = [("idempotency-key", "run-1")];
    let path = "/v2/months/2026-10/run";
    let order = Some(json!({ "acceptDifference": true }));
    let first = nara.ask(Method::POST, path, order.clone(), &key).await.is(200).shows("/created", 5);
    let again = nara.ask(Method::POST, path, order, &key).await.is(200);
    assert_eq!(first.bytes, again.bytes);
    town.books_tie().await;
}
