//! Who I am here: name, address, telephone, language.

use axum::{
    Router,
    extract::Form as Posted,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use client::{Account, Cookies};
use maud::{Markup, html};
use words::Lang;

use super::part;
use crate::{
    Site,
    api::Api,
    clock, fmt,
    gate::{self, Waiting, go},
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    sign_up::VERIFIED,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        flash::Flash,
        form::{self, Form},
        icon::Icon,
    },
};

pub const HERE: &str = "/account";
const NAME: &str = "/account/name";
const EMAIL: &str = "/account/email";
const PHONE: &str = "/account/phone";
const CODE: &str = "/account/phone/code";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(show))
        .route(NAME, post(rename))
        .route(EMAIL, post(change_email))
        .route(PHONE, post(send_code))
        .route(CODE, post(enter_code))
}

/// The account as its holder sees it.
#[derive(Debug, Clone)]
pub struct Profile {
    pub account: Account,
    pub form: Form,
    /// The new telephone that a code was sent to.
    pub code_for: Option<String>,
}

async fn show(api: Api, reader: Reader, headers: HeaderMap) -> Result<Response, Problem> {
    page(&api, reader, &headers, Form::default(), StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    headers: &HeaderMap,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, session) = api.page(reader, api.session()).await?;
    let account = session.ok_or(Problem::of(StatusCode::UNAUTHORIZED))?.account;
    let code_for = Waiting::of(headers).filter(|waiting| waiting.next == HERE).map(|waiting| waiting.to);
    Ok((status, Profile { account, form, code_for }.render(&reader)).into_response())
}

type Pairs = Vec<(String, String)>;

async fn rename(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    Posted(pairs): Posted<Pairs>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let Some(name) = form.must(&reader, "name", "field-required", |name| Some(name.to_owned())) else {
        return page(&api, reader, &headers, form, StatusCode::BAD_REQUEST).await;
    };
    match api.rename_me(&name).await {
        Ok(cookies) => Ok(saved(&reader, "saved", cookies)),
        Err(refusal) => refused(&api, reader, &headers, form, refusal, "name").await,
    }
}

async fn change_email(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    Posted(pairs): Posted<Pairs>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let Some(email) = form.must(&reader, "email", "field-bad-email", read::email) else {
        return page(&api, reader, &headers, form, StatusCode::BAD_REQUEST).await;
    };
    match api.change_email(&email, VERIFIED).await {
        Ok(()) => Ok(saved(&reader, "email-letter-sent", Cookies::new())),
        Err(refusal) => refused(&api, reader, &headers, form, refusal, "email").await,
    }
}

async fn send_code(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    Posted(pairs): Posted<Pairs>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let Some(phone) = form.must(&reader, "phone", "field-bad-phone", read::phone) else {
        return page(&api, reader, &headers, form, StatusCode::BAD_REQUEST).await;
    };
    match api.send_code(&phone).await {
        Ok(mut cookies) => {
            cookies.push(Waiting::sent(&phone, HERE, clock::now()).cookie());
            Ok(go(HERE, cookies))
        }
        Err(refusal) => refused(&api, reader, &headers, form, refusal, "phone").await,
    }
}

async fn enter_code(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    Posted(pairs): Posted<Pairs>,
) -> Result<Response, Problem> {
    let Some(waiting) = Waiting::of(&headers) else { return Ok(go(HERE, Cookies::new())) };
    let mut form = Form::typed(pairs);
    let Some(code) = form.must(&reader, "code", "code-six-digits", read::code) else {
        return page(&api, reader, &headers, form, StatusCode::BAD_REQUEST).await;
    };
    match api.change_phone(&waiting.to, &code).await {
        Ok(cookies) => Ok(saved(&reader, "phone-changed", [cookies, vec![Waiting::over()]].concat())),
        Err(refusal) => refused(&api, reader, &headers, Form::default(), refusal, "code").await,
    }
}

fn saved(reader: &Reader, key: &str, mut cookies: Cookies) -> Response {
    cookies.push(Flash::good(reader.say(key)).set());
    go(HERE, cookies)
}

