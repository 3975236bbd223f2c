//! «Авлага»: what is owed by age as of a day, and what is done about it – penalties, promises, reminders.

mod lines;
mod list;
mod penalties;
mod promises;
mod reminders;
mod settings;
mod terms;
pub(crate) mod write_offs;

use axum::{
    Router,
    routing::{get, post},
};
use domain::rights::Action;
use jiff::civil::Date;
use maud::Markup;

pub use self::{
    lines::OpenBillsPage,
    list::ReceivableList,
    penalties::PenaltyList,
    promises::PromiseList,
    reminders::{ConfirmPage, OrderPage},
    settings::ReminderSettingsPage,
    terms::PenaltyTermsPage,
    write_offs::WriteOffList,
};
use crate::{
    Site,
    reader::Reader,
    ui::tabs::{Tab, tabs},
};

/// Where the list of ages is.
pub const HERE: &str = "/receivables";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(list::show))
        .route("/receivables/export", get(list::export))
        .route("/receivables/lines", get(lines::show).post(lines::promise))
        .route(penalties::HERE, get(penalties::show).post(penalties::decide))
        .route("/receivables/penalties/export", get(penalties::export))
        .route(promises::HERE, get(promises::show))
        .route("/receivables/promises/{id}/cancellation", post(promises::cancel))
        .route("/receivables/reminders", post(reminders::confirm))
        .route("/receivables/reminders/sending", post(reminders::send))
        .route("/receivables/reminders/{id}", get(reminders::show))
        .route("/receivables/reminders/{id}/retry", post(reminders::retry))
        .route(write_offs::HERE, get(write_offs::show))
        .route("/receivables/write-offs/{id}", post(write_offs::decide))
        .route("/contracts/{id}/penalty-terms", get(terms::show).post(terms::change))
        .route(settings::HERE, get(settings::show).post(settings::change))
}

/// The pages of this place, each with its own address.
fn parts(reader: &Reader, here: &str) -> Markup {
    let all = [
        ("arrears-tab-aging", HERE),
        ("arrears-tab-penalties", penalties::HERE),
        ("arrears-tab-promises", promises::HERE),
        ("desk-write-offs", write_offs::HERE),
        ("arrears-tab-settings", settings::HERE),
    ];
    let parts: Vec<Tab> = all
        .into_iter()
        .map(|(label, href)| Tab {
            label: reader.say(label).into_owned(),
            href: href.to_owned(),
            count: None,
            is_current: href == here,
        })
        .collect();
    tabs(&reader.say("menu-receivables"), &parts)
}

/// Whoever may charge, promise and remind.
fn may_act(reader: &Reader) -> bool {
    reader.may(Action::EditInvoices)
}

fn dotted(day: Date) -> String {
    format!("{:04}.{:02}.{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests;
