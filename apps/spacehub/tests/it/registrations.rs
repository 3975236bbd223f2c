//! A company comes by itself: its director confirms the address and lands in an empty account that says what is next.

use serde_json::{Value, json};

use crate::town::{Outside, PASSWORD, Reply, Town};

const NEW: &str = "bolor@shine.test";

#[tokio::test]
async fn a_company_registers_and_its_director_lands_in_an_empty_account() {
    let (town, outside) = Town::with_outside().await;

    register(&town, NEW, "7334455", "Шинэ Талбай ХХК").await.shows("/email", NEW);
    assert_eq!(town.count("select count(*) from property_owners where register_no = '7334455'").await, 0);
    confirm(&town, &outside, NEW).await;

    let body = json!({ "email": NEW, "password": PASSWORD });
    let reply = town.nobody().post("/api/auth/sign-in/email", body).await.is(200).json();
    let bolor = town.holder_of(reply["token"].as_str().expect("a token"));
    let me = bolor.get("/v2/me").await.is(200);
    me.shows("/role", "owner_director").shows("/owner/registerNo", "7334455").shows("/owner/name", "Шинэ Талбай ХХК");
    bolor.get("/v2/properties").await.is(200).shows("/items", json!([]));
    let owners = bolor.get("/v2/property-owners").await.is(200).json();
    assert_eq!(owners["items"].as_array().map(Vec::len), Some(1));

    let done = async || {
        let setup = bolor.get("/v2/setup").await.is(200).json();
        let steps = setup["steps"].as_array().expect("steps").clone();
        let done: Vec<String> = steps
            .iter()
            .filter(|s| s["done"] == true)
            .map(|s| s["step"].as_str().expect("a word").to_owned())
            .collect();
        (done, setup["complete"].clone())
    };
    assert_eq!(done().await, (vec![], json!(false)));
    let owner = owners["items"][0]["id"].as_str().expect("an id");
    let facts = json!({ "version": 1, "phone": "77110011", "address": "Улаанбаатар, Сүхбаатар дүүрэг" });
    bolor.patch(&format!("/v2/property-owners/{owner}"), facts).await.is(200);
    let property = bolor.has_property("Шинэ Талбай").await;
    assert_eq!(done().await.0, ["company", "property"]);
    bolor.has_room(&property, "101").await;
    assert_eq!(done().await.0, ["company", "property", "rooms"]);
    town.director().await.get("/v2/setup").await.is(200);
    town.employee().await.get("/v2/setup").await.refuses(403, "FORBIDDEN");
}

#[tokio::test]
async fn a_taken_number_or_address_shows_in_no_answer() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;

    let free = register(&town, NEW, "7334455", "Шинэ Талбай ХХК").await;
    let number = register(&town, "second@shine.test", "5112345", "Алтан Тауэр ХХК").await;
    let address = register(&town, &dulmaa.email, "7334456", "Өөр ХХК").await;
    for reply in [&number, &address] {
        assert_eq!(reply.status, free.status);
        assert_eq!(reply.headers.len(), free.headers.len());
    }
    town.keep_promises().await;

    assert!(outside.letter_to("second@shine.test").subject.contains("байгууллага"));
    assert!(outside.letter_to(&dulmaa.email).subject.contains("Та бүртгэлтэй"));
    assert!(outside.link_to(NEW).contains("verify-email"));
    assert_eq!(town.count("select count(*) from property_owners").await, 2);
}

#[tokio::test]
async fn of_two_who_register_one_company_the_first_to_confirm_has_it() {
    let (town, outside) = Town::with_outside().await;
    register(&town, NEW, "7334455", "Шинэ Талбай ХХК").await;
    register(&town, "second@shine.test", "7334455", "Шинэ Талбай").await;
    town.keep_promises().await;
    let (first, second) = (outside.link_to(NEW), outside.link_to("second@shine.test"));

    let bare = |link: &str| link.split("&callbackURL").next().expect("a token").to_owned();
    town.nobody().get(&bare(&first)).await.is(200);
    town.nobody().get(&bare(&second)).await.is(409).shows("/code", "COMPANY_ALREADY_REGISTERED");

    let users = town.count("select count(*) from users where email like '%@shine.test'").await;
    assert_eq!((users, town.count("select count(*) from property_owners").await), (1, 3));
}

#[tokio::test]
async fn what_does_not_fit_is_named_by_its_field() {
    let town = Town::new().await;
    let body = json!({ "companyName": "", "registerNo": "51123", "directorName": "Болор", "email": "x",
                       "password": "short", "callbackPath": "https://evil.test" });
    let refused = town.nobody().post("/v2/registrations", body).await.refuses(400, "VALIDATION_ERROR");
    let fields = refused["details"]["fields"].as_object().expect("fields");
    for field in ["companyName", "registerNo", "email", "password", "callbackPath"] {
        assert!(fields.contains_key(field), "{fields:?}");
    }
}

async fn register(town: &Town, email: &str, register_no: &str, company: &str) -> Reply {
    let body: Value = json!({ "companyName": company, "registerNo": register_no, "directorName": "Болор",
                              "email": email, "password": PASSWORD });
    town.nobody().post("/v2/registrations", body).await.is(202)
}

async fn confirm(town: &Town, outside: &Outside, email: &str) {
    town.keep_promises().await;
    town.nobody().get(&outside.link_to(email)).await.is(302);
}
