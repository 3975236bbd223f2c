//! Meters: what a reading says was used, whatever the meter's multiplier, its digits and its end.
//!
//! `(current − previous) × multiplier`, exactly. A counter that went past its last digit used
//! `10^digits − previous + current`; one that was replaced is read a last time, its successor from where it began.

use rust_decimal::Decimal;

words! {
    /// What a meter counts.
    MeterKind {
        /// kWh
        Electricity = "electricity",
        /// m³
        ColdWater = "cold_water",
        /// m³
        HotWater = "hot_water",
        /// Gcal
        Heat = "heat",
        /// m³
        Gas = "gas",
    }
}

words! {
    /// How a reading stands to the one before it.
    ReadingStatus {
        Ok = "ok",
        /// The last one of a meter that was taken away.
        ReplacedOld = "replaced_old",
        /// The first one of the meter that came in its place.
        ReplacedNew = "replaced_new",
        /// The counter went past its last digit and began anew.
        RolledOver = "rolled_over",
        /// The one before was a mistake: nothing is reckoned from it, and counting goes on from here.
        Mistake = "mistake",
    }
}

words! {
    /// When a reading was taken.
    Occasion {
        /// The month's own.
        Monthly = "monthly",
        /// The day a contract began: what came before is not that tenant's.
        Handover = "handover",
    }
}

impl MeterKind {
    /// The unit it counts in, as it is written in Mongolian.
    pub const fn unit_mn(self) -> &'static str {
        match self {
            MeterKind::Electricity => "кВт.ц",
            MeterKind::Heat => "Гкал",
            MeterKind::ColdWater | MeterKind::HotWater | MeterKind::Gas => "м³",
        }
    }

    /// The unit it counts in, as it is written in English.
    pub const fn unit_en(self) -> &'static str {
        match self {
            MeterKind::Electricity => "kWh",
            MeterKind::Heat => "Gcal",
            MeterKind::ColdWater | MeterKind::HotWater | MeterKind::Gas => "m³",
        }
    }

    /// Its name, beginning a line of a bill.
    pub const fn name_mn(self) -> &'static str {
        match self {
            MeterKind::Electricity => "Цахилгаан",
            MeterKind::ColdWater => "Хүйтэн ус",
            MeterKind::HotWater => "Халуун ус",
            MeterKind::Heat => "Дулаан",
            MeterKind::Gas => "Хий",
        }
    }

    /// The tax office's class of what is passed on.
    pub const fn classification_code(self) -> &'static str {
        match self {
            MeterKind::Electricity => "6911200",
            MeterKind::Gas => "6912000",
            MeterKind::ColdWater => "6921000",
            MeterKind::HotWater | MeterKind::Heat => "6922000",
        }
    }
}

/// The face of a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dial {
    /// How many digits stand before the point: 1 to 9.
    pub digits: u32,
    /// What one count stands for: the ratio of the transformer before the meter, 1 without one.
    pub multiplier: Decimal,
}

/// What was used between two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// As the counter went.
    pub difference: Decimal,
    /// `difference × multiplier`, in the unit of the meter's kind.
    pub consumption: Decimal,
}

/// Two readings do not give a consumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadingError {
    #[error("the reading is below the one before")]
    CurrentBelowPrevious,
    /// A counter that went past its end shows less than before.
    #[error("the reading is not below the one before: the counter did not roll over")]
    NotRolledOver,
    /// Below nought, with more than three decimals, or with more digits than the counter has.
    #[error("no such reading is on this counter")]
    NotOnTheDial,
    #[error("the consumption is too large")]
    TooLarge,
}

impl Dial {
    /// What was used between two readings of this counter.
    pub fn used(self, previous: Decimal, current: Decimal, status: ReadingStatus) -> Result<Used, ReadingError> {
        if !self.shows(previous) || !self.shows(current) {
            return Err(ReadingError::NotOnTheDial);
        }
        let difference = match status {
            ReadingStatus::Mistake => Decimal::ZERO,
            ReadingStatus::RolledOver if current >= previous => return Err(ReadingError::NotRolledOver),
            ReadingStatus::RolledOver => self.turn() - previous + current,
            _ if current < previous => return Err(ReadingError::CurrentBelowPrevious),
            _ => current - previous,
        };
        let consumption = difference.checked_mul(self.multiplier).ok_or(ReadingError::TooLarge)?;
        Ok(Used { difference, consumption })
    }

    /// Whether the counter can show this: not below nought, within its digits, at most three decimals.
    pub fn shows(self, reading: Decimal) -> bool {
        (Decimal::ZERO..self.turn()).contains(&reading) && reading.normalize().scale() <= 3
    }

    /// One more than the last whole number of the counter.
    fn turn(self) -> Decimal {
        Decimal::from(10u64.pow(self.digits.min(18)))
    }
}

/// Why a month's consumption is looked at twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusual {
    /// More than twice what is usual.
    High { usual: Decimal },
    /// Less than half of what is usual.
    Low { usual: Decimal },
    /// Something, where nothing was used before.
    Sudden,
}

/// Whether a consumption stands out from the months before it; two of them at least make a habit.
pub fn unusual(before: &[Decimal], now: Decimal) -> Option<Unusual> {
    let (least, most) = usual_range(before)?;
    let usual = least * Decimal::TWO;
    match () {
        () if usual.is_zero() => (now > Decimal::ZERO).then_some(Unusual::Sudden),
        () if now > most => Some(Unusual::High { usual: usual.round_dp(3) }),
        () if now < least => Some(Unusual::Low { usual: usual.round_dp(3) }),
        () => None,
    }
}

