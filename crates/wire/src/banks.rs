//! Bank accounts, how they stand with their banks, and the statements that were taken in.

use domain::{
    BankAccountId,
    bank::{Bank, ConnectionStatus},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A bank account of the owner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BankAccountView {
    pub id: BankAccountId,
    pub bank: Bank,
    /// Not the IBAN but the number within it.
    pub number: String,
    pub holder: String,
    pub currency: String,
    /// Tenants are told to pay to it.
    pub shown: bool,
    pub version: i32,
    /// Null while its bank is not asked for it.
    pub connection: Option<ConnectionView>,
}

/// How an account stands with its bank; what it signs in with goes in and never comes out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    pub status: ConnectionStatus,
    /// What the bank said when it did not answer as it should.
    pub said: String,
    /// When it was last asked.
    pub asked_at: Option<Timestamp>,
    /// The last day that was read whole.
    pub read_through: Option<Date>,
}

/// An account to be registered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewBankAccount {
    pub bank: Bank,
    /// The number, or the IBAN.
    #[schema(min_length = 5, max_length = 34, example = "5000123456")]
    pub number: String,
    /// The owner's own name when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub holder: Option<String>,
    /// `MNT` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 3, max_length = 3)]
    pub currency: Option<String>,
    /// Whether tenants are told to pay to it.
    #[serde(default)]
    pub shown: bool,
}

/// What may change of an account.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BankAccountChange {
    pub version: i32,
    #[schema(min_length = 1, max_length = 200)]
    pub holder: String,
    pub shown: bool,
}
