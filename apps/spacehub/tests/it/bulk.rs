//! What is done to many invoices at once: looked at, ordered, worked off, tried again; and invoices as PDF.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    books::{Lease, Leased},
    town::{Person, Tenant, Town, nothing},
};

async fn let_out(town: &Town) -> Leased {
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await
}

async fn bill(who: &Person<'_>, contract: Uuid, tugrug: i64, issue: bool) -> Value {
    let body = json!({ "contractId": contract, "kind": "sale", "issue": issue,
                       "items": [{ "description": "Засвар", "unitPrice": (tugrug * 100).to_string() }] });
    who.post("/v2/invoices", body).await.is(201).json()
}

fn id_of(thing: &Value) -> &str {
    thing["id"].as_str().expect("an id")
}

/// The words of a PDF.
fn words_of(pdf: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext (see .ci/needs)");
    let (mut stdin, pdf) = (child.stdin.take().expect("piped"), pdf.to_vec());
    let writing = std::thread::spawn(move || stdin.write_all(&pdf));
    let output = child.wait_with_output().expect("it ends");
    writing.join().expect("no panic").expect("it reads to the end");
    let text = String::from_utf8(output.stdout).expect("UTF-8").replace(['\u{202f}', '\u{a0}'], " ");
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn all_drafts_of_a_filter_are_issued_each_once_and_without_a_gap() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    for n in 1..=7 {
        bill(&nara, leased.contract, 1000 * n, false).await;
    }
    bill(&nara, leased.contract, 9000, true).await;
    let order = json!({ "verb": "issue", "filter": { "kind": "sale" } });

    let looked = nara.post("/v2/bulk-orders/preview", order.clone()).await.is(200);
    let looked = looked.shows("/chosen", 8).shows("/count", 7).shows("/total", "2800000").shows("/texts", json!(null));
    looked.shows("/leftOut/0/reason", "NOT_DRAFT").shows("/leftOut/0/count", 1);
    let mut stale = order.clone();
    stale["expectedCount"] = json!(6);
    let changed = nara.post("/v2/bulk-orders", stale).await.refuses(409, "CONFLICT");
    assert_eq!(changed["details"]["reason"], "BULK_CHANGED");
    let made = nara.post("/v2/bulk-orders", order.clone()).await.is(201).shows("/waiting", 7).shows("/done", 0);
    town.keep_promises().await;

    let path = format!("/v2/bulk-orders/{}", made.id());
    let ended = nara.get(&path).await.is(200).shows("/done", 7).shows("/waiting", 0).shows("/failed", 0);
    ended.shows("/total", "2800000").shows("/count", 7);
    assert_eq!(town.count("select count(*) from invoices where status = 'issued' and kind = 'sale'").await, 8);
    assert_eq!(town.count("select count(*) from outbox where kind = 'invoice.issued'").await, 8);
    let again = nara.post("/v2/bulk-orders", order).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "BULK_NOTHING_TO_DO");
    let none = nara.post(&format!("{path}/retry"), nothing()).await.refuses(409, "CONFLICT");
    assert_eq!(none["details"]["reason"], "BULK_NOTHING_FAILED");
    let (mut seen, mut cursor) = (0, String::new());
    loop {
        let page = nara.get(&format!("{path}/items?limit=3{cursor}")).await.is(200).json();
        seen += page["items"].as_array().expect("a list").len();
        assert!(page["items"].as_array().expect("a list").iter().all(|item| item["status"] == "done"));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, 7);
    town.books_tie().await;
}

#[tokio::test]
async fn an_invoice_that_changed_meanwhile_fails_with_its_reason_and_the_others_go_on() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let (first, second) =
        (bill(&nara, leased.contract, 10, false).await, bill(&nara, leased.contract, 20, false).await);
    let order = json!({ "verb": "issue", "filter": { "ids": format!("{},{}", id_of(&first), id_of(&second)) } });
    let made = nara.post("/v2/bulk-orders", order).await.is(201).id();
    nara.post(&format!("/v2/invoices/{}/issuance", id_of(&first)), nothing()).await.is(200);

    town.keep_promises().await;

    nara.get(&format!("/v2/bulk-orders/{made}")).await.is(200).shows("/done", 1).shows("/failed", 1);
    let failed = nara.get(&format!("/v2/bulk-orders/{made}/items?status=failed")).await.is(200);
    let failed = failed.shows("/items/0/invoiceId", id_of(&first)).shows("/items/0/reason", "ILLEGAL_TRANSITION");
    assert!(!failed.word("/items/0/sentence").contains(['⟦', '{']), "{}", failed.word("/items/0/sentence"));
    town.books_tie().await;
}

