//! An import's answer: its report, or for whoever asks for lines, one for each step and the report last.
//!
//! What is answered in lines goes on when the one who asked is gone: the transaction ends as it would have, and whoever
//! sends the file again is told what is known. A plain answer that nobody waits for any more undoes itself.

use std::convert::Infallible;

use axum::{
    body::Body,
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use base::{Error, Json, Lang, Result};
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderValue, header, request::Parts};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use wire::{
    Refusal,
    imports::{ImportProgress, ImportReport, ImportStep, LateRefusal},
};

/// The media type of an answer in steps: one JSON object a line.
pub const LINES: &str = "application/x-ndjson";

/// How the answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    in_lines: bool,
}

/// Told how far the work has come.
#[derive(Debug, Clone, Default)]
pub struct Listener(Option<UnboundedSender<ImportStep>>);

impl Listener {
    pub fn hears(&self, done: usize, total: usize) {
        let [done, total] = [done, total].map(|count| u64::try_from(count).unwrap_or(u64::MAX));
        self.tell(ImportStep::Progress(ImportProgress { done, total }));
    }

    fn tell(&self, step: ImportStep) {
        if let Some(listener) = &self.0 {
            // Whoever went away is told no more; the work goes on.
            let _ = listener.send(step);
        }
    }
}

impl Steps {
    /// Answers with what `work` reports in the end.
    pub async fn answer<W>(self, lang: Lang, work: impl FnOnce(Listener) -> W) -> Result<Response>
    where
        W: Future<Output = Result<ImportReport>> + Send + 'static,
    {
        if !self.in_lines {
            return Ok(Json(work(Listener::default()).await?).into_response());
        }
        let (sender, receiver) = unbounded_channel();
        let listener = Listener(Some(sender));
        let work = work(listener.clone());
        tokio::spawn(async move {
            listener.tell(match work.await {
                Ok(report) => ImportStep::Report(report),
                Err(error) => ImportStep::Refusal(late(&error, lang)),
            });
        });
        let lines = stream::unfold(receiver, async |mut receiver| {
            let step = receiver.recv().await?;
            Some((serde_json::to_vec(&step).map(line), receiver))
        });
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(LINES))];
        Ok((kind, Body::from_stream(lines)).into_response())
    }
}

fn line(mut json: Vec<u8>) -> Bytes {
    json.push(b'\n');
    json.into()
}

fn late(error: &Error, lang: Lang) -> LateRefusal {
    let (code, status) = error.code();
    if status.is_server_error() {
        tracing::error!(error = %error, "an import failed: {error}");
    }
    let error = Refusal { code: code.to_owned(), message: error.message(lang), details: error.details(lang) };
    LateRefusal { status: status.as_u16(), error }
}

impl<S: Sync> FromRequestParts<S> for Steps {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Steps, Infallible> {
        let accept = parts.headers.get(header::ACCEPT).and_then(|kinds| kinds.to_str().ok()).unwrap_or_default();
        Ok(Steps { in_lines: accept.split([',', ';']).any(|kind| kind.trim().eq_ignore_ascii_case(LINES)) })
    }
}
