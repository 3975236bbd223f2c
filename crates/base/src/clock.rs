//! The present moment, handed to whoever needs it, so that a test can stand on the last day of February.

use std::sync::{Arc, Mutex};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Where `now` comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Stands still until it is moved.
    Held(Arc<Mutex<Timestamp>>),
}

impl Clock {
    pub fn held(at: Timestamp) -> Clock {
        Clock::Held(Arc::new(Mutex::new(at)))
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Held(at) => *at.lock().expect("nobody panics while holding the clock"),
        }
    }

    /// Moves a held clock; the system's can't be moved.
    pub fn move_to(&self, to: Timestamp) {
        if let Clock::Held(at) = self {
            *at.lock().expect("nobody panics while holding the clock") = to;
        }
    }

    /// The business day: today in Ulaanbaatar.
    pub fn today(&self) -> Date {
        business_day(self.now())
    }
}

/// The day in Ulaanbaatar on which a moment falls.
pub fn business_day(at: Timestamp) -> Date {
    at.to_zoned(ulaanbaatar()).date()
}

/// Asia/Ulaanbaatar, UTC+8 without summer time since 2017.
pub fn ulaanbaatar() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}
