use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use domain::month::due_on;
use jiff::civil::date;

use super::*;
use crate::rent_roll::{Reading, RentRoll, Status};

fn shared(name: &str) -> Vec<u8> {
    fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

fn read_csv(text: &str) -> OpenInvoices {
    let workbook = Workbook::read("invoices.csv", text.as_bytes()).unwrap();
    OpenInvoices::read(&workbook, &Mapping::default()).unwrap()
}

#[test]
fn the_sample_holds_what_its_key_counts() {
    let workbook = Workbook::read("open-invoices.csv", &shared("open-invoices.csv")).unwrap();
    let found = OpenInvoices::read(&workbook, &Mapping::default()).unwrap();

    assert_eq!(found.errors, []);
    let key: serde_json::Value = serde_json::from_slice(&shared("rent-roll.key.json")).unwrap();
    for (month, expected) in key["invoices"]["months"].as_object().unwrap() {
        let of_month = found.invoices.iter().filter(|invoice| invoice.period.to_string() == *month);
        let total = Money::sum(of_month.clone().map(|invoice| invoice.amount)).unwrap();
        assert_eq!(of_month.count() as u64, expected["count"]);
        assert_eq!(total.mungo().to_string(), expected["total"]);
    }
    assert_eq!(found.invoices[2].units, ["12", "P-01"]);
    assert_eq!(found.invoices[0].code, "INV-2026-000001");
}

/// Works the invoices of October and November out from the rent roll: both files tell the same story.
#[test]
fn the_samples_invoices_follow_from_its_rent_roll() {
    let workbook = Workbook::read("rent-roll.xlsx", &shared("rent-roll.xlsx")).unwrap();
    let roll = RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1))).unwrap();
    let workbook = Workbook::read("open-invoices.csv", &shared("open-invoices.csv")).unwrap();
    let found = OpenInvoices::read(&workbook, &Mapping::default()).unwrap();

    let mut expected: BTreeMap<(String, Month), (Money, Date, BTreeSet<String>)> = BTreeMap::new();
    for month in [Month::new(2026, 10).unwrap(), Month::new(2026, 11).unwrap()] {
        for row in roll.rows.iter().filter(|row| row.status == Status::Ok) {
            let from = row.values.starts_on.unwrap().max(month.first_day());
            let until = row.values.ends_on.unwrap_or(month.last_day()).min(month.last_day());
            if from > until {
                continue;
            }
            let days = i64::from(until.day() - from.day()) + 1;
            let amount = row.monthly_total.unwrap().share(days, month.days()).unwrap();
            let due = due_on(month.day(10), row.values.payment_day.unwrap());
            let contract = row.values.contract.clone().unwrap();
            let entry = expected.entry((contract, month)).or_insert((Money::ZERO, due, BTreeSet::new()));
            entry.0 = entry.0.checked_add(amount).unwrap();
            entry.2.insert(row.values.unit.clone().unwrap());
        }
    }
    let read: BTreeMap<_, _> = found
        .invoices
        .into_iter()
        .map(|i| ((i.contract, i.period), (i.amount, i.due_on, i.units.into_iter().collect())))
        .collect();
    assert_eq!(read.len(), 178);
    assert_eq!(read, expected);
}

#[test]
fn columns_are_found_by_their_words() {
    let found = read_csv(
        "Үлдэгдлийн жагсаалт;;;;;;\n;;;;;;\nТөлөх огноо;Дүн (₮);Тайлант үе;Тоот;Түрээслэгч;Гэрээний дугаар;Нэхэмжлэхийн №\n\
         05/11/2026;1 250 000,50;2026 оны 10 сар;К-403, К-404;Бат;СТ-2026-0001;10100945\nНийт;1 250 000,50;;;;;\n",
    );
    assert_eq!(found.errors, []);
    let invoice = &found.invoices[0];
    assert_eq!((invoice.row, invoice.code.as_str(), invoice.contract.as_str()), (4, "10100945", "CT-2026-0001"));
    assert_eq!(invoice.units, ["K-403", "K-404"]);
    assert_eq!(invoice.amount, Money::from_mungo(125_000_050));
    assert_eq!((invoice.period, invoice.due_on), (Month::new(2026, 10).unwrap(), date(2026, 11, 5)));
}

#[test]
fn what_is_wrong_names_its_line_and_column() {
    let found = read_csv(
        "code,contract,tenant,building,unit,period,amount,due_date\n\
         A-1,C-1,Бат,Алтан Тауэр,1,2026-10,100.00,2026-10-15\n\
         A-1,C-2,Сүх,Алтан Тауэр,2,2026-10,100.00,2026-10-15\n\
         A-3,C-3,Дорж,Алтан Тауэр,3,2026-13,зуу,2026-02-30\n\
         ,,Дорж,Алтан Тауэр,3,2026-10,-5,2026-10-15\n",
    );
    assert_eq!(found.invoices.len(), 1);
    let errors: Vec<_> =
        found.errors.iter().map(|e| (e.row, e.column.unwrap().to_string(), e.kind, e.other_row)).collect();
    assert_eq!(
        errors,
        [
            (3, "A".into(), Kind::DuplicateCode, Some(2)),
            (4, "F".into(), Kind::PeriodBad, None),
            (4, "G".into(), Kind::MoneyBad, None),
            (4, "H".into(), Kind::DateBad, None),
            (5, "A".into(), Kind::CodeMissing, None),
            (5, "B".into(), Kind::ContractMissing, None),
            (5, "G".into(), Kind::MoneyBad, None),
        ]
    );
    assert_eq!(found.errors[3].mn(), "invoices, 4-р мөр, H багана: «2026-02-30» гэсэн огноо байхгүй");
}

#[test]
fn columns_can_be_said_by_hand() {
    let workbook = Workbook::read("a.csv", "x,y,z,v,w\nA-1,C-1,2026-10,100,2026-10-15\n".as_bytes()).unwrap();
    let refused = OpenInvoices::read(&workbook, &Mapping::default()).unwrap_err();
    assert_eq!(refused.missing.len(), 5);
    assert!(refused.mn().contains("due_date"));

    let fields = [Field::Code, Field::Contract, Field::Period, Field::Amount, Field::DueOn];
    let columns = fields.into_iter().zip("ABCDE".chars()).map(|(f, c)| (f, c.to_string().parse().ok())).collect();
    let found = OpenInvoices::read(&workbook, &Mapping { columns, first_row: Some(2) }).unwrap();
    assert_eq!(found.invoices[0].due_on, date(2026, 10, 15));
}
