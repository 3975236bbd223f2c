//! What this area has to tell: promised with the change itself, kept by whoever passes it on (outreach sends the SMS).

use base::Promise;
use domain::ContractId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A contract's end is near; its tenant is to hear of it, once for each end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractEnding {
    pub contract: ContractId,
    /// The last day agreed; should it have moved by then, there is nothing to tell.
    pub ends_on: Date,
}

impl Promise for ContractEnding {
    const KIND: &'static str = "contract.ending";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.contract.0)
    }
}
