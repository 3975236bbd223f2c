//! The month's page over a pretended API: shown, run once under its key, stopped, run again.

use axum::{Json, routing::post};
use domain::Money;
use serde_json::json;

use axum::http::StatusCode;
use domain::{MonthRunId, month_run::MonthRunStatus};
use wire::months::{MonthPreview, RunResult};

use super::{sample::preview, *};
use crate::{
    api::tests::{Pages, Reply, refusal},
    ui::flash::Flash,
};

fn api(answer: RunResult) -> Router {
    Router::new()
        .route("/v2/months/{month}/preview", get(async || Json(preview())))
        .route("/v2/months/{month}/run", post(async move || Json(answer.clone())))
}

fn result(created: i64) -> RunResult {
    RunResult {
        id: MonthRunId(uuid::Uuid::from_u128(7)),
        status: MonthRunStatus::Done,
        to_bill: created,
        month: Month::new(2026, 11).expect("a month"),
        created,
        existing: 6 - created,
        parked: 1,
        total: Money::from_tugrug(9_408_333),
        first_code: (created > 0).then(|| "INV-2026-0101".into()),
        last_code: (created > 0).then(|| "INV-2026-0104".into()),
    }
}

/// The key the form was drawn with.
fn key(page: &str) -> &str {
    page.split("name=\"key\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the form has a key")
}

/// What the page after the redirect would tell.
fn news(reply: &Reply) -> Flash {
    let cookie = reply.headers["set-cookie"].to_str().expect("ASCII");
    Flash::decode(cookie.split([';', '=']).nth(1).expect("a value")).expect("news")
}

#[tokio::test]
async fn the_preview_says_what_differs_why_and_how_many_hear_of_it() {
    let pages = Pages::over(api(result(4)));
    let reply = pages.get("/months/2026-11/preview").await;
    reply.shows("Түрээсийн үнэ 11.01-нээс 10%-иар нэмэгдсэн").shows("7 түрээслэгчид SMS очно");
    reply.shows("href=\"/months/2026-10/preview\"").shows("href=\"/months/2026-12/preview\"");
    reply.shows("href=\"/months/2026-11/preview?what=parked\"");
    pages.get("/months/2026-11/preview?what=differing&cursor=c").await;
    let asked = pages.asked("/v2/months/2026-11/preview");
    let (all, differing) = (&asked[0].address, &asked[1].address);
    assert_eq!(all, "/v2/months/2026-11/preview?limit=100");
    assert_eq!(differing, "/v2/months/2026-11/preview?differing=true&limit=100&cursor=c");
}

#[tokio::test]
async fn a_long_run_is_followed_until_it_is_over() {
    let pages = |page: RunPage| {
        let (run, parked) = (page.run, page.parked);
        Pages::over(Router::new().route("/v2/month-runs/{id}", get(async move || Json(run.clone()))).route(
            "/v2/month-runs/{id}/parked",
            get(async move || Json(json!({ "items": parked, "nextCursor": null }))),
        ))
    };
    let path = "/months/2026-11/runs/00000000-0000-0000-0000-000000000007";
    let going = pages(sample::run_under_way()).get(path).await;
    going.shows("every 1s").shows("8\u{2009}000").shows("B1-12 тоот").shows("Г. Нарантуяа");
    let over = pages(sample::run_stopped()).get(path).await;
    over.shows("Энэ сар хаагдсан");
    assert!(!over.page.contains("every 1s"), "nothing is asked for any more");
    assert_eq!(pages(sample::run_done()).get(&path.replace("2026-11", "2026-10")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_run_carries_the_forms_key_and_tells_the_first_and_last_number() {
    let pages = Pages::over(api(result(4)));
    let page = pages.get("/months/2026-11/preview?issueOn=2026-11-05").await.page;
    assert_eq!(
        pages.asked("/v2/months/2026-11/preview")[0].address,
        "/v2/months/2026-11/preview?issueOn=2026-11-05&limit=100"
    );

    let fields = [("key", key(&page)), ("issueOn", "2026-11-01"), ("quiet", "yes")];
    let reply = pages.post("/months/2026-11/preview", &fields).await;

    assert_eq!(
        (reply.status, reply.location()),
        (StatusCode::SEE_OTHER, "/months/2026-11/runs/00000000-0000-0000-0000-000000000007")
    );
    let asked = &pages.asked("/v2/months/2026-11/run")[0];
    assert_eq!(asked.headers["idempotency-key"], key(&page));
    assert_eq!(asked.json(), json!({ "issueOn": "2026-11-01", "acceptDifference": false, "send": false }));
    let news = news(&reply);
    assert!(news.text.contains("INV-2026-0101") && news.text.contains("INV-2026-0104"), "{}", news.text);
    assert_eq!(news.link.expect("the way to the bills").1, "/invoices?period=2026-11&billed=true");
}

#[tokio::test]
async fn a_second_run_says_that_nothing_is_new() {
    let reply = Pages::over(api(result(0))).post("/months/2026-11/preview", &[("key", "k")]).await;
    assert!(news(&reply).text.starts_with("Шинэ нэхэмжлэл гарсангүй"), "{:?}", news(&reply));
}

#[tokio::test]
async fn a_stopped_run_comes_back_with_its_reason_and_another_key() {
    let stopped = MonthPreview { stopped: true, ..preview() };
    let no =
        async || refusal(StatusCode::CONFLICT, "CONFLICT", "Зөрүү их байна.", json!({ "reason": "RUN_OUT_OF_BOUNDS" }));
    let api = Router::new()
        .route("/v2/months/{month}/preview", get(async move || Json(stopped.clone())))
        .route("/v2/months/{month}/run", post(no));
    let reply = Pages::over(api).post("/months/2026-11/preview", &[("key", "k-1"), ("quiet", "yes")]).await;

    assert_eq!(reply.status, StatusCode::CONFLICT);
    reply.shows("Зөрүү их байна.").shows("name=\"accept\"");
    assert!(!reply.page.contains("value=\"k-1\""), "the refusal belongs to the first key");
    reply.shows("name=\"quiet\" value=\"yes\" checked");
}

#[tokio::test]
async fn months_lead_to_the_one_it_is_now() {
    let api = Router::new().route("/v2/today", get(async || Json(crate::today::sample::view())));
    assert_eq!(Pages::over(api).get("/months").await.location(), "/months/2026-11");
    assert_eq!(Pages::over(Router::new()).get("/months/2026-13").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_months_steps_lead_to_what_is_open() {
    let work = sample::work().work;
    let api = Router::new().route("/v2/months/{month}/work", get(async move || Json(work.clone())));
    let page = Pages::over(api).get("/months/2026-11").await;
    page.shows("12. ").shows("href=\"/months/2026-11/preview?what=differing\"").shows("Хүргэсэн 80");
    page.shows("href=\"/payments?from=2026-11-01&amp;to=2026-11-30\"").shows("Г. Нарантуяа");
    page.shows("href=\"/matching\"").shows("href=\"/months/2026-11/reports\"");
}
