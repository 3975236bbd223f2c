//! The typed client of our API: what the web app and the mobile app ask, in the API's own types.
//!
//! It speaks over HTTP, or straight into the API's router when both run in one process; whoever asks can't tell.

mod arrears;
mod auth;
mod banks;
mod billing;
mod documents;
mod estate;
mod files;
mod imports;
mod leasing;
mod lifecycle;
mod links;
mod matching;
mod meters;
mod people;
mod problem;
mod transport;

use domain::OwnerId;
use http::{HeaderMap, Method};
use serde::{Serialize, de::DeserializeOwned};
use wire::{
    Page, Paging, me::MeView, outbox::OutboxFilter, outbox::OutboxRow, owners::OwnerChange, owners::OwnerView,
    today::TodayView,
};

pub use auth::{Account, Arrival, Cookies, Factor, NewFactor, Session, SessionAndAccount};
pub use imports::ImportSteps;
pub use problem::{Problem, Result};
use transport::Flow;
pub use transport::{Answer, Body, Transport};

/// Asks for one person: their credentials and language ride on every call.
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    headers: HeaderMap,
}

impl Client {
    pub fn new(transport: Transport) -> Client {
        Client { transport, headers: HeaderMap::new() }
    }

    /// The same transport with these headers: cookie or bearer, Accept-Language, Origin, request id.
    pub fn with_headers(&self, headers: HeaderMap) -> Client {
        Client { transport: self.transport.clone(), headers }
    }

    /// Who I am.
    pub async fn me(&self) -> Result<MeView> {
        self.get("/v2/me", &()).await
    }

    /// The figures of the first page.
    pub async fn today(&self) -> Result<TodayView> {
        self.get("/v2/today", &()).await
    }

    /// The owners I may see.
    pub async fn owners(&self, paging: &Paging) -> Result<Page<OwnerView>> {
        self.get("/v2/property-owners", paging).await
    }

    pub async fn owner(&self, id: OwnerId) -> Result<OwnerView> {
        self.get(&format!("/v2/property-owners/{id}"), &()).await
    }

    pub async fn edit_owner(&self, id: OwnerId, change: &OwnerChange) -> Result<OwnerView> {
        self.patch(&format!("/v2/property-owners/{id}"), change).await
    }

    /// What was promised and how far it got.
    pub async fn outbox(&self, filter: &OutboxFilter) -> Result<Page<OutboxRow>> {
        self.get("/v2/outbox", filter).await
    }

    /// A list as an Excel file, by its door: `/v2/contracts/export`.
    pub async fn export(&self, path: &str, filter: &impl Serialize) -> Result<Answer> {
        let query = serde_urlencoded::to_string(filter).map_err(|error| Problem::ours(error.to_string()))?;
        let path = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        self.ask(Method::GET, &path, Body::None, &[]).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, query: &impl Serialize) -> Result<T> {
        let query = serde_urlencoded::to_string(query).map_err(|error| Problem::ours(error.to_string()))?;
        let path = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        self.ask(Method::GET, &path, Body::None, &[]).await?.json()
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.ask(Method::POST, path, Body::json(body)?, &[]).await?.json()
    }

    /// A POST that creates money-affecting state, under a key that makes repeating it harmless.
    async fn post_once<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize, key: &str) -> Result<T> {
        self.ask(Method::POST, path, Body::json(body)?, &[("idempotency-key", key)]).await?.json()
    }

    async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.ask(Method::PUT, path, Body::json(body)?, &[]).await?.json()
    }

    async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.ask(Method::PATCH, path, Body::json(body)?, &[]).await?.json()
    }

    /// Sends a request and gives back whatever came; refusals become a [`Problem`].
    pub async fn ask(&self, method: Method, path: &str, body: Body, extra: &[(&str, &str)]) -> Result<Answer> {
        self.flow(method, path, body, extra).await?.collect().await
    }

    /// The same for an answer that comes bit by bit; a refusal comes at once.
    async fn flow(&self, method: Method, path: &str, body: Body, extra: &[(&str, &str)]) -> Result<Flow> {
        let mut headers = self.headers.clone();
        for (name, value) in extra {
            let name = http::HeaderName::from_bytes(name.as_bytes()).map_err(|e| Problem::ours(e.to_string()))?;
            headers.insert(name, value.parse().map_err(|_| Problem::ours("a header that can't be sent".into()))?);
        }
        let flow = self.transport.send(method, path, headers, body).await?;
        if flow.status.is_success() { Ok(flow) } else { Err(Problem::of(&flow.collect().await?)) }
    }
}
