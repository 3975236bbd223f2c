//! Rooms that are not let on a day: for how long, and what they would bring in.

mod export;
mod queries;

use base::{
    Actor, App, Checks, Json, Query, Refusals, Result, Slice,
    exports::{self, Exported, Workbook},
    lists::Window,
};
use domain::rights::Action;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    vacancies::{VacancyFilter, VacancyRow, VacancyTotals},
};

use self::export::Vacancies;

pub fn slice() -> Slice {
    Slice::new("vacancies").routes(routes())
}

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(totals)).routes(routes!(export))
}

/// Rooms that are not let on a day, with the days they have been free and the rent that is lost a month.
#[utoipa::path(get, path = "/v2/vacancies", operation_id = "listVacancies", tag = "occupancy", params(VacancyFilter),
    responses((status = 200, body = Page<VacancyRow>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<VacancyFilter>) -> Result<Json<Page<VacancyRow>>> {
    check(&filter)?;
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let rows = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let day = crate::as_of(tx, filter.as_of)?;
            queries::page(tx, &filter, day, &window).await
        })
        .await?;
    let page = window.page(rows, |(_, place)| place.clone());
    let items = page.items.into_iter().map(|(row, _)| row).collect();
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}

/// What the filtered vacancies add up to.
#[utoipa::path(get, path = "/v2/vacancies/totals", operation_id = "totalVacancies", tag = "occupancy", params(VacancyFilter),
    responses((status = 200, body = VacancyTotals), Refusals))]
async fn totals(actor: Actor, Query(filter): Query<VacancyFilter>) -> Result<Json<VacancyTotals>> {
    check(&filter)?;
    let totals = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            let day = crate::as_of(tx, filter.as_of)?;
            queries::totals(tx, &filter, day).await
        })
        .await?;
    Ok(Json(totals))
}

/// The vacancies that a filter picks, in its order, as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/vacancies/export",
    operation_id = "exportVacancies",
    tag = "occupancy",
    params(VacancyFilter),
    responses(Workbook, Refusals)
)]
async fn export(actor: Actor, Query(filter): Query<VacancyFilter>) -> Result<Exported> {
    check(&filter)?;
    exports::export(&actor, Vacancies(filter)).await
}

fn check(filter: &VacancyFilter) -> Result<()> {
    Checks::new().within("minDays", filter.min_days.unwrap_or(0).into(), 0, 100_000).done()
}
