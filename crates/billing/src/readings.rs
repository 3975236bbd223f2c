//! Readings: what meters showed, month by month; the grid in which they are entered, and lists that are sent in.
//!
//! A reading follows the one before it. Once the month's bill is made, or a later month was read, it stays as it is.

mod grid;
pub mod import;
mod queries;
mod routes;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    MeterId, Month, ReadingId,
    meter::{Dial, Occasion, ReadingError, ReadingStatus, Unusual, shown, unusual},
    rights::Action,
    text::tidy,
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use wire::readings::{NewHandover, NewReading, ReadingView};
use words::{Lang, say};

pub use self::grid::{grid, totals};
pub(crate) use self::queries::before;
use crate::{meters, meters::queries::Meter, month_locks};

pub fn slice() -> Slice {
    Slice::new("readings").routes(routes::routes())
}

/// How many days after the month its readings may still be taken.
const DAYS_AFTER: i32 = 10;

/// Writes down what a meter showed in a month, or puts it right while nothing follows from it.
pub async fn read(tx: &Tx, id: MeterId, month: Month, new: &NewReading) -> Result<ReadingView> {
    tx.allow(Action::EditReadings)?;
    let meter = meters::queries::lock(tx, id).await?.ok_or(Error::NotFound("meter"))?;
    if meter.removed_on.is_some_and(|gone| gone <= month.last_day()) {
        return Err(Conflict::new("METER_REMOVED").with("serial", meter.serial).into());
    }
    let today = tx.clock().today();
    let read_on = new.read_on.unwrap_or_else(|| month.last_day().min(today));
    let latest = month.last_day().saturating_add(i64::from(DAYS_AFTER).days());
    let mut checks = Checks::new();
    checks.that(read_on <= today, "readOn", "in-the-future");
    checks.that((month.first_day()..=latest).contains(&read_on), "readOn", "meter-not-in-month");
    check_words(&mut checks, &new.reader, &new.note);
    checks.done()?;
    let there = queries::of_month(tx, id, month).await?;
    if let Some(there) = there.as_ref().filter(|there| new.says(there)) {
        return Ok(there.clone());
    }
    ensure_open(tx, &meter, month).await?;
    ensure_unchanged(new, there.as_ref())?;
    let before = queries::before_month(tx, &meter, month).await?;
    if let Some(later) = before.latest_month.filter(|latest| *latest > month) {
        return Err(Conflict::new("READING_FOLLOWED").with("month", later.to_string()).into());
    }
    let known = before.showed.or(meter.initial).or(there.as_ref().map(|there| there.previous));
    let previous = known.or(new.previous).ok_or_else(|| Error::field("previous", "meter-no-beginning"))?;
    let status = match new.status {
        // a counter that did not go down needs no excuse
        Some(ReadingStatus::RolledOver) if new.current >= previous => ReadingStatus::Ok,
        Some(status @ (ReadingStatus::RolledOver | ReadingStatus::Mistake | ReadingStatus::Ok)) => status,
        Some(_) => return Err(Error::field("status", "not-a-choice")),
        None => ReadingStatus::Ok,
    };
    let note = tidy(&new.note);
    if status == ReadingStatus::Mistake && note.is_empty() {
        return Err(Error::field("note", "meter-say-why"));
    }
    let kept = Kept {
        id: there.as_ref().map_or_else(ReadingId::new, |there| there.id),
        month,
        occasion: Occasion::Monthly,
        read_on,
        previous_on: before.on.or(meter.installed_on).or(there.as_ref().and_then(|there| there.previous_on)),
        previous,
        current: new.current,
        status,
        dial: meter.dial(),
        reader: tidy(&new.reader),
        note,
    };
    if kept.note.is_empty() {
        let used = kept.used("current")?;
        let months = queries::months_before(tx, id, month).await?;
        if let Some(stands_out) = unusual(&months, used.consumption) {
            let said = sentence(stands_out, tx.actor().lang);
            return Err(refused("note", "meter-needs-word", said));
        }
    }
    keep(tx, &meter, &kept, "current").await
}

/// Who typed without a network may find that somebody else has read the meter meanwhile.
fn ensure_unchanged(new: &NewReading, there: Option<&ReadingView>) -> Result<()> {
    let stands = there.map_or(0, |there| there.version);
    if new.version.is_none_or(|seen| seen == stands) {
        return Ok(());
    }
    let current = there.map_or_else(|| "–".to_owned(), |there| shown(there.current));
    Err(Conflict::new("READING_CHANGED").with("current", current).with("version", stands).into())
}

