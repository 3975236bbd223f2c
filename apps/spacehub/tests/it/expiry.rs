//! Ends that come by themselves: told five days ahead, days of grace, and then the contract has expired.

use jiff::SignedDuration;
use serde_json::json;

use crate::{
    books::{Lease, Leased},
    town::{Outside, Person, Town, nothing},
};

async fn leased(town: &Town, code: &str, ends_on: &str, grace: i32) -> Leased {
    let leased =
        town.lease(town.altan, Lease { ends_on: Some(ends_on), ..Lease::plain(code, &format!("{code} ХХК")) }).await;
    town.sql(&format!("update contracts set grace_days = {grace} where id = '{}'", leased.contract)).await;
    leased
}

async fn shows(nara: &Person<'_>, leased: Leased, status: &str, room_until: &str) {
    let contract = nara.get(&format!("/v2/contracts/{}", leased.contract)).await.is(200);
    contract.shows("/status", status).shows("/rooms/0/to", room_until);
}

#[tokio::test]
async fn a_contract_gets_its_days_of_grace_and_then_expires() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let short = leased(&town, "CT-2026-0001", "2026-10-31", 3).await;
    let none = leased(&town, "CT-2026-0002", "2026-10-31", 0).await;

    town.moves_on("2026-10-31T02:00:00Z").await;
    town.run_cron("contract.expiry").await;
    shows(&nara, short, "active", "2026-10-31").await;
    town.moves_on("2026-11-01T02:00:00Z").await;
    town.run_cron("contract.expiry").await;
    shows(&nara, short, "grace_period", "2026-11-03").await;
    shows(&nara, none, "expired", "2026-10-31").await;
    town.moves_on("2026-11-03T02:00:00Z").await;
    town.run_cron("contract.expiry").await;
    shows(&nara, short, "grace_period", "2026-11-03").await;
    town.moves_on("2026-11-04T02:00:00Z").await;
    town.run_cron("contract.expiry").await;
    shows(&nara, short, "expired", "2026-11-03").await;

    town.run_cron("contract.expiry").await;
    let steps = "select count(*) from audit_log where action in ('contract.grace', 'contract.expire')";
    assert_eq!(town.count(steps).await, 3, "each once");
    let history = nara.get(&format!("/v2/contracts/{}/history", short.contract)).await.is(200);
    history.shows("/items/0/what", "expired").shows("/items/0/effectiveOn", "2026-11-04");
}

#[tokio::test]
async fn a_contract_in_grace_is_extended_as_if_it_had_never_ended_or_renewed() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let [first, second] =
        [leased(&town, "CT-2026-0001", "2026-10-31", 10).await, leased(&town, "CT-2026-0002", "2026-10-31", 10).await];
    town.moves_on("2026-11-05T02:00:00Z").await;
    town.run_cron("contract.expiry").await;
    shows(&nara, first, "grace_period", "2026-11-10").await;

    let later = json!({ "endsOn": "2026-12-31" });
    let patched = json!({ "version": 2, "endsOn": "2026-12-31" });
    dulmaa.patch(&format!("/v2/contracts/{}", first.contract), patched).await.refuses(400, "VALIDATION_ERROR");
    dulmaa.post(&format!("/v2/contracts/{}/extension", first.contract), later).await.is(200);
    shows(&nara, first, "active", "2026-12-31").await;
    let draft = dulmaa.post(&format!("/v2/contracts/{}/renewal", second.contract), json!({})).await.is(201);
    let draft = draft.shows("/startsOn", "2026-11-01");
    shows(&nara, second, "grace_period", "2026-10-31").await;
    dulmaa.post(&format!("/v2/contracts/{}/activation", draft.id()), nothing()).await.is(200);
    shows(&nara, second, "renewed", "2026-10-31").await;
}

#[tokio::test]
async fn a_room_that_somebody_has_from_then_on_is_not_kept_through_the_grace() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let old = leased(&town, "CT-2026-0001", "2026-10-31", 10).await;
    let seen = nara.get(&format!("/v2/contracts/{}", old.contract)).await.is(200);
    let tenant = dulmaa.has_tenant("Дараагийн ХХК", "6997577").await;
    let from = json!({ "startsOn": "2026-11-04" });
    dulmaa.drafts(&seen.word("/propertyId"), &tenant, &seen.word("/rooms/0/roomId"), from).await.is(201);

    town.moves_on("2026-11-02T02:00:00Z").await;
    town.run_cron("contract.expiry").await;

    shows(&nara, old, "grace_period", "2026-11-03").await;
}

#[tokio::test]
async fn after_a_stand_still_everything_is_caught_up_and_two_nodes_do_it_once() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let mut all = Vec::new();
    for n in 1..=12 {
        all.push(leased(&town, &format!("CT-2026-{n:04}"), "2026-10-31", n % 3).await);
    }
    town.moves_on("2027-01-15T02:00:00Z").await;

    let other = base::workers::Workers::new(town.workshop.clone(), &spacehub::api::slices());
    let cron = || {
        spacehub::api::slices().into_iter().flat_map(|slice| slice.crons).find(|cron| cron.name == "contract.expiry")
    };
    for _ in 0..2 {
        cron().expect("there is one").strike(town.workshop.clone()).await.expect("it strikes");
    }
    let (one, two) = tokio::join!(town.workers.drain(), other.drain());
    println!("{} and {} promises kept by two nodes", one.expect("drains"), two.expect("drains"));

    for leased in all {
        let contract = nara.get(&format!("/v2/contracts/{}", leased.contract)).await.is(200);
        contract.shows("/status", "expired");
    }
    assert_eq!(town.count("select count(*) from audit_log where action = 'contract.expire'").await, 12);
    assert_eq!(town.count("select count(*) from contract_history where what = 'expired'").await, 12);
    assert_eq!(town.count("select count(*) from outbox where status <> 'done'").await, 0);
}

fn texts(outside: &Outside) -> Vec<String> {
    outside.sandbox.sms.messages_to("99110001").into_iter().rev().map(|message| message.text).collect()
}

#[tokio::test]
async fn a_tenant_is_told_five_days_ahead_once_for_each_end() {
    let (town, outside) = Town::with_outside().await;
    let today = town.clock.today();
    let day = |days: i64| today.saturating_add(jiff::ToSpan::days(days));
    let dulmaa = town.director().await;
    let near = leased(&town, "CT-2026-0001", &day(5).to_string(), 0).await;
    leased(&town, "CT-2026-0002", &day(6).to_string(), 0).await;

    town.run_cron("contract.expiry").await;
    town.run_cron("contract.expiry").await;

    let said = texts(&outside);
    let date = format!("{:04}.{:02}.{:02}", day(5).year(), day(5).month(), day(5).day());
    assert_eq!(
        said,
        [format!(
            "Алтан Тауэр: R-CT-2026-0001 талбайн гэрээ 5 хоногийн дараа ({date}) дуусна. Сунгах бол бидэнтэй холбогдоорой."
        )]
    );
    // A new end is told of anew; the other contract was told of by then, after two days without us.
    let later = json!({ "endsOn": day(8) });
    dulmaa.post(&format!("/v2/contracts/{}/extension", near.contract), later).await.is(200);
    town.passes(SignedDuration::from_hours(72));
    town.run_cron("contract.expiry").await;
    let said = texts(&outside);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[1..].iter().any(|text| text.contains("R-CT-2026-0002 талбайн гэрээ 3 хоногийн дараа")), "{said:?}");
    assert!(said[1..].iter().any(|text| text.contains("R-CT-2026-0001 талбайн гэрээ 5 хоногийн дараа")), "{said:?}");
    town.keeps_its_word().await;
}
