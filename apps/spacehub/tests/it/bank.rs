//! Bank accounts and their statements: registered by the director, taken in by the accountant, every line of them once.

use domain::{Money, bank::Bank};
use http::Method;
use jiff::{ToSpan, civil::DateTime};
use providers::banks::simulator::{Booked, Switches, login};
use serde_json::{Value, json};

use crate::town::{Person, Reply, Town};

const FILES: [(&str, &str, &str); 4] = [
    ("statement-khan.xlsx", "khan", "khan"),
    ("statement-khan-2.xlsx", "khan", "khan-2"),
    ("statement-golomt.xlsx", "golomt", "golomt"),
    ("statement-tdb.xls", "tdb", "tdb"),
];

fn shared(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

fn key() -> Value {
    serde_json::from_slice(&shared("statements.key.json")).expect("the key's form")
}

impl Person<'_> {
    async fn has_bank_account(&self, bank: &str, number: &str) -> String {
        let new = json!({ "bank": bank, "number": number });
        self.post("/v2/bank-accounts", new).await.is(201).id()
    }

    async fn sends_statement(&self, account: &str, more: &str, file: Vec<u8>) -> Reply {
        let path = format!("/v2/imports/statements?accountId={account}{more}");
        self.send(Method::POST, &path, Some(("application/octet-stream", file)), &[]).await
    }
}

#[tokio::test]
async fn accounts_are_the_directors_and_told_to_those_who_keep_the_books() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let (bold, saraa) = (town.employee().await, town.neighbour().await);

    let made = dulmaa.post("/v2/bank-accounts", json!({ "bank": "khan", "number": "MN30 0005 0050 0012 3456" })).await;
    let made = made.is(201).shows("/number", "5000123456").shows("/currency", "MNT").shows("/shown", false);
    let id = made.id();
    let refused = dulmaa.post("/v2/bank-accounts", json!({ "bank": "khan", "number": "5000123456" })).await;
    refused.refuses(409, "CONFLICT");
    for bad in ["12", "MN310005005000123456"] {
        let refused = dulmaa.post("/v2/bank-accounts", json!({ "bank": "khan", "number": bad })).await;
        refused.refuses(400, "VALIDATION_ERROR");
    }
    let change = json!({ "version": 1, "holder": "Алтан Тауэр ХХК", "shown": true });
    dulmaa.patch(&format!("/v2/bank-accounts/{id}"), change.clone()).await.is(200).shows("/shown", true);
    dulmaa.patch(&format!("/v2/bank-accounts/{id}"), change).await.refuses(409, "CONFLICT");

    nara.get("/v2/bank-accounts").await.is(200).shows("/0/holder", "Алтан Тауэр ХХК");
    nara.post("/v2/bank-accounts", json!({ "bank": "tdb", "number": "470012345" })).await.is(403);
    bold.get("/v2/bank-accounts").await.is(403);
    town.nobody().get("/v2/bank-accounts").await.is(401);
    saraa.get("/v2/bank-accounts").await.is(200).shows("", json!([]));
    saraa
        .patch(&format!("/v2/bank-accounts/{id}"), json!({ "version": 2, "holder": "М", "shown": true }))
        .await
        .is(404);
    // the history shows no more of the number than its end
    assert_eq!(town.count("select count(*) from audit_log where after::text like '%5000123456%'").await, 0);
    assert_eq!(town.count("select count(*) from audit_log where after->>'number' = '…3456'").await, 1);
}

