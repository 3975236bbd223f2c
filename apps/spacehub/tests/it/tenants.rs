//! Tenants: found by any of their numbers, offered instead of entered twice, with facts that can be taken away.

use serde_json::{Value, json};

use crate::town::{Person, Town};

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn found(who: &Person<'_>, q: &str) -> Vec<String> {
    let page = who.get(&format!("/v2/tenants?q={}", encoded(q))).await.is(200).json();
    let items = page["items"].as_array().expect("a list");
    items.iter().map(|tenant| tenant["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn a_tenant_is_found_by_any_of_its_numbers_however_they_are_typed() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let khas = json!({ "kind": "company", "name": "Хас Эрдэнэ Гоёл ХХК", "registerNo": "6997576", "tin": "61209183241",
        "director": "Д. Мөнхбат", "phone": "99112233", "secondPhone": "70112233", "email": "Info@Khas.example" });
    dulmaa.post("/v2/tenants", khas).await.is(201).shows("/secondPhone", "70112233");
    let bat = json!({ "kind": "person", "name": "Бат Дорж", "registerNo": "УБ91010112", "phone": "88112233" });
    dulmaa.post("/v2/tenants", bat).await.is(201);
    dulmaa.has_tenant("Өлзий ХХК", "5118320").await;

    for q in [
        "6997576",
        "69975",
        "61209 183241",
        "9911-2233",
        "+976 70112233",
        "info@khas.example",
        "khas.ex",
        "хас эрд",
        "XAC ЭРДЭНЭ",
        "мөнхбат",
    ] {
        assert_eq!(found(&dulmaa, q).await, ["Хас Эрдэнэ Гоёл ХХК"], "{q}");
    }
    for q in ["yБ91010112", "91010112", "УБ9101", "бат д"] {
        assert_eq!(found(&dulmaa, q).await, ["Бат Дорж"], "{q}");
    }
    assert!(found(&dulmaa, "95555555").await.is_empty());
    assert!(found(&town.neighbour().await, "6997576").await.is_empty());
}

#[tokio::test]
async fn whoever_may_be_known_is_offered_instead_of_entered_twice() {
    let town = Town::new().await;
    let (nara, saraa) = (town.accountant().await, town.neighbour().await);
    let nomin = json!({ "kind": "company", "name": "«Номин» ХХК", "registerNo": "5118320", "phone": "99112233" });
    let nomin = nara.post("/v2/tenants", nomin).await.is(201).id();

    let again = |fields: Value| {
        let mut new = json!({ "kind": "company", "name": "Шинэ" });
        for (name, value) in fields.as_object().expect("fields") {
            new[name] = value.clone();
        }
        new
    };
    let by = |refusal: &Value| refusal["details"]["candidates"][0]["by"].clone();
    // The same number is the same tenant, and no reason makes it another.
    for reason in [Value::Null, json!("Өөр компани")] {
        let same = again(json!({ "registerNo": " 5118320", "anywayBecause": reason }));
        let refused = nara.post("/v2/tenants", same).await.refuses(409, "CONFLICT");
        assert_eq!((&refused["details"]["reason"], by(&refused)), (&json!("DUPLICATE"), json!(["registerNo"])));
        assert_eq!(refused["details"]["candidates"][0]["id"], json!(nomin));
    }
    // A telephone in either place, a name in any dress.
    for (fields, like) in [
        (json!({ "registerNo": "5118399", "phone": "9911 2233" }), json!(["phone"])),
        (json!({ "secondPhone": "+976 9911-2233" }), json!(["phone"])),
        (json!({ "name": "номин ххк" }), json!(["name"])),
        (json!({ "name": "НОМИН" }), json!(["name"])),
        (json!({ "name": "Hoмин LLC", "phone": "99112233" }), json!(["phone", "name"])),
    ] {
        let refused = nara.post("/v2/tenants", again(fields.clone())).await.refuses(409, "CONFLICT");
        assert_eq!((&refused["details"]["reason"], by(&refused)), (&json!("SIMILAR_TENANT"), like), "{fields}");
        let message = refused["message"].as_str().expect("a sentence");
        assert!(message.contains("«Номин» ХХК") && !message.contains('⟦'), "{message}");
    }
    assert_eq!(town.count("select count(*) from tenants").await, 1);

    // Two with one name and a number each are two, and so is whoever it is said of.
    nara.post("/v2/tenants", again(json!({ "name": "Номин ХХК", "registerNo": "2754312" }))).await.is(201);
    let told = again(json!({ "name": "Номин", "anywayBecause": "Ижил нэртэй өөр хүн" }));
    let told = nara.post("/v2/tenants", told).await.is(201).id();
    let noted = town.sql(&format!("select reason from audit_log where entity_id = '{told}'")).await;
    assert_eq!(noted[0].get::<_, String>(0), "Ижил нэртэй өөр хүн");
    // What the neighbour has is nobody's here, nor the other way round.
    saraa.post("/v2/tenants", again(json!({ "name": "Номин ХХК", "registerNo": "5118320" }))).await.is(201);
    town.employee().await.post("/v2/tenants", again(json!({}))).await.refuses(403, "FORBIDDEN");
    town.nobody().post("/v2/tenants", again(json!({}))).await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_fact_is_taken_away_by_null_and_stays_when_left_out() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let all = json!({ "kind": "company", "name": "Номин ХХК", "registerNo": "5118320", "tin": "61209183241",
        "director": "Д. Болд", "phone": "99112233", "secondPhone": "70112233", "email": "info@nomin.example" });
    let path = format!("/v2/tenants/{}", dulmaa.post("/v2/tenants", all).await.is(201).id());

    let without =
        json!({ "version": 1, "phone": null, "email": null, "director": null, "tin": null, "registerNo": null });
    let left = dulmaa.patch(&path, without).await.is(200).json();

    for gone in ["registerNo", "tin", "director", "secondPhone", "email"] {
        assert_eq!(left[gone], Value::Null, "{left}");
    }
    // The second telephone is the only one now.
    assert_eq!((&left["phone"], &left["name"]), (&json!("70112233"), &json!("Номин ХХК")));
    assert!(found(&dulmaa, "99112233").await.is_empty() && found(&dulmaa, "5118320").await.is_empty());
    dulmaa.patch(&path, json!({ "version": 2, "email": "a@b.mn" })).await.is(200).shows("/phone", "70112233");
    dulmaa.patch(&path, json!({ "version": 3, "name": null })).await.is(200).shows("/name", "Номин ХХК");
    dulmaa.patch(&path, json!({ "version": 4, "registerNo": "УБ91010112" })).await.refuses(400, "VALIDATION_ERROR");
    let changed = "select after->'changed' from audit_log where action = 'tenant.edit' order by id limit 1";
    let changed: Value = town.sql(changed).await[0].get(0);
    assert_eq!(changed, json!(["registerNo", "tin", "director", "phone", "secondPhone", "email"]));
}
