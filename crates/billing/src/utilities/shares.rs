//! The loss behind a building's common meters, shared out among the contracts by its rule.

use std::collections::HashMap;

use domain::{
    ContractId, Month,
    utility::{self, Common, ShareBy},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    NoBill, Sheet, Used, item,
    queries::{Known, Metered, Rule},
    reading_days,
};

/// Puts each contract's part of what the common meters count on its bill.
pub(super) fn share_out(known: &Known, month: Month, used: &Used, sheet: &mut Sheet) {
    for rule in &known.rules {
        let of_kind: Vec<&Metered> =
            known.meters.iter().filter(|meter| meter.property == rule.property && meter.kind == rule.kind).collect();
        let (common, rooms): (Vec<&Metered>, Vec<&Metered>) = of_kind.into_iter().partition(|meter| meter.is_common());
        if common.is_empty() {
            continue;
        }
        let contracts = contracts(known, rule);
        match shares(known, month, used, rule, &common, &rooms, &contracts) {
            Ok(lists) => {
                for (contract, lines) in contracts.into_iter().zip(lists) {
                    sheet.add(contract, lines.into_iter().map(|line| item(line, None)));
                }
            }
            Err(because) => contracts.into_iter().for_each(|contract| sheet.park(contract, because.clone())),
        }
    }
}

/// The contracts that hold a room of the building, in a lasting order.
fn contracts(known: &Known, rule: &Rule) -> Vec<ContractId> {
    let mut contracts: Vec<ContractId> =
        known.held.iter().filter(|held| held.property == rule.property).map(|held| held.contract).collect();
    contracts.sort();
    contracts.dedup();
    contracts
}

fn shares(
    known: &Known,
    month: Month,
    used: &Used,
    rule: &Rule,
    common: &[&Metered],
    rooms: &[&Metered],
    contracts: &[ContractId],
) -> Result<Vec<Vec<utility::UtilityLine>>, NoBill> {
    let kind = rule.kind;
    if let Some(meter) = common.iter().find(|meter| !meter.is_read()) {
        return Err(NoBill::CommonNotRead { kind, serial: meter.serial.clone() });
    }
    let unread = rooms.iter().filter(|meter| !meter.is_read()).count();
    if unread > 0 {
        return Err(NoBill::RoomsNotRead { kind, count: unread });
    }
    let counted_by_rooms: Decimal = rooms.iter().map(|meter| meter.consumption()).sum();
    let successors = common.iter().filter(|meter| meter.replaced_by.is_some()).count();
    let shared = Common {
        kind,
        month,
        meters: i64::try_from(common.len() - successors).unwrap_or(1).max(1),
        counted: common.iter().map(|meter| meter.consumption()).sum(),
        rooms: counted_by_rooms,
        reading_days: reading_days(common.iter().copied(), month),
        by: rule.by,
    };
    let weights = match rule.by {
        ShareBy::Area => by_area(known, month, rule, contracts),
        ShareBy::Reading => by_reading(used, rule, contracts, counted_by_rooms),
    };
    utility::shares(&shared, &weights.ok_or(NoBill::TooLarge)?, &known.tariffs, known.vat_payer).map_err(NoBill::from)
}

/// Area × days let; what is left of all rooms' area × days of the month is the owner's.
fn by_area(known: &Known, month: Month, rule: &Rule, contracts: &[ContractId]) -> Option<Vec<i64>> {
    let mut let_out: HashMap<ContractId, Decimal> = HashMap::new();
    for held in known.held.iter().filter(|held| held.property == rule.property) {
        let days = i64::from((held.to - held.from).get_days()) + 1;
        *let_out.entry(held.contract).or_default() += held.area_m2 * Decimal::from(days);
    }
    let whole = rule.area_m2 * Decimal::from(month.days());
    weights(contracts.iter().map(|contract| let_out.get(contract).copied().unwrap_or_default()), whole)
}

/// What each used; what rooms used that nobody rented is the owner's.
fn by_reading(used: &Used, rule: &Rule, contracts: &[ContractId], whole: Decimal) -> Option<Vec<i64>> {
    let of = |contract: &ContractId| used.get(&(*contract, rule.kind)).copied().unwrap_or_default();
    weights(contracts.iter().map(of), whole)
}

/// The parts as whole numbers, with what is left of the whole as the last; `None` when they are beyond counting.
fn weights(parts: impl Iterator<Item = Decimal>, whole: Decimal) -> Option<Vec<i64>> {
    const DECIMALS: u32 = 6;
    let integer = |part: Decimal| {
        let mut part = part;
        part.rescale(DECIMALS);
        part.mantissa().to_i64()
    };
    let mut weights: Vec<i64> = parts.map(integer).collect::<Option<_>>()?;
    let taken = weights.iter().try_fold(0i64, |sum, weight| sum.checked_add(*weight))?;
    weights.push((integer(whole)? - taken).max(0));
    Some(weights)
}
