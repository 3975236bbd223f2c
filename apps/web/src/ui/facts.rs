//! A definition list: what a thing is, fact by fact.

use maud::{Markup, html};

/// Term and value; a fact whose value is empty shows a dash.
pub type Fact<'a> = (&'a str, Markup);

pub fn facts(facts: &[Fact<'_>]) -> Markup {
    html! {
        dl class="facts" {
            @for (term, value) in facts {
                div class="fact" {
                    dt { (term) }
                    dd { @if value.0.is_empty() { "–" } @else { (value) } }
                }
            }
        }
    }
}
