//! Prices come into effect: the old charges end, the dearer ones begin, the rules go on; set by set, in five statements
//! however many there are.

use std::collections::HashMap;

use base::{Result, Tx, params};
use domain::{
    ContractId, ContractIncreaseId, ContractItemId, Money,
    contract::What,
    increase::{Priced, Raised},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{increase, rule};
use crate::contracts::history;

/// A rule whose day has come, with the charge it raises.
struct Rise {
    id: ContractIncreaseId,
    contract: ContractId,
    item: ContractItemId,
    name: String,
    old: Priced,
    raised: Raised,
    /// The charges that begin, by the ids they get.
    new: Vec<ContractItemId>,
}

/// Puts every rise up to a day into effect and says how many charges rose. Rows are locked in one order, so that two who
/// do it at once do it once.
pub async fn apply_due(tx: &Tx, up_to: Date) -> Result<usize> {
    apply(tx, up_to, None).await
}

/// The same for one contract.
pub(super) async fn apply_due_of(tx: &Tx, up_to: Date, contract: ContractId) -> Result<usize> {
    apply(tx, up_to, Some(contract)).await
}

async fn apply(tx: &Tx, up_to: Date, contract: Option<ContractId>) -> Result<usize> {
    let rises = due(tx, up_to, contract).await?;
    if rises.is_empty() {
        return Ok(0);
    }
    let (risen, over): (Vec<Rise>, Vec<Rise>) = rises.into_iter().partition(|rise| !rise.new.is_empty());
    end_charges(tx, &risen).await?;
    begin_charges(tx, &risen).await?;
    go_on(tx, risen.iter().chain(&over)).await?;
    note(tx, &risen).await?;
    record(tx, &risen).await?;
    Ok(risen.len())
}

/// The rules whose day has come, of contracts in force. A price that would be too large to write is left as it is.
async fn due(tx: &Tx, up_to: Date, contract: Option<ContractId>) -> Result<Vec<Rise>> {
    let rows = tx
        .all(
            "select i.id, i.contract_id, i.item_id, ci.name, i.kind, i.percent_bp, i.amount, i.first_on, i.every_months,
                    i.until_on, i.applied, i.next_on, ci.unit_price, ci.valid_from, ci.valid_to
               from contract_increases i
               join contracts c on c.id = i.contract_id and c.status in ('active', 'grace_period')
               join contract_items ci on ci.id = i.item_id
              where i.owner_id = (select app_owner_id()) and i.next_on <= $1
                and (i.kind <> 'index' or i.percent_bp is not null)
                and ($2::uuid is null or i.contract_id = $2)
              order by i.contract_id, i.id
                for no key update of c, i, ci",
            &[&up_to, &contract],
        )
        .await?;
    let mut rises = Vec::with_capacity(rows.len());
    for row in &rows {
        let view = increase(row);
        let old = Priced { price: row.get("unit_price"), from: row.get("valid_from"), to: row.get("valid_to") };
        match rule(&view).raise(old, up_to) {
            Ok(raised) => {
                let new = raised.then.iter().map(|_| ContractItemId::new()).collect();
                let (id, contract, item) = (view.id, view.contract_id, view.item_id);
                rises.push(Rise { id, contract, item, name: view.name, old, raised, new });
            }
            Err(error) => tracing::error!(increase.id = %view.id, "a price can't rise any more: {error}"),
        }
    }
    Ok(rises)
}

async fn end_charges(tx: &Tx, risen: &[Rise]) -> Result<()> {
    tx.later(
        "update contract_items ci set valid_to = e.last_day
           from unnest($1::uuid[], $2::date[]) as e (id, last_day)
          where ci.owner_id = (select app_owner_id()) and ci.id = e.id",
        params![
            risen.iter().map(|rise| rise.item).collect::<Vec<_>>(),
            risen.iter().map(|rise| rise.raised.ends_on).collect::<Vec<_>>(),
        ],
    )
    .await
}

/// The same charge under a new id, at another price, for another time.
async fn begin_charges(tx: &Tx, risen: &[Rise]) -> Result<()> {
    let each =
        || risen.iter().flat_map(|rise| rise.new.iter().zip(&rise.raised.then).map(move |(id, new)| (rise, *id, new)));
    tx.later(
        "insert into contract_items (id, contract_id, room_id, kind, name, basis, unit_price, vat_mode, tax_kind,
                                     classification_code, exemption_code, meter_kind, valid_from, valid_to)
         select n.id, ci.contract_id, ci.room_id, ci.kind, ci.name, ci.basis, n.price, ci.vat_mode, ci.tax_kind,
                ci.classification_code, ci.exemption_code, ci.meter_kind, n.first_day, n.last_day
           from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::date[], $5::date[]) as n (id, was, price, first_day, last_day)
           join contract_items ci on ci.owner_id = (select app_owner_id()) and ci.id = n.was",
        params![
            each().map(|(_, id, _)| id).collect::<Vec<ContractItemId>>(),
            each().map(|(rise, ..)| rise.item).collect::<Vec<ContractItemId>>(),
            each().map(|(.., new)| new.price).collect::<Vec<Money>>(),
            each().map(|(.., new)| new.from).collect::<Vec<Date>>(),
            each().map(|(.., new)| new.to).collect::<Vec<Option<Date>>>(),
        ],
    )
    .await
}

