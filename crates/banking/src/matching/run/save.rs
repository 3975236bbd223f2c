//! What a run writes, set by set.

use std::collections::HashMap;

use base::{Result, Tx, params};
use domain::{BankTransactionId, PaymentId, bank::LineState, matching::Verdict};
use serde_json::{Value, json};
use uuid::Uuid;

use super::load::Waiting;

/// The lines as they were judged; a line of which the same is said again is left as it is.
pub(super) async fn verdicts(tx: &Tx, judged: &[(&Waiting, &Verdict)]) -> Result<()> {
    let ids: Vec<BankTransactionId> = judged.iter().map(|(line, _)| line.id).collect();
    let states: Vec<LineState> = judged.iter().map(|(_, verdict)| verdict.state).collect();
    let bases: Vec<&'static str> = judged.iter().map(|(_, verdict)| verdict.basis.as_str()).collect();
    let reasons: Vec<Value> = judged.iter().map(|(_, verdict)| json!(verdict.reasons)).collect();
    let offered = |(_, verdict): &(&Waiting, &Verdict)| {
        let candidates = verdict.candidates.iter();
        candidates.map(|offer| json!({ "invoice": offer.invoice, "reasons": offer.reasons })).collect::<Value>()
    };
    let candidates: Vec<Value> = judged.iter().map(offered).collect();
    let reverses: Vec<Option<BankTransactionId>> = judged.iter().map(|(_, verdict)| verdict.reverses).collect();
    tx.later(
        "update bank_transactions l
            set state = n.state, basis = n.basis, reasons = n.reasons, candidates = n.candidates, reverses_id = n.reverses,
                times_linked = l.times_linked + (n.state = 'linked')::int,
                judged_at = $7, version = l.version + 1
           from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::jsonb[], $6::uuid[])
                as n (id, state, basis, reasons, candidates, reverses)
          where l.owner_id = (select app_owner_id()) and l.id = n.id
            and (l.judged_at is null
                 or (l.state, l.basis, l.reasons, l.candidates, l.reverses_id)
                    is distinct from (n.state, n.basis, n.reasons, n.candidates, n.reverses))",
        params![ids, states, bases, reasons, candidates, reverses, tx.clock().now()],
    )
    .await
}

/// Which payments the lines were recorded as.
pub(in crate::matching) async fn links(tx: &Tx, linked: &HashMap<BankTransactionId, Vec<PaymentId>>) -> Result<()> {
    let (mut ids, mut lines, mut payments) = (Vec::new(), Vec::new(), Vec::new());
    for (line, of) in linked {
        for payment in of {
            ids.push(Uuid::now_v7());
            lines.push(*line);
            payments.push(*payment);
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    tx.later(
        "insert into bank_links (id, transaction_id, payment_id, linked_by)
         select n.id, n.line, n.payment, app_user_id()
           from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as n (id, line, payment)",
        params![ids, lines, payments],
    )
    .await
}

/// That the lines' senders have paid for the contracts of the bills they paid.
pub(in crate::matching) async fn senders(tx: &Tx, lines: &[BankTransactionId]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    tx.later(
        "insert into bank_senders (id, account, contract_id, transaction_id)
         select gen_random_uuid(), s.account, s.contract_id, s.line
           from (select distinct on (sender, i.contract_id) left(sender, 34) as account, i.contract_id, l.id as line
                   from bank_transactions l
                  cross join lateral (select coalesce(l.counter_account, substring(l.description from '^ХААНААС:.*?([0-9]{8,})\\s'))) as s (sender)
                   join bank_links k on k.owner_id = l.owner_id and k.transaction_id = l.id and k.undone_at is null
                   join allocations a on a.owner_id = k.owner_id and a.payment_id = k.payment_id
                   join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
                  where l.owner_id = (select app_owner_id()) and l.id = any($1) and sender is not null
                  order by sender, i.contract_id, l.posted_at) as s
         on conflict (owner_id, account, contract_id) do nothing",
        params![lines.to_vec()],
    )
    .await
}
