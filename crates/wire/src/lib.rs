//! The JSON that crosses our API: requests and views, one file a slice. camelCase names, unknown fields refused,
//! money a decimal string of mungo, dates `2026-11-22`, moments RFC 3339 UTC.

pub mod page;

pub use page::{Envelope, Page, Refusal};
