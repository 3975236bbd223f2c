//! The month, invoices and payments.

use domain::{BulkOrderId, InvoiceId, ListViewId, Month, MonthRunId, PaymentId};
use http::Method;
use serde_json::json;
use wire::{
    Page, Paging,
    bulk::{BulkItemFilter, BulkItemView, BulkOrderView, BulkPaper, BulkPreview, NewBulkOrder},
    documents::InvoicePaper,
    invoices::{Cancellation, InvoiceFilter, InvoiceRow, InvoiceTotals, InvoiceView, NewCorrection, NewInvoice},
    list_views::{InvoiceListView, InvoiceListViews, NewInvoiceListView},
    month_reports::MonthReports,
    month_work::MonthWork,
    months::{MonthPreview, MonthRunParked, MonthRunView, PreviewOrder, RunOrder, RunResult},
    payments::{NewPayment, PaymentAllocations, PaymentFilter, PaymentRelease, PaymentTotals, PaymentView, Reversal},
    qpay::{NewQpayAccount, QpayAccountView},
    setup::SetupView,
    tie_outs::{MonthLockView, MonthUnlock, TieOutView},
};

use crate::{Body, Client, problem::Result};

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

    /// How a month's books tie, and whether it is locked.
    pub async fn tie_out(&self, month: Month) -> Result<TieOutView> {
        self.get(&format!("/v2/months/{month}/tie-out"), &()).await
    }

    pub async fn lock_month(&self, month: Month, key: &str) -> Result<MonthLockView> {
        self.post_once(&format!("/v2/months/{month}/lock"), &json!({}), key).await
    }

    pub async fn unlock_month(&self, month: Month, why: &MonthUnlock, key: &str) -> Result<MonthLockView> {
        self.post_once(&format!("/v2/months/{month}/unlock"), why, key).await
    }

    /// The month's work in order.
    pub async fn month_work(&self, month: Month) -> Result<MonthWork> {
        self.get(&format!("/v2/months/{month}/work"), &()).await
    }

    /// Which of a month's reports were taken along.
    pub async fn month_reports(&self, month: Month) -> Result<MonthReports> {
        self.get(&format!("/v2/months/{month}/reports"), &()).await
    }

    /// The latest first.
    pub async fn month_runs(&self, month: Month, paging: &Paging) -> Result<Page<MonthRunView>> {
        self.get(&format!("/v2/months/{month}/runs"), paging).await
    }

    pub async fn month_run(&self, id: MonthRunId) -> Result<MonthRunView> {
        self.get(&format!("/v2/month-runs/{id}"), &()).await
    }

    /// Whom a run left out, and why.
    pub async fn month_run_parked(&self, id: MonthRunId, paging: &Paging) -> Result<Page<MonthRunParked>> {
        self.get(&format!("/v2/month-runs/{id}/parked"), paging).await
    }

    /// One's own views of the list of invoices, and those that others share.
    pub async fn invoice_views(&self) -> Result<InvoiceListViews> {
        self.get("/v2/invoice-views", &()).await
    }

    pub async fn make_invoice_view(&self, new: &NewInvoiceListView) -> Result<InvoiceListView> {
        self.post("/v2/invoice-views", new).await
    }

    pub async fn change_invoice_view(&self, id: ListViewId, new: &NewInvoiceListView) -> Result<InvoiceListView> {
        self.put(&format!("/v2/invoice-views/{id}"), new).await
    }

    pub async fn remove_invoice_view(&self, id: ListViewId) -> Result<()> {
        self.ask(Method::DELETE, &format!("/v2/invoice-views/{id}"), Body::None, &[]).await.map(drop)
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

    /// Puts what is left of a payment on bills.
    pub async fn allocate_payment(&self, id: PaymentId, on: &PaymentAllocations, key: &str) -> Result<PaymentView> {
        self.post_once(&format!("/v2/payments/{id}/allocations"), on, key).await
    }

    /// Takes parts of a payment off the bills that they pay.
    pub async fn release_payment(&self, id: PaymentId, off: &PaymentRelease, key: &str) -> Result<PaymentView> {
        self.post_once(&format!("/v2/payments/{id}/releases"), off, key).await
    }

    pub async fn reverse_payment(&self, id: PaymentId, why: &Reversal, key: &str) -> Result<PaymentView> {
        self.post_once(&format!("/v2/payments/{id}/reversal"), why, key).await
    }
}
