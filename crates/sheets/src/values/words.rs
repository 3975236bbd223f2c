//! Closed lists of words: kinds of room, how VAT is counted, yes and no, "no end", "vacant", ordinals.

use domain::{contract::VatMode, rooms::RoomKind, text::fold_word};

use super::{Read, Unclear, said};
use crate::workbook::{Cell, Value};

/// Whether VAT is in the price, comes on top, or is not due.
pub fn vat_mode(cell: &Cell) -> Read<VatMode> {
    use VatMode::{Added, Exempt, Included};
    // What denies comes first: `багтаагүй` begins like `багтсан`.
    const STEMS: [(&str, VatMode); 14] = [
        ("багтаагүй", Added),
        ("ороогүй", Added),
        ("нэмэгд", Added),
        ("нэмж", Added),
        ("нэмэх", Added),
        ("excluded", Added),
        ("чөлөөл", Exempt),
        ("exempt", Exempt),
        ("багт", Included),
        ("орсон", Included),
        ("included", Included),
        ("нөаттай", Included),
        ("нөат-тэй", Included),
        ("нөат-тай", Included),
    ];
    const WHOLE: [(&str, VatMode); 3] = [("багтсан", Included), ("нэмэгдэнэ", Added), ("чөлөөлөгдсөн", Exempt)];
    let Some(said) = said(cell) else { return Ok(None) };
    let folded = fold_word(&said);
    let by_stem = STEMS.into_iter().find(|(stem, _)| folded.contains(&fold_word(stem)));
    let by_spelling = || WHOLE.into_iter().find(|(word, _)| slips(&folded, &fold_word(word)) <= 2);
    by_stem.or_else(by_spelling).map(|(_, mode)| Some(mode)).ok_or(Unclear)
}

/// How many letters are typed wrongly, left out or added between two words.
fn slips(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.chars().enumerate() {
        let mut line = vec![row + 1];
        for (place, meant) in other.iter().enumerate() {
            let typed = before[place] + usize::from(letter != *meant);
            line.push(typed.min(before[place + 1] + 1).min(line[place] + 1));
        }
        before = line;
    }
    before[other.len()]
}

/// What a room is for; what is on no list is `other`.
pub fn room_kind(cell: &Cell) -> Option<RoomKind> {
    use RoomKind::{Apartment, Office, Parking, Shop, Storage, Studio};
    const STEMS: [(&str, RoomKind); 26] = [
        ("студи", Studio),
        ("studio", Studio),
        ("орон сууц", Apartment),
        ("сууц", Apartment),
        ("айл", Apartment),
        ("apartment", Apartment),
        ("агуулах", Storage),
        ("склад", Storage),
        ("storage", Storage),
        ("warehouse", Storage),
        ("зогсоол", Parking),
        ("гараж", Parking),
        ("граж", Parking),
        ("parking", Parking),
        ("дэлгүүр", Shop),
        ("худалдаа", Shop),
        ("лангуу", Shop),
        ("павильон", Shop),
        ("бутик", Shop),
        ("shop", Shop),
        ("оффис", Office),
        ("офис", Office),
        ("контор", Office),
        ("албан", Office),
        ("ажлын өрөө", Office),
        ("office", Office),
    ];
    let folded = fold_word(&said(cell)?);
    let known = STEMS.into_iter().find(|(stem, _)| folded.contains(&fold_word(stem)));
    Some(known.map_or(RoomKind::Other, |(_, kind)| kind))
}

/// Yes or no.
pub fn yes_no(cell: &Cell) -> Read<bool> {
    const YES: [&str; 10] = ["тийм", "байгаа", "бий", "yes", "y", "true", "1", "+", "✓", "v"];
    const NO: [&str; 8] = ["үгүй", "байхгүй", "no", "n", "false", "0", "✗", "x"];
    if let Value::Flag(flag) = cell.value {
        return Ok(Some(flag));
    }
    let Some(said) = said(cell) else { return Ok(None) };
    let folded = fold_word(&said);
    match (YES.map(fold_word).contains(&folded), NO.map(fold_word).contains(&folded)) {
        (true, _) => Ok(Some(true)),
        (_, true) => Ok(Some(false)),
        _ => Err(Unclear),
    }
}

