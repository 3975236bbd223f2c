//! Text with a button that copies it. Without a script the text is there to be marked by hand.

use maud::{Markup, html};

use crate::{reader::Reader, ui::icon::Icon};

/// `shown` for the eye; `value` is what lands on the clipboard.
pub fn copyable(reader: &Reader, shown: &str, value: &str) -> Markup {
    html! { span class="copyable" { span class="copyable-text" { (shown) } (button(reader, shown, value)) } }
}

/// A button with its words beside the sign.
pub fn worded(reader: &Reader, label: &str, value: &str) -> Markup {
    html! {
        button type="button" class="btn with-script" data-variant="outline" data-size="sm" data-copy=(value)
            data-copied=(reader.say("copied")) title=(label) { (Icon::Copy) (label) }
    }
}

/// The button alone; `what` is read aloud with it.
pub fn button(reader: &Reader, what: &str, value: &str) -> Markup {
    html! {
        button type="button" class="btn with-script" data-variant="ghost" data-size="icon-sm" data-copy=(value)
            data-copied=(reader.say("copied")) title=(reader.say("copy")) {
            (Icon::Copy) span class="sr-only" { (reader.say_with("copy-what", &[("what", what.into())])) }
        }
    }
}
