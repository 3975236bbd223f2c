//! Takes back what a contract was settled with: the set-off is reversed, the settlement's bills are taken back, what was
//! taken off is put on again, and a month that was billed before is billed whole again.

use base::{Conflict, Error, Result, Tx};
use domain::{
    ContractId, InvoiceId, InvoiceItemId, Money, Month, charges,
    invoice::{InvoiceKind, InvoiceStatus},
    month,
};
use leasing::contracts::{ContractFacts, terms_of_contract};
use wire::settlements::{SettledMonth, SettlementStep, SettlementView};
use words::say;

use super::{facts::unclear, make};
use crate::{
    invoices::{self, Bill, BillItem, Made, stored_now},
    months, payments,
};

/// Undoes a settlement of a contract that is in force again.
pub(super) async fn undo(tx: &Tx, id: ContractId, settled: &SettlementView, reason: &str) -> Result<()> {
    let contract =
        terms_of_contract(tx, id, Month::of(tx.clock().today())).await?.ok_or(Error::NotFound("contract"))?;
    let owner = tx
        .one(
            "select vat_payer, receipt_moment = 'on_payment' as receipt_on_payment
               from property_owners where id = (select app_owner_id())",
            &[],
        )
        .await?;
    if let Some(payment) = settled.payment_id {
        payments::reverse_unless_done(tx, payment, reason).await?;
    }
    let mut bills = Vec::new();
    let mut answered = Vec::new();
    for month in &settled.months {
        months::lock(tx, month.month).await?;
        match (month.step, month.made_id) {
            (SettlementStep::Correct, Some(made)) => {
                let counter = counter(tx, &contract, month, made).await?;
                answered.extend(counter.as_ref().map(|counter| (month, made, counter.id)));
                bills.extend(counter);
            }
            (_, Some(made)) if is_locked(tx, made).await? => {
                bills.extend(rest_of_month(tx, &contract, month.month, made, owner.get("vat_payer")).await?);
                continue;
            }
            (_, Some(made)) => take_back(tx, made, reason).await?,
            (_, None) => {}
        }
        if matches!(month.step, SettlementStep::Anew | SettlementStep::Cancel) {
            let charges = charges::for_month(&contract.terms, month.month, owner.get("vat_payer")).map_err(unclear)?;
            let today = tx.clock().today();
            let due_on = month::due_on(today.max(month.month.first_day()), contract.payment_day);
            let now = stored_now(tx);
            let bill = months::of_month(InvoiceId::new(), &contract, month.month, due_on, &charges, now);
            bills.extend(Some(bill).filter(|bill| bill.total.is_positive()));
        }
    }
    make::issue(tx, &mut bills).await?;
    for (month, correction, counter) in answered {
        open_again(tx, month, correction, counter).await?;
    }
    make::spend_credit(tx, &contract, owner.get("receipt_on_payment")).await
}

/// Whether a bill was issued in a month that is locked by now.
async fn is_locked(tx: &Tx, id: InvoiceId) -> Result<bool> {
    let sql = "select day_is_locked(owner_id, issued_on) and status <> 'void' as yes from invoices
                where owner_id = (select app_owner_id()) and id = $1";
    Ok(tx.maybe(sql, &[&id]).await?.is_some_and(|row| row.get("yes")))
}

