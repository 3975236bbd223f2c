//! The doors under /v2/bank-statements and /v2/imports/statements.

use std::collections::BTreeMap;

use base::{Actor, App, Error, Json, Query, Refusals, Result};
use bytes::Bytes;
use sheets::{columns::Mapping, statement::Field};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page,
    banks::{BankStatementView, StatementFilter, StatementOrder, StatementReport},
};

use super::Order;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(import))
}

/// The statements that were taken in, the newest first.
#[utoipa::path(get, path = "/v2/bank-statements", operation_id = "listBankStatements", tag = "bank-statements",
    params(StatementFilter), responses((status = 200, body = Page<BankStatementView>), Refusals))]
async fn list(actor: Actor, Query(filter): Query<StatementFilter>) -> Result<Json<Page<BankStatementView>>> {
    actor.transact(async |tx| super::list(tx, &filter).await).await.map(Json)
}

/// Takes in a statement of an account: an XLSX, XLS or CSV as the body. Lines that are known already change nothing.
#[utoipa::path(post, path = "/v2/imports/statements", operation_id = "importStatement", tag = "imports",
    params(StatementOrder), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = StatementReport), Refusals))]
async fn import(actor: Actor, Query(order): Query<StatementOrder>, body: Bytes) -> Result<Json<StatementReport>> {
    let order = Order {
        account: order.account_id,
        mapping: order.mapping.as_deref().map(mapping).transpose()?.unwrap_or_default(),
        file_name: order.file_name.unwrap_or_default(),
        bytes: body,
        dry_run: order.dry_run,
    };
    super::import(&actor, &order).await.map(Json)
}

/// `{"amount": "C", "balance": null}`: the columns that a person has named.
pub fn mapping(json: &str) -> Result<Mapping<Field>> {
    let wrong = || Error::field("mapping", "bad-format");
    let named: BTreeMap<String, Option<String>> = serde_json::from_str(json).map_err(|_| wrong())?;
    let mut mapping = Mapping::default();
    for (field, letters) in named {
        let column = letters.filter(|letters| !letters.is_empty()).map(|letters| letters.parse()).transpose();
        mapping.columns.insert(field.parse().map_err(|_| wrong())?, column.map_err(|_| wrong())?);
    }
    Ok(mapping)
}
