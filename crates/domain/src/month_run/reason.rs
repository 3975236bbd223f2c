//! Why a contract's bill differs from last month's, found by comparing what its terms give for both months.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Candidate;
use crate::{
    Money, Month,
    charges::{Charges, ContractTerms, Days, InvoiceLine, dotted},
};

/// One reason for a difference, with its facts.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The contract starts in this month.
    Started {
        on: Date,
    },
    /// The contract's last day has gone by, or cuts this month short.
    Ended {
        on: Date,
    },
    PriceChanged {
        name: String,
        from: Money,
        to: Money,
    },
    /// The area let, in m², at the beginning of last month and at the end of this one.
    AreaChanged {
        from: Decimal,
        to: Decimal,
    },
    /// In one of the two months not every day is charged.
    PartMonth {
        month: Month,
        days_used: i64,
        days_in_month: i64,
    },
    /// Charged in that month only.
    OneOff {
        name: String,
        month: Month,
        amount: Money,
    },
    ChargeAdded {
        name: String,
        amount: Money,
    },
    ChargeDropped {
        name: String,
        amount: Money,
    },
    /// The contract's own schedule asks for another amount.
    Scheduled {
        from: Money,
        to: Money,
    },
    /// The same price is taxed another way.
    TaxChanged {
        name: String,
    },
    /// The terms gave a bill last month, and none was made.
    NotBilledBefore,
    /// Last month's bill was not what the terms give.
    BilledOtherwise {
        by_terms: Money,
        billed: Money,
    },
}

/// What the terms give for one of the two months.
#[derive(Clone, Copy)]
struct Side<'a> {
    month: Month,
    lines: &'a [InvoiceLine],
}

/// The reasons, each once: the contract's life, then its rooms and prices, then what was billed besides.
pub(super) fn reasons(candidate: &Candidate, month: Month, before: &Charges, now: &Charges) -> Vec<Reason> {
    let terms = &candidate.terms;
    let last = Side { month: month.previous(), lines: &before.lines };
    let this = Side { month, lines: &now.lines };
    let mut found = Vec::new();
    match (terms.is_in_force(last.month), terms.is_in_force(month)) {
        (true, true) => {
            found.extend(area_changed(terms, month));
            found.extend(scheduled(last, this));
            let is_moved = found.iter().any(|reason| matches!(reason, Reason::AreaChanged { .. }));
            found.extend(this.lines.iter().filter_map(|line| unlike(terms, line, this, last, is_moved)));
            found.extend(last.lines.iter().filter_map(|line| unlike(terms, line, last, this, is_moved)));
            found.extend(part_months(last));
            found.extend(part_months(this));
        }
        (false, true) => {
            found.push(Reason::Started { on: terms.starts_on });
            found.extend(part_months(this));
        }
        (_, false) => {}
    }
    found.extend(terms.last_day().filter(|day| *day < month.last_day()).map(|on| Reason::Ended { on }));
    found.extend(billed_otherwise(candidate.billed_last, before.totals.total));
    each_once(found)
}

fn area_changed(terms: &ContractTerms, month: Month) -> Option<Reason> {
    let first = month.previous().first_day().max(terms.starts_on);
    let last = terms.last_day().map_or(month.last_day(), |day| day.min(month.last_day()));
    let (from, to) = (area_let(terms, first)?, area_let(terms, last)?);
    (from != to).then_some(Reason::AreaChanged { from, to })
}

fn area_let(terms: &ContractTerms, day: Date) -> Option<Decimal> {
    let rooms = terms.rooms.iter().filter(|room| room.from <= day && room.to.is_none_or(|to| day <= to));
    rooms.map(|room| room.area_m2).try_fold(Decimal::ZERO, Decimal::checked_add)
}

fn scheduled(last: Side<'_>, this: Side<'_>) -> Option<Reason> {
    let (from, to) = (last.scheduled(), this.scheduled());
    (from != to).then(|| Reason::Scheduled { from: from.unwrap_or_default(), to: to.unwrap_or_default() })
}

/// What a line that stands on one side only tells; a line that comes and goes with its room is told by the area.
fn unlike(
    terms: &ContractTerms,
    line: &InvoiceLine,
    here: Side<'_>,
    there: Side<'_>,
    is_moved: bool,
) -> Option<Reason> {
    if line.made.scheduled || there.has(line) {
        return None;
    }
    if let Some(other) = counterpart(line, here, there) {
        let (old, new) = if here.month < there.month { (line, other) } else { (other, line) };
        return repriced(old, new);
    }
    let is_let_there = line.room.is_none_or(|id| {
        let room = terms.rooms.iter().find(|room| room.id == id);
        room.is_some_and(|room| Days::of(there.month).within(room.from, room.to).is_some())
    });
    if is_moved && !is_let_there {
        return None;
    }
    let (name, amount) = (line.name.clone(), line.amount);
    let is_one_off = terms.lines.iter().any(|charge| charge.id == line.item && charge.is_one_off());
    Some(match here.month < there.month {
        _ if is_one_off => Reason::OneOff { name, month: here.month, amount },
        true => Reason::ChargeDropped { name, amount },
        false => Reason::ChargeAdded { name, amount },
    })
}

/// The line that stands for the same charge on the other side: one that only stands there, best of the same room; or,
/// when the price changed inside the month, the one that it goes on from.
fn counterpart<'a>(line: &InvoiceLine, here: Side<'_>, there: Side<'a>) -> Option<&'a InvoiceLine> {
    let same = || there.lines.iter().filter(|other| other.kind == line.kind && other.name == line.name);
    let only_there = || same().filter(|other| !here.has(other));
    let in_room = |other: &&InvoiceLine| other.room == line.room;
    only_there().find(in_room).or_else(|| only_there().next()).or_else(|| same().find(in_room))
}

