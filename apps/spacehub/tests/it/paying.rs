//! A tenant pays by QR through an invoice's link; only what QPay says to our own question is believed.

use base::{Actor, Credential, secrets::TokenHash};
use http::StatusCode;
use jiff::SignedDuration;
use providers::{
    qpay::simulator::{Pay, Switches},
    sandbox::{Mood, Provider, moods::Setting},
};
use serde_json::json;

use crate::town::{Bill, Outside, Person, Tenant, Town};

/// A bill of 76 000 ₮ with its QR on the screen.
async fn a_bill_with_a_qr<'t>(town: &'t Town, unit: &str) -> (Bill, Person<'t>) {
    let contract = town.lets(town.altan, unit, Tenant::default()).await;
    let bill = town.accountant().await.bills(contract, 76_000).await;
    let tenant = town.nobody();
    tenant.asks_for_qr(&bill).await.is(201).shows("/status", "requested");
    town.keep_promises().await;
    (bill, tenant)
}

async fn pays(outside: &Outside, how: Pay) {
    let invoice = outside.sandbox.qpay.invoices().into_iter().next().expect("QPay has an invoice");
    outside.sandbox.qpay.pay(&invoice.id, &how).expect("QPay takes it");
}

#[tokio::test]
async fn from_the_text_to_the_receipt() {
    let (town, outside) = Town::with_outside().await;
    let contract = town.lets(town.altan, "К-403", Tenant::default()).await;
    let bill = town.accountant().await.bills(contract, 76_000).await;
    let tenant = town.nobody();

    town.keep_promises().await;
    let text = outside.sandbox.sms.messages_to("99110001").remove(0);
    assert!(text.text.contains("К-403") && text.text.contains("76 000 ₮") && text.links() == [&bill.url], "{text:?}");

    let page = tenant.get(&bill.link).await.is(200).shows("/balance", "7600000").shows("/status", "issued");
    let page = page.shows("/ownerName", "Алтан Тауэр ХХК").shows("/propertyName", "Барилга К-403").json();
    assert_eq!(page["items"][0]["how"], "1 × 76\u{a0}000 ₮ = 76\u{a0}000 ₮, НӨАТ багтсан");
    assert_eq!((&page["intent"], page["payments"].as_array().map(Vec::len)), (&json!(null), Some(0)));

    tenant.asks_for_qr(&bill).await.is(201);
    town.keep_promises().await;
    let open = tenant.get(&bill.link).await.is(200).shows("/intent/status", "open").json();
    let qr = open["intent"]["qrText"].as_str().expect("a QR").to_owned();
    assert!(open["intent"]["bankLinks"].as_array().is_some_and(|banks| banks.iter().any(|b| b["name"] == "Khan bank")));
    assert_eq!(outside.sandbox.qpay.invoices()[0].qr_text, qr);
    assert!(outside.sandbox.qpay.invoices()[0].description.contains("К-403"));

    pays(&outside, Pay::default()).await;
    outside.has_called_back(1).await;
    town.keep_promises().await;

    let paid = tenant.get(&bill.link).await.is(200).shows("/status", "paid").shows("/balance", "0");
    let paid = paid.shows("/payments/0/amount", "7600000").shows("/payments/0/method", "qpay").json();
    assert_eq!(paid["intent"], json!(null));
    assert_eq!((&paid["receipts"][0]["status"], &paid["receipts"][0]["amount"]), (&json!("sent"), &json!("7600000")));
    assert_eq!(paid["receipts"][0]["vatAmount"], "690909");
    let issued = outside.sandbox.ebarimt.receipts();
    assert_eq!((issued.len(), &paid["receipts"][0]["receiptNo"]), (1, &json!(issued[0].id)));
    assert_eq!(paid["receipts"][0]["lottery"], json!(issued[0].lottery));
    let texts = outside.sandbox.sms.messages_to("99110001");
    assert!(texts.len() == 2 && texts[0].text.contains("Баярлалаа"), "{texts:?}");
    town.keep_promises().await;
    town.keeps_its_word().await;
    for provider in Provider::ALL {
        assert!(outside.effects(provider).iter().all(|times| *times == 1), "{provider:?}");
    }
}

