//! Money: `1,250,000`, `1 250 000₮`, `(90,000)`, `90'000-`, `MNT 1.2 сая`.

use domain::{Money, text::fold_word};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{
    Read, Unclear,
    numbers::{ThreeBehind, decimal},
    said,
};
use crate::{
    lexicon::Lexicon,
    workbook::{Cell, Value},
};

/// The amount in a cell; more than two decimals are rounded half away from zero.
pub fn read(cell: &Cell) -> Read<Money> {
    match &cell.value {
        Value::Number(number) => in_mungo(*number).map(Some),
        Value::Blank => Ok(None),
        Value::Text(_) => said(cell).map(|text| parse(&text)).transpose(),
        Value::Date(_) | Value::Flag(_) => Err(Unclear),
    }
}

/// The amount that a text says.
pub fn parse(text: &str) -> Result<Money, Unclear> {
    let folded = fold_word(text).replace(['’', '‘', 'ʼ', '´', '`', '′'], "'");
    let (number, negative, factor) = bare(&folded);
    let three_behind = if factor == 1 { ThreeBehind::Thousands } else { ThreeBehind::Decimals };
    let number = decimal(number, three_behind).ok_or(Unclear)?;
    let number = number.checked_mul(Decimal::from(factor)).ok_or(Unclear)?;
    in_mungo(if negative { -number } else { number })
}

/// The number without what stands around it, whether it is negative, and what it counts (ones, thousands, millions).
fn bare(text: &str) -> (&str, bool, i64) {
    // `1,250,000.-` closes an amount, it does not take it away
    let mut rest = text.strip_suffix(".-").or_else(|| text.strip_suffix(",-")).unwrap_or(text);
    let (mut negative, mut factor) = (false, 1);
    loop {
        let before = rest;
        rest = rest.trim();
        if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            (rest, negative) = (inside, true);
        }
        if let Some(number) = rest.strip_prefix('-').or_else(|| rest.strip_suffix('-')) {
            (rest, negative) = (number, true);
        }
        rest = rest.strip_prefix('+').unwrap_or(rest);
        rest = UNITS.strip_prefix(rest).or_else(|| UNITS.strip_suffix(rest)).map_or(rest, |(number, ())| number);
        if let Some((number, times)) = COUNTS.strip_suffix(rest).filter(|_| factor == 1) {
            (rest, factor) = (number, times);
        }
        if rest == before {
            return (rest, negative, factor);
        }
    }
}

// longer ones first: `төг` is the beginning of `төгрөг`
static UNITS: Lexicon<()> =
    Lexicon::new(&[("/сар|/м2|/м²|/м.кв|/мкв|төгрөг|тугрик|tugrug|tugrik|төг.|төг|tug|mnt|₮.|₮|т.|т", ())]);
static COUNTS: Lexicon<i64> =
    Lexicon::new(&[("тэрбум", 1_000_000_000), ("сая", 1_000_000), ("мянган|мянга|мян.", 1_000)]);

fn in_mungo(tugrug: Decimal) -> Result<Money, Unclear> {
    let mungo = tugrug.checked_mul(Decimal::ONE_HUNDRED).ok_or(Unclear)?;
    let whole = mungo.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(whole.mantissa()).map(Money::from_mungo).map_err(|_| Unclear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_however_it_is_written() {
        for (text, mungo) in [
            ("1,250,000", 125_000_000),
            ("1 250 000 ₮", 125_000_000),
            ("1\u{a0}250\u{a0}000₮", 125_000_000),
            ("1\u{202f}250\u{2009}000", 125_000_000),
            ("1'250'000", 125_000_000),
            ("1’250’000 төг", 125_000_000),
            ("MNT 1,250,000.00", 125_000_000),
            ("1,250,000.00MNT", 125_000_000),
            ("₮1,250,000", 125_000_000),
            ("1,250,000 төгрөг", 125_000_000),
            ("1,250,000 тогрог", 125_000_000),
            ("1.250.000", 125_000_000),
            ("45,000₮/м²", 4_500_000),
            ("180,000 ₮/сар", 18_000_000),
            ("1.2 сая", 120_000_000),
            ("850 мянга", 85_000_000),
            ("1,250,000.-", 125_000_000),
            ("(90,000)", -9_000_000),
            ("(90,000₮)", -9_000_000),
            ("(90,000) ₮", -9_000_000),
            ("-170000", -17_000_000),
            ("− 170 000", -17_000_000),
            ("–170,000₮", -17_000_000),
            ("170,000-", -17_000_000),
            ("170 000 ₮−", -17_000_000),
            ("487 534.50", 48_753_450),
            ("525034,5", 52_503_450),
            ("76 000,00 tug", 7_600_000),
            ("0", 0),
            ("26666.666", 2_666_667),
            ("-26666.666", -2_666_667),
        ] {
            assert_eq!(read(&Cell::text(text)), Ok(Some(Money::from_mungo(mungo))), "{text}");
        }
        assert_eq!(read(&Cell::number(Decimal::new(5_250_345, 1))), Ok(Some(Money::from_mungo(52_503_450))));
    }

    #[test]
    fn a_dash_is_nothing_and_a_word_is_no_amount() {
        for nothing in ["", " ", "-", "—", "- ", "\u{a0}"] {
            assert_eq!(read(&Cell::text(nothing)), Ok(None), "{nothing}");
        }
        for unclear in
            ["үнэгүй", "350000 180000", "1.250.00", "(90,000", "#REF!", "12 сая 5", "тохирно", "99999999999999999999"]
        {
            assert_eq!(read(&Cell::text(unclear)), Err(Unclear), "{unclear}");
        }
        assert_eq!(read(&Cell::number(Decimal::MAX)), Err(Unclear));
        assert_eq!(read(&Cell::date(jiff::civil::date(2026, 1, 1))), Err(Unclear));
    }
}
