//! A contract that ends before its time: looked at, settled as it was looked at, and restored when it was a mistake.

use serde_json::{Value, json};

use crate::{
    books::{Lease, Leased},
    town::{Person, Reply, Town},
};

const END: &str = "2026-10-15";

/// A million a month since the first of the year, paid by the fifteenth.
async fn let_out(town: &Town) -> Leased {
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await
}

/// Bills October; the bill's path.
async fn bill(nara: &Person<'_>) -> String {
    let order = json!({ "acceptDifference": true, "issueOn": "2026-10-10" });
    nara.post("/v2/months/2026-10/run", order).await.is(200).shows("/created", 1);
    let bills = nara.get("/v2/invoices?kind=rent").await.is(200);
    format!("/v2/invoices/{}", bills.word("/items/0/id"))
}

async fn pays(nara: &Person<'_>, leased: Leased, tugrug: i64) -> Reply {
    let body = json!({ "tenantId": leased.tenant, "method": "bank", "amount": (tugrug * 100).to_string() });
    nara.post("/v2/payments", body).await.is(201)
}

async fn deposits(nara: &Person<'_>, leased: Leased, tugrug: i64) {
    let body = json!({ "kind": "received", "amount": (tugrug * 100).to_string() });
    nara.post(&format!("/v2/contracts/{}/deposit/entries", leased.contract), body).await.is(201);
}

/// Looks at the termination and makes it: the figures are the same, and they are what the books say.
async fn ends(town: &Town, dulmaa: &Person<'_>, leased: Leased, on: &str, set_off: bool) -> Value {
    let path = format!("/v2/contracts/{}", leased.contract);
    let asked = format!("{path}/termination-preview?on={on}&setOffDeposit={set_off}");
    let preview = dulmaa.get(&asked).await.is(200).json();
    let order = json!({ "on": on, "reason": "Нүүж байна", "setOffDeposit": set_off });
    let ended = dulmaa.post(&format!("{path}/termination"), order).await.is(200).shows("/status", "terminated").json();
    let made = ended["settlement"].clone();
    for figure in [
        "openBefore",
        "billed",
        "takenBack",
        "credit",
        "creditUsed",
        "depositHeld",
        "setOff",
        "toPay",
        "creditLeft",
        "depositLeft",
    ] {
        assert_eq!(preview[figure], made[figure], "{figure}: {preview:#}");
    }
    let open = dulmaa.get(&format!("/v2/invoices/totals?contractId={}", leased.contract)).await.is(200);
    assert_eq!(open.json()["balance"], made["toPay"], "what is left to pay");
    let deposit = dulmaa.get(&format!("{path}/deposit")).await.is(200);
    assert_eq!(deposit.json()["sums"]["held"], made["depositLeft"], "what is left of the deposit");
    let credit = format!("/v2/payments/totals?tenantId={}", leased.tenant);
    assert_eq!(dulmaa.get(&credit).await.is(200).json()["credit"], made["creditLeft"], "what is left of the credit");
    town.books_tie().await;
    made
}

/// October has 31 days: fifteen of them, of a million.
const FIFTEEN_DAYS: i64 = 48_387_097;

fn mungo(amount: i64) -> Value {
    json!(amount.to_string())
}

#[tokio::test]
async fn days_not_billed_yet_are_billed_and_the_deposit_pays_them() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    deposits(&nara, leased, 1_000_000).await;

    let made = ends(&town, &dulmaa, leased, END, true).await;

    assert_eq!((&made["billed"], &made["setOff"]), (&mungo(FIFTEEN_DAYS), &mungo(FIFTEEN_DAYS)));
    assert_eq!((&made["toPay"], &made["depositLeft"]), (&json!("0"), &mungo(100_000_000 - FIFTEEN_DAYS)));
    assert_eq!(made["months"][0]["step"], "bill");
    assert_eq!(made["months"][0]["lines"][0]["daysUsed"], 15);
    let how = made["months"][0]["lines"][0]["how"].as_str().expect("a sentence");
    assert!(how.starts_with("1\u{a0}000\u{a0}000 ₮ × 15/31 хоног"), "{how}");
    let bill =
        nara.get(&format!("/v2/invoices/{}", made["months"][0]["madeId"].as_str().expect("an id"))).await.is(200);
    bill.shows("/status", "paid").shows("/kind", "rent").shows("/payments/0/method", "deposit");
    // The month's run has nothing more to bill.
    let run = nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);
    run.shows("/created", 0).shows("/existing", 1);
    let held = "select deposit_received from contracts where code = 'CT-2026-0001'";
    assert_eq!(town.count(held).await, 100_000_000 - FIFTEEN_DAYS);
}

