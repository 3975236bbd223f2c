//! Recording many payments at once, each put on bills that were chosen for it: a bank statement's worth in a few
//! statements, whatever their number.

use std::collections::{BTreeMap, HashMap};

use base::{Error, Promise, Result, Tx, params};
use domain::{AllocationId, InvoiceId, Money, PaymentId, PromiseId, rights::Action};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{record::Incoming, reverse::lock_bills};
use crate::{
    invoices::{self, Standing},
    news::PaymentReceived,
    receipts::IssueReceipt,
};

/// Records payments that belong together group by group: a group whose bills have not that much open any more is left
/// out as a whole, and `None`. Each payment says what it pays; nothing goes anywhere else.
pub async fn record_all(tx: &Tx, groups: Vec<Vec<Incoming>>) -> Result<Vec<Option<Vec<PaymentId>>>> {
    tx.allow(Action::RecordPayments)?;
    let ids: Vec<InvoiceId> = groups.iter().flatten().flat_map(parts).map(|(invoice, _)| *invoice).collect();
    if ids.is_empty() {
        return Ok(groups.iter().map(|_| None).collect());
    }
    let owner =
        tx.ahead("select receipt_moment from property_owners where id = (select app_owner_id())", vec![]).await?;
    let bills = lock_bills(tx, ids).await?;
    let with_receipt = owner.rows()?.first().is_some_and(|row| row.get::<_, &str>("receipt_moment") == "on_payment");

    let mut open: HashMap<InvoiceId, Money> = bills.iter().map(|bill| (bill.id, bill.open())).collect();
    let mut recorded: Vec<Option<Vec<PaymentId>>> = Vec::with_capacity(groups.len());
    let mut accepted: Vec<(PaymentId, Incoming)> = Vec::new();
    for group in groups {
        let fits = take(&mut open, &group)?;
        recorded.push(fits.then(|| group.iter().map(|_| PaymentId::new()).collect()));
        if let Some(Some(ids)) = recorded.last() {
            accepted.extend(ids.iter().copied().zip(group));
        }
    }
    insert(tx, &accepted).await?;
    put(tx, &accepted, bills).await?;
    audit(tx, &accepted).await?;
    promise(tx, accepted.iter().map(|(id, _)| PaymentReceived { payment: *id })).await?;
    if with_receipt {
        promise(tx, accepted.iter().map(|(id, _)| IssueReceipt { payment: *id })).await?;
    }
    Ok(recorded)
}

fn parts(incoming: &Incoming) -> &[(InvoiceId, Money)] {
    incoming.allocations.as_deref().unwrap_or_default()
}

/// Takes a group's parts out of what is open; nothing when one of them does not fit.
fn take(open: &mut HashMap<InvoiceId, Money>, group: &[Incoming]) -> Result<bool> {
    let mut left: BTreeMap<InvoiceId, Money> = BTreeMap::new();
    for incoming in group {
        let mut rest = incoming.amount;
        for (invoice, amount) in parts(incoming) {
            let there = left.get(invoice).or_else(|| open.get(invoice)).copied().unwrap_or(Money::ZERO);
            if !amount.is_positive() || amount.compare(there).is_gt() {
                return Ok(false);
            }
            left.insert(*invoice, there.checked_sub(*amount)?);
            rest = rest.checked_sub(*amount)?;
        }
        if rest.is_negative() {
            return Ok(false);
        }
    }
    open.extend(left);
    Ok(true)
}

async fn insert(tx: &Tx, payments: &[(PaymentId, Incoming)]) -> Result<()> {
    let column = |of: fn(&Incoming) -> String| payments.iter().map(|(_, incoming)| of(incoming)).collect::<Vec<_>>();
    let rows = tx
        .all(
            "insert into payments (id, tenant_id, method, amount, paid_at, payer, provider_reference, note)
             select n.id, n.tenant, n.method, n.amount,
                    case when day_is_locked(app_owner_id(), business_day(n.paid_at)) then $9 else n.paid_at end,
                    n.payer, n.reference, n.note
               from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[])
                    as n (id, tenant, method, amount, paid_at, payer, reference, note)
             returning id",
            &[
                &payments.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
                &payments.iter().map(|(_, incoming)| incoming.tenant).collect::<Vec<_>>(),
                &payments.iter().map(|(_, incoming)| incoming.method).collect::<Vec<_>>(),
                &payments.iter().map(|(_, incoming)| incoming.amount).collect::<Vec<_>>(),
                &payments.iter().map(|(_, incoming)| incoming.paid_at).collect::<Vec<_>>(),
                &column(|incoming| incoming.payer.clone()),
                &payments.iter().map(|(_, incoming)| incoming.provider_reference.clone()).collect::<Vec<_>>(),
                &column(|incoming| incoming.note.clone()),
                &tx.clock().now(),
            ],
        )
        .await?;
    match rows.len() == payments.len() {
        true => Ok(()),
        false => Err(Error::Internal("a payment was not written".into())),
    }
}

