//! «Банкны тулгалт»: bank lines by what is known of them, the best bill beside each; Enter accepts and goes on.

mod list;
mod one;
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{BankTransactionId, InvoiceId, bank::LineState};
use futures_util::future::{OptionFuture, try_join};
use wire::{
    invoices::InvoiceFilter,
    matching::{MatchingFilter, MatchingReason, MatchingWhy, NewMatchingLink, NewMatchingPart},
};

pub use self::{list::MatchingPage, one::MatchingLinePage};
use crate::{
    Site,
    api::Api,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form},
};

pub const HERE: &str = "/matching";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(show))
        .route("/matching/runs", post(run))
        .route("/matching/grid", post(link_many))
        .route("/matching/{id}", get(one))
        .route("/matching/{id}/link", post(link))
        .route("/matching/{id}/ignored", post(ignore))
        .route("/matching/{id}/regarded", post(regard))
        .route("/matching/{id}/undoing", post(undo))
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let asked = MatchingFilter {
        state: Some(reader.asked("state", read::word)?.unwrap_or(LineState::Probable)),
        account_id: reader.asked("accountId", read::word)?,
        limit: Some(50),
        cursor: reader.param("cursor"),
    };
    let (reader, (lines, totals)) =
        api.page(reader, try_join(api.bank_lines(&asked), api.bank_line_totals(&asked))).await?;
    let page = MatchingPage {
        state: asked.state.unwrap_or(LineState::Probable),
        lines: lines.items,
        next: lines.next_cursor,
        totals,
        is_grid: reader.param("grid").is_some(),
    };
    Ok(page.render(&reader).into_response())
}

async fn run(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let ran = api.match_bank_lines(&Form::typed(pairs).key()).await?;
    let told = reader.say_with(
        "matching-ran",
        &[("lines", ran.lines.into()), ("linked", ran.linked.into()), ("probable", ran.probable.into())],
    );
    Ok(Flash::good(told).on(HERE))
}

/// A line by itself: everything that is offered, and what a person may do about it.
async fn one(api: Api, reader: Reader, Path(id): Path<BankTransactionId>) -> Result<Response, Problem> {
    again(&api, reader, id, Form::default(), StatusCode::OK).await
}

async fn again(
    api: &Api,
    reader: Reader,
    id: BankTransactionId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let asked = async {
        let line = api.bank_line(id).await?;
        let is_linked = line.state == LineState::Linked && line.amount.is_positive();
        let undoing = OptionFuture::from(is_linked.then(|| api.bank_line_undoing(id))).await.transpose()?;
        Ok::<_, client::Problem>((line, undoing))
    };
    let (reader, (line, undoing)) = api.page(reader, asked).await?;
    Ok((status, MatchingLinePage { line, undoing, form }.render(&reader)).into_response())
}

/// Accepts a candidate, or links to what was typed: one bill a row, with its amount where it is not all.
async fn link(
    api: Api,
    reader: Reader,
    Path(id): Path<BankTransactionId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    let parts = match read::word::<InvoiceId>(form.value("invoice")) {
        Some(invoice_id) => Some(vec![NewMatchingPart { invoice_id, amount: None }]),
        None if form.value("parts").is_empty() => None,
        None => typed_parts(&api, &reader, &mut form).await?,
    };
    if form.is_clean() {
        let new = NewMatchingLink { parts, write_off: form.value("writeOff") == "true", ..NewMatchingLink::default() };
        match api.link_bank_line(id, &new, &form.key()).await {
            Ok(_) => {
                let back = if form.value("back").starts_with(HERE) { form.value("back") } else { HERE };
                return Ok(Flash::good(reader.say("matching-accepted")).on(back));
            }
            Err(refusal) => {
                status = form.refused(refusal, |path| path.starts_with("parts").then_some("parts".into()))?;
            }
        }
    }
    again(&api, reader, id, form, status).await
}

