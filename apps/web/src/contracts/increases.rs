//! Increases of a contract's charges: the list on its page, the form of a new rule, its end, and an index's percent.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractIncreaseId, Month, increase::IncreaseKind, rights::Action};
use maud::{Markup, html};
use wire::{
    contracts::ContractView,
    increases::{ComingIncrease, ComingIncreaseFilter, IncreaseEnding, IncreaseView, IndexFigure, NewIncrease},
};

use super::view::id;
use crate::{
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        facts::facts,
        field::terms_of,
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

/// The form of a new rule.
#[derive(Debug, Clone)]
pub struct NewIncreasePage {
    pub contract: ContractView,
    pub form: Form,
}

/// A rule, with the forms that end it and that give an index its percent.
#[derive(Debug, Clone)]
pub struct IncreasePage {
    pub contract: ContractView,
    pub increase: IncreaseView,
    pub form: Form,
}

fn may_change(reader: &Reader, contract: &ContractView) -> bool {
    let is_draft = contract.status == domain::contract::ContractStatus::Draft;
    !contract.status.is_final() && (reader.may(Action::EditContracts) || is_draft && super::may_draft(reader))
}

/// What stands on the contract's page; nothing where there are none and none can be added.
pub fn section(reader: &Reader, contract: &ContractView) -> Markup {
    let may_add = may_change(reader, contract) && !contract.items.is_empty();
    if contract.increases.is_empty() && !may_add {
        return html! {};
    }
    let columns = [
        Column::text("name", reader.say("charge")).title(),
        Column::text("rule", reader.say("increase-rule")),
        Column::text("next", reader.say("increase-next")),
        Column::text("until", reader.say("increase-until")),
    ];
    let row = |increase: &IncreaseView| Row {
        opens: if may_add {
            Opens::Page(format!("/contracts/{}/increases/{}", contract.id, increase.id))
        } else {
            Opens::Nothing
        },
        cells: vec![
            html! { (increase.name) },
            html! { (rule(reader, increase)) },
            next(reader, increase),
            increase.until_on.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date),
        ],
    };
    let rows: Vec<Row> = contract.increases.iter().map(row).collect();
    let title = reader.say("contract-increases");
    html! {
        section class="box" {
            h2 class="box-title" { (title) }
            @if rows.is_empty() {
                p class="box-note" { (reader.say("contract-no-increases")) }
            } @else {
                (Table { caption: &title, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
            @if may_add {
                p class="box-foot" {
                    a href={ "/contracts/" (contract.id) "/increases/new" } { (reader.say("increase-add")) }
                }
            }
        }
    }
}

/// `+5.5 %, 12 сар тутам`
fn rule(reader: &Reader, increase: &IncreaseView) -> String {
    let step = step(reader, increase.kind, increase.percent_bp, increase.amount);
    match increase.every_months {
        Some(months) => {
            reader.say_with("increase-each", &[("step", step.into()), ("months", months.into())]).into_owned()
        }
        None => reader.say_with("increase-once", &[("step", step.into())]).into_owned(),
    }
}

fn step(reader: &Reader, kind: IncreaseKind, percent: Option<i32>, amount: Option<domain::Money>) -> String {
    match (kind, percent, amount) {
        (IncreaseKind::Index, None, _) => reader.say("increase-index-step").into_owned(),
        (_, Some(points), _) => format!("+{} %", fmt::basis_points(points)),
        (_, None, amount) => format!("+{} ₮", fmt::money_text(amount.unwrap_or_default())),
    }
}

fn next(reader: &Reader, increase: &IncreaseView) -> Markup {
    let waits = increase.kind == IncreaseKind::Index && increase.percent_bp.is_none();
    match increase.next_on {
        None => html! { (reader.say("increase-over")) },
        Some(day) => html! { (fmt::date(day)) @if waits { ", " (reader.say("increase-waits")) } },
    }
}

/// The rises of a month, above its preview.
pub fn of_month(reader: &Reader, month: Month, increases: &[ComingIncrease]) -> Markup {
    if increases.is_empty() {
        return html! {};
    }
    let columns = [
        Column::text("contract", reader.say("contract")).title(),
        Column::text("tenant", reader.say("tenant")),
        Column::text("name", reader.say("charge")),
        Column::text("on", reader.say("increase-from")).corner(),
        Column::number("price", reader.say("increase-price")),
    ];
    let row = |rise: &ComingIncrease| Row {
        opens: Opens::Page(format!("/contracts/{}", rise.contract_id)),
        cells: vec![
            html! { (rise.contract_code) },
            html! { (rise.tenant_name) },
            html! { (rise.name) ", " (step(reader, rise.kind, rise.percent_bp, rise.amount)) },
            fmt::date(rise.on),
            html! {
                (fmt::money(rise.old_price)) " → "
                @match rise.new_price {
                    Some(price) => (fmt::money(price)),
                    None => (reader.say("increase-waits")),
                }
            },
        ],
    };
    let rows: Vec<Row> = increases.iter().map(row).collect();
    let title = reader.say("months-increases");
    html! {
        section class="box" {
            h2 class="box-title" { (title) }
            p class="box-note" { (reader.say("months-increases-note")) }
            (Table { caption: &title, columns: &columns, rows: &rows, totals: None }.render(reader))
            p class="box-foot" {
                a href={ "/contracts/increases/export?month=" (month) } { (reader.say("export-excel")) }
            }
        }
    }
}

/// The rises of a month as an Excel file.
pub async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let month = reader.asked("month", read::month)?.ok_or_else(|| Problem::of(StatusCode::BAD_REQUEST))?;
    let filter = ComingIncreaseFilter { from: month.first_day(), to: month.last_day(), limit: None, cursor: None };
    exports::send(&api, "/v2/contract-increases/export", &filter).await
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(&id)?)).await?;
    let form = Form::default().with("kind", IncreaseKind::Percent).with("everyMonths", 12);
    Ok(NewIncreasePage { contract, form }.render(&reader).into_response())
}

