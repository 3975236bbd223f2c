//! The tax receipt of a payment.

use base::Promise;
use domain::PaymentId;
use serde::{Deserialize, Serialize};

/// Gives each invoice that a payment paid its tax receipt. It has no aggregate: a thank-you that can't be delivered
/// does not hold up the tax office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueReceipt {
    pub payment: PaymentId,
}

impl Promise for IssueReceipt {
    const KIND: &'static str = "receipt.issue";
}
