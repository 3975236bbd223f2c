//! What stands above the header: the building, whose it is, and the day it is true for.

use domain::text::{fold_word, register, tidy};
use jiff::civil::Date;

use super::Field;
use crate::{
    columns::Heading,
    lexicon::Lexicon,
    values::dates,
    workbook::{Merged, Sheet},
};

/// What the lines above the header say.
pub struct Title {
    pub building: String,
    pub as_of: Option<Date>,
    pub owner: Option<String>,
    pub owner_register: Option<String>,
}

pub fn read(sheet: &Sheet, heading: &Heading<Field>) -> Title {
    let lines = lines_above(sheet, heading.rows.first().copied().unwrap_or(heading.first_row));
    Title {
        building: building(sheet, &lines),
        as_of: lines.iter().find_map(|line| as_of(line)),
        owner: lines.iter().find_map(|line| owner(line)),
        owner_register: lines.iter().find_map(|line| owner_register(line)),
    }
}

/// The building that a sheet is about, by its name or by the lines above `first_row`.
pub fn building_of(sheet: &Sheet, first_row: u32) -> String {
    building(sheet, &lines_above(sheet, first_row))
}

fn lines_above(sheet: &Sheet, first_row: u32) -> Vec<String> {
    let cells = (1..first_row).flat_map(|row| sheet.row(row).iter().filter(|cell| cell.merged == Merged::Not));
    cells.map(|cell| cell.shown().into_owned()).filter(|line| !line.is_empty()).collect()
}

/// The sheet's name, or the name in the title where the sheet has none of its own (`Sheet1`, a CSV file).
fn building(sheet: &Sheet, lines: &[String]) -> String {
    static NO_NAMES: Lexicon<()> = Lexicon::new(&[("sheet|лист|хуудас|table|worksheet", ())]);
    let folded = fold_word(&sheet.name);
    let rest = NO_NAMES.strip_prefix(&folded).map(|(rest, ())| rest.trim_matches([' ', '(', ')', '-', '_']));
    let has_no_name = sheet.named_by_file || rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let titled = || lines.iter().find_map(|line| quoted(line));
    has_no_name.then(titled).flatten().unwrap_or_else(|| tidy(&sheet.name))
}

/// The name between quotation marks; one in capitals is written as names are.
fn quoted(line: &str) -> Option<String> {
    const MARKS: [char; 7] = ['“', '”', '«', '»', '"', '„', '‟'];
    let name = tidy(line.split(MARKS).nth(1)?);
    let in_capitals = name.chars().any(char::is_alphabetic) && name == name.to_uppercase();
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_string()).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    let name = if in_capitals { name.split(' ').map(word).collect::<Vec<_>>().join(" ") } else { name };
    (!name.is_empty()).then_some(name)
}

/// The day in `2026.10.01-ний байдлаар`.
fn as_of(line: &str) -> Option<Date> {
    let (before, _) = split_at_word(line, "байдлаар")?;
    let words: Vec<&str> = before.split(' ').collect();
    // the date is as much of the end as reads as one
    (0..words.len()).find_map(|from| dates::parse(&words[from..].join(" ")).ok())
}

/// The name behind `Эзэмшигч:`.
fn owner(line: &str) -> Option<String> {
    let after = after_label(line, &["Эзэмшигч", "Түрээслүүлэгч", "Байгууллагын нэр"])?;
    let name = ["РД", "Регистр", "Бэлтгэсэн", "Огноо", "Хаяг"]
        .iter()
        .fold(after, |name, label| split_at_word(name, label).map_or(name, |(before, _)| before));
    let name = tidy(name.trim_matches([' ', ',', ';', '.']));
    (!name.is_empty()).then_some(name)
}

/// The number behind `РД:`.
fn owner_register(line: &str) -> Option<String> {
    let after = after_label(line, &["РД", "Регистрийн дугаар", "Регистр"])?;
    let number = after.split([' ', ',', ';']).find(|word| !word.is_empty())?;
    register(number).map(|(_, number)| number)
}

fn after_label<'a>(line: &'a str, labels: &[&str]) -> Option<&'a str> {
    let after = labels.iter().find_map(|label| Some(split_at_word(line, label)?.1))?;
    Some(after.trim_start_matches([':', '-', '–', ' ']))
}

/// The text before and after a word that stands alone.
fn split_at_word<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let alone = |(place, _): &(usize, &str)| {
        let before = text[..*place].chars().next_back();
        let after = text[place + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let (place, _) = text.match_indices(word).find(alone)?;
    Some((&text[..place], &text[place + word.len()..]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_title_says_the_day_and_the_owner() {
        let line = "Эзэмшигч: Алтан Тауэр ХХК РД: 6123457 Бэлтгэсэн: нягтлан бодогч";
        assert_eq!(owner(line).as_deref(), Some("Алтан Тауэр ХХК"));
        assert_eq!(owner_register(line).as_deref(), Some("6123457"));
        assert_eq!(as_of("“АЛТАН ТАУЭР” ОФФИСЫН ТҮРЭЭСИЙН БҮРТГЭЛ 2026.10.01-ний байдлаар"), Some(date(2026, 10, 1)));
        assert_eq!(as_of("2026 оны 10 сарын 01-ний өдрийн байдлаар"), Some(date(2026, 10, 1)));
        assert_eq!((owner("Түрээсийн бүртгэл"), as_of("байдлаар")), (None, None));
    }

    #[test]
    fn a_building_is_named_by_its_sheet_or_its_title() {
        let title = ["“АЛТАН ТАУЭР” ОФФИСЫН ТҮРЭЭСИЙН БҮРТГЭЛ".to_owned()];
        assert_eq!(building(&Sheet::new(" Алтан  Плаза "), &title), "Алтан Плаза");
        for name in ["Sheet1", "Лист 2", "Хуудас1", "Sheet (3)"] {
            assert_eq!(building(&Sheet::new(name), &title), "Алтан Тауэр", "{name}");
        }
        let mut of_a_file = Sheet::new("rent-roll");
        of_a_file.named_by_file = true;
        assert_eq!(building(&of_a_file, &title), "Алтан Тауэр");
        assert_eq!(building(&Sheet::new("Sheet1"), &[]), "Sheet1");
    }
}
