//! Where issued invoices stand with the money that was put on them, and how that is written down.

use base::{Result, Tx, params};
use domain::{
    InvoiceId, Money,
    allocation::OpenInvoice,
    invoice::{Balance, InvoiceStatus},
};
use jiff::civil::Date;
use tokio_postgres::Row;
use uuid::Uuid;

/// An issued invoice as far as money is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub id: InvoiceId,
    pub code: String,
    pub status: InvoiceStatus,
    pub issued_on: Date,
    pub due_on: Date,
    pub total: Money,
    pub paid: Money,
}

/// A step that money made an invoice take.
pub(crate) struct Step {
    pub before: Standing,
    pub after: Standing,
}

impl Standing {
    /// What is still owed of it.
    pub fn open(&self) -> Money {
        Balance { total: self.total, paid: self.paid }.open()
    }

    /// The same invoice with `amount` more on it, or less of it when it is negative.
    pub fn put(self, amount: Money, today: Date) -> Result<Step> {
        let paid = self.paid.checked_add(amount)?;
        let next = Balance { total: self.total, paid }.status(self.due_on < today);
        let status = if next == self.status { next } else { self.status.transition_to(next)? };
        let after = Standing { paid, status, ..self.clone() };
        Ok(Step { before: self, after })
    }

    pub fn as_open_invoice(&self) -> OpenInvoice {
        let (issued_on, due_on) = (self.issued_on, self.due_on);
        OpenInvoice { id: self.id, code: self.code.clone(), issued_on, due_on, open: self.open() }
    }
}

/// One issued invoice, held until this transaction ends.
pub(crate) async fn lock(tx: &Tx, id: InvoiceId) -> Result<Option<Standing>> {
    let row = tx
        .maybe(
            "select id, code, status, issued_on, due_on, total, paid_amount
               from invoices
              where owner_id = (select app_owner_id()) and id = $1 and code is not null
                for no key update",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(standing))
}

/// Writes the steps and their audit, without waiting.
pub(crate) async fn save(tx: &Tx, steps: &[Step]) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let ids: Vec<InvoiceId> = steps.iter().map(|step| step.after.id).collect();
    let paid: Vec<Money> = steps.iter().map(|step| step.after.paid).collect();
    let status: Vec<InvoiceStatus> = steps.iter().map(|step| step.after.status).collect();
    let was_paid: Vec<Money> = steps.iter().map(|step| step.before.paid).collect();
    let was: Vec<InvoiceStatus> = steps.iter().map(|step| step.before.status).collect();
    tx.later(
        "update invoices i
            set paid_amount = n.paid, status = n.status, version = version + 1
           from unnest($1::uuid[], $2::bigint[], $3::text[]) as n (id, paid, status)
          where i.owner_id = (select app_owner_id()) and i.id = n.id",
        params![ids.clone(), paid.clone(), status.clone()],
    )
    .await?;
    let notes: Vec<Uuid> = steps.iter().map(|_| Uuid::now_v7()).collect();
    let actor = tx.actor();
    tx.later(
        "insert into audit_log (id, action, entity, entity_id, before, after, request_id, ip)
         select n.id, 'invoice.money', 'invoice', n.invoice,
                jsonb_build_object('status', n.was, 'paidAmount', n.was_paid::text),
                jsonb_build_object('status', n.status, 'paidAmount', n.paid::text), $7, $8
           from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::bigint[])
                as n (id, invoice, was, was_paid, status, paid)",
        params![notes, ids, was, was_paid, status, paid, actor.request_id, actor.ip.map(|ip| ip.to_string())],
    )
    .await
}

/// A row of `id, code, status, issued_on, due_on, total, paid_amount`.
pub(crate) fn standing(row: &Row) -> Standing {
    Standing {
        id: row.get("id"),
        code: row.get("code"),
        status: row.get("status"),
        issued_on: row.get("issued_on"),
        due_on: row.get("due_on"),
        total: row.get("total"),
        paid: row.get("paid_amount"),
    }
}
