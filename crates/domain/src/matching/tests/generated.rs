//! Other owners, with codes, rooms and names of their own: the rules hold for them as for the sample.

use std::collections::{HashMap, HashSet};

use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use crate::{
    BankAccountId, BankTransactionId, ContractId, InvoiceId, Money, Month, TenantId,
    bank::LineState,
    latin::latin,
    matching::{Basis, Bill, Book, Debtor, Line, Verdict},
};

/// A small generator of our own: the same seed is the same owner.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

struct Owner {
    debtors: Vec<Debtor>,
    bills: Vec<Bill>,
}

const FIRST: [&str; 14] = [
    "Хөх",
    "Мөнгөн",
    "Ялгуун",
    "Цэцэг",
    "Жавхлант",
    "Шинэ",
    "Чандмань",
    "Үүрд",
    "Өнөр",
    "Хаш",
    "Баян",
    "Ундраа",
    "Зэгст",
    "Ёст",
];
const SECOND: [&str; 14] = [
    "Тэнгэр",
    "Хайрхан",
    "Сүлжээ",
    "Булаг",
    "Чулуу",
    "Зам",
    "Жимс",
    "Өргөө",
    "Хангай",
    "Шувуу",
    "Цамхаг",
    "Ертөнц",
    "Гүүр",
    "Ялалт",
];

/// Owners write their numbers as they like.
fn owner(dice: &mut Dice) -> Owner {
    let (code_style, unit_style) = (dice.roll(5), dice.roll(5));
    let mut owner = Owner { debtors: Vec::new(), bills: Vec::new() };
    let mut names = HashSet::new();
    let mut amounts = HashSet::new();
    for place in 0..30 {
        let name = loop {
            let name = match dice.roll(3) {
                0 => format!("“{} {}” ХХК", dice.pick(&FIRST), dice.pick(&SECOND)),
                1 => format!(
                    "{}.{}{}",
                    dice.pick(&["Б", "Ц", "Ө", "Х"]),
                    dice.pick(&SECOND),
                    dice.pick(&FIRST).to_lowercase()
                ),
                _ => format!("{} {} ХХК", dice.pick(&SECOND), dice.pick(&FIRST)),
            };
            if names.insert(name.clone()) {
                break name;
            }
        };
        let number = 101 + place * 7;
        let code = match code_style {
            0 => format!("CT-2026-{number:04}"),
            1 => format!("ТГ-{number:03}/26"),
            2 => format!("{}", 200_000 + number),
            3 => format!("ОФ2026-{number:05}"),
            _ => format!("GR-{number:04}-A"),
        };
        let unit = match unit_style {
            0 => format!("{number}"),
            1 => format!("{}-{:02}", dice.pick(&["Б", "К", "Д"]), number),
            2 => format!("{number}А"),
            3 => format!("B{}-{number}", place % 3 + 1),
            _ => format!("{}F-{number}", place % 4 + 1),
        };
        let contract = ContractId::new();
        owner.debtors.push(Debtor {
            contract,
            code,
            units: vec![unit],
            tenant: TenantId::new(),
            tenant_name: name,
            phones: vec![format!("99{:06}", 100_000 + place * 37)],
            register: format!("{}", 6_000_000 + place * 131),
        });
        let amount = loop {
            let amount = 300_000 + 50 * dice.roll(90_000) as i64;
            if amounts.insert(amount) && !amounts.contains(&(amount * 2)) {
                break amount;
            }
        };
        let due_on = date(2026, 10, 10) + (dice.roll(25) as i64).days();
        for month in 0..2 {
            owner.bills.push(Bill {
                invoice: InvoiceId::new(),
                code: format!("INV-2026-{:06}", place * 2 + month + 1),
                contract,
                open: Money::from_tugrug(amount),
                due_on: due_on + (month as i64).months(),
                month: Month::new(2026, 10 + month as i8).ok(),
            });
        }
    }
    owner
}

