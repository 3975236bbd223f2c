//! Buttons and links that look like them.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use crate::ui::icon::Icon;

/// Something to press: it sends the form it stands in, or leads somewhere.
#[derive(Debug, Clone)]
pub struct Button<'a> {
    label: Cow<'a, str>,
    does: Does<'a>,
    weight: Weight,
    icon: Option<Icon>,
    small: bool,
    wide: bool,
    icon_only: bool,
}

#[derive(Debug, Clone)]
enum Does<'a> {
    Submit { name: Option<(&'a str, &'a str)> },
    Lead { href: Cow<'a, str> },
}

/// How loudly a button asks to be pressed; a page has one primary button at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Primary,
    Outline,
    Ghost,
    Danger,
}

impl<'a> Button<'a> {
    /// Sends the form it stands in.
    pub fn submit(label: impl Into<Cow<'a, str>>) -> Button<'a> {
        Button::new(label.into(), Does::Submit { name: None }, Weight::Primary)
    }

    /// Leads to another page.
    pub fn link(label: impl Into<Cow<'a, str>>, href: impl Into<Cow<'a, str>>) -> Button<'a> {
        Button::new(label.into(), Does::Lead { href: href.into() }, Weight::Outline)
    }

    fn new(label: Cow<'a, str>, does: Does<'a>, weight: Weight) -> Button<'a> {
        Button { label, does, weight, icon: None, small: false, wide: false, icon_only: false }
    }

    /// What a form with several buttons is told by this one.
    pub fn value(mut self, name: &'a str, value: &'a str) -> Self {
        self.does = Does::Submit { name: Some((name, value)) };
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Shows the icon alone; the label is still read aloud and shown on hover.
    pub fn icon_only(mut self, icon: Icon) -> Self {
        self.icon_only = true;
        self.icon(icon)
    }

    pub fn weight(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }

    pub fn primary(self) -> Self {
        self.weight(Weight::Primary)
    }

    pub fn outline(self) -> Self {
        self.weight(Weight::Outline)
    }

    pub fn ghost(self) -> Self {
        self.weight(Weight::Ghost)
    }

    pub fn danger(self) -> Self {
        self.weight(Weight::Danger)
    }

    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// As wide as what it stands in, and easy to hit with a thumb.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let variant = match self.weight {
            Weight::Primary => "primary",
            Weight::Outline => "outline",
            Weight::Ghost => "ghost",
            Weight::Danger => "destructive",
        };
        let size = match (self.icon_only, self.small) {
            (true, true) => "icon-sm",
            (true, false) => "icon",
            (false, true) => "sm",
            (false, false) => "default",
        };
        let class = if self.wide { "btn btn-wide" } else { "btn" };
        let title = self.icon_only.then_some(&*self.label);
        let inside = html! {
            @if let Some(icon) = self.icon { (icon) }
            @if self.icon_only { span class="sr-only" { (self.label) } } @else { (self.label) }
        };
        match &self.does {
            Does::Submit { name } => html! {
                button type="submit" class=(class) data-variant=(variant) data-size=(size) title=[title]
                    name=[name.map(|(name, _)| name)] value=[name.map(|(_, value)| value)] { (inside) }
            },
            Does::Lead { href } => html! {
                a href=(href) class=(class) data-variant=(variant) data-size=(size) title=[title] { (inside) }
            },
        }
    }
}
