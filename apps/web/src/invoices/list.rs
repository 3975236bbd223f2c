//! The list of invoices: every column an accountant looks for, totals that follow the filter, one opened beside it.

use domain::{
    Money,
    invoice::{InvoiceKind, InvoiceStatus},
    rights::Action,
};
use jiff::civil::Date;
use maud::{Markup, html};
use wire::{
    invoices::{InvoiceRow, InvoiceTotals, InvoiceView},
    properties::PropertyView,
};

use super::{days_late, detail};
use crate::{
    bulk, fmt,
    page::Page,
    reader::Reader,
    ui::{
        badge,
        button::Button,
        empty::empty,
        field::terms_of,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

/// A page of invoices.
#[derive(Debug, Clone)]
pub struct InvoiceList {
    pub rows: Vec<InvoiceRow>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// What all filtered invoices add up to, not only those shown.
    pub totals: Option<InvoiceTotals>,
    pub buildings: Vec<PropertyView>,
    pub opened: Option<InvoiceView>,
    pub today: Date,
}

/// Columns that are there only where they tell rows apart.
struct Shown {
    building: bool,
    month: bool,
}

/// Views of the list that are asked for most; each is a parameter of the address with its value.
const VIEWS: [(&str, &str, &str); 5] = [
    ("invoices-all", "", ""),
    ("invoices-open", "open", "true"),
    ("invoices-overdue", "overdue", "true"),
    ("invoices-billed", "billed", "true"),
    ("invoices-drafts", "status", "draft"),
];

/// The filter as it goes along to what is done to all of the list.
const KEPT: [&str; 14] = [
    "q",
    "period",
    "status",
    "kind",
    "open",
    "overdue",
    "billed",
    "late",
    "sent",
    "min",
    "max",
    "contractId",
    "tenantId",
    "propertyId",
];

impl Page for InvoiceList {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-invoices");
        let actions = html! {
            @if reader.may(Action::EditInvoices) {
                (Button::link(reader.say("invoice-new"), "/invoices/new").primary().icon(Icon::Plus))
            }
        };
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (self.filter(reader))
            (table::region(html! { (tabs(&title, &views(reader))) (self.list(reader)) }))
        };
        let panel = self.opened.as_ref().map_or_else(panel::closed, |invoice| {
            let title = detail::title(reader, invoice);
            let body = detail::short(reader, invoice, self.today);
            panel::open(reader, &title, &format!("/invoices/{}", invoice.id), body)
        });
        frame::desk(reader, Place::Invoices, &title, main, panel)
    }

    fn sample() -> InvoiceList {
        InvoiceList::full_sample()
    }
}

fn views(reader: &Reader) -> Vec<Tab> {
    let is_set = |name: &str, value: &str| reader.param(name).as_deref() == Some(value);
    let any = VIEWS.iter().any(|(_, name, value)| is_set(name, value));
    VIEWS
        .into_iter()
        .map(|(label, name, value)| {
            let mut changes = vec![("open", ""), ("overdue", ""), ("billed", ""), ("status", ""), ("cursor", "")];
            changes.retain(|(other, _)| *other != name);
            if !name.is_empty() {
                changes.push((name, value));
            }
            Tab {
                label: reader.say(label).into_owned(),
                href: reader.link(&changes),
                count: None,
                is_current: if name.is_empty() { !any } else { is_set(name, value) },
            }
        })
        .collect()
}

