//! One transaction for one actor: how statements reach Postgres, and how they come back without waiting in between.
//!
//! `BEGIN`, the look-up of who asks and every statement that needs no answer are sent at once and answered in order;
//! only a question waits, and with it everything that was sent before. A request that asks one thing and is done
//! waits for the network once ([`Tx::last`]).
//!
//! A transaction that is dropped half way (the caller went away, a panic, a time-out) takes its connection along:
//! what is not seen idle never returns to the pool.

mod statement;

use std::{
    collections::VecDeque,
    future::Future,
    pin::{Pin, pin},
    sync::{Arc, Mutex, OnceLock},
    task::{Context, Poll, Waker},
    time::Duration,
};

use deadpool_postgres::Object;
use domain::{InvoiceId, OwnerId, UserId, rights::Action, rights::Role};
use futures_util::poll;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

pub(crate) use self::statement::KnownTypes;
use self::statement::Statement;
use crate::{Actor, App, Clock, Credential, Error, error::Result, limits::Behind};

/// How long a rollback may take before something in front of it must be waiting for a lock.
const BEHIND_A_LOCK: Duration = Duration::from_millis(20);

/// A value for a statement that is sent ahead.
pub type Param = Box<dyn ToSql + Send + Sync>;

/// Values for [`Tx::later`], moved into the statement.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$(Box::new($value) as $crate::tx::Param),*] };
}

/// Who the transaction turned out to be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    pub user: Option<UserId>,
    pub owner: Option<OwnerId>,
    pub role: Option<Role>,
    /// The invoice behind the link, or the intent behind the callback.
    pub subject: Option<Uuid>,
}

/// An open transaction.
pub struct Tx {
    actor: Actor,
    connection: Option<Arc<Object>>,
    sent: Mutex<VecDeque<Sent>>,
    /// Rights asked for before it was known who asks.
    wanted: Mutex<Vec<Action>>,
    who: OnceLock<Who>,
    state: Mutex<State>,
    /// All its questions see the same state of things, and none of them is the last one unasked.
    reads_through: bool,
}

#[derive(Default)]
struct State {
    begun: bool,
    committed: bool,
    promised: bool,
    /// A statement was sent that changes something.
    wrote: bool,
}

/// A statement on its way, and what its answer is for.
struct Sent {
    purpose: Purpose,
    answer: Pin<Box<dyn Future<Output = Result<Vec<Row>, tokio_postgres::Error>> + Send>>,
}

enum Purpose {
    /// Only its failure matters.
    Done,
    Opening,
    Rows(tokio::sync::oneshot::Sender<Vec<Row>>),
}

impl Tx {
    pub(crate) async fn begin(actor: &Actor) -> Result<Tx> {
        let connection = actor.app.pool.connection().await?;
        Ok(Tx {
            actor: actor.clone(),
            connection: Some(Arc::new(connection)),
            sent: Mutex::default(),
            wanted: Mutex::default(),
            who: OnceLock::new(),
            state: Mutex::default(),
            reads_through: false,
        })
    }

    /// The same for a list that is read to its end in many questions.
    pub(crate) async fn begin_to_read_through(actor: &Actor) -> Result<Tx> {
        let mut tx = Tx::begin(actor).await?;
        tx.reads_through = true;
        Ok(tx)
    }

