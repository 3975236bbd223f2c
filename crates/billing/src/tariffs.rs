//! Tariffs: what a unit of electricity, water or heat costs from a day on, and how common meters are shared out.
//!
//! A price that changes is a new version from its day; the one before ends the day before. What was billed keeps its own.

mod routes;

use base::{Checks, Conflict, Error, OnConstraint, Result, Slice, Tx, audit::Note};
use domain::{CommonRuleId, Money, PropertyId, TariffId, meter::MeterKind, rights::Action, tariff::Tariff};
use jiff::{ToSpan, civil::Date};
use serde_json::json;
use tokio_postgres::Row;
use wire::tariffs::{CommonRuleView, NewCommonRule, NewTariff, TariffChange, TariffView};

pub fn slice() -> Slice {
    Slice::new("tariffs").routes(routes::routes())
}

/// Every version, kind by kind, the newest first.
pub async fn list(tx: &Tx) -> Result<Vec<TariffView>> {
    tx.allow(Action::ReadTariffs)?;
    let rows = tx.last().all(&format!("{COLUMNS} order by kind, valid_from desc"), &[]).await?;
    Ok(rows.iter().map(view).collect())
}

/// Sets a price from a day on. The open version of its kind, if there is one that began before, ends the day before.
pub async fn create(tx: &Tx, new: &NewTariff) -> Result<TariffView> {
    tx.allow(Action::EditTariffs)?;
    tx.owner().await?;
    check(new)?;
    let id = TariffId::new();
    tx.later(
        "update tariffs set valid_to = $2, version = version + 1
          where owner_id = (select app_owner_id()) and kind = $1 and valid_to is null and valid_from <= $2",
        base::params![new.kind, new.valid_from.saturating_sub(1.day())],
    )
    .await?;
    tx.touch(
        "insert into tariffs (id, kind, valid_from, valid_to, unit_price, base_fee, capacity_rate, support_fee, vat_mode)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            &id,
            &new.kind,
            &new.valid_from,
            &new.valid_to,
            &new.unit_price,
            &new.base_fee,
            &new.capacity_rate,
            &new.support_fee,
            &new.vat_mode,
        ],
    )
    .await
    .on_constraint("tariffs_one_at_a_time", || Conflict::new("TARIFF_OVERLAP").into())?;
    let view = find(tx, id).await?;
    tx.audit("tariff.create", id.0, &view).await?;
    Ok(view)
}

/// Gives a version its last day, or makes it open again; its prices stay what they are.
pub async fn edit(tx: &Tx, id: TariffId, change: &TariffChange) -> Result<TariffView> {
    tx.allow(Action::EditTariffs)?;
    let before = find(tx, id).await?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    if change.valid_to.is_some_and(|last| last < before.valid_from) {
        return Err(Error::field("validTo", "end-before-start"));
    }
    tx.touch("update tariffs set valid_to = $2, version = version + 1 where id = $1", &[&id, &change.valid_to])
        .await
        .on_constraint("tariffs_one_at_a_time", || Conflict::new("TARIFF_OVERLAP").into())?;
    let after = find(tx, id).await?;
    tx.note(Note {
        action: "tariff.edit",
        id: Some(id.0),
        before: Some(json!({ "validTo": before.valid_to })),
        after: Some(json!({ "validTo": after.valid_to })),
        reason: None,
    })
    .await?;
    Ok(after)
}

/// How the buildings' common meters are shared out.
pub async fn rules(tx: &Tx) -> Result<Vec<CommonRuleView>> {
    tx.allow(Action::ReadTariffs)?;
    let rows = tx
        .last()
        .all(
            "select c.property_id, p.name, c.kind, c.share_by from common_rules c
               join properties p on p.owner_id = c.owner_id and p.id = c.property_id
              where c.owner_id = (select app_owner_id()) order by p.name, c.kind",
            &[],
        )
        .await?;
    Ok(rows.iter().map(rule).collect())
}

