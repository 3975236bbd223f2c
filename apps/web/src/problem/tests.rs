//! Whatever is refused, a person gets a page in their language and htmx a notice.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
    middleware,
    response::Response,
    routing::{get, post},
};
use tower::ServiceExt;

use super::*;

fn router() -> Router {
    Router::new()
        .route("/contract", get(async || Problem::not_found("thing-contract")))
        .route("/taken", post(async || Problem::said(StatusCode::CONFLICT, "Энэ талбай <b>CT-1</b> гэрээтэй.")))
        .route("/private", get(async || Problem::of(StatusCode::UNAUTHORIZED)))
        .route("/form", get(async || (StatusCode::BAD_REQUEST, html! { p { "remarks" } })))
        .fallback(no_such_page)
        .layer(middleware::from_fn(dress))
}

async fn ask(request: http::request::Builder) -> (Response<()>, String) {
    let request = request.header("accept-language", "en").body(Body::empty()).expect("a request");
    let (parts, body) = router().oneshot(request).await.expect("an answer").into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    (Response::from_parts(parts, ()), String::from_utf8(body.to_vec()).expect("text"))
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_readers_language() {
    let (reply, page) = ask(Request::get("/contract")).await;
    assert_eq!(reply.status(), 404);
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Contract not found."), "{page}");
    assert!(ask(Request::get("/nowhere")).await.1.contains("Page not found."));
}

#[tokio::test]
async fn the_frameworks_own_refusal_is_dressed_too() {
    let (reply, page) = ask(Request::post("/contract")).await;
    assert_eq!(
        (reply.status(), &reply.headers()["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"GET,HEAD".parse().expect("a header"))
    );
    assert!(page.contains("does not take that kind of request"), "{page}");
}

#[tokio::test]
async fn what_the_api_said_is_shown_as_text() {
    let (_, page) = ask(Request::post("/taken")).await;
    assert!(page.contains("Энэ талбай &lt;b&gt;CT-1&lt;/b&gt; гэрээтэй."), "{page}");
}

#[tokio::test]
async fn htmx_gets_a_notice_and_keeps_its_place() {
    let (reply, notice) =
        ask(Request::post("/taken").header("hx-request", "true").header("hx-target", "div#list")).await;
    assert_eq!(
        (reply.status(), &reply.headers()["hx-reswap"]),
        (StatusCode::CONFLICT, &"none".parse().expect("a header"))
    );
    assert!(!notice.contains("<html") && notice.contains("hx-swap-oob"), "{notice}");
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_sign_in_and_back() {
    let (reply, _) = ask(Request::get("/private?month=2026-11")).await;
    assert_eq!(reply.status(), 303);
    assert_eq!(reply.headers()["location"], "/sign-in?next=%2Fprivate%3Fmonth%3D2026-11");
    let (reply, _) = ask(Request::get("/private").header("hx-request", "true").header("hx-target", "div#list")).await;
    assert_eq!(reply.headers()["hx-redirect"], "/sign-in?next=%2Fprivate");
}

#[tokio::test]
async fn a_form_with_remarks_is_left_as_it_is() {
    let (reply, page) = ask(Request::get("/form")).await;
    assert_eq!((reply.status(), page.as_str()), (StatusCode::BAD_REQUEST, "<p>remarks</p>"));
}
