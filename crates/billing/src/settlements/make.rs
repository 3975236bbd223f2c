//! Makes what a settlement plans: bills for the days used, corrections, and the money put where it belongs.

use base::{Conflict, Error, OnConstraint, Result, Tx};
use domain::{
    InvoiceId, InvoiceItemId, Month, PaymentId,
    invoice::{InvoiceKind, InvoiceStatus},
    payment::PaymentMethod,
    settlement::{Correction, Settlement, Step, Taken},
};
use jiff::civil::Date;
use leasing::{contracts::ContractFacts, deposits};
use rust_decimal::Decimal;
use words::say;

use super::facts::Known;
use crate::{
    invoices::{self, Bill, BillItem, LETTING, Made, stored_now},
    months,
    news::InvoiceIssued,
    payments::{self, Incoming},
};

/// What was made.
pub(super) struct Outcome {
    pub bills: Vec<(Month, InvoiceId)>,
    /// The deposit's set-off.
    pub payment: Option<PaymentId>,
}

/// Makes it, in the order in which it was planned: what is taken back first, then the new bills, credit, and the deposit.
pub(super) async fn make(tx: &Tx, known: &Known, settlement: &Settlement) -> Result<Outcome> {
    Known::lock_months(tx, settlement).await?;
    let mut bills: Vec<Bill> = Vec::new();
    let mut corrections: Vec<&Correction> = Vec::new();
    for settled in &settlement.months {
        let rent = |id: InvoiceId, due_on: Date| {
            months::of_month(id, &known.contract, settled.month, due_on, &settled.used, stored_now(tx))
        };
        match &settled.step {
            Step::Stands { .. } => {}
            Step::Bill { id, due_on } => bills.push(rent(*id, *due_on)),
            Step::Anew { invoice, id, due_on, .. } => {
                invoices::cancel(tx, *invoice, &reason(tx, known)).await?;
                bills.extend(id.map(|id| rent(id, *due_on)));
            }
            Step::Correct(correction) => {
                bills.push(correcting(tx, &known.contract, settled.month, correction));
                corrections.push(correction);
            }
        }
    }
    issue(tx, &mut bills).await?;
    for correction in corrections {
        invoices::settle(tx, correction.id, correction.invoice, correction.netted, correction.freed).await?;
    }
    spend_credit(tx, &known.contract, known.receipt_on_payment).await?;
    let payment = set_off(tx, known, settlement).await?;
    Ok(Outcome { bills: bills.iter().map(|bill| (bill.period, bill.id)).collect(), payment })
}

fn reason(tx: &Tx, known: &Known) -> String {
    say(tx.actor().lang, "settlement-anew-reason", &[("code", known.contract.code.as_str().into())]).into_owned()
}

/// Numbers the bills, writes them and lets the tenant know of those that ask for money.
pub(super) async fn issue(tx: &Tx, bills: &mut [Bill]) -> Result<()> {
    if bills.is_empty() {
        return Ok(());
    }
    let today = tx.clock().today();
    let count = i64::try_from(bills.len()).map_err(|error| Error::Internal(error.to_string()))?;
    let first: i64 = tx
        .one("select take_numbers('invoice', $1, $2) as first", &[&i32::from(today.year()), &count])
        .await?
        .get("first");
    for (number, bill) in (first..).zip(bills.iter_mut()) {
        let due_on = bill.due_on.unwrap_or(today);
        bill.issue(tx.app(), number, today, due_on)?;
        if bill.total.is_negative() {
            // What it takes off is put where it belongs in the same breath.
            bill.put(bill.total)?;
        }
    }
    write(tx, bills).await.on_constraint("invoices_once_a_month", || Conflict::new("MONTH_BEING_BILLED").into())?;
    for bill in bills.iter().filter(|bill| bill.total.is_positive()) {
        tx.promise(&InvoiceIssued { invoice: bill.id }).await?;
    }
    Ok(())
}

async fn write(tx: &Tx, bills: &[Bill]) -> Result<()> {
    invoices::write_bills(tx, bills).await?;
    months::note(tx, bills).await?;
    tx.settled().await
}

