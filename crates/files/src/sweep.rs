//! Every night: what was announced and never came, and objects that no row tells of, go after a day.

use std::collections::HashSet;

use base::{Actor, App, Job, Outcome, Promise, Result, Works};
use domain::{OwnerId, file::FileStatus};
use futures_util::TryStreamExt;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Key, Store};

use crate::{queries, view::thumb_key};

/// How long something may be in between: longer than any link opens and any upload takes.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// How many objects are asked about at once.
const AT_ONCE: usize = 1000;

/// Sweeps one owner's files.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Sweep {}

impl Promise for Sweep {
    const KIND: &'static str = "files.sweep";
}

impl Job for Sweep {
    async fn run(&self, at: &Works) -> Outcome {
        let Some(owner) = at.actor.transact(async |tx| tx.who().await).await?.owner else { return Ok(()) };
        sweep(&at.app, owner).await?;
        Ok(())
    }
}

/// What a sweep found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Announced, and never came.
    pub given_up: usize,
    /// Objects without a row.
    pub orphans: usize,
    /// Rows without an object: that must not be.
    pub missing: usize,
}

/// Sweeps an owner's files; `app` goes through the workers' pool.
pub async fn sweep(app: &App, owner: OwnerId) -> Result<Swept> {
    let actor = Actor::system(app, owner);
    let before = app.clock.now().saturating_sub(PATIENCE).unwrap_or(Timestamp::MIN);
    let mut swept = Swept { given_up: give_up(&actor, before).await?, ..Swept::default() };

    // The rows first: an object that is kept while we look is younger than any we miss.
    let kept = actor.transact(async |tx| queries::kept(tx, before).await).await?;
    let mut kept: HashSet<String> = kept.into_iter().collect();
    let store = app.part::<Store>();
    let mut objects = store.list(&format!("owners/{owner}/files"));
    let mut old = Vec::new();
    while let Some(object) = objects.try_next().await? {
        kept.remove(&object.key);
        if object.changed_at < before {
            old.push(object.key);
        }
        if old.len() == AT_ONCE {
            swept.orphans += remove_unknown(&actor, &store, std::mem::take(&mut old)).await?;
        }
    }
    swept.orphans += remove_unknown(&actor, &store, old).await?;
    swept.missing = kept.len();
    if swept.missing > 0 {
        tracing::error!(%owner, missing = swept.missing, "{} files have lost their objects: restore them from a backup", swept.missing);
    }
    if swept.orphans + swept.given_up > 0 {
        tracing::info!(%owner, orphans = swept.orphans, given_up = swept.given_up, "swept the owner's files");
    }
    metrics::counter!("files_orphans_removed_total").increment(swept.orphans as u64);
    metrics::counter!("files_objects_missing_total").increment(swept.missing as u64);
    Ok(swept)
}

/// Lets go of what never came, and promises again what was let go and not removed.
async fn give_up(actor: &Actor, before: Timestamp) -> Result<usize> {
    actor
        .transact(async |tx| {
            let left = queries::left_over(tx, before).await?;
            for file in &left {
                if file.status == FileStatus::Pending {
                    tx.audit("file.cancel", file.id.0, &json!({ "purpose": file.purpose, "name": file.name })).await?;
                    crate::let_go(tx, file).await?;
                } else {
                    let keys = vec![file.key.to_string(), thumb_key(&file.key).to_string()];
                    tx.promise(&crate::Discard { keys, file: Some(file.id) }).await?;
                }
            }
            Ok(left.len())
        })
        .await
}

/// Removes those of the objects that no row tells of; how many they were.
async fn remove_unknown(actor: &Actor, store: &Store, keys: Vec<String>) -> Result<usize> {
    if keys.is_empty() {
        return Ok(0);
    }
    // A small picture belongs to the large one.
    let large = |key: &str| key.replace("-small.", ".");
    let asked: Vec<String> = keys.iter().map(|key| large(key)).collect();
    let known: HashSet<String> =
        actor.transact(async |tx| queries::known(tx, &asked).await).await?.into_iter().collect();
    let mut removed = 0;
    for key in keys.iter().filter(|key| !known.contains(&large(key))) {
        // What has another name than ours was put there by somebody else: it stays.
        if let Ok(key) = key.parse::<Key>() {
            store.delete(&key).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

pub(crate) async fn promise_for_each_owner(app: App, _slot: Timestamp) -> Result<()> {
    let now = app.clock.now();
    Actor::platform(&app)
        .transact(async |tx| {
            let payload = json!(Sweep {});
            tx.touch(
                "insert into outbox (id, owner_id, kind, payload, run_at)
                 select gen_random_uuid(), id, $1, $2, $3 from property_owners",
                &[&Sweep::KIND, &payload, &now],
            )
            .await?;
            tx.promised_many();
            Ok(())
        })
        .await
}