#[tokio::test]
async fn reminders_cost_what_was_said_and_the_failed_are_tried_again() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let good = town.lets(town.altan, "301", Tenant::default()).await;
    let refused = town.lets(town.altan, "302", Tenant { phone: Some("99110003"), ..Tenant::default() }).await;
    let silent = town.lets(town.altan, "303", Tenant { phone: None, ..Tenant::default() }).await;
    for contract in [good, refused, silent] {
        bill(&nara, contract, 50_000, true).await;
    }
    town.keep_promises().await;
    let before = outside.sandbox.sms.messages_to("99110001").len();
    town.sql("update invoices set due_on = due_on - 40, issued_on = issued_on - 40, status = 'overdue'").await;
    let order = json!({ "verb": "remind", "filter": { "lateFrom": 1 } });

    let looked = nara.post("/v2/bulk-orders/preview", order.clone()).await.is(200);
    let looked = looked.shows("/chosen", 3).shows("/count", 2).shows("/phones", 2).shows("/balance", "10000000");
    let looked = looked.shows("/leftOut/0/reason", "NO_PHONE").shows("/texts/price", "5500");
    let (parts, cost) = (looked.json()["texts"]["parts"].as_i64().expect("parts"), looked.mungo("/texts/cost"));
    assert_eq!(cost, parts * 5_500);
    let made = nara.post("/v2/bulk-orders", order).await.is(201).id();
    town.keep_promises().await;

    let path = format!("/v2/bulk-orders/{made}");
    let ended = nara.get(&path).await.is(200).shows("/done", 1).shows("/failed", 1).shows("/waiting", 0);
    assert_eq!(ended.json()["parts"].as_i64().map(|sent| sent * 2), Some(parts), "both are as long");
    let texts = outside.sandbox.sms.messages_to("99110001");
    assert_eq!(texts.len(), before + 1);
    let said = &texts[0].text;
    assert!(said.contains("хоног хэтэр") && said.contains("50 000 ₮") && said.contains("/i/"), "{said}");
    let failed = nara.get(&format!("{path}/items?status=failed")).await.is(200).shows("/items/0/reason", "SMS_REFUSED");
    failed.shows("/items/0/phone", "99110003");

    town.sql("update tenants set phone = '88110017' where phone = '99110003'").await;
    nara.post(&format!("{path}/retry"), nothing()).await.is(200).shows("/waiting", 1);
    town.keep_promises().await;
    nara.get(&path).await.is(200).shows("/done", 2).shows("/failed", 0);
    assert_eq!(outside.sandbox.sms.messages_to("88110017").len(), 1);
    assert_eq!(outside.sandbox.sms.messages_to("99110001").len(), before + 1, "only the failed one again");
    nara.get("/v2/invoices/totals?sent=true").await.is(200).shows("/count", 2);
    nara.get("/v2/invoices/totals?sent=false").await.is(200).shows("/count", 1);

    let again = json!({ "verb": "send", "filter": { "q": "88110017" } });
    nara.post("/v2/bulk-orders", again).await.is(201);
    town.keep_promises().await;
    assert_eq!(outside.sandbox.sms.messages_to("88110017").len(), 2);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn chosen_invoices_are_printed_to_one_pdf() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let bills = [bill(&nara, leased.contract, 100, true).await, bill(&nara, leased.contract, 200, true).await];
    bill(&nara, leased.contract, 300, false).await;
    let order = json!({ "verb": "print", "filter": { "contractId": leased.contract } });

    let made = nara.post("/v2/bulk-orders", order).await.is(201).shows("/count", 2).id();
    let path = format!("/v2/bulk-orders/{made}");
    nara.get(&format!("{path}/paper")).await.refuses(404, "NOT_FOUND");
    town.keep_promises().await;

    nara.get(&path).await.is(200).shows("/done", 2).shows("/waiting", 0);
    let paper = nara.get(&format!("{path}/paper")).await.is(200).shows("/pages", 2).json();
    let (status, _, pdf) = town.opens(paper["link"]["url"].as_str().expect("a link")).await;
    assert_eq!(status, 200);
    let words = words_of(&pdf);
    for one in &bills {
        assert!(words.contains(&format!("№ {}", one["code"].as_str().expect("a code"))), "{words}");
    }
}

#[tokio::test]
async fn chosen_invoices_are_credited_with_one_reason() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    for tugrug in [100, 200, 300] {
        bill(&nara, leased.contract, tugrug, true).await;
    }
    let mut order = json!({ "verb": "correct", "filter": { "minTotal": "15000", "maxTotal": "30000" } });
    nara.post("/v2/bulk-orders", order.clone()).await.refuses(400, "VALIDATION_ERROR");
    order["reason"] = json!("Ус тасарсан");

    let made = nara.post("/v2/bulk-orders", order).await.is(201).shows("/count", 2).id();
    town.keep_promises().await;

    let items = nara.get(&format!("/v2/bulk-orders/{made}/items")).await.is(200).json();
    for item in items["items"].as_array().expect("a list") {
        assert_eq!(item["status"], "done");
        assert!(item["resultCode"].as_str().is_some_and(|code| code.starts_with("INV-2026-")), "{item}");
    }
    nara.get("/v2/invoices/totals?open=true").await.is(200).shows("/balance", "10000");
    assert_eq!(town.count("select count(*) from invoices where note = 'Ус тасарсан'").await, 2);
    town.books_tie().await;
}