async fn refused(
    api: &Api,
    reader: Reader,
    headers: &HeaderMap,
    mut form: Form,
    refusal: client::Problem,
    field: &str,
) -> Result<Response, Problem> {
    let (status, sentence) = gate::refused(&reader, refusal)?;
    form.remark(field, sentence);
    page(api, reader, headers, form, status).await
}

impl Page for Profile {
    fn render(&self, reader: &Reader) -> Markup {
        let inside = html! {
            div class="account-parts" {
                (self.name(reader))
                (self.email(reader))
                (self.phone(reader))
                (languages(reader))
            }
        };
        part(reader, HERE, inside)
    }

    fn sample() -> Profile {
        let account = Account {
            name: "Б. Номин".into(),
            email: "accountant@altan.example".into(),
            email_verified: true,
            phone_number: Some("+97699112233".into()),
            two_factor_enabled: Some(false),
        };
        Profile { account, form: Form::default(), code_for: None }
    }
}

impl Profile {
    /// While a code for a new telephone is awaited.
    pub fn code_sample() -> Profile {
        let mut form = Form::default();
        form.remark("code", Reader::default().say("auth-invalid-otp"));
        Profile { form, code_for: Some("+97688110022".into()), ..Profile::sample() }
    }

    /// The form with what the account has in the fields that were not typed into.
    fn filled(&self, name: &str, value: &str) -> Form {
        if self.form.raw(name).is_empty() { self.form.clone().with(name, value) } else { self.form.clone() }
    }

    fn name(&self, reader: &Reader) -> Markup {
        let form = self.filled("name", &self.account.name);
        html! {
            section class="box" {
                (form::post(NAME, html! {
                    (form.field("name", reader.say("account-name")).autocomplete("name").max_chars(200).required())
                    div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
                }))
            }
        }
    }

    fn email(&self, reader: &Reader) -> Markup {
        // People who came by telephone have no address yet; theirs is a made-up one that no letter reaches.
        let known = Some(self.account.email.as_str()).filter(|email| !email.ends_with(".invalid"));
        let form = self.filled("email", known.unwrap_or_default());
        let tone = match (known, self.account.email_verified) {
            (None, _) => None,
            (Some(_), true) => Some(Badge::new(Tone::Good, reader.say("email-verified"))),
            (Some(_), false) => Some(Badge::new(Tone::Warn, reader.say("email-unverified"))),
        };
        html! {
            section class="box" {
                (form::post(EMAIL, html! {
                    (form.field("email", reader.say("email")).email().autocomplete("email").required()
                        .hint(reader.say("email-change-hint")))
                    @if let Some(badge) = tone { p { (badge) } }
                    div class="form-foot" { (Button::submit(reader.say("email-change")).outline()) }
                }))
            }
        }
    }

    fn phone(&self, reader: &Reader) -> Markup {
        let phone = self.account.phone_number.as_deref().map(fmt::phone).unwrap_or_default();
        let form = self.filled("phone", &phone);
        html! {
            section class="box" {
                (form::post(PHONE, html! {
                    (form.field("phone", reader.say("phone")).phone().autocomplete("tel-national").required()
                        .hint(reader.say("phone-change-hint")))
                    div class="form-foot" { (Button::submit(reader.say("code-send")).outline()) }
                }))
                @if let Some(phone) = &self.code_for {
                    (form::post(CODE, html! {
                        p class="box-note" { (reader.say_with("code-note", &[("phone", fmt::phone(phone).into())])) }
                        (self.form.field("code", reader.say("code")).code().focused())
                        div class="form-foot" { (Button::submit(reader.say("phone-change")).icon(Icon::Check)) }
                    }))
                }
            }
        }
    }
}

fn languages(reader: &Reader) -> Markup {
    html! {
        section class="box" {
            h2 class="box-title" { (reader.say("account-language")) }
            form class="choices" method="post" action="/preferences" {
                input type="hidden" name="back" value=(HERE);
                @for (lang, name) in [(Lang::Mn, "Монгол"), (Lang::En, "English")] {
                    @let is_chosen = lang == reader.lang;
                    button class="btn" type="submit" name="lang" value=(lang) lang=(lang)
                        data-variant=(if is_chosen { "primary" } else { "outline" }) aria-pressed=(is_chosen) { (name) }
                }
            }
        }
    }
}
