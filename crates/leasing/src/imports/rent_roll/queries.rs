//! What an import asks and writes: set by set, so that it can be told how far it has come.

use std::collections::HashMap;

use base::{Conflict, Error, OnConstraint, Result, Tx, clock::ulaanbaatar, params};
use domain::{
    ContractId, ContractRoomId, InvoiceId, InvoiceItemId, Money, Month, PaymentId, RoomId,
    text::{fold_word, sort_key},
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use super::plan::{Known, NewContract, NewRoom, NewTenant, Plan, TenantKey};
use crate::{
    contracts::{
        self,
        history::{self, What},
        items,
    },
    imports::kept::Made,
    tenants,
};

/// How many records are written at once; between two sets the one who waits is told.
const SET: usize = 200;

/// The line and the note of what was open before.
const OPENING: &str = "Эхний үлдэгдэл";

/// What the owner has; a second import waits here until the first is done.
pub async fn known(tx: &Tx) -> Result<Known> {
    tx.later("select pg_advisory_xact_lock(hashtextextended('import of ' || app_owner_id()::text, 0))", params![])
        .await?;
    let properties = tx.ahead("select id, name from properties", params![]).await?;
    let floors = tx.ahead("select id, property_id, number from floors", params![]).await?;
    let rooms = tx.ahead("select id, property_id, unit_key from rooms_on($1)", params![tx.clock().today()]).await?;
    let tenants = tx.ahead("select id, register_no, name from tenants", params![]).await?;
    let holds = tx
        .ahead(
            "select cr.room_id, lower(cr.during) as first_day, upper(cr.during) - 1 as last_day, c.code
               from contract_rooms cr
               join contracts c on c.id = cr.contract_id
              where not isempty(cr.during)",
            params![],
        )
        .await?;
    let contracts = tx.all("select code, tenant_id from contracts", &[]).await?;
    let mut known = Known::default();
    for row in properties.rows()? {
        known.properties.insert(fold_word(row.get("name")), row.get("id"));
    }
    for row in floors.rows()? {
        known.floors.insert((row.get("property_id"), row.get("number")), row.get("id"));
    }
    for row in rooms.rows()? {
        known.rooms.insert((row.get("property_id"), row.get("unit_key")), row.get("id"));
    }
    for row in tenants.rows()? {
        let key = TenantKey::of(row.get("register_no"), row.get("name"));
        known.tenants.entry(key).or_insert(row.get("id"));
    }
    for row in holds.rows()? {
        let hold = (row.get("first_day"), row.get("last_day"), row.get("code"));
        known.holds.entry(row.get("room_id")).or_default().push(hold);
    }
    known.contracts = contracts.iter().map(|row| (row.get("code"), row.get("tenant_id"))).collect();
    Ok(known)
}

/// Writes a plan and tells what was made; `progress` is told how many of its records are written.
pub async fn write(tx: &Tx, plan: &Plan, progress: &(impl Fn(usize, usize) + Sync)) -> Result<Made> {
    let mut held: Vec<_> =
        plan.contracts.iter().flat_map(|of| of.rooms.iter().map(move |(id, room)| (of, *id, *room))).collect();
    // In the order in which contracts take their rooms: one waits for the other, never both.
    held.sort_by_key(|(_, _, room)| *room);
    let lines: Vec<(ContractId, &items::Item)> =
        plan.contracts.iter().flat_map(|contract| contract.items.iter().map(|item| (contract.id, item))).collect();
    let (arrears, credits): (Vec<_>, Vec<_>) =
        plan.balances().partition(|contract| contract.opening.balance.is_positive());
    let mut tally = Tally {
        done: 0,
        total: [plan.rooms.len(), plan.tenants.len(), plan.contracts.len(), held.len(), lines.len()]
            .iter()
            .sum::<usize>()
            + arrears.len()
            + credits.len(),
        progress,
    };

    tally.add(0);
    buildings(tx, plan).await?;
    for set in plan.rooms.chunks(SET) {
        rooms(tx, set).await?;
        tally.add(set.len());
    }
    for set in plan.tenants.chunks(SET) {
        new_tenants(tx, set).await?;
        tally.add(set.len());
    }
    for set in plan.contracts.chunks(SET) {
        new_contracts(tx, set).await?;
        tally.add(set.len());
    }
    for set in held.chunks(SET) {
        held_rooms(tx, set).await?;
        tally.add(set.len());
    }
    for set in lines.chunks(SET) {
        items::insert_many(tx, set).await?;
        tx.settled().await?;
        tally.add(set.len());
    }
    for set in plan.contracts.chunks(SET) {
        let ids: Vec<ContractId> = set.iter().map(|contract| contract.id).collect();
        history::record_many(tx, &ids, What::Imported, |contract| contract.starts_on, None).await?;
    }
    let bills = invoices(tx, &arrears).await?;
    let credit = payments(tx, &credits).await?;
    tx.settled().await?;
    tally.add(arrears.len() + credits.len());
    let mut made = Made::default();
    made.properties(plan.properties.iter().map(|(id, _)| *id))
        .floors(plan.floors.iter().map(|(id, ..)| *id))
        .rooms(plan.rooms.iter().map(|room| room.id))
        .tenants(plan.tenants.iter().map(|tenant| tenant.id))
        .contracts(plan.contracts.iter().map(|contract| contract.id))
        .invoices(bills)
        .payments(credit);
    Ok(made)
}

/// How many records are written of how many.
struct Tally<'a, P> {
    done: usize,
    total: usize,
    progress: &'a P,
}

