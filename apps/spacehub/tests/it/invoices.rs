//! One-off invoices: made, issued under gap-free numbers, found, added up and taken back.

use futures_util::future::join_all;
use http::Method;
use serde_json::{Value, json};

use crate::{
    books::Lease,
    town::{Person, Reply, Town, nothing},
};

fn key_of(contract: uuid::Uuid) -> Value {
    json!({ "contractId": contract, "kind": "sale", "issue": true,
            "items": [{ "description": "Түлхүүр", "unitPrice": "1100000", "quantity": "2" }] })
}

async fn post_once(who: &Person<'_>, path: &str, body: Value, key: &str) -> Reply {
    who.ask(Method::POST, path, Some(body), &[("idempotency-key", key)]).await
}

#[tokio::test]
async fn an_accountant_bills_a_sale_and_the_tenant_is_told() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let body = json!({ "contractId": leased.contract, "kind": "sale", "issue": true, "note": "Засварын дараа", "items": [
        { "description": "Түлхүүр", "unitPrice": "1100000", "quantity": "2" },
        { "description": "Цэвэрлэгээ", "unitPrice": "5000000", "vatMode": "added" },
        { "description": "Байрны түрээсийн нэмэгдэл", "unitPrice": "1000000", "vatMode": "exempt", "exemptionCode": "408" },
    ] });

    let made = nara.post("/v2/invoices", body).await.is(201);

    let made = made.shows("/code", "INV-2026-000001").shows("/status", "issued").shows("/issuedOn", "2026-10-10");
    let made = made.shows("/dueOn", "2026-10-15").shows("/total", "8700000").shows("/vatAmount", "700000");
    let made = made.shows("/subtotal", "8000000").shows("/balance", "8700000").shows("/period", "2026-10");
    assert_eq!(made.word("/items/0/how"), "2 × 11\u{a0}000 ₮ = 22\u{a0}000 ₮, НӨАТ багтсан");
    let link = made.word("/linkUrl");
    assert!(link.starts_with("http://town.test/i/") && link.len() == "http://town.test/i/".len() + 22, "{link}");
    let found = nara.get(&format!("/v2/invoices/{}", made.id())).await.is(200);
    assert_eq!(found.json(), made.json(), "what was answered is what is kept");
    let english = [("accept-language", "en")];
    let found = nara.ask(Method::GET, &format!("/v2/invoices/{}", made.id()), None, &english).await.is(200);
    assert_eq!(found.word("/items/1/how"), "1 × 50\u{a0}000 ₮ = 50\u{a0}000 ₮; + VAT 10 % = 55\u{a0}000 ₮");
    assert_eq!(town.count("select count(*) from outbox where kind = 'invoice.issued'").await, 1);
    let hashes = "select count(*) from invoices where length(link_hash) = 32";
    assert_eq!(town.count(hashes).await, 1);
    town.books_tie().await;
}

#[tokio::test]
async fn a_draft_has_no_number_until_it_is_issued() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let mut body = key_of(leased.contract);
    body["issue"] = json!(false);

    let draft = nara.post("/v2/invoices", body).await.is(201).shows("/code", json!(null)).shows("/status", "draft");

    let draft = draft.shows("/linkUrl", json!(null)).shows("/balance", "0");
    assert_eq!(town.count("select count(*) from outbox").await, 0);
    let path = format!("/v2/invoices/{}", draft.id());
    let issued = nara.post(&format!("{path}/issuance"), nothing()).await.is(200);
    issued.shows("/code", "INV-2026-000001").shows("/dueOn", "2026-10-15").shows("/version", 2);
    let again = nara.post(&format!("{path}/issuance"), nothing()).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "ILLEGAL_TRANSITION");
    assert_eq!(town.count("select count(*) from outbox where kind = 'invoice.issued'").await, 1);
    town.books_tie().await;
}

#[tokio::test]
async fn an_unpaid_invoice_is_taken_back_and_its_number_stays_used() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let first = nara.post("/v2/invoices", key_of(leased.contract)).await.is(201);
    let path = format!("/v2/invoices/{}/cancellation", first.id());

    let blank = nara.post(&path, json!({ "reason": "  " })).await.refuses(400, "VALIDATION_ERROR");
    let void = nara.post(&path, json!({ "reason": "Буруу гэрээ" })).await.is(200);

    assert!(blank["details"]["fields"]["reason"].is_array(), "{blank}");
    void.shows("/status", "void")
        .shows("/balance", "0")
        .shows("/linkUrl", json!(null))
        .shows("/code", "INV-2026-000001");
    nara.post(&path, json!({ "reason": "Дахин" })).await.refuses(409, "CONFLICT");
    let next = nara.post("/v2/invoices", key_of(leased.contract)).await.is(201).shows("/code", "INV-2026-000002");
    let paid = json!({ "tenantId": leased.tenant, "method": "cash", "amount": "100" });
    nara.post("/v2/payments", paid).await.is(201);
    let refused = nara.post(&format!("/v2/invoices/{}/cancellation", next.id()), json!({ "reason": "x" })).await;
    assert_eq!(refused.refuses(409, "CONFLICT")["details"]["reason"], "ILLEGAL_TRANSITION");
    town.books_tie().await;
}

