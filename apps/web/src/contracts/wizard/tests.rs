//! The steps over a pretended API: each is kept and leads on; what is refused stands beside what was typed.

use axum::{
    Json, Router,
    extract::Path,
    http::StatusCode,
    response::Response,
    routing::{get, post, put},
};
use serde_json::{Value, json};
use wire::{Page as Listed, contracts::ContractView};

use crate::{
    api::tests::{Pages, refusal},
    contracts::sample,
};

fn listed<T>(items: Vec<T>) -> Json<Listed<T>> {
    Json(Listed { items, next_cursor: None })
}

fn overlap() -> Response {
    let details = json!({ "reason": "OVERLAP", "code": "CT-2026-0007", "unit": "301" });
    let sentence = "Энэ талбай тухайн хугацаанд CT-2026-0007 гэрээгээр түрээслэгдсэн байна.";
    refusal(StatusCode::CONFLICT, "CONFLICT", sentence, details)
}

fn similar() -> Response {
    let known = json!([{ "id": domain::TenantId::new(), "kind": "company", "name": "Ундрах Өргөө ХХК",
        "registerNo": "5123457", "phone": "99110001", "by": ["phone"] }]);
    let details = json!({ "reason": "SIMILAR_TENANT", "names": "Ундрах Өргөө ХХК", "candidates": known });
    refusal(StatusCode::CONFLICT, "CONFLICT", "Төстэй түрээслэгч бүртгэлтэй байна.", details)
}

/// A draft to go on with; `rooms` answers who chooses its space.
fn pages(draft: ContractView, rooms: fn() -> Response) -> Pages {
    let (shown, begun, termed, charged) = (draft.clone(), draft.clone(), draft.clone(), draft);
    let building = sample::property();
    let api = Router::new()
        .route("/v2/contracts", post(async move || (StatusCode::CREATED, Json(begun))))
        .route(
            "/v2/contracts/{id}",
            get(async move |_: Path<String>| Json(shown)).patch(async move |_: Path<String>| Json(termed)),
        )
        .route("/v2/contracts/{id}/rooms", put(async move |_: Path<String>| rooms()))
        .route("/v2/contracts/{id}/items", put(async move |_: Path<String>| Json(charged)))
        .route("/v2/properties", get(async move || listed(vec![building])))
        .route("/v2/rooms", get(async || listed(vec![sample::room("302", None), sample::room("301", Some("Номин"))])))
        .route("/v2/rooms/{id}", get(async |_: Path<String>| Json(sample::room("303", None))))
        .route(
            "/v2/tenants",
            get(async || listed(vec![sample::tenant("Ундрах Өргөө ХХК", "5123457")])).post(async || similar()),
        );
    Pages::over(api)
}

#[tokio::test]
async fn the_first_step_begins_a_draft_and_leads_to_its_term() {
    let draft = sample::drafted();
    let (next, property) = (format!("/contracts/{}/term", draft.id), draft.property_id.to_string());
    let pages = pages(draft, overlap);
    pages.get("/contracts/new/parties").await.shows("Алхам бүр хадгалагдана").shows("Алтан Тауэр");
    let fields = [("propertyId", property.as_str()), ("tenant", "Ундрах Өргөө ХХК · 5123457")];
    let reply = pages.post("/contracts/new/parties", &fields).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, next.as_str()), "{}", reply.page);
    let sent = pages.asked("/v2/contracts").pop().expect("a draft was begun").json();
    assert_eq!((&sent["propertyId"], &sent["rooms"]), (&json!(property), &json!([])));
    let nobody = pages.post("/contracts/new/parties", &[("propertyId", property.as_str())]).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_tenant_who_may_be_known_is_offered() {
    let pages = pages(sample::drafted(), overlap);
    let property = domain::PropertyId::new().to_string();
    let fields = [("propertyId", property.as_str()), ("newName", "Ундрах Өргөө"), ("newPhone", "9911 0001")];
    let reply = pages.post("/contracts/new/parties", &fields).await;
    reply.shows("Энэ түрээслэгчийг сонгох").shows("5123457").shows(r#"name="tenantId""#);
    assert!(pages.asked("/v2/contracts").is_empty(), "nothing is begun yet");
    let taken = domain::TenantId::new().to_string();
    let fields = [("propertyId", property.as_str()), ("newName", "Ундрах Өргөө"), ("tenantId", taken.as_str())];
    assert_eq!(pages.post("/contracts/new/parties", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(pages.asked("/v2/contracts").pop().expect("begun").json()["tenantId"], json!(taken));
}

#[tokio::test]
async fn a_room_that_is_taken_is_said_with_the_other_contract_and_what_was_chosen_stays() {
    let draft = sample::drafted();
    let (path, room) = (format!("/contracts/{}/rooms", draft.id), draft.rooms[0].room_id);
    let pages = pages(draft, overlap);
    pages.get(&path).await.shows("сул").shows("Номин");
    let (chosen, from) = (format!("room-{room}"), format!("from-{room}"));
    let fields = [("version", "3"), (chosen.as_str(), "yes"), (from.as_str(), "2027-01-01")];
    let reply = pages.post(&path, &fields).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    reply.shows("CT-2026-0007").shows("2027");
    let sent: Value = pages.asked(&format!("/v2{path}")).pop().expect("asked").json();
    assert_eq!(sent["rooms"], json!([{ "roomId": room, "from": "2027-01-01" }]));
    assert_eq!(pages.post(&path, &[("version", "3")]).await.status, StatusCode::BAD_REQUEST, "none chosen");
}

#[tokio::test]
async fn charges_are_kept_or_new_and_the_last_step_says_what_lacks() {
    let mut draft = sample::drafted();
    draft.rooms.clear();
    let id = draft.id;
    let first = draft.items[0].clone();
    let pages = pages(draft, overlap);
    let path = format!("/contracts/{id}/charges");
    pages.get(&path).await.shows("Зогсоол, 2 машин");
    let kept = first.id.to_string();
    let fields = [
        ("version", "3"),
        ("id-0", kept.as_str()),
        ("kind-0", "rent"),
        ("name-0", "Түрээс"),
        ("basis-0", "per_m2"),
        ("price-0", "25 000"),
        ("vat-0", "included"),
        ("room-0", &first.room_id.map(|room| room.to_string()).unwrap_or_default()),
        ("kind-1", "service"),
        ("name-1", "Интернет"),
        ("basis-1", "flat"),
        ("price-1", "50 мянга"),
    ];
    let reply = pages.post(&path, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.page);
    let sent = pages.asked(&format!("/v2/contracts/{id}/items")).pop().expect("asked").json();
    assert_eq!((&sent["keep"], &sent["items"][0]["unitPrice"]), (&json!([kept]), &json!("5000000")));
    let more = pages.post(&path, &[("version", "3"), ("price-0", ""), ("more", "yes")]).await;
    assert!(more.page.contains("price-2"), "{}", more.page);
    pages.get(&format!("/contracts/{id}/overview")).await.shows("Талбай сонгоогүй байна");
}
