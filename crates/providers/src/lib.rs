//! The world outside: one folder a provider (wire, client, simulator, tests), one small trait for each thing the
//! business wants of it, and the sandbox that serves every simulator.

pub mod banks;
pub mod call;
pub mod ebarimt;
pub mod http;
pub mod mail;
pub mod qpay;
pub mod qr;
pub mod qr_payments;
pub mod receipts;
pub mod sandbox;
pub mod sms;
pub mod text_messages;

pub use self::http::Secret;
pub use banks::AccountStatements;
pub use call::{Answer, CallError};
pub use mail::Mail;
pub use qr_payments::QrPayments;
pub use text_messages::TextMessages;
