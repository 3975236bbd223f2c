//! Promises to pay: made by a tenant, kept by money, broken by the day.

use base::{
    App, Checks, Conflict, Error, Job, OnConstraint, Outcome, Promise, Result, Tx, Works, audit::Note,
    conditions::Conditions, lists::Window, params,
};
use domain::{
    ContractId, Money, PromiseToPayId, TenantId,
    promise_to_pay::{PromiseToPayStatus, judged},
    rights::Action,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_postgres::Row;
use wire::arrears::{NewPromiseToPay, PromiseToPayFilter, PromiseToPayView};

use crate::clockwork;

/// The furthest day that is promised, from today.
const FURTHEST: i64 = 180;

/// The sort key of the list: the latest day first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Place(pub Date, pub PromiseToPayId);

/// Writes a promise down; a contract has one that is open.
pub(super) async fn make(tx: &Tx, new: &NewPromiseToPay) -> Result<PromiseToPayView> {
    tx.allow(Action::EditInvoices)?;
    let today = tx.clock().today();
    let mut checks = Checks::new();
    checks.that(new.amount.is_positive(), "amount", "not-positive");
    checks.that(new.due_on >= today, "dueOn", "arrears-in-the-past");
    checks.that(new.due_on <= today.saturating_add(FURTHEST.days()), "dueOn", "arrears-too-far");
    checks.text("note", &new.note, 500);
    checks.done()?;
    let tenant: TenantId = tx
        .maybe(
            "select tenant_id from contracts
              where owner_id = (select app_owner_id()) and id = $1 and status not in ('draft', 'pending_signature')",
            &[&new.contract_id],
        )
        .await?
        .ok_or(Error::NotFound("contract"))?
        .get("tenant_id");
    let id = PromiseToPayId::new();
    tx.touch(
        "insert into promises_to_pay (id, contract_id, tenant_id, amount, made_on, due_on, note)
         values ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &new.contract_id, &tenant, &new.amount, &today, &new.due_on, &new.note.trim()],
    )
    .await
    .on_constraint("promises_to_pay_one_open", || Conflict::new("PROMISE_OPEN").into())?;
    let told = json!({ "contractId": new.contract_id, "amount": new.amount, "dueOn": new.due_on });
    tx.audit("promise-to-pay.make", id.0, &told).await?;
    find(tx, id).await
}

/// Takes an open promise back.
pub(super) async fn cancel(tx: &Tx, id: PromiseToPayId, reason: &str) -> Result<PromiseToPayView> {
    tx.allow(Action::EditInvoices)?;
    let sql =
        "select status from promises_to_pay where owner_id = (select app_owner_id()) and id = $1 for no key update";
    let row = tx.maybe(sql, &[&id]).await?.ok_or(Error::NotFound("promise-to-pay"))?;
    let status: PromiseToPayStatus = row.get("status");
    let cancelled = status.transition_to(PromiseToPayStatus::Cancelled)?;
    save(tx, &[id], &[cancelled]).await?;
    tx.note(Note {
        action: "promise-to-pay.cancel",
        id: Some(id.0),
        before: Some(json!({ "status": status })),
        after: Some(json!({ "status": cancelled })),
        reason: Some(reason.to_owned()),
    })
    .await?;
    find(tx, id).await
}

async fn find(tx: &Tx, id: PromiseToPayId) -> Result<PromiseToPayView> {
    let mut asked = mine();
    asked.and("m.id = {0}", params![id]);
    let found = tx.maybe(&format!("{PROMISES}{}", asked.sql()), &asked.values()).await?;
    found.as_ref().map(view).ok_or(Error::NotFound("promise-to-pay"))
}

