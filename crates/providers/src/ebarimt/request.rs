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

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::receipts::{BankAccount, BillSuffix, Merchant, Paid};

    fn line(name: &str, tugrug: i64) -> Line {
        Line {
            name: name.to_owned(),
            classification_code: "7211200".to_owned(),
            tax_kind: TaxKind::VatAble,
            exemption_code: None,
            quantity: Decimal::ONE,
            measure_unit: "сар".to_owned(),
            amount: Money::from_tugrug(tugrug),
            city_tax: false,
        }
    }

    fn sale(lines: Vec<Line>) -> Sale {
        let total = Money::sum(lines.iter().map(|line| line.amount)).unwrap();
        Sale {
            bill_suffix: "000123".parse().unwrap(),
            merchant: Merchant {
                tin: "37900846788".to_owned(),
                branch_no: "001".to_owned(),
                pos_no: "001".to_owned(),
                district_code: "2501".to_owned(),
                vat_payer: true,
                city_tax_payer: false,
            },
            buyer: Buyer::Company { tin: "61200064714".to_owned() },
            document: Document::Receipt {
                payments: vec![Paid { code: "BANK_TRANSFER".to_owned(), amount: total }],
                invoice_id: None,
            },
            lines,
            on: date(2026, 11, 22),
            report_month: None,
            inactive_id: None,
        }
    }

    #[test]
    fn the_manual_s_example_is_written_as_it_stands_there() {
        let sale = sale(vec![line("Оффисын түрээс 2026-11", 850_000), line("Зогсоол 2026-11", 100_000)]);
        let written = serde_json::to_string(&receipt(&sale, "NOT_VAT").unwrap()).unwrap();
        assert_eq!(
            written,
            concat!(
                r#"{"branchNo":"001","totalAmount":950000.00,"totalVAT":86363.64,"totalCityTax":0.00,"#,
                r#""districtCode":"2501","merchantTin":"37900846788","posNo":"001","customerTin":"61200064714","#,
                r#""type":"B2B_RECEIPT","billIdSuffix":"000123","receipts":[{"totalAmount":950000.00,"#,
                r#""totalVAT":86363.64,"totalCityTax":0.00,"taxType":"VAT_ABLE","merchantTin":"37900846788","items":["#,
                r#"{"name":"Оффисын түрээс 2026-11","barCode":"","barCodeType":"UNDEFINED","#,
                r#""classificationCode":"7211200","measureUnit":"сар","qty":1,"unitPrice":850000.00,"#,
                r#""totalVAT":77272.73,"totalCityTax":0.00,"totalAmount":850000.00},"#,
                r#"{"name":"Зогсоол 2026-11","barCode":"","barCodeType":"UNDEFINED","#,
                r#""classificationCode":"7211200","measureUnit":"сар","qty":1,"unitPrice":100000.00,"#,
                r#""totalVAT":9090.91,"totalCityTax":0.00,"totalAmount":100000.00}]}],"#,
                r#""payments":[{"code":"BANK_TRANSFER","status":"PAID","paidAmount":950000.00}]}"#
            )
        );
    }

    #[test]
    fn an_invoice_names_its_account_and_a_late_correction_its_month_and_forerunner() {
        let account = BankAccount { number: "4990037827".to_owned(), iban: "1000".to_owned(), name: String::new() };
        let late = Sale {
            document: Document::Invoice { account },
            report_month: Some("2026-10".parse().unwrap()),
            inactive_id: Some("1".repeat(33).parse().unwrap()),
            ..sale(vec![line("Түрээс", 1)])
        };
        let written = receipt(&late, "NOT_VAT").unwrap();
        assert_eq!(written.kind, "B2B_INVOICE");
        assert_eq!((written.report_month.as_deref(), written.inactive_id), (Some("2026-10-01"), Some("1".repeat(33))));
        assert_eq!(written.receipts[0].bank_account_no.as_deref(), Some("4990037827"));
        assert!(written.payments.is_empty());
    }

    #[test]
    fn a_quantity_is_told_only_when_it_times_the_price_is_the_amount() {
        let told = |quantity: &str, amount: &str| {
            let amount = Money::parse_decimal(amount).unwrap();
            let quantity = quantity.parse().unwrap();
            let item =
                item(&sale(Vec::new()), &Line { quantity, amount, measure_unit: "м2".to_owned(), ..line("", 0) });
            (item.qty.unwrap().0.to_string(), item.unit_price.unwrap().0.to_decimal_string(), item.measure_unit)
        };
        let m2 = |qty: &str, price: &str| (qty.to_owned(), price.to_owned(), "м2".to_owned());
        let piece = |price: &str| ("1".to_owned(), price.to_owned(), "ш".to_owned());
        assert_eq!(told("12.5", "850000"), m2("12.5", "68000.00"));
        assert_eq!(told("3", "100"), piece("100.00"), "33.33 three times is 99.99");
        assert_eq!(told("0.33", "0.01"), piece("0.01"));
        assert_eq!(told("1.125", "1125"), piece("1125.00"), "two decimals at most");
        assert_eq!(told("0", "5"), piece("5.00"));
        assert_eq!(told("-1", "5"), piece("5.00"));
        assert_eq!(told("79228162514264337593543950335", "5"), piece("5.00"));
    }

    #[test]
    fn a_total_beyond_64_bits_is_not_sent() {
        let lines = vec![Line { amount: Money::MAX, ..line("", 0) }, line("", 1)];
        let all = Sale { lines, ..sale(Vec::new()) };
        assert_eq!(receipt(&all, "NOT_VAT").unwrap_err(), TooLarge);
    }

    #[test]
    fn a_promise_has_one_suffix_of_twelve_digits() {
        let promise: Uuid = "019ab3c4-5d6e-7f80-9123-456789abcdef".parse().unwrap();
        let suffix = BillSuffix::of(promise);
        assert_eq!(suffix, BillSuffix::of(promise));
        assert_eq!(suffix.as_str().len(), 12);
        let many: std::collections::BTreeSet<_> = (0..5000).map(|_| BillSuffix::of(Uuid::now_v7())).collect();
        assert_eq!(many.len(), 5000);
    }
}
