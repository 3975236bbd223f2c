//! «Цуцлах»: the end of a contract before its time, with what it is settled with shown before it is made.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractId, Money};
use maud::{Markup, html};
use wire::{
    contracts::{ContractView, Termination},
    settlements::{SettledMonth, SettlementStep, SettlementView, TerminationAsked},
};

use super::{
    preview::{self, hidden},
    steps::version,
    view::id,
};
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

/// A termination, asked for and looked at.
#[derive(Debug, Clone)]
pub struct TerminationPage {
    pub contract: ContractView,
    /// `on`, `setOffDeposit`, `reason`.
    pub form: Form,
    pub settlement: Option<SettlementView>,
}

pub async fn show(api: Api, reader: Reader, Path(contract): Path<String>) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let form = preview::asked(&reader, &["on", "setOffDeposit"]);
    page(&api, reader, contract, form, StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    contract: ContractId,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let on = match form.value("asked") {
        "" => None,
        _ => form.must(&reader, "on", "field-bad-date", read::date),
    };
    let set_off_deposit = form.value("setOffDeposit") == "yes";
    let (reader, contract) = api.page(reader, api.contract(contract)).await?;
    let mut status = status;
    let mut settlement = None;
    if let Some(on) = on.filter(|_| form.is_clean()) {
        match api.termination_preview(contract.id, &TerminationAsked { on: Some(on), set_off_deposit }).await {
            Ok(seen) => settlement = Some(seen),
            Err(refusal) => status = form.refused(refusal, field)?,
        }
    }
    Ok((status, TerminationPage { contract, form, settlement }.render(&reader)).into_response())
}

/// Ends it; of a draft that is dropped the day does not matter.
pub async fn terminate(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let on = match form.value("on") {
        "" => Some(crate::clock::today()),
        _ => form.must(&reader, "on", "field-bad-date", read::date),
    };
    let reason = form.must(&reader, "reason", "field-required", |reason| Some(reason.to_owned()));
    let version = form.read(&reader, "version", "field-not-a-number", read::word);
    let (Some(on), Some(reason)) = (on, reason) else {
        return page(&api, reader, contract, form, StatusCode::BAD_REQUEST).await;
    };
    let set_off_deposit = form.value("setOffDeposit") == "yes";
    let order = Termination { on, reason, set_off_deposit, version };
    match api.terminate_contract(contract, &order, &form.key()).await {
        Ok(ended) => {
            let news = [("code", ended.contract.code.as_str().into()), ("date", fmt::date_text(on).into())];
            Ok(Flash::good(reader.say_with("contract-terminated-news", &news)).on(&format!("/contracts/{contract}")))
        }
        Err(refusal) => {
            let status = form.refused(refusal, field)?;
            page(&api, reader, contract, form, status).await
        }
    }
}

fn field(path: &str) -> Option<std::borrow::Cow<'static, str>> {
    matches!(path, "on" | "reason").then(|| path.to_owned().into())
}

impl Page for TerminationPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let title = reader.say("contract-terminate");
        let at = format!("/contracts/{}", contract.id);
        let note = html! { (contract.tenant_name) " · " (contract.units) };
        let main = html! {
            (head(&[(&reader.say("menu-contracts"), "/contracts"), (&contract.code, &at)], &title, note, html! {}))
            section class="box" {
                p class="box-note" { (reader.say("contract-terminate-note")) }
                form class="form" method="get" action={ (at) "/termination" } novalidate {
                    (form.summary(reader))
                    input type="hidden" name="asked" value="yes";
                    div class="fields" {
                        (form.field("on", reader.say("last-day")).date().required())
                        (form.field("setOffDeposit", reader.say("set-off-deposit")).check()
                            .hint(reader.say_with("set-off-deposit-hint",
                                &[("held", fmt::money_text(contract.deposit_received).into())])))
                    }
                    div class="form-foot" { (Button::submit(reader.say("look-first")).outline().icon(Icon::Search)) }
                }
            }
            @if let Some(seen) = &self.settlement {
                section class="box" {
                    h2 class="box-title" { (reader.say("settlement")) }
                    (months(reader, seen))
                    (figures(reader, seen))
                    (form::post(&format!("{at}/termination"), html! {
                        (version(contract))
                        (form.once())
                        (hidden("asked", "yes".to_owned()))
                        (hidden("on", seen.on.to_string()))
                        (hidden("setOffDeposit", form.value("setOffDeposit").to_owned()))
                        div class="fields" { (form.field("reason", reader.say("reason")).required().max_chars(500)) }
                        div class="form-foot" {
                            (Button::submit(reader.say("contract-terminate-do")).danger().icon(Icon::CircleX))
                        }
                    }))
                }
            }
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> TerminationPage {
        let contract = super::sample::contract();
        let form = Form::default().with("on", "2026-11-15").with("setOffDeposit", "yes").with("asked", "yes");
        let settlement = Some(settlement_sample(contract.id));
        TerminationPage { contract, form, settlement }
    }
}

