//! CallPro Text: an aggregator that sends from its own numbers, and can say afterwards what became of a text.

use domain::PromiseId;
use reqwest::{Method, StatusCode};

use super::wire;
use crate::{
    Answer, CallError,
    http::{self, BadAddress, Exit, Patience, Reply, Secret},
    text_messages::{Accepted, TextMessage, TextMessages, Whereabouts, segments},
};

/// A client of the CallPro Text API.
#[derive(Debug)]
pub struct CallPro {
    exit: Exit,
    key: Secret,
    from: String,
}

/// Where CallPro is and what it gave us.
#[derive(Debug, Clone)]
pub struct Settings {
    pub base_url: String,
    pub key: Secret,
    /// One of its own numbers, 72xxxxxx.
    pub from: String,
    pub patience: Patience,
}

impl CallPro {
    /// The production address.
    pub const BASE_URL: &str = "https://api-text.callpro.mn/v1/sms";

    pub fn new(settings: Settings) -> Result<CallPro, BadAddress> {
        let Settings { base_url, key, from, patience } = settings;
        // Keys copied from a PDF carry characters nobody sees and no header takes.
        let key = Secret::new(key.reveal().chars().filter(char::is_ascii_graphic).collect::<String>());
        Ok(CallPro { exit: Exit::new(&base_url, patience)?, key, from })
    }

    async fn deliver(&self, message: &TextMessage) -> Result<Accepted, CallError> {
        let body = wire::CallProSend {
            from: &self.from,
            to: &message.to,
            text: &message.text,
            unique_id: message.reference.to_string(),
        };
        let reply = self.call(self.exit.request(Method::POST, &["send"]).json(&body)).await?;
        let queued: wire::CallProQueued = reply.json()?;
        match queued.status.as_str() {
            "queued" => Ok(Accepted { gateway: "callpro", parts: segments(&message.text).parts }),
            other => Err(CallError::Lost(format!("CallPro answered {other:.40}"))),
        }
    }

    async fn look(&self, reference: PromiseId) -> Result<Whereabouts, CallError> {
        let id = format!("{reference}_1");
        let reply = match self.call(self.exit.request(Method::GET, &[&id])).await {
            Err(CallError::Refused { code, .. }) if code == "404" => return Ok(Whereabouts::NeverSeen),
            other => other?,
        };
        let detail: wire::CallProDetail = reply.json()?;
        let any = |word: &str| detail.messages.iter().flat_map(|part| &part.events).any(|e| e.word() == word);
        Ok(if detail.delivered {
            Whereabouts::Delivered
        } else if any("UNDELIVERED") {
            Whereabouts::Undelivered
        } else {
            // Not delivered is not a failure: it is "not yet".
            Whereabouts::OnItsWay
        })
    }

    async fn call(&self, request: reqwest::RequestBuilder) -> Result<Reply, CallError> {
        let reply = http::send(request.header("x-api-key", self.key.reveal())).await?;
        match reply.status {
            status if status.is_success() => Ok(reply),
            StatusCode::TOO_MANY_REQUESTS => Err(CallError::NotSent("CallPro asks for fewer calls".into())),
            status if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => {
                let said = reply.json::<wire::CallProError>().map(|body| body.error);
                let message = said.unwrap_or_else(|_| reply.text().chars().take(200).collect());
                Err(CallError::Refused { code: status.as_str().into(), message })
            }
            status => Err(CallError::Lost(format!("CallPro answered {}", status.as_u16()))),
        }
    }
}

impl TextMessages for CallPro {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Answer<'a, Accepted> {
        Box::pin(self.deliver(message))
    }

    fn find<'a>(&'a self, reference: PromiseId) -> Answer<'a, Whereabouts> {
        Box::pin(self.look(reference))
    }
}
