//! What bank lines pay: by themselves and by people, never twice, and back again.

use std::collections::{BTreeMap, BTreeSet};

use domain::OwnerId;
use futures_util::future::join_all;
use http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    books::{Lease, Leased},
    town::{Person, Reply, Town},
};

/// Bills the contract a sale of so many tögrög; gives the invoice's id.
async fn bill(who: &Person<'_>, leased: Leased, tugrug: i64) -> String {
    let body = json!({ "contractId": leased.contract, "kind": "sale", "issue": true,
                       "items": [{ "description": "Үйлчилгээ", "unitPrice": (tugrug * 100).to_string() }] });
    who.post("/v2/invoices", body).await.is(201).id()
}

/// An account of the owner's whose lines are put straight into the tables.
pub struct Account<'t> {
    town: &'t Town,
    owner: OwnerId,
    account: Uuid,
    statement: Uuid,
}

impl Town {
    /// A bank account with a statement that holds nothing yet.
    pub async fn has_account(&self, owner: OwnerId) -> Account<'_> {
        let (account, statement) = (Uuid::now_v7(), Uuid::now_v7());
        self.sql_batch(&format!(
            "insert into bank_accounts (id, owner_id, bank, number, holder, shown)
             values ('{account}', '{owner}', 'khan', '5000123456', 'Алтан Тауэр ХХК', true);
             insert into bank_statements (id, owner_id, account_id, source, total_in, total_out, lines, new_lines)
             values ('{statement}', '{owner}', '{account}', 'bank', 0, 0, 0, 0)"
        ))
        .await;
        Account { town: self, owner, account, statement }
    }
}

impl Account<'_> {
    /// A line of so many tögrög; its id.
    pub async fn has(&self, posted_at: &str, tugrug: i64, text: &str, sender: &str) -> String {
        let (id, amount) = (Uuid::now_v7(), tugrug * 100);
        let (owner, account, statement) = (self.owner, self.account, self.statement);
        self.town
            .sql_batch(&format!(
                "insert into bank_transactions (id, owner_id, account_id, statement_id, row_no, fingerprint, posted_at, amount,
                                                description, counter_account, counter_name)
                 values ('{id}', '{owner}', '{account}', '{statement}', 1, sha256('{id}'), '{posted_at}', {amount}, '{text}',
                         '{sender}', 'БАТ')"
            ))
            .await;
        id.to_string()
    }
}

async fn run(who: &Person<'_>) -> Reply {
    who.post("/v2/bank-lines/runs", json!({})).await.is(200)
}

async fn line(who: &Person<'_>, id: &str) -> Reply {
    who.get(&format!("/v2/bank-lines/{id}")).await.is(200)
}

async fn link(who: &Person<'_>, id: &str, body: Value) -> Reply {
    who.post(&format!("/v2/bank-lines/{id}/link"), body).await
}

/// A town with a tenant who owes 500 and 300 thousand, and an account.
async fn two_bills(town: &Town) -> (Leased, [String; 2], Account<'_>) {
    let nara = town.accountant().await;
    let leased = town.lease(town.altan, Lease::plain("CT-2026-0007", "Оюут Ухаан ХХК")).await;
    let bills = [bill(&nara, leased, 500_000).await, bill(&nara, leased, 300_000).await];
    (leased, bills, town.has_account(town.altan).await)
}

#[tokio::test]
async fn lines_link_themselves_once_and_are_remembered() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (leased, [first, second], account) = two_bills(&town).await;
    let named = account.has("2026-10-01T03:00:00Z", 500_000, "СТ2026 0007 turees", "5011112222").await;
    let stranger = account.has("2026-10-01T04:00:00Z", 77, "баярлалаа", "5099999999").await;
    let out = account.has("2026-10-01T05:00:00Z", -1_000, "Цалин", "5088888888").await;
    let sender = account.has("2026-10-02T03:00:00Z", 300_000, "10 sar", "5011112222").await;

    let ran = run(&nara).await.shows("/lines", 4).shows("/linked", 2).shows("/unknown", 1).shows("/ignored", 1);

    assert_eq!(ran.mungo("/linkedAmount"), 80_000_000);
    let named = line(&nara, &named).await.shows("/state", "linked").shows("/basis", "number");
    let named = named.shows("/payments/0/allocations/0/invoiceId", first.clone()).shows("/payments/0/credit", "0");
    named.shows("/reasons/0/clue", "contract-named").shows("/reasons/0/word", "CT-2026-0007");
    let sender = line(&nara, &sender).await.shows("/basis", "remembered sender");
    sender.shows("/payments/0/allocations/0/invoiceId", second.clone());
    line(&nara, &stranger).await.shows("/state", "unknown");
    line(&nara, &out).await.shows("/state", "ignored");
    for invoice in [&first, &second] {
        nara.get(&format!("/v2/invoices/{invoice}")).await.is(200).shows("/status", "paid");
    }
    let payments = format!("select count(*) from payments where tenant_id = '{}' and method = 'bank'", leased.tenant);
    assert_eq!(town.count(&payments).await, 2);
    assert_eq!(town.count("select count(*) from outbox where kind = 'receipt.issue'").await, 2);
    run(&nara).await.shows("/linked", 0).shows("/lines", 1);
    town.run_cron("matching.run").await;
    town.keep_promises().await;
    assert_eq!(town.count(&payments).await, 2);
    town.books_tie().await;
    let totals = nara.get("/v2/bank-lines/totals").await.is(200).json();
    let of =
        |state: &str| totals.as_array().expect("totals").iter().find(|t| t["state"] == state).cloned().expect("one");
    assert_eq!((of("linked")["count"].clone(), of("linked")["amount"].clone()), (json!(2), json!("80000000")));
}

