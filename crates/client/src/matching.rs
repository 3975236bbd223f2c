//! Bank lines and what they pay.

use domain::BankTransactionId;
use http::Method;
use serde_json::json;
use wire::{
    Page,
    matching::{
        MatchingFilter, MatchingLine, MatchingRun, MatchingTotal, MatchingUndoing, MatchingWhy, NewMatchingLink,
    },
};

use crate::{Body, Client, problem::Result};

impl Client {
    pub async fn bank_lines(&self, filter: &MatchingFilter) -> Result<Page<MatchingLine>> {
        self.get("/v2/bank-lines", filter).await
    }

    pub async fn bank_line_totals(&self, filter: &MatchingFilter) -> Result<Vec<MatchingTotal>> {
        self.get("/v2/bank-lines/totals", filter).await
    }

    pub async fn bank_line(&self, id: BankTransactionId) -> Result<MatchingLine> {
        self.get(&format!("/v2/bank-lines/{id}"), &()).await
    }

    /// Judges all lines that wait.
    pub async fn match_bank_lines(&self, key: &str) -> Result<MatchingRun> {
        self.post_once("/v2/bank-lines/runs", &json!({}), key).await
    }

    pub async fn link_bank_line(
        &self,
        id: BankTransactionId,
        new: &NewMatchingLink,
        key: &str,
    ) -> Result<MatchingLine> {
        self.post_once(&format!("/v2/bank-lines/{id}/link"), new, key).await
    }

    pub async fn ignore_bank_line(&self, id: BankTransactionId, why: &MatchingWhy) -> Result<MatchingLine> {
        self.put(&format!("/v2/bank-lines/{id}/ignored"), why).await
    }

    pub async fn regard_bank_line(&self, id: BankTransactionId) -> Result<MatchingLine> {
        self.ask(Method::DELETE, &format!("/v2/bank-lines/{id}/ignored"), Body::None, &[]).await?.json()
    }

    /// What undoing a line's link takes back with it.
    pub async fn bank_line_undoing(&self, id: BankTransactionId) -> Result<MatchingUndoing> {
        self.get(&format!("/v2/bank-lines/{id}/undoing"), &()).await
    }

    pub async fn undo_bank_line(&self, id: BankTransactionId, why: &MatchingWhy, key: &str) -> Result<MatchingLine> {
        self.post_once(&format!("/v2/bank-lines/{id}/undoing"), why, key).await
    }
}
