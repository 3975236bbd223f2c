//! «Импорт»: an owner's spreadsheets shown as they were read, every wrong row by its number, then written.
//!
//! The file is kept nowhere between looking and writing: the browser sends it again. With a script it stays chosen;
//! without one the person picks it again, and is told so. With a script the page also shows how much is written.

pub(crate) mod draw;
mod kept;
pub(crate) mod sample;
pub(crate) mod sent;
mod steps;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use client::{ImportSteps, Result};
use domain::Month;
use wire::imports::{ImportOrder, ImportReport};

pub use self::kept::{ImportsPage, OneImport};
use self::sent::{Sent, Unread};
use crate::{Site, api::Api, page::Page, problem::Problem, reader::Reader};

/// The largest file taken in, in bytes.
const LARGEST_FILE: usize = 20 << 20;

/// A larger file is still read to its end, and dropped, so that the browser gets to see the answer.
const LARGEST_BODY: usize = 10 * LARGEST_FILE;

pub fn routes() -> Router<Site> {
    let import = |sheet: Sheet| {
        get(move |api, reader| show(api, reader, sheet))
            .post(move |api, reader, headers, body| send(api, reader, headers, body, sheet))
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
    };
    Router::new()
        .route("/import", get(async || Redirect::to(Sheet::RentRoll.href())))
        .route(Sheet::RentRoll.href(), import(Sheet::RentRoll))
        .route(Sheet::OpenInvoices.href(), import(Sheet::OpenInvoices))
        .route(Sheet::Readings.href(), import(Sheet::Readings))
        .merge(kept::routes())
}

/// The kinds of sheets that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Rooms, tenants, contracts and what is owed at the start.
    RentRoll,
    /// Invoices that another system sent and nobody has paid yet.
    OpenInvoices,
    /// What the meters showed in a month.
    Readings,
}

impl Sheet {
    pub const ALL: [Sheet; 3] = [Sheet::RentRoll, Sheet::OpenInvoices, Sheet::Readings];

    pub const fn href(self) -> &'static str {
        match self {
            Sheet::RentRoll => "/imports/rent-roll",
            Sheet::OpenInvoices => "/imports/invoices",
            Sheet::Readings => "/imports/readings",
        }
    }

    /// What its columns can hold, in the API's words.
    const fn fields(self) -> &'static [&'static str] {
        match self {
            Sheet::RentRoll => &[
                "floor",
                "unit",
                "kind",
                "area_m2",
                "tenant",
                "register",
                "tin",
                "phones",
                "email",
                "contract",
                "starts_on",
                "ends_on",
                "price_per_m2",
                "flat_rent",
                "vat_mode",
                "management_fee",
                "deposit_due",
                "deposit_paid",
                "payment_day",
                "penalty_bp_per_day",
                "opening_balance",
                "note",
            ],
            Sheet::OpenInvoices => &["code", "contract", "tenant", "building", "unit", "period", "amount", "due_date"],
            Sheet::Readings => &[
                "serial",
                "kind",
                "building",
                "room",
                "multiplier",
                "digits",
                "previous",
                "current",
                "read_on",
                "reader",
                "note",
            ],
        }
    }

    async fn import(self, api: &Api, order: &ImportOrder, sent: Sent) -> Result<ImportReport> {
        match self {
            Sheet::RentRoll => api.import_rent_roll(order, sent.file).await,
            Sheet::OpenInvoices => api.import_invoices(order, sent.file).await,
            Sheet::Readings => api.import_readings(&sent.readings(order), sent.file).await,
        }
    }

    /// A month's readings are written at once; the other sheets tell how far they are.
    const fn goes_in_steps(self) -> bool {
        !matches!(self, Sheet::Readings)
    }

    async fn import_in_steps(self, api: &Api, order: &ImportOrder, sent: Sent) -> Result<ImportSteps> {
        match self {
            Sheet::RentRoll | Sheet::Readings => api.import_rent_roll_in_steps(order, sent.file).await,
            Sheet::OpenInvoices => api.import_invoices_in_steps(order, sent.file).await,
        }
    }
}

