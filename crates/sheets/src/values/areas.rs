//! Areas: `45.5`, `45,5 м2`, `45.5 м²`, `1,250 м.кв`.

use domain::text::fold_word;
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

/// The area in a cell, in m², at most four decimals; nought says nothing.
pub fn read(cell: &Cell) -> Read<Decimal> {
    let area = match &cell.value {
        Value::Number(number) => *number,
        Value::Text(_) => match said(cell) {
            Some(text) => parse(&text)?,
            None => return Ok(None),
        },
        Value::Blank => return Ok(None),
        Value::Date(_) | Value::Flag(_) => return Err(Unclear),
    };
    let area = area.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
    if area.is_sign_negative() && !area.is_zero() {
        return Err(Unclear);
    }
    Ok((!area.is_zero()).then_some(area))
}

fn parse(text: &str) -> Result<Decimal, Unclear> {
    let folded = fold_word(text);
    let bare = folded.trim_end_matches('.');
    let number = UNITS.strip_suffix(bare).map_or(bare, |(number, ())| number);
    decimal(number, ThreeBehind::ByLength).ok_or(Unclear)
}

static UNITS: Lexicon<()> = Lexicon::new(&[(
    "м2|м²|㎡|м 2|м.кв|мкв|м кв|кв.м|квм|кв м|sqm|метр квадрат|метр кв|м.квадрат|м квадрат|квадрат метр|кв метр|кв.метр",
    (),
)]);

/// An area as it is written in the answer: at least two decimals.
pub fn shown(area: Decimal) -> String {
    let plain = area.normalize();
    format!("{plain:.*}", usize::try_from(plain.scale().max(2)).expect("a scale is small"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_read_with_and_without_its_unit() {
        for (text, area) in [
            ("14", "14.00"),
            ("20.9 м2", "20.90"),
            ("12,5", "12.50"),
            ("45,5 м2", "45.50"),
            ("45.5 м²", "45.50"),
            ("45.5м.кв", "45.50"),
            ("45.5 кв.м.", "45.50"),
            ("45.5 m2", "45.50"),
            ("1,250 м²", "1250.00"),
            ("45,125", "45.125"),
        ] {
            assert_eq!(read(&Cell::text(text)).map(|area| area.map(shown)), Ok(Some(area.to_owned())), "{text}");
        }
        assert_eq!(read(&Cell::number(Decimal::new(209, 1))).map(|area| area.map(shown)), Ok(Some("20.90".into())));
        assert_eq!(read(&Cell::text("0")), Ok(None));
        for unclear in ["-5", "том", "12x14", "2 өрөө"] {
            assert_eq!(read(&Cell::text(unclear)), Err(Unclear), "{unclear}");
        }
    }
}
