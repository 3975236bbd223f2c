//! Signing in and out; the answer's cookies are handed on to the browser as they are.

use http::{HeaderValue, Method, header};
use serde_json::{Value, json};

use crate::{Body, Client, problem::Result};

/// The cookies of a sign-in or a sign-out.
pub struct SignedIn {
    pub cookies: Vec<HeaderValue>,
}

impl Client {
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn> {
        self.cookies_of("/api/auth/sign-in/email", &json!({ "email": email, "password": password })).await
    }

    pub async fn sign_out(&self) -> Result<SignedIn> {
        self.cookies_of("/api/auth/sign-out", &json!({})).await
    }

    async fn cookies_of(&self, path: &str, body: &Value) -> Result<SignedIn> {
        let answer = self.ask(Method::POST, path, Body::json(body)?, &[]).await?;
        Ok(SignedIn { cookies: answer.headers.get_all(header::SET_COOKIE).iter().cloned().collect() })
    }
}
