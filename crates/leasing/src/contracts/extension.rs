//! A later end for a contract in force: its rooms stay with it, its prices stay or change from a day.

use base::{Checks, Conflict, Error, Result, Tx, params};
use domain::{
    ContractId, Money, Month,
    charges::{self, ContractTerms},
    contract::{ContractStatus, What},
    rights::Action,
    text::tidy,
};
use jiff::{ToSpan, civil::Date};
use wire::{
    contracts::{ContractItemView, ContractView},
    lifecycle::{Extension, ExtensionAsked, PriceChange, RepricedCharge, TermPreview},
};

use super::{
    check_day, queries,
    spans::Held,
    step::{self, Standing, Taken},
    terms,
};

/// Gives a contract in force a later end, and from a day other prices. One that has ended and is in its days of grace is
/// in force again as if it had never ended.
pub async fn extend(tx: &Tx, id: ContractId, order: &Extension) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let before = step::lock(tx, id, order.version).await?;
    let reason = tidy(&order.reason);
    let mut checks = Checks::new();
    check(&mut checks, &before, order.ends_on)?;
    check_prices(&mut checks, &before, order.ends_on, order.prices);
    checks.text("reason", &reason, 500);
    checks.done()?;

    if before.status == ContractStatus::GracePeriod {
        step::go(tx, &before, ContractStatus::Active).await?;
    }
    let old = before.ends_on.unwrap_or(before.starts_on);
    let held = queries::held(tx, id).await?;
    let moved: Vec<Held> = held.iter().map(|room| room.reaching(old, order.ends_on)).collect();
    queries::move_rooms(tx, id, &moved).await?;
    tx.later("update contracts set ends_on = $2, version = version + 1 where id = $1", params![id, order.ends_on])
        .await?;
    let prices = order.prices.filter(|change| change.increase_bp != 0);
    if let Some(change) = prices {
        let lines = priced(&charged(tx, id).await?, change)?;
        save_prices(tx, id, &lines, change.from).await?;
    }
    let effective_on = before.ends_on.map_or(tx.clock().today(), |end| end.saturating_add(1.day()));
    let taken = Taken {
        action: "contract.extend",
        what: What::Extended,
        to: ContractStatus::Active,
        effective_on: prices.map_or(effective_on, |change| effective_on.min(change.from)),
        reason: Some(reason).filter(|said| !said.is_empty()),
    };
    step::note(tx, &before, taken).await
}

/// What an extension would change, figure by figure.
pub async fn preview(tx: &Tx, id: ContractId, asked: &ExtensionAsked) -> Result<TermPreview> {
    tx.allow(Action::EditContracts)?;
    let before = step::find(tx, id).await?;
    let mut checks = Checks::new();
    check(&mut checks, &before, asked.ends_on)?;
    let from = before.ends_on.map_or(tx.clock().today(), |end| end.saturating_add(1.day()));
    let prices = asked
        .increase_bp
        .filter(|points| *points != 0)
        .map(|increase_bp| PriceChange { from: asked.from.unwrap_or(from), increase_bp });
    check_prices(&mut checks, &before, asked.ends_on, prices);
    checks.done()?;
    let (lines, month_before, month_after) = compare(tx, id, prices, before.ends_on).await?;
    Ok(TermPreview {
        contract_id: id,
        ends_on: before.ends_on,
        from,
        new_ends_on: asked.ends_on,
        prices_from: prices.map(|change| change.from),
        lines,
        month_before,
        month_after,
    })
}

fn check(checks: &mut Checks, before: &Standing, ends_on: Option<Date>) -> Result<()> {
    if !before.status.is_in_force() {
        return Err(Conflict::new("CONTRACT_NOT_IN_FORCE").with("code", before.code.clone()).into());
    }
    let Some(old) = before.ends_on else { return Err(Conflict::new("CONTRACT_HAS_NO_END").into()) };
    check_day(checks, "endsOn", ends_on.unwrap_or(old));
    checks.that(ends_on.is_none_or(|new| new > old), "endsOn", "extend-only");
    Ok(())
}

fn check_prices(checks: &mut Checks, before: &Standing, ends_on: Option<Date>, prices: Option<PriceChange>) {
    let Some(PriceChange { from, increase_bp }) = prices else { return };
    check_day(checks, "prices.from", from);
    checks.that(from > before.starts_on && ends_on.is_none_or(|end| from <= end), "prices.from", "outside-contract");
    check_increase(checks, "prices.increaseBp", increase_bp);
}

pub(super) fn check_increase(checks: &mut Checks, path: &'static str, increase_bp: i32) {
    checks.within(path, increase_bp.into(), -9_900, 10_000);
}