#[tokio::test]
async fn eight_at_once_get_eight_numbers_without_a_gap() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let wrong = json!({ "contractId": leased.contract, "kind": "sale", "issue": true,
                        "items": [{ "description": "x", "unitPrice": "9223372036854775807", "quantity": "2" }] });

    let rounds = (0..8).map(|_| async {
        for _ in 0..5 {
            nara.post("/v2/invoices", key_of(leased.contract)).await.is(201);
            nara.post("/v2/invoices", wrong.clone()).await.refuses(400, "VALIDATION_ERROR");
        }
    });
    join_all(rounds).await;

    assert_eq!(town.count("select count(*) from invoices where code is not null").await, 40);
    town.books_tie().await;
}

#[tokio::test]
async fn the_same_request_twice_is_one_invoice() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let body = key_of(leased.contract);

    let first = post_once(&nara, "/v2/invoices", body.clone(), "k-1").await.is(201);
    let again = post_once(&nara, "/v2/invoices", body.clone(), "k-1").await.is(201);
    let mut other = body.clone();
    other["note"] = json!("өөр");
    let reused = post_once(&nara, "/v2/invoices", other, "k-1").await.refuses(409, "CONFLICT");
    let copies = join_all((0..20).map(|_| post_once(&nara, "/v2/invoices", body.clone(), "k-2"))).await;

    assert_eq!(first.bytes, again.bytes);
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert!(!first.headers.contains_key("idempotent-replayed"));
    assert_eq!(reused["details"]["reason"], "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(reused["details"]["fields"], json!(["note"]));
    for copy in copies {
        match copy.status.as_u16() {
            201 => assert_eq!(copy.word("/code"), "INV-2026-000002"),
            _ => assert_eq!(copy.refuses(409, "CONFLICT")["details"]["reason"], "IDEMPOTENCY_IN_PROGRESS"),
        }
    }
    assert_eq!(town.count("select count(*) from invoices").await, 2);
    assert_eq!(town.count("select count(*) from outbox").await, 2);
    assert_eq!(town.count("select next from number_sequences where series = 'invoice'").await, 3);
    town.books_tie().await;
}

#[tokio::test]
async fn what_is_wrong_is_named_by_field_and_changes_nothing() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = key_of(leased.contract);
        change(&mut body);
        body
    };
    let cases: [(&str, Value); 10] = [
        ("items[0].unitPrice", with(&|b| b["items"][0]["unitPrice"] = json!("9223372036854775808"))),
        ("items[0].unitPrice", with(&|b| b["items"][0]["unitPrice"] = json!("9223372036854775807"))),
        ("items[0].unitPrice", with(&|b| b["items"][0]["unitPrice"] = json!("-1"))),
        ("items[0].unitPrice", with(&|b| b["items"][0]["unitPrice"] = json!(5))),
        ("items[0].quantity", with(&|b| b["items"][0]["quantity"] = json!("0.0000001"))),
        ("items[0].description", with(&|b| b["items"][0]["description"] = json!(" "))),
        ("items[0].exemptionCode", with(&|b| b["items"][0]["vatMode"] = json!("exempt"))),
        ("items", with(&|b| b["items"] = json!([]))),
        ("kind", with(&|b| b["kind"] = json!("rent"))),
        ("paid", with(&|b| b["paid"] = json!(true))),
    ];

    for (field, body) in cases {
        let refused = nara.post("/v2/invoices", body.clone()).await.refuses(400, "VALIDATION_ERROR");
        let said = &refused["details"]["fields"][field][0];
        assert!(said.as_str().is_some_and(|said| !said.contains('⟦')), "{field}: {refused} for {body}");
    }

    let sum_too_large = json!({ "contractId": leased.contract, "kind": "fee", "issue": true, "items": [
        { "description": "a", "unitPrice": "9000000000000000000" }, { "description": "b", "unitPrice": "9000000000000000000" } ] });
    nara.post("/v2/invoices", sum_too_large).await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(town.count("select count(*) from invoices").await, 0);
    assert_eq!(town.count("select count(*) from number_sequences").await, 0);
}

