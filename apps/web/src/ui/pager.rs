//! The cursor pager: on to the next page, and back to the first. A cursor knows no page numbers.

use maud::{Markup, html};

use crate::{
    reader::Reader,
    ui::{button::Button, icon::Icon},
};

/// `shown` rows stand above it; `next` is the cursor the API gave, `None` at the end.
pub fn pager(reader: &Reader, shown: usize, next: Option<&str>) -> Markup {
    pager_with(reader, shown, next, html! {})
}

/// The same with something else to be done with the whole list, before the ways to its other pages.
pub fn pager_with(reader: &Reader, shown: usize, next: Option<&str>, way: Markup) -> Markup {
    let first = reader.param("cursor").is_some();
    let rows = i64::try_from(shown).unwrap_or(i64::MAX);
    html! {
        nav class="pager" aria-label=(reader.say("pager")) {
            span class="pager-note" { (reader.say_with("rows-shown", &[("rows", rows.into())])) }
            (way)
            @if first {
                (Button::link(reader.say("pager-first"), reader.link(&[("cursor", "")])).small().icon(Icon::ChevronLeft))
            }
            @if let Some(cursor) = next {
                a class="btn" data-variant="outline" data-size="sm" rel="next" href=(reader.link(&[("cursor", cursor)])) {
                    (reader.say("pager-next")) (Icon::ChevronRight)
                }
            }
        }
    }
}
