//! What the pages of spaces share: the tabs between them, how a room stands in a word, a sign and a colour, and its price.

use domain::{
    Money,
    rights::Action,
    rooms::{Occupancy, PriceMode},
};
use jiff::civil::Date;
use maud::{Markup, html};
use wire::occupancy::{OccupancyFigures, Units};

use crate::{
    fmt,
    reader::Reader,
    ui::{
        badge::{Badge, Tone},
        icon::Icon,
        tabs::{self, Tab},
    },
};

/// The views of the estate, each with its own address.
pub fn tabs(reader: &Reader, here: &str) -> Markup {
    let all = [
        ("spaces-rooms", "/rooms", Action::ReadEstate),
        ("spaces-buildings", "/buildings", Action::ReadEstate),
        ("spaces-vacancies", "/vacancies", Action::ReadEstate),
        ("spaces-prices", "/rooms/prices", Action::EditEstate),
    ];
    let tabs: Vec<Tab> = all
        .into_iter()
        .filter(|(.., needs)| reader.may(*needs))
        .map(|(label, href, _)| Tab {
            label: reader.say(label).into_owned(),
            href: href.to_owned(),
            count: None,
            is_current: href == here,
        })
        .collect();
    tabs::tabs(&reader.say("menu-rooms"), &tabs)
}

/// How a room stands; a room that is not there that day is closed.
pub fn standing(reader: &Reader, standing: Option<Occupancy>) -> Badge {
    match standing {
        Some(standing) => Badge::new(tone(standing), reader.term("occupancy", standing.as_str())),
        None => Badge::new(Tone::Faint, reader.say("room-not-there")),
    }
}

const fn tone(standing: Occupancy) -> Tone {
    match standing {
        Occupancy::Let => Tone::Good,
        Occupancy::Notice => Tone::Warn,
        Occupancy::Listed => Tone::Sky,
        Occupancy::Vacant => Tone::Faint,
    }
}

/// The sign that stands beside the colour, which alone not everybody tells apart.
pub const fn sign(standing: Occupancy) -> Icon {
    match standing {
        Occupancy::Let => Icon::User,
        Occupancy::Notice => Icon::Clock,
        Occupancy::Listed => Icon::Tag,
        Occupancy::Vacant => Icon::Vacant,
    }
}

/// The key to the colours, with what each of them adds up to; `href` leads to the list of those rooms.
pub fn legend(reader: &Reader, figures: &OccupancyFigures, href: impl Fn(Occupancy) -> String) -> Markup {
    html! {
        ul class="standings" {
            @for one in Occupancy::ALL {
                li {
                    a class="standing" data-standing=(one.as_str()) href=(href(*one)) {
                        (sign(*one))
                        span class="standing-word" { (reader.term("occupancy", one.as_str())) }
                        (units(figures.of(*one)))
                    }
                }
            }
            li class="standing standing-total" {
                span class="standing-word" { (reader.say("total")) }
                (units(figures.total))
            }
        }
    }
}

/// Rooms and m².
pub fn units(units: Units) -> Markup {
    html! { span class="standing-units num" { strong { (units.units) } " · " (fmt::area_m2(units.area_m2)) } }
}

/// A price with what it is the price of; nothing while none is set.
pub fn price(reader: &Reader, mode: PriceMode, price: Money) -> Markup {
    if price.is_zero() {
        return html! {};
    }
    let mode = reader.term("price-mode", mode.as_str());
    html! { span { (fmt::money(price)) " " span class="unit" { (mode) } } }
}

/// A last day, or that there is none.
pub fn until(reader: &Reader, day: Option<Date>) -> Markup {
    day.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date)
}
