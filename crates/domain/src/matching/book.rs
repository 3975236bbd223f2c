//! The open bills with whom they are owed by, and the judge who goes through the lines with them.

use std::collections::{HashMap, VecDeque};

use super::{
    Basis, Bill, Candidate, Clue, Debtor, Line, MOST_CANDIDATES, Paid, Reason, Verdict,
    evidence::{Evidence, Kind, Named, Senders, account},
    index::{Index, Meant},
    text::{Runs, unwrap},
    text_key::text_key,
};
use crate::{BankAccountId, BankTransactionId, ContractId, InvoiceId, Money, allocation::Allocation, bank::LineState};

/// Everything that a line may pay. A line that links pays its bills, so lines come in the order of time.
#[derive(Debug, Default)]
pub struct Book {
    index: Index,
    bills: Vec<Owed>,
    contracts: Vec<Contract>,
    /// The contracts of each tenant.
    tenants: Vec<Vec<u32>>,
    places: HashMap<ContractId, u32>,
    /// Open bills by what is left of them, the oldest due first; paid ones go when they are met.
    by_amount: HashMap<i64, VecDeque<u32>>,
    senders: Senders,
    paid: HashMap<(BankAccountId, i64), Vec<Past>>,
    /// The memory in which a line is read.
    runs: Runs,
}

#[derive(Debug)]
struct Owed {
    id: InvoiceId,
    contract: u32,
    open: Money,
    /// From nought.
    month: Option<u8>,
}

#[derive(Debug)]
struct Contract {
    code: Box<str>,
    tenant: u32,
    /// Its open bills, the oldest due first.
    open: Vec<u32>,
}

/// A linked line as far as its being taken back is concerned.
#[derive(Debug)]
struct Past {
    line: BankTransactionId,
    text_key: u64,
    sender: Option<Box<str>>,
    invoices: Box<[InvoiceId]>,
}

/// How the numbers of a text and the amount go together.
enum Fit {
    One(Vec<u32>, Clue),
    Several,
    Not,
}

/// A bill that is offered, and what speaks for it.
struct Offer<'a> {
    bill: u32,
    /// How many bills of the same contract are older.
    rank: usize,
    score: u32,
    named: Option<&'a Named>,
    invoice_code: Option<&'a str>,
    clues: Vec<Clue>,
}

/// The bills that are offered, each once.
#[derive(Default)]
struct Offers<'a> {
    list: Vec<Offer<'a>>,
    places: HashMap<u32, usize>,
}

/// How many ways to pick contracts for several shared numbers are tried.
const MOST_PICKS: usize = 4096;

impl Book {
    /// The bills of these debtors; a bill of nobody among them is left out.
    pub fn new(debtors: Vec<Debtor>, bills: Vec<Bill>) -> Book {
        let mut book = Book::default();
        let mut tenants = HashMap::new();
        for debtor in debtors {
            let tenant = *tenants.entry(debtor.tenant).or_insert_with(|| {
                let place = place(book.tenants.len());
                book.tenants.push(Vec::new());
                book.index.add_name(&debtor, place);
                for phone in &debtor.phones {
                    book.index.add_number(phone, Meant::Phone(place));
                }
                book.index.add_number(&debtor.register, Meant::Register(place));
                book.index.add_number(&crate::latin::latin(&debtor.register), Meant::Register(place));
                place
            });
            let contract = place(book.contracts.len());
            book.tenants[tenant as usize].push(contract);
            book.places.insert(debtor.contract, contract);
            book.index.add_number(&debtor.code, Meant::Contract(contract));
            for unit in &debtor.units {
                book.index.add_number(unit, Meant::Unit(contract));
            }
            book.contracts.push(Contract { code: debtor.code.into(), tenant, open: Vec::new() });
        }
        let mut bills = bills;
        bills.sort_unstable_by(|one, other| (one.due_on, &one.code).cmp(&(other.due_on, &other.code)));
        for bill in bills {
            let Some(contract) = book.places.get(&bill.contract).copied() else { continue };
            if !bill.open.is_positive() {
                continue;
            }
            let place = place(book.bills.len());
            book.index.add_number(&bill.code, Meant::Invoice(place));
            book.contracts[contract as usize].open.push(place);
            book.by_amount.entry(bill.open.mungo()).or_default().push_back(place);
            let month = bill.month.map(|month| month.number().unsigned_abs() - 1);
            book.bills.push(Owed { id: bill.invoice, contract, open: bill.open, month });
        }
        book
    }

