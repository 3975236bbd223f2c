//! Papers to look at and to measure by: an ordinary one of each kind, and some that strain the templates.

use domain::Money;
use jiff::{ToSpan, civil::date};
use rust_decimal::Decimal;

use super::*;

/// Every sample by its name.
pub fn all() -> Vec<(&'static str, Paper)> {
    vec![
        ("contract", Paper::Contract(Box::new(contract()))),
        ("contract-of-a-dwelling", Paper::Contract(Box::new(dwelling()))),
        ("contract-of-forty-rooms", Paper::Contract(Box::new(forty_rooms()))),
        ("contract-by-schedule", Paper::Contract(Box::new(by_schedule()))),
        ("act", Paper::HandOver(Box::new(act(&contract(), true)))),
        ("act-of-forty-rooms", Paper::HandOver(Box::new(act(&forty_rooms(), false)))),
        ("statement", Paper::Statement(Box::new(statement(6)))),
        ("invoice", Paper::Invoices(Box::new(invoices(1)))),
        ("invoices-of-twelve", Paper::Invoices(Box::new(invoices(12)))),
        ("statement-of-years", Paper::Statement(Box::new(statement(70)))),
    ]
}

/// A logo and a seal, as owners upload them.
pub fn pictures() -> Pictures {
    Pictures {
        logo: Some(include_bytes!("../../samples/logo.jpg").to_vec()),
        seal: Some(include_bytes!("../../samples/seal.png").to_vec()),
    }
}

pub fn head() -> Head {
    Head {
        number: "CT-2026-0042".into(),
        date: date(2026, 9, 24),
        place: "Улаанбаатар".into(),
        draft: false,
        dwelling: false,
        owner: Party {
            name: "Алтан Тауэр ХХК".into(),
            register_no: Some("5112345".into()),
            tin: Some("51123450001".into()),
            address: Some("Улаанбаатар, Сүхбаатар дүүрэг, 1-р хороо, Энхтайваны өргөн чөлөө 15".into()),
            phone: Some("7011 2233".into()),
            email: Some("info@altan.example".into()),
            signer: Some("Захирал Б. Дулмаа".into()),
        },
        tenant: Party {
            name: "Хас Эрдэнэ Гоёл ХХК".into(),
            register_no: Some("6997576".into()),
            phone: Some("9911 0001".into()),
            signer: Some("Захирал Ө. Үүрийнтуяа".into()),
            ..Party::default()
        },
        building: Building {
            name: "Алтан Тауэр".into(),
            address: "Улаанбаатар, Сүхбаатар, Энхтайваны өргөн чөлөө 15".into(),
        },
    }
}

/// Two offices for a year, with a fee beside the rent, a parking place in summer, a deposit and a penalty.
pub fn contract() -> RentalContract {
    let charge = |name: &str, price, unit, during, monthly: i64, vat| Charge {
        name: name.into(),
        price: Money::from_tugrug(price),
        unit,
        during,
        monthly: Money::from_tugrug(monthly),
        vat: Money::from_mungo(vat),
    };
    let summer = Some((date(2027, 5, 1), Some(date(2027, 8, 31))));
    RentalContract {
        head: head(),
        rooms: vec![room("К-403", 4, "Оффис", 5050, None), room("К-404", 4, "Оффис", 4800, None)],
        area_m2: Decimal::new(9850, 2),
        starts_on: date(2026, 10, 1),
        ends_on: Some(date(2027, 9, 30)),
        charges: vec![
            charge("Түрээс", 35_000, Some("м²"), None, 3_447_500, 31_340_909),
            charge("Менежментийн төлбөр", 8_000, Some("м²"), None, 788_000, 7_163_636),
            charge("Гадна зогсоол, зуны", 150_000, None, summer, 150_000, 1_363_636),
        ],
        monthly: Monthly { total: Money::from_tugrug(4_235_500), vat: Money::from_mungo(38_504_545) },
        schedule: Vec::new(),
        discounts: Vec::new(),
        vat_payer: true,
        metered: true,
        payment_day: 5,
        payment_day_is_late: false,
        grace_days: 3,
        penalty: Some(50),
        deposit: Some(Money::from_tugrug(4_235_500)),
    }
}

