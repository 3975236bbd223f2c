//! Single bills that somebody chose to be reminded of: they go the way of all reminders, so nobody is reminded twice.

use std::collections::{HashMap, HashSet};

use base::{Conflict, Result, Tx};
use domain::{ContractId, InvoiceId, ReminderId, bulk::LeftOut, reminder};
use wire::arrears::ReminderPassedOverBecause;

use super::{
    due::{self, Bill, Due, Overdue},
    orders, promises, settings, texts,
};

/// What comes of reminding of chosen bills.
pub(crate) struct Reminding {
    /// What each reminder is charged as, by the bill that its text is counted with: one text a contract.
    pub parts: HashMap<InvoiceId, i64>,
    /// The bills that are not reminded of.
    pub left_out: HashMap<InvoiceId, LeftOut>,
}

/// What reminding of these bills would do; nothing is written.
pub(crate) async fn look(tx: &Tx, of: &[(ContractId, InvoiceId)], stage: Option<i16>) -> Result<Reminding> {
    let settings = settings::read(tx).await?;
    let bills = overdue(tx, of).await?;
    let (due, left_out) = choose(tx, &bills, of, stage, settings.days).await?;
    let mut parts = HashMap::with_capacity(due.len());
    for one in &due {
        let text = texts::text(tx.app(), &settings.template(one.stage), &one.of.told(&settings))
            .map_err(|_| Conflict::new("REMINDER_TEXT"))?;
        parts.insert(one.anew[0].0, text.parts());
    }
    Ok(Reminding { parts, left_out })
}

/// Orders the reminders of these bills; gives which reminder tells of which bill.
pub(crate) async fn order(
    tx: &Tx,
    of: &[(ContractId, InvoiceId)],
    stage: Option<i16>,
) -> Result<HashMap<InvoiceId, ReminderId>> {
    let settings = settings::read(tx).await?;
    let bills = overdue(tx, of).await?;
    let (due, _) = choose(tx, &bills, of, stage, settings.days).await?;
    if due.is_empty() {
        return Ok(HashMap::new());
    }
    let (_, reminders) = orders::write(tx, &due, true).await?;
    let told = reminders.iter().zip(&due);
    Ok(told.flat_map(|(reminder, one)| one.anew.iter().map(|(invoice, _)| (*invoice, *reminder))).collect())
}

/// All that is overdue of the bills' contracts, for that is what the text tells.
async fn overdue(tx: &Tx, of: &[(ContractId, InvoiceId)]) -> Result<Vec<Bill>> {
    let contracts: Vec<ContractId> = of.iter().map(|(contract, _)| *contract).collect();
    due::overdue(tx, Some(&contracts)).await
}

/// A bill that has reached no stage yet is reminded of at the first: somebody asked for it.
async fn choose<'a>(
    tx: &Tx,
    bills: &'a [Bill],
    of: &[(ContractId, InvoiceId)],
    stage: Option<i16>,
    days: [i32; 3],
) -> Result<(Vec<Due<'a>>, HashMap<InvoiceId, LeftOut>)> {
    let chosen: HashSet<InvoiceId> = of.iter().map(|(_, invoice)| *invoice).collect();
    let mut left_out: HashMap<InvoiceId, LeftOut> =
        chosen.iter().map(|invoice| (*invoice, LeftOut::NotOverdue)).collect();
    let overdue = Overdue::of_contracts(bills);
    let contracts: Vec<ContractId> = overdue.iter().map(|one| one.oldest.contract).collect();
    let promised = promises::holding(tx, &contracts).await?;
    let mut due = Vec::new();
    for one in overdue {
        let (holds, of_contract) = (promised.contains(&one.oldest.contract), one.bills.clone());
        let stage_of = |bill: &Bill| match chosen.contains(&bill.invoice) {
            true => stage.unwrap_or_else(|| reminder::reached(bill.days_late, days).max(1)),
            false => 0,
        };
        let mut why = LeftOut::Reminded;
        match one.due_at(stage_of, holds) {
            Ok(one) => due.push(one),
            Err(ReminderPassedOverBecause::Promised) => why = LeftOut::Promised,
            Err(ReminderPassedOverBecause::NoPhone) => why = LeftOut::NoPhone,
            Err(_) => {}
        }
        left_out
            .extend(of_contract.iter().filter(|bill| chosen.contains(&bill.invoice)).map(|bill| (bill.invoice, why)));
    }
    for (invoice, _) in due.iter().flat_map(|one| &one.anew) {
        left_out.remove(invoice);
    }
    Ok((due, left_out))
}
