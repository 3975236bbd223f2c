//! A company that is new here, and the director who signs it up.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Registers an owner with its first director; the address is proven by a letter.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewOwnerAccount {
    /// Seven digits.
    #[schema(min_length = 7, max_length = 7, example = "6112233")]
    pub register_no: String,
    #[schema(min_length = 1, max_length = 200)]
    pub company_name: String,
    /// The director's.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[schema(max_length = 320)]
    pub email: String,
    #[schema(min_length = 8, max_length = 128)]
    pub password: String,
}
