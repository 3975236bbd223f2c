mod chance;
mod layouts;
mod speed;

use std::fs;

use jiff::civil::date;
use serde_json::{Value, json};

use super::*;

fn shared(name: &str) -> Vec<u8> {
    fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

/// Every difference between two answers, as paths.
fn differences(path: &str, ours: &Value, key: &Value, found: &mut Vec<String>) {
    match (ours, key) {
        (Value::Object(one), Value::Object(other)) => {
            for name in one.keys().chain(other.keys().filter(|name| !one.contains_key(*name))) {
                let at = |object: &serde_json::Map<String, Value>| object.get(name).cloned().unwrap_or(json!("absent"));
                differences(&format!("{path}.{name}"), &at(one), &at(other), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                differences(&format!("{path}[{place}]"), one, other, found);
            }
        }
        _ if ours == key => (),
        _ => found.push(format!("{path}: ours {ours}, key {key}")),
    }
}

fn key() -> Value {
    let mut key: Value = serde_json::from_slice(&shared("rent-roll.key.json")).unwrap();
    for about_the_key in ["file", "money", "invoices"] {
        key.as_object_mut().unwrap().remove(about_the_key);
    }
    key
}

fn sample() -> RentRoll {
    let workbook = Workbook::read("rent-roll.xlsx", &shared("rent-roll.xlsx")).unwrap();
    RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1))).unwrap()
}

#[test]
fn the_sample_is_read_exactly_as_its_answer_key() {
    let ours = serde_json::to_value(sample()).unwrap();
    let mut found = Vec::new();
    differences("", &ours, &key(), &mut found);
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

/// A sheet with the usual columns; lines and cells as in CSV.
fn roll_of(rows: &str) -> RentRoll {
    let header = "Давхар;Тоот;Зориулалт;Талбай (м²);Нэр;Регистр;ТТД;Утас;И-мэйл;Гэрээний №;Эхлэх;Дуусах;1 м² үнэ;Тогтмол түрээс;\
                  НӨАТ;Менежмент;Барьцаа төлөх;Барьцаа төлсөн;Төлөх өдөр;Алданги;Эхний үлдэгдэл;Тэмдэглэл\n";
    let workbook = Workbook::read("Алтан Плаза.csv", format!("sep=;\n{header}{rows}").as_bytes()).unwrap();
    RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1))).unwrap()
}

/// Row, column, kind and the other row of every error.
fn errors(roll: &RentRoll) -> Vec<(u32, String, Kind, Option<u32>)> {
    let column = |problem: &Problem| problem.column.map(|column| column.to_string()).unwrap_or_default();
    roll.errors().map(|problem| (problem.row, column(problem), problem.kind, problem.other_row)).collect()
}

#[test]
fn a_room_is_let_to_one_tenant_at_a_time() {
    let roll = roll_of(
        "1;101;;20;Бат;УБ91010112;;;;A-1;2026-01-01;2026-06-30;;100;;;;;;;;\n\
         1;101;;20;Сүх;УБ91010112;;;;A-2;2026-07-01;;;100;;;;;;;;\n\
         1;101;;20;Дорж;УБ91010112;;;;A-3;2026-06-30;2026-06-30;;100;;;;;;;;\n\
         1;101;;20;;;;;;;;;;100;;;;;;;;\n",
    );
    assert_eq!(errors(&roll), [(4, "K".into(), Kind::Overlap, Some(2))]);
    assert_eq!(
        roll.rows[2].errors[0].mn(),
        "Алтан Плаза, 4-р мөр, K багана: энэ өрөөг энэ хугацаанд 2-р мөрийн гэрээгээр түрээслүүлсэн байна"
    );
    assert_eq!(
        roll.rows[2].errors[0].en(),
        "Алтан Плаза, row 4, column K: the room is let at that time by the contract in row 2"
    );
    assert_eq!(roll.counts.vacant, 1);
}

#[test]
fn one_contract_may_be_over_several_rooms_of_one_tenant() {
    let roll = roll_of(
        "1;101;;20;“Гэгээн” ХХК;5118320;;;;A-1;2026-01-01;2026-12-31;;100;Нэмэгдэнэ;10;;;;;;\n\
         1;102;;20;Гэгээн ХХК;;;;;А-1;2026-01-01;2026-12-31;;;Нэмэгдэнэ;10;;;;;;\n\
         1;103;;20;Гэгээн ХХК;5118320;;;;A-1;2026-01-01;2027-12-31;;100;;;;;;;;\n\
         1;104;;20;Өөр ХХК;5118321;;;;A-1;2026-01-01;2026-12-31;;100;;;;;;;;\n\
         1;105;;20;Бат;;;;;A-5;2026-01-01;;;;;;;;;;;\n",
    );
    assert_eq!(
        errors(&roll),
        [
            (4, "L".into(), Kind::ContractDatesDiffer, Some(2)),
            (5, "J".into(), Kind::DuplicateContract, Some(2)),
            (6, "M".into(), Kind::PriceMissing, None),
        ]
    );
    let contracts = roll.contracts();
    assert_eq!((contracts.len(), contracts[0].rows.len(), contracts[0].is_whole), (1, 2, false));
    // the second room's rent is in the first one's
    assert_eq!(roll.rows[0].monthly_total, Some(Money::from_tugrug(121)));
    assert_eq!(roll.rows[1].monthly_total, Some(Money::from_tugrug(11)));
}

