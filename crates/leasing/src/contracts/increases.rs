//! Increases: the rules by which charges' prices rise, and their coming into effect.
//!
//! When a price rises its charge ends the day before and another begins, so that what was billed stays explained. The
//! clock does it on the day; the month's run does it first for its own month, so that a rise in the middle of the month is
//! on its bill. Doing it twice is doing it once: a rule knows its next day.

mod effect;
mod export;
mod jobs;

use axum::response::Response;
use base::{
    Actor, App, Checks, Columns, Conflict, Error, Json, OnConstraint, Once, Path, Query, Refusals, Result, Tx,
    exports::{self, Exported, Workbook},
    lists::Window,
    params,
};
use domain::{
    ContractId, ContractIncreaseId, Month,
    contract::{ChargeKind, What},
    increase::{Increase, IncreaseKind, Step},
    rights::Action,
    text::tidy,
};
use http::{HeaderMap, StatusCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    contracts::ContractView,
    increases::{ComingIncrease, ComingIncreaseFilter, IncreaseEnding, IncreaseView, IndexFigure, NewIncrease},
};

pub use self::effect::apply_due;
use self::export::ComingIncreases;
pub(super) use self::jobs::{ApplyIncreases, cron};
use super::{check_day, history, items};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(post_increase))
        .routes(routes!(post_ending))
        .routes(routes!(post_figure))
        .routes(routes!(get_coming))
        .routes(routes!(export_coming))
}

/// Adds a rule by which a charge's price rises.
#[utoipa::path(post, path = "/v2/contracts/{id}/increases", operation_id = "addContractIncrease", tag = "contracts",
    params(("id" = ContractId, Path), ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again is answered as the first time.")),
    request_body = NewIncrease, responses((status = 201, body = ContractView), Refusals))]
async fn post_increase(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(new): Json<NewIncrease>,
) -> Result<Response> {
    let asked = json!({ "contract": id, "increase": new });
    let once = Once::new(&headers, "POST /v2/contracts/{id}/increases", &asked)?;
    once.answer(&actor, StatusCode::CREATED, async |tx| add(tx, id, &new).await).await
}

/// Ends a rule; the price stays as it is.
#[utoipa::path(post, path = "/v2/contracts/{id}/increases/{increaseId}/ending", operation_id = "endContractIncrease", tag = "contracts",
    params(("id" = ContractId, Path), ("increaseId" = ContractIncreaseId, Path)), request_body = IncreaseEnding,
    responses((status = 200, body = ContractView), Refusals))]
async fn post_ending(
    actor: Actor,
    Path((id, increase)): Path<(ContractId, ContractIncreaseId)>,
    Json(ending): Json<IncreaseEnding>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| end(tx, id, increase, &ending).await).await.map(Json)
}

/// Gives the percent of an index for its next time.
#[utoipa::path(post, path = "/v2/contracts/{id}/increases/{increaseId}/figure", operation_id = "giveIndexFigure", tag = "contracts",
    params(("id" = ContractId, Path), ("increaseId" = ContractIncreaseId, Path)), request_body = IndexFigure,
    responses((status = 200, body = ContractView), Refusals))]
async fn post_figure(
    actor: Actor,
    Path((id, increase)): Path<(ContractId, ContractIncreaseId)>,
    Json(figure): Json<IndexFigure>,
) -> Result<Json<ContractView>> {
    actor.transact(async |tx| give(tx, id, increase, &figure).await).await.map(Json)
}

/// The rises to come of contracts in force, and the indices that wait for their percent.
#[utoipa::path(get, path = "/v2/contract-increases", operation_id = "listComingIncreases", tag = "contracts",
    params(ComingIncreaseFilter), responses((status = 200, body = Page<ComingIncrease>), Refusals))]
async fn get_coming(actor: Actor, Query(filter): Query<ComingIncreaseFilter>) -> Result<Json<Page<ComingIncrease>>> {
    let window = Window::new(filter.limit, filter.cursor.as_deref())?;
    check(&filter)?;
    let coming = actor
        .transact(async |tx| {
            tx.allow(Action::ReadContractHistory)?;
            coming(tx, &filter, &window).await
        })
        .await?;
    Ok(Json(window.page(coming, |rise| Place { on: rise.on, id: rise.id })))
}

/// The rises to come as an Excel file.
#[utoipa::path(
    get,
    path = "/v2/contract-increases/export",
    operation_id = "exportComingIncreases",
    tag = "contracts",
    params(ComingIncreaseFilter),
    responses(Workbook, Refusals)
)]
async fn export_coming(actor: Actor, Query(filter): Query<ComingIncreaseFilter>) -> Result<Exported> {
    check(&filter)?;
    exports::export(&actor, ComingIncreases(filter)).await
}

