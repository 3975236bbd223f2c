//! How far a new owner has come.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The first steps, in the order in which they are taken.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SetupView {
    pub steps: Vec<SetupStep>,
    /// Every step is done.
    pub complete: bool,
}

/// One step.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SetupStep {
    pub step: Step,
    pub done: bool,
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Telephone and address, as they stand on bills.
    Company,
    Property,
    Rooms,
    /// One in force.
    Contract,
    /// An account that tenants pay to: QPay.
    Payments,
}