/// The correction as a bill below nothing.
fn correcting(tx: &Tx, contract: &ContractFacts, month: Month, correction: &Correction) -> Bill {
    let today = tx.clock().today();
    let mut bill = months::of_month(
        correction.id,
        contract,
        month,
        today,
        &domain::charges::Charges { lines: Vec::new(), totals: correction.totals },
        stored_now(tx),
    );
    bill.kind = InvoiceKind::Correction;
    bill.corrects_id = Some(correction.invoice);
    bill.items = correction.lines.iter().map(|taken| item(tx, contract, taken)).collect();
    bill
}

fn item(tx: &Tx, contract: &ContractFacts, taken: &Taken) -> BillItem {
    let line = contract.terms.lines.iter().find(|line| Some(line.id) == taken.item);
    let codes = taken.item.and_then(|item| contract.codes.get(&item));
    let lang = tx.actor().lang;
    let description = match line {
        Some(line) => say(lang, "line-correction", &[("name", line.name.as_str().into())]).into_owned(),
        None => say(lang, "line-correction-imported", &[]).into_owned(),
    };
    BillItem {
        id: InvoiceItemId::new(),
        contract_item_id: taken.item,
        description,
        quantity: Decimal::ONE,
        unit_price: taken.amount,
        amount: taken.amount,
        tax_kind: line.map_or(domain::contract::TaxKind::VatAble, |line| line.tax_kind),
        tax: taken.vat,
        classification_code: codes.map_or_else(|| LETTING.to_owned(), |codes| codes.classification_code.clone()),
        exemption_code: codes.and_then(|codes| codes.exemption_code.clone()),
        made: Made::Unused { billed: taken.billed, used: taken.used, amount: taken.amount },
    }
}

/// Spends the tenant's credit on what is open of the contract, the oldest due first.
pub(super) async fn spend_credit(tx: &Tx, contract: &ContractFacts, receipt_on_payment: bool) -> Result<()> {
    let open = invoices::lock_open(tx, contract.contract).await?;
    let mut purses = invoices::lock_credits(tx, &[contract.tenant]).await?;
    let (mut spent, mut steps) = (Vec::new(), Vec::new());
    for bill in open {
        let parts = invoices::spend_on(&mut purses, contract.tenant, bill.id, bill.open())?;
        let paid = invoices::sum_spent(&parts)?;
        if paid.is_positive() {
            steps.push(bill.put(paid, tx.clock().today())?);
            spent.extend(parts);
        }
    }
    invoices::write_spendings(tx, &spent).await?;
    invoices::save_standings(tx, &steps).await?;
    if receipt_on_payment {
        invoices::promise_receipts(tx, &spent).await?;
    }
    Ok(())
}

/// The deposit pays what is left open of the contract: a payment of its own, put on the oldest due first.
async fn set_off(tx: &Tx, known: &Known, settlement: &Settlement) -> Result<Option<PaymentId>> {
    let amount = settlement.set_off_total();
    if !amount.is_positive() {
        return Ok(None);
    }
    let mut left = amount;
    let mut allocations = Vec::new();
    for bill in invoices::lock_open(tx, known.contract.contract).await? {
        let part = bill.open().min(left);
        if part.is_positive() {
            allocations.push((bill.id, part));
            left = left.checked_sub(part)?;
        }
    }
    let incoming = Incoming {
        tenant: known.contract.tenant,
        method: PaymentMethod::Deposit,
        amount,
        paid_at: tx.clock().now(),
        payer: known.contract.customer_name.clone(),
        provider_reference: None,
        note: say(tx.actor().lang, "settlement-set-off-note", &[("code", known.contract.code.as_str().into())])
            .into_owned(),
        for_invoice: None,
        allocations: Some(allocations),
    };
    let recorded = payments::record(tx, incoming).await?;
    let payment = recorded.ok_or_else(|| Error::Internal("nothing has no reference".into()))?.payment;
    deposits::set_off(tx, known.contract.contract, amount, payment, &known.contract.code).await?;
    Ok(Some(payment))
}

/// Whether a bill that a settlement made still stands.
pub(super) fn stands(status: InvoiceStatus) -> bool {
    !matches!(status, InvoiceStatus::Void | InvoiceStatus::Draft)
}
