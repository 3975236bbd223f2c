//! Signing in with e-mail and password.

use axum::response::Response;
use base::{Actor, App, Error, Result, Tx};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Admission, AuthError, Entry, User,
    door::{Door, Sent, Target},
    entry::{self, By, SecondFactorWanted},
    errors::AuthRefusals,
    guesses, password, sign_up,
    users::{user, user_columns},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign_in_door))
}

/// What signs in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    remember_me: Option<bool>,
    /// Where the client goes afterwards: a path, or an address on a trusted origin.
    #[serde(default, rename = "callbackURL")]
    callback_url: Option<String>,
}

/// The answer of a sign-in.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct SignedIn {
    redirect: bool,
    token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    user: User,
}

/// A session, or the question for a second factor.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only describes what is answered")]
enum SignInAnswer {
    SignedIn(SignedIn),
    SecondFactorWanted(SecondFactorWanted),
}

impl Sent for SignIn {
    fn check(&self) -> Result<(), AuthError> {
        if !is_address(&self.email) {
            return Err(AuthError::body("email", "Invalid email address"));
        }
        if self.password.is_empty() || self.password.len() > 1024 {
            return Err(AuthError::invalid_email_or_password());
        }
        Ok(())
    }

    fn leads_to(&self) -> Vec<(Target, &str)> {
        self.callback_url.iter().map(|url| (Target::Callback, url.as_str())).collect()
    }
}

/// Signs in with e-mail and password.
#[utoipa::path(post, path = "/api/auth/sign-in/email", tag = "auth", request_body = SignIn, security(()), responses(
    (status = 200, body = SignInAnswer, description = "Signed in; the session cookie and `set-auth-token` carry the token. Or a second factor is asked for."),
    AuthRefusals))]
async fn sign_in_door(door: Door<SignIn>) -> Result<Response, AuthError> {
    let Door { actor, headers, sent } = &door;
    let how = Entry { by: By::Password, remember: sent.remember_me.unwrap_or(true), headers };
    let admission = sign_in(actor, &sent.email, &sent.password, how).await?;
    let Some(admission) = admission else {
        return Err(match sign_up::is_waiting(actor, &sent.email, &sent.password).await? {
            true => AuthError::new(StatusCode::FORBIDDEN, "EMAIL_NOT_VERIFIED", "Email not verified"),
            false => AuthError::invalid_email_or_password(),
        });
    };
    let mut response = admission.answer(door.app(), |opened| SignedIn {
        redirect: sent.callback_url.is_some(),
        token: opened.token.clone(),
        url: sent.callback_url.clone(),
        user: opened.user.clone(),
    });
    let goes_on = sent.callback_url.as_deref().filter(|_| response.headers().contains_key("set-auth-token"));
    if let Some(location) = goes_on.and_then(|url| HeaderValue::from_str(url).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Checks an e-mail and password and lets in; `None` for an unknown address and a wrong password alike, with the same
/// work done for both.
pub async fn sign_in(actor: &Actor, email: &str, given: &str, how: Entry<'_>) -> Result<Option<Admission>> {
    let email = email.trim().to_lowercase();
    let found = actor.at_the_door().transact(async |tx| credential(tx, &email).await).await?;
    by_password(actor, found, given, how).await
}

/// The same for a person who was looked up by whatever name they have.
pub(super) async fn by_password(
    actor: &Actor,
    found: Option<(User, String)>,
    given: &str,
    how: Entry<'_>,
) -> Result<Option<Admission>> {
    let (known, hash) = match found {
        Some((user, hash)) => (Some(user), hash),
        None => (None, password::of_nobody().to_owned()),
    };
    let misses = guesses::in_a_row(actor, known.as_ref()).await?;
    if password::verify(given, hash).await
        && misses < guesses::MOST
        && let Some(user) = &known
    {
        if misses > 0 {
            guesses::forgive(actor, user.id).await?;
        }
        return match entry::let_in(actor, user, how).await {
            Err(Error::Unauthorized) => Ok(None), // the password was changed this very moment
            admission => admission.map(Some),
        };
    }
    if let Some(user) = &known {
        guesses::missed(actor, user.id).await?;
    }
    refuse(actor, known.as_ref()).await?;
    Ok(None)
}

async fn refuse(actor: &Actor, known: Option<&User>) -> Result<()> {
    let door = known.map_or_else(|| actor.at_the_door(), |user| actor.at_the_door_for(user.id, user.owner));
    door.transact(async |tx| tx.audit("session.refused", None, &serde_json::json!({ "by": By::Password })).await).await
}

/// The user behind an address and what the password is checked against.
async fn credential(tx: &Tx, email: &str) -> Result<Option<(User, String)>> {
    let row = tx
        .last()
        .maybe(
            concat!(
                "select ",
                user_columns!(),
                ", a.password_hash
                   from users u
                   join profiles p on p.user_id = u.id
                   join accounts a on a.user_id = u.id and a.provider_id = 'credential'
                  where u.email = $1 and u.disabled_at is null and a.password_hash is not null"
            ),
            &[&email],
        )
        .await?;
    Ok(row.map(|row| (user(&row), row.get("password_hash"))))
}

/// Whether a text may be somebody's e-mail address; only a letter tells for sure.
pub fn is_address(text: &str) -> bool {
    let text = text.trim();
    let good = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"');
    text.len() <= 254
        && text.chars().all(good)
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && name.len() <= 64
                && host.contains('.')
                && !host.contains('@')
                && host.split('.').all(|label| !label.is_empty())
        })
}
