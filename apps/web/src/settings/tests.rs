//! Settings over a pretended API: read by all, changed by directors.

use axum::Json;
use domain::rights::Role;

use super::*;
use crate::{
    api::tests::Pages,
    reader::{Person, Reader},
};

fn owner() -> OwnerView {
    Settings::sample().owner
}

#[tokio::test]
async fn an_accountant_reads_and_is_not_offered_to_change() {
    let api = Router::new().route("/v2/property-owners/{id}", get(async || Json(owner())));
    let reply = Pages::over(api).get("/settings").await;
    reply.shows("31000501234").shows("15%").shows("Тохиргоог захирал өөрчилнө.");
    assert!(!reply.page.contains("name=\"billingDay\""));
}

#[tokio::test]
async fn what_cannot_be_read_is_not_sent() {
    let api = Router::new().route("/v2/property-owners/{id}", get(async || Json(owner())));
    let fields = [("version", "4"), ("name", "Алтан"), ("billingDay", "нэг"), ("runBoundBp", "15")];
    let pages = Pages::over(api);
    let reply = pages.post("/settings", &fields).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(pages.asked("/v2/property-owners").is_empty());
}

#[test]
fn a_director_finds_the_form_filled() {
    let person = Person { name: "Д. Бат".into(), role: Role::OwnerDirector, organisation: "Алтан".into() };
    let reader = Reader { person: Some(person), ..Reader::default() };
    let page = Settings::sample().render(&reader).0;
    assert!(page.contains(r#"name="runBoundBp" value="15""#), "{page}");
}