    /// Remembers that an account has paid for a contract.
    pub fn remember_sender(&mut self, sender: &str, contract: ContractId) {
        if let Some(contract) = self.places.get(&contract).copied() {
            remember(&mut self.senders, account(sender), contract);
        }
    }

    /// Remembers a line that was linked before, for the day it is taken back.
    pub fn remember_paid(&mut self, paid: Paid) {
        let past = Past {
            line: paid.line,
            text_key: paid.text_key,
            sender: paid.counter_account.as_deref().map(account),
            invoices: paid.invoices.into(),
        };
        self.paid.entry((paid.account, paid.amount.mungo())).or_default().push(past);
    }

    /// Says what a line is, and lets it pay when it links.
    pub fn judge(&mut self, line: &Line<'_>) -> Verdict {
        if !line.amount.is_positive() {
            return self.judge_outgoing(line);
        }
        let mut runs = std::mem::take(&mut self.runs);
        let evidence = Evidence::of(line, &self.index, &self.senders, &mut runs);
        self.runs = runs;
        match evidence.kind {
            Kind::Settlement => return plain(LineState::Unknown, Basis::Settlement, Clue::Settlement),
            Kind::Interest => return plain(LineState::Ignored, Basis::Interest, Clue::Interest),
            Kind::Plain => {}
        }
        let amount = line.amount;
        if evidence.has_number() {
            return match self.fit(&evidence, amount) {
                Fit::One(bills, clue) if !self.is_told_of_another(&evidence, &bills, amount) => {
                    self.link(line, &evidence, &bills, Basis::Number, number_reasons(&evidence, clue))
                }
                Fit::One(..) => self.offer(&evidence, amount, Basis::Several, Some(Clue::CluesDisagree)),
                Fit::Several => self.offer(&evidence, amount, Basis::Several, Some(Clue::SeveralFit)),
                Fit::Not => self.offer(&evidence, amount, Basis::Misfit, None),
            };
        }
        if let Some(bill) = self.fit_of_sender(&evidence, amount) {
            let reasons = vec![Reason::new(Clue::SenderKnown), Reason::new(Clue::AmountFits)];
            return self.link(line, &evidence, &[bill], Basis::Sender, reasons);
        }
        self.offer(&evidence, amount, Basis::Person, None)
    }

    /// Money that went out is nobody's, unless it takes back what came in.
    fn judge_outgoing(&mut self, line: &Line<'_>) -> Verdict {
        let Some(said) = taken_back(unwrap(line.text).text) else {
            return plain(LineState::Ignored, Basis::Outgoing, Clue::Outgoing);
        };
        let sender = line.counter_account.map(account);
        let key = text_key(said);
        let came_in = line.amount.checked_neg().unwrap_or(Money::MAX).mungo();
        let pasts = self.paid.get_mut(&(line.account, came_in));
        let is_it = |past: &Past| past.text_key == key || (sender.is_some() && past.sender == sender);
        let found = pasts.and_then(|pasts| pasts.iter().rposition(is_it).map(|place| pasts.remove(place)));
        let Some(past) = found else {
            return plain(LineState::Unknown, Basis::Nothing, Clue::TakesBack);
        };
        let offered =
            |invoice: &InvoiceId| Candidate { invoice: *invoice, reasons: vec![Reason::new(Clue::TakesBack)] };
        Verdict {
            state: LineState::Probable,
            basis: Basis::Reversal,
            linked: Vec::new(),
            candidates: past.invoices.iter().take(MOST_CANDIDATES).map(offered).collect(),
            reasons: vec![Reason::new(Clue::TakesBack)],
            reverses: Some(past.line),
        }
    }

    fn fit(&self, evidence: &Evidence, amount: Money) -> Fit {
        if !evidence.invoices.is_empty() {
            return self.fit_of_invoices(evidence, amount);
        }
        if let [named] = &evidence.named[..] {
            let mut fits = named.contracts.iter().filter_map(|contract| self.fit_of_contract(*contract, amount));
            return match (fits.next(), fits.next()) {
                (Some((bills, clue)), None) => Fit::One(bills, clue),
                (Some(_), Some(_)) => Fit::Several,
                (None, _) => Fit::Not,
            };
        }
        self.fit_of_several(&evidence.named, amount)
    }