fn check(filter: &ComingIncreaseFilter) -> Result<()> {
    let mut checks = Checks::new();
    check_day(&mut checks, "from", filter.from);
    check_day(&mut checks, "to", filter.to);
    checks.that(filter.from <= filter.to, "to", "end-before-start").done()
}

/// A place in the list of what is to come.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    on: Date,
    id: ContractIncreaseId,
}

/// Adds a rule to a charge that has none.
pub async fn add(tx: &Tx, contract: ContractId, new: &NewIncrease) -> Result<ContractView> {
    let at = super::lock(tx, contract).await?;
    let charge = items::find(tx, contract, new.item_id).await?.ok_or(Error::NotFound("item"))?;
    let mut checks = Checks::new();
    checks.that(charge.kind != ChargeKind::Discount, "itemId", "not-a-choice");
    match (new.kind, new.percent_bp, new.amount) {
        (IncreaseKind::Percent, Some(percent), None) => {
            checks.within("percentBp", percent.into(), 1, 100_000);
        }
        (IncreaseKind::Percent, _, _) => {
            checks.note("percentBp", "required");
        }
        (IncreaseKind::Amount, None, Some(amount)) => {
            checks.that(amount.is_positive(), "amount", "not-positive");
            crate::check_amount(&mut checks, "amount", amount);
        }
        (IncreaseKind::Amount, _, _) => {
            checks.note("amount", "required");
        }
        (IncreaseKind::Index, percent, amount) => {
            checks.that(percent.is_none() && amount.is_none(), "percentBp", "index-comes-later");
        }
    }
    checks.within("everyMonths", new.every_months.unwrap_or(1).into(), 1, 120);
    check_day(&mut checks, "firstOn", new.first_on);
    check_day(&mut checks, "untilOn", new.until_on.unwrap_or(new.first_on));
    checks.that(new.until_on.is_none_or(|until| until >= new.first_on), "untilOn", "end-before-start");
    checks.that(new.first_on > charge.valid_from, "firstOn", "after-charge-begins");
    let last = charge.valid_to.into_iter().chain(at.ends_on).min();
    checks.that(last.is_none_or(|last| new.first_on <= last), "firstOn", "outside-contract");
    checks.done()?;
    let id = ContractIncreaseId::new();
    tx.touch(
        "insert into contract_increases (id, contract_id, item_id, kind, percent_bp, amount, first_on, every_months, until_on, next_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7)",
        &[
            &id,
            &contract,
            &new.item_id,
            &new.kind,
            &new.percent_bp,
            &new.amount,
            &new.first_on,
            &new.every_months,
            &new.until_on,
        ],
    )
    .await
    .on_constraint("contract_increases_one_a_charge", || Conflict::new("INCREASE_EXISTS").into())?;
    tx.audit("contract_increase.create", id.0, &json!({ "contract": contract, "increase": new })).await?;
    history::record(tx, contract, What::IncreaseAdded, new.first_on, None).await
}

/// Ends a rule before it has run its course.
pub async fn end(
    tx: &Tx,
    contract: ContractId,
    id: ContractIncreaseId,
    ending: &IncreaseEnding,
) -> Result<ContractView> {
    super::lock(tx, contract).await?;
    let rule = standing(tx, contract, id).await?;
    let reason = tidy(&ending.reason);
    let mut checks = Checks::new();
    checks.name("reason", &reason, 500).done()?;
    tx.later("update contract_increases set next_on = null where id = $1", params![id]).await?;
    tx.note(base::audit::Note {
        action: "contract_increase.end",
        id: Some(id.0),
        before: Some(json!({ "contract": contract, "nextOn": rule.next_on })),
        after: None,
        reason: Some(reason.clone()),
    })
    .await?;
    history::record(tx, contract, What::IncreaseEnded, tx.clock().today(), Some(&reason)).await
}

/// Gives an index its percent; the price rises on its day, at once when that has come.
pub async fn give(tx: &Tx, contract: ContractId, id: ContractIncreaseId, figure: &IndexFigure) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    super::lock(tx, contract).await?;
    let rule = standing(tx, contract, id).await?;
    let due = rule.next_on.ok_or(Error::NotFound("increase"))?;
    let today = tx.clock().today();
    let from = figure.from.unwrap_or(if due >= today { due } else { Month::of(today).next().first_day() });
    let mut checks = Checks::new();
    checks.that(rule.kind == IncreaseKind::Index, "percentBp", "only-index");
    checks.within("percentBp", figure.percent_bp.into(), -5_000, 100_000);
    check_day(&mut checks, "from", from);
    checks.that(from >= due, "from", "before-due");
    checks.that(rule.until_on.is_none_or(|until| from <= until), "from", "outside-contract");
    checks.done()?;
    tx.later(
        "update contract_increases set percent_bp = $2, next_on = $3 where id = $1",
        params![id, figure.percent_bp, from],
    )
    .await?;
    tx.audit(
        "contract_increase.give",
        id.0,
        &json!({ "contract": contract, "percentBp": figure.percent_bp, "from": from }),
    )
    .await?;
    let given = history::record(tx, contract, What::IndexGiven, from, None).await?;
    match effect::apply_due_of(tx, today, contract).await? {
        0 => Ok(given),
        _ => super::queries::whole(tx, contract).await,
    }
}

