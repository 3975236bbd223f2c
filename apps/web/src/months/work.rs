//! The month's work in its twelve steps: how much of each is done and open, who did it last, and the way to what is open.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{Month, rights::Action};
use jiff::civil::Date;
use maud::{Markup, html};
use wire::month_work::{MonthStep, MonthStepState, MonthWork, MonthWorkStep};

use super::{asked, sample};
use crate::{
    api::Api,
    clock, fmt,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{Column, Opens, Row, Table},
    },
};

/// A month and how far it is.
#[derive(Debug, Clone)]
pub struct WorkPage {
    pub work: MonthWork,
    pub today: Date,
}

pub async fn show(api: Api, reader: Reader, Path(month): Path<String>) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let (reader, work) = api.page(reader, api.month_work(month)).await?;
    Ok(WorkPage { work, today: clock::today() }.render(&reader).into_response())
}

impl Page for WorkPage {
    fn render(&self, reader: &Reader) -> Markup {
        let month = self.work.month;
        let name = fmt::month(reader, month);
        let to = |month: Month, icon| {
            Button::link(fmt::month(reader, month), format!("/months/{month}")).outline().icon_only(icon)
        };
        let ways = html! {
            (to(month.previous(), Icon::ChevronLeft)) (to(month.next(), Icon::ChevronRight))
            @if reader.may(Action::RunMonth) {
                (Button::link(reader.say("month-run"), format!("/months/{month}/preview")).icon(Icon::Play))
            }
        };
        let main = html! {
            (head(&[], &name, html! { (reader.say("run-work-note")) }, ways))
            (self.steps(reader))
        };
        frame::desk(reader, Place::Month, &name, main, html! {})
    }

    fn sample() -> WorkPage {
        sample::work()
    }
}

impl WorkPage {
    fn steps(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("step", reader.say("run-work-step")).title(),
            Column::text("state", reader.say("status")).corner(),
            Column::number("done", reader.say("run-work-done")),
            Column::number("open", reader.say("run-work-open")),
            Column::text("parts", reader.say("run-work-parts")),
            Column::text("who", reader.say("run-work-who")),
        ];
        let rows: Vec<Row> = (1..).zip(&self.work.steps).map(|(number, step)| self.row(reader, number, step)).collect();
        Table { caption: &reader.say("run-work-note"), columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn row(&self, reader: &Reader, number: usize, step: &MonthWorkStep) -> Row {
        let key = step.step.as_str();
        let parts = step.parts.iter().map(|part| format!("{} {}", reader.term("run-part", &part.what), part.count));
        let parts = parts.collect::<Vec<_>>().join(", ");
        Row {
            opens: self.way(step).map_or(Opens::Nothing, Opens::Page),
            cells: vec![
                html! { (number) ". " (reader.term("run-step", key)) },
                html! { (badge(reader, step.state)) },
                html! { (step.done) },
                html! { (step.open) },
                html! { (parts) },
                html! {
                    @if let Some(who) = &step.who { (who) }
                    @if let Some(at) = step.at { @if step.who.is_some() { ", " } (fmt::moment(at)) }
                },
            ],
        }
    }

    /// The list that shows what is open.
    fn way(&self, step: &MonthWorkStep) -> Option<String> {
        let month = self.work.month;
        let (first, last) = (month.first_day(), month.last_day());
        let has_open = step.open > 0;
        match step.step {
            MonthStep::Charges if has_open => Some(format!("/months/{month}/preview?what=differing")),
            MonthStep::Charges => Some(format!("/months/{month}/preview")),
            MonthStep::Drafts if has_open => Some(format!("/invoices?period={month}&status=draft")),
            MonthStep::Drafts | MonthStep::Sending => Some(format!("/invoices?period={month}&billed=true")),
            MonthStep::Payments => Some(format!("/payments?from={first}&to={last}")),
            // What the tax office has not taken lies with what could not be sent.
            MonthStep::Receipts if has_open => Some("/outbox".to_owned()),
            MonthStep::Receipts => Some(format!("/invoices?period={month}&billed=true")),
            MonthStep::Readings if has_open => Some(format!("/meters?month={month}&missing=true")),
            MonthStep::Readings | MonthStep::UnusualReadings => Some(format!("/meters?month={month}")),
            MonthStep::Lock => Some(format!("/months/{month}/tie-out")),
            // As of the month's end, once that is past.
            MonthStep::Penalties if last < self.today => Some(format!("/receivables/penalties?asOf={last}")),
            MonthStep::Penalties => Some("/receivables/penalties".to_owned()),
            MonthStep::Reminders => Some("/receivables".to_owned()),
            MonthStep::Bank => Some("/matching".to_owned()),
            MonthStep::Reports => Some(format!("/months/{month}/reports")),
        }
    }
}

fn badge(reader: &Reader, state: MonthStepState) -> Badge {
    let (tone, word) = match state {
        MonthStepState::Nothing => (Tone::Faint, "nothing"),
        MonthStepState::Open => (Tone::Warn, "open"),
        MonthStepState::Done => (Tone::Good, "done"),
    };
    Badge::new(tone, reader.term("run-state", word))
}
