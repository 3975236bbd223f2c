//! What a contract is settled with when it ends before its time.

use domain::{ContractId, InvoiceId, Money, Month, PaymentId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which termination is looked at before it is made.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct TerminationAsked {
    /// The last day; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Whether the deposit pays what is open.
    #[serde(default)]
    pub set_off_deposit: bool,
}

/// A settlement: its months, what pays it, and what remains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettlementView {
    pub contract_id: ContractId,
    /// The last day.
    pub on: Date,
    pub months: Vec<SettledMonth>,
    /// What the contract owed before.
    pub open_before: Money,
    /// The bills that are made.
    pub billed: Money,
    /// Bills that are taken back and corrections.
    pub taken_back: Money,
    /// The tenant's credit, with what corrections make free.
    pub credit: Money,
    pub credit_used: Money,
    /// The deposit in hand.
    pub deposit_held: Money,
    /// What of it pays the bills.
    pub set_off: Money,
    /// What the tenant still has to pay.
    pub to_pay: Money,
    pub credit_left: Money,
    /// What may be given back of the deposit.
    pub deposit_left: Money,
    /// The payment that the set-off is; null before it is made, and without one.
    pub payment_id: Option<PaymentId>,
}

/// A month of a settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettledMonth {
    pub month: Month,
    pub step: SettlementStep,
    /// The bill that is there, by its number; null when the month was not billed.
    pub invoice_code: Option<String>,
    pub invoice_id: Option<InvoiceId>,
    /// What it was billed with; null when it was not.
    pub billed: Option<Money>,
    /// What its days come to.
    pub used: Money,
    /// What the settlement adds to what is owed, or takes off.
    pub difference: Money,
    /// What of a correction was still open of the bill; the rest becomes the tenant's credit.
    #[serde(default)]
    pub netted: Money,
    pub lines: Vec<SettledLine>,
    /// The bill or the correction that is made; null before, and when none is.
    pub made_id: Option<InvoiceId>,
}

/// What a settlement does about a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettlementStep {
    /// It was billed for the days used.
    Stands,
    /// It is billed for the days used.
    Bill,
    /// Nothing was paid of its bill: it is taken back and made anew.
    Anew,
    /// Its bill is taken back, no day of it was used.
    Cancel,
    /// Something was paid of its bill: a correction takes off what was not used.
    Correct,
}

/// A line of a month: the days used and what they come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettledLine {
    pub name: String,
    pub amount: Money,
    pub days_used: i64,
    pub days_in_month: i64,
    /// `17/30 хоног × …`, in the reader's language.
    pub how: String,
}
