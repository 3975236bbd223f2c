//! A tax daemon that speaks PosAPI's wire, with its checks, its numbers and its bad days, and the public look-ups.
//!
//! Its list of receipts is the truth about effects: a test counts there how often a sale was really issued. It may
//! show lottery numbers, since it plays the buyer's app as well.

mod book;
mod checks;
mod mood;
mod numbers;
mod register;
mod spelling;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::{
    book::{Book, Refusal, written},
    mood::Moods,
};
pub use self::{
    book::{Kept, KeptLine, KeptState},
    mood::Mood,
    register::Party,
};
use super::wire;

/// Tells the present moment; a test's clock stands where it likes.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The simulated daemon and authority; clones share their state.
#[derive(Clone)]
pub struct Simulator {
    book: Arc<Mutex<Book>>,
    moods: Arc<Mutex<Moods>>,
    clock: Clock,
}

impl Simulator {
    /// A registered daemon with a full stock, just uploaded, issuing for every party that is marked as a merchant.
    pub fn new(clock: Clock, parties: Vec<Party>) -> Simulator {
        let book = Book::new(parties, clock());
        Simulator { book: Arc::new(Mutex::new(book)), moods: Arc::default(), clock }
    }

    /// The daemon's and the authority's doors.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/rest/receipt", post(issue).delete(give_back))
            .route("/rest/info", get(info))
            .route("/rest/sendData", get(send_data))
            .route("/rest/bankAccounts", get(bank_accounts))
            .merge(register::router())
            .with_state(self.clone())
    }

    /// Sets the mood for the next calls to the daemon, or until further notice; `None` is the normal one.
    pub fn set_mood(&self, mood: impl Into<Option<Mood>>, next_calls: Option<u32>) {
        self.moods().set(mood.into(), next_calls);
    }

    /// Whether the same `billIdSuffix` is refused the second time on a day. The real daemon is believed to refuse; a
    /// test that looks for doubles lets them through.
    pub fn reject_duplicates(&self, reject: bool) {
        self.book().rejects_duplicates = reject;
    }

    pub fn set_lotteries(&self, left: u32) {
        self.book().lotteries = left;
    }

    /// Puts a taxpayer into the register; a merchant can sell only after the next `sendData`.
    pub fn register(&self, party: Party) {
        self.book().register(party);
    }

    /// Everything issued so far, oldest first.
    pub fn receipts(&self) -> Vec<Kept> {
        self.book().receipts.clone()
    }

    /// How many receipts each `billIdSuffix` has brought about; each should be one.
    pub fn effects(&self) -> BTreeMap<String, u32> {
        let mut effects = BTreeMap::new();
        for receipt in &self.book().receipts {
            *effects.entry(receipt.bill_id_suffix.clone()).or_default() += 1;
        }
        effects
    }

    /// How often each `billIdSuffix` has arrived, whatever came of it.
    pub fn arrivals(&self) -> BTreeMap<String, u32> {
        self.book().arrivals.clone()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn moods(&self) -> MutexGuard<'_, Moods> {
        self.moods.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the daemon do `work` in the mood of the moment.
    async fn do_in_mood(&self, work: impl Fn(&mut Book, Timestamp) -> Response) -> Response {
        let now = (self.clock)();
        let mood = self.moods().next();
        let effect = || work(&mut self.book(), now);
        match mood {
            None => effect(),
            Some(Mood::Slow(delay)) => {
                let answer = effect();
                tokio::time::sleep(delay).await;
                answer
            }
            Some(Mood::Refuse) => refused(StatusCode::BAD_REQUEST, "Баримт бүртгэх боломжгүй байна", now),
            Some(Mood::RefusePolitely) => refused(StatusCode::OK, "Баримт бүртгэх боломжгүй байна", now),
            Some(Mood::DieAfterEffect) => {
                effect();
                hang_up()
            }
            Some(Mood::DieBeforeEffect) => hang_up(),
            Some(Mood::Twice) => {
                let first = effect();
                effect();
                first
            }
            Some(Mood::Html502) => html(StatusCode::BAD_GATEWAY, "<html><h1>502 Bad Gateway</h1></html>"),
            Some(Mood::NotRegistered) => (StatusCode::SERVICE_UNAVAILABLE, "PosAPI бүртгэлгүй байна").into_response(),
            Some(Mood::Broken) => {
                json(StatusCode::INTERNAL_SERVER_ERROR, &serde_json::json!({"status": 500, "msg": "Дотоод алдаа"}))
            }
            Some(Mood::Garbled) => {
                effect();
                ([(header::CONTENT_TYPE, "application/json")], r#"{"status":"SUCCESS","id":"0379"#).into_response()
            }
            Some(Mood::NoLottery) => {
                let mut book = self.book();
                let stock = std::mem::take(&mut book.lotteries);
                let answer = work(&mut book, now);
                book.lotteries = stock;
                answer
            }
        }
    }
}

async fn issue(State(daemon): State<Simulator>, body: Bytes) -> Response {
    let request = spelling::read::<wire::Receipt>(&body);
    if let Some(suffix) = request.as_ref().and_then(|receipt| receipt.bill_id_suffix.clone()) {
        *daemon.book().arrivals.entry(suffix).or_default() += 1;
    }
    daemon
        .do_in_mood(|book, now| match request.clone() {
            None => refused(StatusCode::BAD_REQUEST, "Хүсэлтийн бүтэц буруу байна", now),
            Some(receipt) => match book.issue(receipt, now) {
                Ok(document) => json(StatusCode::OK, &document),
                Err(Refusal(message)) => refused(StatusCode::BAD_REQUEST, &message, now),
            },
        })
        .await
}

async fn give_back(State(daemon): State<Simulator>, body: Bytes) -> Response {
    let request = spelling::read::<wire::Cancel>(&body).unwrap_or_default();
    daemon
        .do_in_mood(|book, now| match book.give_back(&request) {
            Ok(()) => json(StatusCode::OK, &serde_json::json!({})),
            Err(Refusal(message)) => refused(StatusCode::BAD_REQUEST, &message, now),
        })
        .await
}

async fn info(State(daemon): State<Simulator>) -> Response {
    daemon.do_in_mood(|book, _| json(StatusCode::OK, &book.info())).await
}

async fn send_data(State(daemon): State<Simulator>) -> Response {
    daemon
        .do_in_mood(|book, now| {
            book.upload(now);
            StatusCode::OK.into_response()
        })
        .await
}

#[derive(Deserialize)]
struct OfTin {
    #[serde(default)]
    tin: String,
}

async fn bank_accounts(State(daemon): State<Simulator>, Query(of): Query<OfTin>) -> Response {
    daemon
        .do_in_mood(|book, now| {
            if of.tin.is_empty() {
                return refused(StatusCode::BAD_REQUEST, &checks::is_empty("tin"), now);
            }
            json(StatusCode::OK, &book.accounts(&of.tin))
        })
        .await
}

fn refused(status: StatusCode, message: &str, now: Timestamp) -> Response {
    json(status, &serde_json::json!({"status": "ERROR", "message": message, "date": written(now)}))
}

fn json(status: StatusCode, body: &impl Serialize) -> Response {
    (status, axum::Json(body)).into_response()
}

fn html(status: StatusCode, page: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html")], page).into_response()
}

/// An answer whose body fails at once: the server drops the connection before it has written the head.
fn hang_up() -> Response {
    let gone = async { Err::<Bytes, _>(std::io::Error::other("the simulator hangs up")) };
    Body::from_stream(futures_util::stream::once(gone)).into_response()
}
