//! A payer pays, and the owner hears of it or does not: check knows.

use super::*;

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
