//! What this area has to tell: promised with the change itself, kept by whoever passes it on (outreach sends the SMS).

use base::Promise;
use domain::{BulkItemId, BulkOrderId, InvoiceId, PaymentId, ReminderId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An invoice got its number; its tenant is to hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceIssued {
    pub invoice: InvoiceId,
}

impl Promise for InvoiceIssued {
    const KIND: &'static str = "invoice.issued";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.invoice.0)
    }
}

/// Money of a tenant was recorded; the tenant is to be thanked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReceived {
    pub payment: PaymentId,
}

impl Promise for PaymentReceived {
    const KIND: &'static str = "payment.received";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.payment.0)
    }
}

/// A tenant is to be reminded of what is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderDue {
    pub reminder: ReminderId,
}

impl Promise for ReminderDue {
    const KIND: &'static str = "reminder.send";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.reminder.0)
    }
}

/// A bulk order wants a text sent for one of its invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkText {
    pub item: BulkItemId,
}

impl Promise for BulkText {
    const KIND: &'static str = "bulk.text";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.item.0)
    }
}

/// A bulk order wants its invoices in one PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPrint {
    pub order: BulkOrderId,
}

impl Promise for BulkPrint {
    const KIND: &'static str = "bulk.print";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.order.0)
    }
}
