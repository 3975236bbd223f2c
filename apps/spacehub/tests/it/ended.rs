//! However a session ends, it has ended everywhere with the next request.

use axum::{Router, body::Body};
use base::pool::Pool;
use domain::rights::Role;
use http::{Request, StatusCode, header};
use serde_json::json;
use tower::ServiceExt;

use crate::town::{PASSWORD, Person, Town, nothing};

/// How often each process is asked after the end.
const TIMES: usize = 10;

#[tokio::test]
async fn a_session_that_ended_is_accepted_nowhere() {
    let town = Town::new().await;
    let another = spacehub::api::api(town.app.through(Pool::new(&town.database.app_url, 4).expect("a good address"))).0;
    let dulmaa = town.director().await;
    let (mut asked, mut accepted, mut ways) = (0, Vec::new(), 0);

    for way in [
        "signs out",
        "ends all",
        "changes the password",
        "is another",
        "is stopped",
        "is let go",
        "is disabled",
        "is ended by the other device",
    ] {
        let nara = town.person("Г. Нарантуяа", Role::OwnerAccountant, Some(town.altan)).await;
        nara.get("/v2/me").await.is(200);
        end(&town, &dulmaa, &nara, way).await;
        ways += 1;
        for router in [&town.router, &another] {
            for _ in 0..TIMES {
                let status = me(router, nara.token.as_deref().expect("signed in")).await;
                asked += 1;
                if status != 401 {
                    accepted.push(format!("{way}: {status}"));
                }
            }
        }
    }

    println!("R21: {} requests accepted / {asked} after the end, {ways} ways to end, on 2 processes", accepted.len());
    assert!(accepted.is_empty(), "{accepted:#?}");
}

async fn me(router: &Router, token: &str) -> StatusCode {
    let request = Request::builder().uri("/v2/me").header(header::HOST, "town.test");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    let request = request.body(Body::empty()).expect("a well formed request");
    router.clone().oneshot(request).await.expect("always answers").status()
}

async fn end(town: &Town, dulmaa: &Person<'_>, nara: &Person<'_>, way: &str) {
    let staff = dulmaa.get("/v2/staff?limit=100").await.is(200).json();
    let me = staff["items"].as_array().expect("a list").iter().find(|one| one["email"] == nara.email.as_str()).cloned();
    let me = me.expect("on the staff");
    let place = format!("/v2/staff/{}", me["id"].as_str().expect("an id"));
    match way {
        "signs out" => drop(nara.post("/api/auth/sign-out", nothing()).await.is(200)),
        "ends all" => drop(nara.post("/api/auth/revoke-sessions", nothing()).await.is(200)),
        "changes the password" => {
            let change = json!({ "currentPassword": PASSWORD, "newPassword": "another of the town", "revokeOtherSessions": true });
            nara.post("/api/auth/change-password", change).await.is(200);
        }
        "is another" => {
            drop(dulmaa.patch(&place, json!({ "version": me["version"], "role": "employee" })).await.is(200))
        }
        "is stopped" => drop(dulmaa.patch(&place, json!({ "version": me["version"], "disabled": true })).await.is(200)),
        "is let go" => drop(dulmaa.post(&format!("{place}/removal"), nothing()).await.is(200)),
        "is disabled" => {
            town.sql_batch(&format!("update users set disabled_at = now() where email = '{}'", nara.email)).await;
        }
        _ => {
            let sign_in = json!({ "email": nara.email, "password": PASSWORD });
            let other = town.nobody().post("/api/auth/sign-in/email", sign_in).await.is(200).json();
            let other = town.holder_of(other["token"].as_str().expect("a token"));
            other.post("/api/auth/revoke-other-sessions", nothing()).await.is(200);
        }
    }
}
