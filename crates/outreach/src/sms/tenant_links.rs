//! Identity's news as a job: a person hears whether an owner knows them as its tenant.

use base::{Job, Lane, Outcome, Promise, Result, Tx, Works};
use domain::tenant_link::TenantLinkStatus;
use identity::tenant_links::TenantLinkDecided;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    news::LANE,
    queries,
    send::{self, Draft},
    texts,
};

/// Tells a person what the owner said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TellOfTenantLink(pub TenantLinkDecided);

impl Promise for TellOfTenantLink {
    const KIND: &'static str = TenantLinkDecided::KIND;

    fn aggregate(&self) -> Option<Uuid> {
        self.0.aggregate()
    }
}

impl Job for TellOfTenantLink {
    const LANE: Lane = LANE;

    async fn run(&self, at: &Works) -> Outcome {
        let draft = at.actor.transact(async |tx| self.write(tx, at).await).await?;
        match draft {
            Some(draft) => send::send(at, &draft).await,
            None => Ok(()),
        }
    }
}

impl TellOfTenantLink {
    /// The text, unless the owner has said something else meanwhile.
    async fn write(&self, tx: &Tx, at: &Works) -> Result<Option<Draft>> {
        let Some((status, to)) = queries::tenant_link(tx, self.0.link).await? else { return Ok(None) };
        if status != self.0.status || status == TenantLinkStatus::Waiting {
            return Ok(None);
        }
        let Some(phone) = to.phone.clone() else { return Ok(None) };
        let (template, text) = texts::tenant_link(&to, status, &at.app.public_url);
        send::begin(tx, at.promise, Draft { to: phone, text, secret: None, template, invoice: None }).await
    }
}
