//! The accountant's desk: the month's steps counted, one memory of reminding, views that are kept, bills given up for good,
//! and receipts that follow what their payments pay.

use http::Method;
use serde_json::{Value, json};
use store::{Key, Store};
use uuid::Uuid;

use crate::{
    books::{Lease, Leased},
    town::{Person, Reply, Tenant, Town, nothing},
};

async fn let_out(town: &Town) -> Leased {
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await
}

async fn bill(who: &Person<'_>, contract: Uuid, tugrug: i64) -> String {
    let body = json!({ "contractId": contract, "kind": "sale", "issue": true,
                       "items": [{ "description": "Үйлчилгээ", "unitPrice": (tugrug * 100).to_string() }] });
    who.post("/v2/invoices", body).await.is(201).id()
}

fn reason(reply: Reply) -> Value {
    reply.refuses(409, "CONFLICT")["details"]["reason"].clone()
}

/// Done and open of a step of the month's work.
async fn step(who: &Person<'_>, month: &str, step: &str) -> (i64, i64, Value) {
    let work = who.get(&format!("/v2/months/{month}/work")).await.is(200).json();
    let steps = work["steps"].as_array().expect("steps").clone();
    let one = steps.into_iter().find(|one| one["step"] == step).expect("a step");
    (one["done"].as_i64().expect("done"), one["open"].as_i64().expect("open"), one)
}

#[tokio::test]
async fn the_month_counts_penalties_reminders_the_bank_and_reports() {
    let (town, _outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "301", Tenant::default()).await;
    let terms = json!({ "rateBp": 50, "graceDays": 0, "countsFrom": "due", "clause": "5.3" });
    let path = format!("/v2/contracts/{contract}/penalty-terms");
    nara.ask(Method::PUT, &path, Some(terms), &[]).await.is(200).shows("/clause", "5.3");
    nara.get(&path).await.is(200).shows("/clause", "5.3");
    let late = bill(&nara, contract, 1_000_000).await;
    let due = town.sql(&format!("select due_on::text from invoices where id = '{late}'")).await;
    assert!(due[0].get::<_, String>(0).starts_with("2026-1"), "due soon");
    town.sql("update invoices set due_on = '2026-10-12'").await;
    town.moves_on("2026-10-25T02:00:00Z").await;
    town.run_cron("invoice.overdue").await;

    assert_eq!(step(&nara, "2026-10", "penalties").await.0, 0);
    assert_eq!(step(&nara, "2026-10", "penalties").await.1, 1);
    assert_eq!(step(&nara, "2026-09", "penalties").await.1, 0, "nothing was late then");
    let (done, open, reminders) = step(&nara, "2026-10", "reminders").await;
    assert_eq!((done, open, &reminders["parts"][0]), (0, 1, &json!({ "what": "due", "count": 1 })));
    assert_eq!(step(&nara, "2026-10", "bank").await.2["state"], "nothing");
    assert_eq!(step(&nara, "2026-10", "reports").await.1, 4);
    nara.post("/v2/penalties/charges", json!({ "invoiceIds": [late] })).await.is(201);
    nara.post("/v2/reminder-orders", json!({ "contractIds": [contract] })).await.is(201);
    town.keep_promises().await;

    let (done, open, penalties) = step(&nara, "2026-10", "penalties").await;
    assert_eq!((done, open), (1, 0));
    assert!(penalties["who"].is_string() && penalties["at"].is_string(), "{penalties}");
    let (done, open, reminders) = step(&nara, "2026-10", "reminders").await;
    assert_eq!((done, open, &reminders["state"]), (1, 0, &json!("done")), "{reminders}");

    // A report counts whole, and once the month is over.
    nara.get("/v2/invoices/export?period=2026-10").await.is(200);
    assert_eq!(step(&nara, "2026-10", "reports").await.0, 0, "the month was not over");
    town.moves_on("2026-11-02T02:00:00Z").await;
    nara.get("/v2/invoices/export?period=2026-10&q=x").await.is(200);
    assert_eq!(step(&nara, "2026-10", "reports").await.0, 0, "a part of the month");
    nara.get("/v2/invoices/export?period=2026-10").await.is(200);
    nara.get("/v2/payments/export?from=2026-10-01&to=2026-10-31").await.is(200);
    nara.get("/v2/receivables/export?asOf=2026-10-31").await.is(200);
    let (done, open, reports) = step(&nara, "2026-10", "reports").await;
    assert_eq!((done, open), (3, 1), "{reports}");
    nara.get("/v2/penalties/export?asOf=2026-10-31").await.is(200);
    assert_eq!(step(&nara, "2026-10", "reports").await.2["state"], "done");
    let kept = nara.get("/v2/months/2026-10/reports").await.is(200).shows("/isOver", true);
    let kept = kept.shows("/reports/0/report", "charges").shows("/reports/0/rows", 1);
    assert!(kept.json()["reports"][0]["savedBy"].is_string());
    town.neighbour().await.get("/v2/months/2026-10/reports").await.is(200).shows("/reports/0/savedAt", json!(null));
    town.employee().await.get("/v2/months/2026-10/reports").await.refuses(403, "FORBIDDEN");
}

