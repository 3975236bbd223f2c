//! Deposits: what is due, received, set off and given back, entry by entry. An entry is never changed, and never is more
//! given than is held: the contract is locked while one is added, and Postgres has the last word.

mod export;
mod queries;
mod register;
mod routes;

use base::{Checks, Conflict, Error, OnConstraint, Result, Slice, Tx};
use domain::{
    ContractId, DepositEntryId, Money, Month, PaymentId, charges,
    contract::{ChargeKind, What},
    deposit::{Deposit, DepositError, DepositKind, Effect},
    rights::Action,
    text::tidy,
};
use jiff::civil::Date;
use serde_json::json;
use wire::deposits::{DepositView, NewDepositEntry, NewDepositKind};

use crate::contracts::{
    extension::for_good,
    history,
    step::{self, Standing},
    terms::{terms_of_contract, vat_payer},
};

pub fn slice() -> Slice {
    Slice::new("deposits").routes(routes::routes())
}

/// An entry about to be written.
struct Entry {
    kind: DepositKind,
    on: Date,
    effect: Effect,
    reference: String,
    reason: String,
    payment: Option<PaymentId>,
    corrects: Option<DepositEntryId>,
}

/// Writes down what a person says of a deposit: what is due, what came in, what was given back, what was wrong.
pub async fn enter(tx: &Tx, contract: ContractId, new: &NewDepositEntry) -> Result<DepositView> {
    tx.allow(Action::RecordPayments)?;
    let today = tx.clock().today();
    let on = new.on.unwrap_or(today);
    let reference = tidy(&new.reference);
    let reason = tidy(&new.reason);
    let standing = step::lock(tx, contract, None).await?;
    check(new, on, today)?;
    let deposit = queries::deposit(tx, contract).await?;
    let amount = new.amount.unwrap_or_default();
    let entry = |kind, effect| Entry {
        kind,
        on,
        effect,
        reference: reference.clone(),
        reason: reason.clone(),
        payment: None,
        corrects: None,
    };
    let entry = match new.kind {
        NewDepositKind::Due => {
            if standing.status.is_final() {
                return Err(Conflict::new("CONTRACT_ENDED").into());
            }
            let due = match new.months {
                Some(months) => month_of_rent(tx, contract).await?.share(months.into(), 1)?,
                None => amount,
            };
            let Some((kind, effect)) = deposit.owe(due)? else {
                return Err(Conflict::new("DEPOSIT_DUE_ALREADY").with("due", due.to_string()).into());
            };
            queries::save_due(tx, contract, due).await?;
            entry(kind, effect)
        }
        NewDepositKind::Received => entry(DepositKind::Received, Effect { due: Money::ZERO, held: amount }),
        NewDepositKind::Refunded => entry(DepositKind::Refunded, deposit.give(amount).map_err(refusal)?),
        NewDepositKind::Corrected => {
            let wrong = new.corrects_id.ok_or_else(|| Error::field("correctsId", "required"))?;
            let found = queries::entry(tx, contract, wrong).await?.ok_or(Error::NotFound("deposit-entry"))?;
            if found.payment.is_some() {
                // A set-off is a payment: taking that back puts the deposit back too.
                return Err(Conflict::new("DEPOSIT_ENTRY_IS_A_PAYMENT").into());
            }
            if found.kind == DepositKind::Corrected {
                return Err(Conflict::new("DEPOSIT_ENTRY_IS_A_CORRECTION").into());
            }
            if !found.effect.due.is_zero() {
                queries::save_due(tx, contract, deposit.due.checked_sub(found.effect.due)?).await?;
            }
            Entry { corrects: Some(wrong), ..entry(DepositKind::Corrected, found.effect.undone()?) }
        }
    };
    add(tx, contract, &entry).await?;
    let reason = Some(reason.as_str()).filter(|said| !said.is_empty());
    history::record(tx, contract, What::DepositChanged, on, reason).await?;
    view(tx, contract, false).await
}

/// Makes `due` what is to be deposited altogether, as a contract that comes into force or changes says.
pub(crate) async fn owe(tx: &Tx, contract: ContractId, due: Money, on: Date) -> Result<()> {
    let deposit = queries::deposit(tx, contract).await?;
    let Some((kind, effect)) = deposit.owe(due)? else { return Ok(()) };
    let (reference, reason) = Default::default();
    add(tx, contract, &Entry { kind, on, effect, reference, reason, payment: None, corrects: None }).await
}

/// What is held of a contract's deposit; the contract is held still by whoever asks before taking from it.
pub async fn held(tx: &Tx, contract: ContractId) -> Result<Money> {
    Ok(queries::deposit(tx, contract).await?.held)
}

/// Takes from the deposit what a payment of method `deposit` pays with.
pub async fn set_off(tx: &Tx, contract: ContractId, amount: Money, payment: PaymentId, reference: &str) -> Result<()> {
    tx.allow(Action::RecordPayments)?;
    let effect = queries::deposit(tx, contract).await?.give(amount).map_err(refusal)?;
    let entry = Entry {
        kind: DepositKind::SetOff,
        on: tx.clock().today(),
        effect,
        reference: reference.to_owned(),
        reason: String::new(),
        payment: Some(payment),
        corrects: None,
    };
    add(tx, contract, &entry).await
}