#[tokio::test]
async fn an_unpaid_bill_is_made_anew_for_the_days_used() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    let old = bill(&nara).await;

    let made = ends(&town, &dulmaa, leased, END, false).await;

    assert_eq!(made["months"][0]["step"], "anew");
    assert_eq!((&made["takenBack"], &made["toPay"]), (&mungo(100_000_000), &mungo(FIFTEEN_DAYS)));
    nara.get(&old).await.is(200).shows("/status", "void");
    assert_eq!(town.count("select count(*) from invoices where status <> 'void'").await, 1);
}

#[tokio::test]
async fn a_paid_bill_is_corrected_and_the_rest_is_the_tenant_s_credit() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    let old = bill(&nara).await;
    pays(&nara, leased, 1_000_000).await;

    let made = ends(&town, &dulmaa, leased, END, false).await;

    assert_eq!(made["months"][0]["step"], "correct");
    assert_eq!((&made["toPay"], &made["creditLeft"]), (&json!("0"), &mungo(100_000_000 - FIFTEEN_DAYS)));
    let correction = format!("/v2/invoices/{}", made["months"][0]["madeId"].as_str().expect("an id"));
    let correction = nara.get(&correction).await.is(200).shows("/kind", "correction").shows("/status", "paid");
    let correction = correction.shows("/total", (FIFTEEN_DAYS - 100_000_000).to_string());
    assert_eq!(format!("/v2/invoices/{}", correction.word("/correctsId")), old);
    nara.get(&old).await.is(200).shows("/status", "paid").shows("/total", "100000000");
}

#[tokio::test]
async fn of_a_partly_paid_bill_the_open_part_shrinks_first() {
    for (paid, to_pay, credit) in [(100_000, FIFTEEN_DAYS - 10_000_000, 0), (800_000, 0, 80_000_000 - FIFTEEN_DAYS)] {
        let town = Town::new().await;
        let (dulmaa, nara) = (town.director().await, town.accountant().await);
        let leased = let_out(&town).await;
        let old = bill(&nara).await;
        let payment = pays(&nara, leased, paid).await.id();

        let made = ends(&town, &dulmaa, leased, END, false).await;
        assert_eq!((&made["toPay"], &made["creditLeft"]), (&mungo(to_pay), &mungo(credit)));

        // The money never came: what was used is owed whole.
        nara.post(&format!("/v2/payments/{payment}/reversal"), json!({ "reason": "Буцсан" })).await.is(201);
        nara.get(&old).await.is(200).shows("/balance", FIFTEEN_DAYS.to_string());
        town.books_tie().await;
    }
}

#[tokio::test]
async fn the_deposit_pays_this_contract_s_bills_and_not_another_s() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    let other = town.lease(town.altan, Lease::plain("CT-2026-0002", "Өөр ХХК")).await;
    town.sql(&format!("update contracts set tenant_id = '{}' where id = '{}'", leased.tenant, other.contract)).await;
    let order = json!({ "acceptDifference": true, "issueOn": "2026-10-10" });
    nara.post("/v2/months/2026-10/run", order).await.is(200).shows("/created", 2);
    deposits(&nara, leased, 3_000_000).await;

    let made = ends(&town, &dulmaa, leased, "2026-10-31", true).await;

    assert_eq!((&made["setOff"], &made["depositLeft"]), (&mungo(100_000_000), &mungo(200_000_000)));
    assert_eq!(made["months"][0]["step"], "stands");
    let others = nara.get(&format!("/v2/invoices?contractId={}", other.contract)).await.is(200);
    others.shows("/items/0/balance", "100000000");
}

#[tokio::test]
async fn a_termination_is_asked_once_by_the_version_that_was_read_and_within_a_year() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let leased = let_out(&town).await;
    let path = format!("/v2/contracts/{}/termination", leased.contract);

    let order = json!({ "on": END, "reason": "Нүүж байна", "version": 7 });
    assert_eq!(dulmaa.post(&path, order).await.refuses(409, "CONFLICT")["details"]["reason"], "VERSION");
    for (on, reason) in [("2025-12-31", "Х"), ("2027-10-11", "Х"), (END, " ")] {
        dulmaa.post(&path, json!({ "on": on, "reason": reason })).await.refuses(400, "VALIDATION_ERROR");
    }
    let key = [("idempotency-key", "the-end")];
    let order = json!({ "on": END, "reason": "Нүүж байна", "version": 1 });
    let first = dulmaa.ask(http::Method::POST, &path, Some(order.clone()), &key).await.is(200);
    let second = dulmaa.ask(http::Method::POST, &path, Some(order), &key).await.is(200);
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(town.count("select count(*) from invoices").await, 1);
}

/// What everything comes to: open bills, credit, deposit.
async fn standing(nara: &Person<'_>, leased: Leased) -> [String; 3] {
    let open = nara.get(&format!("/v2/invoices/totals?contractId={}", leased.contract)).await.is(200);
    let credit = nara.get(&format!("/v2/payments/totals?tenantId={}", leased.tenant)).await.is(200);
    let deposit = nara.get(&format!("/v2/contracts/{}/deposit", leased.contract)).await.is(200);
    [open.word("/balance"), credit.word("/credit"), deposit.word("/sums/held")]
}

