//! The client we ship against the simulator, over real HTTP.

mod asking;
mod paying;
mod tokens;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{RawQuery, State},
    http::StatusCode,
    response::Redirect,
    routing::{any, get},
};
use domain::{IntentId, Money};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::{
    QPay, Settings, emv,
    simulator::{InvoiceState, Pay, Switches},
};
use crate::{
    CallError, QrPayments, Secret,
    http::Patience,
    qr_payments::{Asked, Asking, QrMerchant, Received, ReceivedState, Reference, Span},
    sandbox::{
        Mood, Part, Provider,
        moods::Setting,
        testing::{World, eventually, serve},
    },
};

/// A sandbox, our client of it, two owners, and a shop that hears the callbacks.
struct Town {
    world: World,
    qpay: QPay,
    patience: Patience,
    altan: QrMerchant,
    mungun: QrMerchant,
    shop: Shop,
}

impl Town {
    async fn new() -> Town {
        Town::with_patience(Duration::from_secs(10)).await
    }

    async fn with_patience(whole: Duration) -> Town {
        let world = World::new().await;
        let patience = Patience { whole, ..Patience::default() };
        let qpay = QPay::new(&Settings { patience, ..Settings::sandbox(&world.url) }).unwrap();
        let mungun = QrMerchant {
            username: "MUNGUN_PLAZA".into(),
            password: Secret::new("123456"),
            invoice_code: "MUNGUN_PLAZA_INVOICE".into(),
        };
        Town { qpay, patience, altan: altan(), mungun, shop: Shop::open().await, world }
    }

    fn settings(&self) -> Settings {
        Settings { patience: self.patience, ..Settings::sandbox(&self.world.url) }
    }

    /// Rent of 76 000 ₮, under a reference nobody has used.
    fn asking(&self) -> Asking {
        Asking {
            reference: Reference::first(IntentId::new()),
            amount: Money::from_tugrug(76_000),
            description: "Түрээс 2026.11: 101165 тоот".into(),
            callback_url: format!("{}/qpay/cb/8f14e45fceea167a?shop=7", self.shop.url),
            expires_at: None,
        }
    }

    async fn asks(&self) -> Asked {
        self.qpay.ask(&self.altan, &self.asking()).await.unwrap()
    }

    fn feels(&self, mood: impl Into<Setting>) {
        self.world.sandbox.moods().set(Provider::Qpay, mood);
    }

    fn effects(&self, reference: Reference) -> u32 {
        self.world.sandbox.qpay.ledger().count(&reference.to_string())
    }
}

fn altan() -> QrMerchant {
    QrMerchant {
        username: "ALTAN_TOWER".into(),
        password: Secret::new("123456"),
        invoice_code: "ALTAN_TOWER_INVOICE".into(),
    }
}

/// The owner's side of callbacks: answers as told, then `SUCCESS`.
#[derive(Clone, Default)]
struct Shop {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
}

impl Shop {
    async fn open() -> Shop {
        async fn hear(State(shop): State<Shop>, RawQuery(query): RawQuery) -> (StatusCode, &'static str) {
            shop.heard.lock().unwrap().push(query.unwrap_or_default());
            let (status, body) = shop.answers.lock().unwrap().pop_front().unwrap_or((200, "SUCCESS"));
            (StatusCode::from_u16(status).unwrap(), body)
        }
        let shop = Shop::default();
        let router = Router::new().route("/qpay/cb/8f14e45fceea167a", get(hear)).with_state(shop.clone());
        Shop { url: serve(router).await, ..shop }
    }

    fn will_answer(&self, answers: impl IntoIterator<Item = (u16, &'static str)>) {
        self.answers.lock().unwrap().extend(answers);
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}
