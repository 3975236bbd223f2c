//! Deposits: due, received, given back, put right – and never more given than is held, however many ask at once.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::town::{Person, Town, leasing::contract, nothing};

/// A contract in force over a room of 50 m² for 15 000 ₮ a m²; its path.
async fn let_out(dulmaa: &Person<'_>, unit: &str, deposit: &str) -> String {
    let property = dulmaa.has_property(&format!("Барилга {unit}")).await;
    let room = dulmaa.has_room(&property, unit).await;
    let number = format!("{:07}", 5_000_000 + unit.parse::<u32>().expect("a number"));
    let tenant = dulmaa.has_tenant(&format!("Түрээслэгч {unit} ХХК"), &number).await;
    let fields = json!({ "depositAmount": deposit });
    let id = dulmaa.post("/v2/contracts", contract(&property, &tenant, &room, fields)).await.is(201).id();
    dulmaa.post(&format!("/v2/contracts/{id}/activation"), nothing()).await.is(200);
    format!("/v2/contracts/{id}")
}

fn entry(kind: &str, amount: &str, on: &str) -> Value {
    json!({ "kind": kind, "amount": amount, "on": on })
}

#[tokio::test]
async fn a_deposit_is_due_comes_in_is_topped_up_and_given_back() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let path = let_out(&dulmaa, "301", "0").await;
    let door = format!("{path}/deposit/entries");

    let due = nara.post(&door, json!({ "kind": "due", "months": 2 })).await.is(201);
    let due = due.shows("/monthOfRent", "75000000").shows("/sums/due", "150000000").shows("/entries/0/kind", "due");
    due.shows("/sums/missing", "150000000");
    let again = nara.post(&door, json!({ "kind": "due", "months": 2 })).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "DEPOSIT_DUE_ALREADY");
    let received = json!({ "kind": "received", "amount": "150000000", "on": "2026-10-05", "reference": "ХААН 1" });
    nara.post(&door, received).await.is(201).shows("/sums/held", "150000000").shows("/sums/missing", "0");
    let more = nara.post(&door, entry("due", "165000000", "2026-10-08")).await.is(201);
    more.shows("/entries/1/kind", "topped_up_due")
        .shows("/entries/1/dueAmount", "15000000")
        .shows("/sums/missing", "15000000");
    nara.get(&path).await.is(200).shows("/depositAmount", "165000000").shows("/depositReceived", "150000000");
    nara.post(&door, entry("refunded", "50000000", "2026-10-09")).await.is(201).shows("/sums/held", "100000000");

    let refunded = nara.get(&format!("{path}/deposit")).await.is(200).word("/entries/2/id");
    let wrong = json!({ "kind": "corrected", "correctsId": refunded, "reason": "Өөр гэрээнийх" });
    let put_right = nara.post(&door, wrong.clone()).await.is(201).shows("/sums/held", "150000000");
    put_right.shows("/entries/2/isCorrected", true).shows("/sums/corrected", "50000000");
    assert_eq!(nara.post(&door, wrong).await.refuses(409, "CONFLICT")["details"]["reason"], "DEPOSIT_ENTRY_CORRECTED");
    let audited = "select count(*) from audit_log where action = 'deposit.enter'";
    assert_eq!(town.count(audited).await, 5);
    let told = nara.get(&format!("{path}/history")).await.is(200).json();
    assert_eq!(told["items"][0]["what"], "deposit_changed");
}

