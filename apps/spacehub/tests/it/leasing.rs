//! Tenants and contracts: from the draft to the end, with many people at once at the same door.

use std::collections::BTreeMap;

use domain::{Money, Month, charges, contract::ContractStatus};
use http::Method;
use jiff::civil::date;
use leasing::contracts::terms_of_month;
use serde_json::{Value, json};

use crate::town::{Person, Town, leasing::contract};

/// A building, one room in it and a tenant.
async fn premises(dulmaa: &Person<'_>) -> [String; 3] {
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = dulmaa.has_room(&property, "301").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ Гоёл ХХК", "6997576").await;
    [property, room, tenant]
}

#[tokio::test]
async fn a_tenant_s_numbers_are_kept_in_one_form_and_once() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let tenant = json!({ "kind": "person", "name": " Бат  Дорж ", "registerNo": "yб91010112", "tin": " 61164351070",
        "phone": "+976 9911-2233", "email": "Bat@Example.mn" });

    let tenant = dulmaa.post("/v2/tenants", tenant).await.is(201);

    let tenant = tenant.shows("/name", "Бат Дорж").shows("/registerNo", "УБ91010112").shows("/tin", "61164351070");
    let tenant = tenant.shows("/phone", "99112233").shows("/email", "bat@example.mn");
    let again = json!({ "kind": "person", "name": "Өөр", "registerNo": "УБ91010112" });
    let again = dulmaa.post("/v2/tenants", again).await.refuses(409, "CONFLICT");
    assert_eq!((&again["details"]["reason"], &again["details"]["field"]), (&json!("DUPLICATE"), &json!("registerNo")));
    let wrong =
        json!({ "kind": "company", "name": "", "registerNo": "УБ91010112", "tin": "1", "phone": "12", "email": "x" });
    let wrong = dulmaa.post("/v2/tenants", wrong).await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(wrong["details"]["fields"].as_object().map(|fields| fields.len()), Some(5), "{wrong}");
    let path = format!("/v2/tenants/{}", tenant.id());
    dulmaa.patch(&path, json!({ "version": 1, "phone": "88112233" })).await.is(200).shows("/phone", "88112233");
    dulmaa.patch(&path, json!({ "version": 1, "phone": "88112233" })).await.refuses(409, "CONFLICT");
    for q in ["дорж", "9101", "8811", "ДОРЖ"] {
        let query = q.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        dulmaa.get(&format!("/v2/tenants?q={query}")).await.is(200).shows("/items/0/name", "Бат Дорж");
    }
    dulmaa.get("/v2/tenants?q=zzz").await.is(200).shows("/items", json!([]));
    let told = "select count(*) from audit_log where after::text ~ '91010112|9911|8811' or before::text ~ '9911|8811'";
    assert_eq!(town.count(told).await, 0, "numbers of persons are not in the audit");
}