    pub fn app(&self) -> &App {
        &self.actor.app
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn clock(&self) -> &Clock {
        &self.actor.app.clock
    }

    /// Asks for a right. Known actors are judged at once, others with the first answer; until then row policies show
    /// nothing and a refusal undoes whatever was sent.
    pub fn allow(&self, action: Action) -> Result<()> {
        match self.who.get() {
            Some(who) => permit(who, action),
            None => {
                self.wanted.lock().expect("no panic while held").push(action);
                Ok(())
            }
        }
    }

    /// Who asks; waits for the opening's answer if nothing has yet.
    pub async fn who(&self) -> Result<Who> {
        if self.who.get().is_none() {
            self.open().await?;
            self.settle().await?;
        }
        Ok(*self.who.get().expect("a settled opening says who"))
    }

    /// The owner this transaction is for; there is none for a platform admin who chose none.
    pub async fn owner(&self) -> Result<OwnerId> {
        self.who().await?.owner.ok_or(Error::Forbidden)
    }

    /// Whether the platform's staff is in an owner's world.
    pub(crate) fn is_visit(&self) -> bool {
        self.who.get().is_some_and(|who| who.role == Some(Role::Admin) && who.owner.is_some())
    }

    /// The invoice behind the link that opened this transaction.
    pub async fn linked_invoice(&self) -> Result<InvoiceId> {
        self.who().await?.subject.map(InvoiceId).ok_or(Error::NotFound("invoice"))
    }

    /// Every row of the answer.
    pub async fn all(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
        self.open().await?;
        let statement = self.prepare(sql).await?;
        self.after_settling(statement.query(self.connection(), params)).await
    }

    /// The first row, if there is one.
    pub async fn maybe(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Option<Row>> {
        Ok(self.all(sql, params).await?.into_iter().next())
    }

    /// The one row that there always is.
    pub async fn one(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Row> {
        self.maybe(sql, params).await?.ok_or_else(|| Error::Internal("a statement gave no row".into()))
    }

    /// How many rows a statement touched; it says so itself with `returning` left out.
    pub async fn touch(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<u64> {
        self.open().await?;
        let statement = self.prepare(sql).await?;
        self.after_settling(statement.execute(self.connection(), params)).await
    }

    /// Sends a statement and goes on; should it fail, the next question or the commit says so.
    pub async fn later(&self, sql: &str, params: Vec<Param>) -> Result<()> {
        self.open().await?;
        self.state.lock().expect("no panic while held").wrote = true;
        self.send(Purpose::Done, sql, params).await
    }

    /// Sends a question and goes on; its rows are there once a later question has been answered.
    pub async fn ahead(&self, sql: &str, params: Vec<Param>) -> Result<Ahead> {
        self.open().await?;
        let (to, from) = tokio::sync::oneshot::channel();
        self.send(Purpose::Rows(to), sql, params).await?;
        Ok(Ahead(from))
    }

    /// Waits for everything that was sent, so that a refusal of Postgres can be given words where it is known.
    pub async fn settled(&self) -> Result<()> {
        self.settle().await
    }

    /// The next question is the last one: the commit rides along in the same network wait, unless something was
    /// written by someone whose right is not judged yet; then it follows.
    pub fn last(&self) -> Last<'_> {
        Last(self)
    }

    /// Notes a promise, so that a worker in this process is woken after the commit.
    pub(crate) fn promised(&self) {
        self.state.lock().expect("no panic while held").promised = true;
    }

    fn connection(&self) -> &Arc<Object> {
        self.connection.as_ref().expect("the connection is there until the transaction has ended")
    }

    async fn prepare(&self, sql: &str) -> Result<Statement> {
        let mut prepared = pin!(Statement::prepare(self.connection(), sql, self.actor.app.pool.known_types()));
        let prepared = match poll!(prepared.as_mut()) {
            Poll::Ready(known) => known,
            Poll::Pending => {
                self.settle().await?;
                prepared.await
            }
        };
        match prepared {
            Ok(statement) => Ok(statement),
            Err(error) => {
                // A statement before it may be the one that failed; then that is the story to tell.
                self.settle().await?;
                Err(error.into())
            }
        }
    }

    /// Sends `BEGIN` and the look-up of who asks, once.
    async fn open(&self) -> Result<()> {
        if std::mem::replace(&mut self.state.lock().expect("no panic while held").begun, true) {
            return Ok(());
        }
        let begin = if self.reads_through { "begin isolation level repeatable read" } else { "begin" };
        self.send(Purpose::Done, begin, Vec::new()).await?;
        let (sql, params) = match &self.actor.credential {
            Credential::Nobody => return Err(Error::Unauthorized),
            Credential::Session(hash) => {
                ("select * from app_begin($1, $2)", params![hash.0.to_vec(), self.clock().now()])
            }
            Credential::Link(hash) => ("select * from app_begin_link($1)", params![hash.0.to_vec()]),
            Credential::Callback(hash) => ("select * from app_begin_callback($1)", params![hash.0.to_vec()]),
            Credential::As { owner, user, role } => ("select app_begin_as($1, $2, $3)", params![*owner, *user, *role]),
        };
        self.send(Purpose::Opening, sql, params).await?;
        // A held clock is Postgres's too, where it fills in a business day.
        if let Clock::Held(_) = self.clock() {
            let today = params![self.clock().today().to_string()];
            self.send(Purpose::Done, "select set_config('app.today', $1, true)", today).await?;
        }
        Ok(())
    }

    async fn send(&self, purpose: Purpose, sql: &str, params: Vec<Param>) -> Result<()> {
        let statement = self.prepare(sql).await?;
        let connection = self.connection().clone();
        let mut answer: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(async move {
            let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p.as_ref() as &(dyn ToSql + Sync)).collect();
            statement.query(&connection, &params).await
        });
        if let Poll::Ready(answered) = put_on_the_wire(answer.as_mut()) {
            answer = Box::pin(std::future::ready(answered));
        }
        self.sent.lock().expect("no panic while held").push_back(Sent { purpose, answer });
        Ok(())
    }

    /// Sends a question, looks at the answers to everything sent before it, then waits for its own. A refusal found on
    /// the way is told at once, even when the question itself would wait for somebody's lock.
    async fn after_settling<T>(&self, question: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T> {
        let mut question = pin!(question);
        let early = put_on_the_wire(question.as_mut());
        self.settle().await?;
        match early {
            Poll::Ready(answer) => Ok(answer?),
            Poll::Pending => Ok(question.await?),
        }
    }

    /// Looks at the answers of everything sent so far, in order; the first failure is the one that counts.
    async fn settle(&self) -> Result<()> {
        self.settle_first(usize::MAX).await
    }

    async fn settle_first(&self, count: usize) -> Result<()> {
        for _ in 0..count {
            let next = self.sent.lock().expect("no panic while held").pop_front();
            let Some(Sent { purpose, answer }) = next else { break };
            let rows = answer.await?;
            match purpose {
                Purpose::Done => {}
                Purpose::Opening => self.opened(&rows)?,
                Purpose::Rows(to) => drop(to.send(rows)),
            }
        }
        Ok(())
    }

    fn opened(&self, rows: &[Row]) -> Result<()> {
        let row = rows.first();
        if let Credential::Session(token) = &self.actor.credential {
            let behind = row.map(|row| Behind { user: row.get("user_id"), owner: row.get("owner_id") });
            self.app().limits.known().learn(*token, behind);
        }
        let who = match (&self.actor.credential, row) {
            (Credential::As { owner, user, role }, _) => {
                Who { user: *user, owner: *owner, role: role.parse().ok(), subject: None }
            }
            (Credential::Session(_), Some(row)) => {
                let role: Role = row.get("role");
                Who { user: row.get("user_id"), owner: row.get("owner_id"), role: Some(role), subject: None }
            }
            (Credential::Link(_), Some(row)) => {
                Who { user: None, owner: row.get("owner_id"), role: Some(Role::Link), subject: row.get("invoice_id") }
            }
            (Credential::Callback(_), Some(row)) => {
                Who { user: None, owner: row.get("owner_id"), role: None, subject: row.get("intent_id") }
            }
            (Credential::Link(_) | Credential::Callback(_), None) => return Err(Error::NotFound("link")),
            (_, None) | (Credential::Nobody, _) => return Err(Error::Unauthorized),
        };
        self.who.set(who).ok();
        self.wanted.lock().expect("no panic while held").drain(..).try_for_each(|action| permit(&who, action))
    }

    pub(crate) async fn commit(&mut self) -> Result<()> {
        let (begun, committed) = {
            let state = self.state.lock().expect("no panic while held");
            (state.begun, state.committed)
        };
        if begun && !committed {
            let end = async {
                if self.wrote() && self.is_undecided() {
                    self.settle().await?;
                }
                self.send(Purpose::Done, "commit", Vec::new()).await?;
                self.settle().await
            };
            if let Err(error) = end.await {
                self.roll_back().await;
                return Err(error);
            }
        }
        if self.state.lock().expect("no panic while held").promised {
            self.actor.app.promised.send_replace(());
        }
        self.give_back();
        Ok(())
    }

    pub(crate) async fn roll_back(&mut self) {
        self.sent.lock().expect("no panic while held").clear();
        if self.state.lock().expect("no panic while held").begun {
            let rolled_back = self.connection().batch_execute("rollback");
            match tokio::time::timeout(BEHIND_A_LOCK, rolled_back).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return, // dropped with its connection
                Err(_) => {
                    // Something sent ahead waits for a lock; whoever asked need not wait with it. The connection is
                    // not used again, or the cancelling might hit the next one's statement.
                    // A pooler stops the statement itself when its client goes; PgBouncer 1.18 may die of a cancel (its issue 801).
                    if self.actor.app.pool.known_types().is_none() {
                        let cancel = self.connection().cancel_token();
                        let tls = self.actor.app.pool.address().tls.clone();
                        tokio::spawn(async move { cancel.cancel_query(tls).await });
                    }
                    return;
                }
            }
        }
        self.give_back();
    }

    /// Whether a right was asked for that only the opening's answer decides; a commit sent before it can't be undone.
    fn is_undecided(&self) -> bool {
        !self.wanted.lock().expect("no panic while held").is_empty()
    }

    fn wrote(&self) -> bool {
        self.state.lock().expect("no panic while held").wrote
    }

    /// Back to the pool: the server has said that nothing is open any more.
    fn give_back(&mut self) {
        self.sent.lock().expect("no panic while held").clear();
        self.connection = None;
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        self.sent.get_mut().expect("no panic while held").clear();
        if let Some(connection) = Arc::into_inner(connection) {
            drop(Object::take(connection)); // closes it; the pool makes a new one when it needs one
        }
    }
}

/// A question whose answer ends the transaction.
pub struct Last<'t>(&'t Tx);

impl Last<'_> {
    /// Every row of the answer; the transaction is committed.
    pub async fn all(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
        let tx = self.0;
        let writes = tx.wrote() || !sql.trim_start().starts_with("select");
        if tx.reads_through || (writes && tx.is_undecided()) {
            return tx.all(sql, params).await;
        }
        tx.open().await?;
        let statement = tx.prepare(sql).await?;
        // Now, as nothing may be waited for between the question and its answer: rows that nobody takes hold up the
        // connection and everything behind them.
        tx.prepare("commit").await?;
        let before = tx.sent.lock().expect("no panic while held").len();
        let mut question = pin!(statement.query(tx.connection(), params));
        let early = put_on_the_wire(question.as_mut());
        tx.send(Purpose::Done, "commit", Vec::new()).await?;
        tx.settle_first(before).await?;
        let answer = match early {
            Poll::Ready(answer) => answer,
            Poll::Pending => question.await,
        };
        tx.settle().await?;
        let rows = answer?;
        tx.state.lock().expect("no panic while held").committed = true;
        Ok(rows)
    }

    /// The first row, if there is one; the transaction is committed.
    pub async fn maybe(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Option<Row>> {
        Ok(self.all(sql, params).await?.into_iter().next())
    }
}

/// Rows of a question that was sent ahead.
pub struct Ahead(tokio::sync::oneshot::Receiver<Vec<Row>>);

impl Ahead {
    /// The rows; something later in the same transaction must have been answered already.
    pub fn rows(mut self) -> Result<Vec<Row>> {
        self.0.try_recv().map_err(|_| Error::Internal("rows were taken before a later question was answered".into()))
    }
}

/// The first poll sends a statement. Nobody is woken for its answer: whoever waits for it later polls it again, and is
/// not woken once for every answer that comes before.
fn put_on_the_wire<F: Future + ?Sized>(statement: Pin<&mut F>) -> Poll<F::Output> {
    statement.poll(&mut Context::from_waker(Waker::noop()))
}

fn permit(who: &Who, action: Action) -> Result<()> {
    let in_place = who.owner.is_some() || !action.changes_an_owner();
    if in_place && who.role.is_some_and(|role| role.may(action)) { Ok(()) } else { Err(Error::Forbidden) }
}

#[cfg(test)]
mod tests;
