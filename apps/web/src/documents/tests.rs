//! Documents over a pretended API: ordered, watched while they are made, downloaded.

use axum::{Json, extract::Path as At, routing::get as read};
use serde_json::json;
use wire::{
    Page as Listed,
    documents::{DocumentLink, DocumentWithLink},
};

use super::*;
use crate::{
    api::tests::{Pages, refusal},
    contracts::sample as contracts,
};

fn pages() -> Pages {
    let page = sample::documents_page();
    let (contract, documents) = (page.contract, page.documents);
    let made = documents[0].clone();
    let ready = documents[2].clone();
    let batches = sample::batches_page().batches;
    let batch = batches[0].clone();
    let link = Some(DocumentLink { url: "http://files.test/a.pdf?sig=1".into(), expires_at: contracts::moment() });
    let pending = documents[0].clone();
    let one = async move |At(id): At<String>| {
        let is_ready = id == ready.id.to_string();
        let link = link.filter(|_| is_ready);
        Json(DocumentWithLink { document: if is_ready { ready } else { pending }, link })
    };
    let too_many = async || {
        let sentence = "1200 гэрээ байна.";
        refusal(StatusCode::CONFLICT, "CONFLICT", sentence, json!({ "reason": "TOO_MANY_DOCUMENTS" }))
    };
    Pages::over(
        Router::new()
            .route("/v2/contracts/{id}", read(async move |_: At<String>| Json(contract)))
            .route(
                "/v2/contracts/{id}/documents",
                read(async move || Json(Listed { items: documents, next_cursor: None }))
                    .post(async move || (StatusCode::CREATED, Json(made))),
            )
            .route("/v2/documents/{id}", read(one))
            .route(
                "/v2/properties",
                read(async || Json(Listed { items: vec![contracts::property()], next_cursor: None })),
            )
            .route(
                "/v2/document-batches",
                read(async move || Json(Listed { items: batches, next_cursor: None })).post(too_many),
            )
            .route("/v2/document-batches/{id}", read(async move |_: At<String>| Json(batch))),
    )
}

#[tokio::test]
async fn a_document_is_ordered_with_what_its_kind_needs() {
    let pages = pages();
    let path = format!("/contracts/{}/documents", ContractId::new());
    let fields = [("kind", "hand_over"), ("on", "2026-11-25"), ("handOverTo", "owner"), ("from", "x"), ("signer", " ")];

    let sent = pages.post(&path, &fields).await;

    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, path.as_str()));
    let asked = &pages.asked(&format!("/v2{path}"))[0];
    assert_eq!(asked.json(), json!({ "kind": "hand_over", "on": "2026-11-25", "handOverTo": "owner" }));
    let again = pages.post(&path, &[("kind", "statement"), ("from", "2026-01-01"), ("to", "hm")]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    again.shows("value=\"2026-01-01\"").shows("aria-invalid=\"true\"");
}

#[tokio::test]
async fn a_page_looks_again_while_a_document_is_being_made() {
    let pages = pages();
    let path = format!("/contracts/{}/documents", ContractId::new());

    let page = pages.get(&path).await;

    page.shows("every 2s").shows("Бэлтгэж байна").shows("class=\"without-script\"");
    page.shows("НӨАТ-ын тохиргоо зөрчилтэй").shows("CT-2026-0042/ХА-1").shows("Татах");
}

#[tokio::test]
async fn a_download_leads_to_the_store_once_there_is_something() {
    let pages = pages();
    let page = pages.get(&format!("/contracts/{}/documents", ContractId::new())).await.page;
    let ready = page.split("href=\"/documents/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");

    let leads = pages.get(&format!("/documents/{ready}")).await;

    assert_eq!(leads.location(), "http://files.test/a.pdf?sig=1");
    let waits = pages.get(&format!("/documents/{}", DocumentId::new())).await;
    assert!(waits.location().ends_with("/documents"), "back to the contract's documents");
    assert_eq!(pages.get("/documents/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_batch_says_how_far_it_is_and_why_not() {
    let pages = pages();

    pages.get("/documents").await.shows("max=\"94\"").shows("Үүсээгүй: CT-2026-0007, 101203").shows("Алтан Тауэр");

    let refused = pages.post("/documents", &[("kind", "contract"), ("signer", "Захирал")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("1200 гэрээ байна.").shows("value=\"Захирал\"");
}
