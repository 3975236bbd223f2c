//! The small picture of a picture, made after it was kept.

use base::{Failure, Job, Lane, Outcome, Promise, Works};
use domain::{
    FileId,
    file::{FileStatus, LARGEST},
};
use serde::{Deserialize, Serialize};
use store::Store;
use uuid::Uuid;

use crate::{examine, queries, view::thumb_key};

/// Makes a file's small picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeThumb {
    pub file: FileId,
}

impl Promise for MakeThumb {
    const KIND: &'static str = "file.thumb";

    fn aggregate(&self) -> Option<Uuid> {
        Some(self.file.0)
    }
}

impl Job for MakeThumb {
    const LANE: Lane = Lane::Calls { at_once: 2, per_owner: 2 };

    async fn run(&self, at: &Works) -> Outcome {
        let file = at.actor.transact(async |tx| queries::find(tx, self.file).await).await?;
        let Some(file) = file.filter(|file| file.status == FileStatus::Ready && !file.has_thumb) else { return Ok(()) };
        let store = at.app.part::<Store>();
        let picture = store.read(&file.key, LARGEST).await.map_err(base::Error::from)?;
        let small = examine::small(picture, file.kind).await?;
        let small = small.map_err(|unfit| Failure::never(unfit.to_string()))?;
        let key = thumb_key(&file.key);
        store.put(&key, file.kind.as_str(), small).await.map_err(base::Error::from)?;
        if !at.actor.transact(async |tx| queries::note_thumb(tx, file.id, &file.key).await).await? {
            // It was removed in the meantime.
            store.delete(&key).await.map_err(base::Error::from)?;
        }
        Ok(())
    }
}
