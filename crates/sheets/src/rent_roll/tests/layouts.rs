//! The sample's rows laid out as other owners would: each workbook must be read into the same rows.
//!
//! Seeded dice choose the order of the columns, their words, the lines around the data and the way every single value is
//! written. What is expected is the answer key with rows and columns renumbered.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook as NewWorkbook, Worksheet};
use serde_json::{Value, json};

use super::{chance::Dice, date, differences, key};
use crate::{
    Workbook,
    columns::{Column, Mapping},
    rent_roll::{Field, Reading, RentRoll},
};

/// How many workbooks are made; `LAYOUTS=1000 cargo test -p sheets layout` makes more.
fn workbooks() -> u64 {
    std::env::var("LAYOUTS").ok().and_then(|number| number.parse().ok()).unwrap_or(24)
}

#[test]
fn every_layout_is_read_into_the_same_rows() {
    for seed in 0..workbooks() {
        let mut dice = Dice::new(seed);
        let (file, expected) = Layout::roll(&mut dice).workbook(&mut dice);
        assert_same(&format!("layout {seed}"), "rent-roll.xlsx", &file, &expected);
    }
}

#[test]
fn csv_files_are_read_into_the_same_rows() {
    for seed in 1_000_000..1_000_000 + workbooks() {
        let mut dice = Dice::new(seed);
        let layout = Layout { merged: false, ..Layout::roll(&mut dice) };
        let (lines, expected) = layout.lines("Алтан Тауэр", &mut dice);
        let file = csv(&lines, &mut dice);
        assert_same(&format!("layout {seed}"), "Алтан Тауэр.csv", &file, &expected);
    }
}

fn assert_same(layout: &str, name: &str, file: &[u8], expected: &[Value]) {
    let workbook = Workbook::read(name, file).unwrap_or_else(|error| panic!("{layout}: {error}"));
    let roll = RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1)));
    let roll = roll.unwrap_or_else(|error| panic!("{layout}: {}", error.en()));
    let ours = serde_json::to_value(&roll.rows).unwrap();
    let mut expected = expected.to_vec();
    expected.iter_mut().for_each(|row| drop(row.as_object_mut().unwrap().remove("old_row")));
    let mut found = Vec::new();
    differences("", &ours, &json!(expected), &mut found);
    if !found.is_empty() {
        std::fs::write(std::env::temp_dir().join(format!("{}-{name}", layout.replace(' ', "-"))), file).unwrap();
        let columns =
            roll.sheets.iter().map(|sheet| format!("{:?} {:?}", sheet.columns, sheet.texts)).collect::<Vec<_>>();
        panic!(
            "{layout}: {} differences:\n{}\n{}",
            found.len(),
            found[..found.len().min(20)].join("\n"),
            columns.join("\n")
        );
    }
    for problem in roll.errors() {
        assert!(problem.mn().contains(&format!("{}-р мөр", problem.row)) && problem.en().contains(&problem.sheet));
    }
}

/// How one owner lays a sheet out.
struct Layout {
    columns: Vec<Option<Field>>,
    header_lines: usize,
    merged: bool,
    top_lines: usize,
    blank_between_floors: bool,
    subtotals: bool,
    floor_headings: bool,
    total: bool,
    foot: bool,
    damaged: bool,
}

/// The columns that stand under one word where they stand side by side.
const GROUPS: [(&str, &[Field]); 4] = [
    ("Талбай", &[Field::Floor, Field::Unit, Field::Kind, Field::Area]),
    ("Түрээслэгч", &[Field::Tenant, Field::Register, Field::Tin, Field::Phones, Field::Email]),
    ("Гэрээ", &[Field::Contract, Field::StartsOn, Field::EndsOn]),
    ("Барьцаа", &[Field::DepositDue, Field::DepositPaid]),
];

/// A cell as it is put into the file.
#[derive(Debug, Clone, PartialEq)]
enum Raw {
    Blank,
    Text(String),
    Number(f64),
    Percent(f64),
    Date(Date),
}

/// A line of the file.
#[derive(Debug, Clone, Default)]
struct RawLine {
    cells: BTreeMap<usize, Raw>,
    /// Merged regions that begin here: first and last column, and how many lines.
    merged: Vec<(usize, usize, usize)>,
}

