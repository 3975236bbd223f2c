//! How far a new owner has come: what the first page leads a director through.

use base::{Actor, App, Json, Refusals, Result, Slice, Tx};
use domain::rights::Action;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::setup::{SetupStep, SetupView, Step};

pub fn slice() -> Slice {
    Slice::new("setup").routes(OpenApiRouter::<App>::new().routes(routes!(show)))
}

/// The first steps and which of them are done.
#[utoipa::path(get, path = "/v2/setup", operation_id = "showSetup", tag = "setup",
    responses((status = 200, body = SetupView), Refusals))]
async fn show(actor: Actor) -> Result<Json<SetupView>> {
    actor.transact(async |tx| read(tx).await).await.map(Json)
}

async fn read(tx: &Tx) -> Result<SetupView> {
    tx.allow(Action::EditOwner)?;
    let row = tx
        .last()
        .maybe(
            "select o.phone is not null and o.address is not null as company,
                    exists (select from properties p where p.owner_id = o.id) as property,
                    exists (select from rooms r where r.owner_id = o.id) as rooms,
                    exists (select from contracts c where c.owner_id = o.id and c.status <> 'draft') as contract,
                    exists (select from provider_accounts a where a.owner_id = o.id) as payments
               from property_owners o where o.id = (select app_owner_id())",
            &[],
        )
        .await?;
    let done = |column: &str| row.as_ref().is_some_and(|row| row.get::<_, bool>(column));
    let steps = [
        (Step::Company, "company"),
        (Step::Property, "property"),
        (Step::Rooms, "rooms"),
        (Step::Contract, "contract"),
        (Step::Payments, "payments"),
    ];
    let steps: Vec<SetupStep> = steps.map(|(step, column)| SetupStep { step, done: done(column) }).to_vec();
    Ok(SetupView { complete: steps.iter().all(|step| step.done), steps })
}
