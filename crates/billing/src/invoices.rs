//! Invoices: made one by one or by the month's run, issued under a number without gaps, never edited afterwards.

mod bill;
mod correction;
mod credit;
mod export;
mod link;
mod made;
mod number;
mod one_off;
mod overdue;
mod queries;
mod routes;
mod settling;
mod standing;
mod views;

use base::{
    Conflict, Error, Result, Slice, Tx,
    audit::Note,
    cron::{Cron, Schedule},
};
use domain::{InvoiceId, Money, Month, NotAllowed, invoice::InvoiceStatus, month, rights::Action};
use serde_json::json;
use wire::invoices::{InvoiceView, NewInvoice};

use crate::{intents, news::InvoiceIssued, receipts::IssueReceipt};

pub(crate) use self::{
    bill::{Bill, BillItem, write as write_bills},
    correction::settle,
    credit::{Spending, lock_credits, spend, spend_on, sum as sum_spent, write as write_spendings},
    link::link_hash,
    number::{code, number_of, take_past},
    one_off::LETTING,
    queries::{asked, stored_now},
    settling::{Held, free, lock_open, lock_parts, move_between, write_rows},
    standing::{Standing, lock as lock_standing, save as save_standings, standing},
};
pub use self::{
    correction::correct,
    link::{link_token, link_url},
    made::Made,
};

pub fn slice() -> Slice {
    Slice::new("invoices")
        .routes(routes::routes())
        .routes(views::routes())
        .job::<overdue::MarkOverdue>()
        .cron(Cron::new("invoice.overdue", Schedule::Daily(0, 5), overdue::promise_for_each_owner))
}

/// Makes a one-off invoice of a contract, and gives it its number when it is to go out at once.
///
/// What is known beforehand is sent without waiting: the contract and the number are one wait, everything that is
/// written and the commit the other.
pub async fn create(tx: &Tx, new: &NewInvoice) -> Result<InvoiceView> {
    tx.allow(Action::EditInvoices)?;
    one_off::check(new)?;
    let today = tx.clock().today();
    let period = new.period.unwrap_or(Month::of(today));
    let facts = queries::contract_to_bill(tx, new.contract_id, period, new.issue.then_some(today.year())).await?;
    let facts = facts.ok_or(Error::NotFound("contract"))?;
    if !(facts.status.is_in_force() || facts.status.is_final()) {
        return Err(Conflict::new("CONTRACT_NOT_SIGNED").with("code", facts.code).into());
    }

    let mut bill = one_off::bill(new, &facts, period, today, stored_now(tx))?;
    if let Some(number) = facts.number {
        bill.issue(tx.app(), number, today, month::due_on(today, facts.payment_day))?;
    }
    if bill.code.is_some() && bill.total.is_negative() {
        return give_discount(tx, bill).await;
    }
    let spent = if bill.code.is_some() && facts.credit.is_positive() {
        let mut purses = lock_credits(tx, &[bill.tenant_id]).await?;
        spend(&mut purses, &mut bill)?
    } else {
        Vec::new()
    };

    write_bills(tx, std::slice::from_ref(&bill)).await?;
    credit::write(tx, &spent).await?;
    tx.audit("invoice.create", bill.id.0, &bill.told()).await?;
    if bill.code.is_some() {
        tx.promise(&InvoiceIssued { invoice: bill.id }).await?;
    }
    if facts.receipt_on_payment {
        promise_receipts(tx, &spent).await?;
    }
    let credit = Some(facts.credit.checked_sub(sum_spent(&spent)?)?);
    Ok(InvoiceView { previous_balance: facts.previous_balance, credit, ..bill.view(tx, &spent) })
}

/// Writes an issued discount and takes it off what the contract owes.
async fn give_discount(tx: &Tx, mut bill: Bill) -> Result<InvoiceView> {
    let open = lock_open(tx, bill.contract_id).await?;
    bill.put(bill.total)?;
    write_bills(tx, std::slice::from_ref(&bill)).await?;
    settling::put_discount(tx, bill.id, bill.total.checked_neg()?, open).await?;
    tx.audit("invoice.create", bill.id.0, &bill.told()).await?;
    reread(tx, bill.id).await
}

