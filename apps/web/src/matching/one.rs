//! One line: every bill that is offered, linking by hand, laying aside, undoing with what goes with it.

use domain::{bank::LineState, rights::Action};
use maud::{Markup, html};
use wire::matching::{MatchingLine, MatchingUndoing};

use super::{HERE, sentence};
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        button::Button,
        facts::facts,
        form::{self, Form},
        frame,
        head::head,
        menu::Place,
    },
};

/// A line, whole.
#[derive(Debug, Clone)]
pub struct MatchingLinePage {
    pub line: MatchingLine,
    /// What undoing would take back, when it is linked.
    pub undoing: Option<MatchingUndoing>,
    pub form: Form,
}

impl Page for MatchingLinePage {
    fn render(&self, reader: &Reader) -> Markup {
        let line = &self.line;
        let title = format!("{} ₮", fmt::money_text(line.amount));
        let state = reader.say(&format!("matching-tab-{}", line.state.as_str()));
        let note = html! { (state) " · " (fmt::moment(line.posted_at)) " · " (line.description) };
        let list = format!("{HERE}?state={}", line.state.as_str());
        let main = html! {
            (head(&[(&reader.say("menu-matching"), &list)], &title, note, html! {}))
            (self.form.summary(reader))
            div class="beside" {
                div class="stack" {
                    @if !line.candidates.is_empty() { (self.candidates(reader)) }
                    @if !line.payments.is_empty() { (self.payments(reader)) }
                    @if self.may_link(reader) { (self.by_hand(reader)) }
                }
                div class="stack" {
                    section class="box" { h2 class="box-title" { (reader.say("matching-line")) } (self.about(reader)) }
                    @if self.may_link(reader) { (self.ignoring(reader)) }
                    @if line.state == LineState::Ignored && reader.may(Action::RecordPayments) {
                        (form::post(&format!("{HERE}/{}/regarded", line.id), html! {
                            (Button::submit(reader.say("matching-regard")).outline())
                        }))
                    }
                    @if let Some(undoing) = self.undoing.as_ref().filter(|_| reader.may(Action::RecordPayments)) {
                        (self.undo(reader, undoing))
                    }
                }
            }
        };
        frame::desk(reader, Place::Payments, &title, main, html! {})
    }

    fn sample() -> MatchingLinePage {
        MatchingLinePage::linked_sample()
    }
}

impl MatchingLinePage {
    fn may_link(&self, reader: &Reader) -> bool {
        matches!(self.line.state, LineState::Unknown | LineState::Probable)
            && self.line.amount.is_positive()
            && reader.may(Action::RecordPayments)
    }

    fn about(&self, reader: &Reader) -> Markup {
        let line = &self.line;
        facts(&[
            (&reader.say("amount"), fmt::tugrug(line.amount)),
            (
                &reader.say("matching-payer"),
                html! {
                    (line.counter_name.as_deref().unwrap_or_default()) " " (line.counter_account.as_deref().unwrap_or_default())
                },
            ),
            (&reader.say("matching-reason"), html! { (sentence(reader, &line.reasons)) }),
            (&reader.say("note"), html! { (line.note) }),
        ])
    }

    fn candidates(&self, reader: &Reader) -> Markup {
        let may = reader.may(Action::RecordPayments);
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("matching-best")) }
                @for offer in &self.line.candidates {
                    @let note = [("open", fmt::money_text(offer.open).into()), ("due", fmt::date_text(offer.due_on).into())];
                    div class="stack" {
                        p {
                            a href=(format!("/invoices/{}", offer.invoice_id)) { (offer.invoice_code) }
                            " " (offer.tenant_name) " · " (offer.contract_code) " · " (offer.units) br;
                            span class="hint" { (reader.say_with("matching-candidate-note", &note)) } br;
                            (sentence(reader, &offer.reasons))
                        }
                        @if may {
                            (form::post(&format!("{HERE}/{}/link", self.line.id), html! {
                                (Form::default().once())
                                @if self.line.amount.is_positive() {
                                    input type="hidden" name="invoice" value=(offer.invoice_id);
                                }
                                (Button::submit(reader.say("matching-accept")).outline().small())
                            }))
                        }
                    }
                }
            }
        }
    }

    fn payments(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("matching-tab-linked")) }
                @for payment in &self.line.payments {
                    p {
                        a href=(format!("/payments/{}", payment.payment_id)) { (payment.tenant_name) }
                        " " (fmt::tugrug(payment.amount))
                        @for part in &payment.allocations {
                            br; a href=(format!("/invoices/{}", part.invoice_id)) { (part.invoice_code.as_deref().unwrap_or("–")) }
                            " " (fmt::tugrug(part.amount))
                        }
                        @if payment.credit.is_positive() {
                            br; (reader.say("matching-credit")) " " (fmt::tugrug(payment.credit))
                        }
                    }
                }
            }
        }
    }

    fn by_hand(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("matching-link-by-hand")) }
                (form::post(&format!("{HERE}/{}/link", self.line.id), html! {
                    (self.form.once())
                    (self.form.field("parts", reader.say("matching-choose")).lines(3).hint(reader.say("matching-parts-note")))
                    (self.form.field("writeOff", reader.say("matching-write-off")).check())
                    (Button::submit(reader.say("matching-link-by-hand")).primary())
                }))
            }
        }
    }

    fn ignoring(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("matching-ignore")) }
                (form::post(&format!("{HERE}/{}/ignored", self.line.id), html! {
                    (self.form.field("reason", reader.say("matching-why")).required())
                    (Button::submit(reader.say("matching-ignore")).outline())
                }))
            }
        }
    }

    /// What goes with it stands above the button.
    fn undo(&self, reader: &Reader, undoing: &MatchingUndoing) -> Markup {
        let count = |key: &str, count: i64| reader.say_with(key, &[("count", count.into())]);
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("matching-undo")) }
                @if let Some(month) = undoing.locked_month {
                    p { (reader.say_with("matching-undo-locked", &[("month", month.to_string().into())])) }
                } @else {
                    p { (reader.say("matching-undo-asks")) }
                    ul {
                        @for part in &undoing.reopened {
                            li { (reader.say_with("matching-undo-bill", &[
                                ("code", part.invoice_code.as_deref().unwrap_or("–").into()),
                                ("amount", fmt::money_text(part.amount).into()),
                            ])) }
                        }
                        @if undoing.receipts > 0 { li { (count("matching-undo-receipts", undoing.receipts)) } }
                        @if undoing.senders > 0 { li { (count("matching-undo-senders", undoing.senders)) } }
                    }
                    (form::post(&format!("{HERE}/{}/undoing", self.line.id), html! {
                        (self.form.once())
                        (self.form.field("reason", reader.say("matching-why")).required())
                        (Button::submit(reader.say("matching-undo")).danger())
                    }))
                }
            }
        }
    }
}