impl Layout {
    fn roll(dice: &mut Dice) -> Layout {
        let mut columns: Vec<Option<Field>> = Field::ALL.iter().copied().map(Some).collect();
        columns.extend(vec![None; dice.below(5)]);
        // half of the owners keep the usual order
        if dice.falls(70) {
            dice.shuffle(&mut columns);
        }
        let header_lines = 1 + dice.below(2);
        Layout {
            columns,
            header_lines,
            merged: dice.falls(60),
            top_lines: dice.below(5),
            blank_between_floors: dice.falls(50),
            subtotals: dice.falls(40),
            floor_headings: dice.falls(25),
            total: dice.falls(70),
            foot: dice.falls(60),
            damaged: dice.falls(60),
        }
    }

    /// All buildings of the sample as a workbook, with sheets that hold something else.
    fn workbook(&self, dice: &mut Dice) -> (Vec<u8>, Vec<Value>) {
        let mut book = NewWorkbook::new();
        let mut expected = Vec::new();
        let mut rows = HashMap::new();
        for building in ["Алтан Тауэр", "Алтан Плаза"] {
            if dice.falls(20) {
                other_sheet(book.add_worksheet(), dice);
            }
            let (lines, mut rows_expected) = self.lines(building, dice);
            let name = if dice.falls(20) { format!(" {building} ") } else { building.to_owned() };
            write(book.add_worksheet().set_name(&name).unwrap(), &lines, dice);
            for row in &mut rows_expected {
                row["sheet"] = json!(name);
                let old = (building, row["old_row"].as_u64().unwrap());
                rows.insert(old, row["row"].clone());
            }
            expected.append(&mut rows_expected);
        }
        for error in expected.iter_mut().flat_map(|row| row["errors"].as_array_mut().unwrap()) {
            if error["kind"] == "duplicate_contract" {
                // the sample's contract of that number is in the first building
                error["other_row"] = rows[&("Алтан Тауэр", error["other_row"].as_u64().unwrap())].clone();
            }
        }
        if dice.falls(50) {
            other_sheet(book.add_worksheet(), dice);
        }
        (book.save_to_buffer().unwrap(), expected)
    }

    /// The lines of one building, and the rows that are to be read from them.
    fn lines(&self, building: &str, dice: &mut Dice) -> (Vec<RawLine>, Vec<Value>) {
        let mut lines = Vec::new();
        for line in 0..self.top_lines {
            let text = match line {
                0 => format!("“{}” ТҮРЭЭСИЙН БҮРТГЭЛ   2026.10.01-ний байдлаар", building.to_uppercase()),
                1 => "Эзэмшигч: Алтан Тауэр ХХК   РД: 6123457   Бэлтгэсэн: нягтлан бодогч".to_owned(),
                2 => String::new(),
                _ => "Валют: төгрөг".to_owned(),
            };
            let raw = if text.is_empty() { Raw::Blank } else { Raw::Text(text) };
            let merged = if line == 0 && self.merged { vec![(0, self.columns.len() - 1, 1)] } else { Vec::new() };
            lines.push(RawLine { cells: BTreeMap::from([(0, raw)]), merged });
        }
        lines.extend(self.header(dice));

        let mut expected = Vec::new();
        let mut new_rows = HashMap::new();
        let mut floor = None;
        let all = key()["rows"].as_array().unwrap().clone();
        let mut first_line_of_floor = 0;
        for (number, row) in all.iter().filter(|row| row["sheet"] == building).enumerate() {
            let here = row["values"]["floor"].as_str().unwrap();
            if floor != Some(here) {
                self.between_floors(&mut lines, here, floor.is_none(), dice);
                floor = Some(here);
                first_line_of_floor = lines.len();
            }
            let mut row = row.clone();
            let bad = if self.damaged { damage(&mut row, &all, dice) } else { None };
            let line = self.data(&row, bad, number + 1, dice);
            lines.push(line);
            self.write_floor_once(&mut lines[first_line_of_floor..]);

            let old_row = row["row"].clone();
            new_rows.insert(old_row.to_string(), lines.len());
            row["row"] = json!(lines.len());
            for error in row["errors"].as_array_mut().unwrap() {
                let place = self.place(error["field"].as_str().unwrap().parse().unwrap());
                error["column"] = json!(Column::at(place).unwrap().to_string());
                if error["kind"] == "overlap" {
                    error["other_row"] = json!(new_rows[&error["other_row"].to_string()]);
                }
            }
            row["old_row"] = old_row;
            expected.push(row);
        }
        if self.total {
            lines.extend([RawLine::default(), self.sums("НИЙТ|Нийт дүн|БҮГД|Дүн:", dice)]);
        }
        if self.foot {
            let signature =
                |text: &str| RawLine { cells: BTreeMap::from([(1, Raw::Text(text.into()))]), merged: Vec::new() };
            lines.extend([
                RawLine::default(),
                signature("Хянасан: ____________________"),
                signature("Захирал ........... /Б.Дорж/"),
            ]);
        }
        (lines, expected)
    }

