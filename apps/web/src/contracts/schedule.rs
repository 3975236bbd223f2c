//! A contract's own schedule: the list on its page, and the grid in which it is written.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{Money, contract::ScheduleKind, rights::Action};
use maud::{Markup, html};
use wire::{
    contracts::ContractView,
    schedules::{NewSchedule, NewScheduleEntry, ScheduleEntryView},
};

use super::view::id;
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

/// How many empty rows stand below those that are filled.
const SPARE: usize = 6;

/// No schedule is longer: fifty years of months.
const MOST: usize = 600;

/// The grid, fresh or come back.
#[derive(Debug, Clone)]
pub struct SchedulePage {
    pub contract: ContractView,
    pub form: Form,
    /// How many rows the grid has.
    pub rows: usize,
}

/// What stands on the contract's page: the entries of a schedule, and the way to one.
pub fn section(reader: &Reader, contract: &ContractView) -> Markup {
    let is_draft = contract.status == domain::contract::ContractStatus::Draft;
    let may_set =
        !contract.status.is_final() && (reader.may(Action::EditContracts) || is_draft && super::may_draft(reader));
    let is_custom = contract.schedule_kind == ScheduleKind::Custom;
    if !is_custom && !may_set {
        return html! {};
    }
    let columns = [
        Column::text("name", reader.say("schedule-name")).title(),
        Column::text("period", reader.say("schedule-period")),
        Column::text("due", reader.say("schedule-due")),
        Column::number("amount", reader.say("schedule-amount")).corner(),
    ];
    let row = |entry: &ScheduleEntryView| Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { (entry.name) },
            html! { (fmt::month(reader, entry.period)) },
            entry.due_on.map(fmt::date).unwrap_or_default(),
            fmt::money(entry.amount),
        ],
    };
    let rows: Vec<Row> = contract.schedule.iter().map(row).collect();
    let total = Money::sum(contract.schedule.iter().map(|entry| entry.amount)).unwrap_or(Money::MAX);
    let totals = [html! { (reader.say("schedule-total")) }, html! {}, html! {}, fmt::money(total)];
    let title = reader.say("schedule");
    html! {
        section class="box" {
            h2 class="box-title" { (title) }
            @if is_custom {
                p class="box-note" { (reader.say("schedule-note")) }
                (Table { caption: &title, columns: &columns, rows: &rows, totals: Some(&totals) }.render(reader))
            } @else {
                p class="box-note" { (reader.say("schedule-kind-fixed")) }
            }
            @if may_set {
                p class="box-foot" {
                    a href={ "/contracts/" (contract.id) "/schedule" } { (reader.say("schedule-edit")) }
                }
            }
        }
    }
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(&id)?)).await?;
    let mut form = Form::default().with("version", contract.version);
    for (n, entry) in contract.schedule.iter().enumerate() {
        let due = entry.due_on.map(|day| day.to_string()).unwrap_or_default();
        form = form
            .with(&name("name", n), &entry.name)
            .with(&name("period", n), entry.period)
            .with(&name("due", n), due)
            .with(&name("amount", n), fmt::money_text(entry.amount));
    }
    let rows = contract.schedule.len() + SPARE;
    Ok(SchedulePage { contract, form, rows }.render(&reader).into_response())
}

pub async fn set(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let posted = pairs.iter().filter(|(name, _)| name.starts_with("amount-")).count().min(MOST);
    let wants_more = pairs.iter().any(|(name, _)| name == "more");
    let is_fixed = pairs.iter().any(|(name, value)| name == "fixed" && value == "yes");
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::OK;
    let mut rows = posted;
    if wants_more {
        rows = (rows + SPARE).min(MOST);
    } else {
        status = StatusCode::BAD_REQUEST;
        let (places, entries) = if is_fixed { Default::default() } else { entries(&mut form, &reader, posted) };
        let kind = if is_fixed { ScheduleKind::Fixed } else { ScheduleKind::Custom };
        let version = form.must(&reader, "version", "field-not-a-number", read::word);
        if let Some(version) = version.filter(|_| form.is_clean()) {
            match api.set_contract_schedule(id, &NewSchedule { version, kind, entries, reason: None }).await {
                Ok(_) => return Ok(Flash::good(reader.say("schedule-saved")).on(&format!("/contracts/{id}"))),
                Err(refusal) => status = form.refused(refusal, |path| field(path, &places).map(Into::into))?,
            }
        }
    }
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    Ok((status, SchedulePage { contract, form, rows }.render(&reader)).into_response())
}

