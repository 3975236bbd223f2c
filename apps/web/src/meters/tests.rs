//! The grid over a pretended API: what was changed is sent row by row, what is refused comes back with what was typed.

use axum::{
    Json, Router,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, put},
};
use serde_json::json;
use wire::Page as Listed;

use super::*;
use crate::api::tests::Pages;

fn pages() -> (Pages, Vec<GridRow>) {
    let MetersPage { rows, totals, properties, .. } = sample::grid();
    let listed = rows.clone();
    let reading = rows[0].reading.clone().expect("it was read");
    let pages = Pages::over(
        Router::new()
            .route("/v2/readings", get(async move || Json(Listed { items: listed, next_cursor: None })))
            .route("/v2/readings/totals", get(async move || Json(totals)))
            .route("/v2/properties", get(async move || Json(Listed { items: properties, next_cursor: None })))
            .route(
                "/v2/meters/{id}/readings/{month}",
                put(async move |body: String| {
                    if body.contains("19999") {
                        let fields = json!({ "fields": { "current": ["Өмнөх заалтаас бага байна."] } });
                        let refusal =
                            json!({ "error": { "code": "VALIDATION_ERROR", "message": "Буруу", "details": fields } });
                        return (StatusCode::BAD_REQUEST, Json(refusal)).into_response();
                    }
                    Json(reading).into_response()
                }),
            ),
    );
    (pages, rows)
}

#[tokio::test]
async fn the_grid_has_one_column_to_fill_in_and_marks_what_is_unusual() {
    let (pages, _) = pages();
    let reply = pages.get("/meters?month=2026-10&missing=true").await;
    reply.shows("166640.862").shows("data-cell").shows("data-unusual").shows("Нийтийн").shows("<polyline");
    let asked = &pages.asked("/v2/readings")[0].address;
    assert!(
        asked.contains("month=2026-10") && asked.contains("missing=true") && asked.contains("limit=100"),
        "{asked}"
    );
}

#[tokio::test]
async fn only_what_was_changed_is_sent_and_a_refusal_asks_why() {
    let (pages, rows) = pages();
    let (first, third) = (rows[0].meter_id, rows[2].meter_id);
    let names =
        [format!("was.{first}"), format!("current.{first}"), format!("was.{third}"), format!("current.{third}")];
    let typed = |number| {
        let same = "166899.706";
        [("month", "2026-10"), (&*names[0], same), (&*names[1], same), (&*names[2], ""), (&*names[3], number)]
    };
    let saved = pages.post("/meters?month=2026-10", &typed("20 100,5")).await;
    assert_eq!(saved.status, 303);
    let sent = pages.asked(&format!("/v2/meters/{third}/readings/2026-10"));
    assert_eq!(sent[0].json()["current"], "20100.5");
    assert!(pages.asked(&format!("/v2/meters/{first}/readings/2026-10")).is_empty());

    let refused = pages.post("/meters?month=2026-10", &typed("19999")).await;
    assert_eq!(refused.status, 400);
    refused.shows("Өмнөх заалтаас бага байна.").shows("value=\"19999\"").shows("Тоолуур эргэсэн");
}
