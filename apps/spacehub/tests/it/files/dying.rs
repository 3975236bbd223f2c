//! Whoever dies in between leaves no row without an object, and no object without a row for longer than a day (V19).

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{BucketSettings, Store};
use tokio::net::TcpListener;

use crate::town::{Town, files::jpeg};

/// How many confirmations are cut off.
const CUTS: u32 = 60;

#[tokio::test]
async fn no_row_is_without_its_object_and_no_object_without_its_row() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let mut cut_off = 0;
    for n in 0..CUTS {
        let room = dulmaa.has_room(&property, &format!("Т-{n}")).await;
        let upload = dulmaa.sends("room_photo", &room, "image/jpeg", jpeg(1)).await;
        // From the first look at the row to the last word of the commit, and a little further.
        let moment = Duration::from_micros(u64::from(n) * 700);
        if tokio::time::timeout(moment, dulmaa.confirms(&upload)).await.is_err() {
            cut_off += 1;
        }
        // For rows it holds at once; objects have a day.
        assert_eq!(rows_without_objects(&town).await, BTreeSet::new(), "after {moment:?}");
        if n % 3 == 0 {
            dulmaa.confirms(&upload).await;
            let path = format!("/v2/files/{}", upload["file"]["id"].as_str().expect("an id"));
            let remove = dulmaa.ask(http::Method::DELETE, &path, None, &[]);
            let _ = tokio::time::timeout(moment / 4, remove).await;
        }
    }
    town.keep_promises().await;
    assert_eq!(rows_without_objects(&town).await, BTreeSet::new());

    // Objects lie there by the real clock.
    town.clock.move_to(Timestamp::now() + SignedDuration::from_hours(25));
    let swept = files::sweep(&town.workshop, town.altan).await.expect("it is swept");
    town.keep_promises().await;
    let (kept, objects) = (rows(&town).await, town.objects().await);
    let orphans: Vec<&String> = objects.iter().filter(|key| !kept.contains(*key)).collect();
    println!(
        "V19: {cut_off} of {CUTS} confirmations cut off, {} files kept; the sweep gave up {} and found {} orphans; then \
         rows without objects {}, objects without rows {}",
        kept.len() / 2,
        swept.given_up,
        swept.orphans,
        rows_without_objects(&town).await.len(),
        orphans.len()
    );
    assert!(cut_off > 0 && swept.missing == 0);
    assert_eq!(orphans, Vec::<&String>::new());
    assert_eq!(town.count("select count(*) from files where status <> 'ready'").await, 0);
}

/// The keys that ready rows tell of, the small pictures' among them.
async fn rows(town: &Town) -> BTreeSet<String> {
    let sql = "select key from files where status = 'ready'
               union all
               select regexp_replace(key, '\\.([a-z]+)$', '-small.\\1') from files where status = 'ready' and has_thumb";
    town.sql(sql).await.iter().map(|row| row.get(0)).collect()
}

async fn rows_without_objects(town: &Town) -> BTreeSet<String> {
    let objects: BTreeSet<String> = town.objects().await.into_iter().collect();
    rows(town).await.difference(&objects).cloned().collect()
}

#[tokio::test]
async fn while_the_store_is_away_whoever_asks_is_told_within_two_seconds() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = dulmaa.has_room(&property, "301").await;
    let upload = dulmaa.sends("room_photo", &room, "image/jpeg", jpeg(1)).await;
    let token = dulmaa.token.clone().expect("a session");
    let id = upload["file"]["id"].as_str().expect("an id").to_owned();
    drop(dulmaa);
    // One takes the connection and says nothing, the other is not there.
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a free port").local_addr().expect("bound");
    let mut town = town;
    for address in [silent.local_addr().expect("bound"), nobody] {
        let bucket = BucketSettings {
            bucket: "spacehub".into(),
            endpoint: Some(format!("http://{address}")),
            region: "us-east-1".into(),
            access_key_id: "an-id".into(),
            secret_access_key: "a-secret".into(),
        };
        town = town.keeping_files_in(Store::in_bucket(&bucket).expect("good settings"));
        let dulmaa = town.holder_of(token.clone());
        let began = Instant::now();
        let refusal = dulmaa.post(&format!("/v2/files/{id}/confirm"), json!({})).await;
        let took = began.elapsed();
        assert_eq!(refusal.headers["retry-after"], "2");
        refusal.refuses(503, "SERVICE_UNAVAILABLE");
        println!("R27: the object store is away: 503 after {took:?}");
        assert!(took < Duration::from_millis(2500), "{took:?}");
        // Everything that needs no bytes goes on.
        dulmaa.get(&format!("/v2/files?purpose=room_photo&subjectId={room}")).await.is(200);
        dulmaa.get(&format!("/v2/rooms/{room}")).await.is(200);
        dulmaa.post("/v2/files", super::photo(&room, 100)).await.is(201).shows("/isHere", false);
    }
}
