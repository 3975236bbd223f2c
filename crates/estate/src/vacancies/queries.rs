//! Every question asked about vacancies.

use base::{Conditions, Error, Result, Tx, conditions::containing, lists::Window, params};
use domain::{ContractId, Money, PropertyId, RoomId, text::fold_code};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use wire::vacancies::{Neighbouring, VacancyFilter, VacancyRow, VacancySort, VacancyTotals};

/// A place in the list: what it is sorted by, and the id that tells equals apart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Place {
    by: VacancySort,
    property: PropertyId,
    unit: String,
    since: Date,
    lost: Money,
    area: Decimal,
    id: RoomId,
}

/// The vacant rooms of the day `$1` with the last day somebody was in each, and what each is offered for a month. A
/// price is rounded as `Money::times` does it and never larger than `asking::LARGEST_A_MONTH`.
const VACANCIES: &str = "
    select o.*, last.contract_id as last_id, last.code as last_code, last.tenant_name as last_tenant, last.on_day as last_on,
           coalesce(last.on_day + 1, o.valid_from, least((o.created_at at time zone 'Asia/Ulaanbaatar')::date, $1::date))
               as vacant_since,
           least(case o.price_mode when 'per_m2' then round(o.base_rent * o.area_m2) else o.base_rent end,
                 100000000000000)::bigint as lost
      from rooms_on($1) o
      left join lateral (
           select c.id as contract_id, c.code, c.tenant_name_snapshot as tenant_name, cr.free_from - 1 as on_day
             from contract_rooms cr
             join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
                             and c.status not in ('draft', 'pending_signature')
            where cr.owner_id = (select app_owner_id()) and cr.room_id = o.id and cr.free_from <= $1
            order by cr.free_from desc
            limit 1) last on true
     where o.contract_id is null";

/// Who takes a vacant room next, a draft included.
const NEXT: &str = "
    select c.id as contract_id, c.code, c.tenant_name_snapshot as tenant_name, cr.first_day as on_day
      from contract_rooms cr
      join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
     where cr.owner_id = (select app_owner_id()) and cr.room_id = v.id and cr.free_from > $1
     order by cr.first_day
     limit 1";

/// The last question of its transaction.
pub async fn page(
    tx: &Tx,
    filter: &VacancyFilter,
    day: Date,
    window: &Window<Place>,
) -> Result<Vec<(VacancyRow, Place)>> {
    let by = filter.sort.unwrap_or(VacancySort::Unit);
    let mut asked = asked(filter, day);
    if let Some(place) = &window.after {
        if place.by != by {
            return Err(Error::field("cursor", "bad-format"));
        }
        match by {
            VacancySort::Unit => asked.and(
                "(v.property_id, v.unit_sort, v.id) > ({0}, {1}, {2})",
                params![place.property, place.unit.clone(), place.id],
            ),
            // More days are an earlier first one.
            VacancySort::Days => asked.and("(v.vacant_since, v.id) < ({0}, {1})", params![place.since, place.id]),
            VacancySort::DaysDown => asked.and("(v.vacant_since, v.id) > ({0}, {1})", params![place.since, place.id]),
            VacancySort::Lost => asked.and("(v.lost, v.id) > ({0}, {1})", params![place.lost, place.id]),
            VacancySort::LostDown => asked.and("(v.lost, v.id) < ({0}, {1})", params![place.lost, place.id]),
            VacancySort::Area => asked.and("(v.area_m2, v.id) > ({0}, {1})", params![place.area, place.id]),
            VacancySort::AreaDown => asked.and("(v.area_m2, v.id) < ({0}, {1})", params![place.area, place.id]),
        };
    }
    let order = match by {
        VacancySort::Unit => "v.property_id, v.unit_sort, v.id",
        VacancySort::Days => "v.vacant_since desc, v.id desc",
        VacancySort::DaysDown => "v.vacant_since, v.id",
        VacancySort::Lost => "v.lost, v.id",
        VacancySort::LostDown => "v.lost desc, v.id desc",
        VacancySort::Area => "v.area_m2, v.id",
        VacancySort::AreaDown => "v.area_m2 desc, v.id desc",
    };
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select v.*, $1::date - v.vacant_since + 1 as days_vacant, p.name as property_name, f.number as floor_number,
                next.contract_id as next_id, next.code as next_code, next.tenant_name as next_tenant, next.on_day as next_on
           from (select * from ({VACANCIES}) v{} order by {order} limit {limit}) v
           join properties p on p.id = v.property_id
           left join floors f on f.id = v.floor_id
           left join lateral ({NEXT}) next on true
          order by {order}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(|row| (vacancy(row), place(by, row))).collect())
}