/// The consumption that does not stand out from the months before, both ends inside; `None` without a habit.
pub fn usual_range(before: &[Decimal]) -> Option<(Decimal, Decimal)> {
    if before.len() < 2 {
        return None;
    }
    let usual = before.iter().sum::<Decimal>() / Decimal::from(before.len());
    Some((usual / Decimal::TWO, usual * Decimal::TWO))
}

/// A quantity as it is written everywhere: three decimals, more where it has them.
pub fn shown(quantity: Decimal) -> String {
    let plain = quantity.normalize();
    format!("{plain:.*}", usize::try_from(plain.scale().max(3)).expect("a scale is small"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a literal is a decimal")
    }

    fn used(digits: u32, multiplier: &str, previous: &str, current: &str, status: ReadingStatus) -> Option<String> {
        let dial = Dial { digits, multiplier: decimal(multiplier) };
        dial.used(decimal(previous), decimal(current), status).ok().map(|used| shown(used.consumption))
    }

    #[test]
    fn readings_of_all_kinds_give_what_was_used() {
        use ReadingStatus::*;
        assert_eq!(used(6, "1", "421939.699", "422317.183", Ok).as_deref(), Some("377.484"));
        assert_eq!(used(6, "40", "727079.840", "727079.848", Ok).as_deref(), Some("0.320"));
        assert_eq!(used(6, "1", "999851.519", "148.481", RolledOver).as_deref(), Some("296.962"));
        assert_eq!(used(6, "40", "940017.240", "940020.492", ReplacedOld).as_deref(), Some("130.080"));
        assert_eq!(used(6, "40", "0", "4.879", ReplacedNew).as_deref(), Some("195.160"));
        assert_eq!(used(6, "1", "217595.541", "217505.885", Ok), None);
        assert_eq!(used(6, "1", "217595.541", "217505.885", Mistake).as_deref(), Some("0.000"));
        assert_eq!(used(5, "1", "99999.999", "100000", Ok), None, "five digits end at 99999");
        assert_eq!(used(5, "1", "1", "2", RolledOver), None);
        assert_eq!(used(5, "1", "1", "2.0001", Ok), None, "three decimals");
    }

    #[test]
    fn what_stands_out_is_told() {
        let before: Vec<Decimal> = [100, 110, 90].map(Decimal::from).to_vec();
        assert!(matches!(unusual(&before, Decimal::from(201)), Some(Unusual::High { .. })));
        assert!(matches!(unusual(&before, Decimal::from(49)), Some(Unusual::Low { .. })));
        assert_eq!(unusual(&before, Decimal::from(200)), None);
        assert_eq!(unusual(&[Decimal::ZERO; 3], Decimal::ONE), Some(Unusual::Sudden));
        assert_eq!(unusual(&before[..1], Decimal::from(5000)), None, "one month is no habit");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        /// Integers of thousandths are the judge: a counter is one, modulo its turn.
        #[test]
        fn a_counter_is_an_integer_modulo_its_turn(digits in 3u32..9, start: u64, went: u64, ratio in 1u32..5000) {
            let turn = 10u64.pow(digits) * 1000;
            let (start, went) = (start % turn, went % turn);
            let end = (start + went) % turn;
            let status = if end < start { ReadingStatus::RolledOver } else { ReadingStatus::Ok };
            let milli = |n: u64| Decimal::new(i64::try_from(n).unwrap(), 3);
            let used = Dial { digits, multiplier: Decimal::from(ratio) }.used(milli(start), milli(end), status).unwrap();
            prop_assert_eq!(used.difference, milli(went));
            prop_assert_eq!(used.consumption, milli(went * u64::from(ratio)));
        }

        /// A meter that is replaced in between has used what one meter would have.
        #[test]
        fn a_replacement_loses_nothing(a in 0i64..400_000_000, b in 0i64..400_000_000, begun in 0i64..1_000_000, ratio in 1u32..500) {
            let dial = Dial { digits: 6, multiplier: Decimal::from(ratio) };
            let milli = |n: i64| Decimal::new(n, 3);
            let old = dial.used(Decimal::ZERO, milli(a), ReadingStatus::ReplacedOld).unwrap();
            let new = dial.used(milli(begun), milli(begun + b), ReadingStatus::ReplacedNew).unwrap();
            let one = dial.used(Decimal::ZERO, milli(a + b), ReadingStatus::Ok).unwrap();
            prop_assert_eq!(old.consumption + new.consumption, one.consumption);
        }

        /// Whatever is typed, no consumption is negative.
        #[test]
        fn nothing_is_used_backwards(previous in -10i64..1_100_000_000, current in -10i64..1_100_000_000, n in 0usize..5) {
            let dial = Dial { digits: 6, multiplier: Decimal::ONE };
            let used = dial.used(Decimal::new(previous, 3), Decimal::new(current, 3), ReadingStatus::ALL[n]);
            prop_assert!(used.is_ok_and(|used| used.consumption >= Decimal::ZERO) || used.is_err());
            if previous < 0 || current < 0 || previous >= 1_000_000_000 || current >= 1_000_000_000 {
                prop_assert!(used.is_err());
            }
        }
    }
}
