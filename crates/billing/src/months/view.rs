//! The plan as it is shown: a line a contract, why it differs, and the sums.

use std::collections::HashSet;

use base::{Lang, Result, Tx, lists::Window};
use domain::{
    ContractId, Money,
    money::TooLarge,
    month_run::{Change, ParkReason, Sums, Tally},
};
use leasing::contracts::due_in_month;
use wire::{
    Page,
    increases::ComingIncrease,
    months::{MonthPreview, PreviewKind, PreviewLine, PreviewOrder, PreviewTally, PreviewTotals, RunResult},
};

use super::{
    BATCH,
    outlook::Planning,
    portion::{Ground, Looked, Portion},
    queries::{self, Run},
};

/// The whole month looked at, and the page of it that was asked for.
pub(super) async fn preview(
    tx: &Tx,
    ground: &Ground,
    order: &PreviewOrder,
    window: &Window<String>,
) -> Result<MonthPreview> {
    let lang = tx.actor().lang;
    let due = due_in_month(tx, ground.month, None).await?;
    let begins = match &window.after {
        Some(code) => due.len().saturating_sub(due_in_month(tx, ground.month, Some(code)).await?.len()),
        None => 0,
    };
    let mut planning = Planning::default();
    let mut increases: Vec<ComingIncrease> = Vec::new();
    let mut lines = Lines::new(order, window);
    for (number, part) in due.chunks(BATCH).enumerate() {
        let portion = Portion::of(tx, ground, part).await?;
        planning.look_at(&portion);
        for (place, looked) in portion.0.iter().enumerate() {
            increases.extend(looked.facts.rises.iter().cloned());
            if number * BATCH + place >= begins {
                lines.offer(looked, lang)?;
            }
        }
    }
    let too_large: HashSet<ContractId> = planning.park_until_it_fits().into_iter().collect();
    let sums = planning.sums()?;
    increases.sort_by_key(|rise| rise.on);
    let page = lines.page(&too_large, lang)?;
    Ok(MonthPreview {
        month: ground.month,
        issue_on: ground.issue_on,
        totals: totals(&sums, &planning, queries::billed(tx, ground.month).await?)?,
        increases,
        stopped: planning.to_bill() > 0 && sums.check(ground.bound_bp).is_err(),
        lines: page.items,
        next_cursor: page.next_cursor,
    })
}

/// A page of the lines alone, without looking at the rest of the month.
pub(super) async fn lines(
    tx: &Tx,
    ground: &Ground,
    order: &PreviewOrder,
    window: &Window<String>,
) -> Result<Page<PreviewLine>> {
    let due = due_in_month(tx, ground.month, window.after.as_deref()).await?;
    let mut lines = Lines::new(order, window);
    for part in due.chunks(BATCH) {
        for looked in &Portion::of(tx, ground, part).await?.0 {
            lines.offer(looked, tx.actor().lang)?;
        }
        if lines.is_full() {
            break;
        }
    }
    lines.page(&HashSet::new(), tx.actor().lang)
}

/// The lines that are asked for, and one more that tells whether they go on.
struct Lines<'o> {
    order: &'o PreviewOrder,
    window: &'o Window<String>,
    taken: Vec<PreviewLine>,
}

