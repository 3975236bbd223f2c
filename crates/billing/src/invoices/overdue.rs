//! Every night: bills whose due date has gone by become overdue.

use base::{App, Job, Outcome, Promise, Result, Tx, Works};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clockwork;

/// Marks an owner's late bills.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct MarkOverdue {}

impl Promise for MarkOverdue {
    const KIND: &'static str = "invoice.overdue";
}

impl Job for MarkOverdue {
    async fn run(&self, at: &Works) -> Outcome {
        at.actor.transact(async |tx| mark(tx).await).await?;
        Ok(())
    }
}

pub(super) async fn promise_for_each_owner(app: App, _slot: Timestamp) -> Result<()> {
    clockwork::promise_to_owners(&app, None, &MarkOverdue {}).await
}

/// `issued` and `partially_paid` become `overdue`, as the table of an invoice's life has it. A bill that is being paid
/// this very moment is left to its payment, which looks at the date itself.
async fn mark(tx: &Tx) -> Result<u64> {
    let today = tx.clock().today();
    tx.touch(
        "with late as (
             select id, status from invoices
              where owner_id = (select app_owner_id()) and status in ('issued', 'partially_paid') and due_on < $1
              order by due_on, id
                for no key update skip locked),
         marked as (
             update invoices i set status = 'overdue', version = version + 1
               from late
              where i.owner_id = (select app_owner_id()) and i.id = late.id
             returning i.id, late.status as was)
         insert into audit_log (id, action, entity, entity_id, before, after, request_id)
         select gen_random_uuid(), 'invoice.overdue', 'invoice', id, jsonb_build_object('status', was),
                jsonb_build_object('status', 'overdue'), $2
           from marked",
        &[&today, &Uuid::now_v7()],
    )
    .await
}

#[cfg(test)]
mod tests {
    use domain::invoice::InvoiceStatus;

    #[test]
    fn the_table_of_an_invoice_s_life_knows_the_nightly_step() {
        for status in InvoiceStatus::ALL {
            let is_marked = matches!(status, InvoiceStatus::Issued | InvoiceStatus::PartiallyPaid);
            assert_eq!(status.may_become(InvoiceStatus::Overdue), is_marked || *status == InvoiceStatus::Paid);
        }
    }
}
