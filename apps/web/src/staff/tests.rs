//! Staff and invitations over a pretended API.

use axum::{Json, routing::patch};
use serde_json::{Value, json};

use super::*;
use crate::api::tests::{Pages, refusal};
use axum::http::StatusCode;

const MEMBER: &str = "0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f";

fn pages(role: Role) -> (Pages, PropertyId) {
    let sample = StaffPage::sample();
    let property = sample.properties[0].clone();
    let building = property.id;
    let list = |items: Value| get(async move || Json(json!({ "items": items, "nextCursor": null })));
    let member =
        StaffView { id: read::word(MEMBER).expect("an id"), property_ids: vec![building], ..sample.staff[2].clone() };
    let changed = member.clone();
    let change = patch(async move |Json(sent): Json<Value>| {
        if sent["version"] == 9 {
            let stale = json!({ "reason": "VERSION" });
            return refusal(StatusCode::CONFLICT, "CONFLICT", "Өөр хүн өөрчилсөн.", stale);
        }
        Json(changed).into_response()
    });
    let invitations = serde_json::to_value(&sample.invitations).expect("JSON");
    let invited = sample.invitations[0].clone();
    let again = invited.clone();
    let removed = member.clone();
    let api = Router::new()
        .route("/v2/staff", list(serde_json::to_value(&sample.staff).expect("JSON")))
        .route("/v2/properties", list(json!([property])))
        .route("/v2/staff/invitations", list(invitations).post(async move || (StatusCode::CREATED, Json(invited))))
        .route("/v2/staff/invitations/{id}/sending", post(async move || Json(again)))
        .route(
            "/v2/staff/invitations/{id}/cancellation",
            post(async || refusal(StatusCode::CONFLICT, "CONFLICT", "Урилгыг аль хэдийн хүлээн авсан.", json!(null))),
        )
        .route("/v2/staff/{id}", change.get(async move || Json(member)))
        .route("/v2/staff/{id}/removal", post(async move || Json(removed)));
    (Pages::seen_by(role, api), building)
}

#[tokio::test]
async fn a_director_sees_everybody_and_may_invite() {
    let (pages, _) = pages(Role::OwnerDirector);
    let reply = pages.get("/staff").await;
    reply.shows("Т. Бат").shows("nomin@altan.example").shows("8811\u{a0}2233").shows("Хугацаа дууссан");
    reply.shows("href=\"/staff/invite\"").shows("href=\"/audit\"").shows("Хаагдсан");
}

#[tokio::test]
async fn an_accountant_reads_and_is_asked_for_nothing_that_they_may_not() {
    let (pages, _) = pages(Role::OwnerAccountant);
    let reply = pages.get("/staff").await;
    reply.shows("Т. Бат");
    assert!(!reply.page.contains("/staff/invite") && !reply.page.contains("href=\"/audit\""));
    assert!(pages.asked("/v2/staff/invitations").is_empty());
    assert_eq!(pages.get("/staff/invite").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_employee_is_invited_with_buildings() {
    let (pages, building) = pages(Role::OwnerDirector);
    pages.get("/staff/invite").await.shows(&format!("name=\"property.{building}\""));
    let field = format!("property.{building}");
    let reply = pages.post("/staff/invite", &[("to", "8811 22"), ("role", "employee")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("8 оронтой утасны дугаар").shows("хариуцах барилгыг сонгоно");
    let fields = [("to", "8811 2233"), ("role", "employee"), (field.as_str(), "yes")];
    assert_eq!(pages.post("/staff/invite", &fields).await.location(), "/staff");
    let sent = pages.asked("/v2/staff/invitations").last().expect("asked").json();
    assert_eq!(sent, json!({ "phone": "+97688112233", "role": "employee", "propertyIds": [building] }));
    // The buildings of somebody who sees all of them are not sent.
    let fields = [("to", "nomin@altan.example"), ("role", "owner_accountant"), (field.as_str(), "yes")];
    pages.post("/staff/invite", &fields).await;
    let sent = pages.asked("/v2/staff/invitations").last().expect("asked").json();
    assert_eq!(sent, json!({ "email": "nomin@altan.example", "role": "owner_accountant" }));
    assert_eq!(
        pages.post("/staff/invite", &[("to", "a@b.mn"), ("role", "admin")]).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn what_stands_against_it_is_told_on_the_list() {
    let (pages, _) = pages(Role::OwnerDirector);
    let id = "0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e50";
    for way in ["sending", "cancellation"] {
        let reply = pages.post(&format!("/staff/invitations/{id}/{way}"), &[]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/staff"), "{way}");
        assert!(reply.headers["set-cookie"].to_str().expect("ASCII").starts_with("flash="));
    }
    assert_eq!(pages.post("/staff/invitations/nobody/sending", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_member_is_changed_disabled_and_removed() {
    let (pages, building) = pages(Role::OwnerDirector);
    let here = format!("/staff/{MEMBER}");
    pages.get(&here).await.shows("Т. Бат").shows(&format!("name=\"property.{building}\" value=\"yes\" checked"));
    let reply = pages.post(&here, &[("version", "1"), ("role", "owner_accountant")]).await;
    assert_eq!(reply.location(), here);
    let sent = pages.asked(&format!("/v2{here}")).into_iter().rfind(|asked| !asked.body.is_empty()).expect("asked");
    assert_eq!(sent.json(), json!({ "version": 1, "role": "owner_accountant", "propertyIds": [] }));
    let reply = pages.post(&here, &[("version", "9"), ("role", "owner_accountant")]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);

    assert_eq!(pages.post(&format!("{here}/access"), &[("version", "1"), ("do", "disable")]).await.location(), here);
    let sent = pages.asked(&format!("/v2{here}")).into_iter().rfind(|asked| !asked.body.is_empty()).expect("asked");
    assert_eq!(sent.json(), json!({ "version": 1, "disabled": true }));
    assert_eq!(pages.post(&format!("{here}/removal"), &[]).await.location(), "/staff");
}
