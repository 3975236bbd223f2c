//! What contracts charge and when, who may say so, and what they were on any past day.

use futures_util::future::join_all;
use http::Method;
use serde_json::{Value, json};

use crate::{
    exports::{Sheet, mungo},
    town::{Person, Reply, Town, nothing},
};

/// What is set whole is put.
trait Puts {
    async fn put(&self, path: &str, body: Value) -> Reply;
}

impl Puts for Person<'_> {
    async fn put(&self, path: &str, body: Value) -> Reply {
        self.ask(Method::PUT, path, Some(body), &[]).await
    }
}

/// A building, a room and a tenant.
async fn premises(dulmaa: &Person<'_>) -> [String; 3] {
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = dulmaa.has_room(&property, "301").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ Гоёл ХХК", "6997576").await;
    [property, room, tenant]
}

/// 1 000 000 ₮ a month, VAT inside.
fn flat() -> Value {
    json!([{ "kind": "rent", "name": "Түрээс", "basis": "flat", "unitPrice": "100000000" }])
}

/// A contract in force from the 1st of October 2026 for that rent; its id.
async fn in_force(dulmaa: &Person<'_>, fields: Value) -> String {
    let [property, room, tenant] = premises(dulmaa).await;
    let mut all = json!({ "items": flat() });
    fields.as_object().expect("fields").iter().for_each(|(name, value)| all[name] = value.clone());
    let id = dulmaa.drafts(&property, &tenant, &room, all).await.is(201).id();
    dulmaa.post(&format!("/v2/contracts/{id}/signature"), nothing()).await.is(200);
    id
}

async fn run(who: &Person<'_>, month: &str) -> Reply {
    who.post(&format!("/v2/months/{month}/run"), json!({ "acceptDifference": true })).await.is(200)
}

/// The lines of the month's bill: names and amounts in möngö.
async fn billed(town: &Town, month: &str) -> Vec<(String, i64)> {
    let sql = format!(
        "select ii.description, ii.amount from invoices i join invoice_items ii on ii.invoice_id = i.id
          where i.period = '{month}-01' and i.kind = 'rent' order by ii.sort_order"
    );
    town.sql(&sql).await.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test]
