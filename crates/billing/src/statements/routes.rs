//! The doors of statements of account.

use base::{
    Actor, App, Json, Path, Query, Refusals, Result,
    exports::{self, Exported, Workbook},
};
use domain::{ContractId, TenantId};
use jiff::civil::Date;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::statements::{StatementPeriod, StatementView};

use super::export::{Of, Statement};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(of_contract))
        .routes(routes!(export_of_contract))
        .routes(routes!(of_tenant))
        .routes(routes!(export_of_tenant))
}

/// The account of a contract in a period: its bills, and what was paid on them.
#[utoipa::path(get, path = "/v2/contracts/{id}/statement", operation_id = "contractStatement", tag = "statements",
    params(("id" = ContractId, Path), StatementPeriod), responses((status = 200, body = StatementView), Refusals))]
async fn of_contract(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(period): Query<StatementPeriod>,
) -> Result<Json<StatementView>> {
    let (from, to) = days(&actor, &period);
    actor.transact(async |tx| super::of_contract(tx, id, from, to).await).await.map(Json)
}

/// The account of a contract in a period, as an Excel file.
#[utoipa::path(get, path = "/v2/contracts/{id}/statement/export", operation_id = "exportContractStatement",
    tag = "statements", params(("id" = ContractId, Path), StatementPeriod), responses(Workbook, Refusals))]
async fn export_of_contract(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(period): Query<StatementPeriod>,
) -> Result<Exported> {
    let (from, to) = days(&actor, &period);
    exports::export(&actor, Statement::new(Of::Contract(id), from, to)).await
}

/// The account of a tenant in a period, over all contracts.
#[utoipa::path(get, path = "/v2/tenants/{id}/statement", operation_id = "tenantStatement", tag = "statements",
    params(("id" = TenantId, Path), StatementPeriod), responses((status = 200, body = StatementView), Refusals))]
async fn of_tenant(
    actor: Actor,
    Path(id): Path<TenantId>,
    Query(period): Query<StatementPeriod>,
) -> Result<Json<StatementView>> {
    let (from, to) = days(&actor, &period);
    actor.transact(async |tx| super::of_tenant(tx, id, from, to).await).await.map(Json)
}

/// The account of a tenant in a period, as an Excel file.
#[utoipa::path(get, path = "/v2/tenants/{id}/statement/export", operation_id = "exportTenantStatement",
    tag = "statements", params(("id" = TenantId, Path), StatementPeriod), responses(Workbook, Refusals))]
async fn export_of_tenant(
    actor: Actor,
    Path(id): Path<TenantId>,
    Query(period): Query<StatementPeriod>,
) -> Result<Exported> {
    let (from, to) = days(&actor, &period);
    exports::export(&actor, Statement::new(Of::Tenant(id), from, to)).await
}

/// The period asked for: from the year's first day until today where nothing else was said.
fn days(actor: &Actor, period: &StatementPeriod) -> (Date, Date) {
    let to = period.to.unwrap_or_else(|| actor.app.clock.today());
    (period.from.unwrap_or_else(|| to.first_of_year()), to)
}
