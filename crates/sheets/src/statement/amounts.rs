//! Amounts of a statement, to the möngö or not at all: nothing is rounded but what a float left behind.

use domain::{Money, text::fold_word};
use rust_decimal::Decimal;

use crate::{
    values::{Read, Unclear, said},
    workbook::{Cell, Value},
};

/// What stands before the decimals of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Point,
    Comma,
}

/// How a column writes its decimals: a comma before exactly two digits is one only where the whole column has it so.
pub fn mark<'a>(cells: impl Iterator<Item = &'a Cell>) -> Mark {
    let mut commas = 0;
    for cell in cells {
        let Value::Text(_) = cell.value else { continue };
        let Some(Bare { digits, .. }) = said(cell).and_then(|text| bare(&text)) else { continue };
        match ending(&digits) {
            Ending::Comma => commas += 1,
            Ending::Point => return Mark::Point,
            Ending::Whole => (),
        }
    }
    if commas > 0 { Mark::Comma } else { Mark::Point }
}

/// The amount in a cell, with its sign.
pub fn read(cell: &Cell, mark: Mark) -> Read<Money> {
    match &cell.value {
        Value::Blank => Ok(None),
        Value::Number(number) => exact(*number).map(Some),
        Value::Text(_) => said(cell).map(|text| parse(&text, mark)).transpose(),
        Value::Date(_) | Value::Flag(_) => Err(Unclear),
    }
}

/// The amount that a text says.
pub fn parse(text: &str, mark: Mark) -> Result<Money, Unclear> {
    let Bare { digits, negative } = bare(text).ok_or(Unclear)?;
    let (group, point) = if mark == Mark::Comma { ('.', ',') } else { (',', '.') };
    let (whole, decimals) = digits.split_once(point).unwrap_or((&digits, ""));
    let groups: Vec<&str> = whole.split(group).collect();
    let is_digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let grouped = match groups.as_slice() {
        [single] => !single.is_empty() || !decimals.is_empty(),
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|part| part.len() == 3),
        [] => false,
    };
    if !grouped || !groups.iter().all(is_digits) || !is_digits(&decimals) {
        return Err(Unclear);
    }
    let whole = if whole.is_empty() { "0".to_owned() } else { groups.concat() };
    let written = if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") };
    let number: Decimal = written.parse().map_err(|_| Unclear)?;
    exact(if negative { -number } else { number })
}

/// More than two decimals are no amount, unless a float is a hair off one.
fn exact(number: Decimal) -> Result<Money, Unclear> {
    let rounded = number.round_dp(2);
    let hair = Decimal::new(1, 6);
    if (number - rounded).abs() > hair {
        return Err(Unclear);
    }
    let mungo = rounded.checked_mul(Decimal::ONE_HUNDRED).ok_or(Unclear)?.normalize();
    i64::try_from(mungo).map(Money::from_mungo).map_err(|_| Unclear)
}

struct Bare {
    /// Digits with the marks between them.
    digits: String,
    negative: bool,
}

/// The digits without blanks, apostrophes, sign and currency.
fn bare(text: &str) -> Option<Bare> {
    let folded = fold_word(text);
    let kept =
        folded.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '\u{202f}' | '\u{a0}'));
    let mut rest: String = kept.map(|c| if c == '−' || c == '–' { '-' } else { c }).collect();
    let currency = [fold_word("mnt"), fold_word("төг"), "₮".to_owned()];
    let mut negative = false;
    loop {
        let before = rest.clone();
        for unit in &currency {
            rest = rest.strip_suffix(unit.as_str()).unwrap_or(&rest).to_owned();
            rest = rest.strip_prefix(unit.as_str()).unwrap_or(&rest).to_owned();
        }
        if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            (rest, negative) = (inside.to_owned(), true);
        }
        if let Some(number) = rest.strip_prefix('-').or_else(|| rest.strip_suffix('-')) {
            (rest, negative) = (number.to_owned(), true);
        }
        rest = rest.strip_prefix('+').unwrap_or(&rest).to_owned();
        if rest == before {
            break;
        }
    }
    let is_number = rest.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    (is_number && rest.bytes().any(|b| b.is_ascii_digit())).then_some(Bare { digits: rest, negative })
}

enum Ending {
    /// No decimals can be told.
    Whole,
    Point,
    /// A comma before one or two last digits, and no point behind it.
    Comma,
}

fn ending(digits: &str) -> Ending {
    match digits.rfind(['.', ',']) {
        None => Ending::Whole,
        Some(place) if digits.as_bytes()[place] == b'.' => {
            // 1.234.567,00 has its points between thousands
            if digits.matches('.').count() == 1 { Ending::Point } else { Ending::Whole }
        }
        Some(place) if digits.len() - place - 1 == 3 => Ending::Whole,
        Some(_) => Ending::Comma,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_to_the_mungo() {
        for (text, mungo) in [
            ("1400000.00", 140_000_000),
            ("1,400,000.00", 140_000_000),
            ("-200.00", -20_000),
            ("−200.00", -20_000),
            ("200.00-", -20_000),
            ("(200.00)", -20_000),
            ("1\u{a0}400\u{202f}000", 140_000_000),
            ("1'400'000.5 ₮", 140_000_050),
            ("1,400,000MNT", 140_000_000),
            ("MNT 12", 1_200),
            (".5", 50),
            ("0.00", 0),
            ("299999.99999999994", 30_000_000),
        ] {
            assert_eq!(parse(text, Mark::Point), Ok(Money::from_mungo(mungo)), "{text}");
        }
        for unclear in ["300000,00", "1,40,000", "12.345", "1.234.567", "12 x", "", "-", "1,2345"] {
            assert_eq!(parse(unclear, Mark::Point), Err(Unclear), "{unclear}");
        }
        let float = Decimal::from_scientific("2.9999999999999994e5").expect("a number");
        assert_eq!(read(&Cell::number(float), Mark::Point), Ok(Some(Money::from_tugrug(300_000))));
        assert_eq!(read(&Cell::number(Decimal::new(12_345, 3)), Mark::Point), Err(Unclear));
    }

    #[test]
    fn a_comma_is_a_decimal_mark_where_the_whole_column_says_so() {
        let column = |texts: &[&str]| mark(texts.iter().map(Cell::text).collect::<Vec<_>>().iter());
        assert_eq!(column(&["300000,00", "1.250.000,50", "", "12"]), Mark::Comma);
        assert_eq!(column(&["300000,00", "125.50"]), Mark::Point);
        assert_eq!(column(&["300,000", "1,250,000"]), Mark::Point);
        assert_eq!(parse("1.250.000,50", Mark::Comma), Ok(Money::from_mungo(125_000_050)));
        assert_eq!(parse("300000,00", Mark::Comma), Ok(Money::from_tugrug(300_000)));
    }
}
