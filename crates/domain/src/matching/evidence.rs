//! What a line says of itself: the numbers, names and accounts in it that mean somebody.

use std::collections::HashMap;

use super::{
    Clue, Line,
    index::{Index, Meant},
    text::{Runs, unwrap},
};
use crate::bank::account_number;

/// Contracts by an account that has paid for them.
pub(super) type Senders = HashMap<Box<str>, Vec<u32>>;

/// A number in the text that means a contract: one, or several that share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) contracts: Vec<u32>,
    pub(super) clue: Clue,
    /// As the owner writes it.
    pub(super) word: String,
}

/// What kind of line it is, before anybody asks for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Settlement,
    Interest,
}

#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) kind: Kind,
    /// Bills that the text names, each once, with their codes.
    pub(super) invoices: Vec<(u32, String)>,
    pub(super) named: Vec<Named>,
    /// Tenants that the text names otherwise.
    pub(super) told: Vec<(u32, Clue)>,
    /// Tenants called like the account's holder.
    pub(super) sender_named: Vec<u32>,
    /// The sender's account, where anything tells it.
    pub(super) sender: Option<Box<str>>,
    /// Contracts that this account has paid for.
    pub(super) sender_known: Vec<u32>,
    pub(super) months: u16,
}

impl Evidence {
    pub(super) fn of(line: &Line<'_>, index: &Index, senders: &Senders, runs: &mut Runs) -> Evidence {
        let unwrapped = unwrap(line.text);
        let sender = line.counter_account.or(unwrapped.account).map(account);
        runs.read(unwrapped.text, line.amount);
        let mut evidence = Evidence {
            kind: Kind::Plain,
            invoices: Vec::new(),
            named: Vec::new(),
            told: Vec::new(),
            sender_named: Vec::new(),
            sender_known: sender.as_ref().and_then(|account| senders.get(account)).cloned().unwrap_or_default(),
            sender,
            months: runs.months,
        };
        index.numbers_in(runs, |found| evidence.add(&found.meant, found.written));
        evidence.kind = kind(runs, evidence.sender.is_some(), !evidence.invoices.is_empty());
        if evidence.kind != Kind::Plain {
            return evidence;
        }
        index.names_in(unwrapped.text, |tenant| evidence.tell(tenant, Clue::NameTold));
        if let Some(name) = line.counter_name.or(unwrapped.name) {
            index.names_in(name, |tenant| once(&mut evidence.sender_named, tenant));
        }
        evidence.unite();
        evidence
    }

    /// Whether it names anything by a number.
    pub(super) fn has_number(&self) -> bool {
        !self.invoices.is_empty() || !self.named.is_empty()
    }

    /// Takes what a number means most: a bill before a contract, a contract before a room, a person last.
    fn add(&mut self, meant: &[Meant], word: &str) {
        let bills = meant.iter().filter_map(|meant| if let Meant::Invoice(bill) = meant { Some(*bill) } else { None });
        let bills: Vec<u32> = bills.collect();
        if !bills.is_empty() {
            for bill in bills {
                if !self.invoices.iter().any(|(other, _)| *other == bill) {
                    self.invoices.push((bill, word.to_owned()));
                }
            }
            return;
        }
        let contracts = |pick: fn(&Meant) -> Option<u32>| {
            let mut found: Vec<u32> = meant.iter().filter_map(pick).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let by_code = contracts(|meant| if let Meant::Contract(contract) = meant { Some(*contract) } else { None });
        let by_unit = contracts(|meant| if let Meant::Unit(contract) = meant { Some(*contract) } else { None });
        let named = match (by_code.is_empty(), by_unit.is_empty()) {
            (false, _) => Some((by_code, Clue::ContractNamed)),
            (true, false) => Some((by_unit, Clue::UnitNamed)),
            (true, true) => None,
        };
        if let Some((contracts, clue)) = named {
            let named = Named { contracts, clue, word: word.to_owned() };
            if !self.named.contains(&named) {
                self.named.push(named);
            }
            return;
        }
        for meant in meant {
            match meant {
                Meant::Phone(tenant) => self.tell(*tenant, Clue::PhoneTold),
                Meant::Register(tenant) => self.tell(*tenant, Clue::RegisterTold),
                Meant::Invoice(_) | Meant::Contract(_) | Meant::Unit(_) => {}
            }
        }
    }

    fn tell(&mut self, tenant: u32, clue: Clue) {
        if !self.told.iter().any(|(other, _)| *other == tenant) {
            self.told.push((tenant, clue));
        }
    }

    /// Two numbers for the same contract are one: its code and its room, or two of its rooms.
    fn unite(&mut self) {
        let mut sure: Vec<u32> = Vec::new();
        let mut kept: Vec<Named> = Vec::with_capacity(self.named.len());
        // a code says more than a room, one meaning more than several
        self.named.sort_by_key(|named| (named.contracts.len() > 1, named.clue == Clue::UnitNamed));
        for named in self.named.drain(..) {
            if named.contracts.iter().any(|contract| sure.contains(contract)) {
                continue;
            }
            if let [only] = named.contracts[..] {
                sure.push(only);
            }
            kept.push(named);
        }
        self.named = kept;
    }
}

/// An account's number in the form in which senders are remembered.
pub(super) fn account(written: &str) -> Box<str> {
    account_number(written).unwrap_or_else(|_| written.trim().to_owned()).into()
}

fn once(list: &mut Vec<u32>, item: u32) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Tells what many paid in one sum, and what the bank itself pays, by its words.
fn kind(runs: &Runs, has_sender: bool, names_invoice: bool) -> Kind {
    let begins = |place: usize, words: &[&str]| {
        runs.is_letters(place) && words.iter().any(|word| runs.text(place).starts_with(word))
    };
    let is = |place: usize, words: &[&str]| runs.is_letters(place) && words.contains(&runs.text(place));
    let (mut channel, mut sum, mut settlement, mut interest, mut income) = (false, false, false, false, false);
    for place in 0..runs.len() {
        channel |= is(place, &["QPAY", "POS", "ПOC", "SOCIALPAY", "MONPAY"])
            || begins(place, &["KAPT", "KART", "CARD", "TEPMИHAЛ", "TERMINAL", "MERCHANT"]);
        sum |= begins(place, &["TOOЦOO", "TOOTSOO", "TOOCOO", "HЭГTГЭЛ"])
            || (begins(place, &["ГYЙЛГЭЭ", "GUILGEE"]) && place > 0 && runs.is_digits(place - 1));
        settlement |= begins(place, &["SETTLEMENT"]);
        interest |= is(place, &["XYY", "XYYГИЙH", "HUU", "KHUU", "HUUGIIN", "KHUUGIIN", "INTEREST"]);
        income |= begins(place, &["OPЛOГO", "ORLOGO", "INCOME"]);
    }
    if !names_invoice && (settlement || (channel && sum)) {
        Kind::Settlement
    } else if interest && (income || !has_sender) {
        Kind::Interest
    } else {
        Kind::Plain
    }
}
