//! Progress: always with a count, never a bare spinner.

use maud::{Markup, html};

use crate::{fmt, reader::Reader};

/// `done` of `total`, under a label. `poll` is the address whose answer holds the fresh element with the same id.
pub fn progress(reader: &Reader, id: &str, label: &str, done: u64, total: u64, poll: Option<&str>) -> Markup {
    let target = format!("#{id}");
    let target = poll.map(|_| target.as_str());
    html! {
        div id=(id) class="work" hx-get=[poll] hx-trigger=[poll.map(|_| "every 1s")] hx-select=[target]
            hx-target=[target] hx-swap=[poll.map(|_| "outerHTML")] {
            p class="work-words" {
                span { (label) }
                span class="num" {
                    (reader.say_with("done-of", &[("done", fmt::count(done).into()), ("total", fmt::count(total).into())]))
                }
            }
            progress class="bar" value=(done) max=(total.max(1)) aria-label=(label) {}
            @if let Some(poll) = poll { a class="without-script" href=(poll) { (reader.say("refresh")) } }
        }
    }
}
