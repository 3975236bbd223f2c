//! Every question asked about payment intents.

use base::{Promise, Result, Tx, params, secrets::TokenHash};
use domain::{
    IntentId, InvoiceId, Money, Month, PromiseId, TenantId, invoice::Balance, invoice::InvoiceStatus,
    payment::IntentStatus,
};
use jiff::Timestamp;
use providers::qr_payments::{Asked, BankLink};
use serde_json::{Value, json};
use tokio_postgres::Row;
use wire::links::{BankLinkView, IntentView};

use super::CheckIntent;

/// An intent that is to be.
pub struct New {
    pub intent: IntentId,
    pub invoice: InvoiceId,
    pub amount: Money,
    pub callback_hash: TokenHash,
    pub expires_at: Timestamp,
}

/// An intent as the payer's page needs it.
pub struct Intent {
    pub view: IntentView,
    pub checked_at: Option<Timestamp>,
}

impl Intent {
    /// Someone may pay it now, or in a moment.
    pub fn is_payable(&self) -> bool {
        matches!(self.view.status, IntentStatus::Requested | IntentStatus::Open)
    }

    /// It can be paid, or the payer has to know that it can't.
    pub fn is_worth_showing(&self) -> bool {
        self.is_payable() || self.view.status == IntentStatus::Failed
    }
}

/// An intent as its jobs need it, with the invoice it asks for.
pub struct Known {
    pub status: IntentStatus,
    pub amount: Money,
    pub attempt: u16,
    pub provider_invoice_id: Option<String>,
    pub expires_at: Timestamp,
    pub checked_at: Option<Timestamp>,
    pub invoice: InvoiceId,
    pub tenant: TenantId,
    pub invoice_code: String,
    pub units: String,
    pub period: Month,
    /// What is left to pay of the invoice; nothing when it is not owed any more.
    pub balance: Money,
}

/// What is left to pay of an invoice, if there is such a one.
pub async fn balance(tx: &Tx, invoice: InvoiceId) -> Result<Option<Money>> {
    let row = tx.maybe("select status, total, paid_amount from invoices where id = $1", &[&invoice]).await?;
    Ok(row.as_ref().map(owed))
}

/// Whether it was inserted: there is one payable intent an invoice.
pub async fn insert(tx: &Tx, new: &New) -> Result<bool> {
    let rows = tx
        .touch(
            "insert into payment_intents (id, invoice_id, provider, amount, callback_hash, expires_at)
             values ($1, $2, 'qpay', $3, $4, $5) on conflict do nothing",
            &[&new.intent, &new.invoice, &new.amount, &new.callback_hash.0.as_slice(), &new.expires_at],
        )
        .await?;
    Ok(rows == 1)
}

/// The newest intent of an invoice.
pub const NEWEST: &str = "
    select id, provider, status, amount, qr_text, short_url, bank_links, expires_at, checked_at
      from payment_intents
     where owner_id = (select app_owner_id()) and invoice_id = $1
     order by id desc
     limit 1";

/// The newest intent of an invoice.
pub async fn newest(tx: &Tx, invoice: InvoiceId) -> Result<Option<Intent>> {
    Ok(tx.maybe(NEWEST, &[&invoice]).await?.as_ref().map(intent))
}