#[tokio::test]
async fn nobody_is_reminded_twice_whichever_way() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "301", Tenant::default()).await;
    bill(&nara, contract, 50_000).await;
    bill(&nara, contract, 20_000).await;
    town.keep_promises().await;
    town.sql("update invoices set due_on = due_on - 40, issued_on = issued_on - 40, status = 'overdue'").await;
    let before = outside.sandbox.sms.messages_to("99110001").len();
    let order = json!({ "verb": "remind", "filter": { "lateFrom": 1 }, "stage": 1 });

    let looked = nara.post("/v2/bulk-orders/preview", order.clone()).await.is(200).shows("/count", 2);
    let parts = looked.json()["texts"]["parts"].as_i64().expect("parts");
    let made = nara.post("/v2/bulk-orders", order.clone()).await.is(201).shows("/waiting", 2).id();
    assert_eq!(reason(nara.post("/v2/bulk-orders", order.clone()).await), "BULK_NOTHING_TO_DO");
    town.keep_promises().await;
    let ended = nara.get(&format!("/v2/bulk-orders/{made}")).await.is(200).shows("/done", 2).shows("/waiting", 0);
    ended.shows("/parts", parts);
    let texts = outside.sandbox.sms.messages_to("99110001");
    assert_eq!(texts.len(), before + 1, "one text for both bills of the contract");
    assert!(texts.iter().any(|text| text.text.contains("70 000 ₮")), "all that is overdue");

    let left = nara.post("/v2/bulk-orders/preview", order).await.is(200).shows("/count", 0);
    left.shows("/leftOut/0/reason", "REMINDED").shows("/leftOut/0/count", 2);
    let by_hand = json!({ "contractIds": [contract], "stage": 1 });
    let passed = nara.post("/v2/reminder-orders/preview", by_hand.clone()).await.is(200);
    passed.shows("/recipients", json!([])).shows("/passedOver/0/because", "reminded");
    assert_eq!(reason(nara.post("/v2/reminder-orders", by_hand).await), "NOBODY_TO_REMIND");

    let later = bill(&nara, contract, 10_000).await;
    town.sql(&format!("update invoices set due_on = due_on - 40, status = 'overdue' where id = '{later}'")).await;
    let promise = json!({ "contractId": contract, "amount": "7000000", "dueOn": "2026-12-20" });
    nara.post("/v2/promises-to-pay", promise).await.is(201);
    let waits =
        nara.post("/v2/bulk-orders/preview", json!({ "verb": "remind", "filter": { "ids": later } })).await.is(200);
    waits.shows("/leftOut/0/reason", "PROMISED");
    let wrong = json!({ "verb": "print", "filter": {}, "stage": 1 });
    nara.post("/v2/bulk-orders", wrong).await.refuses(400, "VALIDATION_ERROR");
}