#[tokio::test]
async fn a_mistaken_termination_is_undone_with_everything_it_made() {
    for paid in [0, 300_000, 1_000_000] {
        let town = Town::new().await;
        let (dulmaa, nara) = (town.director().await, town.accountant().await);
        let leased = let_out(&town).await;
        bill(&nara).await;
        deposits(&nara, leased, 200_000).await;
        if paid > 0 {
            pays(&nara, leased, paid).await;
        }
        let before = standing(&nara, leased).await;
        ends(&town, &dulmaa, leased, END, true).await;
        let path = format!("/v2/contracts/{}", leased.contract);

        let back = dulmaa.post(&format!("{path}/restoration"), json!({ "reason": "Өөр гэрээ цуцлах байсан" })).await;

        let back = back.is(200).shows("/status", "active").shows("/terminatedOn", json!(null));
        back.shows("/rooms/0/to", json!(null));
        assert_eq!(standing(&nara, leased).await, before, "with {paid} paid");
        town.books_tie().await;
        let again = dulmaa.post(&format!("{path}/restoration"), json!({ "reason": "Дахин" })).await;
        assert_eq!(again.refuses(409, "CONFLICT")["details"]["reason"], "NOTHING_TO_RESTORE");
        let run = nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);
        run.shows("/created", 0);
        // And it can be ended again, as if for the first time.
        let made = ends(&town, &dulmaa, leased, END, false).await;
        assert_eq!(made["months"].as_array().map(Vec::len), Some(1));
        assert_eq!(town.count("select count(*) from contract_restorations").await, 1);
        assert_eq!(town.count("select count(*) from contract_endings").await, 2);
    }
}

#[tokio::test]
async fn a_restoration_is_for_the_same_month_and_not_against_whoever_has_the_room_now() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    let path = format!("/v2/contracts/{}", leased.contract);
    let seen = nara.get(&path).await.is(200);
    let [property, room] = ["/propertyId", "/rooms/0/roomId"].map(|pointer| seen.word(pointer));
    ends(&town, &dulmaa, leased, END, false).await;
    nara.post(&format!("{path}/restoration"), json!({ "reason": "Х" })).await.refuses(403, "FORBIDDEN");

    let tenant = dulmaa.has_tenant("Дараагийн ХХК", "6997577").await;
    let next = dulmaa.drafts(&property, &tenant, &room, json!({ "startsOn": "2026-11-01" })).await.is(201);
    let taken = dulmaa.post(&format!("{path}/restoration"), json!({ "reason": "Андуурсан" })).await;
    let told = json!({ "reason": "OVERLAP", "code": next.word("/code"), "unit": "R-CT-2026-0001" });
    assert_eq!(taken.refuses(409, "CONFLICT")["details"], told);
    let drop = json!({ "on": "2026-10-10", "reason": "Х" });
    dulmaa.post(&format!("/v2/contracts/{}/termination", next.id()), drop).await.is(200);
    town.moves_on("2026-11-01T02:00:00Z").await;
    let late = dulmaa.post(&format!("{path}/restoration"), json!({ "reason": "Андуурсан" })).await;
    assert_eq!(late.refuses(409, "CONFLICT")["details"]["reason"], "RESTORATION_TOO_LATE");
    let dropped = dulmaa.post(&format!("/v2/contracts/{}/restoration", next.id()), json!({ "reason": "Х" })).await;
    assert_eq!(dropped.refuses(409, "CONFLICT")["details"]["reason"], "NOTHING_TO_RESTORE");
}

#[tokio::test]
async fn a_set_off_that_is_taken_back_is_in_the_deposit_again() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    deposits(&nara, leased, 1_000_000).await;
    let made = ends(&town, &dulmaa, leased, END, true).await;
    let payment = made["paymentId"].as_str().expect("a payment");

    nara.post(&format!("/v2/payments/{payment}/reversal"), json!({ "reason": "Бэлнээр төлнө" })).await.is(201);

    let [open, _, held] = standing(&nara, leased).await;
    assert_eq!((open, held), (FIFTEEN_DAYS.to_string(), "100000000".to_owned()));
    let entry = nara.get(&format!("/v2/contracts/{}/deposit", leased.contract)).await.is(200);
    let wrong = json!({ "kind": "corrected", "correctsId": entry.word("/entries/1/id"), "reason": "Х" });
    let door = format!("/v2/contracts/{}/deposit/entries", leased.contract);
    let refused = nara.post(&door, wrong).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "DEPOSIT_ENTRY_IS_A_PAYMENT");
    town.books_tie().await;
}
