//! Issued bills are never edited: corrections take off what was wrong, discounts what is let off, and the table of an
//! invoice's life holds by API and by SQL.

use domain::invoice::InvoiceStatus;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::{
    books::{Lease, Leased},
    town::{Person, Reply, Town, nothing},
};

async fn let_out(town: &Town) -> Leased {
    town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await
}

/// A bill of two lines, 11 000 and 5 500 tögrög with VAT; as it was answered.
async fn bills(nara: &Person<'_>, leased: Leased) -> Value {
    let body = json!({ "contractId": leased.contract, "kind": "sale", "issue": true, "items": [
        { "description": "Түлхүүр", "unitPrice": "1100000" }, { "description": "Цэвэрлэгээ", "unitPrice": "550000" } ] });
    nara.post("/v2/invoices", body).await.is(201).json()
}

async fn pays(nara: &Person<'_>, leased: Leased, mungo: i64) -> Reply {
    let body = json!({ "tenantId": leased.tenant, "method": "cash", "amount": mungo.to_string() });
    nara.post("/v2/payments", body).await.is(201)
}

fn path_of(bill: &Value) -> String {
    format!("/v2/invoices/{}", bill["id"].as_str().expect("an id"))
}

async fn corrects(nara: &Person<'_>, bill: &Value, mut order: Value) -> Reply {
    order["reason"] = json!("Талбайн хэмжээ буруу");
    nara.post(&format!("{}/correction", path_of(bill)), order).await
}

async fn credit(nara: &Person<'_>, leased: Leased) -> Value {
    nara.get(&format!("/v2/payments/totals?tenantId={}", leased.tenant)).await.is(200).json()["credit"].clone()
}

#[tokio::test]
async fn an_unpaid_bill_owes_less_line_by_line_until_nothing_is_left() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let bill = bills(&nara, leased).await;
    let key = &bill["items"][0]["id"];

    let made = corrects(&nara, &bill, json!({ "lines": [{ "itemId": key, "amount": "550000" }] })).await.is(201);

    let made = made.shows("/code", "INV-2026-000002").shows("/kind", "correction").shows("/status", "paid");
    let made = made.shows("/total", "-550000").shows("/vatAmount", "-50000").shows("/balance", "0");
    let made = made.shows("/correctsId", bill["id"].clone()).shows("/correctsCode", "INV-2026-000001");
    assert_eq!(made.word("/items/0/description"), "Залруулга: Түлхүүр");
    let how = made.word("/items/0/how");
    assert!(how.contains("INV-2026-000001") && how.contains("11\u{a0}000 ₮"), "{how}");
    let now = nara.get(&path_of(&bill)).await.is(200).shows("/total", "1650000").shows("/balance", "1100000");
    let now = now.shows("/status", "partially_paid").shows("/corrections/0/code", "INV-2026-000002");
    assert_eq!(now.word("/corrections/0/reason"), "Талбайн хэмжээ буруу");
    assert_eq!(credit(&nara, leased).await, "0");
    town.books_tie().await;

    corrects(&nara, &bill, json!({})).await.is(201).shows("/total", "-1100000").shows("/vatAmount", "-100000");
    nara.get(&path_of(&bill)).await.is(200).shows("/status", "paid").shows("/balance", "0");
    let nothing_left = corrects(&nara, &bill, json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(nothing_left["details"]["reason"], "CORRECTION_NOTHING_LEFT");
    town.books_tie().await;
}

#[tokio::test]
async fn what_was_paid_becomes_credit_and_the_next_bill_uses_it() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let bill = bills(&nara, leased).await;
    let (first, _second) = (pays(&nara, leased, 900_000).await, pays(&nara, leased, 500_000).await);

    // 250 000 are still open: they are owed no more, the rest had been paid.
    let cleaning = &bill["items"][1]["id"];
    corrects(&nara, &bill, json!({ "lines": [{ "itemId": cleaning }] })).await.is(201).shows("/total", "-550000");
    assert_eq!(credit(&nara, leased).await, "300000");
    nara.get(&path_of(&bill)).await.is(200).shows("/status", "paid").shows("/credit", "300000");
    town.books_tie().await;

    // A second one frees what the first left of the newest payment, then the older one.
    corrects(&nara, &bill, json!({})).await.is(201).shows("/total", "-1100000");
    assert_eq!(credit(&nara, leased).await, "1400000");
    town.books_tie().await;

    let next = bills(&nara, leased).await;
    assert_eq!((&next["paidAmount"], &next["balance"]), (&json!("1400000"), &json!("250000")));
    assert_eq!(credit(&nara, leased).await, "0");
    town.books_tie().await;

    // Taking the older payment back opens only what it pays now.
    nara.post(&format!("/v2/payments/{}/reversal", first.id()), json!({ "reason": "Буцсан" })).await.is(201);
    nara.get(&path_of(&bill)).await.is(200).shows("/status", "paid");
    nara.get(&path_of(&next)).await.is(200).shows("/balance", "1150000");
    town.books_tie().await;
}

