//! How a call to a provider ends, in the words a worker decides by.

use std::{future::Future, pin::Pin};

/// What a provider trait's method gives back.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, CallError>> + Send + 'a>>;

/// Why a call gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Nothing reached the provider (refused connection, DNS, our own token could not be had): trying again is safe.
    #[error("the provider was not reached: {0}")]
    NotSent(String),
    /// The provider said no; sending the same again can't help. The message is theirs, for staff to read.
    #[error("the provider refused ({code}): {message}")]
    Refused { code: String, message: String },
    /// The request went out and no usable answer came back: it may have had its effect. Ask before anything else.
    #[error("the provider's answer was lost: {0}")]
    Lost(String),
}
