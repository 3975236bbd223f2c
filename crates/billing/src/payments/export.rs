//! The list of payments as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::{Month, month_report::MonthReport, rights::Action};
use wire::{
    Page,
    payments::{PaymentFilter, PaymentView},
};
use words::{say, term};

use super::queries::{self, Place};
use crate::months::reports;

pub(super) struct Payments(pub PaymentFilter);

impl List for Payments {
    const NAME: &'static str = "payments";
    const AUDIT: &'static str = "payment.export";
    const RIGHT: Action = Action::ReadPayments;
    type Row = PaymentView;

    fn columns() -> Columns<PaymentView> {
        Columns::new()
            .text("tenant", 36, |payment: &PaymentView| &payment.tenant_name)
            .moment("paid-at", |payment| Some(payment.paid_at))
            .term("method", "payment-method", |payment| Some(payment.method.as_str()))
            .text("payer", 24, |payment| &payment.payer)
            .maybe("reference", 24, |payment| payment.provider_reference.as_deref())
            .made("invoice", 30, |payment, _| {
                let codes = payment.allocations.iter().filter_map(|part| part.invoice_code.as_deref());
                codes.collect::<Vec<_>>().join(", ")
            })
            .sum("amount", |payment| payment.amount)
            .price("allocated", |payment| payment.allocated)
            .sum("credit", |payment| payment.credit)
            .made("status", 16, |payment, lang| match payment.reverses_id {
                Some(_) => say(lang, "payment-is-reversal", &[]).into_owned(),
                None => term(lang, "payment-status", payment.status.as_str()).into_owned(),
            })
            .text("note", 30, |payment| &payment.note)
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        said.add("from", filter.from)
            .add("to", filter.to)
            .term("method", "payment-method", filter.method.map(|method| method.as_str()))
            .named(tx, "tenant", "select name from tenants where id = $1", filter.tenant_id)
            .await?;
        Ok(())
    }

    async fn taken(&self, tx: &Tx, rows: usize) -> Result<()> {
        let month = self.0.from.map(Month::of);
        let month = month.filter(|month| {
            (self.0.from, self.0.to) == (Some(month.first_day()), Some(month.last_day()))
                && reports::asks_only(&self.0, &["from", "to"])
        });
        reports::keep(tx, MonthReport::Collections, month, rows).await
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<PaymentView>> {
        let window = Window::of_export(cursor)?;
        let payments = queries::page(tx, &self.0, &window).await?;
        Ok(window.page(payments, |payment| Place(payment.paid_at, payment.id)))
    }
}