pub async fn add(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    let new = order(&mut form, &reader);
    if let Some(new) = new.filter(|_| form.is_clean()) {
        match api.add_contract_increase(id, &new).await {
            Ok(_) => return Ok(Flash::good(reader.say("increase-added-news")).on(&format!("/contracts/{id}"))),
            Err(refusal) => status = form.refused(refusal, field)?,
        }
    }
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    Ok((status, NewIncreasePage { contract, form }.render(&reader)).into_response())
}

/// The form's fields are named as the API names them.
fn field(path: &str) -> Option<std::borrow::Cow<'static, str>> {
    const SAME: [&str; 9] =
        ["itemId", "kind", "percentBp", "amount", "firstOn", "everyMonths", "untilOn", "reason", "from"];
    SAME.into_iter().find(|name| *name == path).map(Into::into)
}

fn order(form: &mut Form, reader: &Reader) -> Option<NewIncrease> {
    let item_id = form.must(reader, "itemId", "field-not-a-choice", read::word);
    let kind = form.must(reader, "kind", "field-not-a-choice", read::word);
    let first_on = form.must(reader, "firstOn", "field-bad-date", read::date);
    let percent = form.read(reader, "percentBp", "field-not-a-number", read::basis_points);
    let amount = form.read(reader, "amount", "field-bad-money", read::money);
    let every_months = form.read(reader, "everyMonths", "field-not-a-number", read::word);
    let until_on = form.read(reader, "untilOn", "field-bad-date", read::date);
    let (item_id, kind, first_on) = (item_id?, kind?, first_on?);
    // Of the two steps only the one that was asked for counts.
    let percent_bp = percent.filter(|_| kind == IncreaseKind::Percent);
    let amount = amount.filter(|_| kind == IncreaseKind::Amount);
    Some(NewIncrease { item_id, kind, percent_bp, amount, first_on, every_months, until_on })
}

impl Page for NewIncreasePage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let (title, list) = (reader.say("increase-add"), reader.say("menu-contracts"));
        let here = format!("/contracts/{}", contract.id);
        let standing = contract.items.iter().filter(|item| {
            item.kind != domain::contract::ChargeKind::Discount
                && !contract.increases.iter().any(|rule| rule.item_id == item.id && rule.next_on.is_some())
        });
        let charge = |item: &wire::contracts::ContractItemView| {
            let until = item.valid_to.map(|day| format!(" (–{})", fmt::date_text(day))).unwrap_or_default();
            (item.id.to_string(), format!("{}, {} ₮{until}", item.name, fmt::money_text(item.unit_price)))
        };
        let charges: Vec<(String, String)> = standing.map(charge).collect();
        let kinds = terms_of(reader, "increase-kind", IncreaseKind::ALL);
        let fields = html! {
            (form.summary(reader))
            div class="fields" {
                (form.field("itemId", reader.say("charge")).choices(&charges))
                (form.field("kind", reader.say("increase-rule")).choices(&kinds))
                (form.field("percentBp", reader.say("increase-percent")).number("%"))
                (form.field("amount", reader.say("increase-amount")).money().hint(reader.say("increase-amount-hint")))
                (form.field("firstOn", reader.say("increase-first")).date().required())
                (form.field("everyMonths", reader.say("increase-every")).digits().hint(reader.say("increase-every-hint")))
                (form.field("untilOn", reader.say("increase-until")).date().hint(reader.say("no-end-hint")))
            }
            div class="form-foot" {
                (Button::submit(reader.say("increase-add")).icon(Icon::Check))
                (Button::link(reader.say("leave"), &*here).ghost())
            }
        };
        let note = html! { (contract.tenant_name) " · " (contract.units) };
        let main = html! {
            (head(&[(&list, "/contracts"), (&contract.code, &here)], &title, note, html! {}))
            (form::post(&format!("{here}/increases/new"), fields))
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> NewIncreasePage {
        let form = Form::default().with("kind", "percent").with("percentBp", "5.5").with("everyMonths", 12);
        NewIncreasePage { contract: super::sample::contract(), form }
    }
}

