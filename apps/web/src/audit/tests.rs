//! The history over a pretended API.

use axum::{Json, http::StatusCode};
use domain::rights::Role;
use serde_json::json;

use super::*;
use crate::api::tests::Pages;

fn pages() -> Pages {
    let sample = AuditPage::sample();
    let rows = json!({ "items": sample.rows, "nextCursor": "abc" });
    let staff = json!({ "items": sample.staff, "nextCursor": null });
    let api = Router::new()
        .route("/v2/audit", get(async move || Json(rows)))
        .route("/v2/staff", get(async move || Json(staff)));
    Pages::seen_by(Role::OwnerDirector, api)
}

#[tokio::test]
async fn who_did_what_is_told_in_words_and_with_what_it_was() {
    let reply = pages().get("/audit").await;
    reply.shows("Гэрээ: зассан").shows("Г. Нарантуяа · Нягтлан бодогч").shows("Байгууллага: үзсэн");
    reply.shows("<del>5</del>").shows("<ins>10</ins>").shows("cursor=abc").shows("1\u{2009}100\u{2009}000 ₮");
    reply.shows("href=\"/contracts/0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f\"");
}

#[tokio::test]
async fn the_filter_is_the_address() {
    let pages = pages();
    let user = "0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f";
    pages.get(&format!("/audit?userId={user}&entity=contract&from=2026.11.01&to=2026-11-22")).await;
    let asked = &pages.asked("/v2/audit")[0].address;
    for part in [&format!("userId={user}"), "entity=contract", "from=2026-11-01", "to=2026-11-22", "limit=50"] {
        assert!(asked.contains(part), "{asked}");
    }
    assert_eq!(pages.get("/audit?from=tomorrow").await.status, StatusCode::BAD_REQUEST);
}

#[test]
fn words_that_the_catalogue_does_not_know_are_shown_as_they_are() {
    let reader = Reader::default();
    assert_eq!(
        (thing(&reader, "tenant_link"), verb(&reader, "x.set_up")),
        ("Түрээслэгчийн холболт".into(), "тохируулж эхэлсэн".into())
    );
    assert_eq!((thing(&reader, "novelty"), verb(&reader, "novelty.do")), ("novelty".into(), "do".into()));
    for entity in ENTITIES {
        assert_ne!(thing(&reader, entity), entity, "a thing one can ask for has a word");
    }
}
