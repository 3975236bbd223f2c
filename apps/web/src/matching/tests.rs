//! Bank lines over a pretended API: accepted by Enter, linked by what was typed, undone with a reason.

use axum::Json;
use serde_json::json;

use super::{sample::*, *};
use crate::api::tests::{Pages, refusal};

fn api() -> Router {
    let totals = json!([{ "state": "probable", "count": 2, "amount": "159300000" }]);
    Router::new()
        .route("/v2/bank-lines", get(async || Json(json!({ "items": [line(1), line(2)], "nextCursor": null }))))
        .route("/v2/bank-lines/totals", get(async move || Json(totals.clone())))
        .route("/v2/bank-lines/{id}", get(async || Json(line(1))))
}

#[tokio::test]
async fn the_first_line_is_under_the_finger() {
    let pages = Pages::over(api());
    let reply = pages.get("/matching").await;
    assert_eq!(pages.asked("/v2/bank-lines")[0].address, "/v2/bank-lines?state=probable&limit=50");
    reply.shows("autofocus").shows("Тоот A-203 утганд байна").shows("Магадлалтай");
    pages.get("/matching?grid=1").await.shows("data-fill").shows("pick.");
}

#[tokio::test]
async fn what_is_refused_stands_beside_what_was_typed() {
    let linking = post(async || {
        refusal(StatusCode::CONFLICT, "CONFLICT", "Энэ гүйлгээг холбосон байна.", json!({ "reason": "LINE_LINKED" }))
    });
    let pages = Pages::over(api().route("/v2/bank-lines/{id}/link", linking));
    let id = BankTransactionId::new();
    pages.post(&format!("/matching/{id}/link"), &[]).await.shows("холбосон байна");
    pages.post(&format!("/matching/{id}/ignored"), &[("reason", "")]).await.shows("reason");
}
