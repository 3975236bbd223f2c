//! Bulk orders: one thing done to many invoices. An order holds an item for each, which waits, is done or has failed with
//! its reason; workers do them in batches, and what failed is tried again alone.
//!
//! Issuing and correcting is done here. Texts and papers are news for those above, who say of each item how it ended.

mod queries;
mod routes;
mod work;

use std::collections::BTreeMap;

use base::{Checks, Conflict, Error, Result, Slice, Tx};
use domain::{
    BulkOrderId, Money,
    bulk::{self, BulkVerb, LeftOut},
    rights::Action,
};
use serde_json::json;
use wire::bulk::{BulkLeftOut, BulkOrderView, BulkPreview, BulkRecipient, NewBulkOrder};
use words::say;

pub use self::queries::{Chosen, Ended, Paper, end, invoices_of, lock_item, paper_key, save_paper};
use self::{queries::NewRow, work::WorkBulk};
use crate::news::{BulkPrint, BulkText};

pub fn slice() -> Slice {
    Slice::new("bulk orders").routes(routes::routes()).job::<WorkBulk>()
}

/// Recipients that a preview names.
const NAMED: usize = 200;

/// What an order would do, and the invoices that it would be done to; what texts cost is known above.
pub async fn preview(tx: &Tx, new: &NewBulkOrder) -> Result<(BulkPreview, Vec<Chosen>)> {
    tx.allow(Action::EditInvoices)?;
    let (fit, left_out) = choose(tx, new).await?;
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
        recipients: fit.iter().take(NAMED).map(|chosen| recipient(new.verb, chosen)).collect(),
        phones: i64::try_from(phones.len()).expect("no more than invoices"),
        texts: None,
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
    checks.done()?;
    let (fit, _) = choose(tx, new).await?;
    let count = i64::try_from(fit.len()).expect("thousands at most");
    if fit.is_empty() {
        return Err(Conflict::new("BULK_NOTHING_TO_DO").into());
    }
    if let Some(expected) = new.expected_count.filter(|expected| *expected != count) {
        return Err(Conflict::new("BULK_CHANGED").with("expected", expected).with("now", count).into());
    }
    let id = BulkOrderId::new();
    let total = Money::sum(fit.iter().map(|chosen| chosen.total))?;
    queries::insert(tx, &NewRow { id, verb: new.verb, reason, total, asked: json!(new.filter), invoices: &fit })
        .await?;
    tx.audit("bulk_order.make", id.0, &json!({ "verb": new.verb, "count": count, "total": total })).await?;
    promise(tx, id, new.verb).await?;
    find(tx, id).await
}

/// Has what failed done again.
pub async fn retry(tx: &Tx, id: BulkOrderId) -> Result<BulkOrderView> {
    tx.allow(Action::EditInvoices)?;
    let verb = queries::verb(tx, id).await?.ok_or(Error::NotFound("bulk order"))?;
    let count = queries::wait_again(tx, id).await?;
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
        BulkVerb::Send | BulkVerb::Remind => queries::promise_each::<BulkText>(tx, id).await,
    }
}

/// Of the chosen invoices those that the verb can be done to, and why not to how many of the others.
async fn choose(tx: &Tx, new: &NewBulkOrder) -> Result<(Vec<Chosen>, BTreeMap<LeftOut, i64>)> {
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
    Ok((fit, left_out))
}

fn recipient(verb: BulkVerb, chosen: &Chosen) -> BulkRecipient {
    BulkRecipient {
        invoice_id: chosen.id,
        code: chosen.code.clone(),
        customer_name: chosen.customer_name.clone(),
        units: chosen.units.clone(),
        phone: chosen.phone.clone(),
        amount: if verb.sends() { chosen.balance() } else { chosen.total },
        parts: None,
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
