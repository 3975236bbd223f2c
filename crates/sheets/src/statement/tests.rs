//! The files of the three banks line by line against their key, and what other exports look like.

use domain::bank::Bank;
use serde_json::Value;

use super::*;
use crate::workbook::Column;

const KHAN: &str = "statement-khan.xlsx";
const KHAN_2: &str = "statement-khan-2.xlsx";
const GOLOMT: &str = "statement-golomt.xlsx";
const TDB: &str = "statement-tdb.xls";

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"))).expect("the sample is there")
}

fn read(name: &str) -> Statement {
    Statement::read(name, &bytes(name), &Mapping::default()).expect("a statement")
}

fn key() -> Value {
    serde_json::from_slice(&bytes("statements.key.json")).expect("JSON")
}

fn mungo(value: &Value) -> Money {
    Money::from_mungo(value.as_str().expect("a string").parse().expect("mungo"))
}

#[test]
fn every_line_of_the_four_files_is_read_as_its_key_says() {
    let key = key();
    let mut compared = 0;
    for (name, of, layout) in [
        (KHAN, "khan", Layout::Khan),
        (KHAN_2, "khan-2", Layout::Khan),
        (GOLOMT, "golomt", Layout::Golomt),
        (TDB, "tdb", Layout::TdbDeposit),
    ] {
        let statement = read(name);
        assert_eq!(statement.layout, layout, "{name}");
        assert_eq!(statement.problems, [], "{name}");
        statement.verify().unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        let said = &key["files"][name];
        assert_eq!(statement.account.as_deref(), said["account"].as_str(), "{name}");
        assert!(statement.is_of(layout.bank().expect("a bank's"), said["account"].as_str().expect("a number")));
        assert_eq!(statement.currency.as_deref(), Some("MNT"), "{name}");
        assert_eq!(statement.lines.len(), usize::try_from(said["lines"].as_u64().expect("a count")).expect("fits"));
        let sums = statement.sums().expect("they fit");
        assert_eq!((sums.into, sums.out), (mungo(&said["in"]), mungo(&said["out"])), "{name}");
        assert_eq!((statement.stated_in, statement.stated_out), (Some(sums.into), Some(sums.out)), "{name}");
        assert_eq!(statement.opening, Some(mungo(&said["opening"])), "{name}");
        assert_eq!(statement.closing, Some(mungo(&said["closing"])), "{name}");
        assert!(statement.period.is_some() && statement.rows_outside().is_empty(), "{name}: {:?}", statement.period);

        for expected in key["lines"].as_array().expect("lines") {
            let Some(row) = expected["rows"][of].as_u64() else { continue };
            let line = statement.lines.iter().find(|line| u64::from(line.row) == row);
            let line = line.unwrap_or_else(|| panic!("{name}: row {row} is missing"));
            let text = |field: &str| expected[field].as_str().map(str::to_owned);
            assert_eq!(Some(line.at.to_string()), text("booked_at"), "{name} row {row}");
            assert_eq!(line.amount, mungo(&expected["amount"]), "{name} row {row}");
            let balance = expected["balance_after"].as_str().map(|_| mungo(&expected["balance_after"]));
            assert_eq!(line.balance_after, balance, "{name} row {row}");
            assert_eq!(Some(line.text.clone()), text("text"), "{name} row {row}");
            assert_eq!(line.counter_account, text("counter_account"), "{name} row {row}");
            assert_eq!(line.counter_name, text("counter_name"), "{name} row {row}");
            compared += 1;
        }
    }
    println!("R19: {compared} lines of 4 files read as their key says");
    assert_eq!(compared, 125 + 35 + 125 + 135);
}

#[test]
fn seconds_that_a_file_leaves_out_are_not_made_up() {
    let statement = read(GOLOMT);
    let minutes = statement.lines.iter().filter(|line| line.precision == Precision::Minute).count();
    assert!(minutes > 0);
    assert!(read(KHAN).lines.iter().all(|line| line.precision == Precision::Second));
    assert!(read(TDB).lines.iter().all(|line| line.precision == Precision::Second));
}