async fn a_contract_is_read_as_it_was_on_any_past_day() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let id = in_force(&dulmaa, json!({ "endsOn": "2027-09-30" })).await;
    let path = format!("/v2/contracts/{id}");

    // Five to midnight in Ulaanbaatar on the 12th, then five past it.
    town.moves_on("2026-10-12T15:55:00Z").await;
    let nara = town.accountant().await;
    nara.patch(&path, json!({ "version": 2, "paymentDay": 10 })).await.is(200);
    town.moves_on("2026-10-12T16:05:00Z").await;
    let line = json!({ "kind": "parking", "name": "Зогсоол", "basis": "flat", "unitPrice": "15000000", "validFrom": "2026-11-01" });
    nara.post(&format!("{path}/items"), line).await.is(201);
    town.moves_on("2026-10-20T02:00:00Z").await;
    let order = json!({ "on": "2026-11-15", "reason": "Нүүж байна" });
    dulmaa.post(&format!("{path}/termination"), order).await.is(200);

    let on = async |day: &str| dulmaa.get(&format!("{path}?asOf={day}")).await;
    on("2026-10-09").await.refuses(404, "NOT_FOUND");
    on("2026-10-10").await.is(200).shows("/status", "active").shows("/paymentDay", 1).shows("/version", 2);
    let twelfth = on("2026-10-12").await.is(200).shows("/paymentDay", 10);
    assert_eq!(twelfth.json()["items"].as_array().map(Vec::len), Some(1), "the parking came after midnight");
    let nineteenth = on("2026-10-19").await.is(200).shows("/items/1/name", "Зогсоол").shows("/status", "active");
    nineteenth.shows("/rooms/0/to", "2027-09-30").shows("/terminatedOn", json!(null));
    let now = dulmaa.get(&path).await.is(200).json();
    assert_eq!(on("2026-10-20").await.is(200).json(), now, "today is as it is now");
    on("2026-10-21").await.refuses(400, "VALIDATION_ERROR");

    let told = dulmaa.get(&format!("{path}/history")).await.is(200);
    let whats: Vec<String> = told.json()["items"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|e| e["what"].as_str().expect("a word").to_owned())
        .collect();
    assert_eq!(whats, ["terminated", "charge_added", "edited", "signed", "drafted"]);
    let told = told.shows("/items/0/reason", "Нүүж байна").shows("/items/0/userName", "Б. Дулмаа");
    let told = told.shows("/items/0/effectiveOn", "2026-11-16").shows("/items/2/userName", "Г. Нарантуяа");
    let told =
        told.shows("/items/2/changes/0", json!({ "field": "paymentDay", "name": null, "from": "1", "to": "10" }));
    told.shows("/items/1/changes/0", json!({ "field": "items", "name": "Зогсоол", "from": null, "to": "15000000" }));
    let first = dulmaa.get(&format!("{path}/history?limit=2")).await.is(200);
    let cursor = first.word("/nextCursor");
    dulmaa.get(&format!("{path}/history?limit=2&cursor={cursor}")).await.is(200).shows("/items/0/what", "edited");

    // An employee of the building reads it, a tenant does not, a neighbour knows of nothing.
    let bat = town.employee().await;
    bat.get(&format!("{path}/history")).await.refuses(404, "NOT_FOUND");
    let property = now["propertyId"].as_str().expect("an id").to_owned();
    town.assigns(&bat, &property).await;
    bat.get(&format!("{path}/history")).await.is(200).shows("/items/0/what", "terminated");
    let erdene = town.linked_tenant(&dulmaa, "Батын Эрдэнэ", "99997576").await;
    erdene.get(&path).await.is(200);
    erdene.get(&format!("{path}/history")).await.refuses(403, "FORBIDDEN");
    erdene.get(&format!("{path}?asOf=2026-10-12")).await.refuses(403, "FORBIDDEN");
    saraa.get(&format!("{path}/history")).await.refuses(404, "NOT_FOUND");
    saraa.get(&format!("{path}?asOf=2026-10-12")).await.refuses(404, "NOT_FOUND");
    town.nobody().get(&format!("{path}/history")).await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn what_an_employee_drafts_waits_for_approval_before_its_first_bill() {
    let town = Town::new().await;
    let (dulmaa, bat, nara) = (town.director().await, town.employee().await, town.accountant().await);
    let [property, room, tenant] = premises(&dulmaa).await;
    town.assigns(&bat, &property).await;
    let drafted = bat.drafts(&property, &tenant, &room, json!({ "items": flat() })).await.is(201);
    let (id, drafted) = (drafted.id(), drafted.shows("/approvedAt", json!(null)));
    let path = format!("/v2/contracts/{id}");
    let waiting =
        async || dulmaa.get("/v2/contracts?unapproved=true").await.is(200).json()["items"].as_array().map(Vec::len);

    assert_eq!(waiting().await, Some(1));
    bat.post(&format!("{path}/approval"), nothing()).await.refuses(403, "FORBIDDEN");
    dulmaa.post(&format!("{path}/signature"), nothing()).await.is(200);
    let shown = nara.get("/v2/months/2026-10/preview").await.is(200).shows("/lines/0/what", "parked");
    shown.shows("/lines/0/reasons/0", "Гэрээг захирал эсвэл нягтлан бодогч хараахан зөвшөөрөөгүй байна.");
    run(&nara, "2026-10").await.shows("/created", 0).shows("/parked", 1);
    nara.post(&format!("{path}/approval"), nothing()).await.is(200).shows("/approvedAt", "2026-10-10T02:00:00Z");
    nara.post(&format!("{path}/approval"), nothing()).await.is(200).shows("/version", 3);
    assert_eq!(waiting().await, Some(0));
    run(&nara, "2026-10").await.shows("/created", 1).shows("/parked", 0);

    // What a director drafts needs nobody else; an employee who changes it afterwards makes it wait again.
    let later = json!({ "items": flat(), "startsOn": "2030-01-01" });
    dulmaa.patch(&path, json!({ "version": 3, "endsOn": "2029-12-31" })).await.refuses(400, "VALIDATION_ERROR");
    let other = dulmaa.has_room(&property, "302").await;
    let own = dulmaa.drafts(&property, &tenant, &other, later).await.is(201);
    assert!(own.json()["approvedAt"].is_string());
    let own = format!("/v2/contracts/{}", own.id());
    bat.patch(&own, json!({ "version": 1, "paymentDay": 7 })).await.is(200).shows("/approvedAt", json!(null));
    dulmaa.get(&format!("{own}/history")).await.is(200).shows("/items/0/changes/0/field", "approvedAt");
    dulmaa.get("/v2/contracts?unapproved=false").await.is(200).shows("/items/0/code", drafted.json()["code"].clone());
    town.neighbour().await.post(&format!("{path}/approval"), nothing()).await.refuses(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_price_rises_on_its_day_and_once() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let id = in_force(&dulmaa, json!({})).await;
    let path = format!("/v2/contracts/{id}");
    let item = dulmaa.get(&path).await.is(200).word("/items/0/id");
    let rule =
        json!({ "itemId": item, "kind": "percent", "percentBp": 550, "firstOn": "2026-11-16", "everyMonths": 12 });
    let added =
        nara.post(&format!("{path}/increases"), rule.clone()).await.is(201).shows("/increases/0/nextOn", "2026-11-16");
    nara.post(&format!("{path}/increases"), rule).await.refuses(409, "CONFLICT");
    for (fields, field) in [
        (json!({ "kind": "percent", "firstOn": "2027-01-01" }), "percentBp"),
        (json!({ "kind": "amount", "amount": "0", "firstOn": "2027-01-01" }), "amount"),
        (json!({ "kind": "index", "percentBp": 1, "firstOn": "2027-01-01" }), "percentBp"),
        (json!({ "kind": "percent", "percentBp": 1, "firstOn": "2026-10-01" }), "firstOn"),
        (json!({ "kind": "percent", "percentBp": 1, "firstOn": "2027-01-01", "everyMonths": 0 }), "everyMonths"),
        (json!({ "kind": "percent", "percentBp": 1, "firstOn": "2027-01-01", "untilOn": "2026-12-31" }), "untilOn"),
    ] {
        let mut wrong = fields;
        wrong["itemId"] = json!(item);
        let refused = nara.post(&format!("{path}/increases"), wrong).await.refuses(400, "VALIDATION_ERROR");
        assert!(refused["details"]["fields"][field].is_array(), "{field}: {refused}");
    }
    let coming = nara.get("/v2/contract-increases?from=2026-11-01&to=2026-11-30").await.is(200);
    coming
        .shows("/items/0/oldPrice", "100000000")
        .shows("/items/0/newPrice", "105500000")
        .shows("/items/0/on", "2026-11-16");
    let sheet = Sheet::of(&nara.get("/v2/contract-increases/export?from=2026-11-01&to=2026-11-30").await);
    let prices = ["Одоогийн үнэ, ₮", "Шинэ үнэ, ₮"].map(|title| mungo(&sheet.column(title)[0]));
    assert_eq!((prices, sheet.totals()[0].to_string()), ([100_000_000, 105_500_000], "Нийт: 1".to_owned()));
    let far = nara.get("/v2/contract-increases/export?from=2026-12-01&to=2026-11-30").await;
    far.refuses(400, "VALIDATION_ERROR");
    nara.get("/v2/contract-increases?from=2026-12-01&to=2027-10-01").await.is(200).shows("/items", json!([]));

    // The preview counts it before it is in effect; the run puts it into effect and bills the same.
    run(&nara, "2026-10").await.shows("/created", 1);
    town.moves_on("2026-11-10T02:00:00Z").await;
    let nara = town.accountant().await;
    let shown = nara.get("/v2/months/2026-11/preview").await.is(200).shows("/increases/0/newPrice", "105500000");
    assert_eq!(town.count("select count(*) from contract_items").await, 1, "a preview changes nothing");
    let made = run(&nara, "2026-11").await;
    assert_eq!(made.mungo("/total"), shown.mungo("/totals/amount"), "what was shown is what was made");
    // 15 days of 30 at 1 000 000, 15 at 1 055 000.
    assert_eq!(billed(&town, "2026-11").await, [("Түрээс".to_owned(), 50_000_000), ("Түрээс".to_owned(), 52_750_000)]);

    // The clock finds nothing left to do, however often it strikes, and a year later it does.
    town.moves_on("2026-11-16T02:00:00Z").await;
    for _ in 0..3 {
        town.run_cron("contract.increases").await;
    }
    assert_eq!(town.count("select count(*) from contract_items").await, 2);
    town.moves_on("2029-01-05T02:00:00Z").await;
    town.run_cron("contract.increases").await;
    let nara = town.accountant().await;
    let now = nara.get(&path).await.is(200).shows("/increases/0/applied", 3).shows("/increases/0/nextOn", "2029-11-16");
    let prices: Vec<(String, Value, Value)> = now.json()["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| {
            (
                item["unitPrice"].as_str().expect("an amount").to_owned(),
                item["validFrom"].clone(),
                item["validTo"].clone(),
            )
        })
        .collect();
    assert_eq!(
        prices,
        [
            ("100000000".to_owned(), json!("2026-10-01"), json!("2026-11-15")),
            ("105500000".to_owned(), json!("2026-11-16"), json!("2027-11-15")),
            ("111302500".to_owned(), json!("2027-11-16"), json!("2028-11-15")),
            ("117424138".to_owned(), json!("2028-11-16"), json!(null)),
        ],
        "it catches up with the years in which nobody ran"
    );
    let told = nara.get(&format!("{path}/history")).await.is(200).shows("/items/0/what", "increased");
    told.shows("/items/0/userName", json!(null)).shows("/items/0/effectiveOn", "2027-11-16");

    let increase = added.word("/increases/0/id");
    let ending = json!({ "reason": "Тохиролцсон" });
    nara.post(&format!("{path}/increases/{increase}/figure"), json!({ "percentBp": 1 }))
        .await
        .refuses(400, "VALIDATION_ERROR");
    town.neighbour()
        .await
        .post(&format!("{path}/increases/{increase}/ending"), ending.clone())
        .await
        .refuses(404, "NOT_FOUND");
    nara.post(&format!("{path}/increases/{increase}/ending"), ending.clone())
        .await
        .is(200)
        .shows("/increases/0/nextOn", json!(null));
    nara.post(&format!("{path}/increases/{increase}/ending"), ending).await.refuses(404, "NOT_FOUND");
}

