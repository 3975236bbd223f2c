//! The life of a contract: sent, signed, put into force, extended, renewed – by the table, by whom it may, and once.

use domain::contract::ContractStatus;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio_postgres::NoTls;

use crate::town::{Person, Town, nothing};

/// A contract that ends, drafted for somebody over a room of its own.
async fn drafted(dulmaa: &Person<'_>, fields: Value) -> String {
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = dulmaa.has_room(&property, "301").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ Гоёл ХХК", "6997576").await;
    let mut all = json!({ "endsOn": "2026-12-31", "depositAmount": "75000000", "graceDays": 10 });
    for (name, value) in fields.as_object().expect("fields") {
        all[name] = value.clone();
    }
    dulmaa.drafts(&property, &tenant, &room, all).await.is(201).id()
}

/// The same in force.
async fn let_out(dulmaa: &Person<'_>, fields: Value) -> String {
    let id = drafted(dulmaa, fields).await;
    dulmaa.post(&format!("/v2/contracts/{id}/activation"), nothing()).await.is(200);
    id
}

fn at(id: &str) -> String {
    format!("/v2/contracts/{id}")
}

#[tokio::test]
async fn a_contract_is_sent_taken_back_and_signed() {
    let town = Town::new().await;
    let (dulmaa, nara, bat) = (town.director().await, town.accountant().await, town.employee().await);
    let path = at(&drafted(&dulmaa, json!({})).await);

    let sent = nara.post(&format!("{path}/sending"), json!({ "version": 1 })).await.is(200);
    sent.shows("/status", "pending_signature").shows("/version", 2);
    let stale = nara.post(&format!("{path}/return"), json!({ "reason": "Засах", "version": 1 })).await;
    assert_eq!(stale.refuses(409, "CONFLICT")["details"]["reason"], "VERSION");
    nara.post(&format!("{path}/return"), json!({ "reason": " " })).await.refuses(400, "VALIDATION_ERROR");
    let back = nara.post(&format!("{path}/return"), json!({ "reason": "Хугацааг өөрчилнө" })).await.is(200);
    back.shows("/status", "draft");
    nara.post(&format!("{path}/sending"), nothing()).await.is(200);
    for wrong in ["2026-10-11", "0206-10-01"] {
        let wrong = json!({ "signedOn": wrong });
        nara.post(&format!("{path}/signature"), wrong).await.refuses(400, "VALIDATION_ERROR");
    }
    let signed = nara.post(&format!("{path}/signature"), json!({ "signedOn": "2026-10-08" })).await.is(200);
    let signed = signed.shows("/status", "active").shows("/signedAt", "2026-10-07T16:00:00Z");

    bat.post(&format!("{path}/sending"), nothing()).await.refuses(403, "FORBIDDEN");
    assert_eq!(nara.get(&path).await.is(200).json(), signed.json());
    let history = nara.get(&format!("{path}/history")).await.is(200);
    let kinds: Vec<Value> =
        history.json()["items"].as_array().expect("entries").iter().map(|entry| entry["what"].clone()).collect();
    assert_eq!(json!(kinds), json!(["signed", "sent_to_sign", "sent_back", "sent_to_sign", "drafted"]));
    nara.get(&format!("{path}/deposit"))
        .await
        .is(200)
        .shows("/sums/due", "75000000")
        .shows("/sums/missing", "75000000");
    let audited =
        "select count(*) from audit_log where action in ('contract.send', 'contract.take_back', 'contract.sign')";
    assert_eq!(town.count(audited).await, 4);
}

#[tokio::test]
async fn a_step_is_for_those_who_may_and_no_neighbour_finds_the_contract() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let id = let_out(&dulmaa, json!({})).await;
    let path = at(&id);
    let (bat, saraa) = (town.employee().await, town.neighbour().await);
    let property = dulmaa.get(&path).await.is(200).word("/propertyId");
    town.assigns(&bat, &property).await;
    let steps = [
        ("sending", nothing()),
        ("return", json!({ "reason": "Х" })),
        ("signature", nothing()),
        ("activation", nothing()),
        ("extension", json!({ "endsOn": "2027-12-31" })),
        ("renewal", json!({})),
        ("termination", json!({ "on": "2026-11-30", "reason": "Х" })),
        ("restoration", json!({ "reason": "Х" })),
        ("deposit/entries", json!({ "kind": "received", "amount": "100" })),
    ];

    for (step, body) in &steps {
        saraa.post(&format!("{path}/{step}"), body.clone()).await.refuses(404, "NOT_FOUND");
        town.nobody().post(&format!("{path}/{step}"), body.clone()).await.refuses(401, "UNAUTHORIZED");
        bat.post(&format!("{path}/{step}"), body.clone()).await.refuses(403, "FORBIDDEN");
    }
    for look in
        ["extension-preview?endsOn=2027-12-31", "renewal-preview", "termination-preview?on=2026-11-30", "deposit"]
    {
        saraa.get(&format!("{path}/{look}")).await.refuses(404, "NOT_FOUND");
        town.nobody().get(&format!("{path}/{look}")).await.refuses(401, "UNAUTHORIZED");
        bat.get(&format!("{path}/{look}")).await.refuses(403, "FORBIDDEN");
    }
    dulmaa.get(&path).await.is(200).shows("/status", "active").shows("/version", 2);
}

