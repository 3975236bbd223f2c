//! Telephones and browsers that take push messages; the seed writes `fcm_token` with an underscore, so do we.

use domain::DeviceId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Registers this device for push messages.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    /// What Firebase gave the app; at most 4096 characters.
    #[schema(min_length = 1, max_length = 4096)]
    pub fcm_token: String,
    pub platform: Platform,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    Android,
    Ios,
    Web,
}

/// A registered device.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeviceView {
    pub id: DeviceId,
    pub platform: Platform,
    pub last_seen_at: Timestamp,
}
