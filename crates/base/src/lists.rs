//! Pages of a list: a limit, and an opaque cursor that holds the sort key of the last row shown.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use wire::Page;

use crate::{Error, error::Result};

/// How many rows a page holds when nobody says.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many rows a page holds at most.
pub const MAX_LIMIT: u32 = 100;

/// Where a page starts and how long it is.
#[derive(Debug, Clone)]
pub struct Window<K> {
    /// The sort key of the row before this page.
    pub after: Option<K>,
    pub limit: u32,
}

impl<K: Serialize + DeserializeOwned> Window<K> {
    /// From the query's `limit` and `cursor`; a cursor that is not ours is refused.
    pub fn new(limit: Option<u32>, cursor: Option<&str>) -> Result<Window<K>> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Error::field("limit", if limit == 0 { "too-small" } else { "too-large" }));
        }
        let after = cursor.filter(|c| !c.is_empty()).map(read).transpose()?;
        Ok(Window { after, limit })
    }

    /// One row more than the page holds, which tells whether there is a next one.
    pub fn rows(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The page out of up to `rows()` items, with the cursor of its last one.
    pub fn page<T>(&self, mut items: Vec<T>, key: impl Fn(&T) -> K) -> Page<T> {
        let limit = usize::try_from(self.limit).expect("a limit fits");
        let more = items.len() > limit;
        items.truncate(limit);
        let next_cursor = if more { items.last().map(|item| write(&key(item))) } else { None };
        Page { items, next_cursor }
    }
}

fn write(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).expect("a sort key is plain data"))
}

fn read<K: DeserializeOwned>(cursor: &str) -> Result<K> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Error::field("cursor", "bad-format"))?;
    // A text with a NUL would be a value that Postgres cannot even read.
    if bytes.windows(6).any(|six| six == b"\\u0000") {
        return Err(Error::field("cursor", "bad-format"));
    }
    serde_json::from_slice(&bytes).map_err(|_| Error::field("cursor", "bad-format"))
}
