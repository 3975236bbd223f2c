//! A tenant is told of a bill and thanked for a payment, each once, and not at night.

use jiff::SignedDuration;
use providers::sandbox::{Mood, Provider};

use crate::town::{Outside, Tenant, Town};

/// The texts on the tenant's telephone, oldest first.
fn texts(outside: &Outside, number: &str) -> Vec<String> {
    outside.sandbox.sms.messages_to(number).into_iter().rev().map(|message| message.text).collect()
}

/// Status and reason of every text, oldest first.
async fn told(town: &Town) -> Vec<(String, Option<String>)> {
    let rows = town.sql("select status, last_error from sms_messages order by id").await;
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test]
async fn a_bill_tells_what_is_owed_and_from_before() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "К-301", Tenant::default()).await;
    let first = nara.bills(contract, 50_000).await;
    town.keep_promises().await;
    town.sql("update property_owners set sms_alphabet = 'latin'").await;
    let second = nara.bills(contract, 1_250_000).await;
    town.keep_promises().await;

    let month = town.clock.today().month();
    let said = texts(&outside, "99110001");
    assert_eq!(said[0], format!("Алтан Тауэр: К-301, {month}-р сарын төлбөр 50 000 ₮. {}", first.url));
    let owing = format!("{month}-r sariin tulbur 1 250 000 tug, umnuh uldegdel 50 000 tug.");
    assert_eq!(said[1], format!("Altan Tauer: K-301, {owing} {}", second.url));
    let kept = town.sql("select text, parts, sent_at is not null as sent from sms_messages order by id").await;
    assert_eq!(kept[1].get::<_, String>("text"), said[1].replace(&second.token, "…"));
    assert!(kept.iter().all(|row| row.get("sent")));
    assert_eq!(kept[1].get::<_, i32>("parts"), 1, "{}", said[1]);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn bills_sleep_at_night_and_thanks_do_not() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "302", Tenant::default()).await;
    town.passes(SignedDuration::from_hours(11)); // nine in the evening
    let bill = nara.bills(contract, 50_000).await;
    town.keep_promises().await;
    assert!(texts(&outside, "99110001").is_empty());

    nara.takes_cash(&town, &bill, 20_000).await;
    town.keep_promises().await;
    assert!(texts(&outside, "99110001")[0].contains("20 000 ₮ төлбөр хүлээн авлаа"));
    town.passes(SignedDuration::from_hours(12));
    town.keep_promises().await;
    let said = texts(&outside, "99110001");
    assert!(said.len() == 2 && said[1].contains("төлбөр 30 000 ₮."), "what is left by then: {said:?}");

    town.sql("update property_owners set demo = true").await;
    town.passes(SignedDuration::from_hours(12));
    nara.bills(contract, 10_000).await;
    town.keep_promises().await;
    assert_eq!(texts(&outside, "99110001").len(), 3, "a demo does not sleep");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_bill_paid_by_morning_is_not_asked_for() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "303", Tenant::default()).await;
    town.passes(SignedDuration::from_hours(11));
    let bill = nara.bills(contract, 50_000).await;
    town.keep_promises().await;
    nara.takes_cash(&town, &bill, 50_000).await;
    town.passes(SignedDuration::from_hours(12));
    town.keep_promises().await;

    let said = texts(&outside, "99110001");
    assert!(said.len() == 1 && said[0].contains("Баярлалаа"), "{said:?}");
}

#[tokio::test]
async fn whoever_has_no_telephone_is_noted() {
    let (town, _outside) = Town::with_outside().await;
    let contract = town.lets(town.altan, "304", Tenant { phone: None, ..Tenant::default() }).await;
    town.accountant().await.bills(contract, 50_000).await;
    town.keep_promises().await;

    assert!(told(&town).await.is_empty());
    assert_eq!(town.count("select count(*) from audit_log where action = 'sms.skip' and reason is not null").await, 1);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_text_that_may_have_arrived_is_not_repeated() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "305", Tenant::default()).await;
    outside.feels_once(Provider::Sms, Mood::DieAfterEffect);
    nara.bills(contract, 50_000).await;
    town.keep_promises().await;
    town.passes(SignedDuration::from_hours(1));
    town.keep_promises().await;
    assert_eq!(told(&town).await[0].0, "unknown");
    assert_eq!(texts(&outside, "99110001").len(), 1);

    // A worker that died while it sent leaves the row half way, and the promise to the next one.
    nara.bills(contract, 60_000).await;
    town.sql(
        "insert into sms_messages (id, owner_id, recipient, text, template, parts, status)
         select id, owner_id, '99110001', '…', 'sms-invoice', 1, 'sending' from outbox
          where kind = 'invoice.issued' and status = 'pending'",
    )
    .await;
    town.keep_promises().await;
    assert_eq!(told(&town).await[1].0, "unknown");
    assert_eq!(texts(&outside, "99110001").len(), 1);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_refused_text_says_why() {
    let (town, _outside) = Town::with_outside().await;
    let contract = town.lets(town.altan, "306", Tenant { phone: Some("99110003"), ..Tenant::default() }).await;
    town.accountant().await.bills(contract, 50_000).await;
    town.keep_promises().await;

    let told = told(&town).await;
    assert!(told[0].0 == "refused" && told[0].1.is_some(), "{told:?}");
}

#[tokio::test]
async fn a_text_that_reached_nobody_is_tried_again() {
    let town = Town::new().await;
    let contract = town.lets(town.altan, "307", Tenant::default()).await;
    town.accountant().await.bills(contract, 50_000).await;
    town.keep_promises().await;
    assert_eq!(told(&town).await[0].0, "new");

    town.passes(SignedDuration::from_secs(5));
    town.keep_promises().await;
    let tries = town.sql("select attempts from outbox where kind = 'invoice.issued'").await;
    assert_eq!(tries[0].get::<_, i32>(0), 2);
    assert_eq!(town.count("select count(*) from sms_messages").await, 1);
}
