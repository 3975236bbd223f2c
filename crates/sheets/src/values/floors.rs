//! Floors: `2`, `2 давхар`, `B1`, `-1`, `зоорийн давхар`.

use std::fmt;

use domain::text::fold_word;
use serde::{Serialize, Serializer};

use super::{Read, Unclear, said, words::ordinal};
use crate::{
    lexicon::Lexicon,
    workbook::{Cell, Value},
};

/// A floor by its number, basements below nought; written `B1` for -1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Floor(pub i16);

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 { write!(f, "B{}", self.0.unsigned_abs()) } else { write!(f, "{}", self.0) }
    }
}

impl Serialize for Floor {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

pub fn read(cell: &Cell) -> Read<Floor> {
    match cell.value {
        Value::Date(_) | Value::Flag(_) => Err(Unclear),
        _ => said(cell).map(|text| parse(&text)).transpose(),
    }
}

/// The floor that a text says.
pub fn parse(text: &str) -> Result<Floor, Unclear> {
    let folded = fold_word(text);
    let (mut below, mut number) = (folded.starts_with('-'), None);
    for word in pieces(&folded) {
        let said = word.parse::<i16>().ok().or_else(|| ordinal(&word));
        match said {
            Some(said) if number.is_none() => number = Some(said),
            Some(_) => return Err(Unclear),
            None => below |= WORDS.whole(&word).ok_or(Unclear)?,
        }
    }
    match (number, below) {
        (Some(number), false) if number < 200 => Ok(Floor(number)),
        (Some(number @ 1..20), true) => Ok(Floor(-number)),
        // there is usually but one
        (None, true) => Ok(Floor(-1)),
        _ => Err(Unclear),
    }
}

/// The words beside a floor's number, and whether they mean a basement.
static WORDS: Lexicon<bool> = Lexicon::new(&[
    ("b|зоорь|зоорийн|подвал|подвалын|цоколь|цоколын|basement", true),
    ("давхар|давхарт|давхрын|давх|дугаар|дүгээр|р|f|fl|floor|этаж|№", false),
]);

/// Runs of digits and runs of letters, each a word.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before = None;
    for c in text.chars() {
        let kind = if c.is_ascii_digit() {
            Some(true)
        } else if c.is_alphabetic() || c == '№' {
            Some(false)
        } else {
            None
        };
        match (kind, pieces.last_mut()) {
            (None, _) => (),
            (Some(_), Some(piece)) if kind == before => piece.push(c),
            (Some(_), _) => pieces.push(c.to_string()),
        }
        before = kind;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_is_read_however_it_is_called() {
        for (text, floor) in [
            ("2", "2"),
            ("2 давхар", "2"),
            ("2-р давхар", "2"),
            ("12F", "12"),
            ("Нэгдүгээр давхар", "1"),
            ("B1", "B1"),
            ("в1", "B1"),
            ("B1 давхар", "B1"),
            ("B-2", "B2"),
            ("-1", "B1"),
            ("−2", "B2"),
            ("Зоорь", "B1"),
            ("Зоорийн 2-р давхар", "B2"),
            ("0", "0"),
        ] {
            assert_eq!(parse(text).map(|floor| floor.to_string()).as_deref(), Ok(floor), "{text}");
        }
        assert_eq!(read(&Cell::number(-1)), Ok(Some(Floor(-1))));
        for unclear in ["1-2", "1, 2", "мансард", "B0", "-0", "А блок", "500"] {
            assert_eq!(parse(unclear), Err(Unclear), "{unclear}");
        }
    }
}
