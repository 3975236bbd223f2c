//! Archives with the documents of many contracts.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    DocumentBatchId, PropertyId,
    document::{DocumentKind, DocumentStatus},
};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{
    Paging,
    documents::{DocumentBatchView, NewDocumentBatch},
    properties::PropertyView,
};

use super::{sample, section::status};
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        empty::empty,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager::pager,
        progress::progress,
        table::{Column, Opens, Row, Table},
    },
};

/// Archives, and the form for another.
#[derive(Debug, Clone)]
pub struct BatchesPage {
    pub batches: Vec<DocumentBatchView>,
    pub next: Option<String>,
    pub properties: Vec<PropertyView>,
    /// `propertyId`, `signer`, `from`, `to`; which button was pressed comes as `kind`.
    pub form: Form,
}

pub async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    page(&api, reader, None, StatusCode::OK).await
}

async fn page(api: &Api, reader: Reader, form: Option<Form>, status: StatusCode) -> Result<Response, Problem> {
    let paging = Paging { limit: Some(20), cursor: reader.param("cursor") };
    let buildings = Paging { limit: Some(100), cursor: None };
    let (reader, (batches, properties)) =
        api.page(reader, try_join(api.document_batches(&paging), api.properties(&buildings))).await?;
    let form = form.unwrap_or_else(|| super::fresh(&reader));
    let page = BatchesPage { batches: batches.items, next: batches.next_cursor, properties: properties.items, form };
    Ok((status, page.render(&reader)).into_response())
}

pub async fn make(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let kind = read::word(form.value("kind")).unwrap_or(DocumentKind::Contract);
    let property_id: Option<PropertyId> = form.read(&reader, "propertyId", "field-not-a-choice", read::word);
    let signer = Some(form.value("signer").to_owned()).filter(|signer| !signer.is_empty());
    let mut new = NewDocumentBatch { kind, from: None, to: None, property_id, signer };
    if kind == DocumentKind::Statement {
        new.from = form.must(&reader, "from", "field-bad-date", read::date);
        new.to = form.must(&reader, "to", "field-bad-date", read::date);
    }
    if !form.is_clean() {
        return page(&api, reader, Some(form), StatusCode::BAD_REQUEST).await;
    }
    match api.make_document_batch(&new, &form.key()).await {
        Ok(_) => Ok(Flash::good(reader.say("document-batch-asked-news")).on("/documents")),
        Err(refusal) => {
            let known = ["signer", "propertyId", "from", "to"];
            let status = form.refused(refusal, |path| known.contains(&path).then(|| path.to_owned().into()))?;
            page(&api, reader, Some(form), status).await
        }
    }
}

/// Leads to where the archive lies.
pub async fn open(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: DocumentBatchId = read::word(&id).ok_or(Problem::not_found("thing-document-batch"))?;
    match api.document_batch(id).await?.link {
        Some(link) => Ok(Redirect::to(&link.url).into_response()),
        None => Ok(Flash::info(reader.say("document-not-ready")).on("/documents")),
    }
}

impl Page for BatchesPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("document-batches");
        let note = html! { (reader.say("document-batches-note")) };
        let poll = self.batches.iter().any(|batch| batch.status == DocumentStatus::Pending).then_some("/documents");
        let target = poll.map(|_| "#batches");
        let main = html! {
            (head(&[(&reader.say("menu-contracts"), "/contracts")], &title, note, html! {}))
            (self.order(reader))
            div id="batches" hx-get=[poll] hx-trigger=[poll.map(|_| "every 2s")] hx-select=[target] hx-target=[target]
                hx-swap=[poll.map(|_| "outerHTML")] {
                @if self.batches.is_empty() {
                    (empty(Icon::Contract, &reader.say("document-batches-none"), "", html! {}))
                } @else {
                    (self.list(reader))
                }
                @if let Some(poll) = poll { a class="without-script" href=(poll) { (reader.say("refresh")) } }
            }
            (pager(reader, self.batches.len(), self.next.as_deref()))
        };
        frame::desk(reader, Place::Contracts, &title, main, html! {})
    }

    fn sample() -> BatchesPage {
        sample::batches_page()
    }
}

impl BatchesPage {
    fn order(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let every = (String::new(), reader.say("document-batch-all-buildings").into_owned());
        let named = self.properties.iter().map(|property| (property.id.to_string(), property.name.clone()));
        let buildings: Vec<(String, String)> = std::iter::once(every).chain(named).collect();
        let button = |key: &str, kind: DocumentKind| {
            html! { (Button::submit(reader.say(key)).outline().value("kind", kind.as_str()).icon(Icon::Contract)) }
        };
        html! {
            section class="box" {
                (form::post("/documents", html! {
                    (form.once())
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("propertyId", reader.say("document-batch-building")).choices(&buildings))
                        (form.field("signer", reader.say("document-signer")).hint(reader.say("document-signer-hint")).max_chars(120))
                        (form.field("from", reader.say("document-from")).date())
                        (form.field("to", reader.say("document-to")).date())
                    }
                    div class="form-foot" {
                        (button("document-batch-statements", DocumentKind::Statement))
                        (button("document-batch-contracts", DocumentKind::Contract))
                    }
                }))
            }
        }
    }

    fn list(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("document", reader.say("document")).title(),
            Column::text("building", reader.say("document-batch-building")),
            Column::text("at", reader.say("document-dated-on")),
            Column::text("status", reader.say("status")).corner(),
            Column::number("count", reader.say("document-batch-count")),
            Column::text("open", ""),
        ];
        let rows: Vec<Row> = self.batches.iter().map(|batch| self.row(reader, batch)).collect();
        Table { caption: &reader.say("document-batches"), columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn row(&self, reader: &Reader, batch: &DocumentBatchView) -> Row {
        let building = self.properties.iter().find(|property| Some(property.id) == batch.property_id);
        let building =
            building.map_or_else(|| reader.say("document-batch-all-buildings").into_owned(), |at| at.name.clone());
        let label = reader.term("document-status", batch.status.as_str());
        let (done, total) = (batch.done.unsigned_abs().into(), batch.total.unsigned_abs().into());
        let open = format!("/document-batches/{}", batch.id);
        Row {
            opens: Opens::Nothing,
            cells: vec![
                html! {
                    (reader.term("document-kind", batch.kind.as_str()))
                    @if let Some((from, to)) = batch.from.zip(batch.to) {
                        br; span class="hint" { (fmt::date(from)) " – " (fmt::date(to)) }
                    }
                },
                html! { (building) },
                fmt::moment(batch.created_at),
                html! {
                    @if batch.status == DocumentStatus::Pending {
                        (progress(reader, &format!("batch-{}", batch.id), &label, done, total, None))
                    } @else {
                        (status(reader, batch.status, batch.failure.as_deref()))
                    }
                    @if !batch.left_out.is_empty() {
                        @let codes = batch.left_out.join(", ");
                        br; span class="hint" { (reader.say_with("document-batch-left-out", &[("codes", codes.into())])) }
                    }
                },
                html! { (batch.done) "/" (batch.total) },
                html! {
                    @if batch.status == DocumentStatus::Ready {
                        (Button::link(reader.say("document-download"), open).small().icon(Icon::Download))
                    }
                },
            ],
        }
    }
}
