//! The last step: the draft as a whole, and what it still lacks.

use axum::{extract::Path, http::StatusCode, response::Response};
use domain::rights::Action;
use maud::{Markup, html};
use wire::contracts::ContractView;

use super::{At, drawn};
use crate::{
    api::Api,
    contracts::view::{self, ContractPage, id},
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        icon::Icon,
    },
};

/// A draft, whole.
#[derive(Debug, Clone)]
pub struct Overview {
    pub contract: ContractView,
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(&id)?)).await?;
    if let Some(away) = super::only_a_draft(&contract) {
        return Ok(away);
    }
    Ok(drawn(StatusCode::OK, &Overview { contract }, &reader))
}

impl Page for Overview {
    fn render(&self, reader: &Reader) -> Markup {
        let contract = &self.contract;
        let lacks = super::lacks(contract);
        let here = format!("/contracts/{}", contract.id);
        let change = |at: At| html! { " " (Button::link(reader.say("edit"), at.of(contract)).ghost()) };
        let inside = html! {
            @for (at, word) in &lacks {
                (alert::alert(Kind::Warn, &reader.say(word), html! { p { a href=(at.of(contract)) { (at.label(reader)) } } }))
            }
            @if lacks.is_empty() { (alert::alert(Kind::Good, &reader.say("wizard-ready"), html! {})) }
            section class="box" {
                h2 class="box-title" { (reader.say("contract-terms")) (change(At::Clauses)) }
                (ContractPage::still(contract.clone()).terms(reader))
            }
            section class="box" {
                h2 class="box-title" { (reader.say("contract-rooms")) (change(At::Rooms)) }
                (view::rooms(reader, &contract.rooms))
            }
            section class="box" {
                h2 class="box-title" { (reader.say("contract-charges")) (change(At::Charges)) }
                (view::charges(reader, contract))
            }
            div class="form-foot" {
                @if lacks.is_empty() && reader.may(Action::EditContracts) {
                    form method="post" action={ (here) "/signature" } {
                        (Button::submit(reader.say("contract-sign")).icon(Icon::Check))
                    }
                }
                (Button::link(reader.say("wizard-done"), here).outline())
            }
        };
        super::draw(reader, At::Overview, Some(contract), inside)
    }

    fn sample() -> Overview {
        Overview { contract: crate::contracts::sample::drafted() }
    }
}