/// `INV-2026-000012 500000`, one a row.
async fn typed_parts(api: &Api, reader: &Reader, form: &mut Form) -> Result<Option<Vec<NewMatchingPart>>, Problem> {
    let text = form.value("parts").to_owned();
    let mut parts = Vec::new();
    for (place, row) in text.lines().map(str::trim).enumerate().filter(|(_, row)| !row.is_empty()) {
        let (code, amount) = row.split_once(char::is_whitespace).unwrap_or((row, ""));
        let amount = amount.trim();
        let read = read::money(amount);
        if !amount.is_empty() && read.is_none() {
            let place = i64::try_from(place + 1).unwrap_or_default();
            form.remark("parts", reader.say_with("matching-parts-bad", &[("line", place.into())]));
            return Ok(None);
        }
        match invoice(api, code).await? {
            Some(invoice_id) => parts.push(NewMatchingPart { invoice_id, amount: read }),
            None => {
                form.remark("parts", format!("{code}: {}", reader.say("matching-invoice-unknown")));
                return Ok(None);
            }
        }
    }
    Ok(Some(parts))
}

/// The open bill of a number.
async fn invoice(api: &Api, code: &str) -> Result<Option<InvoiceId>, Problem> {
    let filter = InvoiceFilter { q: Some(code.to_owned()), open: Some(true), ..InvoiceFilter::default() };
    let found = api.invoices(&filter).await?;
    let is_it =
        |row: &&wire::invoices::InvoiceRow| row.code.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(code));
    Ok(found.items.iter().find(is_it).map(|row| row.id))
}

/// Links every line of the grid for which a bill stands there, each by itself; what is refused stays and is counted.
async fn link_many(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let form = Form::typed(pairs.clone());
    let (mut linked, mut left) = (0i64, 0i64);
    for (name, code) in &pairs {
        let Some(id) = name.strip_prefix("pick.").and_then(read::word::<BankTransactionId>) else { continue };
        let code = code.trim();
        if code.is_empty() {
            continue;
        }
        let Some(invoice_id) = invoice(&api, code).await? else {
            left += 1;
            continue;
        };
        let parts = Some(vec![NewMatchingPart { invoice_id, amount: None }]);
        let key = format!("{}-{id}", form.key());
        match api.link_bank_line(id, &NewMatchingLink { parts, ..NewMatchingLink::default() }, &key).await {
            Ok(_) => linked += 1,
            Err(_) => left += 1,
        }
    }
    let mut told = reader.say_with("matching-grid-linked", &[("count", linked.into())]).into_owned();
    if left > 0 {
        told.push(' ');
        told.push_str(&reader.say_with("matching-grid-left", &[("count", left.into())]));
    }
    let flash = if left > 0 { Flash::info(told) } else { Flash::good(told) };
    Ok(flash.on("/matching?state=probable&grid=1"))
}

async fn ignore(
    api: Api,
    reader: Reader,
    Path(id): Path<BankTransactionId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(reason) = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())) {
        match api.ignore_bank_line(id, &MatchingWhy { reason }).await {
            Ok(_) => return Ok(Flash::good(reader.say("matching-ignored")).on(HERE)),
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    again(&api, reader, id, form, status).await
}

async fn regard(api: Api, reader: Reader, Path(id): Path<BankTransactionId>) -> Result<Response, Problem> {
    let mut form = Form::default();
    let status = match api.regard_bank_line(id).await {
        Ok(_) => return Ok(Flash::good(reader.say("matching-regarded")).on(&format!("{HERE}/{id}"))),
        Err(refusal) => form.refused(refusal, |_| None)?,
    };
    again(&api, reader, id, form, status).await
}

async fn undo(
    api: Api,
    reader: Reader,
    Path(id): Path<BankTransactionId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(reason) = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())) {
        match api.undo_bank_line(id, &MatchingWhy { reason }, &form.key()).await {
            Ok(_) => return Ok(Flash::good(reader.say("matching-undone")).on(&format!("{HERE}/{id}"))),
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    again(&api, reader, id, form, status).await
}

/// What speaks for something, in a sentence: each clue once.
fn sentence(reader: &Reader, reasons: &[MatchingReason]) -> String {
    let mut said: Vec<String> = Vec::with_capacity(reasons.len());
    for reason in reasons {
        let key = format!("matching-clue-{}", reason.clue.as_str());
        let clue = reader.say_with(&key, &[("word", reason.word.as_str().into())]).into_owned();
        if !said.contains(&clue) {
            said.push(clue);
        }
    }
    said.join(" · ")
}
