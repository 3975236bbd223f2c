//! A contract made step by step: parties, term, space, charges, deposit and penalty, overview.
//!
//! Every step has an address of its own and is a plain form; what is sent is kept in the draft itself, so that it can be
//! left and gone on with on another device.

mod charges;
mod clauses;
mod overview;
mod parties;
mod rooms;
mod term;

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::contract::{ContractStatus, ScheduleKind};
use maud::{Markup, html};
use wire::contracts::ContractView;

pub use self::{
    charges::ChargesStep, clauses::ClausesStep, overview::Overview, parties::PartiesStep, rooms::RoomsStep,
    term::TermStep,
};
use crate::{
    Site, page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        form::Form,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        stepper::{Stage, Step, stepper},
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/contracts/new/parties", get(parties::show_new).post(parties::begin))
        .route("/contracts/{id}/parties", get(parties::show).post(parties::set))
        .route("/contracts/{id}/term", get(term::show).post(term::set))
        .route("/contracts/{id}/rooms", get(rooms::show).post(rooms::set))
        .route("/contracts/{id}/charges", get(charges::show).post(charges::set))
        .route("/contracts/{id}/clauses", get(clauses::show).post(clauses::set))
        .route("/contracts/{id}/overview", get(overview::show))
}

/// A step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Parties,
    Term,
    Rooms,
    Charges,
    Clauses,
    Overview,
}

impl At {
    const ALL: [At; 6] = [At::Parties, At::Term, At::Rooms, At::Charges, At::Clauses, At::Overview];

    const fn as_str(self) -> &'static str {
        match self {
            At::Parties => "parties",
            At::Term => "term",
            At::Rooms => "rooms",
            At::Charges => "charges",
            At::Clauses => "clauses",
            At::Overview => "overview",
        }
    }

    fn label(self, reader: &Reader) -> String {
        reader.say(&format!("wizard-{}", self.as_str())).into_owned()
    }

    fn after(self) -> At {
        let place = At::ALL.iter().position(|at| *at == self).map_or(0, |place| place + 1);
        At::ALL.get(place).copied().unwrap_or(At::Overview)
    }

    fn before(self) -> Option<At> {
        let place = At::ALL.iter().position(|at| *at == self)?;
        At::ALL.get(place.checked_sub(1)?).copied()
    }

    fn of(self, contract: &ContractView) -> String {
        format!("/contracts/{}/{}", contract.id, self.as_str())
    }

    /// On to the next step, whose form is fresh.
    fn on(self, contract: &ContractView) -> Response {
        Redirect::to(&self.after().of(contract)).into_response()
    }
}

/// What a draft lacks to come into force, step by step.
fn lacks(contract: &ContractView) -> Vec<(At, &'static str)> {
    let has_schedule = contract.schedule_kind == ScheduleKind::Custom && !contract.schedule.is_empty();
    let steps = [
        (contract.rooms.is_empty(), At::Rooms, "wizard-lacks-rooms"),
        (contract.items.is_empty() && !has_schedule, At::Charges, "wizard-lacks-charges"),
    ];
    steps.into_iter().filter(|(lacks, ..)| *lacks).map(|(_, at, word)| (at, word)).collect()
}

/// Said on a draft's page: where to go on with it.
pub fn notice(reader: &Reader, contract: &ContractView) -> Markup {
    if contract.status != ContractStatus::Draft || !super::may_draft(reader) {
        return html! {};
    }
    let lacks = lacks(contract);
    let at = lacks.first().map_or(At::Overview, |(at, _)| *at);
    let more = html! {
        @for (_, word) in &lacks { p { (reader.say(word)) } }
        p { (Button::link(reader.say("wizard-continue"), at.of(contract)).small().icon(Icon::Pencil)) }
    };
    let (kind, title) =
        if lacks.is_empty() { (Kind::Info, "wizard-ready") } else { (Kind::Warn, "wizard-draft-lacks") };
    alert::alert(kind, &reader.say(title), more)
}

/// A step only a draft has; whatever came into force is looked at on its page.
fn only_a_draft(contract: &ContractView) -> Option<Response> {
    let leaves = contract.status != ContractStatus::Draft;
    leaves.then(|| Redirect::to(&format!("/contracts/{}", contract.id)).into_response())
}

/// The page of a step around what it asks for.
fn draw(reader: &Reader, at: At, contract: Option<&ContractView>, inside: Markup) -> Markup {
    let list = reader.say("menu-contracts");
    let title = contract.map_or_else(|| reader.say("contract-new").into_owned(), |contract| contract.code.clone());
    let steps: Vec<Step> = At::ALL
        .iter()
        .map(|step| Step {
            label: step.label(reader),
            note: None,
            href: contract.map(|contract| step.of(contract)),
            stage: stage(*step, at, contract),
        })
        .collect();
    let main = html! {
        (head(&[(&list, "/contracts")], &title, html! { (reader.say("wizard-note")) }, html! {}))
        (stepper(reader, &steps))
        (inside)
    };
    frame::desk(reader, Place::Contracts, &format!("{} · {title}", at.label(reader)), main, panel::closed())
}

fn stage(step: At, at: At, contract: Option<&ContractView>) -> Stage {
    let Some(contract) = contract else {
        return if step == at { Stage::Now } else { Stage::Later };
    };
    let is_lacking = lacks(contract).iter().any(|(lacking, _)| *lacking == step);
    match step {
        step if step == at => Stage::Now,
        At::Overview => Stage::Later,
        _ if is_lacking => Stage::Later,
        _ => Stage::Done,
    }
}

/// The foot of a step's form: on, back, and away.
fn foot(reader: &Reader, at: At, contract: Option<&ContractView>) -> Markup {
    html! {
        div class="form-foot" {
            (Button::submit(reader.say("wizard-next")).icon(Icon::ChevronRight))
            @if let (Some(contract), Some(before)) = (contract, at.before()) {
                (Button::link(reader.say("wizard-back"), before.of(contract)).outline())
            }
            (Button::link(reader.say("leave"), contract.map_or("/contracts".to_owned(), |c| format!("/contracts/{}", c.id))).ghost())
        }
    }
}

/// The version that was read travels with every step.
fn version(form: &Form) -> Markup {
    html! { input type="hidden" name="version" value=(form.value("version")); }
}

fn drawn(status: StatusCode, page: &impl page::Page, reader: &Reader) -> Response {
    (status, page.render(reader)).into_response()
}

#[cfg(test)]
mod tests;
