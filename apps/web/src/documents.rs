//! «Баримт бичиг»: the PDFs of a contract, and archives with those of many.

mod batches;
pub(crate) mod sample;
mod section;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    ContractId, DocumentId,
    document::{DocumentKind, HandOverTo},
    rights::{Action, Role},
};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{
    Paging,
    contracts::ContractView,
    documents::{DocumentView, NewDocument},
};

pub use self::{batches::BatchesPage, section::Documents};
use crate::{
    Site,
    api::Api,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        field::terms_of,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager::pager,
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/contracts/{id}/documents", get(show).post(make))
        .route("/documents", get(batches::show).post(batches::make))
        .route("/documents/{id}", get(open))
        .route("/document-batches/{id}", get(batches::open))
}

/// All documents of a contract, and the form for another.
#[derive(Debug, Clone)]
pub struct DocumentsPage {
    pub contract: ContractView,
    pub documents: Vec<DocumentView>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// `signer`, `on`, `handOverTo`, `from`, `to`; which button was pressed comes as `kind`.
    pub form: Form,
}

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    page(&api, reader, crate::contracts::id(&id)?, None, StatusCode::OK).await
}

/// The page with the form as it came back, or a fresh one.
async fn page(
    api: &Api,
    reader: Reader,
    id: ContractId,
    form: Option<Form>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let paging = Paging { limit: None, cursor: reader.param("cursor") };
    let (reader, (contract, documents)) =
        api.page(reader, try_join(api.contract(id), api.documents(id, &paging))).await?;
    let form = form.unwrap_or_else(|| fresh(&reader));
    let page = DocumentsPage { contract, documents: documents.items, next: documents.next_cursor, form };
    Ok((status, page.render(&reader)).into_response())
}

/// Today's hand-over, this year's statement, and the director as the one who signs.
fn fresh(reader: &Reader) -> Form {
    let today = crate::clock::today();
    let form = Form::default().with("on", today).with("from", today.first_of_year()).with("to", today);
    match &reader.person {
        Some(person) if person.role == Role::OwnerDirector => form.with("signer", format!("Захирал {}", person.name)),
        _ => form,
    }
}

async fn make(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = crate::contracts::id(&id)?;
    let mut form = Form::typed(pairs);
    let kind = read::word(form.value("kind")).unwrap_or(DocumentKind::Contract);
    let mut new = NewDocument { kind, from: None, to: None, on: None, hand_over_to: None, signer: None };
    new.signer = Some(form.value("signer").to_owned()).filter(|signer| !signer.is_empty());
    match kind {
        DocumentKind::Contract | DocumentKind::Invoice => {}
        DocumentKind::HandOver => {
            new.on = form.read(&reader, "on", "field-bad-date", read::date);
            new.hand_over_to = form.read(&reader, "handOverTo", "field-not-a-choice", read::word);
        }
        DocumentKind::Statement => {
            new.from = form.must(&reader, "from", "field-bad-date", read::date);
            new.to = form.must(&reader, "to", "field-bad-date", read::date);
        }
    }
    if !form.is_clean() {
        return page(&api, reader, id, Some(form), StatusCode::BAD_REQUEST).await;
    }
    match api.make_document(id, &new, &form.key()).await {
        Ok(_) => Ok(Flash::good(reader.say("document-asked-news")).on(&format!("/contracts/{id}/documents"))),
        Err(refusal) => {
            let known = ["signer", "on", "handOverTo", "from", "to"];
            let status = form.refused(refusal, |path| known.contains(&path).then(|| path.to_owned().into()))?;
            page(&api, reader, id, Some(form), status).await
        }
    }
}

/// Leads to where the PDF lies.
async fn open(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: DocumentId = read::word(&id).ok_or(Problem::not_found("thing-document"))?;
    let found = api.document(id).await?;
    match found.link {
        Some(link) => Ok(Redirect::to(&link.url).into_response()),
        None => {
            let back = format!("/contracts/{}/documents", found.document.contract_id);
            Ok(Flash::info(reader.say("document-not-ready")).on(&back))
        }
    }
}

impl Page for DocumentsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let contract = &self.contract;
        let title = reader.say("documents");
        let path = format!("/contracts/{}", contract.id);
        let list = reader.say("menu-contracts");
        let note = html! { (contract.tenant_name) " · " (contract.property_name) ", " (contract.units) };
        let section = Documents { contract: contract.id, documents: self.documents.clone() };
        let main = html! {
            (head(&[(&list, "/contracts"), (&contract.code, &path)], &title, note, html! {}))
            (section.table(reader))
            (pager(reader, self.documents.len(), self.next.as_deref()))
            @if reader.may(Action::DraftContracts) { (self.order(reader)) }
        };
        frame::desk(reader, Place::Contracts, &title, main, html! {})
    }

    fn sample() -> DocumentsPage {
        sample::documents_page()
    }
}

impl DocumentsPage {
    /// One form with a button for each kind: what a kind does not need is not read.
    fn order(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let takers = terms_of(reader, "hand-over-to", HandOverTo::ALL);
        let button = |key: &str, kind: DocumentKind| {
            html! { (Button::submit(reader.say(key)).outline().value("kind", kind.as_str()).icon(Icon::Contract)) }
        };
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("documents-make")) }
                p class="box-note" { (reader.say("documents-note")) }
                (form::post(&format!("/contracts/{}/documents", self.contract.id), html! {
                    (form.once())
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("signer", reader.say("document-signer")).hint(reader.say("document-signer-hint")).max_chars(120).wide())
                    }
                    div class="form-foot" { (button("document-make-contract", DocumentKind::Contract)) }
                    h3 class="box-title" { (reader.say("document-for-act")) }
                    div class="fields" {
                        (form.field("on", reader.say("document-act-on")).date())
                        (form.field("handOverTo", reader.say("document-hand-over-to")).choices(&takers))
                    }
                    div class="form-foot" { (button("document-make-hand-over", DocumentKind::HandOver)) }
                    @if reader.may(Action::ReadPayments) {
                        h3 class="box-title" { (reader.say("document-for-statement")) }
                        div class="fields" {
                            (form.field("from", reader.say("document-from")).date())
                            (form.field("to", reader.say("document-to")).date())
                        }
                        div class="form-foot" { (button("document-make-statement", DocumentKind::Statement)) }
                    }
                }))
            }
        }
    }
}

#[cfg(test)]
mod tests;
