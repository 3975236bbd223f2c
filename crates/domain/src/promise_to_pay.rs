//! A promise to pay: so much by a day, kept or broken by what is paid until then.

use jiff::civil::Date;

use crate::Money;

words! {
    /// Where a promise to pay stands.
    PromiseToPayStatus {
        /// Its day has not gone by.
        Open = "open",
        /// So much was paid by its day.
        Kept = "kept",
        /// Its day went by without it.
        Broken = "broken",
        Cancelled = "cancelled",
    }
}

life! {
    PromiseToPayStatus:
    Open => Kept | Broken | Cancelled,
    // Money that was paid in time and entered late.
    Broken => Kept,
    // A payment that was taken back.
    Kept => Open | Broken,
}

impl PromiseToPayStatus {
    /// While it holds, nobody is reminded.
    pub fn holds(self) -> bool {
        self == PromiseToPayStatus::Open
    }
}

/// What a promise has come to: `paid` is what was paid since it was made, by its day.
pub fn judged(promised: Money, due_on: Date, paid: Money, today: Date) -> PromiseToPayStatus {
    match () {
        () if paid.compare(promised).is_ge() => PromiseToPayStatus::Kept,
        () if today > due_on => PromiseToPayStatus::Broken,
        () => PromiseToPayStatus::Open,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn it_is_kept_by_money_and_broken_by_the_day() {
        let on = |paid, day| {
            judged(Money::from_mungo(100), date(2026, 11, 20), Money::from_mungo(paid), date(2026, 11, day))
        };
        use PromiseToPayStatus::*;
        assert_eq!([on(0, 10), on(99, 20), on(100, 10), on(99, 21), on(101, 30)], [Open, Open, Kept, Broken, Kept]);
    }

    #[test]
    fn it_takes_only_the_published_steps() {
        let steps = PromiseToPayStatus::ALL
            .iter()
            .flat_map(|from| PromiseToPayStatus::ALL.iter().map(move |to| from.may_become(*to)))
            .filter(|may| *may);
        assert_eq!(steps.count(), 6);
        assert!(PromiseToPayStatus::ALL.iter().all(|to| !PromiseToPayStatus::Cancelled.may_become(*to)));
    }
}
