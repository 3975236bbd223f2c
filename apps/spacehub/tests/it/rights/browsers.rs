//! What a browser may do with a cookie that it sends by itself: nothing that one of our own pages did not ask for.

use domain::rights::Action;
use http::Method;

use super::{
    Books,
    routes::{self, Needs, World},
};
use crate::{
    openapi::operations,
    town::{PASSWORD, Town},
};

/// Where a forged request may come from: `None` leaves the header out.
const ORIGINS: [Option<&str>; 6] = [
    None,
    Some("null"),
    Some("http://evil.test"),
    Some("http://a.town.test"),
    Some("http://town.test.evil.test"),
    Some("https://town.test"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_foreign_page_changes_anything_with_somebodys_cookie() {
    let town = Town::new().await;
    let world = World::new(&town).await;
    let books = Books::open(&town).await;
    let signed_in = serde_json::json!({ "email": world.director.email, "password": PASSWORD });
    let signed_in = town.nobody().post("/api/auth/sign-in/email", signed_in).await.is(200);
    let cookie =
        signed_in.headers["set-cookie"].to_str().expect("plain").split(';').next().expect("a value").to_owned();
    let (mut asked, mut routes, mut performed) = (0, 0, Vec::new());

    for (at, _) in operations(&town.openapi) {
        let (method, path) = at.split_once(' ').expect("method and path");
        let by_link = matches!(routes::needs(&at), Some(Needs::Nothing | Needs::Door));
        if method == "GET" || by_link || path == "/auth/token" {
            continue;
        }
        let in_v2 = path.starts_with("/v2/");
        routes += 1;
        for origin in ORIGINS {
            let (method, path, body): (Method, String, Vec<u8>) = if in_v2 {
                let request = world.request(&at).await;
                let body = request.body().map(|(_, body)| body).unwrap_or_default();
                (request.method, request.path, body)
            } else {
                (method.parse().expect("a method"), path.to_owned(), b"{}".to_vec())
            };
            let before = books.read().await;
            // A plain form of another page can send any text, but not say that it is JSON.
            for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
                let mut headers = vec![("cookie", cookie.as_str()), ("sec-fetch-mode", "cors")];
                headers.extend(origin.map(|origin| ("origin", origin)));
                let reply = town.nobody().send(method.clone(), &path, Some((kind, body.clone())), &headers).await;
                asked += 1;
                if ![403, 404, 415].contains(&reply.status.as_u16()) {
                    performed.push(format!("{at} from {origin:?} as {kind}: {} {}", reply.status, reply.text()));
                }
            }
            if books.read().await != before {
                performed.push(format!("{at} from {origin:?} changed something"));
            }
        }
    }

    println!(
        "R22: {} mutations performed / {asked} forged ({routes} routes × {} origins × 3 types)",
        performed.len(),
        ORIGINS.len()
    );
    assert!(performed.is_empty(), "{}", performed.join("\n"));
    assert!(matches!(routes::needs("POST /v2/tenants"), Some(Needs::Right(Action::EditTenants))) && asked > 500);
}
