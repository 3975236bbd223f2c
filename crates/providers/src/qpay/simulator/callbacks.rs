//! Tells the merchant that something was paid: a GET that wants `SUCCESS`, tried a few times.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{StatusCode, Url};

use super::{
    Simulator,
    state::{Callback, Payment},
};
use crate::{
    CallError,
    http::{self, Patience},
    sandbox::{Mood, Provider},
};

/// Starts telling, as often as the network's mood is.
pub fn begin(simulator: &Simulator, payment: &Payment) {
    let times = match simulator.moods().draw(Provider::Qpay, &[Mood::Twice, Mood::ForgetCallback]) {
        Mood::ForgetCallback => 0,
        Mood::Twice => 2,
        _ => 1,
    };
    for _ in 0..times {
        let (simulator, payment) = (simulator.clone(), payment.clone());
        tokio::spawn(async move { tell(&simulator, &payment).await });
    }
}

/// Tries until the merchant says `SUCCESS` or patience ends.
pub async fn tell(simulator: &Simulator, payment: &Payment) {
    let pauses = [Duration::ZERO].into_iter().chain(simulator.settings().callback_retries.iter().copied());
    for (attempt, pause) in (1..).zip(pauses) {
        tokio::time::sleep(pause).await;
        let Some(url) = address(simulator, payment) else { return };
        let outcome = call(url).await;
        let heard = outcome.is_ok();
        let answer = outcome.unwrap_or_else(|answer| answer);
        let callback = Callback { payment_id: payment.id.clone(), attempt, at: Timestamp::now(), heard, answer };
        let mut state = simulator.state();
        if let Some(invoice) = state.invoices.iter_mut().find(|invoice| invoice.id == payment.invoice_id) {
            invoice.callbacks.push(callback);
        }
        if heard {
            return;
        }
    }
}

/// The merchant's address with the payment's id added to whatever query is there.
fn address(simulator: &Simulator, payment: &Payment) -> Option<Url> {
    let state = simulator.state();
    let mut url = Url::parse(&state.invoice(&payment.invoice_id)?.callback_url).ok()?;
    let id = if state.switches.wrong_payment_id { "000000000000000" } else { &payment.id };
    url.query_pairs_mut().append_pair("qpay_payment_id", id);
    Some(url)
}

/// `Ok` when the answer was the one QPay asks for.
async fn call(url: Url) -> Result<String, String> {
    let patience = Patience { connect: Duration::from_secs(5), whole: Duration::from_secs(10) };
    let client = http::client(&url, patience).map_err(|_| "хаяг буруу".to_owned())?;
    let reply = http::send(client.get(url)).await.map_err(|error| match error {
        CallError::NotSent(_) => "холбогдсонгүй".to_owned(),
        CallError::Lost(_) | CallError::Refused { .. } => "хариу ирсэнгүй".to_owned(),
    })?;
    let text = String::from_utf8_lossy(&reply.body);
    let answer = format!("{} {}", reply.status.as_u16(), text.chars().take(40).collect::<String>());
    if reply.status == StatusCode::OK && text == "SUCCESS" { Ok(answer) } else { Err(answer) }
}