#[test]
fn another_accounts_file_is_known_as_such() {
    let khan = read(KHAN);
    assert!(khan.is_of(Bank::Khan, "5000123456"));
    assert!(!khan.is_of(Bank::Khan, "5000123457"));
    assert!(!khan.is_of(Bank::Golomt, "5000123456"));
}

/// A Khan export as a program might write it: text, the header as it is told.
fn khan(header: &str, rows: &[&str], foot: &str) -> Vec<u8> {
    let mut csv = String::from("Депозит дансны дэлгэрэнгүй хуулга\nДансны дугаар: 5000123456\nВалютын төрөл: MNT\n");
    csv.push_str(header);
    csv.push('\n');
    for row in rows {
        csv.push_str(row);
        csv.push('\n');
    }
    csv.push_str(foot);
    csv.into_bytes()
}

const COMPANY: &str =
    "Гүйлгээний огноо;Салбар;Эхний үлдэгдэл;Дебит гүйлгээ;Кредит гүйлгээ;Эцсийн үлдэгдэл;Гүйлгээний утга;Харьцсан данс";
const PERSON: &str =
    "Гүйлгээний огноо;Салбар;Эхний үлдэгдэл;Кредит;Дебит;Эцсийн үлдэгдэл;Гүйлгээний утга;Харьцсан данс";

fn of(bytes: &[u8]) -> Result<Statement, Refusal> {
    Statement::read("хуулга.csv", bytes, &Mapping::default())
}

#[test]
fn a_persons_export_has_its_amounts_the_other_way_round() {
    let company = khan(
        COMPANY,
        &[
            "2026-10-02 17:18:17;5000;1000000.00;0.00;300000.00;1300000.00;101204 түрээс;5055000111",
            "2026-10-02 17:20:01;5000;1300000.00;-200.00;0.00;1299800.00;Гүйлгээний шимтгэл;",
        ],
        "Нийт дүн:;;;-200.00;300000.00;;;",
    );
    let person = khan(
        PERSON,
        &[
            "2026-10-02 17:18:17;5000;1000000.00;300000.00;0.00;1300000.00;101204 түрээс;5055000111",
            "2026-10-02 17:20:01;5000;1300000.00;0.00;200.00;1299800.00;Гүйлгээний шимтгэл;",
        ],
        "Нийт дүн:;;;300000.00;200.00;;;",
    );
    let (company, person) = (of(&company).expect("a statement"), of(&person).expect("a statement"));
    assert_eq!((company.layout, person.layout), (Layout::Khan, Layout::Khan));
    assert_eq!(company.lines, person.lines);
    assert_eq!(company.lines[1].amount, Money::from_tugrug(-200));
    company.verify().expect("it adds up");
    person.verify().expect("it adds up");
}

#[test]
fn broken_totals_and_balances_are_named() {
    let rows = [
        "2026-10-02 17:18:17;5000;1000000.00;0.00;300000.00;1300000.00;101204 түрээс;5055000111",
        "2026-10-02 17:20:01;5000;1300000.00;-200.00;0.00;1299800.00;Гүйлгээний шимтгэл;",
    ];
    let wrong = |rows: &[&str], foot: &str| of(&khan(COMPANY, rows, foot)).and_then(|read| read.verify());
    let stated = |tugrug| Money::from_tugrug(tugrug);
    assert_eq!(
        wrong(&rows, "Нийт дүн:;;;-200.00;300001.00;;;"),
        Err(Refusal::TotalIn { stated: stated(300_001), sum: stated(300_000) })
    );
    assert_eq!(
        wrong(&rows, "Нийт дүн:;;;-300.00;300000.00;;;"),
        Err(Refusal::TotalOut { stated: stated(-300), sum: stated(-200) })
    );
    assert_eq!(wrong(&[rows[0], &rows[1].replace("1299800", "1299700")], ""), Err(Refusal::Chain { row: 6 }));
    assert_eq!(wrong(&rows, ""), Ok(()));
    assert_eq!(wrong(&[], "Нийт дүн:;;;0.00;0.00;;;"), Ok(()), "nothing moved");
    let english = Refusal::TotalIn { stated: stated(300_001), sum: stated(300_000) }.en();
    assert_eq!(
        english,
        "The file says 300\u{a0}001\u{a0}₮ came in, its lines come to 300\u{a0}000\u{a0}₮: something is missing or was changed."
    );
}

