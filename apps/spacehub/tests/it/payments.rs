//! Money that comes in: on the oldest bill first, never twice, and back again.

use base::Actor;
use billing::payments::{Incoming, record};
use domain::{InvoiceId, Money, TenantId, payment::PaymentMethod};
use futures_util::future::join_all;
use http::Method;
use serde_json::{Value, json};

use crate::{
    books::{Lease, Leased},
    town::{Person, Town},
};

/// Bills the contract a sale of so many tögrög in that month; gives the invoice's id.
async fn bill(who: &Person<'_>, leased: Leased, tugrug: i64) -> String {
    let body = json!({ "contractId": leased.contract, "kind": "sale", "issue": true,
                       "items": [{ "description": "Үйлчилгээ", "unitPrice": (tugrug * 100).to_string() }] });
    who.post("/v2/invoices", body).await.is(201).id()
}

fn cash(leased: Leased, tugrug: i64) -> Value {
    json!({ "tenantId": leased.tenant, "method": "cash", "amount": (tugrug * 100).to_string(), "payer": "Бат" })
}

/// A town in which the tenant has three bills: 100 ₮ due on 10-15, 50 ₮ on 11-15, 200 ₮ on 12-15.
async fn three_bills(town: &Town, nara: &Person<'_>) -> (Leased, [String; 3]) {
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let first = bill(nara, leased, 100).await;
    town.moves_on("2026-10-20T02:00:00Z").await;
    let second = bill(nara, leased, 50).await;
    town.moves_on("2026-11-20T02:00:00Z").await;
    let third = bill(nara, leased, 200).await;
    town.run_cron("invoice.overdue").await;
    (leased, [first, second, third])
}

async fn stands(who: &Person<'_>, invoice: &str) -> (String, i64) {
    let found = who.get(&format!("/v2/invoices/{invoice}")).await.is(200);
    (found.word("/status"), found.mungo("/balance") / 100)
}

#[tokio::test]
async fn money_goes_to_the_oldest_bill_and_what_is_left_is_credit() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (leased, [first, second, third]) = three_bills(&town, &nara).await;

    let paid = nara.post("/v2/payments", cash(leased, 120)).await.is(201);

    let paid =
        paid.shows("/allocations/0/amount", "10000").shows("/allocations/1/amount", "2000").shows("/credit", "0");
    let paid = paid.shows("/allocations/0/invoiceCode", "INV-2026-000001").shows("/tenantName", "Оюут Ухаан ХХК");
    assert_eq!(stands(&nara, &first).await, ("paid".into(), 0));
    assert_eq!(stands(&nara, &second).await, ("overdue".into(), 30));
    assert_eq!(stands(&nara, &third).await, ("issued".into(), 200));
    assert_eq!(nara.get(&format!("/v2/payments/{}", paid.id())).await.is(200).json(), paid.json());
    let more = nara.post("/v2/payments", cash(leased, 300)).await.is(201).shows("/credit", "7000");
    assert_eq!(stands(&nara, &third).await, ("paid".into(), 0));
    assert_eq!(town.count("select count(*) from outbox where kind = 'payment.received'").await, 2);
    assert_eq!(town.count("select count(*) from outbox where kind = 'receipt.issue'").await, 2);

    let next = bill(&nara, leased, 100).await;
    let found = nara.get(&format!("/v2/invoices/{next}")).await.is(200).shows("/status", "partially_paid");
    let found = found.shows("/paidAmount", "7000").shows("/payments/0/paymentId", more.id());
    assert_eq!(found.mungo("/balance"), 3000);
    nara.get(&format!("/v2/payments/{}", more.id())).await.is(200).shows("/credit", "0").shows("/allocated", "30000");
    assert_eq!(town.count("select count(*) from outbox where kind = 'receipt.issue'").await, 3);
    town.books_tie().await;
}

#[tokio::test]
async fn an_accountant_says_what_a_payment_is_for() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (leased, [first, _, third]) = three_bills(&town, &nara).await;
    let with = |allocations: Value| {
        let mut body = cash(leased, 150);
        body["allocations"] = allocations;
        body
    };

    let more_than_open = with(json!([{ "invoiceId": first, "amount": "10001" }]));
    let refused = nara.post("/v2/payments", more_than_open).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "OVER_ALLOCATION");
    assert_eq!(refused["details"]["code"], "INV-2026-000001");
    let more_than_paid = with(json!([{ "invoiceId": third, "amount": "15001" }]));
    nara.post("/v2/payments", more_than_paid).await.refuses(409, "CONFLICT");
    let twice = with(json!([{ "invoiceId": third, "amount": "1" }, { "invoiceId": third, "amount": "1" }]));
    nara.post("/v2/payments", twice).await.refuses(400, "VALIDATION_ERROR");
    let unknown = with(json!([{ "invoiceId": leased.contract, "amount": "1" }]));
    nara.post("/v2/payments", unknown).await.refuses(404, "NOT_FOUND");
    assert_eq!(town.count("select count(*) from payments").await, 0);

    let by_hand = with(json!([{ "invoiceId": third, "amount": "14000" }]));
    nara.post("/v2/payments", by_hand).await.is(201).shows("/credit", "1000");
    assert_eq!(stands(&nara, &third).await, ("partially_paid".into(), 60));
    assert_eq!(stands(&nara, &first).await, ("overdue".into(), 100));
    town.books_tie().await;
}

