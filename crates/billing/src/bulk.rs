//! Bulk orders: one thing done to many invoices. An order holds an item for each, which waits, is done or has failed with
//! its reason; workers do them in batches, and what failed is tried again alone.
//!
//! Issuing and correcting is done here. Texts and papers are news for those above, who say of each item how it ended.

mod queries;
mod routes;
mod work;

use std::collections::{BTreeMap, HashMap};

use base::{Checks, Conflict, Error, Result, Slice, Tx};
use domain::{
    BulkOrderId, InvoiceId, Money,
    bulk::{self, BulkVerb, LeftOut},
    reminder::{self, STAGES},
    rights::Action,
};
use serde_json::json;
use wire::bulk::{BulkLeftOut, BulkOrderView, BulkPreview, BulkRecipient, BulkTexts, NewBulkOrder};
use words::say;

pub use self::queries::{
    Chosen, Ended, Paper, ToPrint, end, end_reminder, fail, lock_item, paper_key, save_paper, to_print,
};
use self::{queries::NewRow, work::WorkBulk};
use crate::{
    arrears::reminders,
    news::{BulkPrint, BulkText},
};

pub fn slice() -> Slice {
    Slice::new("bulk orders").routes(routes::routes()).job::<WorkBulk>()
}

/// Recipients that a preview names.
const NAMED: usize = 200;

/// What an order would do, and the invoices that it would be done to. What sending a bill again costs is known above.
pub async fn preview(tx: &Tx, new: &NewBulkOrder) -> Result<(BulkPreview, Vec<Chosen>)> {
    tx.allow(Action::EditInvoices)?;
    check_stage(new, &mut Checks::new())?;
    let Choice { fit, left_out, parts } = choose(tx, new).await?;
    let texts = match new.verb {
        BulkVerb::Remind => Some(reminders_cost(tx, &parts)?),
        _ => None,
    };
    let lang = tx.actor().lang;
    let left_out: Vec<BulkLeftOut> = left_out
        .into_iter()
        .map(|(why, count)| BulkLeftOut {
            reason: why.as_str().to_owned(),
            sentence: sentence(lang, why.as_str(), &[]),
            count,
        })
        .collect();
    let mut phones: Vec<&str> = fit.iter().filter_map(|chosen| chosen.phone.as_deref()).collect();
    phones.sort_unstable();
    phones.dedup();
    let count = i64::try_from(fit.len()).expect("thousands at most");
    let preview = BulkPreview {
        verb: new.verb,
        chosen: count + left_out.iter().map(|out| out.count).sum::<i64>(),
        count,
        total: Money::sum(fit.iter().map(|chosen| chosen.total))?,
        balance: Money::sum(fit.iter().map(Chosen::balance))?,
        left_out,
        recipients: fit.iter().take(NAMED).map(|chosen| recipient(new.verb, chosen, &parts)).collect(),
        phones: i64::try_from(phones.len()).expect("no more than invoices"),
        texts,
    };
    Ok((preview, fit))
}

/// Orders it, and promises the work.
pub async fn make(tx: &Tx, new: &NewBulkOrder) -> Result<BulkOrderView> {
    tx.allow(Action::EditInvoices)?;
    let reason = new.reason.trim();
    let mut checks = Checks::new();
    match new.verb {
        BulkVerb::Correct => checks.name("reason", reason, 500),
        _ => checks.text("reason", reason, 500),
    };
    check_stage(new, &mut checks)?;
    let Choice { fit, .. } = choose(tx, new).await?;
    let count = i64::try_from(fit.len()).expect("thousands at most");
    if fit.is_empty() {
        return Err(Conflict::new("BULK_NOTHING_TO_DO").into());
    }
    if let Some(expected) = new.expected_count.filter(|expected| *expected != count) {
        return Err(Conflict::new("BULK_CHANGED").with("expected", expected).with("now", count).into());
    }
    let id = BulkOrderId::new();
    let total = Money::sum(fit.iter().map(|chosen| chosen.total))?;
    let reminders = match new.verb {
        BulkVerb::Remind => reminders::chosen::order(tx, &of_contracts(&fit), new.stage).await?,
        _ => HashMap::new(),
    };
    let (verb, stage, asked) = (new.verb, new.stage, json!(new.filter));
    queries::insert(tx, &NewRow { id, verb, stage, reason, total, asked, invoices: &fit, reminders }).await?;
    tx.audit("bulk_order.make", id.0, &json!({ "verb": new.verb, "count": count, "total": total })).await?;
    promise(tx, id, new.verb).await?;
    find(tx, id).await
}

/// Has what failed done again.
pub async fn retry(tx: &Tx, id: BulkOrderId) -> Result<BulkOrderView> {
    tx.allow(Action::EditInvoices)?;
    let verb = queries::verb(tx, id).await?.ok_or(Error::NotFound("bulk order"))?;
    let count = match verb {
        BulkVerb::Remind => remind_again(tx, id).await?,
        _ => queries::wait_again(tx, id).await?,
    };
    if count == 0 {
        return Err(Conflict::new("BULK_NOTHING_FAILED").into());
    }
    tx.audit("bulk_order.retry", id.0, &json!({ "count": count })).await?;
    promise(tx, id, verb).await?;
    find(tx, id).await
}

/// An order and how far it is.
pub async fn find(tx: &Tx, id: BulkOrderId) -> Result<BulkOrderView> {
    tx.allow(Action::ReadInvoices)?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("bulk order"))
}

