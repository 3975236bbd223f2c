//! What is done about what is overdue: penalties within the law, ages that stay what they were, promises, reminders.

use domain::rights::Role;
use jiff::SignedDuration;
use providers::sandbox::{Mood, Provider};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    books::{Lease, Leased},
    exports::Sheet,
    town::{Outside, Person, Tenant, Town, nothing},
};

/// Bills the contract a sale of so many tögrög; gives the invoice's id.
async fn bill(who: &Person<'_>, contract: Uuid, tugrug: i64) -> String {
    let body = json!({ "contractId": contract, "kind": "sale", "issue": true,
                       "items": [{ "description": "Үйлчилгээ", "unitPrice": (tugrug * 100).to_string() }] });
    who.post("/v2/invoices", body).await.is(201).id()
}

async fn pays(who: &Person<'_>, tenant: Uuid, tugrug: i64) -> String {
    let cash = json!({ "tenantId": tenant, "method": "cash", "amount": (tugrug * 100).to_string() });
    who.post("/v2/payments", cash).await.is(201).id()
}

async fn agrees(who: &Person<'_>, leased: Leased, rate_bp: i32, grace_days: i32) {
    let terms = json!({ "rateBp": rate_bp, "graceDays": grace_days, "countsFrom": "due" });
    let path = format!("/v2/contracts/{}/penalty-terms", leased.contract);
    who.ask(http::Method::PUT, &path, Some(terms), &[]).await.is(200).shows("/rateBp", rate_bp);
}

