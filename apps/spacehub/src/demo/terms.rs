//! Contracts out of the ordinary: rents that rise, a discount, a schedule of its own, one that waits for approval, and a
//! draft that was left half way.

use std::collections::HashMap;

use client::Client;
use domain::{
    ContractId, Money, Month, PropertyId, RoomId,
    contract::{ChargeBasis, ChargeKind, ScheduleKind},
    increase::IncreaseKind,
    rooms::TenantKind,
};
use jiff::{ToSpan, civil::Date};
use wire::{
    contracts::{ContractView, NewContract, NewContractItem, NewContractRoom},
    discounts::NewDiscount,
    increases::NewIncrease,
    lifecycle::Signature,
    schedules::{NewSchedule, NewScheduleEntry},
    tenants::NewTenant,
};

use super::{Failure, World, plan::PlannedContract};

/// Whose rent has risen by an amount half a year ago.
const RISEN: usize = 40;
/// Whose rent rises by a percent at the end of this month.
const RISES: usize = 41;
/// Whose rent waits for the percent of an index.
const INDEXED: usize = 42;
/// Who is let off a tenth of the rent for three months.
const LET_OFF: usize = 44;
/// Who pays by a schedule.
const SCHEDULED: usize = 45;

/// What is agreed from the beginning, before the first month is run.
pub async fn agreed(
    director: &Client,
    contracts: &HashMap<ContractId, PlannedContract>,
    today: Date,
) -> Result<(), Failure> {
    if let Some(contract) = at(director, contracts, RISEN).await? {
        let first_on = today.first_of_month().saturating_sub(6.months());
        let rise = rise(&contract, IncreaseKind::Amount, first_on)?;
        let rise = NewIncrease { amount: Some(Money::from_tugrug(1_000)), every_months: Some(12), ..rise };
        director.add_contract_increase(contract.id, &rise).await?;
    }
    if let Some(contract) = at(director, contracts, SCHEDULED).await? {
        let entries = (1..=4).map(|n: i32| {
            let period = Month::of(today.first_of_month().saturating_sub((12 - n * 3).months()));
            NewScheduleEntry {
                name: format!("Түрээс, {n}-р улирал"),
                period: Some(period),
                due_on: None,
                amount: Money::from_tugrug(4_500_000),
            }
        });
        let within = |entry: &NewScheduleEntry| {
            entry.period.is_some_and(|month| {
                month >= Month::of(contract.starts_on) && contract.ends_on.is_none_or(|end| month <= Month::of(end))
            })
        };
        let entries = entries.filter(within).collect();
        let schedule = NewSchedule { version: contract.version, kind: ScheduleKind::Custom, entries, reason: None };
        director.set_contract_schedule(contract.id, &schedule).await?;
    }
    Ok(())
}

/// What stands at the present day: what is to come, and what waits for somebody.
pub async fn to_come(
    world: &World,
    contracts: &HashMap<ContractId, PlannedContract>,
    (property_id, room_id): (PropertyId, RoomId),
    today: Date,
) -> Result<(), Failure> {
    let director = world.signed_in("director@altan.example").await?;
    if let Some(contract) = at(&director, contracts, RISES).await? {
        let rise = rise(&contract, IncreaseKind::Percent, today.last_of_month())?;
        let rise = NewIncrease { percent_bp: Some(550), every_months: Some(12), ..rise };
        director.add_contract_increase(contract.id, &rise).await?;
    }
    if let Some(contract) = at(&director, contracts, INDEXED).await? {
        let rise = rise(&contract, IncreaseKind::Index, today.first_of_month())?;
        director.add_contract_increase(contract.id, &NewIncrease { every_months: Some(12), ..rise }).await?;
    }
    if let Some(contract) = at(&director, contracts, LET_OFF).await? {
        let until = today.first_of_month().saturating_add(2.months()).last_of_month();
        let discount = NewDiscount {
            name: "Засварын хугацааны хөнгөлөлт".into(),
            percent_bp: Some(1_000),
            amount: None,
            valid_from: today.first_of_month(),
            valid_to: Some(contract.ends_on.map_or(until, |end| end.min(until))),
            reason: "Дээд давхрын засварын чимээ, тоос".into(),
        };
        director.add_contract_discount(contract.id, &discount).await?;
    }

    let tenant = NewTenant {
        kind: TenantKind::Company,
        name: "Цэнхэр Тэнгэр Аялал ХХК".into(),
        register_no: Some("6654321".into()),
        tin: None,
        director: Some("С. Тэмүүлэн".into()),
        phone: Some("+97688776655".into()),
        second_phone: None,
        email: Some("info@tsenkher.example".into()),
        anyway_because: None,
    };
    let tenant_id = director.add_tenant(&tenant).await?.id;
    let employee = world.signed_in("employee@altan.example").await?;
    let new = NewContract {
        property_id,
        tenant_id,
        code: None,
        kind: None,
        starts_on: today.first_of_month(),
        ends_on: Some(today.first_of_month().saturating_add(12.months()).saturating_sub(1.day())),
        deposit_amount: None,
        payment_day: Some(5),
        grace_days: Some(3),
        penalty_bp: Some(50),
        notes: String::new(),
        rooms: vec![NewContractRoom { room_id, from: None, to: None }],
        items: vec![NewContractItem {
            kind: ChargeKind::Rent,
            name: "Түрээсийн төлбөр".into(),
            basis: ChargeBasis::Flat,
            meter_kind: None,
            unit_price: Money::from_tugrug(1_800_000),
            vat_mode: None,
            room_id: None,
            classification_code: None,
            exemption_code: None,
            valid_from: None,
            valid_to: None,
        }],
    };
    // In force, and still not looked at by anybody who answers for money.
    let drafted = employee.draft_contract(&new, "demo-unapproved").await?;
    director.sign_contract(drafted.id, &Signature::default()).await?;
    let next = today.first_of_month().saturating_add(1.month());
    let begun = NewContract { starts_on: next, ends_on: None, rooms: Vec::new(), items: Vec::new(), ..new };
    employee.draft_contract(&begun, "demo-begun").await?;
    Ok(())
}

/// A rule for the contract's rent.
fn rise(contract: &ContractView, kind: IncreaseKind, first_on: Date) -> Result<NewIncrease, Failure> {
    let rent = contract.items.iter().find(|item| item.kind == ChargeKind::Rent);
    let rent = rent.ok_or_else(|| Failure::new("a contract of the demo has no rent"))?;
    let first_on = first_on.max(rent.valid_from.saturating_add(1.day()));
    Ok(NewIncrease {
        item_id: rent.id,
        kind,
        percent_bp: None,
        amount: None,
        first_on,
        every_months: None,
        until_on: None,
    })
}

async fn at(
    director: &Client,
    contracts: &HashMap<ContractId, PlannedContract>,
    place: usize,
) -> Result<Option<ContractView>, Failure> {
    let Some((id, _)) = contracts.iter().find(|(_, plan)| plan.place == place) else { return Ok(None) };
    Ok(Some(director.contract(*id).await?))
}
