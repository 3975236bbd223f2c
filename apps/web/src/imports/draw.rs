//! How an import is laid out: the form, what was found, the rows in the way, the columns to put right.

use std::collections::BTreeMap;

use maud::{Markup, html};
use wire::imports::{ImportCounts, ImportKind, ImportReport, ImportRow, RememberedColumns};

use super::{ImportPage, Sheet, kept, sent::WRITE};
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        facts::facts,
        field::Field,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

/// The region that the script replaces; the file's field stands outside of it and keeps its file.
const REPORT: &str = "report";

/// How many wrong rows are shown; whoever has more mends a column first.
const ROWS_SHOWN: usize = 300;

impl Page for ImportPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("import-title");
        let main = html! {
            (head(&[], &title, html! { (reader.say(words(self.sheet).note)) }, html! {}))
            (tabs(&title, &views(reader, self.sheet.href())))
            (self.form(reader))
        };
        frame::desk(reader, Place::Import, &title, main, panel::closed())
    }

    fn sample() -> ImportPage {
        super::sample::looked_through()
    }
}

/// The kinds of sheets, and what was sent before.
pub(crate) fn views(reader: &Reader, here: &str) -> Vec<Tab> {
    let sheets = Sheet::ALL.map(|sheet| (words(sheet).title, sheet.href()));
    let others = [("import-statement", crate::banks::IMPORT), ("imports-title", kept::HERE)];
    let views = sheets.into_iter().chain(others);
    let tab = |(label, href): (&str, &str)| Tab {
        label: reader.say(label).into_owned(),
        href: href.to_owned(),
        count: None,
        is_current: href == here,
    };
    views.map(tab).collect()
}

/// The list that names what a column of such a sheet holds.
pub(super) const fn fields_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::RentRoll => words(Sheet::RentRoll).fields,
        ImportKind::Invoices => words(Sheet::OpenInvoices).fields,
        ImportKind::Readings => words(Sheet::Readings).fields,
    }
}

struct Words {
    title: &'static str,
    note: &'static str,
    /// The list that names what a column holds.
    fields: &'static str,
}

const fn words(sheet: Sheet) -> Words {
    match sheet {
        Sheet::RentRoll => {
            Words { title: "import-rent-roll", note: "import-rent-roll-note", fields: "rent-roll-field" }
        }
        Sheet::OpenInvoices => {
            Words { title: "import-invoices", note: "import-invoices-note", fields: "open-invoice-field" }
        }
        Sheet::Readings => Words { title: "import-readings", note: "import-readings-note", fields: "readings-field" },
    }
}

impl ImportPage {
    fn form(&self, reader: &Reader) -> Markup {
        let (href, target) = (self.sheet.href(), format!("#{REPORT}"));
        html! {
            form class="form form-wide" method="post" action=(href) enctype="multipart/form-data" novalidate hx-post=(href)
                hx-encoding="multipart/form-data" hx-target=(target) hx-select=(target) hx-swap="outerHTML"
                data-steps=(WRITE) {
                div class="box" {
                    @if self.sheet == Sheet::Readings {
                        (Field::new("month", reader.say("import-readings-month")).value(&self.month.to_string()).month().required())
                    }
                    (Field::new("file", reader.say("import-file")).file(".xlsx,.xls,.csv").required()
                        .hint(reader.say("import-file-hint")))
                    p class="reading" role="status" { (reader.say("import-reading")) }
                }
                (self.region(reader))
            }
            // What a script shows when the way to us broke before the end was told.
            template id="steps-lost" {
                (alert::alert(Kind::Warn, &reader.say("import-lost"), html! { p { (reader.say("import-lost-note")) } }))
            }
        }
    }

    /// The region with all that was found or done.
    pub(crate) fn region(&self, reader: &Reader) -> Markup {
        region(self.report(reader))
    }

    fn report(&self, reader: &Reader) -> Markup {
        html! {
            @if let Some(trouble) = &self.trouble { (alert::alert(Kind::Bad, trouble, html! {})) }
            @if !self.mapping.is_empty() { input type="hidden" name="mapping" value=(self.mapping); }
            @match &self.report {
                None => {
                    div class="form-foot" { (look(reader).icon(Icon::Search)) }
                    (self.columns_unseen(reader))
                }
                Some(report) => {
                    (news(reader, report))
                    (remembered(reader, &report.remembered))
                    (counts(reader, &report.counts, report.dry_run))
                    @if report.dry_run { (self.ways(reader, &report.counts)) }
                    (wrong_rows(reader, &report.rows))
                    @if report.dry_run {
                        @if report.columns.is_empty() { (self.columns_unseen(reader)) } @else { (self.columns(reader, report)) }
                    }
                }
            }
        }
    }

