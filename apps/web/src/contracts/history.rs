//! The history of a contract: who changed what, when and why; and the contract as it was on a past day.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures_util::future::try_join;
use jiff::civil::Date;
use maud::{Markup, html};
use wire::{
    Paging,
    contract_history::{ContractDifference, ContractEntry},
    contracts::ContractView,
};

use super::view::{self, ContractPage, id};
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge,
        button::Button,
        form::Form,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

/// The entries that the address asks for, and the contract as of the day it asks for.
#[derive(Debug, Clone)]
pub struct HistoryPage {
    pub contract: ContractView,
    pub entries: Vec<ContractEntry>,
    pub next: Option<String>,
    pub day: Option<Date>,
    /// Of a day when the contract was not known: none.
    pub then: Option<ContractView>,
    pub form: Form,
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let paging = Paging { limit: Some(50), cursor: reader.param("cursor") };
    let asked = reader.param("asOf").unwrap_or_default();
    let mut form = Form::default().with("asOf", &asked);
    let day = form.read(&reader, "asOf", "field-bad-date", read::date);
    let (reader, (contract, page)) =
        api.page(reader, try_join(api.contract(id), api.contract_history(id, &paging))).await?;
    let mut then = None;
    let mut status = StatusCode::OK;
    if let Some(day) = day {
        match api.contract_as_of(id, day).await {
            Ok(known) => then = Some(known),
            Err(refusal) if refusal.is(StatusCode::NOT_FOUND) => {}
            Err(refusal) => status = form.refused(refusal, |path| (path == "asOf").then_some("asOf".into()))?,
        }
    }
    if !form.is_clean() && status == StatusCode::OK {
        status = StatusCode::BAD_REQUEST;
    }
    let page = HistoryPage { contract, entries: page.items, next: page.next_cursor, day, then, form };
    Ok((status, page.render(&reader)).into_response())
}

impl Page for HistoryPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("contract-history"), reader.say("menu-contracts"));
        let here = format!("/contracts/{}", self.contract.id);
        let note = html! { (reader.say("contract-history-note")) };
        let main = html! {
            (head(&[(&list, "/contracts"), (&self.contract.code, &here)], &title, note, html! {}))
            (self.ask(reader, &here))
            (self.then(reader))
            (self.list(reader))
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> HistoryPage {
        super::sample::history()
    }
}

impl HistoryPage {
    fn ask(&self, reader: &Reader, here: &str) -> Markup {
        html! {
            form class="form" method="get" action={ (here) "/history" } {
                (self.form.summary(reader))
                div class="fields" {
                    (self.form.field("asOf", reader.say("contract-as-of")).date())
                    div class="form-foot" {
                        (Button::submit(reader.say("contract-as-of-show")).icon(Icon::Search))
                        @if self.day.is_some() {
                            (Button::link(reader.say("contract-now"), here).ghost())
                        }
                    }
                }
            }
        }
    }

    fn then(&self, reader: &Reader) -> Markup {
        let Some(day) = self.day.filter(|_| self.form.is_clean()) else { return html! {} };
        let title = reader.say_with("contract-as-of-title", &[("date", fmt::date_text(day).into())]);
        let Some(contract) = &self.then else {
            return alert::alert(Kind::Warn, &title, html! { p { (reader.say("contract-as-of-none")) } });
        };
        let page = ContractPage::still(contract.clone());
        html! {
            section class="box" {
                h2 class="box-title" { (title) " " (badge::contract(reader, contract.status)) }
                p class="box-note" { (reader.say("contract-as-of-note")) }
                (page.terms(reader))
                h3 class="box-title" { (reader.say("contract-rooms")) }
                (view::rooms(reader, &contract.rooms))
                h3 class="box-title" { (reader.say("contract-charges")) }
                (view::charges(reader, contract))
            }
        }
    }

    fn list(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("what", reader.say("audit-done")).title(),
            Column::text("at", reader.say("audit-at")).corner(),
            Column::text("who", reader.say("audit-who")),
            Column::text("reason", reader.say("reason")),
            Column::text("changes", reader.say("audit-change")),
        ];
        let last = self.entries.len().saturating_sub(1);
        let is_first = |place: usize| place == last && self.next.is_none();
        let rows: Vec<Row> =
            self.entries.iter().enumerate().map(|(place, entry)| row(reader, entry, is_first(place))).collect();
        Table { caption: &reader.say("contract-history"), columns: &columns, rows: &rows, totals: None }
            .paged(reader, self.next.as_deref())
    }
}

