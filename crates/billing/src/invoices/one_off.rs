//! What a person writes on an invoice: checked, taxed line by line, added up.

use base::{Checks, Error, Result};
use domain::{
    InvoiceId, InvoiceItemId, Money, Month,
    contract::{TaxKind, VatMode},
    invoice::{InvoiceKind, InvoiceStatus},
    tax::{self, Rates},
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use wire::invoices::{NewInvoice, NewInvoiceItem};

use super::{Bill, BillItem, Made, queries::ContractToBill};

/// Letting of one's own or leased non-residential property, as the tax office classifies it.
pub(crate) const LETTING: &str = "7211200";

/// What is wrong with it before any contract is known.
pub(super) fn check(new: &NewInvoice) -> Result<()> {
    let mut checks = Checks::new();
    let one_off = matches!(new.kind, InvoiceKind::Sale | InvoiceKind::Fee | InvoiceKind::Discount);
    checks.that(one_off, "kind", "not-a-choice");
    checks.text("note", &new.note, 500);
    checks.that(!new.items.is_empty(), "items", "required");
    checks.that(new.items.len() <= 100, "items", "too-many");
    for (place, item) in new.items.iter().enumerate() {
        let at = |field: &str| format!("items[{place}].{field}");
        let description = item.description.trim();
        checks.that(!description.is_empty(), at("description"), "required");
        checks.that(!description.chars().any(char::is_control), at("description"), "bad-format");
        if description.chars().count() > 200 {
            checks.note_with(at("description"), "too-long", vec![("max", "200".into())]);
        }
        checks.that(item.unit_price.is_positive(), at("unitPrice"), "not-positive");
        if let Some(quantity) = item.quantity.map(|quantity| quantity.normalize()) {
            checks.that(quantity > Decimal::ZERO, at("quantity"), "not-positive");
            checks.that(quantity.scale() <= 6, at("quantity"), "bad-format");
            checks.that(quantity < Decimal::from(1_000_000_000_000i64), at("quantity"), "too-large-number");
        }
        let classified = item.classification_code.as_ref();
        let is_code = |code: &String| code.len() == 7 && code.bytes().all(|b| b.is_ascii_digit());
        checks.that(classified.is_none_or(is_code), at("classificationCode"), "bad-format");
        let exempted = item.exemption_code.as_ref();
        let is_short = |code: &String| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
        checks.that(exempted.is_none_or(is_short), at("exemptionCode"), "bad-format");
    }
    checks.done()
}

/// The draft of the invoice.
pub(super) fn bill(
    new: &NewInvoice,
    facts: &ContractToBill,
    period: Month,
    today: Date,
    now: Timestamp,
) -> Result<Bill> {
    let rates = tax::rates_on(today);
    let mut items = Vec::with_capacity(new.items.len());
    for (place, item) in new.items.iter().enumerate() {
        let line = line(place, item, rates, facts.vat_payer)?;
        items.push(if new.kind == InvoiceKind::Discount { taken_off(line)? } else { line });
    }
    let too_large = |_| Error::field("items", "too-large-number");
    let total = Money::sum(items.iter().map(|item| item.amount)).map_err(too_large)?;
    let vat_amount = Money::sum(items.iter().map(|item| item.tax)).map_err(too_large)?;
    Ok(Bill {
        id: InvoiceId::new(),
        code: None,
        kind: new.kind,
        status: InvoiceStatus::Draft,
        contract_id: new.contract_id,
        contract_code: facts.code.clone(),
        tenant_id: facts.tenant_id,
        property_id: facts.property_id,
        customer_name: facts.customer_name.clone(),
        customer_register_no: facts.customer_register_no.clone(),
        customer_tin: facts.customer_tin.clone(),
        units: facts.units.clone(),
        period,
        issued_on: None,
        due_on: None,
        subtotal: total.checked_sub(vat_amount)?,
        vat_amount,
        city_tax_amount: Money::ZERO,
        total,
        paid: Money::ZERO,
        corrects_id: None,
        link_hash: None,
        note: new.note.trim().to_owned(),
        created_at: now,
        items,
    })
}

/// One line: `price × quantity`, rounded once, with its VAT inside, on top or not at all.
fn line(place: usize, item: &NewInvoiceItem, rates: Rates, vat_payer: bool) -> Result<BillItem> {
    let asked = item.vat_mode.unwrap_or(VatMode::Included);
    if asked == VatMode::Exempt && vat_payer && item.exemption_code.is_none() {
        return Err(Error::field(format!("items[{place}].exemptionCode"), "required"));
    }
    let vat_mode = if vat_payer { asked } else { VatMode::Exempt };
    let quantity = item.quantity.unwrap_or(Decimal::ONE).normalize();
    let too_large = |_| Error::field(format!("items[{place}].unitPrice"), "too-large-number");
    let share = item.unit_price.times(quantity).map_err(too_large)?;
    let (amount, vat) = match vat_mode {
        VatMode::Included => (share, rates.vat_and_city(share, true, false).0),
        VatMode::Added => {
            let vat = rates.added(share);
            (share.checked_add(vat).map_err(too_large)?, vat)
        }
        VatMode::Exempt => (share, Money::ZERO),
    };
    if !amount.is_positive() {
        return Err(Error::field(format!("items[{place}].unitPrice"), "not-positive"));
    }
    Ok(BillItem {
        id: InvoiceItemId::new(),
        contract_item_id: None,
        description: item.description.trim().to_owned(),
        quantity,
        unit_price: item.unit_price,
        amount,
        tax_kind: if asked == VatMode::Exempt && item.exemption_code.is_some() {
            TaxKind::VatFree
        } else {
            TaxKind::VatAble
        },
        tax: vat,
        classification_code: item.classification_code.clone().unwrap_or_else(|| LETTING.to_owned()),
        exemption_code: item.exemption_code.clone(),
        made: Made::OneOff { quantity, unit_price: item.unit_price, share, vat_mode, amount },
    })
}

/// The same line, as an amount that is taken off.
fn taken_off(line: BillItem) -> Result<BillItem> {
    let made = match line.made {
        Made::OneOff { quantity, unit_price, share, vat_mode, amount } => Made::OneOff {
            quantity,
            unit_price: unit_price.checked_neg()?,
            share: share.checked_neg()?,
            vat_mode,
            amount: amount.checked_neg()?,
        },
        other => other,
    };
    Ok(BillItem {
        unit_price: line.unit_price.checked_neg()?,
        amount: line.amount.checked_neg()?,
        tax: line.tax.checked_neg()?,
        made,
        ..line
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn item(unit_price: i64, vat_mode: VatMode) -> NewInvoiceItem {
        NewInvoiceItem {
            description: "Түлхүүр".into(),
            quantity: None,
            unit_price: Money::from_mungo(unit_price),
            vat_mode: Some(vat_mode),
            classification_code: None,
            exemption_code: (vat_mode == VatMode::Exempt).then(|| "408".into()),
        }
    }

    fn taxed(unit_price: i64, vat_mode: VatMode, vat_payer: bool) -> (i64, i64, TaxKind) {
        let rates = tax::rates_on(date(2026, 10, 10));
        let line = line(0, &item(unit_price, vat_mode), rates, vat_payer).expect("a small amount");
        (line.amount.mungo(), line.tax.mungo(), line.tax_kind)
    }

    #[test]
    fn each_line_is_taxed_alone() {
        assert_eq!(taxed(110, VatMode::Included, true), (110, 10, TaxKind::VatAble));
        assert_eq!(taxed(105, VatMode::Added, true), (116, 11, TaxKind::VatAble));
        assert_eq!(taxed(100, VatMode::Exempt, true), (100, 0, TaxKind::VatFree));
        assert_eq!(taxed(110, VatMode::Included, false), (110, 0, TaxKind::VatAble));
        assert_eq!(taxed(100, VatMode::Added, false), (100, 0, TaxKind::VatAble));
    }

    #[test]
    fn an_amount_beyond_sixty_four_bits_is_refused() {
        let rates = tax::rates_on(date(2026, 10, 10));
        let largest = item(i64::MAX, VatMode::Added);
        assert!(matches!(line(0, &largest, rates, true), Err(Error::Validation(_))));
        let many = NewInvoiceItem { quantity: Some(Decimal::from(1_000_000)), ..item(i64::MAX, VatMode::Included) };
        assert!(matches!(line(0, &many, rates, true), Err(Error::Validation(_))));
    }
}
