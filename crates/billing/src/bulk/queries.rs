//! Every question asked about bulk orders.

use std::collections::HashMap;

use base::{Columns, Conflict, Promise, Result, Tx, lists::Window, params};
use domain::{
    BulkItemId, BulkOrderId, ContractId, InvoiceId, Money, Month, ReminderId,
    bulk::{BulkItemStatus, BulkVerb, Facts},
    invoice::{Balance, InvoiceKind, InvoiceStatus},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use tokio_postgres::Row;
use wire::{
    bulk::{BulkItemView, BulkOrderView},
    invoices::InvoiceFilter,
};

use super::sentence;
use crate::invoices;

/// An invoice that was chosen, with what its text says.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub id: InvoiceId,
    pub contract: ContractId,
    pub code: Option<String>,
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    pub customer_name: String,
    pub units: String,
    pub contract_code: String,
    pub period: Month,
    pub due_on: Option<Date>,
    pub total: Money,
    pub paid: Money,
    /// What corrections have taken off, negative.
    pub corrected: Money,
    /// What the contract owes besides.
    pub previous_balance: Money,
    pub phone: Option<String>,
}

impl Chosen {
    /// What is still owed of it.
    pub fn balance(&self) -> Money {
        if self.status.is_open() { Balance { total: self.total, paid: self.paid }.open() } else { Money::ZERO }
    }

    pub(super) fn facts(&self) -> Result<Facts> {
        Ok(Facts {
            kind: self.kind,
            status: self.status,
            due_on: self.due_on,
            total: self.total,
            left: self.total.checked_add(self.corrected)?,
            has_phone: self.phone.is_some(),
        })
    }
}

/// The invoices that a filter picks, oldest first.
pub(super) async fn chosen(tx: &Tx, filter: &InvoiceFilter, most: i64) -> Result<Vec<Chosen>> {
    let mut asked = invoices::asked(tx, filter);
    let most = asked.value(Box::new(most));
    let sql = format!(
        "select i.id, i.contract_id, i.code, i.kind, i.status, i.customer_name, i.units, i.contract_code, i.period, i.due_on, i.total,
                i.paid_amount, t.phone,
                coalesce((select sum(c.total) from invoices c
                           where c.owner_id = i.owner_id and c.corrects_id = i.id and c.status <> 'void'
                             and not exists (select from invoices u where u.owner_id = c.owner_id and u.corrects_id = c.id
                                                                      and u.status <> 'void')), 0)::bigint as corrected,
                coalesce((select sum(e.total - e.paid_amount) from invoices e
                           where e.owner_id = i.owner_id and e.contract_id = i.contract_id and e.id <> i.id
                             and e.period <= i.period and e.status in ('issued', 'partially_paid', 'overdue')), 0)::bigint
                    as previous_balance
           from (select id from invoices{} order by period, id limit {most}) asked
           join invoices i on i.owner_id = (select app_owner_id()) and i.id = asked.id
           join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
          order by i.period, i.id",
        asked.sql()
    );
    let rows = tx.all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(chosen_row).collect())
}

/// An order to be put in.
pub(super) struct NewRow<'a> {
    pub id: BulkOrderId,
    pub verb: BulkVerb,
    pub stage: Option<i16>,
    pub reason: &'a str,
    pub total: Money,
    pub asked: Value,
    pub invoices: &'a [Chosen],
    /// Which reminder tells of which invoice.
    pub reminders: HashMap<InvoiceId, ReminderId>,
}

pub(super) async fn insert(tx: &Tx, new: &NewRow<'_>) -> Result<()> {
    let count = i32::try_from(new.invoices.len()).expect("thousands at most");
    tx.later(
        "insert into bulk_orders (id, verb, reason, asked, invoice_count, total, stage) values ($1, $2, $3, $4, $5, $6, $7)",
        params![new.id, new.verb, new.reason.to_owned(), new.asked.clone(), count, new.total, new.stage],
    )
    .await?;
    let ids: Vec<BulkItemId> = new.invoices.iter().map(|_| BulkItemId::new()).collect();
    tx.later(
        "insert into bulk_order_items (id, order_id, invoice_id, reminder_id)
         select n.id, $1, n.invoice_id, n.reminder_id
           from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as n (id, invoice_id, reminder_id)",
        params![
            new.id,
            ids,
            new.invoices.iter().map(|chosen| chosen.id).collect::<Vec<_>>(),
            new.invoices.iter().map(|chosen| new.reminders.get(&chosen.id).copied()).collect::<Vec<_>>(),
        ],
    )
    .await
}