/// A number as payers write it: any marks between its parts, any capitals, any alphabet.
fn as_typed(number: &str, dice: &mut Dice) -> String {
    let dash = dice.pick(&["-", "–", "_", " ", ""]);
    let typed = number.replace('-', dash);
    let typed = if dice.roll(3) == 0 { typed.to_lowercase() } else { typed };
    let typed = match dice.roll(3) {
        0 => typed.replace(['C', 'С'], "С").replace(['T', 'Т'], "Т").replace(['A', 'А'], "А").replace(['K', 'К'], "К"),
        1 => typed.replace('А', "A").replace('К', "K").replace('Т', "T").replace('О', "O"),
        _ => typed,
    };
    let mark = dice.pick(&["", "№", "#"]);
    format!("{mark}{typed}")
}

/// A Latin spelling of a name, of the several that people use.
fn spelt(name: &str, dice: &mut Dice) -> String {
    let name = name.replace(['“', '”'], "").replace(" ХХК", dice.pick(&[" HHK", " XXK", " LLC", ""]));
    let typed = latin(&name);
    match dice.roll(4) {
        0 => typed,
        1 => latin(&name.replace('х', "k'х").replace('Х', "K'Х")).replace('\'', "").to_uppercase(),
        2 => typed.replace("ts", "c").replace("Ts", "C").replace('j', "zh"),
        _ => name,
    }
}

/// A line and what must be said of it.
struct Told {
    text: String,
    amount: i64,
    sender: String,
    name: Option<String>,
    expected: Expected,
    tenant: Option<usize>,
}

enum Expected {
    Linked(Vec<InvoiceId>),
    Probable(InvoiceId),
    Unknown,
    Ignored,
}

/// Lines by the rules, each with its answer, from what is still open at its time.
fn lines(owner: &Owner, dice: &mut Dice, count: usize) -> Vec<Told> {
    let mut open: HashMap<ContractId, Vec<&Bill>> = HashMap::new();
    for bill in &owner.bills {
        open.entry(bill.contract).or_default().push(bill);
    }
    let mut told = Vec::new();
    for place in 0..count {
        let tenant = dice.roll(owner.debtors.len());
        let debtor = &owner.debtors[tenant];
        let bills = open[&debtor.contract].clone();
        let sender = format!("50{:08}", 10_000_000 + place);
        let about =
            dice.pick(&["түрээс", "10-р сарын түрээс", "10 sar turees", "Oct turees", "tulbur", "11-r sariin turees"]);
        let unit = format!("{} {}", as_typed(&debtor.units[0], dice), dice.pick(&["тоот", "toot", "TOOT", "тоотын"]));
        let amount = |bill: &Bill| bill.open.mungo() / 100;
        let (number, contract) = (as_typed(&debtor.code, dice), &debtor.contract);
        let mut line = Told {
            text: String::new(),
            amount: 0,
            sender,
            name: None,
            expected: Expected::Unknown,
            tenant: Some(tenant),
        };
        let Some(first) = bills.first().copied() else { continue };
        let mut pays = 0;
        match dice.roll(12) {
            0 | 1 => (line.text, line.amount, pays) = (format!("{unit} {about}"), amount(first), 1),
            2 | 3 => (line.text, line.amount, pays) = (format!("{about} {number}"), amount(first), 1),
            4 => (line.text, line.amount, pays) = (as_typed(&first.code, dice), amount(first), 1),
            5 => {
                line.text = format!("{number} {unit}");
                line.amount = bills.iter().map(|bill| amount(bill)).sum();
                pays = bills.len();
            }
            6 => {
                line.text = format!("{about} {unit} хагас");
                line.amount = amount(first) / 3 + 7;
                line.expected = Expected::Probable(first.invoice);
            }
            7 => {
                line.text = format!("{} {about}", spelt(&debtor.tenant_name, dice));
                line.amount = amount(first);
                line.expected = Expected::Probable(first.invoice);
            }
            8 => {
                line.text = format!("{} түрээс", dice.pick(&[&*debtor.phones[0], &debtor.register]));
                line.amount = amount(first) + 13;
                line.expected = Expected::Probable(first.invoice);
            }
            9 => {
                line.text = "баярлалаа".into();
                line.name = Some(spelt(&debtor.tenant_name, dice));
                line.amount = amount(first) + 1;
                line.expected = Expected::Probable(first.invoice);
            }
            10 => {
                line.text =
                    dice.pick(&["Зарын самбар 2026.10.12", "10 сар", "EB -Зээл эргэн төлөлт", "тоот түрээс"]).into();
                (line.amount, line.tenant) = (12_345, None);
            }
            _ => {
                line.text = format!("{unit} цалин");
                (line.amount, line.tenant, line.expected) = (-amount(first), None, Expected::Ignored);
            }
        }
        if pays > 0 {
            let paid = open.get_mut(contract).expect("every contract has its bills");
            line.expected = Expected::Linked(paid.drain(..pays).map(|bill| bill.invoice).collect());
        }
        told.push(line);
    }
    told
}

