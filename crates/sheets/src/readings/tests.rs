use std::fs;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

fn shared(name: &str) -> Vec<u8> {
    fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

fn key() -> Json {
    serde_json::from_slice(&shared("meter-readings-2026-10.key.json")).expect("the key is JSON")
}

fn read_csv(text: &str) -> Readings {
    let workbook = Workbook::read("Алтан Тауэр.csv", text.as_bytes()).unwrap();
    Readings::read(&workbook, &Mapping::default()).unwrap()
}

#[test]
fn every_row_of_the_sample_is_what_its_key_says() {
    let workbook = Workbook::read("readings.xlsx", &shared("meter-readings-2026-10.xlsx")).unwrap();
    let found = serde_json::to_value(Readings::read(&workbook, &Mapping::default()).unwrap()).unwrap();
    let key = key();

    assert_eq!(found["rows_count"], 125);
    assert_eq!(found["totals"], key["totals"]);
    let (found, expected) = (found["rows"].as_array().unwrap(), key["rows"].as_array().unwrap());
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&found[field], value, "{field} of {expected}");
        }
        let errors: Vec<&Json> = expected.get("error").into_iter().collect();
        assert_eq!(found["errors"].as_array().unwrap().iter().collect::<Vec<_>>(), errors, "{expected}");
    }
}

/// The names that other owners give the columns.
const NAMES: [(Field, [&str; 4]); 10] = [
    (Field::Serial, ["Тоолуурын №", "Тоолуурын дугаар", "Сериал дугаар", "Meter No"]),
    (Field::Kind, ["Төрөл", "Тоолуурын төрөл", "Үйлчилгээний төрөл", "Type"]),
    (Field::Room, ["Тоот", "Өрөөний дугаар", "Өрөө", "Room"]),
    (Field::Multiplier, ["Үржүүлэгч", "Коэффициент", "Үржих коэф.", "Multiplier"]),
    (Field::Digits, ["Орон", "Орны тоо", "Оронгийн тоо", "Digits"]),
    (Field::Previous, ["Өмнөх заалт", "Эхний заалт", "Өмнөх сарын заалт", "Previous"]),
    (Field::Current, ["Одоогийн заалт", "Эцсийн заалт", "Энэ сарын заалт", "Current reading"]),
    (Field::ReadOn, ["Уншсан огноо", "Заалт авсан огноо", "Огноо", "Read on"]),
    (Field::Reader, ["Уншсан", "Уншсан ажилтан", "Заалт авсан ажилтан", "Reader"]),
    (Field::Note, ["Тэмдэглэл", "Тайлбар", "Тайлбар", "Note"]),
];

const KINDS: [(&str, [&str; 3]); 3] = [
    ("electricity", ["Цахилгаан", "цахилгаан эрчим хүч", "ЦАХИЛГААН"]),
    ("cold_water", ["Хүйтэн ус", "хүйтэн  ус", "Цэвэр ус"]),
    ("heat", ["Дулаан", "Халаалт", "дулаан"]),
];

/// A number as people type it in a cell of text.
fn typed(number: &str, way: usize) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "000"));
    let grouped = |mark: &str| {
        let groups: Vec<&[u8]> = whole.as_bytes().rchunks(3).rev().collect();
        groups.into_iter().map(|g| std::str::from_utf8(g).unwrap()).collect::<Vec<_>>().join(mark)
    };
    match way {
        0 => format!("{whole}.{decimals}"),
        1 => format!("{whole},{decimals}"),
        2 => format!("{}.{decimals}", grouped(" ")),
        3 => format!("{},{decimals}", grouped("\u{a0}")),
        4 => format!("{}.{decimals}", grouped(",")),
        5 => format!("{},{decimals}", grouped(".")),
        _ => format!(" {whole},{decimals} "),
    }
}

