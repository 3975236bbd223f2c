//! One's own account: who I am here, my password, the second factor, the devices that are signed in.

mod device;
mod factor;
mod password;
mod profile;
mod sessions;

use axum::Router;
use maud::{Markup, html};

pub use self::{
    factor::{FactorPage, FactorState},
    password::PasswordPage,
    profile::Profile,
    sessions::{Device, SessionsPage},
};
use crate::{
    Site,
    reader::Reader,
    ui::{
        frame,
        head::head,
        menu::Place,
        panel,
        tabs::{Tab, tabs},
    },
};

pub fn routes() -> Router<Site> {
    Router::new().merge(profile::routes()).merge(password::routes()).merge(factor::routes()).merge(sessions::routes())
}

/// The parts of the account, each with its own address.
const PARTS: [(&str, &str); 4] = [
    ("account-profile", profile::HERE),
    ("account-password", password::HERE),
    ("account-factor", factor::HERE),
    ("account-sessions", sessions::HERE),
];

/// A part of the account with the way to the others.
fn part(reader: &Reader, here: &str, inside: Markup) -> Markup {
    let parts = PARTS.map(|(label, href)| Tab {
        label: reader.say(label).into_owned(),
        href: href.to_owned(),
        count: None,
        is_current: href == here,
    });
    let title = reader.say("account");
    let who = reader.person.as_ref().map(|person| html! { (person.name) }).unwrap_or_default();
    let main = html! { (head(&[], &title, who, html! {})) (tabs(&title, &parts)) (inside) };
    frame::desk(reader, Place::Account, &title, main, panel::closed())
}

#[cfg(test)]
mod tests;
