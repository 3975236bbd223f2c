//! A post office for one machine: takes every letter by SMTP and puts it into its reader's box, to be read by hand or by
//! script.

mod desk;
mod session;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::Router;
use jiff::Timestamp;
use mail_parser::MessageParser;
use serde::Serialize;
use tokio::net::TcpListener;

use crate::sandbox::{Door, Ledger, Moods, Part, Provider, layout};

/// Letters that are kept; the oldest goes when one more comes.
const MOST: usize = 2_000;

/// Every letter box.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    moods: Moods,
    ledger: Ledger,
    /// Oldest first.
    letters: Mutex<VecDeque<Received>>,
}

/// A letter as it lies in its box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Received {
    /// The `Message-ID` without its brackets.
    pub id: String,
    pub to: String,
    pub from: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub received_at: Timestamp,
}

impl Received {
    /// The addresses in the text, in their order.
    pub fn links(&self) -> Vec<&str> {
        layout::links(&self.text)
    }
}

impl Simulator {
    pub fn new(moods: Moods) -> Simulator {
        Simulator(Arc::new(Inner { moods, ledger: Ledger::default(), letters: Mutex::default() }))
    }

    /// Takes letters on that port for as long as the process lives.
    pub async fn serve(self, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(session::converse(self.clone(), stream))),
                // Out of sockets for a moment; whoever wanted to come tries again.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
            }
        }
    }

    /// The letters to one address, newest first.
    pub fn letters_to(&self, address: &str) -> Vec<Received> {
        let is_theirs = |letter: &&Received| letter.to.eq_ignore_ascii_case(address);
        self.letters().iter().rev().filter(is_theirs).cloned().collect()
    }

    /// Every letter, newest first.
    pub fn all(&self) -> Vec<Received> {
        self.letters().iter().rev().cloned().collect()
    }

    /// Puts a letter into the boxes of those it is for, `copies` times.
    fn deliver(&self, to: &[String], raw: &[u8], copies: usize) {
        let Some(message) = MessageParser::default().parse(raw) else { return };
        let id = message.message_id().unwrap_or_default().to_owned();
        let sender = message.from().and_then(|from| from.first());
        let from = sender.and_then(|sender| sender.address()).unwrap_or_default().to_owned();
        let body = |part: Option<std::borrow::Cow<'_, str>>| part.unwrap_or_default().replace("\r\n", "\n");
        let mut letters = self.letters();
        for to in to {
            let letter = Received {
                id: id.clone(),
                to: to.clone(),
                from: from.clone(),
                subject: message.subject().unwrap_or_default().to_owned(),
                text: body(message.body_text(0)),
                html: body(message.body_html(0)),
                received_at: Timestamp::now(),
            };
            letters.extend(std::iter::repeat_n(letter, copies));
        }
        let too_many = letters.len().saturating_sub(MOST);
        letters.drain(..too_many);
        self.0.ledger.note(id);
    }

    fn letters(&self) -> MutexGuard<'_, VecDeque<Received>> {
        self.0.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Part for Simulator {
    fn provider(&self) -> Provider {
        Provider::Mail
    }

    /// Nothing by HTTP: its wire is SMTP, on a port of its own.
    fn router(&self) -> Router {
        Router::new()
    }

    fn desk(&self) -> Router {
        desk::router(self.clone())
    }

    fn ledger(&self) -> Ledger {
        self.0.ledger.clone()
    }

    fn doors(&self) -> Vec<Door> {
        desk::doors()
    }
}
