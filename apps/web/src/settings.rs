//! Settings: what the owner is called on bills, and how its months are run. Directors change it, the rest read it.

mod qpay;

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{OwnerId, rights::Action};
use maud::{Markup, html};
use wire::owners::{OwnerChange, OwnerView};

use crate::{
    Site,
    api::Api,
    audit, banks, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    staff,
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
        tabs::{Tab, tabs},
    },
};

pub use self::qpay::QpayPage;

const HERE: &str = "/settings";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(edit)).merge(qpay::routes())
}

/// The parts of the settings that this reader may see, each with its own address.
pub(crate) fn parts(reader: &Reader, here: &str) -> Markup {
    let all = [
        ("settings-owner", HERE, Action::ReadOwner),
        ("settings-banks", banks::HERE, Action::ReadPayments),
        ("settings-qpay", qpay::HERE, Action::EditOwner),
        ("staff", staff::HERE, Action::ReadStaff),
        ("audit", audit::HERE, Action::ReadAudit),
    ];
    let parts: Vec<Tab> = all
        .into_iter()
        .filter(|(.., needs)| reader.may(*needs))
        .map(|(label, href, _)| Tab {
            label: reader.say(label).into_owned(),
            href: href.to_owned(),
            count: None,
            is_current: href == here,
        })
        .collect();
    html! { @if parts.len() > 1 { (tabs(&reader.say("menu-settings"), &parts)) } }
}

/// The owner's data with its form.
#[derive(Debug, Clone)]
pub struct Settings {
    pub owner: OwnerView,
    pub form: Form,
    /// Somebody else changed the settings since the form was drawn.
    pub is_stale: bool,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let (reader, owner) = api.page(reader, api.owner(mine(&api).await?)).await?;
    let form = filled(&owner);
    Ok(Settings { owner, form, is_stale: false }.render(&reader).into_response())
}