/// Writes down what a meter showed on the day a contract began: what came before is not that tenant's.
pub async fn hand_over(tx: &Tx, id: MeterId, new: &NewHandover) -> Result<ReadingView> {
    tx.allow(Action::EditReadings)?;
    let meter = meters::queries::lock(tx, id).await?.ok_or(Error::NotFound("meter"))?;
    let month = Month::of(new.on);
    let mut checks = Checks::new();
    checks.that(new.on <= tx.clock().today(), "on", "in-the-future");
    check_words(&mut checks, &new.reader, &new.note);
    checks.done()?;
    if meter.removed_on.is_some_and(|gone| gone <= new.on) {
        return Err(Conflict::new("METER_REMOVED").with("serial", meter.serial).into());
    }
    ensure_open(tx, &meter, month).await?;
    let before = before(tx, &meter, new.on).await?;
    if before.latest_month.is_some_and(|latest| latest >= month) || before.latest_on.is_some_and(|on| on >= new.on) {
        return Err(Conflict::new("READING_FOLLOWED").with("month", month.to_string()).into());
    }
    let known = before.showed.or(meter.initial).or(new.previous);
    let kept = Kept {
        id: ReadingId::new(),
        month,
        occasion: Occasion::Handover,
        read_on: new.on,
        previous_on: before.on.or(meter.installed_on),
        // a meter of which nothing is known begins here
        previous: known.unwrap_or(new.current),
        current: new.current,
        status: ReadingStatus::Ok,
        dial: meter.dial(),
        reader: tidy(&new.reader),
        note: tidy(&new.note),
    };
    keep(tx, &meter, &kept, "current").await
}

/// What a meter showed, the newest first.
pub async fn history(tx: &Tx, id: MeterId) -> Result<Vec<ReadingView>> {
    tx.allow(Action::ReadMeters)?;
    meters::queries::find(tx, id).await?.ok_or(Error::NotFound("meter"))?;
    queries::history(tx, id).await
}

/// A reading on its way into the table.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub id: ReadingId,
    pub month: Month,
    pub occasion: Occasion,
    pub read_on: Date,
    pub previous_on: Option<Date>,
    pub previous: Decimal,
    pub current: Decimal,
    pub status: ReadingStatus,
    pub dial: Dial,
    pub reader: String,
    pub note: String,
}

impl Kept {
    /// What was used, or what is wrong with the field that says so.
    pub fn used(&self, field: &'static str) -> Result<domain::meter::Used> {
        self.dial.used(self.previous, self.current, self.status).map_err(|error| match error {
            ReadingError::CurrentBelowPrevious | ReadingError::NotRolledOver => {
                refused(field, "meter-below-previous", shown(self.previous))
            }
            ReadingError::NotOnTheDial => Error::field(field, "meter-not-on-dial"),
            ReadingError::TooLarge => Error::field(field, "too-large-number"),
        })
    }
}

/// Writes a reading and notes it down.
pub(crate) async fn keep(tx: &Tx, meter: &Meter, kept: &Kept, field: &'static str) -> Result<ReadingView> {
    let used = kept.used(field)?;
    let before = queries::find(tx, kept.id).await?;
    queries::save(tx, meter, kept, used).await?;
    let after = queries::find(tx, kept.id).await?.ok_or(Error::NotFound("reading"))?;
    tx.note(Note {
        action: if before.is_some() { "reading.edit" } else { "reading.create" },
        id: Some(kept.id.0),
        before: before.and_then(|before| serde_json::to_value(before).ok()),
        after: serde_json::to_value(&after).ok(),
        reason: (!kept.note.is_empty()).then(|| kept.note.clone()),
    })
    .await?;
    Ok(after)
}

/// A month's readings stand once the month is locked or its bill is made: of a room its own contracts', of a common
/// meter any of the building.
pub(crate) async fn ensure_open(tx: &Tx, meter: &Meter, month: Month) -> Result<()> {
    month_locks::ensure_open(tx, month.first_day()).await?;
    match queries::billed_by(tx, meter, month).await? {
        Some(code) => Err(Conflict::new("READING_BILLED").with("code", code).into()),
        None => Ok(()),
    }
}

fn check_words(checks: &mut Checks, reader: &str, note: &str) {
    checks.text("reader", reader, 200);
    checks.text("note", note, 500);
}

/// Why a consumption stands out, as people read it.
pub(crate) fn sentence(stands_out: Unusual, lang: Lang) -> String {
    match stands_out {
        Unusual::High { usual } => say(lang, "meter-unusual-high", &[("usual", shown(usual).into())]).into_owned(),
        Unusual::Low { usual } => say(lang, "meter-unusual-low", &[("usual", shown(usual).into())]).into_owned(),
        Unusual::Sudden => say(lang, "meter-unusual-sudden", &[]).into_owned(),
    }
}

fn refused(path: &'static str, problem: &'static str, said: String) -> Error {
    Error::Validation(vec![base::error::FieldProblem { path: path.into(), problem, args: vec![("said", said)] }])
}
