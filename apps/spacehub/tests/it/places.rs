//! A tenant signs in by telephone, finds the contracts of every owner, is confirmed by each, and goes from one to the
//! other.

use domain::contract::ContractStatus;
use providers::qpay::simulator::Pay;
use serde_json::{Value, json};

use crate::town::{Outside, Person, Town};

/// Бат-Эрдэнэ's telephone, which is his tenants' at both owners.
const PHONE: &str = "99110001";

#[tokio::test]
async fn a_tenant_finds_contracts_is_confirmed_and_goes_from_place_to_place() {
    let (town, outside) = Town::with_outside().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let (here, there) = (town.lets_to(town.altan, "К-301", PHONE).await, town.lets_to(town.mungun, "5", PHONE).await);
    let (bill, other) = (dulmaa.bills(here.contract, 50_000).await, saraa.bills(there.contract, 70_000).await);
    town.lets_to(town.altan, "К-302", "99110002").await;
    town.keep_promises().await;
    let bat = town.tenant("Бат-Эрдэнэ", PHONE).await;

    // Before anyone was asked, and while they are: the owners' names, and nothing of theirs.
    bat.get("/v2/places").await.is(200).shows("/items", json!([]));
    let waiting = bat.post("/v2/places", json!({})).await.is(200).json();
    assert_eq!(
        states(&waiting),
        [("Алтан Тауэр ХХК", "waiting", &Value::Null), ("Мөнгөн Плаза ХХК", "waiting", &Value::Null)]
    );
    assert!(waiting["items"].as_array().unwrap().iter().all(|place| place["tenantName"].is_null()), "{waiting}");
    assert!(bat.contracts().await.is_empty());
    bat.get(&format!("/v2/invoices/{}", bill.id)).await.refuses(404, "NOT_FOUND");
    bat.post(&format!("/v2/places/{}/choice", town.altan), json!({})).await.refuses(404, "NOT_FOUND");
    bat.post("/v2/places", json!({})).await.is(200);
    assert_eq!(town.count("select count(*) from tenant_links").await, 2, "nobody is asked twice");

    // Each owner sees its own request, and says yes.
    let [mine] = &dulmaa.links("waiting").await[..] else { panic!("one request") };
    assert_eq!((&mine["phone"], &mine["tenantName"]), (&json!(PHONE), &json!("Түрээслэгч К-301")));
    let confirm = format!("/v2/tenant-links/{}/confirmation", mine["id"].as_str().unwrap());
    saraa.post(&confirm, json!({})).await.refuses(404, "NOT_FOUND");
    town.employee().await.post(&confirm, json!({})).await.refuses(403, "FORBIDDEN");
    dulmaa.post(&confirm, json!({})).await.is(200).shows("/status", "linked");
    let again = dulmaa.post(&confirm, json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "ILLEGAL_TRANSITION");
    let theirs = saraa.links("waiting").await[0]["id"].as_str().unwrap().to_owned();
    saraa.post(&format!("/v2/tenant-links/{theirs}/confirmation"), json!({})).await.is(200);

    // The first place is looked at by itself; the other one is chosen.
    let places = bat.get("/v2/places").await.is(200).json();
    assert_eq!(
        states(&places),
        [("Алтан Тауэр ХХК", "linked", &json!("5000000")), ("Мөнгөн Плаза ХХК", "linked", &json!("7000000"))]
    );
    assert_eq!(bat.contracts().await, ["CT-К-301"]);
    bat.get(&format!("/v2/invoices/{}", bill.id)).await.is(200).shows("/balance", "5000000");
    bat.get(&format!("/v2/invoices/{}", other.id)).await.refuses(404, "NOT_FOUND");
    bat.get("/v2/me").await.is(200).shows("/owner/name", "Алтан Тауэр ХХК").shows("/role", "tenant");
    let moved = bat.post(&format!("/v2/places/{}/choice", town.mungun), json!({})).await.is(200);
    moved.shows("/items/1/isChosen", true).shows("/items/0/isChosen", false);
    assert_eq!(bat.contracts().await, ["CT-5"]);
    bat.get(&format!("/v2/invoices/{}", bill.id)).await.refuses(404, "NOT_FOUND");

    // Ended: gone with the next request, and the other place is still there.
    let end = format!("/v2/tenant-links/{theirs}/ending");
    saraa.post(&end, json!({ "reason": "Гэрээ дууссан" })).await.is(200).shows("/status", "ended");
    assert_eq!(bat.contracts().await, ["CT-К-301"], "the chosen place is no more; the first one is looked at");
    assert_eq!(bat.get("/v2/places").await.json()["items"].as_array().map(Vec::len), Some(1));

    town.keep_promises().await;
    let told = texts(&outside);
    let link = &town.app.public_url;
    for said in [
        format!("Алтан Тауэр: Таны дугаарыг баталгаажууллаа. Гэрээ, нэхэмжлэхээ эндээс харна уу: {link}"),
        "Мөнгөн Плаза: Таны дугаараар гэрээ, нэхэмжлэх үзэх эрхийг хаалаа. Асуух зүйл байвал бидэнтэй холбогдоно уу."
            .into(),
    ] {
        assert!(told.contains(&said), "{said} is not among {told:#?}");
    }
    assert_eq!(told.iter().filter(|text| text.starts_with("Мөнгөн Плаза: Таны дугаарыг")).count(), 0, "out of date");
    let actions = town.sql("select action, owner_id, request_id is not null as asked from audit_log where entity = 'tenant_link' order by id").await;
    let actions: Vec<(String, bool)> = actions.iter().map(|row| (row.get(0), row.get(2))).collect();
    let request = || ("tenant_link.request".to_owned(), true);
    let confirmed = || ("tenant_link.confirm".to_owned(), true);
    assert_eq!(actions, [request(), request(), confirmed(), confirmed(), ("tenant_link.end".into(), true)]);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_tenant_sees_signed_contracts_and_bills_that_went_out_and_nothing_of_the_neighbours() {
    let (town, _outside) = Town::with_outside().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let mine = town.lets_to(town.altan, "К-301", PHONE).await;
    let neighbours = town.lets_to(town.altan, "К-302", "99110002").await;
    let (bill, theirs) = (nara.bills(mine.contract, 50_000).await, nara.bills(neighbours.contract, 60_000).await);
    nara.takes_cash(&town, &bill, 20_000).await;
    nara.takes_cash(&town, &theirs, 20_000).await;
    let items = json!([{ "description": "Дараа нь", "unitPrice": "100" }]);
    let draft = json!({ "contractId": mine.contract, "kind": "fee", "items": items, "note": "дотоод тэмдэглэл" });
    let draft = nara.post("/v2/invoices", draft).await.is(201).id();
    town.sql(&format!("update contracts set notes = 'дотоод тэмдэглэл' where id = '{}'", mine.contract)).await;
    let bat = town.linked_tenant(&dulmaa, "Бат-Эрдэнэ", PHONE).await;

    // What is theirs, whole.
    let contract = bat.get(&format!("/v2/contracts/{}", mine.contract)).await.is(200);
    let contract = contract.shows("/code", "CT-К-301").shows("/rooms/0/unitNo", "К-301").shows("/notes", "");
    assert!(!contract.text().contains("тэмдэглэл"));
    let invoice = bat.get(&format!("/v2/invoices/{}", bill.id)).await.is(200);
    invoice.shows("/payments/0/amount", "2000000").shows("/balance", "3000000").shows("/note", "");
    bat.get("/v2/invoices/totals").await.is(200).shows("/count", 1).shows("/total", "5000000");
    bat.get("/v2/contracts/totals").await.is(200).shows("/count", 1);
    bat.get("/v2/payments/totals").await.is(200).shows("/count", 1).shows("/amount", "2000000");
    let payments = bat.get("/v2/payments").await.is(200).json();
    assert_eq!(payments["items"].as_array().map(Vec::len), Some(1));
    bat.get(&format!("/v2/payments/{}", payments["items"][0]["id"].as_str().unwrap())).await.is(200);

    // What is not theirs, or not yet.
    for path in [
        format!("/v2/contracts/{}", neighbours.contract),
        format!("/v2/invoices/{}", theirs.id),
        format!("/v2/invoices/{draft}"),
    ] {
        bat.get(&path).await.refuses(404, "NOT_FOUND");
    }
    for path in [
        "/v2/tenants",
        "/v2/properties",
        "/v2/rooms",
        "/v2/outbox",
        "/v2/audit",
        "/v2/today",
        "/v2/tenant-links",
        "/v2/property-owners",
    ] {
        bat.get(path).await.refuses(403, "FORBIDDEN");
    }
    town.forces(&mine.contract.to_string(), ContractStatus::Draft.as_str()).await;
    assert!(bat.contracts().await.is_empty(), "a draft is the owner's paper");
}

#[tokio::test]
async fn a_tenant_pays_a_bill_of_the_place_looked_at() {
    let (town, outside) = Town::with_outside().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let mine = town.lets_to(town.altan, "К-301", PHONE).await;
    let neighbours = town.lets_to(town.altan, "К-302", "99110002").await;
    let (bill, theirs) = (nara.bills(mine.contract, 50_000).await, nara.bills(neighbours.contract, 60_000).await);
    let bat = town.linked_tenant(&dulmaa, "Бат-Эрдэнэ", PHONE).await;
    let pay = |id: &str| format!("/v2/invoices/{id}/payment-intents");
    let by_qpay = || json!({ "provider": "qpay" });

    bat.post(&pay(&theirs.id), by_qpay()).await.refuses(404, "NOT_FOUND");
    let asked = bat.post(&pay(&bill.id), by_qpay()).await.is(201);
    bat.post(&pay(&bill.id), by_qpay()).await.is(200).shows("/id", asked.id());
    town.keep_promises().await;
    let shown = bat.get(&pay(&bill.id)).await.is(200).shows("/status", "open");
    assert!(shown.json()["qrText"].is_string());

    let invoice = outside.sandbox.qpay.invoices().into_iter().next().expect("QPay has the invoice");
    outside.sandbox.qpay.pay(&invoice.id, &Pay::default()).expect("it is paid");
    outside.has_called_back(1).await;
    town.keep_promises().await;
    bat.get(&format!("/v2/invoices/{}", bill.id)).await.is(200).shows("/status", "paid");
    bat.get(&pay(&theirs.id)).await.refuses(404, "NOT_FOUND");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_number_that_changed_hands_links_nobody() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let place = town.lets_to(town.altan, "К-301", PHONE).await;
    let (bat, other) = (town.tenant("Бат-Эрдэнэ", PHONE).await, town.tenant("Сүрэн", "88110001").await);
    bat.post("/v2/places", json!({})).await.is(200);
    let link = dulmaa.links("waiting").await[0]["id"].as_str().unwrap().to_owned();
    let confirm = format!("/v2/tenant-links/{link}/confirmation");

    // The tenant has another telephone by now: nothing waits any more, and nothing can be confirmed.
    town.sql(&format!(
        "update tenants set phone = '88110001', second_phone = '99999999' where id = '{}'",
        place.tenant
    ))
    .await;
    bat.get("/v2/places").await.is(200).shows("/items", json!([]));
    let refused = dulmaa.post(&confirm, json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "TENANT_HAS_ANOTHER_PHONE");

    // Of two people with one of its telephones each, the owner says yes to one.
    town.sql(&format!("update tenants set second_phone = '{PHONE}' where id = '{}'", place.tenant)).await;
    dulmaa.post(&confirm, json!({})).await.is(200);
    other.post("/v2/places", json!({})).await.is(200).shows("/items/0/state", "waiting");
    let second = dulmaa.links("waiting").await[0]["id"].as_str().unwrap().to_owned();
    let refused =
        dulmaa.post(&format!("/v2/tenant-links/{second}/confirmation"), json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "TENANT_HAS_A_PERSON");
    dulmaa.post(&format!("/v2/tenant-links/{second}/refusal"), json!({ "reason": "Танихгүй" })).await.is(200);
    other.post("/v2/places", json!({})).await.is(200).shows("/items", json!([]));

    // An unverified number finds nothing at all.
    let stranger = town.tenant("Хэн нэгэн", "77110001").await;
    town.lets_to(town.altan, "К-303", "77110001").await;
    town.sql("update users set phone_number_verified = false where phone_number = '+97677110001'").await;
    stranger.post("/v2/places", json!({})).await.is(200).shows("/items", json!([]));
}

#[tokio::test]
async fn an_employee_sees_the_assigned_properties_and_their_people() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let mine = town.lets_to(town.altan, "К-301", PHONE).await;
    let elsewhere = town.lets_to(town.altan, "Б-1", "99110002").await;
    let bat = town.employee().await;
    town.assigns(&bat, &mine.property.to_string()).await;
    let (bill, other) = (nara.bills(mine.contract, 10_000).await, nara.bills(elsewhere.contract, 20_000).await);
    let new = dulmaa.has_tenant("Шинэ Түрээслэгч ХХК", "5550009").await;

    assert_eq!(bat.contracts().await, ["CT-К-301"]);
    let names = async |path: &str, field: &str| -> Vec<String> {
        let list = bat.get(path).await.is(200).json();
        list["items"].as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("/v2/properties", "name").await, ["Барилга К-301"]);
    assert_eq!(names("/v2/rooms", "unitNo").await, ["К-301"]);
    assert_eq!(names("/v2/invoices", "id").await, [bill.id.as_str()]);
    let mut tenants = names("/v2/tenants", "name").await;
    tenants.sort();
    assert_eq!(tenants, ["Түрээслэгч К-301", "Шинэ Түрээслэгч ХХК"], "who rents there, and who rents nowhere yet");
    for path in [
        format!("/v2/tenants/{}", elsewhere.tenant),
        format!("/v2/contracts/{}", elsewhere.contract),
        format!("/v2/invoices/{}", other.id),
        format!("/v2/rooms/{}", elsewhere.room),
        format!("/v2/properties/{}", elsewhere.property),
    ] {
        bat.get(&path).await.refuses(404, "NOT_FOUND");
    }
    // A draft for the new tenant in the own building; none in another, none for a tenant of another.
    let room = dulmaa.has_room(&mine.property.to_string(), "К-309").await;
    bat.drafts(&mine.property.to_string(), &new, &room, json!({})).await.is(201);
    bat.drafts(&mine.property.to_string(), &elsewhere.tenant.to_string(), &room, json!({}))
        .await
        .refuses(404, "NOT_FOUND");
    bat.drafts(&elsewhere.property.to_string(), &new, &room, json!({})).await.refuses(404, "NOT_FOUND");
}