#[tokio::test]
async fn a_penalty_is_charged_by_its_increment_waived_with_a_reason_and_never_above_half() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let silent = town.lease(town.altan, Lease::plain("CT-2026-0002", "Заалтгүй ХХК")).await;
    agrees(&nara, leased, 50, 0).await;
    let late = bill(&nara, leased.contract, 1_000_000).await; // due on 10-15
    let without_clause = bill(&nara, silent.contract, 1_000_000).await;
    town.moves_on("2026-10-25T02:00:00Z").await;
    town.run_cron("invoice.overdue").await;

    let list = nara.get("/v2/penalties").await.is(200);
    let list = list.shows("/items/0/invoiceId", late.as_str()).shows("/items/0/daysLate", 10);
    assert_eq!(list.json()["items"].as_array().map(Vec::len), Some(1), "no clause, no penalty");
    let list = list.shows("/items/0/computed", "5000000").shows("/items/0/left", "5000000");
    list.shows("/items/0/ceiling", "50000000").shows("/items/0/rateBp", 50);
    nara.get("/v2/penalties?asOf=2026-10-20").await.is(200).shows("/items/0/computed", "2500000");
    nara.get("/v2/penalties?asOf=2026-10-26").await.refuses(400, "VALIDATION_ERROR");

    let charge = async |ids: &[&String]| nara_charges(&nara, ids).await;
    let refused = charge(&[&without_clause]).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "NO_PENALTY_LEFT");
    let first = charge(&[&late, &without_clause]).await.is(201).shows("/amount", "5000000").shows("/count", 1);
    let first = first.shows("/passedOver/0", without_clause.as_str());
    let fee = nara.get(&format!("/v2/invoices/{}", first.word("/invoices/0/invoiceId"))).await.is(200);
    let fee = fee.shows("/kind", "fee").shows("/total", "5000000").shows("/vatAmount", "0");
    let fee = fee.shows("/items/0/taxKind", "NOT_VAT").shows("/status", "issued");
    let how = fee.word("/items/0/how");
    assert!(how.contains("1\u{a0}000\u{a0}000 ₮ × 10 хоног × 0.5 %"), "{how}");
    charge(&[&late]).await.refuses(409, "CONFLICT");

    town.moves_on("2026-10-30T02:00:00Z").await; // five days on: 25 000 more
    let waive = |ids: Value, amount: Value, reason: &str| {
        nara.post("/v2/penalties/waivers", json!({ "invoiceIds": ids, "amount": amount, "reason": reason }))
    };
    waive(json!([late]), json!("1000000"), " ").await.refuses(400, "VALIDATION_ERROR");
    waive(json!([late]), json!("2500001"), "Их").await.refuses(400, "VALIDATION_ERROR");
    waive(json!([late]), json!("1000000"), "Удаан харилцсан").await.is(201).shows("/amount", "1000000");
    charge(&[&late]).await.is(201).shows("/amount", "1500000");
    assert_eq!(town.count("select count(*) from audit_log where action = 'penalty.waive' and reason <> ''").await, 1);

    pays(&nara, leased.tenant, 400_000).await; // from 10-30 on 600 000 are open
    town.moves_on("2026-11-09T02:00:00Z").await;
    let list = nara.get("/v2/penalties").await.is(200).shows("/items/0/computed", "10300000");
    let list = list.shows("/items/0/charged", "6500000").shows("/items/0/waived", "1000000");
    list.shows("/items/0/left", "2800000").shows("/items/0/open", "60000000");

    // A fee bill that is taken back has charged nothing.
    let id = first.word("/invoices/0/invoiceId");
    nara.post(&format!("/v2/invoices/{id}/cancellation"), json!({ "reason": "Алдаа" })).await.is(200);
    nara.get("/v2/penalties").await.is(200).shows("/items/0/charged", "1500000").shows("/items/0/left", "7800000");
    nara.get("/v2/penalties/totals").await.is(200).shows("/left", "7800000").shows("/count", 1);

    town.moves_on("2027-06-01T02:00:00Z").await;
    let most = charge(&[&late]).await.is(201);
    assert_eq!(most.mungo("/amount"), 50_000_000 - 1_500_000 - 1_000_000, "half of the principal in all");
    let list = nara.get("/v2/penalties").await.is(200).shows("/items/0/isCapped", true).shows("/items/0/left", "0");
    assert_eq!(list.mungo("/items/0/charged") + list.mungo("/items/0/waived"), 50_000_000);
    let beyond = format!(
        "insert into penalties (id, owner_id, invoice_id, contract_id, tenant_id, as_of, computed, charged, fee_invoice_id)
         select gen_random_uuid(), owner_id, '{late}', contract_id, tenant_id, due_on, 1, 1000001, id
           from invoices where kind = 'fee' and status <> 'void' limit 1"
    );
    let (client, connection) =
        tokio_postgres::connect(&town.database.admin_url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    let refused = client.batch_execute(&beyond).await.expect_err("the database knows the law too");
    assert!(format!("{refused:?}").contains("penalties_within_the_law"), "{refused:?}");

    let sheet = Sheet::of(&nara.get("/v2/penalties/export").await.is(200));
    assert_eq!(sheet.lines().len(), 1);
    town.run_cron("invoice.overdue").await;
    town.books_tie().await;
}

async fn nara_charges(nara: &Person<'_>, ids: &[&String]) -> crate::town::Reply {
    nara.post("/v2/penalties/charges", json!({ "invoiceIds": ids })).await
}

#[tokio::test]
async fn two_charges_at_once_charge_once() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    agrees(&nara, leased, 10, 0).await;
    let late = bill(&nara, leased.contract, 1_000_000).await;
    town.moves_on("2026-10-25T02:00:00Z").await;
    let late = [&late];

    let replies = futures_util::future::join_all((0..6).map(|_| nara_charges(&nara, &late))).await;

    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1, "exactly one wins");
    assert_eq!(town.count("select sum(charged)::bigint from penalties").await, 1_000_000);
    assert_eq!(town.count("select count(*) from invoices where kind = 'fee'").await, 1, "no number is lost");
    town.run_cron("invoice.overdue").await;
    town.books_tie().await;
}

/// What is owed by age as of a day, in tögrög: the six ages, the total, the credit.
async fn ages(who: &Person<'_>, query: &str) -> [i64; 8] {
    let totals = who.get(&format!("/v2/receivables/totals?{query}")).await.is(200);
    ["notDue", "to30", "to60", "to90", "to180", "over180", "total", "credit"]
        .map(|field| totals.mungo(&format!("/{field}")) / 100)
}