/// The rows that are filled, each with its place in the grid.
fn entries(form: &mut Form, reader: &Reader, rows: usize) -> (Vec<usize>, Vec<NewScheduleEntry>) {
    let (mut places, mut entries) = (Vec::new(), Vec::new());
    for n in 0..rows {
        let [called, period, due, amount] = ["name", "period", "due", "amount"].map(|field| name(field, n));
        if [&called, &period, &due, &amount].iter().all(|field| form.value(field).is_empty()) {
            continue;
        }
        let text = form.must(reader, &called, "field-required", |text| Some(text.to_owned()));
        let due_on = form.read(reader, &due, "field-bad-date", read::date);
        let month = form.read(reader, &period, "field-bad-month", read::month);
        let amount = form.must(reader, &amount, "field-bad-money", read::money);
        if month.is_none() && due_on.is_none() && form.value(&period).is_empty() {
            form.remark(&period, reader.say("field-required"));
        }
        if let (Some(name), Some(amount)) = (text, amount) {
            places.push(n);
            entries.push(NewScheduleEntry { name, period: month, due_on, amount });
        }
    }
    (places, entries)
}

fn name(field: &str, row: usize) -> String {
    format!("{field}-{row}")
}

/// `entries[2].dueOn` is in the third row that was filled, wherever that stands.
fn field(path: &str, places: &[usize]) -> Option<String> {
    let (place, field) = path.strip_prefix("entries[")?.split_once("].")?;
    let row = places.get(place.parse::<usize>().ok()?)?;
    let field = if field == "dueOn" { "due" } else { field };
    Some(name(field, *row))
}

impl Page for SchedulePage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let (title, list) = (reader.say("schedule"), reader.say("menu-contracts"));
        let here = format!("/contracts/{}", contract.id);
        let names: Vec<[String; 4]> =
            (0..self.rows).map(|n| ["name", "period", "due", "amount"].map(|field| name(field, n))).collect();
        let is_custom = contract.schedule_kind == ScheduleKind::Custom;
        let fields = html! {
            (form.summary(reader))
            input type="hidden" name="version" value=(form.value("version"));
            p class="hint" { (reader.say("schedule-row-hint")) }
            @for [called, period, due, amount] in &names {
                div class="box" {
                    div class="fields" {
                        (form.field(called, reader.say("schedule-name")).max_chars(200))
                        (form.field(period, reader.say("schedule-period")).month())
                        (form.field(due, reader.say("schedule-due")).date())
                        (form.field(amount, reader.say("schedule-amount")).money())
                    }
                }
            }
            @if is_custom { (form.field("fixed", reader.say("schedule-keep-fixed")).check()) }
            div class="form-foot" {
                (Button::submit(reader.say("save")).icon(Icon::Check))
                (Button::submit(reader.say("schedule-more")).value("more", "yes").outline().icon(Icon::Plus))
                (Button::link(reader.say("leave"), &*here).ghost())
            }
        };
        let note = html! { (reader.say("schedule-note")) };
        let main = html! {
            (head(&[(&list, "/contracts"), (&contract.code, &here)], &title, note, html! {}))
            (form::post(&format!("{here}/schedule"), fields))
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> SchedulePage {
        let mut form = Form::default()
            .with("version", 3)
            .with("name-0", "Урьдчилгаа")
            .with("period-0", "2026-12")
            .with("amount-0", "5 сая")
            .with("name-1", "2-р төлөлт")
            .with("due-1", "2028-03-20")
            .with("amount-1", "3 сая");
        form.remark("due-1", Reader::default().say("field-outside-contract"));
        SchedulePage { contract: super::sample::contract(), form, rows: 4 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_finds_its_row_though_empty_ones_stand_between() {
        assert_eq!(field("entries[1].dueOn", &[0, 4]), Some("due-4".into()));
        assert_eq!(field("entries[2].name", &[0, 4]), None);
        assert_eq!(field("version", &[0]), None);
    }
}