#[tokio::test]
async fn what_is_wrong_with_an_entry_is_said_by_its_place() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let path = let_out(&dulmaa, "301", "1000").await;
    let door = format!("{path}/deposit/entries");

    for (body, field) in [
        (json!({ "kind": "received" }), "amount"),
        (entry("received", "0", "2026-10-10"), "amount"),
        (entry("received", "-5", "2026-10-10"), "amount"),
        (entry("received", "5", "2026-10-11"), "on"),
        (entry("received", "5", "0206-10-10"), "on"),
        (json!({ "kind": "received", "amount": "5", "months": 2 }), "months"),
        (json!({ "kind": "due", "months": 25 }), "months"),
        (json!({ "kind": "due", "months": 2, "amount": "5" }), "months"),
        (json!({ "kind": "corrected", "reason": "Х" }), "correctsId"),
        (json!({ "kind": "corrected", "correctsId": "0190a5c0-0000-7000-8000-000000000000" }), "reason"),
        (json!({ "kind": "set_off", "amount": "5" }), "kind"),
        (json!({ "kind": "received", "amount": "5", "heldAmount": "9" }), "heldAmount"),
    ] {
        let refused = dulmaa.post(&door, body).await.refuses(400, "VALIDATION_ERROR");
        assert!(refused["details"]["fields"][field].is_array(), "{field}: {refused}");
    }
    let small = dulmaa.post(&door, entry("refunded", "1", "2026-10-10")).await.refuses(409, "CONFLICT");
    assert_eq!(small["details"], json!({ "reason": "DEPOSIT_TOO_SMALL", "held": "0" }));
    // On the day it was given there was nothing yet.
    dulmaa.post(&door, entry("received", "500", "2026-10-09")).await.is(201);
    let early = dulmaa.post(&door, entry("refunded", "1", "2026-10-08")).await.refuses(409, "CONFLICT");
    assert_eq!(early["details"]["reason"], "DEPOSIT_TOO_SMALL");
    let unknown = json!({ "kind": "corrected", "correctsId": "0190a5c0-0000-7000-8000-000000000000", "reason": "Х" });
    dulmaa.post(&door, unknown).await.refuses(404, "NOT_FOUND");
    assert_eq!(town.count("select count(*) from deposit_entries").await, 2);
}

#[tokio::test]
async fn of_fifty_refunds_at_once_those_that_fit_are_given() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let path = let_out(&dulmaa, "301", "0").await;
    let door = format!("{path}/deposit/entries");
    dulmaa.post(&door, entry("received", "100", "2026-10-01")).await.is(201);

    let replies = join_all((0..50).map(|_| dulmaa.post(&door, entry("refunded", "40", "2026-10-10")))).await;

    let given = replies.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(given, 2);
    for reply in replies.into_iter().filter(|reply| reply.status != 201) {
        assert_eq!(reply.refuses(409, "CONFLICT")["details"]["reason"], "DEPOSIT_TOO_SMALL");
    }
    println!("R17: {given} of 50 refunds of 40 at once out of 100, 48 refused");
    dulmaa.get(&format!("{path}/deposit")).await.is(200).shows("/sums/held", "20").shows("/sums/refunded", "80");
    // Past the verbs, too.
    let around = "insert into deposit_entries (id, owner_id, contract_id, kind, on_day, held_amount)
                  select gen_random_uuid(), owner_id, contract_id, 'refunded', on_day, -21 from deposit_entries limit 1";
    let (client, connection) =
        tokio_postgres::connect(&town.database.admin_url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    let refused = client.execute(around, &[]).await.expect_err("refused");
    assert_eq!(refused.as_db_error().and_then(|e| e.constraint()), Some("deposit_entries_held_not_negative"));
}