/// The import of one kind of sheet: before a file was sent, looked through, or written.
#[derive(Debug, Clone)]
pub struct ImportPage {
    pub sheet: Sheet,
    pub report: Option<ImportReport>,
    /// Columns mapped by hand so far, as the API takes them; empty when none were.
    pub mapping: String,
    /// Why the file could not be read at all.
    pub trouble: Option<String>,
    /// Of readings: the month that they are for.
    pub month: Month,
}

impl ImportPage {
    fn fresh(sheet: Sheet) -> ImportPage {
        ImportPage { sheet, report: None, mapping: String::new(), trouble: None, month: usual_month() }
    }
}

/// Early in a month it is the one before that is read.
fn usual_month() -> Month {
    let today = crate::clock::today();
    let month = Month::of(today);
    if today.day() <= 10 { month.previous() } else { month }
}

async fn show(api: Api, reader: Reader, sheet: Sheet) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    Ok(ImportPage::fresh(sheet).render(&reader).into_response())
}

async fn send(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    body: Multipart,
    sheet: Sheet,
) -> Result<Response, Problem> {
    // The person first: a file of a stranger is not read.
    let reader = api.know(reader).await?;
    let sent = match Sent::read(body).await {
        Ok(sent) => sent,
        Err(unread) => return Ok(not_read(&reader, sheet, &unread)),
    };
    let mapping = sent.mapping(sheet);
    let order = ImportOrder {
        dry_run: !sent.is_to_write,
        mapping: Some(mapping.clone()).filter(|by| !by.is_empty()),
        file_name: Some(sent.file_name.clone()).filter(|name| !name.is_empty()),
        afresh: false,
    };
    let month = sent.month().unwrap_or_else(usual_month);
    let page = ImportPage { mapping, month, ..ImportPage::fresh(sheet) };
    if sheet.goes_in_steps() && steps::are_wanted(&headers) && !order.dry_run {
        return match sheet.import_in_steps(&api, &order, sent).await {
            Ok(steps) => Ok(steps::answer(reader, page, steps)),
            Err(refusal) => page.refused(&reader, refusal),
        };
    }
    match sheet.import(&api, &order, sent).await {
        Ok(report) => Ok(ImportPage { report: Some(report), ..page }.render(&reader).into_response()),
        Err(refusal) => page.refused(&reader, refusal),
    }
}

impl ImportPage {
    /// What is wrong with the file stands on the page; anything else is a problem of its own.
    fn refused(self, reader: &Reader, refusal: client::Problem) -> Result<Response, Problem> {
        if !matches!(refusal.status, 400 | 409 | 413 | 415 | 422) {
            return Err(refusal.into());
        }
        let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
        let page = ImportPage { trouble: Some(sentence(&refusal)), ..self };
        Ok((status, page.render(reader)).into_response())
    }
}

fn not_read(reader: &Reader, sheet: Sheet, unread: &Unread) -> Response {
    let (status, key) = match unread {
        Unread::NoFile => (StatusCode::BAD_REQUEST, "import-no-file"),
        Unread::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "import-file-too-large"),
        Unread::Broken => (StatusCode::BAD_REQUEST, "import-broken"),
    };
    let page = ImportPage { trouble: Some(reader.say(key).into_owned()), ..ImportPage::fresh(sheet) };
    (status, page.render(reader)).into_response()
}

/// What is wrong with the file in the API's words; its remarks name no field of ours.
fn sentence(refusal: &client::Problem) -> String {
    let remarks: Vec<&str> = refusal.fields.values().flatten().map(String::as_str).collect();
    if remarks.is_empty() { refusal.message.clone() } else { remarks.join(" ") }
}

#[cfg(test)]
mod tests;