#[test]
fn each_wrong_cell_is_named() {
    let roll = roll_of(
        "9;101;;олон;Бат;УБ91013312;12;9911;бат@;A-1;2026-02-30;2026.13.01;;үнэгүй;мэдэхгүй;-5;1,2,3;x;40;0.6%;их;\n\
         ;;;20;Сүх;УБ91010112;;;;;;;45000;;;;;;;1%;;\n\
         1;103;;;Дорж;;;;;A-3;2026-01-01;;100;5000;;;;;;;;\n",
    );
    let row_2 = [
        ("F", Kind::RegisterBad),
        ("D", Kind::AreaBad),
        ("K", Kind::DateBad),
        ("L", Kind::DateBad),
        ("O", Kind::VatBad),
        ("S", Kind::PaymentDayBad),
        ("N", Kind::MoneyBad),
        ("P", Kind::MoneyBad),
        ("Q", Kind::MoneyBad),
        ("R", Kind::MoneyBad),
        ("U", Kind::MoneyBad),
        ("T", Kind::PenaltyTooHigh),
    ];
    let row_3 = [
        ("B", Kind::UnitMissing),
        ("J", Kind::ContractMissing),
        ("K", Kind::StartMissing),
        ("T", Kind::PenaltyTooHigh),
    ];
    let row_4 = [("N", Kind::TwoPrices), ("D", Kind::AreaMissing)];
    let expected = [(2, &row_2[..]), (3, &row_3), (4, &row_4)].into_iter();
    let expected = expected.flat_map(|(row, cells)| cells.iter().map(move |(column, kind)| (row, *column, *kind)));
    let found = errors(&roll);
    assert_eq!(
        found.iter().map(|(row, column, kind, _)| (*row, column.as_str(), *kind)).collect::<Vec<_>>(),
        expected.collect::<Vec<_>>()
    );

    let remarks: Vec<_> = roll.rows[0].remarks.iter().map(|remark| remark.kind).collect();
    assert_eq!(remarks, [Kind::TinBad, Kind::PhoneBad, Kind::EmailBad]);
    assert!(roll.rows.iter().all(|row| row.monthly_total.is_none() || row.row == 3));
    for problem in roll.rows.iter().flat_map(|row| row.errors.iter().chain(&row.remarks)) {
        assert!(problem.mn().starts_with("Алтан Плаза, ") && problem.en().contains("row"), "{problem:?}");
    }
}

#[test]
fn a_rent_that_is_only_worked_out_beside_its_price_is_no_second_price() {
    let roll = roll_of(
        "1;101;;20.5;Бат;;;;;A-1;2026-01-01;;45000;922,500;;;;;;;;\n\
         1;102;;20.5;Сүх;;;;;A-2;2026-01-01;;45000.33;922,507;;;;;;;;\n\
         1;103;;20.5;Дорж;;;;;A-3;2026-01-01;;0;900,000;;;;;;;;\n\
         1;104;;20.5;Цэцэг;;;;;A-4;2026-01-01;;45000;0;Чөлөөлөгдсөн;;;;;;;\n",
    );
    assert_eq!(errors(&roll), []);
    let flat: Vec<_> = roll.rows.iter().map(|row| row.values.flat_rent).collect();
    assert_eq!(flat, [None, None, Some(Money::from_tugrug(900_000)), None]);
    assert_eq!(roll.rows[3].monthly_total, Some(Money::from_tugrug(922_500)));
}

#[test]
fn a_floor_that_is_written_once_holds_for_the_rows_below() {
    let roll = roll_of(
        "B1;1;;20;;;;;;;;;;1;;;;;;;;\n;2;;20;;;;;;;;;;1;;;;;;;;\n\n2;3;;20;;;;;;;;;;1;;;;;;;;\nx;4;;20;;;;;;;;;;1;;;;;;;;\n",
    );
    let floors: Vec<_> = roll.rows.iter().map(|row| row.values.floor.map(|floor| floor.to_string())).collect();
    assert_eq!(floors, [Some("B1".into()), Some("B1".into()), Some("2".into()), None]);
    assert_eq!(roll.rows[3].remarks[0].kind, Kind::FloorBad);
    assert_eq!(roll.rows[3].status, Status::Vacant);
}

