//! Vacancies over a pretended API: what the address asks is asked, and the totals stand at the foot.

use axum::{Json, Router, routing::get};
use wire::Page as Listed;

use super::*;
use crate::api::tests::Pages;

#[tokio::test]
async fn the_list_says_how_long_and_how_much() {
    let VacancyList { rows, totals, properties, .. } = VacancyList::sample();
    let pages = Pages::over(
        Router::new()
            .route("/v2/vacancies", get(async move || Json(Listed { items: rows, next_cursor: Some("abc".into()) })))
            .route("/v2/vacancies/totals", get(async move || Json(totals)))
            .route("/v2/properties", get(async move || Json(Listed { items: properties, next_cursor: None }))),
    );

    let reply = pages.get("/vacancies?minDays=30&listed=true&asOf=2026-11-01&sort=-days").await;

    reply.shows("52 хоног").shows("2026.10.01").shows("41\u{2009}250\u{2009}000").shows("cursor=abc");
    reply.shows("aria-sort=\"descending\"").shows("Э. Сарантуяа");
    let asked = &pages.asked("/v2/vacancies")[0].address;
    assert!(
        asked.contains("asOf=2026-11-01") && asked.contains("minDays=30") && asked.contains("sort=-days"),
        "{asked}"
    );
    let totals = &pages.asked("/v2/vacancies/totals")[0].address;
    assert!(!totals.contains("sort") && totals.contains("minDays=30"), "{totals}");
    assert_eq!(pages.get("/vacancies?sort=price").await.status, 400);
}