#[tokio::test]
async fn a_paper_that_cannot_be_set_fails_with_its_reason_and_is_tried_again() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let (good, gone) = (bill(&nara, leased.contract, 100).await, bill(&nara, leased.contract, 200).await);
    let made = nara
        .post("/v2/bulk-orders", json!({ "verb": "print", "filter": { "contractId": leased.contract } }))
        .await
        .is(201)
        .id();
    nara.post(&format!("/v2/invoices/{gone}/cancellation"), json!({ "reason": "Алдаа" })).await.is(200);
    town.keep_promises().await;

    let path = format!("/v2/bulk-orders/{made}");
    nara.get(&path).await.is(200).shows("/done", 1).shows("/failed", 1).shows("/waiting", 0);
    let items = nara.get(&format!("{path}/items?status=failed")).await.is(200);
    items.shows("/items/0/invoiceId", gone).shows("/items/0/reason", "NOT_ISSUED");
    nara.get(&format!("{path}/paper")).await.is(200).shows("/pages", 1);
    nara.post(&format!("{path}/retry"), nothing()).await.is(200).shows("/waiting", 1);
    town.keep_promises().await;
    nara.get(&path).await.is(200).shows("/failed", 1).shows("/done", 1);
    nara.get(&format!("{path}/paper")).await.is(200).shows("/pages", 1);
    nara.get(&format!("{path}/items?status=done")).await.is(200).shows("/items/0/invoiceId", good);

    // The owner's mark is no picture: nothing can be set until it is gone.
    let key = Key::fresh(town.altan, "marks", "png");
    let store = town.workshop.part::<Store>();
    store.put(&key, "image/png", bytes::Bytes::from_static(b"no picture")).await.expect("it is kept");
    let mark = "insert into files (id, owner_id, purpose, name, status, key, content_type, size, slot)
                values (gen_random_uuid(), '{owner}', 'owner_logo', 'mark.png', 'ready', '{key}', 'image/png', 10, 1)";
    town.sql(&mark.replace("{owner}", &town.altan.to_string()).replace("{key}", key.as_str())).await;
    let order = json!({ "verb": "print", "filter": { "contractId": leased.contract } });
    let made = nara.post("/v2/bulk-orders", order).await.is(201).id();
    town.keep_promises().await;
    let path = format!("/v2/bulk-orders/{made}");
    nara.get(&path).await.is(200).shows("/failed", 1).shows("/waiting", 0);
    let failed = nara.get(&format!("{path}/items")).await.is(200).shows("/items/0/reason", "PRINT_FAILED");
    assert!(!failed.word("/items/0/sentence").contains(['⟦', '_']), "{}", failed.word("/items/0/sentence"));
    nara.get(&format!("{path}/paper")).await.refuses(404, "NOT_FOUND");
    town.sql("update files set status = 'gone', slot = null where purpose = 'owner_logo'").await;
    nara.post(&format!("{path}/retry"), nothing()).await.is(200).shows("/waiting", 1);
    town.keep_promises().await;
    nara.get(&path).await.is(200).shows("/done", 1).shows("/failed", 0);
    nara.get(&format!("{path}/paper")).await.is(200).shows("/pages", 1);
}

