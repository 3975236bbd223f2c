//! A statement's file: read for somebody who may, held against the account it is said to be of, and taken in whole.

use base::{Actor, Error, Lang, Result, Tx, error::FieldProblem};
use bytes::Bytes;
use domain::{
    BankAccountId,
    bank::{StatementSource, masked},
    rights::Action,
};
use sha2::{Digest, Sha256};
use sheets::{
    columns::Mapping,
    statement::{Field, Line, Refusal, Statement, Sums},
};
use wire::banks::StatementReport;

use super::{Arriving, report, take};
use crate::{
    accounts::{self, Account},
    identity::Incoming,
    matching,
};

/// A file, and the account that it is said to be of.
#[derive(Debug, Clone)]
pub struct Order {
    pub account: BankAccountId,
    pub file_name: String,
    pub bytes: Bytes,
    /// Columns named by hand; empty lets the words speak.
    pub mapping: Mapping<Field>,
    /// Nothing is written.
    pub dry_run: bool,
}

/// A statement that holds, before anything of it is written.
#[derive(Debug)]
pub struct Read {
    pub statement: Statement,
    pub account: Account,
    pub sums: Sums,
    digest: [u8; 32],
    file_name: String,
}

/// Takes in a file in one transaction; a look is the same with everything taken back.
///
/// The command line calls it with [`Actor::system`], which speaks for the owner it names.
pub async fn import(actor: &Actor, order: &Order) -> Result<StatementReport> {
    let read = read(actor, order).await?;
    let mut looked = None;
    let done = actor
        .transact(async |tx| {
            let report = take_in(tx, &read, order.dry_run).await?;
            if order.dry_run {
                looked = Some(report);
                return Err(Error::Unavailable("only a look".into()));
            }
            Ok(report)
        })
        .await;
    match looked {
        Some(report) => Ok(report),
        None => done,
    }
}

/// Reads a file for somebody who may take it in, and holds it against the account.
pub async fn read(actor: &Actor, order: &Order) -> Result<Read> {
    let account = actor
        .transact(async |tx| {
            tx.allow(Action::RecordPayments)?;
            tx.owner().await?;
            accounts::find(tx, order.account).await?.ok_or(Error::NotFound("bank-account"))
        })
        .await?;
    let (order, lang) = (order.clone(), actor.lang);
    let reading = tokio::task::spawn_blocking(move || understand(&order, account, lang));
    reading.await.map_err(|error| Error::Internal(error.to_string()))?
}

fn understand(order: &Order, account: Account, lang: Lang) -> Result<Read> {
    let refused = |refusal: Refusal| refusal_of(&refusal, lang);
    let statement = Statement::read(&order.file_name, &order.bytes, &order.mapping).map_err(refused)?;
    if !statement.is_of(account.bank, &account.number) {
        let told = statement.account.as_deref().map(masked).unwrap_or_default();
        let bank = statement.layout.bank().map(|bank| bank.as_str().to_owned()).unwrap_or_default();
        return Err(Error::Validation(vec![FieldProblem {
            path: "file".into(),
            problem: "bank-wrong-account",
            args: vec![("told", told), ("bank", bank), ("chosen", masked(&account.number))],
        }]));
    }
    if let Some(told) = statement.currency.clone().filter(|told| *told != account.currency) {
        return Err(Error::Validation(vec![FieldProblem {
            path: "file".into(),
            problem: "bank-wrong-currency",
            args: vec![("told", told), ("chosen", account.currency)],
        }]));
    }
    statement.verify().map_err(refused)?;
    let sums = statement.sums().map_err(refused)?;
    let digest = Sha256::digest(&order.bytes).into();
    let file_name: String = order.file_name.chars().filter(|c| !c.is_control()).take(200).collect();
    Ok(Read { statement, account, sums, digest, file_name })
}

async fn take_in(tx: &Tx, read: &Read, dry_run: bool) -> Result<StatementReport> {
    tx.allow(Action::RecordPayments)?;
    // held to the end: of two files of an account at once the second sees what the first brought
    let account = accounts::lock(tx, read.account.id).await?.ok_or(Error::NotFound("bank-account"))?;
    let Read { statement, sums, .. } = read;
    let arriving = Arriving {
        source: StatementSource::File,
        file_name: read.file_name.clone(),
        digest: Some(read.digest),
        layout: statement.layout.as_str(),
        period: statement.period,
        opening: statement.opening,
        closing: statement.closing,
        total_in: sums.into,
        total_out: sums.out,
        lines: statement.lines.iter().map(incoming).collect(),
    };
    let taken = take(tx, &account, &arriving).await?;
    if taken.statement.is_some() {
        matching::run(tx).await?;
    }
    report::of(tx, read, &taken, dry_run).await
}

fn incoming(line: &Line) -> Incoming {
    Incoming {
        row: i32::try_from(line.row).unwrap_or(i32::MAX),
        at: line.at,
        precision: line.precision,
        amount: line.amount,
        balance_after: line.balance_after,
        text: line.text.clone(),
        counter_account: line.counter_account.clone(),
        counter_name: line.counter_name.clone(),
        bank_ref: None,
        corrected: false,
    }
}

fn refusal_of(refusal: &Refusal, lang: Lang) -> Error {
    let said = match lang {
        Lang::Mn => refusal.mn(),
        Lang::En => refusal.en(),
    };
    Error::Validation(vec![FieldProblem { path: "file".into(), problem: "file", args: vec![("said", said)] }])
}