#[tokio::test]
async fn an_index_waits_for_the_accountant_and_two_who_apply_do_it_once() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let id = in_force(&dulmaa, json!({})).await;
    let path = format!("/v2/contracts/{id}");
    let item = dulmaa.get(&path).await.is(200).word("/items/0/id");
    let rule = json!({ "itemId": item, "kind": "index", "firstOn": "2026-11-01", "everyMonths": 12 });
    let added = nara.post(&format!("{path}/increases"), rule).await.is(201);
    let figure = format!("{path}/increases/{}/figure", added.word("/increases/0/id"));

    town.moves_on("2026-11-10T02:00:00Z").await;
    town.run_cron("contract.increases").await;
    let nara = town.accountant().await;
    nara.get(&path).await.is(200).shows("/items/0/validTo", json!(null));
    let waiting = nara.get("/v2/months/2026-11/preview").await.is(200);
    waiting.shows("/increases/0/newPrice", json!(null)).shows("/totals/amount", "100000000");
    nara.get("/v2/contract-increases?from=2027-01-01&to=2027-02-01").await.is(200).shows("/items/0/on", "2026-11-01");
    nara.post(&figure, json!({ "percentBp": 820, "from": "2026-10-31" })).await.refuses(400, "VALIDATION_ERROR");
    nara.post(&figure, json!({ "percentBp": 820 })).await.is(200).shows("/increases/0/nextOn", "2026-12-01");

    let slots = join_all((0..8).map(|_| async {
        let actor = base::Actor::system(&town.workshop, town.altan);
        let day = "2026-12-01".parse().expect("a day");
        actor.transact(async |tx| leasing::contracts::increases::apply_due(tx, day).await).await.expect("applies")
    }));
    let risen = slots.await;
    assert_eq!(risen.iter().sum::<usize>(), 1, "of eight who apply one does: {risen:?}");
    let now = nara
        .get(&path)
        .await
        .is(200)
        .shows("/items/1/unitPrice", "108200000")
        .shows("/items/1/validFrom", "2026-12-01");
    now.shows("/increases/0/percentBp", json!(null)).shows("/increases/0/nextOn", "2027-11-01");
}

