//! One contract: its facts, rooms, charges and bills, and the steps of its life.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{ContractId, contract::ContractStatus, rights::Action};
use futures_util::future::try_join3;
use maud::{Markup, html};
use wire::{
    Paging,
    contracts::{ContractItemView, ContractRoomView, ContractView},
    invoices::{InvoiceFilter, InvoiceRow},
};

use super::{approval, discounts, increases, schedule, steps, wizard};
use crate::{
    api::Api,
    documents::Documents,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    statements,
    ui::{
        badge,
        button::Button,
        facts::facts,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

/// How many of its bills stand on the page; the rest are a list of their own.
const BILLS: u32 = 12;

/// A contract, whole, with its newest bills.
#[derive(Debug, Clone)]
pub struct ContractPage {
    pub contract: ContractView,
    pub invoices: Vec<InvoiceRow>,
    pub has_more_invoices: bool,
    pub documents: Documents,
}

pub(crate) fn id(text: &str) -> Result<ContractId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-contract"))
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let bills = InvoiceFilter { contract_id: Some(id), limit: Some(BILLS), ..InvoiceFilter::default() };
    let papers = Paging { limit: Some(Documents::NEWEST), cursor: None };
    let asked = try_join3(api.contract(id), api.invoices(&bills), api.documents(id, &papers));
    let (reader, (contract, invoices, documents)) = api.page(reader, asked).await?;
    let documents = Documents { contract: id, documents: documents.items };
    let has_more_invoices = invoices.next_cursor.is_some();
    let page = ContractPage { contract, invoices: invoices.items, has_more_invoices, documents };
    Ok(page.render(&reader).into_response())
}

impl Page for ContractPage {
    fn render(&self, reader: &Reader) -> Markup {
        let contract = &self.contract;
        let list = reader.say("menu-contracts");
        let note = html! { (contract.tenant_name) " · " (contract.property_name) ", " (contract.units) };
        let main = html! {
            (head(&[(&list, "/contracts")], &contract.code, note, self.actions(reader)))
            (approval::notice(reader, contract))
            (wizard::notice(reader, contract))
            (steps::section(reader, contract))
            div class="beside" {
                section class="box" {
                    h2 class="box-title" { (reader.say("contract-terms")) " " (badge::contract(reader, contract.status)) }
                    (self.terms(reader))
                }
                section class="box" {
                    h2 class="box-title" { (reader.say("contract-rooms")) }
                    (rooms(reader, &contract.rooms))
                }
            }
            section class="box" {
                h2 class="box-title" { (reader.say("contract-charges")) }
                (charges(reader, contract))
            }
            (schedule::section(reader, contract))
            (increases::section(reader, contract))
            (discounts::section(reader, contract))
            section class="box" {
                h2 class="box-title" { (reader.say("contract-bills")) }
                (self.bills(reader))
            }
            (crate::files::section(reader, domain::file::Purpose::SignedContract, contract.id.0))
            (self.documents.render(reader))
        };
        frame::desk(reader, Place::Contracts, &contract.code, main, panel::closed())
    }

    fn sample() -> ContractPage {
        super::sample::contract_page()
    }
}

impl ContractPage {
    /// The contract alone, to be shown as it stands.
    pub(super) fn still(contract: ContractView) -> ContractPage {
        let documents = Documents { contract: contract.id, documents: Vec::new() };
        ContractPage { contract, invoices: Vec::new(), has_more_invoices: false, documents }
    }

    fn is_over(&self) -> bool {
        self.contract.status.is_final()
    }

    fn actions(&self, reader: &Reader) -> Markup {
        let id = self.contract.id;
        let is_draft = matches!(self.contract.status, ContractStatus::Draft | ContractStatus::PendingSignature);
        // Whoever drafts may mend a draft; a contract in force takes more.
        let may_edit = reader.may(Action::EditContracts) || (is_draft && super::may_draft(reader));
        html! {
            @if reader.may(Action::ReadContractHistory) {
                (Button::link(reader.say("contract-history"), format!("/contracts/{id}/history")).icon(Icon::Clock).ghost())
            }
            @if !is_draft && statements::may_read(reader) {
                (Button::link(reader.say("statement"), format!("/contracts/{id}/statement")).icon(Icon::Receipt))
            }
            @if may_edit && !self.is_over() {
                (Button::link(reader.say("edit"), format!("/contracts/{id}/edit")).icon(Icon::Pencil))
            }
        }
    }

    pub(super) fn terms(&self, reader: &Reader) -> Markup {
        let contract = &self.contract;
        let end = contract.ends_on.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date);
        let days = |days: i32| html! { (reader.say_with("days-count", &[("days", days.into())])) };
        let penalty = contract.penalty_bp.map(|points| {
            html! { (reader.say_with("penalty-a-day", &[("percent", fmt::basis_points(points).into())])) }
        });
        html! {
            (facts(&[
                (&reader.say("tenant"), html! { a href={ "/tenants/" (contract.tenant_id) } { (contract.tenant_name) } }),
                (&reader.say("room-kind"), html! { (reader.term("room-kind", contract.kind.as_str())) }),
                (&reader.say("starts-on"), fmt::date(contract.starts_on)),
                (&reader.say("ends-on"), end),
                (&reader.say("contract-signed-at"), contract.signed_at.map(fmt::moment).unwrap_or_default()),
                (&reader.say("contract-approved-at"), contract.approved_at.map(fmt::moment).unwrap_or_default()),
                (&reader.say("payment-day"), html! {
                    (reader.say_with("payment-day-of-month", &[("day", contract.payment_day.into())]))
                }),
                (&reader.say("grace-days"), days(contract.grace_days)),
                (&reader.say("penalty"), html! {
                    a href={ "/contracts/" (contract.id) "/penalty-terms" } {
                        @match &penalty { Some(penalty) => (penalty), None => (reader.say("desk-terms-no-rate")) }
                    }
                }),
                (&reader.say("deposit"), fmt::tugrug(contract.deposit_amount)),
                (&reader.say("deposit-held"), html! {
                    a href={ "/contracts/" (contract.id) "/deposit" } { (fmt::tugrug(contract.deposit_received)) }
                }),
            ]))
            @if let Some(on) = contract.terminated_on {
                (facts(&[
                    (&reader.say("terminated-on"), fmt::date(on)),
                    (&reader.say("reason"), html! { (contract.termination_reason.as_deref().unwrap_or_default()) }),
                ]))
            }
            @if !contract.notes.is_empty() { p class="box-note" { (contract.notes) } }
        }
    }

    fn bills(&self, reader: &Reader) -> Markup {
        if self.invoices.is_empty() {
            return html! { p class="box-note" { (reader.say("contract-no-bills")) } };
        }
        let columns = [
            Column::text("code", reader.say("bill-code")).title(),
            Column::text("period", reader.say("month")),
            Column::text("status", reader.say("status")).corner(),
            Column::text("due", reader.say("due-on")),
            Column::number("total", reader.say("amount")),
            Column::number("balance", reader.say("balance")),
        ];
        let rows: Vec<Row> = self.invoices.iter().map(|invoice| bill(reader, invoice)).collect();
        let caption = reader.say("contract-bills");
        html! {
            (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            @if self.has_more_invoices {
                p class="box-foot" {
                    a href={ "/invoices?contractId=" (self.contract.id) } { (reader.say("contract-all-bills")) }
                }
            }
        }
    }
}

pub(super) fn rooms(reader: &Reader, rooms: &[ContractRoomView]) -> Markup {
    let columns = [
        Column::text("unit", reader.say("unit-no")).title(),
        Column::number("area", reader.say("area")).corner(),
        Column::text("from", reader.say("from")),
        Column::text("to", reader.say("until")),
    ];
    let rows: Vec<Row> = rows_of(rooms, |room| Row {
        opens: Opens::Page(format!("/rooms/{}", room.room_id)),
        cells: vec![
            html! { (room.unit_no) },
            fmt::area_m2(room.area_m2),
            fmt::date(room.from),
            room.to.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date),
        ],
    });
    Table { caption: &reader.say("contract-rooms"), columns: &columns, rows: &rows, totals: None }.render(reader)
}

