//! Every question asked about asking prices.

use base::{Conditions, Result, Tx, conditions::containing, params};
use domain::{
    Money, RoomId,
    rooms::{Occupancy, PriceMode, RoomKind},
    text::fold_code,
};
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::prices::{PriceAsking, PriceLine};

/// A room with its price.
pub struct Priced {
    pub id: RoomId,
    pub version: i32,
    pub property_name: String,
    pub unit_no: String,
    pub kind: RoomKind,
    pub area_m2: Decimal,
    pub occupancy: Occupancy,
    pub price_mode: PriceMode,
    pub base_rent: Money,
}

/// The rooms that are there today and fit, at most so many; the last question of its transaction.
pub async fn chosen(tx: &Tx, asking: &PriceAsking, most: usize) -> Result<Vec<Priced>> {
    let mut asked = Conditions::new();
    asked.value(Box::new(tx.clock().today()));
    match &asking.room_ids {
        Some(ids) => drop(asked.and("o.id = any({0})", params![ids.clone()])),
        None => fitting(&mut asked, asking),
    }
    let limit = asked.value(Box::new(i64::try_from(most).expect("a few thousand")));
    let sql = format!(
        "select o.id, o.version, p.name as property_name, o.unit_no, o.kind, o.area_m2, o.occupancy, o.price_mode, o.base_rent
           from rooms_on($1) o
           join properties p on p.id = o.property_id{}
          order by o.property_id, o.unit_sort, o.id
          limit {limit}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(priced).collect())
}

/// The conditions by which rooms are chosen that are not named.
fn fitting(asked: &mut Conditions, asking: &PriceAsking) {
    if let Some(property) = asking.property_id {
        asked.and("o.property_id = {0}", params![property]);
    }
    if let Some(floor) = asking.floor_id {
        asked.and("o.floor_id = {0}", params![floor]);
    }
    if let Some(kind) = asking.kind {
        asked.and("o.kind = {0}", params![kind]);
    }
    if let Some(mode) = asking.price_mode {
        asked.and("o.price_mode = {0}", params![mode]);
    }
    if let Some(occupancy) = asking.occupancy {
        asked.and("o.occupancy = {0}", params![occupancy]);
    }
    if let Some(q) = asking.q.as_deref().map(fold_code).filter(|q| !q.is_empty()) {
        asked.and("o.unit_key like {0}", params![containing(&q)]);
    }
}

/// The rooms that are there today out of these, held against other changes. Always in the same order, so that two who
/// change the same rooms wait for each other and never both.
pub async fn lock(tx: &Tx, ids: &[RoomId]) -> Result<Vec<Priced>> {
    tx.all("select from rooms where id = any($1) order by id for no key update", &[&ids]).await?;
    let rows = tx
        .all(
            "select o.id, o.version, p.name as property_name, o.unit_no, o.kind, o.area_m2, o.occupancy, o.price_mode, o.base_rent
               from rooms_on($1) o
               join properties p on p.id = o.property_id
              where o.id = any($2)
              order by o.property_id, o.unit_sort, o.id",
            &[&tx.clock().today(), &ids],
        )
        .await?;
    Ok(rows.iter().map(priced).collect())
}

/// Writes the new prices.
pub async fn save(tx: &Tx, lines: &[&PriceLine]) -> Result<()> {
    let ids: Vec<RoomId> = lines.iter().map(|line| line.room_id).collect();
    let prices: Vec<Money> = lines.iter().map(|line| line.after).collect();
    tx.touch(
        "update rooms r
            set base_rent = n.price, version = r.version + 1
           from unnest($1::uuid[], $2::bigint[]) as n (id, price)
          where r.id = n.id",
        &[&ids, &prices],
    )
    .await
    .map(drop)
}

fn priced(row: &Row) -> Priced {
    Priced {
        id: row.get("id"),
        version: row.get("version"),
        property_name: row.get("property_name"),
        unit_no: row.get("unit_no"),
        kind: row.get("kind"),
        area_m2: row.get("area_m2"),
        occupancy: row.get("occupancy"),
        price_mode: row.get("price_mode"),
        base_rent: row.get("base_rent"),
    }
}
