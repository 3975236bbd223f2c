//! The doors of /api/auth: coming in, staying in, going out. The answers' cookies are handed on to the browser as they
//! are.

use http::{HeaderValue, Method, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use wire::registrations::{NewRegistration, RegistrationView};

use crate::{Answer, Body, Client, problem::Result};

/// The cookies of an answer, for the browser.
pub type Cookies = Vec<HeaderValue>;

/// What came of a first proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    SignedIn(Cookies),
    /// Nobody is signed in before a second factor was given; the cookies say who waits.
    SecondFactor(Cookies),
}

/// A second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// The code that an authenticator app shows.
    App,
    /// The code that was sent.
    Sent,
    /// A backup code, good once.
    Backup,
}

/// The signed-in person, as their account shows them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    pub name: String,
    pub email: String,
    pub email_verified: bool,
    /// `+97699112233`
    #[serde(default)]
    pub phone_number: Option<String>,
    #[serde(default)]
    pub two_factor_enabled: Option<bool>,
}

/// A device that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub id: String,
    /// By what it is ended.
    pub token: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    #[serde(default)]
    pub ip_address: Option<String>,
    #[serde(default)]
    pub user_agent: Option<String>,
}

/// A session and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SessionAndAccount {
    pub session: Session,
    #[serde(rename = "user")]
    pub account: Account,
}

/// What an authenticator app learns its secret from, and the codes for the day it is lost; shown once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NewFactor {
    #[serde(rename = "totpURI")]
    pub totp_uri: String,
    #[serde(rename = "backupCodes")]
    pub backup_codes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MaybeSecond {
    #[serde(default)]
    two_factor_redirect: bool,
}

#[derive(Debug, Deserialize)]
struct BackupCodes {
    #[serde(rename = "backupCodes")]
    codes: Vec<String>,
}

impl Client {
    pub async fn sign_in(&self, email: &str, password: &str, remember: bool) -> Result<Arrival> {
        let sent = json!({ "email": email, "password": password, "rememberMe": remember });
        arrival(&self.auth("/sign-in/email", &sent).await?)
    }

    pub async fn sign_out(&self) -> Result<Cookies> {
        Ok(cookies(&self.auth("/sign-out", &json!({})).await?))
    }

    /// Sends a code to a telephone such as `+97699112233`, whoever it belongs to. The code is good only for the browser
    /// that asked, which the cookies tell.
    pub async fn send_code(&self, phone: &str) -> Result<Cookies> {
        Ok(cookies(&self.auth("/phone-number/send-otp", &json!({ "phoneNumber": phone })).await?))
    }

    /// Signs in with the code that was sent to that telephone; a new one becomes an account.
    pub async fn enter_code(&self, phone: &str, code: &str) -> Result<Arrival> {
        arrival(&self.auth("/phone-number/verify", &json!({ "phoneNumber": phone, "code": code })).await?)
    }

    /// Makes that telephone the one of the signed-in person.
    pub async fn change_phone(&self, phone: &str, code: &str) -> Result<Cookies> {
        let sent = json!({ "phoneNumber": phone, "code": code, "updatePhoneNumber": true });
        Ok(cookies(&self.auth("/phone-number/verify", &sent).await?))
    }

    /// Gives the second factor of somebody who waits, or confirms an app that was just set up.
    pub async fn give_factor(&self, factor: Factor, code: &str, trust_device: bool) -> Result<Cookies> {
        let path = match factor {
            Factor::App => "/two-factor/verify-totp",
            Factor::Sent => "/two-factor/verify-otp",
            Factor::Backup => "/two-factor/verify-backup-code",
        };
        Ok(cookies(&self.auth(path, &json!({ "code": code, "trustDevice": trust_device })).await?))
    }

    /// Sends a code to whoever waits with a second factor.
    pub async fn send_factor(&self) -> Result<()> {
        self.auth("/two-factor/send-otp", &json!({})).await.map(drop)
    }

    /// Begins with two factors: they count once a code of the app was right.
    pub async fn begin_factor(&self, password: &str) -> Result<NewFactor> {
        self.auth("/two-factor/enable", &json!({ "password": password })).await?.json()
    }

    pub async fn renew_backup_codes(&self, password: &str) -> Result<Vec<String>> {
        let sent = json!({ "password": password });
        self.auth("/two-factor/generate-backup-codes", &sent).await?.json().map(|made: BackupCodes| made.codes)
    }

    pub async fn drop_factor(&self, password: &str) -> Result<Cookies> {
        Ok(cookies(&self.auth("/two-factor/disable", &json!({ "password": password })).await?))
    }

