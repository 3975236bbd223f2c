//! A deposit pays what is owed: a payment of its own, put on the contract's oldest due bills, and taken from what is held.
//! Taking the payment back puts the deposit back.

use axum::response::Response;
use base::{Actor, App, Checks, Conflict, Error, Json, Once, Path, Refusals, Result, Slice, Tx};
use domain::{ContractId, Money, allocation, payment::PaymentMethod, rights::Action};
use http::{HeaderMap, StatusCode};
use leasing::deposits;
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{deposits::NewDepositSetOff, payments::PaymentView};

use crate::{
    invoices::{self, Standing},
    payments::{self, Incoming},
};

pub fn slice() -> Slice {
    Slice::new("set_offs").routes(OpenApiRouter::<App>::new().routes(routes!(set_off_deposit)))
}

/// Pays what a contract owes out of its deposit.
#[utoipa::path(post, path = "/v2/contracts/{id}/deposit/set-offs", operation_id = "setOffDeposit", tag = "deposits",
    params(("id" = ContractId, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again get the same answer.")),
    request_body(content = NewDepositSetOff, example = json!({ "amount": "50000000", "note": "11-р сарын төлбөрт" })),
    responses((status = 201, body = PaymentView), Refusals))]
async fn set_off_deposit(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(new): Json<NewDepositSetOff>,
) -> Result<Response> {
    Once::new(&headers, "POST /v2/contracts/{id}/deposit/set-offs", &json!({ "id": id, "new": new }))?
        .answer(&actor, StatusCode::CREATED, async |tx| set_off(tx, id, &new).await)
        .await
}

/// Takes as much as is asked for, or all that is owed and held, and puts it on the oldest due first.
pub async fn set_off(tx: &Tx, contract: ContractId, new: &NewDepositSetOff) -> Result<PaymentView> {
    tx.allow(Action::RecordPayments)?;
    let mut checks = Checks::new();
    checks.that(new.amount.is_none_or(Money::is_positive), "amount", "not-positive");
    checks.text("note", &new.note, 500);
    checks.done()?;
    let row = tx
        .maybe(
            "select tenant_id, tenant_name_snapshot, code from contracts
              where owner_id = (select app_owner_id()) and id = $1
                for no key update",
            &[&contract],
        )
        .await?
        .ok_or(Error::NotFound("contract"))?;
    let open: Vec<_> = open_of(tx, contract).await?.iter().map(Standing::as_open_invoice).collect();
    let owed = Money::sum(open.iter().map(|bill| bill.open))?;
    let amount = match new.amount {
        Some(amount) => amount,
        None => deposits::held(tx, contract).await?.min(owed),
    };
    if !amount.is_positive() || amount.compare(owed).is_gt() {
        return Err(Conflict::new("OVER_ALLOCATION").with("open", owed.to_string()).into());
    }
    let spread = allocation::oldest_first(amount, &open).map_err(|error| Error::Internal(error.to_string()))?;
    let incoming = Incoming {
        tenant: row.get("tenant_id"),
        method: PaymentMethod::Deposit,
        amount,
        paid_at: tx.clock().now(),
        payer: row.get("tenant_name_snapshot"),
        provider_reference: None,
        note: new.note.trim().to_owned(),
        for_invoice: None,
        allocations: Some(spread.allocations.iter().map(|part| (part.invoice, part.amount)).collect()),
    };
    let recorded = payments::record(tx, incoming).await?;
    let payment = recorded.ok_or_else(|| Error::Internal("nothing has no reference".into()))?.payment;
    deposits::set_off(tx, contract, amount, payment, row.get("code")).await?;
    payments::reread(tx, payment).await
}

/// The contract's open bills, held until this transaction ends.
async fn open_of(tx: &Tx, contract: ContractId) -> Result<Vec<Standing>> {
    let rows = tx
        .all(
            "select id, code, status, issued_on, due_on, total, paid_amount
               from invoices
              where owner_id = (select app_owner_id()) and contract_id = $1
                and status in ('issued', 'partially_paid', 'overdue')
              order by due_on, id
                for no key update",
            &[&contract],
        )
        .await?;
    Ok(rows.iter().map(invoices::standing).collect())
}
