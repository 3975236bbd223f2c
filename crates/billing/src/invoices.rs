//! Invoices: made one by one or by the month's run, issued under a number without gaps, never edited afterwards.

mod link;
mod standing;

pub use self::link::{link_token, link_url};
pub(crate) use self::{
    link::link_hash,
    standing::{Standing, Step, save as save_standings, standing},
};
