//! The owner's account at QPay: what tenants pay to by QR.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use wire::qpay::{NewQpayAccount, QpayAccountView};

use super::parts;
use crate::{
    Site,
    api::Api,
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

pub const HERE: &str = "/settings/qpay";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(connect))
}

/// The account with its form; the fields are named as the API names them.
#[derive(Debug, Clone)]
pub struct QpayPage {
    pub account: QpayAccountView,
    pub form: Form,
}

const FIELDS: [&str; 3] = ["username", "password", "invoiceCode"];

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let (reader, account) = api.page(reader, api.qpay_account()).await?;
    Ok(QpayPage { form: filled(&account), account }.render(&reader).into_response())
}

async fn connect(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut text =
        |name: &str| form.must(&reader, name, "field-required", |text| Some(text.to_owned())).unwrap_or_default();
    let new =
        NewQpayAccount { username: text("username"), invoice_code: text("invoiceCode"), password: text("password") };
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.connect_qpay(&new).await {
            Ok(_) => return Ok(Flash::good(reader.say("qpay-connected")).on(HERE)),
            Err(refusal) => {
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    let (reader, account) = api.page(reader, api.qpay_account()).await?;
    Ok((status, QpayPage { account, form }.render(&reader)).into_response())
}

fn filled(account: &QpayAccountView) -> Form {
    Form::default()
        .with("username", account.username.as_deref().unwrap_or_default())
        .with("invoiceCode", account.invoice_code.as_deref().unwrap_or_default())
}

impl Page for QpayPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, form) = (reader.say("menu-settings"), &self.form);
        let standing = match self.account.username {
            Some(_) => Badge::new(Tone::Good, reader.say("qpay-is-connected")),
            None => Badge::new(Tone::Warn, reader.say("qpay-not-connected")),
        };
        let main = html! {
            (head(&[], &title, html! {}, html! {}))
            (parts(reader, HERE))
            section class="box" {
                h2 class="box-title" { "QPay " (standing) }
                p class="box-note" { (reader.say("qpay-note")) }
                (form::post(HERE, html! {
                    (form.summary(reader))
                    (form.field("username", reader.say("qpay-username")).autocomplete("off").max_chars(100).required())
                    (form.field("password", reader.say("password")).password("off").required()
                        .hint(reader.say("qpay-password-hint")))
                    (form.field("invoiceCode", reader.say("qpay-invoice-code")).autocomplete("off").max_chars(100).required())
                    div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                }))
            }
        };
        frame::desk(reader, Place::Settings, &title, main, panel::closed())
    }

    fn sample() -> QpayPage {
        let account =
            QpayAccountView { username: Some("ALTAN_TOWER".into()), invoice_code: Some("ALTAN_TOWER_INVOICE".into()) };
        QpayPage { form: filled(&account), account }
    }
}
