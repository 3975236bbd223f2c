//! What is done about what is overdue: promises to pay, reminders in stages; see `docs/arrears.md`.

mod promises;
pub(crate) mod reminders;
mod routes;
mod settings;
mod texts;

use base::{
    Result, Slice, Tx,
    cron::{Cron, Schedule},
};

pub use self::reminders::{ToRemind, sent, skip, to_remind};

/// The days after the due day on which the owner's stages of reminders begin.
pub(crate) async fn stage_days(tx: &Tx) -> Result<[i32; 3]> {
    Ok(settings::read(tx).await?.days)
}

pub fn slice() -> Slice {
    Slice::new("arrears")
        .routes(routes::routes())
        .job::<promises::JudgePromises>()
        .job::<reminders::RemindOwner>()
        // After the night's step to overdue, so that the morning's reminders know who kept their word.
        .cron(Cron::new("promise.judge", Schedule::Daily(0, 30), promises::for_each_owner))
        .cron(Cron::new("reminder.daily", Schedule::Daily(10, 0), reminders::for_each_owner))
}
