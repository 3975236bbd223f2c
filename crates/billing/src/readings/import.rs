//! A month's readings from an owner's list: wrong rows are named and left out, right ones written, a second time adds
//! nothing. Meters that are not known yet are made.

mod known;
mod write;

use std::collections::BTreeMap;

use base::{Actor, Error, Lang, Result, Tx, error::FieldProblem};
use domain::{
    MeterId, Month,
    meter::{ReadingStatus, shown},
    rights::Action,
    text::{fold_code, fold_word},
};
use leasing::imports::kept;
use sheets::{
    Readings, Workbook,
    columns::Mapping,
    readings::{Field, NoReadings, Reading, Status},
};
use wire::imports::{ImportCounts, ImportError, ImportKind, ImportReport, ImportRow};

use self::{
    known::{Known, Place},
    write::Plan,
};
use crate::{month_locks, months};

/// Takes in a month's readings in one transaction; with `dry_run` it only says what it would do.
///
/// Whether a room is known the books say; a look at the list of an owner whose books have no such building takes the
/// list's word for it, writing does not.
pub async fn import(
    actor: &Actor,
    workbook: &Workbook,
    file_name: &str,
    by_hand: &Mapping<Field>,
    month: Month,
    dry_run: bool,
) -> Result<(Readings, ImportReport)> {
    let lang = actor.lang;
    let readings = Readings::read(workbook, by_hand).map_err(|none| refusal(&none, lang))?;
    actor.transact(async |tx| take_in(tx, readings.clone(), file_name, month, dry_run).await).await
}

async fn take_in(
    tx: &Tx,
    mut readings: Readings,
    file_name: &str,
    month: Month,
    dry_run: bool,
) -> Result<(Readings, ImportReport)> {
    tx.allow(Action::Import)?;
    tx.owner().await?;
    months::lock(tx, month).await?;
    let known = Known::of(tx, &readings, month).await?;
    let mut plan = Plan::new(month);
    let mut known_rows = 0;
    for row in readings.rows.iter_mut().filter(|row| row.is_right()) {
        match judge(row, &known, month, dry_run) {
            Verdict::Wrong => {}
            Verdict::Known => known_rows += 1,
            Verdict::Look => {}
            Verdict::New { place, meter } => plan.add(row, place, meter, known.before(meter)),
        }
    }
    readings.sum_up();
    let counts = counts(&readings, &plan, known_rows);
    let mut import_id = None;
    if !dry_run && !plan.is_empty() {
        month_locks::ensure_open(tx, month.first_day()).await?;
        plan.write(tx).await?;
        let after =
            serde_json::json!({ "month": month, "readings": counts.readings_added, "meters": counts.meters_added });
        let id = kept::keep(tx, ImportKind::Readings, file_name, &counts, &plan.made()).await?;
        tx.audit("import.readings", id.0, &after).await?;
        tx.settled().await?;
        import_id = Some(id);
    }
    let report = ImportReport { import_id, ..report(&readings, counts, dry_run, tx.actor().lang) };
    Ok((readings, report))
}

/// What becomes of a row.
enum Verdict {
    /// The row says why itself.
    Wrong,
    /// The same reading is there.
    Known,
    /// Right by itself; the building is in no books.
    Look,
    New {
        place: Place,
        meter: Option<MeterId>,
    },
}

