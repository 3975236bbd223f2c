//! Making invoices and taking them back, on good days and bad ones.

use super::*;

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
    let town = Town::with_patience(Duration::from_secs(1)).await;
    let asking = town.asking();
    town.qpay.check(&town.altan, "warms the token up").await.unwrap();
    town.feels(Setting { delay_ms: 10_000, ..Mood::Slow.into() });

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