#[tokio::test]
async fn tenants_are_for_those_who_keep_the_books_to_change_and_for_no_neighbour_to_see() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ Гоёл ХХК", "6997576").await;
    let path = format!("/v2/tenants/{tenant}");

    nara.patch(&path, json!({ "version": 1, "director": "Д. Болд" })).await.is(200).shows("/version", 2);

    bat.get(&path).await.is(200).shows("/director", "Д. Болд");
    bat.patch(&path, json!({ "version": 2, "director": "Би" })).await.refuses(403, "FORBIDDEN");
    bat.post("/v2/tenants", json!({ "kind": "company", "name": "Х" })).await.refuses(403, "FORBIDDEN");
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.patch(&path, json!({ "version": 2, "director": "Би" })).await.refuses(404, "NOT_FOUND");
    saraa.get("/v2/tenants").await.is(200).shows("/items", json!([]));
    saraa.has_tenant("Хас Эрдэнэ Гоёл ХХК", "6997576").await;
    town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_contract_is_drafted_signed_and_ended() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;

    let draft = dulmaa.drafts(&property, &tenant, &room, json!({ "penaltyBp": 50, "depositAmount": "75000000" })).await;
    let draft = draft.is(201).shows("/code", "CT-2026-0001").shows("/status", "draft").shows("/units", "301");
    let draft = draft.shows("/tenantName", "Хас Эрдэнэ Гоёл ХХК").shows("/kind", "office").shows("/paymentDay", 1);
    let draft = draft.shows("/items/0/vatMode", "included").shows("/items/0/taxKind", "VAT_ABLE");
    let draft = draft.shows("/items/0/classificationCode", "7211200").shows("/items/0/validFrom", "2026-10-01");
    let draft = draft.shows("/rooms/0/from", "2026-10-01").shows("/rooms/0/to", json!(null));
    let path = format!("/v2/contracts/{}", draft.id());
    let signed = dulmaa.post(&format!("{path}/signature"), json!({})).await.is(200);
    let signed = signed.shows("/status", "active").shows("/signedAt", "2026-10-10T02:00:00Z").shows("/version", 2);
    assert_eq!(dulmaa.get(&path).await.is(200).json(), signed.json());
    let order = json!({ "on": "2026-11-15", "reason": "Нүүж байна" });
    let ended = dulmaa.post(&format!("{path}/termination"), order).await.is(200);

    let ended = ended.shows("/status", "terminated").shows("/terminatedOn", "2026-11-15");
    ended.shows("/rooms/0/to", "2026-11-15").shows("/terminationReason", "Нүүж байна");
    let later = json!({ "startsOn": "2026-11-16" });
    dulmaa.drafts(&property, &tenant, &room, later).await.is(201).shows("/code", "CT-2026-0002");
    let steps = town
        .sql("select action, after ->> 'status' as became, reason from audit_log where entity = 'contract' order by id")
        .await;
    let steps: Vec<(String, Option<String>, Option<String>)> =
        steps.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    assert_eq!(steps[1], ("contract.sign".into(), Some("active".into()), None));
    assert_eq!(steps[2], ("contract.terminate".into(), Some("terminated".into()), Some("Нүүж байна".into())));
}

#[tokio::test]
async fn of_twenty_who_want_one_room_one_gets_it() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;

    let asked = (0..20).map(|_| dulmaa.drafts(&property, &tenant, &room, json!({})));
    let replies = futures_util::future::join_all(asked).await;

    let (made, refused): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 201);
    assert_eq!((made.len(), refused.len()), (1, 19));
    let code = made[0].json()["code"].clone();
    for reply in refused {
        let error = reply.refuses(409, "CONFLICT");
        assert_eq!(error["details"], json!({ "reason": "OVERLAP", "code": code, "unit": "301" }));
        assert!(error["message"].as_str().is_some_and(|said| said.contains("CT-2026-0001")), "{error}");
    }
    assert_eq!(town.count("select count(*) from contracts").await, 1);
    assert_eq!(town.count("select count(*) from contract_rooms").await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'contract.create'").await, 1);
    let next =
        dulmaa.drafts(&property, &tenant, &room, json!({ "startsOn": "2025-01-01", "endsOn": "2026-09-30" })).await;
    next.is(201).shows("/code", "CT-2026-0002");
}

#[tokio::test]
async fn a_code_that_came_along_is_kept_and_the_series_skips_it() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let year = |from: i16| json!({ "startsOn": date(from, 1, 1), "endsOn": date(from, 12, 31) });
    let coded = |from: i16, code: &str| {
        let mut fields = year(from);
        fields["code"] = json!(code);
        fields
    };

    dulmaa.drafts(&property, &tenant, &room, coded(2021, " ст–2026-0002")).await.is(201).shows("/code", "CT-2026-0002");
    dulmaa.drafts(&property, &tenant, &room, coded(2022, "101203")).await.is(201).shows("/code", "101203");

    dulmaa.drafts(&property, &tenant, &room, year(2023)).await.is(201).shows("/code", "CT-2026-0001");
    dulmaa.drafts(&property, &tenant, &room, year(2024)).await.is(201).shows("/code", "CT-2026-0003");
    let again = dulmaa.drafts(&property, &tenant, &room, coded(2025, "101203")).await.refuses(409, "CONFLICT");
    assert_eq!((&again["details"]["reason"], &again["details"]["field"]), (&json!("DUPLICATE"), &json!("code")));
    town.clock.move_to("2026-12-31T16:30:00Z".parse().expect("half past midnight in Ulaanbaatar"));
    let dulmaa = town.director().await;
    dulmaa.drafts(&property, &tenant, &room, year(2025)).await.is(201).shows("/code", "CT-2027-0001");
}

