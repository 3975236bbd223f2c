//! Every figure leads to the list that adds up to it; who may see none is shown the ways on.

use axum::{Json, routing::get};
use domain::Money;
use http::StatusCode;
use serde_json::json;
use wire::today::TodayView;

use super::{sample, *};
use crate::api::tests::{Pages, refusal};

fn api(view: TodayView) -> Router {
    let nothing = async || Json(json!({ "items": [], "nextCursor": null }));
    Router::new()
        .route("/v2/today", get(async move || Json(view.clone())))
        .route("/v2/properties", get(nothing))
        .route("/v2/contracts", get(nothing))
}

#[tokio::test]
async fn each_figure_leads_to_the_list_that_adds_up_to_it() {
    let reply = Pages::over(api(sample::view())).get("/").await;
    assert_eq!(reply.status, StatusCode::OK);
    for list in [
        "/invoices?period=2026-11&amp;billed=true",
        "/payments?from=2026-11-01&amp;to=2026-11-30",
        "/invoices?open=true",
        "/invoices?overdue=true",
        "/rooms?occupied=true",
        "/contracts?endingWithinDays=30",
        "/contracts?endingWithinDays=60",
        "/contracts?endingWithinDays=90",
        "/outbox?status=dead",
        "/invoices?period=2025-12&amp;billed=true",
    ] {
        reply.shows(&format!("href=\"{list}\""));
    }
    reply.shows("Алтан Тауэр ХХК").shows("Б. Номин");
    reply.shows("+3% өмнөх сараас").shows("88 / 96").shows("91%");
}

#[tokio::test]
async fn an_owner_without_bills_is_led_to_the_first_one() {
    let bare = TodayView {
        billed_count: 0,
        receivable_count: 0,
        units_total: 0,
        chart: sample::view()
            .chart
            .into_iter()
            .map(|bar| wire::today::MonthBar { billed: Money::ZERO, ..bar })
            .collect(),
        ..sample::view()
    };
    let reply = Pages::over(api(bare)).get("/").await;
    reply.shows("class=\"steps\"").shows("href=\"/import\"");
    assert!(!reply.page.contains("class=\"tile\""));
}

#[tokio::test]
async fn who_is_not_signed_in_is_asked_to_and_brought_back() {
    let api = Router::new().route(
        "/v2/today",
        get(async || refusal(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Нэвтэрнэ үү.", json!(null))),
    );
    let reply = Pages::over(api).get("/?x=1").await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2F%3Fx%3D1"));
}

#[tokio::test]
async fn an_api_that_is_busy_is_said_so() {
    let busy = async || {
        refusal(StatusCode::SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", "Систем түр ажиллахгүй байна.", json!(null))
    };
    let reply = Pages::over(Router::new().route("/v2/today", get(busy))).get("/").await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    reply.shows("Систем түр ажиллахгүй байна.").shows("Түр хүлээнэ үү");
}
