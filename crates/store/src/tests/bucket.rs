//! A bucket, over the wire: a server of S3's kind, and the ways in which one is not there.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::TryStreamExt;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use jiff::SignedDuration;
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use tempfile::TempDir;
use tokio::{io::AsyncReadExt, net::TcpListener};

use super::{LARGE, bytes, keeps_nothing_of_what_breaks_off, keeps_reads_lists_and_removes, key, now};
use crate::{BucketSettings, Link, Store, Trouble};

struct Server {
    address: SocketAddr,
    /// Requests that said `partNumber`.
    parts: Arc<AtomicUsize>,
    folder: TempDir,
}

impl Server {
    async fn start() -> Server {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("spacehub")).unwrap();
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
        service.set_auth(SimpleAuth::from_single("an-id", "a-secret"));
        let service = service.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let parts = Arc::new(AtomicUsize::new(0));
        let counted = parts.clone();
        tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let (service, counted) = (service.clone(), counted.clone());
                let counting = hyper_util::service::TowerToHyperService::new(tower::service_fn(
                    move |request: http::Request<hyper::body::Incoming>| {
                        if request.uri().query().is_some_and(|query| query.contains("partNumber")) {
                            counted.fetch_add(1, Ordering::Relaxed);
                        }
                        let service = service.clone();
                        async move { hyper::service::Service::call(&service, request).await }
                    },
                ));
                tokio::spawn(async move {
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), counting).await;
                });
            }
        });
        Server { address, parts, folder }
    }
}

fn store_at(address: SocketAddr) -> Store {
    Store::in_bucket(&BucketSettings {
        bucket: "spacehub".into(),
        endpoint: Some(format!("http://{address}")),
        region: "us-east-1".into(),
        access_key_id: "an-id".into(),
        secret_access_key: "a-secret".into(),
    })
    .unwrap()
}

async fn ask(
    link: &Link,
    change: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
) -> reqwest::Response {
    let mut request = reqwest::Client::new().request(link.method.clone(), &link.url);
    for (name, value) in &link.headers {
        request = request.header(*name, value);
    }
    change(request).send().await.unwrap()
}

#[tokio::test]
async fn a_bucket_keeps_objects_large_ones_in_parts() {
    let server = Server::start().await;
    let store = store_at(server.address);
    keeps_reads_lists_and_removes(&store).await;
    let parts = server.parts.load(Ordering::Relaxed);
    assert_eq!(parts, LARGE.div_ceil(5 * 1024 * 1024), "the large one went in parts");
    keeps_nothing_of_what_breaks_off(&store).await;
    println!(
        "S3 over the wire: {LARGE} bytes in {parts} parts; what broke off left nothing ({:?})",
        server.folder.path().is_dir()
    );
}

#[tokio::test]
async fn a_buckets_links_take_and_give_one_object() {
    let server = Server::start().await;
    let store = store_at(server.address);
    let (mine, other) = (key(), key());
    store.put(&other, "image/jpeg", bytes(10)).await.unwrap();

    let put = store.signed_put(&mine, "image/jpeg", 5000, now());
    assert_eq!(ask(&put, |r| r.body(bytes(5000))).await.status(), 200);
    assert_eq!(store.read(&mine, 5000).await.unwrap(), bytes(5000));
    let get = store.signed_get(&mine, "application/pdf", "Гэрээ.pdf", now());
    let got = ask(&get, |r| r).await;
    assert_eq!(got.status(), 200);
    assert_eq!(got.headers()["content-type"], "application/pdf");
    assert!(got.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"_____.pdf\""));
    assert_eq!(got.bytes().await.unwrap(), bytes(5000));

    // Another length, another kind, another object, another verb, another time.
    let larger = Link { headers: vec![("content-type", "image/jpeg".into())], ..put.clone() };
    let kind =
        Link { headers: vec![("content-type", "text/html".into()), ("content-length", "5000".into())], ..put.clone() };
    let moved = Link { url: get.url.replace(mine.as_str(), other.as_str()), ..get.clone() };
    let turned = Link { method: http::Method::GET, headers: Vec::new(), ..put.clone() };
    let old = store.signed_get(&mine, "image/jpeg", "a.jpg", now() - SignedDuration::from_mins(11));
    let mut opened = 0;
    opened += u32::from(ask(&larger, |r| r.body(bytes(5001))).await.status().is_success());
    opened += u32::from(ask(&kind, |r| r.body(bytes(5000))).await.status().is_success());
    for link in [&moved, &turned, &old] {
        opened += u32::from(ask(link, |r| r).await.status().is_success());
    }
    println!("R28, S3: {opened} of 5 altered or expired links opened");
    assert_eq!(opened, 0);
    // Signed five minutes ago: a store whose clock is four minutes late takes it.
    let ahead = store.signed_get(&mine, "image/jpeg", "a.jpg", now() + SignedDuration::from_mins(4));
    assert_eq!(ask(&ahead, |r| r).await.status(), 200);
}

/// The store is down, hangs before it answers, or dies in the middle: whoever waits is told within two seconds.
#[tokio::test]
async fn a_bucket_that_is_away_is_told_in_two_seconds() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let hangs = listens(|mut socket| async move {
        let mut sink = vec![0; 65536];
        while socket.read(&mut sink).await.is_ok_and(|read| read > 0) {}
    })
    .await;
    let dies = listens(|mut socket| async move {
        // Reads a little of the request, then goes.
        let mut sink = vec![0; 2048];
        let _ = socket.read(&mut sink).await;
    })
    .await;
    let mut slowest = Duration::ZERO;
    for (how, address) in [("refuses", nobody), ("hangs", hangs), ("dies", dies)] {
        let (store, key) = (store_at(address), key());
        let mut calls: Vec<(&str, Duration, bool)> = Vec::new();
        let began = Instant::now();
        calls.push(("head", began.elapsed(), matches!(store.head(&key).await, Err(Trouble::Away(_)))));
        calls.last_mut().unwrap().1 = began.elapsed();
        let began = Instant::now();
        let read = matches!(store.read(&key, 10).await, Err(Trouble::Away(_)));
        calls.push(("read", began.elapsed(), read));
        let began = Instant::now();
        let deleted = matches!(store.delete(&key).await, Err(Trouble::Away(_)));
        calls.push(("delete", began.elapsed(), deleted));
        let began = Instant::now();
        let listed = store.list("owners").try_collect::<Vec<_>>().await;
        calls.push(("list", began.elapsed(), matches!(listed, Err(Trouble::Away(_)))));
        let began = Instant::now();
        let large = store.put(&key, "image/jpeg", bytes(LARGE)).await;
        calls.push(("put in parts", began.elapsed(), matches!(large, Err(Trouble::Away(_)))));
        for (call, took, was_told) in calls {
            assert!(was_told, "{how}: {call}");
            assert!(took < Duration::from_millis(2500), "{how}: {call} took {took:?}");
            slowest = slowest.max(took);
        }
    }
    println!("R27: a store that refuses, hangs or dies is told after {slowest:?} at most");
}

async fn listens<F: Future<Output = ()> + Send + 'static>(
    each: impl Fn(tokio::net::TcpStream) -> F + Send + Sync + Copy + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(each(socket));
        }
    });
    address
}