#[tokio::test]
async fn a_contract_is_made_once_however_often_it_is_sent() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let body = contract(&property, &tenant, &room, json!({}));
    let key = [("idempotency-key", "one-and-the-same")];

    let first = dulmaa.ask(Method::POST, "/v2/contracts", Some(body.clone()), &key).await.is(201);
    let second = dulmaa.ask(Method::POST, "/v2/contracts", Some(body), &key).await.is(201);

    assert_eq!(first.bytes, second.bytes);
    let other = contract(&property, &tenant, &room, json!({ "paymentDay": 5 }));
    let other = dulmaa.ask(Method::POST, "/v2/contracts", Some(other), &key).await.refuses(409, "CONFLICT");
    assert_eq!(other["details"]["reason"], "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(town.count("select count(*) from contracts").await, 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_contract_is_said_by_its_place_and_nothing_is_written() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let item = |fields: Value| {
        let mut item = json!({ "kind": "rent", "name": "Түрээс", "basis": "flat", "unitPrice": "100" });
        fields.as_object().expect("fields").iter().for_each(|(name, value)| item[name] = value.clone());
        json!({ "items": [item] })
    };

    for (fields, path) in [
        (json!({ "endsOn": "2026-09-30" }), "endsOn"),
        (json!({ "startsOn": "0206-10-01" }), "startsOn"),
        (json!({ "startsOn": "2026-02-30" }), "startsOn"),
        (json!({ "paymentDay": 32 }), "paymentDay"),
        (json!({ "graceDays": 101 }), "graceDays"),
        (json!({ "penaltyBp": 51 }), "penaltyBp"),
        (json!({ "depositAmount": "-1" }), "depositAmount"),
        (json!({ "depositAmount": "9223372036854775807" }), "depositAmount"),
        (json!({ "depositAmount": "9223372036854775808" }), "depositAmount"),
        (json!({ "depositAmount": 100 }), "depositAmount"),
        (json!({ "notes": "a\u{0}" }), "notes"),
        (json!({ "code": " " }), "code"),
        (json!({ "status": "active" }), "status"),
        (json!({ "ownerId": town.altan }), "ownerId"),
        (json!({ "rooms": [{ "roomId": room }, { "roomId": room }] }), "rooms[1].roomId"),
        (json!({ "rooms": [{ "roomId": room, "from": "2026-09-30" }] }), "rooms[0].from"),
        (item(json!({ "unitPrice": "-1" })), "items[0].unitPrice"),
        (item(json!({ "unitPrice": "9223372036854775808" })), "items[0].unitPrice"),
        (item(json!({ "kind": "discount" })), "items[0].unitPrice"),
        (item(json!({ "kind": "discount", "unitPrice": "-9223372036854775808" })), "items[0].unitPrice"),
        (item(json!({ "vatMode": "exempt" })), "items[0].exemptionCode"),
        (item(json!({ "exemptionCode": "408" })), "items[0].exemptionCode"),
        (item(json!({ "classificationCode": "72112" })), "items[0].classificationCode"),
        (item(json!({ "validFrom": "2026-10-02", "validTo": "2026-10-01" })), "items[0].validTo"),
        (item(json!({ "name": " " })), "items[0].name"),
        (item(json!({ "roomId": tenant })), "items[0].roomId"),
        (item(json!({ "taxKind": "VAT_ABLE" })), "items[0].taxKind"),
    ] {
        let refused = dulmaa.drafts(&property, &tenant, &room, fields).await.refuses(400, "VALIDATION_ERROR");
        assert!(refused["details"]["fields"][path].is_array(), "{path}: {refused}");
    }

    for table in ["contracts", "contract_rooms", "contract_items"] {
        assert_eq!(town.count(&format!("select count(*) from {table}")).await, 0);
    }
    assert_eq!(town.count("select count(*) from number_sequences").await, 0);
}

