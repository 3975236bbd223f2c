//! What is told about an import, in the reader's language.

use std::collections::BTreeMap;

use base::Lang;
use sheets::{
    Problem, RentRoll,
    columns::{self},
    rent_roll::{Row, Status},
};
use wire::imports::{ImportCounts, ImportError, ImportReport, ImportRow};

use super::plan::{Plan, Withheld};

pub fn of(roll: &RentRoll, plan: &Plan, dry_run: bool, lang: Lang) -> ImportReport {
    let columns = roll.sheets.iter().map(|sheet| {
        let fields = sheet.columns.iter().map(|(field, column)| (field.to_string(), column.to_string()));
        (sheet.sheet.clone(), fields.collect::<BTreeMap<_, _>>())
    });
    let rows: Vec<ImportRow> =
        roll.rows.iter().enumerate().map(|(place, of)| row(roll, of, plan.withheld.get(&place), lang)).collect();
    let with = |status: &str| count(rows.iter().filter(|row| row.status == status).count());
    let counts = ImportCounts {
        rows: count(rows.len()),
        ok: with("ok"),
        vacant: with("vacant"),
        errors: with("error"),
        rooms_added: count(plan.rooms.len()),
        tenants_added: count(plan.tenants.len()),
        contracts_added: count(plan.contracts.len()),
        opening_balances_added: count(plan.balances().count()),
        invoices_added: count(plan.balances().filter(|contract| contract.opening.balance.is_positive()).count()),
        known: count(plan.known_rows),
        ..ImportCounts::default()
    };
    ImportReport { dry_run, columns: columns.collect(), rows, counts, remembered: Vec::new(), import_id: None }
}

fn row(roll: &RentRoll, row: &Row, withheld: Option<&Withheld>, lang: Lang) -> ImportRow {
    let status = match (row.status, withheld) {
        (Status::Error, _) | (_, Some(_)) => "error",
        (Status::Vacant, None) => "vacant",
        (Status::Ok, None) => "ok",
    };
    let values = &row.values;
    let known_by = [values.unit.as_deref(), values.tenant.as_deref(), values.contract.as_deref()];
    let found = row.errors.iter().chain(&row.remarks).map(|problem| in_cell(problem, lang));
    let left_out = withheld.map(|why| left_out(roll, row, why, lang));
    ImportRow {
        sheet: row.sheet.clone(),
        row: row.row,
        status: status.to_owned(),
        title: known_by.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        errors: found.chain(left_out).collect(),
    }
}

fn in_cell(problem: &Problem, lang: Lang) -> ImportError {
    ImportError {
        column: problem.column.map(|column| column.to_string()),
        field: problem.field.to_owned(),
        kind: serde_json::to_value(problem.kind)
            .ok()
            .and_then(|kind| Some(kind.as_str()?.to_owned()))
            .unwrap_or_default(),
        message: match lang {
            Lang::Mn => problem.mn(),
            Lang::En => problem.en(),
        },
    }
}

fn left_out(roll: &RentRoll, row: &Row, why: &Withheld, lang: Lang) -> ImportError {
    let (field, kind) = match why {
        Withheld::Overlap { .. } => ("starts_on", "overlap"),
        Withheld::DuplicateContract => ("contract", "duplicate_contract"),
        Withheld::PartnerRow { .. } => ("contract", "partner_row"),
        Withheld::TooLong { field } => (*field, "too_long"),
        Withheld::TooLarge { field } => (*field, "too_large"),
    };
    let column = column(roll, row, field);
    let code = match why {
        Withheld::Overlap { code } => code.as_str(),
        _ => row.values.contract.as_deref().unwrap_or_default(),
    };
    let other = match why {
        Withheld::PartnerRow { row } => row.to_string(),
        _ => String::new(),
    };
    let facts = [
        ("sheet", row.sheet.as_str().into()),
        ("row", row.row.to_string().into()),
        ("column", column.map_or_else(|| "–".to_owned(), |column| column.to_string()).into()),
        ("code", code.into()),
        ("other", other.into()),
    ];
    let message = words::say(lang, &format!("import-{}", kind.replace('_', "-")), &facts).into_owned();
    ImportError {
        column: column.map(|column| column.to_string()),
        field: field.to_owned(),
        kind: kind.to_owned(),
        message,
    }
}

fn column(roll: &RentRoll, row: &Row, field: &str) -> Option<columns::Column> {
    let sheet = roll.sheets.iter().find(|sheet| sheet.sheet == row.sheet)?;
    sheet.columns.get(&field.parse().ok()?).copied()
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
