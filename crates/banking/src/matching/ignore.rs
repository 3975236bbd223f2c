//! Lines that are for no bill: laid aside with a reason, and looked at again.

use base::{Checks, Conflict, Result, Tx, audit::Note, params};
use domain::{
    BankTransactionId,
    bank::LineState,
    matching::{Basis, Clue, Reason},
    rights::Action,
};
use serde_json::json;
use wire::matching::MatchingLine;

use super::{find, queries};

/// Lays a line aside, with the reason in a person's words.
pub async fn ignore(tx: &Tx, id: BankTransactionId, reason: &str) -> Result<MatchingLine> {
    tx.allow(Action::RecordPayments)?;
    Checks::new().name("reason", reason, 500).done()?;
    let line = queries::hold(tx, id).await?;
    match line.state {
        LineState::Linked => return Err(Conflict::new("LINE_LINKED").into()),
        LineState::Ignored => return Err(Conflict::new("LINE_IGNORED").into()),
        LineState::Unknown | LineState::Probable => {}
    }
    let reasons = json!([Reason::new(Clue::ByHand)]);
    tx.later(
        "update bank_transactions
            set state = 'ignored', basis = $2, reasons = $3, candidates = '[]', note = $4, judged_at = $5, version = version + 1
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, Basis::Hand.as_str(), reasons, reason.trim().to_owned(), tx.clock().now()],
    )
    .await?;
    note(tx, "bank_line.ignore", id, line.state, LineState::Ignored, reason).await?;
    find(tx, id).await
}

/// Takes an ignored line up again; the next run judges it, a person decides it.
pub async fn regard(tx: &Tx, id: BankTransactionId) -> Result<MatchingLine> {
    tx.allow(Action::RecordPayments)?;
    let line = queries::hold(tx, id).await?;
    if line.state != LineState::Ignored {
        return Err(Conflict::new("LINE_NOT_IGNORED").into());
    }
    tx.later(
        "update bank_transactions
            set state = 'unknown', basis = '', reasons = '[]', note = '', held = amount < 0, version = version + 1
          where owner_id = (select app_owner_id()) and id = $1",
        params![id],
    )
    .await?;
    note(tx, "bank_line.regard", id, line.state, LineState::Unknown, "").await?;
    find(tx, id).await
}

pub(super) async fn note(
    tx: &Tx,
    action: &'static str,
    id: BankTransactionId,
    before: LineState,
    after: LineState,
    reason: &str,
) -> Result<()> {
    tx.note(Note {
        action,
        id: Some(id.0),
        before: Some(json!({ "state": before })),
        after: Some(json!({ "state": after })),
        reason: Some(reason.trim()).filter(|reason| !reason.is_empty()).map(str::to_owned),
    })
    .await
}
