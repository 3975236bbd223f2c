//! The world outside: one folder a provider (wire, client, simulator, tests), one small trait for each thing the
//! business wants of it, and the sandbox that serves every simulator.

pub mod call;
pub mod ebarimt;
pub mod qpay;
pub mod receipts;
pub mod sandbox;
pub mod sms;

pub use call::{Answer, CallError};
