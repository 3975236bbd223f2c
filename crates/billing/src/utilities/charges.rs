//! What contracts charge by their meters: a price for a unit in the tariff's place, taxed as the charge says.

use std::collections::{HashMap, HashSet};

use domain::{
    ContractId, ContractItemId, Month,
    charges::ChargeLine,
    contract::{ChargeBasis, ChargeKind},
    meter::MeterKind,
    utility::Agreed,
};
use leasing::contracts::ContractFacts;

use super::{
    NoBill, Sheet,
    queries::{Held, Known},
};
use crate::invoices::BillItem;

/// The charges by meter of a month, contract by contract.
pub(super) struct Charged<'f> {
    of: HashMap<ContractId, Vec<ByMeter<'f>>>,
    by_item: HashMap<ContractItemId, (&'f ContractFacts, &'f ChargeLine)>,
}

/// A charge by meter, in force on some day of the month.
struct ByMeter<'f> {
    line: &'f ChargeLine,
    /// Which meters count; `None` when nobody has said.
    kind: Option<MeterKind>,
}

impl<'f> Charged<'f> {
    pub fn of(contracts: &'f [ContractFacts], month: Month) -> Charged<'f> {
        let mut charged = Charged { of: HashMap::new(), by_item: HashMap::new() };
        for facts in contracts {
            let lines = facts.terms.lines.iter().filter(|line| {
                line.basis == ChargeBasis::Meter && line.kind != ChargeKind::Discount && line.is_valid_in(month)
            });
            let mut lines: Vec<ByMeter> =
                lines.map(|line| ByMeter { line, kind: facts.meter_kinds.get(&line.id).copied() }).collect();
            // the room's own charge before one for all rooms, the later price before the one it followed
            lines.sort_by_key(|one| (one.line.room.is_none(), std::cmp::Reverse(one.line.valid_from), one.line.id));
            charged.by_item.extend(lines.iter().map(|one| (one.line.id, (facts, one.line))));
            if !lines.is_empty() {
                charged.of.insert(facts.contract, lines);
            }
        }
        charged
    }

    /// Parks contracts with a charge that no meter stands behind: it is never left out in silence.
    pub fn park(&self, known: &Known, sheet: &mut Sheet) {
        if self.of.is_empty() {
            return;
        }
        let metered: HashSet<_> = known.meters.iter().filter_map(|meter| Some((meter.room?, meter.kind))).collect();
        let mut held: HashMap<ContractId, Vec<&Held>> = HashMap::new();
        for one in known.held.iter().filter(|one| self.of.contains_key(&one.contract)) {
            held.entry(one.contract).or_default().push(one);
        }
        for (contract, held) in held {
            for ByMeter { line, kind } in &self.of[&contract] {
                let name = line.name.clone();
                let Some(kind) = *kind else {
                    sheet.park(contract, NoBill::MeterNotSaid { name });
                    continue;
                };
                let mut rooms = held.iter().filter(|held| is_for(line, held)).map(|held| held.room).peekable();
                if rooms.peek().is_some() && !rooms.any(|room| metered.contains(&(room, kind))) {
                    sheet.park(contract, NoBill::NoMeter { name, kind });
                }
            }
        }
    }

    /// What a contract agrees on for a kind of meter in a room that it holds, the one that counts first.
    pub fn agreed(&self, held: &Held, kind: MeterKind) -> Vec<Agreed> {
        let lines = self.of.get(&held.contract).map_or(&[][..], Vec::as_slice);
        let lines = lines.iter().filter(|one| one.kind == Some(kind) && is_for(one.line, held));
        let agreed = lines.map(|ByMeter { line, .. }| Agreed {
            item: line.id,
            unit_price: line.unit_price,
            vat_mode: line.vat_mode,
            valid_from: line.valid_from,
            valid_to: line.valid_to,
        });
        agreed.collect()
    }

    /// The item, taxed and classed as the contract's charge when it is one.
    pub fn taxed(&self, item: BillItem) -> BillItem {
        let Some((facts, line)) = item.contract_item_id.and_then(|id| self.by_item.get(&id)) else { return item };
        let codes = facts.codes.get(&line.id);
        BillItem {
            tax_kind: line.tax_kind,
            classification_code: codes.map_or(item.classification_code, |codes| codes.classification_code.clone()),
            exemption_code: codes.and_then(|codes| codes.exemption_code.clone()),
            ..item
        }
    }
}

fn is_for(line: &ChargeLine, held: &Held) -> bool {
    line.room.is_none_or(|room| room == held.of_contract)
}
