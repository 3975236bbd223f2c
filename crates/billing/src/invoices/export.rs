//! The list of invoices as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::{Money, month_report::MonthReport, rights::Action};
use wire::{
    Page,
    invoices::{InvoiceFilter, InvoiceRow, InvoiceStanding},
};

use super::queries::{self, Place};
use crate::months::reports;

pub(super) struct Invoices(pub InvoiceFilter);

fn standing(invoice: &InvoiceRow) -> Option<&InvoiceStanding> {
    invoice.standing.as_ref()
}

impl List for Invoices {
    const NAME: &'static str = "invoices";
    const AUDIT: &'static str = "invoice.export";
    const RIGHT: Action = Action::ReadInvoices;
    type Row = InvoiceRow;

    fn columns() -> Columns<InvoiceRow> {
        Columns::new()
            .maybe("invoice-no", 18, |invoice: &InvoiceRow| invoice.code.as_deref())
            .day("issued-on", |invoice| invoice.issued_on)
            .day("due-on", |invoice| invoice.due_on)
            .text("tenant", 36, |invoice| &invoice.customer_name)
            .text("contract", 18, |invoice| &invoice.contract_code)
            .text("space", 16, |invoice| &invoice.units)
            .made("month", 10, |invoice, _| invoice.period.to_string())
            .term("kind", "invoice-kind", |invoice| Some(invoice.kind.as_str()))
            .sum("amount", |invoice| invoice.total)
            .sum("vat", |invoice| invoice.vat_amount)
            .sum("paid", |invoice| invoice.paid_amount)
            .sum("balance", |invoice| invoice.balance)
            .sum("desk-penalty", |invoice| standing(invoice).map_or(Money::ZERO, |standing| standing.penalty))
            .term("status", "invoice-status", |invoice| Some(invoice.status.as_str()))
            .term("desk-sending", "run-part", |invoice| standing(invoice)?.sending.as_deref())
            .term("receipt", "receipt-status", |invoice| Some(standing(invoice)?.receipt?.as_str()))
            .day("desk-reminded", |invoice| standing(invoice)?.reminded_on)
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        said.add("month", filter.period)
            .add("export-search", filter.q.as_ref())
            .term("status", "invoice-status", filter.status.map(|status| status.as_str()))
            .term("kind", "invoice-kind", filter.kind.map(|kind| kind.as_str()))
            .either(filter.open, "export-only-open", "export-only-closed")
            .flag(filter.overdue == Some(true), "invoices-overdue")
            .flag(filter.billed == Some(true), "invoices-billed")
            .named(tx, "contract", "select code from contracts where id = $1", filter.contract_id)
            .await?
            .named(tx, "tenant", "select name from tenants where id = $1", filter.tenant_id)
            .await?
            .named(tx, "building", "select name from properties where id = $1", filter.property_id)
            .await?;
        Ok(())
    }

    async fn taken(&self, tx: &Tx, rows: usize) -> Result<()> {
        let month = self.0.period.filter(|_| reports::asks_only(&self.0, &["period"]));
        reports::keep(tx, MonthReport::Charges, month, rows).await
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<InvoiceRow>> {
        let window = Window::of_export(cursor)?;
        let filter = InvoiceFilter { standing: Some(true), ..self.0.clone() };
        let invoices = queries::page(tx, &filter, &window).await?;
        Ok(window.page(invoices, |invoice| Place(invoice.period, invoice.id)))
    }
}