    /// Writing is offered once there is something right to write.
    fn ways(&self, reader: &Reader, counts: &ImportCounts) -> Markup {
        let can_write = counts.ok + counts.vacant > 0;
        html! {
            @if can_write { p class="box-note without-script" { (reader.say("import-pick-again")) } }
            div class="form-foot" {
                @if can_write {
                    (Button::submit(reader.say("import-write")).value("do", WRITE).icon(Icon::Check))
                }
                (look(reader).outline().icon(Icon::Refresh))
            }
        }
    }

    fn columns(&self, reader: &Reader, report: &ImportReport) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("import-columns")) }
                p class="box-note" { (reader.say("import-columns-note")) }
                @for (at, (sheet, columns)) in report.columns.iter().enumerate() {
                    details class="fold" open[report.columns.len() == 1] {
                        summary class="fold-title" { (sheet) }
                        input type="hidden" name={ "sheet." (at) } value=(sheet);
                        div class="columns" {
                            @for field in self.sheet.fields() { (self.column(reader, at, field, found(columns, field))) }
                        }
                    }
                }
            }
        }
    }

    /// Columns can be said before any file was understood; they are meant for its first sheet.
    fn columns_unseen(&self, reader: &Reader) -> Markup {
        let said: BTreeMap<String, BTreeMap<String, Option<String>>> =
            serde_json::from_str(&self.mapping).unwrap_or_default();
        let said = said.get("").cloned().unwrap_or_default();
        html! {
            details class="box fold" open[self.trouble.is_some()] {
                summary class="fold-title" { (reader.say("import-columns")) }
                p class="box-note" { (reader.say("import-columns-unseen")) }
                input type="hidden" name="sheet.0" value="";
                div class="columns" {
                    @for field in self.sheet.fields() {
                        (self.column(reader, 0, field, said.get(*field).and_then(Option::as_deref).unwrap_or_default()))
                    }
                }
            }
        }
    }

    /// One field of a sheet: which column holds it.
    fn column(&self, reader: &Reader, at: usize, field: &str, found: &str) -> Markup {
        let name = format!("column.{at}.{field}");
        let letters = letters();
        let is_far = !found.is_empty() && !letters.iter().any(|letter| letter == found);
        html! {
            div class="column" {
                label for=(name) { (reader.term(words(self.sheet).fields, field)) }
                input type="hidden" name={ "found." (at) "." (field) } value=(found);
                select class="select" id=(name) name=(name) {
                    option value="" { "–" }
                    @for letter in &letters { option value=(letter) selected[letter == found] { (letter) } }
                    @if is_far { option value=(found) selected { (found) } }
                }
            }
        }
    }
}

/// Where the script puts how far the writing has come, and at last its report.
pub(crate) fn region(inside: Markup) -> Markup {
    html! { div id=(REPORT) class="report" { (inside) } }
}

fn look(reader: &Reader) -> Button<'static> {
    Button::submit(reader.say("import-look").into_owned())
}

/// The column of a field; the API names either by the other.
fn found<'a>(columns: &'a BTreeMap<String, String>, field: &str) -> &'a str {
    let by_field = columns.get(field).map(String::as_str);
    let by_letter = || columns.iter().find_map(|(letter, of)| (of == field).then_some(letter.as_str()));
    by_field.or_else(by_letter).unwrap_or_default()
}

/// The letters of the first fifty-two columns.
fn letters() -> Vec<String> {
    let single = ('A'..='Z').map(String::from);
    let double = ('A'..='Z').map(|letter| format!("A{letter}"));
    single.chain(double).collect()
}

/// Columns that somebody mapped before: they stand below, to be changed, and can be forgotten.
fn remembered(reader: &Reader, columns: &[RememberedColumns]) -> Markup {
    if columns.is_empty() {
        return html! {};
    }
    let said = |of: &RememberedColumns| {
        let facts = [("sheet", of.sheet.as_str().into()), ("date", fmt::date_text(fmt::day_of(of.since)).into())];
        reader.say_with("import-remembered", &facts).into_owned()
    };
    let more = html! {
        @for of in columns { p { (said(of)) } }
        p { a href=(kept::HERE) { (reader.say("import-mappings")) } }
    };
    alert::alert(Kind::Info, &reader.say("import-remembered-title"), more)
}

