//! «Сунгах»: a later end for a contract, looked at with its prices before it is agreed on.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::ContractId;
use maud::{Markup, html};
use wire::{
    contracts::ContractView,
    lifecycle::{Extension, ExtensionAsked, PriceChange, TermPreview},
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

/// An extension, asked for and looked at.
#[derive(Debug, Clone)]
pub struct ExtensionPage {
    pub contract: ContractView,
    /// `endsOn`, `from`, `increase` (percent), `reason`.
    pub form: Form,
    /// What it would change, once it was asked for.
    pub preview: Option<TermPreview>,
}

pub async fn show(api: Api, reader: Reader, Path(contract): Path<String>) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let form = preview::asked(&reader, &["endsOn", "from", "increase"]);
    page(&api, reader, contract, form, StatusCode::OK).await
}

/// The page with the figures of what the form asks for, if it can be read.
async fn page(
    api: &Api,
    reader: Reader,
    contract: ContractId,
    mut form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let ends_on = form.read(&reader, "endsOn", "field-bad-date", read::date);
    let from = form.read(&reader, "from", "field-bad-date", read::date);
    let increase_bp = form.read(&reader, "increase", "field-not-a-number", preview::percent);
    let is_asked = !form.value("asked").is_empty() && form.is_clean();
    let (reader, contract) = api.page(reader, api.contract(contract)).await?;
    let mut status = status;
    let mut seen = None;
    if is_asked {
        match api.extension_preview(contract.id, &ExtensionAsked { ends_on, from, increase_bp }).await {
            Ok(preview) => seen = Some(preview),
            Err(refusal) => status = form.refused(refusal, field)?,
        }
    }
    Ok((status, ExtensionPage { contract, form, preview: seen }.render(&reader)).into_response())
}

pub async fn extend(
    api: Api,
    reader: Reader,
    Path(contract): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let contract = id(&contract)?;
    let mut form = Form::typed(pairs);
    let ends_on = form.read(&reader, "endsOn", "field-bad-date", read::date);
    let from = form.read(&reader, "from", "field-bad-date", read::date);
    let increase_bp = form.read(&reader, "increase", "field-not-a-number", preview::percent);
    let version = form.read(&reader, "version", "field-not-a-number", read::word);
    if !form.is_clean() {
        return page(&api, reader, contract, form, StatusCode::BAD_REQUEST).await;
    }
    let prices = from.zip(increase_bp).map(|(from, increase_bp)| PriceChange { from, increase_bp });
    let order = Extension { ends_on, prices, reason: form.value("reason").to_owned(), version };
    match api.extend_contract(contract, &order).await {
        Ok(extended) => {
            let until = extended.ends_on.map_or_else(|| reader.say("no-end").into_owned(), fmt::date_text);
            let news = [("code", extended.code.as_str().into()), ("date", until.into())];
            Ok(Flash::good(reader.say_with("contract-extended-news", &news)).on(&format!("/contracts/{contract}")))
        }
        Err(refusal) => {
            let status = form.refused(refusal, field)?;
            page(&api, reader, contract, form.with("asked", ""), status).await
        }
    }
}

fn field(path: &str) -> Option<std::borrow::Cow<'static, str>> {
    match path {
        "endsOn" | "reason" => Some(path.to_owned().into()),
        "prices.from" => Some("from".into()),
        "prices.increaseBp" => Some("increase".into()),
        _ => None,
    }
}

impl Page for ExtensionPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let title = reader.say("contract-extend");
        let at = format!("/contracts/{}", contract.id);
        let note = html! {
            (contract.tenant_name) " · " (contract.units) " · "
            (reader.say("ends-on")) ": " (contract.ends_on.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date))
        };
        let main = html! {
            (head(&[(&reader.say("menu-contracts"), "/contracts"), (&contract.code, &at)], &title, note, html! {}))
            section class="box" {
                form class="form" method="get" action={ (at) "/extension" } novalidate {
                    (form.summary(reader))
                    input type="hidden" name="asked" value="yes";
                    div class="fields" {
                        (form.field("endsOn", reader.say("new-end")).date().hint(reader.say("no-end-hint")))
                        (form.field("increase", reader.say("price-increase")).number("%").hint(reader.say("price-increase-hint")))
                        (form.field("from", reader.say("prices-from")).date().hint(reader.say("prices-from-hint")))
                    }
                    div class="form-foot" { (Button::submit(reader.say("look-first")).outline().icon(Icon::Search)) }
                }
            }
            @if let Some(seen) = &self.preview {
                section class="box" {
                    h2 class="box-title" { (reader.say("what-changes")) }
                    (preview::term(reader, seen))
                    (prices(reader, seen))
                    (form::post(&format!("{at}/extension"), html! {
                        (version(contract))
                        (preview::hidden("endsOn", seen.new_ends_on.map(|day| day.to_string()).unwrap_or_default()))
                        @if let Some(from) = seen.prices_from {
                            (preview::hidden("from", from.to_string()))
                            (preview::hidden("increase", form.value("increase").to_owned()))
                        }
                        div class="fields" { (form.field("reason", reader.say("reason")).max_chars(500)) }
                        div class="form-foot" { (Button::submit(reader.say("contract-extend-do")).icon(Icon::Check)) }
                    }))
                }
            }
        };
        frame::desk(reader, Place::Contracts, &title, main, panel::closed())
    }

    fn sample() -> ExtensionPage {
        preview::extension_sample()
    }
}
