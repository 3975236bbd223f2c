//! How old what is owed is: by the due day, as of a day.

use jiff::civil::Date;

use crate::{Money, money::TooLarge};

words! {
    /// How long ago a bill fell due.
    Bucket {
        NotDue = "not_due",
        To30 = "to_30",
        To60 = "to_60",
        To90 = "to_90",
        To180 = "to_180",
        Over180 = "over_180",
    }
}

impl Bucket {
    /// The first and the last day late that it holds; `None` where it has no end.
    pub const fn days(self) -> (Option<i64>, Option<i64>) {
        match self {
            Bucket::NotDue => (None, Some(0)),
            Bucket::To30 => (Some(1), Some(30)),
            Bucket::To60 => (Some(31), Some(60)),
            Bucket::To90 => (Some(61), Some(90)),
            Bucket::To180 => (Some(91), Some(180)),
            Bucket::Over180 => (Some(181), None),
        }
    }

    /// Where a bill with that due day stands as of a day.
    pub fn of(due_on: Date, as_of: Date) -> Bucket {
        let late = days_late(due_on, as_of);
        let holds = |bucket: &&Bucket| {
            let (first, last) = bucket.days();
            first.is_none_or(|first| late >= first) && last.is_none_or(|last| late <= last)
        };
        Bucket::ALL.iter().find(holds).copied().expect("every number of days is in a bucket")
    }
}

/// The days since the due day; nothing or less while it is not over.
pub fn days_late(due_on: Date, as_of: Date) -> i64 {
    i64::from((as_of - due_on).get_days())
}

/// What is owed by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ages([Money; 6]);

impl Ages {
    /// In the order of [`Bucket::ALL`].
    pub fn new(amounts: [Money; 6]) -> Ages {
        Ages(amounts)
    }

    pub fn of(&self, bucket: Bucket) -> Money {
        self.0[bucket as usize]
    }

    /// Adds what is open of a bill.
    pub fn add(&mut self, bucket: Bucket, open: Money) -> Result<(), TooLarge> {
        let place = &mut self.0[bucket as usize];
        *place = place.checked_add(open)?;
        Ok(())
    }

    pub fn total(&self) -> Result<Money, TooLarge> {
        Money::sum(self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bill_ages_from_its_due_day() {
        let due_on = date(2026, 2, 28);
        let on = |days: i64| Bucket::of(due_on, due_on.saturating_add(days.days()));
        use Bucket::*;
        assert_eq!([-40, 0, 1, 30, 31, 60].map(on), [NotDue, NotDue, To30, To30, To60, To60]);
        assert_eq!([61, 90, 91, 180, 181, 4000].map(on), [To90, To90, To180, To180, Over180, Over180]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        #[test]
        fn ages_make_the_total_whatever_the_day(
            bills in proptest::collection::vec((0i64..1_000, 0i64..1_000_000_000_000), 0..20), day in 0i64..1_000,
        ) {
            let start = date(2026, 1, 1);
            let as_of = start.saturating_add(day.days());
            let mut ages = Ages::default();
            for (due, mungo) in &bills {
                ages.add(Bucket::of(start.saturating_add(due.days()), as_of), Money::from_mungo(*mungo)).expect("small");
            }
            prop_assert_eq!(ages.total(), Money::sum(bills.iter().map(|bill| Money::from_mungo(bill.1))));
            for bucket in Bucket::ALL {
                let (first, last) = bucket.days();
                let within = bills.iter().filter(|(due, _)| {
                    let late = day - due;
                    first.is_none_or(|first| late >= first) && last.is_none_or(|last| late <= last)
                });
                prop_assert_eq!(Ok(ages.of(*bucket)), Money::sum(within.map(|bill| Money::from_mungo(bill.1))));
            }
        }
    }
}
