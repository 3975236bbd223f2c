//! What a person may change about themselves, how they sign in, and how they leave for good.

use axum::response::{IntoResponse, Response};
use base::{App, Checks, Error, Lang, Result, Tx, params};
use domain::{UserId, rights::Role};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    AuthError, User, cookies,
    door::{Door, Sent},
    errors::AuthRefusals,
    password, passwords,
    sessions::{self, Done},
    users::{self, millis},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(update_user)).routes(routes!(list_accounts)).routes(routes!(delete_user))
}

/// What changes; the rest stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct UserChange {
    #[serde(default)]
    name: Option<String>,
    /// An https address; null takes the picture away.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    image: Option<Option<String>>,
    /// The language of pages and letters.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    locale: Option<Lang>,
    /// Refused: see change-email.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<serde_json::Value>>,
    /// Refused: see phone-number/verify.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    phone_number: Option<Option<serde_json::Value>>,
}

/// Tells null from absent.
fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

impl Sent for UserChange {
    fn check(&self) -> Result<(), AuthError> {
        if self.email.is_some() {
            return Err(AuthError::bad("EMAIL_CAN_NOT_BE_UPDATED", "Email can not be updated"));
        }
        if self.phone_number.is_some() {
            return Err(AuthError::bad("PHONE_NUMBER_CANNOT_BE_UPDATED", "Phone number cannot be updated"));
        }
        if self.name.is_none() && self.image.is_none() && self.locale.is_none() {
            return Err(AuthError::bad("NO_FIELDS_TO_UPDATE", "No fields to update"));
        }
        if self.name.as_ref().is_some_and(|name| Checks::new().name("name", name, 200).done().is_err()) {
            return Err(AuthError::body("name", "Invalid name"));
        }
        check_image(self.image.as_ref().and_then(Option::as_deref))
    }
}

/// A picture is fetched by other people's browsers: from https addresses only.
pub fn check_image(image: Option<&str>) -> Result<(), AuthError> {
    let is_good = |url: &str| url.starts_with("https://") && url.len() <= 2048 && !url.chars().any(char::is_whitespace);
    match image {
        Some(url) if !is_good(url) => Err(AuthError::body("image", "Invalid image address")),
        _ => Ok(()),
    }
}

/// Changes one's name, picture or language.
#[utoipa::path(post, path = "/api/auth/update-user", tag = "auth", request_body = UserChange, responses(
    (status = 200, body = Done, description = "Changed."), AuthRefusals))]
async fn update_user(door: Door<UserChange>) -> Result<Response, AuthError> {
    let found = door.signed_in().await?;
    let user = &found.user;
    let UserChange { name, image, locale, .. } = &door.sent;
    let name = name.as_ref().map(|name| name.trim().to_owned());
    let acting = door.acting_as(user);
    let changed = acting.transact(async |tx| {
        tx.later(
            "update users set name = coalesce($2, name), image = case when $3 then $4 else image end where id = $1",
            params![user.id, name.clone(), image.is_some(), image.clone().flatten()],
        )
        .await?;
        tx.later(
            "update profiles set full_name = coalesce($2, full_name), locale = coalesce($3, locale) where user_id = $1",
            params![user.id, name.clone(), locale.map(Lang::as_str)],
        )
        .await?;
        let fields = serde_json::json!({
            "name": name.is_some(), "image": image.is_some(), "locale": locale.map(Lang::as_str)
        });
        tx.audit("user.edit", user.id.0, &fields).await
    });
    changed.await?;
    let mut response = axum::Json(Done { status: true }).into_response();
    let token = door.token().unwrap_or_default();
    cookies::hand_over(response.headers_mut(), door.app(), &token, !found.session.dont_remember);
    Ok(response)
}

/// A way to prove who one is.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Account {
    id: Uuid,
    account_id: UserId,
    /// `credential` is e-mail and password.
    provider_id: String,
    user_id: UserId,
    #[serde(serialize_with = "millis")]
    created_at: Timestamp,
    #[serde(serialize_with = "millis")]
    updated_at: Timestamp,
    scopes: Vec<String>,
}

