//! «Барьцаа» of one contract: what is due and held, every entry, and the forms that add one.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractId, DepositEntryId, Money, deposit::DepositKind, rights::Action};
use futures_util::future::try_join;
use jiff::civil::{Date, date};
use maud::{Markup, html};
use wire::{
    contracts::ContractView,
    deposits::{DepositEntryView, DepositSums, DepositView, NewDepositEntry, NewDepositKind, NewDepositSetOff},
};

use super::view::id;
use crate::{
    api::Api,
    clock, fmt,
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

/// The deposit of a contract with its entries.
#[derive(Debug, Clone)]
pub struct DepositPage {
    pub contract: ContractView,
    pub deposit: DepositView,
    /// The form that came back, by its kind: `amount`, `months`, `on`, `reference`, `reason`, `correctsId`.
    pub form: Form,
}

pub async fn show(api: Api, reader: Reader, Path(contract): Path<String>) -> Result<Response, Problem> {
    let form = Form::default().with("on", clock::today());
    page(&api, reader, id(&contract)?, form, StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    contract: ContractId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, (contract, deposit)) =
        api.page(reader, try_join(api.contract(contract), api.deposit(contract))).await?;
    Ok((status, DepositPage { contract, deposit, form }.render(&reader)).into_response())
}

pub async fn enter(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let Some(kind) = kind(form.value("kind")) else { return Err(Problem::not_found("thing-deposit-entry")) };
    let amount = form.read(&reader, "amount", "field-bad-money", read::money);
    let months = form.read(&reader, "months", "field-not-a-number", read::word);
    let on = form.read(&reader, "on", "field-bad-date", read::date);
    let corrects_id: Option<DepositEntryId> = form.read(&reader, "correctsId", "field-not-a-choice", read::word);
    if !form.is_clean() {
        return page(&api, reader, contract, form, StatusCode::BAD_REQUEST).await;
    }
    let (reference, reason) = (form.value("reference").to_owned(), form.value("reason").to_owned());
    let entry = NewDepositEntry { kind, on, amount, months, reference, reason, corrects_id };
    match api.enter_deposit(contract, &entry, &form.key()).await {
        Ok(_) => Ok(Flash::good(reader.say("deposit-entered")).on(&format!("/contracts/{contract}/deposit"))),
        Err(refusal) => {
            let names = ["amount", "months", "on", "reference", "reason", "correctsId"];
            let field = |path: &str| names.contains(&path).then(|| path.to_owned().into());
            let status = form.refused(refusal, field)?;
            page(&api, reader, contract, form, status).await
        }
    }
}

/// The deposit pays what the contract owes, the oldest due first.
pub async fn set_off(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let amount = form.read(&reader, "amount", "field-bad-money", read::money);
    if !form.is_clean() {
        return page(&api, reader, contract, form.with("kind", "set_off"), StatusCode::BAD_REQUEST).await;
    }
    let new = NewDepositSetOff { amount, note: form.value("note").to_owned() };
    match api.set_off_deposit(contract, &new, &form.key()).await {
        Ok(payment) => {
            let told = reader.say_with("desk-set-off-done", &[("amount", fmt::money_text(payment.amount).into())]);
            Ok(Flash::good(told).on(&format!("/contracts/{contract}/deposit")))
        }
        Err(refusal) => {
            let field = |path: &str| matches!(path, "amount" | "note").then(|| path.to_owned().into());
            let status = form.refused(refusal, field)?;
            page(&api, reader, contract, form.with("kind", "set_off"), status).await
        }
    }
}

fn kind(word: &str) -> Option<NewDepositKind> {
    Some(match word {
        "due" => NewDepositKind::Due,
        "received" => NewDepositKind::Received,
        "refunded" => NewDepositKind::Refunded,
        "corrected" => NewDepositKind::Corrected,
        _ => return None,
    })
}

impl Page for DepositPage {
    fn render(&self, reader: &Reader) -> Markup {
        let contract = &self.contract;
        let title = reader.say("deposit");
        let at = format!("/contracts/{}", contract.id);
        let note = html! { (contract.tenant_name) " · " (contract.units) };
        let main = html! {
            (head(&[(&reader.say("menu-contracts"), "/contracts"), (&contract.code, &at)], &title, note, html! {}))
            section class="box" {
                (sums(reader, &self.deposit.sums))
            }
            section class="box" {
                h2 class="box-title" { (reader.say("deposit-entries")) }
                (self.entries(reader))
            }
            @if reader.may(Action::RecordPayments) { (self.forms(reader, &at)) }
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> DepositPage {
        sample()
    }
}

/// What entries add up to.
fn sums(reader: &Reader, sums: &DepositSums) -> Markup {
    facts(&[
        (&reader.say("deposit-due"), fmt::tugrug(sums.due)),
        (&reader.say("deposit-held"), html! { strong { (fmt::tugrug(sums.held)) } }),
        (&reader.say("deposit-missing"), fmt::tugrug(sums.missing)),
        (&reader.say("deposit-received"), fmt::tugrug(sums.received)),
        (&reader.say("deposit-set-off"), fmt::tugrug(sums.set_off)),
        (&reader.say("deposit-refunded"), fmt::tugrug(sums.refunded)),
    ])
}

impl DepositPage {
    fn entries(&self, reader: &Reader) -> Markup {
        if self.deposit.entries.is_empty() {
            return html! { p class="box-note" { (reader.say("deposit-no-entries")) } };
        }
        let columns = [
            Column::text("kind", reader.say("deposit-entry")).title(),
            Column::text("on", reader.say("day")),
            Column::number("due", reader.say("deposit-due")),
            Column::number("held", reader.say("deposit-held")).corner(),
            Column::text("reference", reader.say("reference")),
            Column::text("reason", reader.say("reason")),
        ];
        let rows: Vec<Row> = self.deposit.entries.iter().map(|entry| row(reader, entry)).collect();
        let totals = [
            html! { (reader.say("total")) },
            html! {},
            fmt::money(self.deposit.sums.due),
            fmt::money(self.deposit.sums.held),
            html! {},
            html! {},
        ];
        let caption = reader.say("deposit-entries");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.render(reader)
    }

    /// One form a kind, folded away; the one that came back with remarks stands open.
    fn forms(&self, reader: &Reader, at: &str) -> Markup {
        let empty = Form::default().with("on", self.form.value("on"));
        let of = |kind: &str| if self.form.value("kind") == kind { &self.form } else { &empty }.clone().apart(kind);
        let fold = |kind: &str, fields: Markup| {
            let form = of(kind);
            html! {
                details class="box fold" open[!form.is_clean()] {
                    summary class="fold-title" { (reader.say(&format!("deposit-do-{kind}"))) }
                    (form::post(&format!("{at}/deposit"), html! {
                        (form.summary(reader))
                        (form.once())
                        input type="hidden" name="kind" value=(kind);
                        div class="fields" { (fields) }
                        div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                    }))
                }
            }
        };
        let money = |kind: &str| {
            let form = of(kind);
            html! {
                (form.field("amount", reader.say("amount")).money().required())
                (form.field("on", reader.say("day")).date())
                (form.field("reference", reader.say("reference")).max_chars(100))
                (form.field("reason", reader.say("note")).max_chars(500))
            }
        };
        let (due, corrected) = (of("due"), of("corrected"));
        let rent = [("rent", fmt::money_text(self.deposit.month_of_rent).into())];
        let wrong = correctable(reader, &self.deposit.entries);
        html! {
            @if self.deposit.sums.held.is_positive() { (self.set_off_form(reader, at, &of("set_off"))) }
            (fold("received", money("received")))
            (fold("refunded", money("refunded")))
            @if !self.contract.status.is_final() {
                (fold("due", html! {
                    (due.field("months", reader.say("deposit-months")).number(&reader.say("months-unit"))
                        .hint(reader.say_with("deposit-months-hint", &rent)))
                    (due.field("amount", reader.say("deposit-or-amount")).money().hint(reader.say("deposit-or-amount-hint")))
                    (due.field("on", reader.say("day")).date())
                    (due.field("reason", reader.say("note")).max_chars(500))
                }))
            }
            @if !wrong.is_empty() {
                (fold("corrected", html! {
                    (corrected.field("correctsId", reader.say("deposit-wrong-entry")).choices(&wrong).required())
                    (corrected.field("on", reader.say("day")).date())
                    (corrected.field("reason", reader.say("reason")).required().max_chars(500))
                }))
            }
        }
    }
}

impl DepositPage {
    /// The deposit pays what is owed: a payment of its own, so it has a door of its own.
    fn set_off_form(&self, reader: &Reader, at: &str, form: &Form) -> Markup {
        html! {
            details class="box fold" open[!form.is_clean()] {
                summary class="fold-title" { (reader.say("desk-set-off")) }
                (form::post(&format!("{at}/deposit/set-off"), html! {
                    p class="hint" { (reader.say("desk-set-off-note")) }
                    (form.summary(reader))
                    (form.once())
                    div class="fields" {
                        (form.field("amount", reader.say("amount")).money().hint(reader.say("desk-set-off-amount")))
                        (form.field("note", reader.say("note")).max_chars(500))
                    }
                    div class="form-foot" { (Button::submit(reader.say("desk-set-off-do")).icon(Icon::Check)) }
                }))
            }
        }
    }
}

fn row(reader: &Reader, entry: &DepositEntryView) -> Row {
    let amount = |amount: Money| {
        if amount.is_zero() {
            html! {}
        } else {
            fmt::money(amount)
        }
    };
    let kind = reader.term("deposit-kind", entry.kind.as_str());
    Row {
        opens: entry.payment_id.map_or(Opens::Nothing, |id| Opens::Page(format!("/payments/{id}"))),
        cells: vec![
            html! { @if entry.is_corrected { s { (kind) } } @else { (kind) } },
            fmt::date(entry.on),
            amount(entry.due_amount),
            amount(entry.held_amount),
            html! { (entry.reference) },
            html! { (entry.reason) },
        ],
    }
}

/// The entries that may be put right, as choices.
fn correctable(reader: &Reader, entries: &[DepositEntryView]) -> Vec<(String, String)> {
    let may = |entry: &&DepositEntryView| {
        !entry.is_corrected && entry.payment_id.is_none() && entry.kind != DepositKind::Corrected
    };
    let choice = |entry: &DepositEntryView| {
        let amount = if entry.held_amount.is_zero() { entry.due_amount } else { entry.held_amount };
        let kind = reader.term("deposit-kind", entry.kind.as_str());
        (entry.id.to_string(), format!("{} · {kind} · {} ₮", fmt::date_text(entry.on), fmt::money_text(amount)))
    };
    entries.iter().filter(may).map(choice).collect()
}

fn sample() -> DepositPage {
    let amount = Money::from_tugrug;
    let contract = super::sample::contract();
    let entry = |kind, on: Date, due: i64, held: i64, reference: &str| DepositEntryView {
        id: DepositEntryId::new(),
        kind,
        on,
        due_amount: amount(due),
        held_amount: amount(held),
        reference: reference.into(),
        reason: String::new(),
        payment_id: None,
        corrects_id: None,
        is_corrected: false,
        created_at: contract.created_at,
    };
    let entries = vec![
        entry(DepositKind::Due, date(2026, 4, 1), 2_112_500, 0, ""),
        entry(DepositKind::Received, date(2026, 4, 2), 0, 2_112_500, "ХААН 5012345678"),
        entry(DepositKind::ToppedUpDue, date(2026, 10, 1), 211_250, 0, ""),
        entry(DepositKind::Refunded, date(2026, 11, 3), 0, -112_500, "К-17"),
    ];
    let sums = DepositSums {
        due: amount(2_323_750),
        received: amount(2_112_500),
        set_off: Money::ZERO,
        refunded: amount(112_500),
        corrected: Money::ZERO,
        held: amount(2_000_000),
        missing: amount(323_750),
    };
    let deposit = DepositView { contract_id: contract.id, sums, month_of_rent: amount(2_112_500), entries };
    DepositPage { contract, deposit, form: Form::default().with("on", "2026-11-22") }
}