#[tokio::test]
async fn a_reversed_payment_is_owed_again_and_its_credit_is_gone() {
    let town = Town::new().await;
    let (nara, dulmaa) = (town.accountant().await, town.director().await);
    let (leased, [first, second, third]) = three_bills(&town, &nara).await;
    let paid = nara.post("/v2/payments", cash(leased, 400)).await.is(201).shows("/credit", "5000");
    let path = format!("/v2/payments/{}/reversal", paid.id());

    let back = dulmaa.post(&path, json!({ "reason": "Буцаасан гүйлгээ" })).await.is(201);

    let back = back.shows("/amount", "-40000").shows("/reversesId", paid.id()).shows("/credit", "0");
    assert_eq!(back.json()["allocations"].as_array().map(Vec::len), Some(3));
    assert_eq!(stands(&nara, &first).await, ("overdue".into(), 100));
    assert_eq!(stands(&nara, &second).await, ("overdue".into(), 50));
    assert_eq!(stands(&nara, &third).await, ("issued".into(), 200));
    nara.get(&format!("/v2/payments/{}", paid.id())).await.is(200).shows("/status", "reversed").shows("/credit", "0");
    let again = nara.post(&path, json!({ "reason": "Дахин" })).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "ILLEGAL_TRANSITION");
    let of_reversal = format!("/v2/payments/{}/reversal", back.id());
    let refused = nara.post(&of_reversal, json!({ "reason": "x" })).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "PAYMENT_IS_REVERSAL");
    nara.get("/v2/payments/totals").await.is(200).shows("/count", 2).shows("/amount", "0").shows("/credit", "0");
    let next = bill(&nara, leased, 10).await;
    assert_eq!(stands(&nara, &next).await, ("issued".into(), 10));
    town.books_tie().await;
}

#[tokio::test]
async fn two_payments_at_once_pay_one_bill_once() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;

    for _ in 0..5 {
        let invoice = bill(&nara, leased, 100).await;
        let mut by_hand = cash(leased, 100);
        by_hand["allocations"] = json!([{ "invoiceId": invoice, "amount": "10000" }]);
        let replies = join_all((0..4).map(|_| nara.post("/v2/payments", by_hand.clone()))).await;

        let recorded = replies.iter().filter(|reply| reply.status == 201).count();
        assert_eq!(recorded, 1, "exactly the fitting one wins");
        for refused in replies.into_iter().filter(|reply| reply.status != 201) {
            refused.refuses(404, "NOT_FOUND");
        }
        assert_eq!(stands(&nara, &invoice).await, ("paid".into(), 0));
    }
    bill(&nara, leased, 100).await;
    let replies = join_all((0..4).map(|_| nara.post("/v2/payments", cash(leased, 100)))).await;
    let credit: i64 = replies.into_iter().map(|reply| reply.is(201).mungo("/credit")).sum();
    assert_eq!(credit, 30_000, "three of four are credit");
    town.books_tie().await;
}

#[tokio::test]
async fn a_payment_and_its_reversals_at_once_leave_the_books_in_order() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (leased, _) = three_bills(&town, &nara).await;
    let paid = nara.post("/v2/payments", cash(leased, 320)).await.is(201).id();
    let path = format!("/v2/payments/{paid}/reversal");

    let reversals = join_all((0..4).map(|_| nara.post(&path, json!({ "reason": "Давхардсан" }))));
    let payments = join_all((0..4).map(|_| nara.post("/v2/payments", cash(leased, 60))));
    let (reversals, payments) = tokio::join!(reversals, payments);

    assert_eq!(reversals.iter().filter(|reply| reply.status == 201).count(), 1);
    assert!(payments.iter().all(|reply| reply.status == 201));
    nara.get("/v2/payments/totals").await.is(200).shows("/amount", "24000");
    town.books_tie().await;
}

