//! The owner's bank accounts: those that tenants are told to pay to, and those whose statements are read.

mod queries;
mod routes;

use base::{Checks, Conflict, Error, OnConstraint, Result, Slice, Tx, audit::Note};
use domain::{
    BankAccountId,
    bank::{BadNumber, account_number, masked},
    rights::Action,
};
use serde_json::json;
use wire::banks::{BankAccountChange, BankAccountView, NewBankAccount};

pub use self::queries::{Account, by_number, find, lock};

pub fn slice() -> Slice {
    Slice::new("bank-accounts").routes(routes::routes())
}

/// Every account, in the order they were registered.
pub async fn list(tx: &Tx) -> Result<Vec<BankAccountView>> {
    tx.allow(Action::ReadPayments)?;
    queries::list(tx).await
}

/// Registers an account; without a holder it is the owner's own.
pub async fn create(tx: &Tx, new: &NewBankAccount) -> Result<BankAccountView> {
    tx.allow(Action::EditOwner)?;
    tx.owner().await?;
    let mut checks = Checks::new();
    let number = match account_number(&new.number) {
        Ok(number) => number,
        Err(why) => {
            let problem = if why == BadNumber::CheckDigits { "bank-iban" } else { "bank-account-number" };
            checks.note("number", problem);
            String::new()
        }
    };
    let currency = new.currency.as_deref().unwrap_or("MNT");
    checks.that(currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()), "currency", "bad-format");
    if let Some(holder) = &new.holder {
        checks.text("holder", holder, HOLDER);
    }
    checks.done()?;
    let id = BankAccountId::new();
    let holder = new.holder.as_deref().map(str::trim).filter(|holder| !holder.is_empty());
    queries::insert(tx, id, new, &number, currency, holder).await.on_constraint("bank_accounts_once", || {
        Conflict::new("BANK_ACCOUNT_THERE").with("number", number.clone()).into()
    })?;
    let after = json!({ "bank": new.bank, "number": masked(&number), "currency": currency, "shown": new.shown });
    tx.audit("bank_account.create", id.0, &after).await?;
    queries::view(tx, id).await
}

/// Gives an account another holder's name, or says whether tenants are told to pay to it.
pub async fn edit(tx: &Tx, id: BankAccountId, change: &BankAccountChange) -> Result<BankAccountView> {
    tx.allow(Action::EditOwner)?;
    Checks::new().name("holder", &change.holder, HOLDER).done()?;
    let before = lock(tx, id).await?.ok_or(Error::NotFound("bank-account"))?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    queries::save(tx, id, change.holder.trim(), change.shown).await?;
    let told = |holder: &str, shown: bool| Some(json!({ "holder": holder, "shown": shown }));
    tx.note(Note {
        action: "bank_account.edit",
        id: Some(id.0),
        before: told(&before.holder, before.shown),
        after: told(change.holder.trim(), change.shown),
        reason: None,
    })
    .await?;
    queries::view(tx, id).await
}

/// The most letters of a holder's name.
const HOLDER: usize = 200;
