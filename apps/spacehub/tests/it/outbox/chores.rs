//! Jobs that do nothing but note that they ran, in all the ways a job can go wrong; and the processes that run them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use base::{
    Actor, App, Clock, Failure, Job, Lane, Outcome, Promise, Slice, Works, cron::Cron, kv::Kv, pool::Pool,
    secrets::ServerKey, workers::Workers,
};
use domain::OwnerId;
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{Semaphore, watch},
    task::JoinHandle,
};
use uuid::Uuid;

use crate::town::Town;

/// How a chore goes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum How {
    Well,
    FailsOnce,
    PanicsOnce,
    /// Fails however often it is tried.
    Poison,
    /// Its first run waits at the gate.
    HeldAtFirst,
}

/// A local job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Chore {
    pub n: i64,
    pub group: Option<Uuid>,
    pub how: How,
}

impl Chore {
    pub fn well(n: i64) -> Chore {
        Chore::of(n, How::Well)
    }

    pub fn of(n: i64, how: How) -> Chore {
        Chore { n, group: None, how }
    }

    /// Promises them in one transaction of that owner.
    pub async fn promise_many(town: &Town, owner: OwnerId, chores: impl IntoIterator<Item = Chore>) {
        let actor = Actor::system(&town.app, owner);
        let promises = actor.transact(async |tx| {
            for chore in chores {
                tx.promise(&chore).await?;
            }
            Ok(())
        });
        promises.await.expect("promises");
    }
}

impl Promise for Chore {
    const KIND: &'static str = "chore";

    fn aggregate(&self) -> Option<Uuid> {
        self.group
    }
}

impl Job for Chore {
    const ATTEMPTS: i32 = 4;

    async fn run(&self, at: &Works) -> Outcome {
        let notes = at.app.part::<Arc<Notes>>();
        match self.how {
            How::FailsOnce if at.attempt == 1 => return Err(Failure::later("the first time")),
            How::PanicsOnce if at.attempt == 1 => panic!("on purpose"),
            How::Poison => return Err(Failure::later("poison")),
            How::HeldAtFirst if at.attempt == 1 => notes.gate.acquire().await.expect("the gate stays").forget(),
            _ => {}
        }
        notes.ran(self.n);
        Ok(())
    }
}

/// A job that calls out and takes its time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Call {
    pub n: i64,
}

impl Call {
    pub async fn promise_many(town: &Town, owner: OwnerId, numbers: std::ops::Range<i64>) {
        let actor = Actor::system(&town.app, owner);
        let promises = actor.transact(async |tx| {
            for n in numbers {
                tx.promise(&Call { n }).await?;
            }
            Ok(())
        });
        promises.await.expect("promises");
    }
}

impl Promise for Call {
    const KIND: &'static str = "call";
}

impl Job for Call {
    const LANE: Lane = Lane::Calls { at_once: 4, per_owner: 2 };

    async fn run(&self, at: &Works) -> Outcome {
        let notes = at.app.part::<Arc<Notes>>();
        let owner = at.actor.transact(async |tx| tx.owner().await).await?;
        notes.starts(owner);
        tokio::time::sleep(Duration::from_millis(15)).await;
        notes.ends(owner);
        notes.ran(self.n);
        Ok(())
    }
}

/// What the jobs of a story have done, across its processes.
pub struct Notes {
    done: Mutex<Vec<i64>>,
    running: Mutex<HashMap<OwnerId, usize>>,
    most: Mutex<HashMap<OwnerId, usize>>,
    /// Held jobs wait here.
    pub gate: Semaphore,
}

impl Default for Notes {
    fn default() -> Notes {
        Notes { done: Mutex::default(), running: Mutex::default(), most: Mutex::default(), gate: Semaphore::new(0) }
    }
}

impl Notes {
    /// The numbers of what was done, in the order it was done.
    pub fn done(&self) -> Vec<i64> {
        self.done.lock().expect("nobody panics while holding it").clone()
    }

    /// How many jobs of an owner ran at the same time at most.
    pub fn most_at_once(&self) -> HashMap<OwnerId, usize> {
        self.most.lock().expect("nobody panics while holding it").clone()
    }

    pub fn ran(&self, n: i64) {
        self.done.lock().expect("nobody panics while holding it").push(n);
    }

    fn starts(&self, owner: OwnerId) {
        let mut running = self.running.lock().expect("nobody panics while holding it");
        let now = running.entry(owner).or_default();
        *now += 1;
        let mut most = self.most.lock().expect("nobody panics while holding it");
        let most = most.entry(owner).or_default();
        *most = (*most).max(*now);
    }

    fn ends(&self, owner: OwnerId) {
        *self.running.lock().expect("nobody panics while holding it").entry(owner).or_default() -= 1;
    }
}

/// A process of workers, with connections and a clock of its own.
pub struct Process {
    pub workers: Workers,
    pub notes: Arc<Notes>,
    pub clock: Clock,
}

/// A process whose loops run.
pub struct Running {
    stop: watch::Sender<bool>,
    loops: JoinHandle<()>,
}

impl Process {
    /// Goes by the town's clock.
    pub fn new(town: &Town, notes: &Arc<Notes>) -> Process {
        Process::made(town, notes, town.clock.clone(), Slice::new("chores"))
    }

    /// Goes by a clock of its own.
    pub fn with_cron(town: &Town, notes: &Arc<Notes>, cron: Cron) -> Process {
        Process::made(town, notes, Clock::held(town.clock.now()), Slice::new("chores").cron(cron))
    }

    fn made(town: &Town, notes: &Arc<Notes>, clock: Clock, slice: Slice) -> Process {
        let pool = Pool::new(&town.database.worker_url, 4).expect("a good address");
        let key = ServerKey::new("the town's own secret, long enough for it").expect("long enough");
        let app = App::new(pool, clock.clone(), key, Kv::in_process(), "http://town.test").roomy().with(notes.clone());
        let workers = Workers::new(app, &[slice.job::<Chore>().job::<Call>()]);
        Process { workers, notes: notes.clone(), clock }
    }

    pub fn start(self) -> Running {
        let (stop, stopped) = watch::channel(false);
        Running { stop, loops: tokio::spawn(async move { self.workers.run(stopped).await }) }
    }
}

impl Running {
    /// Tells the loops to stop and waits until they have.
    pub async fn stop(self) {
        self.stop.send(true).expect("the loops listen");
        self.loops.await.expect("the loops end");
    }
}
