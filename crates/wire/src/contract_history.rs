//! The history of a contract: what was done to it, when, by whom, and what changed by that.

use domain::{ContractEntryId, UserId, contract::What, rights::Role};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that was done to a contract.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractEntry {
    pub id: ContractEntryId,
    /// The contract's version after it.
    pub version: i32,
    pub recorded_at: Timestamp,
    /// Null for the workers.
    pub user_id: Option<UserId>,
    /// Null too for the platform's staff and for people who are gone.
    pub user_name: Option<String>,
    /// As what they did it.
    pub role: Role,
    /// The first day for which it holds.
    pub effective_on: Date,
    pub what: What,
    pub reason: Option<String>,
    pub changes: Vec<ContractDifference>,
}

/// What is no longer as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractDifference {
    /// The contract's field: `endsOn`; for a part of it `rooms.to` or `items.validTo`; `rooms` or `items` alone for a part
    /// that came or went.
    pub field: String,
    /// Which part: the room's number, the charge's name.
    pub name: Option<String>,
    /// Both as they stand in the contract's JSON; a part that came or went with its price or its first day.
    pub from: Option<String>,
    pub to: Option<String>,
}