pub(super) fn charges(reader: &Reader, contract: &ContractView) -> Markup {
    let columns = [
        Column::text("name", reader.say("charge")).title(),
        Column::text("room", reader.say("space")),
        Column::text("basis", reader.say("charge-basis")),
        Column::number("price", reader.say("unit-price")).corner(),
        Column::text("vat", reader.say("vat")),
        Column::text("from", reader.say("from")),
        Column::text("to", reader.say("until")),
    ];
    let rows = rows_of(&contract.items, |item: &ContractItemView| {
        let room = contract.rooms.iter().find(|room| Some(room.room_id) == item.room_id);
        Row {
            opens: Opens::Nothing,
            cells: vec![
                html! { (item.name) },
                room.map_or_else(|| html! { (reader.say("all-rooms")) }, |room| html! { (room.unit_no) }),
                html! {
                    (reader.term("charge-basis", item.basis.as_str()))
                    @if let Some(kind) = item.meter_kind { ": " (reader.term("meter-kind", kind.as_str())) }
                },
                fmt::money(item.unit_price),
                html! { (reader.term("vat-mode", item.vat_mode.as_str())) },
                fmt::date(item.valid_from),
                item.valid_to.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date),
            ],
        }
    });
    if rows.is_empty() {
        return html! { p class="box-note" { (reader.say("contract-no-charges")) } };
    }
    Table { caption: &reader.say("contract-charges"), columns: &columns, rows: &rows, totals: None }.render(reader)
}

fn rows_of<T>(things: &[T], row: impl Fn(&T) -> Row) -> Vec<Row> {
    things.iter().map(row).collect()
}

fn bill(reader: &Reader, invoice: &InvoiceRow) -> Row {
    Row {
        opens: Opens::Page(format!("/invoices/{}", invoice.id)),
        cells: vec![
            html! { @match &invoice.code { Some(code) => (code), None => (reader.say("draft")), } },
            html! { (fmt::month(reader, invoice.period)) },
            html! { (badge::invoice(reader, invoice.status)) },
            invoice.due_on.map(fmt::date).unwrap_or_default(),
            fmt::money(invoice.total),
            fmt::money(invoice.balance),
        ],
    }
}
