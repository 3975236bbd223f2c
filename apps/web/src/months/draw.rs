//! How a month is laid out.

use domain::{Money, Month, rights::Action};
use maud::{Markup, html};
use wire::months::{PreviewKind, PreviewLine};

use super::MonthPage;
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
        filter::Filter,
        form, frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{self, Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

/// The chips of the preview with the words of their kind, the noisiest first.
const KINDS: [(PreviewKind, &str); 5] = [
    (PreviewKind::Changed, "changed"),
    (PreviewKind::New, "new"),
    (PreviewKind::Ended, "ended"),
    (PreviewKind::Parked, "parked"),
    (PreviewKind::Same, "same"),
];

impl Page for MonthPage {
    fn render(&self, reader: &Reader) -> Markup {
        let month = self.preview.month;
        let name = fmt::month(reader, month);
        let main = html! {
            (head(&[], &name, html! { (reader.say("month-note")) }, arrows(reader, month)))
            @if self.preview.totals.billed > 0 { (self.billed(reader)) }
            (Filter::new(reader).day("issueOn", &reader.say("month-issue-on"), Some(self.preview.issue_on)).keep("what"))
            (table::region(html! {
                (self.run_box(reader))
                (crate::contracts::rises_of_month(reader, &self.preview.increases))
                (tabs(&reader.say("month-kinds"), &self.chips(reader)))
                (self.table(reader))
            }))
        };
        frame::desk(reader, Place::Month, &name, main, html! {})
    }

    fn sample() -> MonthPage {
        MonthPage::fresh_sample()
    }
}

fn arrows(reader: &Reader, month: Month) -> Markup {
    let to = |month: Month, icon| {
        Button::link(fmt::month(reader, month), format!("/months/{month}")).outline().icon_only(icon)
    };
    html! { (to(month.previous(), Icon::ChevronLeft)) (to(month.next(), Icon::ChevronRight)) }
}

impl MonthPage {
    /// What was billed before stands there with the way to it.
    fn billed(&self, reader: &Reader) -> Markup {
        let (month, count) = (self.preview.month, self.preview.totals.billed);
        let heading = reader.say_with("month-billed", &[("count", count.into())]);
        let more = html! {
            p { a href=(format!("/invoices?period={month}&billed=true")) { (reader.say("month-see-bills")) } }
        };
        alert::alert(Kind::Good, &heading, more)
    }

    fn run_box(&self, reader: &Reader) -> Markup {
        let (preview, totals) = (&self.preview, &self.preview.totals);
        let bills = self.to_bill().count();
        let total = Money::sum(self.to_bill().map(|line| line.amount)).ok();
        let difference = fmt::percent(totals.difference, totals.previous);
        html! {
            section class="box month-run" {
                (facts(&[
                    (&reader.say("month-previous"), fmt::tugrug(totals.previous)),
                    (&reader.say("month-amount"), fmt::tugrug(totals.amount)),
                    (&reader.say("month-difference"), html! {
                        (fmt::tugrug(totals.difference)) @if let Some(percent) = &difference { " (" (percent) ")" }
                    }),
                    (&reader.say("month-to-bill"), html! {
                        (reader.say_with("month-bills", &[("count", i64::try_from(bills).unwrap_or(i64::MAX).into())]))
                        @if let Some(total) = total { ", " (fmt::tugrug(total)) }
                    }),
                    (&reader.say("month-issue-on"), fmt::date(preview.issue_on)),
                ]))
                @if bills == 0 {
                    (self.form.summary(reader))
                    p class="hint" { (reader.say("month-nothing-to-bill")) }
                } @else if reader.may(Action::RunMonth) {
                    (self.run_form(reader, bills))
                }
            }
        }
    }

    fn run_form(&self, reader: &Reader, bills: usize) -> Markup {
        let preview = &self.preview;
        let recipients = i64::try_from(bills).unwrap_or(i64::MAX);
        let sms = reader.say_with("month-sms", &[("count", recipients.into())]);
        let action = format!("/months/{}", preview.month);
        form::post(
            &action,
            html! {
                (self.form.summary(reader))
                (self.form.once())
                input type="hidden" name="issueOn" value=(preview.issue_on);
                @if preview.stopped {
                    (alert::alert(Kind::Warn, &reader.say("month-stopped"), html! { p { (reader.say("month-stopped-note")) } }))
                    (self.form.field("accept", reader.say("month-accept")).check())
                }
                p { (Icon::Message) " " (sms) }
                (self.form.field("quiet", reader.say("month-quiet")).check())
                div class="form-foot" {
                    (Button::submit(reader.say("month-run")).icon(Icon::Play))
                }
            },
        )
    }

    /// One chip a kind, each with its count; «all» first.
    fn chips(&self, reader: &Reader) -> Vec<Tab> {
        let chosen = reader.param("what");
        let totals = &self.preview.totals;
        let here = reader.link(&[("what", "")]);
        let all = Tab {
            label: reader.say("all").into_owned(),
            href: here,
            count: Some(self.preview.lines.len().to_string()),
            is_current: chosen.is_none(),
        };
        let counts = KINDS.into_iter().map(|(kind, word)| {
            let count = match kind {
                PreviewKind::New => totals.new,
                PreviewKind::Changed => totals.changed,
                PreviewKind::Ended => totals.ended,
                PreviewKind::Same => totals.same,
                PreviewKind::Parked => totals.parked,
            };
            Tab {
                label: reader.term("preview-kind", word).into_owned(),
                href: reader.link(&[("what", word)]),
                count: Some(count.to_string()),
                is_current: chosen.as_deref() == Some(word),
            }
        });
        std::iter::once(all).chain(counts).collect()
    }

    fn table(&self, reader: &Reader) -> Markup {
        let chosen = reader.param("what");
        let kind = KINDS.into_iter().find(|(_, word)| chosen.as_deref() == Some(word)).map(|(kind, _)| kind);
        let lines: Vec<&PreviewLine> =
            self.preview.lines.iter().filter(|line| kind.is_none_or(|kind| line.what == kind)).collect();
        if lines.is_empty() {
            return empty(Icon::Inbox, &reader.say("month-empty"), &reader.say("month-empty-note"), html! {});
        }
        let columns = [
            Column::text("contract", reader.say("contract")).title(),
            Column::text("tenant", reader.say("tenant")),
            Column::text("units", reader.say("space")),
            Column::text("what", reader.say("month-what")).corner(),
            Column::number("previous", reader.say("month-previous")),
            Column::number("amount", reader.say("month-amount")),
            Column::number("difference", reader.say("month-difference")),
            Column::text("due", reader.say("due-on")),
            Column::text("why", reader.say("month-why")),
        ];
        let rows: Vec<Row> = lines.iter().map(|line| row(reader, line)).collect();
        let sum = |of: fn(&PreviewLine) -> Money| {
            Money::sum(lines.iter().map(|line| of(line))).map(fmt::money).unwrap_or_default()
        };
        let totals = [
            html! { (reader.say("total")) },
            html! {},
            html! {},
            html! { (lines.len()) },
            sum(|line| line.previous),
            sum(|line| line.amount),
            sum(|line| line.difference),
            html! {},
            html! {},
        ];
        let caption = fmt::month(reader, self.preview.month);
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.render(reader)
    }
}

fn row(reader: &Reader, line: &PreviewLine) -> Row {
    Row {
        opens: Opens::Page(format!("/contracts/{}", line.contract_id)),
        cells: vec![
            html! { (line.contract_code) },
            html! { (line.tenant_name) },
            html! { (line.units) },
            html! {
                (badge(reader, line.what))
                @if let Some(invoice) = line.invoice_id {
                    " " a class="row-also" href=(format!("/invoices/{invoice}")) { (reader.say("month-has-bill")) }
                }
            },
            fmt::money(line.previous),
            fmt::money(line.amount),
            fmt::money(line.difference),
            line.due_on.map(fmt::date).unwrap_or_default(),
            html! { @if !line.reasons.is_empty() { span class="reasons" { (line.reasons.join("; ")) } } },
        ],
    }
}

fn badge(reader: &Reader, what: PreviewKind) -> Badge {
    let (tone, word) = match what {
        PreviewKind::New => (Tone::Good, "new"),
        PreviewKind::Changed => (Tone::Warn, "changed"),
        PreviewKind::Ended => (Tone::Faint, "ended"),
        PreviewKind::Same => (Tone::Faint, "same"),
        PreviewKind::Parked => (Tone::Bad, "parked"),
    };
    Badge::new(tone, reader.term("preview-kind", word))
}
