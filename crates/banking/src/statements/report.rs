//! What is told of a statement that was taken in: each line with the state that it has now.

use std::collections::HashMap;

use base::{Error, Lang, Result, Tx};
use domain::{BankTransactionId, bank::LineState, matching::Reason};
use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::banks::{BankStatementLine, LinkedPart, StatementColumn, StatementCounts, StatementProblem, StatementReport};

use super::{Read, Taken};
use crate::matching;

/// What is said of a movement.
#[derive(Debug, Clone, Default)]
struct Answer {
    state: Option<LineState>,
    basis: String,
    linked: Vec<LinkedPart>,
    candidates: Vec<String>,
    reason: String,
}

pub(super) async fn of(tx: &Tx, read: &Read, taken: &Taken, dry_run: bool) -> Result<StatementReport> {
    let ids: Vec<BankTransactionId> = taken.lines.iter().map(|met| met.id).collect();
    let answers = answers(tx, &ids).await?;
    let lang = tx.actor().lang;
    let statement = &read.statement;
    let told = statement.lines.iter().zip(&taken.lines).map(|(line, met)| {
        let answer = answers.get(&met.id).cloned().unwrap_or_default();
        BankStatementLine {
            id: met.id,
            row: line.row,
            booked_at: line.at,
            precision: line.precision,
            amount: line.amount,
            balance_after: line.balance_after,
            text: line.text.clone(),
            counter_account: line.counter_account.clone(),
            counter_name: line.counter_name.clone(),
            duplicate: !met.is_new,
            doubtful: met.doubtful,
            state: answer.state.unwrap_or(LineState::Unknown),
            basis: answer.basis,
            linked: answer.linked,
            candidates: answer.candidates,
            reason: answer.reason,
        }
    });
    let lines: Vec<BankStatementLine> = told.collect();
    let (from, to) = statement.period.unzip();
    let problem = |problem: &sheets::Problem| StatementProblem {
        row: problem.row,
        field: problem.field.to_owned(),
        message: if lang == Lang::Mn { problem.mn() } else { problem.en() },
    };
    let column = |(letter, words, field): &(String, String, Option<sheets::statement::Field>)| StatementColumn {
        letter: letter.clone(),
        words: words.clone(),
        field: field.map(|field| field.as_str().to_owned()),
    };
    Ok(StatementReport {
        dry_run,
        account_id: read.account.id,
        statement_id: taken.statement.filter(|_| !dry_run),
        layout: statement.layout.as_str().to_owned(),
        from,
        to,
        opening: statement.opening,
        closing: statement.closing,
        total_in: read.sums.into,
        total_out: read.sums.out,
        counts: counts(&lines, statement.problems.len()),
        lines,
        problems: statement.problems.iter().map(problem).collect(),
        rows_outside: statement.rows_outside(),
        columns: statement.columns.iter().map(column).collect(),
    })
}

fn counts(lines: &[BankStatementLine], problems: usize) -> StatementCounts {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let of = |state| number(lines.iter().filter(|line| line.state == state).count());
    let known = lines.iter().filter(|line| line.duplicate).count();
    StatementCounts {
        lines: number(lines.len()),
        new: number(lines.len() - known),
        known: number(known),
        problems: number(problems),
        linked: of(LineState::Linked),
        probable: of(LineState::Probable),
        unknown: of(LineState::Unknown),
        ignored: of(LineState::Ignored),
    }
}

async fn answers(tx: &Tx, ids: &[BankTransactionId]) -> Result<HashMap<BankTransactionId, Answer>> {
    let rows = tx
        .all(
            "select l.id, l.state, l.basis, l.reasons,
                    array(select coalesce(i.code, '')
                            from jsonb_array_elements(l.candidates) with ordinality as c (value, place)
                            join invoices i on i.owner_id = l.owner_id and i.id = (c.value ->> 'invoice')::uuid
                           order by c.place) as candidates,
                    coalesce((select jsonb_agg(jsonb_build_object('invoice', i.code, 'amount', a.amount::text) order by i.code)
                       from bank_links k
                       join allocations a on a.owner_id = k.owner_id and a.payment_id = k.payment_id
                       join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
                      where k.owner_id = l.owner_id and k.transaction_id = l.id and k.undone_at is null), '[]') as linked,
                    coalesce(l.candidates -> 0 -> 'reasons', '[]') as of_best
               from bank_transactions l
              where l.owner_id = (select app_owner_id()) and l.id = any($1)",
            &[&ids],
        )
        .await?;
    let lang = tx.actor().lang;
    let mut answers = HashMap::with_capacity(rows.len());
    for row in &rows {
        let reasons = [read::<Vec<Reason>>(row.get("reasons"))?, read(row.get("of_best"))?].concat();
        let answer = Answer {
            state: Some(row.get("state")),
            basis: row.get("basis"),
            linked: read(row.get("linked"))?,
            candidates: row.get("candidates"),
            reason: matching::sentence(lang, &reasons),
        };
        answers.insert(row.get("id"), answer);
    }
    Ok(answers)
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::Internal(error.to_string()))
}
