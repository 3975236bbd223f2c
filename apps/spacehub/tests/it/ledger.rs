//! The books: every event posts once and balanced, nobody changes them, they tie month by month, and a locked month stays
//! as it is.

mod books;
mod model;

use futures_util::future::join_all;
use http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio_postgres::{NoTls, error::SqlState};

use crate::town::{Person, Reply, Town, leasing::contract, nothing};
use books::{Replayed, balances};

/// A tenant with a contract in force and a building of its own.
pub struct Let {
    pub tenant: String,
    pub contract: String,
}

/// Lets a room of 50 m² for 15 000 ₮ a m² from the 1st of October 2026.
pub async fn lets(by: &Person<'_>, unit: &str) -> Let {
    let property = by.has_property(&format!("Барилга {unit}")).await;
    let room = by.has_room(&property, unit).await;
    let number = format!("{:07}", 5_000_000 + unit.parse::<u32>().expect("a number"));
    let tenant = by.has_tenant(&format!("Түрээслэгч {unit} ХХК"), &number).await;
    let contract = by.post("/v2/contracts", contract(&property, &tenant, &room, json!({}))).await.is(201).id();
    by.post(&format!("/v2/contracts/{contract}/activation"), nothing()).await.is(200);
    Let { tenant, contract }
}

/// Bills so many tögrög at once; the invoice.
pub async fn bills(by: &Person<'_>, contract: &str, tugrug: i64) -> Value {
    let bill = json!({ "contractId": contract, "kind": "sale", "issue": true,
        "items": [{ "description": "Засвар", "unitPrice": (tugrug * 100).to_string() }] });
    by.post("/v2/invoices", bill).await.is(201).json()
}

/// Takes in so many tögrög; the payment.
pub async fn pays(by: &Person<'_>, of: &Let, tugrug: i64, paid_at: &str) -> Value {
    let payment =
        json!({ "tenantId": of.tenant, "method": "bank", "amount": (tugrug * 100).to_string(), "paidAt": paid_at });
    by.post("/v2/payments", payment).await.is(201).json()
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// Every difference is zero, and the door says so.
#[track_caller]
pub fn ties(books: Reply) -> Value {
    let books = books.is(200).json();
    assert_eq!(books["ties"], true, "{books:#}");
    books
}

#[tokio::test]
async fn every_event_posts_once_and_the_books_tie() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (first, second) = (lets(&nara, "301").await, lets(&nara, "302").await);
    let deposit = format!("/v2/contracts/{}/deposit", first.contract);

    nara.post(&format!("{deposit}/entries"), json!({ "kind": "received", "amount": "50000000" })).await.is(201);
    let bill = bills(&nara, &first.contract, 100_000).await;
    let payment = pays(&nara, &first, 130_000, "2026-10-09T02:00:00Z").await;
    assert_eq!(payment["credit"], "3000000", "what is too much is credit");
    let next = bills(&nara, &first.contract, 50_000).await;
    assert_eq!(next["paidAmount"], "3000000", "and pays the next bill");
    nara.post(&format!("{deposit}/set-offs"), json!({})).await.is(201).shows("/amount", "2000000");
    nara.post(&format!("{deposit}/entries"), json!({ "kind": "refunded", "amount": "10000000" })).await.is(201);
    let taken_back = bills(&nara, &second.contract, 70_000).await;
    let path = format!("/v2/invoices/{}/cancellation", taken_back["id"].as_str().expect("an id"));
    nara.post(&path, json!({ "reason": "Андуурсан" })).await.is(200);
    let back = pays(&nara, &second, 10_000, "2026-10-08T02:00:00Z").await;
    let path = format!("/v2/payments/{}/reversal", back["id"].as_str().expect("an id"));
    nara.post(&path, json!({ "reason": "Андуурсан" })).await.is(201);
    nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);

    let posted = balances(&town).await;
    assert_eq!(posted["clearing_bank"], 13_000_000 + 50_000_000 - 10_000_000);
    assert_eq!(posted["deposits_held"], -38_000_000);
    assert_eq!(posted["clearing_deposit"], 0);
    assert_eq!(posted["tenant_credit"], 0);
    assert_eq!(posted["income_sale"] + posted["income_rent"] + posted["vat_payable"], -(15_000_000 + 2 * 75_000_000));
    assert_eq!(posted.values().sum::<i64>(), 0, "the trial balance is zero");
    let replayed = Replayed::of(&town).await;
    assert_eq!(replayed.differences, Vec::<String>::new());
    let books = ties(nara.get("/v2/months/2026-10/tie-out").await);
    assert_eq!(books["total"]["opening"], "0");
    assert_eq!(books["total"]["charges"], (22_000_000i64 + 2 * 75_000_000).to_string());
    assert_eq!(books["total"]["credits"], "7000000");
    assert_eq!(books["total"]["payments"], "15000000");
    assert_eq!(books["buildings"].as_array().map(Vec::len), Some(2));
    let register = nara.get("/v2/deposits").await.is(200).shows("/items/0/ledgerHeld", "38000000");
    register.shows("/items/0/sums/held", "38000000");
    nara.get("/v2/deposits/totals").await.is(200).shows("/ledgerHeld", "38000000");
    println!(
        "R16: {} entries, {} postings, unbalanced 0; replayed: 0 differences",
        replayed.entries, replayed.postings
    );
    assert_eq!(bill["status"], "issued");
}

