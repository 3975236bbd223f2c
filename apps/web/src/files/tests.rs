//! Files over a pretended API.

use axum::Json;
use domain::rights::Role;
use serde_json::{Value, json};

use super::*;
use crate::api::tests::{PUBLIC, Pages};

const ROOM: &str = "0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f";

fn list() -> Value {
    serde_json::to_value(FilesPage::sample().list).expect("JSON")
}

fn pages(role: Role, api: Router) -> Pages {
    let list = list();
    Pages::seen_by(role, api.route("/v2/files", get(async move || Json(list)).post(announce)))
}

async fn announce() -> (StatusCode, Json<Value>) {
    let upload = json!({
        "file": FilesPage::sample().list.items[0], "method": "PUT", "url": "http://localhost:8080/stored/k.jpg?code=c",
        "headers": { "content-type": "image/jpeg", "content-length": "3" }, "expiresAt": "2026-11-22T02:00:00Z", "isHere": true,
    });
    (StatusCode::CREATED, Json(upload))
}

fn form(content: &str) -> String {
    format!(
        "--b\r\ncontent-disposition: form-data; name=\"files-room-photo-file\"; filename=\"Цонх.jpg\"\r\n\
         content-type: image/jpeg\r\n\r\n{content}\r\n--b--\r\n"
    )
}

async fn send(pages: &Pages, body: &str) -> crate::api::tests::Reply {
    let request = http::Request::post(format!("/files/room_photo/{ROOM}"))
        .header("origin", PUBLIC)
        .header("content-type", "multipart/form-data; boundary=b");
    pages.send(request, body).await
}

#[tokio::test]
async fn photos_are_shown_in_their_order_with_what_may_be_done_to_them() {
    let page = pages(Role::OwnerAccountant, Router::new()).get(&format!("/files/room_photo/{ROOM}")).await;
    page.shows("5-аас 3").shows("id=\"files-room-photo\"").shows("enctype=\"multipart/form-data\"");
    page.shows(&format!("action=\"/files/room_photo/{ROOM}/order\"")).shows("Хойшлуулах").shows("Устгах");

    let page = pages(Role::Tenant, Router::new()).get(&format!("/files/room_photo/{ROOM}")).await;
    assert!(!page.page.contains("multipart/form-data") && !page.page.contains("Устгах"), "a tenant only looks");
}

#[tokio::test]
async fn a_form_sends_a_file_the_same_way_as_everybody() {
    let confirm = async || Json(serde_json::to_value(&FilesPage::sample().list.items[0]).expect("JSON"));
    let api = Router::new()
        .route("/stored/{*key}", axum::routing::put(async || StatusCode::NO_CONTENT))
        .route("/v2/files/{id}/confirm", post(confirm));
    let pages = pages(Role::OwnerDirector, api);

    let reply = send(&pages, &form("abc")).await;

    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, format!("/rooms/{ROOM}").as_str()));
    let announced = pages.asked("/v2/files")[0].json();
    assert_eq!((&announced["name"], &announced["size"]), (&json!("Цонх.jpg"), &json!(3)));
    let sent = &pages.asked("/stored/k.jpg")[0];
    assert_eq!(
        (sent.body.as_ref(), sent.headers["content-type"].to_str().expect("text")),
        (b"abc".as_slice(), "image/jpeg")
    );
    assert!(!sent.headers.contains_key("cookie"), "the store is told nothing of the person");
}

#[tokio::test]
async fn a_form_without_a_file_and_a_refusal_are_told_beside_the_files() {
    let empty = send(&pages(Role::OwnerDirector, Router::new()), &form("")).await;
    assert_eq!((empty.status, empty.location()), (StatusCode::SEE_OTHER, format!("/rooms/{ROOM}").as_str()));
    assert!(empty.headers["set-cookie"].to_str().expect("text").starts_with("flash=bad."));

    let refused = async || {
        (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "error": { "code": "SERVICE_UNAVAILABLE", "message": "Түр" } })))
    };
    let api = Router::new().route("/stored/{*key}", axum::routing::put(refused));
    let away = send(&pages(Role::OwnerDirector, api), &form("abc")).await;
    assert!(away.headers["set-cookie"].to_str().expect("text").starts_with("flash=bad."));
}

#[tokio::test]
async fn a_link_is_asked_for_when_it_is_followed() {
    let file = serde_json::to_value(&FilesPage::sample().list.items[0]).expect("JSON");
    let api = Router::new().route("/v2/files/{id}", get(async move || Json(file)));
    let reply = pages(Role::OwnerAccountant, api).get(&format!("/files/open/{ROOM}")).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/mark.svg"));
}
