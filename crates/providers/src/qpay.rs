//! QPay: one QR that every bank app in Mongolia pays.

mod client;
pub mod emv;
pub mod simulator;
mod tokens;
mod wire;

pub use client::{QPay, Settings};
pub use simulator::Simulator;

#[cfg(test)]
mod tests;
