//! An object's key: `owners/{ownerId}/rooms/{uuid}.jpg`, made up by us and never out of what somebody sent.

use std::{fmt, str::FromStr};

use base::secrets::random;
use domain::OwnerId;
use uuid::Builder;

/// The name of an object. Segments of small letters, digits and hyphens, one dot before the ending: nothing that a
/// folder or a URL could read as a way elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

/// The text is not a key of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key of ours")]
pub struct NotAKey;

impl Key {
    /// A key that nobody can guess, below an owner's folder: `Key::fresh(owner, "rooms", "jpg")`.
    pub fn fresh(owner: OwnerId, folder: &str, ending: &str) -> Key {
        // Not of version 7: an id that tells when it was made has fewer bits left to guess.
        let name = Builder::from_random_bytes(random()).into_uuid();
        let key = format!("owners/{owner}/{folder}/{name}.{ending}");
        key.parse().expect("folders and endings are words of ours")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn path(&self) -> object_store::path::Path {
        object_store::path::Path::from(self.0.as_str())
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Key, NotAKey> {
        let plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let (path, ending) = text.rsplit_once('.').ok_or(NotAKey)?;
        let is_key = text.len() <= 300 && path.starts_with("owners/") && path.split('/').all(plain) && plain(ending);
        if is_key { Ok(Key(text.to_owned())) } else { Err(NotAKey) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
