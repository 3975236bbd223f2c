//! A large owner's file is read while the accountant waits.

use std::time::{Duration, Instant};

use super::*;

const ROWS: usize = 20_000;

#[test]
fn twenty_thousand_rows_are_read_while_one_waits() {
    let mut file =
        "Давхар;Тоот;Зориулалт;Талбай (м²);Түрээслэгч;Регистр;ТТД;Утас;И-мэйл;Гэрээний №;Эхлэх огноо;Дуусах огноо;\
                    1 м² үнэ;НӨАТ;Менежмент;Барьцаа төлөх;Барьцаа төлсөн;Төлөх өдөр;Алданги;Эхний үлдэгдэл;Тэмдэглэл\n"
            .to_owned();
    for row in 0..ROWS {
        file.push_str(&format!(
            "{};{row};Оффис;45,5 м2;“Гэгээн Зураг {row}” ХХК;{};61209183241;+976 9911-{:04};INFO@A{row}.EXAMPLE;CT-{row};\
             2026 оны 3 сарын 15;31/12/2027;27'500 ₮;Нэмэгдэнэ;90 000;1,250,000;1,250,000;5-ны дотор;0.5%;(90,000);тайлбар\n",
            row % 12 + 1,
            1_000_000 + row,
            row % 10_000,
        ));
    }
    let began = Instant::now();
    let workbook = Workbook::read("Алтан Тауэр.csv", file.as_bytes()).unwrap();
    let roll = RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1))).unwrap();
    let taken = began.elapsed();

    assert_eq!(
        roll.counts,
        Counts { data_rows: ROWS, ok: ROWS, rooms: ROWS, valid_contracts: ROWS, ..Counts::default() }
    );
    eprintln!("{ROWS} rows in {taken:?}");
    // unoptimised and beside other tests; what grows with the square of the rows would take minutes
    assert!(taken < Duration::from_secs(60), "{taken:?}");
}
