//! «Шинэчлэх»: the contract that goes on from this one, looked at before it is drafted.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::ContractId;
use maud::{Markup, html};
use wire::{
    contracts::ContractView,
    lifecycle::{Renewal, RenewalAsked, TermPreview},
};

use super::{
    preview::{self, prices},
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
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

/// A renewal, asked for and looked at.
#[derive(Debug, Clone)]
pub struct RenewalPage {
    pub contract: ContractView,
    /// `startsOn`, `endsOn`, `increase` (percent), `reason`.
    pub form: Form,
    pub preview: Option<TermPreview>,
}

pub async fn show(api: Api, reader: Reader, Path(contract): Path<String>) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let form = preview::asked(&reader, &["startsOn", "endsOn", "increase"]);
    page(&api, reader, contract, form, StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    contract: ContractId,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let starts_on = form.read(&reader, "startsOn", "field-bad-date", read::date);
    let ends_on = form.read(&reader, "endsOn", "field-bad-date", read::date);
    let increase_bp = form.read(&reader, "increase", "field-not-a-number", preview::percent);
    let is_asked = !form.value("asked").is_empty() && form.is_clean();
    let (reader, contract) = api.page(reader, api.contract(contract)).await?;
    let mut status = status;
    let mut seen = None;
    if is_asked {
        match api.renewal_preview(contract.id, &RenewalAsked { starts_on, ends_on, increase_bp }).await {
            Ok(preview) => seen = Some(preview),
            Err(refusal) => status = form.refused(refusal, field)?,
        }
    }
    Ok((status, RenewalPage { contract, form, preview: seen }.render(&reader)).into_response())
}

pub async fn renew(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let starts_on = form.read(&reader, "startsOn", "field-bad-date", read::date);
    let ends_on = form.read(&reader, "endsOn", "field-bad-date", read::date);
    let increase_bp = form.read(&reader, "increase", "field-not-a-number", preview::percent).unwrap_or(0);
    let version = form.read(&reader, "version", "field-not-a-number", read::word);
    if !form.is_clean() {
        return page(&api, reader, contract, form, StatusCode::BAD_REQUEST).await;
    }
    let order = Renewal { starts_on, ends_on, increase_bp, reason: form.value("reason").to_owned(), version };
    match api.renew_contract(contract, &order, &form.key()).await {
        Ok(draft) => {
            let news = [("code", draft.code.as_str().into()), ("date", fmt::date_text(draft.starts_on).into())];
            Ok(Flash::good(reader.say_with("contract-renewed-news", &news)).on(&format!("/contracts/{}", draft.id)))
        }
        Err(refusal) => {
            let status = form.refused(refusal, field)?;
            page(&api, reader, contract, form.with("asked", ""), status).await
        }
    }
}

fn field(path: &str) -> Option<std::borrow::Cow<'static, str>> {
    match path {
        "startsOn" | "endsOn" | "reason" => Some(path.to_owned().into()),
        "increaseBp" => Some("increase".into()),
        _ => None,
    }
}

impl Page for RenewalPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let title = reader.say("contract-renew");
        let at = format!("/contracts/{}", contract.id);
        let note = html! {
            (contract.tenant_name) " · " (contract.units) " · "
            (reader.say("ends-on")) ": " (contract.ends_on.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date))
        };
        let main = html! {
            (head(&[(&reader.say("menu-contracts"), "/contracts"), (&contract.code, &at)], &title, note, html! {}))
            section class="box" {
                p class="box-note" { (reader.say("contract-renew-note")) }
                form class="form" method="get" action={ (at) "/renewal" } novalidate {
                    (form.summary(reader))
                    input type="hidden" name="asked" value="yes";
                    div class="fields" {
                        (form.field("endsOn", reader.say("new-contract-ends")).date().hint(reader.say("no-end-hint")))
                        (form.field("increase", reader.say("price-increase")).number("%").hint(reader.say("price-increase-hint")))
                        (form.field("startsOn", reader.say("renegotiated-from")).date()
                            .hint(reader.say("renegotiated-from-hint")))
                    }
                    div class="form-foot" { (Button::submit(reader.say("look-first")).outline().icon(Icon::Search)) }
                }
            }
            @if let Some(seen) = &self.preview {
                section class="box" {
                    h2 class="box-title" { (reader.say("what-changes")) }
                    (preview::term(reader, seen))
                    (prices(reader, seen))
                    (form::post(&format!("{at}/renewal"), html! {
                        (version(contract))
                        (form.once())
                        (preview::hidden("startsOn", form.value("startsOn").to_owned()))
                        (preview::hidden("endsOn", form.value("endsOn").to_owned()))
                        (preview::hidden("increase", form.value("increase").to_owned()))
                        div class="fields" { (form.field("reason", reader.say("reason")).max_chars(500)) }
                        div class="form-foot" { (Button::submit(reader.say("contract-renew-do")).icon(Icon::Check)) }
                    }))
                }
            }
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> RenewalPage {
        preview::renewal_sample()
    }
}
