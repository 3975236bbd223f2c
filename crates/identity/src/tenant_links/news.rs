//! What this slice has to tell: promised with the decision, kept by outreach.

use base::Promise;
use domain::{TenantLinkId, tenant_link::TenantLinkStatus};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The owner has said whether a person is its tenant; the person is to hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantLinkDecided {
    pub link: TenantLinkId,
    pub status: TenantLinkStatus,
}

impl Promise for TenantLinkDecided {
    const KIND: &'static str = "tenant_link.decided";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.link.0)
    }
}
