//! What is overdue: ages, penalties, promises to pay, reminders.

use domain::{ContractId, InvoiceId, PromiseToPayId, ReminderOrderId, WriteOffId};
use serde_json::json;
use wire::{
    Page,
    arrears::{
        NewPromiseToPay, PromiseToPayCancellation, PromiseToPayFilter, PromiseToPayView, ReminderOrder,
        ReminderOrderView, ReminderPreview, ReminderSettings, ReminderSettingsChange,
    },
    penalties::{PenaltiesDone, PenaltyFilter, PenaltyOrder, PenaltyRow, PenaltyTerms, PenaltyTotals, PenaltyWaiver},
    receivables::{ReceivableFilter, ReceivableLine, ReceivableLineFilter, ReceivableRow, ReceivableTotals},
    write_offs::{NewWriteOff, WriteOffDecision, WriteOffFilter, WriteOffReversal, WriteOffView},
};

use crate::{Client, problem::Result};

impl Client {
    pub async fn receivables(&self, filter: &ReceivableFilter) -> Result<Page<ReceivableRow>> {
        self.get("/v2/receivables", filter).await
    }

    pub async fn receivable_totals(&self, filter: &ReceivableFilter) -> Result<ReceivableTotals> {
        self.get("/v2/receivables/totals", filter).await
    }

    /// The open bills behind a figure.
    pub async fn receivable_lines(&self, filter: &ReceivableLineFilter) -> Result<Page<ReceivableLine>> {
        self.get("/v2/receivables/lines", filter).await
    }

    pub async fn penalties(&self, filter: &PenaltyFilter) -> Result<Page<PenaltyRow>> {
        self.get("/v2/penalties", filter).await
    }

    pub async fn penalty_totals(&self, filter: &PenaltyFilter) -> Result<PenaltyTotals> {
        self.get("/v2/penalties/totals", filter).await
    }

    pub async fn charge_penalties(&self, order: &PenaltyOrder, key: &str) -> Result<PenaltiesDone> {
        self.post_once("/v2/penalties/charges", order, key).await
    }

    pub async fn waive_penalties(&self, waiver: &PenaltyWaiver, key: &str) -> Result<PenaltiesDone> {
        self.post_once("/v2/penalties/waivers", waiver, key).await
    }

    pub async fn penalty_terms(&self, contract: ContractId) -> Result<PenaltyTerms> {
        self.get(&format!("/v2/contracts/{contract}/penalty-terms"), &()).await
    }

    /// What was given up for good, or asked to be.
    pub async fn write_offs(&self, filter: &WriteOffFilter) -> Result<Page<WriteOffView>> {
        self.get("/v2/write-offs", filter).await
    }

    pub async fn ask_write_off(&self, invoice: InvoiceId, new: &NewWriteOff, key: &str) -> Result<WriteOffView> {
        self.post_once(&format!("/v2/invoices/{invoice}/write-offs"), new, key).await
    }

    pub async fn decide_write_off(
        &self,
        id: WriteOffId,
        decision: &WriteOffDecision,
        key: &str,
    ) -> Result<WriteOffView> {
        self.post_once(&format!("/v2/write-offs/{id}/decision"), decision, key).await
    }

    pub async fn reverse_write_off(&self, id: WriteOffId, why: &WriteOffReversal, key: &str) -> Result<WriteOffView> {
        self.post_once(&format!("/v2/write-offs/{id}/reversal"), why, key).await
    }

    pub async fn set_penalty_terms(&self, contract: ContractId, terms: &PenaltyTerms) -> Result<PenaltyTerms> {
        self.put(&format!("/v2/contracts/{contract}/penalty-terms"), terms).await
    }

    pub async fn promises_to_pay(&self, filter: &PromiseToPayFilter) -> Result<Page<PromiseToPayView>> {
        self.get("/v2/promises-to-pay", filter).await
    }

    pub async fn promise_to_pay(&self, new: &NewPromiseToPay, key: &str) -> Result<PromiseToPayView> {
        self.post_once("/v2/promises-to-pay", new, key).await
    }

    pub async fn cancel_promise_to_pay(
        &self,
        id: PromiseToPayId,
        why: &PromiseToPayCancellation,
    ) -> Result<PromiseToPayView> {
        self.post(&format!("/v2/promises-to-pay/{id}/cancellation"), why).await
    }

    pub async fn reminder_settings(&self) -> Result<ReminderSettings> {
        self.get("/v2/reminder-settings", &()).await
    }

    pub async fn change_reminder_settings(&self, change: &ReminderSettingsChange) -> Result<ReminderSettings> {
        self.put("/v2/reminder-settings", change).await
    }

    /// What an order would send and cost; nothing is written.
    pub async fn preview_reminders(&self, order: &ReminderOrder) -> Result<ReminderPreview> {
        self.post("/v2/reminder-orders/preview", order).await
    }

    pub async fn order_reminders(&self, order: &ReminderOrder, key: &str) -> Result<ReminderOrderView> {
        self.post_once("/v2/reminder-orders", order, key).await
    }

    pub async fn reminder_order(&self, id: ReminderOrderId) -> Result<ReminderOrderView> {
        self.get(&format!("/v2/reminder-orders/{id}"), &()).await
    }

    pub async fn retry_reminders(&self, id: ReminderOrderId, key: &str) -> Result<ReminderOrderView> {
        self.post_once(&format!("/v2/reminder-orders/{id}/retry"), &json!({}), key).await
    }
}
