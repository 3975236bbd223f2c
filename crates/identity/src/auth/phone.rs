//! Signing in by telephone: a code by SMS, which also makes a tenant of whoever has none yet, or the number and a
//! password (auth-wire §5).
//!
//! Whether a number is known shows in nothing: the same is done, counted and promised for any.

mod asking;
mod codes;
mod number;
mod passwords;
mod queries;
mod routes;

use base::{Actor, App, Error, Result};
use domain::UserId;
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;

use super::{AuthError, SessionAndUser, User, sessions};

pub use codes::{Opening, PhoneCode, Purpose, is_expected};
pub use number::Number;

pub fn routes() -> OpenApiRouter<App> {
    routes::routes().merge(passwords::routes())
}

/// The person whose number was just proved, made a tenant when nobody has it; `None` when they may not come in.
async fn person_of(actor: &Actor, number: &Number) -> Result<Option<User>> {
    if let Some(found) = find_and_verify(actor, number).await? {
        return Ok(found.may_come_in());
    }
    let id = UserId::new();
    let made = actor
        .at_the_door_for(id, None)
        .transact(async |tx| {
            queries::insert(tx, id, number).await?;
            tx.audit("user.register", id.0, &json!({ "role": "tenant", "by": "phone_code" })).await
        })
        .await;
    match made {
        // Somebody else was made with this number in between.
        Ok(()) | Err(Error::Conflict(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(find_and_verify(actor, number).await?.and_then(Found::may_come_in))
}

/// Who has a number, and whether they were shut out.
struct Found {
    user: User,
    is_disabled: bool,
}

impl Found {
    fn may_come_in(self) -> Option<User> {
        (!self.is_disabled).then_some(self.user)
    }
}

async fn find_and_verify(actor: &Actor, number: &Number) -> Result<Option<Found>> {
    let found = actor.at_the_door().transact(async |tx| queries::of_number(tx, number).await).await?;
    let Some(mut found) = found else { return Ok(None) };
    if found.user.phone_number_verified != Some(true) && !found.is_disabled {
        let door = actor.at_the_door_for(found.user.id, found.user.owner);
        door.transact(async |tx| {
            queries::verify(tx, found.user.id).await?;
            tx.audit("user.verify_phone", found.user.id.0, &json!({})).await
        })
        .await?;
        found.user.phone_number_verified = Some(true);
    }
    Ok(Some(found))
}

/// Gives the signed-in person a number they have just proved; every other session of theirs ends with it.
async fn change_number(actor: &Actor, here: &SessionAndUser, number: &Number) -> Result<User, AuthError> {
    let (user, session) = (&here.user, here.session.id);
    let door = actor.at_the_door_for(user.id, user.owner);
    let changed = door
        .transact(async |tx| {
            queries::set_number(tx, user.id, number).await?;
            sessions::end_all(tx, user.id, Some(session)).await?;
            tx.audit("user.change_phone", user.id.0, &json!({})).await?;
            queries::of_number(tx, number).await
        })
        .await;
    match changed {
        Ok(Some(found)) => Ok(found.user),
        Ok(None) => Err(Error::Internal("a number that was just given has no one".into()).into()),
        Err(Error::Conflict(_)) => Err(AuthError::bad("PHONE_NUMBER_EXIST", "Phone number already exists")),
        Err(error) => Err(error.into()),
    }
}