/// Promises a job for each item that waits, in one statement: its payload is `{"item": …}`.
pub(super) async fn promise_each<P: Promise>(tx: &Tx, order: BulkOrderId) -> Result<()> {
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at)
         select gen_random_uuid(), $2, i.id, jsonb_build_object('item', i.id), $3
           from bulk_order_items i
          where i.owner_id = (select app_owner_id()) and i.order_id = $1 and i.status = 'waiting'",
        params![order, P::KIND, tx.clock().now()],
    )
    .await?;
    tx.promised_many();
    Ok(())
}

pub(super) async fn verb(tx: &Tx, id: BulkOrderId) -> Result<Option<BulkVerb>> {
    let row = tx
        .maybe(
            "select verb from bulk_orders where owner_id = (select app_owner_id()) and id = $1 for no key update",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| row.get("verb")))
}

/// What failed waits again.
pub(super) async fn wait_again(tx: &Tx, id: BulkOrderId) -> Result<u64> {
    let next = BulkItemStatus::Failed.transition_to(BulkItemStatus::Waiting)?;
    tx.touch(
        "update bulk_order_items set status = $2, failure = null, facts = '{}'
          where owner_id = (select app_owner_id()) and order_id = $1 and status = 'failed'",
        &[&id, &next],
    )
    .await
}

/// An item whose reminder failed.
pub(super) struct FailedReminder {
    pub item: BulkItemId,
    pub invoice: InvoiceId,
    pub contract: ContractId,
    pub reminder: Option<ReminderId>,
}

/// The stage that an order asked for, and what of it failed.
pub(super) async fn failed_reminders(tx: &Tx, order: BulkOrderId) -> Result<(Option<i16>, Vec<FailedReminder>)> {
    let rows = tx
        .all(
            "select b.id, b.invoice_id, i.contract_id, b.reminder_id, o.stage
               from bulk_order_items b
               join bulk_orders o on o.owner_id = b.owner_id and o.id = b.order_id
               join invoices i on i.owner_id = b.owner_id and i.id = b.invoice_id
              where b.owner_id = (select app_owner_id()) and b.order_id = $1 and b.status = 'failed'
              order by b.id
                for no key update of b",
            &[&order],
        )
        .await?;
    let failed = rows.iter().map(|row| FailedReminder {
        item: row.get("id"),
        invoice: row.get("invoice_id"),
        contract: row.get("contract_id"),
        reminder: row.get("reminder_id"),
    });
    Ok((rows.first().and_then(|row| row.get("stage")), failed.collect()))
}

/// These items wait again, for these reminders.
pub(super) async fn remind_again(tx: &Tx, waits: &[(BulkItemId, ReminderId)]) -> Result<u64> {
    let next = BulkItemStatus::Failed.transition_to(BulkItemStatus::Waiting)?;
    let (items, reminders): (Vec<BulkItemId>, Vec<ReminderId>) = waits.iter().copied().unzip();
    tx.touch(
        "update bulk_order_items i set status = $1, failure = null, facts = '{}', reminder_id = n.reminder_id
           from unnest($2::uuid[], $3::uuid[]) as n (id, reminder_id)
          where i.owner_id = (select app_owner_id()) and i.id = n.id and i.status = 'failed'",
        &[&next, &items, &reminders],
    )
    .await
}

const ORDER: &str = "
    select o.id, o.verb, o.reason, o.invoice_count::bigint as count, o.total,
           (select count(*) from bulk_order_items i where i.owner_id = o.owner_id and i.order_id = o.id and i.status = 'waiting') as waiting,
           (select count(*) from bulk_order_items i where i.owner_id = o.owner_id and i.order_id = o.id and i.status = 'done') as done,
           (select count(*) from bulk_order_items i where i.owner_id = o.owner_id and i.order_id = o.id and i.status = 'failed') as failed,
           (select coalesce(sum(i.parts), 0) from bulk_order_items i where i.owner_id = o.owner_id and i.order_id = o.id)::bigint as parts,
           u.name as made_by, o.created_at
      from bulk_orders o
      left join users u on u.id = o.made_by
     where o.owner_id = (select app_owner_id())";

pub(super) async fn find(tx: &Tx, id: BulkOrderId) -> Result<Option<BulkOrderView>> {
    let row = tx.maybe(&format!("{ORDER} and o.id = $1"), &[&id]).await?;
    Ok(row.as_ref().map(order))
}

/// The orders after `window.after`, newest first.
pub(super) async fn page(tx: &Tx, window: &Window<BulkOrderId>) -> Result<Vec<BulkOrderView>> {
    let sql = format!("{ORDER} and ($1::uuid is null or o.id < $1) order by o.id desc limit $2");
    let rows = tx.last().all(&sql, &[&window.after, &window.rows()]).await?;
    Ok(rows.iter().map(order).collect())
}