/// The charges as they go on, the new price of each, and what a whole month comes to with the old and the new.
pub(super) async fn compare(
    tx: &Tx,
    id: ContractId,
    prices: Option<PriceChange>,
    ends_on: Option<Date>,
) -> Result<(Vec<RepricedCharge>, Money, Money)> {
    let vat_payer = terms::vat_payer(tx).await?;
    let facts =
        terms::terms_of_contract(tx, id, Month::of(tx.clock().today())).await?.ok_or(Error::NotFound("contract"))?;
    let charged = charged(tx, id).await?;
    let day = prices.map(|change| change.from).or(ends_on).unwrap_or_else(|| tx.clock().today());
    let last = ends_on.map_or(day, |end| end.min(day));
    let going_on = charged.iter().filter(|item| item.valid_to.is_none_or(|to| to >= last));
    let change = prices.unwrap_or(PriceChange { from: day, increase_bp: 0 });
    let lines: Vec<RepricedCharge> = going_on
        .map(|item| {
            Ok(RepricedCharge {
                item_id: item.id,
                name: item.name.clone(),
                unit_price: item.unit_price,
                new_unit_price: raised(item.unit_price, change.increase_bp)?,
            })
        })
        .collect::<Result<_>>()?;
    let month = |priced: bool| {
        let mut terms = for_good(&facts.terms);
        terms.lines.retain(|line| lines.iter().any(|other| other.item_id == line.id));
        for line in &mut terms.lines {
            let price = lines.iter().find(|other| other.item_id == line.id).expect("only those were kept");
            line.unit_price = if priced { price.new_unit_price } else { price.unit_price };
        }
        let month = Month::of(last);
        let total = charges::for_month(&terms, month, vat_payer).map(|charges| charges.totals.total);
        total.map_err(|error| Error::Internal(error.to_string()))
    };
    let (before, after) = (month(false)?, month(true)?);
    Ok((lines, before, after))
}

/// The same rooms and charges without an end, so that a month is a whole one; discounts and a schedule of its own apart.
pub(crate) fn for_good(terms: &ContractTerms) -> ContractTerms {
    let mut terms = terms.clone();
    let day = |last: Option<Date>| last.or(terms.ends_on);
    let reaches = terms.rooms.iter().filter_map(|room| day(room.to)).max();
    terms.rooms.retain(|room| reaches.is_none_or(|end| day(room.to).is_none_or(|to| to >= end)));
    let start = jiff::civil::date(1990, 1, 1);
    terms.rooms.iter_mut().for_each(|room| (room.from, room.to) = (start, None));
    terms.lines.iter_mut().for_each(|line| (line.valid_from, line.valid_to) = (start, None));
    ContractTerms {
        starts_on: start,
        ends_on: None,
        terminated_on: None,
        schedule: None,
        discounts: Vec::new(),
        ..terms
    }
}

async fn charged(tx: &Tx, id: ContractId) -> Result<Vec<ContractItemView>> {
    Ok(queries::whole(tx, id).await?.items)
}

/// The lines that a new price touches: those that are charged on its first day and began before it.
fn priced(charged: &[ContractItemView], change: PriceChange) -> Result<Vec<RepricedCharge>> {
    let touched = charged.iter().filter(|item| item.valid_to.is_none_or(|to| to >= change.from));
    let line = |item: &ContractItemView| {
        if item.valid_from >= change.from {
            return Err(Conflict::new("CHARGE_BEGINS_LATER").with("name", item.name.clone()).into());
        }
        Ok(RepricedCharge {
            item_id: item.id,
            name: item.name.clone(),
            unit_price: item.unit_price,
            new_unit_price: raised(item.unit_price, change.increase_bp)?,
        })
    };
    touched.map(line).collect()
}

/// The price so many hundredths of a percent higher.
pub(super) fn raised(price: Money, increase_bp: i32) -> Result<Money> {
    Ok(price.share(10_000 + i64::from(increase_bp), 10_000)?)
}

/// A line is never rewritten: it ends the day before, and another like it begins with the new price.
async fn save_prices(tx: &Tx, id: ContractId, lines: &[RepricedCharge], from: Date) -> Result<()> {
    let ids: Vec<_> = lines.iter().map(|line| line.item_id).collect();
    let new: Vec<_> = lines.iter().map(|_| domain::ContractItemId::new()).collect();
    let prices: Vec<Money> = lines.iter().map(|line| line.new_unit_price).collect();
    tx.later(
        "insert into contract_items (id, contract_id, room_id, kind, name, basis, unit_price, vat_mode, tax_kind,
                                     classification_code, exemption_code, meter_kind, valid_from, valid_to)
         select n.new_id, i.contract_id, i.room_id, i.kind, i.name, i.basis, n.price, i.vat_mode, i.tax_kind,
                i.classification_code, i.exemption_code, i.meter_kind, $5, i.valid_to
           from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as n (id, new_id, price)
           join contract_items i on i.id = n.id and i.contract_id = $1",
        params![id, ids.clone(), new.clone(), prices, from],
    )
    .await?;
    // A rule by which a price rises goes on with the price that stands.
    tx.later(
        "update contract_increases i set item_id = n.new_id
           from unnest($2::uuid[], $3::uuid[]) as n (id, new_id)
          where i.contract_id = $1 and i.item_id = n.id and i.next_on > $4",
        params![id, ids.clone(), new, from],
    )
    .await?;
    tx.later(
        "update contract_items set valid_to = $3 where contract_id = $1 and id = any($2)",
        params![id, ids, from.saturating_sub(1.day())],
    )
    .await
}