#[tokio::test]
async fn a_person_accepts_once_however_many_try() {
    let town = Town::new().await;
    let (nara, boss) = (town.accountant().await, town.director().await);
    let (_, [first, _], account) = two_bills(&town).await;
    let part = account.has("2026-10-01T03:00:00Z", 200_000, "CT-2026-0007 хагас", "5011112222").await;
    run(&nara).await.shows("/probable", 1);
    let probable = line(&nara, &part).await.shows("/state", "probable").shows("/candidates/0/invoiceId", first.clone());
    probable.shows("/candidates/0/reasons/1/clue", "amount-less");

    let tries = join_all((0..6).map(|n| link(if n % 2 == 0 { &nara } else { &boss }, &part, json!({})))).await;

    let done = tries.iter().filter(|reply| reply.status == 201).count();
    let refused = tries.iter().filter(|reply| reply.status == 409).count();
    assert_eq!((done, refused), (1, 5));
    let linked = line(&nara, &part).await.shows("/state", "linked").shows("/basis", "by hand");
    linked.shows("/payments/0/allocations/0/amount", "20000000");
    assert_eq!(town.count("select count(*) from payments where method = 'bank'").await, 1);
    let open = nara.get(&format!("/v2/invoices/{first}")).await.is(200).mungo("/balance");
    assert_eq!(open, 30_000_000);
    let refusal = link(&nara, &part, json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(refusal["details"]["reason"], "LINE_LINKED");
    town.books_tie().await;
}

#[tokio::test]
async fn a_line_is_split_over_tenants_and_the_rest_is_credit() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (leased, [first, _], account) = two_bills(&town).await;
    let other = town.lease(town.altan, Lease::plain("CT-2026-0009", "Хас Эрдэнэ ХХК")).await;
    let theirs = bill(&nara, other, 40_000).await;
    let whole = account.has("2026-10-01T03:00:00Z", 600_000, "turees", "5011112222").await;
    run(&nara).await;
    let parts = json!([{ "invoiceId": first }, { "invoiceId": theirs, "amount": "4000000" }]);

    let split = link(&nara, &whole, json!({ "parts": parts })).await.is(201);

    let split = split.shows("/payments/0/tenantId", leased.tenant.to_string()).shows("/payments/0/amount", "56000000");
    split
        .shows("/payments/0/credit", "6000000")
        .shows("/payments/1/amount", "4000000")
        .shows("/payments/1/credit", "0");
    let nothing = account.has("2026-10-02T03:00:00Z", 9_000, "turees", "5011112223").await;
    link(&nara, &nothing, json!({})).await.refuses(400, "VALIDATION_ERROR");
    link(&nara, &nothing, json!({ "parts": [{ "invoiceId": first }] })).await.refuses(409, "CONFLICT");
    let credit = link(&nara, &nothing, json!({ "tenantId": other.tenant })).await.is(201);
    credit.shows("/payments/0/credit", "900000");
    town.books_tie().await;
}

