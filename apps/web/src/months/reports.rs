//! The reports of a month: which were taken along since it was over, and the way to each.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{Month, month_report::MonthReport};
use maud::{Markup, html};
use wire::month_reports::{MonthReportView, MonthReports};

use super::{asked, sample};
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{Column, Opens, Row, Table},
    },
};

/// A month's reports.
#[derive(Debug, Clone)]
pub struct ReportsPage {
    pub reports: MonthReports,
}

pub async fn show(api: Api, reader: Reader, Path(month): Path<String>) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let (reader, reports) = api.page(reader, api.month_reports(month)).await?;
    Ok(ReportsPage { reports }.render(&reader).into_response())
}

impl Page for ReportsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let month = self.reports.month;
        let name = fmt::month(reader, month);
        let title = reader.say_with("desk-reports-title", &[("month", (&*name).into())]);
        let crumbs = [(&*name, &*format!("/months/{month}"))];
        let main = html! {
            (head(&crumbs, &title, html! { (reader.say("desk-reports-note")) }, html! {}))
            @if !self.reports.is_over {
                (alert::alert(Kind::Info, &reader.say("desk-reports-not-over"), html! {}))
            }
            (self.table(reader))
        };
        frame::desk(reader, Place::Month, &title, main, html! {})
    }

    fn sample() -> ReportsPage {
        sample::reports()
    }
}

impl ReportsPage {
    fn table(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("report", reader.say("desk-report")).title(),
            Column::text("state", reader.say("status")).corner(),
            Column::number("rows", reader.say("desk-report-rows")),
            Column::text("who", reader.say("run-work-who")),
            Column::text("take", reader.say("desk-report-take")),
        ];
        let rows: Vec<Row> = self.reports.reports.iter().map(|report| self.row(reader, report)).collect();
        let caption = reader.say("desk-report");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn row(&self, reader: &Reader, report: &MonthReportView) -> Row {
        let state = match report.saved_at {
            Some(_) => Badge::new(Tone::Good, reader.say("desk-report-saved")),
            None => Badge::new(Tone::Faint, reader.say("desk-report-unsaved")),
        };
        let (list, file) = ways(report.report, self.reports.month);
        // What is of the month's last day can't be asked for before that day.
        let is_there = self.reports.is_over || matches!(report.report, MonthReport::Charges | MonthReport::Collections);
        Row {
            opens: if is_there { Opens::Page(list) } else { Opens::Nothing },
            cells: vec![
                html! { (reader.term("desk-report", report.report.as_str())) },
                html! { (state) },
                html! { @if let Some(rows) = report.rows { (rows) } },
                html! {
                    @if let Some(who) = &report.saved_by { (who) }
                    @if let Some(at) = report.saved_at { @if report.saved_by.is_some() { ", " } (fmt::moment(at)) }
                },
                html! {
                    @if is_there { (Button::link(reader.say("export-excel"), file).outline().small().icon(Icon::Download)) }
                },
            ],
        }
    }
}

/// The list that a report is, and the same as a file.
fn ways(report: MonthReport, month: Month) -> (String, String) {
    let (first, last) = (month.first_day(), month.last_day());
    let (list, query) = match report {
        MonthReport::Charges => ("/invoices", format!("period={month}")),
        MonthReport::Collections => ("/payments", format!("from={first}&to={last}")),
        MonthReport::Receivables => ("/receivables", format!("asOf={last}")),
        MonthReport::Penalties => ("/receivables/penalties", format!("asOf={last}")),
    };
    (format!("{list}?{query}"), format!("{list}/export?{query}"))
}
