//! The fifth step: deposit, payment day, penalty clause, notes.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::Response,
};
use maud::{Markup, html};
use wire::contracts::{ContractChange, ContractView};

use super::{At, drawn};
use crate::{
    api::Api,
    contracts::{Terms, terms, view::id},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::form::{self, Form},
};

/// The clauses' form, fresh or come back.
#[derive(Debug, Clone)]
pub struct ClausesStep {
    pub contract: ContractView,
    pub form: Form,
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(&id)?)).await?;
    if let Some(away) = super::only_a_draft(&contract) {
        return Ok(away);
    }
    let form = Form::default()
        .with("version", contract.version)
        .with("depositAmount", crate::fmt::money_text(contract.deposit_amount))
        .with("paymentDay", contract.payment_day)
        .with("graceDays", contract.grace_days)
        .with("penaltyBp", contract.penalty_bp.map(crate::fmt::basis_points).unwrap_or_default())
        .with("notes", &contract.notes);
    Ok(drawn(StatusCode::OK, &ClausesStep { contract, form }, &reader))
}

pub async fn set(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let mut form = Form::typed(pairs);
    let version = form.must(&reader, "version", "field-not-a-number", read::word).unwrap_or_default();
    let Terms { deposit_amount, payment_day, grace_days, penalty_bp } = terms(&mut form, &reader);
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        let change = ContractChange {
            version,
            deposit_amount: Some(deposit_amount.unwrap_or_default()),
            payment_day,
            grace_days,
            penalty_bp: Some(penalty_bp),
            notes: Some(form.value("notes").to_owned()),
            ..ContractChange::default()
        };
        match api.edit_contract(id, &change).await {
            Ok(contract) => return Ok(At::Clauses.on(&contract)),
            Err(refusal) => {
                let field = |path: &str| FIELDS.into_iter().find(|name| *name == path).map(Into::into);
                status = form.refused(refusal, field)?;
            }
        }
    }
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    Ok(drawn(status, &ClausesStep { contract, form }, &reader))
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 5] = ["depositAmount", "paymentDay", "graceDays", "penaltyBp", "notes"];

impl Page for ClausesStep {
    fn render(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let inside = html! {
            (form.summary(reader))
            (super::version(form))
            div class="fields" {
                (form.field("depositAmount", reader.say("deposit")).money().hint(reader.say("wizard-deposit-hint")))
                (form.field("paymentDay", reader.say("payment-day")).number(&reader.say("payment-day-unit")).required())
                (form.field("graceDays", reader.say("grace-days")).number(&reader.say("days-unit")).required())
                (form.field("penaltyBp", reader.say("penalty")).number("%").hint(reader.say("penalty-hint")))
                (form.field("notes", reader.say("notes")).lines(4).max_chars(4000).wide())
            }
            (super::foot(reader, At::Clauses, Some(&self.contract)))
        };
        let inside = form::post(&At::Clauses.of(&self.contract), inside);
        super::draw(reader, At::Clauses, Some(&self.contract), inside)
    }

    fn sample() -> ClausesStep {
        let mut form = Form::default().with("version", 5).with("depositAmount", "2 сая").with("penaltyBp", "0.8");
        form.remark("penaltyBp", Reader::default().say_with("field-too-large", &[("max", "0.5".into())]));
        ClausesStep { contract: crate::contracts::sample::drafted(), form }
    }
}
