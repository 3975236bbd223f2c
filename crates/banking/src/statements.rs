//! Statements: files that somebody sends in, and what banks answer, taken in so that every line is there once.

mod import;
pub mod queries;
mod report;
mod routes;

use base::{Error, Result, Slice, Tx, lists::Window};
use domain::{BankStatementId, BankTransactionId, Money, bank::StatementSource, rights::Action};
use jiff::civil::Date;
use serde_json::json;
use wire::{
    Page,
    banks::{BankStatementView, StatementFilter},
};

pub use self::{
    import::{Order, Read, import, read},
    routes::mapping,
};
use crate::{
    accounts::Account,
    identity::{self, Fate, Incoming},
};

pub fn slice() -> Slice {
    Slice::new("bank-statements").routes(routes::routes())
}

/// The statements that were taken in, the newest first.
pub async fn list(tx: &Tx, filter: &StatementFilter) -> Result<Page<BankStatementView>> {
    tx.allow(Action::ReadPayments)?;
    let window: Window<BankStatementId> = Window::new(filter.limit, filter.cursor.as_deref())?;
    let statements = queries::page(tx, filter.account_id, &window).await?;
    Ok(window.page(statements, |statement| statement.id))
}

/// A statement on its way in.
#[derive(Debug, Clone)]
pub struct Arriving {
    pub source: StatementSource,
    pub file_name: String,
    /// SHA-256 of a file's bytes.
    pub digest: Option<[u8; 32]>,
    pub layout: &'static str,
    pub period: Option<(Date, Date)>,
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    pub total_in: Money,
    pub total_out: Money,
    pub lines: Vec<Incoming>,
}

/// What became of a statement.
#[derive(Debug, Clone)]
pub struct Taken {
    /// None when nothing of it was new.
    pub statement: Option<BankStatementId>,
    /// For each line, in their order, the movement that it is and how it was met.
    pub lines: Vec<Met>,
}

/// A line and the movement that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    pub id: BankTransactionId,
    pub is_new: bool,
    /// Known by its minute only.
    pub doubtful: bool,
}

impl Taken {
    /// The movements that nobody had brought before.
    pub fn fresh(&self) -> Vec<BankTransactionId> {
        self.lines.iter().filter(|met| met.is_new).map(|met| met.id).collect()
    }
}

/// Takes in a statement of an account that is locked: what is new is written, what is there is left as it is, but for the
/// name that its bank gives it and the mark that the bank says something else of it now.
pub async fn take(tx: &Tx, account: &Account, arriving: &Arriving) -> Result<Taken> {
    let known = queries::known(tx, account.id, &arriving.lines).await?;
    let fates = identity::tell(account.bank, &account.number, &arriving.lines, &known);
    let mut taken = Taken { statement: None, lines: Vec::with_capacity(fates.len()) };
    let mut fresh = Vec::new();
    let (mut named, mut changed) = (Vec::new(), Vec::new());
    for (line, fate) in arriving.lines.iter().zip(fates) {
        let met = match fate {
            Fate::New { fingerprint, occurrence } => {
                let id = BankTransactionId::new();
                fresh.push(queries::Fresh { id, line, fingerprint, occurrence });
                Met { id, is_new: true, doubtful: false }
            }
            Fate::There { id, takes_ref, changed: otherwise, doubtful } => {
                if let Some(name) = line.bank_ref.clone().filter(|_| takes_ref) {
                    named.push((id, name));
                }
                if otherwise {
                    changed.push(id);
                }
                Met { id, is_new: false, doubtful }
            }
            Fate::Repeats(first) => Met { is_new: false, ..taken.lines[first] },
        };
        taken.lines.push(met);
    }
    queries::name(tx, &named).await?;
    queries::mark_changed(tx, &changed).await?;
    if fresh.is_empty() {
        return Ok(taken);
    }
    let id = BankStatementId::new();
    queries::insert_statement(tx, id, account.id, arriving, fresh.len()).await?;
    queries::insert_lines(tx, id, account.id, &fresh).await?;
    let (from, to) = arriving.period.unzip();
    let after = json!({
        "source": arriving.source, "layout": arriving.layout, "from": from, "to": to,
        "lines": arriving.lines.len(), "newLines": fresh.len(),
    });
    tx.audit("bank_statement.take", id.0, &after).await?;
    tx.settled().await?;
    taken.statement = Some(id);
    Ok(taken)
}

/// Counts that Postgres keeps in an `int`.
fn count(number: usize) -> Result<i32> {
    i32::try_from(number).map_err(|_| Error::Internal("a statement holds more lines than are read".into()))
}
