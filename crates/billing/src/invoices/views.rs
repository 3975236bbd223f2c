//! Views of the list of invoices: a filter and columns under a name, kept for oneself or shared with the owner's staff.

use base::{Actor, App, Checks, Conflict, Error, Json, OnConstraint, Path, Refusals, Result, Tx};
use domain::{ListViewId, list_view::InvoiceColumn, rights::Action};
use http::StatusCode;
use serde_json::{Value, json};
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    invoices::InvoiceFilter,
    list_views::{InvoiceListView, InvoiceListViews, NewInvoiceListView},
};

/// So many views of one's own are enough for a day's work.
const MOST: i64 = 50;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(change, remove))
}

/// The views of the list of invoices that one may choose: one's own, and those that others share.
#[utoipa::path(get, path = "/v2/invoice-views", operation_id = "listInvoiceViews", tag = "invoices",
    responses((status = 200, body = InvoiceListViews), Refusals))]
async fn list(actor: Actor) -> Result<Json<InvoiceListViews>> {
    let items = actor
        .transact(async |tx| {
            allow(tx).await?;
            let sql = format!("{VIEW} order by mine desc, v.name, v.id limit 200");
            Ok(tx.all(&sql, &[]).await?.iter().map(view).collect())
        })
        .await?;
    Ok(Json(InvoiceListViews { items }))
}

/// Keeps a view under a name.
#[utoipa::path(post, path = "/v2/invoice-views", operation_id = "makeInvoiceView", tag = "invoices",
    request_body = NewInvoiceListView, responses((status = 201, body = InvoiceListView), Refusals))]
async fn make(actor: Actor, Json(new): Json<NewInvoiceListView>) -> Result<(StatusCode, Json<InvoiceListView>)> {
    let made = actor
        .transact(async |tx| {
            allow(tx).await?;
            check(&new)?;
            let sql = "select count(*) as n from list_views
                        where owner_id = (select app_owner_id()) and user_id = (select app_user_id()) and list = 'invoices'";
            if tx.one(sql, &[]).await?.get::<_, i64>("n") >= MOST {
                return Err(Conflict::new("VIEWS_TOO_MANY").with("most", MOST).into());
            }
            let id = ListViewId::new();
            tx.touch(
                "insert into list_views (id, list, name, filter, columns, shared) values ($1, 'invoices', $2, $3, $4, $5)",
                &[&id, &new.name.trim(), &kept(&new.filter), &columns(&new.columns), &new.shared],
            )
            .await
            .on_constraint("list_views_name_once", taken)?;
            tx.audit("list_view.make", id.0, &told(&new)).await?;
            find(tx, id).await
        })
        .await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Changes a view of one's own.
#[utoipa::path(put, path = "/v2/invoice-views/{id}", operation_id = "changeInvoiceView", tag = "invoices",
    params(("id" = ListViewId, Path)), request_body = NewInvoiceListView,
    responses((status = 200, body = InvoiceListView), Refusals))]
async fn change(
    actor: Actor,
    Path(id): Path<ListViewId>,
    Json(new): Json<NewInvoiceListView>,
) -> Result<Json<InvoiceListView>> {
    let changed = actor
        .transact(async |tx| {
            allow(tx).await?;
            hold(tx, id).await?;
            check(&new)?;
            tx.touch(
                "update list_views set name = $2, filter = $3, columns = $4, shared = $5
                      where owner_id = (select app_owner_id()) and id = $1 and user_id = (select app_user_id())",
                &[&id, &new.name.trim(), &kept(&new.filter), &columns(&new.columns), &new.shared],
            )
            .await
            .on_constraint("list_views_name_once", taken)?;
            tx.audit("list_view.change", id.0, &told(&new)).await?;
            find(tx, id).await
        })
        .await?;
    Ok(Json(changed))
}

/// Holds a view of one's own until the end of the transaction.
async fn hold(tx: &Tx, id: ListViewId) -> Result<()> {
    let own = tx
        .maybe(
            "select from list_views
              where owner_id = (select app_owner_id()) and id = $1 and user_id = (select app_user_id()) for update",
            &[&id],
        )
        .await?;
    own.map(drop).ok_or(Error::NotFound("list view"))
}

/// Forgets a view of one's own.
#[utoipa::path(delete, path = "/v2/invoice-views/{id}", operation_id = "removeInvoiceView", tag = "invoices",
    params(("id" = ListViewId, Path)), responses((status = 204), Refusals))]
async fn remove(actor: Actor, Path(id): Path<ListViewId>) -> Result<StatusCode> {
    actor
        .transact(async |tx| {
            allow(tx).await?;
            let sql = "delete from list_views
                        where owner_id = (select app_owner_id()) and id = $1 and user_id = (select app_user_id())";
            if tx.touch(sql, &[&id]).await? == 0 {
                return Err(Error::NotFound("list view"));
            }
            tx.audit("list_view.remove", id.0, &json!({})).await
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who works for the owner; a tenant has no list to keep views of.
async fn allow(tx: &Tx) -> Result<()> {
    tx.allow(Action::ReadOwner)?;
    tx.owner().await.map(drop)
}

fn check(new: &NewInvoiceListView) -> Result<()> {
    let mut checks = Checks::new();
    checks.name("name", &new.name, 60);
    checks.that(new.columns.len() <= InvoiceColumn::ALL.len(), "columns", "too-many");
    checks.that(new.filter.ids.is_none(), "filter.ids", "not-a-choice");
    checks.done()
}

/// Where one stands in a list is no part of a view.
fn kept(filter: &InvoiceFilter) -> Value {
    json!(InvoiceFilter { cursor: None, limit: None, ..filter.clone() })
}

fn columns(asked: &[InvoiceColumn]) -> Vec<&'static str> {
    let chosen = if asked.is_empty() { Vec::new() } else { InvoiceColumn::chosen(asked.iter().copied()) };
    chosen.into_iter().map(InvoiceColumn::as_str).collect()
}

fn taken() -> Error {
    Conflict::new("VIEW_NAME_TAKEN").into()
}

fn told(new: &NewInvoiceListView) -> Value {
    json!({ "name": new.name.trim(), "shared": new.shared })
}

const VIEW: &str = "
    select v.id, v.name, v.filter, v.columns, v.shared, v.user_id = (select app_user_id()) as mine, u.name as made_by, v.updated_at
      from list_views v
      left join users u on u.id = v.user_id
     where v.owner_id = (select app_owner_id()) and v.list = 'invoices'";

async fn find(tx: &Tx, id: ListViewId) -> Result<InvoiceListView> {
    let row = tx.maybe(&format!("{VIEW} and v.id = $1"), &[&id]).await?;
    row.as_ref().map(view).ok_or(Error::NotFound("list view"))
}

fn view(row: &Row) -> InvoiceListView {
    let columns: Vec<String> = row.get("columns");
    InvoiceListView {
        id: row.get("id"),
        name: row.get("name"),
        // A filter of an older form shows everything rather than nothing.
        filter: serde_json::from_value(row.get("filter")).unwrap_or_default(),
        columns: columns.iter().filter_map(|column| column.parse().ok()).collect(),
        shared: row.get("shared"),
        mine: row.get("mine"),
        made_by: row.get("made_by"),
        updated_at: row.get("updated_at"),
    }
}
