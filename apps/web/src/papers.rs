//! The way to a PDF that a worker makes: asked for, waited for a moment, opened where it lies.

use std::time::Duration;

use axum::response::{IntoResponse, Redirect, Response};
use domain::document::DocumentStatus;
use wire::documents::InvoicePaper;

use crate::{problem::Problem, reader::Reader, ui::flash::Flash};

/// A paper takes well under a second; whoever presses the button waits about four at most.
const TRIES: u32 = 16;
const PAUSE: Duration = Duration::from_millis(250);

/// Leads to the PDF, or back with the news that it is still being made.
pub async fn open<A>(
    reader: &Reader,
    asked: InvoicePaper,
    again: impl Fn() -> A,
    back: &str,
) -> Result<Response, Problem>
where
    A: Future<Output = client::Result<InvoicePaper>>,
{
    let mut paper = asked;
    for _ in 0..TRIES {
        match (&paper.link, paper.status) {
            (Some(link), _) => return Ok(Redirect::to(&link.url).into_response()),
            (None, DocumentStatus::Failed) => return Ok(Flash::bad(reader.say("bulk-paper-failed")).on(back)),
            (None, _) => tokio::time::sleep(PAUSE).await,
        }
        paper = again().await?;
    }
    Ok(Flash::info(reader.say("bulk-paper-soon")).on(back))
}