#[tokio::test]
async fn a_correction_stays_when_the_payment_is_taken_back() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let bill = bills(&nara, leased).await;
    let paid = pays(&nara, leased, 1_650_000).await;
    corrects(&nara, &bill, json!({ "lines": [{ "itemId": bill["items"][1]["id"] }] })).await.is(201);

    nara.post(&format!("/v2/payments/{}/reversal", paid.id()), json!({ "reason": "Буцсан" })).await.is(201);

    nara.get(&path_of(&bill)).await.is(200).shows("/balance", "1100000").shows("/status", "partially_paid");
    assert_eq!(credit(&nara, leased).await, "0");
    town.books_tie().await;
    corrects(&nara, &bill, json!({})).await.is(201).shows("/total", "-1100000");
    nara.get(&path_of(&bill)).await.is(200).shows("/balance", "0").shows("/status", "paid");
    town.books_tie().await;
}

#[tokio::test]
async fn what_can_not_be_corrected_is_refused_and_changes_nothing() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let bill = bills(&nara, leased).await;
    let (key, cleaning) = (&bill["items"][0]["id"], &bill["items"][1]["id"]);
    let line = |id: &Value, amount: &str| json!({ "lines": [{ "itemId": id, "amount": amount }] });
    let reason = |reply: Reply| reply.refuses(409, "CONFLICT")["details"]["reason"].clone();

    assert_eq!(reason(corrects(&nara, &bill, line(key, "1100001")).await), "CORRECTION_TOO_LARGE");
    corrects(&nara, &bill, line(key, "0")).await.refuses(400, "VALIDATION_ERROR");
    corrects(&nara, &bill, line(key, "-1")).await.refuses(400, "VALIDATION_ERROR");
    corrects(&nara, &bill, json!({ "lines": [] })).await.refuses(400, "VALIDATION_ERROR");
    corrects(&nara, &bill, line(&bill["id"], "1")).await.refuses(400, "VALIDATION_ERROR");
    let twice = json!({ "lines": [{ "itemId": key, "amount": "1" }, { "itemId": key, "amount": "1" }] });
    corrects(&nara, &bill, twice).await.refuses(400, "VALIDATION_ERROR");
    let blank = nara.post(&format!("{}/correction", path_of(&bill)), json!({ "reason": " " })).await;
    assert!(blank.refuses(400, "VALIDATION_ERROR")["details"]["fields"]["reason"].is_array());
    assert_eq!(town.count("select count(*) from invoices").await, 1);

    let made = corrects(&nara, &bill, line(cleaning, "550000")).await.is(201).json();
    assert_eq!(reason(corrects(&nara, &bill, line(cleaning, "1")).await), "CORRECTION_TOO_LARGE");
    assert_eq!(reason(corrects(&nara, &made, json!({})).await), "CORRECTION_OF_CORRECTION");
    let mut draft =
        json!({ "contractId": leased.contract, "kind": "fee", "items": [{ "description": "х", "unitPrice": "100" }] });
    let drafted = nara.post("/v2/invoices", draft.clone()).await.is(201).json();
    assert_eq!(reason(corrects(&nara, &drafted, json!({})).await), "CORRECTION_OF_DRAFT");
    draft["issue"] = json!(true);
    let void = nara.post("/v2/invoices", draft).await.is(201).json();
    nara.post(&format!("{}/cancellation", path_of(&void)), json!({ "reason": "х" })).await.is(200);
    assert_eq!(reason(corrects(&nara, &void, json!({})).await), "CORRECTION_OF_VOID");
    // Void only while nothing was put on it: a correction was.
    nara.post(&format!("{}/cancellation", path_of(&bill)), json!({ "reason": "х" })).await.refuses(409, "CONFLICT");
    // The last word is the database's.
    let sneaked = format!(
        "insert into invoices (id, owner_id, code, kind, status, contract_id, tenant_id, property_id, customer_name, period,
                               issued_on, due_on, subtotal, vat_amount, total, paid_amount, corrects_id)
         select gen_random_uuid(), owner_id, 'X-1', 'correction', 'paid', contract_id, tenant_id, property_id, 'x', period,
                issued_on, due_on, -1100001, 0, -1100001, -1100001, id from invoices where id = '{}'",
        bill["id"].as_str().expect("an id")
    );
    let refused = admin(&town).await.batch_execute(&sneaked).await.expect_err("refused");
    assert_eq!(refused.as_db_error().and_then(|error| error.constraint()), Some("invoices_correction_fits"));
    town.books_tie().await;
}

