//! Corrections: an issued bill is never edited, another one below nothing refers to it and takes off what was wrong.
//!
//! What was still open of the bill is owed no more, and what had been paid becomes the tenant's credit again. A settlement
//! and a person take off the same way: [`settle`] is the one place where it is written. What is taken off the open part
//! comes from no payment: its allocations name the correction itself, one on the bill and one on the correction, which
//! together are nothing.

use base::{Checks, Conflict, Error, Result, Tx, audit::Note, params};
use domain::{
    ContractItemId, InvoiceId, InvoiceItemId, Money, Month, PaymentId,
    contract::TaxKind,
    correction::{self, Asked, Correction, CorrectionError, Earlier, Line, TakenOff},
    invoice::{InvoiceKind, InvoiceStatus},
    rights::Action,
};
use rust_decimal::Decimal;
use serde_json::json;
use tokio_postgres::Row;
use wire::invoices::{InvoiceView, NewCorrection};
use words::say;

use super::{
    Bill, BillItem, Made, queries, reread,
    settling::{Held, free, lock_parts, put_from_bill, sum_of_parts, write_rows},
    standing, stored_now, write_bills,
};
use crate::{intents, receipts::IssueReceipt, write_offs};

/// Takes something off an issued bill and gives the correction that does it.
pub async fn correct(tx: &Tx, id: InvoiceId, new: &NewCorrection) -> Result<InvoiceView> {
    tx.allow(Action::EditInvoices)?;
    check(new)?;
    // The number, then payments, then bills, as everybody holds them: whoever bills, and whoever takes a payment back.
    let today = tx.clock().today();
    let number = queries::take_number(tx, today.year()).await?;
    lock_parts(tx, id, Held::Awaited).await?;
    let found = Found::lock(tx, id).await?;
    found.may_be_corrected()?;
    if write_offs::stands(tx, id).await? {
        return Err(Conflict::new("CORRECTION_OF_WRITTEN_OFF").with("code", found.code).into());
    }
    let asked = match &new.lines {
        None => Asked::Whole,
        Some(lines) => Asked::Lines(lines.iter().map(|line| (line.item_id, line.amount)).collect()),
    };
    let planned = correction::plan(&found.bill, &asked).map_err(refusal)?;

    let mut bill = found.correcting(tx, &planned, new.reason.trim());
    bill.issue(tx.app(), number, today, today)?;
    // What it takes off is put where it belongs in the same breath.
    bill.put(bill.total)?;
    write_bills(tx, std::slice::from_ref(&bill)).await?;
    tx.audit("invoice.create", bill.id.0, &bill.told()).await?;
    settle(tx, bill.id, id, planned.netted, planned.freed).await?;
    tx.note(Note {
        action: "invoice.correct",
        id: Some(id.0),
        before: Some(json!({ "code": found.code, "left": found.bill.left()? })),
        after: Some(json!({ "correctionId": bill.id, "code": bill.code, "total": bill.total,
            "netted": planned.netted, "freed": planned.freed })),
        reason: Some(new.reason.trim().to_owned()),
    })
    .await?;
    reread(tx, bill.id).await
}

/// Puts what a correction takes off a bill where it belongs: `netted` of it was still open and is owed no more, `freed`
/// had been paid and is the tenant's credit again, the newest payment's first.
pub(crate) async fn settle(tx: &Tx, correction: InvoiceId, bill: InvoiceId, netted: Money, freed: Money) -> Result<()> {
    let parts = lock_parts(tx, bill, Held::PassedOver).await?;
    if netted.is_positive() {
        intents::withdraw(tx, &[bill]).await?;
        let standing = standing::lock(tx, bill).await?.ok_or(Error::NotFound("invoice"))?;
        put_from_bill(tx, correction, vec![(standing, netted)]).await?;
    }
    let (mut left, mut rows): (Money, Vec<(PaymentId, InvoiceId, Money)>) = (freed, Vec::new());
    for part in &parts {
        let amount = part.amount.min(left);
        if !amount.is_positive() {
            break;
        }
        rows.push((part.payment, correction, amount.checked_neg()?));
        free(tx, part.payment, amount).await?;
        // Its receipt says more than it pays now.
        tx.promise(&IssueReceipt { payment: part.payment }).await?;
        left = left.checked_sub(amount)?;
    }
    if left.is_positive() && sum_of_parts(tx, bill).await?.compare(freed).is_ge() {
        return Err(Error::Unavailable("a payment of the bill is being changed this moment".into()));
    }
    if left.is_positive() {
        // An earlier correction was undone, and what it put on again is not paid yet.
        return Err(Conflict::new("CORRECTION_UNDONE_UNPAID").with("left", left.to_string()).into());
    }
    write_rows(tx, &rows).await
}