fn as_day(iso: &str, way: usize) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    match way % 3 {
        0 => iso.to_owned(),
        1 => parts.join("."),
        _ => format!("{}/{}/{}", parts[2], parts[1], parts[0]),
    }
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The sample's own rows in other columns, words and spellings, with other lines above and below, are read the same.
    #[test]
    fn other_layouts_are_read_alike(
        order in Just((0..10usize).collect::<Vec<_>>()).prop_shuffle(), words in proptest::collection::vec(0usize..4, 10),
        way in 0usize..7, above in 0usize..4, extra: bool, spelling in 0usize..3,
    ) {
        let key = key();
        let rows: Vec<&Json> =
            key["rows"].as_array().unwrap().iter().filter(|row| row["sheet"] == "Алтан Тауэр").collect();
        let mut text = String::new();
        for line in 0..above {
            text.push_str(["Алтан Тауэр ХХК\n", "\n", "Тоолуурын заалтын бүртгэл 2026 оны 10-р сар\n"][line % 3]);
        }
        let head = order.iter().map(|at| NAMES[*at].1[words[*at]]);
        text.push_str(&head.map(quoted).collect::<Vec<_>>().join(","));
        text.push_str(if extra { ",Зөрүү,Нийт хэрэглээ\n" } else { "\n" });
        for (place, row) in rows.iter().enumerate() {
            let way = way + place;
            let number = |field: &str| row[field].as_str().map(|n| typed(n, way % 7)).unwrap_or_default();
            let status = row["status"].as_str().unwrap();
            let cell = |field: Field| match field {
                Field::Serial => row["serial"].as_str().unwrap().to_owned(),
                Field::Kind => {
                    let kind = KINDS.iter().find(|(kind, _)| row["kind"] == *kind).unwrap();
                    kind.1[spelling].to_owned()
                }
                Field::Room => row["room"].as_str().unwrap_or(["Нийтийн", "нийтийн эзэмшил", "Ерөнхий"][spelling]).to_owned(),
                Field::Multiplier => row["multiplier"].to_string(),
                Field::Digits => row["digits"].to_string(),
                Field::Previous => number("previous"),
                Field::Current => number("current"),
                Field::ReadOn => row["read_on"].as_str().map(|day| as_day(day, way)).unwrap_or_default(),
                Field::Reader => row["reader"].as_str().unwrap().to_owned(),
                Field::Note | Field::Building => match status {
                    "replaced_old" => ["Солигдсон, эцсийн заалт", "Хуучин тоолуур", "солигдсон"][spelling].to_owned(),
                    "replaced_new" => ["Шинэ тоолуур, 10/12-нд солив", "шинээр тавьсан", "10.12-нд солив"][spelling].to_owned(),
                    "rolled_over" => ["Тоолуур эргэсэн", "тоолуур эргэж тэглэв", "эргэлт хийсэн"][spelling].to_owned(),
                    _ => String::new(),
                },
            };
            text.push_str(&order.iter().map(|at| quoted(&cell(NAMES[*at].0))).collect::<Vec<_>>().join(","));
            text.push_str(if extra { ",1,2\n" } else { "\n" });
        }
        text.push_str("\n\"Бэлтгэсэн: нягтлан бодогч\"\n");
        let found = serde_json::to_value(read_csv(&text)).unwrap();
        let found = found["rows"].as_array().unwrap();
        prop_assert_eq!(found.len(), rows.len());
        for (found, expected) in found.iter().zip(rows) {
            for field in ["room", "kind", "serial", "multiplier", "digits", "previous", "current", "read_on", "status",
                          "difference", "consumption"] {
                prop_assert_eq!(&found[field], &expected[field], "{} of {}\n{}", field, expected, text.lines().nth(above).unwrap());
            }
            prop_assert_eq!(&found["error"]["kind"], expected.get("error").map_or(&Json::Null, |error| &error["kind"]));
        }
    }
}

#[test]
fn what_is_wrong_is_named_with_its_cell() {
    let found = read_csv(
        "Тоолуурын №,Төрөл,Тоот,Үржүүлэгч,Орон,Өмнөх заалт,Одоогийн заалт,Уншсан огноо\n\
         1,Цахилгаан,101,1,6,100,хх,2026-10-30\n\
         2,Цахилгаан,102,1,6,,200,2026-10-30\n\
         3,Уур,103,1,6,100,200,2026-10-30\n\
         1,Цахилгаан,104,1,6,100,200,2026-10-30\n\
         5,Цахилгаан,105,1,3,100,2000,2026-10-30\n\
         6,Цахилгаан,106,1,6,100,200,2026-13-30\n\
         ,Цахилгаан,107,1,6,100,200,2026-10-30\n\
         8,Цахилгаан,108,1,6,100,-200,2026-10-30\n\
         9,Цахилгаан,109,-1,6,100,200,2026-10-30\n\
         НИЙТ ДҮН,,,,,900,1800,\n",
    );
    let errors: Vec<_> = found
        .rows
        .iter()
        .flat_map(|row| &row.errors)
        .map(|error| (error.row, error.kind, error.field, error.column.map(|column| column.to_string())))
        .collect();
    let at = |column: &str| Some(column.to_owned());
    assert_eq!(
        errors,
        [
            (2, Kind::NumberBad, "current", at("G")),
            (3, Kind::MissingReading, "previous", at("F")),
            (4, Kind::MeterKindBad, "kind", at("B")),
            (5, Kind::DuplicateSerial, "serial", None),
            (6, Kind::NumberBad, "current", at("G")),
            (7, Kind::DateBad, "read_on", at("H")),
            (8, Kind::SerialMissing, "serial", at("A")),
            (9, Kind::NumberBad, "current", at("G")),
            (10, Kind::NumberBad, "multiplier", at("D")),
        ]
    );
    assert_eq!(found.totals, []);
    for error in found.rows.iter().flat_map(|row| &row.errors) {
        assert!(error.mn().contains("-р мөр") && error.en().contains("row "), "{error:?}");
    }
}

#[test]
fn a_sheet_without_readings_says_what_it_lacks() {
    let workbook = Workbook::read("x.csv", b"\xd0\xa2\xd0\xbe\xd0\xbe\xd1\x82,x\n1,2\n").unwrap();
    let none = Readings::read(&workbook, &Mapping::default()).unwrap_err();
    assert_eq!(
        json!(none.missing.iter().map(|field| field.as_str()).collect::<Vec<_>>()),
        json!(["serial", "previous", "current"])
    );
}