#[tokio::test]
async fn another_owner_s_ids_are_nobody_s_ids() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let [property, room, tenant] = premises(&dulmaa).await;
    let [own_property, own_room, own_tenant] = premises(&saraa).await;
    let theirs = dulmaa.drafts(&property, &tenant, &room, json!({})).await.is(201);
    let (theirs, item) = (theirs.id(), theirs.json()["items"][0]["id"].as_str().expect("an id").to_owned());
    let own = saraa.drafts(&own_property, &own_tenant, &own_room, json!({})).await.is(201).id();

    let later = json!({ "startsOn": "2030-01-01" });
    saraa.drafts(&property, &own_tenant, &own_room, later.clone()).await.refuses(404, "NOT_FOUND");
    saraa.drafts(&own_property, &tenant, &own_room, later.clone()).await.refuses(404, "NOT_FOUND");
    saraa.drafts(&own_property, &own_tenant, &room, later).await.refuses(404, "NOT_FOUND");
    let line = json!({ "kind": "rent", "name": "Түрээс", "basis": "flat", "unitPrice": "1", "roomId": room });
    saraa.post(&format!("/v2/contracts/{own}/items"), line.clone()).await.refuses(400, "VALIDATION_ERROR");
    let (path, own) = (format!("/v2/contracts/{theirs}"), format!("/v2/contracts/{own}"));
    let end = json!({ "validTo": "2026-12-31" });
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.patch(&path, json!({ "version": 1, "notes": "x" })).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/signature"), json!({})).await.refuses(404, "NOT_FOUND");
    let order = json!({ "on": "2026-11-01", "reason": "x" });
    saraa.post(&format!("{path}/termination"), order).await.refuses(404, "NOT_FOUND");
    saraa.get(&format!("{path}/items")).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/items"), line).await.refuses(404, "NOT_FOUND");
    saraa.patch(&format!("{path}/items/{item}"), end.clone()).await.refuses(404, "NOT_FOUND");
    saraa.patch(&format!("{own}/items/{item}"), end).await.refuses(404, "NOT_FOUND");
    for filter in [format!("propertyId={property}"), format!("tenantId={tenant}"), "q=301&status=active".to_owned()] {
        saraa.get(&format!("/v2/contracts?{filter}")).await.is(200).shows("/items", json!([]));
        saraa.get(&format!("/v2/contracts/totals?{filter}")).await.is(200).shows("/count", 0);
    }
    town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
    town.nobody().post(&format!("{path}/signature"), json!({})).await.refuses(401, "UNAUTHORIZED");

    let per_owner = "select string_agg(n::text, ',') from (select count(*) as n from contracts group by owner_id) c";
    assert_eq!(town.sql(per_owner).await[0].get::<_, String>(0), "1,1");
    dulmaa.get(&path).await.is(200).shows("/version", 1).shows("/status", "draft");
}

#[tokio::test]
async fn every_step_of_a_contract_s_life_is_taken_by_the_table() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let id = dulmaa.drafts(&property, &tenant, &room, json!({})).await.is(201).id();
    let path = format!("/v2/contracts/{id}");

    for &status in ContractStatus::ALL {
        for (step, next) in [("signature", ContractStatus::Active), ("termination", ContractStatus::Terminated)] {
            town.forces(&id, status.as_str()).await;
            // What a dropped draft let go it holds again, or it would lack its room.
            town.sql_batch("update contract_rooms set during = daterange('2026-10-01', null)").await;
            let body =
                if step == "signature" { json!({}) } else { json!({ "on": "2026-12-31", "reason": "Туршилт" }) };
            let reply = dulmaa.post(&format!("{path}/{step}"), body).await;
            if status.may_become(next) {
                reply.is(200).shows("/status", next.as_str());
            } else {
                let details = reply.refuses(409, "CONFLICT")["details"].clone();
                let told = json!({ "reason": "ILLEGAL_TRANSITION", "from": status.as_str(), "to": next.as_str() });
                assert_eq!(details, told);
            }
        }
        town.forces(&id, status.as_str()).await;
        let version = dulmaa.get(&path).await.json()["version"].clone();
        let change = dulmaa.patch(&path, json!({ "version": version, "notes": "Тэмдэглэл" })).await;
        match status.is_final() {
            true => assert_eq!(change.refuses(409, "CONFLICT")["details"]["reason"], "CONTRACT_ENDED"),
            false => drop(change.is(200)),
        }
    }
}