/// Offices whose rent is paid each quarter, the fee by the month, with a discount to begin with.
pub fn by_schedule() -> RentalContract {
    let mut contract = contract();
    contract.charges.remove(0);
    contract.monthly = Monthly { total: Money::from_tugrug(788_000), vat: Money::from_mungo(7_163_636) };
    let quarter = |period: Date, due_on| Scheduled {
        name: "Улирлын түрээс".into(),
        period,
        due_on,
        amount: Money::from_tugrug(10_342_500),
    };
    contract.schedule = vec![
        quarter(date(2026, 10, 1), Some(date(2026, 10, 5))),
        quarter(date(2027, 1, 1), Some(date(2027, 1, 5))),
        quarter(date(2027, 4, 1), None),
        quarter(date(2027, 7, 1), None),
    ];
    let window = (date(2026, 10, 1), Some(date(2026, 12, 31)));
    contract.discounts = vec![
        Discount {
            name: "Засварын хугацаа".into(), percent: Some(5_000), amount: None, during: Some(window)
        },
        Discount {
            name: "Урт хугацааны хөнгөлөлт".into(),
            percent: None,
            amount: Some(Money::from_tugrug(100_000)),
            during: Some((date(2027, 1, 1), None)),
        },
    ];
    contract
}

/// A flat let to a person by an owner who pays no VAT, open, without deposit or penalty, not agreed yet.
pub fn dwelling() -> RentalContract {
    let mut contract = contract();
    contract.head.draft = true;
    contract.head.dwelling = true;
    contract.head.tenant =
        Party {
            name: "Бат-Эрдэнэ Мөнхцэцэг".into(), phone: Some("8811 2233".into()), ..Party::default()
        };
    contract.rooms = vec![room("57", 9, "Орон сууц", 6425, None)];
    contract.area_m2 = Decimal::new(6425, 2);
    contract.ends_on = None;
    contract.charges.truncate(1);
    contract.charges[0] = Charge {
        name: "Сарын хөлс".into(),
        price: Money::from_tugrug(1_500_000),
        unit: None,
        during: None,
        monthly: Money::from_tugrug(1_500_000),
        vat: Money::ZERO,
    };
    contract.monthly = Monthly { total: Money::from_tugrug(1_500_000), vat: Money::ZERO };
    contract.vat_payer = false;
    contract.metered = false;
    contract.payment_day = 31;
    contract.payment_day_is_late = true;
    contract.penalty = None;
    contract.deposit = None;
    contract
}

/// A whole building let to a company with a very long name; a third of the rooms come later.
pub fn forty_rooms() -> RentalContract {
    let mut contract = contract();
    contract.head.tenant.name =
        "«Монгол-Германы хамтарсан Өргөө-Үйлдвэрлэл, худалдаа, тээвэр зуучийн нэгдэл» хязгаарлагдмал \
        хариуцлагатай компанийн Улаанбаатар хот дахь төлөөлөгчийн газар"
            .into();
    contract.rooms = (1..=40)
        .map(|i| {
            let during = (i % 3 == 0).then(|| (date(2027, 1, 1), Some(date(2027, 9, 30))));
            room(
                &format!("{}{:02}", i / 10 + 1, i),
                i / 10 + 1,
                if i % 7 == 0 { "Агуулах" } else { "Оффис" },
                1800 + i64::from(i) * 75,
                during,
            )
        })
        .collect();
    contract.area_m2 = contract.rooms.iter().map(|room| room.area_m2).sum();
    contract
}

pub fn act(of: &RentalContract, to_tenant: bool) -> HandOver {
    let head = Head { number: "CT-2026-0042/ХА-1".into(), date: of.starts_on, ..of.head.clone() };
    let rooms = of.rooms.iter().map(|room| Room { during: None, ..room.clone() }).collect();
    HandOver { contract: contract_ref(), rooms, area_m2: of.area_m2, to_tenant, head }
}

