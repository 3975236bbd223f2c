//! The steps of a contract's life over a pretended API: figures first, then the step, and nothing typed is lost.

use axum::{
    Json, Router,
    extract::Path,
    http::StatusCode,
    routing::{get, post},
};
use domain::rights::Role;
use serde_json::json;

use super::*;
use crate::{
    api::tests::{Pages, refusal},
    page::Page,
    reader::Person,
};

fn api() -> Router {
    let ending = TerminationPage::sample();
    let (contract, settled) = (ending.contract, ending.settlement.expect("the sample has one"));
    let term = ExtensionPage::sample().preview.expect("the sample has one");
    let deposit = DepositPage::sample().deposit;
    let (of_step, of_end) = (contract.clone(), contract.clone());
    Router::new()
        .route("/v2/contracts/{id}", get(async move |_: Path<String>| Json(contract)))
        .route("/v2/contracts/{id}/extension-preview", get(async move || Json(term)))
        .route("/v2/contracts/{id}/termination-preview", get(async move || Json(settled)))
        .route("/v2/contracts/{id}/termination", post(async move || Json(of_end)))
        .route("/v2/contracts/{id}/signature", post(async move || Json(of_step)))
        .route("/v2/contracts/{id}/extension", post(async || overlap()))
        .route("/v2/contracts/{id}/deposit", get(async move || Json(deposit)))
        .route("/v2/contracts/{id}/deposit/entries", post(async || too_small()))
}

fn overlap() -> axum::response::Response {
    let said = "Энэ талбай тухайн хугацаанд CT-2026-0009 гэрээгээр түрээслэгдсэн байна.";
    refusal(StatusCode::CONFLICT, "CONFLICT", said, json!({ "reason": "OVERLAP" }))
}

fn too_small() -> axum::response::Response {
    refusal(
        StatusCode::CONFLICT,
        "CONFLICT",
        "Барьцаанд үлдсэн дүнгээс их байна.",
        json!({ "reason": "DEPOSIT_TOO_SMALL" }),
    )
}

fn pages() -> Pages {
    Pages::seen_by(Role::OwnerDirector, api())
}

#[tokio::test]
async fn an_extension_shows_its_figures_and_is_refused_with_the_other_s_number() {
    let (pages, at) = (pages(), format!("/contracts/{}/extension", TerminationPage::sample().contract.id));
    let empty = pages.get(&at).await;
    assert!(!empty.page.contains("Юу өөрчлөгдөх вэ"), "nothing was asked yet");
    let seen = pages.get(&format!("{at}?asked=yes&endsOn=2028-03-31&increase=7.5&from=2027-04-01")).await;
    seen.shows("Юу өөрчлөгдөх вэ").shows("2\u{2009}480\u{2009}000").shows("26\u{2009}875");
    let asked = pages.asked("/extension-preview");
    assert!(asked[0].address.contains("increaseBp=750"), "{}", asked[0].address);

    let fields = [
        ("endsOn", "2028-03-31"),
        ("increase", "7.5"),
        ("from", "2027-04-01"),
        ("version", "3"),
        ("reason", "Тохирсон"),
    ];
    let refused = pages.post(&at, &fields).await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("CT-2026-0009").shows("value=\"2028-03-31\"");
    let order = pages.asked("/extension")[0].json();
    let prices = json!({ "from": "2027-04-01", "increaseBp": 750 });
    assert_eq!(order, json!({ "endsOn": "2028-03-31", "prices": prices, "reason": "Тохирсон", "version": 3 }));
}

#[tokio::test]
async fn a_termination_shows_what_remains_before_it_is_made() {
    let (pages, at) = (pages(), format!("/contracts/{}/termination", TerminationPage::sample().contract.id));
    let seen = pages.get(&format!("{at}?asked=yes&on=2026-11-15&setOffDeposit=yes")).await;
    seen.shows("Тооцоо нийлэлт").shows("15/30 хоног").shows("INV-2026-000123").shows("872\u{2009}500");
    let asked = pages.asked("/termination-preview");
    assert!(asked[0].address.contains("setOffDeposit=true"), "{}", asked[0].address);

    let fields =
        [("on", "2026-11-15"), ("setOffDeposit", "yes"), ("reason", "Нүүсэн"), ("version", "3"), ("key", "k1")];
    let reply = pages.post(&at, &fields).await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let order = pages.asked("/termination")[0].json();
    assert_eq!(order, json!({ "on": "2026-11-15", "reason": "Нүүсэн", "setOffDeposit": true, "version": 3 }));
}

#[tokio::test]
async fn a_signature_has_its_day_and_a_wrong_one_is_said() {
    let (pages, id) = (pages(), domain::ContractId::new());
    let at = format!("/contracts/{id}/signature");
    pages.post(&at, &[("signedOn", "хэзээ"), ("version", "1")]).await;
    assert!(pages.asked(&format!("/v2{at}")).is_empty(), "what can't be read is not sent");
    pages.post(&at, &[("signedOn", "2026.11.20"), ("version", "1")]).await;
    assert_eq!(pages.asked(&format!("/v2{at}"))[0].json(), json!({ "signedOn": "2026-11-20", "version": 1 }));
}

#[tokio::test]
async fn a_refund_beyond_the_deposit_comes_back_with_what_was_typed() {
    let (pages, at) = (pages(), format!("/contracts/{}/deposit", domain::ContractId::new()));
    let fields = [("kind", "refunded"), ("amount", "3 сая"), ("on", "2026-11-20"), ("reason", "Нүүсэн")];
    let refused = pages.post(&at, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("Барьцаанд үлдсэн дүнгээс их байна.").shows("value=\"3 сая\"").shows("Барьцаа буцаан олгох");
    let entry = pages.asked(&format!("/v2{at}/entries"))[0].json();
    assert_eq!((&entry["kind"], &entry["amount"]), (&json!("refunded"), &json!("300000000")));
}

#[test]
fn what_comes_next_goes_by_the_status_and_the_role() {
    use domain::contract::ContractStatus::*;
    let shown = |status, role| {
        let mut page = ContractPage::sample();
        page.contract.status = status;
        let person = Person { name: "Д. Бат".into(), role, organisation: "Алтан".into() };
        page.render(&Reader { person: Some(person), ..Reader::default() }).0
    };
    for (status, role, door, offered) in [
        (Draft, Role::OwnerAccountant, "/sending", true),
        (Draft, Role::OwnerAccountant, "/termination", false),
        (Draft, Role::Employee, "/sending", false),
        (PendingSignature, Role::OwnerAccountant, "/return", true),
        (Active, Role::OwnerAccountant, "/extension", true),
        (Active, Role::OwnerAccountant, "/termination", false),
        (GracePeriod, Role::OwnerDirector, "/renewal", true),
        (Terminated, Role::OwnerDirector, "/restoration", true),
        (Terminated, Role::OwnerAccountant, "/restoration", false),
        (Expired, Role::OwnerDirector, "/extension", false),
    ] {
        assert_eq!(shown(status, role).contains(door), offered, "{status} {role} {door}");
    }
}
