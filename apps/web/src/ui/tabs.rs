//! Tabs: plain links between views of one thing, so that each has its own address.

use maud::{Markup, html};

/// One view; `count` stands behind its label.
#[derive(Debug, Clone)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub count: Option<String>,
    pub is_current: bool,
}

pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav class="views" aria-label=(label) {
            @for tab in tabs {
                a class="view" href=(tab.href) aria-current=[tab.is_current.then_some("page")] {
                    (tab.label) @if let Some(count) = &tab.count { span class="view-count" { (count) } }
                }
            }
        }
    }
}
