//! What the person with an invoice's link sees and does.

use serde_json::json;
use wire::{
    documents::InvoicePaper,
    links::{IntentView, LinkedInvoice, NewIntent},
};

use crate::{Client, problem::Result};

impl Client {
    pub async fn linked_invoice(&self, token: &str) -> Result<LinkedInvoice> {
        self.get(&format!("/v2/links/{token}"), &()).await
    }

    pub async fn linked_paper(&self, token: &str) -> Result<InvoicePaper> {
        self.get(&format!("/v2/links/{token}/paper"), &()).await
    }

    pub async fn make_linked_paper(&self, token: &str) -> Result<InvoicePaper> {
        self.post(&format!("/v2/links/{token}/paper"), &json!({})).await
    }

    pub async fn ask_to_pay(&self, token: &str, new: &NewIntent) -> Result<IntentView> {
        self.post(&format!("/v2/links/{token}/payment-intents"), new).await
    }
}
