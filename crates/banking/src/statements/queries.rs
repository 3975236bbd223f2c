//! Every question asked of Postgres about statements and their lines.

use base::{Result, Tx, clock::ulaanbaatar, lists::Window, params};
use domain::{BankAccountId, BankStatementId, BankTransactionId, Money, bank::Precision};
use jiff::{Timestamp, ToSpan, civil::DateTime};
use tokio_postgres::Row;
use wire::banks::BankStatementView;

use super::{Arriving, count};
use crate::identity::{Fingerprint, Incoming, Known};

/// A movement that is not there yet.
pub struct Fresh<'a> {
    pub id: BankTransactionId,
    pub line: &'a Incoming,
    pub fingerprint: Fingerprint,
    pub occurrence: i32,
}

pub async fn page(
    tx: &Tx,
    account: Option<BankAccountId>,
    window: &Window<BankStatementId>,
) -> Result<Vec<BankStatementView>> {
    let rows = tx
        .last()
        .all(
            "select s.id, s.account_id, s.source, s.file_name, s.layout, s.period_from, s.period_to, s.opening, s.closing,
                    s.total_in, s.total_out, s.lines, s.new_lines, s.created_at, p.full_name as taken_by
               from bank_statements s
               left join profiles p on p.user_id = s.taken_by and p.owner_id = s.owner_id
              where s.owner_id = (select app_owner_id()) and ($1::uuid is null or s.account_id = $1)
                and ($2::uuid is null or s.id < $2)
              order by s.id desc limit $3",
            &[&account, &window.after, &window.rows()],
        )
        .await?;
    Ok(rows.iter().map(statement).collect())
}

/// The movements that the lines may be: those of their days, a minute to either side.
pub async fn known(tx: &Tx, account: BankAccountId, lines: &[Incoming]) -> Result<Vec<Known>> {
    let Some((first, last)) = lines.iter().map(|line| line.at).min().zip(lines.iter().map(|line| line.at).max()) else {
        return Ok(Vec::new());
    };
    let from = first.date().at(0, 0, 0, 0);
    let until = last.date().at(0, 0, 0, 0).saturating_add(1.day());
    let named: Vec<&str> = lines.iter().filter_map(|line| line.bank_ref.as_deref()).collect();
    // what the bank names itself may have been moved to another day
    let rows = tx
        .all(
            "select id, fingerprint, occurrence, bank_ref, posted_at, precision, amount, balance_after, description, corrected
               from bank_transactions
              where owner_id = (select app_owner_id()) and account_id = $1 and posted_at >= $2 and posted_at < $3
             union
             select id, fingerprint, occurrence, bank_ref, posted_at, precision, amount, balance_after, description, corrected
               from bank_transactions
              where owner_id = (select app_owner_id()) and account_id = $1 and bank_ref = any($4)",
            &[&account, &instant(from), &instant(until), &named],
        )
        .await?;
    Ok(rows.iter().map(known_line).collect())
}

pub async fn insert_statement(
    tx: &Tx,
    id: BankStatementId,
    account: BankAccountId,
    arriving: &Arriving,
    new_lines: usize,
) -> Result<()> {
    let (from, to) = arriving.period.unzip();
    tx.later(
        "insert into bank_statements (id, account_id, source, file_name, digest, layout, period_from, period_to, opening,
                closing, total_in, total_out, lines, new_lines)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            id,
            account,
            arriving.source,
            arriving.file_name.clone(),
            arriving.digest.map(|digest| digest.to_vec()),
            arriving.layout,
            from,
            to,
            arriving.opening,
            arriving.closing,
            arriving.total_in,
            arriving.total_out,
            count(arriving.lines.len())?,
            count(new_lines)?,
        ],
    )
    .await
}

