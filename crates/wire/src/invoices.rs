//! Invoices and their lines.

use domain::{
    ContractId, InvoiceId, InvoiceItemId, Money, Month, PaymentId, PropertyId, ReceiptId, TenantId,
    contract::{TaxKind, VatMode},
    invoice::{InvoiceKind, InvoiceStatus},
    payment::PaymentMethod,
    receipt::{ReceiptStatus, ReceiptType},
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An invoice as a line of a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceRow {
    pub id: InvoiceId,
    /// Null while it is a draft.
    pub code: Option<String>,
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_id: TenantId,
    pub customer_name: String,
    pub units: String,
    pub property_id: PropertyId,
    pub period: Month,
    pub issued_on: Option<Date>,
    pub due_on: Option<Date>,
    pub vat_amount: Money,
    pub total: Money,
    pub paid_amount: Money,
    /// What is still owed of it.
    pub balance: Money,
    pub version: i32,
    /// Where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<InvoiceStanding>,
}

/// How far an invoice's text, receipt and reminders are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceStanding {
    /// What was charged for paying it late.
    pub penalty: Money,
    /// `delivered`, `accepted`, `waiting` or `failed`, the furthest of its texts; null without one.
    pub sending: Option<String>,
    /// Of its receipts the one that needs somebody most.
    pub receipt: Option<ReceiptStatus>,
    /// The last reminder of it, of three.
    pub reminded_stage: Option<i16>,
    pub reminded_on: Option<Date>,
}

/// An invoice, whole.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceView {
    pub id: InvoiceId,
    pub code: Option<String>,
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_id: TenantId,
    pub customer_name: String,
    pub customer_register_no: Option<String>,
    pub customer_tin: Option<String>,
    pub units: String,
    pub property_id: PropertyId,
    pub period: Month,
    pub issued_on: Option<Date>,
    pub due_on: Option<Date>,
    /// Without taxes.
    pub subtotal: Money,
    pub vat_amount: Money,
    pub city_tax_amount: Money,
    /// With taxes.
    pub total: Money,
    pub paid_amount: Money,
    pub balance: Money,
    pub corrects_id: Option<InvoiceId>,
    /// The number of the bill that it corrects.
    pub corrects_code: Option<String>,
    /// What was taken off it since it went out, oldest first.
    pub corrections: Vec<InvoiceCorrection>,
    /// What the contract owes besides, of this month and those before.
    pub previous_balance: Money,
    /// What the tenant has paid more than was billed; null to whom payments are not shown.
    pub credit: Option<Money>,
    pub note: String,
    pub items: Vec<InvoiceItemView>,
    pub payments: Vec<InvoicePaymentView>,
    pub receipts: Vec<ReceiptView>,
    /// The page that the tenant gets by SMS; null for a draft.
    pub link_url: Option<String>,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A line of an invoice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceItemView {
    pub id: InvoiceItemId,
    pub description: String,
    pub quantity: Decimal,
    pub unit_price: Money,
    /// With taxes.
    pub amount: Money,
    pub tax_kind: TaxKind,
    /// The VAT in the amount.
    pub tax: Money,
    /// How it was made, a sentence in the reader's language: `124.5 м² × 15 000 ₮ × 17/30 хоног`.
    pub how: String,
}

/// Money that was put on an invoice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoicePaymentView {
    pub payment_id: PaymentId,
    pub method: PaymentMethod,
    pub paid_at: Timestamp,
    pub amount: Money,
}

/// A correction of an invoice, as the invoice tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceCorrection {
    pub id: InvoiceId,
    pub code: String,
    pub issued_on: Date,
    /// Below nothing.
    pub total: Money,
    /// Why; empty for a tenant.
    pub reason: String,
}

/// A tax receipt as staff see it: no lottery number, no QR.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    pub id: ReceiptId,
    #[serde(rename = "type")]
    pub kind: ReceiptType,
    pub status: ReceiptStatus,
    pub amount: Money,
    pub vat_amount: Money,
    /// 33 digits.
    pub receipt_no: Option<String>,
    /// As the tax office wrote it, Ulaanbaatar time.
    pub provider_date: Option<String>,
}

/// A one-off invoice for a contract.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewInvoice {
    pub contract_id: ContractId,
    /// `sale`, `fee` or `discount`; bills of the month are made by the month's run. The amounts of a discount are what it
    /// takes off what the contract owes.
    pub kind: InvoiceKind,
    /// This month when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Month>,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub note: String,
    #[schema(min_items = 1, max_items = 100)]
    pub items: Vec<NewInvoiceItem>,
    /// Gives it its number and sends it at once; otherwise it stays a draft.
    #[serde(default)]
    pub issue: bool,
}

/// A line of a one-off invoice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewInvoiceItem {
    #[schema(min_length = 1, max_length = 200)]
    pub description: String,
    /// One when left out; at most six decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Decimal>,
    pub unit_price: Money,
    /// `included` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_mode: Option<VatMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classification_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption_code: Option<String>,
}

/// Why an invoice is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Cancellation {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What is taken off an issued invoice, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "reason": "Талбайн хэмжээ буруу байсан" }))]
pub struct NewCorrection {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
    /// The lines that were wrong; all that is left of the invoice when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 1000)]
    pub lines: Option<Vec<NewCorrectionLine>>,
}

/// How much of a line is taken off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewCorrectionLine {
    /// The invoice's line.
    pub item_id: InvoiceItemId,
    /// With taxes; all that is left of the line when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// Which invoices are asked for; newest period first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct InvoiceFilter {
    /// Single ones, by their ids with commas between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Month>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<InvoiceStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<InvoiceKind>,
    /// true: something of it is still owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// true: open and due before today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<bool>,
    /// true: issued, not void: what counts as billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billed: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<ContractId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    /// No less than this, in mungo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_total: Option<Money>,
    /// No more than this, in mungo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_total: Option<Money>,
    /// Open and late by at least so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 0, maximum = 36500)]
    pub late_from: Option<u16>,
    /// Open and late by at most so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 0, maximum = 36500)]
    pub late_to: Option<u16>,
    /// true: a text of it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<bool>,
    /// Part of the code, the contract's code, the customer's name, register number or telephone, or a unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// true: rows tell how far text, receipt and reminders are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What the filtered invoices add up to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceTotals {
    pub count: i64,
    pub vat_amount: Money,
    pub total: Money,
    pub paid_amount: Money,
    pub balance: Money,
}
