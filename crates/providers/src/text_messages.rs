//! What we want of an SMS gateway: one short text to one telephone, and what it will cost.

use domain::PromiseId;

use crate::Answer;

pub use segments::{Encoding, Segments, segments};

mod segments;

/// A gateway (or several, picked by the number) that delivers short texts.
pub trait TextMessages: Send + Sync {
    /// Hands one text over. `Ok` means accepted, not delivered. Most gateways can't be asked later, so a `Lost` answer
    /// stays unknown: an invoice's text is then not repeated by itself.
    fn send<'a>(&'a self, message: &'a TextMessage) -> Answer<'a, Accepted>;

    /// "Did you already?": what became of the text with this reference.
    fn find<'a>(&'a self, reference: PromiseId) -> Answer<'a, Whereabouts>;
}

/// A text for one telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// Eight digits, as [`domain::text::phone`] gives them.
    pub to: String,
    pub text: String,
    pub reference: PromiseId,
}

/// The gateway took the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Which gateway: `mobicom`, `callpro`.
    pub gateway: &'static str,
    /// What it is charged as.
    pub parts: u32,
}

/// What a gateway can say afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// This gateway has no look-up.
    CannotTell,
    /// It never saw the text: sending it is safe.
    NeverSeen,
    /// Accepted and on its way.
    OnItsWay,
    Delivered,
    Undelivered,
}