/// A bill a month, paid half a month later in turns whole, in part and not at all.
pub fn statement(months: i32) -> Statement {
    let bill = Money::from_tugrug(4_235_500);
    let mut movements = Vec::new();
    for i in 0..months {
        let month = date(2021, 1, 1).saturating_add(i.months());
        movements.push(Movement {
            on: month.saturating_add(9.days()),
            document: format!("INV-{}-{:06}", month.year(), 1180 + i),
            text: format!("{} сарын түрээс, менежментийн төлбөр", month.strftime("%Y.%m")),
            charged: bill,
            paid: Money::ZERO,
        });
        let paid = [bill, Money::from_mungo(211_775_050), Money::ZERO][i as usize % 3];
        if paid.is_positive() {
            movements.push(Movement {
                on: month.saturating_add(24.days()),
                document: "Хаан банк".into(),
                text: "Төлбөр, банкны шилжүүлгээр".into(),
                charged: Money::ZERO,
                paid,
            });
        }
    }
    let head = Head { number: "CT-2026-0042/ТХ-3".into(), date: date(2026, 11, 22), ..head() };
    let accounts =
        vec![Account {
            bank: "Хаан банк".into(), number: "5000 123 456".into(), holder: "Алтан Тауэр ХХК".into()
        }];
    let days = [date(2021, 1, 1), date(2026, 11, 22)];
    Statement::new(head, contract_ref(), days, Money::from_tugrug(-120_000), movements, accounts).expect("small sums")
}

/// Bills of a month after each other, the last one a correction.
pub fn invoices(count: i64) -> Invoices {
    let one = |place: i64| {
        let is_correction = place > 1 && place == count;
        let sign = if is_correction { -1 } else { 1 };
        let money = |tugrug: i64| Money::from_tugrug(tugrug * sign);
        let line = |description: &str, how: &str, quantity, price: i64, vat: i64| InvoiceLine {
            description: description.into(),
            how: how.into(),
            quantity,
            unit_price: money(price),
            vat: Money::from_mungo(vat * sign),
            amount: money(3_447_500),
        };
        let how = "98.5 м² × 35\u{a0}000 ₮ × 30/30 хоног = 3\u{a0}447\u{a0}500 ₮, НӨАТ багтсан";
        let facts = InvoiceFacts {
            number: format!("INV-2026-{:06}", 1233 + place),
            kind: if is_correction { "Залруулга" } else { "Түрээс" }.into(),
            period: domain::Month::of(date(2026, 11, 1)),
            issued_on: date(2026, 11, 10),
            due_on: date(2026, 12, 5),
            corrects: is_correction.then(|| "INV-2026-001234".into()),
            reason: if is_correction { "Талбайн хэмжээ буруу бичигдсэн" } else { "" }.into(),
            tenant: Party { signer: None, ..head().tenant },
            building: "Алтан Тауэр".into(),
            units: "К-403; К-404".into(),
            contract: "CT-2026-0042".into(),
            lines: vec![line("Түрээс (К-403; К-404)", how, Decimal::new(985, 1), 35_000, 31_340_909)],
            subtotal: Money::from_mungo(313_409_091 * sign),
            vat: Money::from_mungo(31_340_909 * sign),
            city_tax: Money::ZERO,
            total: money(3_447_500),
            paid: if is_correction { money(3_447_500) } else { Money::from_tugrug(1_000_000) },
            balance: if is_correction { Money::ZERO } else { Money::from_tugrug(2_447_500) },
            previous_balance: if is_correction { Money::ZERO } else { Money::from_tugrug(250_000) },
            credit: Money::ZERO,
            link: Some("https://spacehub.mn/i/8Hk2sDf9aQ1LmZ0pXc4VbN".into()),
        };
        Invoice::new(facts).expect("small sums")
    };
    let accounts =
        vec![Account {
            bank: "Хаан банк".into(), number: "5000 123 456".into(), holder: "Алтан Тауэр ХХК".into()
        }];
    let number = if count == 1 { "INV-2026-001234".to_owned() } else { count.to_string() };
    Invoices { number, draft: false, owner: head().owner, accounts, invoices: (1..=count).map(one).collect() }
}

fn contract_ref() -> ContractRef {
    ContractRef { code: "CT-2026-0042".into(), units: "К-403; К-404".into(), starts_on: date(2026, 10, 1) }
}

fn room(unit_no: &str, floor: i32, kind: &str, area: i64, during: Option<(Date, Option<Date>)>) -> Room {
    Room {
        unit_no: unit_no.into(),
        floor: floor.to_string(),
        kind: kind.into(),
        area_m2: Decimal::new(area, 2),
        during,
    }
}
