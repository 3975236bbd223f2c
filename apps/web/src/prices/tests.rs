//! Prices over a pretended API: what is chosen is looked at, what was looked at is sent, once.

use axum::{Json, routing::get};
use serde_json::json;
use wire::Page as Listed;

use super::*;
use crate::api::tests::{Pages, refusal};

fn pages(answer: StatusCode) -> Pages {
    let PricesPage { rooms, totals, properties, .. } = PricesPage::sample();
    let preview = PreviewPage::sample().preview;
    let changed = json!({ "changed": 2, "monthBefore": "425000000", "monthAfter": "446500000" });
    Pages::over(
        Router::new()
            .route("/v2/rooms", get(async move || Json(Listed { items: rooms, next_cursor: None })))
            .route("/v2/rooms/totals", get(async move || Json(totals)))
            .route("/v2/properties", get(async move || Json(Listed { items: properties, next_cursor: None })))
            .route("/v2/room-prices/preview", post(async move || Json(preview)))
            .route(
                "/v2/room-prices",
                post(async move || match answer {
                    StatusCode::OK => Json(changed).into_response(),
                    status => {
                        let details = json!({ "reason": "ROOMS_CHANGED", "units": "302" });
                        refusal(status, "CONFLICT", "302 өөрчлөгдсөн.", details).into_response()
                    }
                }),
            ),
    )
}

#[tokio::test]
async fn a_filter_travels_into_the_choice_and_on_to_the_preview() {
    let pages = pages(StatusCode::OK);
    pages.get("/rooms/prices?kind=office&priceMode=per_m2").await.shows(r#"name="kind" value="office""#);
    let asked = &pages.asked("/v2/rooms")[0].address;
    assert!(asked.contains("priceMode=per_m2") && asked.contains("limit=100"), "{asked}");

    let fields = [("kind", "office"), ("scope", "all"), ("how", "percent"), ("percent", "5"), ("rounding", "100")];
    let reply = pages.post("/rooms/prices/preview", &fields).await;

    reply.shows("42\u{2009}000").shows("44\u{2009}100").shows("4\u{2009}465\u{2009}000").shows(r#"name="key""#);
    let sent = pages.asked("/v2/room-prices/preview")[0].json();
    assert_eq!(sent, json!({ "rule": { "percent": { "basisPoints": 500, "rounding": "100" } }, "kind": "office" }));
}

#[tokio::test]
async fn ticks_alone_are_sent_and_none_are_asked_for() {
    let pages = pages(StatusCode::OK);
    let room = RoomId::new().to_string();
    let none =
        pages.post("/rooms/prices/preview", &[("scope", "ticked"), ("how", "set"), ("amount", "25 мянга")]).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
    assert!(pages.asked("/v2/room-prices/preview").is_empty());

    let fields = [("scope", "ticked"), ("room", room.as_str()), ("how", "set"), ("amount", "25 мянга")];
    assert_eq!(pages.post("/rooms/prices/preview", &fields).await.status, StatusCode::OK);

    let sent = pages.asked("/v2/room-prices/preview")[0].json();
    assert_eq!(sent, json!({ "rule": { "set": { "amount": "2500000" } }, "roomIds": [room] }));
}

#[tokio::test]
async fn what_was_looked_at_is_applied_under_its_key() {
    let room = RoomId::new();
    let line = format!("{room}:3");
    let fields = [("key", "abc"), ("how", "add"), ("amount", "-500"), ("room", line.as_str()), ("reason", "Зах зээл")];
    let pages = pages(StatusCode::OK);
    assert_eq!(pages.post("/rooms/prices", &fields).await.status, StatusCode::SEE_OTHER);
    let asked = &pages.asked("/v2/room-prices")[0];
    assert_eq!(asked.headers["idempotency-key"], "abc");
    assert_eq!(asked.json()["rooms"], json!([{ "id": room, "version": 3 }]));
    assert_eq!(asked.json()["rule"], json!({ "add": { "amount": "-50000" } }));

    let late = self::pages(StatusCode::CONFLICT).post("/rooms/prices", &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("302 өөрчлөгдсөн.");
}
