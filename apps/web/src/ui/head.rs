//! The head of a page: where one is, what it is, and what can be done here.

use maud::{Markup, html};

/// Where the page lies: `(label, href)` from the outside in.
pub type Crumb<'a> = (&'a str, &'a str);

/// `note` stands quietly under the title, `actions` at its right; both may be empty.
pub fn head(crumbs: &[Crumb<'_>], title: &str, note: Markup, actions: Markup) -> Markup {
    html! {
        header class="page-head" {
            div class="page-words" {
                @if !crumbs.is_empty() {
                    nav class="crumbs" aria-label=(title) {
                        @for (label, href) in crumbs { a href=(href) { (label) } span aria-hidden="true" { "/" } }
                    }
                }
                h1 class="page-title" { (title) }
                @if !note.0.is_empty() { p class="page-note" { (note) } }
            }
            @if !actions.0.is_empty() { div class="page-actions" { (actions) } }
        }
    }
}
