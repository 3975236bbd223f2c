//! Which organizations a person is in, which one is looked at, and who else is in it.

use base::{Actor, Error, Result, Tx, params};
use domain::{MemberId, OwnerId, rights::Action, rights::Role};
use jiff::Timestamp;
use serde_json::json;
use tokio_postgres::Row;

use super::views::{Member, MemberUser, Organization};
use crate::{auth::User, staff};

/// The organizations somebody is in: where they work, or where they rent; for the platform's staff all there are.
pub async fn list(actor: &Actor, user: &User) -> Result<Vec<Organization>> {
    let _ = user;
    actor
        .transact(async |tx| {
            let rows = tx
                .last()
                .all("select id, name, register_no, created_at from property_owners order by id limit 100", &[])
                .await?;
            Ok(rows.iter().map(organization).collect())
        })
        .await
}

/// Looks at an organization of one's own from now on. Who works for one looks at no other, and never at none.
pub async fn look_at(actor: &Actor, user: &User, owner: Option<OwnerId>) -> Result<()> {
    if user.owner.is_some() {
        return Ok(());
    }
    let token = actor.session_token().ok_or(Error::Unauthorized)?;
    actor
        .transact(async |tx| {
            tx.later(
                "update sessions set active_owner_id = $2 where token_hash = $1",
                params![token.0.to_vec(), owner],
            )
            .await?;
            tx.audit("session.look_at", user.id.0, &json!({ "ownerId": owner })).await
        })
        .await
}

/// The organization at hand.
pub async fn at_hand(tx: &Tx, owner: OwnerId) -> Result<Option<Organization>> {
    let row =
        tx.maybe("select id, name, register_no, created_at from property_owners where id = $1", &[&owner]).await?;
    Ok(row.as_ref().map(organization))
}

/// Everybody for who may read staff, oneself for the others; oldest first.
pub async fn members(tx: &Tx, owner: OwnerId, user: &User) -> Result<Vec<Member>> {
    if user.role.may(Action::ReadStaff) {
        let staff = staff::queries::all(tx).await?;
        return Ok(staff.into_iter().map(|one| Member::of(owner, one)).collect());
    }
    Ok(myself(tx, owner, user).await?.into_iter().collect())
}

/// Oneself, as a member of the organization at hand.
pub async fn myself(tx: &Tx, owner: OwnerId, user: &User) -> Result<Option<Member>> {
    let row = tx.maybe("select id, role, created_at from profiles where user_id = (select app_user_id())", &[]).await?;
    Ok(row.map(|row| {
        let (id, role, created_at): (MemberId, Role, Timestamp) =
            (row.get("id"), row.get("role"), row.get("created_at"));
        let (name, email, image) = (user.name.clone(), user.email.clone(), user.image.clone());
        Member {
            id,
            organization_id: owner,
            user_id: user.id,
            role: super::roles::name(role),
            created_at,
            user: MemberUser { id: user.id, name, email, image },
        }
    }))
}

fn organization(row: &Row) -> Organization {
    Organization {
        id: row.get("id"),
        name: row.get("name"),
        slug: row.get("register_no"),
        logo: None,
        metadata: None,
        created_at: row.get("created_at"),
    }
}
