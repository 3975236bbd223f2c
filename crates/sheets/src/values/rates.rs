//! Penalty rates per day and days of payment: `0.5`, `0.5%`, a cell shown as 0.5 %; `5-ны дотор`.

use domain::text::fold_word;
use rust_decimal::Decimal;

use super::{
    Read, Unclear,
    numbers::{ThreeBehind, decimal},
    said,
};
use crate::{
    lexicon::Lexicon,
    workbook::{Cell, Value},
};

/// The rate in a cell under a header that says per cent, in basis points (0.5 % = 50).
pub fn basis_points(cell: &Cell) -> Read<Decimal> {
    let (rate, says_percent, is_share) = match &cell.value {
        Value::Number(number) => (*number, false, cell.percent),
        Value::Text(_) => match said(cell) {
            Some(text) => {
                let (rate, says_percent) = parse(&text)?;
                (rate, says_percent, false)
            }
            None => return Ok(None),
        },
        Value::Blank => return Ok(None),
        Value::Date(_) | Value::Flag(_) => return Err(Unclear),
    };
    // Less than a hundredth of a per cent a day is nobody's penalty: it is a share that has lost its format.
    let is_share = is_share || (!says_percent && rate < Decimal::new(1, 2));
    let factor = if is_share { Decimal::from(10_000) } else { Decimal::ONE_HUNDRED };
    let points = rate.checked_mul(factor).ok_or(Unclear)?;
    if points.is_sign_negative() && !points.is_zero() { Err(Unclear) } else { Ok(Some(points.normalize())) }
}

/// The number of a text, and whether it says that it is per cent.
fn parse(text: &str) -> Result<(Decimal, bool), Unclear> {
    let folded = fold_word(text);
    let mut rest = folded.trim();
    while let Some((number, ())) = PER_DAY.strip_prefix(rest).or_else(|| PER_DAY.strip_suffix(rest)) {
        rest = number.trim();
    }
    let percent = PER_CENT.strip_suffix(rest);
    let (rest, says_percent) = percent.map_or((rest, false), |(number, ())| (number.trim(), true));
    Ok((decimal(rest, ThreeBehind::Decimals).ok_or(Unclear)?, says_percent))
}

static THE_END: Lexicon<()> = Lexicon::new(&[("сүүл", ())]);
static PER_DAY: Lexicon<()> = Lexicon::new(&[("хоногт|хоногийн|хоног|өдөрт|өдрийн|өдөр|per day|/", ())]);
static PER_CENT: Lexicon<()> = Lexicon::new(&[("%|хувийн|хувиар|хувь|percent", ())]);

/// The day of the month that a cell says payment is due by, 1 to 31; "the end of the month" is the 31st.
pub fn payment_day(cell: &Cell) -> Read<i8> {
    let text = match &cell.value {
        Value::Number(_) | Value::Text(_) => match said(cell) {
            Some(text) => fold_word(&text),
            None => return Ok(None),
        },
        Value::Blank => return Ok(None),
        Value::Date(_) | Value::Flag(_) => return Err(Unclear),
    };
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let day = match (numbers.next(), numbers.next()) {
        (Some(day), None) => day.parse().map_err(|_| Unclear)?,
        (None, _) if THE_END.inside(&text).is_some() => 31,
        _ => return Err(Unclear),
    };
    if (1..=31).contains(&day) { Ok(Some(day)) } else { Err(Unclear) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_the_same_in_every_form() {
        let half = Decimal::from(50);
        for text in ["0.5", "0,5", "0.5%", "0.5 %", "0,5 хувь", "0.50%/хоног", "хоногт 0.5%", "0.005"] {
            assert_eq!(basis_points(&Cell::text(text)), Ok(Some(half)), "{text}");
        }
        let shown = |share| Cell { percent: true, ..Cell::number(share) };
        assert_eq!(basis_points(&shown(Decimal::new(5, 3))), Ok(Some(half)));
        assert_eq!(basis_points(&shown(Decimal::new(5, 1))), Ok(Some(Decimal::from(5_000))));
        assert_eq!(basis_points(&Cell::number(Decimal::new(5, 1))), Ok(Some(half)));
        assert_eq!(basis_points(&Cell::number(Decimal::new(5, 3))), Ok(Some(half)));
        assert_eq!(basis_points(&Cell::text("0.005%")), Ok(Some(Decimal::new(5, 1))));
        assert_eq!(basis_points(&Cell::number(0)), Ok(Some(Decimal::ZERO)));
        assert_eq!(basis_points(&Cell::text("-")), Ok(None));
        for unclear in ["байхгүй", "0.5-1", "−0.5 %"] {
            assert_eq!(basis_points(&Cell::text(unclear)), Err(Unclear), "{unclear}");
        }
    }

    #[test]
    fn a_payment_day_is_the_one_number_in_its_text() {
        for (text, day) in
            [("5", 5), ("5-ны дотор", 5), ("Сар бүрийн 25", 25), ("15-нд", 15), ("сарын сүүлийн өдөр", 31)]
        {
            assert_eq!(payment_day(&Cell::text(text)), Ok(Some(day)), "{text}");
        }
        assert_eq!(payment_day(&Cell::number(20)), Ok(Some(20)));
        for unclear in ["0", "32", "5, 20", "эхээр", "2026.10.05"] {
            assert_eq!(payment_day(&Cell::text(unclear)), Err(Unclear), "{unclear}");
        }
        assert_eq!(payment_day(&Cell::number(Decimal::new(55, 1))), Err(Unclear));
    }
}
