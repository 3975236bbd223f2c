//! The month's tie-out, and the lock behind which nothing of it changes any more.

use domain::{Money, Month, PropertyId, tie_out::TieOutWhat};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was owed, what changed it and what is owed, by every book there is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TieOutView {
    pub month: Month,
    /// By name; those in which nothing was ever owed are not in it.
    pub buildings: Vec<TieOutBuilding>,
    pub total: TieOutFigures,
    /// What the ledger is held against over all buildings, as of the month's end.
    pub checks: Vec<TieOutCheck>,
    /// Every difference is zero.
    pub ties: bool,
    pub lock: MonthLockView,
}

/// The receivables of one building.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TieOutBuilding {
    pub property_id: PropertyId,
    pub property_name: String,
    pub figures: TieOutFigures,
}

/// `opening + charges + penalties − credits − payments = closing = aging = statements`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TieOutFigures {
    /// Owed when the month began, by the ledger.
    pub opening: Money,
    pub charges: Money,
    pub penalties: Money,
    /// Corrections, and bills that were taken back.
    pub credits: Money,
    /// What payments paid of bills.
    pub payments: Money,
    /// Owed when the month ended, by the ledger.
    pub closing: Money,
    /// The same by the bills that were open on that day.
    pub aging: Money,
    /// The same by the statements of account.
    pub statements: Money,
    /// How far the sum of the month is from the closing figure.
    pub rolled_difference: Money,
    pub aging_difference: Money,
    pub statements_difference: Money,
}

impl TieOutFigures {
    pub fn ties(&self) -> bool {
        [self.rolled_difference, self.aging_difference, self.statements_difference].iter().all(|off| off.is_zero())
    }
}

/// One figure of the ledger against the same figure kept elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TieOutCheck {
    pub what: TieOutWhat,
    pub ledger: Money,
    pub other: Money,
    pub difference: Money,
}

/// Whether a month may still change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthLockView {
    pub month: Month,
    /// By a lock of its own or of a later month.
    pub is_locked: bool,
    /// The last month that is locked; it is the one that can be opened again.
    pub last_locked: Option<Month>,
    /// The month's own locks, the latest first.
    pub history: Vec<MonthLockEntry>,
}

/// A lock, and what opened it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthLockEntry {
    pub locked_at: Timestamp,
    /// Who locked it, by name.
    pub locked_by: Option<String>,
    pub unlocked_at: Option<Timestamp>,
    pub unlocked_by: Option<String>,
    pub reason: Option<String>,
}

/// Why a locked month is opened again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MonthUnlock {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}
