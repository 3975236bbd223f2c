//! Contracts over a pretended API: found, drafted, changed, ended; what was typed is never lost.

use axum::{
    Json,
    extract::Path,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::{Value, json};
use wire::{Page as Listed, contracts::ContractSort};

use super::*;
use crate::{
    api::tests::{Pages, Reply, refusal},
    page::Page,
    reader::Person,
};

fn listed<T>(items: Vec<T>) -> Json<Listed<T>> {
    Json(Listed { items, next_cursor: None })
}

/// Contracts to read, one building, two tenants, two rooms; `drafting` answers a new contract.
fn api(drafting: fn() -> axum::response::Response) -> Router {
    let list = sample::list();
    let (rows, totals, building) = (list.rows, list.totals, sample::property());
    let page = sample::contract_page();
    let (contract, bills) = (page.contract, page.invoices);
    let tenants = sample::draft().tenants;
    Router::new()
        .route("/v2/contracts", get(async move || listed(rows)).post(async move || drafting()))
        .route("/v2/contracts/totals", get(async move || Json(totals)))
        .route("/v2/contracts/{id}", get(async move |_: Path<String>| Json(contract)))
        .route("/v2/contracts/{id}/documents", get(async || listed(Vec::<wire::documents::DocumentView>::new())))
        .route("/v2/invoices", get(async move || listed(bills)))
        .route("/v2/properties", get(async move || listed(vec![building])))
        .route("/v2/rooms", get(async || listed(vec![sample::room("301", None), sample::room("K-302", None)])))
        .route(
            "/v2/tenants",
            get(async move || listed(tenants))
                .post(async || (StatusCode::CREATED, Json(sample::tenant("Шинэ Түрээс ХХК", "6012345")))),
        )
}

fn overlap() -> axum::response::Response {
    let details = json!({ "reason": "OVERLAP", "code": "CT-2026-0007", "unit": "301" });
    let sentence = "Энэ талбай тухайн хугацаанд CT-2026-0007 гэрээгээр түрээслэгдсэн байна.";
    refusal(StatusCode::CONFLICT, "CONFLICT", sentence, details)
}

fn drafted() -> axum::response::Response {
    use axum::response::IntoResponse;
    (StatusCode::CREATED, Json(sample::contract())).into_response()
}

/// A filled form of a new contract, changed where `changes` say so.
async fn sends(pages: &Pages, changes: &[(&str, &str)]) -> Reply {
    let page = pages.get("/contracts/new").await.page;
    let property = page.split("name=\"propertyId\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let mut fields = vec![
        ("propertyId", property.expect("the only building is chosen by itself")),
        ("tenant", "Ундрах Өргөө ХХК · 5123457"),
        ("rooms", "301"),
        ("unitPrice", "25 мянга"),
        ("basis", "per_m2"),
        ("vatMode", "included"),
        ("startsOn", "2026-12-01"),
        ("depositAmount", "2.5 сая"),
        ("penaltyBp", "0,5"),
        ("notes", "Засвар <хийнэ>"),
    ];
    fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    pages.post("/contracts/new", &[&fields, changes].concat()).await
}

#[tokio::test]
async fn the_address_is_the_question() {
    let pages = Pages::over(api(drafted));
    let address = "/contracts?q=%D0%9E%D1%8E%D1%83&status=active&endingWithinDays=30&sort=-endsOn&cursor=abc";
    let reply = pages.get(address).await;
    reply.shows("CT-2026-0001").shows("121 гэрээ").shows(r#"aria-sort="descending""#);
    let asked = &pages.asked("/v2/contracts")[0].address;
    for part in ["status=active", "endingWithinDays=30", "sort=-endsOn", "cursor=abc", "q=%D0%9E%D1%8E%D1%83"] {
        assert!(asked.contains(part), "{part} in {asked}");
    }
    let totals = &pages.asked("/v2/contracts/totals")[0].address;
    assert!(totals.contains("status=active") && !totals.contains("cursor") && !totals.contains("sort"), "{totals}");
}

#[tokio::test]
async fn every_order_the_api_knows_can_be_asked_for_and_no_other() {
    let pages = Pages::over(api(drafted));
    use ContractSort::*;
    for sort in [Id, Code, CodeDown, Tenant, TenantDown, StartsOn, StartsOnDown, EndsOn, EndsOnDown] {
        let word = serde_json::to_value(sort).expect("a word");
        let word = word.as_str().expect("a word");
        assert_eq!(pages.get(&format!("/contracts?sort={word}")).await.status, 200, "{word}");
    }
    assert_eq!(pages.get("/contracts?sort=deposit").await.status, 400);
    assert_eq!(pages.get("/contracts?status=nonsense").await.status, 400);
}

#[tokio::test]
async fn a_contract_shows_its_rooms_charges_and_bills() {
    let pages = Pages::over(api(drafted));
    let id = domain::ContractId::new();
    let reply = pages.get(&format!("/contracts/{id}")).await;
    reply.shows("84.5").shows("Зогсоол, 2 машин").shows("INV-2026-1107").shows("Өдөрт 0.5%");
    assert!(pages.asked("/v2/invoices")[0].address.contains(&format!("contractId={id}")));
    // An accountant may not end contracts, so that is not offered.
    assert!(!reply.page.contains("/termination"), "{}", reply.page);
    assert_eq!(pages.get("/contracts/nonsense").await.status, 404);
}

#[tokio::test]
async fn a_draft_is_sent_as_it_was_meant() {
    let pages = Pages::over(api(drafted));
    let reply = sends(&pages, &[("rooms", "301, к-302"), ("managementPrice", "3 000")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.page);
    assert!(reply.location().starts_with("/contracts/"));
    let sent = pages.asked("/v2/contracts").pop().expect("a draft was sent").json();
    assert_eq!(sent["rooms"].as_array().map(Vec::len), Some(2));
    assert_eq!(sent["items"][0]["unitPrice"], json!("2500000"));
    assert_eq!(sent["items"][1]["kind"], json!("management"));
    assert_eq!((&sent["depositAmount"], &sent["penaltyBp"]), (&json!("250000000"), &json!(50)));
    assert_eq!(sent["endsOn"], Value::Null);
}

#[tokio::test]
async fn mistakes_come_back_beside_what_was_typed() {
    let pages = Pages::over(api(drafted));
    let wrong = [("unitPrice", "1.250"), ("startsOn", "2026-02-30"), ("rooms", "999"), ("tenant", "")];
    let reply = sends(&pages, &wrong).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    for name in ["unitPrice", "startsOn", "rooms", "tenant"] {
        reply.shows(&format!("id=\"{name}-remark\""));
    }
    reply.shows(r#"value="1.250""#).shows(r#"value="2.5 сая""#).shows("Засвар &lt;хийнэ&gt;");
    reply.shows("Энэ барилгад 999 гэсэн тоот алга.");
    assert!(pages.asked("/v2/contracts").is_empty(), "nothing was drafted");
}

#[tokio::test]
async fn a_taken_room_is_said_beside_the_room_with_the_contract_that_has_it() {
    let pages = Pages::over(api(overlap));
    let reply = sends(&pages, &[]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    let remark = reply.page.split("id=\"rooms-remark\"").nth(1).expect("a remark on the rooms");
    let remark = remark.split("</p>").next().unwrap_or_default();
    assert!(remark.contains("301") && remark.contains("CT-2026-0007"), "{remark}");
    reply.shows(r#"value="25 мянга""#);
}

#[tokio::test]
async fn a_new_tenant_is_entered_once_even_when_the_contract_is_refused() {
    let pages = Pages::over(api(overlap));
    let new = [("tenant", ""), ("newName", "Шинэ Түрээс ХХК"), ("newKind", "company"), ("newRegister", "6012345")];
    let reply = sends(&pages, &new).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    reply.shows(r#"value="Шинэ Түрээс ХХК · 6012345""#);
    assert!(!reply.page.contains(r#"name="newName" value="Шинэ"#), "{}", reply.page);

    let mistaken = sends(&pages, &[("newName", "Өөр ХХК"), ("unitPrice", "")]).await;
    mistaken.shows(r#"value="Өөр ХХК""#);
    let entered = pages.asked("/v2/tenants").into_iter().filter(|one| !one.body.is_empty()).count();
    assert_eq!(entered, 1, "nobody is entered while the form has mistakes");
}

#[tokio::test]
async fn who_was_faster_is_told_and_nothing_typed_is_lost() {
    let stale =
        async || refusal(StatusCode::CONFLICT, "CONFLICT", "Өөр хүн өөрчилсөн.", json!({ "reason": "VERSION" }));
    let contract = get(async || Json(sample::contract())).patch(stale);
    let pages = Pages::over(Router::new().route("/v2/contracts/{id}", contract));
    let address = format!("/contracts/{}/edit", domain::ContractId::new());
    let page = pages.get(&address).await;
    page.shows(r#"name="version" value="3""#).shows(r#"value="0.5""#);
    assert!(!page.page.contains("name=\"startsOn\""), "only a draft's start can be moved");

    let fields = [
        ("version", "3"),
        ("endsOn", ""),
        ("depositAmount", "3 сая"),
        ("paymentDay", "7"),
        ("graceDays", "5"),
        ("notes", "Миний бичсэн"),
    ];
    let reply = pages.post(&address, &fields).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    reply.shows("Миний бичсэн").shows(r#"value="3 сая""#).shows("өөр хүн өөрчилсөн");
    reply.shows("Шинэ мэдээллийг нээх");
    let sent = pages.asked(&address.replace("/contracts", "/v2/contracts").replace("/edit", ""));
    let sent = sent.iter().find(|one| !one.body.is_empty()).expect("a change was sent").json();
    assert_eq!(sent["version"], json!(3));
    assert!(sent.get("endsOn").is_some_and(Value::is_null), "an emptied end is no end: {sent}");
    assert!(sent.get("penaltyBp").is_some_and(Value::is_null), "{sent}");
}

#[tokio::test]
async fn a_session_that_ended_leads_to_the_sign_in_and_back() {
    let gone = get(async || refusal(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Нэвтэрнэ үү.", json!(null)));
    let pages = Pages::over(Router::new().route("/v2/contracts", gone));
    let reply = pages.get("/contracts?q=a&status=active").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(reply.location(), "/sign-in?next=%2Fcontracts%3Fq%3Da%26status%3Dactive");
}

#[tokio::test]
async fn a_termination_says_what_is_missing_and_goes_through_with_it() {
    let ended = post(async || Json(sample::contract()));
    let pages = Pages::over(api(drafted).route("/v2/contracts/{id}/termination", ended));
    let address = format!("/contracts/{}/termination", domain::ContractId::new());
    assert_eq!(pages.post(&address, &[("on", "2026.12.31"), ("reason", " ")]).await.status, StatusCode::BAD_REQUEST);
    let reply = pages.post(&address, &[("on", "2026.12.31"), ("reason", "Нүүсэн")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let sent = pages.asked(&format!("/v2{address}"));
    assert_eq!(sent[0].json(), json!({ "on": "2026-12-31", "reason": "Нүүсэн", "setOffDeposit": false }));
    assert_eq!(sent.len(), 1);
}

#[test]
fn a_director_is_offered_the_end_of_a_contract() {
    let person =
        Person {
            name: "Д. Бат".into(), role: domain::rights::Role::OwnerDirector, organisation: "Алтан".into()
        };
    let reader = Reader { person: Some(person), ..Reader::default() };
    assert!(ContractPage::sample().render(&reader).0.contains("/termination"));
}
