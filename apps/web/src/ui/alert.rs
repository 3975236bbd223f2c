//! Alerts in the page, and notices that lie on top of it.

use maud::{Markup, html};

use crate::{
    reader::Reader,
    ui::{flash::Flash, icon::Icon},
};

/// What kind of news it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Info,
    Good,
    Warn,
    Bad,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Info, Kind::Good, Kind::Warn, Kind::Bad];

    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Info => "info",
            Kind::Good => "good",
            Kind::Warn => "warn",
            Kind::Bad => "bad",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Kind::Info => Icon::Info,
            Kind::Good => Icon::CircleCheck,
            Kind::Warn => Icon::Warning,
            Kind::Bad => Icon::CircleX,
        }
    }

    /// Bad news interrupts a screen reader, the rest waits for its turn.
    const fn role(self) -> &'static str {
        match self {
            Kind::Bad | Kind::Warn => "alert",
            Kind::Info | Kind::Good => "status",
        }
    }
}

/// A message in its place on the page; `more` may be empty.
pub fn alert(kind: Kind, heading: &str, more: Markup) -> Markup {
    html! {
        div class="alert" data-tone=(kind.as_str()) role=(kind.role()) {
            (kind.icon())
            p data-title { (heading) }
            @if !more.0.is_empty() { section { (more) } }
        }
    }
}

/// The place of the notices, with what the page before had to tell. Every document has it once.
pub fn notices(reader: &Reader, flash: Option<&Flash>) -> Markup {
    html! {
        div id="notices" class="notices" aria-live="polite" {
            @if let Some(flash) = flash { (slip(reader, flash.kind, &flash.text, flash.link.as_ref())) }
        }
        // What a script shows when no answer comes at all.
        template id="lost" { (slip(reader, Kind::Bad, &reader.say("connection-lost"), None)) }
    }
}

/// A notice for a page that is already there: an answer to htmx may carry it beside, or instead of, what it replaces.
/// It takes the place of the one before, so that a page that asks every second does not pile them up.
pub fn notice(reader: &Reader, kind: Kind, text: &str) -> Markup {
    html! { div id="notices" hx-swap-oob="innerHTML" { (slip(reader, kind, text, None)) } }
}

/// A notice can be put away without a script: it is a `<details>` that starts open.
fn slip(reader: &Reader, kind: Kind, text: &str, link: Option<&(String, String)>) -> Markup {
    html! {
        details class="notice" data-tone=(kind.as_str()) open {
            summary class="notice-close" title=(reader.say("close")) {
                (Icon::Close) span class="sr-only" { (reader.say("close")) }
            }
            div class="notice-body" role=(kind.role()) {
                (kind.icon())
                p { (text) @if let Some((label, path)) = link { " " a href=(path) { (label) } } }
            }
        }
    }
}