pub(super) async fn page(
    tx: &Tx,
    filter: &PromiseToPayFilter,
    window: &Window<Place>,
) -> Result<Vec<PromiseToPayView>> {
    tx.allow(Action::ReadReports)?;
    let mut asked = mine();
    if let Some(status) = filter.status {
        asked.and("m.status = {0}", params![status]);
    }
    if let Some(contract) = filter.contract_id {
        asked.and("m.contract_id = {0}", params![contract]);
    }
    if let Some(Place(due_on, id)) = &window.after {
        asked.and("(m.due_on, m.id) < ({0}, {1})", params![*due_on, *id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!("{PROMISES}{} order by m.due_on desc, m.id desc limit {limit}", asked.sql());
    Ok(tx.all(&sql, &asked.values()).await?.iter().map(view).collect())
}

/// Looks every morning which promises were kept and which are broken.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct JudgePromises {}

impl Promise for JudgePromises {
    const KIND: &'static str = "promise.judge";
}

impl Job for JudgePromises {
    async fn run(&self, at: &Works) -> Outcome {
        at.actor.transact(async |tx| judge(tx).await).await?;
        Ok(())
    }
}

pub(super) async fn for_each_owner(app: App, _slot: Timestamp) -> Result<()> {
    clockwork::promise_to_owners(&app, None, &JudgePromises {}).await
}

/// All promises that are open, and those of the last weeks again: money may come to light late, or be taken back.
async fn judge(tx: &Tx) -> Result<()> {
    let today = tx.clock().today();
    let mut asked = mine();
    asked.and(
        "(m.status = 'open' or (m.status in ('kept', 'broken') and m.due_on >= {0}))",
        params![today.saturating_sub(45.days())],
    );
    let rows =
        tx.all(&format!("{PROMISES}{} order by m.id for no key update of m", asked.sql()), &asked.values()).await?;
    let (mut ids, mut statuses) = (Vec::new(), Vec::new());
    for promise in rows.iter().map(view) {
        let now = judged(promise.amount, promise.due_on, promise.paid, today);
        if now != promise.status {
            ids.push(promise.id);
            statuses.push(promise.status.transition_to(now)?);
            let note = Note {
                action: "promise-to-pay.judge",
                id: Some(promise.id.0),
                before: Some(json!({ "status": promise.status })),
                after: Some(json!({ "status": now, "paid": promise.paid })),
                reason: None,
            };
            tx.note(note).await?;
        }
    }
    save(tx, &ids, &statuses)
        .await
        // A kept promise whose money was taken back, and another was made meanwhile: the new one stands.
        .on_constraint("promises_to_pay_one_open", || Conflict::new("PROMISE_OPEN").into())
}

async fn save(tx: &Tx, ids: &[PromiseToPayId], statuses: &[PromiseToPayStatus]) -> Result<()> {
    let words: Vec<&str> = statuses.iter().map(|status| status.as_str()).collect();
    tx.touch(
        "update promises_to_pay m
            set status = n.status, settled_on = case when n.status = 'open' then null else $3::date end
           from unnest($1::uuid[], $2::text[]) as n (id, status)
          where m.owner_id = (select app_owner_id()) and m.id = n.id",
        &[&ids, &words, &tx.clock().today()],
    )
    .await?;
    Ok(())
}

/// Contracts whose tenants have promised to pay by a day that has not gone by.
pub(super) async fn holding(tx: &Tx, contracts: &[ContractId]) -> Result<Vec<ContractId>> {
    let rows = tx
        .all(
            "select contract_id from promises_to_pay
              where owner_id = (select app_owner_id()) and status = 'open' and due_on >= $2 and contract_id = any($1)",
            &[&contracts, &tx.clock().today()],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("contract_id")).collect())
}

/// Promises with what was paid since: of the contract's bills, entered after the promise and counting by its day.
const PROMISES: &str = "
    select m.id, m.contract_id, c.code as contract_code, m.tenant_id, c.tenant_name_snapshot as tenant_name, m.amount,
           m.made_on, m.due_on, m.note, m.status, m.settled_on, m.created_at,
           coalesce((select sum(a.amount)
                       from invoices i
                       join allocations a on a.owner_id = i.owner_id and a.invoice_id = i.id
                      where i.owner_id = m.owner_id and i.contract_id = m.contract_id and a.payment_id is not null
                        and a.created_at >= m.created_at
                        and a.booked_on <= m.due_on), 0)::bigint as paid
      from promises_to_pay m
      join contracts c on c.owner_id = m.owner_id and c.id = m.contract_id";

fn mine() -> Conditions {
    let mut asked = Conditions::new();
    asked.and("m.owner_id = (select app_owner_id())", params![]);
    asked
}

fn view(row: &Row) -> PromiseToPayView {
    PromiseToPayView {
        id: row.get("id"),
        contract_id: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        tenant_id: row.get("tenant_id"),
        tenant_name: row.get("tenant_name"),
        amount: row.get::<_, Money>("amount"),
        paid: row.get("paid"),
        made_on: row.get("made_on"),
        due_on: row.get("due_on"),
        note: row.get("note"),
        status: row.get("status"),
        settled_on: row.get("settled_on"),
        created_at: row.get("created_at"),
    }
}