#[tokio::test]
async fn the_samples_come_in_line_by_line_and_once() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let key = key();
    let mut accounts = std::collections::BTreeMap::new();
    for (bank, number) in [("khan", "5000123456"), ("golomt", "1105000099"), ("tdb", "470012345")] {
        accounts.insert(bank, dulmaa.has_bank_account(bank, number).await);
    }

    for (name, bank, of) in FILES {
        let account = &accounts[bank];
        let look = nara.sends_statement(account, "&dryRun=true", shared(name)).await.is(200);
        look.shows("/statementId", Value::Null).shows("/problems", json!([]));
        let report = nara.sends_statement(account, "", shared(name)).await.is(200);
        let said = &key["files"][name];
        let report = report.shows("/counts/lines", said["lines"].clone()).shows("/totalIn", said["in"].clone());
        let report = report.shows("/totalOut", said["out"].clone()).shows("/opening", said["opening"].clone());
        let report = report.shows("/closing", said["closing"].clone()).json();
        for line in report["lines"].as_array().expect("lines") {
            let row = line["row"].as_u64();
            let expected = key["lines"].as_array().expect("lines").iter().find(|l| l["rows"][of].as_u64() == row);
            let expected = expected.unwrap_or_else(|| panic!("{name}: the key has no row {row:?}"));
            for (ours, theirs) in [
                ("bookedAt", "booked_at"),
                ("amount", "amount"),
                ("balanceAfter", "balance_after"),
                ("text", "text"),
                ("counterAccount", "counter_account"),
                ("counterName", "counter_name"),
            ] {
                assert_eq!(line[ours], expected[theirs], "{name} row {row:?} {ours}");
            }
            let in_both = of == "khan-2" && expected["rows"]["khan"].is_u64();
            assert_eq!(line["duplicate"], in_both, "{name} row {row:?}");
        }
        let again = nara.sends_statement(account, "", shared(name)).await.is(200);
        again.shows("/counts/new", 0).shows("/counts/known", said["lines"].clone()).shows("/statementId", Value::Null);
    }

    let khan = &accounts["khan"];
    let of_khan = format!("select count(*) from bank_transactions where account_id = '{khan}'");
    assert_eq!(town.count(&of_khan).await, 133);
    assert_eq!(town.count("select count(*) from bank_transactions").await, 393);
    let sum: i64 = town.sql("select sum(amount)::bigint from bank_transactions").await[0].get(0);
    let of_key: i64 = key["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| line["amount"].as_str().expect("a string").parse::<i64>().expect("mungo"))
        .sum();
    assert_eq!(sum, of_key);
    println!("R19: 4 files, each sent twice and looked at once: 393 distinct lines, 133 over both Khan files");
    nara.get("/v2/bank-statements").await.is(200).shows("/items/0/newLines", 135).shows("/items/2/newLines", 8);
    nara.get(&format!("/v2/bank-statements?accountId={khan}&limit=1")).await.is(200).shows("/items/0/lines", 35);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_whole() {
    let town = Town::new().await;
    let (dulmaa, nara, saraa) = (town.director().await, town.accountant().await, town.neighbour().await);
    let khan = dulmaa.has_bank_account("khan", "5000123456").await;
    let other = dulmaa.has_bank_account("khan", "5000999999").await;

    let wrong = nara.sends_statement(&other, "", shared("statement-khan.xlsx")).await;
    let wrong = wrong.refuses(400, "VALIDATION_ERROR").to_string();
    assert!(wrong.contains("…3456") && wrong.contains("…9999"), "{wrong}");
    nara.sends_statement(&khan, "", shared("statement-golomt.xlsx")).await.refuses(400, "VALIDATION_ERROR");
    let pdf = nara.sends_statement(&khan, "", b"%PDF-1.7".to_vec()).await.refuses(400, "VALIDATION_ERROR");
    assert!(pdf.to_string().contains("PDF"), "{pdf}");
    nara.sends_statement(&khan, "", shared("rent-roll.xlsx")).await.refuses(400, "VALIDATION_ERROR");
    let broken =
        "Дансны дугаар: 5000123456\nОгноо,Утга,Орлого,Зарлага\n2026-10-02 10:00:00,а,100.00,\nНийт,,200.00,0\n";
    let broken = nara.sends_statement(&khan, "", broken.into()).await.refuses(400, "VALIDATION_ERROR");
    assert!(broken.to_string().contains("200"), "{broken}");
    assert_eq!(town.count("select count(*) from bank_transactions").await, 0);

    let table = "x,y,z\n2026-10-02 10:00:00,түрээс,100.00\n";
    nara.sends_statement(&khan, "", table.into()).await.refuses(400, "VALIDATION_ERROR");
    let by_hand = "&mapping=%7B%22date%22:%22A%22,%22description%22:%22B%22,%22amount%22:%22C%22%7D";
    let taken = nara.sends_statement(&khan, by_hand, table.into()).await.is(200);
    taken.shows("/layout", "table").shows("/counts/new", 1).shows("/lines/0/text", "түрээс");

    saraa.sends_statement(&khan, "", shared("statement-khan.xlsx")).await.is(404);
    town.employee().await.sends_statement(&khan, "", shared("statement-khan.xlsx")).await.is(403);
    town.nobody().sends_statement(&khan, "", shared("statement-khan.xlsx")).await.is(401);
    saraa.get("/v2/bank-statements").await.is(200).shows("/items", json!([]));
}

#[tokio::test]
async fn two_who_send_a_statement_at_once_bring_its_lines_once() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let khan = dulmaa.has_bank_account("khan", "5000123456").await;

    let (one, two, three) = futures_util::join!(
        nara.sends_statement(&khan, "", shared("statement-khan.xlsx")),
        dulmaa.sends_statement(&khan, "", shared("statement-khan-2.xlsx")),
        dulmaa.sends_statement(&khan, "", shared("statement-khan.xlsx")),
    );
    let new = [one, two, three].map(|reply| reply.is(200).json()["counts"]["new"].as_i64().expect("a count"));

    assert_eq!(new.iter().sum::<i64>(), 133);
    assert_eq!(town.count("select count(*) from bank_transactions").await, 133);
}