#[tokio::test]
async fn every_look_of_the_platform_is_told_to_the_director() {
    let town = Town::new().await;
    let (staff, dulmaa) = (town.admin().await, town.director().await);
    let place = town.lets_to(town.altan, "К-301", PHONE).await;
    let visit = format!("/v2/property-owners/{}/visit", town.altan);

    staff.post(&visit, json!({ "reason": "" })).await.refuses(400, "VALIDATION_ERROR");
    dulmaa.post(&visit, json!({ "reason": "Сонирхож" })).await.refuses(403, "FORBIDDEN");
    staff.post(&visit, json!({ "reason": "Тусламжийн хүсэлт №12" })).await.is(200).shows("/registerNo", "5112345");
    staff.get("/v2/contracts?q=Dorj").await.is(200);
    let seen = staff.get(&format!("/v2/contracts/{}", place.contract)).await.is(200);
    let missing = staff.get("/v2/contracts/0190a5c0-0000-7000-8000-000000000000").await.is(404);
    staff.ask(http::Method::DELETE, &visit, None, &[]).await.is(204);
    assert!(staff.contracts().await.is_empty());

    let audit = dulmaa.get("/v2/audit").await.is(200).json();
    let rows = audit["items"].as_array().unwrap();
    let looks: Vec<_> = rows.iter().filter(|row| row["action"] == "owner.look").collect();
    let said: Vec<_> = looks.iter().map(|row| row["after"]["asked"].as_str().unwrap().to_owned()).collect();
    assert!(said.contains(&format!("GET /v2/contracts/{}", place.contract)), "{said:?}");
    assert!(said.contains(&"GET /v2/contracts".to_owned()), "without the question, which may hold a name: {said:?}");
    assert!(said.contains(&"GET /v2/contracts/0190a5c0-0000-7000-8000-000000000000".to_owned()), "a refused look too");
    for reply in [seen, missing] {
        let request = reply.request.to_string();
        assert!(looks.iter().any(|row| row["requestId"] == request && row["role"] == "admin"), "{request}");
    }
    let visits: Vec<_> = rows.iter().filter(|row| row["action"] == "owner.visit").collect();
    assert_eq!(visits[0]["reason"], "Тусламжийн хүсэлт №12");
    assert!(rows.iter().any(|row| row["action"] == "owner.leave"));
    assert_eq!(
        town.neighbour().await.get("/v2/audit").await.is(200).json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["action"] == "owner.look")
            .count(),
        0
    );
}

impl Person<'_> {
    /// The codes of the contracts this person sees.
    async fn contracts(&self) -> Vec<String> {
        let list = self.get("/v2/contracts").await.is(200).json();
        let items = list["items"].as_array().expect("a list").iter();
        items.map(|item| item["code"].as_str().expect("a code").to_owned()).collect()
    }

    /// The people whose telephone is a tenant's, by what was said of them.
    async fn links(&self, status: &str) -> Vec<Value> {
        let list = self.get(&format!("/v2/tenant-links?status={status}")).await.is(200).json();
        list["items"].as_array().expect("a list").clone()
    }
}

fn states(places: &Value) -> Vec<(&str, &str, &Value)> {
    let items = places["items"].as_array().expect("a list").iter();
    let states = items.map(|item| {
        let (name, state) = (item["ownerName"].as_str(), item["state"].as_str());
        (name.expect("a name"), state.expect("a state"), &item["owed"])
    });
    states.collect()
}

/// The texts on Бат-Эрдэнэ's telephone.
fn texts(outside: &Outside) -> Vec<String> {
    outside.sandbox.sms.messages_to(PHONE).into_iter().map(|message| message.text).collect()
}
