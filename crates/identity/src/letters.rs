//! What people are to be told about their own account; promised here, put into words and sent by `outreach`.

mod address;

use base::Promise;
use domain::UserId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use address::{Addressed, Content, Reader, of_account, of_code, of_invitation};

/// A letter that is to be written. It holds ids and addresses and never a secret: links are made when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLetter {
    pub letter: Letter,
    /// From when its links are counted.
    pub asked_at: Timestamp,
}

/// What it is about. Whether there is anybody to write to is looked up when it is sent, so that no request takes longer
/// for an address that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody signed up with this address.
    SignUp {
        sign_up: UserId,
    },
    /// Whoever waits for a confirmation asks for it again.
    ConfirmAgain {
        email: String,
        callback: Option<String>,
    },
    /// A password was forgotten.
    ResetPassword {
        email: String,
        redirect: Option<String>,
    },
    /// A new address is to be confirmed.
    ChangeEmail {
        user: UserId,
        to: String,
        callback: Option<String>,
    },
    /// The address was changed; the old one is told.
    EmailChanged {
        user: UserId,
        from: String,
    },
    PasswordChanged {
        user: UserId,
    },
    /// One more device signed in than may at once, and the oldest was signed out.
    SessionDisplaced {
        user: UserId,
    },
    /// A refresh token came back that had been used: somebody else may have had it, and the session was ended.
    SessionStolen {
        user: UserId,
    },
}

impl AccountLetter {
    pub fn new(letter: Letter, asked_at: Timestamp) -> AccountLetter {
        AccountLetter { letter, asked_at }
    }
}

impl Promise for AccountLetter {
    const KIND: &'static str = "account.letter";
}