/// Month by month: what was billed, what its days come to, and what is done about it.
fn months(reader: &Reader, seen: &SettlementView) -> Markup {
    if seen.months.is_empty() {
        return html! { p class="box-note" { (reader.say("settlement-no-months")) } };
    }
    let columns = [
        Column::text("month", reader.say("month")).title(),
        Column::text("bill", reader.say("invoice")),
        Column::number("billed", reader.say("settled-billed")),
        Column::number("used", reader.say("settled-used")),
        Column::number("difference", reader.say("difference")),
        Column::text("step", reader.say("settled-step")).corner(),
    ];
    let rows: Vec<Row> = seen.months.iter().map(|month| row(reader, month)).collect();
    html! {
        (Table { caption: &reader.say("settlement"), columns: &columns, rows: &rows, totals: None }.render(reader))
        @for month in &seen.months {
            details class="fold" {
                summary class="fold-title" { (fmt::month(reader, month.month)) " – " (reader.say("settled-how")) }
                @for line in &month.lines { p class="box-note" { (line.name) ": " (line.how) } }
            }
        }
    }
}

fn row(reader: &Reader, month: &SettledMonth) -> Row {
    Row {
        opens: month.invoice_id.map_or(Opens::Nothing, |id| Opens::Page(format!("/invoices/{id}"))),
        cells: vec![
            html! { (fmt::month(reader, month.month)) },
            html! { (month.invoice_code.as_deref().unwrap_or("–")) },
            month.billed.map(fmt::money).unwrap_or_default(),
            fmt::money(month.used),
            fmt::money(month.difference),
            html! { (reader.term("settlement-step", word(month.step))) },
        ],
    }
}

fn word(step: SettlementStep) -> &'static str {
    match step {
        SettlementStep::Stands => "stands",
        SettlementStep::Bill => "bill",
        SettlementStep::Anew => "anew",
        SettlementStep::Cancel => "cancel",
        SettlementStep::Correct => "correct",
    }
}

fn figures(reader: &Reader, seen: &SettlementView) -> Markup {
    html! {
        (facts(&[
            (&reader.say("settled-open-before"), fmt::tugrug(seen.open_before)),
            (&reader.say("settled-added"), fmt::tugrug(seen.billed)),
            (&reader.say("settled-taken-back"), fmt::tugrug(seen.taken_back)),
            (&reader.say("settled-credit-used"), fmt::tugrug(seen.credit_used)),
            (&reader.say("deposit-held"), fmt::tugrug(seen.deposit_held)),
            (&reader.say("settled-set-off"), fmt::tugrug(seen.set_off)),
        ]))
        (facts(&[
            (&reader.say("settled-to-pay"), html! { strong { (fmt::tugrug(seen.to_pay)) } }),
            (&reader.say("settled-deposit-left"), html! { strong { (fmt::tugrug(seen.deposit_left)) } }),
            (&reader.say("settled-credit-left"), html! { strong { (fmt::tugrug(seen.credit_left)) } }),
        ]))
    }
}

fn settlement_sample(contract: ContractId) -> SettlementView {
    let amount = Money::from_tugrug;
    SettlementView {
        contract_id: contract,
        on: jiff::civil::date(2026, 11, 15),
        months: vec![SettledMonth {
            month: "2026-11".parse().expect("a month"),
            step: SettlementStep::Anew,
            invoice_code: Some("INV-2026-000123".into()),
            invoice_id: Some(domain::InvoiceId::new()),
            billed: Some(amount(2_480_000)),
            used: amount(1_240_000),
            difference: amount(-1_240_000),
            netted: Money::ZERO,
            lines: vec![wire::settlements::SettledLine {
                name: "Түрээс (301)".into(),
                amount: amount(1_056_250),
                days_used: 15,
                days_in_month: 30,
                how: "84.5 м² × 25 000 ₮ × 15/30 хоног = 1 056 250 ₮ (2026.11.01–2026.11.15), НӨАТ багтсан".into(),
            }],
            made_id: None,
        }],
        open_before: amount(2_480_000),
        billed: amount(1_240_000),
        taken_back: amount(2_480_000),
        credit: Money::ZERO,
        credit_used: Money::ZERO,
        deposit_held: amount(2_112_500),
        set_off: amount(1_240_000),
        to_pay: Money::ZERO,
        credit_left: Money::ZERO,
        deposit_left: amount(872_500),
        payment_id: None,
    }
}