#[tokio::test]
async fn nobody_changes_the_books() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let of = lets(&nara, "301").await;
    bills(&nara, &of.contract, 100_000).await;
    let (mut tried, mut accepted) = (0, Vec::new());

    for (who, url) in
        [("app", &town.database.app_url), ("worker", &town.database.worker_url), ("admin", &town.database.admin_url)]
    {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("connects");
        tokio::spawn(connection);
        for sql in [
            "update ledger_entries set day = '2026-01-01'",
            "update ledger_postings set amount = amount * 2",
            "delete from ledger_entries",
            "delete from ledger_postings",
            "truncate ledger_entries, ledger_postings",
            "update month_locks set month = '2020-01-01'",
            "delete from month_unlocks",
        ] {
            tried += 1;
            match client.batch_execute(sql).await {
                Err(refused) if refused.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {}
                other => accepted.push(format!("{who}: {sql}: {other:?}")),
            }
        }
        // What is added has to be whole: not one-sided, not to an entry that stands, not the half of a reversal.
        client.batch_execute(&format!("select app_begin_as('{}', null, 'system')", town.altan)).await.expect("opens");
        let entry = "insert into ledger_entries (id, owner_id, event, reference_id, day, tenant_id, lines, reverses_id)
                     select gen_random_uuid(), owner_id, 'write_off', gen_random_uuid(), day, tenant_id, 2";
        let line = "insert into ledger_postings (id, owner_id, entry_id, line, account, amount, day)";
        for sql in [
            format!("{entry}, null from ledger_entries limit 1"),
            format!("with e as ({entry}, null from ledger_entries limit 1 returning *)
                     {line} select gen_random_uuid(), owner_id, id, n, 'receivable', n, day from e, generate_series(1, 2) n"),
            format!("{line} select gen_random_uuid(), owner_id, id, 9, 'receivable', 5, day from ledger_entries limit 1"),
            format!("with e as ({entry}, id from ledger_entries limit 1 returning *)
                     {line} select gen_random_uuid(), owner_id, id, n, 'receivable', case n when 1 then 5 else -5 end, day
                              from e, generate_series(1, 2) n"),
        ] {
            tried += 1;
            let begun = format!("begin; select app_begin_as('{}', null, 'system'); {sql}; commit", town.altan);
            match client.batch_execute(&begun).await {
                Err(refused) if refused.code().is_some_and(|code| code.code().starts_with("23")) => {}
                other => accepted.push(format!("{who}: {sql}: {other:?}")),
            }
            client.batch_execute("rollback").await.expect("rolls back");
        }
    }

    println!("R16: tampering accepted {} / {tried}", accepted.len());
    assert!(accepted.is_empty(), "{}", accepted.join("\n"));
    assert_eq!(balances(&town).await["receivable"], 10_000_000);
}

#[tokio::test]
async fn a_payment_is_reversed_once_however_often_it_is_asked() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let of = lets(&nara, "301").await;
    bills(&nara, &of.contract, 100_000).await;
    let payment = pays(&nara, &of, 60_000, "2026-10-09T02:00:00Z").await;
    let path = format!("/v2/payments/{}/reversal", payment["id"].as_str().expect("an id"));

    let asked = join_all((0..20).map(|_| nara.post(&path, json!({ "reason": "Андуурсан" })))).await;

    let done = asked.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(done, 1, "{:?}", asked.iter().map(|reply| reply.status).collect::<Vec<_>>());
    assert_eq!(town.count("select count(*) from ledger_entries where event = 'payment_reversed'").await, 1);
    let posted = balances(&town).await;
    assert_eq!((posted["receivable"], posted["clearing_bank"], posted["tenant_credit"]), (10_000_000, 0, 0));
    println!("R16: of {} reversals at once {done} reversed", asked.len());
}

