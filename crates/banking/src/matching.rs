//! What bank lines pay: judged by themselves after every import and every hour, the rest decided by a person; undone
//! until the month is locked.

mod ignore;
mod job;
mod link;
mod queries;
mod routes;
mod run;
mod undo;

use base::{Checks, Error, Lang, Result, Slice, Tx, audit::Note, cron::Cron, cron::Schedule, params};
use domain::{BankTransactionId, Money, matching::Reason, rights::Action};
use serde_json::json;
use wire::matching::{MatchingLine, MatchingRules, MatchingRulesChange};

pub use self::{
    ignore::{ignore, regard},
    job::MatchLines,
    link::link,
    run::{Judged, run},
    undo::{undo, what_undoing_undoes},
};

pub fn slice() -> Slice {
    let clock = Cron::new("matching.run", Schedule::Hourly, async |app, _| {
        base::cron::promise_to_owners(&app, None, &MatchLines {}).await
    });
    Slice::new("matching").routes(routes::routes()).job::<MatchLines>().cron(clock)
}

/// Why, in a sentence: each clue once, in the order of their weight.
pub fn sentence(lang: Lang, reasons: &[Reason]) -> String {
    let mut said: Vec<String> = Vec::with_capacity(reasons.len());
    for reason in reasons {
        let key = format!("matching-clue-{}", reason.clue.as_str());
        let clue = words::say(lang, &key, &[("word", reason.word.as_str().into())]).into_owned();
        if !said.contains(&clue) {
            said.push(clue);
        }
    }
    said.join("; ")
}

/// One line with everything that is known of it.
pub async fn find(tx: &Tx, id: BankTransactionId) -> Result<MatchingLine> {
    tx.allow(Action::RecordPayments)?;
    queries::one(tx, id).await?.ok_or(Error::NotFound("bank-line"))
}

/// What is written off of a bill when a line pays a little less.
pub async fn rules(tx: &Tx) -> Result<MatchingRules> {
    tx.allow(Action::RecordPayments)?;
    let row = tx
        .maybe("select bank_difference_limit from property_owners where id = (select app_owner_id())", &[])
        .await?
        .ok_or(Error::NotFound("owner"))?;
    Ok(MatchingRules { difference_limit: row.get(0) })
}

/// Says how much may be missing of a bill for the rest to be written off.
pub async fn set_rules(tx: &Tx, change: &MatchingRulesChange) -> Result<MatchingRules> {
    tx.allow(Action::EditOwner)?;
    let mut checks = Checks::new();
    checks.that(!change.difference_limit.is_negative(), "differenceLimit", "too-small");
    checks.that(change.difference_limit.compare(HIGHEST_LIMIT).is_le(), "differenceLimit", "too-large");
    checks.done()?;
    let before = rules(tx).await?;
    tx.later(
        "update property_owners set bank_difference_limit = $1 where id = (select app_owner_id())",
        params![change.difference_limit],
    )
    .await?;
    tx.note(Note {
        action: "matching.rules",
        id: None,
        before: Some(json!({ "differenceLimit": before.difference_limit })),
        after: Some(json!({ "differenceLimit": change.difference_limit })),
        reason: None,
    })
    .await?;
    Ok(MatchingRules { difference_limit: change.difference_limit })
}

/// More than this is no small difference.
const HIGHEST_LIMIT: Money = Money::from_tugrug(10_000);
