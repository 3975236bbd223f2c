//! Which organizations a person is in, which one is looked at, and who else is in it.

use base::{Actor, Result, Tx};
use domain::{MemberId, OwnerId, rights::Action, rights::Role};
use jiff::Timestamp;
use tokio_postgres::Row;
use wire::owners::Visit;

use super::views::{Member, MemberUser, Organization};
use crate::{
    auth::{SessionAndUser, User},
    owners, places, staff,
};

/// The organizations somebody is in: where they work, or where they rent; for the platform's staff all there are.
pub async fn list(actor: &Actor, user: &User) -> Result<Vec<Organization>> {
    // Row policies show a tenant the place looked at; which others there are, a function of its own says.
    let question = match user.role {
        Role::Tenant => {
            "select distinct owner_id as id, owner_name as name, register_no, registered_at as created_at
               from app_places() where status = 'linked' order by owner_id limit 100"
        }
        _ => "select id, name, register_no, created_at from property_owners order by id limit 100",
    };
    actor
        .transact(async |tx| {
            let rows = tx.last().all(question, &[]).await?;
            Ok(rows.iter().map(organization).collect())
        })
        .await
}

/// Looks at an organization of one's own from now on. Who works for one looks at no other, and never at none.
pub async fn look_at(actor: &Actor, found: &SessionAndUser, owner: Option<OwnerId>) -> Result<()> {
    match (found.user.role, owner) {
        (Role::Tenant, Some(owner)) => actor.transact(async |tx| places::choose(tx, owner).await).await.map(drop),
        (Role::Tenant, None) => actor.transact(async |tx| places::look_at(tx, None).await).await,
        (Role::Admin, Some(owner)) => {
            let visit = Visit { reason: "organization/set-active".to_owned() };
            owners::visit(actor, owner, &visit).await.map(drop)
        }
        (Role::Admin, None) => match found.session.active_organization_id {
            Some(visited) => owners::leave(actor, visited).await,
            None => Ok(()),
        },
        _ => Ok(()),
    }
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
