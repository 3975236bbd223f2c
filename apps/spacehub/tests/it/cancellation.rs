//! Clients that go away in the middle: dropped in the router, and hanging up on the real server. The transactions
//! beneath are cut off two thousand times in `base::tx`; here the way there is.

use std::time::Duration;

use axum::{Router, body::Body};
use base::{App, kv::Kv, pool::Pool, secrets::ServerKey};
use http::{Request, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use spacehub::{
    edge::{Caps, Edge},
    serve::{self, Limits},
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::oneshot,
    time::Instant,
};
use tower::ServiceExt;

use crate::town::Town;

const DROPPED: u64 = 600;
const HUNG_UP: u64 = 400;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_away_leaves_nothing_behind() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    let (token, hers) = (dulmaa.token.clone().expect("signed in"), saraa.token.clone().expect("signed in"));
    let router = doors_with_two_connections(&town);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = serve::serve(router.clone(), vec![listener], Limits::default(), async { drop(stopped.await) });
    let serving = tokio::spawn(serving);
    let seed = u64::from_le_bytes(uuid::Uuid::now_v7().as_bytes()[8..].try_into().expect("eight"));
    let mut chance = seed | 1;
    let (mut cut_off, mut acknowledged, mut seen) = (0, 0, 0);

    for n in 0..DROPPED + HUNG_UP {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let moment = Duration::from_micros(chance % 2_000);
        let body = json!({ "fcm_token": format!("cut {n}"), "platform": "web" }).to_string();
        let (method, path, body) = match n % 3 {
            0 => ("POST", "/v2/devices", body),
            1 => ("GET", "/v2/properties", String::new()),
            _ => ("POST", "/v2/properties", json!({ "name": format!("cut {n}") }).to_string()),
        };
        if n < DROPPED {
            let answered = router.clone().oneshot(request(method, path, &token, &body));
            let mut answered = std::pin::pin!(answered);
            let end = Instant::now() + moment;
            while futures_util::poll!(answered.as_mut()).is_pending() {
                if Instant::now() >= end {
                    cut_off += 1;
                    break;
                }
                tokio::task::yield_now().await;
            }
        } else {
            let mut client = TcpStream::connect(address).await.expect("connects");
            let length = body.len();
            let head = format!("{method} {path} HTTP/1.1\r\nHost: town.test\r\nAuthorization: Bearer {token}\r\n");
            let rest = format!("Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}");
            client.write_all(format!("{head}{rest}").as_bytes()).await.expect("sends");
            let end = Instant::now() + moment;
            while Instant::now() < end {
                tokio::task::yield_now().await;
            }
            drop(client);
            cut_off += 1;
        }

        let probe = json!({ "name": format!("probe {n}") }).to_string();
        let (status, said) = ask(&router, "POST", "/v2/properties", &token, &probe).await;
        assert_eq!(status, 201, "after {n}: {said}");
        acknowledged += 1;
        let (status, said) = ask(&router, "GET", "/v2/properties", &hers, "").await;
        assert_eq!(status, 200, "after {n}: {said}");
        seen += said["items"].as_array().expect("a list").len();
    }
    stop.send(()).expect("the server listens");
    serving.await.expect("the server ends");

    let kept = town.count("select count(*) from properties where name like 'probe %'").await;
    let lost = acknowledged - kept;
    println!(
        "R4: seed {seed}: {cut_off} of {} went away; {lost} acknowledged writes lost, {seen} foreign rows seen",
        DROPPED + HUNG_UP
    );
    assert_eq!((lost, seen), (0, 0));
    let open = "select count(*) = 0 from pg_stat_activity
                 where datname = current_database() and usename = 'spacehub_app' and state <> 'idle'";
    town.until(open).await;
}

fn doors_with_two_connections(town: &Town) -> Router {
    let key = ServerKey::new("the town's own secret, long enough for it").expect("long enough");
    let pool = Pool::new(&town.database.app_url, 2).expect("a good address");
    let app = App::new(pool, town.clock.clone(), key, Kv::in_process(), "http://town.test").roomy();
    Edge::new(Caps::default(), Default::default(), false).around(spacehub::api::api(app).0)
}

fn request(method: &str, path: &str, token: &str, body: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "town.test");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    let request = request.header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from(body.to_owned())).expect("a well formed request")
}

async fn ask(router: &Router, method: &str, path: &str, token: &str, body: &str) -> (u16, Value) {
    let answer = router.clone().oneshot(request(method, path, token, body)).await.expect("always answers");
    let status = answer.status().as_u16();
    let bytes = answer.into_body().collect().await.expect("a whole body").to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}