#[test]
fn rows_of_one_second_stand_in_any_order() {
    let rows = [
        "2026-10-02 17:18:17;5000;900.00;0.00;50.00;950.00;в;",
        "2026-10-02 17:18:17;5000;1000.00;-200.00;0.00;800.00;а;",
        "2026-10-02 17:18:17;5000;800.00;0.00;100.00;900.00;б;",
        "2026-10-02 17:18:18;5000;950.00;-50.00;0.00;900.00;г;",
    ];
    let statement = of(&khan(COMPANY, &rows, "Нийт дүн:;;;-250.00;150.00;;;")).expect("a statement");
    assert_eq!((statement.opening, statement.closing), (Some(Money::from_tugrug(1000)), Some(Money::from_tugrug(900))));
    statement.verify().expect("each balance follows");
}

#[test]
fn what_is_no_statement_is_refused_with_what_to_do() {
    assert_eq!(of(b"%PDF-1.7 ...").err(), Some(Refusal::Pdf));
    assert_eq!(of(b"<html><table><tr><td>1").err(), Some(Refusal::Page));
    assert_eq!(of("Зээлийн дансны хуулга\nОгноо;Дүн\n".as_bytes()).err(), Some(Refusal::LoanStatement));
    let missing = vec![Field::Date, Field::In, Field::Out];
    assert_eq!(of("нэг;хоёр\n1;2\n".as_bytes()).err(), Some(Refusal::NotAStatement { missing }));
    let roll = bytes("rent-roll.xlsx");
    assert!(matches!(of(&roll).err(), Some(Refusal::NotAStatement { .. })));
}

#[test]
fn any_other_table_is_read_by_its_words() {
    let table = "Манай банк\nДанс: 1234567890\n\nОгноо;Цаг;Тайлбар;Орлого;Зарлага;Үлдэгдэл;Харилцагчийн нэр\n\
                 2026.10.02;09:14:33;түрээс 305;1 250 000,50;;1 250 000,50;Б. Номин\n\
                 02.10.2026;10:00;шимтгэл;;200,00;1 249 800,50;\nНийт;;;1 250 000,50;200,00;;\n";
    // windows-1251 has no ө and ү: fonts drew them in the places of є and ї
    let drawn = table.replace('ү', "ї").replace('ө', "є").replace('Ү', "Ї").replace('Ө', "Є");
    let (cyrillic, _, is_lossy) = encoding_rs::WINDOWS_1251.encode(&drawn);
    assert!(!is_lossy);
    for bytes in [table.as_bytes(), &cyrillic] {
        let statement = of(bytes).expect("a table");
        assert_eq!(statement.layout, Layout::Table);
        assert_eq!(statement.problems, []);
        assert_eq!(statement.lines[0].at.to_string(), "2026-10-02T09:14:33");
        assert_eq!(statement.lines[0].amount, Money::from_mungo(125_000_050));
        assert_eq!(
            (statement.lines[0].text.as_str(), statement.lines[1].amount),
            ("түрээс 305", Money::from_tugrug(-200))
        );
        assert_eq!(statement.lines[0].counter_name.as_deref(), Some("Б. Номин"));
        assert_eq!(statement.lines[1].precision, Precision::Minute);
        statement.verify().expect("it adds up");
    }
}

