//! Transactions cut off at any moment: what the pool hands out next is idle and nobody's, and no word given is lost.

use std::{
    future::Future,
    path::PathBuf,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};

use cluster::testing::{self, TestDatabase};
use domain::OwnerId;
use futures_util::poll;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
    time::Instant,
};
use tokio_postgres::{Client, NoTls, config::Host};
use uuid::Uuid;

use crate::{Actor, App, Clock, Credential, Error, kv::Kv, pool::Pool, secrets::ServerKey, secrets::TokenHash};

const CUTS: usize = 2_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_transactions_cut_off_at_random_leave_nothing_behind() {
    let world = World::new().await;
    let mut chance = Chance::new();
    let (mut cut_off, mut poisoned, mut seen) = (0, 0, 0);

    for n in 0..CUTS {
        // Every fourth has the time to come through, at least on a quiet machine.
        let moment = Duration::from_micros(chance.below(if n % 4 == 3 { 20_000 } else { 2_000 }));
        let actor = world.director();
        let work = async {
            match n % 5 {
                0 => actor.transact(async |tx| tx.audit("cut.write", None, &n).await).await,
                1 => actor.transact(async |tx| tx.last().all("select id from audit_log", &[]).await.map(drop)).await,
                2 => {
                    let asks = actor.transact(async |tx| {
                        tx.audit("cut.write", None, &n).await?;
                        tx.all("select id from property_owners for update", &[]).await?;
                        tx.maybe("select pg_sleep(0.0005)", &[]).await.map(drop)
                    });
                    asks.await
                }
                3 => actor.transact(async |tx| tx.all("select 1 / 0", &[]).await.map(drop)).await,
                _ => {
                    let ahead = actor.transact(async |tx| {
                        let rows = tx.ahead("select generate_series(1, 2000)", params![]).await?;
                        tx.one("select 1", &[]).await?;
                        rows.rows().map(drop)
                    });
                    ahead.await
                }
            }
        };
        cut_off += usize::from(cut(work, moment).await.is_none());

        let probe = world.actor().transact(async |tx| tx.audit("probe.write", None, &n).await).await;
        probe.unwrap_or_else(|error| panic!("after cut {n} a write failed: {error}"));
        let (open, visible) = world.look_bare().await;
        poisoned += usize::from(open);
        seen += visible;
    }

    let kept = world.count("select count(*) from audit_log where action = 'probe.write'").await;
    println!(
        "R4: seed {}: {cut_off} of {CUTS} cut off; {poisoned} poisoned, {} of {CUTS} acknowledged writes lost, {seen} rows \
         seen without context",
        chance.seed,
        CUTS as i64 - kept
    );
    assert!(cut_off > CUTS / 4, "hardly anything was cut off: {cut_off}");
    assert_eq!((poisoned, kept, seen), (0, CUTS as i64, 0));
    world.all_idle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_a_killed_backend_and_a_time_out_leave_nothing_behind() {
    let world = World::new().await;
    let director = world.director();

    for _ in 0..10 {
        let actor = world.director();
        let panicked = tokio::spawn(async move {
            let work = actor.transact(async |tx| {
                tx.audit("cut.write", None, &1).await?;
                tx.one("select 1", &[]).await?;
                if tx.actor().ip.is_none() {
                    panic!("on purpose");
                }
                Ok(())
            });
            work.await
        });
        assert!(panicked.await.expect_err("panics").is_panic());
        assert_eq!(world.look_bare().await, (false, 0));

        let killed = director.transact(async |tx| {
            tx.audit("cut.write", None, &1).await?;
            let pid: i32 = tx.one("select pg_backend_pid()", &[]).await?.get(0);
            world.admin.execute("select pg_terminate_backend($1)", &[&pid]).await.expect("kills");
            tx.one("select pg_sleep(1)", &[]).await.map(drop)
        });
        assert_eq!(killed.await.expect_err("was killed").code().0, "SERVICE_UNAVAILABLE");
        assert_eq!(world.look_bare().await, (false, 0));

        let late = director.transact(async |tx| {
            tx.audit("cut.write", None, &1).await?;
            tx.one("select set_config('statement_timeout', '20ms', true)", &[]).await?;
            tx.one("select pg_sleep(1)", &[]).await.map(drop)
        });
        assert_eq!(late.await.expect_err("was too slow").code().0, "SERVICE_UNAVAILABLE");
        assert_eq!(world.look_bare().await, (false, 0));
    }

    assert_eq!(world.count("select count(*) from audit_log where action = 'cut.write'").await, 0);
    world.all_idle().await;
}

#[tokio::test]
async fn what_a_refused_right_had_sent_ahead_is_undone() {
    let world = World::new().await;
    let employee = world.person("employee").await;

    let refused = employee.transact(async |tx| {
        tx.allow(domain::rights::Action::EditOwner)?;
        tx.audit("cut.write", None, &1).await
    });
    assert!(matches!(refused.await, Err(Error::Forbidden)));
    let refused = employee.transact(async |tx| {
        tx.allow(domain::rights::Action::EditOwner)?;
        tx.audit("cut.write", None, &2).await?;
        tx.last().all("select 1", &[]).await
    });
    assert!(matches!(refused.await, Err(Error::Forbidden)));

    assert_eq!(world.count("select count(*) from audit_log").await, 0);
}

#[tokio::test]
async fn rows_sent_ahead_by_the_thousand_hold_nobody_up() {
    let world = World::new().await;
    let big = "select generate_series(1, 20000), repeat('x', 200)";

    let director = world.director();
    let rows = director.transact(async |tx| {
        let ahead = tx.ahead(big, params![]).await?;
        let more = tx.ahead("select generate_series(1, 20000), repeat('y', 200)", params![]).await?;
        let last = tx.last().all("select generate_series(1, 20000), repeat('z', 200)", &[]).await?;
        Ok(ahead.rows()?.len() + more.rows()?.len() + last.len())
    });
    let rows = tokio::time::timeout(Duration::from_secs(20), rows).await.expect("nobody waits for ever");

    assert_eq!(rows.expect("answers"), 60_000);
}

#[tokio::test]
async fn one_question_is_one_wait_for_the_network() {
    let world = World::new().await;
    let line = Line::to(&world._database.app_url).await;
    let key = ServerKey::new("a secret for these tests, long enough").expect("long enough");
    let pool = Pool::new(&line.url, 1).expect("a good address");
    let app = App::new(pool, Clock::System, key, Kv::in_process(), "http://town.test");
    let director = Actor::new(app, Credential::Session(world.token));
    let read = async || {
        let rows = director.transact(async |tx| {
            tx.allow(domain::rights::Action::ReadOwner)?;
            let ahead = tx.ahead("select id from rooms", params![]).await?;
            let owners = tx.last().all("select id from property_owners", &[]).await?;
            Ok((ahead.rows()?.len(), owners.len()))
        });
        assert_eq!(rows.await.expect("answers"), (0, 1));
    };
    let write = async || {
        let written = director.transact(async |tx| {
            tx.allow(domain::rights::Action::EditOwner)?;
            tx.one("select id from property_owners for update", &[]).await?;
            tx.later("update property_owners set billing_day = 5", params![]).await?;
            tx.audit("owner.edit", None, &5).await
        });
        written.await.expect("writes");
    };

    // The first time prepares the statements.
    read().await;
    write().await;
    let reading = line.waits_of(read).await;
    let writing = line.waits_of(write).await;

    println!("network waits: a read with two questions {reading}, a change that looks first {writing}");
    assert_eq!((reading, writing), (1, 2));
}

/// A pool of two, one owner with a director, and the superuser who sees what really is there.
struct World {
    app: App,
    admin: Client,
    owner: OwnerId,
    token: TokenHash,
    _database: TestDatabase,
}

impl World {
    async fn new() -> World {
        let database = testing::database().await;
        let key = ServerKey::new("a secret for these tests, long enough").expect("long enough");
        let pool = Pool::new(&database.app_url, 2).expect("a good address");
        let app = App::new(pool, Clock::System, key, Kv::in_process(), "http://town.test");
        let (admin, connection) = tokio_postgres::connect(&database.admin_url, NoTls).await.expect("connects");
        tokio::spawn(connection);
        let owner = OwnerId(Uuid::now_v7());
        let insert = "insert into property_owners (id, name, register_no) values ($1, 'Алтан Тауэр', '5112345')";
        admin.execute(insert, &[&owner]).await.expect("inserts");
        let token = TokenHash::of("director");
        let world = World { app, admin, owner, token, _database: database };
        world.person("owner_director").await;
        world
    }

    /// Makes someone of that role with a session; the director's token is known to all.
    async fn person(&self, role: &str) -> Actor {
        let token = if role == "owner_director" { self.token } else { TokenHash::of(role) };
        let user = Uuid::now_v7();
        let sql = "
            with u as (insert into users (id, name, email) values ($1, 'Д', $2) returning id),
                 p as (insert into profiles (id, user_id, owner_id, full_name, role) select $1, id, $3, 'Д', $4 from u)
            insert into sessions (id, user_id, token_hash, expires_at) select $1, id, $5, now() + interval '1 day' from u";
        let email = format!("{user}@town.test");
        let token_bytes = token.0.as_slice();
        self.admin.execute(sql, &[&user, &email, &self.owner, &role, &token_bytes]).await.expect("inserts");
        Actor::new(self.app.clone(), Credential::Session(token))
    }

    fn director(&self) -> Actor {
        Actor::new(self.app.clone(), Credential::Session(self.token))
    }

    fn actor(&self) -> Actor {
        Actor::system(&self.app, self.owner)
    }

    /// Looks through every connection of the pool without saying who asks: whether one is still inside a transaction
    /// or remembers anybody, and how many rows can be seen.
    async fn look_bare(&self) -> (bool, i64) {
        let both = (self.app.pool.connection().await, self.app.pool.connection().await);
        let (mut open, mut visible) = (false, 0);
        for connection in [both.0.expect("connects"), both.1.expect("connects")] {
            let sql = "select concat(current_setting('app.owner_id', true), current_setting('app.user_id', true),
                                     current_setting('app.role', true)) <> ''
                              or exists (select from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'),
                              (select count(*) from audit_log) + (select count(*) from property_owners),
                              pg_backend_pid()";
            let row = connection.query_one(sql, &[]).await.expect("answers");
            let state = "select state from pg_stat_activity where pid = $1";
            let state: String = self.admin.query_one(state, &[&row.get::<_, i32>(2)]).await.expect("answers").get(0);
            open |= row.get::<_, bool>(0) || state != "idle";
            visible += row.get::<_, i64>(1);
        }
        (open, visible)
    }

    async fn count(&self, sql: &str) -> i64 {
        self.admin.query_one(sql, &[]).await.expect("answers").get(0)
    }

    /// Every backend that is left is idle; those whose client is gone may take a moment to notice.
    async fn all_idle(&self) {
        let busy = "select count(*) from pg_stat_activity
                     where datname = current_database() and usename = 'spacehub_app' and state <> 'idle'";
        let patience = Instant::now() + Duration::from_secs(10);
        while self.count(busy).await > 0 {
            assert!(Instant::now() < patience, "a backend stays in its transaction");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A line to Postgres that counts how often somebody waits at its end: words one way after words the other way.
struct Line {
    url: String,
    waits: Arc<AtomicUsize>,
    folder: PathBuf,
}

impl Line {
    async fn to(url: &str) -> Line {
        let config: tokio_postgres::Config = url.parse().expect("a good address");
        let Some(Host::Unix(sockets)) = config.get_hosts().first() else { panic!("the tests' Postgres has a socket") };
        let server = sockets.join(".s.PGSQL.5432");
        let folder = std::env::temp_dir().join(format!("spacehub-line-{}", Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).expect("a folder");
        let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).expect("a socket");
        let waits = Arc::new(AtomicUsize::new(0));
        let counted = waits.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = UnixStream::connect(&server).await.expect("connects");
                tokio::spawn(carry(near, far, counted.clone()));
            }
        });
        let (user, name) = (config.get_user().expect("a user"), config.get_dbname().expect("a database"));
        let url = format!("postgres:///{name}?user={user}&host={}", folder.display().to_string().replace('/', "%2F"));
        Line { url, waits, folder }
    }

    async fn waits_of(&self, work: impl AsyncFn()) -> usize {
        let before = self.waits.load(Ordering::SeqCst);
        work().await;
        self.waits.load(Ordering::SeqCst) - before
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Carries words both ways; a wait is a turn from asking to listening.
async fn carry(mut near: UnixStream, mut far: UnixStream, waits: Arc<AtomicUsize>) {
    let (mut asked, mut told) = (vec![0; 65536], vec![0; 65536]);
    let mut asking = false;
    loop {
        tokio::select! {
            biased;
            read = near.read(&mut asked) => match read {
                Ok(n) if n > 0 && far.write_all(&asked[..n]).await.is_ok() => asking = true,
                _ => return,
            },
            read = far.read(&mut told) => match read {
                Ok(n) if n > 0 && near.write_all(&told[..n]).await.is_ok() => {
                    waits.fetch_add(usize::from(std::mem::replace(&mut asking, false)), Ordering::SeqCst);
                }
                _ => return,
            },
        }
    }
}

/// Polls a future until a moment is over, to the microsecond, and then drops it.
async fn cut<F: Future>(future: F, after: Duration) -> Option<F::Output> {
    let end = Instant::now() + after;
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(done) = poll!(future.as_mut()) {
            return Some(done);
        }
        if Instant::now() >= end {
            return None;
        }
        tokio::task::yield_now().await;
    }
}

/// Chance that can be repeated: `SEED` in the environment.
struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    fn new() -> Chance {
        let given = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
        let seed =
            given.unwrap_or_else(|| u64::from_le_bytes(Uuid::now_v7().as_bytes()[8..].try_into().expect("eight")));
        Chance { seed, state: seed | 1 }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % end
    }
}
