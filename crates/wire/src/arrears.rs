//! Promises to pay, and reminders in stages.

use domain::{
    ContractId, InvoiceId, Money, PromiseToPayId, ReminderId, ReminderOrderId, TenantId,
    promise_to_pay::PromiseToPayStatus,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// That a tenant will pay so much of a contract's bills by a day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PromiseToPayView {
    pub id: PromiseToPayId,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    pub amount: Money,
    /// What was paid of the contract's bills since it was made, by its day.
    pub paid: Money,
    pub made_on: Date,
    pub due_on: Date,
    pub note: String,
    pub status: PromiseToPayStatus,
    pub settled_on: Option<Date>,
    pub created_at: Timestamp,
}

/// A tenant's promise, written down.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewPromiseToPay {
    pub contract_id: ContractId,
    pub amount: Money,
    /// Today at the earliest, 180 days from now at the latest.
    pub due_on: Date,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub note: String,
}

/// Why a promise is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PromiseToPayCancellation {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Which promises are asked for; the latest day first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PromiseToPayFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PromiseToPayStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<ContractId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// When an owner's tenants are reminded, and what the texts say.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReminderSettings {
    /// Reminders go out by themselves, each morning.
    pub automatic: bool,
    /// Three, in order.
    pub stages: Vec<ReminderStage>,
    /// The owner sends texts in Latin letters.
    pub latin: bool,
    /// What a part of a text costs today.
    pub part_price: Money,
}

/// A stage of reminders.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReminderStage {
    /// Days after the due day on which it begins.
    #[schema(minimum = 1, maximum = 365)]
    pub days_after_due: i32,
    /// In Cyrillic, with {owner}, {space}, {amount}, {days}, {link} filled in; empty: ours.
    #[schema(max_length = 400)]
    pub text: String,
    /// The same in Latin letters.
    #[schema(max_length = 400)]
    pub latin_text: String,
}

/// Changes when and how an owner's tenants are reminded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReminderSettingsChange {
    pub automatic: bool,
    #[schema(min_items = 3, max_items = 3)]
    pub stages: Vec<ReminderStage>,
}

/// Whose late bills are to be reminded of, and at which stage.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReminderOrder {
    #[schema(min_items = 1, max_items = 500)]
    pub contract_ids: Vec<ContractId>,
    /// 1 to 3; the one each has reached when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 3)]
    pub stage: Option<i16>,
}

/// What an order would send, to whom, and what it costs.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReminderPreview {
    pub recipients: Vec<ReminderRecipient>,
    /// Contracts that nothing is sent to.
    pub passed_over: Vec<ReminderPassedOver>,
    /// Parts of all texts.
    pub parts: i64,
    /// What they cost.
    pub cost: Money,
}

/// Somebody who is to be reminded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReminderRecipient {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub phone: String,
    pub stage: i16,
    /// What is overdue of the contract.
    pub amount: Money,
    /// Of the longest overdue bill.
    pub days_late: i64,
    /// The bills it is about.
    pub invoice_ids: Vec<InvoiceId>,
    /// With the link's secret part left out.
    pub text: String,
    pub parts: i64,
}

/// A contract that nothing is sent to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReminderPassedOver {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub because: ReminderPassedOverBecause,
}

/// Why nothing is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReminderPassedOverBecause {
    /// Nothing of it is overdue.
    NotOverdue,
    /// Its tenant has promised to pay by a day that is still to come.
    Promised,
    /// It was reminded at this stage before.
    Reminded,
    NoPhone,
}

impl ReminderPassedOverBecause {
    pub fn as_str(self) -> &'static str {
        match self {
            ReminderPassedOverBecause::NotOverdue => "not_overdue",
            ReminderPassedOverBecause::Promised => "promised",
            ReminderPassedOverBecause::Reminded => "reminded",
            ReminderPassedOverBecause::NoPhone => "no_phone",
        }
    }
}

/// Reminders that were sent together, and how far each got.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReminderOrderView {
    pub id: ReminderOrderId,
    pub on_day: Date,
    /// Somebody chose them; otherwise the clock did.
    pub by_hand: bool,
    pub made_by: Option<String>,
    pub waiting: i64,
    pub sent: i64,
    pub failed: i64,
    pub skipped: i64,
    /// Parts of the texts that went out.
    pub parts: i64,
    pub cost: Money,
    pub reminders: Vec<ReminderView>,
    pub created_at: Timestamp,
}

/// A reminder and how far it got.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReminderView {
    pub id: ReminderId,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub phone: Option<String>,
    pub stage: i16,
    pub state: ReminderState,
    /// Why it failed or was skipped, as a word or the gateway's own text.
    pub because: Option<String>,
    pub amount: Option<Money>,
    pub text: Option<String>,
    pub parts: Option<i32>,
    pub sent_on: Option<Date>,
}

/// How far a reminder got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReminderState {
    Waiting,
    Sent,
    /// The gateway refused it or could not be reached; it may be sent again.
    Failed,
    /// It may have arrived, and is not sent again.
    Unknown,
    Skipped,
}

impl ReminderState {
    pub fn as_str(self) -> &'static str {
        match self {
            ReminderState::Waiting => "waiting",
            ReminderState::Sent => "sent",
            ReminderState::Failed => "failed",
            ReminderState::Unknown => "unknown",
            ReminderState::Skipped => "skipped",
        }
    }
}
