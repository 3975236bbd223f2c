//! Writing a sheet before the reader's eyes: the answer is a line for each step, a JSON string with the report's region
//! as it is now. The request itself is the way back, so nobody else can see how far it has come.

use axum::{
    body::Body,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use client::ImportSteps;
use futures_util::stream;
use maud::{Markup, html};
use wire::imports::{ImportProgress, ImportStep};

use super::{ImportPage, draw};
use crate::{reader::Reader, ui::progress::progress};

/// What the script asks for and gets.
const LINES: &str = "application/x-ndjson";

pub fn are_wanted(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|kind| kind == LINES)
}

/// The steps as pieces of that page.
pub fn answer(reader: Reader, page: ImportPage, steps: ImportSteps) -> Response {
    let pieces = stream::unfold((reader, page, steps), async |(reader, page, mut steps)| {
        // Whatever breaks here the reader sees as an answer without its end, and the script says so.
        let step = steps.next().await.inspect_err(|error| tracing::error!("an import broke off: {error}")).ok()??;
        let piece = page.piece(&reader, step).into_string();
        Some((serde_json::to_string(&piece).map(|line| line + "\n"), (reader, page, steps)))
    });
    ([(header::CONTENT_TYPE, LINES)], Body::from_stream(pieces)).into_response()
}

impl ImportPage {
    fn piece(&self, reader: &Reader, step: ImportStep) -> Markup {
        match step {
            ImportStep::Progress(step) => draw::region(writing(reader, step)),
            ImportStep::Report(report) => ImportPage { report: Some(report), ..self.clone() }.region(reader),
            ImportStep::Refusal(late) => {
                ImportPage { trouble: Some(late.error.message), ..self.clone() }.region(reader)
            }
        }
    }
}

fn writing(reader: &Reader, ImportProgress { done, total }: ImportProgress) -> Markup {
    let note = reader.say("import-writing-note");
    html! {
        div class="box" {
            (progress(reader, "writing", &reader.say("import-writing"), done, total, None))
            p class="box-note" { (note) }
        }
    }
}
