//! A company that comes to Spacehub by itself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A company and its director.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewRegistration {
    pub company_name: String,
    /// Seven digits, as the state register gives them.
    pub register_no: String,
    pub director_name: String,
    pub email: String,
    /// 8 to 128 characters.
    pub password: String,
    /// Where the confirmation's link leads in the end: a path of the web app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_path: Option<String>,
}

/// The same for everybody: a letter is on its way, and only that letter says more.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationView {
    pub email: String,
}
