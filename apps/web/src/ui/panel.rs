//! The side panel: one row of a list opened beside it, so that the place in the list is not lost.
//!
//! The list's page has one panel, open or closed. A row's link carries `panel=ID`; without JavaScript the page comes
//! back with the panel open, with htmx only the panel is fetched ([`Reader::target`] is `panel`).

use maud::{Markup, html};

use crate::{reader::Reader, ui::icon::Icon};

/// The id of the panel's element.
pub const ID: &str = "panel";

/// The address that opens the panel on a row of this list.
pub fn href(reader: &Reader, id: impl std::fmt::Display) -> String {
    reader.link(&[("panel", &id.to_string())])
}

/// The open panel; `full` is the page of the thing itself.
pub fn open(reader: &Reader, title: &str, full: &str, body: Markup) -> Markup {
    let close = reader.link(&[("panel", "")]);
    html! {
        aside id=(ID) class="panel" aria-label=(title) tabindex="-1" {
            header class="panel-head" {
                h2 class="panel-title" { (title) }
                a class="btn" data-variant="ghost" data-size="icon-sm" href=(full) title=(reader.say("panel-full")) {
                    (Icon::ExternalLink) span class="sr-only" { (reader.say("panel-full")) }
                }
                a class="btn" data-variant="ghost" data-size="icon-sm" href=(close) data-close="panel"
                    title=(reader.say("close")) { (Icon::Close) span class="sr-only" { (reader.say("close")) } }
            }
            div class="panel-body" { (body) }
        }
    }
}

/// The place of the panel while it is closed.
pub fn closed() -> Markup {
    html! { aside id=(ID) hidden {} }
}
