//! The present moment and day, for what a page only shows; what is decided by it, the API decides.

use jiff::{Timestamp, civil::Date, tz::Offset};

/// The present moment.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Today in Ulaanbaatar: UTC+8 without summer time.
pub fn today() -> Date {
    Offset::constant(8).to_datetime(now()).date()
}
