//! A receipt's lines out of its invoice's: discounts taken off what they were given for, and a part payment spread over
//! the lines in proportion, exact to the möngö.

use domain::{Money, contract::TaxKind, money::TooLarge};
use providers::receipts::Line;
use rust_decimal::Decimal;

/// A line of an invoice.
#[derive(Debug, Clone)]
pub struct Item {
    pub description: String,
    /// With taxes; negative for a discount.
    pub amount: Money,
    pub tax_kind: TaxKind,
    pub classification_code: String,
    pub exemption_code: Option<String>,
}

/// Why an invoice gives no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLines {
    #[error("nothing of the invoice is left after its discounts")]
    NothingSold,
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

/// The lines of a receipt for `paid`; they add up to it.
///
/// The tax office takes no negative line. A discount lowers the lines of its own tax kind, each by its share; what is
/// more than they come to lowers the other kinds.
pub fn of(items: &[Item], paid: Money) -> Result<Vec<Line>, NoLines> {
    let mut weights = vec![0; items.len()];
    for kind in TaxKind::ALL {
        let sold = |item: &&(usize, &Item)| item.1.tax_kind == *kind && item.1.amount.is_positive();
        let places: Vec<(usize, &Item)> = items.iter().enumerate().filter(|place| sold(&place)).collect();
        let net = Money::sum(items.iter().filter(|item| item.tax_kind == *kind).map(|item| item.amount))?;
        if places.is_empty() || !net.is_positive() {
            continue;
        }
        let gross: Vec<i64> = places.iter().map(|(_, item)| item.amount.mungo()).collect();
        for ((place, _), part) in places.iter().zip(net.split(&gross)) {
            weights[*place] = part.mungo();
        }
    }
    if weights.iter().all(|weight| *weight == 0) {
        return Err(NoLines::NothingSold);
    }
    let parts = items.iter().zip(paid.split(&weights));
    Ok(parts.filter(|(_, part)| part.is_positive()).map(|(item, part)| line(item, part)).collect())
}

/// One piece: a share of a line has no quantity of its own.
fn line(item: &Item, amount: Money) -> Line {
    Line {
        name: item.description.clone(),
        classification_code: item.classification_code.clone(),
        tax_kind: item.tax_kind,
        exemption_code: item.exemption_code.clone().filter(|_| item.tax_kind != TaxKind::VatAble),
        quantity: Decimal::ONE,
        measure_unit: "ш".to_owned(),
        amount,
        city_tax: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(mungo: i64, tax_kind: TaxKind) -> Item {
        Item {
            description: format!("{mungo}"),
            amount: Money::from_mungo(mungo),
            tax_kind,
            classification_code: "7211200".into(),
            exemption_code: None,
        }
    }

    fn amounts(items: &[Item], paid: i64) -> Vec<i64> {
        let lines = of(items, Money::from_mungo(paid)).unwrap();
        assert_eq!(lines.iter().map(|line| line.amount.mungo()).sum::<i64>(), paid, "they add up");
        lines.iter().map(|line| line.amount.mungo()).collect()
    }

    use TaxKind::{NotVat, VatAble, VatFree};

    #[test]
    fn a_whole_payment_has_the_invoice_s_lines() {
        assert_eq!(
            amounts(&[item(15_000_000, VatAble), item(2_000_001, VatFree)], 17_000_001),
            [15_000_000, 2_000_001]
        );
    }

    #[test]
    fn a_part_is_spread_in_proportion_to_the_mungo() {
        assert_eq!(amounts(&[item(100, VatAble), item(100, VatFree), item(100, VatAble)], 100), [34, 33, 33]);
        assert_eq!(amounts(&[item(999_999, VatAble), item(1, VatFree)], 10), [10], "a line of nothing is left out");
    }

    #[test]
    fn a_discount_lowers_its_own_tax_kind_and_then_the_others() {
        let items = [item(1000, VatAble), item(3000, VatAble), item(-400, VatAble), item(500, VatFree)];
        assert_eq!(amounts(&items, 4100), [900, 2700, 500]);
        let items = [item(1000, VatAble), item(-300, NotVat), item(1000, VatFree)];
        assert_eq!(amounts(&items, 1700), [850, 850]);
        let items = [item(100, VatAble), item(-300, VatAble), item(1000, VatFree)];
        assert_eq!(amounts(&items, 800), [800]);
    }

    #[test]
    fn nothing_sold_is_no_receipt() {
        let items = [item(100, VatAble), item(-100, VatAble)];
        assert_eq!(of(&items, Money::from_mungo(1)), Err(NoLines::NothingSold));
    }

    #[test]
    fn large_amounts_do_not_overflow() {
        assert_eq!(amounts(&[item(i64::MAX, VatAble)], i64::MAX), [i64::MAX]);
        let more = [item(i64::MAX, VatAble), item(1, VatAble)];
        assert_eq!(of(&more, Money::from_mungo(1)), Err(NoLines::TooLarge(TooLarge)));
    }
}
