//! Approval of a contract: the notice while it waits, and the button that ends the wait.

use axum::{extract::Path, http::StatusCode, response::Response};
use domain::rights::Action;
use maud::{Markup, html};
use wire::contracts::ContractView;

use super::view::id;
use crate::{
    api::Api,
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        flash::Flash,
        icon::Icon,
    },
};

pub async fn approve(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let flash = match api.approve_contract(id).await {
        Ok(contract) => {
            Flash::good(reader.say_with("contract-approved-news", &[("code", contract.code.as_str().into())]))
        }
        Err(refusal) if refusal.is(StatusCode::CONFLICT) => Flash::bad(refusal.message),
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(flash.on(&format!("/contracts/{id}")))
}

/// Said above a contract that waits; nothing above one that does not.
pub fn notice(reader: &Reader, contract: &ContractView) -> Markup {
    if contract.approved_at.is_some() || contract.status.is_final() {
        return html! {};
    }
    let more = html! {
        p { (reader.say("contract-unapproved-note")) }
        @if reader.may(Action::ApproveContracts) {
            form method="post" action={ "/contracts/" (contract.id) "/approval" } {
                (Button::submit(reader.say("contract-approve")).icon(Icon::Check).small())
            }
        }
    };
    alert::alert(Kind::Warn, &reader.say("contract-unapproved"), more)
}
