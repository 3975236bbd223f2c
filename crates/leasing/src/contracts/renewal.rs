//! The contract that goes on from another: drafted with the same rooms and charges from the day after, and once it is in
//! force the other is renewed by it.

mod going_on;

use base::{Checks, Conflict, Error, OnConstraint, Result, Tx, audit::Note, params};
use domain::{
    ContractId, ContractRoomId,
    contract::{ContractStatus, What},
    rights::Action,
    text::tidy,
};
use jiff::{ToSpan, civil::Date};
use serde_json::json;
use wire::{
    contracts::ContractView,
    lifecycle::{PriceChange, Renewal, RenewalAsked, TermPreview},
};

use super::{
    approval, check_day, extension, history, queries,
    spans::{Held, Span},
    step::{self, Standing, Taken},
};
use crate::deposits;

/// The term of a renewal.
struct Term {
    starts_on: Date,
    ends_on: Option<Date>,
    /// The old contract ends earlier than it would have.
    is_renegotiated: bool,
}

/// Drafts the contract that goes on from this one. Its rooms pass over on the day it begins, so that nobody else can take
/// them in between; whatever is to be different is changed in the draft.
pub async fn renew(tx: &Tx, id: ContractId, order: &Renewal) -> Result<ContractView> {
    tx.allow(Action::EditContracts)?;
    let old = step::lock(tx, id, order.version).await?;
    let reason = tidy(&order.reason);
    let mut checks = Checks::new();
    checks.text("reason", &reason, 500);
    let term = term(tx, &mut checks, &old, order.starts_on, order.ends_on, order.increase_bp)?;
    checks.done()?;
    let reason = Some(reason).filter(|said| !said.is_empty());
    let last_day = term.starts_on.saturating_sub(1.day());

    let held = queries::held(tx, id).await?;
    let passing = passing_over(&held, last_day);
    if passing.is_empty() {
        return Err(Conflict::new("NO_ROOMS_TO_GO_ON").into());
    }
    let cut: Vec<Held> = held.iter().map(|room| room.cut(last_day)).collect();
    queries::move_rooms(tx, id, &cut).await?;
    if term.is_renegotiated {
        tx.later("update contracts set ends_on = $2, version = version + 1 where id = $1", params![id, last_day])
            .await?;
        let taken = Taken {
            action: "contract.renegotiate",
            what: What::Renegotiated,
            to: old.status,
            effective_on: last_day,
            reason: reason.clone(),
        };
        step::note(tx, &old, taken).await?;
    }

    let new = ContractId::new();
    let code = copy(tx, &old, new, &term)
        .await
        .on_constraint("contracts_renewed_once", || Conflict::new("RENEWED_ALREADY").into())?;
    let span = Span { from: term.starts_on, to: term.ends_on };
    let rooms: Vec<Held> =
        passing.iter().map(|room| Held { id: ContractRoomId::new(), span: Some(span), ..*room }).collect();
    queries::hold(tx, new, &rooms).await?;
    going_on::copy(tx, &queries::whole(tx, id).await?, new, term.starts_on, order.increase_bp).await?;
    let made = json!({ "code": code, "renews": old.code, "startsOn": term.starts_on, "endsOn": term.ends_on });
    tx.note(Note {
        action: "contract.renew",
        id: Some(new.0),
        after: Some(made),
        reason: reason.clone(),
        before: None,
    })
    .await?;
    history::record(tx, new, What::Drafted, term.starts_on, reason.as_deref()).await
}

/// What a renewal would be, figure by figure.
pub async fn preview(tx: &Tx, id: ContractId, asked: &RenewalAsked) -> Result<TermPreview> {
    tx.allow(Action::EditContracts)?;
    let old = step::find(tx, id).await?;
    let mut checks = Checks::new();
    let increase_bp = asked.increase_bp.unwrap_or(0);
    let term = term(tx, &mut checks, &old, asked.starts_on, asked.ends_on, increase_bp)?;
    checks.done()?;
    let change = PriceChange { from: term.starts_on, increase_bp };
    let last_day = term.starts_on.saturating_sub(1.day());
    let (lines, month_before, month_after) = extension::compare(tx, id, Some(change), Some(last_day)).await?;
    Ok(TermPreview {
        contract_id: id,
        ends_on: old.ends_on,
        from: term.starts_on,
        new_ends_on: term.ends_on,
        prices_from: (increase_bp != 0).then_some(term.starts_on),
        lines,
        month_before,
        month_after,
    })
}