#[tokio::test]
async fn ages_as_of_a_day_are_the_same_for_ever_whatever_happens_later() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let other = town.lease(town.altan, Lease::plain("CT-2026-0002", "Номин ХХК")).await;
    bill(&nara, leased.contract, 100).await; // 10-10, due on 10-15
    town.moves_on("2026-10-20T02:00:00Z").await;
    bill(&nara, leased.contract, 50).await; // due on 11-15
    let taken_back = bill(&nara, other.contract, 70).await;
    town.moves_on("2026-11-05T02:00:00Z").await;
    let paid = pays(&nara, leased.tenant, 60).await;
    town.moves_on("2026-11-20T02:00:00Z").await;
    let days = ["2026-10-09", "2026-10-12", "2026-10-20", "2026-11-04", "2026-11-05", "2026-11-20"];
    let told = async || {
        let mut all = Vec::new();
        for day in days {
            let figures = ages(&nara, &format!("asOf={day}")).await;
            let rows = nara.get(&format!("/v2/receivables?asOf={day}")).await.is(200).text();
            let lines = nara.get(&format!("/v2/receivables/lines?asOf={day}")).await.is(200).text();
            all.push((day, figures, rows, lines));
        }
        all
    };

    let before = told().await;

    let figures: Vec<[i64; 8]> = before.iter().map(|one| one.1).collect();
    assert_eq!(figures[0], [0; 8]);
    assert_eq!(figures[1], [100, 0, 0, 0, 0, 0, 100, 0]);
    assert_eq!(figures[2], [120, 100, 0, 0, 0, 0, 220, 0]);
    assert_eq!(figures[4], [120, 40, 0, 0, 0, 0, 160, 0], "60 came on the 5th");
    assert_eq!(figures[5], [0, 120, 40, 0, 0, 0, 160, 0], "36 days after the 15th of October");

    // Money is taken back, a bill is voided, more comes in than is owed, credit is spent, and months go by.
    town.moves_on("2026-11-25T02:00:00Z").await;
    nara.post(&format!("/v2/payments/{paid}/reversal"), json!({ "reason": "Буцсан" })).await.is(201);
    nara.post(&format!("/v2/invoices/{taken_back}/cancellation"), json!({ "reason": "Алдаа" })).await.is(200);
    let now = ages(&nara, "").await;
    assert_eq!(now, [0, 50, 100, 0, 0, 0, 150, 0]);
    town.moves_on("2026-12-01T02:00:00Z").await;
    pays(&nara, leased.tenant, 500).await;
    assert_eq!(ages(&nara, "").await, [0, 0, 0, 0, 0, 0, 0, -350], "what is too much stands apart");
    let by_credit = bill(&nara, leased.contract, 200).await;
    town.moves_on("2027-03-01T02:00:00Z").await;
    assert_eq!(ages(&nara, "asOf=2026-12-01").await[7], -150);
    nara.get(&format!("/v2/invoices/{by_credit}")).await.is(200).shows("/balance", "0");

    let after = told().await;
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one.1, other.1, "as of {}", one.0);
        assert_eq!(lines_of(&one.3), lines_of(&other.3), "as of {}", one.0);
    }
    assert_eq!(ages(&nara, "asOf=2026-11-25").await, now);
    // The ledger says the same of every day: what is owed, and what was paid in advance.
    for day in days.iter().chain(&["2026-11-25", "2026-12-01", "2027-03-01"]) {
        let held = async |account: &str| {
            let sum = "select coalesce(sum(amount), 0)::bigint from ledger_postings where account = '{account}' and day <= '{day}'";
            town.count(&sum.replace("{account}", account).replace("{day}", day)).await / 100
        };
        let figures = ages(&nara, &format!("asOf={day}")).await;
        assert_eq!([figures[6], figures[7]], [held("receivable").await, held("tenant_credit").await], "as of {day}");
    }
    // The total is what is open of bills, and the lines behind a figure make it.
    let open = nara.get("/v2/invoices/totals?open=true").await.is(200).mungo("/balance") / 100;
    assert_eq!(ages(&nara, "").await[6], open);
    let lines = nara.get("/v2/receivables/lines?asOf=2026-11-20&bucket=to_30").await.is(200).json();
    let sum: i64 = lines["items"].as_array().expect("lines").iter().map(|line| mungo(&line["open"])).sum();
    assert_eq!(sum / 100, 120);
    town.run_cron("invoice.overdue").await;
    town.books_tie().await;
}

