//! What people are to be told about their own account; promised here, written and sent by `outreach`.

use base::Promise;
use domain::UserId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A letter that is to be written. It holds ids and never a secret: links are made again from them when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLetter {
    pub letter: Letter,
    /// From when its links are counted.
    pub asked_at: Timestamp,
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Letter {
    /// One more device signed in than may at once, and the oldest was signed out.
    SessionDisplaced { user: UserId },
    /// A refresh token came back that had been used: somebody else may have had it, and the session was ended.
    SessionStolen { user: UserId },
}

impl AccountLetter {
    pub fn new(letter: Letter, asked_at: Timestamp) -> AccountLetter {
        AccountLetter { letter, asked_at }
    }
}

impl Promise for AccountLetter {
    const KIND: &'static str = "account.letter";
}
