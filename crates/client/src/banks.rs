//! The owner's bank accounts and their statements.

use bytes::Bytes;
use domain::BankAccountId;
use http::Method;
use wire::{
    Page,
    banks::{
        BankAccountChange, BankAccountView, BankStatementView, ConnectionView, NewBankAccount, NewBankConnection,
        StatementFilter, StatementOrder, StatementReport,
    },
};

use crate::{Body, Client, Problem, Result};

impl Client {
    pub async fn bank_accounts(&self) -> Result<Vec<BankAccountView>> {
        self.get("/v2/bank-accounts", &()).await
    }

    pub async fn create_bank_account(&self, new: &NewBankAccount) -> Result<BankAccountView> {
        self.post("/v2/bank-accounts", new).await
    }

    pub async fn edit_bank_account(&self, id: BankAccountId, change: &BankAccountChange) -> Result<BankAccountView> {
        self.patch(&format!("/v2/bank-accounts/{id}"), change).await
    }

    /// Keeps what the bank gave to read the account with, and has it tried.
    pub async fn connect_bank_account(&self, id: BankAccountId, new: &NewBankConnection) -> Result<ConnectionView> {
        self.put(&format!("/v2/bank-accounts/{id}/connection"), new).await
    }

    pub async fn disconnect_bank_account(&self, id: BankAccountId) -> Result<()> {
        self.ask(Method::DELETE, &format!("/v2/bank-accounts/{id}/connection"), Body::None, &[]).await.map(drop)
    }

    /// Has the bank asked now.
    pub async fn test_bank_account(&self, id: BankAccountId) -> Result<ConnectionView> {
        self.ask(Method::POST, &format!("/v2/bank-accounts/{id}/connection/tests"), Body::None, &[]).await?.json()
    }

    /// The statements that were taken in, newest first.
    pub async fn bank_statements(&self, filter: &StatementFilter) -> Result<Page<BankStatementView>> {
        self.get("/v2/bank-statements", filter).await
    }

    /// Takes in a statement; written only when the order is not a dry run.
    pub async fn import_statement(&self, order: &StatementOrder, file: Bytes) -> Result<StatementReport> {
        let query = serde_urlencoded::to_string(order).map_err(|error| Problem::ours(error.to_string()))?;
        let body = Body::File { kind: "application/octet-stream".to_owned(), bytes: file };
        self.flow(Method::POST, &format!("/v2/imports/statements?{query}"), body, &[]).await?.collect().await?.json()
    }
}