fn mungo(value: &Value) -> i64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no amount"))
}

/// Code, open and bucket of each line.
fn lines_of(text: &str) -> Vec<(String, String, String)> {
    let page: Value = serde_json::from_str(text).expect("JSON");
    let word = |line: &Value, field: &str| line[field].as_str().expect("a word").to_owned();
    let lines = page["items"].as_array().expect("lines").iter();
    lines.map(|line| (word(line, "code"), word(line, "open"), word(line, "bucket"))).collect()
}

#[tokio::test]
async fn ages_are_filtered_paged_and_taken_along_as_they_are_shown() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let mut leases = Vec::new();
    for n in 1..=5i64 {
        let (code, name) = (format!("CT-2026-000{n}"), format!("Түрээслэгч {n}"));
        let leased = town.lease(town.altan, Lease::plain(&code, &name)).await;
        bill(&nara, leased.contract, n * 100).await;
        leases.push(leased);
    }
    town.moves_on("2026-10-25T02:00:00Z").await;
    bill(&nara, leases[0].contract, 7).await; // due on 11-15
    pays(&nara, leases[4].tenant, 600).await;

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = nara.get(&format!("/v2/receivables?limit=2{cursor}")).await.is(200).json();
        seen.extend(page["items"].as_array().expect("rows").iter().map(|row| mungo(&row["total"]) / 100));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, [400, 300, 200, 107, 0], "the largest first, and one with credit alone");
    assert_eq!(ages(&nara, "").await, [7, 1000, 0, 0, 0, 0, 1007, -100]);
    assert_eq!(ages(&nara, "bucket=not_due").await, [7, 100, 0, 0, 0, 0, 107, 0]);
    assert_eq!(ages(&nara, "stage=0").await[6], 1007);
    assert_eq!(ages(&nara, "stage=1").await[6], 0);
    assert_eq!(ages(&nara, &format!("tenantId={}&by=tenant", leases[1].tenant)).await[6], 200);
    assert_eq!(ages(&nara, "q=0003").await[6], 300);
    let property: String = town.sql("select id::text from properties limit 1").await[0].get(0);
    assert_eq!(
        ages(&nara, &format!("propertyId={property}")).await,
        [7, 1000, 0, 0, 0, 0, 1007, 0],
        "credit is no building's"
    );
    nara.get("/v2/receivables?asOf=2026-10-26").await.refuses(400, "VALIDATION_ERROR");
    nara.get("/v2/receivables?stage=4").await.refuses(400, "VALIDATION_ERROR");

    let sheet = Sheet::of(&nara.get("/v2/receivables/export?bucket=to_30").await.is(200));
    assert_eq!(sheet.lines().len(), 4);
    assert_eq!(sheet.totals()[sheet.at("Нийт авлага, ₮")].to_string(), "1007");
    assert!(sheet.head().iter().any(|line| line.contains("1–30 хоног")), "{:?}", sheet.head());
}