#[tokio::test]
async fn a_discount_takes_off_its_share_for_its_time() {
    let town = Town::new().await;
    let (dulmaa, nara, bat) = (town.director().await, town.accountant().await, town.employee().await);
    let id = in_force(&dulmaa, json!({})).await;
    let path = format!("/v2/contracts/{id}");
    let tenth = json!({ "name": "Шинэ түрээслэгчийн хөнгөлөлт", "percentBp": 1000, "validFrom": "2026-10-16",
        "validTo": "2026-11-30", "reason": "Урамшуулал" });

    for (fields, field) in [
        (json!({ "amount": "100" }), "percentBp"),
        (json!({ "percentBp": 10001 }), "percentBp"),
        (json!({ "percentBp": null, "amount": "-5" }), "amount"),
        (json!({ "validFrom": "2026-09-30" }), "validFrom"),
        (json!({ "validTo": "2026-10-01" }), "validTo"),
        (json!({ "reason": " " }), "reason"),
    ] {
        let mut wrong = tenth.clone();
        fields.as_object().expect("fields").iter().for_each(|(name, value)| wrong[name] = value.clone());
        let refused = nara.post(&format!("{path}/discounts"), wrong).await.refuses(400, "VALIDATION_ERROR");
        assert!(refused["details"]["fields"][field].is_array(), "{field}: {refused}");
    }
    let added =
        nara.post(&format!("{path}/discounts"), tenth.clone()).await.is(201).shows("/discounts/0/percentBp", 1000);
    bat.post(&format!("{path}/discounts"), tenth.clone()).await.refuses(403, "FORBIDDEN");
    town.neighbour().await.post(&format!("{path}/discounts"), tenth).await.refuses(404, "NOT_FOUND");
    run(&nara, "2026-10").await.shows("/created", 1);

    // 1 000 000 × 10 % × 16/31, to the möngö.
    assert_eq!(billed(&town, "2026-10").await[1], ("Шинэ түрээслэгчийн хөнгөлөлт".to_owned(), -5_161_290));
    let bill = nara.get("/v2/invoices").await.is(200).word("/items/0/id");
    let bill = nara.get(&format!("/v2/invoices/{bill}")).await.is(200).shows("/total", "94838710");
    let how = bill.word("/items/1/how");
    assert!(how.contains("10 %") && how.contains("16/31"), "{how}");
    let erdene = town.linked_tenant(&dulmaa, "Батын Эрдэнэ", "99997576").await;
    erdene.get(&path).await.is(200).shows("/discounts/0/reason", "").shows("/discounts/0/userId", json!(null));
    let discount = format!("{path}/discounts/{}", added.word("/discounts/0/id"));
    nara.patch(&discount, json!({ "validTo": "2026-12-31", "reason": "х" })).await.refuses(400, "VALIDATION_ERROR");
    let ended = nara.patch(&discount, json!({ "validTo": "2026-10-31", "reason": "Засвар дууссан" })).await.is(200);
    ended.shows("/discounts/0/validTo", "2026-10-31");
    town.moves_on("2026-11-10T02:00:00Z").await;
    let nara = town.accountant().await;
    run(&nara, "2026-11").await.shows("/total", "100000000");
    let told = nara.get(&format!("{path}/history")).await.is(200).shows("/items/0/what", "discount_ended");
    told.shows("/items/0/reason", "Засвар дууссан").shows("/items/0/effectiveOn", "2026-11-01");
    town.run_cron("invoice.overdue").await;
    town.books_tie().await;
}