    /// Writes to the address, if it is known: the link in the letter leads to `page`, a path of ours.
    pub async fn ask_for_reset(&self, email: &str, page: &str) -> Result<()> {
        self.auth("/request-password-reset", &json!({ "email": email, "redirectTo": page })).await.map(drop)
    }

    /// The same by a code to the telephone.
    pub async fn ask_for_reset_by_phone(&self, phone: &str) -> Result<Cookies> {
        let sent = json!({ "phoneNumber": phone });
        Ok(cookies(&self.auth("/phone-number/request-password-reset", &sent).await?))
    }

    pub async fn reset_password(&self, token: &str, new: &str) -> Result<()> {
        self.auth("/reset-password", &json!({ "token": token, "newPassword": new })).await.map(drop)
    }

    pub async fn reset_password_by_phone(&self, phone: &str, code: &str, new: &str) -> Result<()> {
        let sent = json!({ "phoneNumber": phone, "otp": code, "newPassword": new });
        self.auth("/phone-number/reset-password", &sent).await.map(drop)
    }

    /// Sends the letter that verifies an address once more; the link in it leads to `page` in the end.
    pub async fn ask_for_verification(&self, email: &str, page: &str) -> Result<()> {
        self.auth("/send-verification-email", &json!({ "email": email, "callbackURL": page })).await.map(drop)
    }

    /// The session that asks; none when nobody is signed in.
    pub async fn session(&self) -> Result<Option<SessionAndAccount>> {
        self.get("/api/auth/get-session", &()).await
    }

    /// Says that the session is in use; the cookies that let it live on, where that was due.
    pub async fn stay(&self) -> Result<Cookies> {
        let answer = self.ask(Method::GET, "/api/auth/get-session", Body::None, &[]).await?;
        Ok(answer.headers.get_all(header::SET_COOKIE).iter().cloned().collect())
    }

    /// Every device that is signed in as me.
    pub async fn sessions(&self) -> Result<Vec<Session>> {
        self.get("/api/auth/list-sessions", &()).await
    }

    pub async fn end_session(&self, token: &str) -> Result<()> {
        self.auth("/revoke-session", &json!({ "token": token })).await.map(drop)
    }

    pub async fn end_other_sessions(&self) -> Result<()> {
        self.auth("/revoke-other-sessions", &json!({})).await.map(drop)
    }

    pub async fn rename_me(&self, name: &str) -> Result<Cookies> {
        Ok(cookies(&self.auth("/update-user", &json!({ "name": name })).await?))
    }

    /// The language of letters and messages to me: `mn` or `en`.
    pub async fn speak(&self, locale: &str) -> Result<Cookies> {
        Ok(cookies(&self.auth("/update-user", &json!({ "locale": locale })).await?))
    }

    /// Asks for another address; `page` is where the links of the letters lead in the end.
    pub async fn change_email(&self, new: &str, page: &str) -> Result<()> {
        self.auth("/change-email", &json!({ "newEmail": new, "callbackURL": page })).await.map(drop)
    }

    /// A new password; every other device is signed out.
    pub async fn change_password(&self, current: &str, new: &str) -> Result<Cookies> {
        let sent = json!({ "currentPassword": current, "newPassword": new, "revokeOtherSessions": true });
        Ok(cookies(&self.auth("/change-password", &sent).await?))
    }

    /// Signs a company up with its director; the address is proven by a letter.
    pub async fn register_company(&self, new: &NewRegistration) -> Result<RegistrationView> {
        self.post("/v2/registrations", new).await
    }

    async fn auth(&self, path: &str, body: &Value) -> Result<Answer> {
        self.ask(Method::POST, &format!("/api/auth{path}"), Body::json(body)?, &[]).await
    }

    /// A POST whose answer may carry a new session's cookies.
    pub(crate) async fn post_for_cookies<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<(T, Cookies)> {
        let answer = self.ask(Method::POST, path, Body::json(body)?, &[]).await?;
        Ok((answer.json()?, cookies(&answer)))
    }
}

fn cookies(answer: &Answer) -> Cookies {
    answer.headers.get_all(header::SET_COOKIE).iter().cloned().collect()
}

fn arrival(answer: &Answer) -> Result<Arrival> {
    let MaybeSecond { two_factor_redirect } = answer.json()?;
    let cookies = cookies(answer);
    Ok(if two_factor_redirect { Arrival::SecondFactor(cookies) } else { Arrival::SignedIn(cookies) })
}