/// The last question of its transaction.
pub async fn totals(tx: &Tx, filter: &VacancyFilter, day: Date) -> Result<VacancyTotals> {
    let asked = asked(filter, day);
    let sql = format!(
        "select count(*) as count, coalesce(sum(v.area_m2), 0) as area_m2, coalesce(sum(v.lost), 0)::bigint as lost,
                count(*) filter (where v.base_rent = 0) as unpriced
           from ({VACANCIES}) v{}",
        asked.sql()
    );
    let row = tx.last().maybe(&sql, &asked.values()).await?;
    let row = row.ok_or_else(|| Error::Internal("a sum is always one row".into()))?;
    Ok(VacancyTotals {
        as_of: day,
        count: row.get("count"),
        area_m2: row.get("area_m2"),
        lost_a_month: row.get("lost"),
        unpriced: row.get("unpriced"),
    })
}

/// The conditions of a filter over `VACANCIES` as `v`; the day is `$1`.
fn asked(filter: &VacancyFilter, day: Date) -> Conditions {
    let mut asked = Conditions::new();
    asked.value(Box::new(day));
    if let Some(property) = filter.property_id {
        asked.and("v.property_id = {0}", params![property]);
    }
    if let Some(kind) = filter.kind {
        asked.and("v.kind = {0}", params![kind]);
    }
    if let Some(listed) = filter.listed {
        asked.and("v.listed = {0}", params![listed]);
    }
    if let Some(days) = filter.min_days {
        asked.and("$1::date - v.vacant_since + 1 >= {0}", params![days]);
    }
    if let Some(q) = filter.q.as_deref().map(fold_code).filter(|q| !q.is_empty()) {
        asked.and("v.unit_key like {0}", params![containing(&q)]);
    }
    asked
}

fn place(by: VacancySort, row: &Row) -> Place {
    Place {
        by,
        property: row.get("property_id"),
        unit: row.get("unit_sort"),
        since: row.get("vacant_since"),
        lost: row.get("lost"),
        area: row.get("area_m2"),
        id: row.get("id"),
    }
}

fn vacancy(row: &Row) -> VacancyRow {
    VacancyRow {
        room_id: row.get("id"),
        property_id: row.get("property_id"),
        property_name: row.get("property_name"),
        floor_number: row.get("floor_number"),
        unit_no: row.get("unit_no"),
        kind: row.get("kind"),
        area_m2: row.get("area_m2"),
        listed: row.get("listed"),
        price_mode: row.get("price_mode"),
        base_rent: row.get("base_rent"),
        lost_a_month: row.get("lost"),
        vacant_since: row.get("vacant_since"),
        days_vacant: row.get("days_vacant"),
        last: neighbouring(row, "last"),
        next: neighbouring(row, "next"),
    }
}

fn neighbouring(row: &Row, side: &str) -> Option<Neighbouring> {
    let column = |name: &str| format!("{side}_{name}");
    let contract_id: Option<ContractId> = row.get(column("id").as_str());
    Some(Neighbouring {
        contract_id: contract_id?,
        contract_code: row.get(column("code").as_str()),
        tenant_name: row.get(column("tenant").as_str()),
        on: row.get(column("on").as_str()),
    })
}