#[tokio::test]
async fn a_schedule_is_billed_instead_of_the_rent() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);
    let items = json!([flat()[0], { "kind": "parking", "name": "Зогсоол", "basis": "flat", "unitPrice": "15000000" }]);
    let id = in_force(&dulmaa, json!({ "endsOn": "2027-09-30", "items": items })).await;
    let path = format!("/v2/contracts/{id}/schedule");
    let entries = json!([
        { "name": "Урьдчилгаа", "period": "2026-10", "amount": "500000000" },
        { "name": "2-р төлөлт", "dueOn": "2026-12-20", "amount": "300000000" },
    ]);

    for (entry, field) in [
        (json!({ "name": "х", "period": "2026-09", "amount": "1" }), "entries[0].period"),
        (json!({ "name": "х", "period": "2027-10", "amount": "1" }), "entries[0].period"),
        (json!({ "name": "х", "dueOn": "2027-10-01", "amount": "1" }), "entries[0].dueOn"),
        (json!({ "name": "х", "amount": "1" }), "entries[0].period"),
        (json!({ "name": " ", "period": "2026-10", "amount": "1" }), "entries[0].name"),
        (json!({ "name": "х", "period": "2026-10", "amount": "-1" }), "entries[0].amount"),
    ] {
        let wrong = json!({ "version": 2, "kind": "custom", "entries": [entry] });
        let refused = nara.put(&path, wrong).await.refuses(400, "VALIDATION_ERROR");
        assert!(refused["details"]["fields"][field].is_array(), "{field}: {refused}");
    }
    let set = nara.put(&path, json!({ "version": 2, "kind": "custom", "entries": entries })).await.is(200);
    set.shows("/scheduleKind", "custom").shows("/schedule/1/period", "2026-12").shows("/version", 3);
    nara.put(&path, json!({ "version": 2, "kind": "fixed" })).await.refuses(409, "CONFLICT");
    run(&nara, "2026-10").await.shows("/created", 1);

    assert_eq!(
        billed(&town, "2026-10").await,
        [("Зогсоол".to_owned(), 15_000_000), ("Урьдчилгаа".to_owned(), 500_000_000)]
    );
    town.moves_on("2026-11-10T02:00:00Z").await;
    let nara = town.accountant().await;
    run(&nara, "2026-11").await.shows("/total", "15000000");
    let rewritten = json!({ "version": 3, "kind": "custom", "entries": [entries[1]] });
    let refused = nara.put(&path, rewritten).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "MONTH_IS_BILLED");
    let added = json!([entries[0], entries[1], { "name": "3-р төлөлт", "period": "2027-03", "amount": "300000000" }]);
    nara.put(&path, json!({ "version": 3, "kind": "custom", "entries": added }))
        .await
        .is(200)
        .shows("/schedule/2/name", "3-р төлөлт");
    town.moves_on("2026-12-10T02:00:00Z").await;
    let nara = town.accountant().await;
    let shown = nara.get("/v2/months/2026-12/preview").await.is(200).shows("/lines/0/dueOn", "2026-12-20");
    assert!(shown.text().contains("хуваариар"), "the difference is told");
    town.neighbour().await.put(&path, json!({ "version": 4, "kind": "fixed" })).await.refuses(404, "NOT_FOUND");
    nara.put(&path, json!({ "version": 4, "kind": "fixed" })).await.is(200).shows("/schedule", json!([]));
}

