//! What billing needs to know of the contracts of a month, read in a fixed number of questions however many there are.

use std::collections::HashMap;

use base::{Result, Tx, params};
use domain::{
    ContractId, ContractItemId, ContractRoomId, Money, Month, PropertyId, RoomId, TenantId,
    charges::{ChargeLine, ContractTerms, Discount, LetRoom, Off, Scheduled},
    contract::{ContractStatus, ScheduleKind},
    increase::{IncreaseKind, Priced, Raised},
    meter::MeterKind,
};
use jiff::{ToSpan, civil::Date};
use tokio_postgres::Row;
use wire::increases::{ComingIncrease, IncreaseView};

use super::increases::{self, increase};

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
    /// Somebody who may has looked at it before its first bill.
    pub is_approved: bool,
    pub terms: ContractTerms,
    /// The tax office's codes of each charge line.
    pub codes: HashMap<ContractItemId, TaxCodes>,
    /// Of each charge by meter that says so: which meters of its rooms count.
    pub meter_kinds: HashMap<ContractItemId, MeterKind>,
    /// The rises up to the end of the month that are not in effect yet; the terms count them already.
    pub rises: Vec<ComingIncrease>,
}

/// How the tax office classes a charge line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxCodes {
    /// Seven digits.
    pub classification_code: String,
    /// Of an exempt line: `408` for a dwelling.
    pub exemption_code: Option<String>,
}

/// A contract that a month's run looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub contract: ContractId,
    pub code: String,
}

/// Every contract with a day in the month, and every one that was billed rent the month before; by code, those behind
/// `after` alone when it is given.
///
/// Contracts that never came into force are not there; ended ones are, as long as their days reach into the month.
pub async fn due_in_month(tx: &Tx, month: Month, after: Option<&str>) -> Result<Vec<Due>> {
    let sql = format!(
        "with due as ({DUE})
         select c.id, c.code from due join contracts c on c.id = due.id where $4::text is null or c.code > $4 order by c.code"
    );
    let rows = tx.all(&sql, &[&month, &month.last_day(), &month.previous(), &after]).await?;
    Ok(rows.iter().map(|row| Due { contract: row.get("id"), code: row.get("code") }).collect())
}

/// Every contract that a month's run looks at, by code.
pub async fn terms_of_month(tx: &Tx, month: Month) -> Result<Vec<ContractFacts>> {
    let due: Vec<ContractId> = due_in_month(tx, month, None).await?.iter().map(|due| due.contract).collect();
    terms_of(tx, &due, month).await
}

/// These contracts as they are billed in a month, by code; in a fixed number of questions however many there are.
pub async fn terms_of(tx: &Tx, contracts: &[ContractId], month: Month) -> Result<Vec<ContractFacts>> {
    const THESE: &str = "with due as (select unnest($1::uuid[]) as id)";
    let these = contracts.to_vec();
    let (until, before) = (month.last_day(), month.previous());
    let rooms = tx.ahead(&format!("{THESE} {ROOMS}"), params![these.clone()]).await?;
    let items = tx.ahead(&format!("{THESE} {ITEMS}"), params![these.clone()]).await?;
    let rules = tx.ahead(&format!("{THESE} {INCREASES}"), params![these.clone(), until]).await?;
    let discounts = tx.ahead(&format!("{THESE} {DISCOUNTS}"), params![these.clone(), before]).await?;
    let entries = tx.ahead(&format!("{THESE} {ENTRIES}"), params![these, month, before]).await?;
    let contracts = tx.all(&format!("{THESE} {CONTRACTS}"), &[&contracts]).await?;
    let mut rooms = by_contract(rooms.rows()?);
    let mut items = by_contract(items.rows()?);
    let mut rules = by_contract(rules.rows()?);
    let mut discounts = by_contract(discounts.rows()?);
    let mut entries = by_contract(entries.rows()?);
    let mut parts = |id: ContractId| Parts {
        rooms: rooms.remove(&id).unwrap_or_default(),
        items: items.remove(&id).unwrap_or_default(),
        rules: rules.remove(&id).unwrap_or_default(),
        discounts: discounts.remove(&id).unwrap_or_default(),
        entries: entries.remove(&id).unwrap_or_default(),
    };
    contracts.iter().map(|row| facts(row, &parts(row.get("id")), month)).collect()
}

