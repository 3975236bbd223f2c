//! How bulk orders are laid out.

use domain::{
    Money,
    bulk::{BulkItemStatus, BulkVerb},
    rights::Action,
};
use maud::{Markup, html};
use wire::bulk::{BulkItemView, BulkOrderView, BulkRecipient};

use super::{BulkConfirm, BulkList, BulkPage};
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        empty::empty,
        facts::facts,
        form, frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager::pager,
        progress::progress,
        table::{Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

impl Page for BulkConfirm {
    fn render(&self, reader: &Reader) -> Markup {
        let verb = reader.term("bulk-verb", self.preview.verb.as_str());
        let title = reader.say_with("bulk-confirm-title", &[("verb", (&*verb).into())]);
        let main = html! {
            (head(&[(&reader.say("menu-invoices"), &self.back)], &title, html! { (reader.say("bulk-confirm-note")) }, html! {}))
            @if self.preview.verb == BulkVerb::Remind { (self.stages(reader)) }
            section class="box" { (self.figures(reader)) }
            @if self.preview.count == 0 {
                (alert::alert(Kind::Warn, &reader.say("conflict-bulk-nothing-to-do"), html! {
                    p { (Button::link(reader.say("back"), &self.back).outline()) }
                }))
            } @else {
                (self.order(reader))
                (recipients(reader, self.preview.verb, &self.preview.recipients, self.preview.count))
            }
        };
        frame::desk(reader, Place::Invoices, &title, main, html! {})
    }

    fn sample() -> BulkConfirm {
        BulkConfirm::remind_sample()
    }
}

impl BulkConfirm {
    /// Which reminder is sent; nothing that was typed is lost by choosing another, for nothing is typed here.
    fn stages(&self, reader: &Reader) -> Markup {
        if reader.param("verb").is_none() {
            return html! {};
        }
        let tab = |stage: Option<i16>| {
            let word = stage.map(|stage| stage.to_string()).unwrap_or_default();
            Tab {
                label: match stage {
                    Some(stage) => {
                        reader.say_with("desk-remind-stage", &[("stage", i64::from(stage).into())]).into_owned()
                    }
                    None => reader.say("desk-remind-by-days").into_owned(),
                },
                href: reader.link(&[("stage", &word)]),
                count: None,
                is_current: self.stage == stage,
            }
        };
        tabs(&reader.term("bulk-verb", BulkVerb::Remind.as_str()), &[None, Some(1), Some(2), Some(3)].map(tab))
    }

    fn figures(&self, reader: &Reader) -> Markup {
        let preview = &self.preview;
        let count =
            |count: i64| html! { span class="num" { (reader.say_with("bulk-count", &[("count", count.into())])) } };
        let left_out = html! {
            @for out in &preview.left_out { p { (out.sentence) ": " (count(out.count)) } }
        };
        let texts = preview.texts.map(|texts| {
            let facts = [
                ("parts", texts.parts.into()),
                ("price", fmt::money_text(texts.price).into()),
                ("cost", fmt::money_text(texts.cost).into()),
            ];
            html! { (reader.say_with("bulk-texts", &facts)) }
        });
        facts(&[
            (&reader.say("bulk-chosen"), count(preview.chosen)),
            (&reader.say("bulk-will-do"), html! { strong { (count(preview.count)) } }),
            (&reader.say("bulk-left-out"), left_out),
            (&reader.say("bulk-total"), fmt::tugrug(preview.total)),
            (&reader.say("balance"), fmt::tugrug(preview.balance)),
            (
                &reader.say("bulk-phones"),
                if preview.verb.sends() {
                    html! { (preview.phones) }
                } else {
                    html! {}
                },
            ),
            (&reader.say("bulk-cost"), texts.unwrap_or_default()),
        ])
    }

    fn order(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let filter = serde_json::to_string(&self.filter).expect("a filter is plain data");
        let count = self.preview.count;
        let label = reader.say_with("bulk-do-it", &[("count", count.into())]);
        html! {
            section class="box" {
                (form::post("/bulk", html! {
                    (form.summary(reader))
                    (form.once())
                    input type="hidden" name="verb" value=(self.preview.verb);
                    @if let Some(stage) = self.stage { input type="hidden" name="stage" value=(stage); }
                    input type="hidden" name="filter" value=(filter);
                    input type="hidden" name="count" value=(count);
                    input type="hidden" name="back" value=(self.back);
                    @if self.preview.verb == BulkVerb::Correct {
                        p class="hint" { (reader.say("bulk-correct-note")) }
                        (form.field("reason", reader.say("reason")).lines(2).required().max_chars(500))
                    }
                    div class="form-foot" {
                        (Button::submit(label).icon(icon(self.preview.verb)))
                        (Button::link(reader.say("back"), &self.back).ghost())
                    }
                }))
            }
        }
    }
}

fn icon(verb: BulkVerb) -> Icon {
    match verb {
        BulkVerb::Issue | BulkVerb::Send => Icon::Send,
        BulkVerb::Remind => Icon::Message,
        BulkVerb::Print => Icon::Printer,
        BulkVerb::Correct => Icon::Pencil,
    }
}

fn recipients(reader: &Reader, verb: BulkVerb, recipients: &[BulkRecipient], count: i64) -> Markup {
    let mut columns = vec![
        Column::text("code", reader.say("invoice-no")).title(),
        Column::text("tenant", reader.say("tenant")),
        Column::text("units", reader.say("space")),
        Column::number("amount", reader.say("amount")).corner(),
    ];
    if verb.sends() {
        columns.extend([Column::text("phone", reader.say("phone")), Column::number("parts", reader.say("bulk-parts"))]);
    }
    let rows: Vec<Row> = recipients
        .iter()
        .map(|one| {
            let mut cells = vec![
                code(reader, one.code.as_deref()),
                html! { (one.customer_name) },
                html! { (one.units) },
                fmt::money(one.amount),
            ];
            if verb.sends() {
                cells.push(html! { @if let Some(phone) = &one.phone { (fmt::phone(phone)) } });
                cells.push(html! { @if let Some(parts) = one.parts { (parts) } });
            }
            Row { opens: Opens::Page(format!("/invoices/{}", one.invoice_id)), cells }
        })
        .collect();
    let caption = reader.say(if verb.sends() { "bulk-recipients" } else { "menu-invoices" });
    let more = count - i64::try_from(recipients.len()).unwrap_or(count);
    html! {
        section class="box" {
            h2 class="box-title" { (caption) }
            (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            @if more > 0 { p class="hint" { (reader.say_with("bulk-and-more", &[("count", more.into())])) } }
        }
    }
}

fn code(reader: &Reader, code: Option<&str>) -> Markup {
    html! { @match code { Some(code) => (code), None => (reader.say("no-number")) } }
}

impl Page for BulkPage {
    fn render(&self, reader: &Reader) -> Markup {
        let order = &self.order;
        let title = reader.term("bulk-verb", order.verb.as_str());
        let note = html! {
            (fmt::moment(order.created_at)) @if let Some(by) = &order.made_by { " · " (by) }
            @if !order.reason.is_empty() { " · " (order.reason) }
        };
        let crumbs = [(&*reader.say("menu-invoices"), "/invoices"), (&*reader.say("bulk-orders"), "/bulk")];
        let main = html! {
            (head(&crumbs, &title, note, self.actions(reader)))
            section class="box" { (self.far(reader)) }
            (tabs(&reader.say("status"), &self.tabs(reader)))
            (self.table(reader))
            (pager(reader, self.items.len(), self.next.as_deref()))
        };
        frame::desk(reader, Place::Invoices, &title, main, html! {})
    }

    fn sample() -> BulkPage {
        BulkPage::running_sample()
    }
}

impl BulkPage {
    fn actions(&self, reader: &Reader) -> Markup {
        let order = &self.order;
        html! {
            @if order.verb == BulkVerb::Print && order.done > 0 && reader.may(Action::EditInvoices) {
                (Button::link(reader.say("bulk-paper-open"), format!("/bulk/{}/paper", order.id)).primary().icon(Icon::Download))
            }
            @if order.failed > 0 && order.waiting == 0 && reader.may(Action::EditInvoices) {
                (form::post(&format!("/bulk/{}/retry", order.id), html! {
                    (form::Form::default().once())
                    (Button::submit(reader.say_with("bulk-retry", &[("count", order.failed.into())])).icon(Icon::Refresh))
                }))
            }
        }
    }

    fn far(&self, reader: &Reader) -> Markup {
        let order = &self.order;
        let (ended, count) = ((order.done + order.failed).unsigned_abs(), order.count.unsigned_abs());
        let label = reader.say(match (order.waiting, order.failed) {
            (0, 0) => "bulk-all-done",
            (0, _) => "bulk-some-failed",
            _ => "bulk-under-way",
        });
        html! {
            div role="status" { (progress(reader, "bulk-progress", &label, ended, count, None)) }
            (facts(&[
                (&reader.term("bulk-item-status", "done"), html! { (order.done) }),
                (&reader.term("bulk-item-status", "failed"), html! { (order.failed) }),
                (&reader.term("bulk-item-status", "waiting"), html! { (order.waiting) }),
                (&reader.say("bulk-total"), fmt::tugrug(order.total)),
                (&reader.say("bulk-parts"), if order.parts > 0 { html! { (order.parts) } } else { html! {} }),
            ]))
        }
    }

    fn tabs(&self, reader: &Reader) -> Vec<Tab> {
        let order = &self.order;
        let all = (None, order.count);
        let each = [
            (Some(BulkItemStatus::Failed), order.failed),
            (Some(BulkItemStatus::Waiting), order.waiting),
            (Some(BulkItemStatus::Done), order.done),
        ];
        let shown = std::iter::once(all).chain(each);
        shown
            .map(|(status, count)| Tab {
                label: match status {
                    None => reader.say("bulk-all").into_owned(),
                    Some(status) => reader.term("bulk-item-status", status.as_str()).into_owned(),
                },
                href: reader.link(&[("status", status.map_or("", BulkItemStatus::as_str)), ("cursor", "")]),
                count: Some(count.to_string()),
                is_current: self.status == status,
            })
            .collect()
    }

    fn table(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("code", reader.say("invoice-no")).title(),
            Column::text("status", reader.say("status")).corner(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("units", reader.say("space")),
            Column::text("phone", reader.say("phone")).desk_only(),
            Column::number("amount", reader.say("amount")),
            Column::text("why", reader.say("bulk-result")),
        ];
        let rows: Vec<Row> = self.items.iter().map(|item| self.row(reader, item)).collect();
        let caption = reader.say("menu-invoices");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn row(&self, reader: &Reader, item: &BulkItemView) -> Row {
        Row {
            opens: Opens::Page(format!("/invoices/{}", item.invoice_id)),
            cells: vec![
                code(reader, item.code.as_deref()),
                html! { (status(reader, item.status)) },
                html! { (item.customer_name) },
                html! { (item.units) },
                html! { @if let Some(phone) = &item.phone { (fmt::phone(phone)) } },
                fmt::money(item.total),
                html! {
                    @if let Some(sentence) = &item.sentence { (sentence) }
                    @if let (Some(id), Some(code)) = (item.result_id, &item.result_code) {
                        a href=(format!("/invoices/{id}")) { (code) }
                    }
                },
            ],
        }
    }
}

fn status(reader: &Reader, status: BulkItemStatus) -> Badge {
    let tone = match status {
        BulkItemStatus::Waiting => Tone::Sky,
        BulkItemStatus::Done => Tone::Good,
        BulkItemStatus::Failed => Tone::Bad,
    };
    Badge::new(tone, reader.term("bulk-item-status", status.as_str()))
}

impl Page for BulkList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("bulk-orders");
        let main = html! {
            (head(&[(&reader.say("menu-invoices"), "/invoices")], &title, html! { (reader.say("bulk-orders-note")) }, html! {}))
            @if self.orders.is_empty() {
                (empty(Icon::Invoice, &reader.say("bulk-none"), &reader.say("bulk-none-note"), html! {}))
            } @else { (self.table(reader)) }
            (pager(reader, self.orders.len(), self.next.as_deref()))
        };
        frame::desk(reader, Place::Invoices, &title, main, html! {})
    }

    fn sample() -> BulkList {
        BulkList::some_sample()
    }
}

impl BulkList {
    fn table(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("verb", reader.say("bulk-what")).title(),
            Column::text("at", reader.say("bulk-at")),
            Column::text("by", reader.say("bulk-by")),
            Column::number("count", reader.say("bulk-chosen")),
            Column::number("done", reader.term("bulk-item-status", "done")),
            Column::number("failed", reader.term("bulk-item-status", "failed")),
            Column::number("total", reader.say("bulk-total")).corner(),
        ];
        let number = |count: i64| {
            if count == 0 {
                html! { "–" }
            } else {
                html! { (count) }
            }
        };
        let row = |order: &BulkOrderView| Row {
            opens: Opens::Page(format!("/bulk/{}", order.id)),
            cells: vec![
                html! { (reader.term("bulk-verb", order.verb.as_str())) },
                fmt::moment(order.created_at),
                html! { (order.made_by.as_deref().unwrap_or_default()) },
                number(order.count),
                number(order.done),
                number(order.failed),
                fmt::money(order.total),
            ],
        };
        let rows: Vec<Row> = self.orders.iter().map(row).collect();
        let caption = reader.say("bulk-orders");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }
}

