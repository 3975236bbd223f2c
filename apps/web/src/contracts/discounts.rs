//! Discounts of a contract: the list on its page, the form of a new one, and the end of one.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractDiscountId, rights::Action};
use maud::{Markup, html};
use wire::{
    contracts::ContractView,
    discounts::{DiscountEnding, DiscountView, NewDiscount},
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
        facts::facts,
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

/// The form of a new discount.
#[derive(Debug, Clone)]
pub struct NewDiscountPage {
    pub contract: ContractView,
    pub form: Form,
}

/// A discount, with the form that ends it.
#[derive(Debug, Clone)]
pub struct DiscountPage {
    pub contract: ContractView,
    pub discount: DiscountView,
    pub form: Form,
}

/// What stands on the contract's page; nothing where there are none and none can be given.
pub fn section(reader: &Reader, contract: &ContractView) -> Markup {
    let may_give = reader.may(Action::EditContracts) && !contract.status.is_final();
    if contract.discounts.is_empty() && !may_give {
        return html! {};
    }
    let columns = [
        Column::text("name", reader.say("discount-name")).title(),
        Column::text("off", reader.say("contract-discounts")).corner(),
        Column::text("from", reader.say("from")),
        Column::text("to", reader.say("until")),
        Column::text("reason", reader.say("reason")),
    ];
    let row = |discount: &DiscountView| Row {
        opens: if may_give {
            Opens::Page(format!("/contracts/{}/discounts/{}", contract.id, discount.id))
        } else {
            Opens::Nothing
        },
        cells: vec![
            html! { (discount.name) },
            html! { (off(reader, discount)) },
            fmt::date(discount.valid_from),
            discount.valid_to.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date),
            html! { (discount.reason) },
        ],
    };
    let rows: Vec<Row> = contract.discounts.iter().map(row).collect();
    let title = reader.say("contract-discounts");
    html! {
        section class="box" {
            h2 class="box-title" { (title) }
            @if rows.is_empty() {
                p class="box-note" { (reader.say("contract-no-discounts")) }
            } @else {
                (Table { caption: &title, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
            @if may_give {
                p class="box-foot" {
                    a href={ "/contracts/" (contract.id) "/discounts/new" } { (reader.say("discount-add")) }
                }
            }
        }
    }
}

/// `түрээсийн 10 %` or `сард 200 000 ₮`.
fn off(reader: &Reader, discount: &DiscountView) -> String {
    match (discount.percent_bp, discount.amount) {
        (Some(points), _) => {
            reader.say_with("discount-of-rent", &[("percent", fmt::basis_points(points).into())]).into_owned()
        }
        (None, amount) => {
            let amount = fmt::money_text(amount.unwrap_or_default());
            reader.say_with("discount-a-month", &[("amount", amount.into())]).into_owned()
        }
    }
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(&id)?)).await?;
    Ok(NewDiscountPage { contract, form: Form::default() }.render(&reader).into_response())
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
        match api.add_contract_discount(id, &new).await {
            Ok(_) => return Ok(Flash::good(reader.say("discount-added-news")).on(&format!("/contracts/{id}"))),
            Err(refusal) => status = form.refused(refusal, field)?,
        }
    }
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    Ok((status, NewDiscountPage { contract, form }.render(&reader)).into_response())
}

/// The form's fields are named as the API names them.
fn field(path: &str) -> Option<std::borrow::Cow<'static, str>> {
    ["name", "percentBp", "amount", "validFrom", "validTo", "reason"]
        .into_iter()
        .find(|name| *name == path)
        .map(Into::into)
}

fn order(form: &mut Form, reader: &Reader) -> Option<NewDiscount> {
    let text = |text: &str| Some(text.to_owned());
    let name = form.must(reader, "name", "field-required", text);
    let reason = form.must(reader, "reason", "field-required", text);
    let valid_from = form.must(reader, "validFrom", "field-bad-date", read::date);
    let percent_bp = form.read(reader, "percentBp", "field-not-a-number", read::basis_points);
    let amount = form.read(reader, "amount", "field-bad-money", read::money);
    let valid_to = form.read(reader, "validTo", "field-bad-date", read::date);
    Some(NewDiscount { name: name?, percent_bp, amount, valid_from: valid_from?, valid_to, reason: reason? })
}

