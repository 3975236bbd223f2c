//! A stepper: the way through a longer piece of work, and where one stands on it.

use maud::{Markup, html};

use crate::{reader::Reader, ui::icon::Icon};

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Done,
    Now,
    Later,
}

/// One step; `note` says what is done or open there, in a few words.
#[derive(Debug, Clone)]
pub struct Step {
    pub label: String,
    pub note: Option<String>,
    pub href: Option<String>,
    pub stage: Stage,
}

pub fn stepper(reader: &Reader, steps: &[Step]) -> Markup {
    html! {
        ol class="steps" {
            @for (number, step) in (1..).zip(steps) {
                li class="step" data-stage=(stage(step.stage)) aria-current=[(step.stage == Stage::Now).then_some("step")] {
                    span class="step-mark" aria-hidden="true" {
                        @if step.stage == Stage::Done { (Icon::Check) } @else { (number) }
                    }
                    span class="step-words" {
                        @match &step.href {
                            Some(href) => a class="step-label" href=(href) { (step.label) },
                            None => span class="step-label" { (step.label) },
                        }
                        @if let Some(note) = &step.note { span class="step-note" { (note) } }
                        @if step.stage == Stage::Done { span class="sr-only" { (reader.say("step-done")) } }
                    }
                }
            }
        }
    }
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Done => "done",
        Stage::Now => "now",
        Stage::Later => "later",
    }
}
