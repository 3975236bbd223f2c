//! Increases of a charge's price: by a percent, by an amount, or by an index whose percent is given later; once, or every
//! so many months.
//!
//! A new price is the old one × (10 000 + basis points) ÷ 10 000, rounded once, half away from zero to a möngö
//! ([`Money::share`]); the next increase starts from the rounded price, as it was billed. Days are counted from the first
//! one, so that an increase of the 31st comes on the 28th of February and on the 31st of March again.

use jiff::{ToSpan, civil::Date};

use crate::{Money, money::TooLarge};

words! {
    /// What an increase goes by.
    IncreaseKind {
        Percent = "percent",
        Amount = "amount",
        /// A percent that becomes known later, as the statistics office publishes it.
        Index = "index",
    }
}

/// By how much a price rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Hundredths of a per cent.
    Percent(i32),
    /// An amount more for each unit of the price.
    Amount(Money),
}

/// A rule by which a charge's price rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Increase {
    pub first_on: Date,
    /// `None`: once.
    pub every_months: Option<i32>,
    /// The last day on which it may rise.
    pub until: Option<Date>,
    /// By how much; of an index only once its percent is given, and then for one time.
    pub step: Option<Step>,
    pub kind: IncreaseKind,
    /// How often it has risen.
    pub applied: i32,
    /// When it rises next; `None`: never again. An index given late rises on a later day than it was due.
    pub next_on: Option<Date>,
}

/// A price and the first day on which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPrice {
    pub from: Date,
    pub price: Money,
}

impl Step {
    /// The price after the step.
    pub fn raise(self, price: Money) -> Result<Money, TooLarge> {
        match self {
            Step::Percent(bp) => price.share(10_000 + i64::from(bp), 10_000),
            Step::Amount(amount) => price.checked_add(amount),
        }
    }
}

/// A charge as a rule finds it: the price, its first day and its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    pub price: Money,
    pub from: Date,
    pub to: Option<Date>,
}

/// What becomes of a charge whose price rises: it ends, and for each new price another begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The old charge's last day; `None` when nothing rose.
    pub ends_on: Option<Date>,
    /// One after the other; the last has the old charge's last day.
    pub then: Vec<Priced>,
    /// The rule as it stands after that.
    pub rule: Increase,
}

impl Increase {
    /// What the rule makes of a charge up to a day.
    pub fn raise(self, charge: Priced, up_to: Date) -> Result<Raised, TooLarge> {
        let (prices, rule) = self.due(charge.price, charge.to, up_to)?;
        let starts = || prices.iter().map(|new| new.from);
        let day_before = |day: Date| day.saturating_sub(1.day());
        let ends = starts().skip(1).map(day_before).map(Some).chain([charge.to]);
        let then = prices.iter().zip(ends).map(|(new, to)| Priced { price: new.price, from: new.from, to });
        Ok(Raised { ends_on: starts().next().map(day_before), then: then.collect(), rule })
    }

    /// The day of the rise number `nth`, counted from 0; `None` when there is none.
    pub fn day(&self, nth: i32) -> Option<Date> {
        let months = if nth == 0 { 0 } else { self.every_months?.checked_mul(nth)? };
        let day = self.first_on.checked_add(months.months()).ok()?;
        self.until.is_none_or(|until| day <= until).then_some(day)
    }