#[tokio::test]
async fn the_register_adds_up_on_any_day() {
    let town = Town::new().await;
    let (dulmaa, nara, saraa) = (town.director().await, town.accountant().await, town.neighbour().await);
    let mut paths = Vec::new();
    for (unit, deposit) in [("301", "300"), ("302", "200"), ("303", "0")] {
        paths.push(let_out(&dulmaa, unit, deposit).await);
    }
    town.moves_on("2026-11-20T02:00:00Z").await;
    for (place, kind, amount, on) in [
        (0, "received", "300", "2026-10-12"),
        (1, "received", "150", "2026-10-20"),
        (1, "refunded", "100", "2026-11-05"),
        (0, "due", "330", "2026-11-10"),
    ] {
        nara.post(&format!("{}/deposit/entries", paths[place]), entry(kind, amount, on)).await.is(201);
    }

    let sums = |asked: &str| format!("/v2/deposits/totals?{asked}");
    for (day, due, held, missing) in [
        ("2026-10-09", "0", "0", "0"),
        ("2026-10-12", "500", "300", "200"),
        ("2026-10-31", "500", "450", "50"),
        ("2026-11-20", "530", "350", "180"),
    ] {
        let totals = nara.get(&sums(&format!("asOf={day}"))).await.is(200);
        totals.shows("/sums/due", due).shows("/sums/held", held).shows("/sums/missing", missing);
        let rows = nara.get(&format!("/v2/deposits?asOf={day}")).await.is(200).json();
        let of = |name: &str| {
            let rows = rows["items"].as_array().expect("rows").iter();
            rows.map(|row| row["sums"][name].as_str().expect("an amount").parse::<i64>().expect("mungo")).sum::<i64>()
        };
        assert_eq!(of("held").to_string(), held, "{day}");
        assert_eq!(of("received") - of("setOff") - of("refunded") + of("corrected"), of("held"), "{day}");
    }
    nara.get(&sums("standing=held")).await.is(200).shows("/count", 2);
    nara.get(&sums("standing=missing")).await.is(200).shows("/count", 2);
    nara.get("/v2/deposits?q=302").await.is(200).shows("/items/0/units", "302").shows("/items/0/lastOn", "2026-11-05");
    let first = nara.get("/v2/deposits?limit=1").await.is(200).shows("/items/0/contractCode", "CT-2026-0001");
    let next = format!("/v2/deposits?limit=1&cursor={}", first.word("/nextCursor"));
    nara.get(&next).await.is(200).shows("/items/0/contractCode", "CT-2026-0002").shows("/nextCursor", json!(null));
    saraa.get("/v2/deposits").await.is(200).shows("/items", json!([]));
    saraa.get(&sums("")).await.is(200).shows("/count", 0).shows("/sums/held", "0");
    town.nobody().get("/v2/deposits").await.refuses(401, "UNAUTHORIZED");
    town.employee().await.get("/v2/deposits").await.refuses(403, "FORBIDDEN");
}

#[tokio::test]
async fn a_tenant_sees_the_own_deposit_and_no_reasons_of_the_owner_s() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let (mine, other) =
        (town.lets_to(town.altan, "301", "99110001").await, town.lets_to(town.altan, "302", "99110002").await);
    let bat = town.linked_tenant(&dulmaa, "Бат", "99110001").await;
    let (mine, other) = (format!("/v2/contracts/{}", mine.contract), format!("/v2/contracts/{}", other.contract));
    let received = json!({ "kind": "received", "amount": "500", "reason": "Бэлнээр", "reference": "К-1" });
    dulmaa.post(&format!("{mine}/deposit/entries"), received.clone()).await.is(201);

    let seen = bat.get(&format!("{mine}/deposit")).await.is(200).shows("/sums/held", "500");

    seen.shows("/entries/0/reference", "К-1").shows("/entries/0/reason", "");
    bat.get(&format!("{other}/deposit")).await.refuses(404, "NOT_FOUND");
    bat.post(&format!("{mine}/deposit/entries"), received).await.refuses(403, "FORBIDDEN");
    bat.get("/v2/deposits").await.refuses(403, "FORBIDDEN");
}

#[tokio::test]
async fn a_deposit_that_came_with_a_contract_has_its_entries() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let mine = town.lets_to(town.altan, "301", "99110001").await;
    let brought = format!(
        "insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, starts_on, status,
                                deposit_amount, deposit_received)
         select gen_random_uuid(), owner_id, 'OLD-1', property_id, tenant_id, tenant_name_snapshot, '2026-01-01', 'active', 900, 600
           from contracts where id = '{}' returning id::text",
        mine.contract
    );
    let id: String = town.sql(&brought).await[0].get(0);
    let brought = dulmaa.get(&format!("/v2/contracts/{id}/deposit")).await.is(200);
    brought.shows("/sums/due", "900").shows("/sums/held", "600").shows("/sums/missing", "300");
}
