//! The page behind an invoice's link: one invoice, whole, for whoever holds its token, and the click that asks for a QR.

mod queries;
mod routes;

use base::{Actor, Credential, Error, Result, Slice, Tx, secrets::TokenHash};
use domain::rights::Action;
use wire::links::LinkedInvoice;

use crate::{intents, receipts};

pub fn slice() -> Slice {
    Slice::new("links").routes(routes::routes())
}

/// The holder of a link, whoever else they may be signed in as; a text that can't be a token is no link.
fn holder(actor: &Actor, token: &str) -> Result<Actor> {
    let looks_right = token.len() == 22 && token.bytes().all(|b| b.is_ascii_alphanumeric());
    if !looks_right {
        return Err(Error::NotFound("link"));
    }
    Ok(actor.with(Credential::Link(TokenHash::of(token))))
}

/// The invoice as its tenant sees it. Looking has two effects, both promised: a QR that was perhaps paid meanwhile is
/// checked, and a lottery number that was shown is soon forgotten.
pub async fn view(tx: &Tx) -> Result<LinkedInvoice> {
    tx.allow(Action::ReadInvoices)?;
    let now = tx.clock().now();
    let page = queries::page(tx).await?;
    if let Some(intent) = page.intent.as_ref().filter(|intent| intents::wants_check(intent, page.balance(), now)) {
        intents::promise_check(tx, intent.view.id).await?;
    }
    for receipt in &page.first_shown {
        tx.promise(&receipts::ReceiptShown { receipt: *receipt }).await?;
    }
    Ok(page.shown())
}
