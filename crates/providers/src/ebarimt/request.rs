//! How a sale in our words becomes a receipt in PosAPI's: taxes a line, sums upwards, one part a tax kind.

use domain::{Money, contract::TaxKind, money::TooLarge};
use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::wire::{self, Amount, Quantity};
use crate::receipts::{Buyer, Ddtd, Document, Line, Sale};

/// The unit of a line whose quantity does not divide its amount: one piece.
const PIECE: &str = "ш";

/// The request for a sale; `no_vat` is what the daemon calls what lies outside VAT.
pub(super) fn receipt(sale: &Sale, no_vat: &str) -> Result<wire::Receipt, TooLarge> {
    let mut kinds: Vec<TaxKind> = Vec::new();
    for line in &sale.lines {
        if !kinds.contains(&line.tax_kind) {
            kinds.push(line.tax_kind);
        }
    }
    let receipts = kinds.into_iter().map(|kind| part(sale, kind, no_vat)).collect::<Result<Vec<_>, _>>()?;
    let (customer_tin, consumer_no) = match &sale.buyer {
        Buyer::Company { tin } => (Some(tin.clone()), None),
        Buyer::Consumer { consumer_no } => (None, consumer_no.clone()),
    };
    let (payments, invoice_id) = match &sale.document {
        Document::Receipt { payments, invoice_id } => (payments.as_slice(), invoice_id.as_ref().map(Ddtd::to_string)),
        Document::Invoice { .. } => (&[][..], None),
    };
    Ok(wire::Receipt {
        branch_no: sale.merchant.branch_no.clone(),
        total_amount: sum(receipts.iter().map(|part| part.total_amount))?,
        total_vat: sum(receipts.iter().map(|part| part.total_vat))?,
        total_city_tax: sum(receipts.iter().map(|part| part.total_city_tax))?,
        district_code: sale.merchant.district_code.clone(),
        merchant_tin: sale.merchant.tin.clone(),
        pos_no: sale.merchant.pos_no.clone(),
        customer_tin,
        consumer_no,
        kind: sale.receipt_type().as_str().to_owned(),
        inactive_id: sale.inactive_id.as_ref().map(Ddtd::to_string),
        invoice_id,
        report_month: sale.report_month.map(|month| iso(month.first_day())),
        bill_id_suffix: Some(sale.bill_suffix.as_str().to_owned()),
        receipts,
        payments: payments
            .iter()
            .map(|paid| wire::Payment {
                code: paid.code.clone(),
                status: "PAID".to_owned(),
                paid_amount: Some(Amount(paid.amount)),
            })
            .collect(),
    })
}

fn part(sale: &Sale, kind: TaxKind, no_vat: &str) -> Result<wire::SubReceipt, TooLarge> {
    let of_this_kind = sale.lines.iter().filter(|line| line.tax_kind == kind);
    let items: Vec<wire::Item> = of_this_kind.map(|line| item(sale, line)).collect();
    let account = match &sale.document {
        Document::Invoice { account } => Some(account),
        Document::Receipt { .. } => None,
    };
    Ok(wire::SubReceipt {
        id: None,
        total_amount: sum(items.iter().map(|item| item.total_amount))?,
        total_vat: sum(items.iter().map(|item| item.total_vat))?,
        total_city_tax: sum(items.iter().map(|item| item.total_city_tax))?,
        tax_type: if kind == TaxKind::NotVat { no_vat.to_owned() } else { kind.as_str().to_owned() },
        merchant_tin: sale.merchant.tin.clone(),
        customer_tin: None,
        bank_account_no: account.map(|account| account.number.clone()),
        bank_account_id: None,
        iban: account.map(|account| account.iban.clone()),
        invoice_id: None,
        items,
    })
}

fn item(sale: &Sale, line: &Line) -> wire::Item {
    let (vat, city) = sale.taxes(line);
    let (qty, unit_price, measure_unit) = match unit_price(line) {
        Some(price) => (line.quantity, price, line.measure_unit.clone()),
        None => (Decimal::ONE, line.amount, PIECE.to_owned()),
    };
    wire::Item {
        name: line.name.clone(),
        bar_code: String::new(),
        bar_code_type: "UNDEFINED".to_owned(),
        classification_code: line.classification_code.clone(),
        tax_product_code: line.exemption_code.clone(),
        measure_unit,
        qty: Some(Quantity(qty)),
        unit_price: Some(Amount(unit_price)),
        total_vat: Some(Amount(vat)),
        total_city_tax: Some(Amount(city)),
        total_amount: Some(Amount(line.amount)),
    }
}

/// The price of one unit with its taxes, when quantity × price is the line's amount to the möngö.
fn unit_price(line: &Line) -> Option<Money> {
    const DECIMALS_ON_THE_WIRE: u32 = 2;
    let quantity = line.quantity.normalize();
    if quantity <= Decimal::ZERO || quantity.scale() > DECIMALS_ON_THE_WIRE {
        return None;
    }
    let hundredths = quantity.checked_mul(Decimal::ONE_HUNDRED)?.to_i64()?;
    let price = line.amount.share(100, hundredths).ok()?;
    let product = Decimal::from(price.mungo()).checked_mul(quantity)?;
    (product == Decimal::from(line.amount.mungo())).then_some(price)
}

fn sum(amounts: impl Iterator<Item = Option<Amount>>) -> Result<Option<Amount>, TooLarge> {
    Money::sum(amounts.flatten().map(|amount| amount.0)).map(|total| Some(Amount(total)))
}

fn iso(day: Date) -> String {
    day.strftime("%Y-%m-%d").to_string()
}
