//! What was promised to the world outside and how far it got; where the first page's stuck work is looked at.

use axum::{Router, routing::get};
use domain::PromiseId;
use jiff::Timestamp;
use maud::{Markup, html};
use wire::outbox::{OutboxFilter, OutboxRow, OutboxStatus};

use crate::{
    Site,
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        empty::empty,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{self, Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

pub fn routes() -> Router<Site> {
    Router::new().route("/outbox", get(list))
}

/// A page of promises.
#[derive(Debug, Clone)]
pub struct OutboxPage {
    pub rows: Vec<OutboxRow>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// The statuses as they stand in the address, those to be looked at first.
const STATUSES: [(OutboxStatus, &str, &str, Tone); 3] = [
    (OutboxStatus::Dead, "dead", "outbox-dead", Tone::Bad),
    (OutboxStatus::Pending, "pending", "outbox-pending", Tone::Sky),
    (OutboxStatus::Done, "done", "outbox-done", Tone::Good),
];

async fn list(api: Api, reader: Reader) -> Result<Markup, Problem> {
    let status = reader
        .asked("status", |text| STATUSES.into_iter().find(|(_, word, ..)| *word == text).map(|(status, ..)| status))?;
    let filter = OutboxFilter { status, limit: None, cursor: reader.param("cursor") };
    let (reader, page) = api.page(reader, api.outbox(&filter)).await?;
    Ok(OutboxPage { rows: page.items, next: page.next_cursor }.render(&reader))
}

impl Page for OutboxPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("outbox-title");
        let main = html! {
            (head(&[(&reader.say("menu-today"), "/")], &title, html! { (reader.say("today-laid-aside-means")) }, html! {}))
            (table::region(html! { (tabs(&title, &views(reader))) (self.list(reader)) }))
        };
        frame::desk(reader, Place::Elsewhere, &title, main, html! {})
    }

    fn sample() -> OutboxPage {
        let at: Timestamp = "2026-11-20T09:41:00Z".parse().expect("a moment");
        let row = |kind: &str, status, attempts, error: Option<&str>| OutboxRow {
            id: PromiseId::new(),
            kind: kind.into(),
            status,
            attempts,
            run_at: at,
            last_error: error.map(str::to_owned),
            done_at: None,
            created_at: at,
        };
        let rows = vec![
            row("issue_receipt", OutboxStatus::Dead, 12, Some("503: PosAPI is not reachable")),
            row("send_sms", OutboxStatus::Pending, 2, Some("timeout after 10 s")),
            row("invoice_issued", OutboxStatus::Done, 1, None),
        ];
        OutboxPage { rows, next: None }
    }
}

fn views(reader: &Reader) -> Vec<Tab> {
    let chosen = reader.param("status");
    let tab = |key: &str, word: &str| Tab {
        label: reader.say(key).into_owned(),
        href: reader.link(&[("status", word), ("cursor", "")]),
        count: None,
        is_current: chosen.as_deref().unwrap_or_default() == word,
    };
    let all = std::iter::once(tab("outbox-all", ""));
    all.chain(STATUSES.into_iter().map(|(_, word, key, _)| tab(key, word))).collect()
}

impl OutboxPage {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            return empty(Icon::CircleCheck, &reader.say("outbox-empty"), &reader.say("outbox-empty-note"), html! {});
        }
        let columns = [
            Column::text("kind", reader.say("outbox-kind")).title(),
            Column::text("status", reader.say("status")).corner(),
            Column::number("attempts", reader.say("outbox-attempts")),
            Column::text("run-at", reader.say("outbox-run-at")),
            Column::text("error", reader.say("outbox-error")),
            Column::text("made", reader.say("outbox-made")),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|row| line(reader, row)).collect();
        let caption = reader.say("outbox-title");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.paged(reader, self.next.as_deref())
    }
}

fn line(reader: &Reader, row: &OutboxRow) -> Row {
    let known = STATUSES.into_iter().find(|(status, ..)| *status == row.status);
    Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { code class="code" { (row.kind) } },
            html! { @if let Some((_, _, key, tone)) = known { (Badge::new(tone, reader.say(key))) } },
            html! { span class="num" { (row.attempts) } },
            html! { @if row.status == OutboxStatus::Pending { (fmt::moment(row.run_at)) } },
            html! { @if let Some(error) = &row.last_error { span class="reasons" { (error) } } },
            fmt::moment(row.created_at),
        ],
    }
}