#[tokio::test]
async fn a_discount_is_taken_off_what_the_contract_owes_oldest_first() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let (older, newer) = (bills(&nara, leased).await, bills(&nara, leased).await);
    let discount = |mungo: i64, issue: bool| {
        json!({ "contractId": leased.contract, "kind": "discount", "issue": issue,
                "items": [{ "description": "Хөнгөлөлт", "unitPrice": mungo.to_string() }] })
    };

    let made = nara.post("/v2/invoices", discount(1_760_000, true)).await.is(201);

    let made = made.shows("/total", "-1760000").shows("/vatAmount", "-160000").shows("/status", "paid");
    made.shows("/code", "INV-2026-000003").shows("/kind", "discount").shows("/previousBalance", "1540000");
    nara.get(&path_of(&older)).await.is(200).shows("/status", "paid").shows("/balance", "0");
    nara.get(&path_of(&newer)).await.is(200).shows("/status", "partially_paid").shows("/balance", "1540000");
    town.books_tie().await;

    let above = nara.post("/v2/invoices", discount(1_540_001, true)).await.refuses(409, "CONFLICT");
    assert_eq!(above["details"]["reason"], "DISCOUNT_ABOVE_OPEN");
    let draft = nara.post("/v2/invoices", discount(1_540_001, false)).await.is(201).shows("/total", "-1540001").json();
    nara.post(&format!("{}/issuance", path_of(&draft)), nothing()).await.refuses(409, "CONFLICT");
    let draft = nara.post("/v2/invoices", discount(1_540_000, false)).await.is(201).json();
    let issued = nara.post(&format!("{}/issuance", path_of(&draft)), nothing()).await.is(200);
    issued.shows("/status", "paid").shows("/code", "INV-2026-000004");
    nara.get(&path_of(&newer)).await.is(200).shows("/status", "paid");
    let fee = json!({ "contractId": leased.contract, "kind": "fee", "issue": true, "items": [{ "description": "Алданги", "unitPrice": "1000" }] });
    nara.post("/v2/invoices", fee).await.is(201).shows("/kind", "fee").shows("/balance", "1000");
    town.books_tie().await;
}

#[tokio::test]
async fn of_fifty_at_once_one_wins() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let (to_correct, to_cancel) = (bills(&nara, leased).await, bills(&nara, leased).await);
    let draft =
        json!({ "contractId": leased.contract, "kind": "sale", "items": [{ "description": "х", "unitPrice": "100" }] });
    let draft = nara.post("/v2/invoices", draft).await.is(201).json();
    pays(&nara, leased, 1_000_000).await;

    for (verb, bill, body, won) in [
        ("correction", &to_correct, json!({ "reason": "х" }), 201),
        ("cancellation", &to_cancel, json!({ "reason": "х" }), 200),
        ("issuance", &draft, nothing(), 200),
    ] {
        let path = format!("{}/{verb}", path_of(bill));
        let replies = join_all((0..50).map(|_| nara.post(&path, body.clone()))).await;
        let winners = replies.iter().filter(|reply| reply.status.as_u16() == won).count();
        let refused = replies.iter().filter(|reply| reply.status.as_u16() == 409).count();
        println!("R17: 50 × {verb} at once: {winners} won, {refused} refused");
        assert_eq!((winners, refused), (1, 49), "{verb}");
    }

    assert_eq!(town.count("select count(*) from invoices where kind = 'correction'").await, 1);
    assert_eq!(credit(&nara, leased).await, "999900", "the draft took a hundred of it");
    town.books_tie().await;
}

