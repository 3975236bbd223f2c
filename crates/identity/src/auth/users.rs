//! A person who signs in, as the wire of /api/auth shows them, and how one is made.

use base::{Actor, Conflict, Lang, OnConstraint, Result, Tx, params};
use domain::{OwnerId, UserId, rights::Role};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use tokio_postgres::Row;
use utoipa::ToSchema;
use uuid::Uuid;

use super::password;

/// A user, without any secret.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub email_verified: bool,
    pub image: Option<String>,
    #[serde(serialize_with = "millis")]
    pub created_at: Timestamp,
    #[serde(serialize_with = "millis")]
    pub updated_at: Timestamp,
    pub phone_number: Option<String>,
    pub phone_number_verified: Option<bool>,
    pub two_factor_enabled: bool,
    /// The owner they work for.
    #[serde(skip)]
    pub owner: Option<OwnerId>,
    #[serde(skip)]
    pub role: Role,
    #[serde(skip)]
    pub lang: Lang,
    /// Which of their proofs was looked at; see [`super::entry`].
    #[serde(skip)]
    pub credential_version: i32,
}

/// What [`user`] reads, from `users u` and `profiles p`.
macro_rules! user_columns {
    () => {
        "u.id, u.name, u.email, u.email_verified, u.image, u.phone_number, u.phone_number_verified,
         u.two_factor_enabled, u.credential_version, u.created_at, u.updated_at, p.owner_id as works_for, p.role, p.locale"
    };
}
pub(crate) use user_columns;

/// A person to be given a place: by the demo data, the command line, an invitation.
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub role: Role,
    pub owner: Option<OwnerId>,
}

/// The same, once it was said how they are known and spoken to.
pub struct Person<'a> {
    pub id: UserId,
    pub name: &'a str,
    pub email: &'a str,
    pub image: Option<&'a str>,
    pub password_hash: &'a str,
    pub role: Role,
    pub owner: Option<OwnerId>,
    pub lang: Lang,
}

/// Makes a user who can sign in with e-mail and password.
pub async fn register(actor: &Actor, new: NewUser<'_>) -> Result<UserId> {
    let hash = password::hash(new.password).await;
    let id = UserId::new();
    let NewUser { name, email, role, owner, .. } = new;
    let person = Person { id, name, email, image: None, password_hash: &hash, role, owner, lang: Lang::Mn };
    actor.at_the_door_for(id, owner).transact(async |tx| insert(tx, &person).await).await?;
    Ok(id)
}

/// Writes a person whose address is confirmed, in the part [`Actor::at_the_door_for`] them.
pub async fn insert(tx: &Tx, new: &Person<'_>) -> Result<()> {
    tx.touch(
        "insert into users (id, name, email, email_verified, image) values ($1, $2, $3, true, $4)",
        &[&new.id, &new.name, &new.email.to_lowercase(), &new.image],
    )
    .await
    .on_constraint("users_email_once", || Conflict::new("DUPLICATE").with("field", "email").into())?;
    tx.later(
        "insert into accounts (id, user_id, provider_id, password_hash) values ($1, $2, 'credential', $3)",
        params![Uuid::now_v7(), new.id, new.password_hash.to_owned()],
    )
    .await?;
    tx.later(
        "insert into profiles (id, user_id, owner_id, full_name, role, locale) values ($1, $2, $3, $4, $5, $6)",
        params![Uuid::now_v7(), new.id, new.owner, new.name.to_owned(), new.role, new.lang.as_str()],
    )
    .await?;
    tx.audit("user.register", new.id.0, &serde_json::json!({ "role": new.role })).await
}

/// The user with that id, unless disabled.
pub async fn find(tx: &Tx, id: UserId) -> Result<Option<User>> {
    let sql = concat!(
        "select ",
        user_columns!(),
        " from users u join profiles p on p.user_id = u.id where u.id = $1 and u.disabled_at is null"
    );
    Ok(tx.maybe(sql, &[&id]).await?.as_ref().map(user))
}

/// The user with that address, unless disabled.
pub async fn by_email(tx: &Tx, email: &str) -> Result<Option<User>> {
    let sql = concat!(
        "select ",
        user_columns!(),
        " from users u join profiles p on p.user_id = u.id where u.email = $1 and u.disabled_at is null"
    );
    Ok(tx.maybe(sql, &[&email.to_lowercase()]).await?.as_ref().map(user))
}

/// Holds the user for this transaction; whether they may still come in on the proof that was looked at.
pub async fn hold(tx: &Tx, known: &User) -> Result<bool> {
    let row = tx
        .maybe(
            "select from users where id = $1 and credential_version = $2 and disabled_at is null
                and not exists (select from profiles p where p.user_id = users.id and p.disabled_at is not null)
                for no key update",
            &[&known.id, &known.credential_version],
        )
        .await?;
    Ok(row.is_some())
}

/// A row of [`user_columns`].
pub fn user(row: &Row) -> User {
    User {
        id: row.get("id"),
        name: row.get("name"),
        email: row.get("email"),
        email_verified: row.get("email_verified"),
        image: row.get("image"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
        phone_number: row.get("phone_number"),
        phone_number_verified: row.get("phone_number_verified"),
        two_factor_enabled: row.get("two_factor_enabled"),
        owner: row.get("works_for"),
        role: row.get("role"),
        lang: row.get::<_, &str>("locale").parse().unwrap_or_default(),
        credential_version: row.get("credential_version"),
    }
}

/// ISO-8601 with milliseconds, the form that the client turns into a date.
pub fn millis<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{at:.3}"))
}
