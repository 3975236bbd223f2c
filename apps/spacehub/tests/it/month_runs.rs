//! Long runs of a month: ordered, made batch by batch, killed and gone on with; and months at the edges of the calendar.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    books::Lease,
    town::{Person, Town, nothing},
};

impl Town {
    /// Contracts of a flat million a month, VAT inside, straight into the tables; every hundredth has lost its charge.
    async fn has_many_contracts(&self, count: i64) {
        let owner = self.altan;
        self.sql_batch(&format!(
            "insert into properties (id, owner_id, name) values ('00000000-0000-7000-8000-00000000aaaa', '{owner}', 'Захын барилга');
             create temporary table made as
                select n, gen_random_uuid() as contract, gen_random_uuid() as tenant, gen_random_uuid() as room
                  from generate_series(1, {count}) n;
             insert into tenants (id, owner_id, kind, name, phone)
                select tenant, '{owner}', 'company', 'Лангуу ' || n, '99110001' from made;
             insert into rooms (id, owner_id, property_id, unit_no, unit_key, kind, area_m2)
                select room, '{owner}', '00000000-0000-7000-8000-00000000aaaa', 'L-' || n, 'L-' || n, 'office', 5 from made;
             insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, units, starts_on, status,
                                    payment_day)
                select contract, '{owner}', 'L-' || lpad(n::text, 6, '0'), '00000000-0000-7000-8000-00000000aaaa', tenant,
                       'Лангуу ' || n, 'L-' || n, '2026-01-01', 'active', 15 from made;
             insert into contract_rooms (id, owner_id, contract_id, room_id, during)
                select gen_random_uuid(), '{owner}', contract, room, daterange('2026-01-01', null) from made;
             insert into contract_items (id, owner_id, contract_id, kind, name, basis, unit_price, vat_mode, tax_kind, valid_from)
                select gen_random_uuid(), '{owner}', contract, 'rent', 'Түрээс', 'flat', 100000000, 'included', 'VAT_ABLE',
                       '2026-01-01' from made where n % 100 <> 0;
             analyze"
        ))
        .await;
    }
}

async fn run(who: &Person<'_>, order: Value) -> Value {
    who.post("/v2/months/2026-10/run", order).await.is(200).json()
}

fn quietly() -> Value {
    json!({ "acceptDifference": true, "send": false })
}

/// The workers as a process of their own.
struct Process(Child);

