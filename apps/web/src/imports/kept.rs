//! The imports there were: the list with the columns that are remembered, one import, and undoing it.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{ImportId, ImportMappingId};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{
    Paging,
    imports::{ImportKind, ImportMappingView, ImportStatus, ImportView, UndoView, Undoing},
};

use super::draw;
use crate::{
    Site,
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
        empty::empty,
        facts::facts,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
        tabs::tabs,
    },
};

pub const HERE: &str = "/imports";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(list))
        .route("/imports/{id}", get(show))
        .route("/imports/{id}/undoing", post(undo))
        .route("/imports/mappings/{id}/forgetting", post(forget))
}

/// The imports that the address asks for, newest first.
#[derive(Debug, Clone)]
pub struct ImportsPage {
    pub rows: Vec<ImportView>,
    pub next: Option<String>,
    pub mappings: Vec<ImportMappingView>,
}

/// One import; the form asks why it is undone.
#[derive(Debug, Clone)]
pub struct OneImport {
    pub import: ImportView,
    /// What undoing it would take out, and what stands in the way.
    pub would: UndoView,
    pub undoing: Form,
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let paging = Paging { limit: Some(50), cursor: reader.param("cursor") };
    let (reader, (page, mappings)) = api.page(reader, try_join(api.imports(&paging), api.import_mappings())).await?;
    Ok(ImportsPage { rows: page.items, next: page.next_cursor, mappings }.render(&reader).into_response())
}

async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let answer = try_join(api.kept_import(id), api.undoing_of_import(id));
    let (reader, (import, would)) = api.page(reader, answer).await?;
    Ok(OneImport { import, would, undoing: Form::default() }.render(&reader).into_response())
}

async fn undo(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(reason) = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())) {
        match api.undo_import(id, &Undoing { reason }).await {
            Ok(_) => return Ok(Flash::good(reader.say("import-undone")).on(HERE)),
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    let answer = try_join(api.kept_import(id), api.undoing_of_import(id));
    let (reader, (import, would)) = api.page(reader, answer).await?;
    Ok((status, OneImport { import, would, undoing: form }.render(&reader)).into_response())
}

async fn forget(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: ImportMappingId = read::word(&id).ok_or(Problem::not_found("thing-import-mapping"))?;
    api.forget_import_mapping(id).await?;
    Ok(Flash::good(reader.say("import-forgotten")).on(HERE))
}

fn id(text: &str) -> Result<ImportId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-import"))
}

impl Page for ImportsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("import-title");
        let main = html! {
            (head(&[], &title, html! {}, html! {}))
            (tabs(&title, &draw::views(reader, HERE)))
            (table::region(self.list(reader)))
            @if !self.mappings.is_empty() { (self.mappings(reader)) }
        };
        frame::desk(reader, Place::Import, &title, main, panel::closed())
    }

    fn sample() -> ImportsPage {
        let undone = ImportView {
            file_name: "түрээс-10-р-сар.xlsx".into(),
            status: ImportStatus::Undone,
            undone_at: Some(crate::contracts::sample::moment()),
            undone_by: Some("Б. Дулмаа".into()),
            undone_because: Some("Өөр барилгын файл байсан".into()),
            ..sample()
        };
        let columns = [("unit", Some("C")), ("tenant", Some("E")), ("floor", None)];
        let columns = columns.map(|(field, letter)| (field.to_owned(), letter.map(str::to_owned)));
        ImportsPage {
            rows: vec![sample(), undone],
            next: None,
            mappings: vec![ImportMappingView {
                id: ImportMappingId::new(),
                kind: ImportKind::RentRoll,
                sheet: "Алтан Плаза".into(),
                columns: columns.into(),
                user_name: Some("Г. Нарантуяа".into()),
                updated_at: crate::contracts::sample::moment(),
            }],
        }
    }
}

fn sample() -> ImportView {
    ImportView {
        id: ImportId::new(),
        kind: ImportKind::RentRoll,
        file_name: "rent-roll.xlsx".into(),
        status: ImportStatus::Written,
        user_name: Some("Г. Нарантуяа".into()),
        counts: super::sample::report(false).counts,
        undone_at: None,
        undone_by: None,
        undone_because: None,
        created_at: crate::contracts::sample::moment(),
    }
}

impl ImportsPage {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            return empty(Icon::Import, &reader.say("imports-none"), &reader.say("imports-none-note"), html! {});
        }
        let columns = [
            Column::text("file", reader.say("import-file-name")).title(),
            Column::text("kind", reader.say("kind")),
            Column::text("at", reader.say("import-when")),
            Column::text("who", reader.say("import-who")),
            Column::number("rows", reader.say("import-rows")),
            Column::number("contracts", reader.say("import-contracts")),
            Column::number("invoices", reader.say("import-bills")),
            Column::number("readings", reader.say("import-readings-added")),
            Column::text("status", reader.say("status")).corner(),
        ];
        let row = |import: &ImportView| Row {
            opens: Opens::Page(format!("{HERE}/{}", import.id)),
            cells: vec![
                html! { (name(reader, import)) },
                html! { (reader.term("import-kind", import.kind.as_str())) },
                fmt::moment(import.created_at),
                html! { (who(reader, import)) },
                number(import.counts.rows),
                number(import.counts.contracts_added),
                number(import.counts.invoices_added),
                number(import.counts.readings_added),
                html! { (badge(reader, import.status)) },
            ],
        };
        let rows: Vec<Row> = self.rows.iter().map(row).collect();
        let caption = reader.say("imports-title");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.paged(reader, self.next.as_deref())
    }

    /// What was mapped by hand, each with the way to forget it.
    fn mappings(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("import-mappings")) }
                p class="box-note" { (reader.say("import-mappings-note")) }
                @for mapping in &self.mappings {
                    details class="fold" {
                        summary class="fold-title" { (mapping.sheet) " · " (fmt::date(fmt::day_of(mapping.updated_at))) }
                        dl class="facts" {
                            @for (field, column) in &mapping.columns {
                                div class="fact" {
                                    dt { (reader.term(draw::fields_of(mapping.kind), field)) }
                                    dd { @match column { Some(letter) => (letter), None => (reader.say("import-mapping-none")) } }
                                }
                            }
                        }
                        form method="post" action={ "/imports/mappings/" (mapping.id) "/forgetting" } {
                            (Button::submit(reader.say("import-forget")).outline().icon(Icon::Close))
                        }
                    }
                }
            }
        }
    }
}