/// One contract whatever its status, with every rise up to a month; what it is settled with is made from this.
pub async fn terms_of_contract(tx: &Tx, contract: ContractId, up_to: Month) -> Result<Option<ContractFacts>> {
    const ONE: &str = "with due as (select $1::uuid as id)";
    let rooms = tx.ahead(&format!("{ONE} {ROOMS}"), params![contract]).await?;
    let items = tx.ahead(&format!("{ONE} {ITEMS}"), params![contract]).await?;
    let rules = tx.ahead(&format!("{ONE} {INCREASES}"), params![contract, up_to.last_day()]).await?;
    let long_ago = Month::of(jiff::civil::date(1990, 1, 1));
    let discounts = tx.ahead(&format!("{ONE} {DISCOUNTS}"), params![contract, long_ago]).await?;
    let entries = "select contract_id, name, period, due_on, amount
                     from schedule_entries where contract_id = $1 order by period, due_on, id";
    let entries = tx.ahead(entries, params![contract]).await?;
    let row = tx.maybe(&format!("{ONE} {CONTRACTS}"), &[&contract]).await?;
    let parts = Parts {
        rooms: rooms.rows()?,
        items: items.rows()?,
        rules: rules.rows()?,
        discounts: discounts.rows()?,
        entries: entries.rows()?,
    };
    row.map(|row| facts(&row, &parts, up_to)).transpose()
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
           c.approved_at is not null as is_approved, c.schedule_kind, t.name, t.register_no, t.tin, t.phone
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
           ci.classification_code, ci.exemption_code, ci.meter_kind, ci.valid_from, ci.valid_to
      from due
      join contract_items ci on ci.contract_id = due.id
     order by ci.id";

/// Rules that rise by the end of the month and have not been put into effect.
const INCREASES: &str = "
    select i.id, i.contract_id, i.item_id, ci.name, i.kind, i.percent_bp, i.amount, i.first_on, i.every_months, i.until_on,
           i.applied, i.next_on
      from due
      join contract_increases i on i.contract_id = due.id and i.next_on <= $2
      join contract_items ci on ci.id = i.item_id
     order by i.id";

const DISCOUNTS: &str = "
    select d.contract_id, d.id, d.name, d.percent_bp, d.amount, d.valid_from, d.valid_to
      from due
      join contract_discounts d on d.contract_id = due.id and (d.valid_to is null or d.valid_to >= $2)
     order by d.id";

/// The two months that are compared.
const ENTRIES: &str = "
    select e.contract_id, e.name, e.period, e.due_on, e.amount
      from due
      join schedule_entries e on e.contract_id = due.id and e.period in ($2, $3)
     order by e.period, e.due_on, e.id";

/// What a contract consists of, as it was read.
struct Parts {
    rooms: Vec<Row>,
    items: Vec<Row>,
    rules: Vec<Row>,
    discounts: Vec<Row>,
    entries: Vec<Row>,
}

fn by_contract(rows: Vec<Row>) -> HashMap<ContractId, Vec<Row>> {
    let mut grouped: HashMap<ContractId, Vec<Row>> = HashMap::new();
    for row in rows {
        grouped.entry(row.get("contract_id")).or_default().push(row);
    }
    grouped
}

fn facts(row: &Row, parts: &Parts, month: Month) -> Result<ContractFacts> {
    let let_rooms: Vec<(RoomId, LetRoom)> =
        parts.rooms.iter().map(|room| (room.get("room_id"), let_room(room))).collect();
    let custom = row.get::<_, ScheduleKind>("schedule_kind") == ScheduleKind::Custom;
    let mut facts = ContractFacts {
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
        is_approved: row.get("is_approved"),
        codes: parts.items.iter().map(|item| (item.get("id"), tax_codes(item))).collect(),
        meter_kinds: parts
            .items
            .iter()
            .filter_map(|item| Some((item.get("id"), item.get::<_, Option<_>>("meter_kind")?)))
            .collect(),
        terms: ContractTerms {
            starts_on: row.get("starts_on"),
            ends_on: row.get("ends_on"),
            terminated_on: row.get("terminated_on"),
            lines: lines(&parts.items, &let_rooms),
            rooms: let_rooms.into_iter().map(|(_, room)| room).collect(),
            schedule: custom.then(|| parts.entries.iter().map(entry).collect()),
            discounts: parts.discounts.iter().map(discount).collect(),
        },
        rises: Vec::new(),
    };
    if facts.status.is_in_force() {
        for rule in &parts.rules {
            rise(&mut facts, &increase(rule), month.last_day())?;
        }
    }
    Ok(facts)
}

/// Reckons with a rise as if it were in effect already, as the run will put it into effect before it bills.
fn rise(facts: &mut ContractFacts, view: &IncreaseView, up_to: Date) -> Result<()> {
    let standing: Vec<ChargeLine> = facts.terms.lines.iter().filter(|line| line.id == view.item_id).cloned().collect();
    let Some(charge) = standing.first() else { return Ok(()) };
    let priced = Priced { price: charge.unit_price, from: charge.valid_from, to: charge.valid_to };
    let raised = increases::rule(view).raise(priced, up_to)?;
    facts.rises.extend(told(facts, view, priced, &raised));
    let Some(ends_on) = raised.ends_on else { return Ok(()) };
    for line in facts.terms.lines.iter_mut().filter(|line| line.id == view.item_id) {
        line.valid_to = Some(ends_on);
    }
    let codes = facts.codes.get(&view.item_id).cloned();
    let meter_kind = facts.meter_kinds.get(&view.item_id).copied();
    for new in &raised.then {
        let id = ContractItemId::new();
        facts.codes.extend(codes.clone().map(|codes| (id, codes)));
        facts.meter_kinds.extend(meter_kind.map(|kind| (id, kind)));
        // Each time that the contract holds the room rises alike.
        let (valid_from, valid_to) = (new.from, new.to);
        let dearer = |line: &ChargeLine| ChargeLine { id, unit_price: new.price, valid_from, valid_to, ..line.clone() };
        facts.terms.lines.extend(standing.iter().map(dearer));
    }
    Ok(())
}

/// Each rise by itself; an index without its percent as one that waits.
fn told(facts: &ContractFacts, view: &IncreaseView, was: Priced, raised: &Raised) -> Vec<ComingIncrease> {
    let of = |on: Date, old_price: Money, new_price: Option<Money>| ComingIncrease {
        id: view.id,
        contract_id: facts.contract,
        contract_code: facts.code.clone(),
        tenant_name: facts.customer_name.clone(),
        units: facts.units.clone(),
        name: view.name.clone(),
        kind: view.kind,
        percent_bp: view.percent_bp,
        amount: view.amount,
        on,
        old_price,
        new_price,
    };
    let mut rises = Vec::new();
    let mut price = was.price;
    for new in &raised.then {
        rises.push(of(new.from, price, Some(new.price)));
        price = new.price;
    }
    if view.kind == IncreaseKind::Index && view.percent_bp.is_none() {
        rises.extend(view.next_on.map(|on| of(on, price, None)));
    }
    rises
}

fn entry(row: &Row) -> Scheduled {
    Scheduled { name: row.get("name"), period: row.get("period"), due_on: row.get("due_on"), amount: row.get("amount") }
}

fn discount(row: &Row) -> Discount {
    let amount: Option<Money> = row.get("amount");
    let percent = || Off::Percent { percent_bp: row.get::<_, Option<i32>>("percent_bp").unwrap_or_default() };
    Discount {
        id: row.get("id"),
        name: row.get("name"),
        off: amount.map_or_else(percent, |amount| Off::Amount { amount }),
        valid_from: row.get("valid_from"),
        valid_to: row.get("valid_to"),
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
