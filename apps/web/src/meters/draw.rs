//! The month's grid as a form: one column to fill in, Enter goes down, what is unusual asks for a word.

use domain::{
    meter::{MeterKind, ReadingStatus},
    rights::Action,
};
use maud::{Markup, html};
use wire::readings::GridRow;

use super::{HERE, MetersPage, sample, spark::spark};
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        empty::empty,
        field::terms_of,
        filter::Filter,
        form, frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

impl Page for MetersPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-meters");
        let kinds = terms_of(reader, "meter-kind", MeterKind::ALL);
        let main = html! {
            (head(&[], &title, html! { (self.note(reader)) }, self.ways(reader)))
            (tabs(&title, &views(reader, HERE)))
            (Filter::new(reader)
                .month_unless("month", &reader.say("month"), self.month)
                .buildings(&self.properties)
                .choice("kind", &reader.say("meters-kind"), &reader.say("meters-any-kind"), &kinds)
                .choice("missing", &reader.say("meters-which"), &reader.say("meters-all"),
                    &[("true".to_owned(), reader.say("meters-only-missing").into_owned())]))
            (table::region(self.grid(reader)))
        };
        frame::desk(reader, Place::Meters, &title, main, panel::closed())
    }

    fn sample() -> MetersPage {
        sample::grid()
    }
}

/// The grid, what it comes to, and the prices.
pub(crate) fn views(reader: &Reader, here: &str) -> Vec<Tab> {
    let views = [
        ("meters-readings", HERE, Action::EditReadings),
        ("meters-utilities", super::utilities::HERE, Action::ReadReports),
        ("meters-tariffs", crate::tariffs::HERE, Action::ReadTariffs),
    ];
    let views = views.into_iter().filter(|(.., right)| reader.may(*right)).map(|(label, href, _)| (label, href));
    let tab = |(label, href): (&str, &str)| Tab {
        label: reader.say(label).into_owned(),
        href: href.to_owned(),
        count: None,
        is_current: href == here,
    };
    views.map(tab).collect()
}

impl MetersPage {
    /// Readings come from a walk or from a list, too.
    fn ways(&self, reader: &Reader) -> Markup {
        let month = self.month.to_string();
        html! {
            (Button::link(reader.say("walk-title"), format!("{}?month={month}", super::walk::HERE)).icon(Icon::Phone))
            @if reader.may(Action::Import) {
                (Button::link(reader.say("meters-import"), "/imports/readings").outline().icon(Icon::Import))
            }
        }
    }

    fn note(&self, reader: &Reader) -> Markup {
        let facts = [
            ("month", fmt::month(reader, self.month).into()),
            ("read", self.totals.read.into()),
            ("meters", self.totals.meters.into()),
        ];
        html! {
            (reader.say_with("meters-so-far", &facts))
            @if self.totals.unusual > 0 {
                " " (Badge::new(Tone::Warn, reader.say_with("meters-unusual-count", &[("count", self.totals.unusual.into())])))
            }
        }
    }