#[tokio::test]
async fn what_a_provider_brings_is_recorded_once_and_pays_the_bill_it_was_for() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (leased, [first, _, third]) = three_bills(&town, &nara).await;
    let third: InvoiceId = third.parse().expect("an id");
    let incoming = || Incoming {
        tenant: TenantId(leased.tenant),
        method: PaymentMethod::Qpay,
        amount: Money::from_tugrug(210),
        paid_at: town.clock.now(),
        payer: "Хаан банк".into(),
        provider_reference: Some("qpay-1".into()),
        note: String::new(),
        for_invoice: Some(third),
        allocations: None,
    };
    let system = Actor::system(&town.workshop, town.altan);

    let told = join_all((0..4).map(|_| system.transact(async |tx| record(tx, incoming()).await))).await;

    let told: Vec<_> = told.into_iter().map(|told| told.expect("no error")).collect();
    let recorded: Vec<_> = told.iter().flatten().collect();
    assert_eq!(recorded.len(), 1, "{told:?}");
    assert_eq!(recorded[0].allocations[0].invoice, third);
    assert_eq!(stands(&nara, &third.to_string()).await, ("paid".into(), 0));
    assert_eq!(stands(&nara, &first).await, ("overdue".into(), 90));
    assert_eq!(town.count("select count(*) from outbox where kind = 'payment.received'").await, 1);
    town.books_tie().await;
}

#[tokio::test]
async fn the_same_payment_twice_is_one() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    bill(&nara, leased, 100).await;
    let pay = || nara.ask(Method::POST, "/v2/payments", Some(cash(leased, 40)), &[("idempotency-key", "p-1")]);

    let first = pay().await.is(201);
    let again = pay().await.is(201);

    assert_eq!(first.bytes, again.bytes);
    assert_eq!(again.headers["idempotent-replayed"], "true");
    let body = Some(cash(leased, 41));
    let other = nara.ask(Method::POST, "/v2/payments", body, &[("idempotency-key", "p-1")]).await;
    assert_eq!(other.refuses(409, "CONFLICT")["details"]["fields"], json!(["amount"]));
    assert_eq!(town.count("select count(*) from payments").await, 1);
    town.books_tie().await;
}

#[tokio::test]
async fn who_may_not_take_money_takes_none() {
    let town = Town::new().await;
    let (nara, bat, saraa) = (town.accountant().await, town.employee().await, town.neighbour().await);
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    saraa.post("/v2/payments", cash(leased, 5)).await.refuses(404, "NOT_FOUND");
    let paid = nara.post("/v2/payments", cash(leased, 5)).await.is(201).id();
    let (path, reason) = (format!("/v2/payments/{paid}"), json!({ "reason": "x" }));

    bat.post("/v2/payments", cash(leased, 5)).await.refuses(403, "FORBIDDEN");
    bat.get(&path).await.refuses(403, "FORBIDDEN");
    bat.get("/v2/payments").await.refuses(403, "FORBIDDEN");
    bat.post(&format!("{path}/reversal"), reason.clone()).await.refuses(403, "FORBIDDEN");
    saraa.post("/v2/payments", cash(leased, 5)).await.refuses(404, "NOT_FOUND");
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/reversal"), reason).await.refuses(404, "NOT_FOUND");
    saraa.get("/v2/payments").await.is(200).shows("/items", json!([]));
    town.nobody().get("/v2/payments").await.refuses(401, "UNAUTHORIZED");

    let with = |field: &str, value: Value| {
        let mut body = cash(leased, 5);
        body[field] = value;
        body
    };
    for (field, value) in [
        ("amount", json!("0")),
        ("amount", json!("-1")),
        ("amount", json!("9223372036854775808")),
        ("method", json!("qpay")),
        ("paidAt", json!("2026-12-31T00:00:00Z")),
        ("payer", json!("я".repeat(201))),
        ("providerReference", json!("x")),
    ] {
        let refused = nara.post("/v2/payments", with(field, value)).await.refuses(400, "VALIDATION_ERROR");
        let said = &refused["details"]["fields"][field][0];
        assert!(said.as_str().is_some_and(|said| !said.contains('⟦')), "{field}: {refused}");
    }
    assert_eq!(town.count("select count(*) from payments").await, 1);
    town.books_tie().await;
}

#[tokio::test]
async fn the_list_of_payments_pages_through_the_days_asked_for() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    for (day, tugrug) in [("09-30T15:59:59", 1), ("09-30T16:00:00", 2), ("10-05T00:00:00", 4), ("10-09T16:00:00", 8)] {
        let mut body = cash(leased, tugrug);
        body["paidAt"] = json!(format!("2026-{day}Z"));
        nara.post("/v2/payments", body).await.is(201);
    }

    for (filter, tugrug) in
        [("", 15), ("from=2026-10-01", 14), ("to=2026-09-30", 1), ("from=2026-10-01&to=2026-10-09", 6)]
    {
        let (mut total, mut cursor) = (0, String::new());
        loop {
            let page = nara.get(&format!("/v2/payments?{filter}&limit=1{cursor}")).await.is(200);
            total += page.json()["items"].as_array().map_or(0, |_| page.mungo("/items/0/amount"));
            match page.json()["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(total, tugrug * 100, "{filter}");
        let totals = nara.get(&format!("/v2/payments/totals?{filter}")).await.is(200);
        assert_eq!(totals.mungo("/amount"), total, "{filter}");
    }
    town.books_tie().await;
}