#[tokio::test]
async fn a_locked_month_stays_as_it_is() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let of = lets(&nara, "301").await;
    let bill = bills(&nara, &of.contract, 100_000).await;
    let paid = pays(&nara, &of, 30_000, "2026-10-09T02:00:00Z").await;
    let open = bills(&nara, &of.contract, 20_000).await;
    let reason = |reply: Reply| reply.refuses(409, "CONFLICT")["details"]["reason"].clone();
    let lock = |month: &str| format!("/v2/months/{month}/lock");
    assert_eq!(reason(dulmaa.post(&lock("2026-10"), nothing()).await), "MONTH_NOT_OVER");

    town.clock.move_to(moment("2026-11-03T02:00:00Z"));
    // Nobody stays signed in that long.
    let (dulmaa, nara, bat) = (town.director().await, town.accountant().await, town.employee().await);
    for person in [&nara, &bat] {
        person.post(&lock("2026-10"), nothing()).await.refuses(403, "FORBIDDEN");
    }
    town.nobody().post(&lock("2026-10"), nothing()).await.refuses(401, "UNAUTHORIZED");
    bat.get("/v2/months/2026-10/tie-out").await.refuses(403, "FORBIDDEN");
    let before = ties(nara.get("/v2/months/2026-10/tie-out").await);
    dulmaa.post(&lock("2026-10"), nothing()).await.is(201).shows("/isLocked", true).shows("/lastLocked", "2026-10");
    assert_eq!(reason(dulmaa.post(&lock("2026-10"), nothing()).await), "MONTH_LOCKED_ALREADY");
    assert_eq!(reason(dulmaa.post(&lock("2026-09"), nothing()).await), "MONTH_LOCKED_ALREADY");

    // Whatever is dated behind the lock is refused, naming the month; what goes on goes on today.
    let cash = |on: &str| json!({ "tenantId": of.tenant, "method": "cash", "amount": "100", "paidAt": on });
    let late = nara.post("/v2/payments", cash("2026-10-31T15:59:00Z")).await.refuses(409, "CONFLICT");
    assert_eq!((&late["details"]["reason"], &late["details"]["month"]), (&json!("MONTH_LOCKED"), &json!("2026-10")));
    nara.post("/v2/payments", cash("2026-10-31T16:00:00Z")).await.is(201);
    let deposit = format!("/v2/contracts/{}/deposit/entries", of.contract);
    let entry = |on: &str| json!({ "kind": "received", "amount": "100", "on": on });
    assert_eq!(reason(nara.post(&deposit, entry("2026-10-31")).await), "MONTH_LOCKED");
    nara.post(&deposit, entry("2026-11-01")).await.is(201);
    let cancel = |invoice: &Value| format!("/v2/invoices/{}/cancellation", invoice["id"].as_str().expect("an id"));
    assert_eq!(reason(nara.post(&cancel(&open), json!({ "reason": "Х" })).await), "MONTH_LOCKED");
    let run = json!({ "acceptDifference": true, "issueOn": "2026-10-31" });
    assert_eq!(reason(nara.post("/v2/months/2026-10/run", run).await), "MONTH_LOCKED");
    let reversal = format!("/v2/payments/{}/reversal", paid["id"].as_str().expect("an id"));
    nara.post(&reversal, json!({ "reason": "Х" })).await.is(201);
    nara.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await.is(200);
    let after = ties(nara.get("/v2/months/2026-10/tie-out").await);
    assert_eq!(
        (&after["total"], &after["checks"]),
        (&before["total"], &before["checks"]),
        "the past is the same for ever"
    );
    let november = ties(nara.get("/v2/months/2026-11/tie-out").await);
    assert_eq!(november["total"]["payments"], (-3_000_000i64 + 100).to_string());

    // The neighbour's months are the neighbour's own.
    let sara = town.neighbour().await;
    sara.get("/v2/months/2026-10/tie-out").await.is(200).shows("/lock/isLocked", false);

    let unlock = |month: &str| format!("/v2/months/{month}/unlock");
    nara.post(&unlock("2026-10"), json!({ "reason": "Х" })).await.refuses(403, "FORBIDDEN");
    dulmaa.post(&unlock("2026-10"), json!({ "reason": " " })).await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(reason(dulmaa.post(&unlock("2026-11"), json!({ "reason": "Х" })).await), "MONTH_NOT_LOCKED");
    assert_eq!(reason(dulmaa.post(&unlock("2026-09"), json!({ "reason": "Х" })).await), "MONTH_LOCKED_LATER");
    let opened = dulmaa.post(&unlock("2026-10"), json!({ "reason": "Дутуу орсон" })).await.is(201);
    opened.shows("/isLocked", false).shows("/history/0/reason", "Дутуу орсон");
    nara.post(&cancel(&open), json!({ "reason": "Х" })).await.is(200);
    dulmaa.post(&lock("2026-10"), nothing()).await.is(201).shows("/history/1/reason", "Дутуу орсон");
    let audited = "select count(*) from audit_log where action in ('month.lock', 'month.unlock')";
    assert_eq!(town.count(audited).await, 3);
    assert_eq!(bill["status"], "issued");
}