/// The rules take the charges that began, and wait for their next day; an index waits for its next percent.
async fn go_on(tx: &Tx, rises: impl Iterator<Item = &Rise> + Clone) -> Result<()> {
    tx.later(
        "update contract_increases i
            set item_id = r.item, applied = r.applied, next_on = r.next_on,
                percent_bp = case when i.kind = 'index' and r.applied > i.applied then null else i.percent_bp end
           from unnest($1::uuid[], $2::uuid[], $3::int[], $4::date[]) as r (id, item, applied, next_on)
          where i.owner_id = (select app_owner_id()) and i.id = r.id",
        params![
            rises.clone().map(|rise| rise.id).collect::<Vec<_>>(),
            rises.clone().map(|rise| rise.new.last().copied().unwrap_or(rise.item)).collect::<Vec<_>>(),
            rises.clone().map(|rise| rise.raised.rule.applied).collect::<Vec<_>>(),
            rises.map(|rise| rise.raised.rule.next_on).collect::<Vec<_>>(),
        ],
    )
    .await
}

/// One line in the audit for each charge.
async fn note(tx: &Tx, risen: &[Rise]) -> Result<()> {
    let told = |rise: &Rise| {
        json!({ "contract": rise.contract, "name": rise.name, "unitPrice": rise.raised.then.last().map(|new| new.price),
                "validFrom": rise.raised.then.first().map(|new| new.from) })
    };
    let actor = tx.actor();
    tx.later(
        "insert into audit_log (id, action, entity, entity_id, before, after, request_id, ip)
         select n.id, 'contract_increase.apply', 'contract_increase', n.increase, n.was, n.told, $5, $6
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::jsonb[]) as n (id, increase, was, told)",
        params![
            risen.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>(),
            risen.iter().map(|rise| rise.id).collect::<Vec<_>>(),
            risen.iter().map(|rise| json!({ "unitPrice": rise.old.price })).collect::<Vec<Value>>(),
            risen.iter().map(told).collect::<Vec<Value>>(),
            actor.request_id,
            actor.ip.map(|ip| ip.to_string()),
        ],
    )
    .await
}

/// One entry for each contract, from its first new price on.
async fn record(tx: &Tx, risen: &[Rise]) -> Result<()> {
    let mut first: HashMap<ContractId, Date> = HashMap::new();
    for (rise, new) in risen.iter().filter_map(|rise| Some((rise, rise.raised.then.first()?))) {
        first.entry(rise.contract).and_modify(|day| *day = new.from.min(*day)).or_insert(new.from);
    }
    let contracts: Vec<ContractId> = first.keys().copied().collect();
    tx.later(
        "update contracts set version = version + 1 where owner_id = (select app_owner_id()) and id = any($1)",
        params![contracts.clone()],
    )
    .await?;
    history::record_many(tx, &contracts, What::Increased, |contract| first[&contract.id], None).await
}