#[tokio::test]
async fn a_view_of_the_list_is_kept_shared_and_one_s_own() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let view = json!({ "name": "Том өртэй", "filter": { "overdue": true, "minTotal": "100000000" },
                       "columns": ["code", "tenant", "balance"], "shared": false });

    let made = nara.post("/v2/invoice-views", view.clone()).await.is(201).shows("/mine", true);
    let (made, path) = (made.shows("/columns", json!(["code", "tenant", "balance"])), "/v2/invoice-views");
    let id = made.id();
    assert_eq!(reason(nara.post(path, view.clone()).await), "VIEW_NAME_TAKEN");
    nara.post(path, json!({ "name": " ", "filter": {} })).await.refuses(400, "VALIDATION_ERROR");
    nara.post(path, json!({ "name": "x", "filter": { "ids": "a" } })).await.refuses(400, "VALIDATION_ERROR");
    dulmaa.get(path).await.is(200).shows("/items", json!([]));
    let change = |shared: bool| {
        let mut view = view.clone();
        view["shared"] = json!(shared);
        view
    };
    let one = format!("{path}/{id}");
    for other in [&dulmaa, &bat, &saraa] {
        other.ask(Method::PUT, &one, Some(change(true)), &[]).await.refuses(404, "NOT_FOUND");
        other.ask(Method::DELETE, &one, None, &[]).await.refuses(404, "NOT_FOUND");
    }
    nara.ask(Method::PUT, &one, Some(change(true)), &[]).await.is(200).shows("/shared", true);
    for other in [&dulmaa, &bat] {
        let seen = other.get(path).await.is(200).shows("/items/0/name", "Том өртэй").shows("/items/0/mine", false);
        seen.shows("/items/0/filter/minTotal", "100000000");
    }
    saraa.get(path).await.is(200).shows("/items", json!([]));
    town.nobody().get(path).await.refuses(401, "UNAUTHORIZED");
    nara.ask(Method::DELETE, &one, None, &[]).await.is(204);
    nara.get(path).await.is(200).shows("/items", json!([]));

    let leased = let_out(&town).await;
    bill(&nara, leased.contract, 100).await;
    let plain = nara.get("/v2/invoices").await.is(200).json();
    assert!(plain["items"][0].get("standing").is_none(), "it costs nothing where nobody asks for it");
    nara.get("/v2/invoices?standing=true").await.is(200).shows("/items/0/standing/penalty", "0");
}

