//! Rooms over a pretended API: filtered, and changed by whoever may.

use axum::{Json, http::StatusCode, routing::get};
use serde_json::json;
use wire::Page as Listed;

use super::*;
use crate::api::tests::{Pages, refusal};

fn pages() -> Pages {
    let sample = RoomList::sample();
    let (rows, totals, properties) = (sample.rows, sample.totals, sample.properties);
    let stale =
        async || refusal(StatusCode::CONFLICT, "CONFLICT", "Өөр хүн өөрчилсөн.", json!({ "reason": "VERSION" }));
    Pages::over(
        Router::new()
            .route("/v2/rooms", get(async move || Json(Listed { items: rows, next_cursor: Some("abc".into()) })))
            .route("/v2/rooms/totals", get(async move || Json(totals)))
            .route("/v2/properties", get(async move || Json(Listed { items: properties, next_cursor: None })))
            .route("/v2/rooms/{id}", get(async || Json(RoomPage::sample().room)).patch(stale))
            .route("/v2/rooms/{id}/history", get(async || Json(RoomPage::sample().history)))
            .route(
                "/v2/floors",
                get(async || Json(Listed::<wire::properties::FloorView> { items: vec![], next_cursor: None })),
            ),
    )
}

#[tokio::test]
async fn the_list_says_who_is_in_and_until_when() {
    let pages = pages();
    let reply = pages.get("/rooms?occupied=true&kind=office").await;
    reply.shows("Ундрах Өргөө ХХК").shows("2027.03.31").shows("3 талбайгаас 2 нь түрээслэгчтэй");
    reply.shows("cursor=abc").shows(r#"name="occupied" value="true""#);
    let asked = &pages.asked("/v2/rooms")[0].address;
    assert!(asked.contains("occupied=true") && asked.contains("kind=office"), "{asked}");
    assert_eq!(pages.get("/rooms?occupied=perhaps").await.status, 400);
}

#[tokio::test]
async fn a_change_that_comes_too_late_keeps_what_was_typed() {
    let pages = pages();
    let address = format!("/rooms/{}", RoomId::new());
    pages.get(&address).await.shows("CT-2026-0007").shows(r#"name="version" value="1""#);
    let fields = [
        ("version", "1"),
        ("unitNo", "301А"),
        ("kind", "office"),
        ("areaM2", "84,5"),
        ("priceMode", "per_m2"),
        ("baseRent", "27 мянга"),
        ("depositMonths", "2"),
    ];
    let reply = pages.post(&address, &fields).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    reply.shows(r#"value="301А""#).shows(r#"value="27 мянга""#).shows("Шинэ мэдээллийг нээх");
    let sent = pages.asked(&format!("/v2{address}")).into_iter().find(|one| !one.body.is_empty());
    let sent = sent.expect("a change was sent").json();
    assert_eq!(
        (&sent["baseRent"], &sent["areaM2"], &sent["listed"]),
        (&json!("2700000"), &json!("84.5"), &json!(false))
    );
}
