//! What a contract says about paying late: the rate a day, the days of grace, from when days count, and where it is written.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractId, penalty::CountsFrom, rights::Action};
use futures_util::future::try_join;
use maud::{Markup, html};
use wire::{contracts::ContractView, penalties::PenaltyTerms};

use super::penalties;
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        alert::{self, Kind},
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
    },
};

/// A contract's clause on penalty, and the form that changes it.
#[derive(Debug, Clone)]
pub struct PenaltyTermsPage {
    pub contract: ContractView,
    pub terms: PenaltyTerms,
    pub form: Form,
}

pub(super) async fn show(api: Api, reader: Reader, Path(id): Path<ContractId>) -> Result<Response, Problem> {
    let (reader, (contract, terms)) = api.page(reader, try_join(api.contract(id), api.penalty_terms(id))).await?;
    Ok(PenaltyTermsPage { form: filled(&terms), contract, terms }.render(&reader).into_response())
}

fn filled(terms: &PenaltyTerms) -> Form {
    Form::default()
        .with("rate", terms.rate_bp.map(fmt::basis_points).unwrap_or_default())
        .with("graceDays", terms.grace_days)
        .with("countsFrom", terms.counts_from)
        .with("clause", &terms.clause)
}

pub(super) async fn change(
    api: Api,
    reader: Reader,
    Path(id): Path<ContractId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    let rate_bp = form.read(&reader, "rate", "field-not-a-number", read::basis_points);
    let grace_days = form.read(&reader, "graceDays", "field-not-a-number", read::word).unwrap_or(0);
    let counts_from: Option<CountsFrom> = form.read(&reader, "countsFrom", "field-not-a-choice", read::word);
    if form.is_clean() {
        let terms = PenaltyTerms {
            rate_bp,
            grace_days,
            counts_from: counts_from.unwrap_or(CountsFrom::Due),
            clause: form.value("clause").to_owned(),
        };
        match api.set_penalty_terms(id, &terms).await {
            Ok(_) => {
                return Ok(Flash::good(reader.say("desk-terms-kept")).on(&format!("/contracts/{id}/penalty-terms")));
            }
            Err(refusal) => {
                status = form.refused(refusal, |path| match path {
                    "rateBp" => Some("rate".into()),
                    "graceDays" | "clause" => Some(path.to_owned().into()),
                    _ => None,
                })?;
            }
        }
    }
    let (reader, (contract, terms)) = api.page(reader, try_join(api.contract(id), api.penalty_terms(id))).await?;
    Ok((status, PenaltyTermsPage { contract, terms, form }.render(&reader)).into_response())
}

impl Page for PenaltyTermsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let contract = &self.contract;
        let title = reader.say("desk-terms");
        let note = html! { (contract.tenant_name) " · " (contract.units) };
        let crumbs = [
            (&*reader.say("menu-contracts"), "/contracts"),
            (&*contract.code, &*format!("/contracts/{}", contract.id)),
        ];
        let ways = Button::link(
            reader.say("arrears-tab-penalties"),
            format!("{}?contractId={}", penalties::HERE, contract.id),
        );
        let main = html! {
            (head(&crumbs, &title, note, html! { (ways.outline()) }))
            @if self.terms.rate_bp.is_none() {
                (alert::alert(Kind::Info, &reader.say("desk-terms-none"), html! {}))
            }
            section class="box" { (self.told(reader)) }
            @if reader.may(Action::EditContracts) && !contract.status.is_final() { (self.form(reader)) }
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> PenaltyTermsPage {
        let terms = PenaltyTerms {
            rate_bp: Some(30),
            grace_days: 5,
            counts_from: CountsFrom::Grace,
            clause: "Гэрээний 5.3: төлбөр хоцорсон хоног тутамд 0.3 хувь".into(),
        };
        PenaltyTermsPage { contract: crate::contracts::sample::contract(), form: filled(&terms), terms }
    }
}

impl PenaltyTermsPage {
    fn told(&self, reader: &Reader) -> Markup {
        let terms = &self.terms;
        facts(&[
            (
                &reader.say("desk-terms-rate"),
                html! {
                    @match terms.rate_bp {
                        Some(bp) => span class="num" { (fmt::basis_points(bp)) " %" },
                        None => (reader.say("desk-terms-no-rate")),
                    }
                },
            ),
            (&reader.say("desk-terms-grace"), html! { span class="num" { (terms.grace_days) } }),
            (&reader.say("desk-terms-from"), html! { (reader.term("desk-counts-from", terms.counts_from.as_str())) }),
            (&reader.say("desk-terms-clause"), html! { (terms.clause) }),
        ])
    }

    fn form(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let from = terms_of(reader, "desk-counts-from", CountsFrom::ALL);
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("desk-terms-change")) }
                (form::post(&format!("/contracts/{}/penalty-terms", self.contract.id), html! {
                    p class="hint" { (reader.say("desk-terms-law")) }
                    (form.summary(reader))
                    (form.field("rate", reader.say("desk-terms-rate")).number("%").hint(reader.say("desk-terms-rate-hint")))
                    (form.field("graceDays", reader.say("desk-terms-grace")).number("").hint(reader.say("desk-terms-grace-hint")))
                    (form.field("countsFrom", reader.say("desk-terms-from")).choices(&from))
                    (form.field("clause", reader.say("desk-terms-clause")).lines(2).max_chars(500).hint(reader.say("desk-terms-clause-hint")))
                    div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                }))
            }
        }
    }
}
