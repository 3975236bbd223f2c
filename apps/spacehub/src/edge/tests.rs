use axum::{
    body::{Body, Bytes},
    routing::{get, post},
};
use futures_util::{StreamExt, stream};
use http::{HeaderValue, request::Builder};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::time::sleep;
use tower::ServiceExt;

use super::*;

fn caps() -> Caps {
    Caps {
        body_pause: Duration::from_millis(300),
        handler: Duration::from_millis(500),
        upload_bytes: 4096,
        body_bytes: 1024,
        in_flight: 2,
        ..Caps::default()
    }
}

fn edge() -> Router {
    let router = Router::new()
        .route("/", get(|| async { "сайн" }).post(|body: Bytes| async move { body.len().to_string() }))
        .route("/uploads", post(|body: Bytes| async move { body.len().to_string() }).layer(DefaultBodyLimit::max(8192)))
        .route("/json", post(|axum::Json(_): axum::Json<Value>| async { "read" }))
        .route("/page", get(|| async { (StatusCode::NOT_FOUND, axum::response::Html("<p>алга</p>")) }))
        .route("/slow", get(|| async { sleep(Duration::from_secs(60)).await }))
        .route("/brief", get(|| async { sleep(Duration::from_millis(200)).await }))
        .route("/healthz", get(|| async { "ok" }))
        .route("/panics", get(|| async { panic!("with somebody's secret") as () }))
        .route(
            "/ids",
            get(|request: Request| async move {
                let RequestId(id) = *request.extensions().get().unwrap();
                let ip = request.extensions().get::<PeerIp>().map(|PeerIp(ip)| *ip);
                format!("{id} {ip:?}")
            }),
        );
    Edge::new(caps(), "10.0.0.0/8".parse().unwrap(), true).around(router)
}

fn get_of(path: &str) -> Builder {
    Request::get(path).header("host", "localhost")
}

fn post_to(path: &str) -> Builder {
    Request::post(path).header("host", "localhost").header("content-type", "application/json")
}

async fn ask(request: Request) -> (StatusCode, HeaderMap, String) {
    answered(edge().oneshot(request).await.unwrap()).await
}

async fn answered(response: Response) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

fn code(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("not an envelope: {body}"));
    assert!(!body["error"]["message"].as_str().unwrap().contains('⟦'), "{body}");
    body["error"]["code"].as_str().unwrap().to_owned()
}

/// A body that sends `part` every `pause`.
fn trickle(part: &'static [u8], times: usize, pause: Duration) -> Body {
    Body::from_stream(stream::unfold(0, move |sent| async move {
        if sent == times {
            return None;
        }
        sleep(pause).await;
        Some((Ok::<_, std::io::Error>(part), sent + 1))
    }))
}

#[tokio::test]
async fn every_answer_carries_an_id_and_the_headers_of_the_house() {
    for path in ["/", "/nowhere", "/panics"] {
        let (_, headers, _) = ask(get_of(path).body(Body::empty()).unwrap()).await;

        headers["x-request-id"].to_str().unwrap().parse::<Uuid>().unwrap();
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
        assert!(headers["strict-transport-security"].to_str().unwrap().starts_with("max-age="));
    }
}

#[tokio::test]
async fn the_framework_refuses_in_our_envelope_and_the_readers_language() {
    let request = |method: &str, path: &str| Request::builder().method(method).uri(path).header("host", "a");
    let cases = [
        (request("GET", "/nowhere").body(Body::empty()), 404, "NOT_FOUND"),
        (request("DELETE", "/").body(Body::empty()), 405, "METHOD_NOT_ALLOWED"),
        (request("POST", "/").body(Body::from(vec![b'a'; 1025])), 413, "PAYLOAD_TOO_LARGE"),
        (request("POST", "/json").body(Body::from("{}")), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (post_to("/json").body(Body::from("{")), 400, "VALIDATION_ERROR"),
        (request("GET", "/panics").body(Body::empty()), 500, "INTERNAL_ERROR"),
    ];
    for (request, status, expected) in cases {
        let (got, headers, body) = ask(request.unwrap()).await;

        assert_eq!((got.as_u16(), code(&body).as_str()), (status, expected));
        assert_eq!(headers["content-type"], "application/json");
        assert!(!body.contains("secret"), "{body}");
    }
    let (_, headers, body) =
        ask(request("DELETE", "/").header("accept-language", "en").body(Body::empty()).unwrap()).await;
    assert_eq!(headers["allow"], "GET,HEAD,POST");
    assert!(body.contains("This address does not take"), "{body}");
}

#[tokio::test]
async fn a_page_of_its_own_is_left_as_it_is() {
    let (status, _, body) = ask(get_of("/page").body(Body::empty()).unwrap()).await;

    assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, "<p>алга</p>"));
}

#[tokio::test]
async fn a_request_names_one_host_and_one_length() {
    let none = Request::get("/").body(Body::empty()).unwrap();
    let two = get_of("/").header("host", "other").body(Body::empty()).unwrap();
    let nonsense = Request::get("/").header("host", "a b").body(Body::empty()).unwrap();
    let lengths = post_to("/").header("content-length", "1").header("transfer-encoding", "chunked");
    for request in [none, two, nonsense, lengths.body(Body::from("a")).unwrap()] {
        let (status, headers, body) = ask(request).await;

        assert_eq!((status, code(&body).as_str()), (StatusCode::BAD_REQUEST, "VALIDATION_ERROR"));
        assert_eq!(headers["connection"], "close");
    }
    let old = Request::get("/").version(Version::HTTP_10).body(Body::empty()).unwrap();
    assert_eq!(ask(old).await.0, StatusCode::OK);
}