#[tokio::test]
async fn who_may_not_bill_changes_nothing_and_who_is_a_stranger_sees_nothing() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let made = dulmaa.post("/v2/invoices", key_of(leased.contract)).await.is(201);
    let path = format!("/v2/invoices/{}", made.id());
    let reason = json!({ "reason": "x" });

    bat.post("/v2/invoices", key_of(leased.contract)).await.refuses(403, "FORBIDDEN");
    bat.post(&format!("{path}/cancellation"), reason.clone()).await.refuses(403, "FORBIDDEN");
    bat.post(&format!("{path}/issuance"), nothing()).await.refuses(403, "FORBIDDEN");
    saraa.post("/v2/invoices", key_of(leased.contract)).await.refuses(404, "NOT_FOUND");
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/cancellation"), reason.clone()).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/issuance"), nothing()).await.refuses(404, "NOT_FOUND");
    saraa.get("/v2/invoices").await.is(200).shows("/items", json!([]));
    saraa.get("/v2/invoices/totals").await.is(200).shows("/count", 0).shows("/total", "0");
    town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
    town.nobody().post("/v2/invoices", key_of(leased.contract)).await.refuses(401, "UNAUTHORIZED");

    assert_eq!(town.count("select count(*) from invoices where status = 'issued'").await, 1);
    assert_eq!(
        town.count("select count(*) from number_sequences where owner_id <> (select owner_id from invoices)").await,
        0
    );
    town.forces(&leased.contract.to_string(), "draft").await;
    let unsigned = dulmaa.post("/v2/invoices", key_of(leased.contract)).await.refuses(409, "CONFLICT");
    assert_eq!(unsigned["details"]["reason"], "CONTRACT_NOT_SIGNED");
    town.books_tie().await;
}

#[tokio::test]
async fn the_list_pages_through_everything_once_and_the_totals_are_its_sums() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let oyut = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let misheel = town.lease(town.altan, Lease::plain("CT-2026-0002", "Мөнх Мишээл 50%")).await;
    for n in 0..13 {
        let mut body = key_of(if n % 3 == 0 { misheel.contract } else { oyut.contract });
        body["period"] = json!(format!("2026-{:02}", 8 + n % 3));
        body["issue"] = json!(n % 4 != 0);
        nara.post("/v2/invoices", body).await.is(201);
    }
    let paid = json!({ "tenantId": oyut.tenant, "method": "bank", "amount": "3000000" });
    nara.post("/v2/payments", paid).await.is(201);

    let of_oyut = format!("contractId={}", oyut.contract);
    let of_tenant = format!("tenantId={}", misheel.tenant);
    let filters = [
        ("", 13),
        ("status=draft", 4),
        ("open=true", 8),
        ("open=false", 5),
        ("billed=true", 9),
        ("overdue=true", 0),
        ("overdue=false", 13),
        (&of_oyut, 8),
        (&of_tenant, 5),
        ("period=2026-09", 4),
        ("q=50%25", 5),
        ("q=%25%25", 0),
        ("q=INV-2026-00000", 9),
        ("q=%00", 13),
        ("kind=fee", 0),
    ];
    for (filter, count) in filters {
        let (mut seen, mut cursor, mut total, mut balance) = (Vec::new(), String::new(), 0, 0);
        loop {
            let page = nara.get(&format!("/v2/invoices?{filter}&limit=3{cursor}")).await.is(200).json();
            for item in page["items"].as_array().expect("a list") {
                total += item["total"].as_str().and_then(|t| t.parse::<i64>().ok()).expect("an amount");
                balance += item["balance"].as_str().and_then(|t| t.parse::<i64>().ok()).expect("an amount");
                seen.push((
                    item["period"].as_str().expect("a month").to_owned(),
                    item["id"].as_str().expect("an id").to_owned(),
                ));
            }
            match page["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        sorted.reverse();
        assert_eq!(seen, sorted, "{filter}: newest first and each once");
        assert_eq!(seen.len(), count, "{filter}");
        let totals = nara.get(&format!("/v2/invoices/totals?{filter}")).await.is(200);
        let totals = totals.shows("/count", seen.len());
        assert_eq!((totals.mungo("/total"), totals.mungo("/balance")), (total, balance), "{filter}");
    }
    nara.get("/v2/invoices?cursor=x").await.refuses(400, "VALIDATION_ERROR");
    nara.get("/v2/invoices?limit=101").await.refuses(400, "VALIDATION_ERROR");
    nara.get("/v2/invoices?colour=red").await.refuses(400, "VALIDATION_ERROR");
    town.books_tie().await;
}

#[tokio::test]
async fn at_night_late_bills_become_overdue() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let made = nara.post("/v2/invoices", key_of(leased.contract)).await.is(201).shows("/dueOn", "2026-10-15");
    let path = format!("/v2/invoices/{}", made.id());
    town.sql("delete from outbox").await;

    town.moves_on("2026-10-15T02:00:00Z").await;
    town.run_cron("invoice.overdue").await;
    nara.get(&path).await.is(200).shows("/status", "issued");
    town.moves_on("2026-10-15T16:05:00Z").await;
    town.run_cron("invoice.overdue").await;

    nara.get(&path).await.is(200).shows("/status", "overdue");
    nara.get("/v2/invoices?overdue=true").await.is(200).shows("/items/0/id", made.id());
    let noted = "select count(*) from audit_log where action = 'invoice.overdue' and before->>'status' = 'issued'";
    assert_eq!(town.count(noted).await, 1);
    town.run_cron("invoice.overdue").await;
    assert_eq!(town.count(noted).await, 1);
    town.books_tie().await;
}
