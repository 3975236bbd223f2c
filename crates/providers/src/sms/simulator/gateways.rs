//! The operators' own gateways: GET, a short text for an answer, an account known by name and address.

use std::collections::HashMap;

use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

use super::{
    Arriving, Simulator,
    special::{Voice, Why},
};
use crate::{
    sms::routing::Operator,
    text_messages::{Encoding, segments},
};

pub fn router() -> Router<Simulator> {
    Router::new()
        .route("/smsmt/mt", get(mobicom))
        .route("/sendSMS.php", get(unitel))
        .route("/SMSGW-war/pushsms", get(skytel_latin))
        .route("/SMSGW-war/unicode", get(skytel_unicode))
        .route("/cgi-bin/sendsms", get(gmobile))
        .route("/apiSend", get(web2sms))
}

type Words = Query<HashMap<String, String>>;

async fn mobicom(State(simulator): State<Simulator>, Query(words): Words) -> Response {
    let said = |text: &'static str| text.into_response();
    let known = word(&words, "username") == simulator.0.settings.username && words.contains_key("servicename");
    if !known || simulator.switches().unknown_address || !simulator.sender(word(&words, "from")) {
        return said("Not sent: Authentication failed");
    }
    let to = word(&words, "to");
    let number = if to.len() == 11 { to.strip_prefix("976").unwrap_or(to) } else { to };
    if simulator.0.routing.known(number) != Some(Operator::Mobicom) || !is_number(number) {
        return said("Not sent: Invalid number");
    }
    if word(&words, "msg").chars().count() > 160 {
        return said("Not sent: Message too long");
    }
    let text = simulator.arriving(&words, Operator::Mobicom, number, word(&words, "msg"));
    let refused = |why| match why {
        Why::Closed => "Not sent: Authentication failed",
        Why::Blocked => "Not sent: Blocked number",
        Why::WrongWords => "Not sent: Time limit exceeded",
        Why::Link => "Not sent: Link is not allowed",
    };
    let voice = Voice { accepted: |_| "Sent".into_response(), refused: |why| refused(why).into_response() };
    simulator.take(text, voice).await
}

async fn unitel(State(simulator): State<Simulator>, Query(words): Words) -> Response {
    let settings = &simulator.0.settings;
    let known = word(&words, "uname") == settings.username && word(&words, "upass") == settings.password;
    if !known || simulator.switches().unknown_address || !simulator.sender(word(&words, "from")) {
        return "error1".into_response();
    }
    let number = word(&words, "mobile");
    if simulator.0.routing.known(number) != Some(Operator::Unitel) || !is_number(number) {
        return "error2".into_response();
    }
    let text = simulator.arriving(&words, Operator::Unitel, number, word(&words, "sms"));
    let refused = |why| match why {
        Why::Closed => "error1",
        Why::Blocked | Why::WrongWords => "error2",
        Why::Link => "error3",
    };
    let voice = Voice { accepted: |_| "SUCCESS".into_response(), refused: |why| refused(why).into_response() };
    simulator.take(text, voice).await
}

async fn skytel_latin(State(simulator): State<Simulator>, Query(words): Words) -> Response {
    let text = latin(word(&words, "text"));
    skytel(simulator, &words, &text).await
}

async fn skytel_unicode(State(simulator): State<Simulator>, Query(words): Words) -> Response {
    let text = word(&words, "text").to_owned();
    skytel(simulator, &words, &text).await
}

async fn skytel(simulator: Simulator, words: &HashMap<String, String>, text: &str) -> Response {
    let known = word(words, "id") == simulator.0.settings.skytel_id;
    if !known || simulator.switches().unknown_address || !simulator.sender(word(words, "src")) {
        return "202".into_response();
    }
    let number = word(words, "dest");
    if !is_number(number) {
        return "103".into_response();
    }
    if simulator.0.routing.known(number) != Some(Operator::Skytel) {
        return "206".into_response();
    }
    let refused = |why| match why {
        Why::Closed => "203",
        Why::Blocked | Why::WrongWords => "103",
        Why::Link => "207",
    };
    let text = simulator.arriving(words, Operator::Skytel, number, text);
    let voice = Voice { accepted: |_| "OK".into_response(), refused: |why| refused(why).into_response() };
    simulator.take(text, voice).await
}

