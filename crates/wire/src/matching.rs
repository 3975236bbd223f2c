//! Bank lines and what they pay: what matching says of them, what a person decides, what undoing undoes.

use domain::{
    BankAccountId, BankTransactionId, ContractId, InvoiceId, Money, Month, PaymentId, TenantId,
    bank::{Bank, LineState, Precision},
    matching::{Basis, Clue},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::payments::AllocationView;

/// Which lines are asked for; those of a state in the order of time, the oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct MatchingFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<LineState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<BankAccountId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A movement on an account of the owner's, and what is known of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingLine {
    pub id: BankTransactionId,
    pub account_id: BankAccountId,
    pub bank: Bank,
    pub account_number: String,
    pub posted_at: Timestamp,
    pub precision: Precision,
    /// In above, out below nought.
    pub amount: Money,
    /// As the bank says it.
    pub description: String,
    pub counter_account: Option<String>,
    pub counter_name: Option<String>,
    pub state: LineState,
    /// Null while nobody has judged it.
    pub basis: Option<Basis>,
    pub reasons: Vec<MatchingReason>,
    /// Bills that it may be for and that are still open, best first.
    pub candidates: Vec<MatchingCandidate>,
    /// What it was recorded as.
    pub payments: Vec<MatchingPayment>,
    /// The line that it takes back.
    pub reverses_id: Option<BankTransactionId>,
    /// Why a person ignores it or undid it.
    pub note: String,
    pub version: i32,
}

/// What speaks for a bill or says why a line waits, and the number or code that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingReason {
    pub clue: Clue,
    #[serde(default)]
    pub word: String,
}

/// A bill that a line may be for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingCandidate {
    pub invoice_id: InvoiceId,
    pub invoice_code: String,
    pub period: Month,
    pub due_on: Date,
    /// What is left of it.
    pub open: Money,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub units: String,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    pub reasons: Vec<MatchingReason>,
}

/// A payment that a line was recorded as.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingPayment {
    pub payment_id: PaymentId,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    pub amount: Money,
    /// What no bill needed.
    pub credit: Money,
    pub allocations: Vec<AllocationView>,
}

/// How many lines of a state there are, and their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingTotal {
    pub state: LineState,
    pub count: i64,
    pub amount: Money,
}

/// What a run made of the lines that waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingRun {
    pub lines: i64,
    pub linked: i64,
    pub probable: i64,
    pub unknown: i64,
    pub ignored: i64,
    pub linked_amount: Money,
}

/// What a line pays, as a person says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewMatchingLink {
    /// Bills of one or several tenants. Left out: the best candidate, or what is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 100)]
    pub parts: Option<Vec<NewMatchingPart>>,
    /// Whose credit the rest is; the first bill's tenant when left out. Without parts all of it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// Writes off what is missing of the bills, within the owner's limit.
    #[serde(default)]
    pub write_off: bool,
    /// Does not remember the sender for these contracts.
    #[serde(default)]
    pub forget_sender: bool,
}

/// A part of a line on a bill.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewMatchingPart {
    pub invoice_id: InvoiceId,
    /// As much as is open and left when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// Why a line is ignored, looked at again, or undone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MatchingWhy {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What undoing a link would take back with it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingUndoing {
    pub line_id: BankTransactionId,
    pub payments: Vec<MatchingPayment>,
    /// Bills that are owed again.
    pub reopened: Vec<AllocationView>,
    /// Tax receipts of these payments that are out or on their way.
    pub receipts: i64,
    /// Senders that were learnt from it and are forgotten.
    pub senders: i64,
    /// The month whose lock forbids it.
    pub locked_month: Option<Month>,
}

/// What the owner lets be written off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchingRules {
    /// What may be missing of a bill for the rest to be written off; nought: nothing is.
    pub difference_limit: Money,
}

/// Another limit.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MatchingRulesChange {
    pub difference_limit: Money,
}