#[test]
fn one_column_of_amounts_goes_by_its_sign_or_its_direction() {
    let signed = of(b"Date,Description,Amount\n2026-10-02,rent,100.00\n2026-10-03,fee,-1.50\n").expect("a table");
    let amounts: Vec<i64> = signed.lines.iter().map(|line| line.amount.mungo()).collect();
    assert_eq!(amounts, [10_000, -150]);
    assert!(signed.lines.iter().all(|line| line.precision == Precision::Day));

    let told =
        of("Огноо,Утга,Дүн,Төрөл\n2026-10-02,а,100.00,Орлого\n2026-10-03,б,1.50,ЗАРЛАГА\n2026-10-03,в,1.50,?\n"
            .as_bytes())
        .expect("a table");
    let amounts: Vec<i64> = told.lines.iter().map(|line| line.amount.mungo()).collect();
    assert_eq!(amounts, [10_000, -150]);
    assert_eq!(told.problems[0].to_string(), "хуулга, row 4, column D: “?” says neither in nor out");
}

#[test]
fn a_row_that_cannot_be_read_is_told_and_not_dropped() {
    let rows = [
        "2026-10-02 17:18:17;5000;;0.00;300000.00;1300000.00;а;",
        "2026-10-32 17:18:17;5000;;0.00;300000.00;1300000.00;а;",
        "2026-10-02 17:18:17;5000;;0.00;0.00;1300000.00;а;",
        "2026-10-02 17:18:17;5000;;-5.00;7.00;1300000.00;а;",
        "2026-10-02 17:18:17;5000;;хоёр;0;1300000.00;а;",
    ];
    let statement = of(&khan(COMPANY, &rows, "")).expect("a statement");
    let kinds: Vec<_> = statement.problems.iter().map(|problem| (problem.row, problem.kind)).collect();
    use crate::problem::Kind::{AmountMissing, DateBad, MoneyBad, TwoAmounts};
    assert_eq!(kinds, [(6, DateBad), (7, AmountMissing), (8, TwoAmounts), (9, MoneyBad)]);
    assert_eq!(statement.lines.len(), 1);
}

#[test]
fn columns_are_named_by_hand_where_words_say_nothing() {
    let bytes = "x;y;z;w\n2026-10-02 09:14:33;түрээс 305;1250000.00;\n2026-10-03 09:14:33;шимтгэл;;200.00\n".as_bytes();
    let column = |letter: &str| Some(letter.parse::<Column>().expect("letters"));
    let mapping = Mapping {
        columns: [
            (Field::Date, column("A")),
            (Field::Description, column("B")),
            (Field::In, column("C")),
            (Field::Out, column("D")),
        ]
        .into(),
        first_row: Some(2),
    };
    let statement = Statement::read("x.csv", bytes, &mapping).expect("a table");
    assert_eq!(statement.lines.len(), 2);
    assert_eq!(statement.lines[1].amount, Money::from_tugrug(-200));
    assert_eq!(statement.problems, []);
}

#[test]
fn tdbs_short_layout_has_no_header() {
    let csv = "Дансны дугаар: 470012345 MNT Хугацаа: 2026.01.01 - 2026.07.16 Дансны хуулга - Байгууллага\n\
               2026-03-05 09:14:33;;250000;0;;400018691;;101204 түрээс\n\
               2026-03-05 11:02:05;;0;400;;;;шимтгэл\n";
    let statement = of(csv.as_bytes()).expect("a statement");
    assert_eq!(statement.layout, Layout::TdbCompact);
    assert_eq!(statement.account.as_deref(), Some("470012345"));
    assert_eq!(statement.lines.len(), 2);
    assert_eq!(statement.lines[0].counter_account.as_deref(), Some("400018691"));
    assert_eq!(statement.lines[1].amount, Money::from_tugrug(-400));
    assert_eq!(
        statement.period.map(|(from, to)| (from.to_string(), to.to_string())),
        Some(("2026-01-01".into(), "2026-07-16".into()))
    );
}
