//! The client we ship against the simulator, over real HTTP.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{RawQuery, State},
    http::StatusCode,
    response::Redirect,
    routing::{any, get},
};
use domain::{IntentId, Money};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::{
    QPay, Settings, emv,
    simulator::{InvoiceState, Pay, Switches},
};
use crate::{
    CallError, QrPayments, Secret,
    http::Patience,
    qr_payments::{Asked, Asking, QrMerchant, Received, ReceivedState, Reference, Span},
    sandbox::{
        Mood, Part, Provider,
        moods::Setting,
        testing::{World, eventually, serve},
    },
};

#[tokio::test]
async fn a_payer_pays_and_the_owner_hears_of_it() {
    let town = Town::new().await;
    let asking = town.asking();

    let asked = town.qpay.ask(&town.altan, &asking).await.unwrap();
    let invoice = asked.provider_invoice_id.as_str();
    let open = town.qpay.find(&town.altan, invoice).await.unwrap();
    let unpaid = town.qpay.check(&town.altan, invoice).await.unwrap();
    let paid = town.world.sandbox.qpay.pay(invoice, &Pay::default()).unwrap();
    eventually(|| town.shop.heard().len() == 1).await;
    let received = town.qpay.check(&town.altan, invoice).await.unwrap();

    assert!(emv::fields(&asked.qr_text).unwrap().contains(&("54".into(), "76000".into())));
    assert_eq!(image::load_from_memory(&asked.qr_png).unwrap().to_luma8().dimensions(), (300, 300));
    assert!(asked.short_url.starts_with(&town.world.url));
    assert!(asked.banks.iter().any(|bank| bank.link == format!("khanbank://q?qPay_QRcode={}", asked.qr_text)));
    assert!(open.open && open.reference.parse() == Ok(asking.reference) && open.amount == asking.amount);
    assert_eq!(unpaid, []);
    assert_eq!(town.shop.heard(), [format!("shop=7&qpay_payment_id={}", paid.id)]);
    let expected = Received {
        provider_payment_id: paid.id.clone(),
        state: ReceivedState::Paid,
        amount: Money::from_tugrug(76_000),
        fee: Money::from_tugrug(760),
        net: Some(Money::from_tugrug(75_240)),
        currency: "MNT".into(),
        wallet: Some("Хаан банк апп".into()),
        paid_at: None,
    };
    assert_eq!(received, [expected]);
    assert!(received[0].counts());
    assert_eq!(town.effects(asking.reference), 1);
}

#[tokio::test]
async fn a_payment_leads_back_to_its_invoice_and_its_reference() {
    let town = Town::new().await;
    let asking = town.asking();
    let asked = town.qpay.ask(&town.altan, &asking).await.unwrap();
    let paid = town.world.sandbox.qpay.pay(&asked.provider_invoice_id, &Pay::default()).unwrap();

    let payment = town.qpay.payment(&town.altan, &paid.id).await.unwrap();
    let day = Span {
        from: Timestamp::now() - SignedDuration::from_hours(1),
        until: Timestamp::now() + SignedDuration::from_hours(1),
    };
    let listed = town.qpay.received(&town.altan, day).await.unwrap();
    let yesterday = Span { from: day.from - SignedDuration::from_hours(24), until: day.from };
    let earlier = town.qpay.received(&town.altan, yesterday).await.unwrap();
    let invoice = listed[0].provider_invoice_id.as_deref().unwrap();
    let found = town.qpay.find(&town.altan, invoice).await.unwrap();

    assert_eq!(payment.provider_invoice_id.as_deref(), Some(asked.provider_invoice_id.as_str()));
    assert_eq!(payment.received.paid_at, Some(paid.paid_at));
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].received.provider_payment_id, paid.id);
    assert_eq!(listed[0].received.amount, asking.amount);
    assert_eq!(earlier, []);
    assert_eq!(found.reference.parse(), Ok(asking.reference));
    assert!(!found.open);
}