/// Gives a draft its number, its due date and its link, and lets the tenant know.
pub async fn issue(tx: &Tx, id: InvoiceId) -> Result<InvoiceView> {
    tx.allow(Action::EditInvoices)?;
    let draft = queries::lock(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
    let issued = draft.status.transition_to(InvoiceStatus::Issued)?;
    if draft.status != InvoiceStatus::Draft {
        // What money made of an issued bill may become `issued` again, but not by this door: it has its number.
        return Err(NotAllowed { from: draft.status.as_str(), to: issued.as_str() }.into());
    }
    let today = tx.clock().today();
    let due_on = month::due_on(today, draft.payment_day);
    let number = queries::take_number(tx, today.year()).await?;
    let code = code(today.year(), number);
    queries::save_issued(tx, id, &code, today, due_on).await?;
    tx.note(Note {
        action: "invoice.issue",
        id: Some(id.0),
        before: Some(json!({ "status": draft.status })),
        after: Some(json!({ "status": issued, "code": code, "dueOn": due_on })),
        reason: None,
    })
    .await?;
    let standing =
        Standing { id, code, status: issued, issued_on: today, due_on, total: draft.total, paid: Money::ZERO };
    if draft.total.is_negative() {
        let open = lock_open(tx, draft.contract_id).await?;
        save_standings(tx, &[standing.put(draft.total, today)?]).await?;
        settling::put_discount(tx, id, draft.total.checked_neg()?, open).await?;
        return reread(tx, id).await;
    }
    let mut purses = lock_credits(tx, &[draft.tenant_id]).await?;
    let spent = spend_on(&mut purses, draft.tenant_id, id, draft.total)?;
    credit::write(tx, &spent).await?;
    let paid = sum_spent(&spent)?;
    if paid.is_positive() {
        save_standings(tx, &[standing.put(paid, today)?]).await?;
    }
    tx.promise(&InvoiceIssued { invoice: id }).await?;
    if draft.receipt_on_payment {
        promise_receipts(tx, &spent).await?;
    }
    reread(tx, id).await
}

/// Takes an unpaid invoice back; its number stays used and its link leads nowhere.
pub async fn cancel(tx: &Tx, id: InvoiceId, reason: &str) -> Result<InvoiceView> {
    tx.allow(Action::EditInvoices)?;
    let invoice = queries::lock(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
    let void = invoice.status.transition_to(InvoiceStatus::Void)?;
    if invoice.paid.is_positive() {
        return Err(Conflict::new("INVOICE_HAS_PAYMENTS").with("paid", invoice.paid.to_string()).into());
    }
    queries::save_status(tx, id, void).await?;
    intents::withdraw(tx, &[id]).await?;
    tx.note(Note {
        action: "invoice.cancel",
        id: Some(id.0),
        before: Some(json!({ "status": invoice.status })),
        after: Some(json!({ "status": void })),
        reason: Some(reason.to_owned()),
    })
    .await?;
    reread(tx, id).await
}

/// One invoice with its lines, its payments and its receipts.
pub async fn find(tx: &Tx, id: InvoiceId) -> Result<InvoiceView> {
    tx.allow(Action::ReadInvoices)?;
    queries::view(tx, id, true).await?.ok_or(Error::NotFound("invoice"))
}

/// The invoice as it has become; what is written after it still belongs to the transaction.
pub(crate) async fn reread(tx: &Tx, id: InvoiceId) -> Result<InvoiceView> {
    queries::view(tx, id, false).await?.ok_or(Error::NotFound("invoice"))
}

/// Credit that was spent on a bill is money for it: the tax office is told as of any other.
pub(crate) async fn promise_receipts(tx: &Tx, spent: &[Spending]) -> Result<()> {
    let mut payments: Vec<_> = spent.iter().map(|spending| spending.payment).collect();
    payments.sort();
    payments.dedup();
    for payment in payments {
        tx.promise(&IssueReceipt { payment }).await?;
    }
    Ok(())
}
