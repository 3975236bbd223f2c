//! The folder and its links.

use std::time::Instant;

use axum::{
    Router,
    body::Body,
    response::{IntoResponse, Response},
};
use base::{App, Clock, kv::Kv, pool::Pool, secrets::ServerKey};
use http::{Method, Request, header};
use http_body_util::BodyExt;
use jiff::SignedDuration;
use tempfile::TempDir;
use tower::ServiceExt;

use super::{bytes, keeps_nothing_of_what_breaks_off, keeps_reads_lists_and_removes, key, now};
use crate::{Key, Link, Store};

const HERE: &str = "http://town.test";

fn server_key() -> ServerKey {
    ServerKey::new("the town's own secret, long enough for it").unwrap()
}

fn store() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Store::in_folder(folder.path(), HERE, server_key()).unwrap(), folder)
}

/// The doors at that moment; no link ever asks Postgres.
fn doors(store: &Store, clock: Clock) -> Router {
    let pool = Pool::new("postgres://nobody@127.0.0.1:9/none", 1).unwrap();
    let app = App::new(pool, clock, server_key(), Kv::in_process(), HERE).with(store.clone());
    let (router, _) = crate::slice().routes.split_for_parts();
    router.with_state(app)
}

fn request(method: Method, url: &str, headers: &[(&str, String)], body: Body) -> Request<Body> {
    let mut request =
        Request::builder().method(method).uri(url.strip_prefix(HERE).unwrap()).header(header::HOST, "town.test");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    request.body(body).unwrap()
}

async fn ask(doors: &Router, link: &Link, body: Body) -> Response {
    let headers: Vec<_> = link.headers.iter().map(|(name, value)| (*name, value.clone())).collect();
    doors.clone().oneshot(request(link.method.clone(), &link.url, &headers, body)).await.unwrap().into_response()
}

#[tokio::test]
async fn a_folder_keeps_objects() {
    let (store, _folder) = store();
    keeps_reads_lists_and_removes(&store).await;
    keeps_nothing_of_what_breaks_off(&store).await;
}

#[tokio::test]
async fn a_link_takes_and_gives_one_object_and_says_how_it_is_to_be_shown() {
    let (store, _folder) = store();
    let doors = doors(&store, Clock::held(now()));
    let key = key();

    let put = store.signed_put(&key, "image/jpeg", 5000, now());
    assert_eq!(ask(&doors, &put, Body::from(bytes(5000))).await.status(), 204);
    let got = ask(&doors, &store.signed_get(&key, "image/jpeg", "Өрөө 301.jpg", now()), Body::empty()).await;

    assert_eq!(got.status(), 200);
    let head = |name: &str| got.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((head("content-type"), head("content-length")), ("image/jpeg".into(), "5000".into()));
    assert_eq!(
        head("content-disposition"),
        "inline; filename=\"_____301.jpg\"; filename*=UTF-8''%D3%A8%D1%80%D3%A9%D3%A9%20301.jpg"
    );
    assert_eq!(head("x-content-type-options"), "nosniff");
    assert!(head("content-security-policy").contains("sandbox"));
    assert_eq!(got.into_body().collect().await.unwrap().to_bytes(), bytes(5000));

    for (kind, how) in [
        ("application/pdf", "attachment"),
        ("image/svg+xml", "attachment"),
        ("text/html", "attachment"),
        ("image/png", "inline"),
    ] {
        let got = ask(&doors, &store.signed_get(&key, kind, "a\"\r\nb.pdf", now()), Body::empty()).await;
        let said = got.headers()["content-disposition"].to_str().unwrap();
        assert_eq!(said, format!("{how}; filename=\"a___b.pdf\"; filename*=UTF-8''a%22%0D%0Ab.pdf"));
    }
}

#[tokio::test]
async fn an_upload_is_exactly_what_was_announced() {
    let (store, _folder) = store();
    let doors = doors(&store, Clock::held(now()));
    let put = store.signed_put(&key(), "image/jpeg", 5000, now());
    let send = async |kind: &str, length: Option<usize>, body: Body| {
        let mut headers = vec![("content-type", kind.to_owned())];
        headers.extend(length.map(|length| ("content-length", length.to_string())));
        doors.clone().oneshot(request(Method::PUT, &put.url, &headers, body)).await.unwrap().status().as_u16()
    };

    assert_eq!(send("image/png", Some(5000), Body::from(bytes(5000))).await, 415);
    assert_eq!(send("image/jpeg", Some(5001), Body::from(bytes(5001))).await, 400);
    assert_eq!(send("image/jpeg", Some(4999), Body::from(bytes(4999))).await, 400);
    // In chunks, or with a length that is not true.
    assert_eq!(send("image/jpeg", None, Body::from(bytes(5001))).await, 400);
    assert_eq!(send("image/jpeg", None, Body::from(bytes(4999))).await, 400);
    assert_eq!(send("image/jpeg", Some(5000), Body::from(bytes(6000))).await, 400);
    let left: Vec<_> = futures_util::TryStreamExt::try_collect::<Vec<_>>(store.list("owners")).await.unwrap();
    assert_eq!(left, []);
    assert_eq!(send("image/jpeg", None, Body::from(bytes(5000))).await, 204);
}

