//! Pages over a pretended API: a small router that answers as the real one would, and notes what it was asked.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use client::Transport;
use domain::{OwnerId, UserId, rights::Role};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use tower::ServiceExt;
use wire::me::{MeView, MyOwner};

use super::*;

/// How the site is reached in tests.
pub const PUBLIC: &str = "http://localhost:8080";

/// The site over that API.
pub fn site(api: Router) -> Site {
    Site::new(Transport::InProcess(api), PUBLIC)
}

/// What the pretended API was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path and query.
    pub address: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON was sent")
    }
}

/// The pages over a pretended API that answers `/v2/me` for an accountant by itself.
pub struct Pages {
    router: Router,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Pages {
    /// `pages` is the routes under test, `api` what stands behind them.
    pub fn over(api: Router) -> Pages {
        Pages::seen_by(Role::OwnerAccountant, api)
    }

    /// The same for somebody of another role.
    pub fn seen_by(role: Role, api: Router) -> Pages {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = asked.clone();
        let api = api.route("/v2/me", get(move |headers| me(headers, role))).layer(middleware::from_fn(
            move |request: Request, next: Next| {
                let notes = notes.clone();
                async move {
                    let (parts, body) = request.into_parts();
                    let body = to_bytes(body, 1 << 20).await.expect("a body");
                    let address = parts.uri.path_and_query().expect("an address").to_string();
                    let headers = parts.headers.clone();
                    notes.lock().expect("no test panics here").push(Asked { address, headers, body: body.clone() });
                    next.run(Request::from_parts(parts, Body::from(body))).await
                }
            },
        ));
        Pages { router: crate::router(site(api)), asked }
    }

    pub async fn get(&self, address: &str) -> Reply {
        self.send(http::Request::get(address), "").await
    }

    /// A form of ours, sent from one of our own pages.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let body = serde_urlencoded::to_string(fields).expect("fields");
        let request = http::Request::post(address)
            .header("origin", PUBLIC)
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request, &body).await
    }

    pub async fn send(&self, request: http::request::Builder, body: &str) -> Reply {
        let request = request.header("cookie", "better-auth.session_token=t").header("host", "localhost:8080");
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let (parts, body) = self.router.clone().oneshot(request).await.expect("an answer").into_parts();
        let body = to_bytes(body, 1 << 22).await.expect("a body");
        Reply { status: parts.status, headers: parts.headers, page: String::from_utf8_lossy(&body).into_owned() }
    }

    /// What the API was asked on the path that ends like this, in order.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.asked.lock().expect("no test panics here");
        asked.iter().filter(|one| one.address.split('?').next().is_some_and(|at| at.ends_with(path))).cloned().collect()
    }
}

/// What the browser got.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub page: String,
}

impl Reply {
    pub fn location(&self) -> &str {
        self.headers["location"].to_str().expect("plain ASCII")
    }

    /// The page shows that text.
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Reply {
        assert!(self.page.contains(text), "«{text}» is not in ({}) {}", self.status, self.page);
        self
    }
}

/// Who asks with the cookie of these tests; without one nobody does.
async fn me(headers: HeaderMap, role: Role) -> Response {
    if !headers.contains_key("cookie") {
        return refusal(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "Дахин нэвтэрнэ үү.", json!(null));
    }
    Json(MeView {
        id: UserId::new(),
        name: "Б. Номин".into(),
        email: "accountant@altan.example".into(),
        role,
        locale: "mn".into(),
        owner: Some(MyOwner {
            id: OwnerId::new(), name: "Алтан Тауэр ХХК".into(), register_no: "1234567".into()
        }),
        rights: vec![],
    })
    .into_response()
}

/// A refusal in the API's envelope.
pub fn refusal(status: StatusCode, code: &str, message: &str, details: serde_json::Value) -> Response {
    (status, Json(json!({ "error": { "code": code, "message": message, "details": details } }))).into_response()
}

#[tokio::test]
async fn who_asks_and_for_which_language_goes_with_the_question() {
    let pages = Pages::over(Router::new());
    let request = http::Request::get("/sign-in").header("x-request-id", "7");
    assert_eq!(pages.send(request, "").await.status, 200);

    let (mut parts, ()) = http::Request::get("/")
        .header("cookie", "lang=en; better-auth.session_token=t")
        .header("x-request-id", "7")
        .header("accept", "text/html")
        .body(())
        .expect("a request")
        .into_parts();
    let api = Router::new().route(
        "/v2/me",
        get(async |headers: HeaderMap| {
            let told = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("-").to_owned();
            let all = ["cookie", "accept-language", "origin", "x-request-id", "accept"].map(told).join(" | ");
            refusal(StatusCode::CONFLICT, "CONFLICT", &all, json!(null))
        }),
    );
    let Ok(api) = Api::from_request_parts(&mut parts, &site(api)).await;
    let told = api.me().await.expect_err("this API only tells what it heard").message;
    assert_eq!(told, "lang=en; better-auth.session_token=t | en | http://localhost:8080 | 7 | -");
}

#[test]
fn a_refusal_keeps_its_sentence_and_silence_is_ours() {
    let said = client::Problem {
        status: 409,
        code: "CONFLICT".into(),
        message: "Энэ талбай эзэнтэй.".into(),
        fields: Default::default(),
        details: json!(null),
        retry_after_secs: None,
    };
    assert_eq!(Problem::from(said.clone()).status(), 409);
    assert_eq!(Problem::from(client::Problem { status: 0, ..said }).status(), 503);
}