#[tokio::test]
async fn a_callback_is_repeated_until_it_is_answered_with_success() {
    let town = Town::new().await;
    town.shop.will_answer([(200, "OK"), (200, "{\"ok\":true}"), (500, "SUCCESS")]);
    let asked = town.asks().await;

    let paid = town.world.sandbox.qpay.pay(&asked.provider_invoice_id, &Pay::default()).unwrap();
    eventually(|| town.shop.heard().len() == 4).await;

    let callbacks = || town.world.sandbox.qpay.invoices()[0].callbacks.clone();
    eventually(|| callbacks().len() == 4).await;
    assert_eq!(callbacks().iter().map(|callback| callback.heard).collect::<Vec<_>>(), [false, false, false, true]);
    assert!(callbacks().iter().all(|callback| callback.payment_id == paid.id));
}

#[tokio::test]
async fn a_forgotten_callback_does_not_hide_the_payment() {
    let town = Town::new().await;
    let asked = town.asks().await;
    town.feels(Setting::next(Mood::ForgetCallback, 1));

    town.world.sandbox.qpay.pay(&asked.provider_invoice_id, &Pay::default()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    assert_eq!(town.shop.heard(), Vec::<String>::new());
    assert_eq!(town.qpay.check(&town.altan, &asked.provider_invoice_id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_callback_that_comes_twice_is_still_one_payment() {
    let town = Town::new().await;
    let asked = town.asks().await;
    town.feels(Setting::next(Mood::Twice, 1));

    town.world.sandbox.qpay.pay(&asked.provider_invoice_id, &Pay::default()).unwrap();
    eventually(|| town.shop.heard().len() == 2).await;

    assert_eq!(town.shop.heard()[0], town.shop.heard()[1]);
    assert_eq!(town.qpay.check(&town.altan, &asked.provider_invoice_id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_callback_may_come_before_the_answer_and_name_a_payment_nobody_knows() {
    let town = Town::new().await;
    let switches = Switches { pay_before_answer: true, wrong_payment_id: true, ..Switches::default() };
    town.world.sandbox.qpay.set_switches(switches);

    let asked = town.asks().await;

    assert_eq!(town.shop.heard(), ["shop=7&qpay_payment_id=000000000000000"]);
    let named = town.qpay.payment(&town.altan, "000000000000000").await;
    assert!(matches!(named, Err(CallError::Refused { code, .. }) if code == "PAYMENT_NOTFOUND"));
    assert_eq!(town.qpay.check(&town.altan, &asked.provider_invoice_id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_asked_again_under_a_new_number() {
    let town = Town::new().await;
    let asking = town.asking();
    town.feels(Setting::next(Mood::DieAfterEffect, 1));

    let lost = town.qpay.ask(&town.altan, &asking).await;
    let repeated = town.qpay.ask(&town.altan, &asking).await;
    let again = Asking { reference: asking.reference.again(), ..asking.clone() };
    let asked = town.qpay.ask(&town.altan, &again).await.unwrap();

    assert!(matches!(lost, Err(CallError::Lost(_))), "{lost:?}");
    assert!(matches!(repeated, Err(CallError::Refused { code, .. }) if code == "UNIQUE_ERROR"));
    assert_eq!((town.effects(asking.reference), town.effects(again.reference)), (1, 1));

    // Should somebody pay the orphan all the same, its payment leads to the lost attempt.
    let invoices = town.world.sandbox.qpay.invoices();
    let orphan = invoices.iter().find(|invoice| invoice.id != asked.provider_invoice_id).unwrap();
    town.world.sandbox.qpay.pay(&orphan.id, &Pay::default()).unwrap();
    let all = Span { from: orphan.made_at, until: Timestamp::now() + SignedDuration::from_secs(2) };
    let received = town.qpay.received(&town.altan, Span { from: all.from - SignedDuration::from_secs(2), ..all });
    let invoice = received.await.unwrap()[0].provider_invoice_id.clone().unwrap();
    let found = town.qpay.find(&town.altan, &invoice).await.unwrap();
    assert_eq!(found.reference.parse(), Ok(asking.reference));
}

#[tokio::test]
async fn a_refusal_has_no_effect_and_keeps_their_words() {
    let town = Town::new().await;
    let asking = town.asking();
    town.feels(Setting::next(Mood::Refuse, 1));

    let refused = town.qpay.ask(&town.altan, &asking).await;

    let message = "Мерчант идэвхгүй байна".to_owned();
    assert_eq!(refused, Err(CallError::Refused { code: "MERCHANT_INACTIVE".into(), message }));
    assert_eq!(town.effects(asking.reference), 0);
    town.qpay.ask(&town.altan, &asking).await.unwrap();
    assert_eq!(town.effects(asking.reference), 1);
}

#[tokio::test]
async fn an_answer_that_is_too_slow_is_lost_though_its_effect_is_real() {
    let town = Town::with_patience(Duration::from_millis(300)).await;
    let asking = town.asking();
    town.qpay.check(&town.altan, "warms the token up").await.unwrap();
    town.feels(Setting { delay_ms: 2_000, ..Mood::Slow.into() });

    let slow = town.qpay.ask(&town.altan, &asking).await;
    town.feels(Mood::Normal);

    assert_eq!(slow, Err(CallError::Lost("no answer in time".into())));
    assert_eq!(town.effects(asking.reference), 1);
}

#[tokio::test]
async fn a_broken_network_leaves_writes_unknown_and_an_absent_one_leaves_them_unsent() {
    let town = Town::new().await;
    let asking = town.asking();
    town.world.sandbox.qpay.set_switches(Switches { broken: true, ..Switches::default() });
    let broken = town.qpay.ask(&town.altan, &asking).await;
    let nowhere = QPay::new(&Settings { base_url: "http://127.0.0.1:9/v2".into(), ..Settings::default() }).unwrap();
    let absent = nowhere.ask(&town.altan, &asking).await;

    assert_eq!(broken, Err(CallError::Lost("QPay answered 500".into())));
    assert!(matches!(absent, Err(CallError::NotSent(_))), "{absent:?}");
}

#[tokio::test]
async fn many_callers_fetch_one_token_between_them() {
    let town = Town::new().await;
    let simulator = &town.world.sandbox.qpay;
    simulator.set_switches(Switches { one_token: true, ..Switches::default() });
    let all_check = || join_all((0..50).map(|_| town.qpay.check(&town.altan, "some invoice")));

    assert!(all_check().await.iter().all(Result::is_ok));
    assert_eq!(simulator.token_calls(), 1);

    // Every token dies at once: one caller tries the refresh token, then the password; the others wait for it.
    simulator.forget_tokens();
    assert!(all_check().await.iter().all(Result::is_ok));
    assert_eq!(simulator.token_calls(), 3);
}

#[tokio::test]
async fn each_account_has_its_own_token() {
    let town = Town::new().await;
    for merchant in [&town.altan, &town.mungun, &town.altan, &town.mungun] {
        town.qpay.check(merchant, "some invoice").await.unwrap();
    }
    assert_eq!(town.world.sandbox.qpay.token_calls(), 2);
}

#[tokio::test]
async fn a_token_in_its_last_minute_is_renewed_before_it_is_used() {
    let town = Town::new().await;
    town.world.sandbox.qpay.set_switches(Switches { short_tokens: true, ..Switches::default() });
    for _ in 0..3 {
        town.qpay.check(&town.altan, "some invoice").await.unwrap();
    }
    assert_eq!(town.world.sandbox.qpay.token_calls(), 3);
}

#[tokio::test]
async fn a_day_old_token_is_renewed() {
    fn tomorrow() -> Timestamp {
        Timestamp::now() + SignedDuration::from_hours(24)
    }
    let town = Town::new().await;
    let qpay = QPay::with_clock(&town.settings(), tomorrow).unwrap();
    for _ in 0..2 {
        qpay.check(&town.altan, "some invoice").await.unwrap();
    }
    assert_eq!(town.world.sandbox.qpay.token_calls(), 2, "by tomorrow's clock today's token is over");
}

#[tokio::test]
async fn a_wrong_password_is_said_once_and_never_told() {
    let town = Town::new().await;
    let wrong = QrMerchant { password: Secret::new("hunter2"), ..town.altan.clone() };

    let first = town.qpay.check(&wrong, "some invoice").await.unwrap_err();
    let second = town.qpay.ask(&wrong, &town.asking()).await.unwrap_err();

    assert!(matches!(&first, CallError::Refused { code, .. } if code == "AUTHENTICATION_FAILED"));
    assert_eq!(first, second);
    assert_eq!(town.world.sandbox.qpay.token_calls(), 1, "QPay is not asked again within the minute");
    let told = format!("{first} {first:?} {wrong:?} {:?}", town.qpay);
    assert!(!told.contains("hunter2"), "{told}");
    town.qpay.check(&town.altan, "some invoice").await.unwrap();
}

#[tokio::test]
async fn tokens_and_passwords_stay_out_of_what_is_printed() {
    let town = Town::new().await;
    town.asks().await;
    let told = format!("{:?} {:?}", town.qpay, town.altan);
    assert!(!told.contains("123456") && !told.contains("Bearer"), "{told}");
}

#[tokio::test]
async fn a_cancelled_invoice_can_be_cancelled_again_but_not_paid() {
    let town = Town::new().await;
    let asked = town.asks().await;
    let invoice = asked.provider_invoice_id.as_str();
    town.feels(Setting::next(Mood::DieAfterEffect, 1));

    let lost = town.qpay.cancel(&town.altan, invoice).await;
    town.qpay.cancel(&town.altan, invoice).await.unwrap();
    let late = town.world.sandbox.qpay.pay(invoice, &Pay::default());

    assert!(matches!(lost, Err(CallError::Lost(_))), "{lost:?}");
    assert_eq!(late.unwrap_err().error, "INVOICE_ALREADY_CANCELED");
    assert!(!town.qpay.find(&town.altan, invoice).await.unwrap().open);

    // Closed is not paid, and in a race it may be paid all the same: only check knows.
    assert_eq!(town.qpay.check(&town.altan, invoice).await.unwrap(), []);
    town.world.sandbox.qpay.pay(invoice, &Pay { anyway: true, ..Pay::default() }).unwrap();
    assert!(town.qpay.check(&town.altan, invoice).await.unwrap()[0].counts());
}

#[tokio::test]
async fn a_paid_invoice_can_not_be_cancelled_or_paid_again() {
    let town = Town::new().await;
    let asked = town.asks().await;
    let invoice = asked.provider_invoice_id.as_str();
    town.world.sandbox.qpay.pay(invoice, &Pay::default()).unwrap();

    let cancelled = town.qpay.cancel(&town.altan, invoice).await;
    let again = town.world.sandbox.qpay.pay(invoice, &Pay::default());

    assert!(matches!(cancelled, Err(CallError::Refused { code, .. }) if code == "INVOICE_PAID"));
    assert_eq!(again.unwrap_err().error, "INVOICE_PAID");
}

#[tokio::test]
async fn an_invoice_runs_out_at_its_time() {
    let town = Town::new().await;
    let past = Some(Timestamp::now() - SignedDuration::from_secs(5));
    let asked = town.qpay.ask(&town.altan, &Asking { expires_at: past, ..town.asking() }).await.unwrap();
    let future = Some(Timestamp::now() + SignedDuration::from_hours(1));
    let later = town.qpay.ask(&town.altan, &Asking { expires_at: future, ..town.asking() }).await.unwrap();

    assert!(!town.qpay.find(&town.altan, &asked.provider_invoice_id).await.unwrap().open);
    assert_eq!(
        town.world.sandbox.qpay.pay(&asked.provider_invoice_id, &Pay::default()).unwrap_err().error,
        "QRCODE_USED"
    );
    assert!(town.qpay.find(&town.altan, &later.provider_invoice_id).await.unwrap().open);
    let now = Timestamp::now();
    let states: Vec<_> = town.world.sandbox.qpay.invoices().iter().map(|i| i.state_at(now)).collect();
    assert_eq!(states, [InvoiceState::Open, InvoiceState::Expired]);
}

#[tokio::test]
async fn every_page_of_payments_is_read_and_part_payments_are_told_apart() {
    let town = Town::new().await;
    let asked = town.asks().await;
    let invoice = asked.provider_invoice_id.as_str();
    let part = Pay { amount: Some(Money::from_mungo(10_050)), anyway: true, card: true, ..Pay::default() };
    for _ in 0..250 {
        town.world.sandbox.qpay.pay(invoice, &part).unwrap();
    }

    let received = town.qpay.check(&town.altan, invoice).await.unwrap();

    assert_eq!(received.len(), 250);
    assert!(received.iter().all(|part| part.state == ReceivedState::Partial && part.counts()));
    assert!(received.iter().all(|part| part.amount == Money::from_mungo(10_050) && part.net.is_none()));
    assert!(received.iter().all(|part| part.paid_at.is_some()), "a card's payment knows its moment");
    let ids: std::collections::HashSet<_> = received.iter().map(|part| &part.provider_payment_id).collect();
    assert_eq!(ids.len(), 250, "no page was read twice");
}

#[tokio::test]
async fn what_another_owner_asked_for_is_not_found() {
    let town = Town::new().await;
    let asked = town.asks().await;
    let invoice = asked.provider_invoice_id.as_str();
    let paid = town.world.sandbox.qpay.pay(invoice, &Pay::default()).unwrap();

    assert!(matches!(town.qpay.find(&town.mungun, invoice).await,
        Err(CallError::Refused { code, .. }) if code == "INVOICE_NOTFOUND"));
    assert_eq!(town.qpay.check(&town.mungun, invoice).await.unwrap(), []);
    assert!(town.qpay.payment(&town.mungun, &paid.id).await.is_err());
    assert!(town.qpay.cancel(&town.mungun, invoice).await.is_err());
    let foreign_code = QrMerchant { invoice_code: town.altan.invoice_code.clone(), ..town.mungun.clone() };
    assert!(matches!(town.qpay.ask(&foreign_code, &town.asking()).await,
        Err(CallError::Refused { code, .. }) if code == "INVOICE_CODE_INVALID"));
}

#[tokio::test]
async fn what_can_not_be_asked_is_refused() {
    let town = Town::new().await;
    let ask = async |asking: Asking| town.qpay.ask(&town.altan, &asking).await.unwrap_err();

    let long = ask(Asking { callback_url: format!("http://example.mn/{}", "a".repeat(250)), ..town.asking() }).await;
    let small = ask(Asking { amount: Money::from_tugrug(10), ..town.asking() }).await;
    let nameless = ask(Asking { description: " «» ".into(), ..town.asking() }).await;

    assert!(matches!(long, CallError::Refused { code, .. } if code == "CALLBACK_URL_TOO_LONG"));
    assert!(matches!(small, CallError::Refused { code, .. } if code == "MIN_AMOUNT_ERR"));
    assert!(matches!(nameless, CallError::Refused { code, .. } if code == "VALIDATION_ERROR"));
    assert!(town.world.sandbox.qpay.ledger().all().is_empty());
}

#[tokio::test]
async fn an_answer_that_is_not_qpays_is_lost_and_never_followed() {
    let asking = Town::new().await.asking();
    let token = r#"{"access_token":"a","refresh_token":"r","expires_in":4102444800,"refresh_expires_in":4102444800}"#;
    let elsewhere = Router::new()
        .route("/auth/token", any(move || async move { token }))
        .route("/invoice", any(|| async { Redirect::temporary("/auth/token") }))
        .route("/payment/check", any(|| async { "<html>Засвартай</html>" }));
    let qpay = QPay::new(&Settings { base_url: serve(elsewhere).await, ..Settings::default() }).unwrap();

    let redirected = qpay.ask(&altan(), &asking).await;
    let nonsense = qpay.check(&altan(), "some invoice").await;

    assert_eq!(redirected, Err(CallError::Lost("QPay answered 307".into())));
    assert_eq!(nonsense, Err(CallError::Lost("answer 200 was not understood at line 1, column 1".into())));
}

/// A sandbox, our client of it, two owners, and a shop that hears the callbacks.
struct Town {
    world: World,
    qpay: QPay,
    patience: Patience,
    altan: QrMerchant,
    mungun: QrMerchant,
    shop: Shop,
}

impl Town {
    async fn new() -> Town {
        Town::with_patience(Duration::from_secs(10)).await
    }

    async fn with_patience(whole: Duration) -> Town {
        let world = World::new().await;
        let patience = Patience { whole, ..Patience::default() };
        let qpay = QPay::new(&Settings { patience, ..Settings::sandbox(&world.url) }).unwrap();
        let mungun = QrMerchant {
            username: "MUNGUN_PLAZA".into(),
            password: Secret::new("123456"),
            invoice_code: "MUNGUN_PLAZA_INVOICE".into(),
        };
        Town { qpay, patience, altan: altan(), mungun, shop: Shop::open().await, world }
    }

    fn settings(&self) -> Settings {
        Settings { patience: self.patience, ..Settings::sandbox(&self.world.url) }
    }

    /// Rent of 76 000 ₮, under a reference nobody has used.
    fn asking(&self) -> Asking {
        Asking {
            reference: Reference::first(IntentId::new()),
            amount: Money::from_tugrug(76_000),
            description: "Түрээс 2026.11: 101165 тоот".into(),
            callback_url: format!("{}/qpay/cb/8f14e45fceea167a?shop=7", self.shop.url),
            expires_at: None,
        }
    }

    async fn asks(&self) -> Asked {
        self.qpay.ask(&self.altan, &self.asking()).await.unwrap()
    }

    fn feels(&self, mood: impl Into<Setting>) {
        self.world.sandbox.moods().set(Provider::Qpay, mood);
    }

    fn effects(&self, reference: Reference) -> u32 {
        self.world.sandbox.qpay.ledger().count(&reference.to_string())
    }
}

fn altan() -> QrMerchant {
    QrMerchant {
        username: "ALTAN_TOWER".into(),
        password: Secret::new("123456"),
        invoice_code: "ALTAN_TOWER_INVOICE".into(),
    }
}

/// The owner's side of callbacks: answers as told, then `SUCCESS`.
#[derive(Clone, Default)]
struct Shop {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
}

impl Shop {
    async fn open() -> Shop {
        async fn hear(State(shop): State<Shop>, RawQuery(query): RawQuery) -> (StatusCode, &'static str) {
            shop.heard.lock().unwrap().push(query.unwrap_or_default());
            let (status, body) = shop.answers.lock().unwrap().pop_front().unwrap_or((200, "SUCCESS"));
            (StatusCode::from_u16(status).unwrap(), body)
        }
        let shop = Shop::default();
        let router = Router::new().route("/qpay/cb/8f14e45fceea167a", get(hear)).with_state(shop.clone());
        Shop { url: serve(router).await, ..shop }
    }

    fn will_answer(&self, answers: impl IntoIterator<Item = (u16, &'static str)>) {
        self.answers.lock().unwrap().extend(answers);
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}