#[tokio::test]
async fn a_small_difference_is_written_off_within_the_owner_s_limit() {
    let town = Town::new().await;
    let (nara, boss) = (town.accountant().await, town.director().await);
    let (_, [first, second], account) = two_bills(&town).await;
    let short = account.has("2026-10-01T03:00:00Z", 499_950, "CT-2026-0007", "5011112222").await;
    run(&nara).await;
    let off = json!({ "parts": [{ "invoiceId": first }], "writeOff": true });

    let refusal = link(&nara, &short, off.clone()).await.refuses(409, "CONFLICT");
    assert_eq!(refusal["details"]["reason"], "DIFFERENCE_TOO_LARGE");
    let limit = Some(json!({ "differenceLimit": "10000" }));
    nara.ask(Method::PUT, "/v2/matching-rules", limit.clone(), &[]).await.refuses(403, "FORBIDDEN");
    boss.ask(Method::PUT, "/v2/matching-rules", limit, &[]).await.is(200);
    link(&nara, &short, off).await.is(201);

    nara.get(&format!("/v2/invoices/{first}")).await.is(200).shows("/status", "paid").shows("/balance", "0");
    nara.get(&format!("/v2/invoices/{second}")).await.is(200).shows("/balance", "30000000");
    town.books_tie().await;
}

#[tokio::test]
async fn undoing_says_what_goes_with_it_until_the_month_is_locked() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (_, [first, _], account) = two_bills(&town).await;
    let named = account.has("2026-10-01T03:00:00Z", 500_000, "CT-2026-0007", "5011112222").await;
    run(&nara).await.shows("/linked", 1);
    let undoing = format!("/v2/bank-lines/{named}/undoing");

    let told = nara.get(&undoing).await.is(200).shows("/reopened/0/invoiceId", first.clone()).shows("/senders", 1);
    told.shows("/reopened/0/amount", "50000000").shows("/lockedMonth", Value::Null);
    nara.post(&undoing, json!({ "reason": "" })).await.refuses(400, "VALIDATION_ERROR");
    let undone = nara.post(&undoing, json!({ "reason": "Андуурсан" })).await.is(200).shows("/state", "probable");
    undone.shows("/candidates/0/invoiceId", first.clone()).shows("/note", "Андуурсан");
    nara.get(&format!("/v2/invoices/{first}")).await.is(200).shows("/balance", "50000000");
    assert_eq!(town.count("select count(*) from bank_senders").await, 0);
    run(&nara).await.shows("/linked", 0);
    nara.post(&undoing, json!({ "reason": "Дахиад" })).await.refuses(409, "CONFLICT");

    link(&nara, &named, json!({})).await.is(201).shows("/state", "linked");
    town.books_tie().await;
    town.moves_on("2026-11-20T02:00:00Z").await;
    town.sql_batch(&format!(
        "insert into month_locks (id, owner_id, month, locked_at) values (gen_random_uuid(), '{}', '2026-10-01', now())",
        town.altan
    ))
    .await;
    let locked = nara.post(&undoing, json!({ "reason": "Хожимдсон" })).await.refuses(409, "CONFLICT");
    assert_eq!(locked["details"]["reason"], "MONTH_LOCKED");
    nara.get(&undoing).await.is(200).shows("/lockedMonth", "2026-10");
}

#[tokio::test]
async fn what_is_taken_back_is_owed_again() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (_, [first, _], account) = two_bills(&town).await;
    let came = account.has("2026-10-01T03:00:00Z", 500_000, "CT-2026-0007", "5011112222").await;
    let back = account.has("2026-10-02T03:00:00Z", -500_000, "Буцаалт: CT-2026-0007", "5011112222").await;
    run(&nara).await.shows("/linked", 1).shows("/probable", 1);
    line(&nara, &back).await.shows("/basis", "reversal").shows("/reversesId", came.clone());

    link(&nara, &back, json!({})).await.is(201).shows("/state", "linked");

    line(&nara, &came).await.shows("/state", "ignored");
    nara.get(&format!("/v2/invoices/{first}")).await.is(200).shows("/balance", "50000000");
    run(&nara).await.shows("/linked", 0);
    town.books_tie().await;
}

#[tokio::test]
async fn a_line_is_laid_aside_with_a_reason_and_taken_up_again() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let (_, _, account) = two_bills(&town).await;
    let odd = account.has("2026-10-01T03:00:00Z", 900, "Хуучин тавилга зарсан", "5011112222").await;
    run(&nara).await;
    let at = format!("/v2/bank-lines/{odd}/ignored");
    let why = |reason: &str| Some(json!({ "reason": reason }));

    nara.ask(Method::PUT, &at, why(" "), &[]).await.refuses(400, "VALIDATION_ERROR");
    let aside = nara.ask(Method::PUT, &at, why("Тавилга"), &[]).await.is(200);

    aside.shows("/state", "ignored").shows("/note", "Тавилга");
    nara.ask(Method::PUT, &at, why("Дахиад"), &[]).await.refuses(409, "CONFLICT");
    nara.ask(Method::DELETE, &at, None, &[]).await.is(200).shows("/state", "unknown");
    nara.ask(Method::DELETE, &at, None, &[]).await.refuses(409, "CONFLICT");
}