    fn grid(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let (none, note) = match reader.param("missing").is_some() {
                true => (reader.say("meters-none-missing"), reader.say("meters-none-missing-note")),
                false => (reader.say("meters-none"), reader.say("meters-none-note")),
            };
            let action = Button::link(reader.say("meters-import"), "/imports/readings").icon(Icon::Import);
            return empty(Icon::Gauge, &none, &note, html! { (action) });
        }
        let columns = [
            Column::text("unit", reader.say("unit-no")).title(),
            Column::text("tenant", reader.say("tenant")).desk_only(),
            Column::text("kind", reader.say("meters-kind")).corner(),
            Column::text("serial", reader.say("meters-serial")),
            Column::number("previous", reader.say("meters-previous")),
            Column::number("current", reader.say("meters-current")),
            Column::number("used", reader.say("meters-used")),
            Column::text("before", reader.say("meters-before")),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|row| self.row(reader, row)).collect();
        let caption = reader.say("menu-meters");
        let table = Table { caption: &caption, columns: &columns, rows: &rows, totals: None };
        let more = self.next.is_some();
        html! {
            (form::post(&reader.link(&[]), html! {
                input type="hidden" name="month" value=(self.month);
                @if !self.form.is_clean() {
                    (alert::alert(Kind::Warn, &reader.say("meters-some-refused"), html! {}))
                }
                div class="readings" data-down { (table.paged(reader, self.next.as_deref())) }
                div class="form-foot" {
                    (Button::submit(reader.say("meters-save")).icon(Icon::Check))
                    @if more { span class="hint" { (reader.say("meters-save-first")) } }
                }
            }))
        }
    }

    fn row(&self, reader: &Reader, row: &GridRow) -> Row {
        let id = row.meter_id;
        let used = row.reading.as_ref().map(|reading| reading.consumption);
        let place = row.unit_no.clone();
        Row {
            opens: Opens::Page(format!("{HERE}/{id}")),
            cells: vec![
                html! { @match &place { Some(place) => (place), None => (reader.say("meters-common")) } },
                html! { @if let Some(tenant) = &row.tenant_name { (tenant) } },
                html! { (reader.term("meter-kind", row.kind.as_str())) },
                html! {
                    span class="num" { (row.serial) }
                    @if row.multiplier != rust_decimal::Decimal::ONE { " × " (row.multiplier.normalize()) }
                },
                html! { @match row.previous {
                    Some(previous) => (shown(previous)),
                    None => input class="input reading-number" name={ "previous." (id) } inputmode="decimal" autocomplete="off"
                        value=(self.form.value(&format!("previous.{id}"))) aria-label=(reader.say("meters-previous"));,
                } },
                self.entry(reader, row),
                html! { @if let Some(used) = used { span { (shown(used)) " " span class="hint" { (unit(reader, row.kind)) } } } },
                spark(reader, &row.before, used),
            ],
        }
    }

    /// The one cell that is filled in; below it what is in the way, and the word that it asks for.
    fn entry(&self, reader: &Reader, row: &GridRow) -> Markup {
        let id = row.meter_id;
        let (name, note, why) = (format!("current.{id}"), format!("note.{id}"), format!("why.{id}"));
        let was = row.reading.as_ref().map(|reading| shown(reading.current)).unwrap_or_default();
        let typed = self.form.value(&name);
        let value = if typed.is_empty() { &was } else { typed };
        let remark = self.form.remark_on(&name);
        let kept = row.reading.as_ref().map(|reading| reading.note.as_str()).unwrap_or_default();
        let label = format!("{} {}", row.unit_no.as_deref().unwrap_or_default(), reader.say("meters-current"));
        let chosen = self.form.value(&why);
        html! {
            div class="reading-entry" data-unusual[row.unusual.is_some()] data-refused[remark.is_some()] {
                input type="hidden" name={ "was." (id) } value=(was);
                input type="hidden" name={ "version." (id) } value=(row.reading.as_ref().map_or(0, |reading| reading.version));
                input class="input reading-number" name=(name) value=(value) inputmode="decimal" autocomplete="off" data-cell
                    aria-label=(label) aria-invalid[remark.is_some()];
                @if let Some(remark) = remark { span class="reading-remark" role="alert" { (remark) } }
                @else if let Some(unusual) = &row.unusual { span class="reading-remark" { (unusual) } }
                @if remark.is_some() {
                    select class="select" name=(why) aria-label=(reader.say("meters-why")) {
                        option value="" { (reader.say("meters-why-none")) }
                        @for status in [ReadingStatus::RolledOver, ReadingStatus::Mistake] {
                            option value=(status) selected[status.as_str() == chosen] { (reader.term("meter-status", status.as_str())) }
                        }
                    }
                }
                @if remark.is_some() {
                    input class="input" name=(note) value=(self.form.value(&note)) maxlength="500"
                        placeholder=(reader.say("meters-word")) aria-label=(reader.say("meters-word"));
                } @else if !kept.is_empty() { span class="hint" { (kept) } }
                @if let Some(photo) = row.reading.as_ref().and_then(|reading| reading.photo_id) {
                    a class="reading-photo" href={ "/files/open/" (photo) } title=(reader.say("meters-photo")) {
                        (Icon::Camera) span class="sr-only" { (reader.say("meters-photo")) }
                    }
                }
            }
        }
    }
}

/// The unit that such a meter counts in.
pub(super) fn unit(reader: &Reader, kind: MeterKind) -> &'static str {
    match reader.lang {
        words::Lang::Mn => kind.unit_mn(),
        words::Lang::En => kind.unit_en(),
    }
}

/// A reading as it stands on the counter, three decimals.
pub(super) fn shown(reading: rust_decimal::Decimal) -> String {
    domain::meter::shown(reading)
}
