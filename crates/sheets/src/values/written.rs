//! Days, amounts and areas in every way that people write them, put together by chance and read back as what was meant.

use domain::Money;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{areas, dates, money};
use crate::workbook::Cell;

/// Whole tögrög with a mark between groups of three.
fn grouped(whole: u64, mark: &str) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

fn written_day(day: Date, form: usize, is_padded: bool, blank: &str) -> String {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let (mm, dd) = if is_padded { (format!("{m:02}"), format!("{d:02}")) } else { (m.to_string(), d.to_string()) };
    match form {
        0 => format!("{y}.{mm}.{dd}"),
        1 => format!("{y}-{mm}-{dd}"),
        2 => format!("{y}/{mm}/{dd}"),
        3 => format!("{dd}/{mm}/{y}"),
        4 => format!("{dd}.{mm}.{y}"),
        5 => format!("{dd}-{mm}-{y}"),
        6 => format!("{y} оны {mm} сарын {dd}"),
        7 => format!("{y} оны {mm}-р сарын {dd}-ны өдөр"),
        8 => format!("{y}оны{mm}сарын{dd}ний өдөр"),
        9 => format!("{y}{blank}.{blank}{mm}{blank}.{blank}{dd}"),
        10 => format!("{y}.{mm}.{dd}-ны дотор").replace("-ны дотор", "-ны"),
        11 => format!("{y}{m:02}{d:02}"),
        12 => format!("{y}.{mm}.{dd}."),
        13 => format!("{y}-{m:02}-{d:02}T00:00:00"),
        14 => format!("{y}–{mm}–{dd}"),
        15 => format!("{y} он {mm} сар {dd}"),
        16 => format!("{y} оны {mm}-р сарын {dd}"),
        17 => format!("{y}.{mm}.{dd} 00:00"),
        18 => format!("{y}, {mm}, {dd}"),
        _ => (day - date(1899, 12, 30)).get_days().to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn a_day_is_read_however_it_is_written(
        days in 0i64..40_000, form in 0usize..20, is_padded: bool, blank in prop::sample::select(vec!["", " ", "\u{a0}"]),
        around in prop::sample::select(vec!["", " ", "\u{a0}", "\t"]),
    ) {
        let day = date(1985, 1, 1).saturating_add(jiff::ToSpan::days(days));
        let text = format!("{around}{}{around}", written_day(day, form, is_padded, blank));
        prop_assert_eq!(dates::read(&Cell::text(&text)), Ok(Some(day)), "{}", text);
    }

    #[test]
    fn an_amount_is_read_however_it_is_written(
        whole in 0u64..10_000_000_000, cents in 0u64..100, has_cents: bool,
        mark in prop::sample::select(vec!["", ",", " ", "\u{a0}", "\u{202f}", "\u{2009}", "'", "’", "."]),
        sign in 0usize..9,
        money_sign in prop::sample::select(vec!["", "₮", " ₮", "\u{a0}₮", " төг", " төгрөг", " MNT", "төг", " тугрик"]),
        before in prop::sample::select(vec!["", "MNT ", "₮", "₮ "]),
    ) {
        let before = if money_sign.is_empty() { before } else { "" };
        let point = if mark == "." { "," } else { "." };
        let mut number = grouped(whole, mark);
        if has_cents {
            number.push_str(&format!("{point}{cents:02}"));
        }
        let mungo = i64::try_from(whole * 100 + if has_cents { cents } else { 0 }).expect("fits");
        let (text, mungo) = match sign {
            0 => (format!("-{before}{number}{money_sign}"), -mungo),
            1 => (format!("−{before}{number}{money_sign}"), -mungo),
            2 => (format!("({before}{number}{money_sign})"), -mungo),
            3 => (format!("{before}{number}{money_sign}-"), -mungo),
            4 => (format!("{before}{number}-{money_sign}"), -mungo),
            5 => (format!("– {before}{number}{money_sign}"), -mungo),
            _ => (format!("{before}{number}{money_sign}"), mungo),
        };
        prop_assert_eq!(money::read(&Cell::text(&text)), Ok(Some(Money::from_mungo(mungo))), "{}", text);
    }

    #[test]
    fn an_area_is_read_however_it_is_written(
        hundredths in 100i64..100_000, decimals in 0u32..3, comma: bool,
        unit in prop::sample::select(vec!["", "м2", " м2", "м²", " м²", " м.кв", "м.кв.", " мкв", "m2", " m²", " кв.м", "кв м", " метр кв", "㎡"]),
    ) {
        let area = Decimal::new(hundredths, 2).round_dp(decimals);
        let text = area.to_string();
        let text = if comma { text.replace('.', ",") } else { text };
        let text = format!("{text}{unit}");
        prop_assert_eq!(areas::read(&Cell::text(&text)).map(|a| a.map(|a| a.normalize())), Ok(Some(area.normalize())), "{}", text);
    }
}
