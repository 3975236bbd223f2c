//! A person says what a line pays: the best candidate, chosen bills of one or several tenants, or somebody's credit.

use std::collections::HashMap;

use base::{Checks, Conflict, Error, Result, Tx, audit::Note, params};
use billing::{
    invoices::correct,
    payments::{Incoming, Recorded, record},
};
use domain::{
    BankTransactionId, InvoiceId, Money, PaymentId, TenantId,
    bank::LineState,
    matching::{Basis, Clue, Reason},
    payment::PaymentMethod,
    rights::Action,
};
use serde_json::json;
use wire::{
    invoices::{NewCorrection, NewCorrectionLine},
    matching::{MatchingLine, NewMatchingLink, NewMatchingPart},
};

use super::{
    find,
    queries::{self, Held},
    rules,
    run::{reference, save, shortened},
    undo,
};

/// Puts a line on what a person says it is for. Of two at once the second is told that it is linked.
pub async fn link(tx: &Tx, id: BankTransactionId, new: &NewMatchingLink) -> Result<MatchingLine> {
    tx.allow(Action::RecordPayments)?;
    check(new)?;
    let line = queries::hold(tx, id).await?;
    if line.state == LineState::Linked {
        return Err(Conflict::new("LINE_LINKED").into());
    }
    if line.amount.is_negative() {
        return undo::take_back(tx, id, &line).await;
    }
    let shares = shares(tx, &line, new).await?;
    let mut payments: Vec<PaymentId> = Vec::with_capacity(shares.len());
    for (place, share) in shares.iter().enumerate() {
        let recorded = record(tx, incoming(id, &line, place, share)).await?;
        let Some(Recorded { payment, .. }) = recorded else {
            return Err(Conflict::new("LINE_LINKED").into());
        };
        payments.push(payment);
    }
    if new.write_off {
        write_off(tx, &shares).await?;
    }
    settle(tx, id, &line, &shares, &payments).await?;
    if !new.forget_sender {
        save::senders(tx, &[id]).await?;
    }
    find(tx, id).await
}

/// What a line is to one tenant.
struct Share {
    tenant: TenantId,
    amount: Money,
    parts: Vec<(InvoiceId, Money)>,
}

fn check(new: &NewMatchingLink) -> Result<()> {
    let mut checks = Checks::new();
    let parts = new.parts.as_deref().unwrap_or_default();
    checks.that(parts.len() <= 100, "parts", "too-many");
    for (place, part) in parts.iter().enumerate() {
        let is_repeated = parts[..place].iter().any(|other| other.invoice_id == part.invoice_id);
        checks.that(!is_repeated, format!("parts[{place}].invoiceId"), "repeated");
        checks.that(part.amount.is_none_or(Money::is_positive), format!("parts[{place}].amount"), "not-positive");
    }
    checks.done()
}

/// The line's money, tenant by tenant; all of it goes somewhere.
async fn shares(tx: &Tx, line: &Held, new: &NewMatchingLink) -> Result<Vec<Share>> {
    let chosen: Vec<NewMatchingPart> = match (&new.parts, new.tenant_id) {
        (Some(parts), _) => parts.clone(),
        (None, Some(_)) => Vec::new(),
        (None, None) => {
            let best = line.candidates.first().ok_or_else(|| Error::field("parts", "required"))?;
            vec![NewMatchingPart { invoice_id: best.invoice, amount: None }]
        }
    };
    let bills = bills(tx, chosen.iter().map(|part| part.invoice_id).collect()).await?;
    let mut rest = line.amount;
    let mut shares: Vec<Share> = Vec::new();
    for part in &chosen {
        let (tenant, open) = *bills.get(&part.invoice_id).ok_or(Error::NotFound("invoice"))?;
        let amount = part.amount.unwrap_or(open.min(rest));
        if amount.compare(rest).is_gt() || !amount.is_positive() {
            return Err(Conflict::new("OVER_ALLOCATION").with("open", rest.to_string()).into());
        }
        rest = rest.checked_sub(amount)?;
        add(&mut shares, tenant, amount, Some(part.invoice_id))?;
    }
    if rest.is_positive() {
        let tenant = new.tenant_id.or(shares.first().map(|share| share.tenant));
        add(&mut shares, tenant.ok_or_else(|| Error::field("parts", "required"))?, rest, None)?;
    }
    Ok(shares)
}

