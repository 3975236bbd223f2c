//! How a line's amount was made, kept as figures and told as a sentence.

use std::fmt::Write;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Off;
use crate::{Money, contract::VatMode};

/// The figures a line was computed from: `unit_price × area_m2 × days_used ÷ days_in_month = share`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    pub from: Date,
    /// The last day charged.
    pub to: Date,
    pub days_used: i64,
    pub days_in_month: i64,
    /// An entry of the contract's own schedule.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub scheduled: bool,
    /// Of a line that takes off: what of what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<TakenOff>,
    /// For a line per m².
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<Decimal>,
    /// For a month; negative for a discount.
    pub unit_price: Money,
    /// What the days come to, in the terms of the price: before VAT when VAT comes on top.
    pub share: Money,
    /// A möngö inside `share` that makes the parts of a cut month add up; nearly always zero.
    pub evened: Money,
    /// As it really went with the line: `exempt` also when the owner is not a payer.
    pub vat_mode: VatMode,
    /// The line's amount, VAT inside.
    pub amount: Money,
}

/// What a discount took off a line of rent: `rent × percent × days_used ÷ days_of_rent`, or its part of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOff {
    #[serde(flatten)]
    pub off: Off,
    /// What the line of rent comes to.
    pub rent: Money,
    /// How many days that line is for.
    pub days_of_rent: i64,
}

struct Words {
    month: &'static str,
    days: &'static str,
    evened: &'static str,
    vat: &'static str,
    vat_inside: &'static str,
    no_vat: &'static str,
    scheduled: &'static str,
    part_of: &'static str,
}

const MONGOLIAN: Words = Words {
    month: "сар",
    days: "хоног",
    evened: "бүхэлчлэлийн зөрүү",
    vat: "НӨАТ 10 %",
    vat_inside: "НӨАТ багтсан",
    no_vat: "НӨАТ-гүй",
    scheduled: "хуваариар",
    part_of: "хөнгөлөлтөөс ногдох хэсэг",
};

const ENGLISH: Words = Words {
    month: "month",
    days: "days",
    evened: "rounding",
    vat: "VAT 10 %",
    vat_inside: "VAT included",
    no_vat: "no VAT",
    scheduled: "by the schedule",
    part_of: "its part of the discount",
};

impl Made {
    /// `124.5 м² × 15 000 ₮ × 17/30 хоног = 1 058 250 ₮ (2026.11.14–2026.11.30), НӨАТ багтсан`
    pub fn in_mongolian(&self) -> String {
        self.tell(&MONGOLIAN, "м²")
    }

    /// `124.5 m² × 15 000 ₮ × 17/30 days = 1 058 250 ₮ (2026.11.14–2026.11.30), VAT included`
    pub fn in_english(&self) -> String {
        self.tell(&ENGLISH, "m²")
    }

    pub fn is_whole_month(&self) -> bool {
        self.days_used == self.days_in_month
    }

    fn tell(&self, words: &Words, m2: &str) -> String {
        let mut told = String::new();
        self.write(&mut told, words, m2).expect("a string takes everything");
        told
    }

    fn write(&self, to: &mut String, words: &Words, m2: &str) -> std::fmt::Result {
        if self.scheduled {
            write!(to, "{} {} ₮", words.scheduled, self.share)?;
        } else if let Some(off) = &self.off {
            self.write_off(to, words, off)?;
        } else {
            self.write_share(to, words, m2)?;
        }
        if self.vat_mode == VatMode::Added {
            write!(to, "; + {} = {} ₮", words.vat, self.amount)?;
        }
        if !self.is_whole_month() {
            write!(to, " ({}–{})", dotted(self.from), dotted(self.to))?;
        }
        match self.vat_mode {
            VatMode::Included => write!(to, ", {}", words.vat_inside),
            VatMode::Added => Ok(()),
            VatMode::Exempt => write!(to, ", {}", words.no_vat),
        }
    }

    /// `1 058 250 ₮ × 10 % × 15/30 хоног = −52 912.50 ₮`
    fn write_off(&self, to: &mut String, words: &Words, taken: &TakenOff) -> std::fmt::Result {
        match taken.off {
            Off::Percent { percent_bp } => {
                write!(to, "{} ₮ × {} %", taken.rent, percent(percent_bp))?;
                if self.days_used != taken.days_of_rent {
                    write!(to, " × {}/{} {}", self.days_used, taken.days_of_rent, words.days)?;
                }
            }
            Off::Amount { amount } => write!(to, "{} ₮, {}", amount, words.part_of)?,
        }
        write!(to, " = {} ₮", self.share)
    }

    fn write_share(&self, to: &mut String, words: &Words, m2: &str) -> std::fmt::Result {
        match self.area_m2 {
            Some(area) => write!(to, "{} {m2} × ", area.normalize())?,
            None if self.is_whole_month() => write!(to, "1 {} × ", words.month)?,
            None => {}
        }
        write!(to, "{} ₮", self.unit_price)?;
        if !self.is_whole_month() {
            write!(to, " × {}/{} {}", self.days_used, self.days_in_month, words.days)?;
        }
        if !self.evened.is_zero() {
            let sign = if self.evened.is_positive() { "+" } else { "" };
            write!(to, " {sign}{} ₮ {}", self.evened, words.evened)?;
        }
        write!(to, " = {} ₮", self.share)
    }
}

/// Basis points as people read a percent: `10`, `7.5`, `0.25`.
pub fn percent(bp: i32) -> String {
    let (whole, rest) = (bp / 100, (bp % 100).abs());
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

/// A day as people read it: `2026.11.22`.
pub(crate) fn dotted(day: Date) -> String {
    format!("{:04}.{:02}.{:02}", day.year(), day.month(), day.day())
}
