//! Every question asked about lines and what they pay.

use base::{Result, Tx, error::Error, lists::Window};
use domain::{
    BankTransactionId, InvoiceId, Money,
    bank::LineState,
    matching::{Basis, Reason},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio_postgres::Row;
use wire::matching::{MatchingCandidate, MatchingFilter, MatchingLine, MatchingPayment, MatchingReason, MatchingTotal};

/// The sort key of the list: the oldest line first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Place(pub Timestamp, pub BankTransactionId);

/// The columns of [`line`], with what the lines' candidates are today and what they were recorded as.
macro_rules! lines {
    ($from:literal) => {
        concat!(
            "select l.id, l.account_id, b.bank, b.number, l.posted_at, l.precision, l.amount, l.description,
                    l.counter_account, l.counter_name, l.state, l.basis, l.reasons, l.reverses_id, l.note, l.version,
                    case when l.state <> 'probable' then null else (
                        select jsonb_agg(jsonb_build_object(
                                   'invoiceId', i.id, 'invoiceCode', i.code, 'period', to_char(i.period, 'YYYY-MM'),
                                   'dueOn', i.due_on, 'open', (i.total - i.paid_amount)::text,
                                   'contractId', i.contract_id, 'contractCode', i.contract_code, 'units', i.units,
                                   'tenantId', i.tenant_id, 'tenantName', i.customer_name, 'reasons', c.value -> 'reasons')
                                   order by c.place)
                          from jsonb_array_elements(l.candidates) with ordinality as c (value, place)
                          join invoices i on i.owner_id = l.owner_id and i.id = (c.value ->> 'invoice')::uuid
                         where i.total > i.paid_amount or l.reverses_id is not null) end as candidates,
                    case when l.state <> 'linked' then null else (
                        select jsonb_agg(jsonb_build_object(
                                   'paymentId', p.id, 'tenantId', p.tenant_id, 'tenantName', t.name,
                                   'amount', p.amount::text, 'credit', (p.amount - p.allocated)::text,
                                   'allocations', coalesce((
                                       select jsonb_agg(jsonb_build_object('invoiceId', a.invoice_id, 'invoiceCode', i.code,
                                                                           'amount', a.amount::text) order by a.id)
                                         from allocations a
                                         join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
                                        where a.owner_id = p.owner_id and a.payment_id = p.id), '[]')) order by k.id)
                          from bank_links k
                          join payments p on p.owner_id = k.owner_id and p.id = k.payment_id
                          join tenants t on t.owner_id = p.owner_id and t.id = p.tenant_id
                         where k.owner_id = l.owner_id and k.transaction_id = l.id and k.undone_at is null) end as payments
               from ", $from)
    };
}

/// The lines of a page.
pub(super) async fn page(tx: &Tx, filter: &MatchingFilter, window: &Window<Place>) -> Result<Vec<MatchingLine>> {
    let (posted_at, id) = window.after.as_ref().map(|place| (place.0, place.1)).unzip();
    let rows = tx
        .last()
        .all(
            lines!(
                "(select * from bank_transactions
                    where owner_id = (select app_owner_id())
                      and ($1::text is null or state = $1)
                      and ($2::uuid is null or account_id = $2)
                      and (posted_at, id) > (coalesce($3::timestamptz, '-infinity'), coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
                    order by posted_at, id
                    limit $5) l
               join bank_accounts b on b.owner_id = l.owner_id and b.id = l.account_id
              order by l.posted_at, l.id"
            ),
            &[&filter.state, &filter.account_id, &posted_at, &id, &window.rows()],
        )
        .await?;
    rows.iter().map(line).collect()
}

/// One line, and nothing when it is none of the owner's.
pub(super) async fn one(tx: &Tx, id: BankTransactionId) -> Result<Option<MatchingLine>> {
    let row = tx
        .maybe(
            lines!(
                "bank_transactions l
               join bank_accounts b on b.owner_id = l.owner_id and b.id = l.account_id
              where l.owner_id = (select app_owner_id()) and l.id = $1"
            ),
            &[&id],
        )
        .await?;
    row.as_ref().map(line).transpose()
}

/// Count and sum of every state, also of those without lines.
pub(super) async fn totals(tx: &Tx, filter: &MatchingFilter) -> Result<Vec<MatchingTotal>> {
    let rows = tx
        .last()
        .all(
            "select state, count(*) as count, coalesce(sum(amount), 0)::bigint as amount
               from bank_transactions
              where owner_id = (select app_owner_id()) and ($1::uuid is null or account_id = $1)
              group by state",
            &[&filter.account_id],
        )
        .await?;
    let total = |state: &LineState| {
        let row = rows.iter().find(|row| row.get::<_, LineState>("state") == *state);
        let (count, amount) = row.map_or((0, Money::ZERO), |row| (row.get("count"), row.get("amount")));
        MatchingTotal { state: *state, count, amount }
    };
    Ok(LineState::ALL.iter().map(total).collect())
}

/// A line as far as decisions about it are concerned.
pub(super) struct Held {
    pub state: LineState,
    pub amount: Money,
    pub posted_at: Timestamp,
    pub description: String,
    pub counter_name: Option<String>,
    pub candidates: Vec<Offered>,
    pub reverses: Option<BankTransactionId>,
    pub times_linked: i32,
}

/// A candidate as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Offered {
    pub invoice: InvoiceId,
    pub reasons: Vec<Reason>,
}

/// A line, held until this transaction ends: of two who decide at once the second sees what the first has decided.
pub(super) async fn hold(tx: &Tx, id: BankTransactionId) -> Result<Held> {
    let row = tx
        .maybe(
            "select state, amount, posted_at, description, counter_name, candidates, reverses_id, times_linked
               from bank_transactions
              where owner_id = (select app_owner_id()) and id = $1
                for no key update",
            &[&id],
        )
        .await?
        .ok_or(Error::NotFound("bank-line"))?;
    Ok(Held {
        state: row.get("state"),
        amount: row.get("amount"),
        posted_at: row.get("posted_at"),
        description: row.get("description"),
        counter_name: row.get("counter_name"),
        candidates: json(row.get("candidates"))?,
        reverses: row.get("reverses_id"),
        times_linked: row.get("times_linked"),
    })
}

fn line(row: &Row) -> Result<MatchingLine> {
    let candidates: Option<Value> = row.get("candidates");
    let payments: Option<Value> = row.get("payments");
    let candidates: Option<Vec<MatchingCandidate>> = candidates.map(json).transpose()?;
    let payments: Option<Vec<MatchingPayment>> = payments.map(json).transpose()?;
    let reasons: Vec<MatchingReason> = json(row.get("reasons"))?;
    Ok(MatchingLine {
        id: row.get("id"),
        account_id: row.get("account_id"),
        bank: row.get("bank"),
        account_number: row.get("number"),
        posted_at: row.get("posted_at"),
        precision: row.get("precision"),
        amount: row.get("amount"),
        description: row.get("description"),
        counter_account: row.get("counter_account"),
        counter_name: row.get("counter_name"),
        state: row.get("state"),
        basis: row.get::<_, &str>("basis").parse::<Basis>().ok(),
        reasons,
        candidates: candidates.unwrap_or_default(),
        payments: payments.unwrap_or_default(),
        reverses_id: row.get("reverses_id"),
        note: row.get("note"),
        version: row.get("version"),
    })
}

fn json<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::Internal(error.to_string()))
}
