//! What stands where there is nothing yet: why, and the way on.

use maud::{Markup, html};

use crate::ui::icon::Icon;

/// `ways` are the buttons that lead out of emptiness; may be empty.
pub fn empty(icon: Icon, heading: &str, text: &str, ways: Markup) -> Markup {
    html! {
        div class="empty" {
            header {
                figure { (icon) }
                h2 { (heading) }
                p { (text) }
            }
            @if !ways.0.is_empty() { footer { (ways) } }
        }
    }
}
