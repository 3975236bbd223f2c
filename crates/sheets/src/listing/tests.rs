//! What is written is read back as the same: amounts to the möngö, days as days, text as text and never as a formula.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn columns(titles: &[&str]) -> Vec<Column> {
    titles.iter().map(|title| Column { title: (*title).to_owned(), width: 20, is_number: false }).collect()
}

fn head() -> Head {
    Head {
        owner: "Алтан Тауэр ХХК".into(),
        title: "Гэрээ".into(),
        said: vec!["Төлөв: Идэвхтэй".into()],
        printed: "2026.11.22 10:00, Б. Дулмаа".into(),
    }
}

/// The rows of a file below its headings, and its formulas.
fn read(bytes: Vec<u8>) -> (Vec<Vec<Data>>, usize) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).expect("a sheet").used_cells().count();
    let rows = book.worksheet_range(&name).expect("a sheet");
    (rows.rows().map(<[Data]>::to_vec).collect(), formulas)
}

fn written(cells: &[Vec<Cell<'_>>], width: usize) -> (Vec<Vec<Data>>, usize) {
    let mut listing = Listing::begin(&head(), &columns(&vec!["багана"; width])).expect("begins");
    for row in cells {
        listing.row(row).expect("is written");
    }
    let (rows, formulas) = read(listing.finish(&["Бэлтгэсэн".into()]).expect("is finished"));
    (rows[6..6 + cells.len()].to_vec(), formulas)
}

#[test]
fn a_list_has_a_head_headings_totals_and_a_foot() {
    let mut listing = Listing::begin(&head(), &columns(&["Гэрээ", "Барьцаа, ₮"])).expect("begins");
    listing.row(&[Cell::Text("CT-2026-0001".into()), Cell::Money(Money::from_tugrug(1_250_000))]).expect("is written");
    listing.totals(&[Cell::Text("Нийт".into()), Cell::Money(Money::from_tugrug(1_250_000))]).expect("is written");
    let (rows, _) = read(listing.finish(&["Бэлтгэсэн:".into(), "Хянасан:".into()]).expect("is finished"));

    let text = |row: usize, at: usize| rows[row][at].to_string();
    assert_eq!([text(0, 0), text(1, 0)], ["Алтан Тауэр ХХК", "Гэрээ"]);
    assert_eq!([text(2, 0), text(3, 0)], ["Төлөв: Идэвхтэй", "2026.11.22 10:00, Б. Дулмаа"]);
    assert_eq!([text(5, 0), text(5, 1)], ["Гэрээ", "Барьцаа, ₮"]);
    assert_eq!(rows[6][1], Data::Float(1_250_000.0));
    assert_eq!([text(7, 0), text(9, 0), text(11, 0)], ["Нийт", "Бэлтгэсэн:", "Хянасан:"]);
}

#[test]
fn days_are_days_and_moments_are_moments() {
    let day = date(2024, 2, 29);
    let (rows, _) = written(&[vec![Cell::Day(day), Cell::Moment(day.at(14, 5, 9, 0)), Cell::Empty]], 3);
    let read = |data: &Data| match data {
        Data::DateTime(at) => at.to_ymd_hms_milli(),
        other => panic!("{other:?} is no day"),
    };
    assert_eq!(read(&rows[0][0]), (2024, 2, 29, 0, 0, 0, 0));
    assert_eq!(read(&rows[0][1]), (2024, 2, 29, 14, 5, 9, 0));
}

#[test]
fn no_text_becomes_a_formula_and_every_text_comes_back_as_it_was() {
    let payloads = payloads();
    let cells: Vec<Vec<Cell<'_>>> = payloads.iter().map(|text| vec![Cell::Text(text.as_str().into())]).collect();
    let (rows, formulas) = written(&cells, 1);

    assert_eq!(formulas, 0);
    for (row, payload) in rows.iter().zip(&payloads) {
        assert_eq!(row[0], Data::String(payload.clone()), "{payload:?}");
    }
    println!("{} payloads", payloads.len());
}

/// What makes spreadsheets calculate, fetch or run, plain, full-width, behind blanks, quotes and separators.
fn payloads() -> Vec<String> {
    let starts = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", ";=", ",=", "\"=", "'=", " ="];
    let commands = ["1+1", "HYPERLINK(\"http://example.mn\",\"энд\")", "cmd|' /C calc'!A0"];
    let mut payloads: Vec<String> =
        starts.iter().flat_map(|start| commands.iter().map(move |command| format!("{start}{command}"))).collect();
    payloads.extend(["_x003D_1+1", "=1\u{0}".trim_end_matches('\u{0}'), "<f>1+1</f>", "&#61;1+1"].map(str::to_owned));
    payloads
}

#[test]
fn text_that_no_cell_can_hold_is_cut() {
    let long = "ө".repeat(LONGEST + 5);
    let (rows, _) = written(&[vec![Cell::Text(long.into())]], 1);
    assert_eq!(rows[0][0].to_string().chars().count(), LONGEST);
}

#[test]
fn an_amount_that_no_number_can_hold_is_text() {
    let beyond = EXACT.checked_add(Money::from_mungo(1)).expect("fits");
    let (rows, _) = written(&[vec![Cell::Money(EXACT), Cell::Money(beyond)]], 2);
    assert_eq!(rows[0][0].to_string(), "9999999999999.99");
    assert_eq!(rows[0][1], Data::String("10000000000000.00".into()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The double nearest to an amount is written and read as the amount's own digits.
    #[test]
    fn no_mungo_is_lost_up_to_the_bound(mungo in -EXACT.mungo()..=EXACT.mungo()) {
        let digits = Money::from_mungo(mungo).to_decimal_string();
        let number: f64 = digits.parse().expect("digits");
        prop_assert_eq!(Money::parse_decimal(&number.to_string()).map(Money::mungo), Some(mungo));
    }
}

/// `cargo test -p sheets -- --ignored --nocapture a_hundred_thousand`: time and memory of a long list, by hand.
#[test]
#[ignore = "measured by hand"]
fn a_hundred_thousand_rows() {
    let before = std::time::Instant::now();
    let mut listing = Listing::begin(&head(), &columns(&["багана"; 8])).expect("begins");
    for n in 0..100_000i64 {
        let text = format!("Түрээслэгч {n} ХХК");
        let row = [
            Cell::Count(n),
            Cell::Text(text.as_str().into()),
            Cell::Text("=1+1".into()),
            Cell::Day(date(2026, 10, 1)),
            Cell::Day(date(2027, 10, 1)),
            Cell::Money(Money::from_mungo(n * 12_345)),
            Cell::Money(Money::from_mungo(n)),
            Cell::Empty,
        ];
        listing.row(&row).expect("is written");
    }
    let bytes = listing.finish(&[]).expect("is finished");
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
    println!("{} bytes in {:?}, {peak}", bytes.len(), before.elapsed());
}