fn row(reader: &Reader, entry: &ContractEntry, is_first: bool) -> Row {
    let effective = reader.say_with("contract-effective", &[("date", fmt::date_text(entry.effective_on).into())]);
    let changes = html! {
        @if is_first {
            (reader.say("contract-history-first"))
        } @else if entry.changes.is_empty() {
            (reader.say("contract-history-same"))
        } @else {
            ul class="changes" { @for change in &entry.changes { li { (told(reader, change)) } } }
        }
    };
    let by = match &entry.user_name {
        Some(name) => format!("{name} · {}", reader.term("role", entry.role.as_str())),
        None => reader.say("history-by-system").into_owned(),
    };
    Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { (reader.term("contract-what", entry.what.as_str())) ", " (effective) },
            fmt::moment(entry.recorded_at),
            html! { (by) },
            html! { (entry.reason.as_deref().unwrap_or_default()) },
            changes,
        ],
    }
}

/// `Төлбөр «Түрээс», дуусах: – → 2026.12.31`
fn told(reader: &Reader, change: &ContractDifference) -> Markup {
    let (list, field) = change.field.split_once('.').map_or((change.field.as_str(), None), |(a, b)| (a, Some(b)));
    let value = |of: &Option<String>| match of {
        None => html! { span class="hint" { (reader.say("contract-was-nothing")) } },
        Some(text) => html! { (shown(reader, field.unwrap_or(list), text)) },
    };
    html! {
        (word(reader, list))
        @if let Some(name) = &change.name { " «" (name) "»" }
        @if let Some(field) = field { ", " (word(reader, field)) }
        ": "
        @if change.from.is_some() { del { (value(&change.from)) } } @else { (value(&change.from)) }
        " → "
        @if change.to.is_some() { ins { (value(&change.to)) } } @else { (value(&change.to)) }
    }
}

/// The field's word; one that has none yet is shown as the API names it.
fn word(reader: &Reader, field: &str) -> String {
    let key = format!("history-field-{}", kebab(field));
    if words::has(reader.lang, &key) { reader.say(&key).into_owned() } else { field.to_owned() }
}

/// `endsOn` → `ends-on`
fn kebab(field: &str) -> String {
    field.chars().fold(String::new(), |mut word, letter| {
        if letter.is_ascii_uppercase() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
        word
    })
}

/// A value as people write it, by what its field holds.
fn shown(reader: &Reader, field: &str, text: &str) -> String {
    let tugrug = |text: &str| text.parse().map(fmt::money_text).ok();
    let said = match field {
        "status" => Some(reader.term("contract-status", text).into_owned()),
        "kind" => Some(reader.term("room-kind", text).into_owned()),
        "scheduleKind" => Some(reader.term("schedule-kind", text).into_owned()),
        "penaltyBp" | "percentBp" => text.parse().ok().map(|points| format!("{} %", fmt::basis_points(points))),
        "unitPrice" | "amount" | "depositAmount" | "depositReceived" | "items" | "schedule" => tugrug(text),
        "signedAt" | "approvedAt" => text.parse().ok().map(fmt::moment_text),
        _ => text.parse().ok().map(fmt::date_text),
    };
    said.unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_words_and_figures_as_people_write_them() {
        let reader = Reader::default();
        let change = |field: &str, name: Option<&str>, from: Option<&str>, to: Option<&str>| ContractDifference {
            field: field.into(),
            name: name.map(Into::into),
            from: from.map(Into::into),
            to: to.map(Into::into),
        };
        let said = |change: ContractDifference| told(&reader, &change).0;
        let end = said(change("endsOn", None, Some("2026-12-31"), Some("2027-12-31")));
        assert_eq!(end, "Дуусах өдөр: <del>2026.12.31</del> → <ins>2027.12.31</ins>");
        let price = said(change("items.unitPrice", Some("Түрээс"), Some("10000"), Some("15000")));
        assert!(price.starts_with("Төлбөр «Түрээс», үнэ: <del>100"), "{price}");
        let came = said(change("novelty", None, None, Some("x")));
        assert!(came.starts_with("novelty: <span"), "{came}");
    }

    #[test]
    fn everything_that_can_be_done_has_its_words() {
        for lang in words::Lang::ALL {
            for what in domain::contract::What::ALL {
                let key = format!("contract-what-{}", what.as_str().replace('_', "-"));
                assert!(words::has(lang, &key), "{lang} {key}");
            }
        }
    }
}
