//! Splits the promise of a payment's receipts into one for each invoice that the payment was put on, and looks again
//! whenever it pays something else.

use base::{Failure, Job, Outcome, Promise, Result, Tx, Works};
use domain::{
    PaymentId, ReceiptId,
    receipt::ReceiptStatus::{Failed, Parked, Pending, Returned},
};
use serde::{Deserialize, Serialize};

use super::{
    GiveBackReceipt, SendReceipt,
    queries::{self, Due, Latest, Stand},
};

/// Gives each invoice that a payment pays its tax receipt, of just so much. It has no aggregate: a thank-you that can't be delivered
/// does not hold up the tax office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueReceipt {
    pub payment: PaymentId,
}

impl Promise for IssueReceipt {
    const KIND: &'static str = "receipt.issue";
}

impl Job for IssueReceipt {
    async fn run(&self, at: &Works) -> Outcome {
        match at.actor.transact(async |tx| prepare(tx, self.payment).await).await? {
            Prepared::All => Ok(()),
            Prepared::NotYet => Err(Failure::later("a receipt of the payment is being sent this moment")),
        }
    }
}

enum Prepared {
    All,
    NotYet,
}

/// Brings a payment's receipts to what it pays now: one for each bill that has none, another in the place of one that says
/// something else, and back with one of a bill that it pays nothing of any more.
async fn prepare(tx: &Tx, payment: PaymentId) -> Result<Prepared> {
    let mut prepared = Prepared::All;
    for Stand { due, latest } in queries::stands(tx, payment).await? {
        let is_due = due.amount.is_positive();
        match latest {
            None if is_due && due.on_payment => add(tx, payment, &due, None).await?,
            // What has not begun says what is paid once it begins; what nobody knows of, a person decides.
            None | Some(Latest { status: Pending, sending: false, .. } | Latest { status: Parked | Failed, .. }) => {}
            Some(Latest { status: Pending, .. }) => prepared = Prepared::NotYet,
            Some(latest) if latest.status == Returned => {
                if is_due && due.on_payment {
                    add(tx, payment, &due, Some(latest.id)).await?;
                }
            }
            Some(latest) if latest.amount.compare(due.amount).is_eq() => {}
            Some(latest) if is_due => add(tx, payment, &due, Some(latest.id)).await?,
            Some(latest) => drop(tx.promise(&GiveBackReceipt { receipt: latest.id }).await?),
        }
    }
    Ok(prepared)
}

async fn add(tx: &Tx, payment: PaymentId, due: &Due, replaces: Option<ReceiptId>) -> Result<()> {
    let receipt = ReceiptId::new();
    if queries::insert(tx, receipt, payment, due, replaces).await? {
        tx.promise(&SendReceipt { receipt }).await?;
    }
    Ok(())
}