    fn place(&self, field: Field) -> usize {
        self.columns.iter().position(|column| *column == Some(field)).unwrap()
    }

    fn between_floors(&self, lines: &mut Vec<RawLine>, floor: &str, is_first: bool, dice: &mut Dice) {
        if self.subtotals && !is_first {
            lines.push(self.sums("Давхрын дүн|1 давхрын нийт|Дэд дүн:", dice));
        }
        if self.blank_between_floors && !is_first {
            lines.push(RawLine::default());
        }
        if self.floor_headings {
            let text = if floor.starts_with('B') {
                format!("{floor} давхар")
            } else {
                format!("{floor}-р давхар")
            };
            lines.push(RawLine { cells: BTreeMap::from([(0, Raw::Text(text))]), merged: Vec::new() });
        }
    }

    /// Leaves the floor to its heading, or merges its cells into the first.
    fn write_floor_once(&self, of_floor: &mut [RawLine]) {
        let place = self.place(Field::Floor);
        let count = of_floor.len();
        for (number, line) in of_floor.iter_mut().enumerate() {
            if self.floor_headings || (self.merged && number > 0) {
                line.cells.remove(&place);
            } else if self.merged {
                line.merged = vec![(place, place, count)];
            }
        }
    }

    fn header(&self, dice: &mut Dice) -> Vec<RawLine> {
        let mut upper = RawLine::default();
        let mut lower = RawLine::default();
        let mut place = 0;
        while place < self.columns.len() {
            let group = self.columns[place].and_then(|field| GROUPS.iter().find(|(_, fields)| fields.contains(&field)));
            match group {
                Some((words, fields)) if self.header_lines == 2 => {
                    let run =
                        self.columns[place..].iter().take_while(|c| c.is_some_and(|f| fields.contains(&f))).count();
                    upper.cells.insert(place, header_words(words, dice));
                    for column in place..place + run {
                        lower
                            .cells
                            .insert(column, header_words(dice.pick(under_group(self.columns[column].unwrap())), dice));
                    }
                    if self.merged && run > 1 {
                        upper.merged.push((place, place + run - 1, 1));
                    }
                    place += run;
                }
                _ => {
                    let words = header_words(dice.pick(alone(self.columns[place])), dice);
                    if self.header_lines == 2 && (self.merged || dice.falls(50)) {
                        upper.cells.insert(place, words);
                        if self.merged {
                            upper.merged.push((place, place, 2));
                        }
                    } else {
                        lower.cells.insert(place, words);
                    }
                    place += 1;
                }
            }
        }
        if self.header_lines == 2 { vec![upper, lower] } else { vec![lower] }
    }

