use axum::{body::Body, response::sse, routing::get};
use futures_util::{StreamExt, stream};
use tokio::sync::oneshot;

use super::*;

/// A house on a port of its own, with limits short enough for a test.
struct Open {
    address: SocketAddr,
    close: Option<oneshot::Sender<()>>,
    drained: tokio::task::JoinHandle<Drained>,
}

fn short() -> Limits {
    Limits {
        header: Duration::from_millis(1500),
        idle: Duration::from_millis(3000),
        unread: Duration::from_millis(2000),
        drain: Duration::from_millis(3000),
        ..Limits::default()
    }
}

async fn open(limits: Limits) -> Open {
    let router = Router::new()
        .route("/", get(|| async { "сайн" }))
        .route(
            "/slow",
            get(|| async {
                sleep(Duration::from_millis(700)).await;
                "done"
            }),
        )
        .route("/never", get(|| async { sleep(Duration::from_secs(60)).await }))
        .route(
            "/endless",
            get(|| async { Body::from_stream(stream::repeat_with(|| Ok::<_, io::Error>(vec![b'a'; 65_536]))) }),
        )
        .route(
            "/news",
            get(|| async {
                let first = stream::once(async { Ok::<_, Infallible>(sse::Event::default().data("first")) });
                sse::Sse::new(first.chain(stream::pending()))
            }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (close, closed) = oneshot::channel();
    let drained = tokio::spawn(serve(router, vec![listener], limits, async {
        let _ = closed.await;
    }));
    Open { address, close: Some(close), drained }
}

impl Open {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn say(&self, words: &str) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(words.as_bytes()).await.unwrap();
        stream
    }

    fn close(&mut self) {
        let _ = self.close.take().unwrap().send(());
    }
}

/// Everything until the other side closes, and how long that took.
async fn rest(mut stream: TcpStream) -> (String, Duration) {
    let began = Instant::now();
    let mut bytes = Vec::new();
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await.expect("it closes");
    (String::from_utf8_lossy(&bytes).into_owned(), began.elapsed())
}

fn between(took: Duration, from_millis: u64, to_millis: u64) -> bool {
    (Duration::from_millis(from_millis)..Duration::from_millis(to_millis)).contains(&took)
}

#[tokio::test]
async fn half_a_header_is_cut_at_its_deadline_though_it_trickles() {
    let house = open(short()).await;
    let stream = house.say("GET / HTTP/1.1\r\nhost: a\r\n").await;
    let (reading, mut writing) = stream.into_split();
    let trickle = tokio::spawn(async move {
        while writing.write_all(b"x: y\r\n").await.is_ok() {
            sleep(Duration::from_millis(200)).await;
        }
    });

    let (said, took) = rest_of(reading).await;

    trickle.abort();
    assert!(said.is_empty() && between(took, 1400, 2600), "{took:?} {said}");
}

async fn rest_of(mut reading: tokio::net::tcp::OwnedReadHalf) -> (String, Duration) {
    let began = Instant::now();
    let mut said = String::new();
    let _ = timeout(Duration::from_secs(20), reading.read_to_string(&mut said)).await.expect("it closes");
    (said, began.elapsed())
}

#[tokio::test]
async fn a_silent_and_an_idle_connection_are_closed_later() {
    let house = open(short()).await;

    let silent = rest(house.connect().await).await;
    let idle = rest(house.say("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await).await;

    assert!(silent.0.is_empty() && between(silent.1, 2900, 4200), "{silent:?}");
    assert!(idle.0.ends_with("сайн") && between(idle.1, 2900, 4200), "{idle:?}");
}

#[tokio::test]
async fn a_connection_is_used_again_and_again() {
    let house = open(short()).await;
    let two = "GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

    let (said, took) = rest(house.say(two).await).await;

    assert_eq!(said.matches("HTTP/1.1 200").count(), 2);
    assert!(took < Duration::from_secs(1));
}

#[tokio::test]
async fn a_slow_answer_is_waited_for_beyond_the_idle_time() {
    let house = open(Limits { idle: Duration::from_millis(200), header: Duration::from_millis(200), ..short() }).await;

    let (said, _) = rest(house.say("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await).await;

    assert!(said.ends_with("done"), "{said}");
}

#[tokio::test]
async fn who_does_not_read_is_cut() {
    let house = open(short()).await;
    let stream = house.say("GET /endless HTTP/1.1\r\nhost: a\r\n\r\n").await;

    sleep(Duration::from_millis(4000)).await;
    // What lies in the buffers can still be read; then there is an end.
    let (said, took) = rest(stream).await;

    assert!(said.len() < 64 * 1024 * 1024 && took < Duration::from_secs(5), "{} bytes in {took:?}", said.len());
}

#[tokio::test]
async fn a_full_house_says_so_in_the_envelope() {
    let house = open(Limits { connections: 2, ..short() }).await;
    let _guests = (house.connect().await, house.connect().await);
    sleep(Duration::from_millis(100)).await;

    let (said, took) = rest(house.say("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await).await;

    assert!(said.starts_with("HTTP/1.1 503 ") && said.contains("retry-after: 2"), "{said}");
    let body: serde_json::Value = serde_json::from_str(said.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body["error"]["code"], "SERVICE_UNAVAILABLE");
    assert!(took < Duration::from_millis(1500));
    // Once a guest leaves there is a place again.
    drop(_guests.0);
    sleep(Duration::from_millis(100)).await;
    let (said, _) = rest(house.say("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await).await;
    assert!(said.ends_with("сайн"), "{said}");
}

#[tokio::test]
async fn a_header_beyond_16_kib_is_refused() {
    let house = open(short()).await;
    let large = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(17 * 1024));

    let (said, _) = rest(house.say(&large).await).await;

    assert!(said.starts_with("HTTP/1.1 431 "), "{said}");
}

#[tokio::test]
async fn a_closing_house_finishes_what_runs_and_lets_nobody_in() {
    let mut house = open(short()).await;
    let idle = house.say("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let running = house.say("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let news = house.say("GET /news HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(Duration::from_millis(200)).await;

    house.close();

    let (idle, running, news) = tokio::join!(rest(idle), rest(running), rest(news));
    assert!(idle.0.ends_with("сайн") && idle.1 < Duration::from_millis(500), "{idle:?}");
    assert!(running.0.ends_with("done"), "{running:?}");
    assert!(news.0.contains("data: first") && news.1 < Duration::from_millis(500), "{news:?}");
    assert_eq!(house.drained.await.unwrap(), Drained { cut: 0 });
    assert!(TcpStream::connect(house.address).await.is_err());
}

#[tokio::test]
async fn what_does_not_end_in_time_is_cut() {
    let mut house = open(short()).await;
    let _never = house.say("GET /never HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(Duration::from_millis(100)).await;
    let began = Instant::now();

    house.close();

    assert_eq!(house.drained.await.unwrap(), Drained { cut: 1 });
    assert!(between(began.elapsed(), 2900, 4000), "{:?}", began.elapsed());
}

#[tokio::test]
async fn who_knocked_before_the_door_closed_is_still_answered() {
    let mut house = open(short()).await;

    let knocks: Vec<_> =
        futures_util::future::join_all((0..50).map(|_| house.say("GET / HTTP/1.1\r\nhost: a\r\n\r\n"))).await;
    house.close();

    for knock in knocks {
        let (said, _) = rest(knock).await;
        assert!(said.ends_with("сайн"), "{said:?}");
    }
}