/// What of a month the settlement did not bill: its own bill stands in a locked month, so the rest goes out today, as a
/// correction that adds to it.
async fn rest_of_month(
    tx: &Tx,
    contract: &ContractFacts,
    month: Month,
    made: InvoiceId,
    vat_payer: bool,
) -> Result<Option<Bill>> {
    let billed = invoices::reread(tx, made).await?;
    if !billed.corrections.is_empty() {
        return Err(Conflict::new("INVOICE_HAS_CORRECTIONS").with("code", billed.code.unwrap_or_default()).into());
    }
    let whole = charges::for_month(&contract.terms, month, vat_payer).map_err(unclear)?;
    let totals = charges::Totals {
        subtotal: whole.totals.subtotal.checked_sub(billed.subtotal)?,
        vat: whole.totals.vat.checked_sub(billed.vat_amount)?,
        city_tax: whole.totals.city_tax.checked_sub(billed.city_tax_amount)?,
        total: whole.totals.total.checked_sub(billed.total)?,
    };
    if !totals.total.is_positive() {
        return Ok(None);
    }
    let due_on = month::due_on(tx.clock().today(), contract.payment_day);
    let charges = charges::Charges { totals, ..whole };
    let mut bill = months::of_month(InvoiceId::new(), contract, month, due_on, &charges, stored_now(tx));
    bill.kind = InvoiceKind::Correction;
    bill.corrects_id = Some(made);
    for item in &billed.items {
        let amount = item.amount.checked_neg()?;
        let name = [("name", item.description.as_str().into())];
        bill.items.push(BillItem {
            id: InvoiceItemId::new(),
            contract_item_id: None,
            description: say(tx.actor().lang, "line-billed-before", &name).into_owned(),
            quantity: rust_decimal::Decimal::ONE,
            unit_price: amount,
            amount,
            tax_kind: item.tax_kind,
            tax: item.tax.checked_neg()?,
            classification_code: invoices::LETTING.to_owned(),
            exemption_code: None,
            made: Made::Unused { billed: item.amount, used: Money::ZERO, amount },
        });
    }
    Ok(Some(bill))
}

/// Takes a bill of the settlement back; what was paid of it is the tenant's credit.
async fn take_back(tx: &Tx, id: InvoiceId, reason: &str) -> Result<()> {
    let bill = invoices::reread(tx, id).await?;
    if !make::stands(bill.status) {
        return Ok(());
    }
    if !bill.corrections.is_empty() {
        return Err(Conflict::new("INVOICE_HAS_CORRECTIONS").with("code", bill.code.unwrap_or_default()).into());
    }
    if bill.paid_amount.is_positive() {
        let parts = invoices::lock_parts(tx, id, invoices::Held::Awaited).await?;
        let mut rows = Vec::with_capacity(parts.len());
        for part in &parts {
            rows.push((part.payment, id, part.amount.checked_neg()?));
            invoices::free(tx, part.payment, part.amount).await?;
        }
        invoices::write_rows(tx, &rows).await?;
        let standing = invoices::lock_standing(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
        let paid = standing.paid.checked_neg()?;
        invoices::save_standings(tx, &[standing.put(paid, tx.clock().today())?]).await?;
    }
    invoices::cancel(tx, id, reason).await.map(drop)
}

/// What a correction took off the open part of its bill is open again; the correction and its opposite make up for one
/// another instead.
async fn open_again(tx: &Tx, month: &SettledMonth, correction: InvoiceId, counter: InvoiceId) -> Result<()> {
    let Some(bill) = month.invoice_id.filter(|_| month.netted.is_positive()) else { return Ok(()) };
    invoices::move_between(tx, correction, bill, counter, month.netted).await
}

/// A correction is not taken back, another one puts on again what it took off.
async fn counter(tx: &Tx, contract: &ContractFacts, month: &SettledMonth, made: InvoiceId) -> Result<Option<Bill>> {
    let correction = invoices::reread(tx, made).await?;
    if correction.status == InvoiceStatus::Void {
        return Ok(None);
    }
    let totals = charges::Totals {
        subtotal: correction.subtotal.checked_neg()?,
        vat: correction.vat_amount.checked_neg()?,
        city_tax: Money::ZERO,
        total: correction.total.checked_neg()?,
    };
    let due_on = month::due_on(tx.clock().today(), contract.payment_day);
    let nothing = charges::Charges { lines: Vec::new(), totals };
    let mut bill = months::of_month(InvoiceId::new(), contract, month.month, due_on, &nothing, stored_now(tx));
    bill.kind = InvoiceKind::Correction;
    bill.corrects_id = Some(made);
    let lang = tx.actor().lang;
    for item in &correction.items {
        let amount = item.amount.checked_neg()?;
        bill.items.push(BillItem {
            id: InvoiceItemId::new(),
            contract_item_id: None,
            description: say(lang, "line-correction-undone", &[("name", item.description.as_str().into())])
                .into_owned(),
            quantity: rust_decimal::Decimal::ONE,
            unit_price: amount,
            amount,
            tax_kind: item.tax_kind,
            tax: item.tax.checked_neg()?,
            classification_code: invoices::LETTING.to_owned(),
            exemption_code: None,
            made: Made::Unused { billed: Money::ZERO, used: amount, amount },
        });
    }
    Ok(Some(bill))
}
