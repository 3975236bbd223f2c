//! How accounts are read at their banks: what is signed in with is sealed for one account, and every hour the bank is
//! asked what is new. Read only by design.

mod poll;
mod queries;
mod routes;
mod sealed;

use base::{
    Checks, Error, Result, Slice, Tx,
    cron::{Cron, Schedule},
};
use domain::{
    BankAccountId,
    bank::{Bank, ConnectionStatus},
    rights::Action,
};
use providers::{Secret, banks::Login};
use serde_json::json;
use wire::banks::{ConnectionView, NewBankConnection};

pub use self::poll::{PollAccount, PollAccounts};
use crate::accounts;

pub fn slice() -> Slice {
    let clock = Cron::new("statement.poll", Schedule::Hourly, async |app, _| {
        base::cron::promise_to_owners(&app, None, &PollAccounts {}).await
    });
    Slice::new("bank-connections").routes(routes::routes()).job::<PollAccounts>().job::<PollAccount>().cron(clock)
}

/// Keeps what the bank gave for an account, in place of what was there, and promises to try it.
pub async fn connect(tx: &Tx, id: BankAccountId, new: &NewBankConnection) -> Result<ConnectionView> {
    tx.allow(Action::EditOwner)?;
    let account = accounts::lock(tx, id).await?.ok_or(Error::NotFound("bank-account"))?;
    let login = login(account.bank, new)?;
    let owner = tx.owner().await?;
    queries::keep(tx, id, &sealed::seal(tx, owner, id, &login)?).await?;
    tx.audit("bank_account.connect", id.0, &json!({ "bank": account.bank })).await?;
    tx.promise(&PollAccount { account: id }).await?;
    queries::view(tx, id).await?.ok_or(Error::NotFound("bank-account"))
}

/// Forgets what an account was read with; what was read stays.
pub async fn disconnect(tx: &Tx, id: BankAccountId) -> Result<()> {
    tx.allow(Action::EditOwner)?;
    accounts::lock(tx, id).await?.ok_or(Error::NotFound("bank-account"))?;
    if queries::forget(tx, id).await? {
        tx.audit("bank_account.disconnect", id.0, &json!({})).await?;
    }
    Ok(())
}

/// Asks the bank again now, also where it has refused before; the answer stands on the account a moment later.
pub async fn test(tx: &Tx, id: BankAccountId) -> Result<ConnectionView> {
    tx.allow(Action::EditOwner)?;
    accounts::lock(tx, id).await?.ok_or(Error::NotFound("bank-account"))?;
    queries::view(tx, id).await?.ok_or(Error::NotFound("bank-account"))?;
    queries::stand(tx, id, ConnectionStatus::Untested, "").await?;
    tx.audit("bank_account.test", id.0, &json!({})).await?;
    tx.promise(&PollAccount { account: id }).await?;
    queries::view(tx, id).await?.ok_or(Error::NotFound("bank-account"))
}

/// What a bank's client signs in with, out of what was typed.
fn login(bank: Bank, new: &NewBankConnection) -> Result<Login> {
    let mut checks = Checks::new();
    checks.name("key", &new.key, 200).name("secret", &new.secret, 200);
    let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let (key, secret) = (new.key.trim().to_owned(), Secret::new(new.secret.clone()));
    let login = match bank {
        Bank::Khan => Login::Khan { key, secret },
        Bank::Tdb => Login::Tdb { client_id: key, client_secret: secret },
        Bank::Golomt => {
            let (session_key, iv_key, register_no) =
                (text(&new.session_key), text(&new.iv_key), text(&new.register_no));
            checks.that(matches!(session_key.len(), 16 | 24 | 32), "sessionKey", "bank-session-key");
            checks.that(iv_key.len() == 16, "ivKey", "bank-iv-key");
            checks.name("registerNo", &register_no, 20);
            Login::Golomt {
                name: key,
                password: secret,
                session_key: Secret::new(session_key),
                iv_key: Secret::new(iv_key),
                register_no,
                client_id: text(&new.client_id),
            }
        }
        Bank::Other => return Err(Error::field("key", "bank-not-asked")),
    };
    checks.done()?;
    Ok(login)
}
