//! Meters: which hang where, and one that goes for another that comes.

pub(crate) mod queries;
mod routes;

use base::{Checks, Error, OnConstraint, Result, Slice, Tx, lists::Window};
use domain::{
    MeterId, Month, ReadingId,
    meter::{Dial, Occasion, ReadingStatus},
    rights::Action,
    text::{fold_code, tidy},
};
use rust_decimal::Decimal;
use wire::{
    Page,
    meters::{MeterFilter, MeterView, NewMeter, Replacement},
};

use crate::readings::{self, Kept};

pub fn slice() -> Slice {
    Slice::new("meters").routes(routes::routes())
}

/// The meters that one may see, building by building.
pub async fn list(tx: &Tx, filter: &MeterFilter) -> Result<Page<MeterView>> {
    tx.allow(Action::ReadMeters)?;
    let window: Window<MeterId> = Window::new(filter.limit, filter.cursor.as_deref())?;
    let meters = queries::page(tx, filter, &window).await?;
    Ok(window.page(meters, |meter| meter.id))
}

/// One meter.
pub async fn find(tx: &Tx, id: MeterId) -> Result<MeterView> {
    tx.allow(Action::ReadMeters)?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("meter"))
}

/// Hangs a meter in a room, or in the building for all.
pub async fn create(tx: &Tx, new: &NewMeter) -> Result<MeterView> {
    tx.allow(Action::EditReadings)?;
    let serial = tidy(&new.serial);
    let dial = Dial {
        digits: u32::try_from(new.digits.unwrap_or(6)).unwrap_or(0),
        multiplier: new.multiplier.unwrap_or(Decimal::ONE),
    };
    check(&serial, dial, new.initial)?;
    let id = MeterId::new();
    let made = queries::insert(tx, id, new, &serial, dial).await;
    let is_made = made.on_constraint("meters_serial_once", || taken(&serial))?;
    if !is_made {
        return Err(Error::NotFound("room"));
    }
    let meter = find(tx, id).await?;
    tx.audit("meter.create", id.0, &meter).await?;
    Ok(meter)
}

/// Takes a meter away with its last reading and hangs another in its place, from the same day.
pub async fn replace(tx: &Tx, id: MeterId, order: &Replacement) -> Result<MeterView> {
    tx.allow(Action::EditReadings)?;
    let old = queries::lock(tx, id).await?.ok_or(Error::NotFound("meter"))?;
    if old.removed_on.is_some() {
        return Err(base::Conflict::new("METER_REMOVED").with("serial", old.serial).into());
    }
    let month = Month::of(order.on);
    let dial = Dial {
        digits: u32::try_from(order.digits.unwrap_or(old.digits)).unwrap_or(0),
        multiplier: order.multiplier.unwrap_or(old.multiplier),
    };
    let serial = tidy(&order.serial);
    check(&serial, dial, order.initial)?;
    if order.on > tx.clock().today() {
        return Err(Error::field("on", "in-the-future"));
    }
    readings::ensure_open(tx, &old, month).await?;

    let before = readings::before(tx, &old, order.on).await?;
    if before.latest_month.is_some_and(|latest| latest >= month) {
        return Err(base::Conflict::new("READING_FOLLOWED").with("month", month.to_string()).into());
    }
    let previous = before.showed.or(old.initial).ok_or_else(|| Error::field("finalReading", "meter-no-beginning"))?;
    let last = Kept {
        id: ReadingId::new(),
        month,
        occasion: Occasion::Monthly,
        read_on: order.on,
        previous_on: before.on.or(old.installed_on),
        previous,
        current: order.final_reading,
        status: ReadingStatus::ReplacedOld,
        dial: old.dial(),
        reader: String::new(),
        note: tidy(&order.note),
    };
    let last = readings::keep(tx, &old, &last, "finalReading").await?;
    let new = NewMeter {
        property_id: old.property_id,
        room_id: old.room_id,
        kind: old.kind,
        serial: order.serial.clone(),
        multiplier: Some(dial.multiplier),
        digits: i32::try_from(dial.digits).ok(),
        initial: Some(order.initial.unwrap_or_default()),
        installed_on: Some(order.on),
    };
    let successor = MeterId::new();
    queries::insert(tx, successor, &new, &serial, dial).await.on_constraint("meters_serial_once", || taken(&serial))?;
    queries::follow(tx, id, successor, order.on).await?;
    let made = find(tx, successor).await?;
    tx.audit("meter.replace", id.0, &serde_json::json!({ "last": last, "by": made })).await?;
    Ok(made)
}

fn check(serial: &str, dial: Dial, initial: Option<Decimal>) -> Result<()> {
    let mut checks = Checks::new();
    checks.name("serial", serial, 40);
    checks.within("digits", i64::from(dial.digits), 3, 9);
    let is_ratio = dial.multiplier > Decimal::ZERO
        && dial.multiplier < Decimal::from(1_000_000)
        && dial.multiplier.normalize().scale() <= 3;
    checks.that(is_ratio, "multiplier", "not-positive");
    checks.that(initial.is_none_or(|initial| dial.shows(initial)), "initial", "meter-not-on-dial");
    checks.done()
}

fn taken(serial: &str) -> Error {
    base::Conflict::new("METER_SERIAL_TAKEN").with("serial", serial).into()
}

/// The serial as it is compared.
pub(crate) fn serial_key(serial: &str) -> String {
    fold_code(serial)
}
