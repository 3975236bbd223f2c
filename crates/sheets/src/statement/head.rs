//! What a statement says about itself: account, currency, days, balances – in the lines above the table or below it.

use domain::{Money, text::fold_word};
use jiff::civil::Date;

use super::{
    Layout,
    amounts::{self, Mark},
    layout::{Heading, TITLE_ROWS},
    own_cells,
};
use crate::{
    values::{dates, said},
    workbook::{Cell, Sheet},
};

#[derive(Debug, Default)]
pub(super) struct Head {
    pub account: Option<String>,
    pub iban: Option<String>,
    pub currency: Option<String>,
    pub period: Option<(Date, Date)>,
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    pub stated_in: Option<Money>,
    pub stated_out: Option<Money>,
}

pub(super) fn read(sheet: &Sheet, heading: &Heading, feet: &[u32], layout: Layout) -> Head {
    // the head of the compact layout is the one line that the data follows
    let last = match layout {
        Layout::TdbCompact => 1,
        _ => heading.rows.first().copied().unwrap_or(heading.first_row).saturating_sub(1).min(TITLE_ROWS * 2),
    };
    let above: Vec<Vec<&Cell>> = (1..=last).map(|row| own_cells(sheet, row).collect()).collect();
    let below: Vec<Vec<&Cell>> = feet.iter().map(|row| own_cells(sheet, *row).collect()).collect();
    let told = |labels: &[&str]| labels.iter().find_map(|label| after(&above, label));
    let account = told(&["дансны дугаар", "данс №", "account number", "account no", "account"]);
    let iban = told(&["iban"]).and_then(|text| first_word(&text)).filter(|word| word.len() >= 15);
    let of_money = |rows: &[Vec<&Cell>], labels: &[&str]| {
        let text = labels.iter().find_map(|label| after(rows, label))?;
        amounts::parse(&text, Mark::Point).ok()
    };
    let currency = told(&["валютын төрөл", "валют", "currency"]).as_deref().and_then(currency);
    Head {
        currency: currency.or_else(|| account.as_deref().and_then(self::currency)),
        account: account.and_then(|text| first_word(&text)),
        iban,
        period: told(&["интервал", "хугацаа", "гүйлгээний огноо", "хамрах хугацаа", "period", "date range"])
            .as_deref()
            .and_then(period)
            .or_else(|| above.iter().flatten().find_map(|cell| period(&cell.shown()))),
        opening: of_money(&above, &["эхний үлдэгдэл", "opening balance"])
            .or_else(|| of_money(&below, &["эхний үлдэгдэл", "opening balance"])),
        closing: of_money(&below, &["эцсийн үлдэгдэл", "closing balance"])
            .or_else(|| of_money(&above, &["эцсийн үлдэгдэл", "closing balance"])),
        stated_in: of_money(&below, &["нийт орлого", "нийт кредит", "total credit"]),
        stated_out: of_money(&below, &["нийт зарлага", "нийт дебит", "total debit"])
            .and_then(|out| if out.is_positive() { out.checked_neg().ok() } else { Some(out) }),
    }
}

/// What stands behind a label: in its own cell behind a colon, or in the next one.
fn after(rows: &[Vec<&Cell>], label: &str) -> Option<String> {
    let label = fold_word(label);
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            let Some(shown) = said(cell) else { continue };
            // folding keeps every letter in its place, so that what is behind the label can be cut from the text itself
            let folded = fold_word(&shown);
            let begins = folded.match_indices(&label).map(|(at, _)| at).find(|at| starts_a_word(&folded, *at));
            let Some(begins) = begins else { continue };
            let letters = folded[..begins].chars().count() + label.chars().count();
            let behind: String = shown.chars().skip(letters).collect();
            let behind = behind.trim_start_matches([':', ' ', '-', '\u{a0}']).trim();
            if !behind.is_empty() {
                return Some(behind.to_owned());
            }
            if let Some(next) = row.get(place + 1).and_then(|cell| said(cell)) {
                return Some(next.into_owned());
            }
        }
    }
    None
}

fn starts_a_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}

/// The first word that holds digits: `1105000099 [MNT]` → `1105000099`.
fn first_word(text: &str) -> Option<String> {
    let words = text.split([' ', '[', ']', '(', ')', ',', ';']);
    words.map(str::trim).find(|word| word.bytes().any(|b| b.is_ascii_digit())).map(str::to_owned)
}

/// Three capitals that stand alone: `MNT`, `[USD]`.
fn currency(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())).map(str::to_owned).next()
}

/// The first two days that a text tells: `2026-10-01-2026-10-05`, `2026.01.01 - 2026.07.16`.
fn period(text: &str) -> Option<(Date, Date)> {
    let bytes = text.as_bytes();
    let mut days = Vec::new();
    let mut at = 0;
    while at + 10 <= bytes.len() {
        let is_day = bytes[at..at + 10].iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => matches!(byte, b'-' | b'.' | b'/'),
            _ => byte.is_ascii_digit(),
        });
        match is_day.then(|| dates::parse(&text[at..at + 10])) {
            Some(Ok(day)) => {
                days.push(day);
                at += 10;
            }
            _ => at += 1,
        }
    }
    match days.as_slice() {
        [from, to, ..] if from <= to => Some((*from, *to)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_days_make_a_period() {
        for text in ["Интервал: 2026-10-01-2026-11-20", "2026.10.01 - 2026.11.20", "2026/10/01–2026/11/20"] {
            let (from, to) = period(text).expect("a period");
            assert_eq!((from.to_string(), to.to_string()), ("2026-10-01".into(), "2026-11-20".into()), "{text}");
        }
        assert_eq!(period("2026/11/21 10:11"), None);
    }
}
