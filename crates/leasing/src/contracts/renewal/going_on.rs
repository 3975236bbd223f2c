//! What of a contract goes on in the one that renews it: the charges of its last day, the rules by which they rise, and
//! the discounts that were promised for longer.

use base::{Result, Tx, params};
use domain::{ContractDiscountId, ContractId, ContractIncreaseId, ContractItemId, Money};
use jiff::{ToSpan, civil::Date};
use wire::{
    contracts::{ContractItemView, ContractView},
    increases::IncreaseView,
};

use super::super::{extension, increases};

/// Copies it into the new contract, which begins on `from`; prices are changed by `increase_bp` hundredths of a per cent.
pub(super) async fn copy(tx: &Tx, old: &ContractView, new: ContractId, from: Date, increase_bp: i32) -> Result<()> {
    let charges = charges(tx, old, new, from, increase_bp).await?;
    rules(tx, old, new, from, &charges).await?;
    discounts(tx, old.id, new, from).await
}

/// Each charge of the last day at its new price and as long as the contract; gives old and new.
async fn charges(
    tx: &Tx,
    old: &ContractView,
    new: ContractId,
    from: Date,
    increase_bp: i32,
) -> Result<Vec<(ContractItemId, ContractItemId)>> {
    let last_day = from.saturating_sub(1.day());
    let stands =
        |item: &&ContractItemView| item.valid_from <= last_day && item.valid_to.is_none_or(|to| to >= last_day);
    let items: Vec<&ContractItemView> = old.items.iter().filter(stands).collect();
    let pairs: Vec<(ContractItemId, ContractItemId)> =
        items.iter().map(|item| (item.id, ContractItemId::new())).collect();
    let prices: Vec<Money> =
        items.iter().map(|item| extension::raised(item.unit_price, increase_bp)).collect::<Result<_>>()?;
    tx.later(
        "insert into contract_items (id, contract_id, room_id, kind, name, basis, unit_price, vat_mode, tax_kind,
                                     classification_code, exemption_code, meter_kind, valid_from)
         select n.new_id, $2, i.room_id, i.kind, i.name, i.basis, n.price, i.vat_mode, i.tax_kind,
                i.classification_code, i.exemption_code, i.meter_kind, $6
           from unnest($3::uuid[], $4::uuid[], $5::bigint[]) as n (id, new_id, price)
           join contract_items i on i.id = n.id and i.contract_id = $1
          order by i.id",
        params![
            old.id,
            new,
            pairs.iter().map(|pair| pair.0).collect::<Vec<_>>(),
            pairs.iter().map(|pair| pair.1).collect::<Vec<_>>(),
            prices,
            from
        ],
    )
    .await?;
    Ok(pairs)
}

/// Each rule from the first of its days after the new contract begins; what changes on its first day is said by the
/// renewal itself.
async fn rules(
    tx: &Tx,
    old: &ContractView,
    new: ContractId,
    from: Date,
    charges: &[(ContractItemId, ContractItemId)],
) -> Result<()> {
    let going_on = old.increases.iter().filter_map(|rule| {
        let item = charges.iter().find(|(item, _)| *item == rule.item_id)?.1;
        Some((rule.id, item, next_after(rule, from)?))
    });
    let going_on: Vec<(ContractIncreaseId, ContractItemId, Date)> = going_on.collect();
    if going_on.is_empty() {
        return Ok(());
    }
    // The percent of an index is known for one time only.
    tx.later(
        "insert into contract_increases (id, contract_id, item_id, kind, percent_bp, amount, first_on, every_months, until_on, next_on)
         select n.new_id, $1, n.item, i.kind, case when i.kind <> 'index' then i.percent_bp end, i.amount, n.day, i.every_months,
                i.until_on, n.day
           from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::date[]) as n (id, new_id, item, day)
           join contract_increases i on i.id = n.id",
        params![
            new,
            going_on.iter().map(|rule| rule.0).collect::<Vec<_>>(),
            going_on.iter().map(|_| ContractIncreaseId::new()).collect::<Vec<_>>(),
            going_on.iter().map(|rule| rule.1).collect::<Vec<_>>(),
            going_on.iter().map(|rule| rule.2).collect::<Vec<_>>(),
        ],
    )
    .await
}

/// The first day after `from` on which a rule rises; none for one that has run its course.
fn next_after(rule: &IncreaseView, from: Date) -> Option<Date> {
    rule.next_on?;
    let reckoned = increases::rule(rule);
    (0..).map_while(|nth| reckoned.day(nth)).find(|day| *day > from)
}

/// Discounts with a last day of their own beyond the beginning; those without one ended with the contract.
async fn discounts(tx: &Tx, old: ContractId, new: ContractId, from: Date) -> Result<()> {
    let ids = tx
        .all("select id from contract_discounts where contract_id = $1 and valid_to >= $2 order by id", &[&old, &from])
        .await?;
    let ids: Vec<ContractDiscountId> = ids.iter().map(|row| row.get("id")).collect();
    tx.later(
        "insert into contract_discounts (id, contract_id, name, percent_bp, amount, valid_from, valid_to, reason)
         select n.new_id, $1, d.name, d.percent_bp, d.amount, greatest(d.valid_from, $4), least(d.valid_to, c.ends_on), d.reason
           from unnest($2::uuid[], $3::uuid[]) as n (id, new_id)
           join contract_discounts d on d.id = n.id
           join contracts c on c.id = $1 and (c.ends_on is null or c.ends_on >= d.valid_from)",
        params![new, ids.clone(), ids.iter().map(|_| ContractDiscountId::new()).collect::<Vec<_>>(), from],
    )
    .await
}
