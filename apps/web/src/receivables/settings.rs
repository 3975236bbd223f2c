//! When tenants are reminded and in which words: directors change it, the rest read it.

use axum::{
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{Money, rights::Action};
use maud::{Markup, html};
use wire::arrears::{ReminderSettings, ReminderSettingsChange, ReminderStage};

use super::parts;
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

pub(super) const HERE: &str = "/receivables/settings";

/// The fields of each stage, as the API names them.
const FIELDS: [&str; 3] = ["daysAfterDue", "text", "latinText"];

/// What a text may hold for the bill's own words to stand in.
const PLACEHOLDERS: [&str; 5] = ["owner", "space", "amount", "days", "link"];

/// The settings with their form.
#[derive(Debug, Clone)]
pub struct ReminderSettingsPage {
    pub settings: ReminderSettings,
    pub form: Form,
}

pub(super) async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let (reader, settings) = api.page(reader, api.reminder_settings()).await?;
    let form = filled(&settings);
    Ok(ReminderSettingsPage { settings, form }.render(&reader).into_response())
}

fn filled(settings: &ReminderSettings) -> Form {
    let form = Form::default().with("automatic", if settings.automatic { "yes" } else { "" });
    (0..).zip(&settings.stages).fold(form, |form, (place, stage)| {
        form.with(&at(place, "daysAfterDue"), stage.days_after_due)
            .with(&at(place, "text"), &stage.text)
            .with(&at(place, "latinText"), &stage.latin_text)
    })
}

fn at(place: usize, field: &str) -> String {
    format!("stages[{place}].{field}")
}

pub(super) async fn change(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut form = Form::typed(pairs);
    let mut stages = Vec::new();
    for place in 0..3 {
        let days = form.must(&reader, &at(place, "daysAfterDue"), "field-not-a-number", read::word);
        stages.push(ReminderStage {
            days_after_due: days.unwrap_or_default(),
            text: form.value(&at(place, "text")).to_owned(),
            latin_text: form.value(&at(place, "latinText")).to_owned(),
        });
    }
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        let change = ReminderSettingsChange { automatic: form.value("automatic") == "yes", stages };
        match api.change_reminder_settings(&change).await {
            Ok(_) => return Ok(Flash::good(reader.say("arrears-settings-saved")).on(HERE)),
            Err(refusal) => {
                let known = |path: &str| (0..3).any(|place| FIELDS.iter().any(|field| at(place, field) == path));
                status = form.refused(refusal, |path| known(path).then(|| path.to_owned().into()))?;
            }
        }
    }
    let (reader, settings) = api.page(reader, api.reminder_settings()).await?;
    Ok((status, ReminderSettingsPage { settings, form }.render(&reader)).into_response())
}

impl Page for ReminderSettingsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("arrears-tab-settings");
        let price = [("price", fmt::money_text(self.settings.part_price).into())];
        let main = html! {
            (head(&[], &reader.say("menu-receivables"), html! { (reader.say("arrears-settings-note")) }, html! {}))
            (parts(reader, HERE))
            @if reader.may(Action::EditOwner) { (self.form(reader)) } @else { (self.told(reader)) }
            p class="hint" { (reader.say_with("arrears-part-price", &price)) }
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> ReminderSettingsPage {
        let stage = |days_after_due| ReminderStage {
            days_after_due,
            text: "{owner}: {space} талбайн {amount} ₮ төлбөрийн хугацаа {days} хоног хэтэрсэн байна. {link}".into(),
            latin_text: "{owner}: {space} talbain {amount} tug tulbur {days} honog hetersen baina. {link}".into(),
        };
        let settings = ReminderSettings {
            automatic: true,
            stages: vec![stage(1), stage(7), stage(14)],
            latin: false,
            part_price: Money::from_tugrug(55),
        };
        ReminderSettingsPage { form: filled(&settings), settings }
    }
}

impl ReminderSettingsPage {
    fn form(&self, reader: &Reader) -> Markup {
        let names: Vec<[String; 3]> = (0..3).map(|place| FIELDS.map(|field| at(place, field))).collect();
        html! {
            (form::post(HERE, html! {
                (self.form.summary(reader))
                section class="box" { (self.form.field("automatic", reader.say("arrears-automatic")).check()) }
                @for (stage, [days, text, latin]) in (1i64..).zip(&names) {
                    section class="box" {
                        h2 class="box-title" { (reader.say_with("arrears-stage-no", &[("stage", stage.into())])) }
                        div class="fields" {
                            (self.form.field(days, reader.say("arrears-days-after")).digits().required())
                            (self.form.field(text, reader.say("arrears-text")).lines(3).max_chars(400).wide())
                            (self.form.field(latin, reader.say("arrears-latin-text")).lines(3).max_chars(400).wide())
                        }
                    }
                }
                p class="hint" { (reader.say_with("arrears-placeholders", &PLACEHOLDERS.map(|name| (name, format!("{{{name}}}").into())))) }
                div class="form-foot" { (Button::submit(reader.say("save")).icon(Icon::Check)) }
            }))
        }
    }

    fn told(&self, reader: &Reader) -> Markup {
        html! {
            @for (stage, said) in (1i64..).zip(&self.settings.stages) {
                section class="box" {
                    h2 class="box-title" { (reader.say_with("arrears-stage-no", &[("stage", stage.into())])) }
                    p { (reader.say("arrears-days-after")) ": " span class="num" { (said.days_after_due) } }
                    p { @if self.settings.latin { (said.latin_text) } @else { (said.text) } }
                }
            }
        }
    }
}