async fn gmobile(State(simulator): State<Simulator>, Query(words): Words) -> Response {
    let forbidden = || (StatusCode::FORBIDDEN, "Authorization failed for sendsms").into_response();
    let settings = &simulator.0.settings;
    let known = word(&words, "username") == settings.username && word(&words, "password") == settings.password;
    if !known || simulator.switches().unknown_address || !simulator.sender(word(&words, "from")) {
        return forbidden();
    }
    let number = word(&words, "to");
    if simulator.0.routing.known(number) != Some(Operator::Gmobile) || !is_number(number) {
        return (StatusCode::FORBIDDEN, "5: Not routable. Do not try again.").into_response();
    }
    let unicode = word(&words, "coding") == "2" && word(&words, "charset") == "UTF-8";
    let text = word(&words, "text");
    let text = if unicode { text.to_owned() } else { latin(text) };
    let text = simulator.arriving(&words, Operator::Gmobile, number, &text);
    let refused = |why| match why {
        Why::Closed => (StatusCode::FORBIDDEN, "Authorization failed for sendsms"),
        Why::Blocked | Why::Link => (StatusCode::FORBIDDEN, "5: Not routable. Do not try again."),
        Why::WrongWords => (StatusCode::OK, "4: Rejected"),
    };
    let accepted = |_: &_| (StatusCode::ACCEPTED, "0: Accepted for delivery").into_response();
    simulator.take(text, Voice { accepted, refused: |why| refused(why).into_response() }).await
}

/// Skytel's prepaid packs: another product, which sends from the pack's own number.
async fn web2sms(State(simulator): State<Simulator>, Query(words): Words) -> Response {
    let not_sent = || Json(json!({"sent_count": 0, "message": "error"})).into_response();
    let (token, number) = (word(&words, "token"), word(&words, "sendto"));
    let good = token.len() == 40 && token.bytes().all(|b| b.is_ascii_hexdigit());
    if !good || !is_number(number) {
        return not_sent();
    }
    let text = Arriving {
        number: number.to_owned(),
        from: "web2sms".into(),
        gateway: "web2sms",
        text: word(&words, "message").to_owned(),
        unique_id: None,
    };
    let accepted = |_: &_| Json(json!({"sent_count": 1, "message": "success"})).into_response();
    let refused = |_| Json(json!({"sent_count": 0, "message": "error"})).into_response();
    simulator.take(text, Voice { accepted, refused }).await
}

impl Simulator {
    fn sender(&self, from: &str) -> bool {
        self.0.settings.senders.iter().any(|sender| sender == from)
    }

    fn arriving(&self, words: &HashMap<String, String>, gateway: Operator, number: &str, text: &str) -> Arriving {
        let from = if gateway == Operator::Skytel { word(words, "src") } else { word(words, "from") };
        let (number, from, text) = (number.to_owned(), from.to_owned(), text.to_owned());
        Arriving { number, from, gateway: gateway.as_str(), text, unique_id: None }
    }
}

fn word<'a>(words: &'a HashMap<String, String>, name: &str) -> &'a str {
    words.get(name).map_or("", String::as_str)
}

fn is_number(number: &str) -> bool {
    number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit())
}

/// What is left of a text on a 7-bit path: letters it does not know turn into question marks.
fn latin(text: &str) -> String {
    let known = |c: char| segments(c.encode_utf8(&mut [0; 4])).encoding == Encoding::Gsm7;
    text.chars().map(|c| if known(c) { c } else { '?' }).collect()
}