#[tokio::test]
async fn long_paths_and_many_fields_are_refused_as_the_parser_would() {
    let long = get_of(&format!("/?q={}", "a".repeat(8200))).body(Body::empty()).unwrap();
    let many = (0..64).fold(get_of("/"), |request, n| request.header(format!("x-{n}"), "y"));

    let (long, _, body) = ask(long).await;
    let (many, _, _) = ask(many.body(Body::empty()).unwrap()).await;

    assert_eq!((long, many), (StatusCode::URI_TOO_LONG, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
    assert!(body.is_empty());
}

#[tokio::test]
async fn a_body_has_a_cap_that_uploads_raise_and_nobody_passes() {
    let ordinary = post_to("/").body(Body::from(vec![b'a'; 1024])).unwrap();
    let upload = post_to("/uploads").body(Body::from(vec![b'a'; 4000])).unwrap();
    let declared = post_to("/uploads").header("content-length", "5000").body(Body::from(vec![b'a'; 5000])).unwrap();
    let chunked = post_to("/uploads").body(trickle(&[b'a'; 1000], 5, Duration::from_millis(1))).unwrap();

    assert_eq!(ask(ordinary).await.2, "1024");
    assert_eq!(ask(upload).await.2, "4000");
    for request in [declared, chunked] {
        let (status, headers, body) = ask(request).await;
        assert_eq!((status, code(&body).as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE"));
        assert_eq!(headers["connection"], "close");
    }
}

#[tokio::test]
async fn a_body_that_stops_or_drips_is_given_up() {
    let stops = trickle(b"a", 2, Duration::from_millis(400));
    let drips = trickle(b"a", 100, Duration::from_millis(50));
    for body in [stops, drips] {
        let began = Instant::now();

        let (status, headers, body) = ask(post_to("/").body(body).unwrap()).await;

        assert_eq!((status, code(&body).as_str()), (StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT"));
        assert_eq!(headers["connection"], "close");
        assert!(began.elapsed() < Duration::from_millis(450), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn the_time_a_body_takes_is_not_the_handlers() {
    // 13 × 80 ms is twice the handler's time, at a good pace.
    let steady = trickle(&[b'a'; 300], 13, Duration::from_millis(80));

    let (status, _, body) = ask(post_to("/uploads").body(steady).unwrap()).await;

    assert_eq!((status, body.as_str()), (StatusCode::OK, "3900"));
}

#[tokio::test]
async fn a_handler_that_does_not_end_is_given_up() {
    let (status, headers, body) = ask(get_of("/slow").body(Body::empty()).unwrap()).await;

    assert_eq!((status, code(&body).as_str()), (StatusCode::SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE"));
    assert_eq!(headers["retry-after"], "2");
}

#[tokio::test]
async fn more_than_can_be_answered_is_told_to_come_back() {
    let edge = edge();
    let ask = |path: &'static str| {
        let answer = edge.clone().oneshot(get_of(path).body(Body::empty()).unwrap());
        async { answered(answer.await.unwrap()).await }
    };

    let (one, two, three, watched) = tokio::join!(ask("/brief"), ask("/brief"), ask("/brief"), ask("/healthz"));

    assert_eq!((one.0, two.0, watched.0), (StatusCode::OK, StatusCode::OK, StatusCode::OK));
    assert_eq!((three.0, code(&three.2).as_str()), (StatusCode::SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE"));
    assert_eq!(three.1["retry-after"], HeaderValue::from_static("1"));
    assert_eq!(ask("/brief").await.0, StatusCode::OK, "the turns are given back");
}

#[tokio::test]
async fn the_clients_address_and_the_id_reach_the_handler() {
    let mut request = get_of("/ids").header("x-forwarded-for", "198.51.100.4").body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer("10.0.0.1".parse().unwrap()));

    let (_, headers, body) = ask(request).await;

    assert_eq!(body, format!("{} Some(198.51.100.4)", headers["x-request-id"].to_str().unwrap()));
}

#[tokio::test]
async fn a_browser_is_refused_with_a_page_that_says_the_limit() {
    let router = Router::new().route("/imports", post(|body: Bytes| async move { body.len().to_string() }));
    let edge = || {
        let edge = Edge::new(caps(), Proxies::default(), false).with_pages(web::problem::refusal);
        edge.around(router.clone())
    };
    let taken = Arc::new(AtomicUsize::new(0));
    let send = |path: &str, accept: &str| {
        let taken = taken.clone();
        let parts = stream::iter(0..9).map(move |_| {
            taken.fetch_add(1, Ordering::Relaxed);
            Ok::<_, std::io::Error>(vec![b'x'; 1024])
        });
        let request = post_to(path).header("accept", accept).header("content-length", "9216");
        request.body(Body::new(Sized(Body::from_stream(parts), 9216))).unwrap()
    };

    let (status, headers, page) = answered(edge().oneshot(send("/imports", "text/html,*/*")).await.unwrap()).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(headers["content-type"].to_str().unwrap().starts_with("text/html") && headers["connection"] == "close");
    assert!(headers.contains_key("content-security-policy"));
    assert!(page.contains("<h1") && page.contains("0 МБ-аас том байна"), "{page}");
    assert_eq!(taken.load(Ordering::Relaxed), 9, "a browser reads no answer before all is sent");

    for (path, accept) in [("/imports", "*/*"), ("/v2/imports/rent-roll", "text/html")] {
        let (status, _, body) = answered(edge().oneshot(send(path, accept)).await.unwrap()).await;
        assert_eq!((status, code(&body).as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE"));
    }
}

/// A body that says its length beforehand, as a socket's does.
struct Sized(Body, u64);

impl hyper::body::Body for Sized {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, axum::Error>>> {
        std::pin::Pin::new(&mut self.0).poll_frame(cx)
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        hyper::body::SizeHint::with_exact(self.1)
    }
}