#[tokio::test]
async fn a_link_that_was_altered_or_is_too_old_opens_nothing() {
    let (store, _folder) = store();
    let (mine, other) = (key(), key());
    for key in [&mine, &other] {
        store.put(key, "image/jpeg", bytes(10)).await.unwrap();
    }
    let at = now();
    let link = store.signed_get(&mine, "image/jpeg", "a.jpg", at);
    let foreign =
        Store::in_folder(_folder.path(), HERE, ServerKey::new("another secret of thirty-two letters").unwrap())
            .unwrap();
    let upload = store.signed_put(&mine, "image/jpeg", 10, at);
    let began = Instant::now();

    let mut tampered = vec![
        link.url.replace(mine.as_str(), other.as_str()),
        link.url.replace("type=image%2Fjpeg", "type=text%2Fhtml"),
        link.url.replace("name=a.jpg", "name=a.html"),
        link.url.replace("until=", "until=9"),
        link.url.replace("&code=", "&code=A"),
        link.url.replace("&code=", "&extra=1&code="),
        format!("{}&code=", link.url),
        format!("{}&until=9999999999", link.url),
        link.url.split("&code=").next().unwrap().to_owned(),
        link.url.split('?').next().unwrap().to_owned(),
        foreign.signed_get(&mine, "image/jpeg", "a.jpg", at).url,
        // Good for putting is not good for reading.
        upload.url.clone(),
        link.url.replace(mine.as_str(), "owners/../../secret.key"),
        link.url.replace(mine.as_str(), "owners%2F..%2F..%2Fsecret.key"),
    ];
    // Every single bit of the signature counts.
    let (rest, code) = link.url.rsplit_once("=").unwrap();
    for at in 0..code.len() {
        let mut letters: Vec<char> = code.chars().collect();
        letters[at] = if letters[at] == 'A' { 'B' } else { 'A' };
        tampered.push(format!("{rest}={}", letters.into_iter().collect::<String>()));
    }
    let now_doors = doors(&store, Clock::held(at));
    let mut opened = 0;
    for url in &tampered {
        let answer = now_doors.clone().oneshot(request(Method::GET, url, &[], Body::empty())).await.unwrap();
        opened += u32::from(answer.status() != 403);
    }
    // A link for reading takes nothing in.
    let put = Link { method: Method::PUT, headers: upload.headers, ..link.clone() };
    opened += u32::from(ask(&now_doors, &put, Body::from(bytes(10))).await.status() != 403);

    let mut late = 0;
    let minutes = |minutes| at + SignedDuration::from_mins(minutes);
    for (moment, opens) in [
        (minutes(-6), false),
        (minutes(-4), true),
        (at, true),
        (minutes(9), true),
        (minutes(10), false),
        (minutes(600), false),
    ] {
        let answer = ask(&doors(&store, Clock::held(moment)), &link, Body::empty()).await;
        late += u32::from((answer.status() == 200) != opens);
    }

    println!(
        "R28: {opened} of {} altered links opened, {late} of 6 moments wrong ({:?})",
        tampered.len() + 1,
        began.elapsed()
    );
    assert_eq!((opened, late), (0, 0));
}

#[tokio::test]
async fn files_of_another_origin_are_read_there_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::in_folder(folder.path(), "https://files.town.test", server_key()).unwrap();
    let doors = doors(&store, Clock::held(now()));
    let key: Key = key();
    store.put(&key, "image/jpeg", bytes(10)).await.unwrap();
    let link = store.signed_get(&key, "image/jpeg", "a.jpg", now());
    let path = link.url.strip_prefix("https://files.town.test").unwrap();

    for (host, status) in [("files.town.test", 200), ("town.test", 404), ("evil.test", 404)] {
        let request = Request::builder().uri(path).header(header::HOST, host).body(Body::empty()).unwrap();
        assert_eq!(doors.clone().oneshot(request).await.unwrap().status(), status, "{host}");
    }
}
