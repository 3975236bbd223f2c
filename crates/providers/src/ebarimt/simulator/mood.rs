//! The daemon's bad days, and for how many calls they last.

use std::time::Duration;

/// How the daemon behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Does what is asked and answers only after this long.
    Slow(Duration),
    /// Refuses with 400.
    Refuse,
    /// Refuses with 200 and `ERROR` in the body.
    RefusePolitely,
    /// Does what is asked, then drops the connection without a byte of an answer.
    DieAfterEffect,
    /// Drops the connection before it has done anything.
    DieBeforeEffect,
    /// Gets every request twice, as through a proxy that tries again, and answers the first.
    Twice,
    /// A proxy in front answers 502 with a page.
    Html502,
    /// Answers 503, for nobody has registered it yet.
    NotRegistered,
    /// Fails with 500.
    Broken,
    /// Does what is asked and says so with half an answer.
    Garbled,
    /// Has no lottery numbers left.
    NoLottery,
}

/// The mood of the moment.
#[derive(Default)]
pub(super) struct Moods {
    current: Option<Mood>,
    /// How many more calls it lasts; `None` is until further notice.
    left: Option<u32>,
}

impl Moods {
    pub(super) fn set(&mut self, mood: Option<Mood>, next_calls: Option<u32>) {
        *self = Moods { current: mood.filter(|_| next_calls != Some(0)), left: next_calls };
    }

    /// The mood that meets the next call.
    pub(super) fn next(&mut self) -> Option<Mood> {
        let mood = self.current;
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                *self = Moods::default();
            }
        }
        mood
    }
}
