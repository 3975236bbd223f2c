//! Who a tenant is and how to reach them: register and tax numbers, telephones, e-mail, codes.

use std::borrow::Cow;

use domain::{
    rooms::TenantKind,
    text::{self, Phones, fold_word},
};

use super::{Read, Unclear, said};
use crate::{lexicon::Lexicon, workbook::Cell};

/// A register number and whose it is.
pub fn register(cell: &Cell) -> Read<(TenantKind, String)> {
    number(cell).map(|said| text::register(&said).ok_or(Unclear)).transpose()
}

/// A taxpayer's number.
pub fn tin(cell: &Cell) -> Read<String> {
    number(cell).map(|said| text::tin(&said).ok_or(Unclear)).transpose()
}

/// The telephones in a cell, and what could not be read as one.
pub fn phones(cell: &Cell) -> Phones {
    number(cell).map(|said| text::phones(&said)).unwrap_or_default()
}

/// An e-mail address, in small letters.
pub fn email(cell: &Cell) -> Read<String> {
    let Some(said) = said(cell) else { return Ok(None) };
    let address = said.to_lowercase();
    let address = address.strip_prefix("mailto:").unwrap_or(&address).trim_end_matches([';', ',', '.']);
    let (name, domain) = address.split_once('@').ok_or(Unclear)?;
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"@,;<>()".contains(c));
    let is_address = plain(name) && plain(domain) && domain.contains('.') && !domain.starts_with('.');
    if is_address { Ok(Some(address.to_owned())) } else { Err(Unclear) }
}

/// A contract's number.
pub fn code(cell: &Cell) -> Option<String> {
    number(cell).map(|said| text::code(&said)).filter(|code| !code.is_empty())
}

/// A number or code exactly as it is written.
pub fn as_written(cell: &Cell) -> Option<String> {
    number(cell).map(Cow::into_owned)
}

/// A unit's number, without the words beside it (`101 тоот`, `№101`).
pub fn unit(cell: &Cell) -> Option<String> {
    let said = number(cell)?;
    let bare = said.split(' ').filter(|word| UNIT_WORDS.whole(&fold_word(word)).is_none());
    Some(text::code(&bare.collect::<String>())).filter(|code| !code.is_empty())
}

/// What kind of tenant a name belongs to; companies carry their form in the name.
pub fn kind_by_name(name: &str) -> TenantKind {
    let folded = fold_word(name);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| FORMS.whole(word).is_some()) { TenantKind::Company } else { TenantKind::Person }
}

/// The forms of companies and associations.
static FORMS: Lexicon<()> =
    Lexicon::new(&[("ххк|хк|бхк|зххк|бхн|төхк|төаатүг|оннүтүг|тббс|тбб|нүтббс|ббсб|ххн|сөх|llc|ltd", ())]);
static UNIT_WORDS: Lexicon<()> = Lexicon::new(&[("тоот|өрөө", ())]);

/// A number kept as text; one that passed through a spreadsheet as a number may have brought `.0` along.
fn number(cell: &Cell) -> Option<Cow<'_, str>> {
    let said = said(cell)?;
    match said.strip_suffix(".0") {
        Some(whole) if whole.bytes().all(|b| b.is_ascii_digit()) => Some(Cow::Owned(whole.to_owned())),
        _ => Some(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_text_whatever_the_cell_holds() {
        let company = Ok(Some((TenantKind::Company, "5118320".to_owned())));
        for cell in [Cell::number(5_118_320), Cell::text("5118320.0"), Cell::text(" 5118320 ")] {
            assert_eq!(register(&cell), company);
        }
        assert_eq!(register(&Cell::number(501_310)), Err(Unclear));
        assert_eq!(tin(&Cell::number(61_209_183_241i64)), Ok(Some("61209183241".into())));
        assert_eq!(tin(&Cell::text("6.12092E+10")), Err(Unclear));
        assert_eq!(phones(&Cell::number(99_979_452)).numbers, ["99979452"]);
        assert_eq!(code(&Cell::number(101_206)).as_deref(), Some("101206"));
    }

    #[test]
    fn a_unit_is_its_number_alone() {
        for (text, expected) in [
            ("101 тоот", "101"),
            ("№101", "101"),
            ("а-105", "A-105"),
            ("Өрөө 12", "12"),
            ("К - 401", "K-401"),
            ("#7", "7"),
        ] {
            assert_eq!(unit(&Cell::text(text)).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(unit(&Cell::text(" ")), None);
    }

    #[test]
    fn an_address_is_in_small_letters() {
        assert_eq!(email(&Cell::text(" OFFICE@A.EXAMPLE ")), Ok(Some("office@a.example".into())));
        for unclear in ["office", "office@", "@a.example", "a b@c.example", "дорж@a.example", "a@b", "a@b.c, d@e.f"]
        {
            assert_eq!(email(&Cell::text(unclear)), Err(Unclear), "{unclear}");
        }
    }

    #[test]
    fn a_company_is_known_by_its_form() {
        for name in ["“Хүслэн Гоо Сайхан” ХХК", "ТЭНГЭРИЙН ЦАГААН XXK", "Оч-Манлай ХХК.", "Altan LLC"]
        {
            assert_eq!(kind_by_name(name), TenantKind::Company, "{name}");
        }
        assert_eq!(kind_by_name("Нямаа Бат-Эрдэнэ"), TenantKind::Person);
    }
}