#[tokio::test]
async fn an_invoice_is_printed_for_staff_its_tenant_and_the_holder_of_its_link() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let leased = let_out(&town).await;
    let tenant = town.linked_tenant(&dulmaa, "Бат", "99110001").await;
    let made = bill(&dulmaa, leased.contract, 1_100, true).await;
    let (path, code) = (format!("/v2/invoices/{}/paper", id_of(&made)), made["code"].as_str().expect("a code"));
    let link = made["linkUrl"].as_str().and_then(|url| url.rsplit('/').next()).expect("a link");

    dulmaa.get(&path).await.refuses(404, "NOT_FOUND");
    tenant.post(&path, nothing()).await.is(201).shows("/status", "pending").shows("/link", json!(null));
    town.keep_promises().await;

    let of_link = format!("/v2/links/{link}/paper");
    for (who, path) in [(&dulmaa, &path), (&tenant, &path), (&town.nobody(), &of_link)] {
        let paper = who.get(path).await.is(200).shows("/status", "ready").shows("/pages", 1).json();
        let (status, headers, pdf) = town.opens(paper["link"]["url"].as_str().expect("a link")).await;
        assert_eq!((status, headers["content-type"].as_bytes()), (200, b"application/pdf".as_slice()));
        let words = words_of(&pdf);
        for said in
            ["НЭХЭМЖЛЭХ", code, "Оюут Ухаан ХХК", "Засвар", "НӨАТ багтсан", "1 100", "нэг мянга нэг зуун төгрөг", "/i/"]
        {
            assert!(words.contains(said), "{said}: {words}");
        }
    }
    // As long as the bill stays as it is, it is not made again.
    town.nobody().post(&of_link, nothing()).await.is(201).shows("/status", "ready");
    assert_eq!(town.count("select count(*) from documents where kind = 'invoice'").await, 1);
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.post(&path, nothing()).await.refuses(404, "NOT_FOUND");
    bat.post(&path, nothing()).await.refuses(404, "NOT_FOUND");
    town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
    town.nobody().get("/v2/links/0123456789012345678901/paper").await.refuses(404, "NOT_FOUND");
    let paid = json!({ "tenantId": leased.tenant, "method": "cash", "amount": "1000" });
    dulmaa.post("/v2/payments", paid).await.is(201);
    dulmaa.post(&path, nothing()).await.is(201).shows("/status", "pending");
    let draft = bill(&dulmaa, leased.contract, 5, false).await;
    dulmaa.post(&format!("/v2/invoices/{}/paper", id_of(&draft)), nothing()).await.refuses(404, "NOT_FOUND");
}

#[tokio::test]
async fn who_may_order_and_who_may_look() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let leased = let_out(&town).await;
    let tenant = town.linked_tenant(&dulmaa, "Бат", "99110001").await;
    bill(&nara, leased.contract, 100, false).await;
    let order = json!({ "verb": "issue", "filter": {} });

    for path in ["/v2/bulk-orders", "/v2/bulk-orders/preview"] {
        bat.post(path, order.clone()).await.refuses(403, "FORBIDDEN");
        tenant.post(path, order.clone()).await.refuses(403, "FORBIDDEN");
        town.nobody().post(path, order.clone()).await.refuses(401, "UNAUTHORIZED");
    }
    let none = saraa.post("/v2/bulk-orders", order.clone()).await.refuses(409, "CONFLICT");
    assert_eq!(none["details"]["reason"], "BULK_NOTHING_TO_DO");
    nara.post("/v2/bulk-orders", json!({ "verb": "shred", "filter": {} })).await.refuses(400, "VALIDATION_ERROR");
    let made = dulmaa.post("/v2/bulk-orders", order).await.is(201).id();
    town.keep_promises().await;
    let path = format!("/v2/bulk-orders/{made}");

    // What is in other buildings is not counted for an employee.
    bat.get(&path).await.is(200).shows("/count", 1).shows("/done", 0);
    bat.get(&format!("{path}/items")).await.is(200).shows("/items", json!([]));
    bat.post(&format!("{path}/retry"), nothing()).await.refuses(403, "FORBIDDEN");
    tenant.get(&path).await.refuses(404, "NOT_FOUND");
    tenant.get("/v2/bulk-orders").await.is(200).shows("/items", json!([]));
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.get(&format!("{path}/items")).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/retry"), nothing()).await.refuses(404, "NOT_FOUND");
    saraa.get("/v2/bulk-orders").await.is(200).shows("/items", json!([]));
    nara.get("/v2/bulk-orders").await.is(200).shows("/items/0/id", made);
    assert_eq!(town.count("select count(*) from audit_log where action = 'bulk_order.make'").await, 1);
}
