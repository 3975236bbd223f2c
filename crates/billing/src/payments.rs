//! Money that came in: recorded once, put on the oldest bills first, taken back by a row of its own.

mod record;

pub use self::record::{Incoming, Recorded, record};
