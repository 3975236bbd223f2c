//! A contract's written clause on penalty: without one there is none.

use base::{Checks, Conflict, Error, Result, Tx, audit::Note, params};
use domain::{
    ContractId,
    contract::ContractStatus,
    penalty::{MOST_A_DAY_BP, MOST_GRACE_DAYS},
    rights::Action,
};
use serde_json::json;
use tokio_postgres::Row;
use wire::penalties::PenaltyTerms;

/// What the contract says.
pub(super) async fn find(tx: &Tx, id: ContractId) -> Result<PenaltyTerms> {
    tx.allow(Action::ReadContracts)?;
    let sql = "select penalty_bp, penalty_grace_days, penalty_from, penalty_clause, status from contracts
                where owner_id = (select app_owner_id()) and id = $1";
    tx.maybe(sql, &[&id]).await?.as_ref().map(terms).ok_or(Error::NotFound("contract"))
}

/// Writes down what the parties agreed on; what was charged before stays.
pub(super) async fn set(tx: &Tx, id: ContractId, terms_now: &PenaltyTerms) -> Result<PenaltyTerms> {
    tx.allow(Action::EditContracts)?;
    let mut checks = Checks::new();
    checks.within("rateBp", terms_now.rate_bp.unwrap_or(1).into(), 1, MOST_A_DAY_BP.into());
    checks.within("graceDays", terms_now.grace_days.into(), 0, MOST_GRACE_DAYS.into());
    checks.text("clause", &terms_now.clause, 500);
    checks.done()?;
    let sql = "select penalty_bp, penalty_grace_days, penalty_from, penalty_clause, status from contracts
                where owner_id = (select app_owner_id()) and id = $1 for no key update";
    let row = tx.maybe(sql, &[&id]).await?.ok_or(Error::NotFound("contract"))?;
    if row.get::<_, ContractStatus>("status").is_final() {
        return Err(Conflict::new("CONTRACT_ENDED").into());
    }
    tx.later(
        "update contracts set penalty_bp = $2, penalty_grace_days = $3, penalty_from = $4, penalty_clause = $5,
                version = version + 1
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, terms_now.rate_bp, terms_now.grace_days, terms_now.counts_from, terms_now.clause.trim().to_owned()],
    )
    .await?;
    tx.note(Note {
        action: "contract.penalty",
        id: Some(id.0),
        before: Some(told(&terms(&row))),
        after: Some(told(terms_now)),
        reason: None,
    })
    .await?;
    Ok(terms_now.clone())
}

fn told(terms: &PenaltyTerms) -> serde_json::Value {
    json!({ "penaltyBp": terms.rate_bp, "penaltyGraceDays": terms.grace_days, "penaltyFrom": terms.counts_from,
        "penaltyClause": terms.clause })
}

fn terms(row: &Row) -> PenaltyTerms {
    PenaltyTerms {
        rate_bp: row.get::<_, Option<i32>>("penalty_bp").filter(|bp| *bp > 0),
        grace_days: row.get("penalty_grace_days"),
        counts_from: row.get("penalty_from"),
        clause: row.get("penalty_clause"),
    }
}