/// The work of everything that waits: a text each, one paper for all, or one after the other here.
async fn promise(tx: &Tx, id: BulkOrderId, verb: BulkVerb) -> Result<()> {
    match verb {
        BulkVerb::Issue | BulkVerb::Correct => tx.promise(&WorkBulk { order: id }).await.map(drop),
        BulkVerb::Print => tx.promise(&BulkPrint { order: id }).await.map(drop),
        BulkVerb::Send => queries::promise_each::<BulkText>(tx, id).await,
        // Reminders were promised with the reminder itself.
        BulkVerb::Remind => Ok(()),
    }
}

/// What the gateway refused goes out again; what was skipped is looked at anew. What still can't be reminded of stays
/// failed.
async fn remind_again(tx: &Tx, id: BulkOrderId) -> Result<u64> {
    let (stage, failed) = queries::failed_reminders(tx, id).await?;
    let before: Vec<_> = failed.iter().filter_map(|one| one.reminder).collect();
    let again = reminders::again(tx, &before).await?;
    let skipped: Vec<_> = failed
        .iter()
        .filter(|one| one.reminder.is_none_or(|reminder| !again.contains(&reminder)))
        .map(|one| (one.contract, one.invoice))
        .collect();
    let anew = reminders::chosen::order(tx, &skipped, stage).await?;
    let waits = failed.iter().filter_map(|one| {
        let kept = one.reminder.filter(|reminder| again.contains(reminder));
        Some((one.item, kept.or_else(|| anew.get(&one.invoice).copied())?))
    });
    queries::remind_again(tx, &waits.collect::<Vec<_>>()).await
}

fn check_stage(new: &NewBulkOrder, checks: &mut Checks) -> Result<()> {
    let fits = |stage| new.verb == BulkVerb::Remind && (1..=STAGES).contains(&stage);
    checks.that(new.stage.is_none_or(fits), "stage", "not-a-choice");
    std::mem::take(checks).done()
}

fn of_contracts(chosen: &[Chosen]) -> Vec<(domain::ContractId, InvoiceId)> {
    chosen.iter().map(|one| (one.contract, one.id)).collect()
}

fn reminders_cost(tx: &Tx, parts: &HashMap<InvoiceId, i64>) -> Result<BulkTexts> {
    let (parts, today) = (parts.values().sum(), tx.clock().today());
    Ok(BulkTexts { parts, price: reminder::cost(1, today), cost: reminder::cost(parts, today) })
}

/// Which of the chosen invoices an order is done to.
struct Choice {
    fit: Vec<Chosen>,
    left_out: BTreeMap<LeftOut, i64>,
    /// What the texts of reminders are charged as, by the bill that stands for its contract's.
    parts: HashMap<InvoiceId, i64>,
}

/// Of the chosen invoices those that the verb can be done to, and why not to how many of the others.
async fn choose(tx: &Tx, new: &NewBulkOrder) -> Result<Choice> {
    let most = new.verb.most();
    let chosen = queries::chosen(tx, &new.filter, most + 1).await?;
    if i64::try_from(chosen.len()).expect("thousands at most") > most {
        return Err(Conflict::new("BULK_TOO_MANY").with("most", most).into());
    }
    let today = tx.clock().today();
    let (mut fit, mut left_out) = (Vec::with_capacity(chosen.len()), BTreeMap::new());
    for invoice in chosen {
        match bulk::fits(new.verb, &invoice.facts()?, today) {
            Ok(()) => fit.push(invoice),
            Err(why) => *left_out.entry(why).or_insert(0) += 1,
        }
    }
    let mut parts = HashMap::new();
    if new.verb == BulkVerb::Remind && !fit.is_empty() {
        let reminding = reminders::chosen::look(tx, &of_contracts(&fit), new.stage).await?;
        for why in reminding.left_out.values() {
            *left_out.entry(*why).or_insert(0) += 1;
        }
        fit.retain(|one| !reminding.left_out.contains_key(&one.id));
        parts = reminding.parts;
    }
    Ok(Choice { fit, left_out, parts })
}

fn recipient(verb: BulkVerb, chosen: &Chosen, parts: &HashMap<InvoiceId, i64>) -> BulkRecipient {
    BulkRecipient {
        invoice_id: chosen.id,
        code: chosen.code.clone(),
        customer_name: chosen.customer_name.clone(),
        units: chosen.units.clone(),
        phone: chosen.phone.clone(),
        amount: if verb.sends() { chosen.balance() } else { chosen.total },
        parts: parts.get(&chosen.id).and_then(|parts| i32::try_from(*parts).ok()),
    }
}

/// Why an item failed, for people: a reason of ours, or that of a conflict.
fn sentence(lang: base::Lang, reason: &str, facts: &[(String, String)]) -> String {
    let word = reason.to_ascii_lowercase().replace('_', "-");
    let ours = format!("bulk-why-{word}");
    let key = if words::has(lang, &ours) { ours } else { format!("conflict-{word}") };
    if !words::has(lang, &key) {
        return reason.to_owned();
    }
    // The names of a conflict's facts are few and known, and the catalogue wants names that live on.
    const NAMES: [&str; 9] = ["code", "left", "open", "from", "to", "paid", "month", "most", "why"];
    let fact = |name: &'static str| {
        let value = facts.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        (name, value.unwrap_or_default().into())
    };
    say(lang, &key, &NAMES.map(fact)).into_owned()
}