#[tokio::test]
async fn a_draft_is_made_step_by_step_and_left_where_one_likes() {
    let town = Town::new().await;
    let (dulmaa, bat) = (town.director().await, town.employee().await);
    let [property, room, tenant] = premises(&dulmaa).await;
    let second = dulmaa.has_room(&property, "302").await;
    let other = dulmaa.has_tenant("Номин Трейд ХХК", "5123457").await;
    town.assigns(&bat, &property).await;

    let begun = json!({ "propertyId": property, "tenantId": tenant, "startsOn": "2026-11-01" });
    let begun = bat.post("/v2/contracts", begun).await.is(201).shows("/rooms", json!([])).shows("/units", "");
    let path = format!("/v2/contracts/{}", begun.id());
    let lacks = dulmaa.post(&format!("{path}/signature"), nothing()).await.refuses(409, "CONFLICT");
    assert_eq!(lacks["details"], json!({ "reason": "CONTRACT_INCOMPLETE", "lacks": "rooms,items" }));
    dulmaa.post(&format!("{path}/approval"), nothing()).await.refuses(409, "CONFLICT");
    let parties = json!({ "version": 1, "propertyId": property, "tenantId": other });
    bat.put(&format!("{path}/parties"), parties.clone()).await.is(200).shows("/tenantName", "Номин Трейд ХХК");
    bat.put(&format!("{path}/parties"), parties).await.refuses(409, "CONFLICT");
    bat.patch(&path, json!({ "version": 2, "endsOn": "2027-10-31" })).await.is(200);
    let rooms = json!({ "version": 3, "rooms": [{ "roomId": room }, { "roomId": second, "from": "2027-01-01" }] });
    let rooms = bat.put(&format!("{path}/rooms"), rooms).await.is(200).shows("/units", "301; 302");
    rooms.shows("/rooms/1/from", "2027-01-01").shows("/rooms/0/to", "2027-10-31");
    let line = |name: &str, room: &str| json!({ "kind": "rent", "name": name, "basis": "flat", "unitPrice": "100", "roomId": room });
    let items = json!({ "version": 4, "items": [line("Түрээс 301", &room), line("Түрээс 302", &second)] });
    let charged = bat.put(&format!("{path}/items"), items).await.is(200).shows("/items/1/name", "Түрээс 302");
    let kept = charged.word("/items/0/id");
    let refused = bat
        .put(&format!("{path}/rooms"), json!({ "version": 5, "rooms": [{ "roomId": room }] }))
        .await
        .refuses(409, "CONFLICT");
    assert_eq!(refused["details"], json!({ "reason": "ROOM_IS_CHARGED", "unit": "302" }));
    let items = json!({ "version": 5, "keep": [kept], "items": [] });
    let charged = bat.put(&format!("{path}/items"), items).await.is(200).shows("/items/0/id", kept.as_str());
    assert_eq!(charged.json()["items"].as_array().map(Vec::len), Some(1));
    bat.put(&format!("{path}/rooms"), json!({ "version": 6, "rooms": [{ "roomId": room }] }))
        .await
        .is(200)
        .shows("/units", "301");
    dulmaa.post(&format!("{path}/signature"), nothing()).await.is(200).shows("/status", "active");

    dulmaa.put(&format!("{path}/items"), json!({ "version": 8, "items": [] })).await.refuses(409, "CONFLICT");
    town.neighbour()
        .await
        .put(&format!("{path}/rooms"), json!({ "version": 8, "rooms": [] }))
        .await
        .refuses(404, "NOT_FOUND");
    town.nobody()
        .put(&format!("{path}/rooms"), json!({ "version": 8, "rooms": [] }))
        .await
        .refuses(401, "UNAUTHORIZED");
    assert_eq!(town.count("select count(*) from contract_history").await, 8, "every step left its entry");
}