impl Page for OneImport {
    fn render(&self, reader: &Reader) -> Markup {
        let import = &self.import;
        let (list, title) = (reader.say("imports-title"), name(reader, import));
        let counts = &import.counts;
        let made = [
            ("import-meters", counts.meters_added),
            ("import-readings-added", counts.readings_added),
            ("import-rooms", counts.rooms_added),
            ("import-tenants", counts.tenants_added),
            ("import-contracts", counts.contracts_added),
            ("import-balances", counts.opening_balances_added),
            ("import-bills", counts.invoices_added),
        ];
        // of each kind of sheet what it can make
        let is_of_meters = import.kind == ImportKind::Readings;
        let made = if is_of_meters { &made[..2] } else { &made[2..] };
        let main = html! {
            (head(&[(&list, HERE)], &title, html! { (reader.term("import-kind", import.kind.as_str())) }, html! {}))
            div class="beside" {
                section class="box" {
                    h2 class="box-title" { (reader.say("import-read")) " " (badge(reader, import.status)) }
                    (facts(&[
                        (&reader.say("import-when"), fmt::moment(import.created_at)),
                        (&reader.say("import-who"), html! { (who(reader, import)) }),
                        (&reader.say("import-rows"), number(counts.rows)),
                        (&reader.say("import-wrong"), number(counts.errors)),
                    ]))
                }
                section class="box" {
                    h2 class="box-title" { (reader.say("import-made")) }
                    dl class="facts" {
                        @for (key, count) in made {
                            div class="fact" { dt { (reader.say(key)) } dd { (number(*count)) } }
                        }
                    }
                }
            }
            @match import.undone_at {
                Some(at) => {
                    section class="box" {
                        h2 class="box-title" { (reader.say("import-undone-at")) }
                        (facts(&[
                            (&reader.say("import-when"), fmt::moment(at)),
                            (&reader.say("import-who"), html! { (import.undone_by.as_deref().unwrap_or_default()) }),
                            (&reader.say("reason"), html! { (import.undone_because.as_deref().unwrap_or_default()) }),
                        ]))
                    }
                }
                None => (self.undoing(reader)),
            }
        };
        frame::desk(reader, Place::Import, &title, main, panel::closed())
    }

    fn sample() -> OneImport {
        let mut undoing = Form::default().with("reason", "Буруу файл");
        undoing.trouble("Импортоос хойш ашигласан эсвэл өөрчилсөн 1 зүйл байгаа тул буцаах боломжгүй: CT-2026-0021.");
        let things = [("contract", 30), ("property", 2), ("room", 32), ("tenant", 28)];
        let things = things.map(|(thing, count)| (thing.to_owned(), count)).into();
        OneImport { import: sample(), would: UndoView { things, refusal: None }, undoing }
    }
}

impl OneImport {
    fn undoing(&self, reader: &Reader) -> Markup {
        let form = &self.undoing;
        html! {
            details class="box fold" open[!form.is_clean()] {
                summary class="fold-title" { (reader.say("import-undo")) }
                p class="box-note" {
                    (reader.say(if self.import.kind == ImportKind::Readings { "import-undo-note-readings" } else { "import-undo-note" }))
                }
                dl class="facts" {
                    @for (thing, count) in &self.would.things {
                        div class="fact" { dt { (reader.term("import-thing", thing)) } dd { (number(*count)) } }
                    }
                }
                @match &self.would.refusal {
                    Some(refusal) if form.is_clean() => (alert::alert(Kind::Warn, refusal, html! {})),
                    _ => (form::post(&format!("{HERE}/{}/undoing", self.import.id), html! {
                        (form.summary(reader))
                        (form.field("reason", reader.say("reason")).required().max_chars(500))
                        div class="form-foot" { (Button::submit(reader.say("import-undo-do")).danger().icon(Icon::Refresh)) }
                    })),
                }
            }
        }
    }
}

fn name(reader: &Reader, import: &ImportView) -> String {
    if import.file_name.is_empty() {
        return reader.say("import-no-file-name").into_owned();
    }
    import.file_name.clone()
}

fn who(reader: &Reader, import: &ImportView) -> String {
    import.user_name.clone().unwrap_or_else(|| reader.say("import-by-command").into_owned())
}

fn number(count: i64) -> Markup {
    html! { span class="num" { (count) } }
}

fn badge(reader: &Reader, status: ImportStatus) -> Badge {
    let tone = match status {
        ImportStatus::Written => Tone::Good,
        ImportStatus::Undone => Tone::Faint,
    };
    Badge::new(tone, reader.term("import-status", status.as_str()))
}
