//! Statements of account: what was owed when a period began, what came and went in it, what is owed at its end.

use domain::{ContractId, InvoiceId, Money, Month, PaymentId, TenantId, invoice::InvoiceKind, payment::PaymentMethod};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which period is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct StatementPeriod {
    /// The first day; the first of January when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(example = "2026-01-01")]
    pub from: Option<Date>,
    /// The last day; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(example = "2026-11-30")]
    pub to: Option<Date>,
}

/// A statement of account: the opening balance and its lines make the closing one, to the möngö.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementView {
    pub tenant_id: TenantId,
    pub tenant_name: String,
    /// A company's seven digits or a citizen's two letters and eight digits.
    pub register_no: Option<String>,
    /// Null when it is over all contracts of the tenant.
    pub contract_id: Option<ContractId>,
    pub contract_code: Option<String>,
    /// The contract's rooms by their numbers.
    pub units: Option<String>,
    pub from: Date,
    pub to: Date,
    /// Owed when the first day began; below nought: paid in advance.
    pub opening: Money,
    pub lines: Vec<StatementLine>,
    /// Σ of what was billed in the period.
    pub billed: Money,
    /// Σ of what was paid in the period, less what was taken back.
    pub paid: Money,
    /// Owed when the last day ended: opening + billed − paid.
    pub closing: Money,
    /// Of a contract: what the tenant has paid that stands on no bill yet, which is nobody's contract's.
    pub unused_credit: Option<Money>,
}

/// One thing that changed the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementLine {
    /// The day of the bill, or on which the money counted.
    pub on: Date,
    pub what: StatementWhat,
    /// The bill's number, or the provider's of the payment.
    pub document: Option<String>,
    pub invoice_id: Option<InvoiceId>,
    pub payment_id: Option<PaymentId>,
    /// Of a bill.
    pub kind: Option<InvoiceKind>,
    /// Of a bill: the month it is for.
    pub period: Option<Month>,
    /// Of a payment.
    pub method: Option<PaymentMethod>,
    /// Of a bill: the contract it is of.
    pub contract_code: Option<String>,
    /// What is owed more; below nought for a credit note.
    pub billed: Money,
    /// What is owed less; below nought when a payment was taken back.
    pub paid: Money,
    /// Owed after this line.
    pub balance: Money,
}

/// What a line tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementWhat {
    Invoice,
    Payment,
    Reversal,
    /// Given up for good, or owed again.
    WriteOff,
}

impl StatementWhat {
    pub fn as_str(self) -> &'static str {
        match self {
            StatementWhat::Invoice => "invoice",
            StatementWhat::Payment => "payment",
            StatementWhat::Reversal => "reversal",
            StatementWhat::WriteOff => "write_off",
        }
    }
}