pub async fn insert_lines(
    tx: &Tx,
    statement: BankStatementId,
    account: BankAccountId,
    fresh: &[Fresh<'_>],
) -> Result<()> {
    /// Lines that travel in one statement.
    const BATCH: usize = 10_000;

    for batch in fresh.chunks(BATCH) {
        fn of<T>(batch: &[Fresh<'_>], column: impl Fn(&Fresh<'_>) -> T) -> Vec<T> {
            batch.iter().map(column).collect()
        }
        tx.later(
            "insert into bank_transactions (id, account_id, statement_id, row_no, fingerprint, occurrence, bank_ref, posted_at,
                    precision, amount, balance_after, description, counter_account, counter_name, corrected)
             select l.id, $1, $2, l.row_no, l.fingerprint, l.occurrence, l.bank_ref, l.posted_at, l.precision, l.amount,
                    l.balance_after, l.description, l.counter_account, l.counter_name, l.corrected
               from unnest($3::uuid[], $4::int[], $5::bytea[], $6::int[], $7::text[], $8::timestamptz[], $9::text[],
                           $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::boolean[])
                    as l (id, row_no, fingerprint, occurrence, bank_ref, posted_at, precision, amount, balance_after,
                          description, counter_account, counter_name, corrected)",
            params![
                account,
                statement,
                of(batch, |fresh| fresh.id),
                of(batch, |fresh| fresh.line.row),
                of(batch, |fresh| fresh.fingerprint.to_vec()),
                of(batch, |fresh| fresh.occurrence),
                of(batch, |fresh| fresh.line.bank_ref.clone()),
                of(batch, |fresh| instant(fresh.line.at)),
                of(batch, |fresh| fresh.line.precision),
                of(batch, |fresh| fresh.line.amount),
                of(batch, |fresh| fresh.line.balance_after),
                of(batch, |fresh| fresh.line.text.replace('\0', "")),
                of(batch, |fresh| fresh.line.counter_account.clone()),
                of(batch, |fresh| fresh.line.counter_name.clone()),
                of(batch, |fresh| fresh.line.corrected),
            ],
        )
        .await?;
    }
    Ok(())
}

/// Gives movements that came from files the names that their bank has for them.
pub async fn name(tx: &Tx, named: &[(BankTransactionId, String)]) -> Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let (ids, names): (Vec<_>, Vec<_>) = named.iter().cloned().unzip();
    tx.later(
        "update bank_transactions t set bank_ref = n.name, version = t.version + 1
           from unnest($1::uuid[], $2::text[]) as n (id, name)
          where t.owner_id = (select app_owner_id()) and t.id = n.id",
        params![ids, names],
    )
    .await
}

/// Marks movements of which the bank says something else now; the first time is kept.
pub async fn mark_changed(tx: &Tx, changed: &[BankTransactionId]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    tx.later(
        "update bank_transactions set changed_at = $2, version = version + 1
          where owner_id = (select app_owner_id()) and id = any($1) and changed_at is null",
        params![changed.to_vec(), tx.clock().now()],
    )
    .await
}

/// A moment on Ulaanbaatar's clocks.
pub fn instant(at: DateTime) -> Timestamp {
    at.to_zoned(ulaanbaatar()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// What Ulaanbaatar's clocks show at a moment.
pub fn local(at: Timestamp) -> DateTime {
    at.to_zoned(ulaanbaatar()).datetime()
}

fn known_line(row: &Row) -> Known {
    let fingerprint: Vec<u8> = row.get("fingerprint");
    Known {
        id: row.get("id"),
        fingerprint: fingerprint.try_into().expect("the table holds 32 bytes"),
        occurrence: row.get("occurrence"),
        bank_ref: row.get("bank_ref"),
        at: local(row.get("posted_at")),
        precision: row.get::<_, Precision>("precision"),
        amount: row.get::<_, Money>("amount"),
        balance_after: row.get("balance_after"),
        text: row.get("description"),
        corrected: row.get("corrected"),
    }
}

fn statement(row: &Row) -> BankStatementView {
    BankStatementView {
        id: row.get("id"),
        account_id: row.get("account_id"),
        source: row.get("source"),
        file_name: row.get("file_name"),
        layout: row.get("layout"),
        from: row.get("period_from"),
        to: row.get("period_to"),
        opening: row.get("opening"),
        closing: row.get("closing"),
        total_in: row.get("total_in"),
        total_out: row.get("total_out"),
        lines: row.get("lines"),
        new_lines: row.get("new_lines"),
        taken_by: row.get("taken_by"),
        created_at: row.get("created_at"),
    }
}
