//! Promises and how they are kept, shown on jobs that exist only here.

mod chores;

use std::{collections::HashMap, sync::Arc, time::Duration};

use base::{
    Actor, Error, bell,
    cron::{Cron, Schedule},
    retention,
};
use jiff::{SignedDuration, Timestamp};
use tokio::{sync::watch, time::Instant};
use uuid::Uuid;

use crate::town::Town;
use chores::{Call, Chore, How, Notes, Process};

#[tokio::test]
async fn a_promise_is_kept_if_and_only_if_its_transaction_commits() {
    let town = Town::new().await;
    let process = Process::new(&town, &Arc::default());
    let altan = Actor::system(&town.app, town.altan);

    let broken: Result<(), Error> = altan
        .transact(async |tx| {
            tx.promise(&Chore::well(1)).await?;
            Err(Error::NotFound("nerve"))
        })
        .await;
    assert!(broken.is_err());
    altan.transact(async |tx| tx.promise(&Chore::well(2)).await).await.expect("promises");

    assert_eq!(process.workers.drain().await.expect("drains"), 1);
    assert_eq!(process.notes.done(), [2]);
    assert_eq!(town.count("select count(*) from outbox where status = 'done'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_workers_share_the_work_without_doubles() {
    let town = Town::new().await;
    let notes = Arc::<Notes>::default();
    for owner in [town.altan, town.mungun] {
        Chore::promise_many(&town, owner, (0..1_000).map(Chore::well)).await;
    }

    let started = Instant::now();
    let processes = [(); 3].map(|()| Process::new(&town, &notes).start());
    town.until("select count(*) = 0 from outbox where status = 'pending'").await;
    let took = started.elapsed();
    for process in processes {
        process.stop().await;
    }

    let done = notes.done();
    println!("3 workers kept 2,000 promises in {took:?}, each once: {} runs", done.len());
    assert_eq!(done.len(), 2_000);
    assert_eq!(town.count("select count(*) from outbox where status = 'done' and attempts = 1").await, 2_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_that_runs_out_is_taken_over_and_the_late_one_records_nothing() {
    let town = Town::new().await;
    let notes = Arc::<Notes>::default();
    Chore::promise_many(&town, town.altan, [Chore::of(7, How::HeldAtFirst)]).await;
    let slow = Process::new(&town, &notes).start();
    town.until("select count(*) = 1 from outbox where attempts = 1").await;

    town.clock.move_to(town.clock.now() + SignedDuration::from_secs(59));
    let quick = Process::new(&town, &notes).start();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(town.count("select attempts::bigint from outbox").await, 1, "taken over within the lease");
    town.clock.move_to(town.clock.now() + SignedDuration::from_secs(2));
    town.until("select status = 'done' from outbox").await;
    let recorded = "select concat_ws(' ', status, attempts, done_at, last_error) from outbox";
    let by_the_quick: String = town.sql(recorded).await[0].get(0);

    town.clock.move_to(town.clock.now() + SignedDuration::from_secs(100));
    notes.gate.add_permits(1);
    slow.stop().await;
    quick.stop().await;
    let afterwards: String = town.sql(recorded).await[0].get(0);
    assert_eq!(by_the_quick, afterwards);
    assert_eq!(notes.done(), [7, 7], "at least once: both have run it");
}

#[tokio::test]
async fn poison_waits_longer_each_time_then_is_laid_aside_and_only_its_aggregate_waits() {
    let town = Town::new().await;
    let process = Process::new(&town, &Arc::default());
    let (sick, sound) = (Uuid::now_v7(), Uuid::now_v7());
    let poison = Chore { group: Some(sick), ..Chore::of(1, How::Poison) };
    let others = [(2, sick), (3, sound), (4, sound)].map(|(n, group)| Chore { group: Some(group), ..Chore::well(n) });
    Chore::promise_many(&town, town.altan, std::iter::once(poison).chain(others)).await;

    let mut delays = Vec::new();
    for attempt in 1..=4 {
        process.workers.drain().await.expect("drains");
        let row =
            &town.sql("select run_at, attempts, status, last_error from outbox where payload->>'n' = '1'").await[0];
        assert_eq!(row.get::<_, i32>("attempts"), attempt);
        assert_eq!(row.get::<_, String>("last_error"), "poison");
        assert_eq!(row.get::<_, String>("status"), if attempt == 4 { "dead" } else { "pending" });
        let due: Timestamp = row.get("run_at");
        if attempt < 4 {
            assert_eq!(process.notes.done(), [3, 4], "the rest of the sick aggregate waits, the sound one does not");
            delays.push(due.duration_since(town.clock.now()).as_secs());
            town.clock.move_to(due);
        }
    }
    process.workers.drain().await.expect("drains");

    println!("waited {delays:?} s between 4 tries");
    assert!(delays.windows(2).all(|pair| pair[0] < pair[1]), "{delays:?}");
    assert_eq!(process.notes.done(), [3, 4, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_aggregate_is_worked_off_in_order_by_many_workers_with_failures_between() {
    let town = Town::new().await;
    let notes = Arc::<Notes>::default();
    let groups: Vec<Uuid> = (0..20).map(|_| Uuid::now_v7()).collect();
    let chores = (0..500).map(|n| {
        let group = groups[usize::try_from(n % 20).expect("small")];
        let how = if n % 37 == 5 { How::FailsOnce } else { How::Well };
        Chore { group: Some(group), ..Chore::of(n, how) }
    });
    Chore::promise_many(&town, town.altan, chores).await;

    let processes = [(); 3].map(|()| Process::new(&town, &notes).start());
    while town.count("select count(*) from outbox where status = 'pending'").await > 0 {
        town.clock.move_to(town.clock.now() + SignedDuration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for process in processes {
        process.stop().await;
    }

    let mut last: HashMap<i64, i64> = HashMap::new();
    let disorder =
        notes.done().iter().filter(|n| last.insert(**n % 20, **n).is_some_and(|before| before >= **n)).count();
    println!("20 aggregates × 25 promises with 14 failures by 3 workers: {disorder} out of order");
    assert_eq!((notes.done().len(), disorder), (500, 0));
}

#[tokio::test]
async fn a_job_that_panics_is_tried_again_and_one_that_nobody_knows_is_laid_aside() {
    let town = Town::new().await;
    let process = Process::new(&town, &Arc::default());
    Chore::promise_many(&town, town.altan, [Chore::of(1, How::PanicsOnce), Chore::well(2)]).await;

    process.workers.drain().await.expect("drains");
    let row = &town.sql("select run_at, last_error from outbox where payload->>'n' = '1'").await[0];
    assert_eq!(row.get::<_, String>("last_error"), "the job panicked");
    town.clock.move_to(row.get("run_at"));
    process.workers.drain().await.expect("drains");
    assert_eq!(process.notes.done(), [2, 1]);

    Chore::promise_many(&town, town.altan, [Chore::well(3)]).await;
    town.sql_batch("update outbox set payload = '{\"n\": \"three\"}' where status = 'pending'").await;
    process.workers.drain().await.expect("drains");
    let dead: String = town.sql("select last_error from outbox where status = 'dead'").await[0].get(0);
    assert!(dead.contains("does not fit"), "{dead}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_calls_of_one_owner_do_not_hold_up_another() {
    let town = Town::new().await;
    let notes = Arc::<Notes>::default();
    Call::promise_many(&town, town.altan, 0..500).await;
    Call::promise_many(&town, town.mungun, 1_000..1_010).await;

    let process = Process::new(&town, &notes).start();
    town.until(&format!("select count(*) = 10 from outbox where owner_id = '{}' and status = 'done'", town.mungun.0))
        .await;
    let before = notes.done().iter().filter(|n| **n < 500).count();
    process.stop().await;

    let most = notes.most_at_once();
    println!("the neighbour's 10 calls were done after {before} of 500; at most {most:?} of an owner at once");
    assert!(before < 50, "the neighbour waited for {before} calls");
    assert!(most.values().all(|n| *n <= 2), "{most:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_slot_of_the_clock_is_taken_once_by_schedulers_whose_clocks_differ() {
    let town = Town::new().await;
    let notes = Arc::<Notes>::default();
    let cron = || {
        Cron::new("hourly", Schedule::Hourly, async |app: base::App, slot: Timestamp| {
            app.part::<Arc<Notes>>().ran(slot.as_second());
            Ok(())
        })
    };
    let off = [-2, 0, 2].map(SignedDuration::from_hours);
    let processes = off.map(|_| Process::with_cron(&town, &notes, cron()));

    // Ten hours in steps of twenty minutes, with a step back of an hour in the middle.
    let start = town.clock.now();
    for step in (0..15).chain(12..30) {
        let now = start + SignedDuration::from_mins(step * 20);
        for (process, off) in processes.iter().zip(off) {
            process.clock.move_to(now + off);
        }
        let [a, b, c] = &processes;
        tokio::join!(a.workers.tick(), b.workers.tick(), c.workers.tick());
    }

    let mut slots = notes.done();
    slots.sort_unstable();
    let whole = slots.len();
    slots.dedup();
    println!("{whole} runs of {} slots by 3 schedulers at −2 h, 0 and +2 h", slots.len());
    assert_eq!(whole, slots.len(), "a slot was taken twice");
    assert_eq!(slots.len(), 14, "ten hours and two at either end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_stopped_finishes_what_it_holds_and_takes_no_more() {
    let town = Town::new().await;
    let notes = Arc::<Notes>::default();
    Chore::promise_many(&town, town.altan, [Chore::of(1, How::HeldAtFirst)]).await;
    let process = Process::new(&town, &notes).start();
    town.until("select count(*) = 1 from outbox where attempts = 1").await;

    let stopped = tokio::spawn(process.stop());
    tokio::time::sleep(Duration::from_millis(100)).await;
    Chore::promise_many(&town, town.altan, [Chore::well(2)]).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!stopped.is_finished(), "it went away in the middle of a job");
    notes.gate.add_permits(1);
    stopped.await.expect("stops");

    assert_eq!(notes.done(), [1]);
    assert_eq!(town.count("select count(*) from outbox where status = 'done'").await, 1);
    assert_eq!(town.count("select count(*) from outbox where status = 'pending' and attempts = 0").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promise_made_in_another_process_is_heard_without_waiting_for_the_poll() {
    let town = Town::new().await;
    let notes = Arc::<Notes>::default();
    let process = Process::new(&town, &notes).start();
    let (stop, stopped) = watch::channel(false);
    let bell = tokio::spawn(bell::run(town.app.clone(), stopped));
    tokio::time::sleep(Duration::from_millis(300)).await;

    let mut waits = Vec::new();
    for n in 0..20 {
        // Anywhere within a poll's second.
        tokio::time::sleep(Duration::from_millis(20 + 37 * u64::try_from(n % 7).expect("small"))).await;
        let committed = Instant::now();
        Chore::promise_many(&town, town.altan, [Chore::well(n)]).await;
        while notes.done().len() <= usize::try_from(n).expect("small") {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        waits.push(committed.elapsed());
    }
    process.stop().await;
    stop.send(true).expect("the bell listens");
    bell.await.expect("the bell ends");

    waits.sort();
    println!("promise to run across processes: p50 {:?}, max {:?} (a poll alone: 500 ms, 1 s)", waits[10], waits[19]);
    assert!(waits[10] < Duration::from_millis(300), "only the poll heard it: {waits:?}");
}

#[tokio::test]
async fn what_is_old_is_swept_and_what_is_not_stays() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let at = |days: i64| (town.clock.now() - SignedDuration::from_hours(24 * days)).to_string();
    let old_id = |days: i64| {
        let seconds =
            u64::try_from((town.clock.now() - SignedDuration::from_hours(24 * days)).as_second()).expect("now");
        Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, 0))
    };
    let promise = |made: i64, status: &str, done: Option<i64>| {
        let done = done.map_or("null".to_owned(), |days| format!("'{}'", at(days)));
        format!(
            "insert into outbox (id, owner_id, kind, payload, status, done_at)
             values ('{}', '{}', 'x', '{{}}', '{status}', {done});",
            old_id(made),
            town.altan.0
        )
    };
    let user = "(select user_id from sessions limit 1)";
    town.sql_batch(&[
        promise(40, "done", Some(39)),
        promise(40, "done", Some(1)),
        promise(20, "done", Some(19)),
        promise(40, "dead", None),
        promise(40, "pending", None),
        format!("insert into sessions (id, token_hash, user_id, expires_at) values (gen_random_uuid(), 'a', {user}, '{}')", at(1)),
    ].concat()).await;

    retention::sweep(&town.workshop).await.expect("sweeps");

    let left = town.sql("select status, count(*) from outbox group by status order by status").await;
    let left: Vec<(String, i64)> = left.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(left, [("dead".to_owned(), 1), ("done".to_owned(), 2), ("pending".to_owned(), 1)]);
    assert_eq!(town.count("select count(*) from sessions").await, 1);
    dulmaa.get("/v2/me").await.is(200);
}
