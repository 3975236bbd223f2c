//! Where a tenant rents: the contracts of every owner whose tenant has the telephone that was verified at sign-in. The
//! owner says whether the two belong together (`tenant_links.rs`); until then the tenant learns the owner's name, which
//! stands in every text message that telephone gets, and nothing more.

mod queries;
mod routes;

use base::{Actor, Error, Result, Slice, Tx};
use domain::{OwnerId, TenantLinkId, rights::Action};
use serde_json::json;
use wire::places::{PlaceState, PlaceView};

pub fn slice() -> Slice {
    Slice::new("places").routes(routes::routes())
}

/// Asks every owner who has a tenant with this person's telephone and was not asked before; gives how many. Signing in
/// with a code does it, and whoever waits may do it again: a contract made meanwhile is found then.
pub async fn seek(actor: &Actor) -> Result<usize> {
    let (user, found) = actor
        .transact(async |tx| {
            tx.allow(Action::UsePlaces)?;
            let found = queries::unasked(tx).await?;
            Ok((tx.who().await?.user.ok_or(Error::Forbidden)?, found))
        })
        .await?;
    let mut asked = 0;
    // Each owner's row is written in that owner's part: there is none for all of them.
    for unasked in found {
        let link = TenantLinkId::new();
        asked += actor
            .on_behalf_of(unasked.owner)
            .transact(async |tx| {
                let is_new = queries::ask(tx, link, user, &unasked).await?;
                if is_new {
                    let facts = json!({ "tenantId": unasked.tenant, "userId": user });
                    tx.audit("tenant_link.request", link.0, &facts).await?;
                }
                Ok(usize::from(is_new))
            })
            .await?;
    }
    Ok(asked)
}

/// This person's places, by the owner's name.
pub async fn list(tx: &Tx) -> Result<Vec<PlaceView>> {
    tx.allow(Action::UsePlaces)?;
    queries::places(tx).await
}

/// Goes to another place: from the next request on, this session looks at that owner's contracts.
pub async fn choose(tx: &Tx, owner: OwnerId) -> Result<Vec<PlaceView>> {
    let mut places = list(tx).await?;
    if !places.iter().any(|place| place.owner_id == owner && place.state == PlaceState::Linked) {
        return Err(Error::NotFound("place"));
    }
    queries::choose(tx, Some(owner)).await?;
    tx.audit("place.choose", owner.0, &json!({})).await?;
    for place in &mut places {
        place.is_chosen = place.owner_id == owner && place.state == PlaceState::Linked;
    }
    Ok(places)
}

pub(crate) use queries::choose as look_at;
