//! Each payment has its tax receipt, issued once; what may have been issued is never sent again by itself.

use jiff::SignedDuration;
use providers::sandbox::{Mood, Provider, moods::Setting};
use serde_json::json;

use crate::town::{Bill, Outside, Tenant, Town};

/// A bill paid in cash, its receipt on the way.
async fn a_paid_bill(town: &Town, unit: &str, tenant: Tenant<'_>) -> Bill {
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, unit, tenant).await;
    let bill = nara.bills(contract, 76_000).await;
    nara.takes_cash(town, &bill, 76_000).await;
    town.keep_promises().await;
    bill
}

/// How often the tax office issued each of our references.
fn issued(outside: &Outside) -> Vec<u32> {
    outside.effects(Provider::Ebarimt)
}

#[tokio::test]
async fn a_lottery_number_is_shown_for_a_day_and_forgotten() {
    let (town, outside) = Town::with_outside().await;
    let bill = a_paid_bill(&town, "201", Tenant::default()).await;
    let tenant = town.nobody();
    let lottery = outside.sandbox.ebarimt.receipts()[0].lottery.clone().expect("a person's receipt has one");

    tenant.get(&bill.link).await.is(200).shows("/receipts/0/lottery", lottery.clone());
    town.keep_promises().await;
    town.passes(SignedDuration::from_hours(23));
    let again = tenant.get(&bill.link).await.is(200).shows("/receipts/0/lottery", lottery.clone());
    assert!(again.json()["receipts"][0]["qrData"].is_string());
    for table in ["receipts", "audit_log", "outbox", "sms_messages"] {
        let rows = town.sql(&format!("select t::text as row from {table} t")).await;
        assert!(rows.iter().all(|row| !row.get::<_, String>("row").contains(&lottery)), "{table}");
    }

    town.passes(SignedDuration::from_hours(1));
    let later = tenant.get(&bill.link).await.is(200).shows("/receipts/0/lottery", json!(null));
    later.shows("/receipts/0/qrData", json!(null)).shows("/receipts/0/status", "sent");
    town.workers.tick().await;
    town.keep_promises().await;
    assert_eq!(town.count("select count(*) from receipts where sealed is not null").await, 0);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_lottery_number_nobody_looked_at_is_forgotten_after_a_month() {
    let (town, _outside) = Town::with_outside().await;
    let bill = a_paid_bill(&town, "202", Tenant::default()).await;

    town.passes(SignedDuration::from_hours(29 * 24));
    town.workers.tick().await;
    town.keep_promises().await;
    assert_eq!(town.count("select count(*) from receipts where sealed is not null").await, 1);
    town.passes(SignedDuration::from_hours(24));
    town.workers.tick().await;
    town.keep_promises().await;

    assert_eq!(town.count("select count(*) from receipts where sealed is not null").await, 0);
    town.nobody().get(&bill.link).await.is(200).shows("/receipts/0/lottery", json!(null));
}

#[tokio::test]
async fn a_company_s_receipt_names_it_and_draws_no_lottery() {
    let (town, outside) = Town::with_outside().await;
    let nomin =
        || Tenant {
            kind: "company", name: "Номин Трейд ХХК", register_no: Some("2075423"), ..Tenant::default()
        };
    a_paid_bill(&town, "203", nomin()).await;

    let receipt = outside.sandbox.ebarimt.receipts().remove(0);
    assert_eq!((receipt.kind.as_str(), receipt.customer_tin.as_deref()), ("B2B_RECEIPT", Some("20754230001")));
    assert_eq!((receipt.merchant_tin.as_str(), receipt.lottery), ("51123450001", None));
    let kept = town.sql("select tin from tenants where register_no = '2075423'").await;
    assert_eq!(kept[0].get::<_, Option<String>>("tin").as_deref(), Some("20754230001"), "a number once learnt is kept");

    a_paid_bill(&town, "204", Tenant { register_no: Some("9999999"), ..nomin() }).await;
    let failed = town.sql("select last_error from receipts where status = 'failed'").await;
    assert!(failed[0].get::<_, String>(0).contains("TIN"));
    assert_eq!(issued(&outside), [1], "nothing was sent without a number");
}

#[tokio::test]
async fn parts_and_tax_kinds_add_up_to_the_mungo() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "205", Tenant::default()).await;
    let items = json!([
        { "description": "Үйлчилгээ", "unitPrice": "3333333" },
        { "description": "Орон сууц", "unitPrice": "6666668", "vatMode": "exempt", "exemptionCode": "408" },
    ]);
    let bill = nara.bills_for(contract, items).await;

    for tugrug in [33_333, 33_333, 33_334] {
        nara.takes_cash(&town, &bill, tugrug).await;
        town.keep_promises().await;
    }

    let receipts = outside.sandbox.ebarimt.receipts();
    let totals: Vec<i64> = receipts.iter().map(|receipt| receipt.total.mungo()).collect();
    assert_eq!(totals, [3_333_300, 3_333_300, 3_333_400]);
    for receipt in &receipts {
        assert_eq!(receipt.parts.len(), 2, "one a tax kind");
        assert_eq!(receipt.lines.iter().map(|line| line.amount.mungo()).sum::<i64>(), receipt.total.mungo());
    }
    town.nobody().get(&bill.link).await.is(200).shows("/balance", "1");
    assert_eq!(issued(&outside), [1, 1, 1]);
}

