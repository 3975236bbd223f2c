//! The operators' gateways as they are spoken to: the names in each query, the texts of each answer.

use reqwest::{RequestBuilder, StatusCode};
use serde::{Deserialize, Serialize};

use super::{client::Account, routing::Operator};
use crate::{
    CallError,
    http::{Exit, Reply},
    text_messages::{Encoding, segments},
};

/// One text to one number from `from`, as the account's operator wants it asked.
pub fn request(exit: &Exit, account: &Account, from: &str, to: &str, text: &str) -> RequestBuilder {
    let cyrillic = segments(text).encoding == Encoding::Ucs2;
    match account {
        Account::Mobicom { service, username } => {
            let query = [("servicename", service.as_str()), ("username", username), ("from", from), ("to", to)];
            exit.get_with(&["mt"], &[&query[..], &[("msg", text)]].concat())
        }
        Account::Unitel { username, password } => {
            let query = [("uname", username.as_str()), ("upass", password.reveal()), ("from", from), ("mobile", to)];
            exit.get_with(&["sendSMS.php"], &[&query[..], &[("sms", text)]].concat())
        }
        Account::Skytel { id } => {
            let place = if cyrillic { "unicode" } else { "pushsms" };
            exit.get_with(&[place], &[("id", id.as_str()), ("src", from), ("dest", to), ("text", text)])
        }
        Account::Gmobile { username, password } => {
            let query = [("username", username.as_str()), ("password", password.reveal()), ("from", from), ("to", to)];
            let coding: &[_] = if cyrillic { &[("coding", "2"), ("charset", "UTF-8")] } else { &[] };
            exit.get_with(&["sendsms"], &[&query[..], coding, &[("text", text)]].concat())
        }
    }
}

/// What an answer says. The text decides: a 200 may carry a refusal.
pub fn verdict(operator: Operator, reply: &Reply) -> Result<(), CallError> {
    let text: String = reply.text().chars().take(200).collect();
    if reply.status.is_server_error() || reply.status == StatusCode::REQUEST_TIMEOUT {
        return Err(CallError::Lost(format!("the gateway answered {}", reply.status.as_u16())));
    }
    if reply.status == StatusCode::TOO_MANY_REQUESTS || text == "Not sent: Time limit exceeded" {
        return Err(CallError::NotSent(format!("{}: the gateway is too busy", operator.as_str())));
    }
    if reply.status.is_success() && text.is_empty() {
        return Err(CallError::Lost("the gateway's answer was empty".into()));
    }
    let accepted = match operator {
        Operator::Mobicom => text == "Sent",
        Operator::Unitel => text == "SUCCESS",
        Operator::Skytel => text == "OK",
        // Kannel: accepted, or queued for later.
        Operator::Gmobile => text.starts_with("0:") || text.starts_with("3:"),
    };
    if accepted && reply.status.is_success() {
        return Ok(());
    }
    let code = match text.split([':', ' ']).next() {
        Some(word) if !word.is_empty() && word.chars().count() <= 20 && word.chars().all(char::is_alphanumeric) => word,
        _ => reply.status.as_str(),
    };
    let message = match (operator, code) {
        (Operator::Skytel, "103") => "103: wrong recipient".to_owned(),
        (Operator::Skytel, "202") => "202: wrong address of the caller or wrong id".to_owned(),
        (Operator::Skytel, "203") => "203: the account is closed".to_owned(),
        (Operator::Skytel, "206") => "206: not allowed to send to another operator's number".to_owned(),
        _ => text.clone(),
    };
    Err(CallError::Refused { code: code.to_owned(), message })
}

/// `POST /send` of CallPro.
#[derive(Serialize)]
pub struct CallProSend<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub text: &'a str,
    /// Becomes the beginning of the message's id.
    pub unique_id: String,
}

#[derive(Deserialize)]
pub struct CallProQueued {
    pub status: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallProDetail {
    #[serde(default)]
    pub delivered: bool,
    #[serde(default)]
    pub messages: Vec<CallProPart>,
}

#[derive(Deserialize)]
pub struct CallProPart {
    #[serde(default)]
    pub events: Vec<CallProEvent>,
}

/// The document says objects with `event_type`; others were seen.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum CallProEvent {
    Object {
        #[serde(alias = "type")]
        event_type: String,
    },
    Word(String),
}

impl CallProEvent {
    pub fn word(&self) -> &str {
        match self {
            CallProEvent::Object { event_type } => event_type,
            CallProEvent::Word(word) => word,
        }
    }
}

#[derive(Deserialize)]
pub struct CallProError {
    pub error: String,
}