async fn edit(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let id = mine(&api).await?;
    let mut form = Form::typed(pairs);
    let change = change(&mut form, &reader);
    let (mut is_stale, mut status) = (false, StatusCode::BAD_REQUEST);
    if form.is_clean() {
        match api.edit_owner(id, &change).await {
            Ok(_) => return Ok(Flash::good(reader.say("saved")).on(HERE)),
            Err(refusal) => {
                is_stale = refusal.reason() == "VERSION";
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    let (reader, owner) = api.page(reader, api.owner(id)).await?;
    Ok((status, Settings { owner, form, is_stale }.render(&reader)).into_response())
}

/// The owner whose world I see; an admin who chose none has no settings.
async fn mine(api: &Api) -> Result<OwnerId, Problem> {
    let me = api.me().await?;
    me.owner.map(|owner| owner.id).ok_or(Problem::not_found("thing-owner"))
}

/// The form's fields are named as the API names them.
const FIELDS: [&str; 8] = ["name", "vatPayer", "phone", "email", "address", "billingDay", "runBoundBp", "noticeDays"];

fn filled(owner: &OwnerView) -> Form {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Form::default()
        .with("version", owner.version)
        .with("name", &owner.name)
        .with("vatPayer", if owner.vat_payer { "yes" } else { "" })
        .with("phone", text(&owner.phone))
        .with("email", text(&owner.email))
        .with("address", text(&owner.address))
        .with("billingDay", owner.billing_day)
        .with("runBoundBp", fmt::basis_points(owner.run_bound_bp))
        .with("noticeDays", owner.notice_days)
}

/// What was emptied is left as it is: the API has no way yet to take a fact about an owner away.
fn change(form: &mut Form, reader: &Reader) -> OwnerChange {
    let text = |name: &str| Some(form.value(name).to_owned()).filter(|text| !text.is_empty());
    let [phone, email, address] = ["phone", "email", "address"].map(text);
    OwnerChange {
        version: form.must(reader, "version", "field-not-a-number", read::word).unwrap_or_default(),
        name: form.must(reader, "name", "field-required", |name| Some(name.to_owned())),
        vat_payer: Some(form.value("vatPayer") == "yes"),
        phone,
        email,
        address,
        billing_day: form.must(reader, "billingDay", "field-not-a-number", read::word),
        run_bound_bp: form.must(reader, "runBoundBp", "field-not-a-number", read::basis_points),
        notice_days: form.read(reader, "noticeDays", "field-not-a-number", read::word),
    }
}

impl Page for Settings {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-settings");
        let main = html! {
            (head(&[], &title, html! { (self.owner.name) }, html! {}))
            (parts(reader, HERE))
            section class="box" { h2 class="box-title" { (reader.say("settings-owner")) } (self.facts(reader)) }
            div class="beside" {
                (crate::files::section(reader, domain::file::Purpose::OwnerLogo, self.owner.id.0))
                (crate::files::section(reader, domain::file::Purpose::OwnerSeal, self.owner.id.0))
            }
            @if reader.may(Action::EditOwner) {
                section class="box" { h2 class="box-title" { (reader.say("edit")) } (self.form(reader)) }
            } @else {
                p class="box-note" { (reader.say("settings-directors")) }
            }
        };
        frame::desk(reader, Place::Settings, &title, main, panel::closed())
    }

    fn sample() -> Settings {
        let at = crate::contracts::sample::moment();
        let owner = OwnerView {
            id: OwnerId::new(),
            name: "Алтан Тауэр ХХК".into(),
            register_no: "5012345".into(),
            tin: Some("31000501234".into()),
            vat_payer: true,
            city_tax_payer: false,
            phone: Some("77110011".into()),
            email: Some("info@altan.example".into()),
            address: Some("Сүхбаатар дүүрэг, 1-р хороо".into()),
            billing_day: 1,
            run_bound_bp: 1500,
            notice_days: 30,
            version: 4,
            created_at: at,
            updated_at: at,
        };
        Settings { form: filled(&owner), owner, is_stale: false }
    }
}

impl Settings {
    fn facts(&self, reader: &Reader) -> Markup {
        let owner = &self.owner;
        let text = |text: &Option<String>| text.as_ref().map(|text| html! { (text) }).unwrap_or_default();
        let yes = |yes: bool| html! { (reader.say(if yes { "yes" } else { "no" })) };
        facts(&[
            (&reader.say("name"), html! { (owner.name) }),
            (&reader.say("register-no"), html! { (owner.register_no) }),
            (&reader.say("settings-tin"), text(&owner.tin)),
            (&reader.say("settings-vat-payer"), yes(owner.vat_payer)),
            (&reader.say("settings-city-tax-payer"), yes(owner.city_tax_payer)),
            (
                &reader.say("phone"),
                owner.phone.as_deref().map(|phone| html! { (fmt::phone(phone)) }).unwrap_or_default(),
            ),
            (&reader.say("email"), text(&owner.email)),
            (&reader.say("settings-address"), text(&owner.address)),
            (&reader.say("settings-billing-day"), html! { (owner.billing_day) }),
            (&reader.say("settings-run-bound"), html! { (fmt::basis_points(owner.run_bound_bp)) "%" }),
            (&reader.say("settings-notice-days"), html! { (owner.notice_days) }),
        ])
    }

    fn form(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        form::post(
            HERE,
            html! {
                @if self.is_stale { (form::stale(reader, HERE)) } @else { (form.summary(reader)) }
                input type="hidden" name="version" value=(form.value("version"));
                div class="fields" {
                    (form.field("name", reader.say("name")).required().max_chars(200))
                    (form.field("phone", reader.say("phone")).phone().hint(reader.say("phone-hint")))
                    (form.field("email", reader.say("email")).email())
                    (form.field("address", reader.say("settings-address")))
                    (form.field("billingDay", reader.say("settings-billing-day")).number(&reader.say("settings-day-unit"))
                        .required().hint(reader.say("settings-billing-day-hint")))
                    (form.field("runBoundBp", reader.say("settings-run-bound")).number("%").required()
                        .hint(reader.say("settings-run-bound-hint")))
                    (form.field("noticeDays", reader.say("settings-notice-days")).number(&reader.say("days-unit")).required()
                        .hint(reader.say("settings-notice-days-hint")))
                    (form.field("vatPayer", reader.say("settings-vat-payer")).check())
                }
                div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
            },
        )
    }
}

#[cfg(test)]
mod tests;