/// A rule that has a rise to come.
async fn standing(tx: &Tx, contract: ContractId, id: ContractIncreaseId) -> Result<IncreaseView> {
    let rules = tx.all(OF_CONTRACTS, &[&[contract].as_slice()]).await?;
    let rule = rules.iter().map(increase).find(|rule| rule.id == id);
    rule.filter(|rule| rule.next_on.is_some()).ok_or(Error::NotFound("increase"))
}

/// Refuses a draft's start that comes after a rise.
pub(super) async fn begin_after(tx: &Tx, contract: ContractId, start: Date) -> Result<()> {
    let early = tx
        .maybe("select from contract_increases where contract_id = $1 and next_on <= $2 limit 1", &[&contract, &start])
        .await?;
    if early.is_some() { Err(Error::field("startsOn", "after-increase")) } else { Ok(()) }
}

async fn coming(tx: &Tx, filter: &ComingIncreaseFilter, window: &Window<Place>) -> Result<Vec<ComingIncrease>> {
    let (after_on, after_id) = (window.after.as_ref().map(|at| at.on), window.after.as_ref().map(|at| at.id));
    let rows = tx
        .all(
            "select i.id, i.contract_id, c.code, c.tenant_name_snapshot, c.units, ci.name, i.kind, i.percent_bp, i.amount,
                    i.next_on, ci.unit_price
               from contract_increases i
               join contracts c on c.id = i.contract_id and c.status in ('active', 'grace_period')
               join contract_items ci on ci.id = i.item_id
              where i.owner_id = (select app_owner_id()) and i.next_on <= $2
                and (i.next_on >= $1 or i.kind = 'index' and i.percent_bp is null)
                and ($3::date is null or (i.next_on, i.id) > ($3, $4))
              order by i.next_on, i.id limit $5",
            &[&filter.from, &filter.to, &after_on, &after_id, &window.rows()],
        )
        .await?;
    rows.iter().map(coming_increase).collect()
}

/// Columns in the order of the question.
fn coming_increase(row: &Row) -> Result<ComingIncrease> {
    let mut columns = Columns::of(row);
    let mut rise = ComingIncrease {
        id: columns.take(),
        contract_id: columns.take(),
        contract_code: columns.take(),
        tenant_name: columns.take(),
        units: columns.take(),
        name: columns.take(),
        kind: columns.take(),
        percent_bp: columns.take(),
        amount: columns.take(),
        on: columns.take(),
        old_price: columns.take(),
        new_price: None,
    };
    let step = rise.percent_bp.map(Step::Percent).or(rise.amount.map(Step::Amount));
    rise.new_price = step.map(|step| step.raise(rise.old_price)).transpose()?;
    Ok(rise)
}

/// What the whole contract asks for.
pub(super) const OF_CONTRACTS: &str = "
    select i.id, i.contract_id, i.item_id, ci.name, i.kind, i.percent_bp, i.amount, i.first_on, i.every_months, i.until_on,
           i.applied, i.next_on
      from contract_increases i
      join contract_items ci on ci.id = i.item_id
     where i.contract_id = any($1)
     order by i.id";

/// Columns in the order of [`OF_CONTRACTS`].
pub(super) fn increase(row: &Row) -> IncreaseView {
    let mut columns = Columns::of(row);
    IncreaseView {
        id: columns.take(),
        contract_id: columns.take(),
        item_id: columns.take(),
        name: columns.take(),
        kind: columns.take(),
        percent_bp: columns.take(),
        amount: columns.take(),
        first_on: columns.take(),
        every_months: columns.take(),
        until_on: columns.take(),
        applied: columns.take(),
        next_on: columns.take(),
    }
}

/// The rule as the domain reckons with it.
pub(super) fn rule(view: &IncreaseView) -> Increase {
    Increase {
        first_on: view.first_on,
        every_months: view.every_months,
        until: view.until_on,
        step: view.percent_bp.map(Step::Percent).or(view.amount.map(Step::Amount)),
        kind: view.kind,
        applied: view.applied,
        next_on: view.next_on,
    }
}