/// The words for a contract without an end.
pub fn means_no_end(text: &str) -> bool {
    const WORDS: [&str; 7] =
        ["хугацаагүй", "хугацаа заагаагүй", "тодорхойгүй", "байнгын", "нээлттэй", "сунгагдана", "open"];
    let folded = fold_word(text);
    WORDS.iter().any(|word| folded == fold_word(word))
}

/// The words that stand where a tenant's name would, in a room that has none.
pub fn means_vacant(text: &str) -> bool {
    const WORDS: [&str; 8] =
        ["сул", "сул талбай", "сул өрөө", "хоосон", "хоосон талбай", "түрээслэгчгүй", "vacant", "байхгүй"];
    let folded = fold_word(text);
    WORDS.iter().any(|word| folded == fold_word(word))
}

/// The number of an ordinal such as `гуравдугаар`; `арван` before it is for the caller.
pub fn ordinal(word: &str) -> Option<i16> {
    const ORDINALS: [(&str, i16); 11] = [
        ("нэгдүгээр", 1),
        ("хоёрдугаар", 2),
        ("гуравдугаар", 3),
        ("дөрөвдүгээр", 4),
        ("тавдугаар", 5),
        ("зургадугаар", 6),
        ("зургаадугаар", 6),
        ("долдугаар", 7),
        ("долоодугаар", 7),
        ("наймдугаар", 8),
        ("есдүгээр", 9),
    ];
    let folded = fold_word(word);
    ORDINALS
        .into_iter()
        .chain([("аравдугаар", 10)])
        .find(|(known, _)| fold_word(known) == folded)
        .map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vat_is_understood_in_near_spellings() {
        for (text, mode) in [
            ("Багтсан", VatMode::Included),
            (" багтcан ", VatMode::Included),
            ("Багтсн", VatMode::Included),
            ("НӨАТ багтсан", VatMode::Included),
            ("НӨАТ орсон үнэ", VatMode::Included),
            ("Нэмэгдэнэ", VatMode::Added),
            ("НЭМЭГДЭХ", VatMode::Added),
            ("нэмгдэнэ", VatMode::Added),
            ("Багтаагүй", VatMode::Added),
            ("Чөлөөлөгдсөн", VatMode::Exempt),
            ("Чөлөөлөгдөнө", VatMode::Exempt),
            ("чолоологдсон", VatMode::Exempt),
        ] {
            assert_eq!(vat_mode(&Cell::text(text)), Ok(Some(mode)), "{text}");
        }
        assert_eq!(vat_mode(&Cell::text("-")), Ok(None));
        // "without VAT" may mean exempt and may mean on top: a person has to say
        for unclear in ["НӨАТ-гүй", "тийм", "10%"] {
            assert_eq!(vat_mode(&Cell::text(unclear)), Err(Unclear), "{unclear}");
        }
    }

    #[test]
    fn rooms_are_known_by_what_they_are_for() {
        for (text, kind) in [
            ("Агуулах", RoomKind::Storage),
            ("зогсоол", RoomKind::Parking),
            ("ДЭЛГҮҮР", RoomKind::Shop),
            ("Худалдааны талбай", RoomKind::Shop),
            ("Оффис", RoomKind::Office),
            ("Офис", RoomKind::Office),
            ("Орон сууц", RoomKind::Apartment),
            ("Студи", RoomKind::Studio),
            ("Бусад", RoomKind::Other),
            ("Кафе", RoomKind::Other),
        ] {
            assert_eq!(room_kind(&Cell::text(text)), Some(kind), "{text}");
        }
        assert_eq!(room_kind(&Cell::text(" ")), None);
    }

    #[test]
    fn yes_and_no_have_many_words() {
        for (text, answer) in
            [("Тийм", true), ("ҮГҮЙ", false), ("+", true), ("1", true), ("no", false), ("байхгүй", false)]
        {
            assert_eq!(yes_no(&Cell::text(text)), Ok(Some(answer)), "{text}");
        }
        assert_eq!(yes_no(&Cell::text("магадгүй")), Err(Unclear));
        assert!(means_no_end("Хугацаагүй") && means_vacant(" СУЛ ") && !means_vacant("Сулд ХХК"));
    }
}
