//! Buildings over a pretended API: the grid of a day, a room beside it, floors that may not go.

use axum::{
    Json,
    http::StatusCode,
    routing::{delete, get},
};
use serde_json::json;
use wire::Page as Listed;

use super::*;
use crate::api::tests::{Pages, refusal};

fn pages() -> Pages {
    let grid = BuildingPage::sample().grid;
    let room = BuildingPage::with_panel().opened;
    let rows = BuildingList::sample().rows;
    let form = BuildingForm::sample();
    let (building, floors) = (form.building, form.floors);
    let full = async || {
        refusal(StatusCode::CONFLICT, "CONFLICT", "Давхарт талбай бий.", json!({ "reason": "FLOOR_NOT_EMPTY" }))
    };
    Pages::over(
        Router::new()
            .route("/v2/occupancy", get(async move || Json(Listed { items: rows, next_cursor: None })))
            .route("/v2/properties/{id}/grid", get(async move || Json(grid)))
            .route("/v2/properties/{id}", get(async move || Json(building)))
            .route("/v2/floors", get(async move || Json(Listed { items: floors, next_cursor: None })))
            .route("/v2/floors/{id}", delete(full))
            .route("/v2/rooms/{id}", get(async move || Json(room))),
    )
}

#[tokio::test]
async fn floors_stand_from_the_top_down_and_tiles_say_how_they_stand() {
    let (pages, building) = (pages(), PropertyId::new());
    let page = pages.get(&format!("/buildings/{building}?asOf=2026-11-01")).await;
    page.shows(r#"data-standing="notice""#).shows("→ 2026.12.10").shows("Хан-Уул Оптик ХХК").shows("Удахгүй сулрах");
    let place = |text: &str| page.page.find(text).unwrap_or_else(|| panic!("{text} is not there"));
    assert!(place(">201<") < place(">101<") && place(">101<") < place(">P-9<") && place(">P-9<") < place(">P-10<"));
    assert!(pages.asked(&format!("/v2/properties/{building}/grid"))[0].address.ends_with("asOf=2026-11-01"));
}

#[tokio::test]
async fn a_room_opens_beside_the_grid_as_of_the_same_day() {
    let pages = pages();
    let room = domain::RoomId::new();
    let page = pages.get(&format!("/buildings/{}?asOf=2026-11-01&panel={room}", PropertyId::new())).await;
    page.shows("CT-2026-0007").shows("class=\"panel\"");
    assert!(pages.asked(&format!("/v2/rooms/{room}"))[0].address.ends_with("?asOf=2026-11-01"));
}

#[tokio::test]
async fn the_list_adds_up_and_a_floor_that_is_used_stays() {
    let pages = pages();
    pages.get("/buildings").await.shows("Хуучин агуулах").shows("77%");
    let building = PropertyId::new();
    pages.get(&format!("/buildings/{building}/edit")).await.shows("Зоорь");
    let reply = pages.post(&format!("/buildings/{building}/floors/{building}/removal"), &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}