fn repriced(old: &InvoiceLine, new: &InvoiceLine) -> Option<Reason> {
    let name = new.name.clone();
    if new.discount.is_some() {
        return None; // a discount's part has no price of its own: it follows its rent
    }
    if old.unit_price.compare(new.unit_price).is_ne() {
        return Some(Reason::PriceChanged { name, from: old.unit_price, to: new.unit_price });
    }
    (old.made.vat_mode != new.made.vat_mode).then_some(Reason::TaxChanged { name })
}

/// The charges of a month that leave some of its days out, whatever they were cut into.
fn part_months(side: Side<'_>) -> impl Iterator<Item = Reason> {
    let by_days = side.lines.iter().filter(|line| line.discount.is_none() && !line.made.scheduled);
    by_days.filter_map(move |line| {
        let same = side.lines.iter().filter(|other| other.kind == line.kind && other.name == line.name);
        let days = same.fold(0u32, |days, other| days | day_bits(other));
        let (days_used, days_in_month) = (i64::from(days.count_ones()), line.made.days_in_month);
        (days_used < days_in_month).then_some(Reason::PartMonth { month: side.month, days_used, days_in_month })
    })
}

/// The line's days as bits, the first of the month lowest.
fn day_bits(line: &InvoiceLine) -> u32 {
    (line.made.from.day()..=line.made.to.day()).fold(0, |bits, day| bits | 1 << (day - 1))
}

fn billed_otherwise(billed: Option<Money>, by_terms: Money) -> Option<Reason> {
    match billed {
        None => by_terms.is_positive().then_some(Reason::NotBilledBefore),
        Some(billed) => billed.compare(by_terms).is_ne().then_some(Reason::BilledOtherwise { by_terms, billed }),
    }
}

fn each_once(found: Vec<Reason>) -> Vec<Reason> {
    found.into_iter().fold(Vec::new(), |mut told, reason| {
        if !told.contains(&reason) {
            told.push(reason);
        }
        told
    })
}

impl Side<'_> {
    /// The same charge, or the same discount on it.
    fn has(self, line: &InvoiceLine) -> bool {
        self.lines.iter().any(|own| (own.item, own.discount) == (line.item, line.discount))
    }

    /// What the schedule's entries come to, if there are any.
    fn scheduled(self) -> Option<Money> {
        let entries = || self.lines.iter().filter(|line| line.made.scheduled).map(|line| line.amount);
        entries().next()?;
        Money::sum(entries()).ok()
    }
}

impl Reason {
    pub fn in_mongolian(&self) -> String {
        match self {
            Reason::Started { on } => format!("Гэрээний эхлэх огноо: {}", dotted(*on)),
            Reason::Ended { on } => format!("Гэрээний дуусах огноо: {}", dotted(*on)),
            Reason::PriceChanged { name, from, to } => format!("Үнэ өөрчлөгдсөн: {name} {from} ₮ → {to} ₮"),
            Reason::AreaChanged { from, to } => {
                format!("Талбай өөрчлөгдсөн: {} м² → {} м²", from.normalize(), to.normalize())
            }
            Reason::PartMonth { month, days_used, days_in_month } => {
                format!("Бүтэн бус сар ({month}): {days_used}/{days_in_month} хоног")
            }
            Reason::OneOff { name, month, amount } => format!("Нэг удаагийн төлбөр ({month}): {name} {amount} ₮"),
            Reason::ChargeAdded { name, amount } => format!("Нэмэгдсэн төлбөр: {name} {amount} ₮"),
            Reason::ChargeDropped { name, amount } => format!("Хасагдсан төлбөр: {name} {amount} ₮"),
            Reason::Scheduled { from, to } => format!("Төлбөрийн хуваариар: {from} ₮ → {to} ₮"),
            Reason::TaxChanged { name } => format!("НӨАТ-ын тооцоо өөрчлөгдсөн: {name}"),
            Reason::NotBilledBefore => "Өмнөх сард нэхэмжлээгүй".into(),
            Reason::BilledOtherwise { by_terms, billed } => {
                format!("Өмнөх сард {billed} ₮ нэхэмжилсэн, гэрээгээр бол {by_terms} ₮")
            }
        }
    }

    pub fn in_english(&self) -> String {
        match self {
            Reason::Started { on } => format!("Contract starts: {}", dotted(*on)),
            Reason::Ended { on } => format!("Contract ends: {}", dotted(*on)),
            Reason::PriceChanged { name, from, to } => format!("Price changed: {name} {from} ₮ → {to} ₮"),
            Reason::AreaChanged { from, to } => {
                format!("Area changed: {} m² → {} m²", from.normalize(), to.normalize())
            }
            Reason::PartMonth { month, days_used, days_in_month } => {
                format!("Part month ({month}): {days_used}/{days_in_month} days")
            }
            Reason::OneOff { name, month, amount } => format!("One-off charge ({month}): {name} {amount} ₮"),
            Reason::ChargeAdded { name, amount } => format!("Charge added: {name} {amount} ₮"),
            Reason::ChargeDropped { name, amount } => format!("Charge dropped: {name} {amount} ₮"),
            Reason::Scheduled { from, to } => format!("By the schedule of payments: {from} ₮ → {to} ₮"),
            Reason::TaxChanged { name } => format!("Taxed another way: {name}"),
            Reason::NotBilledBefore => "Not billed last month".into(),
            Reason::BilledOtherwise { by_terms, billed } => {
                format!("Last month {billed} ₮ was billed; the terms give {by_terms} ₮")
            }
        }
    }
}