#[test]
fn cells_merged_over_rows_say_the_same_for_each_but_owe_only_once() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let plain = rust_xlsxwriter::Format::new();
    let sheet = book.add_worksheet().set_name("Алтан Тауэр").unwrap();
    let header = ["Тоот", "Талбай", "Түрээслэгч", "Гэрээ", "Эхлэх", "Дуусах", "1 м² үнэ", "Барьцаа төлөх", "Үлдэгдэл"];
    for (column, words) in (0..).zip(header) {
        sheet.write_string(0, column, words).unwrap();
    }
    // one contract over two rooms: what it says is merged over both
    for (column, text) in
        [(2, "Бат"), (3, "A-1"), (4, "2026.01.01"), (5, "Хугацаагүй"), (6, "45000"), (7, "900000"), (8, "5000")]
    {
        sheet.merge_range(1, column, 2, column, text, &plain).unwrap();
    }
    // one room with two tenants, one after the other: the room is merged over both
    sheet.merge_range(3, 0, 4, 0, "103", &plain).unwrap();
    sheet.merge_range(3, 1, 4, 1, "30", &plain).unwrap();
    let rows = [
        (1, vec![(0, "101"), (1, "10")]),
        (2, vec![(0, "102"), (1, "20")]),
        (3, vec![(2, "Сүх"), (3, "A-2"), (4, "2026.01.01"), (5, "2026.05.31"), (6, "45000")]),
        (4, vec![(2, "Дорж"), (3, "A-3"), (4, "2026.06.01"), (6, "46000")]),
    ];
    for (row, cells) in rows {
        for (column, text) in cells {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    let workbook = Workbook::read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let roll = RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1))).unwrap();

    assert_eq!(errors(&roll), []);
    let said: Vec<_> = roll
        .rows
        .iter()
        .map(|row| (row.values.contract.as_deref(), row.values.deposit_due, row.monthly_total))
        .collect();
    let tugrug = |amount| Some(Money::from_tugrug(amount));
    assert_eq!(
        said,
        [
            (Some("A-1"), tugrug(900_000), tugrug(450_000)),
            (Some("A-1"), None, tugrug(900_000)),
            (Some("A-2"), None, tugrug(1_350_000)),
            (Some("A-3"), None, tugrug(1_380_000)),
        ]
    );
    assert_eq!(roll.sheets[0].totals.area_m2, Some(Decimal::from(60)));
    assert_eq!((roll.counts.rooms, roll.counts.valid_contracts), (3, 3));
}

#[test]
fn sheets_that_are_something_else_are_told_apart() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let header = ["Тоот", "Түрээслэгч", "Гэрээ", "Эхлэх", "Тогтмол түрээс"];
    for (name, cells, hidden) in [
        ("Алтан Плаза", &header[..], false),
        ("Хуучин", &header, true),
        ("Архив", &header, false),
        ("Утас", &["Тоот", "Түрээслэгч", "Утас"], false),
        ("Хоосон", &[], false),
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap().set_hidden(hidden);
        for (column, words) in (0..).zip(cells) {
            sheet.write_string(0, column, *words).unwrap();
        }
        sheet.write_string(1, 0, "101").unwrap();
    }
    let workbook = Workbook::read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let mut reading = Reading::on(date(2026, 10, 1));
    reading.leave_out.insert("Архив".into());
    let roll = RentRoll::read(&workbook, &reading).unwrap();

    assert_eq!(roll.sheets.iter().map(|sheet| sheet.sheet.as_str()).collect::<Vec<_>>(), ["Алтан Плаза"]);
    let others: Vec<_> = roll.other_sheets.iter().map(|other| (other.sheet.as_str(), &other.why)).collect();
    assert!(matches!(
        others[..],
        [
            ("Хуучин", NotRead::Hidden),
            ("Архив", NotRead::LeftOut),
            ("Утас", NotRead::NoRentRoll { heading: Some(_), .. }),
            ("Хоосон", NotRead::NoRentRoll { .. }),
        ]
    ));

    reading.leave_out.insert("Алтан Плаза".into());
    let refused = RentRoll::read(&workbook, &reading).unwrap_err();
    assert_eq!(
        refused.mn(),
        "Файлаас түрээсийн бүртгэл олдсонгүй. Олдоогүй багана: «Утас» – «1 м² үнэ», «Тогтмол түрээс», «Гэрээний №», «Эхлэх огноо»."
    );
    assert!(refused.en().starts_with("There is no rent roll in the file. Columns not found: «Утас»"));
}

#[test]
fn a_total_line_that_does_not_add_up_is_seen() {
    assert!(sample().sheets.iter().all(Building::totals_agree));
    let roll = roll_of("1;101;;20;;;;;;;;;;100;;;;;;;;\n;НИЙТ;;30;;;;;;;;;;;;;;;;;;\n");
    assert_eq!(roll.sheets[0].total_row, Some(3));
    assert!(!roll.sheets[0].totals_agree());
}

mod never_panics {
    use proptest::prelude::*;

    use super::*;
    use crate::values::{dates, floors, money};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_stands_in_the_cells(cells in proptest::collection::vec("[-0-9 .,/%()₮а-яөүА-Я№\"';\n]{0,12}|\\PC{0,6}", 0..120)) {
            let rows: Vec<String> = cells.chunks(22).map(|row| row.join(";")).collect();
            let roll = roll_of(&rows.join("\n"));
            prop_assert_eq!(roll.counts, roll.summary());
        }

        #[test]
        fn whatever_a_value_is(text in "\\PC{0,24}|[-0-9 .,/'()₮оныcap]{0,24}") {
            let _ = (money::parse(&text), dates::parse(&text), floors::parse(&text));
        }
    }
}
