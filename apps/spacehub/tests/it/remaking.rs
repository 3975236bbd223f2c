//! Rooms merged and split from a day on, and a past that stays as it was.

use serde_json::{Value, json};

use crate::town::{Person, Reply, Town, nothing};

fn version(room: &str) -> Value {
    json!({ "id": room, "version": 1 })
}

/// Merges rooms from the 1st of December into one of 100 m².
async fn merges(person: &Person<'_>, rooms: &[&str], fields: Value) -> Reply {
    let rooms: Vec<Value> = rooms.iter().map(|room| version(room)).collect();
    let mut order = json!({ "rooms": rooms, "from": "2026-12-01", "room": { "unitNo": "K-401", "areaM2": "100" } });
    for (name, value) in fields.as_object().expect("fields are an object") {
        order[name] = value.clone();
    }
    person.post("/v2/room-mergers", order).await
}

fn made(reply: &Reply, place: usize) -> String {
    reply.json()["roomIds"][place].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn two_rooms_become_one_and_yesterday_is_what_it_was() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
    let (left, right) = (dulmaa.has_room(&tower, "К-401").await, dulmaa.has_room(&tower, "К-402").await);
    let contract = dulmaa.drafts(&tower, &tenant, &left, json!({ "endsOn": "2026-11-30" })).await.is(201).id();
    dulmaa.post(&format!("/v2/contracts/{contract}/signature"), nothing()).await.is(200);
    for room in [&left, &right] {
        dulmaa
            .patch(&format!("/v2/rooms/{room}"), json!({ "version": 1, "baseRent": "4000000", "listed": true }))
            .await
            .is(200);
    }
    let before = dulmaa.get("/v2/rooms/totals").await.is(200).json();

    let rooms = [&left, &right].map(|room| json!({ "id": room, "version": 2 }));
    let merged = merges(&dulmaa, &[], json!({ "rooms": rooms, "reason": "Нэг түрээслэгч авна" })).await.is(201);

    let whole = made(&merged, 0);
    let room = dulmaa.get(&format!("/v2/rooms/{whole}?asOf=2026-12-01")).await.is(200);
    let room = room.shows("/unitNo", "K-401").shows("/validFrom", "2026-12-01").shows("/baseRent", "4000000");
    room.shows("/areaM2", "100.00").shows("/occupancy", "listed");
    assert_eq!(dulmaa.get("/v2/rooms/totals").await.is(200).json(), before);
    let on = async |day: &str| {
        let list = dulmaa.get(&format!("/v2/rooms?asOf={day}")).await.is(200).json();
        let items = list["items"].as_array().expect("a page").clone();
        items.iter().map(|room| room["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(on("2026-11-30").await, [left.clone(), right.clone()]);
    assert_eq!(on("2026-12-01").await, std::slice::from_ref(&whole));
    let history = dulmaa.get(&format!("/v2/rooms/{whole}/history")).await.is(200);
    let history = history.shows("/madeOf/kind", "merge").shows("/madeOf/on", "2026-12-01");
    history.shows("/madeOf/rooms/0/unitNo", "K-401").shows("/madeOf/rooms/1/unitNo", "K-402");
    let became =
        dulmaa.get(&format!("/v2/rooms/{left}/history")).await.is(200).shows("/became/rooms/0/id", whole.clone());
    became.shows("/tenancies/0/contractCode", "CT-2026-0001").shows("/became/reason", "Нэг түрээслэгч авна");
    assert_eq!(town.count("select count(*) from audit_log where action = 'room.merge'").await, 3);
    // What ended can't be let any more, what begins not yet.
    let late =
        dulmaa.drafts(&tower, &tenant, &right, json!({ "startsOn": "2026-11-15" })).await.refuses(409, "CONFLICT");
    assert_eq!((&late["details"]["reason"], &late["details"]["to"]), (&json!("ROOM_NOT_THERE"), &json!("2026.11.30")));
    let early =
        dulmaa.drafts(&tower, &tenant, &whole, json!({ "startsOn": "2026-11-30" })).await.refuses(409, "CONFLICT");
    assert_eq!(early["details"]["from"], "2026.12.01");
    dulmaa.drafts(&tower, &tenant, &whole, json!({ "startsOn": "2026-12-01" })).await.is(201);
    let reopened = dulmaa.ask(http::Method::DELETE, &format!("/v2/rooms/{left}/closing"), None, &[]).await;
    assert_eq!(reopened.refuses(409, "CONFLICT")["details"]["reason"], "ROOM_REMADE");
}

#[tokio::test]
async fn a_merger_is_refused_while_somebody_is_in_or_the_areas_do_not_add_up() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let (tower, plaza) = (dulmaa.has_property("Алтан Тауэр").await, dulmaa.has_property("Алтан Плаза").await);
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
    let (left, right) = (dulmaa.has_room(&tower, "401").await, dulmaa.has_room(&tower, "402").await);
    let elsewhere = dulmaa.has_room(&plaza, "403").await;
    let draft = dulmaa.drafts(&tower, &tenant, &right, json!({ "endsOn": "2026-12-01" })).await.is(201).id();

    let refused = merges(&dulmaa, &[&left, &right], json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(
        (&refused["details"]["reason"], &refused["details"]["code"]),
        (&json!("ROOM_LET"), &json!("CT-2026-0001"))
    );
    dulmaa
        .post(&format!("/v2/contracts/{draft}/termination"), json!({ "on": "2026-10-10", "reason": "Больсон" }))
        .await
        .is(200);
    let smaller = json!({ "room": { "unitNo": "401", "areaM2": "98.5" } });
    let refused = merges(&dulmaa, &[&left, &right], smaller.clone()).await.refuses(409, "CONFLICT");
    let facts = &refused["details"];
    assert_eq!(
        (&facts["reason"], &facts["before"], &facts["difference"]),
        (&json!("AREA_DIFFERS"), &json!("100"), &json!("-1.5"))
    );
    let mut accepted = smaller;
    accepted["acceptDifference"] = json!(true);
    merges(&dulmaa, &[&left, &right], accepted.clone()).await.refuses(400, "VALIDATION_ERROR");
    for (rooms, fields) in [
        (vec![&left], json!({})),
        (vec![&left, &left], json!({})),
        (vec![&left, &elsewhere], json!({})),
        (vec![&left, &right], json!({ "from": "20261-01-01" })),
        (vec![&left, &right], json!({ "room": { "unitNo": " ", "areaM2": "100" } })),
    ] {
        let rooms: Vec<&str> = rooms.into_iter().map(String::as_str).collect();
        merges(&dulmaa, &rooms, fields).await.refuses(400, "VALIDATION_ERROR");
    }
    assert_eq!(town.count("select count(*) from rooms where valid_to is not null or valid_from is not null").await, 0);
    accepted["reason"] = json!("Зузаан хана барив");
    merges(&dulmaa, &[&left, &right], accepted).await.is(201);
    let stale = merges(&dulmaa, &[&left, &elsewhere], json!({})).await.refuses(409, "CONFLICT");
    assert_eq!(stale["details"]["reason"], "VERSION");
}

#[tokio::test]
async fn one_room_becomes_several_with_its_price_shared_out() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    let hall = json!({ "propertyId": tower, "unitNo": "501", "kind": "office", "areaM2": "90", "priceMode": "flat", "baseRent": "100000001" });
    let hall = dulmaa.post("/v2/rooms", hall).await.is(201).id();
    let split = |parts: Value| json!({ "room": version(&hall), "from": "2026-11-01", "parts": parts });
    let parts = json!([{ "unitNo": "501", "areaM2": "30" }, { "unitNo": "501А", "areaM2": "60", "kind": "shop" }]);

    bat.post("/v2/room-splits", split(parts.clone())).await.refuses(404, "NOT_FOUND");
    saraa.post("/v2/room-splits", split(parts.clone())).await.refuses(404, "NOT_FOUND");
    town.nobody().post("/v2/room-splits", split(parts.clone())).await.refuses(401, "UNAUTHORIZED");
    for wrong in [
        json!([{ "unitNo": "501", "areaM2": "90" }]),
        json!([{ "unitNo": "5", "areaM2": "45" }, { "unitNo": "5 ", "areaM2": "45" }]),
        json!([{ "unitNo": "5", "areaM2": "45" }, { "unitNo": "6", "areaM2": "45.001" }]),
    ] {
        let refused = dulmaa.post("/v2/room-splits", split(wrong)).await;
        assert!(matches!(refused.status.as_u16(), 400 | 409), "{}", refused.text());
    }
    let refused = split(json!([{ "unitNo": "5", "areaM2": "45" }, { "unitNo": "6", "areaM2": "44" }]));
    let refused = dulmaa.post("/v2/room-splits", refused).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "AREA_DIFFERS");
    town.assigns(&bat, &tower).await;
    let made = bat.post("/v2/room-splits", split(parts)).await.is(201).json();

    let rooms = dulmaa.get("/v2/rooms?asOf=2026-11-01").await.is(200);
    let rooms = rooms.shows("/items/0/id", made["roomIds"][0].clone()).shows("/items/0/baseRent", "33333334");
    let rooms =
        rooms.shows("/items/1/baseRent", "66666667").shows("/items/1/kind", "shop").shows("/items/1/priceMode", "flat");
    rooms.shows("/nextCursor", json!(null));
    dulmaa.get("/v2/rooms").await.is(200).shows("/items/0/id", hall.clone()).shows("/items/0/validTo", "2026-10-31");
    dulmaa.get(&format!("/v2/rooms/{hall}/history")).await.is(200).shows("/became/rooms/1/unitNo", "501A");
    // A number is a unit's at a time: neither part's is free from then on.
    let twice =
        json!({ "propertyId": tower, "unitNo": "501", "kind": "office", "areaM2": "1", "validFrom": "2026-11-01" });
    assert_eq!(dulmaa.post("/v2/rooms", twice).await.refuses(409, "CONFLICT")["details"]["reason"], "DUPLICATE");
}

/// The database holds to it too, whoever writes and however fast.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_contract_holds_a_room_that_is_not_there_not_even_in_a_race() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
    let (mut let_out, mut closed) = (0, 0);
    for n in 0..12 {
        let room = dulmaa.has_room(&tower, &format!("{n}")).await;
        let closing = json!({ "version": 1, "lastDay": "2026-10-31", "reason": "Нураав" });
        let path = format!("/v2/rooms/{room}/closing");
        let (drafted, ended) =
            tokio::join!(dulmaa.drafts(&tower, &tenant, &room, json!({})), dulmaa.post(&path, closing));
        let both = (drafted.status.as_u16(), ended.status.as_u16());
        assert!(matches!(both, (201, 409) | (409, 200)), "{both:?}: {} {}", drafted.text(), ended.text());
        let_out += u32::from(both.0 == 201);
        closed += u32::from(both.1 == 200);
    }
    println!("{let_out} let, {closed} closed");
    let torn = "select count(*) from contract_rooms cr join rooms r on r.id = cr.room_id
                 where not isempty(cr.during) and not daterange(r.valid_from, r.valid_to, '[]') @> cr.during";
    assert_eq!(town.count(torn).await, 0);

    let (client, connection) =
        tokio_postgres::connect(&town.database.admin_url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    let held = "update rooms set valid_to = '2026-10-01' where valid_to is null
                   and id in (select room_id from contract_rooms where not isempty(during))";
    let over = "update contract_rooms set during = daterange('2026-10-01', null)
                 where room_id in (select id from rooms where valid_to is not null)";
    let insert = "insert into contract_rooms (id, owner_id, contract_id, room_id, during)
                  select gen_random_uuid(), r.owner_id, (select id from contracts limit 1), r.id, daterange('2026-11-01', null)
                    from rooms r where r.valid_to is not null limit 1";
    for (sql, constraint) in
        [(held, "rooms_not_held"), (insert, "contract_rooms_room_there"), (over, "contract_rooms_room_there")]
    {
        match client.execute(sql, &[]).await {
            Err(refused) => {
                assert_eq!(refused.as_db_error().and_then(|error| error.constraint()), Some(constraint), "{sql}");
            }
            // Nothing was let, or nothing closed: then there is nothing to refuse.
            Ok(touched) => assert_eq!(touched, 0, "{sql}"),
        }
    }
}