/// The items of an order after `window.after`, as they were chosen; with the id that the next page starts after.
pub(super) async fn items(
    tx: &Tx,
    order: BulkOrderId,
    status: Option<BulkItemStatus>,
    window: &Window<BulkItemId>,
) -> Result<Vec<(BulkItemId, BulkItemView)>> {
    let rows = tx
        .last()
        .all(
            "select b.id, b.invoice_id, i.code, i.customer_name, i.units, t.phone, i.total, b.status, b.failure, b.facts,
                    b.result_id, r.code as result_code, b.updated_at
               from bulk_order_items b
               join invoices i on i.owner_id = b.owner_id and i.id = b.invoice_id
               left join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
               left join invoices r on r.owner_id = b.owner_id and r.id = b.result_id
              where b.owner_id = (select app_owner_id()) and b.order_id = $1
                and ($2::text is null or b.status = $2) and ($3::uuid is null or b.id > $3)
              order by b.id
              limit $4",
            &[&order, &status, &window.after, &window.rows()],
        )
        .await?;
    let lang = tx.actor().lang;
    Ok(rows.iter().map(|row| (row.get("id"), item(row, lang))).collect())
}

/// The next items that wait, as they were chosen.
pub(super) async fn waiting(tx: &Tx, order: BulkOrderId, most: i64) -> Result<Vec<BulkItemId>> {
    let rows = tx
        .all(
            "select id from bulk_order_items
              where owner_id = (select app_owner_id()) and order_id = $1 and status = 'waiting'
              order by id limit $2",
            &[&order, &most],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect())
}

/// An item that waits, held until this transaction ends: its invoice, and what is to be done to it.
pub async fn lock_item(tx: &Tx, id: BulkItemId) -> Result<Option<(InvoiceId, BulkVerb, String)>> {
    let row = tx
        .maybe(
            "select i.invoice_id, o.verb, o.reason
               from bulk_order_items i
               join bulk_orders o on o.owner_id = i.owner_id and o.id = i.order_id
              where i.owner_id = (select app_owner_id()) and i.id = $1 and i.status = 'waiting'
                for no key update of i",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| (row.get("invoice_id"), row.get("verb"), row.get("reason"))))
}

/// How an item ended.
#[derive(Debug, Clone)]
pub enum Ended {
    /// With the invoice that was made, if one was.
    Done {
        result: Option<InvoiceId>,
        parts: i32,
    },
    /// Done as far as anybody can tell; the word names what is to be known.
    Unsure {
        word: &'static str,
        parts: i32,
    },
    Failed {
        word: &'static str,
        facts: Value,
    },
}

impl Ended {
    /// The same for another invoice of one text.
    fn without_parts(&self) -> Ended {
        match self.clone() {
            Ended::Done { result, .. } => Ended::Done { result, parts: 0 },
            Ended::Unsure { word, .. } => Ended::Unsure { word, parts: 0 },
            failed @ Ended::Failed { .. } => failed,
        }
    }
}

impl From<&Conflict> for Ended {
    fn from(conflict: &Conflict) -> Ended {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let facts = conflict.details.iter().map(|(name, value)| ((*name).to_owned(), json!(text(value)))).collect();
        Ended::Failed { word: conflict.reason, facts: Value::Object(facts) }
    }
}

/// Writes down how an item ended, if it still waits.
pub async fn end(tx: &Tx, id: BulkItemId, ended: &Ended) -> Result<()> {
    let (next, word, facts, result, parts) = match ended {
        Ended::Done { result, parts } => (BulkItemStatus::Done, None, json!({}), *result, *parts),
        Ended::Unsure { word, parts } => (BulkItemStatus::Done, Some(*word), json!({}), None, *parts),
        Ended::Failed { word, facts } => (BulkItemStatus::Failed, Some(*word), facts.clone(), None, 0),
    };
    let next = BulkItemStatus::Waiting.transition_to(next)?;
    tx.later(
        "update bulk_order_items set status = $2, failure = $3, facts = $4, result_id = $5, parts = parts + $6
          where owner_id = (select app_owner_id()) and id = $1 and status = 'waiting'",
        params![id, next, word, facts, result, parts],
    )
    .await
}

/// Writes down how a reminder ended on the items that wait for it; its parts are the first one's.
pub async fn end_reminder(tx: &Tx, reminder: ReminderId, ended: &Ended) -> Result<()> {
    let rows = tx
        .all(
            "select id from bulk_order_items
              where owner_id = (select app_owner_id()) and reminder_id = $1 and status = 'waiting'
              order by id",
            &[&reminder],
        )
        .await?;
    for (place, row) in rows.iter().enumerate() {
        let ended = if place == 0 { ended.clone() } else { ended.without_parts() };
        end(tx, row.get("id"), &ended).await?;
    }
    Ok(())
}

/// What an order prints: as long as an item waits, all that did not fail, so that the paper is whole again after a retry.
#[derive(Debug, Default)]
pub struct ToPrint {
    /// In the order they were chosen.
    pub invoices: Vec<InvoiceId>,
    /// Those that were taken back since.
    pub gone: Vec<InvoiceId>,
}

pub async fn to_print(tx: &Tx, order: BulkOrderId) -> Result<ToPrint> {
    let rows = tx
        .all(
            "select b.invoice_id, b.status, i.status in ('draft', 'void') as gone
               from bulk_order_items b
               join invoices i on i.owner_id = b.owner_id and i.id = b.invoice_id
              where b.owner_id = (select app_owner_id()) and b.order_id = $1 and b.status in ('waiting', 'done')
              order by b.id",
            &[&order],
        )
        .await?;
    if rows.iter().all(|row| row.get::<_, BulkItemStatus>("status") != BulkItemStatus::Waiting) {
        return Ok(ToPrint::default());
    }
    let (gone, there): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.get("gone"));
    let ids = |rows: &[&Row]| rows.iter().map(|row| row.get("invoice_id")).collect();
    Ok(ToPrint { invoices: ids(&there), gone: ids(&gone) })
}

