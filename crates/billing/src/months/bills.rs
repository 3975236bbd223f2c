//! A planned bill as it is written: the contract's words and figures, frozen.

use base::Tx;
use domain::{
    InvoiceId, InvoiceItemId, Money, Month,
    charges::{Charges, InvoiceLine},
    invoice::{InvoiceKind, InvoiceStatus},
};
use jiff::{Timestamp, civil::Date};
use leasing::contracts::{ContractFacts, TaxCodes};

use super::portion::{Ground, Looked};
use crate::invoices::{Bill, BillItem, LETTING, Made, stored_now};

/// The bills that are missing, still without numbers.
pub(super) fn of(tx: &Tx, ground: &Ground, looked: &[&Looked]) -> Vec<Bill> {
    let now = stored_now(tx);
    let bill = |looked: &&Looked| {
        let planned = looked.missing()?;
        Some(of_month(InvoiceId::new(), &looked.facts, ground.month, planned.due_on, &planned.charges, now))
    };
    looked.iter().filter_map(bill).collect()
}

/// A contract's rent bill of a month, still without a number.
pub(crate) fn of_month(
    id: InvoiceId,
    facts: &ContractFacts,
    month: Month,
    due_on: Date,
    charges: &Charges,
    now: Timestamp,
) -> Bill {
    Bill {
        id,
        code: None,
        kind: InvoiceKind::Rent,
        status: InvoiceStatus::Draft,
        contract_id: facts.contract,
        contract_code: facts.code.clone(),
        tenant_id: facts.tenant,
        property_id: facts.property,
        customer_name: facts.customer_name.clone(),
        customer_register_no: facts.customer_register_no.clone(),
        customer_tin: facts.customer_tin.clone(),
        units: facts.units.clone(),
        period: month,
        issued_on: None,
        due_on: Some(due_on),
        subtotal: charges.totals.subtotal,
        vat_amount: charges.totals.vat,
        city_tax_amount: charges.totals.city_tax,
        total: charges.totals.total,
        paid: Money::ZERO,
        corrects_id: None,
        link_hash: None,
        note: String::new(),
        created_at: now,
        items: charges.lines.iter().map(|line| item(line, facts)).collect(),
    }
}

fn item(line: &InvoiceLine, facts: &ContractFacts) -> BillItem {
    let codes = facts.codes.get(&line.item);
    BillItem {
        id: InvoiceItemId::new(),
        contract_item_id: Some(line.item),
        description: description(line),
        quantity: line.quantity,
        unit_price: line.unit_price,
        amount: line.amount,
        tax_kind: line.tax_kind,
        tax: line.vat,
        classification_code: codes.map_or_else(|| LETTING.to_owned(), |codes| codes.classification_code.clone()),
        exemption_code: codes.and_then(|TaxCodes { exemption_code, .. }| exemption_code.clone()),
        made: Made::Terms(line.made.clone()),
    }
}

/// `Түрээс (K-403)`: a contract over two rooms has two lines of one name.
pub(crate) fn description(line: &InvoiceLine) -> String {
    match &line.unit_no {
        Some(unit_no) if !line.name.contains(unit_no.as_str()) => format!("{} ({unit_no})", line.name),
        _ => line.name.clone(),
    }
}