fn judge(owner: &Owner, lines: &[&Told]) -> Vec<Verdict> {
    let mut book = Book::new(owner.debtors.clone(), owner.bills.clone());
    let account = BankAccountId::new();
    let judge = |line: &&Told| {
        book.judge(&Line {
            id: BankTransactionId::new(),
            account,
            amount: Money::from_tugrug(line.amount),
            text: &line.text,
            counter_account: Some(&line.sender),
            counter_name: line.name.as_deref(),
        })
    };
    lines.iter().map(judge).collect()
}

#[test]
fn the_rules_hold_for_owners_with_other_numbers_and_names() {
    let mut counts: HashMap<LineState, usize> = HashMap::new();
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let owner = owner(&mut dice);
        let told = lines(&owner, &mut dice, 60);
        for (line, verdict) in told.iter().zip(judge(&owner, &told.iter().collect::<Vec<_>>())) {
            *counts.entry(verdict.state).or_default() += 1;
            let linked: Vec<InvoiceId> = verdict.linked.iter().map(|part| part.invoice).collect();
            let is_right = match &line.expected {
                Expected::Linked(invoices) => verdict.state == LineState::Linked && linked == *invoices,
                Expected::Probable(invoice) => {
                    verdict.state == LineState::Probable
                        && verdict.candidates.iter().take(3).any(|offer| offer.invoice == *invoice)
                }
                Expected::Unknown => verdict.state == LineState::Unknown,
                Expected::Ignored => verdict.state == LineState::Ignored,
            };
            let debtor = line.tenant.map(|tenant| &owner.debtors[tenant]);
            assert!(
                is_right,
                "owner {seed}: {:?} {} {:?} of {debtor:?}\n{verdict:?}",
                line.text, line.amount, line.name
            );
        }
    }
    println!("{counts:?}");
    assert!(counts.values().all(|count| *count > 300) && counts.len() == 4, "every state is tried: {counts:?}");
}

#[test]
fn a_number_that_two_buildings_share_links_when_one_fits() {
    let debtor = |code: &str, name: &str| Debtor {
        contract: ContractId::new(),
        code: code.into(),
        units: vec!["302".into()],
        tenant: TenantId::new(),
        tenant_name: name.into(),
        phones: vec![],
        register: String::new(),
    };
    let (here, there) = (debtor("A-1", "Тод Нүд ХХК"), debtor("A-2", "Энэрэл Шүд ХХК"));
    let bill = |debtor: &Debtor, amount: i64| Bill {
        invoice: InvoiceId::new(),
        code: String::new(),
        contract: debtor.contract,
        open: Money::from_tugrug(amount),
        due_on: date(2026, 10, 15),
        month: None,
    };
    let bills = vec![bill(&here, 500_000), bill(&there, 700_000), bill(&here, 900_000), bill(&there, 900_000)];
    let owner = Owner { debtors: vec![here, there], bills };
    let line = |amount| Told {
        text: "№302 turees".into(),
        amount,
        sender: "5000000001".into(),
        name: None,
        expected: Expected::Unknown,
        tenant: None,
    };
    let (shared, single) = (line(900_000), line(700_000));

    let verdicts = judge(&owner, &[&shared, &single]);

    assert_eq!((verdicts[0].state, verdicts[0].basis), (LineState::Probable, Basis::Several));
    assert_eq!((verdicts[1].state, verdicts[1].linked[0].invoice), (LineState::Linked, owner.bills[1].invoice));
}

