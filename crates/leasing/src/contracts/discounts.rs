//! Discounts: what a tenant is let off for a while, why, and who let it. The sums are `domain::charges`'.

use axum::response::Response;
use base::{Actor, App, Checks, Columns, Error, Json, Once, Path, Refusals, Result, Tx, audit::Note, params};
use domain::{ContractDiscountId, ContractId, contract::What, rights::Action, text::tidy};
use http::{HeaderMap, StatusCode};
use jiff::ToSpan;
use serde_json::json;
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    contracts::ContractView,
    discounts::{DiscountEnding, DiscountView, NewDiscount},
};

use super::{check_day, history, spans::Span};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(post_discount)).routes(routes!(patch_discount))
}

/// Lets a tenant off a percent of the rent or an amount a month, for a while.
#[utoipa::path(post, path = "/v2/contracts/{id}/discounts", operation_id = "addContractDiscount", tag = "contracts",
    params(("id" = ContractId, Path), ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again is answered as the first time.")),
    request_body = NewDiscount, responses((status = 201, body = ContractView), Refusals))]
async fn post_discount(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(new): Json<NewDiscount>,
) -> Result<Response> {
    let asked = json!({ "contract": id, "discount": new });
    let once = Once::new(&headers, "POST /v2/contracts/{id}/discounts", &asked)?;
    once.answer(&actor, StatusCode::CREATED, async |tx| add(tx, id, &new).await).await
}

/// Ends a discount on a day; what was billed until then stays.
#[utoipa::path(patch, path = "/v2/contracts/{id}/discounts/{discountId}", operation_id = "endContractDiscount", tag = "contracts",
    params(("id" = ContractId, Path), ("discountId" = ContractDiscountId, Path)), request_body = DiscountEnding,
    responses((status = 200, body = ContractView), Refusals))]
async fn patch_discount(
    actor: Actor,
    Path((id, discount)): Path<(ContractId, ContractDiscountId)>,
    Json(ending): Json<DiscountEnding>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| end(tx, id, discount, &ending).await).await.map(Json)
}

/// Lets a tenant off; only somebody who answers for money may, in a draft too.
pub async fn add(tx: &Tx, contract: ContractId, new: &NewDiscount) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let at = super::lock(tx, contract).await?;
    let (name, reason) = (tidy(&new.name), tidy(&new.reason));
    let mut checks = Checks::new();
    checks.name("name", &name, 200).name("reason", &reason, 500);
    match (new.percent_bp, new.amount) {
        (Some(percent), None) => {
            checks.within("percentBp", percent.into(), 1, 10_000);
        }
        (None, Some(amount)) => {
            checks.that(amount.is_positive(), "amount", "not-positive");
            crate::check_amount(&mut checks, "amount", amount);
        }
        _ => {
            checks.note("percentBp", "one-of-two");
        }
    }
    let days = Span { from: new.valid_from, to: new.valid_to.or(at.ends_on) };
    check_day(&mut checks, "validFrom", new.valid_from);
    check_day(&mut checks, "validTo", new.valid_to.unwrap_or(new.valid_from));
    checks.that(days.is_forward(), "validTo", "end-before-start");
    checks.that(new.valid_from >= at.starts_on, "validFrom", "outside-contract");
    checks.that(days.lies_in(at.span()), "validTo", "outside-contract");
    checks.done()?;
    let id = ContractDiscountId::new();
    tx.later(
        "insert into contract_discounts (id, contract_id, name, percent_bp, amount, valid_from, valid_to, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, contract, name, new.percent_bp, new.amount, new.valid_from, new.valid_to, reason.clone()],
    )
    .await?;
    tx.note(Note {
        action: "contract_discount.create",
        id: Some(id.0),
        before: None,
        after: Some(json!({ "contract": contract, "discount": new })),
        reason: Some(reason.clone()),
    })
    .await?;
    history::record(tx, contract, What::DiscountAdded, new.valid_from, Some(&reason)).await
}

/// Ends a discount earlier; one that has not begun never does.
pub async fn end(
    tx: &Tx,
    contract: ContractId,
    id: ContractDiscountId,
    ending: &DiscountEnding,
) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    super::lock(tx, contract).await?;
    let row = tx
        .maybe(
            "select valid_from, valid_to from contract_discounts where id = $1 and contract_id = $2",
            &[&id, &contract],
        )
        .await?
        .ok_or(Error::NotFound("discount"))?;
    let days = Span { from: row.get("valid_from"), to: row.get("valid_to") };
    let reason = tidy(&ending.reason);
    let mut checks = Checks::new();
    checks.name("reason", &reason, 500);
    check_day(&mut checks, "validTo", ending.valid_to);
    checks.that(ending.valid_to >= days.from.saturating_sub(1.day()), "validTo", "end-before-start");
    checks.that(days.to.is_none_or(|to| ending.valid_to <= to), "validTo", "shorten-only");
    checks.done()?;
    tx.later("update contract_discounts set valid_to = $2 where id = $1", params![id, ending.valid_to]).await?;
    tx.note(Note {
        action: "contract_discount.end",
        id: Some(id.0),
        before: Some(json!({ "validTo": days.to })),
        after: Some(json!({ "validTo": ending.valid_to })),
        reason: Some(reason.clone()),
    })
    .await?;
    history::record(tx, contract, What::DiscountEnded, ending.valid_to.saturating_add(1.day()), Some(&reason)).await
}

/// What the whole contract asks for.
pub(super) const OF_CONTRACTS: &str = "
    select id, contract_id, name, percent_bp, amount, valid_from, valid_to, reason, user_id, created_at
      from contract_discounts
     where contract_id = any($1)
     order by id";

/// Columns in the order of [`OF_CONTRACTS`].
pub(super) fn discount(row: &Row) -> DiscountView {
    let mut columns = Columns::of(row);
    DiscountView {
        id: columns.take(),
        contract_id: columns.take(),
        name: columns.take(),
        percent_bp: columns.take(),
        amount: columns.take(),
        valid_from: columns.take(),
        valid_to: columns.take(),
        reason: columns.take(),
        user_id: columns.take(),
        created_at: columns.take(),
    }
}
