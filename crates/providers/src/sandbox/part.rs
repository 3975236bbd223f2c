//! What the sandbox wants of a simulator, so that one line plugs it in.

use axum::Router;
use domain::Money;
use jiff::Timestamp;
use serde::Serialize;

use super::{Ledger, Provider};

/// A provider's simulator, ready to be served.
pub trait Part: Send + Sync {
    fn provider(&self) -> Provider;

    /// The provider's own paths; the sandbox serves them below `/sandbox/{provider}`.
    fn router(&self) -> Router;

    /// Pages and JSON doors of its own, served below `/sandbox`: where a person or a script plays the other side.
    fn desk(&self) -> Router {
        Router::new()
    }

    /// What really happened, by reference.
    fn ledger(&self) -> Ledger;

    /// Lines for the sandbox's index: the wire and whatever else a script may call.
    fn doors(&self) -> Vec<Door>;

    /// Tax receipts for the receipts' page; most providers issue none.
    fn receipts(&self) -> Vec<ShownReceipt> {
        Vec::new()
    }
}

/// A path the sandbox serves, as its index lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Door {
    pub method: &'static str,
    /// From the root of the server: `/sandbox/qpay/invoices.json`.
    pub path: String,
    /// What it does, in Mongolian.
    pub what: &'static str,
    /// The same in English.
    pub what_en: &'static str,
}

/// A tax receipt as the sandbox shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownReceipt {
    /// The receipt's number (ДДТД).
    pub id: String,
    /// The caller's own reference, when it gave one.
    pub reference: Option<String>,
    /// `B2C_RECEIPT`, `B2B_RECEIPT` …
    pub kind: String,
    /// The seller's taxpayer number.
    pub merchant_tin: String,
    /// The buyer's taxpayer number, when it is a company.
    pub customer_tin: Option<String>,
    pub total: Money,
    pub vat: Money,
    pub lottery: Option<String>,
    /// The text of the receipt's QR.
    pub qr: Option<String>,
    pub lines: Vec<ShownLine>,
    pub issued_at: Option<Timestamp>,
    pub state: ReceiptState,
}

/// A line of a shown receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownLine {
    pub name: String,
    pub amount: Money,
}

/// Whether a receipt still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    Valid,
    Returned,
    Corrected,
}
