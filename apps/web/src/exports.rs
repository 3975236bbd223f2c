//! Lists taken along as Excel files: the link below a list, and the file as the API gives it.

use axum::{
    body::Body,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use http::header;
use maud::{Markup, html};
use serde::Serialize;

use crate::{api::Api, problem::Problem, reader::Reader, ui::icon::Icon};

/// The list of this address as a file; `path` is the page that answers it: `/contracts/export`. It keeps filter and order.
pub fn link(reader: &Reader, path: &str) -> Markup {
    let here = reader.link(&[("cursor", ""), ("panel", "")]);
    let query = here.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
    html! {
        a class="btn" data-variant="outline" data-size="sm" href={ (path) (query) } {
            (Icon::Download) (reader.say("export-excel"))
        }
    }
}

/// What the API's door `path` answers to that filter: the file with its name.
pub async fn send(api: &Api, path: &str, filter: &impl Serialize) -> Result<Response, Problem> {
    let answer = api.export(path, filter).await?;
    let mut headers = HeaderMap::new();
    for name in [header::CONTENT_TYPE, header::CONTENT_DISPOSITION, header::CACHE_CONTROL] {
        if let Some(value) = answer.headers.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    Ok((headers, Body::from(answer.body)).into_response())
}
