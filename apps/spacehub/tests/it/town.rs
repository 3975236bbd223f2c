//! A small town: two owners, their people, one database of its own, the clock in our hand.

pub mod files;
pub mod leasing;
mod outside;
mod people;

use axum::{Router, body::Body};
use base::{App, Clock, actor::RequestId, kv::Kv, pool::Pool, secrets::ServerKey, workers::Workers};
use billing::Providers;
use cluster::testing::{self, TestDatabase};
use domain::{OwnerId, rights::Role};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use identity::{
    auth::{self, Entry, NewUser, entry::By},
    owners::{self, NewOwner},
};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;

pub use self::outside::{Bill, Outside, Tenant};

/// The password of everyone in town.
pub const PASSWORD: &str = "a password of the town";

/// How often the people of a town may ask.
pub enum Limited {
    /// As often as they like: a story asks in one held moment what people ask in an hour.
    Roomy,
    /// As it is published, counted in that store.
    AsPublished(Kv),
}

/// The world of one story.
pub struct Town {
    pub app: App,
    /// The same process through the workers' pool.
    pub workshop: App,
    pub workers: Workers,
    pub router: Router,
    pub openapi: Value,
    pub clock: Clock,
    pub database: TestDatabase,
    /// Where its files lie.
    pub folder: TempDir,
    /// Алтан Тауэр: whose story it is.
    pub altan: OwnerId,
    /// Мөнгөн Плаза: the neighbour, who must see nothing of it.
    pub mungun: OwnerId,
}

impl Town {
    /// Stands on 2026-10-10 at 10:00 in Ulaanbaatar; whoever calls out reaches nobody.
    pub async fn new() -> Town {
        let nobody = Providers::sandbox("http://127.0.0.1:9").expect("an address");
        let ten: Timestamp = "2026-10-10T02:00:00Z".parse().expect("a moment");
        Town::at("http://town.test", Clock::held(ten), nobody).await
    }

    /// Is reached at that address, lives by that clock, and reaches those providers.
    pub async fn at(public_url: &str, clock: Clock, providers: Providers) -> Town {
        Town::under(Limited::Roomy, public_url, clock, providers).await
    }

    /// The same under these limits.
    pub async fn under(limited: Limited, public_url: &str, clock: Clock, providers: Providers) -> Town {
        let database = testing::database().await;
        let key = ServerKey::new("the town's own secret, long enough for it").expect("long enough");
        let pool = Pool::new(&database.app_url, 8).expect("the test database has a good address");
        let app = match limited {
            Limited::Roomy => App::new(pool, clock.clone(), key, Kv::in_process(), public_url).roomy(),
            Limited::AsPublished(kv) => App::new(pool, clock.clone(), key, kv, public_url),
        };
        let folder = tempfile::tempdir().expect("a folder for files");
        let store = Store::in_folder(folder.path(), public_url, app.key.clone()).expect("a folder that can be written");
        let app = app.with(providers).with(store);
        let workshop = app.through(Pool::new(&database.worker_url, 8).expect("a good address"));
        let slices = spacehub::api::slices();
        let workers = Workers::new(workshop.clone(), &slices);
        let (router, openapi) = spacehub::api::api(app.clone());
        let altan =
            owners::register(&app, owner("Алтан Тауэр ХХК", "5112345", "51123450001")).await.expect("registers");
        let mungun =
            owners::register(&app, owner("Мөнгөн Плаза ХХК", "6223456", "62234560001")).await.expect("registers");
        let openapi = serde_json::to_value(openapi).expect("the document is JSON");
        Town { app, workshop, workers, router, openapi, clock, database, folder, altan, mungun }
    }

    /// The same town over other connections.
    pub fn over(self, pool: Pool) -> Town {
        let app = self.app.through(pool);
        let (router, _) = spacehub::api::api(app.clone());
        Town { app, router, ..self }
    }