impl Page for NewDiscountPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let (title, list) = (reader.say("discount-add"), reader.say("menu-contracts"));
        let here = format!("/contracts/{}", contract.id);
        let fields = html! {
            (form.summary(reader))
            div class="fields" {
                (form.field("name", reader.say("discount-name")).required().max_chars(200).wide())
                (form.field("percentBp", reader.say("discount-percent")).number("%"))
                (form.field("amount", reader.say("discount-amount")).money().hint(reader.say("money-hint")))
                (form.field("validFrom", reader.say("from")).date().required())
                (form.field("validTo", reader.say("until")).date().hint(reader.say("no-end-hint")))
                (form.field("reason", reader.say("discount-reason")).required().max_chars(500).wide())
            }
            div class="form-foot" {
                (Button::submit(reader.say("discount-add")).icon(Icon::Check))
                (Button::link(reader.say("leave"), &*here).ghost())
            }
        };
        let note = html! { (contract.tenant_name) " · " (contract.units) };
        let main = html! {
            (head(&[(&list, "/contracts"), (&contract.code, &here)], &title, note, html! {}))
            (form::post(&format!("{here}/discounts/new"), fields))
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> NewDiscountPage {
        let mut form =
            Form::default().with("name", "Засварын хөнгөлөлт").with("percentBp", "10").with("amount", "200 мянга");
        form.remark("percentBp", Reader::default().say("field-one-of-two"));
        NewDiscountPage { contract: super::sample::contract(), form }
    }
}

pub async fn show_one(
    api: Api,
    reader: Reader,
    Path((id, discount)): Path<(String, String)>,
) -> Result<Response, Problem> {
    page(&api, reader, &id, &discount, Form::default(), StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    id: &str,
    discount: &str,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(id)?)).await?;
    let wanted: Option<ContractDiscountId> = read::word(discount);
    let found = contract.discounts.iter().find(|one| Some(one.id) == wanted).cloned();
    let discount = found.ok_or(Problem::not_found("thing-record"))?;
    Ok((status, DiscountPage { contract, discount, form }.render(&reader)).into_response())
}

pub async fn end(
    api: Api,
    reader: Reader,
    Path((id, discount)): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let contract = self::id(&id)?;
    let wanted = read::word(&discount).ok_or(Problem::not_found("thing-record"))?;
    let valid_to = form.must(&reader, "validTo", "field-bad-date", read::date);
    let reason = form.must(&reader, "reason", "field-required", |reason| Some(reason.to_owned()));
    let (Some(valid_to), Some(reason)) = (valid_to, reason) else {
        return page(&api, reader, &id, &discount, form, StatusCode::BAD_REQUEST).await;
    };
    match api.end_contract_discount(contract, wanted, &DiscountEnding { valid_to, reason }).await {
        Ok(_) => Ok(Flash::good(reader.say("discount-ended-news")).on(&format!("/contracts/{contract}"))),
        Err(refusal) => {
            let status = form.refused(refusal, field)?;
            page(&api, reader, &id, &discount, form, status).await
        }
    }
}

impl Page for DiscountPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, discount, form) = (&self.contract, &self.discount, &self.form);
        let list = reader.say("menu-contracts");
        let here = format!("/contracts/{}", contract.id);
        let until = discount.valid_to.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date);
        let main = html! {
            (head(&[(&list, "/contracts"), (&contract.code, &here)], &discount.name, html! {}, html! {}))
            section class="box" {
                (facts(&[
                    (&reader.say("contract-discounts"), html! { (off(reader, discount)) }),
                    (&reader.say("from"), fmt::date(discount.valid_from)),
                    (&reader.say("until"), until),
                    (&reader.say("reason"), html! { (discount.reason) }),
                ]))
            }
            @if reader.may(Action::EditContracts) && !contract.status.is_final() {
                section class="box" {
                    h2 class="box-title" { (reader.say("discount-end")) }
                    (form::post(&format!("{here}/discounts/{}", discount.id), html! {
                        (form.summary(reader))
                        div class="fields" {
                            (form.field("validTo", reader.say("last-day")).date().required())
                            (form.field("reason", reader.say("reason")).required().max_chars(500))
                        }
                        div class="form-foot" { (Button::submit(reader.say("discount-end")).danger().icon(Icon::CircleX)) }
                    }))
                }
            }
        };
        frame::desk(reader, Place::Contracts, &discount.name, main, panel::closed())
    }

    fn sample() -> DiscountPage {
        let contract = super::sample::contract();
        DiscountPage { discount: contract.discounts[0].clone(), contract, form: Form::default() }
    }
}
