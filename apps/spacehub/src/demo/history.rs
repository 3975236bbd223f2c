//! A year of months: buildings, tenants and contracts first, then run after run with the payments between them.

use std::collections::HashMap;

use base::clock::{business_day, ulaanbaatar};
use client::Client;
use domain::{
    ContractId, FloorId, Money, Month, OwnerId, PropertyId, RoomId, TenantId,
    contract::{ChargeBasis, ChargeKind, VatMode},
    payment::PaymentMethod,
    rooms::{PriceMode, RoomKind, TenantKind},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use rust_decimal::Decimal;
use wire::{
    contracts::{NewContract, NewContractItem, NewContractRoom},
    invoices::{InvoiceFilter, InvoiceRow},
    lifecycle::Signature,
    months::RunOrder,
    payments::NewPayment,
    properties::{NewFloor, NewProperty},
    rooms::NewRoom,
    tenants::NewTenant,
};

use super::{
    Failure, TENANT_PHONE, WAITING_PHONE, World, arrears, behind,
    buildings::{BUILDINGS, Building, PlannedRoom},
    life, meters,
    names::{FIRMS, PEOPLE},
    plan::{self, CONTRACTS, Habit, MONTHS, PlannedContract},
    terms,
};

/// A room that was made.
struct Room {
    id: RoomId,
    property: PropertyId,
    kind: RoomKind,
    mode: PriceMode,
    price: Money,
    area_m2: Decimal,
}

/// Owner 1: two buildings, ninety contracts, twelve months behind it and the current one still to be run.
pub async fn altan(world: &World, owner: OwnerId, say: &(dyn Fn(&str) + Send + Sync)) -> Result<(), Failure> {
    let today = business_day(world.now);
    let first = Month::of(today.saturating_sub(MONTHS.months()));
    behind::start_numbers(&world.app, owner, &[first.year(), today.year()]).await?;
    behind::bank_account(&world.app, owner, "khan", "5176004666", "Алтан Тауэр ХХК").await?;
    behind::bank_account(&world.app, owner, "golomt", "1415100234", "Алтан Тауэр ХХК").await?;
    behind::qpay_account(&world.app, owner, &super::qpay_of_the_sandbox("ALTAN_TOWER")).await?;

    say("Барилга, өрөөнүүдийг бүртгэж байна …");
    world.clock.move_to(moment(first.first_day(), 9));
    let director = world.signed_in("director@altan.example").await?;
    let mut rooms = Vec::new();
    for building in &BUILDINGS {
        rooms.extend(erect(&director, building).await?);
    }
    behind::assign_employee(&world.app, owner).await?;

    say("Түрээслэгч, гэрээнүүдийг бүртгэж байна …");
    let plans: Vec<PlannedContract> = (0..CONTRACTS).map(|place| PlannedContract::at(place, today)).collect();
    let mut contracts = HashMap::new();
    for plan in &plans {
        let room = &rooms[plan.room()];
        let tenant = move_in(&director, plan.place, room.kind).await?;
        let id = let_room(&director, plan, room, tenant).await?;
        contracts.insert(id, plan.clone());
    }
    life::deposits(&director, &contracts, first.first_day(), first.first_day()).await?;

    terms::agreed(&director, &contracts, today).await?;

    let mut month = first;
    while month < Month::of(today) {
        say(&format!("{month} сарыг бодож байна …"));
        life::endings(world, month, &contracts).await?;
        run(world, month, &contracts).await?;
        month = month.next();
    }
    world.clock.move_to(world.now);
    life::goes_on(world, &contracts, first.first_day()).await?;
    // The fifth room is let to nobody by the plan.
    terms::to_come(world, &contracts, (rooms[4].property, rooms[4].id), today).await?;
    say("Тоолуурын заалтуудыг бүртгэж байна …");
    let mut properties: Vec<PropertyId> = rooms.iter().map(|room| room.property).collect();
    properties.dedup();
    meters::read(world, owner, &properties).await?;
    arrears::pursued(world, today).await?;
    behind::let_history_rest(world.workers.app(), owner).await?;
    world.workers.tick().await;
    behind::put_reminders_off(world.workers.app(), owner).await?;
    world.workers.drain().await?;
    Ok(())
}

/// Owner 2: a small neighbour, who must see nothing of owner 1.
pub async fn mungun(world: &World, owner: OwnerId, say: &(dyn Fn(&str) + Send + Sync)) -> Result<(), Failure> {
    say("Хөрш эзэмшигчийг бүртгэж байна …");
    let today = business_day(world.now);
    behind::bank_account(&world.app, owner, "tdb", "499012345", "Мөнгөн Плаза ХХК").await?;
    behind::qpay_account(&world.app, owner, &super::qpay_of_the_sandbox("MUNGUN_PLAZA")).await?;
    let last = Month::of(today).previous();
    world.clock.move_to(moment(last.first_day(), 9));
    let director = world.signed_in("director@mungun.example").await?;
    let floors = &BUILDINGS[1].floors[1..2];
    let building = Building {
        name: "Мөнгөн Плаза",
        address: "2-р хороо, Энхтайваны өргөн чөлөө 17",
        district: "Баянзүрх",
        built_year: 2011,
        floors,
    };
    let rooms = erect(&director, &building).await?;
    let mut contracts = HashMap::new();
    for place in 30..36 {
        let plan = PlannedContract { terminated: None, ..PlannedContract::at(place, today) };
        let room = &rooms[place - 30];
        let tenant = move_in(&director, place + 20, room.kind).await?;
        contracts.insert(let_room(&director, &plan, room, tenant).await?, plan);
    }
    bill(world, "director@mungun.example", last).await?;
    world.clock.move_to(world.now);
    behind::let_history_rest(world.workers.app(), owner).await?;
    world.workers.tick().await;
    behind::put_reminders_off(world.workers.app(), owner).await?;
    world.workers.drain().await?;
    Ok(())
}

async fn erect(director: &Client, building: &Building) -> Result<Vec<Room>, Failure> {
    let property = director
        .add_property(&NewProperty {
            name: building.name.into(),
            address: building.address.into(),
            district: building.district.into(),
            city: None,
            total_area_m2: None,
            floor_count: i32::try_from(building.floors.iter().filter(|f| f.number > 0).count()).ok(),
            built_year: Some(building.built_year),
        })
        .await?
        .id;
    let mut floors: HashMap<i32, FloorId> = HashMap::new();
    for floor in building.floors {
        let new = NewFloor { property_id: property, number: floor.number, label: floor.label.into() };
        floors.insert(floor.number, director.add_floor(&new).await?.id);
    }
    let mut rooms = Vec::new();
    for planned in building.rooms() {
        let new = NewRoom {
            property_id: property,
            floor_id: floors.get(&planned.floor).copied(),
            unit_no: planned.unit_no.clone(),
            kind: planned.kind,
            area_m2: planned.area_m2,
            view: if planned.floor > 5 { "Богд уул".into() } else { String::new() },
            balcony: planned.kind == RoomKind::Apartment,
            furnished: planned.kind == RoomKind::Apartment,
            price_mode: Some(planned.mode),
            base_rent: Some(planned.price),
            deposit_months: None,
            listed: !matches!(planned.kind, RoomKind::Parking | RoomKind::Storage),
            valid_from: None,
        };
        let id = director.add_room(&new).await?.id;
        let PlannedRoom { kind, mode, price, area_m2, .. } = planned;
        rooms.push(Room { id, property, kind, mode, price, area_m2 });
    }
    Ok(rooms)
}

async fn move_in(director: &Client, place: usize, kind: RoomKind) -> Result<TenantId, Failure> {
    let phone = match place {
        // at either owner, so that there is a place to go to
        24 | 50 => TENANT_PHONE.to_owned(),
        25 => WAITING_PHONE.to_owned(),
        _ => format!("{}", 88_010_000 + place * 137),
    };
    // The one whose phone both have is known by then.
    let anyway_because = (place == 50).then(|| "Нэг утсаар холбогддог өөр түрээслэгч".to_owned());
    let person = matches!(kind, RoomKind::Apartment | RoomKind::Parking);
    let new = if person {
        let births = ["85031204", "91112617", "78072233", "96050841", "88091512", "02261730", "93040925"];
        NewTenant {
            kind: TenantKind::Person,
            name: PEOPLE[place % PEOPLE.len()].into(),
            register_no: Some(format!(
                "У{}{}",
                ["Б", "К", "Н", "П", "С"][place % 5],
                shifted(births[place % 7], place)
            )),
            tin: None,
            director: None,
            phone: Some(phone),
            second_phone: None,
            email: None,
            anyway_because,
        }
    } else {
        let firm = &FIRMS[place % FIRMS.len()];
        let again = if place >= FIRMS.len() { " салбар" } else { "" };
        NewTenant {
            kind: TenantKind::Company,
            name: format!("{}{again}", firm.name),
            register_no: Some(format!("{}", 5_204_117 + place * 1_013)),
            tin: Some(format!("{}", 37_001_240_000u64 + place as u64 * 7_919)),
            director: Some(firm.director.into()),
            phone: Some(phone),
            second_phone: None,
            email: Some(format!("info{}@tureeslegch.example", place + 1)),
            anyway_because,
        }
    };
    Ok(director.add_tenant(&new).await?.id)
}

/// The last two digits of a register number, made its own for each person.
fn shifted(birth: &str, place: usize) -> String {
    format!("{}{:02}", &birth[..6], place % 100)
}

async fn let_room(
    director: &Client,
    plan: &PlannedContract,
    room: &Room,
    tenant: TenantId,
) -> Result<ContractId, Failure> {
    let dwelling = room.kind == RoomKind::Apartment;
    let vat_mode = if dwelling { VatMode::Exempt } else { VatMode::Included };
    let item = |kind, name: &str, basis, unit_price| NewContractItem {
        kind,
        name: name.into(),
        basis,
        unit_price,
        vat_mode: Some(vat_mode),
        room_id: None,
        classification_code: None,
        exemption_code: dwelling.then(|| "408".into()),
        valid_from: None,
        valid_to: None,
    };
    let basis = if room.mode == PriceMode::PerM2 { ChargeBasis::PerM2 } else { ChargeBasis::Flat };
    let rent_name = if dwelling { "Орон сууцны түрээс" } else { "Түрээсийн төлбөр" };
    let mut items = vec![item(ChargeKind::Rent, rent_name, basis, room.price)];
    let management = plan::management_per_m2(room.kind);
    if management > 0 {
        let price = Money::from_tugrug(management);
        items.push(item(ChargeKind::Management, "Менежментийн төлбөр", ChargeBasis::PerM2, price));
    }
    if plan.place % 9 == 4 && !dwelling {
        let off = Money::from_tugrug(-50_000);
        items.push(item(ChargeKind::Discount, "Урт хугацааны гэрээний хөнгөлөлт", ChargeBasis::Flat, off));
    }
    let month_of_rent = if room.mode == PriceMode::PerM2 { room.price.times(room.area_m2)? } else { room.price };
    let drafted = NewContract {
        property_id: room.property,
        tenant_id: tenant,
        code: Some(plan.code.clone()),
        kind: Some(room.kind),
        starts_on: plan.starts_on,
        ends_on: plan.ends_on,
        deposit_amount: Some(month_of_rent),
        payment_day: Some(plan.payment_day),
        grace_days: Some(3),
        penalty_bp: plan.penalty_bp,
        notes: String::new(),
        rooms: vec![NewContractRoom { room_id: room.id, from: None, to: None }],
        items,
    };
    let contract = director.draft_contract(&drafted, &format!("demo-contract-{}", plan.place)).await?;
    director.sign_contract(contract.id, &Signature::default()).await?;
    Ok(contract.id)
}

/// Runs a month on the tenth and takes in what was paid until the next one's ninth.
async fn run(world: &World, month: Month, contracts: &HashMap<ContractId, PlannedContract>) -> Result<(), Failure> {
    bill(world, "accountant@altan.example", month).await?;
    let until = moment(month.next().day(9), 20).min(world.now);
    world.clock.move_to(until);
    let accountant = world.signed_in("accountant@altan.example").await?;
    let current = Month::of(business_day(world.now));
    for invoice in all_of(&accountant, month).await? {
        let Some(plan) = contracts.get(&invoice.contract_id) else { continue };
        let age = months_between(month, current);
        let amount = match plan.habit {
            Habit::Behind if age <= 2 => continue,
            Habit::Half if age <= 1 => Money::from_mungo(invoice.balance.mungo() / 200 * 100),
            Habit::Above if age <= 1 => invoice.balance.checked_add(Money::from_tugrug(100_000))?,
            _ => invoice.balance,
        };
        pay(&accountant, &invoice, amount, plan.place, until).await?;
    }
    Ok(())
}

/// Makes the month's bills on the tenth.
async fn bill(world: &World, email: &str, month: Month) -> Result<(), Failure> {
    world.clock.move_to(moment(month.day(10), 10));
    let accountant = world.signed_in(email).await?;
    let order = RunOrder { issue_on: None, accept_difference: true, send: Some(false) };
    accountant.run_month(month, &order, &format!("demo-{month}")).await?;
    Ok(())
}

async fn all_of(accountant: &Client, month: Month) -> Result<Vec<InvoiceRow>, Failure> {
    let mut filter =
        InvoiceFilter { period: Some(month), open: Some(true), limit: Some(100), ..InvoiceFilter::default() };
    let mut all = Vec::new();
    loop {
        let page = accountant.invoices(&filter).await?;
        all.extend(page.items);
        match page.next_cursor {
            Some(cursor) => filter.cursor = Some(cursor),
            None => return Ok(all),
        }
    }
}

async fn pay(
    accountant: &Client,
    invoice: &InvoiceRow,
    amount: Money,
    place: usize,
    until: Timestamp,
) -> Result<(), Failure> {
    if !amount.is_positive() {
        return Ok(());
    }
    let due = invoice.due_on.unwrap_or_else(|| business_day(until));
    let day = due.saturating_sub(i64::try_from(place % 5)?.days());
    let paid_at = moment(day, 11 + i8::try_from(place % 7)?).min(until);
    let cash = place % 10 == 2;
    let new = NewPayment {
        tenant_id: invoice.tenant_id,
        method: if cash { PaymentMethod::Cash } else { PaymentMethod::Bank },
        amount,
        paid_at: Some(paid_at),
        payer: invoice.customer_name.clone(),
        note: format!("{} тоот, {} сарын төлбөр", invoice.units, invoice.period),
        allocations: None,
    };
    accountant.record_payment(&new, &format!("demo-{}", invoice.id)).await?;
    Ok(())
}

fn months_between(from: Month, to: Month) -> i32 {
    let count = |m: Month| i32::from(m.year()) * 12 + i32::from(m.number());
    count(to) - count(from)
}

/// A moment of a day in Ulaanbaatar.
fn moment(day: Date, hour: i8) -> Timestamp {
    ulaanbaatar().to_timestamp(day.at(hour, 0, 0, 0)).expect("a fixed offset has every moment of our days")
}