/// Puts back what a payment took that was itself taken back; nothing, when the payment was no set-off.
pub async fn put_back(tx: &Tx, payment: PaymentId, reason: &str) -> Result<()> {
    let Some((contract, entry)) = queries::of_payment(tx, payment).await? else { return Ok(()) };
    step::lock(tx, contract, None).await?;
    let undo = Entry {
        kind: DepositKind::Corrected,
        on: tx.clock().today(),
        effect: entry.effect.undone()?,
        reference: String::new(),
        reason: reason.to_owned(),
        payment: None,
        corrects: Some(entry.id),
    };
    add(tx, contract, &undo).await
}

/// What was deposited for one contract is held for the one that goes on from it.
pub(crate) async fn pass_on(tx: &Tx, from: &Standing, to: &Standing) -> Result<()> {
    let Deposit { due, held } = queries::deposit(tx, from.id).await?;
    let entry = |kind, effect, reference: &str| Entry {
        kind,
        on: tx.clock().today(),
        effect,
        reference: reference.to_owned(),
        reason: String::new(),
        payment: None,
        corrects: None,
    };
    let left = Effect { due, held }.undone()?;
    if left != Effect::default() {
        add(tx, from.id, &entry(DepositKind::Corrected, left, &to.code)).await?;
    }
    if held.is_positive() {
        let brought = Effect { due: Money::ZERO, held };
        add(tx, to.id, &entry(DepositKind::Received, brought, &from.code)).await?;
    }
    Ok(())
}

/// The deposit of a contract with its entries.
pub async fn find(tx: &Tx, contract: ContractId) -> Result<DepositView> {
    tx.allow(Action::ReadPayments)?;
    step::find(tx, contract).await?;
    view(tx, contract, true).await
}

/// `is_asked` for its own sake; a tenant reads no reasons of the owner's.
async fn view(tx: &Tx, contract: ContractId, is_asked: bool) -> Result<DepositView> {
    let mut entries = queries::entries(tx, contract).await?;
    if is_asked && tx.who().await?.role == Some(domain::rights::Role::Tenant) {
        entries.iter_mut().for_each(|entry| entry.reason.clear());
    }
    let status = step::find(tx, contract).await?.status;
    Ok(DepositView {
        contract_id: contract,
        sums: register::sums(&entries, status)?,
        month_of_rent: month_of_rent(tx, contract).await?,
        entries,
    })
}

/// What a whole month of rent comes to as it is charged today, VAT inside.
async fn month_of_rent(tx: &Tx, contract: ContractId) -> Result<Money> {
    let today = tx.clock().today();
    let facts = terms_of_contract(tx, contract, Month::of(today)).await?.ok_or(Error::NotFound("contract"))?;
    let vat_payer = vat_payer(tx).await?;
    let today = today.max(facts.terms.starts_on);
    let day = facts.terms.last_day().map_or(today, |end| end.min(today));
    let mut lines = facts.terms.lines.clone();
    lines.retain(|line| {
        line.kind == ChargeKind::Rent && line.valid_from <= day && line.valid_to.is_none_or(|to| to >= day)
    });
    let terms = for_good(&charges::ContractTerms { lines, ..facts.terms });
    let charges = charges::for_month(&terms, Month::of(day), vat_payer);
    Ok(charges.map(|charges| charges.totals.total).unwrap_or_default())
}

async fn add(tx: &Tx, contract: ContractId, entry: &Entry) -> Result<()> {
    let id = DepositEntryId::new();
    queries::insert(tx, contract, id, entry)
        .await
        .on_constraint("deposit_entries_held_not_negative", || Conflict::new("DEPOSIT_TOO_SMALL").into())
        .on_constraint("deposit_entries_corrected_once", || Conflict::new("DEPOSIT_ENTRY_CORRECTED").into())?;
    let told = json!({ "contractId": contract, "kind": entry.kind, "on": entry.on, "due": entry.effect.due,
        "held": entry.effect.held, "corrects": entry.corrects });
    tx.audit("deposit.enter", id.0, &told).await
}

fn check(new: &NewDepositEntry, on: Date, today: Date) -> Result<()> {
    let mut checks = Checks::new();
    crate::contracts::check_day(&mut checks, "on", on);
    checks.that(on <= today, "on", "in-the-future");
    checks.text("reference", &new.reference, 100);
    checks.text("reason", &new.reason, 500);
    let is_due = new.kind == NewDepositKind::Due;
    if new.kind == NewDepositKind::Corrected {
        checks.that(!tidy(&new.reason).is_empty(), "reason", "required");
        checks.that(new.amount.is_none(), "amount", "unknown-field");
    } else if new.months.is_none() || !is_due {
        let amount = new.amount.unwrap_or_default();
        checks.that(amount.is_positive() || (is_due && new.amount.is_some()), "amount", "not-positive");
        crate::check_amount(&mut checks, "amount", amount);
    }
    if let Some(months) = new.months {
        checks.that(is_due && new.amount.is_none(), "months", "not-a-choice");
        checks.within("months", months.into(), 1, 24);
    }
    checks.done()
}

/// What a person can do about a deposit that is too small.
fn refusal(error: DepositError) -> Error {
    match error {
        DepositError::MoreThanHeld { held, .. } => {
            Conflict::new("DEPOSIT_TOO_SMALL").with("held", held.to_string()).into()
        }
        DepositError::TooLarge(error) => error.into(),
    }
}
