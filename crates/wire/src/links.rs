//! What the person with an invoice's link sees and does, without signing in.

use domain::{
    IntentId, Money, Month,
    invoice::InvoiceStatus,
    payment::{IntentStatus, PaymentMethod},
    receipt::ReceiptStatus,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::invoices::InvoiceItemView;

/// The tenant's view of one invoice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkedInvoice {
    pub code: String,
    pub status: InvoiceStatus,
    pub owner_name: String,
    pub owner_phone: Option<String>,
    pub customer_name: String,
    pub property_name: String,
    pub units: String,
    pub contract_code: String,
    pub period: Month,
    pub issued_on: Date,
    pub due_on: Date,
    pub subtotal: Money,
    pub vat_amount: Money,
    pub total: Money,
    pub paid_amount: Money,
    /// What is left to pay.
    pub balance: Money,
    /// What was taken off it since it went out, oldest first.
    #[serde(default)]
    pub corrections: Vec<LinkedCorrection>,
    /// What the contract owes besides, of this month and those before.
    #[serde(default)]
    pub previous_balance: Money,
    /// What was paid more than was billed.
    #[serde(default)]
    pub credit: Money,
    pub items: Vec<InvoiceItemView>,
    pub bank_accounts: Vec<PayableAccount>,
    /// The QR that was asked for: one that can be paid now or in a moment, or `failed` when none could be had.
    pub intent: Option<IntentView>,
    pub payments: Vec<LinkedPayment>,
    pub receipts: Vec<LinkedReceipt>,
}

/// A correction of the bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkedCorrection {
    pub code: String,
    pub issued_on: Date,
    /// Below nothing.
    pub total: Money,
}

/// An account that money can be sent to, and what to write.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayableAccount {
    /// `khan`, `golomt`, `tdb` or `other`.
    pub bank: String,
    pub number: String,
    pub holder: String,
    /// The transfer's text: the invoice number.
    pub reference: String,
}

/// A request for payment at a QR provider.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IntentView {
    pub id: IntentId,
    pub provider: PaymentMethod,
    pub status: IntentStatus,
    pub amount: Money,
    /// What the QR says; null until the provider has answered.
    pub qr_text: Option<String>,
    pub short_url: Option<String>,
    pub bank_links: Vec<BankLinkView>,
    pub expires_at: Option<Timestamp>,
}

/// A button for one bank's application.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BankLinkView {
    pub name: String,
    pub description: String,
    pub link: String,
}

/// Money that came in for it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkedPayment {
    pub method: PaymentMethod,
    pub amount: Money,
    pub paid_at: Timestamp,
}

/// The tax receipt for the tenant, with lottery number and QR as long as the law lets us hold them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkedReceipt {
    pub status: ReceiptStatus,
    pub receipt_no: Option<String>,
    pub amount: Money,
    pub vat_amount: Money,
    pub provider_date: Option<String>,
    pub lottery: Option<String>,
    pub qr_data: Option<String>,
}

/// Asks for a QR for what is left to pay.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewIntent {
    /// `qpay`.
    pub provider: PaymentMethod,
}