#[tokio::test]
async fn a_callback_is_only_a_hint() {
    let (town, outside) = Town::with_outside().await;
    let (bill, tenant) = a_bill_with_a_qr(&town, "101").await;
    let invoice = outside.sandbox.qpay.invoices().remove(0);
    let browser = reqwest::Client::new();
    let somewhere_else = invoice.callback_url.replace(invoice.callback_url.rsplit('/').next().expect("a token"), "");

    for forged in
        [somewhere_else.clone(), format!("{somewhere_else}{}", "A".repeat(22)), format!("{somewhere_else}x%00")]
    {
        let refused = browser.get(&forged).send().await.expect("an answer");
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{forged}");
        assert_eq!(refused.json::<serde_json::Value>().await.expect("the envelope")["error"]["code"], "NOT_FOUND");
    }
    let claims =
        format!("{}?qpay_payment_id=1&payment_status=PAID&amount=76000&x={}", invoice.callback_url, "y".repeat(4000));
    for n in 0..100 {
        let call = if n % 2 == 0 { browser.get(&claims) } else { browser.post(&claims).json(&json!({ "paid": true })) };
        let answer = call.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.text().await.expect("a body"), "SUCCESS");
    }

    let checks = "select count(*) from outbox where kind = 'intent.check'";
    assert_eq!(town.count(checks).await, 1, "a hundred callbacks wait as one check");
    town.keep_promises().await;
    tenant.get(&bill.link).await.is(200).shows("/status", "issued").shows("/intent/status", "open");
    assert_eq!(town.count("select count(*) from payments").await, 0);

    pays(&outside, Pay::default()).await;
    outside.has_called_back(1).await;
    town.keep_promises().await;
    for _ in 0..100 {
        browser.get(&invoice.callback_url).send().await.expect("an answer");
        town.keep_promises().await;
    }
    tenant.get(&bill.link).await.is(200).shows("/status", "paid");
    assert_eq!(town.count("select count(*) from payments").await, 1);
    town.keep_promises().await;
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_callback_that_comes_twice_or_before_the_answer_counts_once() {
    let (town, outside) = Town::with_outside().await;
    outside.sandbox.moods().set(Provider::Qpay, Mood::Twice);
    let (bill, tenant) = a_bill_with_a_qr(&town, "102").await;

    pays(&outside, Pay::default()).await;
    outside.has_called_back(2).await;
    town.keep_promises().await;
    tenant.get(&bill.link).await.is(200).shows("/status", "paid");

    outside.sandbox.moods().set(Provider::Qpay, Mood::Normal);
    outside.sandbox.qpay.set_switches(Switches { pay_before_answer: true, ..Switches::default() });
    let (early, tenant) = a_bill_with_a_qr(&town, "103").await;
    tenant.get(&early.link).await.is(200).shows("/status", "paid");
    assert_eq!(town.count("select count(*) from payments").await, 2);
    town.keep_promises().await;
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_forgotten_callback_is_found_by_looking_and_at_the_end() {
    let (town, outside) = Town::with_outside().await;
    outside.sandbox.moods().set(Provider::Qpay, Mood::ForgetCallback);
    let (looked, tenant) = a_bill_with_a_qr(&town, "104").await;
    pays(&outside, Pay::default()).await;

    tenant.get(&looked.link).await.is(200).shows("/status", "issued");
    assert_eq!(town.keep_promises().await, 0, "QPay is not asked at every look");
    town.passes(SignedDuration::from_secs(21));
    tenant.get(&looked.link).await.is(200);
    town.keep_promises().await;
    tenant.get(&looked.link).await.is(200).shows("/status", "paid");

    let (forgotten, tenant) = a_bill_with_a_qr(&town, "105").await;
    pays(&outside, Pay::default()).await;
    town.passes(SignedDuration::from_hours(25));
    town.workers.tick().await;
    town.keep_promises().await;
    tenant.get(&forgotten.link).await.is(200).shows("/balance", "0");
}

#[tokio::test]
async fn a_qr_that_nobody_paid_ends_and_makes_room_for_another() {
    let (town, outside) = Town::with_outside().await;
    let (bill, tenant) = a_bill_with_a_qr(&town, "106").await;

    town.passes(SignedDuration::from_hours(25));
    town.workers.tick().await;
    town.keep_promises().await;

    tenant.get(&bill.link).await.is(200).shows("/intent", json!(null));
    assert_eq!(town.count("select count(*) from payment_intents where status = 'expired'").await, 1);
    tenant.asks_for_qr(&bill).await.is(201);
    town.keep_promises().await;
    let open: Vec<_> = outside.sandbox.qpay.invoices().iter().map(|i| i.state).collect();
    assert_eq!(
        open,
        [providers::qpay::simulator::InvoiceState::Open, providers::qpay::simulator::InvoiceState::Cancelled]
    );
}

#[tokio::test]
async fn a_lost_answer_leaves_one_qr_that_is_shown_and_one_payment() {
    let (town, outside) = Town::with_outside().await;
    outside.feels_once(Provider::Qpay, Mood::DieAfterEffect);
    let (bill, tenant) = a_bill_with_a_qr(&town, "107").await;
    tenant.get(&bill.link).await.is(200).shows("/intent/status", "requested").shows("/intent/qrText", json!(null));

    town.passes(SignedDuration::from_secs(10));
    town.keep_promises().await;

    let shown = tenant.get(&bill.link).await.is(200).shows("/intent/status", "open").json();
    let made = outside.sandbox.qpay.invoices();
    assert_eq!(made.len(), 2, "the lost one, and one under the next number");
    assert_eq!(made[0].reference, format!("{}-2", made[1].reference));
    assert_eq!(shown["intent"]["qrText"], json!(made[0].qr_text));
    assert_eq!(outside.effects(Provider::Qpay), [1, 1]);
    pays(&outside, Pay::default()).await;
    outside.has_called_back(1).await;
    town.keep_promises().await;
    tenant.get(&bill.link).await.is(200).shows("/status", "paid");
    assert_eq!(town.count("select count(*) from payments").await, 1);
}

#[tokio::test]
async fn a_refusal_is_told_and_a_slow_day_only_takes_longer() {
    let (town, outside) = Town::with_outside().await;
    outside.feels_once(Provider::Qpay, Mood::Refuse);
    let (bill, tenant) = a_bill_with_a_qr(&town, "108").await;

    tenant.get(&bill.link).await.is(200).shows("/intent/status", "failed");
    let laid_aside = town.sql("select last_error from outbox where status = 'dead'").await;
    assert!(laid_aside[0].get::<_, String>(0).contains("MERCHANT_INACTIVE"));

    outside.sandbox.moods().set(Provider::Qpay, Setting { delay_ms: 200, ..Mood::Slow.into() });
    tenant.asks_for_qr(&bill).await.is(201);
    town.keep_promises().await;
    tenant.get(&bill.link).await.is(200).shows("/intent/status", "open");
    pays(&outside, Pay::default()).await;
    outside.has_called_back(1).await;
    town.keep_promises().await;
    tenant.get(&bill.link).await.is(200).shows("/status", "paid");
}

#[tokio::test]
async fn less_or_more_is_recorded_as_what_it_is() {
    let (town, outside) = Town::with_outside().await;
    let part = |tugrug| Pay { amount: Some(domain::Money::from_tugrug(tugrug)), anyway: true, ..Pay::default() };
    let (less, tenant) = a_bill_with_a_qr(&town, "109").await;
    pays(&outside, part(50_000)).await;
    outside.has_called_back(1).await;
    town.keep_promises().await;
    tenant.get(&less.link).await.is(200).shows("/paidAmount", "5000000").shows("/balance", "2600000");

    let (more, tenant) = a_bill_with_a_qr(&town, "110").await;
    pays(&outside, part(80_000)).await;
    outside.has_called_back(1).await;
    town.keep_promises().await;

    tenant.get(&more.link).await.is(200).shows("/balance", "0").shows("/payments/0/amount", "7600000");
    let credit = "select sum(amount - allocated)::bigint from payments";
    assert_eq!(town.count(credit).await, 400_000);
}

#[tokio::test]
async fn a_second_click_finds_the_first_qr_and_a_paid_bill_gives_none() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let (bill, tenant) = a_bill_with_a_qr(&town, "111").await;

    let first = tenant.get(&bill.link).await.json()["intent"]["id"].clone();
    let again = tenant.asks_for_qr(&bill).await.is(200);
    assert_eq!(json!(again.id()), first);
    assert_eq!(outside.sandbox.qpay.invoices().len(), 1);

    nara.takes_cash(&town, &bill, 70_000).await;
    let stale = tenant.asks_for_qr(&bill).await.refuses(409, "CONFLICT");
    assert_eq!(stale["details"]["reason"], "QR_OUT_OF_DATE");
    tenant.get(&bill.link).await.is(200).shows("/intent", json!(null)).shows("/balance", "600000");
    town.keep_promises().await;
    tenant.asks_for_qr(&bill).await.is(201).shows("/amount", "600000");
    town.keep_promises().await;
    pays(&outside, Pay::default()).await;
    outside.has_called_back(1).await;
    town.keep_promises().await;

    let paid = tenant.asks_for_qr(&bill).await.refuses(409, "CONFLICT");
    assert_eq!(paid["details"]["reason"], "NOTHING_TO_PAY");
    let wrong = tenant.post(&format!("{}/payment-intents", bill.link), json!({ "provider": "cash" })).await;
    assert!(wrong.refuses(400, "VALIDATION_ERROR")["details"]["fields"]["provider"].is_array());
}

