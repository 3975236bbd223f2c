//! Sample contents of the pages about meters.

use domain::{
    FileId, MeterId, Month, PropertyId, ReadingId,
    meter::{MeterKind, Occasion, ReadingStatus},
};
use jiff::civil::date;
use rust_decimal::Decimal;
use wire::{
    meters::MeterView,
    readings::{GridRow, GridTotals, MonthUse, ReadingView, UsualReadings},
};

use super::{MeterPage, MetersPage};
use crate::ui::form::Form;

pub(super) fn month() -> Month {
    Month::of(date(2026, 10, 1))
}

fn milli(number: i64) -> Decimal {
    Decimal::new(number, 3)
}

pub(super) fn grid() -> MetersPage {
    let read = |unit: Option<&str>, kind, serial: &str, previous: i64, current: Option<i64>, unusual: Option<&str>| {
        let meter_id = MeterId::new();
        let mut before = Vec::new();
        let mut of = month().previous();
        for used in [377_484, 401_200, 350_000, 298_400, 366_100, 380_250] {
            before.push(MonthUse { month: of, consumption: milli(used) });
            of = of.previous();
        }
        before.reverse();
        GridRow {
            meter_id,
            property_id: PropertyId::new(),
            property_name: "Алтан Тауэр".into(),
            room_id: None,
            unit_no: unit.map(str::to_owned),
            tenant_name: unit.map(|_| "Номин Трейд ХХК".to_owned()),
            kind,
            serial: serial.into(),
            multiplier: Decimal::ONE,
            digits: 6,
            previous: Some(milli(previous)),
            previous_on: Some(date(2026, 9, 30)),
            reading: current.map(|current| reading(meter_id, previous, current)),
            before,
            usual: Some(UsualReadings { least: milli(previous + 180_000), most: milli(previous + 760_000) }),
            unusual: unusual.map(str::to_owned),
        }
    };
    let rows = vec![
        read(Some("101"), MeterKind::Electricity, "4255535", 166_640_862, Some(166_899_706), None),
        read(
            Some("602"),
            MeterKind::Electricity,
            "1076310",
            999_851_519,
            Some(1_000_999_000),
            Some("Ердийнхөөс хоёр дахинаас илүү байна."),
        ),
        read(Some("802"), MeterKind::ColdWater, "07160065", 20_001_301, None, None),
        read(None, MeterKind::Heat, "N764624", 2_435_075, Some(2_537_277), None),
    ];
    let refused = rows[2].meter_id;
    let mut form = Form::default().with(&format!("current.{refused}"), "19999");
    form.remark(&format!("current.{refused}"), "Өмнөх заалтаас бага байна.");
    MetersPage {
        month: month(),
        rows,
        next: None,
        totals: GridTotals { meters: 4, read: 3, missing: 1, unusual: 1 },
        properties: Vec::new(),
        form,
    }
}

fn reading(meter_id: MeterId, previous: i64, current: i64) -> ReadingView {
    ReadingView {
        id: ReadingId::new(),
        meter_id,
        month: month(),
        occasion: Occasion::Monthly,
        read_on: date(2026, 10, 30),
        previous_on: Some(date(2026, 9, 30)),
        previous: milli(previous),
        current: milli(current),
        status: ReadingStatus::Ok,
        multiplier: Decimal::ONE,
        difference: milli(current - previous),
        consumption: milli(current - previous),
        reader: "Б.Тулга".into(),
        note: String::new(),
        photo_id: Some(FileId::new()),
        version: 1,
    }
}

pub(super) fn meter() -> MeterPage {
    let id = MeterId::new();
    MeterPage {
        meter: MeterView {
            id,
            property_id: PropertyId::new(),
            property_name: "Алтан Тауэр".into(),
            room_id: None,
            unit_no: Some("101".into()),
            kind: MeterKind::Electricity,
            serial: "4255535".into(),
            multiplier: Decimal::from(40),
            digits: 6,
            initial: Some(Decimal::ZERO),
            installed_on: Some(date(2026, 1, 12)),
            removed_on: None,
            replaced_by: None,
            version: 1,
        },
        readings: vec![reading(id, 166_640_862, 166_899_706)],
        replacement: Form::default(),
        handover: Form::default(),
    }
}