impl Process {
    fn start(town: &Town) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spacehub"));
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("SPACEHUB_") || name.ends_with("_URL")) {
                command.env_remove(name);
            }
        }
        command.args(["workers", "--listen", "127.0.0.1:0", "--data"]).arg(town.folder.path());
        command.env("DATABASE_URL", &town.database.app_url);
        command.env("SPACEHUB_WORKER_DATABASE_URL", &town.database.worker_url);
        command.env("SPACEHUB_ADMIN_DATABASE_URL", &town.database.admin_url);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
        Process(command.spawn().expect("the workers start"))
    }

    /// Without a word, as when the power fails.
    fn kill(mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it has ended");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_killed_half_way_goes_on_without_a_gap_or_a_double() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    town.has_many_contracts(9_000).await;

    let ordered = run(&nara, quietly()).await;
    assert_eq!(
        (&ordered["status"], &ordered["toBill"], &ordered["created"]),
        (&json!("ordered"), &json!(8_910), &json!(0))
    );
    let path = format!("/v2/month-runs/{}", ordered["id"].as_str().expect("an id"));
    nara.get(&path).await.is(200).shows("/status", "ordered").shows("/contracts", 9_000).shows("/parked", 90);

    // The process lives by the real clock, by which the session is over.
    town.sql("update sessions set expires_at = '2100-01-01'").await;
    let process = Process::start(&town);
    let patience = Instant::now() + Duration::from_secs(60);
    while town.count("select count(*) from month_run_batches").await == 0 {
        assert!(Instant::now() < patience, "no batch was made");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    process.kill();
    let halfway = town.count("select billed::bigint from month_runs").await;
    assert!((1..8_910).contains(&halfway), "killed after {halfway}");
    let left = nara.get(&path).await.is(200).shows("/status", "running").json();
    assert_eq!(town.keep_promises().await, 0, "its lease still holds");
    let again = run(&nara, quietly()).await;
    assert_eq!(
        (&again["id"], &again["status"]),
        (&ordered["id"], &json!("running")),
        "pressed again, it is the same run"
    );

    // The process lived by the real clock: its lease has run out a minute from now.
    town.clock.move_to(Timestamp::now() + SignedDuration::from_secs(120));
    assert_eq!(town.keep_promises().await, 1);

    let done =
        nara.get(&path).await.is(200).shows("/status", "done").shows("/billed", 8_910).shows("/goneThrough", 9_000);
    let done = done.shows("/total", "891000000000").shows("/parked", 90).shows("/firstCode", left["firstCode"].clone());
    let done = done.shows("/firstCode", "INV-2026-000001").shows("/lastCode", "INV-2026-008910").json();
    assert_eq!(done["orderedBy"], "Г. Нарантуяа");
    assert_eq!(town.count("select count(*) from invoices").await, 8_910);
    assert_eq!(town.count("select sum(billed) from month_run_batches").await, 8_910);
    assert_eq!(town.count("select count(*) from audit_log where action = 'month.run'").await, 1);
    assert_eq!(town.count("select attempts::bigint from outbox where kind = 'month.make'").await, 2);
    println!("killed after {halfway} of 8,910 bills; the rest was made by the next worker");
    town.sql("update invoices set due_on = '2027-01-15'").await;
    town.books_tie().await;

    let parked = nara.get(&format!("{path}/parked?limit=100")).await.is(200).json();
    assert_eq!(parked["items"].as_array().map(Vec::len), Some(90));
    assert_eq!(parked["items"][0]["contractCode"], "L-000100");
    assert!(parked["items"][0]["because"].as_str().is_some_and(|why| why.contains("төлбөр алга")), "{parked}");
    // Whoever is mended is added by another run, and nobody else.
    town.sql(&format!(
        "insert into contract_items (id, owner_id, contract_id, kind, name, basis, unit_price, vat_mode, tax_kind, valid_from)
         select gen_random_uuid(), '{}', id, 'rent', 'Түрээс', 'flat', 100000000, 'included', 'VAT_ABLE', '2026-01-01'
           from contracts where code = 'L-000100'",
        town.altan
    ))
    .await;
    let order = json!({ "acceptDifference": true, "send": false, "issueOn": "2026-12-01" });
    let mended = run(&nara, order).await;
    assert_eq!((&mended["status"], &mended["toBill"]), (&json!("ordered"), &json!(1)));
    town.keep_promises().await;
    let path = format!("/v2/month-runs/{}", mended["id"].as_str().expect("an id"));
    nara.get(&path).await.is(200).shows("/billed", 1).shows("/existing", 8_910).shows("/lastCode", "INV-2026-008911");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_who_press_at_once_have_one_run_that_three_workers_make_once() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    town.has_many_contracts(4_500).await;

    let runs = join_all((0..3).map(|_| run(&nara, quietly()))).await;
    assert!(runs.iter().all(|run| run["id"] == runs[0]["id"]), "{runs:?}");
    // Three jobs of one run: as if its lease had run out under two workers that live on.
    town.sql("insert into outbox (id, owner_id, kind, payload, run_at) select gen_random_uuid(), owner_id, kind, payload, run_at from outbox, generate_series(1, 2)")
        .await;
    town.sql("update outbox set aggregate_id = null").await;
    let drained = join_all((0..3).map(|_| town.keep_promises())).await;
    assert_eq!(drained.iter().sum::<usize>(), 3);

    assert_eq!(town.count("select count(*) from invoices").await, 4_455);
    assert_eq!(town.count("select billed::bigint from month_runs where status = 'done'").await, 4_455);
    town.books_tie().await;
    let runs = nara.get("/v2/months/2026-10/runs").await.is(200).json();
    assert_eq!(runs["items"].as_array().map(Vec::len), Some(1));
    let pages = nara.get("/v2/months/2026-10/preview?what=parked&limit=30").await.is(200).shows("/totals/toBill", 0);
    let cursor = pages.word("/nextCursor");
    let second = nara.get(&format!("/v2/months/2026-10/preview?what=parked&limit=30&cursor={cursor}")).await.is(200);
    assert_eq!(second.shows("/nextCursor", Value::Null).json()["lines"].as_array().map(Vec::len), Some(15));
}

#[tokio::test]
async fn a_stopped_run_stands_in_the_month_with_its_figures() {
    let town = Town::new().await;
    let (dulmaa, nara, bat) = (town.director().await, town.accountant().await, town.employee().await);
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;

    nara.post("/v2/months/2026-10/run", nothing()).await.refuses(409, "CONFLICT");

    let runs = dulmaa.get("/v2/months/2026-10/runs").await.is(200).shows("/items/0/status", "stopped");
    let runs = runs.shows("/items/0/orderedBy", "Г. Нарантуяа").shows("/items/0/billed", 0).json();
    let because = runs["items"][0]["stoppedBecause"].as_str().expect("a reason");
    assert!(because.contains("1\u{a0}000\u{a0}000 ₮") && because.contains("30.00 %"), "{because}");
    let path = format!("/v2/month-runs/{}", runs["items"][0]["id"].as_str().expect("an id"));
    bat.get(&path).await.refuses(403, "FORBIDDEN");
    bat.get("/v2/months/2026-10/runs").await.refuses(403, "FORBIDDEN");
    town.neighbour().await.get(&path).await.refuses(404, "NOT_FOUND");
    town.neighbour().await.get(&format!("{path}/parked")).await.refuses(404, "NOT_FOUND");
    town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
    assert_eq!(town.count("select count(*) from invoices").await, 0);
}

#[tokio::test]
async fn months_at_the_edges_of_the_calendar_are_billed_by_their_days() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    // 2028 has a leap day, 2027 has none; 31 is a payment day that most months lack.
    let leases = [
        Lease {
            starts_on: "2027-01-31", payment_day: 31, ..Lease::plain("CT-2027-0001", "Гучин нэгэн ХХК")
        },
        Lease { starts_on: "2028-02-15", payment_day: 31, ..Lease::plain("CT-2028-0002", "Өндөр жил ХХК") },
        Lease { ends_on: Some("2028-02-28"), ..Lease::plain("CT-2026-0003", "Өдрөөр дутуу ХХК") },
        Lease { ends_on: Some("2028-02-29"), ..Lease::plain("CT-2026-0004", "Яг дууссан ХХК") },
    ];
    for lease in leases {
        town.lease(town.altan, lease).await;
    }
    let shown = async |month: &str, issue_on: &str, code: &str| {
        let reply = nara.get(&format!("/v2/months/{month}/preview?issueOn={issue_on}")).await.is(200).json();
        let lines = reply["lines"].as_array().cloned().unwrap_or_default();
        let line = lines.into_iter().find(|line| line["contractCode"] == code).unwrap_or_default();
        (line["amount"].as_str().unwrap_or("none").to_owned(), line["dueOn"].as_str().unwrap_or("none").to_owned())
    };
    let told = |amount: &str, due_on: &str| (amount.to_owned(), due_on.to_owned());
    // 1 000 000 × 1/31, then whole months whatever their length.
    assert_eq!(shown("2027-01", "2027-01-31", "CT-2027-0001").await, told("3225806", "2027-01-31"));
    assert_eq!(shown("2027-02", "2027-02-10", "CT-2027-0001").await, told("100000000", "2027-02-28"));
    assert_eq!(shown("2027-04", "2027-04-10", "CT-2027-0001").await, told("100000000", "2027-04-30"));
    // 15 of 29 days, and the 29th is February's last.
    assert_eq!(shown("2028-02", "2028-02-20", "CT-2028-0002").await, told("51724138", "2028-02-29"));
    assert_eq!(shown("2028-02", "2028-02-20", "CT-2026-0003").await.0, "96551724");
    assert_eq!(shown("2028-02", "2028-02-20", "CT-2026-0004").await.0, "100000000");
    assert_eq!(shown("2028-03", "2028-03-20", "CT-2026-0004").await.0, "none");

    // Half past midnight in Ulaanbaatar, still the last of October in London and in Khovd.
    town.moves_on("2027-10-31T16:30:00Z").await;
    nara.post("/v2/months/2027-11/run", quietly()).await.is(200).shows("/created", 3);
    nara.get("/v2/invoices?period=2027-11").await.is(200).shows("/items/0/issuedOn", "2027-11-01");
    town.moves_on("2027-11-30T15:59:59Z").await;
    nara.get("/v2/months/2027-11/preview").await.is(200).shows("/issueOn", "2027-11-30");
    town.moves_on("2027-11-30T16:00:00Z").await;
    nara.get("/v2/months/2027-12/preview").await.is(200).shows("/issueOn", "2027-12-01");
    town.run_cron("invoice.overdue").await;
    town.books_tie().await;
}
