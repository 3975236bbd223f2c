//! Every question asked about telephones; in the part `auth`, which sees users of all owners.

use base::{Conflict, OnConstraint, Result, Tx, params};
use domain::{UserId, rights::Role};
use uuid::Uuid;

use super::{Found, Number};
use crate::auth::{
    User,
    users::{user, user_columns},
};

/// Who has a number.
pub async fn of_number(tx: &Tx, number: &Number) -> Result<Option<Found>> {
    let row = tx
        .maybe(
            concat!(
                "select ",
                user_columns!(),
                ", u.disabled_at is not null as is_disabled
                   from users u
                   join profiles p on p.user_id = u.id
                  where u.phone_number = $1"
            ),
            &[&number.international()],
        )
        .await?;
    Ok(row.map(|row| Found { user: user(&row), is_disabled: row.get("is_disabled") }))
}

/// The user behind a number and what the password is checked against.
pub async fn credential(tx: &Tx, number: &Number) -> Result<Option<(User, String)>> {
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
                  where u.phone_number = $1 and u.disabled_at is null and a.password_hash is not null"
            ),
            &[&number.international()],
        )
        .await?;
    Ok(row.map(|row| (user(&row), row.get("password_hash"))))
}

/// A tenant who has nothing but a number yet. The wire wants an e-mail address: this one leads nowhere, by its nature.
pub async fn insert(tx: &Tx, id: UserId, number: &Number) -> Result<()> {
    let name = number.local().to_owned();
    tx.touch(
        "insert into users (id, name, email, phone_number, phone_number_verified) values ($1, $2, $3, $4, true)",
        &[&id, &name, &format!("{}@phone.invalid", id.0), &number.international()],
    )
    .await
    .on_constraint("users_phone_once", || Conflict::new("DUPLICATE").into())?;
    tx.later("insert into accounts (id, user_id, provider_id) values ($1, $2, 'phone')", params![Uuid::now_v7(), id])
        .await?;
    tx.later(
        "insert into profiles (id, user_id, full_name, role, locale) values ($1, $2, $3, $4, $5)",
        params![Uuid::now_v7(), id, name, Role::Tenant, tx.actor().lang.as_str()],
    )
    .await
}

pub async fn verify(tx: &Tx, id: UserId) -> Result<()> {
    tx.later("update users set phone_number_verified = true where id = $1", params![id]).await
}

/// Gives a user a number they proved. Whoever is coming in on the old one this very moment starts again.
pub async fn set_number(tx: &Tx, id: UserId, number: &Number) -> Result<()> {
    tx.touch(
        "update users set phone_number = $2, phone_number_verified = true, credential_version = credential_version + 1
          where id = $1",
        &[&id, &number.international()],
    )
    .await
    .on_constraint("users_phone_once", || Conflict::new("DUPLICATE").into())?;
    Ok(())
}
