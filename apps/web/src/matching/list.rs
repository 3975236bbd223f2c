//! The lines of a state, the line left and its best bill right; one by one with Enter, or as a grid.

use domain::{bank::LineState, rights::Action};
use maud::{Markup, html};
use wire::matching::{MatchingLine, MatchingTotal};

use super::{HERE, sentence};
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        button::Button,
        empty::empty,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager,
        tabs::{Tab, tabs},
    },
};

/// A page of lines of one state.
#[derive(Debug, Clone)]
pub struct MatchingPage {
    pub state: LineState,
    pub lines: Vec<MatchingLine>,
    pub next: Option<String>,
    pub totals: Vec<MatchingTotal>,
    pub is_grid: bool,
}

impl Page for MatchingPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-matching");
        let may = reader.may(Action::RecordPayments);
        let actions = html! {
            @if may {
                @if self.state == LineState::Probable && !self.lines.is_empty() {
                    @let (label, href) = if self.is_grid { ("matching-one-by-one", "/matching?state=probable") }
                        else { ("matching-grid", "/matching?state=probable&grid=1") };
                    (Button::link(reader.say(label), href).outline())
                }
                form method="post" action="/matching/runs" {
                    (Form::default().once())
                    (Button::submit(reader.say("matching-run")).icon(Icon::Refresh).primary())
                }
            }
        };
        let main = html! {
            (head(&[(&reader.say("menu-payments"), "/payments")], &title, html! {}, actions))
            (self.states(reader))
            @if self.lines.is_empty() {
                (empty(Icon::Inbox, &reader.say("matching-empty"), &reader.say("matching-empty-note"), html! {}))
            } @else if self.is_grid && may {
                (self.grid(reader))
            } @else {
                (self.one_by_one(reader, may))
            }
            (pager::pager(reader, self.lines.len(), self.next.as_deref()))
        };
        frame::desk(reader, Place::Payments, &title, main, html! {})
    }

    fn sample() -> MatchingPage {
        MatchingPage::probable_sample()
    }
}

impl MatchingPage {
    /// The states with how many lines each has and their sum.
    fn states(&self, reader: &Reader) -> Markup {
        let tab = |state: &LineState| {
            let total = self.totals.iter().find(|total| total.state == *state);
            let count = total.filter(|total| total.count > 0).map(|total| {
                format!("{} · {}", fmt::count(total.count.unsigned_abs()), fmt::compact(reader, total.amount))
            });
            Tab {
                label: reader.say(&format!("matching-tab-{}", state.as_str())).into_owned(),
                href: format!("{HERE}?state={}", state.as_str()),
                count,
                is_current: *state == self.state,
            }
        };
        let order = [LineState::Unknown, LineState::Probable, LineState::Linked, LineState::Ignored];
        tabs(&reader.say("menu-matching"), &order.iter().map(tab).collect::<Vec<_>>())
    }