    /// A person with a session.
    pub async fn person(&self, name: &str, role: Role, owner: Option<OwnerId>) -> Person<'_> {
        let email = format!("{}@town.test", uuid::Uuid::now_v7().simple());
        let actor = base::Actor::platform(&self.app);
        let new = NewUser { name, email: &email, password: PASSWORD, role, owner };
        auth::register(&actor, new).await.expect("registers");
        let headers = HeaderMap::new();
        let how = Entry { by: By::Password, remember: true, headers: &headers };
        let admission = auth::sign_in(&actor, &email, PASSWORD, how).await.expect("signs in").expect("is known");
        let token = admission.opened().expect("no second factor").token;
        Person { town: self, email, token: Some(token) }
    }

    pub async fn director(&self) -> Person<'_> {
        self.person("Б. Дулмаа", Role::OwnerDirector, Some(self.altan)).await
    }

    pub async fn accountant(&self) -> Person<'_> {
        self.person("Г. Нарантуяа", Role::OwnerAccountant, Some(self.altan)).await
    }

    pub async fn employee(&self) -> Person<'_> {
        self.person("Т. Бат", Role::Employee, Some(self.altan)).await
    }

    /// The other owner's director.
    pub async fn neighbour(&self) -> Person<'_> {
        self.person("Ж. Сараа", Role::OwnerDirector, Some(self.mungun)).await
    }

    pub async fn admin(&self) -> Person<'_> {
        self.person("Платформын ажилтан", Role::Admin, None).await
    }

    pub fn nobody(&self) -> Person<'_> {
        Person { town: self, email: String::new(), token: None }
    }

    /// Whoever holds that token.
    pub fn holder_of(&self, token: impl Into<String>) -> Person<'_> {
        Person { town: self, email: String::new(), token: Some(token.into()) }
    }

    /// Runs every promise that is due until nothing is.
    pub async fn keep_promises(&self) -> usize {
        self.workers.drain().await.expect("the outbox answers")
    }

    /// Asks Postgres as its superuser: what really is in the tables.
    pub async fn sql(&self, sql: &str) -> Vec<tokio_postgres::Row> {
        let (client, connection) =
            tokio_postgres::connect(&self.database.admin_url, tokio_postgres::NoTls).await.expect("connects");
        tokio::spawn(connection);
        client.query(sql, &[]).await.expect("a good question")
    }

    /// Tells Postgres as its superuser: several statements at once.
    pub async fn sql_batch(&self, sql: &str) {
        let (client, connection) =
            tokio_postgres::connect(&self.database.admin_url, tokio_postgres::NoTls).await.expect("connects");
        tokio::spawn(connection);
        client.batch_execute(sql).await.expect("good statements");
    }

    /// Waits until Postgres answers yes, ten seconds at most.
    pub async fn until(&self, question: &str) {
        let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
        while !self.sql(question).await[0].get::<_, bool>(0) {
            assert!(tokio::time::Instant::now() < patience, "waited in vain for: {question}");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// One number out of Postgres, asked as its superuser.
    pub async fn count(&self, sql: &str) -> i64 {
        self.sql(sql).await[0].get(0)
    }
}

fn owner<'a>(name: &'a str, register_no: &'a str, tin: &'a str) -> NewOwner<'a> {
    NewOwner { name, register_no, tin: Some(tin), vat_payer: true, demo: false }
}

/// Someone who asks.
pub struct Person<'t> {
    town: &'t Town,
    pub email: String,
    pub token: Option<String>,
}

impl Person<'_> {
    pub async fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, None, &[]).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.ask(Method::POST, path, Some(body), &[]).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.ask(Method::PATCH, path, Some(body), &[]).await
    }

    /// With headers of one's own: `("idempotency-key", "…")`.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>, headers: &[(&str, &str)]) -> Reply {
        let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
        self.send(method, path, body, headers).await
    }

    /// A body of any kind: `Some(("application/octet-stream", bytes))`.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(method.clone()).uri(path).header(header::HOST, "town.test");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some((kind, bytes)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(bytes)
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).expect("a well formed request");
        let id = RequestId(uuid::Uuid::now_v7());
        request.extensions_mut().insert(id);
        let response = self.town.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        let reply = Reply { status: parts.status, headers: parts.headers, bytes: bytes.to_vec(), request: id.0 };
        crate::contract::check(&self.town.openapi, &method, path, &reply);
        reply
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// The id that the edge would have given it, by which the audit knows it.
    pub request: uuid::Uuid,
}

impl Reply {
    /// The status it should have.
    #[track_caller]
    pub fn is(self, status: u16) -> Reply {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// A refusal with that code.
    #[track_caller]
    pub fn refuses(self, status: u16, code: &str) -> Value {
        let json = self.is(status).json();
        assert_eq!(json["error"]["code"], code, "{json}");
        json["error"].clone()
    }

    /// A field of the body, by JSON pointer (`/items/0/code`).
    #[track_caller]
    pub fn shows(self, pointer: &str, value: impl Into<Value>) -> Reply {
        assert_eq!(self.json().pointer(pointer), Some(&value.into()), "{}", self.text());
        self
    }

    /// The body's `id`.
    #[track_caller]
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("no id: {}", self.text())).to_owned()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// An empty JSON object, for actions that take none.
pub fn nothing() -> Value {
    json!({})
}