#[tokio::test]
async fn a_link_opens_one_bill_and_nothing_else() {
    let (town, _outside) = Town::with_outside().await;
    let (bill, tenant) = a_bill_with_a_qr(&town, "112").await;
    let other = a_bill_with_a_qr(&town, "113").await.0;
    let neighbours = town.lets(town.mungun, "М-1", Tenant { phone: Some("88110001"), ..Tenant::default() }).await;
    let neighbours = town.neighbour().await.bills(neighbours, 5_000).await;
    town.accountant().await.takes_cash(&town, &other, 1_000).await;
    let account = |number, shown| {
        let (id, owner) = (uuid::Uuid::now_v7(), town.altan);
        format!(
            "insert into bank_accounts (id, owner_id, bank, number, holder, shown)
                 values ('{id}', '{owner}', 'khan', '{number}', 'Алтан Тауэр ХХК', {shown})"
        )
    };
    town.sql(&account("5012345678", true)).await;
    town.sql(&account("5099999999", false)).await;
    town.keep_promises().await;
    let page = tenant.get(&bill.link).await.is(200).shows("/bankAccounts/0/number", "5012345678").json();
    assert_eq!(page["bankAccounts"][0]["reference"], page["code"]);

    for wrong in [&bill.token[1..], &format!("{}A", &bill.token[1..]), "", "%00", &bill.id] {
        let refused = tenant.get(&format!("/v2/links/{wrong}")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    tenant.get(&neighbours.link).await.is(200).shows("/ownerName", "Мөнгөн Плаза ХХК");
    let mut holder = town.nobody();
    holder.token = Some(bill.token.clone());
    for path in ["/v2/me", "/v2/invoices", "/v2/payments", "/v2/outbox", "/v2/property-owners", "/v2/today"] {
        holder.get(path).await.refuses(401, "UNAUTHORIZED");
    }

    // What the link's role could read if it asked Postgres itself: its own bill, and what stands on its page.
    let seen = rows_seen(&town, &format!("select app_begin_link(decode('{}', 'hex'))", hash_of(&bill.token))).await;
    let of_page = ["bank_accounts", "invoice_items", "invoices", "payment_intents", "properties", "property_owners"];
    for (table, rows) in &seen {
        let most = if of_page.contains(&table.as_str()) { 1 } else { 0 };
        assert!(*rows <= most, "a link sees {rows} rows of {table}: {seen:?}");
    }
    assert!(seen.iter().any(|(table, rows)| table == "invoices" && *rows == 1), "{seen:?}");
    let callback = town.sql("select encode(callback_hash, 'hex') from payment_intents").await[0].get::<_, String>(0);
    let seen = rows_seen(&town, &format!("select app_begin_callback(decode('{callback}', 'hex'))")).await;
    assert!(seen.iter().all(|(_, rows)| *rows == 0), "a callback sees {seen:?}");

    let link = Actor::new(town.app.clone(), Credential::Link(TokenHash::of(&bill.token)));
    for attempt in [
        "update payment_intents set status = 'paid'",
        "update invoices set paid_amount = total, status = 'paid'",
        "update receipts set sealed = null",
    ] {
        let touched = link.transact(async |tx| tx.touch(attempt, &[]).await).await;
        assert!(matches!(touched, Ok(0)), "{attempt}: {touched:?}");
    }
    let promises = "insert into outbox (id, kind, payload) values (gen_random_uuid(), 'receipt.send', '{}')";
    assert!(link.transact(async |tx| tx.touch(promises, &[]).await).await.is_err());
}

#[tokio::test]
async fn a_link_s_token_and_an_account_s_password_are_nowhere_in_the_database() {
    let (town, _outside) = Town::with_outside().await;
    let (bill, _) = a_bill_with_a_qr(&town, "114").await;
    let callback = town
        .app
        .key
        .derive("qpay-callback", &town.sql("select id::text from payment_intents").await[0].get::<_, String>(0));

    for table in ["invoices", "payment_intents", "sms_messages", "outbox", "audit_log", "provider_accounts"] {
        let rows = town.sql(&format!("select t::text as row from {table} t")).await;
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            let row: String = row.get("row");
            assert!(
                !row.contains(&bill.token) && !row.contains(&callback) && !row.contains("123456\""),
                "{table}: {row}"
            );
        }
    }
}

fn hash_of(token: &str) -> String {
    TokenHash::of(token).0.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rows of every table that one sees who has begun so.
async fn rows_seen(town: &Town, begin: &str) -> Vec<(String, i64)> {
    let (client, connection) =
        tokio_postgres::connect(&town.database.app_url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    client.batch_execute("begin").await.expect("begins");
    client.query(begin, &[]).await.expect("opens");
    let tables = client
        .query(
            "select c.relname::text from pg_class c where c.relkind = 'r' and c.relrowsecurity and c.relnamespace = 'public'::regnamespace
                 and has_table_privilege(c.oid, 'select') order by 1",
            &[],
        )
        .await
        .expect("a catalogue");
    let mut seen = Vec::new();
    for table in tables {
        let table: String = table.get(0);
        let rows = client.query_one(&format!("select count(*) from {table}"), &[]).await.expect("is readable").get(0);
        seen.push((table, rows));
    }
    assert!(seen.len() > 20, "{seen:?}");
    seen
}