    /// The named bills together; a number of another contract beside them makes it doubtful.
    fn fit_of_invoices(&self, evidence: &Evidence, amount: Money) -> Fit {
        let bills: Vec<u32> = evidence.invoices.iter().map(|(bill, _)| *bill).collect();
        let is_sum = bills.iter().all(|bill| self.bill(*bill).open.is_positive()) && self.sum(&bills) == whole(amount);
        let is_of_them = |named: &Named| {
            named.contracts.iter().any(|contract| bills.iter().any(|bill| self.bill(*bill).contract == *contract))
        };
        match (is_sum, evidence.named.iter().all(is_of_them), bills.len()) {
            (true, true, 1) => Fit::One(bills, Clue::AmountFits),
            (true, true, _) => Fit::One(bills, Clue::AmountOfSeveral),
            (true, false, _) => Fit::Several,
            (false, ..) => Fit::Not,
        }
    }

    /// The oldest of its bills with this amount, or all of them.
    fn fit_of_contract(&self, contract: u32, amount: Money) -> Option<(Vec<u32>, Clue)> {
        let open = &self.contract(contract).open;
        if let Some(bill) = open.iter().find(|bill| self.bill(**bill).open.compare(amount).is_eq()) {
            return Some((vec![*bill], Clue::AmountFits));
        }
        (open.len() > 1 && self.sum(open) == whole(amount)).then(|| (open.clone(), Clue::AmountOfAll))
    }

    /// The oldest bill of each, or everything that they owe; a number that is shared may mean any of its contracts.
    fn fit_of_several(&self, named: &[Named], amount: Money) -> Fit {
        let picks = named.iter().try_fold(1usize, |picks, named| picks.checked_mul(named.contracts.len()));
        let Some(picks) = picks.filter(|picks| *picks <= MOST_PICKS) else { return Fit::Several };
        let mut fits: Vec<Vec<u32>> = Vec::new();
        for pick in 0..picks {
            let mut rest = pick;
            let mut contracts: Vec<u32> = Vec::with_capacity(named.len());
            for named in named {
                contracts.push(named.contracts[rest % named.contracts.len()]);
                rest /= named.contracts.len();
            }
            contracts.sort_unstable();
            contracts.dedup();
            if contracts.iter().any(|contract| self.contract(*contract).open.is_empty()) {
                continue;
            }
            let oldest: Vec<u32> = contracts.iter().map(|contract| self.contract(*contract).open[0]).collect();
            let all: Vec<u32> = contracts.iter().flat_map(|contract| self.contract(*contract).open.clone()).collect();
            for bills in [oldest, all] {
                if self.sum(&bills) == whole(amount) && !fits.contains(&bills) {
                    fits.push(bills);
                }
            }
        }
        match fits.len() {
            0 => Fit::Not,
            1 => Fit::One(fits.swap_remove(0), Clue::AmountOfSeveral),
            _ => Fit::Several,
        }
    }

    /// Whether the text tells of another tenant who owes exactly this: then the number may be the slip.
    fn is_told_of_another(&self, evidence: &Evidence, bills: &[u32], amount: Money) -> bool {
        let tenants: Vec<u32> = bills.iter().map(|bill| self.contract(self.bill(*bill).contract).tenant).collect();
        let others = evidence.told.iter().filter(|(tenant, _)| !tenants.contains(tenant));
        !evidence.told.iter().any(|(tenant, _)| tenants.contains(tenant))
            && others.flat_map(|(tenant, _)| &self.tenants[*tenant as usize]).any(|contract| {
                self.contract(*contract).open.iter().any(|bill| self.bill(*bill).open.compare(amount).is_eq())
            })
    }

    /// The only open bill with this amount among those that the sender has paid for before.
    fn fit_of_sender(&self, evidence: &Evidence, amount: Money) -> Option<u32> {
        let open = evidence.sender_known.iter().flat_map(|contract| &self.contract(*contract).open);
        let mut fitting = open.filter(|bill| self.bill(**bill).open.compare(amount).is_eq());
        let only = *fitting.next()?;
        let tenant = self.contract(self.bill(only).contract).tenant;
        let is_of_another = !evidence.told.is_empty() && !evidence.told.iter().any(|(told, _)| *told == tenant);
        (fitting.next().is_none() && !is_of_another).then_some(only)
    }