fn check(new: &NewCorrection) -> Result<()> {
    let mut checks = Checks::new();
    checks.name("reason", &new.reason, 500);
    if let Some(lines) = &new.lines {
        checks.that(!lines.is_empty(), "lines", "required");
        checks.that(lines.len() <= 1000, "lines", "too-many");
        for (place, line) in lines.iter().enumerate() {
            let is_amount = line.amount.is_none_or(Money::is_positive);
            checks.that(is_amount, format!("lines[{place}].amount"), "not-positive");
        }
    }
    checks.done()
}

/// What a person can do about a correction that does not fit.
fn refusal(error: CorrectionError) -> Error {
    match error {
        CorrectionError::NothingLeft => Conflict::new("CORRECTION_NOTHING_LEFT").into(),
        CorrectionError::MoreThanBill { left } | CorrectionError::MoreThanLine { left, .. } => {
            Conflict::new("CORRECTION_TOO_LARGE").with("left", left.to_string()).into()
        }
        CorrectionError::NoSuchLine { place } => Error::field(format!("lines[{place}].itemId"), "not-a-choice"),
        CorrectionError::LineTwice { place } => Error::field(format!("lines[{place}].itemId"), "repeated"),
        CorrectionError::TooLarge(error) => error.into(),
    }
}

/// A bill that is to be corrected, held until this transaction ends.
struct Found {
    id: InvoiceId,
    code: String,
    kind: InvoiceKind,
    status: InvoiceStatus,
    /// The bill's own words and whose it is, as a correction repeats them.
    head: Row,
    items: Vec<ItemFound>,
    bill: correction::Bill,
}

/// What a correction's line repeats of the bill's.
struct ItemFound {
    id: InvoiceItemId,
    contract_item: Option<ContractItemId>,
    description: String,
    tax_kind: TaxKind,
    classification_code: String,
    exemption_code: Option<String>,
}

impl Found {
    async fn lock(tx: &Tx, id: InvoiceId) -> Result<Found> {
        let head = tx
            .maybe(
                "select code, kind, status, contract_id, contract_code, tenant_id, property_id, customer_name,
                        customer_register_no, customer_tin, units, period, total, city_tax_amount, paid_amount
                   from invoices
                  where owner_id = (select app_owner_id()) and id = $1
                    for no key update",
                &[&id],
            )
            .await?
            .ok_or(Error::NotFound("invoice"))?;
        let items = tx
            .ahead(
                "select id, contract_item_id, description, amount, tax, tax_kind, classification_code, exemption_code
                   from invoice_items
                  where owner_id = (select app_owner_id()) and invoice_id = $1
                  order by sort_order",
                params![id],
            )
            .await?;
        let earlier = tx
            .ahead(
                "select c.id, c.city_tax_amount, l.made, l.contract_item_id, l.amount, l.tax
                   from invoices c
                   join invoice_items l on l.owner_id = c.owner_id and l.invoice_id = c.id
                  where c.owner_id = (select app_owner_id()) and c.corrects_id = $1 and c.status not in ('draft', 'void')
                    and not exists (select from invoices u
                                     where u.owner_id = c.owner_id and u.corrects_id = c.id and u.status <> 'void')
                  order by c.id, l.sort_order",
                params![id],
            )
            .await?;
        tx.settled().await?;
        let (items, earlier) = (items.rows()?, earlier.rows()?);
        let mut corrections: Vec<(InvoiceId, Money)> =
            earlier.iter().map(|row| (row.get("id"), row.get("city_tax_amount"))).collect();
        corrections.dedup();
        Ok(Found {
            id,
            code: head.get::<_, Option<String>>("code").unwrap_or_default(),
            kind: head.get("kind"),
            status: head.get("status"),
            bill: correction::Bill {
                total: head.get("total"),
                city_tax: head.get("city_tax_amount"),
                paid: head.get("paid_amount"),
                lines: items.iter().map(line).collect(),
                earlier: earlier.iter().map(taken).collect(),
                earlier_city_tax: Money::sum(corrections.iter().map(|(_, city_tax)| *city_tax))?,
            },
            items: items.iter().map(item_found).collect(),
            head,
        })
    }

