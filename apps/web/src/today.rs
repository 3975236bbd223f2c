//! «Өнөөдөр»: how the owner stands today, each figure over the list that adds up to it.

mod draw;
pub(crate) mod sample;

use axum::{
    Router,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::rights::Action;
use futures_util::future::try_join;
use wire::{
    Paging,
    contracts::ContractFilter,
    setup::{SetupStep, Step},
    today::TodayView,
};

use crate::{Site, api::Api, home, page::Page, problem::Problem, reader::Reader, ui::menu};

pub fn routes() -> Router<Site> {
    Router::new().route("/", get(show))
}

/// The first page after the sign-in.
#[derive(Debug, Clone)]
pub enum Today {
    Figures(Box<TodayView>),
    /// Nothing is billed yet: the way to the first bill instead of figures that are all nought.
    Beginning(Vec<SetupStep>),
    /// For whom the figures are not: only the ways on.
    Ways,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    if menu::is_tenant(&reader) {
        return Ok(Redirect::to(home::HERE).into_response());
    }
    let page = if !reader.may(Action::ReadReports) {
        Today::Ways
    } else {
        let view = api.today().await?;
        if is_bare(&view) {
            Today::Beginning(beginning(&api, &reader, &view).await?)
        } else {
            Today::Figures(Box::new(view))
        }
    };
    Ok(page.render(&reader).into_response())
}

/// Whether nothing was ever billed, as far as the figures tell.
fn is_bare(view: &TodayView) -> bool {
    view.receivable_count == 0 && view.billed_count == 0 && view.chart.iter().all(|bar| bar.billed.is_zero())
}

/// The first steps. What stands between a company and its payments its director settles; the rest see what they can do.
async fn beginning(api: &Api, reader: &Reader, view: &TodayView) -> client::Result<Vec<SetupStep>> {
    if reader.may(Action::EditOwner) {
        return Ok(api.setup().await?.steps);
    }
    let one = Paging { limit: Some(1), cursor: None };
    let any = ContractFilter { limit: Some(1), ..ContractFilter::default() };
    let (buildings, contracts) = try_join(api.properties(&one), api.contracts(&any)).await?;
    let done = [
        (Step::Property, !buildings.items.is_empty()),
        (Step::Rooms, view.units_total > 0),
        (Step::Contract, !contracts.items.is_empty()),
    ];
    Ok(done.map(|(step, done)| SetupStep { step, done }).into())
}

#[cfg(test)]
mod tests;
