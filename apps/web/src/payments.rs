//! «Төлөлт»: money that came in and what it was put on, taken in by hand, taken back with a reason.

mod detail;
mod list;
mod new;
pub(crate) mod sample;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::Client;
use domain::{InvoiceId, Money, PaymentId, TenantId, rights::Action};
use futures_util::future::{OptionFuture, try_join, try_join3};
use wire::{
    Page as Rows,
    invoices::{InvoiceFilter, InvoiceRow},
    payments::{NewAllocation, PaymentAllocations, PaymentFilter, PaymentRelease, Reversal},
    tenants::{TenantFilter, TenantView},
};

pub use self::{detail::PaymentPage, list::PaymentList, new::NewPaymentPage};
use crate::{
    Site,
    api::Api,
    clock, exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form, panel, table},
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/payments", get(list))
        .route("/payments/export", get(export))
        .route("/payments/new", get(blank).post(record))
        .route("/payments/{id}", get(show))
        .route("/payments/{id}/allocations", post(allocate))
        .route("/payments/{id}/releases", post(release))
        .route("/payments/{id}/reversal", post(reverse))
}

/// The payments of the address, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = PaymentFilter { cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/payments/export", &filter).await
}

fn asked(reader: &Reader) -> Result<PaymentFilter, Problem> {
    Ok(PaymentFilter {
        from: reader.asked("from", read::date)?,
        to: reader.asked("to", read::date)?,
        method: reader.asked("method", read::word)?,
        tenant_id: reader.asked("tenantId", read::word)?,
        limit: None,
        cursor: reader.param("cursor"),
    })
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let open: Option<PaymentId> = reader.asked("panel", read::word)?;
    // htmx takes one piece of the page; what it does not take is not asked for.
    let (for_panel, for_list) =
        (reader.target.as_deref() == Some(panel::ID), reader.target.as_deref() == Some(table::ID));

    let rows = async { if for_panel { Ok(None) } else { api.payments(&filter).await.map(Some) } };
    let totals = async { if for_panel { Ok(None) } else { api.payment_totals(&filter).await.map(Some) } };
    let opened = async {
        let one = open.filter(|_| !for_list).map(|id| api.payment(id));
        OptionFuture::from(one).await.transpose()
    };
    let (reader, (rows, totals, opened)) = api.page(reader, try_join3(rows, totals, opened)).await?;
    let rows = rows.unwrap_or(Rows { items: Vec::new(), next_cursor: None });
    let page = PaymentList { rows: rows.items, next: rows.next_cursor, totals, opened };
    Ok(page.render(&reader).into_response())
}

async fn show(api: Api, reader: Reader, Path(id): Path<PaymentId>) -> Result<Response, Problem> {
    let (reader, payment) = api.page(reader, api.payment(id)).await?;
    Ok(PaymentPage { payment, reversal: Form::default() }.render(&reader).into_response())
}

/// Puts the rest on the invoices due first.
async fn allocate(
    api: Api,
    reader: Reader,
    Path(id): Path<PaymentId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let status = match api.allocate_payment(id, &PaymentAllocations { allocations: None }, &form.key()).await {
        Ok(_) => return Ok(Flash::good(reader.say("payment-allocated")).on(&format!("/payments/{id}"))),
        Err(refusal) => form.refused(refusal, |_| None)?,
    };
    again(&api, reader, id, form, status).await
}

/// Takes all that it pays of one invoice off it.
async fn release(
    api: Api,
    reader: Reader,
    Path(id): Path<PaymentId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    let part = form.value("part").split_once(' ').and_then(|(invoice, amount)| {
        Some(NewAllocation { invoice_id: read::word(invoice)?, amount: Money::from_mungo(amount.parse().ok()?) })
    });
    let reason = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned()));
    if let (Some(part), Some(reason)) = (part, reason) {
        let off = PaymentRelease { allocations: vec![part], reason };
        match api.release_payment(id, &off, &form.key()).await {
            Ok(_) => return Ok(Flash::good(reader.say("payment-released")).on(&format!("/payments/{id}"))),
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    again(&api, reader, id, form, status).await
}

/// The page come back with what was refused.
async fn again(api: &Api, reader: Reader, id: PaymentId, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let (reader, payment) = api.page(reader, api.payment(id)).await?;
    Ok((status, PaymentPage { payment, reversal: form }.render(&reader)).into_response())
}

async fn reverse(
    api: Api,
    reader: Reader,
    Path(id): Path<PaymentId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(reason) = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())) {
        match api.reverse_payment(id, &Reversal { reason }, &form.key()).await {
            Ok(_) => return Ok(Flash::good(reader.say("payment-reversed")).on(&format!("/payments/{id}"))),
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    again(&api, reader, id, form, status).await
}

/// The form for the tenant of the address, or the tenants to choose from.
async fn blank(api: Api, reader: Reader) -> Result<Response, Problem> {
    let tenant: Option<TenantId> = reader.asked("tenantId", read::word)?;
    let invoice: Option<InvoiceId> = reader.asked("invoiceId", read::word)?;
    match tenant {
        Some(id) => {
            let (reader, (tenant, open)) = api.page(reader, owing(&api, id)).await?;
            allowed(&reader)?;
            let page = NewPaymentPage::blank(tenant, open, invoice, clock::today());
            Ok(page.render(&reader).into_response())
        }
        None => {
            let filter = TenantFilter { q: reader.param("q"), limit: Some(30), cursor: None };
            let (reader, found) = api.page(reader, api.tenants(&filter)).await?;
            allowed(&reader)?;
            Ok(NewPaymentPage::Choose { tenants: found.items }.render(&reader).into_response())
        }
    }
}

/// Who may not record money is told before they have filled in a form.
fn allowed(reader: &Reader) -> Result<(), Problem> {
    if reader.may(Action::RecordPayments) { Ok(()) } else { Err(Problem::forbidden()) }
}

/// The tenant and what they owe, the first due first.
async fn owing(api: &Client, id: TenantId) -> client::Result<(TenantView, Vec<InvoiceRow>)> {
    let open = InvoiceFilter { tenant_id: Some(id), open: Some(true), limit: Some(100), ..InvoiceFilter::default() };
    let (tenant, open) = try_join(api.tenant(id), api.invoices(&open)).await?;
    let mut rows = open.items;
    rows.sort_by(|a, b| (a.due_on, &a.code).cmp(&(b.due_on, &b.code)));
    Ok((tenant, rows))
}

async fn record(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let Some(id) = read::word::<TenantId>(form.value("tenantId")) else {
        return Err(Problem::not_found("thing-tenant"));
    };
    let (reader, (tenant, open)) = api.page(reader, owing(&api, id)).await?;
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(new) = new::read(&reader, &mut form, id, &open, clock::today()) {
        match api.record_payment(&new, &form.key()).await {
            Ok(payment) => {
                let mut told = reader
                    .say_with("payment-recorded", &[("amount", fmt::money_text(payment.amount).into())])
                    .into_owned();
                if payment.credit.is_positive() {
                    told.push(' ');
                    let credit = fmt::money_text(payment.credit);
                    told.push_str(&reader.say_with("payment-left-over", &[("credit", credit.into())]));
                }
                return Ok(Flash::good(told).on(&format!("/payments/{}", payment.id)));
            }
            Err(refusal) => status = form.refused(refusal, new::field)?,
        }
    }
    let page = NewPaymentPage::Write { tenant: Box::new(tenant), open, form };
    Ok((status, page.render(&reader)).into_response())
}

#[cfg(test)]
mod tests;
