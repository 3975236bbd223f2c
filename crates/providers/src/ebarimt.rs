//! eBarimt (PosAPI 3.0): tax receipts through the small daemon that every seller runs, and the public look-ups.
//!
//! Two rules of the tax office shape everything here. A receipt that may have been issued is never sent again, for the
//! daemon can't be asked about it and a second one is as legal as the first. The lottery number and the QR data are
//! shown to the buyer and not kept, so no type here prints them.

mod client;
mod request;
pub mod simulator;
#[cfg(test)]
mod tests;
mod wire;

pub use client::{Client, Settings};