/// What can be done to the chosen invoices of the list, below it: pressing a button looks at it first.
pub(crate) fn bar(reader: &Reader, count: i64, total: Money) -> Markup {
    let verbs = [BulkVerb::Issue, BulkVerb::Send, BulkVerb::Remind, BulkVerb::Print, BulkVerb::Correct];
    html! {
        section class="box" aria-label=(reader.say("bulk-bar")) data-picking {
            // Counted as one ticks; without a script the confirmation counts.
            p hidden data-picked aria-live="polite" {
                (reader.say("desk-picked")) " " strong class="num" data-picked-count { "0" } " · "
                strong class="num" data-picked-sum { "0" } " ₮ "
                label class="tick" { input class="input" type="checkbox" data-pick-page; " " (reader.say("desk-pick-page")) }
            }
            p {
                label class="tick" {
                    input class="input" type="checkbox" name="whole" value="yes" data-pick-whole=(count) data-sum=(total.mungo()); " "
                    (reader.say_with("bulk-whole", &[("count", count.into()), ("total", fmt::money_text(total).into())]))
                }
            }
            div class="form-foot" {
                @for verb in verbs {
                    (Button::submit(reader.term("bulk-verb", verb.as_str())).outline().small().value("verb", verb.as_str()).icon(icon(verb)))
                }
                (Button::submit(reader.say("bulk-export")).ghost().small().value("verb", "export").icon(Icon::Download))
                (Button::link(reader.say("bulk-orders"), "/bulk").ghost().small())
            }
        }
    }
}
