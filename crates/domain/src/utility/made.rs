//! How a line of a utility bill was made, kept as figures and told as a sentence.

use std::fmt::Write;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ShareBy, UtilityPart};
use crate::{
    Money,
    charges::dotted,
    contract::VatMode,
    meter::{MeterKind, ReadingStatus, shown},
    tariff::Tariff,
};

/// The figures a line was computed from: `quantity × unit_price = share`, or as its part says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    pub kind: MeterKind,
    pub part: UtilityPart,
    /// In the kind's unit.
    pub quantity: Decimal,
    /// The first day of the tariff's version, or of the price that the contract agrees on.
    pub tariff_from: Date,
    /// The price is the contract's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub agreed: bool,
    pub unit_price: Money,
    /// Of a line of consumption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Counted>,
    /// Of a fee for the load: the days between the readings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_days: Option<i64>,
    /// Of a fee for the meter: days held of days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<(i64, i64)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<Shared>,
    /// Before VAT when VAT comes on top.
    pub share: Money,
    pub vat_mode: VatMode,
    pub amount: Money,
}

/// `(current − previous) × multiplier`, and the days of it that are charged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    pub serial: String,
    pub status: ReadingStatus,
    pub previous: Decimal,
    pub current: Decimal,
    pub multiplier: Decimal,
    pub consumption: Decimal,
    pub days_used: i64,
    pub days: i64,
}

/// What a common meter's loss is, what it costs and which part of it this is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shared {
    pub by: ShareBy,
    pub common: Decimal,
    pub rooms: Decimal,
    pub loss: Decimal,
    pub cost: Money,
    pub weight: i64,
    pub whole: i64,
}

struct Words {
    days: &'static str,
    tariff: &'static str,
    agreed: &'static str,
    common: &'static str,
    rooms: &'static str,
    by_area: &'static str,
    by_reading: &'static str,
    rolled_over: &'static str,
    replaced_old: &'static str,
    replaced_new: &'static str,
    mistake: &'static str,
    meter: &'static str,
    vat: &'static str,
    vat_inside: &'static str,
    no_vat: &'static str,
}

const MONGOLIAN: Words = Words {
    days: "хоног",
    tariff: "тариф",
    agreed: "гэрээний үнэ",
    common: "нийтийн тоолуур",
    rooms: "өрөөний тоолуурууд",
    by_area: "талбайгаар",
    by_reading: "заалтаар",
    rolled_over: "тоолуур эргэсэн",
    replaced_old: "солигдсон тоолуурын эцсийн заалт",
    replaced_new: "шинэ тоолуур",
    mistake: "өмнөх заалт алдаатай байсан",
    meter: "тоолуур",
    vat: "НӨАТ 10 %",
    vat_inside: "НӨАТ багтсан",
    no_vat: "НӨАТ-гүй",
};

const ENGLISH: Words = Words {
    days: "days",
    tariff: "tariff of",
    agreed: "contract's price of",
    common: "common meter",
    rooms: "rooms' meters",
    by_area: "by area",
    by_reading: "by reading",
    rolled_over: "the counter rolled over",
    replaced_old: "last reading of a replaced meter",
    replaced_new: "new meter",
    mistake: "the reading before was a mistake",
    meter: "meter",
    vat: "VAT 10 %",
    vat_inside: "VAT included",
    no_vat: "no VAT",
};

impl Made {
    pub(super) fn of(tariff: &Tariff, part: UtilityPart, quantity: Decimal) -> Made {
        Made {
            kind: tariff.kind,
            part,
            quantity,
            tariff_from: tariff.valid_from,
            agreed: false,
            unit_price: Money::ZERO,
            counted: None,
            reading_days: None,
            held: None,
            shared: None,
            share: Money::ZERO,
            vat_mode: tariff.vat_mode,
            amount: Money::ZERO,
        }
    }

    /// `(422317.183 − 421939.699) × 1 = 377.484 кВт.ц × 205.30 ₮ = 77 497.47 ₮ (тариф 2026.07.01); + НӨАТ 10 % = …`
    pub fn in_mongolian(&self) -> String {
        self.tell(&MONGOLIAN, self.kind.unit_mn())
    }