/// The API's steps, and where each leads.
const STEPS: [(&str, ContractStatus); 5] = [
    ("sending", ContractStatus::PendingSignature),
    ("return", ContractStatus::Draft),
    ("signature", ContractStatus::Active),
    ("activation", ContractStatus::Active),
    ("termination", ContractStatus::Terminated),
];

#[tokio::test]
async fn every_step_is_taken_by_the_table_and_by_no_other_way() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let id = drafted(&dulmaa, json!({ "endsOn": null })).await;
    let (mut asked, mut wrong) = (0, Vec::new());

    for &from in ContractStatus::ALL {
        for (step, to) in STEPS {
            town.forces(&id, from.as_str()).await;
            let body = match step {
                "return" => json!({ "reason": "Туршилт" }),
                "termination" => json!({ "on": "2026-12-31", "reason": "Туршилт" }),
                _ => nothing(),
            };
            let reply = dulmaa.post(&format!("{}/{step}", at(&id)), body).await;
            asked += 1;
            if from.may_become(to) {
                reply.is(200).shows("/status", to.as_str());
            } else {
                let told = json!({ "reason": "ILLEGAL_TRANSITION", "from": from.as_str(), "to": to.as_str() });
                assert_eq!(reply.refuses(409, "CONFLICT")["details"], told);
            }
            town.sql_batch("update contract_rooms set during = daterange('2026-10-01', null)").await;
        }
    }

    // In SQL, with the rights of a request: all pairs.
    let (client, connection) = tokio_postgres::connect(&town.database.admin_url, NoTls).await.expect("connects");
    tokio::spawn(connection);
    let mut pairs = 0;
    for from in ContractStatus::ALL {
        for to in ContractStatus::ALL.iter().filter(|to| *to != from) {
            town.forces(&id, from.as_str()).await;
            let told = client
                .execute("update contracts set status = $1 where id = $2::text::uuid", &[&to.as_str(), &id])
                .await;
            let refused =
                told.as_ref().err().and_then(|error| error.as_db_error()).and_then(|error| error.constraint());
            let may = told.is_ok();
            pairs += 1;
            if may != from.may_become(*to) || (!may && refused != Some("contracts_step_by_the_table")) {
                wrong.push(format!("{from} to {to}: {told:?}"));
            }
        }
    }
    println!("R17: {} wrong / {pairs} pairs in SQL, {asked} steps by the API", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn of_fifty_who_take_the_same_step_one_does() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let id = drafted(&dulmaa, json!({})).await;

    for (step, body) in [
        ("sending", nothing()),
        ("return", json!({ "reason": "Х" })),
        ("signature", nothing()),
        ("termination", json!({ "on": "2026-11-30", "reason": "Х" })),
    ] {
        let path = format!("{}/{step}", at(&id));
        let replies = join_all((0..50).map(|_| dulmaa.post(&path, body.clone()))).await;
        let won = replies.iter().filter(|reply| reply.status == 200).count();
        assert_eq!(won, 1, "{step}");
        for reply in replies.into_iter().filter(|reply| reply.status != 200) {
            // Whoever waited too long for the others is told to come back, and does.
            let reply = if reply.status == 503 { dulmaa.post(&path, body.clone()).await } else { reply };
            let reason = reply.refuses(409, "CONFLICT")["details"]["reason"].clone();
            assert_eq!(reason, "ILLEGAL_TRANSITION", "{step}");
        }
        println!("R17: {step}: 1 of 50 at once, 49 refused");
    }
    assert_eq!(town.count("select count(*) from contract_endings").await, 1);
    assert_eq!(town.count("select count(*) from settlements").await, 1);
}