    fn data(&self, row: &Value, bad: Option<(Field, &'static str)>, number: usize, dice: &mut Dice) -> RawLine {
        let mut cells = BTreeMap::new();
        for (place, column) in self.columns.iter().enumerate() {
            let raw = match column {
                Some(field) => match bad {
                    Some((damaged, text)) if damaged == *field => Raw::Text(text.to_owned()),
                    _ => typed(*field, &row["values"], dice),
                },
                None if place == 0 => Raw::Number(f64::from(u32::try_from(number).unwrap())),
                None => match dice.below(3) {
                    0 => Raw::Number(12.0),
                    1 => Raw::Text("2025.12.01".into()),
                    _ => Raw::Blank,
                },
            };
            cells.insert(place, raw);
        }
        RawLine { cells, merged: Vec::new() }
    }

    /// A line of sums, its words in a column that holds words in data rows too.
    fn sums(&self, words: &str, dice: &mut Dice) -> RawLine {
        let label = self.place([Field::Unit, Field::Floor, Field::Kind, Field::Tenant][dice.below(4)]);
        let sums = [Field::Area, Field::DepositDue, Field::DepositPaid, Field::OpeningBalance];
        let mut cells: BTreeMap<_, _> = sums.map(|field| (self.place(field), Raw::Number(1234.5))).into();
        cells.insert(label, Raw::Text(dice.pick(words).to_owned()));
        RawLine { cells, merged: Vec::new() }
    }
}

/// What a column is called that stands alone.
fn alone(column: Option<Field>) -> &'static str {
    match column {
        None => "№|Захирал|Хаяг|Банкны данс|Тоолуурын №|Гэрээ байгуулсан огноо|Хариуцсан ажилтан|НӨАТ-ын дүн",
        Some(Field::Floor) => "Давхар",
        Some(Field::Unit) => "Тоот|Өрөө|Өрөөний дугаар|Талбайн дугаар",
        Some(Field::Kind) => "Зориулалт|Өрөөний зориулалт",
        Some(Field::Area) => "Талбай (м²)|Талбай|Талбай м2|Талбайн хэмжээ",
        Some(Field::Tenant) => "Түрээслэгч|Түрээслэгчийн нэр|Нэр",
        Some(Field::Register) => "Регистр|Регистрийн дугаар|РД",
        Some(Field::Tin) => "ТТД|ТИН",
        Some(Field::Phones) => "Утас|Утасны дугаар",
        Some(Field::Email) => "И-мэйл|Имэйл",
        Some(Field::Contract) => "Гэрээний №|Гэрээний дугаар|Гэрээ №",
        Some(Field::StartsOn) => "Эхлэх|Эхлэх огноо|Эхэлсэн|Эхэлсэн огноо|Гэрээ эхлэх огноо",
        Some(Field::EndsOn) => "Дуусах|Дуусах огноо|Дууссан|Дууссан огноо",
        Some(Field::PricePerM2) => "1 м² үнэ|1 м² үнэ (₮)|М.кв үнэ|1м2 үнэ",
        Some(Field::FlatRent) => "Тогтмол түрээс|Тогтмол түрээс (₮/сар)|Сарын түрээс",
        Some(Field::VatMode) => "НӨАТ",
        Some(Field::ManagementFee) => "Менежмент|Менежментийн төлбөр|Менежментийн төлбөр (₮/сар)",
        Some(Field::DepositDue) => "Барьцаа төлөх|Төлөх барьцаа",
        Some(Field::DepositPaid) => "Барьцаа төлсөн|Төлсөн барьцаа",
        Some(Field::PaymentDay) => "Төлөх өдөр|Төлбөрийн өдөр",
        Some(Field::Penalty) => "Алданги (%/хоног)|Алданги",
        Some(Field::OpeningBalance) => "Эхний үлдэгдэл|Үлдэгдэл",
        Some(Field::Note) => "Тэмдэглэл|Тайлбар",
    }
}

/// What it may be called where a group stands over it.
fn under_group(field: Field) -> &'static str {
    match field {
        Field::Contract => "№|Дугаар|Гэрээний №",
        Field::DepositDue => "Төлөх|Барьцаа төлөх",
        Field::DepositPaid => "Төлсөн|Барьцаа төлсөн",
        Field::Area => "Талбай (м²)|м²|Хэмжээ (м2)",
        Field::Tenant => "Нэр|Түрээслэгчийн нэр",
        other => alone(Some(other)),
    }
}

fn header_words(words: &str, dice: &mut Dice) -> Raw {
    let cased = match dice.below(4) {
        0 => words.to_uppercase(),
        1 => words.to_lowercase(),
        _ => words.to_owned(),
    };
    Raw::Text(sloppy(&if dice.falls(20) { look_alike(&cased, dice) } else { cased }, dice))
}

/// Stray blanks round a text and between its words.
fn sloppy(text: &str, dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => format!(" {text}"),
        1 => format!("{text}  "),
        2 => text.replacen(' ', "  ", 1),
        3 => format!("{text}\u{a0}"),
        _ => text.to_owned(),
    }
}

