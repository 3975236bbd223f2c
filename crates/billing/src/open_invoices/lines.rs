//! The lines of a bill that was brought along: its amount, cut by how the contract's charges are taxed.

use base::{Lang, Result};
use domain::{
    InvoiceItemId, Money,
    charges::{self, InvoiceLine},
    contract::{TaxKind, VatMode},
    tax,
};
use leasing::contracts::{ContractFacts, TaxCodes};
use rust_decimal::Decimal;
use sheets::open_invoices::OpenInvoice;
use words::say;

use crate::invoices::{BillItem, LETTING, Made};

/// Charges that are taxed alike.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    is_vat_inside: bool,
    tax_kind: TaxKind,
    codes: TaxCodes,
    amount: Money,
}

/// One line where all charges are taxed alike, else one for each way, in proportion to what the contract charges.
pub(super) fn of(
    invoice: &OpenInvoice,
    facts: Option<&ContractFacts>,
    vat_payer: bool,
    lang: Lang,
) -> Result<Vec<BillItem>> {
    let charged = facts.and_then(|facts| {
        let charges = charges::for_month(&facts.terms, invoice.period, vat_payer).ok()?;
        Some(parts(facts, &charges.lines)).filter(|parts| !parts.is_empty())
    });
    let parts = charged.unwrap_or_else(|| vec![letting(vat_payer)]);
    let weights: Vec<i64> = parts.iter().map(|part| part.amount.mungo()).collect();
    let rates = tax::rates_on(invoice.period.day(10));
    let description = say(lang, "line-imported", &[("month", invoice.period.to_string().into())]).into_owned();
    let items = parts.into_iter().zip(invoice.amount.split(&weights)).filter(|(_, amount)| amount.is_positive());
    let items = items.map(|(part, amount)| BillItem {
        id: InvoiceItemId::new(),
        contract_item_id: None,
        description: description.clone(),
        quantity: Decimal::ONE,
        unit_price: amount,
        amount,
        tax_kind: part.tax_kind,
        tax: rates.vat_and_city(amount, part.is_vat_inside, false).0,
        classification_code: part.codes.classification_code,
        exemption_code: part.codes.exemption_code,
        made: Made::Imported { amount },
    });
    Ok(items.collect())
}

/// What the charges come to for each way of being taxed; discounts of a kind lower their kind.
fn parts(facts: &ContractFacts, lines: &[InvoiceLine]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in lines {
        let codes = facts.codes.get(&line.item).cloned().unwrap_or_else(no_codes);
        let is_vat_inside = line.made.vat_mode != VatMode::Exempt;
        let part = Part { is_vat_inside, tax_kind: line.tax_kind, codes, amount: line.amount };
        let alike = |other: &&mut Part| (other.is_vat_inside, other.tax_kind) == (is_vat_inside, line.tax_kind);
        match parts.iter_mut().find(alike) {
            Some(same) => same.amount = same.amount.checked_add(line.amount).unwrap_or(same.amount),
            None => parts.push(part),
        }
    }
    parts.retain(|part| part.amount.is_positive());
    parts
}

/// When the contract charges nothing in that month: rent as it is mostly let.
fn letting(vat_payer: bool) -> Part {
    Part { is_vat_inside: vat_payer, tax_kind: TaxKind::VatAble, codes: no_codes(), amount: Money::from_mungo(1) }
}

fn no_codes() -> TaxCodes {
    TaxCodes { classification_code: LETTING.to_owned(), exemption_code: None }
}