#[tokio::test]
async fn of_twenty_drafts_that_want_one_room_one_gets_it_and_the_others_are_told_which() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let [property, room, tenant] = premises(&dulmaa).await;
    let mut drafts = Vec::new();
    for _ in 0..20 {
        let begun = json!({ "propertyId": property, "tenantId": tenant, "startsOn": "2026-11-01" });
        drafts.push(dulmaa.post("/v2/contracts", begun).await.is(201));
    }

    let wanted = json!({ "version": 1, "rooms": [{ "roomId": room }] });
    let asked = drafts.iter().map(|draft| {
        let path = format!("/v2/contracts/{}/rooms", draft.id());
        let wanted = wanted.clone();
        let dulmaa = &dulmaa;
        async move { dulmaa.put(&path, wanted).await }
    });
    let (got, refused): (Vec<_>, Vec<_>) = join_all(asked).await.into_iter().partition(|reply| reply.status == 200);

    assert_eq!((got.len(), refused.len()), (1, 19));
    let code = got[0].json()["code"].as_str().expect("a code").to_owned();
    for reply in refused {
        let error = reply.refuses(409, "CONFLICT");
        assert_eq!(error["details"], json!({ "reason": "OVERLAP", "code": code, "unit": "301" }));
        assert!(error["message"].as_str().is_some_and(|said| said.contains(&code)), "{error}");
    }
    assert_eq!(town.count("select count(*) from contract_rooms").await, 1);
    println!("a room never let twice: 20 drafts at once, 1 holds it, 19 are told {code}");
}
