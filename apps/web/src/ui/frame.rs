//! What stands around a page: the document, the top bar, the menu, and on a phone the bar at the bottom.

use maud::{DOCTYPE, Markup, html};
use words::Lang;

use crate::{
    assets,
    reader::{Person, Reader, Theme},
    ui::{
        alert,
        button::Button,
        icon::Icon,
        menu::{self, Item, Place},
    },
};

/// A page of the owner's staff. `panel` is the side panel of a list, [`panel::closed`](crate::ui::panel::closed) or
/// empty where there is none.
pub fn desk(reader: &Reader, place: Place, title: &str, main: Markup, panel: Markup) -> Markup {
    let items = menu::items(reader);
    document(
        reader,
        title,
        "desk",
        html! {
            a class="skip" href="#main" { (reader.say("skip-to-page")) }
            header class="top" {
                a class="mark" href="/" { (mark()) span class="mark-name" { (organisation(reader)) } }
                @if !menu::is_tenant(reader) { (search(reader)) }
                div class="top-tools" {
                    (language(reader))
                    (theme(reader))
                    @if let Some(person) = &reader.person { (account(reader, person)) }
                }
            }
            nav class="rail" aria-label=(reader.say("menu")) {
                @for item in &items { (place_link(reader, item, place, "rail-link")) }
            }
            main id="main" class="page" { (main) }
            (panel)
            (bottom(reader, &items, place))
        },
    )
}

/// A page for whoever is not signed in: the sign-in, a problem.
pub fn plain(reader: &Reader, title: &str, main: Markup) -> Markup {
    document(
        reader,
        title,
        "plain",
        html! {
            header class="plain-top" {
                a class="mark" href="/" { (mark()) span class="mark-name" { "Spacehub" } }
                div class="top-tools" { (language(reader)) (theme(reader)) }
            }
            main id="main" class="plain-page" { (main) }
            (horizon())
        },
    )
}

/// A tenant's page behind the link of an SMS; `owner` is whose bill it is.
pub fn bill(reader: &Reader, owner: &str, title: &str, main: Markup) -> Markup {
    document(
        reader,
        title,
        "bill-body",
        html! {
            header class="bill-top" {
                span class="bill-owner" { (owner) }
                div class="top-tools" { (language(reader)) (theme(reader)) }
            }
            main id="main" class="bill-page" { (main) }
            footer class="bill-foot" { (reader.say("bill-made-with")) }
        },
    )
}

fn document(reader: &Reader, title: &str, kind: &str, body: Markup) -> Markup {
    let theme = (reader.theme != Theme::System).then(|| reader.theme.as_str());
    html! {
        (DOCTYPE)
        html lang=(reader.lang) class=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                // Indicators are styled in our own stylesheet; what the reader has unfolded stays so when a piece is
                // refreshed.
                meta name="htmx-config" content=r#"{"includeIndicatorCSS": false, "morphIgnore": ["data-htmx-powered", "open"]}"#;
                title { (title) " · Spacehub" }
                link rel="icon" type="image/svg+xml" href=(assets::href("mark.svg"));
                @for font in ["fonts/latin.woff2", "fonts/cyrillic.woff2"] {
                    link rel="preload" as="font" type="font/woff2" href=(assets::href(font)) crossorigin;
                }
                link rel="stylesheet" href=(assets::href("app.css"));
                script src=(assets::href("htmx.min.js")) defer {}
                script src=(assets::href("app.js")) defer {}
            }
            body class=(kind) {
                (body)
                (alert::notices(reader, reader.flash.as_ref()))
            }
        }
    }
}

/// The crown of a ger with its poles, seen from inside; a sun as well.
fn mark() -> Markup {
    html! {
        svg class="mark-sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            rect class="mark-ground" width="32" height="32" rx="8" {}
            g class="mark-lines" fill="none" stroke-width="2" stroke-linecap="round" {
                circle cx="16" cy="16" r="6" {}
                path d="M16 10v12M10 16h12" {}
                path d="M16 6.4V4M16 28v-2.4M6.4 16H4M28 16h-2.4M9.2 9.2 7.5 7.5M24.5 24.5l-1.7-1.7M22.8 9.2l1.7-1.7M7.5 24.5l1.7-1.7" {}
            }
        }
    }
}

/// Hills under a wide sky, at the foot of pages that have little else.
fn horizon() -> Markup {
    html! {
        svg class="horizon" viewBox="0 0 1440 220" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            path class="hill-far" d="M0 120 C180 60 300 90 460 70 S760 20 930 64 S1240 110 1440 54 V220 H0Z" {}
            path class="hill-mid" d="M0 150 C220 110 380 160 600 126 S980 90 1160 130 S1360 150 1440 118 V220 H0Z" {}
            path class="hill-near" d="M0 190 C260 150 420 196 700 172 S1180 150 1440 184 V220 H0Z" {}
        }
    }
}

fn organisation(reader: &Reader) -> &str {
    reader.person.as_ref().map_or("Spacehub", |person| person.organisation.as_str())
}

fn search(reader: &Reader) -> Markup {
    let label = reader.say("search-label");
    html! {
        form class="top-search" method="get" action="/search" role="search" aria-label=(reader.say("search")) {
            (Icon::Search)
            input type="search" name="q" value=(if reader.path() == "/search" { reader.param("q").unwrap_or_default() } else { String::new() })
                placeholder=(label) aria-label=(label) autocomplete="off" data-search;
            kbd class="kbd with-script" aria-hidden="true" { "/" }
        }
    }
}