impl<'o> Lines<'o> {
    fn new(order: &'o PreviewOrder, window: &'o Window<String>) -> Lines<'o> {
        Lines { order, window, taken: Vec::new() }
    }

    fn is_full(&self) -> bool {
        i64::try_from(self.taken.len()).is_ok_and(|taken| taken >= self.window.rows())
    }

    /// Takes the contract's line if it belongs here; reasons are written out for no other.
    fn offer(&mut self, looked: &Looked, lang: Lang) -> Result<()> {
        let Some(what) = kind(looked).filter(|what| !self.is_full() && self.order.wants(*what)) else { return Ok(()) };
        let line = match &looked.plan {
            Ok(planned) => {
                let reasons = planned.reasons.iter().map(|reason| match lang {
                    Lang::Mn => reason.in_mongolian(),
                    Lang::En => reason.in_english(),
                });
                let due_on = planned.is_billed().then_some(planned.due_on);
                PreviewLine { due_on, reasons: reasons.collect(), ..line(looked, what, planned.now)? }
            }
            Err(because) => PreviewLine { reasons: vec![told(because, lang)], ..line(looked, what, Money::ZERO)? },
        };
        self.taken.push(line);
        Ok(())
    }

    /// The page; lines of whoever is left out because no sum holds them say so.
    fn page(mut self, too_large: &HashSet<ContractId>, lang: Lang) -> Result<Page<PreviewLine>> {
        for line in self.taken.iter_mut().filter(|line| too_large.contains(&line.contract_id)) {
            line.what = PreviewKind::Parked;
            line.amount = Money::ZERO;
            line.difference = Money::ZERO.checked_sub(line.previous)?;
            line.due_on = None;
            line.reasons = vec![told(&ParkReason::Charges(TooLarge.into()), lang)];
        }
        Ok(self.window.page(self.taken, |line| line.contract_code.clone()))
    }
}

/// Nothing is shown of a contract that is billed in neither month.
fn kind(looked: &Looked) -> Option<PreviewKind> {
    let Ok(planned) = &looked.plan else { return Some(PreviewKind::Parked) };
    match planned.change {
        Change::New => Some(PreviewKind::New),
        Change::Changed => Some(PreviewKind::Changed),
        Change::Ended => Some(PreviewKind::Ended),
        Change::Same => Some(PreviewKind::Same),
        Change::Nothing => None,
    }
}

fn told(because: &ParkReason, lang: Lang) -> String {
    match lang {
        Lang::Mn => because.in_mongolian(),
        Lang::En => because.in_english(),
    }
}

/// A contract that has been billed already shows the bill that was made.
fn line(looked: &Looked, what: PreviewKind, now: Money) -> Result<PreviewLine> {
    let Looked { facts, billed, last, .. } = looked;
    let amount = billed.map_or(now, |(_, total)| total);
    Ok(PreviewLine {
        contract_id: facts.contract,
        contract_code: facts.code.clone(),
        tenant_name: facts.customer_name.clone(),
        units: facts.units.clone(),
        what,
        previous: *last,
        amount,
        difference: amount.checked_sub(*last)?,
        due_on: None,
        reasons: Vec::new(),
        invoice_id: billed.map(|(invoice, _)| invoice),
    })
}

fn totals(sums: &Sums, planning: &Planning, billed: i64) -> Result<PreviewTotals> {
    let (previous, amount) = (sums.all.last, sums.all.now.checked_sub(sums.nothing.now)?);
    Ok(PreviewTotals {
        previous,
        amount,
        difference: amount.checked_sub(previous)?,
        new: number(sums.new.contracts),
        changed: number(sums.changed.contracts),
        ended: number(sums.ended.contracts),
        same: number(sums.same.contracts),
        parked: number(sums.parked.contracts),
        billed,
        to_bill: number(planning.to_bill()),
        to_bill_amount: planning.to_bill_amount()?,
        kinds: PreviewKind::ALL.into_iter().map(|what| tally(sums, what)).collect(),
    })
}

fn tally(sums: &Sums, what: PreviewKind) -> PreviewTally {
    let Tally { contracts, last, now } = match what {
        PreviewKind::New => sums.new,
        PreviewKind::Changed => sums.changed,
        PreviewKind::Ended => sums.ended,
        PreviewKind::Same => sums.same,
        PreviewKind::Parked => sums.parked,
    };
    PreviewTally { what, contracts: number(contracts), previous: last, amount: now }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A run as the door answers it.
pub(super) fn result(run: Run) -> RunResult {
    RunResult {
        id: run.id,
        status: run.status,
        month: run.month,
        to_bill: i64::from(run.to_bill),
        created: i64::from(run.billed),
        existing: i64::from(run.existing),
        parked: i64::from(run.parked),
        total: run.total,
        first_code: run.first_code,
        last_code: run.last_code,
    }
}