#[tokio::test]
async fn a_draft_changes_in_everything_and_a_contract_in_force_only_grows() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let year = json!({ "endsOn": "2026-12-31" });
    let path = format!("/v2/contracts/{}", dulmaa.drafts(&property, &tenant, &room, year).await.is(201).id());
    let next = json!({ "startsOn": "2027-03-01" });
    let next = dulmaa.drafts(&property, &tenant, &room, next).await.is(201).json()["code"].clone();

    let earlier = json!({ "version": 1, "startsOn": "2026-09-15", "endsOn": "2026-11-30", "penaltyBp": 20 });
    let draft = dulmaa.patch(&path, earlier).await.is(200).shows("/rooms/0/from", "2026-09-15");
    draft.shows("/rooms/0/to", "2026-11-30").shows("/items/0/validFrom", "2026-09-15").shows("/penaltyBp", 20);
    dulmaa.patch(&path, json!({ "version": 2, "penaltyBp": null })).await.is(200).shows("/penaltyBp", json!(null));
    dulmaa.patch(&path, json!({ "version": 2 })).await.refuses(409, "CONFLICT");
    dulmaa.post(&format!("{path}/signature"), json!({})).await.is(200);

    for (field, value) in [("startsOn", "2026-09-01"), ("endsOn", "2026-10-31")] {
        let refused = dulmaa.patch(&path, json!({ "version": 4, field: value })).await.refuses(400, "VALIDATION_ERROR");
        assert!(refused["details"]["fields"][field].is_array(), "{refused}");
    }
    for ends_on in [json!("2027-03-01"), json!(null)] {
        let taken = dulmaa.patch(&path, json!({ "version": 4, "endsOn": ends_on })).await.refuses(409, "CONFLICT");
        assert_eq!(taken["details"], json!({ "reason": "OVERLAP", "code": next, "unit": "301" }));
    }
    let extended = dulmaa.patch(&path, json!({ "version": 4, "endsOn": "2027-02-28", "paymentDay": 5 })).await.is(200);
    extended.shows("/rooms/0/to", "2027-02-28").shows("/endsOn", "2027-02-28").shows("/paymentDay", 5);
}

#[tokio::test]
async fn a_dropped_draft_lets_its_rooms_go() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let id = dulmaa.drafts(&property, &tenant, &room, json!({})).await.is(201).id();

    let order = json!({ "on": "2026-10-10", "reason": "Бодлоо өөрчилсөн" });
    let dropped = dulmaa.post(&format!("/v2/contracts/{id}/termination"), order).await.is(200);

    dropped.shows("/status", "terminated").shows("/rooms", json!([])).shows("/units", "301");
    dulmaa.drafts(&property, &tenant, &room, json!({})).await.is(201).shows("/code", "CT-2026-0002");
    assert_eq!(terms(&town, "2026-10").await, BTreeMap::new(), "what never came into force is not billed");
}

#[tokio::test]
async fn who_may_do_what_with_contracts() {
    let town = Town::new().await;
    let (dulmaa, nara, bat) = (town.director().await, town.accountant().await, town.employee().await);
    let [property, room, tenant] = premises(&dulmaa).await;
    let plaza = dulmaa.has_property("Алтан Плаза").await;
    let closed = dulmaa.has_room(&plaza, "101").await;
    town.assigns(&bat, &property).await;
    let another = dulmaa.has_tenant("Өөр Байрны ХХК", "5550002").await;
    let elsewhere = dulmaa.drafts(&plaza, &another, &closed, json!({})).await.is(201).id();

    let draft = bat.drafts(&property, &tenant, &room, json!({})).await.is(201).shows("/code", "CT-2026-0002").id();

    let path = format!("/v2/contracts/{draft}");
    let order = json!({ "on": "2026-11-01", "reason": "Туршилт" });
    bat.patch(&path, json!({ "version": 1, "notes": "Ноорог" })).await.is(200);
    bat.post(&format!("{path}/signature"), json!({})).await.refuses(403, "FORBIDDEN");
    bat.post(&format!("{path}/termination"), order.clone()).await.refuses(403, "FORBIDDEN");
    bat.get(&format!("/v2/contracts/{elsewhere}")).await.refuses(404, "NOT_FOUND");
    bat.drafts(&plaza, &tenant, &closed, json!({ "startsOn": "2030-01-01" })).await.refuses(404, "NOT_FOUND");
    bat.get("/v2/contracts/totals").await.is(200).shows("/count", 1);
    nara.post(&format!("{path}/signature"), json!({})).await.is(200);
    bat.patch(&path, json!({ "version": 3, "notes": "Хүчинтэй" })).await.refuses(403, "FORBIDDEN");
    let line = json!({ "kind": "parking", "name": "Зогсоол", "basis": "flat", "unitPrice": "15000000" });
    bat.post(&format!("{path}/items"), line.clone()).await.refuses(403, "FORBIDDEN");
    nara.post(&format!("{path}/items"), line).await.is(201).shows("/classificationCode", "6743000");
    nara.post(&format!("{path}/termination"), order.clone()).await.refuses(403, "FORBIDDEN");
    dulmaa.post(&format!("{path}/termination"), order).await.is(200);
}

