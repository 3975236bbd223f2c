//! A contract's documents as a table: part of the contract's page, and the whole of their own.

use domain::{
    ContractId,
    document::{DocumentKind, DocumentStatus},
};
use maud::{Markup, html};
use wire::documents::DocumentView;

use crate::{
    fmt,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        icon::Icon,
        table::{Column, Opens, Row, Table},
    },
};

/// What a script looks for in the answer while a document is being made.
const ID: &str = "documents";

/// Documents of a contract, newest first.
#[derive(Debug, Clone)]
pub struct Documents {
    pub contract: ContractId,
    pub documents: Vec<DocumentView>,
}

impl Documents {
    /// How many stand on the contract's page.
    pub const NEWEST: u32 = 5;

    /// The section of the contract's page.
    pub fn render(&self, reader: &Reader) -> Markup {
        let all = format!("/contracts/{}/documents", self.contract);
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("documents")) }
                (self.table(reader))
                p class="box-foot" { a href=(all) { (reader.say("documents-make")) " · " (reader.say("documents-all")) } }
            }
        }
    }

    /// Looks again by itself while one is being made; without a script there is a link that does.
    pub fn table(&self, reader: &Reader) -> Markup {
        let poll = self.documents.iter().any(|document| document.status == DocumentStatus::Pending);
        let from = format!("/contracts/{}/documents", self.contract);
        let (from, target) = (poll.then_some(from.as_str()), poll.then(|| format!("#{ID}")));
        html! {
            div id=(ID) hx-get=[from] hx-trigger=[from.map(|_| "every 2s")] hx-select=[target.as_deref()]
                hx-target=[target.as_deref()] hx-swap=[from.map(|_| "outerHTML")] {
                @if self.documents.is_empty() {
                    p class="box-note" { (reader.say("documents-none")) }
                } @else {
                    (self.rows(reader))
                }
                @if let Some(from) = from { a class="without-script" href=(from) { (reader.say("refresh")) } }
            }
        }
    }

    fn rows(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("document", reader.say("document")).title(),
            Column::text("number", reader.say("document-number")),
            Column::text("dated", reader.say("document-dated-on")),
            Column::text("status", reader.say("status")).corner(),
            Column::number("pages", reader.say("document-pages")),
            Column::text("by", reader.say("document-made-by")),
            Column::text("open", ""),
        ];
        let rows: Vec<Row> = self.documents.iter().map(|document| row(reader, document)).collect();
        Table { caption: &reader.say("documents"), columns: &columns, rows: &rows, totals: None }.render(reader)
    }
}

fn row(reader: &Reader, document: &DocumentView) -> Row {
    let kind = reader.term("document-kind", document.kind.as_str());
    let version = reader.say_with("document-version", &[("version", document.version.into())]);
    let more = match (document.kind, document.from.zip(document.to), document.hand_over_to) {
        (DocumentKind::Statement, Some((from, to)), _) => Some(html! { (fmt::date(from)) " – " (fmt::date(to)) }),
        (DocumentKind::HandOver, _, Some(to)) => Some(html! { (reader.term("hand-over-to", to.as_str())) }),
        _ => None,
    };
    let about = html! {
        (kind) ", " (version)
        @if document.draft { " " (Badge::new(Tone::Faint, reader.say("document-draft"))) }
        @if let Some(more) = more { br; span class="hint" { (more) } }
    };
    let open = format!("/documents/{}", document.id);
    let ready = document.status == DocumentStatus::Ready;
    Row {
        opens: Opens::Nothing,
        cells: vec![
            about,
            html! { (document.number) },
            fmt::date(document.dated_on),
            status(reader, document.status, document.failure.as_deref()),
            html! { @if let Some(pages) = document.pages { (pages) } },
            html! { (document.made_by.as_deref().unwrap_or_default()) },
            html! { @if ready { (Button::link(reader.say("document-download"), open).small().icon(Icon::Download)) } },
        ],
    }
}

/// How far it is, and why it is no further.
pub fn status(reader: &Reader, status: DocumentStatus, failure: Option<&str>) -> Markup {
    let tone = match status {
        DocumentStatus::Pending => Tone::Sky,
        DocumentStatus::Ready => Tone::Good,
        DocumentStatus::Failed => Tone::Bad,
    };
    html! {
        (Badge::new(tone, reader.term("document-status", status.as_str())))
        @if let Some(failure) = failure { br; span class="hint" { (reader.term("document-failure", failure)) } }
    }
}