fn judge(row: &mut Reading, known: &Known, month: Month, dry_run: bool) -> Verdict {
    let Some(serial) = row.serial.as_deref().map(fold_code) else { return Verdict::Wrong };
    let building = fold_word(&row.building);
    let Some(property) = known.properties.get(&building).copied() else {
        if !dry_run {
            row.refuse_room();
            return Verdict::Wrong;
        }
        return Verdict::Look;
    };
    let unit = row.room.as_deref().map(fold_code);
    let place = match &unit {
        None => Place { property, room: None, awaits: None },
        Some(unit) => match known.rooms.get(&(property, unit.clone())) {
            Some(room) => Place { property, room: Some(*room), awaits: None },
            // the rent roll named it on a row that was wrong: the room will come, and its meter hangs already
            None if known.awaited.contains(&(building, unit.clone())) => {
                Place { property, room: None, awaits: Some(unit.clone()) }
            }
            None => {
                row.refuse_room();
                return Verdict::Wrong;
            }
        },
    };
    let Some(meter) = known.meters.get(&serial) else {
        return refuse_if_billed(row, known, &place).unwrap_or(Verdict::New { place, meter: None });
    };
    let is_same_place =
        (meter.property, meter.room, meter.awaits.as_ref()) == (property, place.room, place.awaits.as_ref());
    if !is_same_place || Some(meter.kind) != row.kind || meter.multiplier != row.multiplier {
        row.refuse_meter(meter.shown.clone());
        return Verdict::Wrong;
    }
    if let Some(there) = &meter.of_month {
        let status = match row.status {
            Status::Read(status) => status,
            Status::Error => return Verdict::Wrong,
        };
        if Some(there.current) == row.current && Some(there.previous) == row.previous && there.status == status {
            return Verdict::Known;
        }
        row.refuse_other(shown(there.current));
        return Verdict::Wrong;
    }
    if meter.followed_in.is_some_and(|latest| latest > month) {
        row.refuse_other(meter.followed_in.map(|latest| latest.to_string()).unwrap_or_default());
        return Verdict::Wrong;
    }
    if let Some(before) = meter.showed.filter(|before| Some(*before) != row.previous)
        && row.status != Status::Read(ReadingStatus::ReplacedNew)
    {
        row.refuse_other(shown(before));
        return Verdict::Wrong;
    }
    let id = meter.id;
    refuse_if_billed(row, known, &place).unwrap_or(Verdict::New { place, meter: Some(id) })
}

/// What was billed was billed without it.
fn refuse_if_billed(row: &mut Reading, known: &Known, place: &Place) -> Option<Verdict> {
    let code = match place.room {
        Some(room) => known.billed_rooms.get(&room)?,
        None if place.awaits.is_none() => known.billed_properties.get(&place.property)?,
        None => return None,
    };
    row.refuse_billed(code.clone());
    Some(Verdict::Wrong)
}

fn counts(readings: &Readings, plan: &Plan, known_rows: usize) -> ImportCounts {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let wrong = readings.rows.iter().filter(|row| !row.is_right()).count();
    ImportCounts {
        rows: number(readings.rows.len()),
        ok: number(readings.rows.len() - wrong),
        errors: number(wrong),
        meters_added: number(plan.meters.len()),
        readings_added: number(plan.readings.len()),
        known: number(known_rows),
        ..ImportCounts::default()
    }
}

fn report(readings: &Readings, counts: ImportCounts, dry_run: bool, lang: Lang) -> ImportReport {
    let row = |row: &Reading| {
        let errors = row.errors.iter().map(|problem| {
            let kind = serde_json::to_value(problem.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
            ImportError {
                column: problem.column.map(|column| column.to_string()),
                field: problem.field.to_owned(),
                kind: kind.unwrap_or_default(),
                message: if lang == Lang::Mn { problem.mn() } else { problem.en() },
            }
        });
        let known_by = [row.room.as_deref(), row.serial.as_deref()];
        ImportRow {
            sheet: row.sheet.clone(),
            row: row.row,
            status: if row.is_right() { "ok" } else { "error" }.to_owned(),
            title: known_by.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            errors: errors.collect(),
        }
    };
    ImportReport {
        dry_run,
        columns: BTreeMap::new(),
        rows: readings.rows.iter().map(row).collect(),
        counts,
        remembered: Vec::new(),
        import_id: None,
    }
}

fn refusal(none: &NoReadings, lang: Lang) -> Error {
    let said = match lang {
        Lang::Mn => none.mn(),
        Lang::En => none.to_string(),
    };
    Error::Validation(vec![FieldProblem { path: "file".into(), problem: "file", args: vec![("said", said)] }])
}
