//! When an owner's tenants are reminded, and in which words.

use base::{Checks, Error, Result, Tx, audit::Note, params};
use domain::{
    reminder::{self, DEFAULT_DAYS, STAGES},
    rights::Action,
};
use providers::text_messages::segments;
use serde_json::json;
use tokio_postgres::Row;
use uuid::Uuid;
use wire::arrears::{ReminderSettings, ReminderSettingsChange, ReminderStage};

use super::texts;

/// A text of more parts than this is a letter.
const MOST_PARTS: u32 = 4;

/// An owner's reminders.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub automatic: bool,
    pub latin: bool,
    pub owner_name: String,
    pub days: [i32; 3],
    /// Cyrillic and Latin, empty where they are ours.
    texts: [(String, String); 3],
}

impl Settings {
    /// The template of a stage in the owner's alphabet.
    pub fn template(&self, stage: i16) -> String {
        let (text, latin_text) = &self.texts[usize::from(stage.clamp(1, STAGES).unsigned_abs()) - 1];
        let own = if self.latin { latin_text } else { text };
        if own.is_empty() { texts::ours(stage, self.latin) } else { own.clone() }
    }
}

pub(super) async fn read(tx: &Tx) -> Result<Settings> {
    let stages = tx
        .ahead(
            "select stage, days_after_due, coalesce(text, '') as text, coalesce(latin_text, '') as latin_text
               from reminder_stages where owner_id = (select app_owner_id())",
            params![],
        )
        .await?;
    let sql = "select name, reminders_on, sms_alphabet from property_owners where id = (select app_owner_id())";
    // A platform admin who chose no owner has no tenants to remind.
    let owner = tx.maybe(sql, &[]).await?.ok_or(Error::Forbidden)?;
    let mut settings = Settings {
        automatic: owner.get("reminders_on"),
        latin: owner.get::<_, &str>("sms_alphabet") == "latin",
        owner_name: owner.get("name"),
        days: DEFAULT_DAYS,
        texts: Default::default(),
    };
    for row in stages.rows()? {
        let place = usize::from(row.get::<_, i16>("stage").clamp(1, STAGES).unsigned_abs()) - 1;
        settings.days[place] = row.get("days_after_due");
        settings.texts[place] = own(&row);
    }
    Ok(settings)
}

fn own(row: &Row) -> (String, String) {
    (row.get("text"), row.get("latin_text"))
}

/// The settings as people see them; our words stand where the owner has none.
pub(super) async fn find(tx: &Tx) -> Result<ReminderSettings> {
    tx.allow(Action::ReadReports)?;
    let settings = read(tx).await?;
    let shown =
        |own: &str, stage: i16, latin: bool| if own.is_empty() { texts::ours(stage, latin) } else { own.to_owned() };
    let stages = (1..=STAGES).zip(&settings.days).zip(&settings.texts).map(|((stage, days), (text, latin_text))| {
        ReminderStage {
            days_after_due: *days,
            text: shown(text, stage, false),
            latin_text: shown(latin_text, stage, true),
        }
    });
    Ok(ReminderSettings {
        automatic: settings.automatic,
        stages: stages.collect(),
        latin: settings.latin,
        part_price: reminder::cost(1, tx.clock().today()),
    })
}

pub(super) async fn change(tx: &Tx, change: &ReminderSettingsChange) -> Result<ReminderSettings> {
    tx.allow(Action::EditOwner)?;
    check(change)?;
    let before = find(tx).await?;
    tx.later(
        "update property_owners set reminders_on = $1, version = version + 1 where id = (select app_owner_id()) and reminders_on <> $1",
        params![change.automatic],
    )
    .await?;
    for (stage, said) in (1i16..).zip(&change.stages) {
        // Our own words are not kept: they follow when we find better ones.
        let own = |text: &str, latin: bool| {
            let text = text.trim();
            (!text.is_empty() && text != texts::ours(stage, latin)).then(|| text.to_owned())
        };
        tx.later(
            "insert into reminder_stages (id, stage, days_after_due, text, latin_text) values ($1, $2, $3, $4, $5)
             on conflict (owner_id, stage) do update
                set days_after_due = excluded.days_after_due, text = excluded.text, latin_text = excluded.latin_text",
            params![Uuid::now_v7(), stage, said.days_after_due, own(&said.text, false), own(&said.latin_text, true)],
        )
        .await?;
    }
    let days = |stages: &[ReminderStage]| stages.iter().map(|stage| stage.days_after_due).collect::<Vec<_>>();
    let owner = tx.owner().await?;
    tx.note(Note {
        action: "owner.reminders",
        id: Some(owner.0),
        before: Some(json!({ "automatic": before.automatic, "days": days(&before.stages) })),
        after: Some(json!({ "automatic": change.automatic, "days": days(&change.stages) })),
        reason: None,
    })
    .await?;
    find(tx).await
}

fn check(change: &ReminderSettingsChange) -> Result<()> {
    let mut checks = Checks::new();
    checks.that(change.stages.len() == 3, "stages", "arrears-three-stages");
    let mut before = 0;
    for (place, stage) in change.stages.iter().enumerate() {
        let at = |field: &str| format!("stages[{place}].{field}");
        checks.that((1..=365).contains(&stage.days_after_due), at("daysAfterDue"), "not-a-choice");
        checks.that(stage.days_after_due > before, at("daysAfterDue"), "arrears-stages-in-order");
        before = stage.days_after_due;
        for (field, text) in [("text", &stage.text), ("latinText", &stage.latin_text)] {
            checks.that(!text.chars().any(char::is_control), at(field), "bad-format");
            if text.chars().count() > 400 {
                checks.note_with(at(field), "too-long", vec![("max", "400".into())]);
            }
            checks.that(reminder::check(text).is_ok(), at(field), "arrears-bad-placeholder");
            checks.that(segments(text).parts <= MOST_PARTS, at(field), "arrears-text-too-long");
        }
    }
    checks.done()
}