    fn may_be_corrected(&self) -> Result<()> {
        let refused = match (self.kind, self.status) {
            (InvoiceKind::Correction, _) => "CORRECTION_OF_CORRECTION",
            (_, InvoiceStatus::Draft) => "CORRECTION_OF_DRAFT",
            (_, InvoiceStatus::Void) => "CORRECTION_OF_VOID",
            (_, InvoiceStatus::Refunded) => "CORRECTION_NOTHING_LEFT",
            _ => return Ok(()),
        };
        Err(Conflict::new(refused).with("code", self.code.clone()).into())
    }

    /// The correction as a bill below nothing, of the month in which it is made: the one it corrects may be closed.
    fn correcting(&self, tx: &Tx, planned: &Correction, reason: &str) -> Bill {
        let (head, totals) = (&self.head, &planned.totals);
        Bill {
            id: InvoiceId::new(),
            code: None,
            kind: InvoiceKind::Correction,
            status: InvoiceStatus::Draft,
            contract_id: head.get("contract_id"),
            contract_code: head.get("contract_code"),
            tenant_id: head.get("tenant_id"),
            property_id: head.get("property_id"),
            customer_name: head.get("customer_name"),
            customer_register_no: head.get("customer_register_no"),
            customer_tin: head.get("customer_tin"),
            units: head.get("units"),
            period: Month::of(tx.clock().today()),
            issued_on: None,
            due_on: None,
            subtotal: totals.subtotal,
            vat_amount: totals.vat,
            city_tax_amount: totals.city_tax,
            total: totals.total,
            paid: Money::ZERO,
            corrects_id: Some(self.id),
            link_hash: None,
            note: reason.to_owned(),
            created_at: stored_now(tx),
            items: planned.lines.iter().map(|taken| self.line(tx, taken)).collect(),
        }
    }

    fn line(&self, tx: &Tx, taken: &TakenOff) -> BillItem {
        let item = self.items.iter().find(|item| item.id == taken.line).expect("it was chosen among them");
        let name = [("name", item.description.as_str().into())];
        BillItem {
            id: InvoiceItemId::new(),
            contract_item_id: item.contract_item,
            description: say(tx.actor().lang, "line-corrected", &name).into_owned(),
            quantity: Decimal::ONE,
            unit_price: taken.amount,
            amount: taken.amount,
            tax_kind: item.tax_kind,
            tax: taken.vat,
            classification_code: item.classification_code.clone(),
            exemption_code: item.exemption_code.clone(),
            made: Made::Corrected { item: taken.line, code: self.code.clone(), held: taken.held, amount: taken.amount },
        }
    }
}

fn line(row: &Row) -> Line {
    Line {
        id: row.get("id"),
        contract_item: row.get("contract_item_id"),
        amount: row.get("amount"),
        vat: row.get("tax"),
    }
}

fn item_found(row: &Row) -> ItemFound {
    ItemFound {
        id: row.get("id"),
        contract_item: row.get("contract_item_id"),
        description: row.get("description"),
        tax_kind: row.get("tax_kind"),
        classification_code: row.get("classification_code"),
        exemption_code: row.get("exemption_code"),
    }
}

fn taken(row: &Row) -> Earlier {
    Earlier {
        line: Made::corrected_item(row.get("made")),
        contract_item: row.get("contract_item_id"),
        amount: row.get("amount"),
        vat: row.get("tax"),
    }
}