/// What Khan Bank gave in the sandbox.
fn khans_keys() -> Value {
    json!({ "key": login::KHAN.0, "secret": login::KHAN.1 })
}

fn booked(at: DateTime, tugrug: i64, text: &str) -> Booked {
    Booked {
        at: Some(at),
        amount: Money::from_tugrug(tugrug),
        text: text.into(),
        counter_account: None,
        counter_name: None,
        is_fee: false,
        corrected: false,
    }
}

#[tokio::test]
async fn a_bank_is_asked_every_hour_and_its_lines_are_those_of_the_file() {
    let (town, outside) = Town::with_outside().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let khan = dulmaa.has_bank_account("khan", "5176004666").await;
    let door = format!("/v2/bank-accounts/{khan}/connection");
    let today = town.clock.today();
    let banks = &outside.sandbox.banks;

    nara.ask(Method::PUT, &door, Some(khans_keys()), &[]).await.is(403);
    town.neighbour().await.ask(Method::PUT, &door, Some(khans_keys()), &[]).await.is(404);
    let with_more = json!({ "key": "a", "secret": "b", "tranPassword": "c" });
    dulmaa.ask(Method::PUT, &door, Some(with_more), &[]).await.refuses(400, "VALIDATION_ERROR");
    dulmaa.ask(Method::PUT, &door, Some(khans_keys()), &[]).await.is(200).shows("/status", "untested");
    town.keep_promises().await;
    nara.get("/v2/bank-accounts").await.is(200).shows("/0/connection/status", "working");
    let secret = "select count(*) from bank_connections where position('demoConsumerSecret'::bytea in sealed) > 0";
    assert_eq!(town.count(secret).await, 0);

    let nine = today.at(9, 14, 33, 0);
    banks.book(Bank::Khan, "5176004666", booked(nine, 300_000, "EB -101204 түрээс"));
    banks.book(Bank::Khan, "5176004666", booked(nine, 300_000, "EB -101204 түрээс"));
    banks.book(Bank::Khan, "5176004666", Booked { is_fee: true, ..booked(nine, -200, "Гүйлгээний шимтгэл") });
    let lines = "select count(*) from bank_transactions";
    for _ in 0..2 {
        town.run_cron("statement.poll").await;
        assert_eq!(town.count(lines).await, 3, "twins are two, asked again adds none");
    }
    banks.book(Bank::Khan, "5176004666", booked(today.at(9, 50, 0, 0), 100, "нэмж"));
    town.run_cron("statement.poll").await;
    assert_eq!(town.count(lines).await, 4, "behind the last record");

    let day = today.to_string();
    let file = format!(
        "Дансны дугаар: 5176004666\nГүйлгээний огноо,Эхний үлдэгдэл,Дебит гүйлгээ,Кредит гүйлгээ,Эцсийн үлдэгдэл,Гүйлгээний утга\n\
         {day} 09:14:33,1000000.00,0.00,300000.00,1300000.00,101204 түрээс\n\
         {day} 09:14:33,1300000.00,0.00,300000.00,1600000.00,101204 түрээс\n\
         {day} 09:14:33,1600000.00,-200.00,0.00,1599800.00,Гүйлгээний шимтгэл\n\
         {day} 09:50:00,1599800.00,0.00,100.00,1599900.00,нэмж\n"
    );
    let report = nara.sends_statement(&khan, "", file.into()).await.is(200);
    report.shows("/counts/new", 0).shows("/counts/known", 4);
    assert_eq!(town.count(lines).await, 4);

    banks.correct(Bank::Khan, "5176004666", 1);
    town.moves_on(&format!("{}T02:00:00Z", today.saturating_add(1.day()))).await;
    town.run_cron("statement.poll").await;
    assert_eq!(town.count(lines).await, 4);
    assert_eq!(town.count("select count(*) from bank_transactions where changed_at is not null").await, 1);
}