/// Some letters typed with the other alphabet's key.
fn look_alike(text: &str, dice: &mut Dice) -> String {
    const PAIRS: [(char, char); 12] = [
        ('А', 'A'),
        ('В', 'B'),
        ('С', 'C'),
        ('Е', 'E'),
        ('Н', 'H'),
        ('К', 'K'),
        ('М', 'M'),
        ('О', 'O'),
        ('Р', 'P'),
        ('Т', 'T'),
        ('Х', 'X'),
        ('У', 'Y'),
    ];
    let other = |c: char| {
        PAIRS
            .iter()
            .find_map(|(one, two)| if c == *one { Some(*two) } else { (c == *two).then_some(*one) })
            .unwrap_or(c)
    };
    text.chars().map(|c| if dice.falls(50) { other(c) } else { c }).collect()
}

/// A value as somebody types it.
fn typed(field: Field, values: &Value, dice: &mut Dice) -> Raw {
    let value = &values[field.as_str()];
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(phones) => return telephones(phones, dice),
        _ => return nothing(field, values, dice),
    };
    match field {
        Field::Floor => match text.strip_prefix('B') {
            Some(number) => Raw::Text(
                dice.pick(&format!("B{number}|В{number}|-{number}|B{number} давхар|зоорийн {number} давхар")).into(),
            ),
            None if dice.falls(50) => Raw::Number(text.parse().unwrap()),
            None => Raw::Text(dice.pick(&format!("{text}|{text} давхар|{text}-р давхар| {text} ")).into()),
        },
        Field::Unit if text.bytes().all(|b| b.is_ascii_digit()) => match dice.below(3) {
            0 => Raw::Number(text.parse().unwrap()),
            1 => Raw::Text(dice.pick(&format!("№{text}|{text} тоот|{text} |#{text}")).into()),
            _ => Raw::Text(text),
        },
        Field::Unit | Field::Contract if text.bytes().any(|b| b.is_ascii_alphabetic()) => match dice.below(4) {
            0 => Raw::Text(look_alike(&text, dice)),
            1 => Raw::Text(sloppy(&text.to_lowercase(), dice)),
            2 => Raw::Text(text.replace('-', "–")),
            _ => Raw::Text(text),
        },
        Field::Contract | Field::Tin => {
            if dice.falls(50) {
                Raw::Number(text.parse().unwrap())
            } else {
                Raw::Text(sloppy(&text, dice))
            }
        }
        Field::Kind => Raw::Text(sloppy(
            match text.as_str() {
                "storage" => dice.pick("Агуулах|АГУУЛАХ|агуулах"),
                "parking" => dice.pick("Зогсоол|зогсоол|Автомашины зогсоол"),
                "shop" => dice.pick("Дэлгүүр|ДЭЛГҮҮР|Худалдааны талбай"),
                "office" => dice.pick("Оффис|Офис|ОФФИС|Албан тасалгаа"),
                _ => dice.pick("Бусад|бусад"),
            },
            dice,
        )),
        Field::Area => {
            let plain = text.trim_end_matches('0').trim_end_matches('.').to_owned();
            match dice.below(3) {
                0 => Raw::Number(text.parse().unwrap()),
                1 => Raw::Text(format!("{}{}", plain.replace('.', ","), dice.pick("| м2|м²"))),
                _ => Raw::Text(format!("{plain}{}", dice.pick("| м2| м²|м2| м.кв| кв.м"))),
            }
        }
        Field::Register if text.starts_with(|c: char| c.is_ascii_digit()) => match dice.below(3) {
            0 => Raw::Number(text.parse().unwrap()),
            _ => Raw::Text(sloppy(&text, dice)),
        },
        Field::Register => {
            let (letters, digits) = text.split_at("УБ".len());
            let (swapped, small) = (look_alike(letters, dice), letters.to_lowercase());
            Raw::Text(dice.pick(&format!("{swapped}{digits}|{letters} {digits}|{small}{digits}")).into())
        }
        Field::Email => Raw::Text(sloppy(&if dice.falls(30) { text.to_uppercase() } else { text }, dice)),
        Field::StartsOn | Field::EndsOn => day(text.parse().unwrap(), dice),
        Field::VatMode => Raw::Text(sloppy(
            match text.as_str() {
                "included" => dice.pick("Багтсан|багтсан|БАГТСАН|Багтcан|НӨАТ багтсан"),
                "excluded" => dice.pick("Нэмэгдэнэ|нэмэгдэнэ|НЭМЭГДЭНЭ|Нэмэгдэх"),
                _ => dice.pick("Чөлөөлөгдсөн"),
            },
            dice,
        )),
        Field::PaymentDay => match dice.below(3) {
            0 => Raw::Text(dice.pick(&format!("{text}-ны дотор|{text}-нд|сар бүрийн {text}|{text} ")).into()),
            1 => Raw::Text(text),
            _ => Raw::Number(text.parse().unwrap()),
        },
        Field::Penalty => {
            let points: u32 = text.parse().unwrap();
            let shown = format!("{}.{}", points / 100, points % 100 / 10);
            match dice.below(4) {
                0 => Raw::Number(shown.parse().unwrap()),
                1 => Raw::Percent(format!("0.00{}", points / 10).parse().unwrap()),
                2 => Raw::Text(dice.pick(&format!("{shown}%|{shown} %|{}%", shown.replace('.', ","))).into()),
                _ => Raw::Text(shown),
            }
        }
        Field::Tenant | Field::Note | Field::Unit => Raw::Text(sloppy(&text, dice)),
        Field::PricePerM2
        | Field::FlatRent
        | Field::ManagementFee
        | Field::DepositDue
        | Field::DepositPaid
        | Field::OpeningBalance => money(text.parse().unwrap(), dice),
        Field::Phones => unreachable!("telephones are a list"),
    }
}

