//! Whether somebody whose first proof was right must give a second one.

use base::{Result, Tx};
use http::{HeaderMap, HeaderValue};

use super::User;

/// What the second factor says.
#[derive(Debug, Clone)]
pub enum SecondFactor {
    /// There is none, or this device is trusted: come in, with the trust's cookie renewed.
    Passed { cookies: Vec<HeaderValue> },
    /// It is to be given: by one of these methods (`totp`, `otp`), by whoever has the cookie.
    Asked { methods: Vec<&'static str>, cookies: Vec<HeaderValue> },
}

/// Asked inside the transaction that would open the session; `headers` are the request's.
pub async fn ask(_tx: &Tx, _user: &User, _headers: &HeaderMap) -> Result<SecondFactor> {
    Ok(SecondFactor::Passed { cookies: Vec::new() })
}
