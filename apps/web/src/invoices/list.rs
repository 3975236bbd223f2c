//! The list of invoices: every column an accountant looks for, totals that follow the filter, one opened beside it.

use domain::{
    Money,
    invoice::{InvoiceKind, InvoiceStatus},
    list_view::InvoiceColumn,
    rights::Action,
};
use jiff::civil::Date;
use maud::{Markup, html};
use wire::{
    invoices::{InvoiceRow, InvoiceTotals, InvoiceView},
    list_views::InvoiceListView,
    properties::PropertyView,
};

use super::{days_late, detail, views};
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
    /// Views that were kept under a name.
    pub views: Vec<InvoiceListView>,
    pub today: Date,
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
const KEPT: [&str; 16] = [
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
    "columns",
    "view",
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
            (table::region(html! {
                (tabs(&title, &self.tabs(reader)))
                (self.list(reader))
                (views::chooser(reader, &self.views, &KEPT))
            }))
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

fn ours(reader: &Reader) -> Vec<Tab> {
    let is_set = |name: &str, value: &str| reader.param(name).as_deref() == Some(value);
    let any = reader.param("view").is_some() || VIEWS.iter().any(|(_, name, value)| is_set(name, value));
    VIEWS
        .into_iter()
        .map(|(label, name, value)| {
            let mut changes =
                vec![("open", ""), ("overdue", ""), ("billed", ""), ("status", ""), ("view", ""), ("cursor", "")];
            changes.retain(|(other, _)| *other != name);
            if !name.is_empty() {
                changes.push((name, value));
            }
            Tab {
                label: reader.say(label).into_owned(),
                href: reader.link(&changes),
                count: None,
                is_current: match name {
                    "" => !any,
                    name => reader.param("view").is_none() && is_set(name, value),
                },
            }
        })
        .collect()
}

impl InvoiceList {
    fn tabs(&self, reader: &Reader) -> Vec<Tab> {
        let mut tabs = ours(reader);
        tabs.extend(views::tabs(reader, &self.views));
        tabs
    }

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
        let kept = ["open", "overdue", "billed", "contractId", "tenantId", "columns"];
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
        let shown = self.shown(reader);
        let picks = reader.may(Action::EditInvoices);
        let mut columns: Vec<Column<'_>> = shown.iter().map(|column| heading(reader, *column)).collect();
        if picks {
            columns.insert(1, Column::text("pick", reader.say("bulk-pick")));
        }
        let rows: Vec<Row> = self.rows.iter().map(|row| self.row(reader, row, &shown, picks)).collect();
        let totals = self.totals.as_ref().map(|totals| {
            let mut cells: Vec<Markup> = shown.iter().map(|column| total(reader, *column, totals)).collect();
            if picks {
                let count = reader.say_with("today-invoices", &[("count", totals.count.into())]);
                cells.insert(1, html! { (count) });
            }
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

    /// The columns of the address, without those that would say the same in every row.
    fn shown(&self, reader: &Reader) -> Vec<InvoiceColumn> {
        let asked = reader.param("columns").is_some();
        let says_something = |column: &InvoiceColumn| match column {
            InvoiceColumn::Building => self.buildings.len() > 1,
            InvoiceColumn::Period => reader.param("period").is_none(),
            _ => true,
        };
        views::columns(reader).into_iter().filter(|column| asked || says_something(column)).collect()
    }

    /// Ticks the row for what is done to many.
    fn pick(&self, reader: &Reader, row: &InvoiceRow) -> Markup {
        let label = reader.say_with("bulk-pick-one", &[("code", row.code.clone().unwrap_or_default().into())]);
        html! {
            input class="input" type="checkbox" name="id" value=(row.id) data-pick=(row.total.mungo()) aria-label=(label);
        }
    }

    fn row(&self, reader: &Reader, row: &InvoiceRow, shown: &[InvoiceColumn], picks: bool) -> Row {
        let mut cells: Vec<Markup> = shown.iter().map(|column| self.cell(reader, row, *column)).collect();
        if picks {
            cells.insert(1, self.pick(reader, row));
        }
        Row { opens: Opens::Panel(row.id.to_string()), cells }
    }

    fn cell(&self, reader: &Reader, row: &InvoiceRow, column: InvoiceColumn) -> Markup {
        use InvoiceColumn::*;
        let is_owed = row.balance.is_positive() && !matches!(row.status, InvoiceStatus::Draft | InvoiceStatus::Void);
        let standing = row.standing.as_ref();
        match column {
            Code => html! { @match &row.code { Some(code) => (code), None => (reader.say("no-number")) } },
            IssuedOn => row.issued_on.map(fmt::date).unwrap_or_default(),
            DueOn => row.due_on.map(fmt::date).unwrap_or_default(),
            Tenant => html! { (row.customer_name) },
            Contract => html! { (row.contract_code) },
            Units => html! { (row.units) },
            Building => {
                let building = self.buildings.iter().find(|one| one.id == row.property_id);
                html! { @if let Some(building) = building { (building.name) } }
            }
            Period => html! { span class="num" { (row.period) } },
            Total => fmt::money(row.total),
            Vat => fmt::money(row.vat_amount),
            Paid => fmt::money(row.paid_amount),
            Balance => fmt::money(row.balance),
            DaysLate => html! {
                @if let Some(days) = days_late(row.due_on, is_owed, self.today) {
                    span class="num minus" { (reader.say_with("days-late-count", &[("days", days.into())])) }
                }
            },
            Penalty => standing.map(|standing| fmt::money(standing.penalty)).unwrap_or_default(),
            Status => html! { (badge::invoice(reader, row.status)) },
            Sending => match standing.and_then(|standing| standing.sending.as_deref()) {
                Some(how) => html! { (reader.term("run-part", how)) },
                None => html! {},
            },
            Receipt => match standing.and_then(|standing| standing.receipt) {
                Some(status) => html! { (badge::receipt(reader, status)) },
                None => html! {},
            },
            Reminded => match standing.and_then(|standing| standing.reminded_on.zip(standing.reminded_stage)) {
                Some((on, stage)) => html! { (fmt::date(on)) " · " (stage) },
                None => html! {},
            },
        }
    }
}

fn heading(reader: &Reader, column: InvoiceColumn) -> Column<'static> {
    use InvoiceColumn::*;
    let (key, label) = (column.as_str(), views::label(reader, column));
    let heading = if column.is_number() { Column::number(key, label) } else { Column::text(key, label) };
    match column {
        Code => heading.title(),
        Status => heading.corner(),
        Tenant | Units | DueOn | DaysLate | Total | Balance => heading,
        _ => heading.desk_only(),
    }
}

/// What stands below a column; the totals follow the filter.
fn total(reader: &Reader, column: InvoiceColumn, totals: &InvoiceTotals) -> Markup {
    match column {
        InvoiceColumn::Code => html! { (reader.say("total")) },
        InvoiceColumn::Total => fmt::money(totals.total),
        InvoiceColumn::Vat => fmt::money(totals.vat_amount),
        InvoiceColumn::Paid => fmt::money(totals.paid_amount),
        InvoiceColumn::Balance => fmt::money(totals.balance),
        _ => html! {},
    }
}