fn add(shares: &mut Vec<Share>, tenant: TenantId, amount: Money, invoice: Option<InvoiceId>) -> Result<()> {
    let place = shares.iter().position(|share| share.tenant == tenant).unwrap_or_else(|| {
        shares.push(Share { tenant, amount: Money::ZERO, parts: Vec::new() });
        shares.len() - 1
    });
    let share = &mut shares[place];
    share.amount = share.amount.checked_add(amount)?;
    share.parts.extend(invoice.map(|invoice| (invoice, amount)));
    Ok(())
}

/// Whose the bills are and what is open of them.
async fn bills(tx: &Tx, ids: Vec<InvoiceId>) -> Result<HashMap<InvoiceId, (TenantId, Money)>> {
    let rows = tx
        .all(
            "select id, tenant_id, case when status in ('issued', 'partially_paid', 'overdue') then total - paid_amount
                                        else 0 end as open
               from invoices
              where owner_id = (select app_owner_id()) and id = any($1) and code is not null",
            &[&ids],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get("id"), (row.get("tenant_id"), row.get("open")))).collect())
}

fn incoming(id: BankTransactionId, line: &Held, place: usize, share: &Share) -> Incoming {
    Incoming {
        tenant: share.tenant,
        method: PaymentMethod::Bank,
        amount: share.amount,
        paid_at: line.posted_at,
        payer: shortened(line.counter_name.as_deref().unwrap_or_default(), 200),
        provider_reference: Some(reference(id, line.times_linked + 1, place)),
        note: shortened(&line.description, 500),
        for_invoice: None,
        allocations: Some(share.parts.clone()),
    }
}

/// Takes what is missing off the bills that were nearly paid, when it is little enough for the owner.
async fn write_off(tx: &Tx, shares: &[Share]) -> Result<()> {
    let limit = rules(tx).await?.difference_limit;
    let ids: Vec<InvoiceId> = shares.iter().flat_map(|share| &share.parts).map(|(invoice, _)| *invoice).collect();
    let rows = tx
        .all(
            "select i.id, i.total - i.paid_amount as missing, item.id as item
               from invoices i
              cross join lateral (select n.id from invoice_items n
                                   where n.owner_id = i.owner_id and n.invoice_id = i.id
                                   order by n.amount desc, n.id limit 1) item
              where i.owner_id = (select app_owner_id()) and i.id = any($1) and i.total > i.paid_amount",
            &[&ids],
        )
        .await?;
    for row in rows {
        let missing: Money = row.get("missing");
        if missing.compare(limit).is_gt() {
            let limit = limit.to_string();
            return Err(Conflict::new("DIFFERENCE_TOO_LARGE")
                .with("open", missing.to_string())
                .with("limit", limit)
                .into());
        }
        let new = NewCorrection {
            reason: WRITTEN_OFF.to_owned(),
            lines: Some(vec![NewCorrectionLine { item_id: row.get("item"), amount: Some(missing) }]),
        };
        correct(tx, row.get("id"), &new).await?;
    }
    Ok(())
}

/// What the correction of a small difference says.
const WRITTEN_OFF: &str = "Банкны гүйлгээний бага зэргийн зөрүү";

/// The line is linked: to which payments, by whom, and why.
async fn settle(tx: &Tx, id: BankTransactionId, line: &Held, shares: &[Share], payments: &[PaymentId]) -> Result<()> {
    let reasons = shares.iter().flat_map(|share| &share.parts).find_map(|(invoice, _)| {
        line.candidates.iter().find(|offer| offer.invoice == *invoice).map(|offer| offer.reasons.clone())
    });
    let reasons = reasons.unwrap_or_else(|| vec![Reason::new(Clue::ByHand)]);
    tx.later(
        "update bank_transactions
            set state = 'linked', basis = $2, reasons = $3, candidates = '[]', note = '', judged_at = $4, held = false,
                times_linked = times_linked + 1, version = version + 1
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, Basis::Hand.as_str(), json!(reasons), tx.clock().now()],
    )
    .await?;
    save::links(tx, &HashMap::from([(id, payments.to_vec())])).await?;
    let told: Vec<_> = shares.iter().flat_map(|share| &share.parts).collect();
    let told: Vec<_> = told.iter().map(|(invoice, amount)| json!({ "invoiceId": invoice, "amount": amount })).collect();
    tx.note(Note {
        action: "bank_line.link",
        id: Some(id.0),
        before: Some(json!({ "state": line.state })),
        after: Some(json!({ "state": LineState::Linked, "amount": line.amount, "allocations": told })),
        reason: None,
    })
    .await
}
