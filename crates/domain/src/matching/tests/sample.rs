//! The statements of the sample owner against their answer key.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::{
    BankAccountId, BankTransactionId, ContractId, InvoiceId, Money, TenantId,
    bank::LineState,
    matching::{Bill, Book, Debtor, Line, Verdict},
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");

struct Sample {
    book: Book,
    codes: HashMap<InvoiceId, String>,
    lines: Vec<Value>,
}

fn sample() -> Sample {
    let read = |name: &str| std::fs::read_to_string(format!("{DATA}{name}")).expect("the sample data lies beside us");
    let rent_roll: Value = serde_json::from_str(&read("rent-roll.key.json")).expect("the rent roll's key is JSON");
    let keys: Value = serde_json::from_str(&read("statements.key.json")).expect("the statements' key is JSON");
    let text = |value: &Value, field: &str| value[field].as_str().unwrap_or_default().to_owned();

    let mut people: HashMap<String, (Vec<String>, String)> = HashMap::new();
    for row in rent_roll["rows"].as_array().expect("rows").iter().filter(|row| row["status"] == "ok") {
        let values = &row["values"];
        let phones = values["phones"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        people.insert(text(values, "contract"), (phones.collect(), text(values, "register")));
    }
    let mut debtors: HashMap<String, Debtor> = HashMap::new();
    let mut tenants: HashMap<String, TenantId> = HashMap::new();
    let (mut bills, mut codes) = (Vec::new(), HashMap::new());
    let csv = read("open-invoices.csv");
    let mut csv = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for row in csv.records() {
        let row = row.expect("a row");
        let [code, contract, name, _, unit, period, amount, due_on] =
            std::array::from_fn(|place| row[place].to_owned());
        let (phones, register) = people[&contract].clone();
        let debtor = debtors.entry(contract.clone()).or_insert_with(|| Debtor {
            contract: ContractId::new(),
            code: contract,
            units: unit.split(';').map(|unit| unit.trim().to_owned()).collect(),
            tenant: *tenants.entry(register.clone()).or_insert_with(TenantId::new),
            tenant_name: name,
            phones,
            register,
        });
        let invoice = InvoiceId::new();
        codes.insert(invoice, code.clone());
        bills.push(Bill {
            invoice,
            code,
            contract: debtor.contract,
            open: Money::parse_decimal(&amount).expect("an amount"),
            due_on: due_on.parse().expect("a day"),
            month: period.parse().ok(),
        });
    }
    let book = Book::new(debtors.into_values().collect(), bills);
    Sample { book, codes, lines: keys["lines"].as_array().expect("lines").clone() }
}

impl Sample {
    /// Judges every line in the order of time and gives the key's line with the verdict.
    fn judged(mut self) -> (Vec<(Value, Verdict)>, HashMap<InvoiceId, String>) {
        self.lines.sort_by_key(|line| line["booked_at"].as_str().unwrap_or_default().to_owned());
        let mut accounts = HashMap::new();
        let judge = |line: Value| {
            let id = line["id"].as_str().expect("an id");
            let bank = id.split('-').next().expect("a bank").to_owned();
            let verdict = self.book.judge(&Line {
                id: BankTransactionId::new(),
                account: *accounts.entry(bank).or_insert_with(BankAccountId::new),
                amount: Money::from_mungo(line["amount"].as_str().expect("an amount").parse().expect("mungo")),
                text: line["text"].as_str().unwrap_or_default(),
                counter_account: line["counter_account"].as_str(),
                counter_name: line["counter_name"].as_str(),
            });
            (line, verdict)
        };
        let judged = self.lines.into_iter().map(judge).collect();
        (judged, self.codes)
    }
}

#[test]
fn every_line_of_the_sample_is_judged_as_its_key_says() {
    let (judged, codes) = sample().judged();
    let (mut wrong, mut links, mut found, mut probable) = (Vec::new(), 0, 0, 0);
    for (line, verdict) in &judged {
        let expected = line["state"].as_str().expect("a state");
        let accepted = line["accept"].as_array().expect("states").iter().any(|state| state == verdict.state.as_str());
        let pays: BTreeSet<(String, String)> =
            verdict.linked.iter().map(|part| (codes[&part.invoice].clone(), part.amount.mungo().to_string())).collect();
        let meant = |field: &str| -> BTreeSet<(String, String)> {
            let parts = line[field].as_array().into_iter().flatten();
            parts
                .map(|part| {
                    let text = |field: &str| part[field].as_str().expect("text").to_owned();
                    (text("invoice"), text("amount"))
                })
                .collect()
        };
        let offered: Vec<&str> = verdict.candidates.iter().map(|offer| codes[&offer.invoice].as_str()).collect();
        let mut is_right = accepted;
        if verdict.state == LineState::Linked {
            links += 1;
            is_right &= pays == meant("linked");
        }
        found += usize::from(expected == "linked" && verdict.state == LineState::Linked);
        if verdict.state == LineState::Probable {
            probable += 1;
            is_right &= meant("meant").iter().all(|(code, _)| offered.iter().take(3).any(|offer| offer == code));
        }
        is_right &= verdict.basis.as_str() == line["basis"].as_str().expect("a basis");
        if !is_right {
            wrong.push(format!("{line}\n  -> {verdict:?} {offered:?}"));
        }
    }

    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), judged.len(), wrong.join("\n"));
    let expected = judged.iter().filter(|(line, _)| line["state"] == "linked").count();
    println!("{} lines: {links} linked, {found} of {expected} found, {probable} probable, 0 wrong", judged.len());
    assert_eq!(found, expected, "every line that can be linked is");
}
