//! The filter bar of a list: a plain GET form, so that the filter is the address; with htmx it filters while one types.

use domain::Month;
use jiff::civil::Date;
use maud::{Markup, Render, html};
use wire::properties::PropertyView;

use crate::{
    reader::Reader,
    ui::{button::Button, icon::Icon, table},
};

/// A filter bar over the list of the same page.
pub struct Filter<'a> {
    reader: &'a Reader,
    names: Vec<&'a str>,
    parts: Vec<Markup>,
}

impl<'a> Filter<'a> {
    pub fn new(reader: &'a Reader) -> Filter<'a> {
        Filter { reader, names: Vec::new(), parts: Vec::new() }
    }

    /// Free text over whatever the list can be searched by.
    pub fn search(self, name: &'a str, label: &str) -> Self {
        let value = self.reader.param(name).unwrap_or_default();
        self.add(
            name,
            html! {
                div class="filter-search input-group" {
                    span data-align="start" { (Icon::Search) }
                    input type="search" name=(name) value=(value) placeholder=(label) aria-label=(label)
                        autocomplete="off" data-list-search data-set[!value.is_empty()];
                }
            },
        )
    }

    /// One of a list; the first entry stands for all of them: `(value, label)`.
    pub fn choice(self, name: &'a str, label: &str, all: &str, choices: &[(String, String)]) -> Self {
        let chosen = self.reader.param(name).unwrap_or_default();
        self.add(
            name,
            html! {
                select class="select" name=(name) aria-label=(label) data-set[!chosen.is_empty()] {
                    option value="" { (all) }
                    @for (value, label) in choices { option value=(value) selected[*value == chosen] { (label) } }
                }
            },
        )
    }

    /// The owner's buildings, where there is more than one to choose from.
    pub fn buildings(self, buildings: &[PropertyView]) -> Self {
        if buildings.len() < 2 {
            return self.keep("propertyId");
        }
        let choices: Vec<(String, String)> =
            buildings.iter().map(|building| (building.id.to_string(), building.name.clone())).collect();
        let (label, all) = (self.reader.say("building"), self.reader.say("any-building"));
        self.choice("propertyId", &label, &all, &choices)
    }

    pub fn month(self, name: &'a str, label: &str) -> Self {
        let value = self.reader.param(name).unwrap_or_default();
        self.add(
            name,
            html! {
                input class="input" type="month" name=(name) value=(value) aria-label=(label) title=(label)
                    data-set[!value.is_empty()];
            },
        )
    }

    /// A month that is `unless` as long as none was chosen.
    pub fn month_unless(self, name: &'a str, label: &str, unless: Month) -> Self {
        let chosen = self.reader.param(name);
        let is_set = chosen.is_some();
        let value = chosen.unwrap_or_else(|| unless.to_string());
        self.add(
            name,
            html! {
                input class="input" type="month" name=(name) value=(value) aria-label=(label) title=(label) data-set[is_set];
            },
        )
    }

    /// An amount, the least or the most of those asked for.
    pub fn amount(self, name: &'a str, label: &str) -> Self {
        let value = self.reader.param(name).unwrap_or_default();
        self.add(
            name,
            html! {
                input class="input" type="text" inputmode="decimal" name=(name) value=(value) placeholder=(label)
                    aria-label=(label) title=(label) size="10" data-set[!value.is_empty()];
            },
        )
    }

    /// A day: the first or the last of those asked for.
    pub fn date(self, name: &'a str, label: &str) -> Self {
        self.day(name, label, None)
    }

    /// A day that is `unless` as long as none was chosen.
    pub fn day(self, name: &'a str, label: &str, unless: Option<Date>) -> Self {
        let chosen = self.reader.param(name);
        let is_set = chosen.is_some();
        let value = chosen.or_else(|| unless.map(|day| day.to_string())).unwrap_or_default();
        self.add(
            name,
            html! {
                label class="filter-date" {
                    span { (label) }
                    input class="input" type="date" name=(name) value=(value) data-set[is_set];
                }
            },
        )
    }

    /// What a link brought along stays while one filters, and goes when the filter is cleared.
    pub fn keep(self, name: &'a str) -> Self {
        let value = self.reader.param(name);
        self.add(
            name,
            html! { @if let Some(value) = value { input type="hidden" name=(name) value=(value) data-set; } },
        )
    }

    fn add(mut self, name: &'a str, part: Markup) -> Self {
        self.names.push(name);
        self.parts.push(part);
        self
    }
}

impl Render for Filter<'_> {
    fn render(&self) -> Markup {
        let (reader, list) = (self.reader, format!("#{}", table::ID));
        let cleared: Vec<(&str, &str)> =
            self.names.iter().chain(&["cursor", "panel"]).map(|name| (*name, "")).collect();
        html! {
            form class="filter" method="get" action=(reader.path()) role="search" aria-label=(reader.say("filter")) hx-get=(reader.path())
                hx-target=(list) hx-select=(list) hx-swap="outerHTML" hx-sync="this:replace"
                hx-trigger="input delay:300ms, submit" hx-replace-url="true" {
                @if let Some(sort) = reader.param("sort") { input type="hidden" name="sort" value=(sort); }
                @for part in &self.parts { (part) }
                span class="without-script" { (Button::submit(reader.say("filter")).outline()) }
                span class="filter-clear" {
                    (Button::link(reader.say("filter-clear"), reader.link(&cleared)).ghost().icon(Icon::Close))
                }
            }
        }
    }
}