#[tokio::test]
async fn what_will_never_be_paid_is_asked_for_decided_and_taken_back() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let leased = let_out(&town).await;
    let owed = bill(&nara, leased.contract, 1_000).await;
    let cash = json!({ "tenantId": leased.tenant, "method": "cash", "amount": "30000" });
    nara.post("/v2/payments", cash).await.is(201);
    let ask = format!("/v2/invoices/{owed}/write-offs");
    for (who, code) in [(&bat, 403), (&saraa, 404)] {
        let refused = who.post(&ask, json!({ "reason": "Х" })).await;
        assert_eq!(refused.status, code);
    }
    nara.post(&ask, json!({ "reason": " " })).await.refuses(400, "VALIDATION_ERROR");
    let more = json!({ "amount": "70001", "reason": "Х" });
    assert_eq!(reason(nara.post(&ask, more).await), "WRITE_OFF_ABOVE_OPEN");

    let asked = nara.post(&ask, json!({ "reason": "Татан буугдсан" })).await.is(201).shows("/status", "asked");
    let asked = asked.shows("/amount", "70000");
    let path = format!("/v2/write-offs/{}", asked.id());
    assert_eq!(reason(nara.post(&ask, json!({ "reason": "Дахиад" })).await), "WRITE_OFF_ASKED");
    let accept = json!({ "accept": true });
    nara.post(&format!("{path}/decision"), accept.clone()).await.refuses(403, "FORBIDDEN");
    saraa.post(&format!("{path}/decision"), accept.clone()).await.refuses(404, "NOT_FOUND");
    dulmaa.post(&format!("{path}/decision"), json!({ "accept": false })).await.refuses(400, "VALIDATION_ERROR");
    let refuse = json!({ "accept": false, "reason": "Шүүх шийдээгүй" });
    dulmaa.post(&format!("{path}/decision"), refuse).await.is(200).shows("/status", "refused");
    dulmaa.post(&format!("{path}/decision"), accept.clone()).await.refuses(409, "CONFLICT");
    let again = nara.post(&ask, json!({ "reason": "Шүүх шийдсэн" })).await.is(201).id();
    let path = format!("/v2/write-offs/{again}");
    dulmaa.post(&format!("{path}/decision"), accept).await.is(200).shows("/status", "booked");

    let paid = nara.get(&format!("/v2/invoices/{owed}")).await.is(200);
    paid.shows("/status", "paid").shows("/balance", "0").shows("/paidAmount", "100000");
    let account =
        |name: &str| format!("select coalesce(sum(amount), 0)::bigint from ledger_postings where account = '{name}'");
    assert_eq!(town.count(&account("write_off")).await, 70_000);
    assert_eq!(town.count(&account("receivable")).await, 0);
    town.books_tie().await;
    let out = nara.get("/v2/months/2026-10/tie-out").await.is(200).shows("/ties", true);
    out.shows("/total/credits", "70000").shows("/total/payments", "30000").shows("/total/closing", "0");
    let statement =
        nara.get(&format!("/v2/contracts/{}/statement?from=2026-10-01&to=2026-10-31", leased.contract)).await;
    assert!(statement.is(200).text().contains("write_off"), "the statement tells of it");
    assert_eq!(
        reason(nara.post(&format!("/v2/invoices/{owed}/correction"), json!({ "reason": "Х" })).await),
        "CORRECTION_OF_WRITTEN_OFF"
    );

    dulmaa
        .post(&format!("{path}/reversal"), json!({ "reason": "Төлнө гэсэн" }))
        .await
        .is(200)
        .shows("/status", "reversed");
    nara.get(&format!("/v2/invoices/{owed}")).await.is(200).shows("/balance", "70000");
    assert_eq!(town.count(&account("write_off")).await, 0);
    town.books_tie().await;
    // A director's own is booked at once, and stands once its month is locked.
    let own =
        dulmaa.post(&ask, json!({ "amount": "20000", "reason": "Бага" })).await.is(201).shows("/status", "booked");
    let own = format!("/v2/write-offs/{}/reversal", own.id());
    town.moves_on("2026-11-03T02:00:00Z").await;
    town.run_cron("invoice.overdue").await;
    dulmaa.post("/v2/months/2026-10/lock", nothing()).await.is(201);
    assert_eq!(reason(dulmaa.post(&own, json!({ "reason": "Х" })).await), "MONTH_LOCKED");
    nara.get("/v2/write-offs?status=booked").await.is(200).shows("/items/0/amount", "20000");
    saraa.get("/v2/write-offs").await.is(200).shows("/items", json!([]));
    bat.get("/v2/write-offs").await.refuses(403, "FORBIDDEN");
    let noted = "select count(*) from audit_log where action like 'write_off.%'";
    assert_eq!(town.count(noted).await, 3 + 1 + 2 + 1, "asked thrice, refused once, booked twice, taken back once");
    town.books_tie().await;
}