fn news(reader: &Reader, report: &ImportReport) -> Markup {
    let (counts, is_dry) = (&report.counts, report.dry_run);
    let numbers = [("ok", (counts.ok + counts.vacant).into()), ("errors", counts.errors.into())];
    let (kind, key) = match (is_dry, counts.errors) {
        (true, 0) => (Kind::Good, "import-all-right"),
        (true, _) => (Kind::Warn, "import-some-wrong"),
        (false, 0) => (Kind::Good, "import-written"),
        (false, _) => (Kind::Warn, "import-written-in-part"),
    };
    let more = html! {
        @if is_dry { p { (reader.say("import-nothing-written")) } } @else {
            p {
                @if counts.readings_added > 0 {
                    a href="/meters" { (reader.say("import-see-meters")) }
                } @else {
                    a href="/contracts" { (reader.say("import-see-contracts")) } " · "
                    a href="/rooms" { (reader.say("import-see-rooms")) }
                }
                @if let Some(id) = report.import_id {
                    " · " a href={ (kept::HERE) "/" (id) } { (reader.say("import-undo")) }
                }
            }
        }
    };
    alert::alert(kind, &reader.say_with(key, &numbers), more)
}

fn counts(reader: &Reader, counts: &ImportCounts, is_dry: bool) -> Markup {
    let always = [("import-rows", counts.rows), ("import-ok", counts.ok), ("import-wrong", counts.errors)];
    let when_any = [("import-vacant", counts.vacant), ("import-known", counts.known)];
    let added = [
        ("import-rooms", counts.rooms_added),
        ("import-tenants", counts.tenants_added),
        ("import-contracts", counts.contracts_added),
        ("import-balances", counts.opening_balances_added),
        ("import-bills", counts.invoices_added),
        ("import-meters", counts.meters_added),
        ("import-readings-added", counts.readings_added),
    ];
    let shown = |list: &[(&'static str, i64)], always: bool| -> Vec<(String, Markup)> {
        let some = list.iter().filter(|(_, count)| always || *count != 0);
        some.map(|(key, count)| (reader.say(key).into_owned(), html! { span class="num" { (count) } })).collect()
    };
    let read = [shown(&always, true), shown(&when_any, false)].concat();
    let added = shown(&added, false);
    html! {
        div class="beside" {
            section class="box" { h2 class="box-title" { (reader.say("import-read")) } (facts(&borrowed(&read))) }
            @if !added.is_empty() {
                section class="box" {
                    h2 class="box-title" { (reader.say(if is_dry { "import-to-add" } else { "import-added" })) }
                    (facts(&borrowed(&added)))
                }
            }
        }
    }
}

fn borrowed(facts: &[(String, Markup)]) -> Vec<(&str, Markup)> {
    facts.iter().map(|(term, value)| (term.as_str(), value.clone())).collect()
}

/// Every row with a problem, by sheet and number, with all that is wrong in it.
fn wrong_rows(reader: &Reader, rows: &[ImportRow]) -> Markup {
    let wrong: Vec<&ImportRow> = rows.iter().filter(|row| !row.errors.is_empty()).collect();
    if wrong.is_empty() {
        return html! {};
    }
    let columns = [
        Column::text("row", reader.say("import-row")).title(),
        Column::text("title", reader.say("import-what")),
        Column::text("problems", reader.say("import-problems")),
    ];
    let shown: Vec<Row> = wrong.iter().take(ROWS_SHOWN).map(|row| wrong_row(row)).collect();
    let caption = reader.say("import-wrong-rows");
    html! {
        section class="box" {
            h2 class="box-title" { (caption) }
            (Table { caption: &caption, columns: &columns, rows: &shown, totals: None }.render(reader))
            @if wrong.len() > shown.len() {
                @let more = i64::try_from(wrong.len() - shown.len()).unwrap_or(i64::MAX);
                p class="box-note" { (reader.say_with("import-more-rows", &[("rows", more.into())])) }
            }
        }
    }
}

fn wrong_row(row: &ImportRow) -> Row {
    Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { span { (row.sheet) " · " span class="num" { (row.row) } } },
            html! { (row.title) },
            html! { ul class="problems" {
                @for error in &row.errors {
                    li { @if let Some(column) = &error.column { span class="cell-name" { (column) (row.row) } " " } (error.message) }
                }
            } },
        ],
    }
}
