//! The token in a confirmation's link: a JWT (HS256) that says which address is confirmed, and for whom.

use base::secrets::ServerKey;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long a link is good for.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(1);

/// The key for these tokens serves nothing else.
const PURPOSE: &str = "verify-email";

/// `{"alg":"HS256","typ":"JWT"}`; no other is read.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// What the token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmailToken {
    /// The address as it is known so far.
    pub email: String,
    /// The user, or the sign-up that becomes one.
    pub user_id: Uuid,
    /// The address that takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_to: Option<String>,
    /// In seconds since 1970.
    iat: i64,
    exp: i64,
}

/// Why a token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// Not ours, or not whole.
    Invalid,
    Expired,
}

impl EmailToken {
    pub fn new(email: &str, user_id: Uuid, update_to: Option<String>, asked_at: Timestamp) -> EmailToken {
        let iat = asked_at.as_second();
        EmailToken { email: email.to_owned(), user_id, update_to, iat, exp: iat + GOOD_FOR.as_secs() }
    }

    pub fn write(&self, key: &ServerKey) -> String {
        let claims = BASE64.encode(serde_json::to_vec(self).expect("plain claims are JSON"));
        let signed = format!("{HEADER}.{claims}");
        let signature = BASE64.encode(key.code_of(PURPOSE, signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    pub fn read(text: &str, key: &ServerKey, now: Timestamp) -> Result<EmailToken, Bad> {
        let (signed, signature) = text.rsplit_once('.').ok_or(Bad::Invalid)?;
        let signature = BASE64.decode(signature).map_err(|_| Bad::Invalid)?;
        if !key.is_code_of(PURPOSE, signed.as_bytes(), &signature) {
            return Err(Bad::Invalid);
        }
        let claims = signed.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('.')).ok_or(Bad::Invalid)?;
        let claims = BASE64.decode(claims).map_err(|_| Bad::Invalid)?;
        let token: EmailToken = serde_json::from_slice(&claims).map_err(|_| Bad::Invalid)?;
        if token.exp > now.as_second() { Ok(token) } else { Err(Bad::Expired) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_for_an_hour_and_only_as_it_was_written() {
        let key = ServerKey::new("a secret of more than thirty-two letters").expect("long enough");
        let other = ServerKey::new("b secret of more than thirty-two letters").expect("long enough");
        let at: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a moment");
        let token = EmailToken::new("a@b.mn", Uuid::now_v7(), None, at);
        let text = token.write(&key);
        let after = |secs| at + SignedDuration::from_secs(secs);

        assert_eq!(EmailToken::read(&text, &key, after(3599)), Ok(token));
        assert_eq!(EmailToken::read(&text, &key, after(3600)), Err(Bad::Expired));
        assert_eq!(EmailToken::read(&text, &other, at), Err(Bad::Invalid));
        for (from, to) in [(HEADER, "eyJhbGciOiJub25lIn0"), (".", ""), ("A", "B"), ("", "x")] {
            let altered = text.replacen(from, to, 1);
            assert!(altered == text || EmailToken::read(&altered, &key, at) == Err(Bad::Invalid), "{altered}");
        }
    }
}