#[tokio::test]
async fn the_table_of_an_invoice_s_life_holds_by_api_and_by_sql() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let bill = bills(&nara, leased).await;
    let id = bill["id"].as_str().expect("an id");
    let client = admin(&town).await;
    let force = async |id: &str, status: InvoiceStatus| {
        let sql = format!(
            "begin; set local session_replication_role = replica;
             update invoices set status = '{status}' where id = '{id}'; commit"
        );
        client.batch_execute(&sql).await.expect("forced");
    };
    let (mut by_sql, mut by_api, mut illegal) = (0, 0, 0);

    for from in InvoiceStatus::ALL {
        for to in InvoiceStatus::ALL.iter().filter(|to| *to != from) {
            force(id, *from).await;
            client.batch_execute("begin").await.expect("begins");
            let step = client.batch_execute(&format!("update invoices set status = '{to}' where id = '{id}'")).await;
            client.batch_execute("rollback").await.expect("rolls back");
            let refused =
                step.as_ref().err().and_then(|error| error.as_db_error()).and_then(|error| error.constraint());
            assert_eq!(step.is_ok(), from.may_become(*to), "{from} → {to}: {step:?}");
            assert!(step.is_ok() || refused == Some("invoices_step_by_the_table"), "{from} → {to}: {refused:?}");
            by_sql += 1;
            illegal += i32::from(!from.may_become(*to));
        }
        for (verb, to) in [("issuance", InvoiceStatus::Issued), ("cancellation", InvoiceStatus::Void)] {
            // Out of `paid` leads no door: a payment that is taken back does.
            let legal = from.may_become(to) && *from != InvoiceStatus::Paid;
            let legal = legal && (verb != "issuance" || *from == InvoiceStatus::Draft);
            let bill = bills(&nara, leased).await;
            force(bill["id"].as_str().expect("an id"), *from).await;
            let body = if verb == "issuance" { nothing() } else { json!({ "reason": "х" }) };
            let reply = nara.post(&format!("{}/{verb}", path_of(&bill)), body).await;
            assert_eq!(reply.status.as_u16(), if legal { 200 } else { 409 }, "{from}: {verb}: {}", reply.text());
            by_api += 1;
        }
    }
    println!("R17: {by_sql} steps by SQL ({illegal} illegal, all refused), {by_api} by API");
}

#[tokio::test]
async fn a_settlement_takes_off_what_corrections_by_hand_left() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let leased = let_out(&town).await;
    let order = json!({ "acceptDifference": true, "issueOn": "2026-10-10" });
    nara.post("/v2/months/2026-10/run", order).await.is(200).shows("/created", 1);
    let bill = nara.get("/v2/invoices?kind=rent").await.is(200).json()["items"][0].clone();
    let whole = nara.get(&path_of(&bill)).await.is(200).json();
    let line = json!({ "lines": [{ "itemId": whole["items"][0]["id"], "amount": "40000000" }] });
    corrects(&nara, &bill, line).await.is(201);

    let order = json!({ "on": "2026-10-15", "reason": "Нүүж байна", "setOffDeposit": false });
    let ended = dulmaa.post(&format!("/v2/contracts/{}/termination", leased.contract), order).await.is(200).json();

    // Fifteen of 31 days of a million are 483 870.97; 600 000 were left of the bill.
    assert_eq!(ended["settlement"]["takenBack"], json!((60_000_000 - 48_387_097).to_string()));
    assert_eq!(ended["settlement"]["toPay"], "48387097");
    nara.get(&path_of(&bill)).await.is(200).shows("/balance", "48387097");
    town.books_tie().await;
    dulmaa
        .post(&format!("/v2/contracts/{}/restoration", leased.contract), json!({ "reason": "Андуурсан" }))
        .await
        .is(200);
    town.books_tie().await;
    let again = corrects(&nara, &bill, json!({})).await.is(201);
    again.shows("/total", "-60000000");
    town.books_tie().await;
}