#[tokio::test]
async fn a_charge_line_begins_and_ends_on_a_day() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let made = dulmaa.drafts(&property, &tenant, &room, json!({})).await.is(201);
    let (path, rent) = (format!("/v2/contracts/{}", made.id()), made.json()["items"][0]["id"].clone());
    let rent = format!("{path}/items/{}", rent.as_str().expect("an id"));
    dulmaa.post(&format!("{path}/signature"), json!({})).await.is(200);

    dulmaa.patch(&rent, json!({ "validTo": "2026-12-31" })).await.is(200).shows("/validTo", "2026-12-31");
    let dearer = json!({ "kind": "rent", "name": "Түрээс", "basis": "per_m2", "unitPrice": "1600000", "roomId": room,
        "vatMode": "added", "validFrom": "2027-01-01" });
    let key = [("idempotency-key", "dearer")];
    let items = format!("{path}/items");
    let first = dulmaa.ask(Method::POST, &items, Some(dearer.clone()), &key).await.is(201);
    let second = dulmaa.ask(Method::POST, &items, Some(dearer), &key).await.is(201);
    assert_eq!(first.bytes, second.bytes);
    let discount = json!({ "kind": "discount", "name": "Хөнгөлөлт", "basis": "flat", "unitPrice": "-5000000" });
    dulmaa.post(&items, discount).await.is(201).shows("/validFrom", "2026-10-01");

    dulmaa.patch(&rent, json!({ "validTo": "2026-09-30" })).await.refuses(400, "VALIDATION_ERROR");
    let first = dulmaa.get(&format!("{items}?limit=2")).await.is(200);
    let cursor = first.json()["nextCursor"].as_str().expect("there is more").to_owned();
    let second = dulmaa.get(&format!("{items}?limit=2&cursor={cursor}")).await.is(200);
    second.shows("/items/0/kind", "discount").shows("/nextCursor", json!(null));
    let november = terms(&town, "2026-11").await;
    assert_eq!(november["CT-2026-0001"], Money::from_tugrug(50 * 15_000 - 50_000));
    let january = terms(&town, "2027-01").await;
    assert_eq!(january["CT-2026-0001"], Money::from_tugrug(50 * 16_000 * 110 / 100 - 50_000));
}

