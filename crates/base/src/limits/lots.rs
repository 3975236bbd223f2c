//! Lots: what this process took from the shared store ahead, to be spent soon without asking again.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use super::rolling::Taken;

/// How many keys may have a lot before those that are over are swept away.
const MANY: usize = 10_000;

/// The lots of one process.
#[derive(Debug, Default)]
pub struct Lots(Mutex<HashMap<String, Kept>>);

#[derive(Debug)]
struct Kept {
    left: u32,
    /// It was refused: until then there is no use in asking again.
    refused: bool,
    /// In milliseconds.
    until: i64,
}

/// What a key has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lot {
    /// One was spent, so many are left of the lot.
    Left(u32),
    /// The shared store said a moment ago that there is nothing.
    Nothing { wait_millis: u64 },
}

impl Lots {
    /// Spends one; `None` when the shared store is to be asked.
    pub fn spend(&self, key: &str, now: i64) -> Option<Lot> {
        let mut lots = self.0.lock().expect("no panic while held");
        let kept = lots.get_mut(key).filter(|kept| now < kept.until)?;
        if kept.refused {
            return Some(Lot::Nothing { wait_millis: u64::try_from(kept.until - now).unwrap_or(0) });
        }
        kept.left = kept.left.checked_sub(1)?;
        Some(Lot::Left(kept.left))
    }

    /// Keeps what was taken, of which one is spent already, or that nothing was left.
    pub fn keep(&self, key: &str, taken: Taken, hold: Duration, now: i64) {
        let mut lots = self.0.lock().expect("no panic while held");
        if lots.len() > MANY {
            lots.retain(|_, kept| now < kept.until);
        }
        let after = |millis: Option<i64>| now.saturating_add(millis.unwrap_or(i64::MAX));
        // Two requests may have asked at once: then neither's lot is lost.
        let had = lots.get(key).filter(|kept| !kept.refused && kept.left > 0 && now < kept.until);
        let kept = match (taken.granted, had) {
            (0, Some(_)) => return,
            (0, None) => Kept { left: 0, refused: true, until: after(i64::try_from(taken.wait_millis).ok()) },
            (granted, had) => {
                let until = after(i64::try_from(hold.as_millis()).ok());
                Kept {
                    left: had.map_or(0, |had| had.left) + granted - 1,
                    refused: false,
                    until: had.map_or(until, |had| had.until.min(until)),
                }
            }
        };
        lots.insert(key.to_owned(), kept);
    }
}