impl<P: Fn(usize, usize)> Tally<'_, P> {
    fn add(&mut self, written: usize) {
        self.done += written;
        (self.progress)(self.done, self.total);
    }
}

async fn buildings(tx: &Tx, plan: &Plan) -> Result<()> {
    tx.later(
        "insert into properties (id, name) select * from unnest($1::uuid[], $2::text[])",
        params![column(&plan.properties, |(id, _)| *id), column(&plan.properties, |(_, name)| name.clone())],
    )
    .await?;
    tx.later(
        "insert into floors (id, property_id, number) select * from unnest($1::uuid[], $2::uuid[], $3::int[])",
        params![
            column(&plan.floors, |(id, ..)| *id),
            column(&plan.floors, |(_, property, _)| *property),
            column(&plan.floors, |(.., number)| *number),
        ],
    )
    .await
}

async fn rooms(tx: &Tx, rooms: &[NewRoom]) -> Result<()> {
    tx.touch(
        "insert into rooms (id, property_id, floor_id, unit_no, unit_key, kind, area_m2, price_mode, base_rent)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::numeric[],
                              $8::text[], $9::bigint[])",
        &[
            &column(rooms, |room| room.id),
            &column(rooms, |room| room.property),
            &column(rooms, |room| room.floor),
            &column(rooms, |room| room.unit_no.clone()),
            &column(rooms, |room| room.unit_key.clone()),
            &column(rooms, |room| room.kind),
            &column(rooms, |room| room.area_m2),
            &column(rooms, |room| room.price_mode),
            &column(rooms, |room| room.base_rent),
        ],
    )
    .await
    .on_constraint("rooms_unit_once", meanwhile)?;
    Ok(())
}

async fn new_tenants(tx: &Tx, tenants: &[NewTenant]) -> Result<()> {
    let search = |tenant: &NewTenant| {
        let known_by = [&tenant.register_no, &tenant.tin, &tenant.phone, &tenant.second_phone, &tenant.email];
        tenants::search_key(&tenant.name, known_by)
    };
    tx.touch(
        "insert into tenants (id, kind, name, register_no, tin, phone, second_phone, email, search_key, sort_key)
         select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                              $8::text[], $9::text[], $10::text[])",
        &[
            &column(tenants, |tenant| tenant.id),
            &column(tenants, |tenant| tenant.kind),
            &column(tenants, |tenant| tenant.name.clone()),
            &column(tenants, |tenant| tenant.register_no.clone()),
            &column(tenants, |tenant| tenant.tin.clone()),
            &column(tenants, |tenant| tenant.phone.clone()),
            &column(tenants, |tenant| tenant.second_phone.clone()),
            &column(tenants, |tenant| tenant.email.clone()),
            &column(tenants, search),
            &column(tenants, |tenant| sort_key(&tenant.name)),
        ],
    )
    .await
    .on_constraint("tenants_register_once", meanwhile)?;
    Ok(())
}

async fn new_contracts(tx: &Tx, contracts: &[NewContract]) -> Result<()> {
    let search = |of: &NewContract| contracts::search_key(&of.code, &of.tenant_name, &of.units);
    tx.touch(
        "insert into contracts (id, code, property_id, tenant_id, tenant_name_snapshot, tenant_sort_key, units, kind,
                                starts_on, ends_on, status, deposit_amount, deposit_received, payment_day, penalty_bp, notes,
                                search_key)
         select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
                              $9::date[], $10::date[], $11::text[], $12::bigint[], $13::bigint[], $14::int[], $15::int[],
                              $16::text[], $17::text[])",
        &[
            &column(contracts, |of| of.id),
            &column(contracts, |of| of.code.clone()),
            &column(contracts, |of| of.property),
            &column(contracts, |of| of.tenant),
            &column(contracts, |of| of.tenant_name.clone()),
            &column(contracts, |of| sort_key(&of.tenant_name)),
            &column(contracts, |of| of.units.clone()),
            &column(contracts, |of| of.kind),
            &column(contracts, |of| of.starts_on),
            &column(contracts, |of| of.ends_on),
            &column(contracts, |of| of.status),
            &column(contracts, |of| of.deposit_amount),
            &column(contracts, |of| of.deposit_received),
            &column(contracts, |of| of.payment_day),
            &column(contracts, |of| of.penalty_bp),
            &column(contracts, |of| of.notes.clone()),
            &column(contracts, search),
        ],
    )
    .await
    .on_constraint("contracts_code_once", meanwhile)?;
    Ok(())
}

