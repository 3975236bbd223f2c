//! A tenant's home over a pretended API.

use axum::{Json, http::StatusCode};
use domain::rights::Role;
use serde_json::{Value, json};

use super::*;
use crate::api::tests::{Pages, refusal};

fn pages(home: &Home) -> Pages {
    let places = json!({ "items": home.places });
    let (found, chosen) = (places.clone(), places.clone());
    let list = |items: Value| get(async move || Json(json!({ "items": items, "nextCursor": null })));
    let link = crate::invoices::InvoicePage::sample().invoice;
    let api = Router::new()
        .route("/v2/places", get(async move || Json(places)).post(async move || Json(found)))
        .route("/v2/places/{owner}/choice", post(async move || Json(chosen)))
        .route("/v2/contracts", list(serde_json::to_value(&home.contracts).expect("JSON")))
        .route("/v2/invoices", list(serde_json::to_value(&home.invoices).expect("JSON")))
        .route(
            "/v2/invoices/{id}",
            get(async move || {
                let linked = wire::invoices::InvoiceView { link_url: Some("https://a.mn/i/abc".into()), ..link };
                Json(linked)
            }),
        );
    Pages::seen_by(Role::Tenant, api)
}

#[tokio::test]
async fn what_is_owed_stands_first_and_every_bill_leads_to_its_page() {
    let home = Home::sample();
    let pages = pages(&home);
    let reply = pages.get("/home").await;
    reply.shows("Алтан Тауэр ХХК").shows("2\u{2009}150\u{2009}000").shows("Мөнгөн Плаза ХХК");
    reply.shows("Байгууллага таны дугаарыг баталгаажуулахыг хүлээж байна.");
    let bill = format!("/home/invoices/{}", home.invoices[0].id);
    reply.shows(&bill);
    assert_eq!(pages.get(&bill).await.location(), "/i/abc");
    assert_eq!(pages.get("/").await.location(), "/home", "the desk is not a tenant's");
}

#[tokio::test]
async fn another_place_is_one_press_away() {
    let home = Home::sample();
    let pages = pages(&home);
    let owner = home.places[1].owner_id.to_string();
    assert_eq!(pages.post("/home/place", &[("owner", &owner)]).await.location(), "/home");
    assert_eq!(pages.asked(&format!("/v2/places/{owner}/choice")).len(), 1);
    assert_eq!(pages.post("/home/place", &[("owner", "none")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(pages.post("/home/places", &[]).await.location(), "/home");
}

#[tokio::test]
async fn before_an_owner_has_confirmed_nothing_is_asked_about_contracts() {
    let pages_ = pages(&Home::waiting_sample());
    pages_.get("/home").await.shows("Баталгаажуулахыг хүлээж байна").shows("Хангай Проперти ХХК");
    assert!(pages_.asked("/v2/contracts").is_empty() && pages_.asked("/v2/invoices").is_empty());
    pages(&Home::unknown_sample()).get("/home").await.shows("Таны дугаараар гэрээ олдсонгүй");
}

#[tokio::test]
async fn staff_have_no_home_here() {
    let none =
        Router::new().route("/v2/places", get(async || refusal(StatusCode::FORBIDDEN, "FORBIDDEN", "", json!(null))));
    assert_eq!(Pages::over(none).get("/home").await.location(), "/");
}