#[tokio::test]
async fn money_that_a_provider_tells_of_too_late_counts_from_now_on() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let of = lets(&nara, "301").await;
    bills(&nara, &of.contract, 100_000).await;
    town.clock.move_to(moment("2026-11-03T02:00:00Z"));
    // Nobody stays signed in that long.
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    dulmaa.post("/v2/months/2026-10/lock", nothing()).await.is(201);

    let incoming = billing::payments::Incoming {
        tenant: of.tenant.parse().expect("an id"),
        method: domain::payment::PaymentMethod::Qpay,
        amount: domain::Money::from_tugrug(10_000),
        paid_at: moment("2026-10-31T15:00:00Z"),
        payer: "Түрээслэгч".into(),
        provider_reference: Some("qpay-1".into()),
        note: String::new(),
        for_invoice: None,
        allocations: None,
    };
    let system = base::Actor::system(&town.app, town.altan);
    let recorded = system.transact(async |tx| billing::payments::record(tx, incoming).await).await.expect("recorded");

    let id = recorded.expect("for the first time").payment;
    nara.get(&format!("/v2/payments/{id}")).await.is(200).shows("/paidAt", "2026-11-03T02:00:00Z");
    ties(nara.get("/v2/months/2026-10/tie-out").await);
    ties(nara.get("/v2/months/2026-11/tie-out").await);
}

#[tokio::test]
async fn books_that_differ_are_told_and_not_locked() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let of = lets(&dulmaa, "301").await;
    let bill = bills(&dulmaa, &of.contract, 100_000).await;
    town.clock.move_to(moment("2026-11-03T02:00:00Z"));
    // Nobody stays signed in that long.
    let dulmaa = town.director().await;
    ties(dulmaa.get("/v2/months/2026-10/tie-out").await);

    town.sql_batch("update invoices set paid_amount = 100").await;
    let books = dulmaa.get("/v2/months/2026-10/tie-out").await.is(200).shows("/ties", false);
    books.shows("/buildings/0/figures/agingDifference", "-100").shows("/total/statementsDifference", "0");
    let refused = dulmaa.post("/v2/months/2026-10/lock", nothing()).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "MONTH_DOES_NOT_TIE");

    town.sql_batch("update invoices set paid_amount = 0").await;
    dulmaa.post("/v2/months/2026-10/lock", nothing()).await.is(201);
    assert_eq!(bill["status"], "issued");
}

#[tokio::test]
async fn whoever_locks_a_month_waits_for_whoever_writes_in_it() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let of = lets(&nara, "301").await;
    bills(&nara, &of.contract, 100_000).await;
    town.clock.move_to(moment("2026-11-03T02:00:00Z"));
    // Nobody stays signed in that long.
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let payment = json!({ "tenantId": of.tenant, "method": "cash", "amount": "100", "paidAt": "2026-10-31T02:00:00Z" });

    let (locked, paid) = tokio::join!(
        dulmaa.post("/v2/months/2026-10/lock", nothing()),
        join_all((0..20).map(|_| nara.post("/v2/payments", payment.clone()))),
    );

    locked.is(201);
    let (inside, refused): (Vec<_>, Vec<_>) = paid.iter().partition(|reply| reply.status == 201);
    assert!(refused.iter().all(|reply| reply.status == 409), "{:?}", refused.first().map(|reply| reply.text()));
    let books = ties(nara.get("/v2/months/2026-10/tie-out").await);
    assert_eq!(books["total"]["payments"], (inside.len() * 100).to_string());
    println!("R16: {} payments before the lock, {} refused behind it", inside.len(), refused.len());
}

