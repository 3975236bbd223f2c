//! Why a file is not taken for a statement, in sentences that say what to do about it.

use std::io::Cursor;

use domain::Money;
use zip::ZipArchive;

use super::Field;
use crate::workbook::Unreadable;

/// Nothing of the file is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{0}")]
    Unreadable(Unreadable),
    #[error("a PDF cannot be read: export the statement as Excel at the internet bank and send that")]
    Pdf,
    #[error("this is a web page called a spreadsheet: open it in Excel, save it as .xlsx and send that")]
    Page,
    #[error("the file holds macros: save it as .xlsx without them and send it again")]
    Macros,
    #[error("this is a loan's statement: its balance is a debt, and its rows move no money of yours")]
    LoanStatement,
    #[error("the layout of this statement is not known; columns that were not found: {}. Name them by hand", list(.missing))]
    NotAStatement { missing: Vec<Field> },
    #[error("the statement has more than 100,000 lines: send it in parts")]
    TooManyLines,
    #[error("the amounts are larger than any account")]
    TooLarge,
    #[error("the file says {} came in, its lines come to {}: something is missing or was changed", shown(.stated), shown(.sum))]
    TotalIn { stated: Money, sum: Money },
    #[error("the file says {} went out, its lines come to {}: something is missing or was changed", shown(.stated), shown(.sum))]
    TotalOut { stated: Money, sum: Money },
    #[error("the file ends with {}, its lines lead to {}: something is missing or was changed", shown(.stated), shown(.reckoned))]
    Closing { stated: Money, reckoned: Money },
    #[error("the balance of row {row} does not follow from the one before: something is missing or was changed")]
    Chain { row: u32 },
}

impl Refusal {
    /// The sentence for a reader of Mongolian.
    pub fn mn(&self) -> String {
        match self {
            Refusal::Unreadable(why) => why.mn().to_owned(),
            Refusal::Pdf => {
                "PDF файлыг уншихгүй: интернет банкнаасаа хуулгыг Excel-ээр татаж аваад илгээнэ үү.".to_owned()
            }
            Refusal::Page => {
                "Энэ нь хүснэгт гэж нэрлэсэн веб хуудас байна: Excel-ээр нээж, .xlsx болгон хадгалаад илгээнэ үү."
                    .to_owned()
            }
            Refusal::Macros => "Файл макротой байна: макрогүй .xlsx болгон хадгалаад дахин илгээнэ үү.".to_owned(),
            Refusal::LoanStatement => {
                "Энэ бол зээлийн дансны хуулга: үлдэгдэл нь өр тул гүйлгээ болгон авахгүй.".to_owned()
            }
            Refusal::NotAStatement { missing } => format!(
                "Хуулгын загварыг танихгүй байна. Олдоогүй багана: {}. Баганыг гараар зааж өгнө үү.",
                list_mn(missing)
            ),
            Refusal::TooManyLines => "Хуулга 100 000-аас олон мөртэй байна: хэсэгчлэн илгээнэ үү.".to_owned(),
            Refusal::TooLarge => "Дүн нь ямар ч дансанд байхааргүй том байна.".to_owned(),
            Refusal::TotalIn { stated, sum } => format!(
                "Файлд нийт орлого {} гэсэн боловч мөрүүдийн нийлбэр {} байна: дутуу юм уу өөрчлөгдсөн байна.",
                shown(stated),
                shown(sum)
            ),
            Refusal::TotalOut { stated, sum } => format!(
                "Файлд нийт зарлага {} гэсэн боловч мөрүүдийн нийлбэр {} байна: дутуу юм уу өөрчлөгдсөн байна.",
                shown(stated),
                shown(sum)
            ),
            Refusal::Closing { stated, reckoned } => format!(
                "Файлын эцсийн үлдэгдэл {}, мөрүүдээр бодоход {} байна: дутуу юм уу өөрчлөгдсөн байна.",
                shown(stated),
                shown(reckoned)
            ),
            Refusal::Chain { row } => {
                format!("{row}-р мөрийн үлдэгдэл өмнөхөөсөө залгахгүй байна: дутуу юм уу өөрчлөгдсөн байна.")
            }
        }
    }

    /// The sentence for a reader of English.
    pub fn en(&self) -> String {
        let said = self.to_string();
        let mut letters = said.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }
}

/// What can be told before anything is unpacked.
pub(super) fn before_reading(bytes: &[u8]) -> Result<(), Refusal> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if text.starts_with(b"%PDF") {
        return Err(Refusal::Pdf);
    }
    let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if [b"<html".as_slice(), b"<table", b"<!doctype html"].into_iter().any(begins) {
        return Err(Refusal::Page);
    }
    let has_macros = bytes.starts_with(b"PK")
        && ZipArchive::new(Cursor::new(bytes)).is_ok_and(|packed| packed.index_for_name("xl/vbaProject.bin").is_some());
    if has_macros { Err(Refusal::Macros) } else { Ok(()) }
}

fn list(fields: &[Field]) -> String {
    fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ")
}

fn list_mn(fields: &[Field]) -> String {
    let name = |field: &Field| match field {
        Field::Date => "огноо",
        Field::In => "орлого",
        Field::Out => "зарлага",
        other => other.as_str(),
    };
    fields.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Tögrög with blanks between thousands.
fn shown(amount: &Money) -> String {
    let written = amount.to_decimal_string();
    let (whole, cents) = written.split_once('.').unwrap_or((&written, "00"));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    let cents = if cents == "00" { String::new() } else { format!(".{cents}") };
    format!("{sign}{grouped}{cents}\u{a0}₮")
}
