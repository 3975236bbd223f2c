//! What is done to many invoices: looked at with recipients and cost, ordered, followed until it is through, tried again.

mod draw;
mod sample;

pub(crate) use self::draw::bar;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{
    BulkOrderId,
    bulk::{BulkItemStatus, BulkVerb},
};
use futures_util::future::try_join;
use wire::{
    Paging,
    bulk::{BulkItemFilter, BulkItemView, BulkOrderView, BulkPreview, NewBulkOrder},
    invoices::InvoiceFilter,
};

use crate::{
    Site,
    api::Api,
    invoices,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form},
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/bulk", get(list).post(make))
        .route("/bulk/new", get(confirm))
        .route("/bulk/{id}", get(show))
        .route("/bulk/{id}/retry", post(retry))
        .route("/bulk/{id}/paper", get(paper))
}

/// The orders so far.
#[derive(Debug, Clone)]
pub struct BulkList {
    pub orders: Vec<BulkOrderView>,
    pub next: Option<String>,
}

/// An order before it is made.
#[derive(Debug, Clone)]
pub struct BulkConfirm {
    pub preview: BulkPreview,
    pub filter: InvoiceFilter,
    /// Which of the three reminders; by the days they are late when nobody said.
    pub stage: Option<i16>,
    /// Back to the list it was chosen in.
    pub back: String,
    pub form: Form,
}

/// An order and its invoices.
#[derive(Debug, Clone)]
pub struct BulkPage {
    pub order: BulkOrderView,
    pub items: Vec<BulkItemView>,
    pub next: Option<String>,
    /// Only these are shown.
    pub status: Option<BulkItemStatus>,
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let paging = Paging { limit: Some(50), cursor: reader.param("cursor") };
    let (reader, orders) = api.page(reader, api.bulk_orders(&paging)).await?;
    Ok(BulkList { orders: orders.items, next: orders.next_cursor }.render(&reader).into_response())
}

/// What the order would do; nothing chosen leads back to the list.
async fn confirm(api: Api, reader: Reader) -> Result<Response, Problem> {
    if reader.param("verb").as_deref() == Some("export") {
        let query = reader.link(&[("verb", "")]).replacen(reader.path(), "/invoices/export", 1);
        return Ok(Redirect::to(&query).into_response());
    }
    let Some(verb) = reader.asked::<BulkVerb>("verb", read::word)? else {
        return Err(Problem::of(StatusCode::BAD_REQUEST));
    };
    let filter = InvoiceFilter { cursor: None, limit: None, ..invoices::asked(&reader)? };
    let stage: Option<i16> = reader.asked("stage", read::word)?;
    let back = invoices::list_of(&reader);
    if filter.ids.is_none() && reader.param("whole").is_none() {
        return Ok(Flash::info(reader.say("bulk-choose-first")).on(&back));
    }
    let new = NewBulkOrder { verb, filter, reason: String::new(), stage, expected_count: None };
    preview(&api, reader, new, back, Form::default(), StatusCode::OK).await
}

async fn preview(
    api: &Api,
    reader: Reader,
    new: NewBulkOrder,
    back: String,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, preview) = match api.page(reader.clone(), api.preview_bulk_order(&new)).await {
        Ok(page) => page,
        // Too many: the list says so.
        Err(problem) if problem.status() == StatusCode::CONFLICT => {
            return Ok(Flash::bad(problem.message(&reader)).on(&back));
        }
        Err(problem) => return Err(problem),
    };
    Ok((status, BulkConfirm { preview, filter: new.filter, stage: new.stage, back, form }.render(&reader))
        .into_response())
}

async fn make(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let verb: Option<BulkVerb> = read::word(form.value("verb"));
    let filter: Option<InvoiceFilter> = serde_json::from_str(form.value("filter")).ok();
    let (Some(verb), Some(filter)) = (verb, filter) else { return Err(Problem::of(StatusCode::BAD_REQUEST)) };
    let stage: Option<i16> = read::word(form.value("stage"));
    let reason = match verb {
        BulkVerb::Correct => form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())),
        _ => Some(String::new()),
    };
    let back = Some(form.value("back").to_owned()).filter(|back| back.starts_with("/invoices"));
    let back = back.unwrap_or_else(|| "/invoices".into());
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(reason) = reason {
        let expected_count = form.value("count").parse().ok();
        let new = NewBulkOrder { verb, filter: filter.clone(), reason, stage, expected_count };
        match api.make_bulk_order(&new, &form.key()).await {
            Ok(made) => return Ok(Redirect::to(&format!("/bulk/{}", made.id)).into_response()),
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    let new = NewBulkOrder { verb, filter, reason: String::new(), stage, expected_count: None };
    preview(&api, reader, new, back, form, status).await
}

/// The order as it stands; while anything waits the browser asks again by itself.
async fn show(api: Api, reader: Reader, Path(id): Path<BulkOrderId>) -> Result<Response, Problem> {
    let status = reader.asked("status", read::word)?;
    let filter = BulkItemFilter { status, limit: Some(50), cursor: reader.param("cursor") };
    let (reader, (order, items)) = api.page(reader, try_join(api.bulk_order(id), api.bulk_items(id, &filter))).await?;
    let waits = order.waiting > 0;
    let page = BulkPage { order, items: items.items, next: items.next_cursor, status }.render(&reader);
    Ok(match waits {
        true => ([(header::REFRESH, "2")], page).into_response(),
        false => page.into_response(),
    })
}

async fn retry(
    api: Api,
    Path(id): Path<BulkOrderId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Redirect, Problem> {
    api.retry_bulk_order(id, &Form::typed(pairs).key()).await?;
    Ok(Redirect::to(&format!("/bulk/{id}")))
}

/// Leads to where the PDF lies.
async fn paper(api: Api, reader: Reader, Path(id): Path<BulkOrderId>) -> Result<Response, Problem> {
    match api.bulk_paper(id).await {
        Ok(paper) => Ok(Redirect::to(&paper.link.url).into_response()),
        Err(refusal) if refusal.is(StatusCode::NOT_FOUND) => {
            Ok(Flash::info(reader.say("bulk-paper-soon")).on(&format!("/bulk/{id}")))
        }
        Err(refusal) => Err(refusal.into()),
    }
}
