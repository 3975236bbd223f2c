//! What we want of the post: one letter to one address. The client speaks SMTP; the sandbox keeps everybody's letter box.

mod client;
pub mod simulator;
#[cfg(test)]
mod tests;

use domain::PromiseId;

pub use client::{Settings, Smtp};
pub use simulator::Simulator;

use crate::Answer;

/// A post office that takes letters.
pub trait Mail: Send + Sync {
    /// Hands one letter over. `Ok` means taken, not read. The same reference again is the same letter to a mail program
    /// that looks at its `Message-ID`, so a `Lost` answer may be followed by another try.
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, ()>;
}

/// A letter for one reader, the same in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// `dulmaa@altan.mn`
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub reference: PromiseId,
}
