//! The month, invoices and payments.

use domain::{BulkOrderId, InvoiceId, Month, PaymentId};
use serde_json::json;
use wire::{
    Page, Paging,
    bulk::{BulkItemFilter, BulkItemView, BulkOrderView, BulkPaper, BulkPreview, NewBulkOrder},
    documents::InvoicePaper,
    invoices::{Cancellation, InvoiceFilter, InvoiceRow, InvoiceTotals, InvoiceView, NewCorrection, NewInvoice},
    months::{MonthPreview, PreviewOrder, RunOrder, RunResult},
    payments::{NewPayment, PaymentFilter, PaymentTotals, PaymentView, Reversal},
    qpay::{NewQpayAccount, QpayAccountView},
    setup::SetupView,
};

use crate::{Client, problem::Result};

impl Client {
    /// How far a new owner has come.
    pub async fn setup(&self) -> Result<SetupView> {
        self.get("/v2/setup", &()).await
    }

    /// The owner's account at QPay.
    pub async fn qpay_account(&self) -> Result<QpayAccountView> {
        self.get("/v2/qpay-account", &()).await
    }

    pub async fn connect_qpay(&self, new: &NewQpayAccount) -> Result<QpayAccountView> {
        self.put("/v2/qpay-account", new).await
    }

    pub async fn month_preview(&self, month: Month, order: &PreviewOrder) -> Result<MonthPreview> {
        self.get(&format!("/v2/months/{month}/preview"), order).await
    }

    pub async fn run_month(&self, month: Month, order: &RunOrder, key: &str) -> Result<RunResult> {
        self.post_once(&format!("/v2/months/{month}/run"), order, key).await
    }

    pub async fn invoices(&self, filter: &InvoiceFilter) -> Result<Page<InvoiceRow>> {
        self.get("/v2/invoices", filter).await
    }

    pub async fn invoice_totals(&self, filter: &InvoiceFilter) -> Result<InvoiceTotals> {
        self.get("/v2/invoices/totals", filter).await
    }

    pub async fn invoice(&self, id: InvoiceId) -> Result<InvoiceView> {
        self.get(&format!("/v2/invoices/{id}"), &()).await
    }

    pub async fn make_invoice(&self, new: &NewInvoice, key: &str) -> Result<InvoiceView> {
        self.post_once("/v2/invoices", new, key).await
    }

    pub async fn issue_invoice(&self, id: InvoiceId, key: &str) -> Result<InvoiceView> {
        self.post_once(&format!("/v2/invoices/{id}/issuance"), &json!({}), key).await
    }

    pub async fn correct_invoice(&self, id: InvoiceId, new: &NewCorrection, key: &str) -> Result<InvoiceView> {
        self.post_once(&format!("/v2/invoices/{id}/correction"), new, key).await
    }

    pub async fn invoice_paper(&self, id: InvoiceId) -> Result<InvoicePaper> {
        self.get(&format!("/v2/invoices/{id}/paper"), &()).await
    }

    pub async fn make_invoice_paper(&self, id: InvoiceId, key: &str) -> Result<InvoicePaper> {
        self.post_once(&format!("/v2/invoices/{id}/paper"), &json!({}), key).await
    }

    pub async fn preview_bulk_order(&self, new: &NewBulkOrder) -> Result<BulkPreview> {
        self.post("/v2/bulk-orders/preview", new).await
    }

    pub async fn make_bulk_order(&self, new: &NewBulkOrder, key: &str) -> Result<BulkOrderView> {
        self.post_once("/v2/bulk-orders", new, key).await
    }

    pub async fn bulk_orders(&self, paging: &Paging) -> Result<Page<BulkOrderView>> {
        self.get("/v2/bulk-orders", paging).await
    }

    pub async fn bulk_order(&self, id: BulkOrderId) -> Result<BulkOrderView> {
        self.get(&format!("/v2/bulk-orders/{id}"), &()).await
    }

    pub async fn bulk_items(&self, id: BulkOrderId, filter: &BulkItemFilter) -> Result<Page<BulkItemView>> {
        self.get(&format!("/v2/bulk-orders/{id}/items"), filter).await
    }

    pub async fn retry_bulk_order(&self, id: BulkOrderId, key: &str) -> Result<BulkOrderView> {
        self.post_once(&format!("/v2/bulk-orders/{id}/retry"), &json!({}), key).await
    }

    pub async fn bulk_paper(&self, id: BulkOrderId) -> Result<BulkPaper> {
        self.get(&format!("/v2/bulk-orders/{id}/paper"), &()).await
    }

    pub async fn cancel_invoice(&self, id: InvoiceId, why: &Cancellation, key: &str) -> Result<InvoiceView> {
        self.post_once(&format!("/v2/invoices/{id}/cancellation"), why, key).await
    }

    pub async fn payments(&self, filter: &PaymentFilter) -> Result<Page<PaymentView>> {
        self.get("/v2/payments", filter).await
    }

    pub async fn payment_totals(&self, filter: &PaymentFilter) -> Result<PaymentTotals> {
        self.get("/v2/payments/totals", filter).await
    }

    pub async fn payment(&self, id: PaymentId) -> Result<PaymentView> {
        self.get(&format!("/v2/payments/{id}"), &()).await
    }

    pub async fn record_payment(&self, new: &NewPayment, key: &str) -> Result<PaymentView> {
        self.post_once("/v2/payments", new, key).await
    }

    pub async fn reverse_payment(&self, id: PaymentId, why: &Reversal, key: &str) -> Result<PaymentView> {
        self.post_once(&format!("/v2/payments/{id}/reversal"), why, key).await
    }
}
