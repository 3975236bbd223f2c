//! `spacehub import statement …`: a bank's statement, each line once, and what was made of it.

use std::{fs, io::Write, path::PathBuf};

use banking::statements::{self, Order};
use base::{Actor, Error};
use domain::{BankAccountId, Money, bank::account_number};
use serde_json::{Value, json};
use wire::banks::{BankStatementLine, StatementReport};

use super::LARGEST;
use crate::{
    commands::{actor_for, on_the_ground, refused},
    problem::Problem,
    settings::Settings,
};

/// A statement, and the account that it is of.
#[derive(Debug, clap::Args)]
pub struct ImportStatement {
    /// The statement: .xlsx, .xls or .csv
    file: PathBuf,
    /// The owner's register number
    #[arg(long)]
    owner: String,
    /// The account's number, IBAN or id
    #[arg(long)]
    account: String,
    /// Only say what is in it and what would be linked; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print every line as JSON
    #[arg(long)]
    json: bool,
    /// Columns mapped by hand, as JSON: {"date": "A", "description": "B", "amount": "C"}
    #[arg(long)]
    mapping: Option<String>,
}

impl ImportStatement {
    /// Takes the statement in and prints what became of it.
    pub async fn run(self, settings: &Settings) -> Result<(), Problem> {
        let file_name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = self.read()?;
        let mapping = self.mapping.as_deref().map(statements::mapping).transpose();
        let mapping = mapping.map_err(|error| refused(&error))?.unwrap_or_default();
        let report = on_the_ground(settings, async |app| {
            let actor = actor_for(app, &self.owner).await?;
            let account = account(&actor, &self.account).await?;
            let order =
                Order { account, file_name: file_name.clone(), bytes: bytes.into(), mapping, dry_run: self.dry_run };
            statements::import(&actor, &order).await.map_err(|error| refused(&error))
        })
        .await?;
        self.say(&file_name, &report)
    }

    fn read(&self) -> Result<Vec<u8>, Problem> {
        let cannot =
            |why: &dyn std::fmt::Display| Problem::new(format!("{} can't be read: {why}", self.file.display()));
        let size = fs::metadata(&self.file).map_err(|error| cannot(&error))?.len();
        if size > LARGEST {
            return Err(cannot(&"it is larger than 20 MB"));
        }
        fs::read(&self.file).map_err(|error| cannot(&error))
    }

    fn say(&self, file: &str, report: &StatementReport) -> Result<(), Problem> {
        let mut out = std::io::stdout();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&as_json(file, report))?)?;
            return Ok(());
        }
        for problem in &report.problems {
            writeln!(out, "{}", problem.message)?;
        }
        for line in report.lines.iter().filter(|line| !line.duplicate) {
            let to: Vec<&str> = match line.linked.is_empty() {
                true => line.candidates.iter().map(String::as_str).collect(),
                false => line.linked.iter().map(|part| part.invoice.as_str()).collect(),
            };
            let amount = line.amount.to_decimal_string();
            writeln!(
                out,
                "{:>5} {} {amount:>15} {:<8} {} {}",
                line.row,
                line.booked_at,
                line.state,
                to.join(", "),
                line.reason
            )?;
        }
        let counts = &report.counts;
        writeln!(
            out,
            "{}lines {}, new {}, known {}, problems {}; linked {}, probable {}, unknown {}, ignored {}",
            if self.dry_run { "dry run, nothing written: " } else { "" },
            counts.lines,
            counts.new,
            counts.known,
            counts.problems,
            counts.linked,
            counts.probable,
            counts.unknown,
            counts.ignored
        )?;
        Ok(())
    }
}

/// The account by its id, or by its number as people give it.
async fn account(actor: &Actor, said: &str) -> Result<BankAccountId, Problem> {
    if let Ok(id) = said.parse() {
        return Ok(id);
    }
    let number = account_number(said).map_err(|why| Problem::new(format!("{said}: {why}")))?;
    let found = actor.transact(async |tx| banking::accounts::by_number(tx, &number).await).await;
    match found.map_err(|error: Error| refused(&error))?.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Problem::new(format!("the owner has no account {said}: register it with bank-account create"))),
        _ => Err(Problem::new(format!("the owner has the account {said} at several banks: name it by its id"))),
    }
}

/// What a program reads; the names are those of the sample files' key.
fn as_json(file: &str, report: &StatementReport) -> Value {
    json!({
        "file": file,
        "dry_run": report.dry_run,
        "layout": report.layout,
        "from": report.from,
        "to": report.to,
        "opening": report.opening,
        "closing": report.closing,
        "in": report.total_in,
        "out": report.total_out,
        "counts": {
            "lines": report.counts.lines, "new": report.counts.new, "known": report.counts.known,
            "problems": report.counts.problems, "linked": report.counts.linked, "probable": report.counts.probable,
            "unknown": report.counts.unknown, "ignored": report.counts.ignored,
        },
        "problems": report.problems,
        "rows_outside": report.rows_outside,
        "lines": report.lines.iter().map(|line| line_as_json(file, line)).collect::<Vec<_>>(),
    })
}

fn line_as_json(file: &str, line: &BankStatementLine) -> Value {
    let parts = line.linked.iter().map(|part| json!({ "invoice": part.invoice, "amount": part.amount }));
    let balance: Option<Money> = line.balance_after;
    json!({
        "file": file,
        "row": line.row,
        "booked_at": line.booked_at.to_string(),
        "amount": line.amount,
        "balance_after": balance,
        "text": line.text,
        "counter_account": line.counter_account,
        "counter_name": line.counter_name,
        "duplicate": line.duplicate,
        "doubtful": line.doubtful,
        "state": line.state,
        "basis": line.basis,
        "linked": parts.collect::<Vec<_>>(),
        "candidates": line.candidates,
        "reason": line.reason,
    })
}