#[tokio::test]
async fn a_lost_answer_parks_the_receipt_and_nothing_is_sent_again() {
    let (town, outside) = Town::with_outside().await;
    outside.sandbox.ebarimt.reject_duplicates(false);
    outside.feels_once(Provider::Ebarimt, Mood::DieAfterEffect);
    let bill = a_paid_bill(&town, "206", Tenant::default()).await;

    for _ in 0..5 {
        town.passes(SignedDuration::from_hours(2));
        town.keep_promises().await;
    }

    town.nobody().get(&bill.link).await.is(200).shows("/status", "paid").shows("/receipts/0/status", "parked");
    assert_eq!(issued(&outside), [1]);
    assert!(outside.sandbox.ebarimt.arrivals().values().all(|times| *times == 1));
    town.keeps_its_word().await;
}

#[tokio::test]
async fn work_that_was_cut_off_parks_the_receipt_unsent() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "207", Tenant::default()).await;
    let bill = nara.bills(contract, 76_000).await;
    town.keep_promises().await;
    nara.takes_cash(&town, &bill, 76_000).await;
    // The promise is split into its receipts, and a worker dies between saying that it sends and hearing the answer.
    town.sql(
        "with p as (select id, owner_id from payments)
         insert into receipts (id, owner_id, invoice_id, payment_id, type, amount, bill_suffix, sending_since)
         select '01900000-0000-7000-8000-000000000001', a.owner_id, a.invoice_id, a.payment_id, 'B2C_RECEIPT', a.amount, '1', now()
           from allocations a",
    )
    .await;
    town.sql(
        r#"insert into outbox (id, owner_id, kind, payload, run_at, attempts)
           select gen_random_uuid(), owner_id, 'receipt.send', '{"receipt":"01900000-0000-7000-8000-000000000001"}', '2026-01-01', 1
             from payments"#,
    )
    .await;

    town.keep_promises().await;

    town.nobody().get(&bill.link).await.is(200).shows("/receipts/0/status", "parked");
    assert!(outside.sandbox.ebarimt.arrivals().is_empty());
}

#[tokio::test]
async fn a_refusal_fails_the_receipt_with_the_tax_office_s_words() {
    let (town, outside) = Town::with_outside().await;
    outside.feels_once(Provider::Ebarimt, Mood::Refuse);
    let bill = a_paid_bill(&town, "208", Tenant::default()).await;

    town.nobody().get(&bill.link).await.is(200).shows("/status", "paid").shows("/receipts/0/status", "failed");
    let why = "select last_error from outbox where status = 'dead' and kind = 'receipt.send'";
    assert!(town.sql(why).await[0].get::<_, String>(0).contains("Баримт бүртгэх боломжгүй"));
    town.passes(SignedDuration::from_hours(3));
    town.keep_promises().await;
    assert_eq!(issued(&outside), [0_u32; 0]);
}

#[tokio::test]
async fn a_slow_or_stuttering_daemon_still_issues_one() {
    let (town, outside) = Town::with_outside().await;
    outside.sandbox.moods().set(Provider::Ebarimt, Setting { delay_ms: 150, ..Mood::Slow.into() });
    a_paid_bill(&town, "209", Tenant::default()).await;
    outside.feels_once(Provider::Ebarimt, Mood::Twice);
    a_paid_bill(&town, "210", Tenant { phone: None, ..Tenant::default() }).await;

    assert_eq!(town.count("select count(*) from receipts where status = 'sent'").await, 2);
    assert_eq!(issued(&outside), [1, 1]);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_receipt_waits_for_a_daemon_that_is_off() {
    let town = Town::new().await;
    a_paid_bill(&town, "211", Tenant::default()).await;

    let waiting = "select count(*) from receipts where status = 'pending' and sending_since is null";
    assert_eq!(town.count(waiting).await, 1);
    let again = "select count(*) from outbox where kind = 'receipt.send' and status = 'pending' and attempts = 1";
    assert_eq!(town.count(again).await, 1);

    // Money that is taken back meanwhile gets none.
    town.sql("update payments set status = 'reversed'").await;
    town.passes(SignedDuration::from_secs(10));
    town.keep_promises().await;
    assert_eq!(town.count("select count(*) from receipts where status = 'failed' and sending_since is null").await, 1);
    assert_eq!(town.count("select count(*) from outbox where kind = 'receipt.send' and status = 'done'").await, 1);
}
