//! Every question asked about occupancy; how a room stands on a day is said by `rooms_on` alone.

use std::collections::HashMap;

use base::{Conditions, Error, Result, Tx, lists::Window, params};
use domain::{FloorId, PropertyId, rooms::Occupancy};
use jiff::civil::Date;
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::occupancy::{FloorGrid, GridFloor, GridRoom, OccupancyFigures, PropertyOccupancy, Units};

use crate::properties::queries::property;

/// Buildings by name with their figures; the last question of its transaction.
pub async fn page(tx: &Tx, day: Date, window: &Window<String>) -> Result<Vec<PropertyOccupancy>> {
    let mut asked = Conditions::new();
    asked.value(Box::new(day));
    if let Some(name) = &window.after {
        asked.and("name > {0}", params![name.clone()]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sum = |standing: &Occupancy| {
        format!(
            "count(*) filter (where o.occupancy = '{standing}') as {standing}_units,
             sum(o.area_m2) filter (where o.occupancy = '{standing}') as {standing}_area_m2"
        )
    };
    let shown = |standing: &Occupancy| {
        format!(
            "coalesce(o.{standing}_units, 0) as {standing}_units, coalesce(o.{standing}_area_m2, 0) as {standing}_area_m2"
        )
    };
    let sums: Vec<String> = Occupancy::ALL.iter().map(sum).collect();
    let shown: Vec<String> = Occupancy::ALL.iter().map(shown).collect();
    // The estate is gone through once, not building by building.
    let sql = format!(
        "select p.*, {}
           from (select id, name, address, district, city, total_area_m2, floor_count, built_year, status, decommissioned_on,
                        version, created_at, updated_at
                   from properties{}
                  order by name limit {limit}) p
           left join (select o.property_id, {} from rooms_on($1) o group by o.property_id) o on o.property_id = p.id
          order by p.name",
        shown.join(", "),
        asked.sql(),
        sums.join(", ")
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(|row| PropertyOccupancy { property: property(row), figures: figures(row) }).collect())
}

/// Nothing when there is no such building; the last question of its transaction.
pub async fn grid(tx: &Tx, id: PropertyId, day: Date) -> Result<Option<FloorGrid>> {
    let there = tx
        .ahead(
            "select id, name, address, district, city, total_area_m2, floor_count, built_year, status, decommissioned_on,
                    version, created_at, updated_at
               from properties where id = $1",
            params![id],
        )
        .await?;
    let owner =
        tx.ahead("select notice_days from property_owners where id = (select app_owner_id())", params![]).await?;
    let floors = tx
        .ahead("select id, number, label from floors where property_id = $1 order by number desc", params![id])
        .await?;
    let rooms = tx
        .last()
        .all(
            "select id, floor_id, unit_no, kind, area_m2, occupancy, price_mode, base_rent, contract_id, tenant_name, held_to
               from rooms_on($1)
              where property_id = $2
              order by unit_sort, id",
            &[&day, &id],
        )
        .await?;
    let Some(building) = there.rows()?.first().map(property) else { return Ok(None) };
    let notice_days = owner.rows()?.first().map(|row| row.get("notice_days"));
    let notice_days = notice_days.ok_or_else(|| Error::Internal("an owner sees itself".into()))?;
    let mut grid = FloorGrid {
        property: building,
        as_of: day,
        notice_days,
        figures: OccupancyFigures::default(),
        floors: floors.rows()?.iter().map(floor).collect(),
    };
    let places: HashMap<Option<FloorId>, usize> =
        grid.floors.iter().enumerate().map(|(place, floor)| (floor.floor_id, place)).collect();
    let mut on_none = GridFloor {
        floor_id: None,
        number: None,
        label: String::new(),
        figures: OccupancyFigures::default(),
        rooms: Vec::new(),
    };
    for row in &rooms {
        let room = room(row);
        let one = Units { units: 1, area_m2: room.area_m2 };
        let floor = match places.get(&row.get("floor_id")) {
            Some(place) => &mut grid.floors[*place],
            None => &mut on_none,
        };
        floor.figures.add(room.occupancy, one);
        grid.figures.add(room.occupancy, one);
        floor.rooms.push(room);
    }
    if !on_none.rooms.is_empty() {
        grid.floors.push(on_none);
    }
    Ok(Some(grid))
}

/// Columns `<standing>_units` and `<standing>_area_m2`.
fn figures(row: &Row) -> OccupancyFigures {
    let mut figures = OccupancyFigures::default();
    for standing in Occupancy::ALL {
        let units: i64 = row.get(format!("{standing}_units").as_str());
        let area_m2: Decimal = row.get(format!("{standing}_area_m2").as_str());
        figures.add(*standing, Units { units, area_m2 });
    }
    figures
}

fn floor(row: &Row) -> GridFloor {
    GridFloor {
        floor_id: row.get("id"),
        number: row.get("number"),
        label: row.get("label"),
        figures: OccupancyFigures::default(),
        rooms: Vec::new(),
    }
}

fn room(row: &Row) -> GridRoom {
    GridRoom {
        id: row.get("id"),
        unit_no: row.get("unit_no"),
        kind: row.get("kind"),
        area_m2: row.get("area_m2"),
        occupancy: row.get("occupancy"),
        price_mode: row.get("price_mode"),
        base_rent: row.get("base_rent"),
        contract_id: row.get("contract_id"),
        tenant_name: row.get("tenant_name"),
        until: row.get("held_to"),
    }
}
