//! The reports of a month that is over: which of them somebody took along whole, and when.
//!
//! A list that is taken along with the month's own filter and no other is that month's report; whoever takes it along
//! before the month's last day is past has a draft, which counts for nothing.

use base::{Result, Tx, params};
use domain::{Month, MonthReportId, month_report::MonthReport, rights::Action};
use serde::Serialize;
use serde_json::json;
use wire::month_reports::{MonthReportView, MonthReports};

/// The month's reports, each with when it was last taken along.
pub(super) async fn find(tx: &Tx, month: Month) -> Result<MonthReports> {
    tx.allow(Action::ReadReports)?;
    let rows = tx
        .last()
        .all(
            "select distinct on (r.report) r.report, r.row_count::bigint as rows, u.name as saved_by, r.saved_at
               from month_reports r left join users u on u.id = r.saved_by
              where r.owner_id = (select app_owner_id()) and r.month = $1
              order by r.report, r.saved_at desc",
            &[&month],
        )
        .await?;
    let view = |report: MonthReport| {
        let row = rows.iter().find(|row| row.get::<_, MonthReport>("report") == report);
        MonthReportView {
            report,
            rows: row.map(|row| row.get("rows")),
            saved_by: row.and_then(|row| row.get("saved_by")),
            saved_at: row.map(|row| row.get("saved_at")),
        }
    };
    let is_over = month.last_day() < tx.clock().today();
    Ok(MonthReports { month, is_over, reports: MonthReport::ALL.iter().copied().map(view).collect() })
}

/// Notes that a list was taken along, when it is a report of a month that is over and whoever took it sees all of it.
pub(crate) async fn keep(tx: &Tx, report: MonthReport, month: Option<Month>, rows: usize) -> Result<()> {
    let Some(month) = month.filter(|month| month.last_day() < tx.clock().today()) else { return Ok(()) };
    if !tx.who().await?.role.is_some_and(|role| role.may(Action::ReadReports)) {
        return Ok(());
    }
    tx.later(
        "insert into month_reports (id, month, report, row_count, saved_at) values ($1, $2, $3, $4, $5)",
        params![MonthReportId::new(), month, report, i32::try_from(rows).unwrap_or(i32::MAX), tx.clock().now()],
    )
    .await
}

/// Whether a filter asks for nothing but what these names say.
pub(crate) fn asks_only(filter: &impl Serialize, names: &[&str]) -> bool {
    let beside = ["limit", "cursor"];
    json!(filter).as_object().is_some_and(|asked| {
        asked
            .iter()
            .all(|(name, value)| value.is_null() || names.contains(&name.as_str()) || beside.contains(&name.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use wire::invoices::InvoiceFilter;

    use super::*;

    #[test]
    fn a_part_of_a_month_is_not_its_report() {
        let month = InvoiceFilter { period: Month::new(2026, 10).ok(), limit: Some(3), ..InvoiceFilter::default() };
        assert!(asks_only(&month, &["period"]));
        assert!(!asks_only(&InvoiceFilter { q: Some("а".into()), ..month }, &["period"]));
    }
}
