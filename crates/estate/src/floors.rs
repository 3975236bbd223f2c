//! Floors: doors, verb and questions.

use base::{
    Actor, App, Checks, Conditions, Conflict, Error, Json, OnConstraint, Path, Query, Refusals, Result, Slice, Tx,
    lists::Window, params,
};
use domain::{FloorId, PropertyId, rights::Action, text::tidy};
use http::StatusCode;
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    properties::{FloorFilter, FloorView, NewFloor},
};

pub fn slice() -> Slice {
    Slice::new("floors").routes(routes())
}

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, post)).routes(routes!(get))
}

/// The floors of a building, or of all buildings, from the bottom up.
#[utoipa::path(get, path = "/v2/floors", operation_id = "listFloors", tag = "floors", params(FloorFilter),
    responses((status = 200, body = Page<FloorView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<FloorFilter>) -> Result<Json<Page<FloorView>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    let floors = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            page(tx, filter.property_id, &window).await
        })
        .await?;
    Ok(Json(window.page(floors, |floor| (floor.property_id, floor.number))))
}

/// One floor.
#[utoipa::path(get, path = "/v2/floors/{id}", operation_id = "getFloor", tag = "floors",
    params(("id" = FloorId, Path)), responses((status = 200, body = FloorView), Refusals))]
async fn get(actor: Actor, Path(id): Path<FloorId>) -> Result<Json<FloorView>> {
    let floor = actor
        .transact(async |tx| {
            tx.allow(Action::ReadEstate)?;
            find(tx, id).await?.ok_or(Error::NotFound("floor"))
        })
        .await?;
    Ok(Json(floor))
}

/// Adds a floor to a building.
#[utoipa::path(post, path = "/v2/floors", operation_id = "createFloor", tag = "floors",
    request_body = NewFloor, responses((status = 201, body = FloorView), Refusals))]
async fn post(actor: Actor, Json(new): Json<NewFloor>) -> Result<(StatusCode, Json<FloorView>)> {
    let floor = actor.transact(async |tx| create(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(floor)))
}

/// Adds a floor to a building.
pub async fn create(tx: &Tx, new: &NewFloor) -> Result<FloorView> {
    tx.allow(Action::EditEstate)?;
    let label = tidy(&new.label);
    Checks::new().within("number", new.number.into(), -20, 200).text("label", &label, 100).done()?;
    let floor = insert(tx, FloorId::new(), new, &label).await?.ok_or(Error::NotFound("property"))?;
    tx.audit("floor.create", floor.id.0, &floor).await?;
    Ok(floor)
}

/// The last question of its transaction.
async fn page(tx: &Tx, property: Option<PropertyId>, window: &Window<(PropertyId, i32)>) -> Result<Vec<FloorView>> {
    let mut asked = Conditions::new();
    if let Some(property) = property {
        asked.and("property_id = {0}", params![property]);
    }
    if let Some((property, number)) = window.after {
        asked.and("(property_id, number) > ({0}, {1})", params![property, number]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!(
        "select id, property_id, number, label from floors{} order by property_id, number limit {limit}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(floor).collect())
}

/// The last question of its transaction.
async fn find(tx: &Tx, id: FloorId) -> Result<Option<FloorView>> {
    let row = tx.last().maybe("select id, property_id, number, label from floors where id = $1", &[&id]).await?;
    Ok(row.as_ref().map(floor))
}

/// Nothing when there is no such property.
async fn insert(tx: &Tx, id: FloorId, new: &NewFloor, label: &str) -> Result<Option<FloorView>> {
    let row = tx
        .maybe(
            "insert into floors (id, property_id, number, label)
             select $1, p.id, $3, $4 from properties p where p.id = $2
             returning id, property_id, number, label",
            &[&id, &new.property_id, &new.number, &label],
        )
        .await
        .on_constraint("floors_number_once", || Conflict::new("DUPLICATE").with("field", "number").into())?;
    Ok(row.as_ref().map(floor))
}

fn floor(row: &Row) -> FloorView {
    FloorView {
        id: row.get("id"),
        property_id: row.get("property_id"),
        number: row.get("number"),
        label: row.get("label"),
    }
}