#[tokio::test]
async fn a_payment_is_put_on_bills_and_taken_off_by_hand() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let of = lets(&nara, "301").await;
    let (one, two) = (bills(&nara, &of.contract, 100_000).await, bills(&nara, &of.contract, 50_000).await);
    let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
    let new = json!({ "tenantId": of.tenant, "method": "cash", "amount": "12000000", "allocations": [] });
    let payment = nara.post("/v2/payments", new).await.is(201).shows("/credit", "12000000").id();
    let part = |invoice: &Value, amount: i64| json!({ "invoiceId": id(invoice), "amount": amount.to_string() });
    let (put, off) = (format!("/v2/payments/{payment}/allocations"), format!("/v2/payments/{payment}/releases"));
    let reason = |reply: Reply| reply.refuses(409, "CONFLICT")["details"]["reason"].clone();

    nara.post(&put, json!({ "allocations": [part(&two, 5_000_000)] })).await.is(201).shows("/credit", "7000000");
    nara.get(&format!("/v2/invoices/{}", id(&two))).await.is(200).shows("/status", "paid");
    assert_eq!(reason(nara.post(&put, json!({ "allocations": [part(&one, 7_000_001)] })).await), "OVER_ALLOCATION");
    nara.post(&put, json!({})).await.is(201).shows("/credit", "0").shows("/allocated", "12000000");
    assert_eq!(reason(nara.post(&put, json!({})).await), "OVER_ALLOCATION");
    let wrong = json!({ "allocations": [part(&two, 5_000_001)], "reason": "Х" });
    assert_eq!(reason(nara.post(&off, wrong).await), "NOT_ALLOCATED");
    nara.post(&off, json!({ "allocations": [part(&two, 5_000_000)] })).await.refuses(400, "VALIDATION_ERROR");
    let taken = json!({ "allocations": [part(&two, 5_000_000)], "reason": "Өөр нэхэмжлэлд" });
    let twice = [("idempotency-key", "release-1")];
    for _ in 0..2 {
        let reply = nara.ask(Method::POST, &off, Some(taken.clone()), &twice).await.is(201);
        reply.shows("/credit", "5000000").shows("/allocated", "7000000");
    }
    nara.get(&format!("/v2/invoices/{}", id(&two))).await.is(200).shows("/status", "issued").shows("/paidAmount", "0");
    for person in [town.employee().await] {
        person.post(&put, json!({})).await.refuses(403, "FORBIDDEN");
    }
    town.neighbour().await.post(&put, json!({})).await.refuses(404, "NOT_FOUND");
    town.nobody().post(&off, taken).await.refuses(401, "UNAUTHORIZED");

    nara.post(&format!("/v2/payments/{payment}/reversal"), json!({ "reason": "Х" })).await.is(201);
    assert_eq!(reason(nara.post(&put, json!({})).await), "PAYMENT_TAKEN_BACK");
    let posted = balances(&town).await;
    assert_eq!((posted["receivable"], posted["tenant_credit"], posted["clearing_cash"]), (15_000_000, 0, 0));
    assert_eq!(Replayed::of(&town).await.differences, Vec::<String>::new());
    ties(nara.get("/v2/months/2026-10/tie-out").await);
}

#[tokio::test]
async fn of_two_allocations_at_once_exactly_the_fitting_one_wins() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let of = lets(&nara, "301").await;
    let mut pairs = 0;
    for _ in 0..10 {
        let (one, two) = (bills(&nara, &of.contract, 1_000).await, bills(&nara, &of.contract, 1_000).await);
        let new = json!({ "tenantId": of.tenant, "method": "cash", "amount": "150000", "allocations": [] });
        let payment = nara.post("/v2/payments", new).await.is(201).id();
        let path = format!("/v2/payments/{payment}/allocations");
        let on = |invoice: &Value| json!({ "allocations": [{ "invoiceId": invoice["id"], "amount": "100000" }] });

        let (first, second) = tokio::join!(nara.post(&path, on(&one)), nara.post(&path, on(&two)));

        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", first.text(), second.text());
        nara.get(&format!("/v2/payments/{payment}")).await.is(200).shows("/allocated", "100000");
        pairs += 1;
    }
    println!("R15: {pairs} pairs of allocations at once: winners exactly 1 each");
}
