//! «Нэхэмжлэл»: the list with its filters and totals, one invoice with how it was made, and a one-off invoice.

mod detail;
mod list;
mod new;
pub(crate) mod sample;
mod views;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::Client;
use domain::{ContractId, InvoiceId, rights::Action};
use futures_util::future::{OptionFuture, try_join5};
use jiff::civil::Date;
use wire::{
    Page as Rows, Paging,
    contracts::ContractFilter,
    invoices::{Cancellation, InvoiceFilter, InvoiceView},
    write_offs::{NewWriteOff, WriteOffFilter, WriteOffView},
};

pub use self::{detail::InvoicePage, list::InvoiceList, new::NewInvoicePage};
use crate::{
    Site,
    api::Api,
    clock, exports,
    page::Page,
    papers,
    problem::Problem,
    read,
    reader::Reader,
    receivables::write_offs,
    ui::{flash::Flash, form::Form, panel, table},
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/invoices", get(list))
        .route("/invoices/export", get(export))
        .route("/invoices/columns", get(views::choose))
        .route("/invoices/views", post(views::keep))
        .route("/invoices/views/{id}/removal", post(views::remove))
        .route("/invoices/new", get(blank).post(make))
        .route("/invoices/{id}", get(show))
        .route("/invoices/{id}/issuance", post(issue))
        .route("/invoices/{id}/cancellation", post(cancel))
        .route("/invoices/{id}/correction", post(correct))
        .route("/invoices/{id}/write-off", post(write_off))
        .route("/invoices/{id}/paper", post(paper))
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let open: Option<InvoiceId> = reader.asked("panel", read::word)?;
    // htmx takes one piece of the page; what it does not take is not asked for.
    let (for_panel, for_list) =
        (reader.target.as_deref() == Some(panel::ID), reader.target.as_deref() == Some(table::ID));

    let buildings = async {
        let all = Paging { limit: Some(100), cursor: None };
        if for_panel { Ok(Vec::new()) } else { api.properties(&all).await.map(|page| page.items) }
    };
    let shown = InvoiceFilter { standing: Some(true), ..filter.clone() };
    let rows = async { if for_panel { Ok(None) } else { api.invoices(&shown).await.map(Some) } };
    let views = async { if for_panel { Ok(Vec::new()) } else { api.invoice_views().await.map(|views| views.items) } };
    let totals = async { if for_panel { Ok(None) } else { api.invoice_totals(&filter).await.map(Some) } };
    let opened = async {
        let one = open.filter(|_| !for_list).map(|id| api.invoice(id));
        OptionFuture::from(one).await.transpose()
    };
    let (reader, (buildings, rows, totals, opened, views)) =
        api.page(reader, try_join5(buildings, rows, totals, opened, views)).await?;
    let rows = rows.unwrap_or(Rows { items: Vec::new(), next_cursor: None });
    let page = InvoiceList {
        rows: rows.items,
        next: rows.next_cursor,
        totals,
        buildings,
        opened,
        views,
        today: clock::today(),
    };
    Ok(page.render(&reader).into_response())
}

/// The invoices of the address, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = InvoiceFilter { cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/invoices/export", &filter).await
}

/// The filter of the address, in the API's own words.
pub(crate) fn asked(reader: &Reader) -> Result<InvoiceFilter, Problem> {
    // Single ones that were ticked count only while not all are meant.
    let ids = if reader.param("whole").is_some() { Vec::new() } else { reader.each("id") };
    let (late_from, late_to) = reader.asked("late", late)?.unwrap_or_default();
    Ok(InvoiceFilter {
        ids: (!ids.is_empty()).then(|| ids.join(",")),
        min_total: reader.asked("min", read::money)?,
        max_total: reader.asked("max", read::money)?,
        late_from,
        late_to,
        sent: reader.asked("sent", read::word)?,
        period: reader.asked("period", read::month)?,
        status: reader.asked("status", read::word)?,
        kind: reader.asked("kind", read::word)?,
        open: reader.asked("open", read::word)?,
        overdue: reader.asked("overdue", read::word)?,
        billed: reader.asked("billed", read::word)?,
        contract_id: reader.asked("contractId", read::word)?,
        tenant_id: reader.asked("tenantId", read::word)?,
        property_id: reader.asked("propertyId", read::word)?,
        q: reader.param("q"),
        standing: None,
        limit: None,
        cursor: reader.param("cursor"),
    })
}

/// Days late as the address says them, `31-60` or `91-`.
fn late(text: &str) -> Option<(Option<u16>, Option<u16>)> {
    let (from, to) = text.split_once('-')?;
    let to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
    Some((Some(from.parse().ok()?), to))
}

/// The list that something was chosen in, by the address of what is done to it.
pub(crate) fn list_of(reader: &Reader) -> String {
    let plain = reader.link(&[("id", ""), ("whole", ""), ("verb", ""), ("stage", ""), ("cursor", "")]);
    plain.replacen(reader.path(), "/invoices", 1)
}

async fn show(api: Api, reader: Reader, Path(id): Path<InvoiceId>) -> Result<Response, Problem> {
    let (reader, invoice, write_offs) = found_one(&api, reader, id).await?;
    Ok(whole(invoice, write_offs, Form::default()).render(&reader).into_response())
}

/// An invoice and what of it was given up; whoever keeps no books does not see that.
async fn found_one(
    api: &Api,
    reader: Reader,
    id: InvoiceId,
) -> Result<(Reader, InvoiceView, Vec<WriteOffView>), Problem> {
    let (reader, invoice) = api.page(reader, api.invoice(id)).await?;
    if !reader.may(Action::ReadReports) {
        return Ok((reader, invoice, Vec::new()));
    }
    let filter = WriteOffFilter { invoice_id: Some(id), ..WriteOffFilter::default() };
    let write_offs = api.write_offs(&filter).await?;
    Ok((reader, invoice, write_offs.items))
}

