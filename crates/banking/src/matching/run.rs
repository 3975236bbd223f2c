//! A run: every line that waits is judged against every bill that is open, and what links becomes payments.

mod load;
pub(super) mod save;

use std::collections::HashMap;

use base::{Result, Tx};
use billing::payments::{Incoming, record_all};
use domain::{
    BankTransactionId, InvoiceId, Money, PaymentId, TenantId,
    bank::LineState,
    matching::{Book, Line, Verdict},
    payment::PaymentMethod,
    rights::Action,
};
use serde_json::json;
use wire::matching::MatchingRun;

use self::load::Waiting;

/// What a run made of the lines that waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    pub lines: usize,
    pub linked: usize,
    pub probable: usize,
    pub unknown: usize,
    pub ignored: usize,
    pub linked_sum: Money,
}

impl Judged {
    pub(super) fn view(self) -> MatchingRun {
        let count = |lines: usize| i64::try_from(lines).expect("a run's lines are countable");
        MatchingRun {
            lines: count(self.lines),
            linked: count(self.linked),
            probable: count(self.probable),
            unknown: count(self.unknown),
            ignored: count(self.ignored),
            linked_amount: self.linked_sum,
        }
    }
}

/// How many lines are held in memory at a time.
const AT_ONCE: i64 = 5_000;

/// Judges every line that is neither linked nor ignored nor held by a person, in the order of time. Run again it finds
/// what it left, and nothing more: a line is linked once, and its payments stand under its own reference.
pub async fn run(tx: &Tx) -> Result<Judged> {
    tx.allow(Action::RecordPayments)?;
    load::alone(tx).await?;
    let mut judged = Judged::default();
    let mut waiting = load::waiting(tx, None, AT_ONCE).await?;
    if waiting.is_empty() {
        return Ok(judged);
    }
    let (mut book, tenants) = load::book(tx).await?;
    while let Some(last) = waiting.last().map(|line| (line.posted_at, line.id)) {
        judge(tx, &mut book, &tenants, &waiting, &mut judged).await?;
        waiting = load::waiting(tx, Some(last), AT_ONCE).await?;
    }
    if judged.linked > 0 {
        let told = json!({ "lines": judged.lines, "linked": judged.linked, "amount": judged.linked_sum });
        tx.audit("bank_line.match", None, &told).await?;
    }
    Ok(judged)
}

async fn judge(
    tx: &Tx,
    book: &mut Book,
    tenants: &HashMap<InvoiceId, TenantId>,
    waiting: &[Waiting],
    judged: &mut Judged,
) -> Result<()> {
    let verdicts: Vec<Verdict> = waiting.iter().map(|line| book.judge(&line.as_line())).collect();
    let links: Vec<(&Waiting, &Verdict)> =
        waiting.iter().zip(&verdicts).filter(|(_, verdict)| verdict.state == LineState::Linked).collect();
    let groups = links.iter().map(|(line, verdict)| payments(line, verdict, tenants)).collect();
    let recorded = record_all(tx, groups).await?;

    let mut linked: HashMap<BankTransactionId, Vec<PaymentId>> = HashMap::new();
    for ((line, _), payments) in links.iter().zip(recorded) {
        // a bill that somebody else has paid meanwhile: the next run looks again
        linked.extend(payments.map(|payments| (line.id, payments)));
    }
    let settled: Vec<(&Waiting, &Verdict)> = waiting
        .iter()
        .zip(&verdicts)
        .filter(|(line, verdict)| verdict.state != LineState::Linked || linked.contains_key(&line.id))
        .collect();
    for (line, verdict) in &settled {
        judged.lines += 1;
        match verdict.state {
            LineState::Linked => {
                judged.linked += 1;
                judged.linked_sum = judged.linked_sum.checked_add(line.amount)?;
            }
            LineState::Probable => judged.probable += 1,
            LineState::Unknown => judged.unknown += 1,
            LineState::Ignored => judged.ignored += 1,
        }
    }
    save::verdicts(tx, &settled).await?;
    save::links(tx, &linked).await?;
    save::senders(tx, &linked.keys().copied().collect::<Vec<_>>()).await
}

/// A line's money as payments, one for each tenant whose bills it pays.
fn payments(line: &Waiting, verdict: &Verdict, tenants: &HashMap<InvoiceId, TenantId>) -> Vec<Incoming> {
    let mut payments: Vec<Incoming> = Vec::with_capacity(1);
    for part in &verdict.linked {
        let Some(tenant) = tenants.get(&part.invoice).copied() else { continue };
        let place = payments.iter().position(|payment| payment.tenant == tenant).unwrap_or_else(|| {
            payments.push(Incoming {
                tenant,
                method: PaymentMethod::Bank,
                amount: Money::ZERO,
                paid_at: line.posted_at,
                payer: line.payer(),
                provider_reference: Some(reference(line.id, line.times_linked + 1, payments.len())),
                note: line.note(),
                for_invoice: None,
                allocations: Some(Vec::new()),
            });
            payments.len() - 1
        });
        let payment = &mut payments[place];
        payment.amount = Money::from_mungo(payment.amount.mungo() + part.amount.mungo());
        payment.allocations.get_or_insert_default().push((part.invoice, part.amount));
    }
    payments
}

/// Under which a line's payment is in the books once: which line, which time that it is linked, which of its payments.
pub(super) fn reference(line: BankTransactionId, time: i32, place: usize) -> String {
    format!("{line}/{time}/{}", place + 1)
}

impl Waiting {
    fn as_line(&self) -> Line<'_> {
        Line {
            id: self.id,
            account: self.account,
            amount: self.amount,
            text: &self.description,
            counter_account: self.counter_account.as_deref(),
            counter_name: self.counter_name.as_deref(),
        }
    }

    fn payer(&self) -> String {
        shortened(self.counter_name.as_deref().unwrap_or_default(), 200)
    }

    fn note(&self) -> String {
        shortened(&self.description, 500)
    }
}

pub(super) fn shortened(text: &str, letters: usize) -> String {
    text.trim().chars().take(letters).collect()
}