#[tokio::test]
async fn a_bank_that_says_no_is_left_alone_and_one_that_is_away_is_asked_again() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;
    let tdb = dulmaa.has_bank_account("tdb", "470012345").await;
    let golomt = dulmaa.has_bank_account("golomt", "1415100234").await;
    let connect = async |account: &str, keys: Value| {
        dulmaa.ask(Method::PUT, &format!("/v2/bank-accounts/{account}/connection"), Some(keys), &[]).await
    };
    connect(&golomt, json!({ "key": "a", "secret": "b", "sessionKey": "short" }))
        .await
        .refuses(400, "VALIDATION_ERROR");
    connect(&tdb, json!({ "key": "demo-client", "secret": "wrong" })).await.is(200);
    let keys = json!({ "key": login::GOLOMT.0, "secret": login::GOLOMT.1, "sessionKey": login::GOLOMT_KEYS.0,
        "ivKey": login::GOLOMT_KEYS.1, "registerNo": login::GOLOMT_REGISTER });
    connect(&golomt, keys).await.is(200);
    outside.sandbox.banks.set(Switches { broken: true, ..Switches::default() });
    town.keep_promises().await;
    let accounts = dulmaa.get("/v2/bank-accounts").await.is(200);
    let accounts = accounts.shows("/0/connection/status", "refused").shows("/1/connection/status", "failing");
    assert!(accounts.text().contains("Нэвтрэх мэдээлэл буруу"), "{}", accounts.text());

    outside.sandbox.banks.set(Switches::default());
    let asked = outside.sandbox.banks.counts().0;
    dulmaa.post(&format!("/v2/bank-accounts/{golomt}/connection/tests"), json!(null)).await.is(200);
    town.run_cron("statement.poll").await;
    let accounts = dulmaa.get("/v2/bank-accounts").await.is(200);
    accounts.shows("/0/connection/status", "refused").shows("/1/connection/status", "working");
    assert!(outside.sandbox.banks.counts().0 <= asked + 1, "nobody knocks again at the bank that said no");
    dulmaa.ask(Method::DELETE, &format!("/v2/bank-accounts/{tdb}/connection"), None, &[]).await.is(204);
    dulmaa.get("/v2/bank-accounts").await.is(200).shows("/0/connection", Value::Null);
}
