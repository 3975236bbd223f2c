//! The second step: from when to when.

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
    contracts::view::id,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::form::{self, Form},
};

/// The term's form, fresh or come back.
#[derive(Debug, Clone)]
pub struct TermStep {
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
        .with("startsOn", contract.starts_on)
        .with("endsOn", contract.ends_on.map(|day| day.to_string()).unwrap_or_default());
    Ok(drawn(StatusCode::OK, &TermStep { contract, form }, &reader))
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
    let starts_on = form.must(&reader, "startsOn", "field-bad-date", read::date);
    let ends_on = form.read(&reader, "endsOn", "field-bad-date", read::date);
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        let change = ContractChange { version, starts_on, ends_on: Some(ends_on), ..ContractChange::default() };
        match api.edit_contract(id, &change).await {
            Ok(contract) => return Ok(At::Term.on(&contract)),
            Err(refusal) if refusal.reason() == "OVERLAP" => {
                status = StatusCode::CONFLICT;
                form.remark("startsOn", super::super::draft::taken(&refusal));
            }
            Err(refusal) => {
                let field = |path: &str| ["startsOn", "endsOn"].into_iter().find(|name| *name == path).map(Into::into);
                status = form.refused(refusal, field)?;
            }
        }
    }
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    Ok(drawn(status, &TermStep { contract, form }, &reader))
}

impl Page for TermStep {
    fn render(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let inside = html! {
            (form.summary(reader))
            (super::version(form))
            div class="fields" {
                (form.field("startsOn", reader.say("starts-on")).date().required())
                (form.field("endsOn", reader.say("ends-on")).date().hint(reader.say("no-end-hint")))
            }
            (super::foot(reader, At::Term, Some(&self.contract)))
        };
        let inside = form::post(&At::Term.of(&self.contract), inside);
        super::draw(reader, At::Term, Some(&self.contract), inside)
    }

    fn sample() -> TermStep {
        let mut form = Form::default().with("version", 1).with("startsOn", "2026-12-01").with("endsOn", "2026-11-30");
        form.remark("endsOn", Reader::default().say("field-end-before-start"));
        TermStep { contract: crate::contracts::sample::drafted(), form }
    }
}
