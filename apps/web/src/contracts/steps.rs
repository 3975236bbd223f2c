//! The steps of a contract's life: what may be done next, and the short forms that do it at once. What moves money has a
//! page of its own with its figures first.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::Response,
};
use domain::{contract::ContractStatus, rights::Action};
use maud::{Markup, html};
use wire::{
    contracts::ContractView,
    lifecycle::{ContractStep, Signature, StepBack},
};

use super::view::id;
use crate::{
    api::Api,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
        icon::Icon,
    },
};

/// What comes next for a contract, on its page.
pub fn section(reader: &Reader, contract: &ContractView) -> Markup {
    let steps = steps(reader, contract);
    html! {
        @if !steps.0.is_empty() {
            section class="box" {
                h2 class="box-title" { (reader.say("steps")) }
                (steps)
            }
        }
    }
}

fn steps(reader: &Reader, contract: &ContractView) -> Markup {
    use ContractStatus::*;
    let (may_edit, may_end) = (reader.may(Action::EditContracts), reader.may(Action::TerminateContracts));
    let at = format!("/contracts/{}", contract.id);
    let link = |label: &str, page: &str, icon: Icon| {
        html! { (Button::link(reader.say(label), format!("{at}/{page}")).icon(icon)) }
    };
    html! {
        @match contract.status {
            Draft | PendingSignature => {
                p class="box-note" {
                    (reader.say(if contract.status == Draft { "steps-draft" } else { "steps-pending" }))
                }
                @if may_edit {
                    (signing(reader, contract, &at))
                }
                @if may_end {
                    (because(reader, contract, &at, "drop", "termination", true))
                }
            }
            Active | GracePeriod => {
                @if contract.status == GracePeriod { p class="box-note" { (reader.say("steps-grace")) } }
                div class="form-foot" {
                    @if may_edit && contract.ends_on.is_some() {
                        (link("contract-extend", "extension", Icon::Calendar))
                    }
                    @if may_edit { (link("contract-renew", "renewal", Icon::Refresh)) }
                    @if may_end { (link("contract-terminate", "termination", Icon::CircleX)) }
                }
            }
            Terminated => {
                @if may_end && !contract.rooms.is_empty() {
                    (because(reader, contract, &at, "restore", "restoration", false))
                }
            }
            Expired | Renewed => {}
        }
        @if let Some(old) = contract.renews_contract_id {
            p class="box-note" { a href={ "/contracts/" (old) } { (reader.say("contract-goes-on-from")) } }
        }
    }
}

/// Sending, signing on a day, putting into force without a signature, and back to the draft.
fn signing(reader: &Reader, contract: &ContractView, at: &str) -> Markup {
    let is_draft = contract.status == ContractStatus::Draft;
    let empty = Form::default();
    html! {
        (form::post(&format!("{at}/signature"), html! {
            (version(contract))
            div class="fields" {
                (empty.field("signedOn", reader.say("signed-on")).date().hint(reader.say("signed-on-hint")))
            }
            div class="form-foot" { (Button::submit(reader.say("contract-sign-do")).icon(Icon::Check)) }
        }))
        div class="form-foot" {
            @if is_draft {
                form method="post" action={ (at) "/sending" } {
                    (version(contract))
                    (Button::submit(reader.say("contract-send")).outline().icon(Icon::Send))
                }
            }
            form method="post" action={ (at) "/activation" } {
                (version(contract))
                (Button::submit(reader.say("contract-activate")).outline().icon(Icon::Play))
            }
        }
        @if !is_draft { (because(reader, contract, at, "return", "return", false)) }
    }
}

/// A step that needs its reason, folded away: `contract-WORD`, `contract-WORD-note`, `contract-WORD-do`.
fn because(reader: &Reader, contract: &ContractView, at: &str, word: &str, door: &str, is_grave: bool) -> Markup {
    let empty = Form::default();
    let label = reader.say(&format!("contract-{word}-do"));
    html! {
        details class="fold" {
            summary class="fold-title" { (reader.say(&format!("contract-{word}"))) }
            p class="box-note" { (reader.say(&format!("contract-{word}-note"))) }
            (form::post(&format!("{at}/{door}"), html! {
                (version(contract))
                (empty.once())
                div class="fields" { (empty.field("reason", reader.say("reason")).required().max_chars(500)) }
                div class="form-foot" {
                    @if is_grave { (Button::submit(label).danger().icon(Icon::CircleX)) }
                    @else { (Button::submit(label).outline().icon(Icon::Refresh)) }
                }
            }))
        }
    }
}

/// The version that was read, so that a step is not taken on something else.
pub(super) fn version(contract: &ContractView) -> Markup {
    html! { input type="hidden" name="version" value=(contract.version); }
}

pub async fn send(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let step = ContractStep { version: form.read(&reader, "version", "field-not-a-number", read::word) };
    told(&reader, contract, "contract-sent-news", api.send_contract(contract, &step).await)
}

pub async fn activate(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let step = ContractStep { version: form.read(&reader, "version", "field-not-a-number", read::word) };
    told(&reader, contract, "contract-signed-news", api.activate_contract(contract, &step).await)
}

pub async fn sign(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let signed_on = form.read(&reader, "signedOn", "field-bad-date", read::date);
    if let Some(remark) = form.remark_on("signedOn") {
        return Ok(Flash::bad(remark).on(&format!("/contracts/{contract}")));
    }
    let signature = Signature { signed_on, version: form.read(&reader, "version", "field-not-a-number", read::word) };
    told(&reader, contract, "contract-signed-news", api.sign_contract(contract, &signature).await)
}

pub async fn take_back(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let back = back(&reader, pairs);
    told(&reader, contract, "contract-returned-news", api.return_contract(contract, &back.0).await)
}

pub async fn restore(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let back = back(&reader, pairs);
    told(&reader, contract, "contract-restored-news", api.restore_contract(contract, &back.0, &back.1).await)
}

fn back(reader: &Reader, pairs: Vec<(String, String)>) -> (StepBack, String) {
    let mut form = Form::typed(pairs);
    let version = form.read(reader, "version", "field-not-a-number", read::word);
    (StepBack { reason: form.value("reason").to_owned(), version }, form.key().into_owned())
}

/// Back on the contract's page with the news, or with why it could not be done.
fn told(
    reader: &Reader,
    contract: domain::ContractId,
    news: &'static str,
    answer: client::Result<ContractView>,
) -> Result<Response, Problem> {
    let flash = match answer {
        Ok(contract) => Flash::good(reader.say_with(news, &[("code", contract.code.as_str().into())])),
        Err(refusal) if refusal.is(StatusCode::CONFLICT) => Flash::bad(refusal.message),
        Err(refusal) if refusal.status == 400 => {
            let said: Vec<String> = refusal.fields.values().flatten().cloned().collect();
            Flash::bad(if said.is_empty() { refusal.message } else { said.join(" ") })
        }
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(flash.on(&format!("/contracts/{contract}")))
}
