//! The way from a page to the API: the typed client with the reader's own credentials on it.

use std::{convert::Infallible, ops::Deref};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
};
use client::Client;
use domain::rights::Role;
use futures_util::future::try_join;
use wire::me::MeView;

use crate::{
    Site,
    problem::Problem,
    reader::{Person, Reader},
};

/// The API as this request's person may ask it. Taken by a handler as an extractor; it is a [`Client`].
#[derive(Clone)]
pub struct Api(Client);

/// What travels on from the browser's request: who asks, from where, and the number under which it is logged.
const HANDED_ON: [HeaderName; 5] = [
    header::COOKIE,
    header::USER_AGENT,
    // Only browsers send it: to the API it tells that cookies are kept.
    HeaderName::from_static("sec-fetch-site"),
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-request-id"),
];

impl Api {
    /// The reader with their name and role, and the page's own answer; both are asked for at once.
    pub async fn page<T>(
        &self,
        reader: Reader,
        answer: impl Future<Output = client::Result<T>>,
    ) -> Result<(Reader, T), Problem> {
        let (me, answer) = try_join(self.me(), answer).await?;
        Ok((known(reader, me), answer))
    }

    /// The reader with their name and role, for a page that asks for nothing else.
    pub async fn know(&self, reader: Reader) -> Result<Reader, Problem> {
        Ok(known(reader, self.me().await?))
    }
}

fn known(reader: Reader, me: MeView) -> Reader {
    let organisation = match (me.owner, me.role) {
        (Some(owner), _) => owner.name,
        (None, Role::Admin) => reader.term("role", Role::Admin.as_str()).into_owned(),
        (None, _) => "Spacehub".to_owned(),
    };
    Reader { person: Some(Person { name: me.name, role: me.role, organisation }), ..reader }
}

impl Deref for Api {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl FromRequestParts<Site> for Api {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Api, Infallible> {
        let Ok(reader) = Reader::from_request_parts(parts, site).await;
        let mut headers = HeaderMap::new();
        for name in HANDED_ON {
            for value in parts.headers.get_all(&name) {
                headers.append(name.clone(), value.clone());
            }
        }
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(reader.lang.as_str()));
        // What got as far as a handler has passed our own guard; towards the API it comes from the site.
        if let Ok(origin) = HeaderValue::from_str(&site.public_url) {
            headers.insert(header::ORIGIN, origin);
        }
        Ok(Api(site.client.with_headers(headers)))
    }
}

/// The API's refusal as the page shown instead: its own sentence, or ours when it could not be reached.
impl From<client::Problem> for Problem {
    fn from(refusal: client::Problem) -> Problem {
        let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        if refusal.status == 0 {
            tracing::error!(problem = %refusal, "the API was not reached: {refusal}");
        }
        if refusal.status == 0 || refusal.message.is_empty() || status == StatusCode::UNAUTHORIZED {
            return Problem::of(status);
        }
        Problem::said(status, refusal.message)
    }
}

#[cfg(test)]
pub(crate) mod tests;
