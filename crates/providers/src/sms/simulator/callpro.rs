//! CallPro's wire: JSON, a key in a header, and a look-up by the caller's own id.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Arriving, Delivery, Simulator,
    special::{Voice, Why},
};

pub fn router() -> Router<Simulator> {
    Router::new()
        .route("/v1/sms/send", post(send))
        .route("/v1/sms/{id}", get(detail))
        .route("/v1/sms/tenant/daily", get(daily))
}

async fn send(State(simulator): State<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    if !simulator.knows(&headers) {
        return error(StatusCode::UNAUTHORIZED, "Unauthorized");
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else { return issues("body") };
    let field = |name: &str| match body.get(name) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let (Some(from), Some(to), Some(text)) = (field("from"), field("to"), field("text")) else {
        return issues("from, to, text");
    };
    if !simulator.0.settings.callpro_senders.contains(&from) {
        return error(StatusCode::NOT_FOUND, "Sender not found");
    }
    let Some(number) = domain::text::phone(&to) else { return issues("to") };
    let unique_id = field("unique_id").or_else(|| Some(uuid::Uuid::now_v7().to_string()));
    let text = Arriving { number, from, gateway: "callpro", text, unique_id };
    let refused = |why| match why {
        Why::Closed => error(StatusCode::PAYMENT_REQUIRED, "Payment not paid"),
        Why::Blocked => error(StatusCode::FORBIDDEN, "Blocked number"),
        Why::WrongWords => Json(json!({"error": "failed"})).into_response(),
        Why::Link => error(StatusCode::BAD_REQUEST, "Unverified link"),
    };
    let voice = Voice {
        accepted: |message| Json(json!({"status": "queued", "message_id": message.id})).into_response(),
        refused,
    };
    simulator.take(text, voice).await
}

async fn detail(State(simulator): State<Simulator>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    if !simulator.knows(&headers) {
        return error(StatusCode::UNAUTHORIZED, "Unauthorized");
    }
    simulator.0.moods.dawdle(crate::sandbox::Provider::Sms).await;
    let found = simulator.messages().iter().find(|message| message.id == id).cloned();
    let Some(message) = found else { return error(StatusCode::NOT_FOUND, "Message detail not found") };
    let delivery = message.delivery(Timestamp::now());
    let mut events = vec![json!({"event_type": "QUEUED", "created_at": message.sent_at})];
    match delivery {
        Delivery::Accepted => {}
        Delivery::Delivered => events.push(json!({
            "event_type": "DELIVERED", "created_at": message.delivered_at,
            "send_result": "0: Accepted for delivery", "delivered_status": true,
        })),
        Delivery::Undelivered => events.push(json!({
            "event_type": "UNDELIVERED", "created_at": message.sent_at, "delivered_status": false,
        })),
    }
    Json(json!({
        "uniqueId": message.id,
        "messageCount": message.parts,
        "delivered": delivery == Delivery::Delivered,
        "messages": [{
            "to": message.number, "from": message.from, "text": message.text, "direction": "out",
            "created_at": message.sent_at, "events": events,
        }],
    }))
    .into_response()
}

async fn daily(State(simulator): State<Simulator>, headers: HeaderMap) -> Response {
    if !simulator.knows(&headers) {
        return (StatusCode::FORBIDDEN, Json(json!({"reason": "Unauthorized"}))).into_response();
    }
    Json(json!({"balance": 3200, "current": 800, "status": "success", "total_message": 4000})).into_response()
}

impl Simulator {
    fn knows(&self, headers: &HeaderMap) -> bool {
        headers.get("x-api-key").is_some_and(|key| key == self.0.settings.callpro_key.as_str())
    }
}

fn error(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({"error": error}))).into_response()
}

fn issues(what: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({"issues": [what]}))).into_response()
}
