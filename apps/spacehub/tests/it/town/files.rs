//! Pictures of the town, and what people do with them.

use std::io::Cursor;

use axum::body::Body;
use base::{App, kv::Kv, pool::Pool, secrets::ServerKey};
use futures_util::TryStreamExt;
use http::{Request, Response, header};
use http_body_util::BodyExt;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use store::Store;
use tower::ServiceExt;

use super::{Person, Reply, Town};

/// A small photo, each seed another.
pub fn jpeg(seed: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let photo = RgbImage::from_fn(64, 48, |x, y| Rgb([(x * 4) as u8, (y * 5) as u8, seed]));
    photo.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).expect("a picture can be packed");
    bytes
}

/// The smallest PDF that is one.
pub fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n".to_vec()
}

/// What announces a file.
pub fn new_file(purpose: &str, subject: &str, kind: &str, size: usize) -> Value {
    json!({ "purpose": purpose, "subjectId": subject, "name": "Зураг 1.jpg", "size": size, "contentType": kind })
}

/// What announces a photo of a room.
pub fn photo(room: &str, size: usize) -> Value {
    new_file("room_photo", room, "image/jpeg", size)
}

impl Person<'_> {
    /// Announces a file and sends it; the answer to the announcement.
    pub async fn sends(&self, purpose: &str, subject: &str, kind: &str, bytes: Vec<u8>) -> Value {
        let upload = self.post("/v2/files", new_file(purpose, subject, kind, bytes.len())).await.is(201).json();
        let sent = self.town.puts(&upload, bytes).await;
        assert_eq!(sent.status(), 204);
        upload
    }

    /// Announces a file, sends it and confirms it; the last answer.
    pub async fn adds(&self, purpose: &str, subject: &str, kind: &str, bytes: Vec<u8>) -> Reply {
        let upload = self.sends(purpose, subject, kind, bytes).await;
        self.confirms(&upload).await
    }

    pub async fn confirms(&self, upload: &Value) -> Reply {
        let id = upload["file"]["id"].as_str().expect("an id");
        self.post(&format!("/v2/files/{id}/confirm"), json!({})).await
    }

    /// A photo that has arrived and is not confirmed; its id.
    pub async fn sends_photo(&self, room: &str) -> String {
        let upload = self.sends("room_photo", room, "image/jpeg", jpeg(7)).await;
        upload["file"]["id"].as_str().expect("an id").to_owned()
    }

    /// A photo of a room.
    pub async fn has_photo(&self, room: &str) -> Value {
        self.adds("room_photo", room, "image/jpeg", jpeg(7)).await.is(200).json()
    }
}

impl Town {
    /// Sends the bytes where the announcement's answer says, as nobody.
    pub async fn puts(&self, upload: &Value, bytes: Vec<u8>) -> Response<Body> {
        let url = upload["url"].as_str().expect("an address");
        let mut request = Request::builder().method("PUT").uri(self.path_of(url)).header(header::HOST, self.host());
        for (name, value) in upload["headers"].as_object().expect("headers") {
            request = request.header(name, value.as_str().expect("a text"));
        }
        self.router.clone().oneshot(request.body(Body::from(bytes)).expect("well formed")).await.expect("it answers")
    }

    /// What a link opens, to nobody in particular: status, headers, bytes.
    pub async fn opens(&self, url: &str) -> (u16, http::HeaderMap, Vec<u8>) {
        let request = Request::builder().uri(self.path_of(url)).header(header::HOST, self.host());
        let answer = self.router.clone().oneshot(request.body(Body::empty()).expect("well formed")).await;
        let (parts, body) = answer.expect("it answers").into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes().to_vec();
        (parts.status.as_u16(), parts.headers, bytes)
    }

    /// The keys of everything in the store, in order.
    pub async fn objects(&self) -> Vec<String> {
        let store = self.app.part::<Store>();
        let mut keys: Vec<String> =
            store.list("owners").map_ok(|entry| entry.key).try_collect().await.expect("a folder can be read");
        keys.sort();
        keys
    }

    /// The same town with its files elsewhere.
    pub fn keeping_files_in(self, store: Store) -> Town {
        let key = ServerKey::new("the town's own secret, long enough for it").expect("long enough");
        let pool = Pool::new(&self.database.app_url, 8).expect("a good address");
        let app = App::new(pool, self.clock.clone(), key, Kv::in_process(), self.app.public_url.clone()).roomy();
        let app = app.with(store);
        let (router, _) = spacehub::api::api(app.clone());
        Town { app, router, ..self }
    }

    fn path_of(&self, url: &str) -> String {
        url.strip_prefix(&self.app.public_url).expect("a link of ours").to_owned()
    }

    fn host(&self) -> &str {
        self.app.public_url.split_once("://").expect("an address").1
    }
}