#[tokio::test]
async fn an_extension_keeps_the_rooms_and_changes_prices_from_a_day() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let path = at(&let_out(&dulmaa, json!({})).await);

    let asked = format!("{path}/extension-preview?endsOn=2027-12-31&increaseBp=750");
    let preview = dulmaa.get(&asked).await.is(200).shows("/from", "2027-01-01").shows("/pricesFrom", "2027-01-01");
    let preview = preview.shows("/lines/0/unitPrice", "1500000").shows("/lines/0/newUnitPrice", "1612500");
    preview.shows("/monthBefore", "75000000").shows("/monthAfter", "80625000");
    let order = json!({ "endsOn": "2027-12-31", "prices": { "from": "2027-01-01", "increaseBp": 750 }, "version": 2,
        "reason": "Талууд тохиролцсон" });
    let extended = dulmaa.post(&format!("{path}/extension"), order).await.is(200);

    let extended =
        extended.shows("/endsOn", "2027-12-31").shows("/rooms/0/to", "2027-12-31").shows("/status", "active");
    let extended = extended.shows("/items/0/validTo", "2026-12-31").shows("/items/0/unitPrice", "1500000");
    extended.shows("/items/1/validFrom", "2027-01-01").shows("/items/1/unitPrice", "1612500");
    let was = dulmaa.get(&format!("{path}/history")).await.is(200).json();
    assert_eq!(
        (&was["items"][0]["what"], &was["items"][0]["reason"]),
        (&json!("extended"), &json!("Талууд тохиролцсон"))
    );
    for (order, field) in [
        (json!({ "endsOn": "2027-12-31" }), "endsOn"),
        (json!({ "endsOn": "2027-06-30" }), "endsOn"),
        (json!({ "endsOn": "2028-06-30", "prices": { "from": "2026-10-01", "increaseBp": 1 } }), "prices.from"),
        (
            json!({ "endsOn": "2028-06-30", "prices": { "from": "2027-06-01", "increaseBp": -9901 } }),
            "prices.increaseBp",
        ),
    ] {
        let refused = dulmaa.post(&format!("{path}/extension"), order).await.refuses(400, "VALIDATION_ERROR");
        assert!(refused["details"]["fields"][field].is_array(), "{field}: {refused}");
    }
    let later = json!({ "endsOn": null, "prices": { "from": "2026-12-01", "increaseBp": 100 } });
    let refused = dulmaa.post(&format!("{path}/extension"), later).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "CHARGE_BEGINS_LATER");
    dulmaa
        .post(&format!("{path}/extension"), json!({ "endsOn": null }))
        .await
        .is(200)
        .shows("/rooms/0/to", json!(null));
    let open = dulmaa.post(&format!("{path}/extension"), json!({ "endsOn": "2030-01-01" })).await;
    assert_eq!(open.refuses(409, "CONFLICT")["details"]["reason"], "CONTRACT_HAS_NO_END");
}

#[tokio::test]
async fn an_extension_into_another_s_time_names_the_other() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let path = at(&let_out(&dulmaa, json!({})).await);
    let mine = dulmaa.get(&path).await.is(200).json();
    let id = |pointer: &str| mine.pointer(pointer).and_then(Value::as_str).expect("an id").to_owned();
    let next = json!({ "startsOn": "2027-03-01" });
    let next = dulmaa.drafts(&id("/propertyId"), &id("/tenantId"), &id("/rooms/0/roomId"), next).await.is(201);

    let taken = dulmaa.post(&format!("{path}/extension"), json!({ "endsOn": "2027-03-01" })).await;

    let told = json!({ "reason": "OVERLAP", "code": next.json()["code"], "unit": "301" });
    assert_eq!(taken.refuses(409, "CONFLICT")["details"], told);
    dulmaa.post(&format!("{path}/extension"), json!({ "endsOn": "2027-02-28" })).await.is(200);
}

