//! «Сар»: the month's work in order, what its run would bill, and how far a run is.

mod draw;
mod preview;
mod reports;
mod run;
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod work;

use axum::{Router, response::Redirect, routing::get};
use domain::Month;

pub use self::{preview::MonthPage, reports::ReportsPage, run::RunPage, work::WorkPage};
use crate::{Site, api::Api, problem::Problem, read};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/months", get(current))
        .route("/months/{month}", get(work::show))
        .route("/months/{month}/reports", get(reports::show))
        .route("/months/{month}/preview", get(preview::show).post(preview::run))
        .route("/months/{month}/preview/export", get(preview::export))
        .route("/months/{month}/runs/{id}", get(run::show))
}

/// Leads to the month it is at the API's clock.
async fn current(api: Api) -> Result<Redirect, Problem> {
    let month = api.today().await?.month;
    Ok(Redirect::to(&format!("/months/{month}")))
}

fn asked(month: &str) -> Result<Month, Problem> {
    read::month(month).ok_or_else(|| Problem::not_found("thing-page"))
}
