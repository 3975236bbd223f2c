//! «Тулгалт»: how a month's books tie, building by building, and the lock behind which nothing of it changes any more.

mod draw;
mod sample;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::Month;
use wire::tie_outs::{MonthUnlock, TieOutView};

use crate::{
    Site,
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form},
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/months/{month}/tie-out", get(show))
        .route("/months/{month}/lock", post(lock))
        .route("/months/{month}/unlock", post(unlock))
}

/// The books of a month side by side.
#[derive(Debug, Clone)]
pub struct TieOutPage {
    pub books: TieOutView,
    /// The form that locks the month, or opens it again.
    pub form: Form,
}

async fn show(api: Api, reader: Reader, Path(month): Path<String>) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let (reader, books) = api.page(reader, api.tie_out(month)).await?;
    Ok(TieOutPage { books, form: Form::default() }.render(&reader).into_response())
}

async fn lock(
    api: Api,
    reader: Reader,
    Path(month): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let mut form = Form::typed(pairs);
    let status = match api.lock_month(month, &form.key()).await {
        Ok(_) => {
            let told = reader.say_with("ledger-locked", &[("month", fmt::month(&reader, month).into())]);
            return Ok(Flash::good(told).on(&path(month)));
        }
        Err(refusal) => form.refused(refusal, |_| None)?,
    };
    again(&api, reader, month, form, status).await
}

async fn unlock(
    api: Api,
    reader: Reader,
    Path(month): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let mut form = Form::typed(pairs);
    let mut status = StatusCode::BAD_REQUEST;
    if let Some(reason) = form.must(&reader, "reason", "field-required", |text| Some(text.to_owned())) {
        match api.unlock_month(month, &MonthUnlock { reason }, &form.key()).await {
            Ok(_) => {
                let told = reader.say_with("ledger-unlocked", &[("month", fmt::month(&reader, month).into())]);
                return Ok(Flash::good(told).on(&path(month)));
            }
            Err(refusal) => status = form.refused(refusal, |path| (path == "reason").then_some("reason".into()))?,
        }
    }
    again(&api, reader, month, form, status).await
}

/// The page come back with what was refused.
async fn again(api: &Api, reader: Reader, month: Month, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let (reader, books) = api.page(reader, api.tie_out(month)).await?;
    Ok((status, TieOutPage { books, form }.render(&reader)).into_response())
}

fn path(month: Month) -> String {
    format!("/months/{month}/tie-out")
}

fn asked(month: &str) -> Result<Month, Problem> {
    read::month(month).ok_or_else(|| Problem::not_found("thing-page"))
}