#[tokio::test]
async fn who_may_not_corrects_nothing_and_the_neighbour_sees_nothing() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let leased = let_out(&town).await;
    let bill = bills(&dulmaa, leased).await;
    let tenant = town.linked_tenant(&dulmaa, "Бат", "99110001").await;

    corrects(&bat, &bill, json!({})).await.refuses(403, "FORBIDDEN");
    corrects(&tenant, &bill, json!({})).await.refuses(403, "FORBIDDEN");
    corrects(&saraa, &bill, json!({})).await.refuses(404, "NOT_FOUND");
    corrects(&town.nobody(), &bill, json!({})).await.refuses(401, "UNAUTHORIZED");
    assert_eq!(town.count("select count(*) from invoices").await, 1);

    corrects(&dulmaa, &bill, json!({ "lines": [{ "itemId": bill["items"][1]["id"] }] })).await.is(201);
    let seen = tenant.get(&path_of(&bill)).await.is(200).shows("/corrections/0/total", "-550000");
    let seen = seen.shows("/corrections/0/reason", "").shows("/credit", "0");
    assert_eq!(seen.word("/corrections/0/code"), "INV-2026-000002");
    let next = bills(&dulmaa, leased).await;
    let link = next["linkUrl"].as_str().and_then(|url| url.rsplit('/').next()).expect("a link").to_owned();
    let page = town.nobody().get(&format!("/v2/links/{link}")).await.is(200);
    page.shows("/previousBalance", "1100000").shows("/credit", "0").shows("/corrections", json!([]));
    let link = bill["linkUrl"].as_str().and_then(|url| url.rsplit('/').next()).expect("a link").to_owned();
    let page = town.nobody().get(&format!("/v2/links/{link}")).await.is(200);
    page.shows("/corrections/0/code", "INV-2026-000002").shows("/balance", "1100000");
    let noted = "select count(*) from audit_log where action = 'invoice.correct' and reason = 'Талбайн хэмжээ буруу'";
    assert_eq!(town.count(noted).await, 1);
}

/// A walk of eight clients over a few bills: whatever they do at once, the books tie and nobody owes less than nothing.
#[tokio::test]
async fn eight_at_once_pay_correct_discount_and_take_back_and_the_books_tie() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let leased = let_out(&town).await;
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(bills(&nara, leased).await);
    }

    let steps = join_all((0..8_u64).map(|client| {
        let (town, nara, all) = (&town, &nara, &all);
        async move {
            let mut seed = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(client + 1);
            let mut draw = |below: u64| {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                seed % below
            };
            let (mut done, mut refused) = (0, 0);
            for _ in 0..25 {
                let bill = &all[usize::try_from(draw(4)).expect("small")];
                let amount = (1 + draw(400_000)).to_string();
                let line = &bill["items"][usize::try_from(draw(2)).expect("small")]["id"];
                let reply = match draw(6) {
                    0 | 1 => {
                        let body = json!({ "tenantId": leased.tenant, "method": "cash", "amount": amount });
                        nara.post("/v2/payments", body).await
                    }
                    2 => corrects(nara, bill, json!({ "lines": [{ "itemId": line, "amount": amount }] })).await,
                    3 => {
                        let items = json!([{ "description": "Хөнгөлөлт", "unitPrice": amount }]);
                        let body = json!({ "contractId": leased.contract, "kind": "discount", "issue": true, "items": items });
                        nara.post("/v2/invoices", body).await
                    }
                    4 => {
                        let rows = "select id::text from payments where status = 'recorded' and amount > 0 order by random() limit 1";
                        match town.sql(rows).await.first() {
                            None => continue,
                            Some(row) => {
                                let path = format!("/v2/payments/{}/reversal", row.get::<_, String>(0));
                                nara.post(&path, json!({ "reason": "Буцсан" })).await
                            }
                        }
                    }
                    _ => nara.post(&format!("{}/cancellation", path_of(bill)), json!({ "reason": "х" })).await,
                };
                match reply.status.as_u16() {
                    200 | 201 => done += 1,
                    // 503: the payments of the bill were changing that moment.
                    409 | 503 => refused += 1,
                    other => panic!("{other}: {}", reply.text()),
                }
            }
            (done, refused)
        }
    }))
    .await;

    let (done, refused) = steps.iter().fold((0, 0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
    println!("R15: {done} steps done and {refused} refused by 8 clients at once");
    assert!(done > 50, "{done}");
    town.books_tie().await;
    let below = "select count(*) from (
         select b.id, b.total + coalesce(sum(c.total), 0) as left_of from invoices b
           left join invoices c on c.corrects_id = b.id where b.kind = 'sale' group by b.id) held where left_of < 0";
    assert_eq!(town.count(below).await, 0);
}

async fn admin(town: &Town) -> tokio_postgres::Client {
    let (client, connection) =
        tokio_postgres::connect(&town.database.admin_url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    client
}