    fn link(
        &mut self,
        line: &Line<'_>,
        evidence: &Evidence,
        bills: &[u32],
        basis: Basis,
        reasons: Vec<Reason>,
    ) -> Verdict {
        let mut linked = Vec::with_capacity(bills.len());
        for bill in bills {
            let owed = &mut self.bills[*bill as usize];
            linked.push(Allocation { invoice: owed.id, amount: owed.open });
            owed.open = Money::ZERO;
            let contract = owed.contract;
            self.contracts[contract as usize].open.retain(|other| other != bill);
            if let Some(sender) = &evidence.sender {
                remember(&mut self.senders, sender.clone(), contract);
            }
        }
        let past = Past {
            line: line.id,
            text_key: text_key(line.text),
            sender: evidence.sender.clone(),
            invoices: linked.iter().map(|part| part.invoice).collect(),
        };
        self.paid.entry((line.account, line.amount.mungo())).or_default().push(past);
        Verdict { state: LineState::Linked, basis, linked, candidates: Vec::new(), reasons, reverses: None }
    }

    /// The bills that anything speaks for, best first; those of the amount when nothing else speaks.
    fn offer(&mut self, evidence: &Evidence, amount: Money, basis: Basis, doubt: Option<Clue>) -> Verdict {
        let mut offers = Offers::default();
        for (bill, code) in &evidence.invoices {
            let contract = self.bill(*bill).contract;
            self.speak_for(&mut offers, contract, |offer| {
                let is_it = offer.bill == *bill;
                offer.score = offer.score.max(if is_it { 60 } else { 40 });
                offer.invoice_code = if is_it { Some(code) } else { offer.invoice_code };
            });
        }
        for named in &evidence.named {
            for contract in &named.contracts {
                self.speak_for(&mut offers, *contract, |offer| {
                    offer.score += 40;
                    offer.named = Some(named);
                });
            }
        }
        let is_by_number = !offers.list.is_empty();
        let told = evidence.told.iter().map(|(tenant, clue)| (*tenant, *clue, 40));
        let sender_named = evidence.sender_named.iter().map(|tenant| (*tenant, Clue::SenderNamed, 20));
        for (tenant, clue, score) in told.chain(sender_named) {
            for contract in &self.tenants[tenant as usize] {
                self.speak_for(&mut offers, *contract, |offer| {
                    offer.score += score;
                    offer.clues.push(clue);
                });
            }
        }
        for contract in &evidence.sender_known {
            self.speak_for(&mut offers, *contract, |offer| {
                offer.score += 20;
                offer.clues.push(Clue::SenderKnown);
            });
        }
        let is_named = !offers.list.is_empty();
        let basis = if is_by_number { basis } else { Basis::Person };
        for bill in self.open_of(amount, evidence.months) {
            let rank = self.contract(self.bill(bill).contract).open.iter().position(|open| *open == bill);
            offers.of(bill, rank.unwrap_or_default());
        }
        let mut offers = offers.list;
        for offer in &mut offers {
            let owed = &self.bills[offer.bill as usize];
            let is_spoken_for = offer.score > 0;
            offer.score += if owed.open.compare(amount).is_eq() && is_spoken_for { 50 } else { 0 };
            offer.score += if is_of_months(owed, evidence.months) { 5 } else { 0 };
        }
        offers.sort_by_key(|offer| (std::cmp::Reverse(offer.score), offer.rank, offer.bill));
        offers.truncate(MOST_CANDIDATES);

        let named = evidence.named.iter().map(|named| Reason::about(named.clue, &named.word));
        let codes = evidence.invoices.iter().map(|(_, code)| Reason::about(Clue::InvoiceNamed, code));
        let mut reasons: Vec<Reason> = codes.chain(named).collect();
        if evidence.has_number() && !is_by_number {
            reasons.push(Reason::new(Clue::NothingOwed));
        }
        if offers.is_empty() {
            if reasons.is_empty() {
                reasons.push(Reason::new(Clue::NothingKnown));
            }
            return Verdict { reasons, ..plain(LineState::Unknown, Basis::Nothing, Clue::NothingKnown) };
        }
        reasons.extend(doubt.filter(|_| is_by_number).map(Reason::new));
        Verdict {
            state: LineState::Probable,
            basis: if is_named { basis } else { Basis::Amount },
            linked: Vec::new(),
            candidates: offers.iter().map(|offer| self.candidate(offer, evidence, amount)).collect(),
            reasons,
            reverses: None,
        }
    }

    fn speak_for<'a>(&self, offers: &mut Offers<'a>, contract: u32, speak: impl Fn(&mut Offer<'a>)) {
        for (rank, bill) in self.contract(contract).open.iter().enumerate() {
            speak(offers.of(*bill, rank));
        }
    }