/// The allocations, what they make of the bills, and what is left of the payments.
async fn put(tx: &Tx, payments: &[(PaymentId, Incoming)], bills: Vec<Standing>) -> Result<()> {
    let (mut ids, mut of, mut invoices, mut amounts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut sums: HashMap<InvoiceId, Money> = HashMap::new();
    let mut allocated: Vec<Money> = Vec::with_capacity(payments.len());
    for (payment, incoming) in payments {
        for (invoice, amount) in parts(incoming) {
            ids.push(AllocationId::new());
            of.push(*payment);
            invoices.push(*invoice);
            amounts.push(*amount);
            let sum = sums.entry(*invoice).or_default();
            *sum = sum.checked_add(*amount)?;
        }
        allocated.push(Money::sum(parts(incoming).iter().map(|(_, amount)| *amount))?);
    }
    let today = tx.clock().today();
    let mut steps = Vec::with_capacity(sums.len());
    for bill in bills {
        if let Some(sum) = sums.get(&bill.id) {
            steps.push(bill.put(*sum, today)?);
        }
    }
    tx.later(
        "insert into allocations (id, payment_id, invoice_id, amount)
         select a.id, a.payment, a.invoice, a.amount
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) as a (id, payment, invoice, amount)",
        params![ids, of, invoices, amounts],
    )
    .await?;
    invoices::save_standings(tx, &steps).await?;
    tx.later(
        "update payments p set allocated = n.allocated
           from unnest($1::uuid[], $2::bigint[]) as n (id, allocated)
          where p.owner_id = (select app_owner_id()) and p.id = n.id",
        params![payments.iter().map(|(id, _)| *id).collect::<Vec<_>>(), allocated],
    )
    .await
}

async fn audit(tx: &Tx, payments: &[(PaymentId, Incoming)]) -> Result<()> {
    let told = |(_, incoming): &(PaymentId, Incoming)| {
        let parts = parts(incoming).iter().map(|(invoice, amount)| json!({ "invoiceId": invoice, "amount": amount }));
        json!({ "tenantId": incoming.tenant, "method": incoming.method, "amount": incoming.amount,
                "paidAt": incoming.paid_at, "allocations": parts.collect::<Vec<_>>() })
    };
    let notes: Vec<Uuid> = payments.iter().map(|_| Uuid::now_v7()).collect();
    let actor = tx.actor();
    tx.later(
        "insert into audit_log (id, action, entity, entity_id, after, request_id, ip)
         select n.id, 'payment.record', 'payment', n.payment, n.told, $4, $5
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as n (id, payment, told)",
        params![
            notes,
            payments.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            payments.iter().map(told).collect::<Vec<Value>>(),
            actor.request_id,
            actor.ip.map(|ip| ip.to_string()),
        ],
    )
    .await
}

async fn promise<P: Promise>(tx: &Tx, promises: impl Iterator<Item = P>) -> Result<()> {
    let (mut ids, mut aggregates, mut payloads) = (Vec::new(), Vec::new(), Vec::new());
    for promise in promises {
        ids.push(PromiseId::new());
        aggregates.push(promise.aggregate());
        payloads.push(serde_json::to_value(&promise).map_err(|error| Error::Internal(error.to_string()))?);
    }
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at)
         select n.id, $4, n.aggregate, n.payload, $5
           from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as n (id, aggregate, payload)",
        params![ids, aggregates, payloads, P::KIND, tx.clock().now()],
    )
    .await?;
    tx.promised_many();
    Ok(())
}
