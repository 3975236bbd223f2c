//! The month's grid: every meter with what it showed before, what it shows now, and its last six months.

use std::collections::HashMap;

use base::{Conditions, Result, Tx, lists::Window, params};
use domain::{
    MeterId, Month, PropertyId,
    meter::{Occasion, unusual, usual_range},
    rights::Action,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::{
    Page,
    readings::{GridFilter, GridRow, GridTotals, MonthUse, ReadingView, UsualReadings},
};

use super::{queries::PHOTO, sentence};

/// The place of a row in the grid: building by building, room by room as people read them, common meters last.
type Place = (PropertyId, String, MeterId);

/// A page of the month's grid.
pub async fn grid(tx: &Tx, filter: &GridFilter) -> Result<Page<GridRow>> {
    tx.allow(Action::EditReadings)?;
    let window: Window<Place> = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = page(tx, filter, &window).await?;
    let meters: Vec<MeterId> = rows.iter().map(|row| row.get("id")).collect();
    let months = months_before(tx, &meters, filter.month).await?;
    let lang = tx.actor().lang;
    let row = |row: &Row| {
        let id: MeterId = row.get("id");
        let before = months.get(&id).cloned().unwrap_or_default();
        let reading = reading(row, filter.month);
        let habit: Vec<Decimal> = before.iter().map(|month| month.consumption).collect();
        let stands_out = reading.as_ref().and_then(|reading| unusual(&habit, reading.consumption));
        let place: String = row.get("place");
        (
            place,
            GridRow {
                meter_id: id,
                property_id: row.get("property_id"),
                property_name: row.get("property_name"),
                room_id: row.get("room_id"),
                unit_no: row.get("unit_no"),
                tenant_name: row.get("tenant_name"),
                kind: row.get("kind"),
                serial: row.get("serial"),
                multiplier: row.get("multiplier"),
                digits: row.get("digits"),
                previous: row.get("showed"),
                previous_on: row.get("showed_on"),
                usual: usual(row, &habit),
                unusual: stands_out.map(|stands_out| sentence(stands_out, lang)),
                reading,
                before,
            },
        )
    };
    let rows: Vec<(String, GridRow)> = rows.iter().map(row).collect();
    let page = window.page(rows, |(place, row)| (row.property_id, place.clone(), row.meter_id));
    Ok(Page { items: page.items.into_iter().map(|(_, row)| row).collect(), next_cursor: page.next_cursor })
}

/// Between which readings the month is as it was before.
fn usual(row: &Row, habit: &[Decimal]) -> Option<UsualReadings> {
    let previous: Decimal = row.get::<_, Option<Decimal>>("showed")?;
    let (least, most) = usual_range(habit)?;
    let multiplier: Decimal = row.get("multiplier");
    let shown = |consumption: Decimal| Some((previous + consumption.checked_div(multiplier)?).round_dp(3));
    Some(UsualReadings { least: shown(least)?, most: shown(most)? })
}

/// How far the month is, over all that the filter shows.
pub async fn totals(tx: &Tx, filter: &GridFilter) -> Result<GridTotals> {
    tx.allow(Action::EditReadings)?;
    let mut asked = Conditions::new();
    asked.value(Box::new(filter.month));
    asked.value(Box::new(filter.month.last_day()));
    conditions(&mut asked, &GridFilter { missing: false, ..filter.clone() });
    let sql = format!(
        "select m.id, rd.consumption,
                array(select sum(b.consumption) from readings b
                       where b.owner_id = m.owner_id and b.meter_id = m.id and b.month < $1
                         and b.month >= ($1::date - interval '6 months')::date
                       group by b.month order by b.month) as before
           from meters m
           left join readings rd on rd.owner_id = m.owner_id and rd.meter_id = m.id and rd.month = $1 and rd.occasion = 'monthly'{}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    let mut totals = GridTotals::default();
    for row in &rows {
        totals.meters += 1;
        match row.get::<_, Option<Decimal>>("consumption") {
            None => totals.missing += 1,
            Some(consumption) => {
                totals.read += 1;
                let before: Vec<Decimal> = row.get("before");
                totals.unusual += i64::from(unusual(&before, consumption).is_some());
            }
        }
    }
    Ok(totals)
}

async fn page(tx: &Tx, filter: &GridFilter, window: &Window<Place>) -> Result<Vec<Row>> {
    let mut asked = Conditions::new();
    asked.value(Box::new(filter.month));
    asked.value(Box::new(filter.month.last_day()));
    conditions(&mut asked, filter);
    if let Some((property, place, id)) = &window.after {
        asked.and(
            &format!("(m.property_id, {PLACE}, m.id) > ({{0}}, {{1}}, {{2}})"),
            params![*property, place.clone(), *id],
        );
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select m.id, m.property_id, p.name as property_name, m.room_id, coalesce(r.unit_no, m.awaits_unit) as unit_no, m.kind,
                m.serial, m.multiplier, m.digits, {PLACE} as place,
                rd.id as reading_id, rd.read_on, rd.previous_on, rd.previous, rd.current, rd.status,
                rd.multiplier as reading_multiplier, rd.difference, rd.consumption, rd.reader, rd.note, rd.version,
                {PHOTO} as photo_id,
                coalesce(rd.previous, b.current, m.initial) as showed, coalesce(rd.previous_on, b.read_on, m.installed_on) as showed_on,
                (select t.name from contract_rooms cr
                   join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id and c.status not in ('draft', 'pending_signature')
                   join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
                  where cr.owner_id = m.owner_id and cr.room_id = m.room_id and cr.during && daterange($1, $2, '[]')
                  order by lower(cr.during) desc limit 1) as tenant_name
           from meters m
           join properties p on p.owner_id = m.owner_id and p.id = m.property_id
           left join rooms r on r.owner_id = m.owner_id and r.id = m.room_id
           left join readings rd on rd.owner_id = m.owner_id and rd.meter_id = m.id and rd.month = $1 and rd.occasion = 'monthly'
           left join lateral (
                select e.current, e.read_on from readings e
                 where e.owner_id = m.owner_id and e.meter_id = m.id and (e.month < $1 or (e.month = $1 and e.occasion = 'handover'))
                 order by e.read_on desc, e.month desc limit 1) b on true{}
          order by m.property_id, {PLACE}, m.id
          limit {limit}",
        asked.sql()
    );
    tx.all(&sql, &asked.values()).await
}

/// Rooms as people read their numbers; what awaits its room behind them, what is common last.
const PLACE: &str = "coalesce(r.unit_sort, '~' || m.awaits_unit, '~~')";

/// A meter stands in the grid from the month it came to the month it went.
fn conditions(asked: &mut Conditions, filter: &GridFilter) {
    asked.and("m.owner_id = (select app_owner_id())", params![]);
    asked.and(
        "(m.removed_on is null or m.removed_on >= $1) and (m.installed_on is null or m.installed_on <= $2)",
        params![],
    );
    if let Some(property) = filter.property_id {
        asked.and("m.property_id = {0}", params![property]);
    }
    if let Some(floor) = filter.floor_id {
        asked.and(
            "exists (select from rooms f where f.owner_id = m.owner_id and f.id = m.room_id and f.floor_id = {0})",
            params![floor],
        );
    }
    if filter.common {
        asked.and("m.room_id is null and m.awaits_unit is null", params![]);
    }
    if let Some(kind) = filter.kind {
        asked.and("m.kind = {0}", params![kind]);
    }
    if filter.missing {
        asked.and("rd.id is null", params![]);
    }
}

/// The consumption of the six months before, of all these meters at once.
async fn months_before(tx: &Tx, meters: &[MeterId], month: Month) -> Result<HashMap<MeterId, Vec<MonthUse>>> {
    let rows = tx
        .last()
        .all(
            "select meter_id, month, sum(consumption) as consumption from readings
              where owner_id = (select app_owner_id()) and meter_id = any($1) and month < $2
                and month >= ($2::date - interval '6 months')::date
              group by meter_id, month order by meter_id, month",
            &[&meters, &month],
        )
        .await?;
    let mut months: HashMap<MeterId, Vec<MonthUse>> = HashMap::new();
    for row in &rows {
        let used = MonthUse { month: row.get("month"), consumption: row.get("consumption") };
        months.entry(row.get("meter_id")).or_default().push(used);
    }
    Ok(months)
}

fn reading(row: &Row, month: Month) -> Option<ReadingView> {
    Some(ReadingView {
        id: row.get::<_, Option<_>>("reading_id")?,
        meter_id: row.get("id"),
        month,
        occasion: Occasion::Monthly,
        read_on: row.get("read_on"),
        previous_on: row.get::<_, Option<Date>>("previous_on"),
        previous: row.get("previous"),
        current: row.get("current"),
        status: row.get("status"),
        multiplier: row.get("reading_multiplier"),
        difference: row.get("difference"),
        consumption: row.get("consumption"),
        reader: row.get("reader"),
        note: row.get("note"),
        photo_id: row.get("photo_id"),
        version: row.get("version"),
    })
}