/// The ways in which one signs in.
#[utoipa::path(get, path = "/api/auth/list-accounts", tag = "auth", responses(
    (status = 200, body = [Account], description = "The ways."), AuthRefusals))]
async fn list_accounts(door: Door) -> Result<axum::Json<Vec<Account>>, AuthError> {
    let user = door.signed_in().await?.user;
    let acting = door.acting_as(&user);
    let rows = acting.transact(async |tx| {
        tx.last()
            .all(
                "select id, user_id, provider_id, created_at, updated_at from accounts where user_id = $1 order by id",
                &[&user.id],
            )
            .await
    });
    let account = |row: &tokio_postgres::Row| Account {
        id: row.get("id"),
        account_id: row.get("user_id"),
        provider_id: row.get("provider_id"),
        user_id: row.get("user_id"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
        scopes: Vec::new(),
    };
    Ok(axum::Json(rows.await?.iter().map(account).collect()))
}

/// Who leaves, and means it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
struct Leaving {
    /// Without it the session must have been opened within the last day.
    #[serde(default)]
    password: Option<String>,
}

impl Sent for Leaving {}

/// The answer to whoever left.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Left {
    success: bool,
    message: &'static str,
}

/// Deletes oneself: every way in, every session, name and addresses. What was done stays done, by nobody's name.
#[utoipa::path(post, path = "/api/auth/delete-user", tag = "auth", request_body = Leaving, responses(
    (status = 200, body = Left, description = "Gone; the cookies are cleared."), AuthRefusals))]
async fn delete_user(door: Door<Leaving>) -> Result<Response, AuthError> {
    let user = match &door.sent.password {
        None => door.freshly_signed_in().await?.user,
        Some(given) => {
            let user = door.signed_in().await?.user;
            let known = door.acting_as(&user).transact(async |tx| passwords::of_user(tx, user.id).await).await?;
            let hash = known.unwrap_or_else(|| password::of_nobody().to_owned());
            if !password::verify(given, hash).await {
                return Err(AuthError::bad("INVALID_PASSWORD", "Invalid password"));
            }
            user
        }
    };
    let gone = door.acting_as(&user).transact(async |tx| delete(tx, &user).await).await?;
    if !gone {
        let code = "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER";
        return Err(AuthError::bad(code, "You cannot leave the organization as the only owner"));
    }
    let mut response = axum::Json(Left { success: true, message: "User deleted" }).into_response();
    cookies::clear(response.headers_mut(), door.app());
    Ok(response)
}

/// Takes the person out of their row; an owner's only director stays, or nobody could ever come in again.
async fn delete(tx: &Tx, user: &User) -> Result<bool> {
    if user.role == Role::OwnerDirector && is_only_director(tx, user).await? {
        return Ok(false);
    }
    if !users::hold(tx, user).await? {
        return Err(Error::Unauthorized);
    }
    tx.audit("user.delete", user.id.0, &serde_json::json!({})).await?;
    sessions::end_all(tx, user.id, None).await?;
    for sql in [
        "delete from password_resets where user_id = $1",
        "delete from accounts where user_id = $1",
        "delete from devices where user_id = $1",
        "update profiles set full_name = '—' where user_id = $1",
    ] {
        tx.later(sql, params![user.id]).await?;
    }
    tx.later(
        "update users set name = '—', email = id || '@deleted.invalid', email_verified = false, image = null,
                          phone_number = null, phone_number_verified = null, disabled_at = $2,
                          credential_version = credential_version + 1
          where id = $1",
        params![user.id, tx.clock().now()],
    )
    .await?;
    Ok(true)
}

async fn is_only_director(tx: &Tx, user: &User) -> Result<bool> {
    // All of them are held, so that two do not leave at once, each relying on the other.
    let directors = tx
        .all(
            "select u.id from profiles p join users u on u.id = p.user_id
              where p.owner_id = $1 and p.role = 'owner_director' and u.disabled_at is null
              order by u.id for no key update of u",
            &[&user.owner],
        )
        .await?;
    Ok(directors.len() <= 1)
}