    fn one_by_one(&self, reader: &Reader, may: bool) -> Markup {
        let can_accept = |line: &MatchingLine| may && line.state == LineState::Probable && !line.candidates.is_empty();
        let first = self.lines.iter().position(can_accept);
        html! {
            @if first.is_some() { p class="hint" { (reader.say("matching-keys")) } }
            div class="rows" role="region" aria-label=(reader.say("menu-matching")) tabindex="0" {
                table class="table" data-rows {
                    caption class="sr-only" { (reader.say("menu-matching")) }
                    thead { tr {
                        th scope="col" { (reader.say("matching-line")) }
                        th scope="col" class="number" { (reader.say("amount")) }
                        th scope="col" { (reader.say("matching-best")) }
                        th scope="col" { span class="sr-only" { (reader.say("matching-accept")) } }
                    } }
                    tbody {
                        @for (place, line) in self.lines.iter().enumerate() {
                            tr {
                                td data-place="title" { div class="bank-line" { (of_line(line)) } }
                                td class="number" data-place="corner" data-label=(reader.say("amount")) { (fmt::money(line.amount)) }
                                td data-place="line" data-label=(reader.say("matching-best")) { div { (right(reader, line)) } }
                                td data-place="line" data-empty[!can_accept(line)] {
                                    @if can_accept(line) { (accept(reader, line, first == Some(place))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn grid(&self, reader: &Reader) -> Markup {
        form::post(
            "/matching/grid",
            html! {
                (Form::default().once())
                p class="hint" { (reader.say("matching-grid-note")) }
                div class="rows" role="region" aria-label=(reader.say("menu-matching")) tabindex="0" {
                    table class="table" {
                        caption class="sr-only" { (reader.say("menu-matching")) }
                        thead { tr {
                            th scope="col" { (reader.say("matching-line")) }
                            th scope="col" class="number" { (reader.say("amount")) }
                            th scope="col" { (reader.say("matching-invoice-code")) }
                            th scope="col" { (reader.say("matching-reason")) }
                        } }
                        tbody {
                            @for (place, line) in self.lines.iter().enumerate() {
                                @let best = line.candidates.first();
                                @let list = format!("offered-{place}");
                                tr {
                                    td data-place="title" { div class="bank-line" { (of_line(line)) } }
                                    td class="number" data-place="corner" data-label=(reader.say("amount")) { (fmt::money(line.amount)) }
                                    td data-place="line" data-label=(reader.say("matching-invoice-code")) {
                                        input class="input" data-fill name=(format!("pick.{}", line.id)) list=(list) autocomplete="off"
                                            aria-label=(format!("{} {}", reader.say("matching-invoice-code"), place + 1))
                                            value=[best.map(|best| best.invoice_code.as_str())];
                                        datalist id=(list) {
                                            @for offer in &line.candidates {
                                                option value=(offer.invoice_code) {
                                                    (offer.tenant_name) " · " (fmt::money_text(offer.open)) " ₮"
                                                }
                                            }
                                        }
                                    }
                                    td data-place="line" data-label=(reader.say("matching-reason")) { (best.map(|best| sentence(reader, &best.reasons)).unwrap_or_default()) }
                                }
                            }
                        }
                    }
                }
                (Button::submit(reader.say("matching-grid-link")).primary())
            },
        )
    }
}

/// The line as the bank tells it; its page is behind its text.
fn of_line(line: &MatchingLine) -> Markup {
    let text = if line.description.is_empty() { "–" } else { &line.description };
    html! {
        a href=(format!("{HERE}/{}", line.id)) { (text) }
        div class="hint" {
            (fmt::moment(line.posted_at)) " · " (line.account_number)
            @if let Some(name) = &line.counter_name { " · " (name) }
        }
    }
}

/// The best bill with the reason in words, what was paid, or why there is neither.
fn right(reader: &Reader, line: &MatchingLine) -> Markup {
    if let Some(best) = line.candidates.first() {
        let note = [("open", fmt::money_text(best.open).into()), ("due", fmt::date_text(best.due_on).into())];
        return html! {
            a href=(format!("/invoices/{}", best.invoice_id)) { (best.invoice_code) }
            " " (best.tenant_name) " · " (best.units)
            div class="hint" { (reader.say_with("matching-candidate-note", &note)) }
            div { (sentence(reader, &best.reasons)) }
            @if line.candidates.len() > 1 {
                a class="hint" href=(format!("{HERE}/{}", line.id)) {
                    (reader.say("matching-others")) ": " (line.candidates.len() - 1)
                }
            }
        };
    }
    html! {
        @for payment in &line.payments {
            div {
                (payment.tenant_name)
                @for part in &payment.allocations {
                    " · " a href=(format!("/invoices/{}", part.invoice_id)) { (part.invoice_code.as_deref().unwrap_or("–")) }
                }
            }
        }
        div class="hint" { (sentence(reader, &line.reasons)) @if !line.note.is_empty() { " · " (line.note) } }
    }
}

/// Enter on it links the line; the page comes back with the next one under the finger.
fn accept(reader: &Reader, line: &MatchingLine, is_first: bool) -> Markup {
    let best = line.candidates.first().map(|best| best.invoice_id.to_string());
    html! {
        form method="post" action=(format!("{HERE}/{}/link", line.id)) {
            (Form::default().once())
            @if line.amount.is_positive() { input type="hidden" name="invoice" value=[best]; }
            input type="hidden" name="back" value="/matching?state=probable";
            button class="btn" type="submit" data-step autofocus[is_first] { (reader.say("matching-accept")) }
        }
    }
}
