//! The one way out: a client for one provider's address, with time-outs and no redirects, and words for how it failed.
//!
//! What a provider sends and what we send it never reaches an error's text: addresses carry passwords here.

use std::{fmt, time::Duration};

use bytes::{Bytes, BytesMut};
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url, redirect, retry};
use serde::de::DeserializeOwned;

use crate::CallError;

/// A provider's base address and the client that calls it and nobody else.
#[derive(Clone)]
pub struct Exit {
    client: Client,
    base: Url,
}

/// How long a call may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub connect: Duration,
    /// The whole call, from the first byte out to the last byte in.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { connect: Duration::from_secs(5), whole: Duration::from_secs(20) }
    }
}

/// The setting is not an address that can be called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}")]
pub struct BadAddress {
    /// The address without a password that may stand in it.
    pub what: String,
    pub why: String,
}

impl Exit {
    /// An exit to an `http` or `https` address, as it stands in the settings.
    pub fn new(base: &str, patience: Patience) -> Result<Exit, BadAddress> {
        let bad = |why: String| BadAddress { what: without_password(base), why };
        let url = Url::parse(base).map_err(|e| bad(e.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(bad("not an http or https address".into()));
        }
        let client = client(&url, patience).map_err(|e| bad(reason(e)))?;
        Ok(Exit { client, base: url })
    }

    /// A request to a place below the base; each segment is escaped, so that an id can't lead elsewhere.
    pub fn request(&self, method: Method, segments: &[&str]) -> RequestBuilder {
        self.client.request(method, self.place(segments))
    }

    /// A GET with every value escaped by itself: blanks as `%20`, which gateways understand where `+` stays a plus.
    pub fn get_with(&self, segments: &[&str], query: &[(&str, &str)]) -> RequestBuilder {
        let pairs: Vec<String> =
            query.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
        let mut url = self.place(segments);
        url.set_query(Some(&pairs.join("&")));
        self.client.get(url)
    }

    fn place(&self, segments: &[&str]) -> Url {
        let mut url = self.base.clone();
        url.path_segments_mut().expect("an http address has a path").pop_if_empty().extend(segments);
        url
    }
}

impl fmt::Debug for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Exit").field(&without_password(self.base.as_str())).finish()
    }
}

/// Sends a request and reads its whole answer, whatever the status.
pub async fn send(request: RequestBuilder) -> Result<Reply, CallError> {
    /// No provider's answer comes near this.
    const LARGEST: usize = 4 << 20;

    let mut response = request.send().await.map_err(call_error)?;
    let status = response.status();
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| CallError::Lost(reason(e)))? {
        if body.len() + chunk.len() > LARGEST {
            return Err(CallError::Lost("the answer is larger than any we know".into()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply { status, body: body.freeze() })
}

/// An answer as it came.
pub struct Reply {
    pub status: StatusCode,
    pub body: Bytes,
}

impl Reply {
    /// The body as JSON; one that is not what the provider promised counts as lost, for its effect may be real.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, CallError> {
        serde_json::from_slice(&self.body).map_err(|e| {
            let (line, column) = (e.line(), e.column());
            let status = self.status.as_u16();
            CallError::Lost(format!("answer {status} was not understood at line {line}, column {column}"))
        })
    }

    /// The body as text, without the blanks around it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).trim().to_owned()
    }
}

/// A password or key that stays out of every log: it shows itself only when asked by name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    pub fn new(secret: impl Into<String>) -> Secret {
        Secret(secret.into())
    }

    /// The secret itself, for the wire only.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Every byte but letters, digits and `-_.~` as `%XX`.
pub fn percent_encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
        out
    })
}

fn hex(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).expect("a nibble is below 16").to_ascii_uppercase()
}

/// A client for one address, to be called by whoever has checked it.
pub(crate) fn client(base: &Url, patience: Patience) -> reqwest::Result<Client> {
    // Whoever comes first sets the process's cryptography; all of us bring the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .connect_timeout(patience.connect)
        .timeout(patience.whole)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        // A kept connection that the other side closes just as we write on it is a lost answer; a new one is made or
        // refused, and refused is safe to try again.
        .pool_max_idle_per_host(0)
        .user_agent("spacehub");
    if base.scheme() == "http" {
        // Plain HTTP needs no root certificates, and a bare machine has none to load.
        builder = builder.tls_certs_only([]);
    }
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    builder.build()
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Before the connection stood nothing can have been sent; after that anything may have happened.
fn call_error(error: reqwest::Error) -> CallError {
    let before = error.is_connect() || error.is_builder();
    let reason = reason(error);
    if before { CallError::NotSent(reason) } else { CallError::Lost(reason) }
}

/// The cause in a few words, without the address.
fn reason(error: reqwest::Error) -> String {
    let error = error.without_url();
    if error.is_timeout() {
        return if error.is_connect() { "no connection in time" } else { "no answer in time" }.into();
    }
    let mut cause: &dyn std::error::Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

fn without_password(address: &str) -> String {
    match Url::parse(address) {
        Ok(mut url) => {
            // Fails only where an address can hold no password.
            let _ = url.set_password(None);
            url.set_query(None);
            url.to_string()
        }
        Err(_) => "the address".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_escaped_by_itself() {
        let escaped = "%D0%A1%D0%B0%D0%B9%D0%BD%20%D0%B1%D0%B0%D0%B9%D0%BD%D0%B0%20%D1%83%D1%83%21%2076%20000%E2%82%AE\
                       %20%26%20100%25";
        assert_eq!(percent_encode("Сайн байна уу! 76 000₮ & 100%"), escaped);

        let exit = Exit::new("http://127.0.0.1:9/gate/", Patience::default()).expect("an address");
        let request = exit.get_with(&["a/../b"], &[("text", "a&b=c+d #1")]).build().expect("a request");
        assert_eq!(request.url().as_str(), "http://127.0.0.1:9/gate/a%2F..%2Fb?text=a%26b%3Dc%2Bd%20%231");
    }

    #[test]
    fn only_addresses_that_can_be_called_are_taken() {
        for bad in ["", "merchant.qpay.mn/v2", "ftp://example.mn", "file:///etc/passwd", "http://"] {
            assert!(Exit::new(bad, Patience::default()).is_err(), "{bad}");
        }
        let error = Exit::new("ftp://user:hunter2@example.mn/?key=hunter3", Patience::default()).expect_err("ftp");
        assert!(!format!("{error} {error:?}").contains("hunter"), "{error:?}");
    }

    #[tokio::test]
    async fn nobody_there_means_nothing_was_sent_and_no_secret_is_told() {
        let exit = Exit::new("http://127.0.0.1:9", Patience::default()).expect("an address");

        let error = send(exit.get_with(&["send"], &[("upass", "hunter2")])).await.err().expect("nobody listens");

        assert!(matches!(error, CallError::NotSent(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }

    #[tokio::test]
    async fn an_error_that_knows_its_address_keeps_it_to_itself() {
        let url = crate::sandbox::testing::serve(axum::Router::new()).await;
        let exit = Exit::new(&url, Patience::default()).expect("an address");
        let response = exit.get_with(&["send"], &[("upass", "hunter2")]).send().await.expect("an answer");

        let error = response.error_for_status().expect_err("nothing is there");

        assert!(error.to_string().contains("hunter2"), "reqwest tells the whole address");
        assert!(!reason(error).contains("hunter2"));
    }
}
