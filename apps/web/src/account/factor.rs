//! The second factor: set up with a QR of our own drawing, backup codes to print, switched off again.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::{Factor, NewFactor};
use maud::{Markup, html};

use super::part;
use crate::{
    Site,
    api::Api,
    gate::{self, go},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        copy,
        flash::Flash,
        form::{self, Form},
        icon::Icon,
        qr,
    },
};

pub const HERE: &str = "/account/second-factor";
const BEGIN: &str = "/account/second-factor/begin";
const CONFIRM: &str = "/account/second-factor/confirm";
const CODES: &str = "/account/second-factor/codes";
const OFF: &str = "/account/second-factor/off";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(show))
        .route(BEGIN, post(begin))
        .route(CONFIRM, post(confirm))
        .route(CODES, post(renew))
        .route(OFF, post(switch_off))
}

/// The second factor of an account.
#[derive(Debug, Clone)]
pub struct FactorPage {
    pub state: FactorState,
    pub form: Form,
}

/// How far it is.
#[derive(Debug, Clone)]
pub enum FactorState {
    Off,
    /// Begun: the app learns the secret, and a code of it confirms. Shown once.
    SettingUp(NewFactor),
    On,
    /// New backup codes, shown once.
    NewCodes(Vec<String>),
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    page(&api, reader, Form::default(), StatusCode::OK).await
}

/// The page as the account stands.
async fn page(api: &Api, reader: Reader, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let (reader, session) = api.page(reader, api.session()).await?;
    let is_on = session.is_some_and(|found| found.account.two_factor_enabled == Some(true));
    let state = if is_on { FactorState::On } else { FactorState::Off };
    Ok((status, FactorPage { state, form }.render(&reader)).into_response())
}

async fn begin(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    match api.begin_factor(Form::typed(pairs).raw("password")).await {
        Ok(new) => {
            let reader = api.know(reader).await?;
            let state = FactorState::SettingUp(new);
            Ok(FactorPage { state, form: Form::default() }.render(&reader).into_response())
        }
        Err(refusal) => refused(&api, reader, refusal, "password").await,
    }
}

/// A first code of the app switches the second factor on. What was shown comes back with it, so that it can be shown
/// again when the code was wrong: it is kept nowhere else.
async fn confirm(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let new = NewFactor {
        totp_uri: form.value("uri").to_owned(),
        backup_codes: form.value("backup").split_whitespace().map(str::to_owned).collect(),
    };
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(code) = form.must(&reader, "code", "code-six-digits", read::code) {
        match api.give_factor(Factor::App, &code, false).await {
            Ok(mut cookies) => {
                cookies.push(Flash::good(reader.say("factor-is-on")).set());
                return Ok(go(HERE, cookies));
            }
            Err(refusal) => {
                let (refused, sentence) = gate::refused(&reader, refusal)?;
                form = Form::default();
                form.remark("code", sentence);
                status = refused;
            }
        }
    }
    let reader = api.know(reader).await?;
    Ok((status, FactorPage { state: FactorState::SettingUp(new), form }.render(&reader)).into_response())
}

async fn renew(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    match api.renew_backup_codes(Form::typed(pairs).raw("codes-password")).await {
        Ok(codes) => {
            let reader = api.know(reader).await?;
            let state = FactorState::NewCodes(codes);
            Ok(FactorPage { state, form: Form::default() }.render(&reader).into_response())
        }
        Err(refusal) => refused(&api, reader, refusal, "codes-password").await,
    }
}

async fn switch_off(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    match api.drop_factor(Form::typed(pairs).raw("off-password")).await {
        Ok(mut cookies) => {
            cookies.push(Flash::good(reader.say("factor-is-off")).set());
            Ok(go(HERE, cookies))
        }
        Err(refusal) => refused(&api, reader, refusal, "off-password").await,
    }
}

async fn refused(api: &Api, reader: Reader, refusal: client::Problem, field: &str) -> Result<Response, Problem> {
    let (status, sentence) = gate::refused(&reader, refusal)?;
    let mut form = Form::default();
    form.remark(field, sentence);
    page(api, reader, form, status).await
}

impl Page for FactorPage {
    fn render(&self, reader: &Reader) -> Markup {
        let inside = match &self.state {
            FactorState::Off => self.offer(reader),
            FactorState::SettingUp(new) => self.set_up(reader, new),
            FactorState::On => self.keep(reader),
            FactorState::NewCodes(codes) => html! {
                section class="box" {
                    h2 class="box-title" { (reader.say("factor-codes-new")) }
                    (backup_codes(reader, codes))
                    div class="form-foot" { (Button::link(reader.say("factor-codes-kept"), HERE).primary().icon(Icon::Check)) }
                }
            },
        };
        part(reader, HERE, inside)
    }