/// How a cell without a value looks; an error row's missing value is the bad one it was read from.
fn nothing(field: Field, values: &Value, dice: &mut Dice) -> Raw {
    match field {
        Field::Register if values["tenant_type"] == "company" => Raw::Number(501_310.0),
        Field::Register if values["tenant_type"] == "person" => Raw::Text("УX70151169".into()),
        Field::EndsOn if !values["tenant"].is_null() => Raw::Text(dice.pick("Хугацаагүй|хугацаагүй | |-").into()),
        Field::Tenant => Raw::Text(dice.pick("| |Сул|-").into()),
        Field::OpeningBalance | Field::ManagementFee | Field::PricePerM2 | Field::FlatRent | Field::Email
            if dice.falls(20) =>
        {
            Raw::Text(dice.pick("-| |—").into())
        }
        _ => Raw::Blank,
    }
}

fn telephones(phones: &[Value], dice: &mut Dice) -> Raw {
    let mut typed = Vec::new();
    for phone in phones {
        let (head, tail) = phone.as_str().unwrap().split_at(4);
        typed.push(
            dice.pick(&format!(
                "{head}{tail}|{head} {tail}|{head}-{tail}|+976 {head}{tail}|+976{head} {tail}|(976) {head}-{tail}"
            ))
            .to_owned(),
        );
    }
    match typed.as_slice() {
        [] => Raw::Blank,
        [_] if dice.falls(30) => Raw::Number(phones[0].as_str().unwrap().parse().unwrap()),
        _ => Raw::Text(typed.join(dice.pick(", |; | / |\n"))),
    }
}

fn day(day: Date, dice: &mut Dice) -> Raw {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let serial = day.since(date(1899, 12, 30)).unwrap().get_days();
    match dice.below(4) {
        0 | 1 => Raw::Date(day),
        2 => Raw::Text(dice.pick(&format!(
            "{y}.{m:02}.{d:02}|{y}-{m:02}-{d:02}|{d:02}/{m:02}/{y}|{y}/{m:02}/{d:02}|{y} оны {m} сарын {d}|{y} оны {m:02}-р сарын {d:02}-ны өдөр|\
             {y}.{m}.{d}|{y}.{m:02}.{d:02}-ний| {y}.{m:02}.{d:02} |{d:02}.{m:02}.{y}|{y}-{m:02}-{d:02} 00:00:00|{y}.{m:02}.{d:02}\u{a0}"
        )).into()),
        _ if dice.falls(50) => Raw::Number(f64::from(serial)),
        _ => Raw::Text(serial.to_string()),
    }
}

