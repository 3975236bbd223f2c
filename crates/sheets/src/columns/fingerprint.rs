//! What makes two sheets laid out alike: the words of their headings, each in its column.

use domain::text::fold_word;

use super::Column;
use crate::workbook::{Sheet, Value};

/// Headings stand near the top.
const LINES_LOOKED_AT: u32 = 60;

/// The words of the line with the most words near the top, folded, each with its column. A header has words in every
/// column, data has numbers and days in some; of lines with as many the upper one is meant. `None` of a sheet without
/// words. The same layout with other data, days and totals has the same fingerprint.
pub fn fingerprint(sheet: &Sheet) -> Option<String> {
    let words = |row: u32| {
        let cells = sheet.row(row).iter().enumerate();
        let of_cell = |(place, cell): (usize, &crate::workbook::Cell)| match &cell.value {
            Value::Text(text) if text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit()) => {
                Some(format!("{}={}", Column::at(place)?, fold_word(text)))
            }
            _ => None,
        };
        cells.filter_map(of_cell).collect::<Vec<_>>()
    };
    let lines = (1..=sheet.last_row().min(LINES_LOOKED_AT)).map(words);
    let most = lines.rev().max_by_key(Vec::len)?;
    (most.len() > 1).then(|| most.join("|"))
}

#[cfg(test)]
mod tests {
    use crate::{Workbook, columns::fingerprint};

    fn of(csv: &str) -> Option<String> {
        fingerprint(&Workbook::read("x.csv", csv.as_bytes()).expect("a sheet").sheets[0])
    }

    #[test]
    fn the_layout_counts_and_not_what_stands_in_it() {
        let october = "Түрээс 2026.10.01,,,\nӨрөө №,Хэн,Үнэ,Гэрээ\n301,Номин ХХК,1000,CT-1\n302,Бат,2000,CT-2\n";
        let november = "Түрээс 2026.11.01,,,\nӨРӨӨ  №,хэн,Vнэ,Гэрээ\n301,Өөр ХХК,1500,CT-7\n";
        assert_eq!(of(october), of(november));
        let moved = "Түрээс,,,\nХэн,Өрөө №,Үнэ,Гэрээ\nНомин ХХК,301,1000,CT-1\n";
        assert_ne!(of(october), of(moved));
        assert_eq!(of("1,2\n3,4\n"), None);
    }
}