/// The new contract came into force: the old one is renewed by it, and its deposit passes over. One that has expired or
/// was ended meanwhile stays what it is.
pub(super) async fn take_over(tx: &Tx, old: ContractId, new: &Standing) -> Result<()> {
    let old = step::lock(tx, old, None).await?;
    deposits::pass_on(tx, &old, new).await?;
    if !old.status.is_in_force() {
        return Ok(());
    }
    let to = step::go(tx, &old, ContractStatus::Renewed).await?;
    let taken = Taken {
        action: "contract.renewed",
        what: What::Renewed,
        to,
        effective_on: new.starts_on,
        reason: Some(new.code.clone()),
    };
    step::note(tx, &old, taken).await.map(drop)
}

fn term(
    tx: &Tx,
    checks: &mut Checks,
    old: &Standing,
    starts_on: Option<Date>,
    ends_on: Option<Date>,
    increase_bp: i32,
) -> Result<Term> {
    if !old.status.is_in_force() {
        return Err(Conflict::new("CONTRACT_NOT_IN_FORCE").with("code", old.code.clone()).into());
    }
    let next = old.ends_on.map(|end| end.saturating_add(1.day()));
    let Some(starts) = starts_on.or(next) else { return Err(Error::field("startsOn", "required")) };
    let is_renegotiated = Some(starts) != next;
    check_day(checks, "startsOn", starts);
    if is_renegotiated {
        // A month that runs is billed by one contract.
        checks.that(starts == starts.first_of_month() && starts > tx.clock().today(), "startsOn", "first-of-a-month");
        checks.that(next.is_none_or(|next| starts < next), "startsOn", "after-end");
        checks.that(starts > old.starts_on, "startsOn", "outside-contract");
    }
    check_day(checks, "endsOn", ends_on.unwrap_or(starts));
    checks.that(ends_on.is_none_or(|end| end >= starts), "endsOn", "end-before-start");
    extension::check_increase(checks, "increaseBp", increase_bp);
    Ok(Term { starts_on: starts, ends_on, is_renegotiated })
}

/// The rooms that the old contract holds on its last day, each once.
fn passing_over(held: &[Held], last_day: Date) -> Vec<Held> {
    let on =
        |room: &&Held| room.span.is_some_and(|span| span.from <= last_day && span.to.is_none_or(|to| to >= last_day));
    held.iter().filter(on).copied().collect()
}

/// The new contract with everything that was agreed on, under the next code of its series.
async fn copy(tx: &Tx, old: &Standing, new: ContractId, term: &Term) -> Result<String> {
    let year = i32::from(tx.clock().today().year());
    let (approved_at, approved_by) = approval::of_maker(tx).await?;
    let code: String = tx.one("select take_contract_code($1) as code", &[&year]).await?.get("code");
    tx.touch(
        "insert into contracts (id, code, property_id, tenant_id, tenant_name_snapshot, tenant_sort_key, units, kind, starts_on,
                                ends_on, status, deposit_amount, payment_day, grace_days, penalty_bp, notes, search_key,
                                renews_contract_id, approved_at, approved_by)
         select $2, $3, c.property_id, c.tenant_id, t.name, t.sort_key, c.units, c.kind, $4, $5, $6, c.deposit_amount,
                c.payment_day, c.grace_days, c.penalty_bp, c.notes, replace(c.search_key, $8, $7), c.id,
                $9, $10
           from contracts c
           join tenants t on t.id = c.tenant_id
          where c.id = $1",
        &[
            &old.id,
            &new,
            &code,
            &term.starts_on,
            &term.ends_on,
            &ContractStatus::Draft,
            &domain::text::fold_word(&code),
            &domain::text::fold_word(&old.code),
            &approved_at,
            &approved_by,
        ],
    )
    .await?;
    Ok(code)
}
