//! How the preview of a month is laid out.

use domain::{Money, Month, rights::Action};
use maud::{Markup, html};
use wire::months::{PreviewKind, PreviewLine, PreviewTally};

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

impl Page for MonthPage {
    fn render(&self, reader: &Reader) -> Markup {
        let month = self.preview.month;
        let name = fmt::month(reader, month);
        let title = reader.say_with("run-preview-title", &[("month", name.clone().into())]);
        let crumb = format!("/months/{month}");
        let main = html! {
            (head(&[(&name, &crumb)], &title, html! { (reader.say("month-note")) }, arrows(reader, month)))
            @if self.preview.totals.billed > 0 { (self.billed(reader)) }
            (Filter::new(reader).day("issueOn", &reader.say("month-issue-on"), Some(self.preview.issue_on)).keep("what"))
            (table::region(html! {
                (self.run_box(reader))
                (crate::contracts::rises_of_month(reader, month, &self.preview.increases))
                (tabs(&reader.say("month-kinds"), &self.chips(reader)))
                (self.table(reader))
            }))
        };
        frame::desk(reader, Place::Month, &title, main, html! {})
    }

    fn sample() -> MonthPage {
        MonthPage::fresh_sample()
    }
}

fn arrows(reader: &Reader, month: Month) -> Markup {
    let to = |month: Month, icon| {
        Button::link(fmt::month(reader, month), format!("/months/{month}/preview")).outline().icon_only(icon)
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
        let bills = totals.to_bill + preview.utilities.to_bill;
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
                        (reader.say_with("month-bills", &[("count", totals.to_bill.into())])) ", " (fmt::tugrug(totals.to_bill_amount))
                    }),
                    (&reader.say("run-utilities"), self.utilities(reader)),
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

    /// What the month's readings come to, with those that give no bill yet.
    fn utilities(&self, reader: &Reader) -> Markup {
        let utilities = &self.preview.utilities;
        html! {
            (reader.say_with("month-bills", &[("count", utilities.to_bill.into())])) ", " (fmt::tugrug(utilities.amount))
            @if utilities.parked > 0 {
                "; " (reader.say_with("run-utilities-parked", &[("count", utilities.parked.into())]))
            }
        }
    }

    fn run_form(&self, reader: &Reader, bills: i64) -> Markup {
        let preview = &self.preview;
        let sms = reader.say_with("month-sms", &[("count", bills.into())]);
        let action = format!("/months/{}/preview", preview.month);
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

    /// One chip a kind, each with its count; «all» and whatever differs first.
    fn chips(&self, reader: &Reader) -> Vec<Tab> {
        let chosen = reader.param("what");
        let kinds = &self.preview.totals.kinds;
        let count = |of: fn(PreviewKind) -> bool| {
            let found = kinds.iter().filter(|tally| of(tally.what)).map(|tally| tally.contracts);
            Some(found.sum::<i64>().to_string())
        };
        let all = Tab {
            label: reader.say("all").into_owned(),
            href: reader.link(&[("what", ""), ("cursor", "")]),
            count: count(|_| true),
            is_current: chosen.is_none(),
        };
        let differing = Tab {
            label: reader.say("run-differing").into_owned(),
            href: reader.link(&[("what", "differing"), ("cursor", "")]),
            count: count(|what| what != PreviewKind::Same),
            is_current: chosen.as_deref() == Some("differing"),
        };
        let each = kinds.iter().map(|tally| Tab {
            label: reader.term("preview-kind", tally.what.as_str()).into_owned(),
            href: reader.link(&[("what", tally.what.as_str()), ("cursor", "")]),
            count: Some(tally.contracts.to_string()),
            is_current: chosen.as_deref() == Some(tally.what.as_str()),
        });
        [all, differing].into_iter().chain(each).collect()
    }

    /// What the chosen chip comes to, whatever page of it is shown: contracts, last month, this one.
    fn chosen(&self, reader: &Reader) -> (i64, Option<Money>, Option<Money>) {
        let chosen = reader.param("what");
        let is_chosen = |what: PreviewKind| match chosen.as_deref() {
            None => true,
            Some("differing") => what != PreviewKind::Same,
            Some(word) => word == what.as_str(),
        };
        let tallies = || self.preview.totals.kinds.iter().filter(|tally| is_chosen(tally.what));
        let sum = |of: fn(&PreviewTally) -> Money| Money::sum(tallies().map(of)).ok();
        (tallies().map(|tally| tally.contracts).sum(), sum(|tally| tally.previous), sum(|tally| tally.amount))
    }

    fn table(&self, reader: &Reader) -> Markup {
        let lines = &self.preview.lines;
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
        let (contracts, previous, amount) = self.chosen(reader);
        let difference = previous.zip(amount).and_then(|(previous, amount)| amount.checked_sub(previous).ok());
        let sum = |sum: Option<Money>| sum.map(fmt::money).unwrap_or_default();
        let totals = [
            html! { (reader.say("total")) },
            html! {},
            html! {},
            html! { (contracts) },
            sum(previous),
            sum(amount),
            sum(difference),
            html! {},
            html! {},
        ];
        let caption = fmt::month(reader, self.preview.month);
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.paged_with_export(
            reader,
            self.preview.next_cursor.as_deref(),
            &format!("/months/{}/preview/export", self.preview.month),
        )
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
            html! {
                @if !line.reasons.is_empty() { span class="reasons" { (line.reasons.join("; ")) } }
                @if line.what == PreviewKind::Parked {
                    " " a class="row-also" href=(format!("/contracts/{}", line.contract_id)) { (reader.say("run-mend")) }
                }
            },
        ],
    }
}

fn badge(reader: &Reader, what: PreviewKind) -> Badge {
    let tone = match what {
        PreviewKind::New => Tone::Good,
        PreviewKind::Changed => Tone::Warn,
        PreviewKind::Ended | PreviewKind::Same => Tone::Faint,
        PreviewKind::Parked => Tone::Bad,
    };
    Badge::new(tone, reader.term("preview-kind", what.as_str()))
}
