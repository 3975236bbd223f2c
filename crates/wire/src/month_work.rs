//! A month's work in order: what is done of each step, what is open, who did it and when.

use domain::Month;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The steps of a month, in the order in which they are taken.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthWork {
    pub month: Month,
    pub steps: Vec<MonthWorkStep>,
}

/// One step.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthWorkStep {
    pub step: MonthStep,
    pub state: MonthStepState,
    pub done: i64,
    pub open: i64,
    /// What is done and what is open, by its own words.
    pub parts: Vec<MonthWorkPart>,
    /// Who did it last; the clock when nobody.
    pub who: Option<String>,
    pub at: Option<Timestamp>,
}

/// A part of a step's count: `delivered` of the bills that were sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthWorkPart {
    pub what: String,
    pub count: i64,
}

/// What there is to do in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MonthStep {
    Readings,
    UnusualReadings,
    /// The charges previewed and the run made.
    Charges,
    Drafts,
    /// Issued and sent.
    Sending,
    /// What came in, put on bills.
    Payments,
    Penalties,
    Reminders,
    /// Tax receipts.
    Receipts,
    Bank,
    Reports,
    Lock,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MonthStepState {
    /// Nothing to do.
    Nothing,
    Open,
    Done,
}

impl MonthStep {
    /// As it is written in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            MonthStep::Readings => "readings",
            MonthStep::UnusualReadings => "unusual_readings",
            MonthStep::Charges => "charges",
            MonthStep::Drafts => "drafts",
            MonthStep::Sending => "sending",
            MonthStep::Payments => "payments",
            MonthStep::Penalties => "penalties",
            MonthStep::Reminders => "reminders",
            MonthStep::Receipts => "receipts",
            MonthStep::Bank => "bank",
            MonthStep::Reports => "reports",
            MonthStep::Lock => "lock",
        }
    }
}