    /// The prices that are due up to a day, and the rule as it stands after them. `last_day` is the charge's own; a charge
    /// that has ended by then does not rise any more. An index waits for its percent.
    pub fn due(
        mut self,
        mut price: Money,
        last_day: Option<Date>,
        up_to: Date,
    ) -> Result<(Vec<NewPrice>, Increase), TooLarge> {
        let mut prices = Vec::new();
        while let Some(on) = self.next_on.filter(|on| *on <= up_to) {
            if last_day.is_some_and(|last| last < on) {
                self.next_on = None;
                break;
            }
            let Some(step) = self.step else { break };
            price = step.raise(price)?;
            prices.push(NewPrice { from: on, price });
            self.applied += 1;
            self.next_on = self.day(self.applied);
            if self.kind == IncreaseKind::Index {
                self.step = None;
            }
        }
        Ok((prices, self))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn yearly(step: Step) -> Increase {
        let first_on = date(2027, 1, 1);
        let kind = IncreaseKind::Percent;
        Increase {
            first_on,
            every_months: Some(12),
            until: None,
            step: Some(step),
            kind,
            applied: 0,
            next_on: Some(first_on),
        }
    }

    fn mungo(prices: &[NewPrice]) -> Vec<(Date, i64)> {
        prices.iter().map(|new| (new.from, new.price.mungo())).collect()
    }

    #[test]
    fn each_year_starts_from_the_price_that_was_billed() {
        let (prices, after) =
            yearly(Step::Percent(550)).due(Money::from_mungo(100_010), None, date(2029, 6, 1)).unwrap();
        assert_eq!(
            mungo(&prices),
            [(date(2027, 1, 1), 105_511), (date(2028, 1, 1), 111_314), (date(2029, 1, 1), 117_436)],
            "105 510.55 möngö are billed as 105 511, and that is what rises next"
        );
        assert_eq!((after.applied, after.next_on), (3, Some(date(2030, 1, 1))));
        let again = after.due(prices[2].price, None, date(2029, 6, 1)).unwrap();
        assert_eq!(again, (vec![], after), "nothing is due twice");
    }

    #[test]
    fn half_a_mungo_rounds_up_and_an_amount_is_added_as_it_is() {
        assert_eq!(Step::Percent(1_000).raise(Money::from_mungo(5)), Ok(Money::from_mungo(6)), "5.5");
        assert_eq!(Step::Percent(1_000).raise(Money::from_mungo(4)), Ok(Money::from_mungo(4)), "4.4");
        assert_eq!(Step::Amount(Money::from_mungo(7)).raise(Money::from_mungo(5)), Ok(Money::from_mungo(12)));
        assert_eq!(Step::Percent(1).raise(Money::MAX), Err(TooLarge));
    }

    #[test]
    fn the_31st_comes_back_after_february() {
        let rule = Increase { first_on: date(2027, 1, 31), every_months: Some(1), ..yearly(Step::Percent(100)) };
        let days: Vec<Option<Date>> = (0..4).map(|nth| rule.day(nth)).collect();
        assert_eq!(days, [(1, 31), (2, 28), (3, 31), (4, 30)].map(|(month, day)| Some(date(2027, month, day))));
        let once = Increase { every_months: None, ..rule };
        assert_eq!((once.day(0), once.day(1)), (Some(date(2027, 1, 31)), None));
        let until = Increase { until: Some(date(2027, 2, 28)), ..rule };
        assert_eq!((until.day(1), until.day(2)), (Some(date(2027, 2, 28)), None));
    }

    #[test]
    fn a_charge_that_has_ended_does_not_rise() {
        let rule = yearly(Step::Percent(1_000));
        let (prices, after) = rule.due(Money::from_mungo(100), Some(date(2027, 12, 31)), date(2030, 1, 1)).unwrap();
        assert_eq!(mungo(&prices), [(date(2027, 1, 1), 110)]);
        assert_eq!(after.next_on, None);
    }

    #[test]
    fn a_charge_ends_where_the_dearer_one_begins() {
        let charge = Priced { price: Money::from_mungo(100), from: date(2026, 1, 1), to: Some(date(2029, 12, 31)) };
        let raised = yearly(Step::Percent(1_000)).raise(charge, date(2028, 1, 1)).unwrap();
        assert_eq!(raised.ends_on, Some(date(2026, 12, 31)));
        let priced = |price, from, to| Priced { price: Money::from_mungo(price), from, to: Some(to) };
        assert_eq!(
            raised.then,
            [priced(110, date(2027, 1, 1), date(2027, 12, 31)), priced(121, date(2028, 1, 1), date(2029, 12, 31))]
        );
        let early = yearly(Step::Percent(1_000)).raise(charge, date(2026, 12, 31)).unwrap();
        assert_eq!((early.ends_on, early.then.len()), (None, 0));
    }

    #[test]
    fn an_index_waits_for_its_percent_and_takes_it_once() {
        let rule = Increase { kind: IncreaseKind::Index, step: None, ..yearly(Step::Percent(0)) };
        let (prices, waiting) = rule.due(Money::from_mungo(100), None, date(2027, 5, 1)).unwrap();
        assert_eq!((prices, waiting), (vec![], rule));
        let given = Increase { step: Some(Step::Percent(800)), next_on: Some(date(2027, 6, 1)), ..rule };
        let (prices, after) = given.due(Money::from_mungo(100), None, date(2028, 2, 1)).unwrap();
        assert_eq!(mungo(&prices), [(date(2027, 6, 1), 108)]);
        assert_eq!((after.step, after.next_on), (None, Some(date(2028, 1, 1))), "the next year's is not known yet");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        /// To the nearest möngö, and catching up late is the same as being there every day.
        #[test]
        fn a_percent_is_exact_and_late_is_as_good_as_daily(price in 0i64..1_000_000_000_000, bp in 1i32..5_000, every in 1i32..24, days in 0i32..1_500) {
            let raised = Step::Percent(bp).raise(Money::from_mungo(price)).unwrap().mungo();
            let exact = i128::from(price) * i128::from(10_000 + bp);
            prop_assert!((i128::from(raised) * 10_000 - exact).abs() * 2 <= 10_000);

            let rule = Increase { every_months: Some(every), ..yearly(Step::Percent(bp)) };
            let last = rule.first_on.saturating_add(days.days());
            let Ok((at_once, after)) = rule.due(Money::from_mungo(price), None, last) else { return Ok(()) };
            let (mut one_by_one, mut standing, mut now) = (Vec::new(), rule, Money::from_mungo(price));
            while let Some(next) = standing.next_on.filter(|next| *next <= last) {
                let (prices, then) = standing.due(now, None, next).unwrap();
                now = prices.last().map_or(now, |new| new.price);
                one_by_one.extend(prices);
                standing = then;
            }
            prop_assert_eq!((at_once, after), (one_by_one, standing));
        }
    }
}