    fn candidate(&self, offer: &Offer<'_>, evidence: &Evidence, amount: Money) -> Candidate {
        let owed = self.bill(offer.bill);
        let mut reasons = Vec::with_capacity(4);
        reasons.extend(offer.invoice_code.map(|code| Reason::about(Clue::InvoiceNamed, code)));
        reasons.extend(offer.named.map(|named| Reason::about(named.clue, &named.word)));
        if offer.score >= 40 && reasons.is_empty() && offer.clues.is_empty() {
            // another bill of the contract whose bill was named
            reasons.push(Reason::about(Clue::ContractNamed, &*self.contract(owed.contract).code));
        }
        reasons.extend(offer.clues.iter().map(|clue| Reason::new(*clue)));
        if is_of_months(owed, evidence.months) {
            reasons.push(Reason::new(Clue::MonthTold));
        }
        reasons.push(Reason::new(match amount.compare(owed.open) {
            std::cmp::Ordering::Equal => Clue::AmountFits,
            std::cmp::Ordering::Less => Clue::AmountLess,
            std::cmp::Ordering::Greater => Clue::AmountMore,
        }));
        Candidate { invoice: owed.id, reasons }
    }

    /// Open bills of this amount, those of the months spoken of first, as many as are offered.
    fn open_of(&mut self, amount: Money, months: u16) -> Vec<u32> {
        let Some(bills) = self.by_amount.get_mut(&amount.mungo()) else { return Vec::new() };
        let mut open: Vec<u32> = Vec::with_capacity(MOST_CANDIDATES);
        while open.len() < MOST_CANDIDATES
            && let Some(bill) = bills.pop_front()
        {
            if self.bills[bill as usize].open.is_positive() {
                open.push(bill);
            }
        }
        for bill in open.iter().rev() {
            bills.push_front(*bill);
        }
        open.sort_by_key(|bill| (!is_of_months(&self.bills[*bill as usize], months), *bill));
        open
    }

    fn sum(&self, bills: &[u32]) -> i128 {
        bills.iter().map(|bill| whole(self.bill(*bill).open)).sum()
    }

    fn bill(&self, place: u32) -> &Owed {
        &self.bills[place as usize]
    }

    fn contract(&self, place: u32) -> &Contract {
        &self.contracts[place as usize]
    }
}

impl<'a> Offers<'a> {
    fn of(&mut self, bill: u32, rank: usize) -> &mut Offer<'a> {
        let place = *self.places.entry(bill).or_insert(self.list.len());
        if place == self.list.len() {
            self.list.push(Offer { bill, rank, score: 0, named: None, invoice_code: None, clues: Vec::new() });
        }
        &mut self.list[place]
    }
}

fn number_reasons(evidence: &Evidence, clue: Clue) -> Vec<Reason> {
    let codes = evidence.invoices.iter().map(|(_, code)| Reason::about(Clue::InvoiceNamed, code));
    let named = evidence.named.iter().map(|named| Reason::about(named.clue, &named.word));
    codes.chain(named).chain([Reason::new(clue)]).collect()
}

fn plain(state: LineState, basis: Basis, clue: Clue) -> Verdict {
    let (linked, candidates) = (Vec::new(), Vec::new());
    Verdict { state, basis, linked, candidates, reasons: vec![Reason::new(clue)], reverses: None }
}

/// What a line says it takes back: the text behind "Буцаалт:".
fn taken_back(text: &str) -> Option<&str> {
    let (word, said) = text.split_once(':')?;
    let word: String = word.trim().chars().flat_map(char::to_uppercase).collect();
    let is_it = matches!(&*word, "БУЦААЛТ" | "BUTSAALT" | "BUCAALT" | "ГҮЙЛГЭЭНИЙ БУЦААЛТ" | "REVERSAL" | "СТОРНО");
    is_it.then_some(said)
}

fn is_of_months(bill: &Owed, months: u16) -> bool {
    bill.month.is_some_and(|month| months & (1 << month) != 0)
}

fn remember(senders: &mut Senders, sender: Box<str>, contract: u32) {
    let contracts = senders.entry(sender).or_default();
    if !contracts.contains(&contract) {
        contracts.push(contract);
    }
}

fn whole(amount: Money) -> i128 {
    i128::from(amount.mungo())
}

fn place(count: usize) -> u32 {
    u32::try_from(count).expect("nobody has four thousand million bills")
}