/// An intent and its invoice, the intent held until this transaction ends.
pub async fn lock(tx: &Tx, id: IntentId) -> Result<Option<Known>> {
    let row = tx
        .maybe(
            "select p.status as intent_status, p.amount, p.attempt, p.provider_invoice_id, p.expires_at, p.checked_at,
                    i.id as invoice_id, i.tenant_id, i.code, i.units, i.period, i.status, i.total, i.paid_amount
               from payment_intents p
               join invoices i on i.owner_id = p.owner_id and i.id = p.invoice_id
              where p.id = $1
                for no key update of p",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(known))
}

/// Takes the number for the next asking.
pub async fn count_attempt(tx: &Tx, id: IntentId, amount: Money, attempt: u16) -> Result<()> {
    tx.later(
        "update payment_intents set attempt = $2, amount = $3 where id = $1",
        params![id, i32::from(attempt), amount],
    )
    .await
}

/// Whether this attempt's QR is the one that is shown from now on.
pub async fn save_open(tx: &Tx, id: IntentId, attempt: u16, asked: &Asked) -> Result<bool> {
    let banks: Vec<Value> = asked.banks.iter().map(bank_link).collect();
    let rows = tx
        .touch(
            "update payment_intents
                set status = 'open', provider_invoice_id = $3, qr_text = $4, short_url = $5, bank_links = $6,
                    checked_at = $7, last_error = null
              where id = $1 and status = 'requested' and attempt = $2",
            &[
                &id,
                &i32::from(attempt),
                &asked.provider_invoice_id,
                &asked.qr_text,
                &asked.short_url,
                &Value::Array(banks),
                &tx.clock().now(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Writes a step down that has been judged by [`IntentStatus::transition_to`].
pub async fn save_status(tx: &Tx, id: IntentId, status: IntentStatus, why: Option<&str>) -> Result<()> {
    tx.later(
        "update payment_intents set status = $2, last_error = $3 where id = $1",
        params![id, status, why.map(str::to_owned)],
    )
    .await
}

pub async fn save_checked(tx: &Tx, id: IntentId) -> Result<()> {
    tx.later("update payment_intents set checked_at = $2 where id = $1", params![id, tx.clock().now()]).await
}

/// Payable ones whose time is over.
pub async fn expired(tx: &Tx, now: Timestamp) -> Result<Vec<IntentId>> {
    let rows = tx
        .all(
            "select id from payment_intents
              where owner_id = (select app_owner_id()) and status in ('requested', 'open') and expires_at <= $1
              order by expires_at limit 1000",
            &[&now],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect())
}

/// Promises to ask the provider, unless that is promised already and has not begun.
pub async fn promise_check(tx: &Tx, intent: IntentId) -> Result<()> {
    let check = CheckIntent { intent };
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        params![PromiseId::new(), CheckIntent::KIND, check.aggregate(), json!(check), tx.clock().now()],
    )
    .await?;
    tx.promised_many();
    Ok(())
}

/// The same for every QR that somebody may pay for one of these invoices.
pub async fn promise_checks(tx: &Tx, invoices: &[InvoiceId]) -> Result<()> {
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at)
         select gen_random_uuid(), $2, p.id, jsonb_build_object('intent', p.id), $3
           from payment_intents p
          where p.owner_id = (select app_owner_id()) and p.invoice_id = any($1) and p.status = 'open'
         on conflict do nothing",
        params![invoices.to_vec(), CheckIntent::KIND, tx.clock().now()],
    )
    .await?;
    tx.promised_many();
    Ok(())
}

/// A row of `status, total, paid_amount` of an invoice.
fn owed(row: &Row) -> Money {
    let status: InvoiceStatus = row.get("status");
    let balance = Balance { total: row.get("total"), paid: row.get("paid_amount") };
    if status.is_open() { balance.open() } else { Money::ZERO }
}

fn known(row: &Row) -> Known {
    let attempt: i32 = row.get("attempt");
    Known {
        status: row.get("intent_status"),
        amount: row.get("amount"),
        attempt: u16::try_from(attempt).expect("payment_intents_attempt_sensible"),
        provider_invoice_id: row.get("provider_invoice_id"),
        expires_at: row.get("expires_at"),
        checked_at: row.get("checked_at"),
        invoice: row.get("invoice_id"),
        tenant: row.get("tenant_id"),
        invoice_code: row.get::<_, Option<String>>("code").unwrap_or_default(),
        units: row.get("units"),
        period: row.get("period"),
        balance: owed(row),
    }
}

/// A row of [`NEWEST`].
pub fn intent(row: &Row) -> Intent {
    Intent {
        view: IntentView {
            id: row.get("id"),
            provider: row.get("provider"),
            status: row.get("status"),
            amount: row.get("amount"),
            qr_text: row.get("qr_text"),
            short_url: row.get("short_url"),
            bank_links: serde_json::from_value::<Vec<BankLinkView>>(row.get("bank_links")).unwrap_or_default(),
            expires_at: row.get("expires_at"),
        },
        checked_at: row.get("checked_at"),
    }
}

fn bank_link(bank: &BankLink) -> Value {
    json!({ "name": bank.name, "description": bank.description, "logo": bank.logo, "link": bank.link })
}