fn money(mungo: i64, dice: &mut Dice) -> Raw {
    let (whole, cents) = (mungo.unsigned_abs() / 100, mungo.unsigned_abs() % 100);
    let grouped = |mark: &str| {
        let digits = whole.to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
        groups.join(mark)
    };
    if dice.falls(40) {
        return Raw::Number(format!("{}{whole}.{cents:02}", if mungo < 0 { "-" } else { "" }).parse().unwrap());
    }
    let decimals = if cents == 0 { String::new() } else { format!(".{cents:02}") };
    let plain = format!("{whole}{decimals}");
    let amount = match dice.below(7) {
        0 => format!("{}{decimals}", grouped(",")),
        1 => format!("{}{decimals}", grouped(" ")),
        2 => format!("{}{decimals}", grouped("\u{a0}")),
        3 => format!("{}{decimals}", grouped("'")),
        4 => format!("{}{}", grouped(" "), decimals.replace('.', ",")),
        5 => format!("{}{decimals}", grouped("\u{202f}")),
        _ => plain,
    };
    let amount = match dice.below(6) {
        0 => format!("{amount}₮"),
        1 => format!("{amount} ₮"),
        2 => format!("{amount} MNT"),
        3 => format!("{amount} төг"),
        _ => amount,
    };
    Raw::Text(match (mungo < 0, dice.below(4)) {
        (false, _) => amount,
        (true, 0) => format!("({amount})"),
        (true, 1) => format!("-{amount}"),
        (true, 2) => format!("−{amount}"),
        (true, _) => format!("{amount}-"),
    })
}

/// Makes a right row wrong: a day that does not exist, an amount that is none.
fn damage(row: &mut Value, all: &[Value], dice: &mut Dice) -> Option<(Field, &'static str)> {
    let alone = |name: &str| all.iter().filter(|other| other["values"][name] == row["values"][name]).count() == 1;
    if row["status"] != "ok" || !alone("unit") || !alone("contract") || !dice.falls(15) {
        return None;
    }
    let money = if row["values"]["flat_rent"].is_null() { Field::PricePerM2 } else { Field::FlatRent };
    let fields = [Field::StartsOn, Field::EndsOn, money, Field::DepositDue, Field::OpeningBalance];
    let field = fields[dice.below(fields.len())];
    let is_date = matches!(field, Field::StartsOn | Field::EndsOn);
    let text = if is_date {
        dice.pick("2026.02.30|31/04/2026|2026-13-01|тодорхой биш|2026 оны 6 сарын 31")
    } else {
        dice.pick("тохирно|1,25,000|12 345 6|350000 180000|#N/A|үнэгүй")
    };
    row["status"] = json!("error");
    row["values"][field.as_str()] = Value::Null;
    if field == money {
        row["monthly_total"] = Value::Null;
    }
    row["errors"] =
        json!([{ "column": "", "field": field.as_str(), "kind": if is_date { "date_bad" } else { "money_bad" } }]);
    Some((field, text))
}

fn write(sheet: &mut Worksheet, lines: &[RawLine], dice: &mut Dice) {
    let number = |place: usize| u32::try_from(place).unwrap();
    let column = |place: usize| u16::try_from(place).unwrap();
    for (row, line) in lines.iter().enumerate() {
        for (first, last, count) in line.merged.iter().filter(|(first, last, count)| first != last || *count > 1) {
            let last_row = number(row + count - 1);
            sheet.merge_range(number(row), column(*first), last_row, column(*last), "", &Format::new()).unwrap();
        }
        for (place, raw) in &line.cells {
            let at = (number(row), column(*place));
            match raw {
                Raw::Blank => continue,
                Raw::Text(text) => sheet.write_string(at.0, at.1, text),
                Raw::Number(number) => sheet.write_number(at.0, at.1, *number),
                Raw::Percent(share) => sheet.write_number_with_format(
                    at.0,
                    at.1,
                    *share,
                    &Format::new().set_num_format(dice.pick("0.0%|0.00%")),
                ),
                Raw::Date(day) => {
                    let (y, m, d) =
                        (u16::try_from(day.year()).unwrap(), day.month().unsigned_abs(), day.day().unsigned_abs());
                    let format =
                        dice.pick("yyyy-mm-dd|yyyy.mm.dd|dd/mm/yyyy|m/d/yy|yyyy\"оны\"m\"сарын\"d|[$-450]yyyy.mm.dd");
                    sheet.write_datetime_with_format(
                        at.0,
                        at.1,
                        ExcelDateTime::from_ymd(y, m, d).unwrap(),
                        &Format::new().set_num_format(format),
                    )
                }
            }
            .unwrap();
        }
    }
}