#[test]
fn a_sender_is_remembered_and_a_line_taken_back() {
    let mut dice = Dice(7);
    let owner = owner(&mut dice);
    let debtor = &owner.debtors[3];
    let bills: Vec<&Bill> = owner.bills.iter().filter(|bill| bill.contract == debtor.contract).collect();
    let amount = bills[0].open.mungo() / 100;
    let line = |text: String, amount: i64| Told {
        text,
        amount,
        sender: "5400000009".into(),
        name: None,
        expected: Expected::Unknown,
        tenant: None,
    };
    let first = line(format!("{} түрээс", debtor.code), amount);
    let back = line(format!("Буцаалт:  {} түрээс", debtor.code), -amount);
    let second = line("11 sar".into(), amount);
    let third = line("12 sar".into(), amount);

    let verdicts = judge(&owner, &[&first, &back, &second, &third]);

    assert_eq!((verdicts[1].state, verdicts[1].candidates[0].invoice), (LineState::Probable, bills[0].invoice));
    assert!(verdicts[1].reverses.is_some());
    assert_eq!((verdicts[2].basis, verdicts[2].linked[0].invoice), (Basis::Sender, bills[1].invoice));
    assert_eq!(verdicts[3].state, LineState::Unknown, "what is paid is not offered again");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// However odd the texts: a line links all of its amount or nothing, and no bill is paid more than is open of it.
    #[test]
    fn money_is_conserved(seed in any::<u64>(), texts in proptest::collection::vec("\\PC{0,40}", 30), shift in 0i64..3) {
        let mut dice = Dice(seed);
        let owner = owner(&mut dice);
        let mut told = lines(&owner, &mut dice, 60);
        for (line, text) in told.iter_mut().zip(&texts) {
            line.text = format!("{text} {}", line.text);
            line.amount += shift;
        }
        let mut paid: HashSet<InvoiceId> = HashSet::new();
        for (line, verdict) in told.iter().zip(judge(&owner, &told.iter().collect::<Vec<_>>())) {
            let linked: i64 = verdict.linked.iter().map(|part| part.amount.mungo()).sum();
            prop_assert!(linked == 0 || linked == line.amount * 100);
            prop_assert_eq!(linked > 0, verdict.state == LineState::Linked);
            prop_assert!(verdict.candidates.is_empty() || verdict.state == LineState::Probable);
            for part in &verdict.linked {
                let bill = owner.bills.iter().find(|bill| bill.invoice == part.invoice).expect("a bill of ours");
                prop_assert_eq!(part.amount, bill.open);
                prop_assert!(paid.insert(part.invoice), "paid once");
            }
        }
    }

    /// What other tenants pay changes nothing for this one.
    #[test]
    fn lines_of_others_change_nothing(seed in any::<u64>(), tenant in 0usize..30) {
        let mut dice = Dice(seed);
        let owner = owner(&mut dice);
        let told = lines(&owner, &mut dice, 80);
        let all: Vec<&Told> = told.iter().collect();
        let own: Vec<&Told> = all.iter().copied().filter(|line| line.tenant == Some(tenant)).collect();
        let among_all = judge(&owner, &all);
        let of_own = all.iter().zip(among_all).filter(|(line, _)| line.tenant == Some(tenant)).map(|(_, verdict)| verdict);
        for (alone, among) in judge(&owner, &own).into_iter().zip(of_own) {
            prop_assert_eq!((alone.state, alone.basis, &alone.linked), (among.state, among.basis, &among.linked));
            // who is called alike may be offered too; the order among the own ones stays
            let ours = |verdict: &Verdict| -> Vec<InvoiceId> {
                let contract = owner.debtors[tenant].contract;
                let is_ours = |id: &InvoiceId| {
                    owner.bills.iter().any(|bill| bill.invoice == *id && bill.contract == contract)
                };
                verdict.candidates.iter().map(|offer| offer.invoice).filter(is_ours).collect()
            };
            prop_assert_eq!(ours(&alone), ours(&among));
        }
    }
}