#[tokio::test]
async fn contracts_are_found_sorted_and_paged_in_every_order() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let plaza = dulmaa.has_property("Алтан Плаза").await;
    let names = ["Өлзий ХХК", "Алтай ХХК", "Өлзий ХХК", "Болд ХХК", "Чинзо ХХК"];
    let ends = [Some("2026-12-31"), None, Some("2026-11-05"), None, Some("2026-10-20")];
    let mut tenants = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        if !tenants.contains_key(name) {
            tenants.insert(name, dulmaa.has_tenant(name, &format!("699757{i}")).await);
        }
        let room = dulmaa.has_room(if i == 4 { &plaza } else { &property }, &format!("10{i}")).await;
        let fields = json!({ "startsOn": date(2026, 10 - i as i8, 1), "endsOn": ends[i], "depositAmount": "100" });
        let home = if i == 4 { &plaza } else { &property };
        let id = dulmaa.drafts(home, &tenants[name], &room, fields).await.is(201).id();
        if i != 1 {
            dulmaa.post(&format!("/v2/contracts/{id}/signature"), json!({})).await.is(200);
        }
    }

    for (sort, order) in [
        ("", "1 2 3 4 5"),
        ("code", "1 2 3 4 5"),
        ("-code", "5 4 3 2 1"),
        ("tenant", "2 4 1 3 5"),
        ("-tenant", "5 3 1 4 2"),
        ("startsOn", "5 4 3 2 1"),
        ("-startsOn", "1 2 3 4 5"),
        ("endsOn", "5 3 1 2 4"),
        ("-endsOn", "4 2 1 3 5"),
    ] {
        let sort = if sort.is_empty() { String::new() } else { format!("&sort={sort}") };
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = dulmaa.get(&format!("/v2/contracts?limit=2{sort}{cursor}")).await.is(200).json();
            found.extend(numbers(&page));
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found.join(" "), order, "{sort}");
    }
    let q = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    for (filter, found) in [
        ("status=draft".to_owned(), "2"),
        (format!("propertyId={plaza}"), "5"),
        (format!("tenantId={}", tenants[&"Өлзий ХХК"]), "1 3"),
        ("endingWithinDays=30".to_owned(), "3 5"),
        ("endingWithinDays=30&sort=endsOn".to_owned(), "5 3"),
        ("endingWithinDays=10".to_owned(), "5"),
        (format!("q={}", q("олзий")), "1 3"),
        (format!("q={}", q("ст-2026-0004")), "4"),
        (format!("q={}", q("104")), "5"),
        (format!("q={}", q("%")), ""),
        (format!("q={}", q("\0")), "1 2 3 4 5"),
    ] {
        let page = dulmaa.get(&format!("/v2/contracts?{filter}")).await.is(200).json();
        assert_eq!(numbers(&page).join(" "), found, "{filter}");
        let count = i64::try_from(numbers(&page).len()).expect("few");
        let totals = dulmaa.get(&format!("/v2/contracts/totals?{filter}")).await.is(200);
        totals.shows("/count", count).shows("/depositAmount", (count * 100).to_string());
    }
    let page = dulmaa.get("/v2/contracts?limit=2&sort=code").await.json();
    let foreign = format!("/v2/contracts?sort=tenant&cursor={}", page["nextCursor"].as_str().expect("more"));
    dulmaa.get(&foreign).await.refuses(400, "VALIDATION_ERROR");
    for bad in ["sort=price", "status=sold", "cursor=e30", "endingWithinDays=-1", "endingWithinDays=9999999999", "x=1"]
    {
        dulmaa.get(&format!("/v2/contracts?{bad}")).await.refuses(400, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn billing_learns_the_terms_of_every_contract_with_a_day_in_the_month() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let second = dulmaa.has_room(&property, "302").await;
    let both = json!({ "rooms": [{ "roomId": room }, { "roomId": second, "from": "2026-11-16" }], "endsOn": "2027-01-31",
        "paymentDay": 15 });
    let id = dulmaa.drafts(&property, &tenant, &room, both).await.is(201).shows("/units", "301; 302").id();
    assert_eq!(terms(&town, "2026-11").await, BTreeMap::new(), "a draft is not billed");
    dulmaa.post(&format!("/v2/contracts/{id}/signature"), json!({})).await.is(200);

    let whole = Money::from_tugrug(50 * 15_000);
    let with_second = whole.checked_add(whole.share(15, 30).expect("fits")).expect("fits");
    for (month, amount) in [("2026-09", None), ("2026-10", Some(whole)), ("2026-11", Some(with_second))] {
        assert_eq!(terms(&town, month).await.get("CT-2026-0001").copied(), amount, "{month}");
    }
    assert_eq!(terms(&town, "2027-01").await.len(), 1);
    assert_eq!(terms(&town, "2027-02").await.len(), 0);

    let order = json!({ "on": "2026-12-31", "reason": "Туршилт" });
    dulmaa.post(&format!("/v2/contracts/{id}/termination"), order).await.is(200);
    assert_eq!(terms(&town, "2026-12").await["CT-2026-0001"], Money::from_tugrug(2 * 50 * 15_000));
    let after = terms(&town, "2027-01").await;
    assert_eq!(after["CT-2026-0001"], Money::ZERO, "it was settled with a bill in December, and charges nothing more");
    let neighbour = base::Actor::system(&town.app, town.mungun);
    let month: Month = "2026-12".parse().expect("a month");
    let seen = neighbour.transact(async |tx| terms_of_month(tx, month).await).await.expect("reads");
    assert!(seen.is_empty());
}

/// What each contract charges in a month, by code, as billing computes it.
async fn terms(town: &Town, month: &str) -> BTreeMap<String, Money> {
    let month: Month = month.parse().expect("a month");
    let actor = base::Actor::system(&town.app, town.altan);
    let facts = actor.transact(async |tx| terms_of_month(tx, month).await).await.expect("reads");
    let total = |terms| charges::for_month(terms, month, true).expect("adds up").totals.total;
    facts.iter().map(|contract| (contract.code.clone(), total(&contract.terms))).collect()
}

/// The last digit of each code.
fn numbers(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("a page").iter();
    items.map(|row| row["code"].as_str().expect("a code")[11..].to_owned()).collect()
}