impl InvoiceList {
    fn filter(&self, reader: &Reader) -> Markup {
        let statuses = terms_of(reader, "invoice-status", InvoiceStatus::ALL);
        let kinds = terms_of(reader, "invoice-kind", InvoiceKind::ALL);
        let lates = ["1-30", "31-60", "61-90", "91-180", "181-"].map(|days| {
            (
                days.to_owned(),
                reader.say_with("bulk-late-days", &[("days", days.trim_end_matches('-').into())]).into_owned(),
            )
        });
        let sents = [("true", "bulk-sent-yes"), ("false", "bulk-sent-no")]
            .map(|(value, key)| (value.to_owned(), reader.say(key).into_owned()));
        let filter = Filter::new(reader)
            .search("q", &reader.say("invoices-search"))
            .month("period", &reader.say("month"))
            .choice("status", &reader.say("status"), &reader.say("all-statuses"), &statuses)
            .choice("kind", &reader.say("kind"), &reader.say("all-kinds"), &kinds)
            .choice("late", &reader.say("bulk-late"), &reader.say("bulk-late-any"), &lates)
            .choice("sent", &reader.say("bulk-sent"), &reader.say("bulk-sent-any"), &sents)
            .amount("min", &reader.say("bulk-min"))
            .amount("max", &reader.say("bulk-max"))
            .buildings(&self.buildings);
        let kept = ["open", "overdue", "billed", "contractId", "tenantId"];
        let filter = kept.into_iter().fold(filter, Filter::keep);
        html! { (filter) }
    }

    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            let ways = html! {
                @if reader.may(Action::RunMonth) { (Button::link(reader.say("month-run"), "/months").icon(Icon::Calendar)) }
            };
            return empty(Icon::Inbox, &reader.say("invoices-empty"), &reader.say("invoices-empty-note"), ways);
        }
        let shown = Shown { building: self.buildings.len() > 1, month: reader.param("period").is_none() };
        // What is looked for first stands first: on a narrow desk the rest is reached by moving sideways.
        let mut columns = vec![
            Column::text("code", reader.say("invoice-no")).title(),
            Column::text("status", reader.say("status")).corner(),
            Column::text("pick", reader.say("bulk-pick")),
            Column::text("tenant", reader.say("tenant")),
            Column::text("units", reader.say("space")),
        ];
        if shown.month {
            columns.push(Column::text("period", reader.say("month")).desk_only());
        }
        columns.extend([Column::text("due", reader.say("due-on")), Column::number("late", reader.say("days-late"))]);
        let before_sums = columns.len();
        columns.extend([
            Column::number("total", reader.say("amount")),
            Column::number("paid", reader.say("paid")).desk_only(),
            Column::number("balance", reader.say("balance")),
            Column::number("vat", reader.say("vat")).desk_only(),
            Column::text("contract", reader.say("contract")).desk_only(),
            Column::text("issued", reader.say("issued-on")).desk_only(),
        ]);
        if shown.building {
            columns.push(Column::text("building", reader.say("building")).desk_only());
        }
        let rows: Vec<Row> = self.rows.iter().map(|row| self.row(reader, row, &shown)).collect();
        let totals = self.totals.as_ref().map(|totals| {
            let mut cells = vec![
                html! { (reader.say("total")) },
                html! { (reader.say_with("today-invoices", &[("count", totals.count.into())])) },
            ];
            cells.resize(before_sums, html! {});
            cells.extend([totals.total, totals.paid_amount, totals.balance, totals.vat_amount].map(fmt::money));
            cells.resize(columns.len(), html! {});
            cells
        });
        let caption = reader.say("menu-invoices");
        let table = Table { caption: &caption, columns: &columns, rows: &rows, totals: totals.as_deref() };
        let table = table.paged_with_export(reader, self.next.as_deref(), "/invoices/export");
        if !reader.may(Action::EditInvoices) {
            return table;
        }
        let sums = self.totals.as_ref().map_or((0, Money::ZERO), |totals| (totals.count, totals.total));
        html! {
            form method="get" action="/bulk/new" {
                @for name in KEPT {
                    @if let Some(value) = reader.param(name) { input type="hidden" name=(name) value=(value); }
                }
                (table)
                (bulk::bar(reader, sums.0, sums.1))
            }
        }
    }

    /// Ticks the row for what is done to many.
    fn pick(&self, reader: &Reader, row: &InvoiceRow) -> Markup {
        let label = reader.say_with("bulk-pick-one", &[("code", row.code.clone().unwrap_or_default().into())]);
        html! {
            @if reader.may(Action::EditInvoices) {
                input class="input" type="checkbox" name="id" value=(row.id) aria-label=(label);
            }
        }
    }

    fn row(&self, reader: &Reader, row: &InvoiceRow, shown: &Shown) -> Row {
        let is_owed = row.balance.is_positive() && !matches!(row.status, InvoiceStatus::Draft | InvoiceStatus::Void);
        let late = days_late(row.due_on, is_owed, self.today);
        let mut cells = vec![
            html! { @match &row.code { Some(code) => (code), None => (reader.say("no-number")) } },
            html! { (badge::invoice(reader, row.status)) },
            self.pick(reader, row),
            html! { (row.customer_name) },
            html! { (row.units) },
        ];
        if shown.month {
            cells.push(html! { span class="num" { (row.period) } });
        }
        cells.extend([
            row.due_on.map(fmt::date).unwrap_or_default(),
            html! { @if let Some(days) = late { span class="num minus" { (reader.say_with("days-late-count", &[("days", days.into())])) } } },
            fmt::money(row.total),
            fmt::money(row.paid_amount),
            fmt::money(row.balance),
            fmt::money(row.vat_amount),
            html! { (row.contract_code) },
            row.issued_on.map(fmt::date).unwrap_or_default(),
        ]);
        if shown.building {
            let building = self.buildings.iter().find(|one| one.id == row.property_id);
            cells.push(html! { @if let Some(building) = building { (building.name) } });
        }
        Row { opens: Opens::Panel(row.id.to_string()), cells }
    }
}