/// These items of an order failed, if they still wait; all that wait when none is named.
pub async fn fail(tx: &Tx, order: BulkOrderId, invoices: Option<&[InvoiceId]>, word: &'static str) -> Result<()> {
    let next = BulkItemStatus::Waiting.transition_to(BulkItemStatus::Failed)?;
    tx.later(
        "update bulk_order_items set status = $2, failure = $3
          where owner_id = (select app_owner_id()) and order_id = $1 and status = 'waiting'
            and ($4::uuid[] is null or invoice_id = any($4))",
        params![order, next, word.to_owned(), invoices.map(<[InvoiceId]>::to_vec)],
    )
    .await
}

/// Where the PDF of an order lies.
#[derive(Debug, Clone)]
pub struct Paper {
    pub key: String,
    pub size: i64,
    pub pages: i32,
}

/// Writes down the PDF of an order and that its items are in it.
pub async fn save_paper(tx: &Tx, order: BulkOrderId, paper: &Paper) -> Result<()> {
    tx.later(
        "update bulk_orders set key = $2, size = $3, pages = $4 where owner_id = (select app_owner_id()) and id = $1",
        params![order, paper.key.clone(), paper.size, paper.pages],
    )
    .await?;
    let next = BulkItemStatus::Waiting.transition_to(BulkItemStatus::Done)?;
    tx.later(
        "update bulk_order_items set status = $2
          where owner_id = (select app_owner_id()) and order_id = $1 and status = 'waiting'",
        params![order, next],
    )
    .await
}

/// The PDF of an order, once there is one.
pub async fn paper_key(tx: &Tx, order: BulkOrderId) -> Result<Option<Paper>> {
    let row = tx
        .maybe(
            "select key, size, pages from bulk_orders
              where owner_id = (select app_owner_id()) and id = $1 and key is not null",
            &[&order],
        )
        .await?;
    Ok(row.map(|row| Paper { key: row.get("key"), size: row.get("size"), pages: row.get("pages") }))
}

fn chosen_row(row: &Row) -> Chosen {
    Chosen {
        id: row.get("id"),
        contract: row.get("contract_id"),
        code: row.get("code"),
        kind: row.get("kind"),
        status: row.get("status"),
        customer_name: row.get("customer_name"),
        units: row.get("units"),
        contract_code: row.get("contract_code"),
        period: row.get("period"),
        due_on: row.get("due_on"),
        total: row.get("total"),
        paid: row.get("paid_amount"),
        corrected: row.get("corrected"),
        previous_balance: row.get("previous_balance"),
        phone: row.get("phone"),
    }
}

/// Columns in the order of [`ORDER`].
fn order(row: &Row) -> BulkOrderView {
    let mut columns = Columns::of(row);
    BulkOrderView {
        id: columns.take(),
        verb: columns.take(),
        reason: columns.take(),
        count: columns.take(),
        total: columns.take(),
        waiting: columns.take(),
        done: columns.take(),
        failed: columns.take(),
        parts: columns.take(),
        made_by: columns.take(),
        created_at: columns.take(),
    }
}

fn item(row: &Row, lang: base::Lang) -> BulkItemView {
    let reason: Option<String> = row.get("failure");
    let facts: Value = row.get("facts");
    let facts: Vec<(String, String)> = facts
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect();
    BulkItemView {
        invoice_id: row.get("invoice_id"),
        code: row.get("code"),
        customer_name: row.get("customer_name"),
        units: row.get("units"),
        phone: row.get("phone"),
        total: row.get("total"),
        status: row.get("status"),
        sentence: reason.as_deref().map(|reason| sentence(lang, reason, &facts)),
        reason,
        result_id: row.get("result_id"),
        result_code: row.get("result_code"),
        updated_at: row.get("updated_at"),
    }
}
