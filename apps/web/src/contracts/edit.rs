//! Changing a contract's terms, by the version that was read.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::contract::ContractStatus;
use maud::{Markup, html};
use wire::contracts::{ContractChange, ContractView};

use super::{Terms, terms, view::id};
use crate::{
    api::Api,
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
    },
};

/// The form of a contract's terms, fresh or come back.
#[derive(Debug, Clone)]
pub struct Edit {
    pub contract: ContractView,
    pub form: Form,
    /// Somebody else changed the contract since this form was drawn.
    pub is_stale: bool,
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(&id)?)).await?;
    let form = filled(&contract);
    Ok(Edit { contract, form, is_stale: false }.render(&reader).into_response())
}

fn filled(contract: &ContractView) -> Form {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    Form::default()
        .with("version", contract.version)
        .with("startsOn", contract.starts_on)
        .with("endsOn", day(contract.ends_on))
        .with("depositAmount", crate::fmt::money_text(contract.deposit_amount))
        .with("paymentDay", contract.payment_day)
        .with("graceDays", contract.grace_days)
        .with("penaltyBp", contract.penalty_bp.map(crate::fmt::basis_points).unwrap_or_default())
        .with("notes", &contract.notes)
}

pub async fn edit(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let mut form = Form::typed(pairs);
    let change = change(&mut form, &reader);
    let mut is_stale = false;
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.edit_contract(id, &change).await {
            Ok(_) => return Ok(Flash::good(reader.say("saved")).on(&format!("/contracts/{id}"))),
            Err(refusal) => {
                is_stale = refusal.reason() == "VERSION";
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    Ok((status, Edit { contract, form, is_stale }.render(&reader)).into_response())
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 7] = ["startsOn", "endsOn", "depositAmount", "paymentDay", "graceDays", "penaltyBp", "notes"];

fn change(form: &mut Form, reader: &Reader) -> ContractChange {
    for name in ["depositAmount", "paymentDay", "graceDays"] {
        if form.value(name).is_empty() {
            form.remark(name, reader.say("field-required"));
        }
    }
    let Terms { deposit_amount, payment_day, grace_days, penalty_bp } = terms(form, reader);
    ContractChange {
        version: form.must(reader, "version", "field-not-a-number", read::word).unwrap_or_default(),
        starts_on: form.read(reader, "startsOn", "field-bad-date", read::date),
        // An emptied field means an open end, or no penalty.
        ends_on: Some(form.read(reader, "endsOn", "field-bad-date", read::date)),
        deposit_amount,
        payment_day,
        grace_days,
        penalty_bp: Some(penalty_bp),
        notes: Some(form.value("notes").to_owned()),
    }
}

impl Page for Edit {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let (title, list) = (reader.say("contract-edit"), reader.say("menu-contracts"));
        let here = format!("/contracts/{}", contract.id);
        let action = format!("{here}/edit");
        let is_draft = matches!(contract.status, ContractStatus::Draft | ContractStatus::PendingSignature);
        let fields = html! {
            @if self.is_stale { (form::stale(reader, &action)) } @else { (form.summary(reader)) }
            input type="hidden" name="version" value=(form.value("version"));
            div class="fields" {
                @if is_draft { (form.field("startsOn", reader.say("starts-on")).date().required()) }
                (form.field("endsOn", reader.say("ends-on")).date().hint(reader.say("no-end-hint")))
                (form.field("depositAmount", reader.say("deposit")).money().hint(reader.say("money-hint")))
                (form.field("paymentDay", reader.say("payment-day")).number(&reader.say("payment-day-unit")).required())
                (form.field("graceDays", reader.say("grace-days")).number(&reader.say("days-unit")).required())
                (form.field("penaltyBp", reader.say("penalty")).number("%").hint(reader.say("penalty-hint")))
                (form.field("notes", reader.say("notes")).lines(4).max_chars(4000).wide())
            }
            div class="form-foot" {
                (Button::submit(reader.say("save")).icon(Icon::Check))
                (Button::link(reader.say("leave"), &*here).ghost())
            }
        };
        let note = html! { (contract.tenant_name) " · " (contract.units) };
        let main = html! {
            (head(&[(&list, "/contracts"), (&contract.code, &here)], &title, note, html! {}))
            (form::post(&action, fields))
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> Edit {
        super::sample::edit()
    }
}
