//! What billing needs to know of the contracts of a month, read in a fixed number of questions however many there are.

use std::collections::HashMap;

use base::{Result, Tx, params};
use domain::{
    ContractId, ContractItemId, ContractRoomId, Month, PropertyId, RoomId, TenantId,
    charges::{ChargeLine, ContractTerms, LetRoom},
    contract::ContractStatus,
};
use jiff::{ToSpan, civil::Date};
use tokio_postgres::Row;

/// A contract as billing sees it: what it charges, whom, and what stands on the bill.
#[derive(Debug, Clone)]
pub struct ContractFacts {
    pub contract: ContractId,
    pub code: String,
    pub status: ContractStatus,
    pub property: PropertyId,
    pub tenant: TenantId,
    /// The customer as it is now, for the bill's snapshot.
    pub customer_name: String,
    pub customer_register_no: Option<String>,
    pub customer_tin: Option<String>,
    /// Eight digits.
    pub phone: Option<String>,
    /// `K-403; K-404`
    pub units: String,
    /// 1 to 31.
    pub payment_day: i8,
    pub terms: ContractTerms,
    /// The tax office's codes of each charge line.
    pub codes: HashMap<ContractItemId, TaxCodes>,
}

/// How the tax office classes a charge line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxCodes {
    /// Seven digits.
    pub classification_code: String,
    /// Of an exempt line: `408` for a dwelling.
    pub exemption_code: Option<String>,
}

/// Every contract with a day in the month, and every one that was billed rent the month before; by code.
///
/// Contracts that never came into force are not there; ended ones are, as long as their days reach into the month.
pub async fn terms_of_month(tx: &Tx, month: Month) -> Result<Vec<ContractFacts>> {
    // `due` is the same in the three questions, so that they can be asked without waiting in between.
    let rooms =
        tx.ahead(&format!("with due as ({DUE}) {ROOMS}"), params![month, month.last_day(), month.previous()]).await?;
    let items =
        tx.ahead(&format!("with due as ({DUE}) {ITEMS}"), params![month, month.last_day(), month.previous()]).await?;
    let contracts =
        tx.all(&format!("with due as ({DUE}) {CONTRACTS}"), &[&month, &month.last_day(), &month.previous()]).await?;
    let mut rooms = by_contract(rooms.rows()?);
    let mut items = by_contract(items.rows()?);
    let facts = contracts.iter().map(|row| {
        let id: ContractId = row.get("id");
        facts(row, &rooms.remove(&id).unwrap_or_default(), &items.remove(&id).unwrap_or_default())
    });
    Ok(facts.collect())
}

/// One contract as it is now, whatever its status; what it is settled with is made from this.
pub async fn terms_of_contract(tx: &Tx, contract: ContractId) -> Result<Option<ContractFacts>> {
    const ONE: &str = "with due as (select $1::uuid as id)";
    let rooms = tx.ahead(&format!("{ONE} {ROOMS}"), params![contract]).await?;
    let items = tx.ahead(&format!("{ONE} {ITEMS}"), params![contract]).await?;
    let row = tx.maybe(&format!("{ONE} {CONTRACTS}"), &[&contract]).await?;
    let (rooms, items) = (rooms.rows()?, items.rows()?);
    Ok(row.map(|row| facts(&row, &rooms, &items)))
}

/// Whether the owner is a VAT payer.
pub(crate) async fn vat_payer(tx: &Tx) -> Result<bool> {
    let row = tx.one("select vat_payer from property_owners where id = (select app_owner_id())", &[]).await?;
    Ok(row.get("vat_payer"))
}

/// The contracts that a month's run looks at.
const DUE: &str = "
    select c.id
      from contracts c
     where c.status not in ('draft', 'pending_signature') and c.starts_on <= $2
       and coalesce(least(c.ends_on, c.terminated_on), 'infinity') >= $1::date
       and exists (select from contract_rooms cr where cr.contract_id = c.id and not isempty(cr.during))
    union
    select i.contract_id
      from invoices i
     where i.period = $3 and i.kind = 'rent' and i.status <> 'void'";

