//! A run of a month: how far it is while it goes on, what it made, and whom it left out and why.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{MonthRunId, month_run::MonthRunStatus};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{
    Paging,
    months::{MonthRunParked, MonthRunView},
};

use super::{asked, sample};
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        facts::facts,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        progress::progress,
        table::{Column, Opens, Row, Table},
    },
};

/// How many of those left out a page shows.
const PAGE: u32 = 100;

/// A run and a page of those it left out.
#[derive(Debug, Clone)]
pub struct RunPage {
    pub run: MonthRunView,
    pub parked: Vec<MonthRunParked>,
    pub next: Option<String>,
}

pub async fn show(api: Api, reader: Reader, Path((month, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let id: MonthRunId = read::word(&id).ok_or(Problem::not_found("thing-page"))?;
    let paging = Paging { limit: Some(PAGE), cursor: reader.param("cursor") };
    let (reader, (run, parked)) =
        api.page(reader, try_join(api.month_run(id), api.month_run_parked(id, &paging))).await?;
    if run.month != month {
        return Err(Problem::not_found("thing-page"));
    }
    Ok(RunPage { run, parked: parked.items, next: parked.next_cursor }.render(&reader).into_response())
}

impl Page for RunPage {
    fn render(&self, reader: &Reader) -> Markup {
        let run = &self.run;
        let month = fmt::month(reader, run.month);
        let title = reader.say_with("run-title", &[("month", month.clone().into())]);
        let here = format!("/months/{}/runs/{}", run.month, run.id);
        let poll = (!run.status.is_over()).then_some(here.as_str());
        let target = poll.map(|_| "#run");
        let crumb = format!("/months/{}", run.month);
        let main = html! {
            (head(&[(&month, &crumb)], &title, html! { (who(reader, run)) }, self.ways(reader)))
            div id="run" hx-get=[poll] hx-trigger=[poll.map(|_| "every 1s")] hx-select=[target] hx-target=[target]
                hx-swap=[poll.map(|_| "outerHTML")] {
                (self.state(reader))
                @if !self.parked.is_empty() { (self.left_out(reader)) }
                @if let Some(poll) = poll { a class="without-script" href=(poll) { (reader.say("refresh")) } }
            }
        };
        frame::desk(reader, Place::Month, &title, main, html! {})
    }

    fn sample() -> RunPage {
        sample::run_under_way()
    }
}

/// Who ordered it and when; the clock when nobody.
fn who(reader: &Reader, run: &MonthRunView) -> Markup {
    let name = run.ordered_by.clone().unwrap_or_else(|| reader.say("run-by-the-clock").into_owned());
    html! { (reader.say_with("run-ordered-by", &[("who", name.into())])) ", " (fmt::moment(run.ordered_at)) }
}

impl RunPage {
    fn ways(&self, reader: &Reader) -> Markup {
        let month = self.run.month;
        html! {
            (Button::link(reader.say("run-preview"), format!("/months/{month}/preview")).outline().icon(Icon::Calendar))
            @if self.run.billed > 0 {
                (Button::link(reader.say("month-see-bills"), format!("/invoices?period={month}&billed=true")).icon(Icon::Invoice))
            }
        }
    }

    fn state(&self, reader: &Reader) -> Markup {
        let run = &self.run;
        let bills = reader.say_with("month-bills", &[("count", run.billed.into())]);
        html! {
            section class="box" {
                @if let Some(because) = &run.stopped_because {
                    (alert::alert(Kind::Warn, &reader.say("run-stopped"), html! { p { (because) } p { (reader.say("run-stopped-note")) } }))
                }
                @if !run.status.is_over() {
                    (progress(reader, "run-bar", &reader.say("run-going"), run.gone_through.unsigned_abs(), run.contracts.unsigned_abs(), None))
                    p class="hint" { (reader.say("run-going-note")) }
                }
                (facts(&[
                    (&reader.say("status"), html! { (badge(reader, run.status)) }),
                    (&reader.say("month-issue-on"), fmt::date(run.issue_on)),
                    (&reader.say("run-made"), html! { (bills) ", " (fmt::tugrug(run.total)) }),
                    (&reader.say("run-numbers"), html! {
                        @if let (Some(first), Some(last)) = (&run.first_code, &run.last_code) { (first) " – " (last) } @else { "–" }
                    }),
                    (&reader.say("run-existing"), html! { (run.existing) }),
                    (&reader.say("run-parked"), html! { (run.parked) }),
                    (&reader.say("run-finished"), html! { @if let Some(at) = run.finished_at { (fmt::moment(at)) } @else { "–" } }),
                ]))
            }
        }
    }

    /// Each with its reason and the way to where it is mended.
    fn left_out(&self, reader: &Reader) -> Markup {
        let title = reader.say("run-left-out");
        let columns = [
            Column::text("contract", reader.say("contract")).title(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("units", reader.say("space")),
            Column::number("previous", reader.say("month-previous")),
            Column::text("why", reader.say("month-why")),
            Column::text("mend", ""),
        ];
        let rows: Vec<Row> = self.parked.iter().map(|parked| row(reader, parked)).collect();
        html! {
            h2 class="box-title" { (title) }
            p class="hint" { (reader.say("run-left-out-note")) }
            (Table { caption: &title, columns: &columns, rows: &rows, totals: None }.paged(reader, self.next.as_deref()))
        }
    }
}

fn row(reader: &Reader, parked: &MonthRunParked) -> Row {
    let contract = format!("/contracts/{}", parked.contract_id);
    Row {
        opens: Opens::Page(contract.clone()),
        cells: vec![
            html! { (parked.contract_code) },
            html! { (parked.tenant_name) },
            html! { (parked.units) },
            fmt::money(parked.previous),
            html! { (parked.because) },
            html! { a class="row-also" href=(contract) { (reader.say("run-mend")) } },
        ],
    }
}

fn badge(reader: &Reader, status: MonthRunStatus) -> Badge {
    let tone = match status {
        MonthRunStatus::Ordered | MonthRunStatus::Running => Tone::Sky,
        MonthRunStatus::Done => Tone::Good,
        MonthRunStatus::Stopped => Tone::Warn,
    };
    Badge::new(tone, reader.term("run-status", status.as_str()))
}