    fn sample() -> FactorPage {
        let uri = "otpauth://totp/Spacehub:accountant@altan.example?secret=MNSXEZLSMVRXIZLEMNSXEZLSMVRXIZLE&issuer=Spacehub&digits=6&period=30";
        let codes = [
            "k3p9x-w2mvd",
            "7hqrt-b8n4c",
            "zy5fj-6gdlk",
            "p4w8v-s3xhm",
            "c9bnd-t7rqy",
            "2mzkf-h5jgl",
            "v8xwp-d4q3t",
            "n6ycb-r9s7k",
            "f3jhg-z2lmv",
            "w5tqp-8xkdb",
        ];
        let new = NewFactor { totp_uri: uri.into(), backup_codes: codes.map(str::to_owned).into() };
        FactorPage { state: FactorState::SettingUp(new), form: Form::default() }
    }
}

impl FactorPage {
    pub fn off_sample() -> FactorPage {
        FactorPage { state: FactorState::Off, form: Form::default() }
    }

    pub fn on_sample() -> FactorPage {
        FactorPage { state: FactorState::On, form: Form::default() }
    }

    pub fn codes_sample() -> FactorPage {
        let codes = match FactorPage::sample().state {
            FactorState::SettingUp(new) => new.backup_codes,
            _ => Vec::new(),
        };
        FactorPage { state: FactorState::NewCodes(codes), form: Form::default() }
    }

    fn offer(&self, reader: &Reader) -> Markup {
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("factor-title")) " " (Badge::new(Tone::Faint, reader.say("factor-off"))) }
                p class="box-note" { (reader.say("factor-note")) }
                (form::post(BEGIN, html! {
                    (self.form.field("password", reader.say("password-current")).password("current-password").required())
                    div class="form-foot" { (Button::submit(reader.say("factor-begin")).icon(Icon::Lock)) }
                }))
            }
        }
    }

    fn set_up(&self, reader: &Reader, new: &NewFactor) -> Markup {
        let codes = new.backup_codes.join(" ");
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("factor-scan")) }
                p class="box-note" { (reader.say("factor-scan-note")) }
                div class="factor" {
                    @if let Some(qr) = qr::qr(&new.totp_uri, &reader.say("factor-qr")) { (qr) }
                    @if let Some(secret) = secret(&new.totp_uri) {
                        div class="factor-secret" {
                            p { (reader.say("factor-secret")) }
                            p class="digits" { (copy::copyable(reader, &in_groups(secret), secret)) }
                            p { a href=(new.totp_uri) { (reader.say("factor-open")) } }
                        }
                    }
                }
            }
            section class="box" {
                h2 class="box-title" { (reader.say("factor-keep-codes")) }
                (backup_codes(reader, &new.backup_codes))
            }
            section class="box" {
                h2 class="box-title" { (reader.say("factor-confirm")) }
                (form::post(CONFIRM, html! {
                    input type="hidden" name="uri" value=(new.totp_uri);
                    input type="hidden" name="backup" value=(codes);
                    (self.form.field("code", reader.say("factor-code")).code())
                    div class="form-foot" { (Button::submit(reader.say("factor-switch-on")).icon(Icon::Check)) }
                }))
            }
        }
    }

    fn keep(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("factor-title")) " " (Badge::new(Tone::Good, reader.say("factor-on"))) }
                p class="box-note" { (reader.say("factor-on-note")) }
            }
            section class="box" {
                h2 class="box-title" { (reader.say("factor-codes")) }
                p class="box-note" { (reader.say("factor-renew-note")) }
                (form::post(CODES, html! {
                    (form.field("codes-password", reader.say("password-current")).password("current-password").required())
                    div class="form-foot" { (Button::submit(reader.say("factor-renew")).outline().icon(Icon::Refresh)) }
                }))
            }
            details class="box undo" open[form.remark_on("off-password").is_some()] {
                summary { (reader.say("factor-switch-off")) }
                (form::post(OFF, html! {
                    p class="hint" { (reader.say("factor-off-note")) }
                    (form.field("off-password", reader.say("password-current")).password("current-password").required())
                    div class="form-foot" { (Button::submit(reader.say("factor-switch-off")).danger()) }
                }))
            }
        }
    }
}

/// Codes to be kept on paper or in a safe place; each works once.
fn backup_codes(reader: &Reader, codes: &[String]) -> Markup {
    html! {
        p class="box-note" { (reader.say("factor-codes-note")) }
        ol class="codes" { @for code in codes { li { (code) } } }
        div class="codes-ways" {
            (copy::worded(reader, &reader.say("factor-codes-copy"), &codes.join("\n")))
            button type="button" class="btn with-script" data-variant="outline" data-size="sm" data-print {
                (Icon::Printer) (reader.say("print"))
            }
        }
    }
}

/// What is typed into an app that has no camera.
fn secret(uri: &str) -> Option<&str> {
    let rest = uri.split(['?', '&']).find_map(|pair| pair.strip_prefix("secret="))?;
    (!rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(rest)
}

fn in_groups(secret: &str) -> String {
    secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}