/// Says how the common meters of a kind in a building are shared out; without `share_by` the owner bears the loss.
pub async fn set_rule(tx: &Tx, new: &NewCommonRule) -> Result<()> {
    tx.allow(Action::EditTariffs)?;
    let there = tx.maybe("select id from properties where id = $1", &[&new.property_id]).await?;
    there.ok_or(Error::NotFound("property"))?;
    tx.touch(
        "delete from common_rules where owner_id = (select app_owner_id()) and property_id = $1 and kind = $2",
        &[&new.property_id, &new.kind],
    )
    .await?;
    if let Some(share_by) = new.share_by {
        tx.touch(
            "insert into common_rules (id, property_id, kind, share_by) values ($1, $2, $3, $4)",
            &[&CommonRuleId::new(), &new.property_id, &new.kind, &share_by],
        )
        .await?;
    }
    tx.audit("common_rule.set", new.property_id.0, new).await
}

fn check(new: &NewTariff) -> Result<()> {
    /// A hundred million tögrög a unit is beyond any price.
    const MOST: Money = Money::from_tugrug(100_000_000);
    let mut checks = Checks::new();
    for (path, amount) in [
        ("unitPrice", new.unit_price),
        ("baseFee", new.base_fee),
        ("capacityRate", new.capacity_rate),
        ("supportFee", new.support_fee),
    ] {
        checks.not_negative(path, amount);
        checks.that(amount <= MOST, path, "too-large-number");
    }
    checks.that(new.valid_to.is_none_or(|last| last >= new.valid_from), "validTo", "end-before-start");
    checks.that((1990..2200).contains(&new.valid_from.year()), "validFrom", "bad-format");
    checks.that(new.vat_mode != domain::contract::VatMode::Exempt, "vatMode", "not-a-choice");
    checks.done()
}

async fn find(tx: &Tx, id: TariffId) -> Result<TariffView> {
    let row = tx.maybe(&format!("{COLUMNS} and id = $1"), &[&id]).await?;
    row.as_ref().map(view).ok_or(Error::NotFound("tariff"))
}

const COLUMNS: &str = "
    select id, kind, valid_from, valid_to, unit_price, base_fee, capacity_rate, support_fee, vat_mode, version
      from tariffs
     where owner_id = (select app_owner_id())";

/// The versions in force on a day of the month that begins with $1 and ends with $2.
pub(crate) const OF_MONTH: &str = "
    select id, kind, valid_from, valid_to, unit_price, base_fee, capacity_rate, support_fee, vat_mode
      from tariffs
     where owner_id = (select app_owner_id()) and valid_from <= $2 and coalesce(valid_to, 'infinity') >= $1
     order by kind, valid_from";

pub(crate) fn tariff(row: &Row) -> Tariff {
    Tariff {
        id: row.get("id"),
        kind: row.get("kind"),
        valid_from: row.get("valid_from"),
        valid_to: row.get("valid_to"),
        unit_price: row.get("unit_price"),
        base_fee: row.get("base_fee"),
        capacity_rate: row.get("capacity_rate"),
        support_fee: row.get("support_fee"),
        vat_mode: row.get("vat_mode"),
    }
}

fn view(row: &Row) -> TariffView {
    let kind: MeterKind = row.get("kind");
    TariffView {
        id: row.get("id"),
        kind,
        valid_from: row.get("valid_from"),
        valid_to: row.get::<_, Option<Date>>("valid_to"),
        unit_price: row.get("unit_price"),
        base_fee: row.get("base_fee"),
        capacity_rate: row.get("capacity_rate"),
        support_fee: row.get("support_fee"),
        vat_mode: row.get("vat_mode"),
        version: row.get("version"),
    }
}

fn rule(row: &Row) -> CommonRuleView {
    CommonRuleView {
        property_id: row.get::<_, PropertyId>("property_id"),
        property_name: row.get("name"),
        kind: row.get("kind"),
        share_by: row.get("share_by"),
    }
}
