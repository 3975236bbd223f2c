//! How a line's amount was made, kept as figures and told as a sentence.

use std::fmt::Write;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Money, contract::VatMode};

/// The figures a line was computed from: `unit_price × area_m2 × days_used ÷ days_in_month = share`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    pub from: Date,
    /// The last day charged.
    pub to: Date,
    pub days_used: i64,
    pub days_in_month: i64,
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

struct Words {
    month: &'static str,
    days: &'static str,
    evened: &'static str,
    vat: &'static str,
    vat_inside: &'static str,
    no_vat: &'static str,
}

const MONGOLIAN: Words = Words {
    month: "сар",
    days: "хоног",
    evened: "бүхэлчлэлийн зөрүү",
    vat: "НӨАТ 10 %",
    vat_inside: "НӨАТ багтсан",
    no_vat: "НӨАТ-гүй",
};

const ENGLISH: Words = Words {
    month: "month",
    days: "days",
    evened: "rounding",
    vat: "VAT 10 %",
    vat_inside: "VAT included",
    no_vat: "no VAT",
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
        write!(to, " = {} ₮", self.share)?;
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
}

/// A day as people read it: `2026.11.22`.
pub(crate) fn dotted(day: Date) -> String {
    format!("{:04}.{:02}.{:02}", day.year(), day.month(), day.day())
}
