//! Badges: where a thing stands, in a word and a quiet colour.

use std::borrow::Cow;

use domain::{
    contract::ContractStatus,
    invoice::InvoiceStatus,
    payment::{IntentStatus, PaymentStatus},
    receipt::ReceiptStatus,
};
use maud::{Markup, Render, html};

use crate::reader::Reader;

/// What a colour says, whatever the theme makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    Faint,
    /// Under way.
    Sky,
    /// As it should be.
    Good,
    /// Look at it some time.
    Warn,
    /// Look at it now.
    Bad,
}

impl Tone {
    pub const fn as_str(self) -> &'static str {
        match self {
            Tone::Faint => "faint",
            Tone::Sky => "sky",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
        }
    }
}

/// A word with a tone.
#[derive(Debug, Clone)]
pub struct Badge {
    pub tone: Tone,
    pub text: Cow<'static, str>,
}

impl Badge {
    pub fn new(tone: Tone, text: impl Into<Cow<'static, str>>) -> Badge {
        Badge { tone, text: text.into() }
    }
}

impl Render for Badge {
    fn render(&self) -> Markup {
        html! { span class="badge" data-tone=(self.tone.as_str()) { (self.text) } }
    }
}

pub fn contract(reader: &Reader, status: ContractStatus) -> Badge {
    let tone = match status {
        ContractStatus::Draft | ContractStatus::Renewed => Tone::Faint,
        ContractStatus::PendingSignature => Tone::Sky,
        ContractStatus::Active => Tone::Good,
        ContractStatus::GracePeriod | ContractStatus::Expired => Tone::Warn,
        ContractStatus::Terminated => Tone::Bad,
    };
    Badge::new(tone, reader.term("contract-status", status.as_str()))
}

pub fn invoice(reader: &Reader, status: InvoiceStatus) -> Badge {
    let tone = match status {
        InvoiceStatus::Draft | InvoiceStatus::Void | InvoiceStatus::Refunded => Tone::Faint,
        InvoiceStatus::Issued => Tone::Sky,
        InvoiceStatus::PartiallyPaid => Tone::Warn,
        InvoiceStatus::Paid => Tone::Good,
        InvoiceStatus::Overdue => Tone::Bad,
    };
    Badge::new(tone, reader.term("invoice-status", status.as_str()))
}

pub fn payment(reader: &Reader, status: PaymentStatus) -> Badge {
    let tone = match status {
        PaymentStatus::Recorded => Tone::Good,
        PaymentStatus::Reversed => Tone::Faint,
    };
    Badge::new(tone, reader.term("payment-status", status.as_str()))
}

pub fn intent(reader: &Reader, status: IntentStatus) -> Badge {
    let tone = match status {
        IntentStatus::Requested | IntentStatus::Open => Tone::Sky,
        IntentStatus::Paid => Tone::Good,
        IntentStatus::Cancelled | IntentStatus::Expired => Tone::Faint,
        IntentStatus::Failed => Tone::Bad,
    };
    Badge::new(tone, reader.term("intent-status", status.as_str()))
}

pub fn receipt(reader: &Reader, status: ReceiptStatus) -> Badge {
    let tone = match status {
        ReceiptStatus::Pending => Tone::Sky,
        ReceiptStatus::Sent => Tone::Good,
        ReceiptStatus::Returned => Tone::Faint,
        ReceiptStatus::Parked => Tone::Warn,
        ReceiptStatus::Failed => Tone::Bad,
    };
    Badge::new(tone, reader.term("receipt-status", status.as_str()))
}
