//! Telephones and browsers that take push messages.

use base::{Actor, App, Checks, Json, Refusals, Result, Slice, Tx};
use domain::{DeviceId, rights::Action};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::devices::{DeviceView, NewDevice, Platform};

pub fn slice() -> Slice {
    Slice::new("devices").routes(OpenApiRouter::<App>::new().routes(routes!(register_door)))
}

/// Registers this device for push messages; the same token again only says that it is still there.
#[utoipa::path(post, path = "/v2/devices", operation_id = "registerDevice", tag = "devices", request_body = NewDevice,
    responses((status = 201, body = DeviceView), Refusals))]
async fn register_door(actor: Actor, Json(new): Json<NewDevice>) -> Result<(StatusCode, Json<DeviceView>)> {
    let mut checks = Checks::new();
    checks.name("fcm_token", &new.fcm_token, 4096).done()?;
    let device = actor.transact(async |tx| register(tx, &new).await).await?;
    Ok((StatusCode::CREATED, Json(device)))
}

/// Notes the device as seen now.
pub async fn register(tx: &Tx, new: &NewDevice) -> Result<DeviceView> {
    tx.allow(Action::RegisterDevice)?;
    let (id, now, platform) = (DeviceId::new(), tx.clock().now(), word(new.platform));
    let row = tx
        .one(
            "insert into devices as d (id, user_id, fcm_token, platform, last_seen_at)
             values ($1, app_user_id(), $2, $3, $4)
             on conflict (user_id, fcm_token) do update set last_seen_at = excluded.last_seen_at, platform = excluded.platform
             returning d.id",
            &[&id, &new.fcm_token, &platform, &now],
        )
        .await?;
    let id: DeviceId = row.get("id");
    tx.audit("device.register", id.0, &serde_json::json!({ "platform": platform })).await?;
    Ok(DeviceView { id, platform: new.platform, last_seen_at: now })
}

fn word(platform: Platform) -> &'static str {
    match platform {
        Platform::Android => "android",
        Platform::Ios => "ios",
        Platform::Web => "web",
    }
}