#[tokio::test]
async fn a_receipt_says_what_its_payment_pays_and_goes_back_with_it() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "301", Tenant::default()).await;
    let owed = nara.bills(contract, 100_000).await;
    let payment = nara.takes_cash(&town, &owed, 100_000).await.id();
    town.keep_promises().await;
    let first = outside.sandbox.ebarimt.receipts().remove(0);
    let items = nara.get(&format!("/v2/invoices/{}", owed.id)).await.is(200).word("/items/0/id");

    // A part of the bill is taken off: what remains is told by a receipt in the first one's place.
    let part = json!({ "reason": "Илүү бодсон", "lines": [{ "itemId": items, "amount": "2500000" }] });
    nara.post(&format!("/v2/invoices/{}/correction", owed.id), part).await.is(201);
    town.keep_promises().await;
    let told = outside.sandbox.ebarimt.receipts();
    assert_eq!(told.len(), 2);
    assert_eq!(told[1].total.mungo(), 7_500_000);
    let rows = town.sql("select status, amount, replaces_id is not null as replaces from receipts order by id").await;
    let row = |at: usize| (rows[at].get::<_, String>(0), rows[at].get::<_, i64>(1), rows[at].get::<_, bool>(2));
    assert_eq!(row(0), ("returned".into(), 10_000_000, false));
    assert_eq!(row(1), ("sent".into(), 7_500_000, true));
    let shown = town.nobody().get(&owed.link).await.is(200).json();
    let shown = shown["receipts"].as_array().expect("receipts").iter().find(|one| one["status"] == "sent").cloned();
    assert_eq!(shown.expect("it stands")["lottery"], json!(first.lottery), "the number drawn first stays good");

    // The payment is taken back: the receipt goes back whole, once.
    nara.post(&format!("/v2/payments/{payment}/reversal"), json!({ "reason": "Буцсан" })).await.is(201);
    town.keep_promises().await;
    assert_eq!(town.count("select count(*) from receipts where status = 'returned'").await, 2);
    assert_eq!(town.count("select count(*) from receipts where status = 'sent'").await, 0);
    assert_eq!(town.count("select count(*) from audit_log where action = 'receipt.return'").await, 2);
    town.books_tie().await;
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_return_whose_answer_was_lost_is_asked_again_and_counts_once() {
    use providers::sandbox::{Mood, Provider};
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "301", Tenant::default()).await;
    let owed = nara.bills(contract, 50_000).await;
    let payment = nara.takes_cash(&town, &owed, 50_000).await.id();
    town.keep_promises().await;
    outside.feels_once(Provider::Ebarimt, Mood::DieAfterEffect);

    nara.post(&format!("/v2/payments/{payment}/reversal"), json!({ "reason": "Буцсан" })).await.is(201);
    for _ in 0..3 {
        town.keep_promises().await;
        town.passes(jiff::SignedDuration::from_hours(2));
    }
    town.keep_promises().await;

    assert_eq!(town.count("select count(*) from receipts where status = 'returned'").await, 1);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_corrected_bill_s_open_qr_is_taken_back() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "301", Tenant::default()).await;
    let owed = nara.bills(contract, 50_000).await;
    town.nobody().asks_for_qr(&owed).await;
    town.keep_promises().await;
    assert_eq!(town.count("select count(*) from payment_intents where status = 'open'").await, 1);

    nara.post(&format!("/v2/invoices/{}/correction", owed.id), json!({ "reason": "Буруу" })).await.is(201);
    town.keep_promises().await;

    assert_eq!(town.count("select count(*) from payment_intents where status = 'cancelled'").await, 1);
    drop(outside);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_contract_ends_although_its_bill_s_month_is_locked() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    let order = json!({ "acceptDifference": true, "issueOn": "2026-10-10" });
    nara.post("/v2/months/2026-10/run", order).await.is(200).shows("/created", 1);
    town.moves_on("2026-11-03T02:00:00Z").await;
    town.run_cron("invoice.overdue").await;
    dulmaa.post("/v2/months/2026-10/lock", nothing()).await.is(201);
    let before = nara.get("/v2/months/2026-10/tie-out").await.is(200).json();

    let path = format!("/v2/contracts/{}", leased.contract);
    let preview = dulmaa.get(&format!("{path}/termination-preview?on=2026-10-15")).await.is(200);
    preview.shows("/months/0/step", "correct");
    let ended = dulmaa.post(&format!("{path}/termination"), json!({ "on": "2026-10-15", "reason": "Нүүсэн" })).await;
    ended.is(200).shows("/status", "terminated").shows("/settlement/months/0/step", "correct");
    town.books_tie().await;
    let after = nara.get("/v2/months/2026-10/tie-out").await.is(200).json();
    assert_eq!(before["total"], after["total"], "the locked month is as it was");
    let made = "select count(*) from invoices where kind = 'correction' and issued_on = '2026-11-03' and period = '2026-10-01'";
    assert_eq!(town.count(made).await, 1, "the correction belongs to the open month's books");

    dulmaa.post(&format!("{path}/restoration"), json!({ "reason": "Андуурсан" })).await.is(200);
    nara.get(&format!("/v2/invoices/totals?contractId={}", leased.contract))
        .await
        .is(200)
        .shows("/balance", "100000000");
    town.books_tie().await;
}
