//! Who works for an owner: their roles, their properties, and how they are stopped or let go.
//!
//! A changed role, a stop and a farewell end that person's sessions at once, whichever node they are on: the database
//! does it with the change itself (see `profiles_end_sessions`).

mod export;
pub(crate) mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{MemberId, rights::Action, rights::Role};
use serde_json::json;
use wire::staff::{StaffChange, StaffView};

/// How many people may work for one owner.
pub const MEMBERS: usize = 100;

pub fn slice() -> Slice {
    Slice::new("staff").routes(routes::routes())
}

/// Whether it is a role that somebody can have with an owner.
pub fn is_place(role: Role) -> bool {
    matches!(role, Role::OwnerDirector | Role::OwnerAccountant | Role::Employee)
}

/// Somebody who works for the owner; another owner's people are not there.
pub async fn find(tx: &Tx, id: MemberId) -> Result<StaffView> {
    tx.allow(Action::ReadStaff)?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("member"))
}

/// Changes somebody's role, properties, or whether they may come in.
pub async fn change(tx: &Tx, id: MemberId, change: &StaffChange) -> Result<StaffView> {
    tx.allow(Action::EditStaff)?;
    let directors = queries::hold_directors(tx).await?;
    let before = queries::lock(tx, id).await?.ok_or(Error::NotFound("member"))?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    let mut after = before.clone();
    after.role = change.role.unwrap_or(before.role);
    let mut checks = Checks::new();
    checks.that(is_place(after.role), "role", "not-a-choice");
    match &change.property_ids {
        Some(ids) if after.role == Role::Employee => after.property_ids.clone_from(ids),
        Some(ids) => {
            checks.that(ids.is_empty(), "propertyIds", "employees-only");
        }
        None if after.role != Role::Employee => after.property_ids.clear(),
        None => {}
    }
    checks.done()?;
    after.property_ids.sort_unstable();
    after.property_ids.dedup();
    after.disabled_at = match change.disabled {
        Some(true) => before.disabled_at.or(Some(tx.clock().now())),
        Some(false) => None,
        None => before.disabled_at,
    };
    if after.role != Role::OwnerDirector || after.disabled_at.is_some() {
        not_the_last(&directors, &before)?;
    }
    queries::save(tx, &mut after).await?;
    if after.property_ids != before.property_ids {
        queries::assign(tx, after.user_id, &after.property_ids).await?;
    }
    tx.note(Note {
        action: "staff.change",
        id: Some(id.0),
        before: Some(noted(&before)),
        after: Some(noted(&after)),
        reason: None,
    })
    .await?;
    Ok(after)
}

/// Ends somebody's work for the owner; they keep an account that has no place.
pub async fn remove(tx: &Tx, id: MemberId) -> Result<StaffView> {
    tx.allow(Action::EditStaff)?;
    let directors = queries::hold_directors(tx).await?;
    let member = queries::find(tx, id).await?.ok_or(Error::NotFound("member"))?;
    not_the_last(&directors, &member)?;
    let_go(tx, &member, "staff.remove").await?;
    Ok(member)
}

/// Ends one's own work for the owner.
pub async fn leave(tx: &Tx) -> Result<StaffView> {
    let directors = queries::hold_directors(tx).await?;
    let member = queries::myself(tx).await?.ok_or(Error::NotFound("member"))?;
    not_the_last(&directors, &member)?;
    let_go(tx, &member, "staff.leave").await?;
    Ok(member)
}

async fn let_go(tx: &Tx, member: &StaffView, action: &'static str) -> Result<()> {
    if !queries::let_go(tx, member.id).await? {
        return Err(Error::NotFound("member"));
    }
    tx.note(Note { action, id: Some(member.id.0), before: Some(noted(member)), ..Note::default() }).await
}

/// An owner without a director could never have one again.
pub fn not_the_last(directors: &[MemberId], leaving: &StaffView) -> Result<()> {
    match directors {
        [only] if *only == leaving.id => Err(Conflict::new("LAST_DIRECTOR").into()),
        _ => Ok(()),
    }
}

/// What is written down about somebody: their place, nothing personal.
fn noted(member: &StaffView) -> serde_json::Value {
    json!({ "userId": member.user_id, "role": member.role, "propertyIds": member.property_ids, "disabledAt": member.disabled_at })
}
