//! The demo's meters: prices, half a year of readings sent in as a list each month, and the current month half read.

use std::fmt::Write;

use base::{Actor, clock::business_day};
use billing::readings::import;
use domain::{Money, Month, OwnerId, PropertyId, contract::VatMode, meter::MeterKind, utility::ShareBy};
use jiff::civil::{Date, date};
use sheets::{Workbook, columns::Mapping};
use wire::tariffs::{NewCommonRule, NewTariff};

use super::{
    Failure, World,
    buildings::{BUILDINGS, Building},
};

/// How many months before the current one are read.
const MONTHS: i64 = 7;

/// The owner's prices, the rules of its common meters, and what the meters showed.
pub async fn read(world: &World, owner: OwnerId, properties: &[PropertyId]) -> Result<(), Failure> {
    let director = world.signed_in("director@altan.example").await?;
    for tariff in tariffs() {
        director.create_tariff(&tariff).await?;
    }
    for property_id in properties.iter().copied() {
        let rule = |kind, share_by| NewCommonRule { property_id, kind, share_by: Some(share_by) };
        director.set_common_rule(&rule(MeterKind::Heat, ShareBy::Area)).await?;
        director.set_common_rule(&rule(MeterKind::Electricity, ShareBy::Reading)).await?;
    }
    let today = business_day(world.now);
    let actor = Actor::system(&world.app, owner);
    let mut month = Month::of(today);
    let mut months = vec![month];
    for _ in 0..MONTHS {
        month = month.previous();
        months.push(month);
    }
    let mut meters = meters();
    for month in months.into_iter().rev() {
        let is_current = month == Month::of(today);
        let list = list(&mut meters, month, if is_current { today } else { month.last_day() }, is_current);
        let workbook = Workbook::read("meters.csv", list.as_bytes())?;
        import::import(&actor, &workbook, &format!("тоолуур-{month}.csv"), &Mapping::default(), month, false).await?;
    }
    Ok(())
}

/// Invented figures of a usual kind, before VAT.
fn tariffs() -> Vec<NewTariff> {
    let tariff = |kind, valid_from: Date, valid_to, [unit, base, capacity, support]: [i64; 4]| NewTariff {
        kind,
        valid_from,
        valid_to,
        unit_price: Money::from_mungo(unit),
        base_fee: Money::from_mungo(base),
        capacity_rate: Money::from_mungo(capacity),
        support_fee: Money::from_mungo(support),
        vat_mode: VatMode::Added,
    };
    vec![
        tariff(MeterKind::Electricity, date(2025, 1, 1), None, [17_560, 200_000, 1_152_000, 2_379]),
        tariff(MeterKind::Electricity, date(2026, 7, 1), None, [20_530, 200_000, 1_550_000, 2_379]),
        tariff(MeterKind::ColdWater, date(2025, 1, 1), None, [114_500, 75_000, 0, 0]),
        tariff(MeterKind::Heat, date(2025, 9, 15), Some(date(2026, 5, 15)), [3_862_500, 0, 0, 0]),
        tariff(MeterKind::Heat, date(2026, 9, 15), Some(date(2027, 5, 15)), [4_120_000, 0, 0, 0]),
    ]
}

struct Meter {
    building: &'static Building,
    /// Empty for a common one.
    unit: String,
    kind: MeterKind,
    serial: usize,
    multiplier: i64,
    /// Thousandths.
    shows: i64,
}

/// Electricity in every room where people work or live, water where shops are, and the common ones of each building.
fn meters() -> Vec<Meter> {
    use domain::rooms::RoomKind::{Apartment, Office, Shop};
    let mut meters: Vec<Meter> = Vec::new();
    for building in &BUILDINGS {
        let mut hang = |unit: &str, kind, multiplier| {
            let place = i64::try_from(meters.len()).unwrap_or_default();
            let serial = 4_700_100 + meters.len() * 37;
            let shows = 12_000_000 + place * 733_211 % 80_000_000;
            meters.push(Meter { building, unit: unit.to_owned(), kind, serial, multiplier, shows });
        };
        for room in building.rooms() {
            if matches!(room.kind, Office | Shop | Apartment) {
                hang(&room.unit_no, MeterKind::Electricity, if room.floor == 8 { 40 } else { 1 });
            }
            if room.kind == Shop && room.floor == 1 {
                hang(&room.unit_no, MeterKind::ColdWater, 1);
            }
        }
        hang("", MeterKind::Electricity, 80);
        hang("", MeterKind::Heat, 1);
    }
    meters
}

/// A month's list; of the current month somebody has read the first half only.
fn list(meters: &mut [Meter], month: Month, read_on: Date, half: bool) -> String {
    let mut text =
        String::from("Барилга,Тоолуурын №,Төрөл,Тоот,Үржүүлэгч,Орон,Өмнөх заалт,Одоогийн заалт,Уншсан огноо,Уншсан\n");
    let count = meters.len();
    let season = i64::from(month.number());
    for (place, meter) in meters.iter_mut().enumerate() {
        if half && place * 2 >= count {
            break;
        }
        let at = i64::try_from(place).unwrap_or_default();
        // within a tenth of what is usual; one meter in forty goes three times as far in a quarter's first month
        let usual = match (meter.kind, meter.unit.is_empty()) {
            (MeterKind::Electricity, true) => 430_000,
            (MeterKind::Electricity, false) => (180_000 + at * 7_919 % 260_000) / meter.multiplier,
            (MeterKind::ColdWater, _) => 4_000 + at * 613 % 9_000,
            (_, _) => 96_000,
        };
        let used = usual + usual * ((at * 31 + season * 17) % 20 - 10) / 100;
        let stands_out = at % 40 == 7 && season % 3 == 1 && !half;
        let used = if stands_out { used * 3 } else { used };
        let (before, now) = (meter.shows, meter.shows + used);
        meter.shows = now;
        let kind = meter.kind.name_mn();
        let room = if meter.unit.is_empty() { "Нийтийн" } else { &meter.unit };
        let shown = |milli: i64| format!("{}.{:03}", milli / 1000, milli % 1000);
        writeln!(
            text,
            "{},{},{kind},{room},{},6,{},{},{read_on},Т.Батзориг",
            meter.building.name,
            meter.serial,
            meter.multiplier,
            shown(before),
            shown(now)
        )
        .expect("a text grows");
    }
    text
}