#[tokio::test]
async fn lines_are_for_those_who_keep_the_books() {
    let (town, lines) = (Town::new().await, "/v2/bank-lines");
    let (_, _, account) = two_bills(&town).await;
    let id = account.has("2026-10-01T03:00:00Z", 500_000, "CT-2026-0007", "5011112222").await;

    for who in [town.director().await, town.accountant().await] {
        who.get(lines).await.is(200).shows("/items/0/id", id.clone());
    }
    let employee = town.employee().await;
    employee.get(lines).await.refuses(403, "FORBIDDEN");
    link(&employee, &id, json!({})).await.refuses(403, "FORBIDDEN");
    town.nobody().get(lines).await.refuses(401, "UNAUTHORIZED");
    let neighbour = town.neighbour().await;
    assert_eq!(neighbour.get(lines).await.is(200).json()["items"], json!([]));
    neighbour.get(&format!("{lines}/{id}")).await.refuses(404, "NOT_FOUND");
    link(&neighbour, &id, json!({ "tenantId": Uuid::now_v7() })).await.refuses(404, "NOT_FOUND");
    run(&neighbour).await.shows("/lines", 0);
}

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");

/// The sample owner's files, taken in as an accountant would: every line links, waits or is laid aside as its key says.
#[tokio::test]
async fn the_sample_s_statements_pay_what_their_key_says() {
    let town = Town::new().await;
    let nara = town.director().await;
    let shared = |name: &str| std::fs::read(format!("{SHARED}{name}")).expect("the sample lies beside the project");
    let takes = async |path: String, file: &str| {
        let body = Some(("application/octet-stream", shared(file)));
        nara.send(Method::POST, &path, body, &[]).await.is(200)
    };
    town.moves_on("2026-11-24T02:00:00Z").await;
    takes("/v2/imports/rent-roll".into(), "rent-roll.xlsx").await;
    takes("/v2/imports/invoices".into(), "open-invoices.csv").await.shows("/counts/errors", 0);
    let files = [
        ("khan", "5000123456", "statement-khan.xlsx"),
        ("khan", "5000123456", "statement-khan-2.xlsx"),
        ("golomt", "1105000099", "statement-golomt.xlsx"),
        ("tdb", "470012345", "statement-tdb.xls"),
    ];
    let mut accounts: BTreeMap<&str, String> = BTreeMap::new();
    let mut told: BTreeMap<(String, i64), Value> = BTreeMap::new();
    for (bank, number, file) in files {
        if !accounts.contains_key(bank) {
            let new = json!({ "bank": bank, "number": number });
            accounts.insert(bank, nara.post("/v2/bank-accounts", new).await.is(201).id());
        }
        let report = takes(format!("/v2/imports/statements?accountId={}&fileName={file}", accounts[bank]), file).await;
        let key = file.trim_start_matches("statement-").split('.').next().expect("a name").to_owned();
        for line in report.json()["lines"].as_array().expect("lines") {
            told.insert((key.clone(), line["row"].as_i64().expect("a row")), line.clone());
        }
    }

    let key: Value = serde_json::from_slice(&shared("statements.key.json")).expect("JSON");
    let (mut wrong, mut linked, mut expected) = (Vec::new(), 0, 0);
    for line in key["lines"].as_array().expect("lines") {
        let (file, row) = line["rows"].as_object().expect("rows").iter().next().expect("a row");
        let answer = &told[&(file.clone(), row.as_i64().expect("a row"))];
        let of = |list: &Value| -> BTreeSet<(String, String)> {
            let parts = list.as_array().into_iter().flatten();
            parts.map(|part| (part["invoice"].to_string(), part["amount"].to_string())).collect()
        };
        expected += i32::from(line["state"] == "linked");
        linked += i32::from(answer["state"] == "linked");
        let is_state = line["accept"].as_array().expect("states").contains(&answer["state"]);
        let is_linked = answer["state"] != "linked" || of(&answer["linked"]) == of(&line["linked"]);
        let offered: Vec<&Value> = answer["candidates"].as_array().expect("a list").iter().take(3).collect();
        let meant = line["meant"].as_array().into_iter().flatten();
        let is_offered =
            answer["state"] != "probable" || meant.into_iter().all(|part| offered.contains(&&part["invoice"]));
        let reason = answer["reason"].as_str().unwrap_or_default();
        if !(is_state && is_linked && is_offered && !reason.is_empty() && !reason.contains('⟦')) {
            wrong.push(format!("{line}\n -> {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(linked, expected);
    println!("the sample: {linked} of {expected} linked, 0 wrong");
    town.books_tie().await;
}
