//! The month's run: what it would do, and what it did.

use domain::{ContractId, InvoiceId, Money, Month, MonthRunId, month_run::MonthRunStatus};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::increases::ComingIncrease;

/// What the run of a month would do, contract by contract, without doing it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthPreview {
    pub month: Month,
    /// The day on which the bills would be issued.
    pub issue_on: Date,
    pub lines: Vec<PreviewLine>,
    /// Prices that rise within the month and have not been put into effect yet; the amounts above count them.
    pub increases: Vec<ComingIncrease>,
    pub totals: PreviewTotals,
    /// The total moved further from last month's than the owner allows: the run wants `acceptDifference`.
    pub stopped: bool,
    /// Where the lines go on; `null` behind the last one.
    pub next_cursor: Option<String>,
}

/// One contract in the preview.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewLine {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub units: String,
    pub what: PreviewKind,
    /// Last month's bill.
    pub previous: Money,
    pub amount: Money,
    pub difference: Money,
    pub due_on: Option<Date>,
    /// Why it differs, in the reader's language.
    pub reasons: Vec<String>,
    /// The month's invoice, when it has been made already.
    pub invoice_id: Option<InvoiceId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PreviewKind {
    /// Billed for the first time.
    New,
    Changed,
    /// Billed last month, not this one.
    Ended,
    Same,
    /// Its figures do not add up; it is left out until somebody mends it.
    Parked,
}

impl PreviewKind {
    /// The noisiest first.
    pub const ALL: [PreviewKind; 5] =
        [PreviewKind::Changed, PreviewKind::New, PreviewKind::Ended, PreviewKind::Parked, PreviewKind::Same];

    /// As it is written in addresses and in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            PreviewKind::New => "new",
            PreviewKind::Changed => "changed",
            PreviewKind::Ended => "ended",
            PreviewKind::Same => "same",
            PreviewKind::Parked => "parked",
        }
    }
}

/// The preview's sums.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewTotals {
    pub previous: Money,
    pub amount: Money,
    pub difference: Money,
    pub new: i64,
    pub changed: i64,
    pub ended: i64,
    pub same: i64,
    pub parked: i64,
    /// Bills of the month that have been made already.
    pub billed: i64,
    /// Bills that a run would make now, and what they come to.
    pub to_bill: i64,
    pub to_bill_amount: Money,
    /// The same by kind, in the order of the page.
    pub kinds: Vec<PreviewTally>,
}

/// How many contracts are of a kind, and what they come to in both months.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewTally {
    pub what: PreviewKind,
    pub contracts: i64,
    pub previous: Money,
    pub amount: Money,
}

/// How the preview is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PreviewOrder {
    /// The day on which the bills would be issued; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue_on: Option<Date>,
    /// These contracts alone are listed; the totals count them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<PreviewKind>,
    /// All but those that stay the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differing: Option<bool>,
    /// 1 to 100; 50 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl PreviewOrder {
    /// Whether a contract with that change is listed.
    pub fn wants(&self, what: PreviewKind) -> bool {
        self.what.is_none_or(|wanted| wanted == what) && (self.differing != Some(true) || what != PreviewKind::Same)
    }
}

/// Runs the month.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RunOrder {
    /// Today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue_on: Option<Date>,
    /// Goes on although the total moved further than the owner allows.
    #[serde(default)]
    pub accept_difference: bool,
    /// Whether tenants are told by SMS; true when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send: Option<bool>,
}

/// What the run did; a second one creates nothing. A long run goes on behind the answer: `status` says whether it does, and
/// `GET /v2/month-runs/{id}` how far it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunResult {
    pub id: MonthRunId,
    pub status: MonthRunStatus,
    pub month: Month,
    /// Bills that will have been made once the run is done.
    pub to_bill: i64,
    /// Bills made so far.
    pub created: i64,
    /// Bills that were there before.
    pub existing: i64,
    pub parked: i64,
    /// Of the created ones.
    pub total: Money,
    pub first_code: Option<String>,
    pub last_code: Option<String>,
}

/// A run of a month: who ordered it, how far it is, what came of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthRunView {
    pub id: MonthRunId,
    pub month: Month,
    pub issue_on: Date,
    pub status: MonthRunStatus,
    /// The clock when nobody.
    pub ordered_by: Option<String>,
    pub ordered_at: Timestamp,
    /// Whether tenants are told.
    pub send: bool,
    /// How many contracts the run looks at.
    pub contracts: i64,
    /// How many of them it has gone through.
    pub gone_through: i64,
    /// How many lacked their bill when it was ordered.
    pub to_bill: i64,
    /// How many were billed before.
    pub existing: i64,
    /// How many bills it has made.
    pub billed: i64,
    pub parked: i64,
    /// Of the bills made.
    pub total: Money,
    pub first_code: Option<String>,
    pub last_code: Option<String>,
    /// Why it ended before its end, in the reader's language.
    pub stopped_because: Option<String>,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

/// A contract that a run left out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthRunParked {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub units: String,
    /// Last month's bill.
    pub previous: Money,
    /// In the reader's language.
    pub because: String,
}