fn csv(lines: &[RawLine], dice: &mut Dice) -> Vec<u8> {
    let separator = dice.pick(";|,|\t");
    let width = lines.iter().filter_map(|line| line.cells.keys().max()).max().unwrap() + 1;
    let mut text = dice.pick("\u{feff}|").to_owned();
    for line in lines {
        let fields: Vec<String> = (0..width)
            .map(|place| match line.cells.get(&place) {
                None | Some(Raw::Blank) => String::new(),
                Some(Raw::Text(text)) => text.clone(),
                Some(Raw::Number(number)) => number.to_string(),
                Some(Raw::Percent(share)) => format!("{}%", format!("{share}").replace("0.00", "0.")),
                Some(Raw::Date(day)) => day.strftime(dice.pick("%Y-%m-%d|%d/%m/%Y|%Y.%m.%d")).to_string(),
            })
            .map(|field| {
                if field.contains(['"', '\n', ',', ';', '\t']) {
                    format!("\"{}\"", field.replace('"', "\"\""))
                } else {
                    field
                }
            })
            .collect();
        text.push_str(&fields.join(separator));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A sheet that is no rent roll.
fn other_sheet(sheet: &mut Worksheet, dice: &mut Dice) {
    let lines = match dice.below(4) {
        0 => vec!["Барилга|Өрөө, гэрээний мөр|Сул", "Алтан Тауэр|66|4"],
        1 => vec!["Тоот|Түрээслэгч|Утас", "101|Бат|99112233"],
        2 => vec!["Заавар: энэ файлыг сар бүрийн эхэнд шинэчилнэ"],
        _ => vec!["Тоолуурын №|Төрөл|Тоот|Өмнөх заалт|Одоогийн заалт", "1001|Цахилгаан|101|12|25"],
    };
    for (row, line) in (0..).zip(lines) {
        for (column, text) in (0..).zip(line.split('|')) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
}

#[test]
fn columns_said_by_hand_stand_above_those_found() {
    let mut dice = Dice::new(7);
    let mut layout = Layout::roll(&mut dice);
    layout.header_lines = 1;
    let (mut lines, expected) = layout.lines("Алтан Тауэр", &mut dice);
    let header = lines.iter().position(|line| line.cells.len() == layout.columns.len()).unwrap();
    for (place, raw) in &mut lines[header].cells {
        *raw = Raw::Text(format!("багана {place}"));
    }
    let file = csv(&lines, &mut dice);
    let workbook = Workbook::read("Алтан Тауэр.csv", &file).unwrap();
    let refused = RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1))).unwrap_err();
    assert!(refused.mn().starts_with("Файлаас түрээсийн бүртгэл олдсонгүй"));

    let columns = Field::ALL.iter().map(|field| (*field, Column::at(layout.place(*field)))).collect();
    let first_row = Some(u32::try_from(header + 2).unwrap());
    let said = Mapping { columns, first_row };
    let read = |by_hand: BTreeMap<String, Mapping<Field>>| {
        RentRoll::read(&workbook, &Reading { by_hand, ..Reading::on(date(2026, 10, 1)) }).unwrap()
    };
    let roll = read(BTreeMap::from([("Алтан Тауэр".to_owned(), said.clone())]));
    assert_eq!(roll.rows.len(), expected.len());
    let unnamed = read(BTreeMap::from([(String::new(), said.clone())]));
    assert_eq!(unnamed.rows.len(), expected.len());
    let wrong = BTreeMap::from([(Field::Contract, None)]);
    let both = BTreeMap::from([
        (String::new(), Mapping { columns: wrong, first_row }),
        ("Алтан Тауэр".to_owned(), Mapping { first_row: None, ..said }),
    ]);
    assert_eq!(read(both).sheets[0].columns, roll.sheets[0].columns, "the name stands above the place");
    assert_eq!(roll.sheets[0].columns[&Field::Contract], Column::at(layout.place(Field::Contract)).unwrap());
}