const CONTRACTS: &str = "
    select c.id, c.code, c.status, c.property_id, c.tenant_id, c.units, c.payment_day, c.starts_on, c.ends_on, c.terminated_on,
           t.name, t.register_no, t.tin, t.phone
      from due
      join contracts c on c.id = due.id
      join tenants t on t.id = c.tenant_id
     order by c.code";

const ROOMS: &str = "
    select cr.contract_id, cr.id, cr.room_id, r.unit_no, r.area_m2, lower(cr.during) as first_day, upper(cr.during) as end_day
      from due
      join contract_rooms cr on cr.contract_id = due.id and not isempty(cr.during)
      join rooms r on r.id = cr.room_id
     order by cr.id";

const ITEMS: &str = "
    select ci.contract_id, ci.id, ci.room_id, ci.kind, ci.name, ci.basis, ci.unit_price, ci.vat_mode, ci.tax_kind,
           ci.classification_code, ci.exemption_code, ci.valid_from, ci.valid_to
      from due
      join contract_items ci on ci.contract_id = due.id
     order by ci.id";

fn by_contract(rows: Vec<Row>) -> HashMap<ContractId, Vec<Row>> {
    let mut grouped: HashMap<ContractId, Vec<Row>> = HashMap::new();
    for row in rows {
        grouped.entry(row.get("contract_id")).or_default().push(row);
    }
    grouped
}

fn facts(row: &Row, rooms: &[Row], items: &[Row]) -> ContractFacts {
    let let_rooms: Vec<(RoomId, LetRoom)> = rooms.iter().map(|room| (room.get("room_id"), let_room(room))).collect();
    ContractFacts {
        contract: row.get("id"),
        code: row.get("code"),
        status: row.get("status"),
        property: row.get("property_id"),
        tenant: row.get("tenant_id"),
        customer_name: row.get("name"),
        customer_register_no: row.get("register_no"),
        customer_tin: row.get("tin"),
        phone: row.get("phone"),
        units: row.get("units"),
        payment_day: i8::try_from(row.get::<_, i32>("payment_day")).expect("the table keeps it within 1 and 31"),
        codes: items.iter().map(|item| (item.get("id"), tax_codes(item))).collect(),
        terms: ContractTerms {
            starts_on: row.get("starts_on"),
            ends_on: row.get("ends_on"),
            terminated_on: row.get("terminated_on"),
            lines: lines(items, &let_rooms),
            rooms: let_rooms.into_iter().map(|(_, room)| room).collect(),
        },
    }
}

/// Postgres keeps the day after the last one; terms know the last day itself.
fn let_room(row: &Row) -> LetRoom {
    LetRoom {
        id: row.get("id"),
        unit_no: row.get("unit_no"),
        area_m2: row.get("area_m2"),
        from: row.get("first_day"),
        to: row.get::<_, Option<Date>>("end_day").map(|day| day.saturating_sub(1.day())),
    }
}

/// A line of a room is charged for each time that the contract holds the room; a contract that holds nothing (a draft
/// that was dropped) charges nothing.
fn lines(items: &[Row], rooms: &[(RoomId, LetRoom)]) -> Vec<ChargeLine> {
    let mut lines = Vec::new();
    for item in items {
        match item.get::<_, Option<RoomId>>("room_id") {
            Some(of) => {
                let times = rooms.iter().filter(|(id, _)| *id == of);
                lines.extend(times.map(|(_, room)| line(item, Some(room.id))));
            }
            None if !rooms.is_empty() => lines.push(line(item, None)),
            None => {}
        }
    }
    lines
}

fn line(item: &Row, room: Option<ContractRoomId>) -> ChargeLine {
    ChargeLine {
        id: item.get("id"),
        kind: item.get("kind"),
        name: item.get("name"),
        basis: item.get("basis"),
        unit_price: item.get("unit_price"),
        vat_mode: item.get("vat_mode"),
        tax_kind: item.get("tax_kind"),
        room,
        valid_from: item.get("valid_from"),
        valid_to: item.get("valid_to"),
    }
}

fn tax_codes(item: &Row) -> TaxCodes {
    TaxCodes { classification_code: item.get("classification_code"), exemption_code: item.get("exemption_code") }
}