    /// `(422317.183 − 421939.699) × 1 = 377.484 kWh × 205.30 ₮ = 77 497.47 ₮ (tariff of 2026.07.01); + VAT 10 % = …`
    pub fn in_english(&self) -> String {
        self.tell(&ENGLISH, self.kind.unit_en())
    }

    fn tell(&self, words: &Words, unit: &str) -> String {
        let mut told = String::new();
        self.write(&mut told, words, unit).expect("a string takes everything");
        told
    }

    fn write(&self, to: &mut String, words: &Words, unit: &str) -> std::fmt::Result {
        match (&self.counted, &self.shared) {
            (Some(counted), _) => self.write_counted(to, words, unit, counted)?,
            (None, Some(shared)) => write_shared(to, words, unit, shared)?,
            (None, None) => self.write_fee(to, words, unit)?,
        }
        let price = if self.agreed { words.agreed } else { words.tariff };
        write!(to, " = {} ₮ ({price} {})", self.share, dotted(self.tariff_from))?;
        match self.vat_mode {
            VatMode::Included => write!(to, ", {}", words.vat_inside),
            VatMode::Added => write!(to, "; + {} = {} ₮", words.vat, self.amount),
            VatMode::Exempt => write!(to, ", {}", words.no_vat),
        }
    }

    fn write_counted(&self, to: &mut String, words: &Words, unit: &str, counted: &Counted) -> std::fmt::Result {
        let what = match counted.status {
            ReadingStatus::Ok => "",
            ReadingStatus::RolledOver => words.rolled_over,
            ReadingStatus::ReplacedOld => words.replaced_old,
            ReadingStatus::ReplacedNew => words.replaced_new,
            ReadingStatus::Mistake => words.mistake,
        };
        write!(to, "{} {}: ", words.meter, counted.serial)?;
        if !what.is_empty() {
            write!(to, "{what}, ")?;
        }
        let (previous, current) = (shown(counted.previous), shown(counted.current));
        match counted.status {
            ReadingStatus::RolledOver => write!(to, "{previous} → {current}")?,
            _ => write!(to, "({current} − {previous})")?,
        }
        let multiplier = counted.multiplier.normalize();
        write!(to, " × {multiplier} = {} {unit}", shown(counted.consumption))?;
        if counted.days_used != counted.days {
            write!(to, " × {}/{} {} = {} {unit}", counted.days_used, counted.days, words.days, shown(self.quantity))?;
        }
        write!(to, " × {} ₮", self.unit_price)
    }

    fn write_fee(&self, to: &mut String, words: &Words, unit: &str) -> std::fmt::Result {
        match (self.reading_days, self.held) {
            (Some(days), _) => {
                write!(to, "{} {unit} ÷ {days} {} ÷ 12 × {} ₮", shown(self.quantity), words.days, self.unit_price)
            }
            (None, Some((held, days))) if held == days => write!(to, "1 {} × {} ₮", words.meter, self.unit_price),
            (None, Some((held, days))) => {
                write!(to, "1 {} × {} ₮ × {held}/{days} {}", words.meter, self.unit_price, words.days)
            }
            (None, None) => write!(to, "{} {unit} × {} ₮", shown(self.quantity), self.unit_price),
        }
    }
}

fn write_shared(to: &mut String, words: &Words, unit: &str, shared: &Shared) -> std::fmt::Result {
    let by = match shared.by {
        ShareBy::Area => words.by_area,
        ShareBy::Reading => words.by_reading,
    };
    // a part of a whole as people read it: in per cent with two decimals
    let parts = i128::from(shared.weight) * 10_000 / i128::from(shared.whole.max(1));
    write!(
        to,
        "{} {} − {} {} = {} {unit}, {} ₮ × {}.{:02} % {by}",
        words.common,
        shown(shared.common),
        words.rooms,
        shown(shared.rooms),
        shown(shared.common - shared.rooms),
        shared.cost,
        parts / 100,
        parts % 100,
    )
}
