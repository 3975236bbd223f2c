//! Deposits: the register, and the entries of one contract.

use domain::{
    ContractId, DepositEntryId, Money, PaymentId, PropertyId, TenantId, contract::ContractStatus, deposit::DepositKind,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The deposit of a contract.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DepositView {
    pub contract_id: ContractId,
    pub sums: DepositSums,
    /// What a whole month of rent comes to today, with taxes: what months of rent are counted in.
    pub month_of_rent: Money,
    /// As they were entered.
    pub entries: Vec<DepositEntryView>,
}

/// What entries add up to: `received − setOff − refunded + corrected = held`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DepositSums {
    pub due: Money,
    pub received: Money,
    pub set_off: Money,
    pub refunded: Money,
    /// Corrections of what is held; may be negative.
    pub corrected: Money,
    pub held: Money,
    /// What is still to be deposited; nothing once the contract is over.
    pub missing: Money,
}

/// An entry of a deposit; it is never changed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DepositEntryView {
    pub id: DepositEntryId,
    pub kind: DepositKind,
    pub on: Date,
    /// What it adds to what is due.
    pub due_amount: Money,
    /// What it adds to what is held.
    pub held_amount: Money,
    pub reference: String,
    pub reason: String,
    /// Of a set-off: the payment that it is.
    pub payment_id: Option<PaymentId>,
    /// The entry that this one puts right.
    pub corrects_id: Option<DepositEntryId>,
    /// It was put right by another.
    pub is_corrected: bool,
    pub created_at: Timestamp,
}

/// What a person enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NewDepositKind {
    /// So much is to be deposited altogether, as an amount or as months of rent; what was due before counts towards it.
    Due,
    Received,
    Refunded,
    /// Puts an entry right, as if it had never been.
    Corrected,
}

/// A new entry of a deposit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewDepositEntry {
    pub kind: NewDepositKind,
    /// Today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Of what is due: months of rent instead of an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 24)]
    pub months: Option<i32>,
    /// The bank's or the cash book's number.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub reference: String,
    /// Of a correction it is needed.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
    /// Of a correction: the entry that was wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects_id: Option<DepositEntryId>,
}

/// Pays what is owed out of the deposit.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewDepositSetOff {
    /// All that is owed, as far as it is held, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    #[serde(default)]
    #[schema(max_length = 500)]
    pub note: String,
}

/// A contract of the register.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DepositRow {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub contract_status: ContractStatus,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    pub property_id: PropertyId,
    pub property_name: String,
    pub units: String,
    pub sums: DepositSums,
    /// What is held by the ledger; the same as by the entries.
    pub ledger_held: Money,
    /// The day of its latest entry.
    pub last_on: Date,
}

/// Which deposits are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct DepositFilter {
    /// As it was at the end of that day; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// Only those of which something is held, or missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(inline)]
    pub standing: Option<DepositStanding>,
    /// Part of the contract's code, the tenant's name or a unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// How a deposit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepositStanding {
    Held,
    Missing,
}

/// What the filtered deposits add up to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DepositTotals {
    pub count: i64,
    pub sums: DepositSums,
    /// What is held by the ledger.
    pub ledger_held: Money,
}