/// The other language, one press away.
fn language(reader: &Reader) -> Markup {
    let (other, name, tag) = match reader.lang {
        Lang::Mn => (Lang::En, "English", "EN"),
        Lang::En => (Lang::Mn, "Монгол", "МН"),
    };
    html! {
        form class="switch" method="post" action="/preferences" {
            input type="hidden" name="back" value=(reader.address);
            button class="btn" data-variant="ghost" data-size="sm" type="submit" name="lang" value=(other) title=(name)
                lang=(other) { span aria-hidden="true" { (tag) } span class="sr-only" { (name) } }
        }
    }
}

/// The three themes, one press after another. All three buttons are there and the stylesheet shows the one that leads
/// on from the present theme, so that a script changes the theme by the class of the document alone.
fn theme(reader: &Reader) -> Markup {
    let turns = [
        (Theme::System, Theme::Light, Icon::Monitor, "theme-system"),
        (Theme::Light, Theme::Dark, Icon::Sun, "theme-light"),
        (Theme::Dark, Theme::System, Icon::Moon, "theme-dark"),
    ];
    html! {
        form class="switch" method="post" action="/preferences" data-theme-switch {
            input type="hidden" name="back" value=(reader.address);
            @for (now, next, icon, word) in turns {
                @let title = format!("{}: {}", reader.say("theme"), reader.say(word));
                button class="btn theme-turn" data-now=(now.as_str()) data-variant="ghost" data-size="icon-sm"
                    type="submit" name="theme" value=(next.as_str()) title=(title) {
                    (icon) span class="sr-only" { (title) }
                }
            }
        }
    }
}

/// What is the reader's own, under their name.
const OWN: [(Icon, &str, &str); 3] = [
    (Icon::User, "account-profile", "/account"),
    (Icon::Lock, "account-factor", "/account/second-factor"),
    (Icon::Monitor, "account-sessions", "/account/sessions"),
];

/// Who is signed in, what is theirs, and the way out.
fn account(reader: &Reader, person: &Person) -> Markup {
    html! {
        details class="account" {
            summary class="account-face" title=(person.name) {
                span aria-hidden="true" { (initials(&person.name)) } span class="sr-only" { (person.name) }
            }
            div class="account-menu" {
                p class="account-name" { (person.name) }
                p class="account-role" { (reader.term("role", person.role.as_str())) " · " (person.organisation) }
                @for (icon, label, href) in OWN { a class="account-link" href=(href) { (icon) (reader.say(label)) } }
                form method="post" action="/sign-out" {
                    (Button::submit(reader.say("sign-out")).outline().icon(Icon::SignOut).wide())
                }
            }
        }
    }
}

fn initials(name: &str) -> String {
    name.split([' ', '.', '-']).filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

/// How many places stand in the bar itself; the rest are in what unfolds above it.
const AT_THE_BOTTOM: usize = 4;

fn bottom(reader: &Reader, items: &[Item], place: Place) -> Markup {
    let (bar, rest) = items.split_at(items.len().min(AT_THE_BOTTOM));
    html! {
        nav class="bottom" aria-label=(reader.say("menu")) {
            @for item in bar { (place_link(reader, item, place, "bottom-link")) }
            details class="bottom-more" {
                summary class="bottom-link" { (Icon::Menu) span { (reader.say("menu-more")) } }
                div class="more" {
                    @if let Some(person) = &reader.person {
                        p class="more-head" { strong { (person.name) } (person.organisation) }
                    }
                    @for item in rest { (place_link(reader, item, place, "more-link")) }
                    @for (icon, label, href) in OWN { a class="more-link" href=(href) { (icon) span { (reader.say(label)) } } }
                    form method="post" action="/sign-out" {
                        button class="more-link" type="submit" { (Icon::SignOut) span { (reader.say("sign-out")) } }
                    }
                }
            }
        }
    }
}

fn place_link(reader: &Reader, item: &Item, at: Place, class: &str) -> Markup {
    html! {
        a class=(class) href=(item.href) aria-current=[(item.place == at).then_some("page")] {
            (item.icon) span { (reader.say(item.label)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::rights::Role;

    use super::*;

    fn page(role: Role, name: &str) -> String {
        let person = Person { name: name.to_owned(), role, organisation: "Алтан Тауэр ХХК".to_owned() };
        let reader = Reader { address: "/contracts".into(), person: Some(person), ..Reader::default() };
        desk(&reader, Place::Contracts, "Гэрээ", html! {}, html! {}).0
    }

    #[test]
    fn the_menu_offers_only_what_the_role_may() {
        let accountant = page(Role::OwnerAccountant, "Б. Номин");
        assert!(accountant.contains(r#"href="/payments""#) && accountant.contains(r#"href="/imports/rent-roll""#));
        let employee = page(Role::Employee, "Д. Бат");
        assert!(!employee.contains(r#"href="/payments""#) && !employee.contains(r#"href="/months""#));
        assert!(employee.contains(r#"href="/rooms""#));
    }

    #[test]
    fn names_are_text() {
        let page = page(Role::Employee, "<img src=x>");
        assert!(!page.contains("<img"), "{page}");
        assert_eq!(initials("Б. Номин-Эрдэнэ"), "БН");
        assert_eq!(initials(""), "");
    }
}
