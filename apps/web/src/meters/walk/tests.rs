//! The walk over a pretended API: one meter before the reader, its reading sent once under its key, its photo with it.

use axum::{
    Json, Router,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post, put},
};
use serde_json::{Value, json};
use wire::Page as Listed;

use super::*;
use crate::{
    api::tests::{PUBLIC, Pages, Reply},
    meters::sample,
};

fn pages() -> (Pages, Vec<GridRow>) {
    let rows = sample::grid().rows;
    let (listed, reading) = (rows.clone(), rows[0].reading.clone().expect("it was read"));
    let upload = async || {
        let file = &crate::files::FilesPage::sample().list.items[0];
        let upload = json!({ "file": file, "method": "PUT", "url": "http://localhost:8080/stored/k.jpg?code=c",
            "headers": { "content-type": "image/jpeg" }, "expiresAt": "2026-11-22T02:00:00Z", "isHere": true });
        (StatusCode::CREATED, Json(upload))
    };
    let confirm = async || Json(serde_json::to_value(&crate::files::FilesPage::sample().list.items[0]).expect("JSON"));
    let read = async move |body: String| {
        let refused = |status, code: &str, details: Value| {
            let error = json!({ "code": code, "message": "Өөр хүн уншсан байна.", "details": details });
            (status, Json(json!({ "error": error }))).into_response()
        };
        if body.contains("19999") {
            return refused(
                StatusCode::BAD_REQUEST,
                "VALIDATION_ERROR",
                json!({ "fields": { "current": ["Бага байна."] } }),
            );
        }
        if body.contains("20000") {
            return refused(StatusCode::CONFLICT, "CONFLICT", json!({ "reason": "READING_CHANGED", "version": 3 }));
        }
        Json(reading).into_response()
    };
    let pages = Pages::over(
        Router::new()
            .route("/v2/readings", get(async move || Json(Listed { items: listed, next_cursor: None })))
            .route("/v2/meters/{id}/readings/{month}", put(read))
            .route("/v2/files", post(upload))
            .route("/v2/files/{id}/confirm", post(confirm))
            .route("/stored/{*key}", put(async || StatusCode::NO_CONTENT)),
    );
    (pages, rows)
}

fn address(rows: &[GridRow]) -> String {
    format!("?month=2026-10&propertyId={}&floor=all", rows[0].property_id)
}

async fn sends(pages: &Pages, rows: &[GridRow], current: &str, photo: bool, accept: &str) -> Reply {
    let mut body = String::new();
    for (name, value) in [("month", "2026-10"), ("current", current), ("version", "0"), ("key", "k-7"), ("note", "")] {
        body += &format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    let (name, content) = if photo { ("face.jpg", "jpg") } else { ("", "") };
    body += &format!(
        "--b\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"{name}\"\r\ncontent-type: image/jpeg\r\n\r\n\
         {content}\r\n--b--\r\n"
    );
    let request = http::Request::post(format!("{HERE}/{}{}", rows[2].meter_id, address(rows)))
        .header("origin", PUBLIC)
        .header("accept", accept)
        .header("content-type", "multipart/form-data; boundary=b");
    pages.send(request, &body).await
}

#[tokio::test]
async fn one_meter_is_shown_and_the_others_wait() {
    let (pages, rows) = pages();
    let page = pages.get(&format!("{HERE}{}", address(&rows))).await;
    page.shows("capture=\"environment\"").shows("data-walk=").shows("walk.js");
    let articles: Vec<&str> = page.page.split("<article").skip(1).collect();
    let hidden = articles.iter().filter(|article| article.split('>').next().is_some_and(|tag| tag.ends_with("hidden")));
    assert_eq!((articles.len(), hidden.count()), (rows.len(), rows.len() - 1));
    let at = pages.get(&format!("{HERE}{}&after={}", address(&rows), rows[2].meter_id)).await;
    assert_eq!(at.status, 200);
    assert!(pages.asked("/v2/readings")[0].address.contains("limit=100"));
}

#[tokio::test]
async fn a_reading_goes_once_under_its_key_and_its_photo_with_it() {
    let (pages, rows) = pages();
    let saved = sends(&pages, &rows, "20 100,5", true, "text/html").await;
    assert_eq!(saved.status, 303);
    let sent = &pages.asked(&format!("/v2/meters/{}/readings/2026-10", rows[2].meter_id))[0];
    assert_eq!((sent.json()["current"].clone(), sent.json()["version"].clone()), (json!("20100.5"), json!(0)));
    assert_eq!(sent.headers["idempotency-key"], "k-7");
    let photo = pages.asked("/v2/files")[0].json();
    assert_eq!((&photo["purpose"], &photo["name"]), (&json!("reading_photo"), &json!("face.jpg")));

    let told: Value =
        serde_json::from_str(&sends(&pages, &rows, "20100", false, "application/json").await.page).expect("JSON");
    assert_eq!((&told["state"], &told["version"]), (&json!("saved"), &json!(1)));
    assert_eq!(pages.asked("/v2/files").len(), 1, "no photo, no file");
}

#[tokio::test]
async fn what_is_refused_comes_back_with_its_reason() {
    let (pages, rows) = pages();
    let page = sends(&pages, &rows, "19999", false, "text/html").await;
    assert_eq!(page.status, 400);
    page.shows("Бага байна.").shows("value=\"19999\"");
    let told = sends(&pages, &rows, "20000", false, "application/json").await;
    let said: Value = serde_json::from_str(&told.page).expect("JSON");
    assert_eq!((told.status.as_u16(), &said["state"], &said["version"]), (409, &json!("refused"), &json!(3)));
    assert_eq!(said["said"], "Өөр хүн уншсан байна.");
}

#[tokio::test]
async fn the_worker_answers_for_the_walk_alone() {
    let (pages, _) = pages();
    let script = pages.get("/meters/walk/worker.js").await;
    assert_eq!(script.headers["service-worker-allowed"], HERE);
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    script.shows("pathname === \"/meters/walk\"");
}