pub async fn show_one(
    api: Api,
    reader: Reader,
    Path((id, increase)): Path<(String, String)>,
) -> Result<Response, Problem> {
    page(&api, reader, &id, &increase, Form::default(), StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    id: &str,
    increase: &str,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(id)?)).await?;
    let wanted: Option<ContractIncreaseId> = read::word(increase);
    let found = contract.increases.iter().find(|one| Some(one.id) == wanted).cloned();
    let increase = found.ok_or(Problem::not_found("thing-record"))?;
    Ok((status, IncreasePage { contract, increase, form }.render(&reader)).into_response())
}

/// Gives the percent where one was typed, else ends the rule: the two forms of the page differ in their fields.
pub async fn change(
    api: Api,
    reader: Reader,
    Path((id, increase)): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let gives = pairs.iter().any(|(name, _)| name == "percentBp");
    let mut form = Form::typed(pairs);
    let contract = self::id(&id)?;
    let wanted = read::word(&increase).ok_or(Problem::not_found("thing-record"))?;
    let (answer, news) = if gives {
        let percent = form.must(&reader, "percentBp", "field-not-a-number", read::basis_points);
        let from = form.read(&reader, "from", "field-bad-date", read::date);
        let Some(percent_bp) = percent.filter(|_| form.is_clean()) else {
            return page(&api, reader, &id, &increase, form, StatusCode::BAD_REQUEST).await;
        };
        (api.give_index_figure(contract, wanted, &IndexFigure { percent_bp, from }).await, "increase-given-news")
    } else {
        let Some(reason) = form.must(&reader, "reason", "field-required", |reason| Some(reason.to_owned())) else {
            return page(&api, reader, &id, &increase, form, StatusCode::BAD_REQUEST).await;
        };
        (api.end_contract_increase(contract, wanted, &IncreaseEnding { reason }).await, "increase-ended-news")
    };
    match answer {
        Ok(_) => Ok(Flash::good(reader.say(news)).on(&format!("/contracts/{contract}"))),
        Err(refusal) => {
            let status = form.refused(refusal, field)?;
            page(&api, reader, &id, &increase, form, status).await
        }
    }
}

impl Page for IncreasePage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, increase, form) = (&self.contract, &self.increase, &self.form);
        let (title, list) = (reader.say("contract-increases"), reader.say("menu-contracts"));
        let here = format!("/contracts/{}", contract.id);
        let action = format!("{here}/increases/{}", increase.id);
        let stands = increase.next_on.is_some();
        let waits = stands && increase.kind == IncreaseKind::Index && reader.may(Action::EditContracts);
        let main = html! {
            (head(&[(&list, "/contracts"), (&contract.code, &here)], &title, html! { (increase.name) }, html! {}))
            section class="box" {
                (facts(&[
                    (&reader.say("charge"), html! { (increase.name) }),
                    (&reader.say("increase-rule"), html! { (rule(reader, increase)) }),
                    (&reader.say("increase-first"), fmt::date(increase.first_on)),
                    (&reader.say("increase-next"), next(reader, increase)),
                    (&reader.say("increase-until"), increase.until_on.map(fmt::date).unwrap_or_default()),
                ]))
            }
            @if waits {
                section class="box" {
                    h2 class="box-title" { (reader.say("increase-figure")) }
                    (form::post(&action, html! {
                        @if form.remark_on("reason").is_none() { (form.summary(reader)) }
                        div class="fields" {
                            (form.field("percentBp", reader.say("increase-percent")).number("%").required())
                            (form.field("from", reader.say("increase-from")).date())
                        }
                        div class="form-foot" { (Button::submit(reader.say("increase-figure")).icon(Icon::Check)) }
                    }))
                }
            }
            @if stands && may_change(reader, contract) {
                section class="box" {
                    h2 class="box-title" { (reader.say("increase-end")) }
                    (form::post(&action, html! {
                        @if !waits || form.remark_on("reason").is_some() { (form.summary(reader)) }
                        div class="fields" {
                            (form.field("reason", reader.say("reason")).required().max_chars(500))
                        }
                        div class="form-foot" { (Button::submit(reader.say("increase-end")).danger().icon(Icon::CircleX)) }
                    }))
                }
            }
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> IncreasePage {
        let contract = super::sample::contract();
        IncreasePage { increase: contract.increases[1].clone(), contract, form: Form::default() }
    }
}