async fn held_rooms(tx: &Tx, held: &[(&NewContract, ContractRoomId, RoomId)]) -> Result<()> {
    tx.touch(
        "insert into contract_rooms (id, contract_id, room_id, during)
         select r.id, r.contract_id, r.room_id, daterange(r.first_day, r.last_day, '[]')
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::date[])
             as r (id, contract_id, room_id, first_day, last_day)",
        &[
            &column(held, |(_, id, _)| *id),
            &column(held, |(of, ..)| of.id),
            &column(held, |(_, _, room)| *room),
            &column(held, |(of, ..)| of.starts_on),
            &column(held, |(of, ..)| of.ends_on),
        ],
    )
    .await
    .on_constraint("contract_rooms_room_free", meanwhile)
    .on_constraint("contract_rooms_room_there", meanwhile)?;
    Ok(())
}

/// Arrears become a bill of one line: what was owed before bears no VAT again.
async fn invoices(tx: &Tx, arrears: &[&NewContract]) -> Result<Vec<InvoiceId>> {
    let ids: HashMap<ContractId, InvoiceId> = arrears.iter().map(|of| (of.id, InvoiceId::new())).collect();
    let status = |of: &&NewContract| if of.opening.is_overdue { "overdue" } else { "issued" };
    tx.later(
        "insert into invoices (id, code, kind, status, contract_id, tenant_id, property_id, customer_name, customer_register_no,
                               customer_tin, units, contract_code, period, issued_on, due_on, subtotal, vat_amount, total, note)
         select i.id, 'OB-' || i.contract_code, 'correction', i.status, i.contract_id, i.tenant_id, i.property_id,
                i.customer_name, i.customer_register_no, i.customer_tin, i.units, i.contract_code, i.period, i.on_day,
                i.on_day, i.amount, 0, i.amount, $13
           from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[],
                       $9::text[], $10::text[], $11::date[], $12::date[], $14::bigint[])
             as i (id, contract_code, status, contract_id, tenant_id, property_id, customer_name, customer_register_no,
                   customer_tin, units, period, on_day, amount)",
        params![
            column(arrears, |of| ids[&of.id]),
            column(arrears, |of| of.code.clone()),
            column(arrears, status),
            column(arrears, |of| of.id),
            column(arrears, |of| of.tenant),
            column(arrears, |of| of.property),
            column(arrears, |of| of.tenant_name.clone()),
            column(arrears, |of| of.register_no.clone()),
            column(arrears, |of| of.tin.clone()),
            column(arrears, |of| of.units.clone()),
            column(arrears, |of| Month::of(of.opening.on).first_day()),
            column(arrears, |of| of.opening.on),
            OPENING,
            column(arrears, |of| of.opening.balance),
        ],
    )
    .await?;
    tx.later(
        "insert into invoice_items (id, invoice_id, sort_order, description, quantity, unit_price, amount, tax_kind, tax,
                                    classification_code, made)
         select i.id, i.invoice_id, 1, $3, 1, i.amount, i.amount, 'NOT_VAT', 0, $4, i.made
           from unnest($1::uuid[], $2::uuid[], $5::bigint[], $6::jsonb[]) as i (id, invoice_id, amount, made)",
        params![
            column(arrears, |_| InvoiceItemId::new()),
            column(arrears, |of| ids[&of.id]),
            OPENING,
            contracts::classing::LETTING,
            column(arrears, |of| of.opening.balance),
            column(arrears, |of| json!({ "from_what": "imported", "amount": of.opening.balance })),
        ],
    )
    .await?;
    Ok(ids.into_values().collect())
}

/// Credit becomes a payment that has not been put to any bill yet.
async fn payments(tx: &Tx, credits: &[&NewContract]) -> Result<Vec<PaymentId>> {
    let ids = column(credits, |_| PaymentId::new());
    let paid_at = |of: &&NewContract| midnight(of.opening.on);
    let amount = |of: &&NewContract| Money::from_mungo(of.opening.balance.mungo().saturating_abs());
    tx.later(
        "insert into payments (id, tenant_id, method, amount, paid_at, payer, provider_reference, note)
         select p.id, p.tenant_id, 'bank', p.amount, p.paid_at, p.payer, 'OB-' || p.code, $7
           from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[])
             as p (id, tenant_id, amount, paid_at, payer, code)",
        params![
            ids.clone(),
            column(credits, |of| of.tenant),
            column(credits, amount),
            column(credits, paid_at),
            column(credits, |of| of.tenant_name.clone()),
            column(credits, |of| of.code.clone()),
            OPENING,
        ],
    )
    .await?;
    Ok(ids)
}

fn midnight(day: Date) -> Timestamp {
    day.to_zoned(ulaanbaatar()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// Someone added the same while the file was being taken over; sent again it will be known.
fn meanwhile() -> Error {
    Conflict::new("IMPORT_MEANWHILE").into()
}

fn column<T, U>(rows: &[T], value: impl Fn(&T) -> U) -> Vec<U> {
    rows.iter().map(value).collect()
}
