//! What we want of a QR payment network: ask for money, hear what came, take the asking back.

use std::{fmt, str::FromStr};

use domain::{IntentId, Money};
use jiff::Timestamp;

use crate::{Answer, http::Secret};

/// A network that shows the payer one QR for every bank. One client serves all owners; each call names its merchant.
pub trait QrPayments: Send + Sync {
    /// Makes an invoice that a payer can scan.
    ///
    /// Never call it twice with one [`Reference`]. When the answer was lost the network can't be asked whether the
    /// invoice was made; ask again as [`Reference::again`] and remember the lost one: an invoice whose QR nobody was
    /// shown can't be paid, and should it be paid all the same, [`received`](Self::received) and
    /// [`find`](Self::find) lead from the payment back to the reference.
    fn ask<'a>(&'a self, merchant: &'a QrMerchant, asking: &'a Asking) -> Answer<'a, Asked>;

    /// What has come in against an invoice: the truth, whatever a callback or a browser says.
    fn check<'a>(&'a self, merchant: &'a QrMerchant, provider_invoice_id: &'a str) -> Answer<'a, Vec<Received>>;

    /// Whose invoice it is and whether it is still open. Closed is not paid: [`check`](Self::check) says what is.
    fn find<'a>(&'a self, merchant: &'a QrMerchant, provider_invoice_id: &'a str) -> Answer<'a, Found>;

    /// One payment, with the moment it was made and the invoice it belongs to.
    fn payment<'a>(&'a self, merchant: &'a QrMerchant, provider_payment_id: &'a str) -> Answer<'a, InvoicePayment>;

    /// Every payment of a span of time, for the nightly comparison.
    fn received<'a>(&'a self, merchant: &'a QrMerchant, span: Span) -> Answer<'a, Vec<InvoicePayment>>;

    /// Takes an unpaid invoice back. Already cancelled is a success; already paid is `Refused` with `INVOICE_PAID`.
    fn cancel<'a>(&'a self, merchant: &'a QrMerchant, provider_invoice_id: &'a str) -> Answer<'a, ()>;
}

/// Where an owner's QR money goes: the account given by the network and the code that picks the bank account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QrMerchant {
    pub username: String,
    pub password: Secret,
    pub invoice_code: String,
}

/// What the payer is asked for.
#[derive(Debug, Clone)]
pub struct Asking {
    pub reference: Reference,
    pub amount: Money,
    /// Becomes the text of the bank transaction; what the network does not take in it is replaced by blanks.
    pub description: String,
    /// Where the network says "something was paid": at most 255 characters, with an unguessable part of ours.
    pub callback_url: String,
    /// When the QR stops being payable; `None` leaves it to the network.
    pub expires_at: Option<Timestamp>,
}

/// An asking's unique number at the network: the intent's id, and which attempt at it this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference {
    pub intent: IntentId,
    /// Counted from 1.
    pub attempt: u16,
}

impl Reference {
    pub fn first(intent: IntentId) -> Reference {
        Reference { intent, attempt: 1 }
    }

    /// The number for the next attempt, after one whose answer was lost.
    pub fn again(self) -> Reference {
        Reference { attempt: self.attempt + 1, ..self }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.attempt {
            1 => self.intent.fmt(f),
            attempt => write!(f, "{}-{attempt}", self.intent),
        }
    }
}

/// The number was not made by us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of our references")]
pub struct NotOurs;

impl FromStr for Reference {
    type Err = NotOurs;

    fn from_str(text: &str) -> Result<Reference, NotOurs> {
        const ID: usize = 36;
        let (id, rest) = text.split_at_checked(ID).ok_or(NotOurs)?;
        let attempt = match rest.strip_prefix('-') {
            Some(attempt) => attempt.parse().map_err(|_| NotOurs)?,
            None => 1,
        };
        let reference = Reference { intent: id.parse().map_err(|_| NotOurs)?, attempt };
        if reference.to_string() == text { Ok(reference) } else { Err(NotOurs) }
    }
}

/// What the payer can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub provider_invoice_id: String,
    /// The EMV text; draw it with [`crate::qr::svg`].
    pub qr_text: String,
    /// The network's own picture, a PNG.
    pub qr_png: Vec<u8>,
    /// A page with every bank, short enough for an SMS.
    pub short_url: String,
    /// One link a bank app; the list changes, show what is in it.
    pub banks: Vec<BankLink>,
}

/// A link that opens the asking in one bank's app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankLink {
    /// In English: `Khan bank`.
    pub name: String,
    /// In Mongolian: `Хаан банк`.
    pub description: String,
    pub logo: String,
    pub link: String,
}

/// One payment the network knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub provider_payment_id: String,
    pub state: ReceivedState,
    /// What the payer paid, before the network's fee: what an invoice is settled with.
    pub amount: Money,
    pub fee: Money,
    /// What reaches the bank account: what a bank statement shows. `None` while unknown.
    pub net: Option<Money>,
    /// `MNT`, unless a foreign card was used.
    pub currency: String,
    /// The wallet or bank app, as the network names it.
    pub wallet: Option<String>,
    /// Known from [`QrPayments::payment`] and [`QrPayments::received`]; [`QrPayments::check`] often leaves it out.
    pub paid_at: Option<Timestamp>,
}

impl Received {
    /// Whether this is money an invoice may be settled with.
    pub fn counts(&self) -> bool {
        matches!(self.state, ReceivedState::Paid | ReceivedState::Partial) && self.currency == "MNT"
    }
}

/// Where a payment stands; a word we do not know is `Pending`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceivedState {
    Paid,
    /// A part, of an invoice that may be paid in parts.
    Partial,
    Pending,
    Failed,
    Refunded,
}

/// A payment together with the invoice it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoicePayment {
    /// `None` when the payment was not made for an invoice.
    pub provider_invoice_id: Option<String>,
    pub received: Received,
}

/// An invoice as the network knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub provider_invoice_id: String,
    /// Our number as it was sent; parse it into a [`Reference`].
    pub reference: String,
    pub amount: Money,
    /// False once it was paid, cancelled or ran out.
    pub open: bool,
}

/// From a moment to a moment, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Timestamp,
    pub until: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_back_as_it_was_written() {
        let first = Reference::first(IntentId::new());
        let second = first.again();
        assert_eq!(first.to_string(), first.intent.to_string());
        assert_eq!(second.to_string(), format!("{}-2", first.intent));
        assert_eq!(first.to_string().parse(), Ok(first));
        assert_eq!(second.to_string().parse(), Ok(second));

        for foreign in ["", "SPH2611220001", &format!("{first}-1"), &format!("{first}-02"), &format!("{first}x")] {
            assert_eq!(foreign.parse::<Reference>(), Err(NotOurs), "{foreign}");
        }
    }
}
