//! Closed lists of words: kinds of room, how VAT is counted, yes and no, "no end", "vacant", ordinals.

use domain::{contract::VatMode, rooms::RoomKind, text::fold_word};

use super::{Read, Unclear, said};
use crate::{
    lexicon::Lexicon,
    workbook::{Cell, Value},
};

/// Whether VAT is in the price, comes on top, or is not due.
pub fn vat_mode(cell: &Cell) -> Read<VatMode> {
    let Some(said) = said(cell) else { return Ok(None) };
    let folded = fold_word(&said);
    let by_spelling = || VAT_WHOLE.all().iter().find(|(word, _)| slips(&folded, word) <= 2).map(|(_, mode)| *mode);
    VAT_STEMS.inside(&folded).or_else(by_spelling).map(Some).ok_or(Unclear)
}

// What denies comes first: `багтаагүй` begins like `багтсан`.
static VAT_STEMS: Lexicon<VatMode> = Lexicon::new(&[
    ("багтаагүй|ороогүй|нэмэгд|нэмж|нэмэх|excluded", VatMode::Added),
    ("чөлөөл|exempt", VatMode::Exempt),
    ("багт|орсон|included|нөаттай|нөат-тэй|нөат-тай", VatMode::Included),
]);
static VAT_WHOLE: Lexicon<VatMode> =
    Lexicon::new(&[("багтсан", VatMode::Included), ("нэмэгдэнэ", VatMode::Added), ("чөлөөлөгдсөн", VatMode::Exempt)]);

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
    Some(ROOM_STEMS.inside(&fold_word(&said(cell)?)).unwrap_or(RoomKind::Other))
}

static ROOM_STEMS: Lexicon<RoomKind> = Lexicon::new(&[
    ("студи|studio", RoomKind::Studio),
    ("сууц|айл|apartment", RoomKind::Apartment),
    ("агуулах|склад|storage|warehouse", RoomKind::Storage),
    ("зогсоол|гараж|граж|parking", RoomKind::Parking),
    ("дэлгүүр|худалдаа|лангуу|павильон|бутик|shop", RoomKind::Shop),
    ("оффис|офис|контор|албан|ажлын өрөө|office", RoomKind::Office),
]);

/// Yes or no.
pub fn yes_no(cell: &Cell) -> Read<bool> {
    if let Value::Flag(flag) = cell.value {
        return Ok(Some(flag));
    }
    said(cell).map(|said| YES_NO.whole(&fold_word(&said)).ok_or(Unclear)).transpose()
}

static YES_NO: Lexicon<bool> =
    Lexicon::new(&[("тийм|байгаа|бий|yes|true|1|+|✓", true), ("үгүй|байхгүй|no|false|0|✗", false)]);

/// The words for a contract without an end.
pub fn means_no_end(text: &str) -> bool {
    NO_END.whole(&fold_word(text)).is_some()
}

static NO_END: Lexicon<()> = Lexicon::new(&[("хугацаагүй|хугацаа заагаагүй|тодорхойгүй|байнгын|нээлттэй|open", ())]);

/// The words that stand where a tenant's name would, in a room that has none.
pub fn means_vacant(text: &str) -> bool {
    VACANT.whole(&fold_word(text)).is_some()
}

static VACANT: Lexicon<()> = Lexicon::new(&[
    ("сул|сул талбай|сул өрөө|хоосон|хоосон талбай|түрээслэгчгүй|түрээслэгч байхгүй|байхгүй", ()),
    ("vacant", ()),
]);

/// The number of an ordinal such as `гуравдугаар`, folded; `арван` before it is for the caller.
pub fn ordinal(folded: &str) -> Option<i16> {
    ORDINALS.whole(folded)
}

static ORDINALS: Lexicon<i16> = Lexicon::new(&[
    ("нэгдүгээр", 1),
    ("хоёрдугаар", 2),
    ("гуравдугаар", 3),
    ("дөрөвдүгээр", 4),
    ("тавдугаар", 5),
    ("зургадугаар|зургаадугаар", 6),
    ("долдугаар|долоодугаар", 7),
    ("наймдугаар", 8),
    ("есдүгээр", 9),
    ("аравдугаар", 10),
]);

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
