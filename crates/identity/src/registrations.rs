//! A company registers by itself: the director's address is confirmed first, then the owner is there.
//!
//! Whether the register number or the address is taken shows neither in the answer nor in its time: both are looked up
//! when the letter is written. Its reader does learn that a company is here already – no number can be registered
//! twice – but has to give an address of their own for it and gets no more than ten such letters a day.

use base::{Actor, App, Checks, Json, Refusals, Result, Slice, origins};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::registrations::{NewRegistration, RegistrationView};

use crate::auth::sign_up::{self, Company, NewSignUp, is_address};

pub fn slice() -> Slice {
    Slice::new("registrations").routes(OpenApiRouter::<App>::new().routes(routes!(register)))
}

/// Registers a company; a letter brings its director the link that opens the account.
#[utoipa::path(post, path = "/v2/registrations", operation_id = "registerCompany", tag = "registrations",
    request_body = NewRegistration, security(()), responses(
    (status = 202, body = RegistrationView, description = "A letter is on its way, whatever is known already."),
    Refusals))]
async fn register(actor: Actor, Json(new): Json<NewRegistration>) -> Result<(StatusCode, Json<RegistrationView>)> {
    let register_no: String = new.register_no.chars().filter(|c| !c.is_whitespace()).collect();
    let mut checks = Checks::new();
    checks.name("companyName", &new.company_name, 200);
    checks.that(
        register_no.len() == 7 && register_no.bytes().all(|b| b.is_ascii_digit()),
        "registerNo",
        "bad-register",
    );
    checks.name("directorName", &new.director_name, 200);
    checks.that(is_address(&new.email), "email", "bad-email");
    match new.password.chars().count() {
        0..8 => drop(checks.note_with("password", "too-short", vec![("min", "8".into())])),
        8..=128 => {}
        _ => drop(checks.note_with("password", "too-long", vec![("max", "128".into())])),
    }
    let leads_home = |path: &String| path.starts_with('/') && origins::may_lead_to(path, &actor.app.trusted_origins);
    checks.that(new.callback_path.as_ref().is_none_or(leads_home), "callbackPath", "bad-format");
    checks.done()?;
    let sign_up = NewSignUp {
        name: &new.director_name,
        email: &new.email,
        password: &new.password,
        image: None,
        company: Some(Company { name: &new.company_name, register_no: &register_no }),
        callback: new.callback_path.as_deref(),
        lang: actor.lang,
    };
    let user = sign_up::begin(&actor, sign_up).await?;
    Ok((StatusCode::ACCEPTED, Json(RegistrationView { email: user.email })))
}