#[tokio::test]
async fn arrears_are_the_books_business_and_the_neighbour_has_none() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    agrees(&dulmaa, leased, 50, 3).await;
    let late = bill(&nara, leased.contract, 1_000).await;
    town.moves_on("2026-10-25T02:00:00Z").await;
    let gana = town.linked_tenant(&dulmaa, "Ц. Ганаа", "99110001").await;
    let charge = json!({ "invoiceIds": [late] });
    let waive = json!({ "invoiceIds": [late], "reason": "Учир бий" });
    let promise = json!({ "contractId": leased.contract, "amount": "1000", "dueOn": "2026-10-30" });
    let remind = json!({ "contractIds": [leased.contract] });
    let settings = nara.get("/v2/reminder-settings").await.is(200).json();
    let change = json!({ "automatic": false, "stages": settings["stages"] });

    for who in [&bat, &gana] {
        for path in [
            "/v2/receivables",
            "/v2/receivables/totals",
            "/v2/receivables/lines",
            "/v2/receivables/export",
            "/v2/penalties",
            "/v2/penalties/export",
            "/v2/promises-to-pay",
            "/v2/reminder-settings",
        ] {
            who.get(path).await.refuses(403, "FORBIDDEN");
        }
        for (path, body) in [
            ("/v2/penalties/charges", &charge),
            ("/v2/penalties/waivers", &waive),
            ("/v2/promises-to-pay", &promise),
            ("/v2/reminder-orders", &remind),
            ("/v2/reminder-orders/preview", &remind),
        ] {
            who.post(path, body.clone()).await.refuses(403, "FORBIDDEN");
        }
    }
    for (path, body) in [
        ("/v2/penalties/charges", &charge),
        ("/v2/penalties/waivers", &waive),
        ("/v2/promises-to-pay", &promise),
        ("/v2/reminder-orders", &remind),
    ] {
        saraa.post(path, body.clone()).await.refuses(404, "NOT_FOUND");
        town.nobody().post(path, body.clone()).await.refuses(401, "UNAUTHORIZED");
    }
    saraa.get("/v2/receivables").await.is(200).shows("/items", json!([]));
    saraa.get("/v2/penalties").await.is(200).shows("/items", json!([]));
    let path = format!("/v2/contracts/{}/penalty-terms", leased.contract);
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    bat.ask(http::Method::PUT, &path, Some(json!({ "rateBp": 1, "graceDays": 0, "countsFrom": "due" })), &[])
        .await
        .refuses(403, "FORBIDDEN");
    let unlawful = json!({ "rateBp": 51, "graceDays": 0, "countsFrom": "due" });
    dulmaa.ask(http::Method::PUT, &path, Some(unlawful), &[]).await.refuses(400, "VALIDATION_ERROR");
    // The texts are the director's word.
    nara.ask(http::Method::PUT, "/v2/reminder-settings", Some(change.clone()), &[]).await.refuses(403, "FORBIDDEN");
    dulmaa.ask(http::Method::PUT, "/v2/reminder-settings", Some(change), &[]).await.is(200).shows("/automatic", false);
    nara.get("/v2/penalties").await.is(200).shows("/items/0/computed", "5000").shows("/items/0/graceDays", 3);
    let admin = town.person("Платформ", Role::Admin, None).await;
    admin.get("/v2/penalties").await.is(200).shows("/items", json!([]));
}

