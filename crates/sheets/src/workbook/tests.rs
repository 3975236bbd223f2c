use std::fs;

use jiff::civil::date;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook as NewWorkbook};

use super::*;

fn shared(name: &str) -> Vec<u8> {
    fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

fn at(sheet: &Sheet, place: &str) -> Cell {
    let letters = place.trim_end_matches(|c: char| c.is_ascii_digit());
    let row = place[letters.len()..].parse().unwrap();
    sheet.cell(row, letters.parse().unwrap()).clone()
}

#[test]
fn a_packed_file_tells_dates_percents_and_merged_regions() {
    let book = Workbook::read("rent-roll.xlsx", &shared("rent-roll.xlsx")).unwrap();
    let names: Vec<_> = book.sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Алтан Тауэр", "Алтан Плаза", "Нэгтгэл"]);

    let tower = &book.sheets[0];
    assert_eq!(tower.last_row(), 87);
    assert_eq!(at(tower, "M6"), Cell::date(date(2025, 5, 2)));
    assert_eq!(at(tower, "L6"), Cell::text("2025.06.01"));
    assert_eq!(at(tower, "U8"), Cell { percent: true, ..Cell::number(Decimal::new(5, 3)) });
    assert_eq!(at(tower, "U14"), Cell::number(Decimal::new(5, 1)));
    assert_eq!(at(tower, "E4"), Cell { merged: Merged::Right, ..Cell::text("Талбай") });
    assert_eq!(at(tower, "A5"), Cell { merged: Merged::Down, ..Cell::text("№") });
    assert!(at(tower, "ZZ1").is_blank() && at(tower, "A4000").is_blank());
}

#[test]
fn an_old_file_is_read_too() {
    let book = Workbook::read("statement-tdb.xls", &shared("statement-tdb.xls")).unwrap();
    assert!(book.sheets[0].last_row() > 20);
}

#[test]
fn every_sample_file_opens() {
    for name in ["meter-readings-2026-10.xlsx", "statement-golomt.xlsx", "statement-khan.xlsx", "statement-khan-2.xlsx"]
    {
        assert!(Workbook::read(name, &shared(name)).is_ok_and(|book| book.sheets[0].last_row() > 20), "{name}");
    }
}

#[test]
fn csv_is_read_with_any_separator_and_encoding() {
    let rows = "Тоот;Үнэ;Нэр\n\n101;\"1,250,000\";\"Бат; \"\"Дорж\"\"\nхоёр мөр\"\n\n\n102;45,5;Сүх\n";
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(rows.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let files = [
        rows.as_bytes().to_vec(),
        format!("\u{feff}{rows}").into_bytes(),
        rows.replace('\n', "\r\n").into_bytes(),
        rows.replace(';', "\t").replace("Бат\t", "Бат;").into_bytes(),
        format!("sep=;\n{rows}").into_bytes(),
        utf16,
    ];
    for file in files {
        let book = Workbook::read("C:\\тооцоо\\Алтан Плаза.csv", &file).unwrap();
        let sheet = &book.sheets[0];
        assert_eq!(sheet.name, "Алтан Плаза");
        assert_eq!(at(sheet, "B1"), Cell::text("Үнэ"));
        assert_eq!(at(sheet, "B3"), Cell::text("1,250,000"));
        assert_eq!(at(sheet, "C3").shown(), "Бат; \"Дорж\" хоёр мөр");
        assert_eq!(at(sheet, "A6"), Cell::text("102"), "blank lines are counted");
    }
    let (old, _, _) = encoding_rs::WINDOWS_1251.encode("Тоот,Їнэ,Тєлєх єдєр\n101,2,5\n");
    let book = Workbook::read("a.csv", &old).unwrap();
    assert_eq!(at(&book.sheets[0], "B1"), Cell::text("Үнэ"));
    assert_eq!(at(&book.sheets[0], "C1"), Cell::text("Төлөх өдөр"));
}

#[test]
fn commas_in_amounts_do_not_pass_for_separators() {
    let rows = "Тоот;Дүн;Барьцаа\n101;1,250,000;2,500,000\n102;1,350,000;2,700,000\n103;950,000;0\n104;45,5;\n";
    let book = Workbook::read("a.csv", rows.as_bytes()).unwrap();
    assert_eq!(at(&book.sheets[0], "B2"), Cell::text("1,250,000"));
}

#[test]
fn only_a_percent_sign_that_multiplies_makes_a_percent() {
    let mut book = NewWorkbook::new();
    let sheet = book.add_worksheet();
    for (row, (format, _)) in PERCENT_FORMATS.iter().enumerate() {
        let row = u32::try_from(row).unwrap();
        sheet.write_number_with_format(row, 0, 0.005, &Format::new().set_num_format(*format)).unwrap();
    }
    let read = Workbook::read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    for (row, (format, percent)) in (1..).zip(PERCENT_FORMATS) {
        assert_eq!(read.sheets[0].cell(row, Column(0)).percent, percent, "{format}");
    }
}

const PERCENT_FORMATS: [(&str, bool); 8] = [
    ("0%", true),
    ("0.00%", true),
    ("0.0 %", true),
    ("[Red]0.0%;-0.0%", true),
    ("0.0\"%\"", false),
    ("0.0\\%", false),
    ("General", false),
    ("#,##0.00", false),
];

#[test]
fn a_far_corner_does_not_take_a_far_corners_room() {
    let cells = r#"<sheetData><row r="1"><c r="A1" t="str"><v>first</v></c></row>
        <row r="1048576"><c r="U1048576" t="str"><v>last</v></c></row></sheetData>"#;
    let read = Workbook::read("a.xlsx", &new_file(cells)).unwrap();
    assert_eq!(read.sheets[0].last_row(), 1_048_576);

    let merged = format!(r#"{cells}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#);
    assert_eq!(Workbook::read("a.xlsx", &new_file(&merged)), Err(Unreadable::TooMuchInside));

    let mut book = NewWorkbook::new();
    book.add_worksheet().write_string(0, 16_383, "far right").unwrap();
    assert_eq!(Workbook::read("a.xlsx", &book.save_to_buffer().unwrap()), Err(Unreadable::TooMuchInside));
}

#[test]
fn what_is_no_spreadsheet_is_refused_in_one_sentence() {
    let document = zipped(&[("word/document.xml", b"<w/>")]);
    let page = b"<html><table><tr><td>1</td></tr></table></html>";
    let picture = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0];
    for bytes in [document.as_slice(), page, &picture] {
        assert_eq!(Workbook::read("a.xlsx", bytes), Err(Unreadable::NotASheet));
    }
    assert_eq!(Workbook::read("a.xlsx", &vec![b' '; MAX_BYTES + 1]), Err(Unreadable::TooLarge));
    assert!(matches!(Workbook::read("a.xlsx", b"PK\x03\x04 and no more"), Err(Unreadable::Broken(_))));
    assert_eq!(Workbook::read("a.csv", b"").map(|book| book.sheets[0].last_row()), Ok(0));
    for refusal in [Unreadable::TooLarge, Unreadable::Locked, Unreadable::NotASheet, Unreadable::broken("x")] {
        assert!(!refusal.mn().is_empty() && !refusal.en().is_empty());
    }
}

#[test]
fn a_small_file_that_unpacks_to_a_giant_is_refused() {
    let giant = vec![b' '; usize::try_from(MAX_UNPACKED).unwrap() + 1];
    let bomb = zipped(&[("xl/worksheets/sheet1.xml", &giant)]);
    assert!(bomb.len() < MAX_BYTES);
    assert_eq!(Workbook::read("a.xlsx", &bomb), Err(Unreadable::TooMuchInside));
}

#[test]
fn a_file_that_announces_more_strings_than_memory_holds_is_refused() {
    let liar = br#"<sst uniqueCount = "999999999999"><si><t>a</t></si></sst>"#;
    let wide: Vec<u8> = liar.iter().flat_map(|b| [*b, 0]).collect();
    for strings in [liar.as_slice(), &wide] {
        let file = zipped(&[("_rels/.rels", b"<Relationships/>"), ("xl/SharedStrings.xml", strings)]);
        assert!(matches!(Workbook::read("a.xlsx", &file), Err(Unreadable::Broken(_))));
    }
}

#[test]
fn an_old_file_that_lies_about_its_size_is_read_for_what_it_holds() {
    let read = Workbook::read("a.xls", &old_file(&[(2, 3, 0), (4, 5, 1)], u32::MAX)).unwrap();
    let sheet = &read.sheets[0];
    assert_eq!((sheet.name.as_str(), at(sheet, "D3")), ("Тауэр", Cell::number(Decimal::new(5, 3))));
    assert_eq!(at(sheet, "F5"), Cell { percent: true, ..Cell::number(Decimal::new(5, 3)) });

    let corners = old_file(&[(0, 0, 0), (u16::MAX, u16::MAX, 0)], 1);
    assert_eq!(Workbook::read("a.xls", &corners), Err(Unreadable::TooMuchInside));
}

/// An old binary workbook with 0.005 in each of these cells (row, column, cell format); format 1 shows per cent.
fn old_file(cells: &[(u16, u16, u16)], claimed_rows: u32) -> Vec<u8> {
    use std::io::{Cursor, Write};

    fn record(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
        stream.extend(kind.to_le_bytes());
        stream.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        stream.extend(data);
    }
    let name = "Тауэр";
    let mut globals = Vec::new();
    record(&mut globals, 0x0809, &[0, 6, 5, 0]);
    record(&mut globals, 0x041E, &[&[164, 0, 4, 0, 0][..], b"0.0%"].concat());
    record(&mut globals, 0x00E0, &[0, 0, 0, 0]);
    record(&mut globals, 0x00E0, &[0, 0, 164, 0]);
    let mut boundsheet = vec![0, 0, 0, 0, 0, 0, u8::try_from(name.chars().count()).unwrap(), 1];
    boundsheet.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    let begin = u32::try_from(globals.len() + 4 + boundsheet.len() + 4).unwrap();
    boundsheet[..4].copy_from_slice(&begin.to_le_bytes());
    record(&mut globals, 0x0085, &boundsheet);
    record(&mut globals, 0x000A, &[]);
    let mut stream = globals;
    record(&mut stream, 0x0809, &[0, 6, 16, 0]);
    let claimed = [[0; 4], claimed_rows.to_le_bytes(), [0, 0, 255, 255], [0; 4]].concat();
    record(&mut stream, 0x0200, &claimed[..14]);
    for (row, column, format) in cells {
        let place = [row.to_le_bytes(), column.to_le_bytes(), format.to_le_bytes()].concat();
        record(&mut stream, 0x0203, &[place, 0.005f64.to_le_bytes().to_vec()].concat());
    }
    record(&mut stream, 0x000A, &[]);
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    container.into_inner().into_inner()
}

/// A workbook of one sheet with this content.
fn new_file(content: &str) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationships><Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/></Relationships>"#)
    };
    let sheets =
        format!(r#"<workbook xmlns:r="{office}"><sheets><sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>"#);
    zipped(&[
        ("_rels/.rels", link("w", "officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/_rels/workbook.xml.rels", link("s", "worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/workbook.xml", sheets.as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{content}</worksheet>").as_bytes()),
    ])
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::{Cursor, Write};

    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The file packed anew with other bytes at these places of its parts' text.
fn repacked(file: &[u8], spots: &[(usize, u8)]) -> Vec<u8> {
    use std::io::{Cursor, Read};

    let mut packed = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = Vec::new();
    for index in 0..packed.len() {
        let mut part = packed.by_index(index).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    for (nth, (place, byte)) in spots.iter().enumerate() {
        let count = parts.len();
        let text = &mut parts[nth % count].1;
        let place = place % text.len();
        text[place] = *byte;
    }
    zipped(&parts.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect::<Vec<_>>())
}

#[test]
fn a_column_is_written_with_letters() {
    for (place, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
        assert_eq!(Column(place).to_string(), letters);
        assert_eq!(letters.to_lowercase().parse(), Ok(Column(place)));
    }
    assert_eq!("С".parse(), Ok(Column(2)), "a Cyrillic С is column C");
    for none in ["", "1", "A1", "Б", "ZZZ", "AAAA", "-"] {
        assert_eq!(none.parse::<Column>(), Err(NotAColumn), "{none}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn rubbish_never_panics(head in 0usize..4, bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let heads: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE"];
        let _ = Workbook::read("a", &[heads[head], &bytes].concat());
    }

    #[test]
    fn damaged_files_never_panic(cut in 0usize..60_000, spots in proptest::collection::vec((0usize..60_000, any::<u8>()), 0..8)) {
        for name in ["rent-roll.xlsx", "statement-tdb.xls", "open-invoices.csv"] {
            let mut bytes = shared(name);
            for (place, byte) in &spots {
                let place = place % bytes.len();
                bytes[place] = *byte;
            }
            let _ = Workbook::read(name, &bytes);
            bytes.truncate(cut);
            let _ = Workbook::read(name, &bytes);
        }
    }

    #[test]
    fn damage_inside_the_parts_never_panics(spots in proptest::collection::vec((0usize..200_000, any::<u8>()), 1..20)) {
        let _ = Workbook::read("a.xlsx", &repacked(&shared("rent-roll.xlsx"), &spots));
    }

    #[test]
    fn damage_inside_the_records_never_panics(spots in proptest::collection::vec((0usize..400, any::<u8>()), 1..6)) {
        let mut bytes = old_file(&[(2, 3, 0), (4, 5, 1)], 5);
        // the stream lies in the container's own small sectors, somewhere after the header
        let start = bytes.windows(4).position(|w| w == [0x09, 0x08, 4, 0]).unwrap();
        for (place, byte) in spots {
            let place = start + place;
            if let Some(spot) = bytes.get_mut(place) {
                *spot = byte;
            }
        }
        let _ = Workbook::read("a.xls", &bytes);
    }
}
