//! The account that an owner has at QPay. Its password goes in and never comes out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The account as QPay gave it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewQpayAccount {
    #[schema(min_length = 1, max_length = 100)]
    pub username: String,
    #[schema(min_length = 1, max_length = 200)]
    pub password: String,
    #[schema(min_length = 1, max_length = 100, example = "ALTAN_TOWER_INVOICE")]
    pub invoice_code: String,
}

/// Whether there is one, and which.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QpayAccountView {
    /// Null while none is connected.
    pub username: Option<String>,
    pub invoice_code: Option<String>,
}
