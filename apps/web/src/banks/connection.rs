//! An account and how it is read at its bank: the keys go in and never come out.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{BankAccountId, bank::Bank, bank::ConnectionStatus};
use maud::{Markup, html};
use wire::banks::{BankAccountView, ConnectionView, NewBankConnection};

use super::HERE;
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        facts::facts,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

/// One account with the form of its keys.
#[derive(Debug, Clone)]
pub struct BankConnectionPage {
    pub account: BankAccountView,
    pub form: Form,
}

const FIELDS: [&str; 6] = ["key", "secret", "sessionKey", "ivKey", "registerNo", "clientId"];

pub async fn show(api: Api, reader: Reader, Path(id): Path<BankAccountId>) -> Result<Response, Problem> {
    page(&api, reader, id, Form::default(), StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    id: BankAccountId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, accounts) = api.page(reader, api.bank_accounts()).await?;
    let account = accounts.into_iter().find(|account| account.id == id);
    let account = account.ok_or(Problem::not_found("thing-bank-account"))?;
    Ok((status, BankConnectionPage { account, form }.render(&reader)).into_response())
}

pub async fn keep(
    api: Api,
    reader: Reader,
    Path(id): Path<BankAccountId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let mut form = Form::typed(pairs);
    let mut must =
        |name: &str| form.must(&reader, name, "field-required", |text| Some(text.to_owned())).unwrap_or_default();
    let (key, secret) = (must("key"), must("secret"));
    let some = |name: &str| Some(form.value(name).to_owned()).filter(|text| !text.is_empty());
    let new = NewBankConnection {
        key,
        secret,
        session_key: some("sessionKey"),
        iv_key: some("ivKey"),
        register_no: some("registerNo"),
        client_id: some("clientId"),
    };
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.connect_bank_account(id, &new).await {
            Ok(_) => return Ok(Flash::good(reader.say("banks-connected")).on(&format!("{HERE}/{id}"))),
            Err(refusal) => {
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, reader, id, form, status).await
}

pub async fn test(api: Api, reader: Reader, Path(id): Path<BankAccountId>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    api.test_bank_account(id).await?;
    Ok(Flash::good(reader.say("banks-tested")).on(&format!("{HERE}/{id}")))
}

pub async fn forget(api: Api, reader: Reader, Path(id): Path<BankAccountId>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    api.disconnect_bank_account(id).await?;
    Ok(Flash::good(reader.say("banks-disconnected")).on(&format!("{HERE}/{id}")))
}

impl Page for BankConnectionPage {
    fn render(&self, reader: &Reader) -> Markup {
        let account = &self.account;
        let bank = reader.term("bank", account.bank.as_str());
        let title = format!("{bank} {}", account.number);
        let main = html! {
            (head(&[(&reader.say("banks-title"), HERE)], &title, html! { (account.holder) }, html! {}))
            @if let Some(connection) = &account.connection { (self.standing(reader, connection)) }
            @if account.bank == Bank::Other {
                section class="box" { p class="box-note" { (reader.say("field-bank-not-asked")) } }
            } @else { (self.keys(reader)) }
        };
        frame::desk(reader, Place::Settings, &title, main, panel::closed())
    }

    fn sample() -> BankConnectionPage {
        let connection = ConnectionView {
            status: ConnectionStatus::Working,
            said: String::new(),
            asked_at: Some(jiff::Timestamp::UNIX_EPOCH),
            read_through: Some(jiff::civil::date(2026, 11, 22)),
        };
        let account = BankAccountView {
            id: BankAccountId::new(),
            bank: Bank::Golomt,
            number: "1105000099".into(),
            holder: "Алтан Тауэр ХХК".into(),
            currency: "MNT".into(),
            shown: false,
            version: 1,
            connection: Some(connection),
        };
        BankConnectionPage { account, form: Form::default() }
    }
}

impl BankConnectionPage {
    fn place(&self, below: &str) -> String {
        format!("{HERE}/{}{below}", self.account.id)
    }

    fn standing(&self, reader: &Reader, connection: &ConnectionView) -> Markup {
        let tone = match connection.status {
            ConnectionStatus::Untested => Tone::Sky,
            ConnectionStatus::Working => Tone::Good,
            ConnectionStatus::Failing => Tone::Warn,
            ConnectionStatus::Refused => Tone::Bad,
        };
        let status = reader.term("connection-status", connection.status.as_str());
        let asked_at = html! { @match connection.asked_at { Some(at) => (fmt::moment(at)), None => "–" } };
        let through = html! { @match connection.read_through { Some(day) => (fmt::date(day)), None => "–" } };
        let (asked, read, said) =
            (reader.say("banks-asked-at"), reader.say("banks-read-through"), reader.say("banks-said"));
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("banks-connection")) " " (Badge::new(tone, status)) }
                (facts(&[(asked.as_ref(), asked_at), (read.as_ref(), through)]))
                @if !connection.said.is_empty() { p class="box-note" { (said) ": " (connection.said) } }
                div class="form-foot" {
                    (form::post(&self.place("/test"), html! { (Button::submit(reader.say("banks-test")).outline().icon(Icon::Refresh)) }))
                    (form::post(&self.place("/disconnection"), html! { (Button::submit(reader.say("banks-disconnect")).ghost()) }))
                }
            }
        }
    }

    fn keys(&self, reader: &Reader) -> Markup {
        let (form, bank) = (&self.form, self.account.bank);
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("banks-connect")) }
                p class="box-note" { (reader.say("banks-connect-note")) }
                (form::post(&self.place(""), html! {
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("key", reader.term("banks-key", bank.as_str())).autocomplete("off").max_chars(200).required())
                        (form.field("secret", reader.term("banks-secret", bank.as_str())).password("off").required()
                            .hint(reader.say("banks-secret-hint")))
                        @if bank == Bank::Golomt {
                            (form.field("sessionKey", reader.say("banks-session-key")).password("off").required())
                            (form.field("ivKey", reader.say("banks-iv-key")).password("off").required())
                            (form.field("registerNo", reader.say("banks-register-no")).autocomplete("off").max_chars(20).required())
                            (form.field("clientId", reader.say("banks-client-id")).autocomplete("off").max_chars(100))
                        }
                    }
                    div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                }))
            }
        }
    }
}
