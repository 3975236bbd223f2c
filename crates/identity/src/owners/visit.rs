//! The platform's staff choose an owner to look at. They say why, and from then on every request of theirs is written
//! into that owner's audit (`base::Actor::transact`).

use base::{Actor, Checks, Error, Result};
use domain::{OwnerId, rights::Action};
use serde_json::json;
use wire::owners::{OwnerView, Visit};

use super::queries;
use crate::places::look_at;

/// Goes to an owner.
pub async fn visit(actor: &Actor, owner: OwnerId, visit: &Visit) -> Result<OwnerView> {
    Checks::new().name("reason", &visit.reason, 500).done()?;
    actor
        .transact(async |tx| {
            tx.allow(Action::VisitOwner)?;
            if !queries::exists(tx, owner).await? {
                return Err(Error::NotFound("owner"));
            }
            look_at(tx, Some(owner)).await
        })
        .await?;
    // This one happens in the owner's world already, so its director reads it.
    actor
        .transact(async |tx| {
            tx.note(base::audit::Note {
                action: "owner.visit",
                id: Some(owner.0),
                reason: Some(visit.reason.trim().to_owned()),
                ..base::audit::Note::default()
            })
            .await?;
            queries::find(tx, owner).await?.ok_or(Error::NotFound("owner"))
        })
        .await
}

/// Leaves it again.
pub async fn leave(actor: &Actor, owner: OwnerId) -> Result<()> {
    actor
        .transact(async |tx| {
            tx.allow(Action::VisitOwner)?;
            if tx.who().await?.owner != Some(owner) {
                return Err(Error::NotFound("owner"));
            }
            tx.audit("owner.leave", owner.0, &json!({})).await?;
            look_at(tx, None).await
        })
        .await
}