/// The texts on the tenant's telephone that remind, oldest first.
fn reminders(outside: &Outside) -> Vec<String> {
    let mut all: Vec<String> =
        outside.sandbox.sms.messages_to("99110001").into_iter().map(|message| message.text).collect();
    all.reverse();
    all.retain(|text| text.contains("хоног хэтэр"));
    all
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// The morning's clockwork in its order.
async fn morning(town: &Town) {
    town.sql("update sessions set expires_at = '2100-01-01'").await;
    for name in ["invoice.overdue", "promise.judge", "reminder.daily"] {
        town.run_cron(name).await;
    }
}

#[tokio::test]
async fn a_late_bill_is_reminded_of_once_a_stage_and_not_while_a_promise_holds() {
    let (town, outside) = Town::with_outside().await;
    let (nara, dulmaa) = (town.accountant().await, town.director().await);
    let contract = town.lets(town.altan, "К-301", Tenant::default()).await;
    let late = nara.bills(contract, 50_000).await;
    let due_on: jiff::civil::Date =
        nara.get(&format!("/v2/invoices/{}", late.id)).await.is(200).word("/dueOn").parse().expect("a day");
    let wait = i64::from((due_on - town.clock.today()).get_days());

    town.passes(days(wait));
    morning(&town).await;
    assert!(reminders(&outside).is_empty(), "the due day is not over");
    town.passes(days(1));
    morning(&town).await;
    let said = reminders(&outside);
    assert_eq!(
        said,
        [format!("Алтан Тауэр: К-301 талбайн 50 000 ₮ төлбөрийн хугацаа 1 хоног хэтэрсэн байна. {}", late.url)]
    );
    morning(&town).await;
    town.passes(days(5));
    morning(&town).await;
    assert_eq!(reminders(&outside).len(), 1, "once a stage");

    // A promise: nobody is reminded until its day has gone by.
    let by = town.clock.today().saturating_add(jiff::ToSpan::days(3));
    let promise =
        json!({ "contractId": contract, "amount": "5000000", "dueOn": by.to_string(), "note": "Цалин буухаар" });
    let made = nara.post("/v2/promises-to-pay", promise.clone()).await.is(201).shows("/status", "open");
    nara.post("/v2/promises-to-pay", promise).await.refuses(409, "CONFLICT");
    nara.get("/v2/receivables").await.is(200).shows("/items/0/promise/status", "open").shows("/items/0/stage", 1);
    town.passes(days(3));
    morning(&town).await;
    assert_eq!(reminders(&outside).len(), 1, "nine days late, and promised for today");
    town.passes(days(1));
    morning(&town).await;
    assert_eq!(reminders(&outside).len(), 2, "the word was not kept");
    assert!(reminders(&outside)[1].starts_with("Алтан Тауэр: Дахин сануулъя."), "{:?}", reminders(&outside));
    let list = nara.get("/v2/promises-to-pay?status=broken").await.is(200).shows("/items/0/id", made.id());
    list.shows("/items/0/paid", "0");

    // The owner does not want it; then it does again, in other words.
    let put = async |automatic: bool, last: &str| {
        let mut settings = dulmaa.get("/v2/reminder-settings").await.is(200).json();
        settings["stages"][2]["text"] = json!(last);
        let change = json!({ "automatic": automatic, "stages": settings["stages"] });
        dulmaa.ask(http::Method::PUT, "/v2/reminder-settings", Some(change), &[]).await
    };
    put(true, "{owner}: {unknown}").await.refuses(400, "VALIDATION_ERROR");
    put(false, "{owner}! {amount} төгрөг {days} хоног хэтэрлээ").await.is(200);
    town.passes(days(10));
    morning(&town).await;
    assert_eq!(reminders(&outside).len(), 2);
    put(true, "{owner}! {amount} төгрөг {days} хоног хэтэрлээ").await.is(200);
    morning(&town).await;
    assert_eq!(reminders(&outside)[2], "Алтан Тауэр! 50 000 төгрөг 20 хоног хэтэрлээ");
    nara.get("/v2/receivables").await.is(200).shows("/items/0/stage", 3).shows("/items/0/promise/status", "broken");

    nara.takes_cash(&town, &late, 50_000).await;
    town.passes(days(30));
    morning(&town).await;
    assert_eq!(reminders(&outside).len(), 3, "paid");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_promise_is_kept_by_money_that_came_after_it_and_by_its_day() {
    let (town, _outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "302", Tenant::default()).await;
    let late = nara.bills(contract, 100).await;
    nara.takes_cash(&town, &late, 30).await; // before the promise: no part of it
    let by = town.clock.today().saturating_add(jiff::ToSpan::days(5)).to_string();
    let promised = json!({ "contractId": contract, "amount": "5000", "dueOn": by });
    let made = nara.post("/v2/promises-to-pay", promised.clone()).await.is(201).shows("/paid", "0").id();

    nara.takes_cash(&town, &late, 20).await;
    town.passes(days(1));
    morning(&town).await;
    nara.get("/v2/promises-to-pay").await.is(200).shows("/items/0/status", "open").shows("/items/0/paid", "2000");
    nara.takes_cash(&town, &late, 30).await;
    morning(&town).await;
    let kept = nara.get("/v2/promises-to-pay").await.is(200).shows("/items/0/status", "kept");
    kept.shows("/items/0/settledOn", town.clock.today().to_string());
    let cancel = format!("/v2/promises-to-pay/{made}/cancellation");
    nara.post(&cancel, json!({ "reason": "Хожуу" })).await.refuses(409, "CONFLICT");

    let another = nara.post("/v2/promises-to-pay", promised).await.is(201).id();
    let cancelled =
        nara.post(&format!("/v2/promises-to-pay/{another}/cancellation"), json!({ "reason": "Андуурсан" })).await;
    cancelled.is(200).shows("/status", "cancelled");
    for (field, value) in [("amount", json!("0")), ("dueOn", json!("2020-01-01")), ("dueOn", json!("2199-01-01"))] {
        let mut wrong = json!({ "contractId": contract, "amount": "5000", "dueOn": by });
        wrong[field] = value;
        let refused = nara.post("/v2/promises-to-pay", wrong).await.refuses(400, "VALIDATION_ERROR");
        assert!(!refused.to_string().contains('⟦'), "{refused}");
    }
}

#[tokio::test]
async fn reminders_by_hand_tell_their_cost_are_followed_one_by_one_and_the_failed_go_again() {
    let (town, outside) = Town::with_outside().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "К-301", Tenant::default()).await;
    let silent = town.lets(town.altan, "К-302", Tenant { name: "Утасгүй", phone: None, ..Tenant::default() }).await;
    let early =
        town.lets(town.altan, "К-303", Tenant { name: "Цагтаа", phone: Some("99110009"), ..Tenant::default() }).await;
    nara.bills(contract, 50_000).await;
    nara.bills(silent, 20_000).await;
    town.passes(days(40));
    town.sql("update sessions set expires_at = '2100-01-01'").await;
    town.run_cron("invoice.overdue").await;
    let wanted = json!({ "contractIds": [contract, silent, early], "stage": 2 });

    let shown = nara.post("/v2/reminder-orders/preview", wanted.clone()).await.is(200);
    let shown = shown.shows("/recipients/0/contractCode", "CT-К-301").shows("/recipients/0/stage", 2);
    let shown = shown.shows("/recipients/0/amount", "5000000").shows("/parts", 2).shows("/cost", "11000");
    assert!(shown.word("/recipients/0/text").ends_with('…'), "the link's secret stays out");
    assert!(shown.word("/recipients/0/text").contains("Дахин сануулъя"));
    let because: Vec<String> = (0..2).map(|n| shown.word(&format!("/passedOver/{n}/because"))).collect();
    assert_eq!(because, ["no_phone", "not_overdue"]);
    assert_eq!(town.count("select count(*) from reminders").await, 0);

    outside.feels_once(Provider::Sms, Mood::Refuse);
    let ordered =
        nara.post("/v2/reminder-orders", wanted.clone()).await.is(201).shows("/waiting", 1).shows("/byHand", true);
    let path = format!("/v2/reminder-orders/{}", ordered.id());
    town.keep_promises().await;
    nara.get(&path).await.is(200).shows("/failed", 1).shows("/reminders/0/state", "failed").shows("/sent", 0);
    nara.post(&format!("{path}/retry"), nothing()).await.is(200).shows("/waiting", 1);
    town.keep_promises().await;
    let sent =
        nara.get(&path).await.is(200).shows("/sent", 1).shows("/reminders/0/state", "sent").shows("/cost", "11000");
    sent.shows("/reminders/0/amount", "5000000");
    assert_eq!(reminders(&outside).len(), 1);
    let refused = nara.post(&format!("{path}/retry"), nothing()).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "NOTHING_TO_RETRY");
    let refused = nara.post("/v2/reminder-orders", wanted).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "NOBODY_TO_REMIND", "never twice at a stage");
    let saraa = town.neighbour().await;
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/retry"), nothing()).await.refuses(404, "NOT_FOUND");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn days_that_nobody_ran_are_made_up_for_owner_by_owner() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let next_door = town.lease(town.mungun, Lease::plain("CT-2026-0001", "Хөрш ХХК")).await;
    bill(&nara, leased.contract, 100).await;
    bill(&town.neighbour().await, next_door.contract, 100).await;
    town.moves_on("2026-12-20T02:00:00Z").await; // two months without a night

    town.run_cron("invoice.overdue").await;

    assert_eq!(town.count("select count(*) from invoices where status = 'overdue'").await, 2, "of both owners");
    assert_eq!(town.count("select count(distinct owner_id) from audit_log where action = 'invoice.overdue'").await, 2);
    town.run_cron("invoice.overdue").await;
    assert_eq!(town.count("select count(*) from audit_log where action = 'invoice.overdue'").await, 2, "once");
    town.books_tie().await;
}
