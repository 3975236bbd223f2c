//! The plan as it is shown: a line a contract, why it differs, and the sums.

use std::collections::HashMap;

use base::{Lang, Result};
use domain::{
    ContractId, Money,
    month_run::{Change, Parked, Planned},
};
use leasing::contracts::ContractFacts;
use wire::{
    increases::ComingIncrease,
    months::{MonthPreview, PreviewKind, PreviewLine, PreviewTotals},
};

use super::plan::Plan;

pub(super) fn preview(plan: &Plan, lang: Lang) -> Result<MonthPreview> {
    let planned: HashMap<ContractId, &Planned> = plan.preview.planned.iter().map(|p| (p.contract, p)).collect();
    let parked: HashMap<ContractId, &Parked> = plan.preview.parked.iter().map(|p| (p.contract, p)).collect();
    let mut lines = Vec::with_capacity(plan.contracts.len());
    for facts in &plan.contracts {
        if let Some(planned) = planned.get(&facts.contract) {
            lines.extend(planned_line(plan, facts, planned, lang)?);
        } else if let Some(parked) = parked.get(&facts.contract) {
            lines.push(parked_line(plan, facts, parked, lang)?);
        }
    }
    Ok(MonthPreview {
        month: plan.month,
        issue_on: plan.issue_on,
        totals: totals(plan, &lines)?,
        increases: increases(plan),
        stopped: plan.preview.check(plan.bound_bp).is_err(),
        lines,
    })
}

/// What rises before the month is over, earliest first.
fn increases(plan: &Plan) -> Vec<ComingIncrease> {
    let mut rises: Vec<ComingIncrease> = plan.contracts.iter().flat_map(|facts| facts.rises.clone()).collect();
    rises.sort_by_key(|rise| rise.on);
    rises
}

/// Nothing is shown of a contract that is billed in neither month.
fn planned_line(plan: &Plan, facts: &ContractFacts, planned: &Planned, lang: Lang) -> Result<Option<PreviewLine>> {
    let what = match planned.change {
        Change::New => PreviewKind::New,
        Change::Changed => PreviewKind::Changed,
        Change::Ended => PreviewKind::Ended,
        Change::Same => PreviewKind::Same,
        Change::Nothing => return Ok(None),
    };
    let reasons = planned.reasons.iter().map(|reason| match lang {
        Lang::Mn => reason.in_mongolian(),
        Lang::En => reason.in_english(),
    });
    let due_on = planned.is_billed().then_some(planned.due_on);
    let line =
        PreviewLine { due_on, reasons: reasons.collect(), ..line(plan, facts, what, planned.last, planned.now)? };
    Ok(Some(line))
}

fn parked_line(plan: &Plan, facts: &ContractFacts, parked: &Parked, lang: Lang) -> Result<PreviewLine> {
    let because = match lang {
        Lang::Mn => parked.because.in_mongolian(),
        Lang::En => parked.because.in_english(),
    };
    let line = line(plan, facts, PreviewKind::Parked, parked.last, Money::ZERO)?;
    Ok(PreviewLine { reasons: vec![because], ..line })
}

/// A contract that has been billed already shows the bill that was made.
fn line(plan: &Plan, facts: &ContractFacts, what: PreviewKind, last: Money, now: Money) -> Result<PreviewLine> {
    let billed = plan.billed.get(&facts.contract);
    let amount = billed.map_or(now, |(_, total)| *total);
    Ok(PreviewLine {
        contract_id: facts.contract,
        contract_code: facts.code.clone(),
        tenant_name: facts.customer_name.clone(),
        units: facts.units.clone(),
        what,
        previous: last,
        amount,
        difference: amount.checked_sub(last)?,
        due_on: None,
        reasons: Vec::new(),
        invoice_id: billed.map(|(invoice, _)| *invoice),
    })
}

fn totals(plan: &Plan, lines: &[PreviewLine]) -> Result<PreviewTotals> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let of = |what: PreviewKind| number(lines.iter().filter(|line| line.what == what).count());
    let previous = Money::sum(lines.iter().map(|line| line.previous))?;
    let amount = Money::sum(lines.iter().map(|line| line.amount))?;
    Ok(PreviewTotals {
        previous,
        amount,
        difference: amount.checked_sub(previous)?,
        new: of(PreviewKind::New),
        changed: of(PreviewKind::Changed),
        ended: of(PreviewKind::Ended),
        same: of(PreviewKind::Same),
        parked: of(PreviewKind::Parked),
        billed: number(plan.billed.len()),
    })
}
