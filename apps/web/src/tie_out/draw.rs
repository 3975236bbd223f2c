//! How the books of a month are laid out.

use domain::{Month, rights::Action};
use maud::{Markup, html};
use wire::tie_outs::{TieOutCheck, TieOutFigures};

use super::{TieOutPage, sample};
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        empty::empty,
        form, frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{Column, Opens, Row, Table},
    },
};

impl Page for TieOutPage {
    fn render(&self, reader: &Reader) -> Markup {
        let month = self.books.month;
        let name = fmt::month(reader, month);
        let title = reader.say("ledger-tie-out");
        let standing = if self.books.lock.is_locked {
            Badge::new(Tone::Good, reader.say("ledger-is-locked"))
        } else {
            Badge::new(Tone::Sky, reader.say("ledger-is-open"))
        };
        let main = html! {
            (head(&[(&name, &format!("/months/{month}"))], &title,
                  html! { (standing) " " (reader.say("ledger-tie-out-note")) }, arrows(reader, month)))
            (self.verdict(reader))
            section class="box" {
                h2 class="box-title" { (reader.say("ledger-receivables")) }
                (self.buildings(reader))
            }
            div class="beside" {
                div class="stack" {
                    section class="box" { h2 class="box-title" { (reader.say("ledger-checks")) } (self.checks(reader)) }
                }
                div class="stack" { (self.lock(reader)) (self.history(reader)) }
            }
        };
        frame::desk(reader, Place::Month, &title, main, html! {})
    }

    fn sample() -> TieOutPage {
        sample::sample()
    }
}

fn arrows(reader: &Reader, month: Month) -> Markup {
    let to = |month: Month, icon| {
        Button::link(fmt::month(reader, month), format!("/months/{month}/tie-out")).outline().icon_only(icon)
    };
    html! { (to(month.previous(), Icon::ChevronLeft)) (to(month.next(), Icon::ChevronRight)) }
}

impl TieOutPage {
    /// The month locked.
    pub fn locked_sample() -> TieOutPage {
        sample::locked()
    }

    fn verdict(&self, reader: &Reader) -> Markup {
        match self.books.ties {
            true => alert::alert(Kind::Good, &reader.say("ledger-ties"), html! {}),
            false => {
                let note = html! { p { (reader.say("ledger-differs-note")) } };
                alert::alert(Kind::Warn, &reader.say("ledger-differs"), note)
            }
        }
    }

    fn buildings(&self, reader: &Reader) -> Markup {
        let books = &self.books;
        if books.buildings.is_empty() {
            return empty(Icon::Inbox, &reader.say("ledger-nothing"), &reader.say("ledger-nothing-note"), html! {});
        }
        let columns = [
            Column::text("building", reader.say("building")).title(),
            Column::number("opening", reader.say("ledger-opening")),
            Column::number("charges", reader.say("ledger-charges")),
            Column::number("penalties", reader.say("ledger-penalties")),
            Column::number("credits", reader.say("ledger-credits")),
            Column::number("payments", reader.say("ledger-payments")),
            Column::number("closing", reader.say("ledger-closing")).corner(),
            Column::number("aging", reader.say("ledger-aging")).desk_only(),
            Column::number("statements", reader.say("ledger-statements")).desk_only(),
            Column::number("difference", reader.say("ledger-difference")),
        ];
        let rows: Vec<Row> = books
            .buildings
            .iter()
            .map(|building| {
                let mut cells = vec![html! { (building.property_name) }];
                cells.extend(amounts(&building.figures));
                Row { opens: Opens::Nothing, cells }
            })
            .collect();
        let mut totals = vec![html! { (reader.say("total")) }];
        totals.extend(amounts(&books.total));
        let caption = reader.say("ledger-receivables");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.render(reader)
    }

    fn checks(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("what", reader.say("ledger-what")).title(),
            Column::number("ledger", reader.say("ledger-by-ledger")),
            Column::number("other", reader.say("ledger-elsewhere")),
            Column::number("difference", reader.say("ledger-difference")).corner(),
        ];
        let row = |check: &TieOutCheck| Row {
            opens: Opens::Nothing,
            cells: vec![
                html! { (reader.term("tie-out-what", check.what.as_str())) },
                fmt::money(check.ledger),
                fmt::money(check.other),
                fmt::money(check.difference),
            ],
        };
        let rows: Vec<Row> = self.books.checks.iter().map(row).collect();
        let caption = reader.say("ledger-checks");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    /// The director locks a month that ties, and opens the last one that is locked.
    fn lock(&self, reader: &Reader) -> Markup {
        let (books, form) = (&self.books, &self.form);
        let month = books.month;
        if !reader.may(Action::LockMonth) {
            return html! {};
        }
        if books.lock.last_locked == Some(month) {
            return html! {
                details class="box undo" open[!form.is_clean()] {
                    summary { (reader.say("ledger-unlock")) }
                    (form::post(&format!("/months/{month}/unlock"), html! {
                        p class="hint" { (reader.say("ledger-unlock-note")) }
                        (form.summary(reader))
                        (form.once())
                        (form.field("reason", reader.say("reason")).lines(2).required().max_chars(500))
                        div class="form-foot" { (Button::submit(reader.say("ledger-unlock")).danger().icon(Icon::Lock)) }
                    }))
                }
            };
        }
        if books.lock.is_locked {
            return html! {};
        }
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("ledger-lock")) }
                (form::post(&format!("/months/{month}/lock"), html! {
                    p class="hint" { (reader.say("ledger-lock-note")) }
                    (form.summary(reader))
                    (form.once())
                    @if books.ties {
                        div class="form-foot" { (Button::submit(reader.say("ledger-lock")).primary().icon(Icon::Lock)) }
                    }
                }))
            }
        }
    }

    fn history(&self, reader: &Reader) -> Markup {
        let history = &self.books.lock.history;
        html! {
            @if !history.is_empty() {
                section class="box" {
                    h2 class="box-title" { (reader.say("ledger-lock-history")) }
                    @for entry in history {
                        p {
                            (reader.say("ledger-lock-made")) ": " (fmt::moment(entry.locked_at))
                            @if let Some(name) = &entry.locked_by { " · " (name) }
                        }
                        @if let Some(at) = entry.unlocked_at {
                            p {
                                (reader.say("ledger-lock-opened")) ": " (fmt::moment(at))
                                @if let Some(name) = &entry.unlocked_by { " · " (name) }
                                @if let Some(reason) = &entry.reason { " · " (reason) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The figures in the order of the columns; of the differences the one that is furthest off.
fn amounts(figures: &TieOutFigures) -> [Markup; 9] {
    let differences = [figures.rolled_difference, figures.aging_difference, figures.statements_difference];
    let difference = differences.into_iter().max_by_key(|off| off.mungo().unsigned_abs()).unwrap_or_default();
    [
        figures.opening,
        figures.charges,
        figures.penalties,
        figures.credits,
        figures.payments,
        figures.closing,
        figures.aging,
        figures.statements,
        difference,
    ]
    .map(fmt::money)
}
