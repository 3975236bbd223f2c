//! Objects that nobody wants any more go, and then the row that told of them.

use base::{Failure, Job, Lane, Outcome, Promise, Works};
use domain::FileId;
use serde::{Deserialize, Serialize};
use store::{Key, Store};

use crate::queries;

/// Removes these objects. The row goes last: were it to go first, nobody would know of an object left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discard {
    pub keys: Vec<String>,
    pub file: Option<FileId>,
}

impl Promise for Discard {
    const KIND: &'static str = "file.discard";
}

impl Job for Discard {
    const LANE: Lane = Lane::Calls { at_once: 8, per_owner: 4 };

    async fn run(&self, at: &Works) -> Outcome {
        let store = at.app.part::<Store>();
        for key in &self.keys {
            let key: Key = key.parse().map_err(|_| Failure::never("not a key of ours"))?;
            store.delete(&key).await.map_err(base::Error::from)?;
        }
        if let Some(file) = self.file {
            at.actor.transact(async |tx| queries::forget(tx, file).await).await?;
        }
        Ok(())
    }
}