fn whole(invoice: InvoiceView, write_offs: Vec<WriteOffView>, cancellation: Form) -> InvoicePage {
    let (correction, write_off) = (Form::default().apart("correction"), Form::default().apart("write-off"));
    InvoicePage { invoice, today: clock::today(), cancellation, correction, write_off, write_offs }
}

/// Asks that what is left of it be given up.
async fn write_off(
    api: Api,
    reader: Reader,
    Path(id): Path<InvoiceId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs).apart("write-off");
    let mut status = StatusCode::BAD_REQUEST;
    let amount = form.read(&reader, "amount", "field-bad-money", read::money);
    let reason = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned()));
    if let Some(reason) = reason.filter(|_| form.is_clean()) {
        match api.ask_write_off(id, &NewWriteOff { amount, reason }, &form.key()).await {
            Ok(made) => return Ok(Flash::good(write_offs::told(&reader, &made)).on(&format!("/invoices/{id}"))),
            Err(refusal) => {
                let field = |path: &str| matches!(path, "amount" | "reason").then(|| path.to_owned().into());
                status = form.refused(refusal, field)?;
            }
        }
    }
    let (reader, invoice, write_offs) = found_one(&api, reader, id).await?;
    let page = InvoicePage { write_off: form, ..whole(invoice, write_offs, Form::default()) };
    Ok((status, page.render(&reader)).into_response())
}

async fn issue(
    api: Api,
    reader: Reader,
    Path(id): Path<InvoiceId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let issued = api.issue_invoice(id, &Form::typed(pairs).key()).await?;
    let code = issued.code.unwrap_or_default();
    let told = reader.say_with("invoice-issued", &[("code", code.into())]);
    Ok(Flash::good(told).on(&format!("/invoices/{id}")))
}

async fn cancel(
    api: Api,
    reader: Reader,
    Path(id): Path<InvoiceId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(reason) = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())) {
        match api.cancel_invoice(id, &Cancellation { reason }, &form.key()).await {
            Ok(_) => return Ok(Flash::good(reader.say("invoice-cancelled")).on(&format!("/invoices/{id}"))),
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    let (reader, invoice, write_offs) = found_one(&api, reader, id).await?;
    Ok((status, whole(invoice, write_offs, form).render(&reader)).into_response())
}

/// Takes off what was ticked; all that is left when nothing was.
async fn correct(
    api: Api,
    reader: Reader,
    Path(id): Path<InvoiceId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs).apart("correction");
    let (reader, invoice, write_offs) = found_one(&api, reader, id).await?;
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(new) = detail::read_correction(&reader, &mut form, &invoice) {
        match api.correct_invoice(id, &new, &form.key()).await {
            Ok(made) => {
                let code = made.code.unwrap_or_default();
                let told = reader.say_with("bulk-corrected", &[("code", code.into())]);
                return Ok(Flash::good(told).on(&format!("/invoices/{}", made.id)));
            }
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    let page = InvoicePage { correction: form, ..whole(invoice, write_offs, Form::default()) };
    Ok((status, page.render(&reader)).into_response())
}

/// Opens the invoice as PDF, once it is made.
async fn paper(
    api: Api,
    reader: Reader,
    Path(id): Path<InvoiceId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let asked = api.make_invoice_paper(id, &Form::typed(pairs).key()).await?;
    papers::open(&reader, asked, || api.invoice_paper(id), &format!("/invoices/{id}")).await
}

/// The form of a one-off invoice for `?contract=`, or the contracts to choose from.
async fn blank(api: Api, reader: Reader) -> Result<Response, Problem> {
    let contract: Option<ContractId> = reader.asked("contract", read::word)?;
    match contract {
        Some(id) => {
            let (reader, contract) = api.page(reader, api.contract(id)).await?;
            Ok(NewInvoicePage::blank(contract, clock::today()).render(&reader).into_response())
        }
        None => {
            let q = reader.param("q");
            let (reader, found) = api.page(reader, found(&api, q)).await?;
            Ok(NewInvoicePage::Choose { contracts: found.items }.render(&reader).into_response())
        }
    }
}

async fn found(api: &Client, q: Option<String>) -> client::Result<Rows<wire::contracts::ContractRow>> {
    api.contracts(&ContractFilter { q, limit: Some(30), ..ContractFilter::default() }).await
}

async fn make(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = new::tidy(Form::typed(pairs));
    let Some(id) = read::word::<ContractId>(form.value("contractId")) else {
        return Err(Problem::not_found("thing-contract"));
    };
    let mut status = StatusCode::OK;
    match form.value("action") {
        "more" => form = new::with_more_lines(form),
        _ => match new::read(&reader, &mut form, id) {
            None => status = StatusCode::BAD_REQUEST,
            Some(new) => match api.make_invoice(&new, &form.key()).await {
                Ok(made) => {
                    let key = if made.code.is_some() { "invoice-issued" } else { "invoice-drafted" };
                    let code = made.code.unwrap_or_default();
                    let told = reader.say_with(key, &[("code", code.into())]);
                    return Ok(Flash::good(told).on(&format!("/invoices/{}", made.id)));
                }
                Err(refusal) => status = form.refused(refusal, new::field)?,
            },
        },
    }
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    Ok((status, NewInvoicePage::Write { contract: Box::new(contract), form }.render(&reader)).into_response())
}

/// How many days a bill is late; `None` while it is not.
fn days_late(due_on: Option<Date>, is_owed: bool, today: Date) -> Option<i64> {
    let due_on = due_on.filter(|due_on| is_owed && *due_on < today)?;
    Some(i64::from((today - due_on).get_days()))
}

#[cfg(test)]
mod tests;