#[tokio::test]
async fn a_renewal_takes_the_rooms_over_without_a_day_between() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let id = let_out(&dulmaa, json!({})).await;
    let path = at(&id);
    let received = json!({ "kind": "received", "amount": "75000000" });
    nara.post(&format!("{path}/deposit/entries"), received).await.is(201).shows("/sums/held", "75000000");

    let asked = dulmaa.get(&format!("{path}/renewal-preview?endsOn=2028-12-31&increaseBp=1000")).await.is(200);
    asked.shows("/from", "2027-01-01").shows("/monthBefore", "75000000").shows("/monthAfter", "82500000");
    let order =
        json!({ "endsOn": "2028-12-31", "increaseBp": 1000, "version": dulmaa.get(&path).await.json()["version"] });
    let draft = nara.post(&format!("{path}/renewal"), order).await.is(201);
    let draft =
        draft.shows("/status", "draft").shows("/startsOn", "2027-01-01").shows("/renewsContractId", id.as_str());
    let draft = draft
        .shows("/rooms/0/from", "2027-01-01")
        .shows("/items/0/unitPrice", "1650000")
        .shows("/code", "CT-2026-0002");
    let twice = nara.post(&format!("{path}/renewal"), json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(twice["details"]["reason"], "RENEWED_ALREADY");
    let new = at(&draft.id());
    dulmaa.get(&path).await.is(200).shows("/status", "active");

    nara.post(&format!("{new}/signature"), nothing()).await.is(200).shows("/status", "active");

    dulmaa.get(&path).await.is(200).shows("/status", "renewed").shows("/rooms/0/to", "2026-12-31");
    nara.get(&format!("{path}/deposit")).await.is(200).shows("/sums/held", "0").shows("/sums/due", "0");
    nara.get(&format!("{new}/deposit")).await.is(200).shows("/sums/held", "75000000").shows("/sums/missing", "0");
    let gaps = "select count(*) from contract_rooms a join contract_rooms b on a.room_id = b.room_id
                 where upper(a.during) = lower(b.during)";
    assert_eq!(town.count(gaps).await, 1, "one ends where the other begins");
    let dropped = json!({ "on": "2027-01-01", "reason": "Х" });
    let ended = dulmaa.post(&format!("{path}/termination"), dropped).await.refuses(409, "CONFLICT");
    assert_eq!(ended["details"]["from"], "renewed");
}

#[tokio::test]
async fn what_was_agreed_for_longer_goes_on_in_the_renewal() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let path = at(&let_out(&dulmaa, json!({})).await);
    let item = dulmaa.get(&path).await.json()["items"][0]["id"].clone();
    let yearly =
        json!({ "itemId": item, "kind": "percent", "percentBp": 500, "firstOn": "2026-12-01", "everyMonths": 12 });
    dulmaa.post(&format!("{path}/increases"), yearly).await.is(201);
    let open = json!({ "name": "Засвар", "percentBp": 1000, "validFrom": "2026-11-01", "reason": "Өрөөний засвар" });
    dulmaa.post(&format!("{path}/discounts"), open).await.is(201);

    let draft = dulmaa.post(&format!("{path}/renewal"), json!({ "endsOn": "2028-12-31" })).await.is(201);

    let draft = draft.shows("/startsOn", "2027-01-01").shows("/increases/0/nextOn", "2027-12-01");
    let draft = draft.shows("/increases/0/percentBp", 500).shows("/increases/0/applied", 0);
    let copied = draft.json();
    assert_eq!(copied["increases"][0]["itemId"], copied["items"][0]["id"], "it raises the new contract's own charge");
    assert_eq!(copied["discounts"], json!([]), "one without a last day ended with the contract");
}

#[tokio::test]
async fn a_dropped_renewal_makes_room_for_the_next_and_a_renegotiation_ends_the_old_one_earlier() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let path = at(&let_out(&dulmaa, json!({ "endsOn": null })).await);

    dulmaa.post(&format!("{path}/renewal"), json!({})).await.refuses(400, "VALIDATION_ERROR");
    for wrong in ["2026-10-01", "2026-11-15", "2026-09-01"] {
        dulmaa.post(&format!("{path}/renewal"), json!({ "startsOn": wrong })).await.refuses(400, "VALIDATION_ERROR");
    }
    let order = json!({ "startsOn": "2027-03-01", "increaseBp": -500, "reason": "Зах зээлийн үнэ буурсан" });
    let draft = dulmaa.post(&format!("{path}/renewal"), order).await.is(201).shows("/items/0/unitPrice", "1425000");

    dulmaa.get(&path).await.is(200).shows("/endsOn", "2027-02-28").shows("/rooms/0/to", "2027-02-28");
    let drop = json!({ "on": "2026-10-10", "reason": "Болиулсан" });
    dulmaa.post(&format!("{}/termination", at(&draft.id())), drop).await.is(200).shows("/settlement", json!(null));
    let again = dulmaa.post(&format!("{path}/renewal"), json!({})).await.is(201).shows("/startsOn", "2027-03-01");
    dulmaa.post(&format!("{}/activation", at(&again.id())), nothing()).await.is(200);
    dulmaa.get(&path).await.is(200).shows("/status", "renewed");
}
