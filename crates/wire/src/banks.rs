//! Bank accounts, how they stand with their banks, and the statements that were taken in.

use domain::{
    BankAccountId, BankStatementId, BankTransactionId, Money,
    bank::{Bank, ConnectionStatus, LineState, Precision, StatementSource},
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
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

/// How a statement is to be read; the file itself is the body.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct StatementOrder {
    /// The account that it must be of.
    pub account_id: BankAccountId,
    /// true: nothing is written.
    #[serde(default)]
    pub dry_run: bool,
    /// Columns of a table that is no bank's known layout, as JSON: `{"date": "A", "description": "B", "amount": "C"}`;
    /// null where no column holds a field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
    /// What the file is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(max_length = 200)]
    pub file_name: Option<String>,
}

/// What a statement holds, and what became of its lines.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementReport {
    pub dry_run: bool,
    pub account_id: BankAccountId,
    /// By what it is listed; null when nothing of it was new, and when nothing was written.
    pub statement_id: Option<BankStatementId>,
    /// Which of the known layouts it has; `table` is read by its words.
    pub layout: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    /// What came in, and below nought what went out.
    pub total_in: Money,
    pub total_out: Money,
    pub lines: Vec<BankStatementLine>,
    pub counts: StatementCounts,
    /// Rows that could not be read and are left out.
    pub problems: Vec<StatementProblem>,
    /// Rows outside the days that the file says it speaks of.
    pub rows_outside: Vec<u32>,
    /// The columns of a table: letter, words, and what each was taken for.
    pub columns: Vec<StatementColumn>,
}

/// How many lines of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementCounts {
    pub lines: i64,
    pub new: i64,
    /// Known already, from another file or from the bank.
    pub known: i64,
    pub problems: i64,
    pub linked: i64,
    pub probable: i64,
    pub unknown: i64,
    pub ignored: i64,
}

/// A line of a statement.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BankStatementLine {
    pub id: BankTransactionId,
    pub row: u32,
    /// On Ulaanbaatar's clocks: `2026-10-02T17:18:17`.
    #[schema(value_type = String)]
    pub booked_at: DateTime,
    pub precision: Precision,
    /// Below nought when it went out.
    pub amount: Money,
    pub balance_after: Option<Money>,
    pub text: String,
    pub counter_account: Option<String>,
    pub counter_name: Option<String>,
    /// It is known already; its state is the one it has.
    pub duplicate: bool,
    /// Known by its minute only: a person may know better.
    pub doubtful: bool,
    pub state: LineState,
    /// By what it was judged.
    pub basis: String,
    pub linked: Vec<LinkedPart>,
    /// Numbers of the invoices that it may be for, the best first.
    pub candidates: Vec<String>,
    /// Why, in a sentence.
    pub reason: String,
}

/// What a line paid of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkedPart {
    /// The invoice's number.
    pub invoice: String,
    pub amount: Money,
}

/// A row that could not be read.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementProblem {
    pub row: u32,
    pub field: String,
    pub message: String,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementColumn {
    pub letter: String,
    pub words: String,
    /// What it was taken for; null: nothing.
    pub field: Option<String>,
}

/// Which statements.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct StatementFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<BankAccountId>,
    /// 1 to 100; 50 when left out.
    #[param(minimum = 1, maximum = 100)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A statement that was taken in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BankStatementView {
    pub id: BankStatementId,
    pub account_id: BankAccountId,
    pub source: StatementSource,
    /// Empty when the bank was asked.
    pub file_name: String,
    pub layout: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub opening: Option<Money>,
    pub closing: Option<Money>,
    pub total_in: Money,
    pub total_out: Money,
    pub lines: i32,
    pub new_lines: i32,
    /// Null: the command line, or the clock.
    pub taken_by: Option<String>,
    pub created_at: Timestamp,
}

/// What a bank gave to read an account with. What moves money is never asked for, and refused like any unknown field.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewBankConnection {
    /// Khan: the consumer key. Golomt: the login name. TDB: the client's id.
    #[schema(min_length = 1, max_length = 200)]
    pub key: String,
    /// Khan: the secret. Golomt: the password. TDB: the client's secret.
    #[schema(min_length = 1, max_length = 200)]
    pub secret: String,
    /// Golomt: 16, 24 or 32 letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 32)]
    pub session_key: Option<String>,
    /// Golomt: 16 letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 16)]
    pub iv_key: Option<String>,
    /// Golomt: the register number under which the account is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20)]
    pub register_no: Option<String>,
    /// Golomt: with some contracts only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub client_id: Option<String>,
}

impl std::fmt::Debug for NewBankConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewBankConnection(…)")
    }
}
