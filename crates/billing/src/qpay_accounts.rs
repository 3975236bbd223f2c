//! The account an owner has at QPay, sealed with the server's key: only jobs of that owner open it.

use base::{Actor, App, Checks, Error, Json, Refusals, Result, Slice, Tx};
use domain::{OwnerId, rights::Action};
use providers::{Secret, qr_payments::QrMerchant};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use wire::qpay::{NewQpayAccount, QpayAccountView};

pub fn slice() -> Slice {
    Slice::new("qpay-account").routes(OpenApiRouter::<App>::new().routes(routes!(show, connect)))
}

/// The owner's account at QPay, without its password.
#[utoipa::path(get, path = "/v2/qpay-account", operation_id = "getQpayAccount", tag = "qpay-account",
    responses((status = 200, body = QpayAccountView), Refusals))]
async fn show(actor: Actor) -> Result<Json<QpayAccountView>> {
    let account = actor
        .transact(async |tx| {
            tx.allow(Action::EditOwner)?;
            find(tx).await
        })
        .await?;
    let (username, invoice_code) = account.map(|account| (account.username, account.invoice_code)).unzip();
    Ok(Json(QpayAccountView { username, invoice_code }))
}

/// Connects the owner's account at QPay, in place of the one before.
#[utoipa::path(put, path = "/v2/qpay-account", operation_id = "connectQpayAccount", tag = "qpay-account",
    request_body = NewQpayAccount, responses((status = 200, body = QpayAccountView), Refusals))]
async fn connect(actor: Actor, Json(new): Json<NewQpayAccount>) -> Result<Json<QpayAccountView>> {
    Checks::new()
        .name("username", &new.username, 100)
        .name("password", &new.password, 200)
        .name("invoiceCode", &new.invoice_code, 100)
        .done()?;
    let account = QrMerchant {
        username: new.username.trim().to_owned(),
        password: Secret::new(new.password),
        invoice_code: new.invoice_code.trim().to_owned(),
    };
    actor.transact(async |tx| set(tx, &account).await).await?;
    Ok(Json(QpayAccountView { username: Some(account.username), invoice_code: Some(account.invoice_code) }))
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sealed {
    username: String,
    password: String,
    invoice_code: String,
}

/// Keeps the owner's account, in place of the one before.
pub async fn set(tx: &Tx, account: &QrMerchant) -> Result<()> {
    tx.allow(Action::EditOwner)?;
    let owner = tx.owner().await?;
    let plain = Sealed {
        username: account.username.clone(),
        password: account.password.reveal().to_owned(),
        invoice_code: account.invoice_code.clone(),
    };
    let plain = serde_json::to_vec(&plain).map_err(|error| Error::Internal(error.to_string()))?;
    tx.touch(
        "insert into provider_accounts (id, provider, sealed) values ($1, 'qpay', $2)
         on conflict (owner_id, provider) do update set sealed = excluded.sealed, updated_at = now()",
        &[&Uuid::now_v7(), &tx.app().key.seal(&place(owner), &plain)],
    )
    .await?;
    tx.audit("qpay_account.set", owner.0, &json!({ "invoiceCode": account.invoice_code })).await
}

/// The owner's account, if there is one.
pub async fn find(tx: &Tx) -> Result<Option<QrMerchant>> {
    let owner = tx.owner().await?;
    let row = tx.maybe("select sealed from provider_accounts where provider = 'qpay'", &[]).await?;
    let Some(row) = row else { return Ok(None) };
    let plain = tx.app().key.open(&place(owner), row.get("sealed"));
    let plain = plain.map_err(|error| Error::Internal(format!("the QPay account of {owner}: {error}")))?;
    let Sealed { username, password, invoice_code } =
        serde_json::from_slice(&plain).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Some(QrMerchant { username, password: Secret::new(password), invoice_code }))
}

/// Sealed for one owner: in another's row it does not open.
fn place(owner: OwnerId) -> String {
    format!("provider_accounts/{owner}/qpay")
}
