//! A tax daemon that speaks PosAPI's wire, with its checks, its numbers and its bad days, and the public look-ups.
//!
//! Its list of receipts is the truth about effects: a test counts there how often a sale was really issued. It may
//! show lottery numbers, since it plays the buyer's app as well.

mod checks;
mod numbers;
mod register;
mod spelling;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::Money;
use jiff::{Timestamp, civil::DateTime, tz};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::register::Party;
use super::wire;

/// Tells the present moment; a test's clock stands where it likes.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the daemon calls itself.
const VERSION: &str = "3.2.39";
const POS_ID: u32 = 101_321_077;
const POS_NO: &str = "10012619";
/// A full stock, as the tax authority hands it out.
const FULL_STOCK: u32 = 20_000;
/// Without an upload for so long, receipts have no lottery.
const HOURS_WITHOUT_UPLOAD: i64 = 72;

/// How the daemon behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Does what is asked and answers only after this long.
    Slow(Duration),
    /// Refuses with 400.
    Refuse,
    /// Refuses with 200 and `ERROR` in the body.
    RefusePolitely,
    /// Does what is asked, then drops the connection without a byte of an answer.
    DieAfterEffect,
    /// Drops the connection before it has done anything.
    DieBeforeEffect,
    /// Gets every request twice, as through a proxy that tries again, and answers the first.
    Twice,
    /// A proxy in front answers 502 with a page.
    Html502,
    /// Answers 503, for nobody has registered it yet.
    NotRegistered,
    /// Fails with 500.
    Broken,
    /// Does what is asked and says so with half an answer.
    Garbled,
    /// Has no lottery numbers left.
    NoLottery,
}

/// The simulated daemon and authority; clones share their state.
#[derive(Clone)]
pub struct Simulator {
    state: Arc<Mutex<Book>>,
    clock: Clock,
}

/// Everything the simulator remembers.
struct Book {
    mood: Option<Mood>,
    /// How many more calls the mood lasts; `None` is until further notice.
    mood_left: Option<u32>,
    rejects_duplicates: bool,
    /// The public register of taxpayers.
    parties: Vec<Party>,
    /// The taxpayers this daemon issues for, by TIN.
    merchants: Vec<String>,
    /// Those who joined since the last upload.
    joining: Vec<String>,
    lotteries: u32,
    last_sent: Timestamp,
    counter: numbers::Counter,
    receipts: Vec<Kept>,
    /// How often each `billIdSuffix` has arrived, done or not.
    arrivals: BTreeMap<String, u32>,
}

/// A receipt that was issued, as the sandbox shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    pub id: String,
    /// The numbers of its parts, one a tax type.
    pub parts: Vec<String>,
    pub bill_id_suffix: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub merchant_tin: String,
    pub customer_tin: Option<String>,
    pub total: Money,
    pub vat: Money,
    pub city_tax: Money,
    /// `2026-02-12 15:31:42`, Ulaanbaatar.
    pub date: String,
    pub lottery: Option<String>,
    pub qr_data: String,
    pub state: KeptState,
    /// The receipt that this one corrects.
    pub corrects: Option<String>,
    /// The invoice that this one pays.
    pub pays: Option<String>,
    pub lines: Vec<KeptLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct KeptLine {
    pub name: String,
    pub tax_type: String,
    pub amount: Money,
}

/// Whether a receipt still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptState {
    Valid,
    Returned,
    Corrected,
}

/// What was wrong with a request, in the daemon's words.
struct Refusal(String);

impl Simulator {
    /// A registered daemon with a full stock, just uploaded, issuing for every party that is marked as a merchant.
    pub fn new(clock: Clock, parties: Vec<Party>) -> Simulator {
        let book = Book {
            mood: None,
            mood_left: None,
            rejects_duplicates: true,
            merchants: parties.iter().filter(|party| party.is_merchant).map(|party| party.tin.clone()).collect(),
            joining: Vec::new(),
            parties,
            lotteries: FULL_STOCK,
            last_sent: clock(),
            counter: numbers::Counter::default(),
            receipts: Vec::new(),
            arrivals: BTreeMap::new(),
        };
        Simulator { state: Arc::new(Mutex::new(book)), clock }
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
        let mut book = self.book();
        (book.mood, book.mood_left) = (mood.into(), next_calls);
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
        let mut book = self.book();
        if party.is_merchant {
            book.joining.push(party.tin.clone());
        }
        book.parties.retain(|known| known.tin != party.tin);
        book.parties.push(party);
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
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the daemon do `work` in the mood of the moment.
    async fn do_in_mood(&self, work: impl Fn(&mut Book, Timestamp) -> Response) -> Response {
        let now = (self.clock)();
        let mood = self.book().next_mood();
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
            book.last_sent = now;
            let joined = std::mem::take(&mut book.joining);
            book.merchants.extend(joined);
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

/// The answer to an issued receipt: the request without its nulls, and what the daemon adds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    id: String,
    version: &'static str,
    #[serde(flatten)]
    receipt: wire::Receipt,
    pos_id: u32,
    status: &'static str,
    qr_data: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lottery: Option<String>,
    date: String,
    easy: bool,
}

impl Book {
    fn next_mood(&mut self) -> Option<Mood> {
        let mood = self.mood;
        if let Some(left) = &mut self.mood_left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                (self.mood, self.mood_left) = (None, None);
            }
        }
        mood
    }

    fn issue(&mut self, mut receipt: wire::Receipt, now: Timestamp) -> Result<Document, Refusal> {
        let local = in_ulaanbaatar(now);
        checks::all(self, &receipt, local.date())?;
        let suffix = receipt.bill_id_suffix.clone().unwrap_or_default();
        let today = local.date().strftime("%Y-%m-%d").to_string();
        let is_double = |kept: &Kept| {
            kept.bill_id_suffix == suffix && kept.merchant_tin == receipt.merchant_tin && kept.date.starts_with(&today)
        };
        if self.rejects_duplicates && !suffix.is_empty() && self.receipts.iter().any(is_double) {
            return Err(Refusal("billIdSuffix давхардсан байна".to_owned()));
        }

        let id = self.counter.next(&receipt.merchant_tin, &receipt.branch_no, local.date(), POS_NO);
        for part in &mut receipt.receipts {
            part.id = Some(self.counter.next(&part.merchant_tin, &receipt.branch_no, local.date(), POS_NO));
            let account = part.bank_account_no.as_deref().filter(|number| !number.is_empty());
            part.bank_account_id = account.and_then(|number| self.account_id(&part.merchant_tin, number));
        }
        let lottery = self.draws_lottery(&receipt, now).then(|| {
            self.lotteries -= 1;
            numbers::lottery()
        });
        if let Some(corrected) = &receipt.inactive_id {
            self.receipts.iter_mut().filter(|kept| kept.id == *corrected).for_each(|k| k.state = KeptState::Corrected);
        }
        let date = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let document = Document {
            id,
            version: VERSION,
            pos_id: POS_ID,
            status: "SUCCESS",
            qr_data: numbers::digits(200),
            lottery,
            date,
            easy: receipt.consumer_no.as_deref().is_some_and(|login| !login.is_empty()),
            receipt,
        };
        self.receipts.push(kept(&document));
        Ok(document)
    }

    fn draws_lottery(&self, receipt: &wire::Receipt, now: Timestamp) -> bool {
        receipt.kind == "B2C_RECEIPT"
            && receipt.inactive_id.is_none()
            && receipt.receipts.iter().any(|part| !checks::is_outside_vat(&part.tax_type))
            && self.lotteries > 0
            && now.duration_since(self.last_sent).as_hours() < HOURS_WITHOUT_UPLOAD
    }

    fn give_back(&mut self, cancel: &wire::Cancel) -> Result<(), Refusal> {
        for (name, value) in [("id", &cancel.id), ("date", &cancel.date)] {
            if value.is_empty() {
                return Err(Refusal(checks::is_empty(name)));
            }
        }
        let found = self.receipts.iter_mut().find(|kept| kept.id == cancel.id && kept.date == cancel.date);
        let kept = found.ok_or_else(|| Refusal("Баримт олдсонгүй".to_owned()))?;
        if kept.kind != "B2C_RECEIPT" {
            return Err(Refusal("Зөвхөн иргэнд олгосон баримтыг буцаах боломжтой".to_owned()));
        }
        if kept.state != KeptState::Valid {
            return Err(Refusal("Баримт идэвхгүй байна".to_owned()));
        }
        kept.state = KeptState::Returned;
        Ok(())
    }

    fn info(&self) -> wire::Info {
        let operator = self.merchants.first().and_then(|tin| self.party(tin));
        wire::Info {
            operator_name: operator.map(|party| party.name.clone()).unwrap_or_default().into(),
            operator_tin: operator.map(|party| party.tin.clone()).unwrap_or_default().into(),
            pos_id: wire::Quantity(Decimal::from(POS_ID)),
            pos_no: POS_NO.into(),
            version: VERSION.into(),
            last_sent_date: in_ulaanbaatar(self.last_sent).strftime("%Y-%m-%d %H:%M:%S").to_string().into(),
            left_lotteries: wire::Quantity(Decimal::from(self.lotteries)),
            payment_types: checks::PAYMENT_TYPES.map(|(code, name)| payment_type(code, name)).into(),
            merchants: self.merchants.iter().filter_map(|tin| self.party(tin)).map(merchant).collect(),
        }
    }

    fn party(&self, tin: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.tin == tin)
    }

    /// The attached merchant of that TIN.
    fn merchant(&self, tin: &str) -> Option<&Party> {
        self.merchants.iter().any(|known| known == tin).then(|| self.party(tin)).flatten()
    }

    fn accounts(&self, tin: &str) -> Vec<wire::BankAccount> {
        let Some(party) = self.merchant(tin) else { return Vec::new() };
        let account = |(place, number): (usize, &String)| wire::BankAccount {
            id: wire::Quantity(Decimal::from(account_id(place))),
            tin: tin.into(),
            bank_account_no: number.as_str().into(),
            bank_account_name: party.name.as_str().into(),
            iban: format!("1000100{number}").into(),
        };
        party.bank_accounts.iter().enumerate().map(account).collect()
    }

    fn account_id(&self, tin: &str, number: &str) -> Option<i64> {
        let place = self.merchant(tin)?.bank_accounts.iter().position(|known| known == number)?;
        Some(account_id(place))
    }
}

fn account_id(place: usize) -> i64 {
    302_195 + i64::try_from(place).expect("a merchant has few accounts")
}

fn kept(document: &Document) -> Kept {
    let receipt = &document.receipt;
    let amount = |amount: Option<wire::Amount>| amount.unwrap_or_default().0;
    let lines = receipt.receipts.iter().flat_map(|part| {
        part.items.iter().map(|item| KeptLine {
            name: item.name.clone(),
            tax_type: part.tax_type.clone(),
            amount: amount(item.total_amount),
        })
    });
    Kept {
        id: document.id.clone(),
        parts: receipt.receipts.iter().filter_map(|part| part.id.clone()).collect(),
        bill_id_suffix: receipt.bill_id_suffix.clone().unwrap_or_default(),
        kind: receipt.kind.clone(),
        merchant_tin: receipt.merchant_tin.clone(),
        customer_tin: receipt.customer_tin.clone(),
        total: amount(receipt.total_amount),
        vat: amount(receipt.total_vat),
        city_tax: amount(receipt.total_city_tax),
        date: document.date.clone(),
        lottery: document.lottery.clone(),
        qr_data: document.qr_data.clone(),
        state: KeptState::Valid,
        corrects: receipt.inactive_id.clone(),
        pays: receipt.invoice_id.clone(),
        lines: lines.collect(),
    }
}

fn merchant(party: &Party) -> wire::Merchant {
    // The buyer who is nobody in particular; every merchant has them.
    let final_consumer = wire::Merchant {
        tin: "30000000000".into(),
        name: "ЭЦСИЙН ХЭРЭГЛЭГЧ".into(),
        vat_payer: false,
        customers: Vec::new(),
    };
    let this = wire::Merchant {
        tin: party.tin.as_str().into(),
        name: party.name.as_str().into(),
        vat_payer: party.vat_payer,
        customers: Vec::new(),
    };
    wire::Merchant {
        tin: this.tin.clone(),
        name: this.name.clone(),
        vat_payer: this.vat_payer,
        customers: vec![this, final_consumer],
    }
}

fn payment_type(code: &str, name: &str) -> wire::PaymentType {
    wire::PaymentType { code: code.into(), name: name.into() }
}

fn in_ulaanbaatar(moment: Timestamp) -> DateTime {
    tz::offset(8).to_datetime(moment)
}

fn refused(status: StatusCode, message: &str, now: Timestamp) -> Response {
    let date = in_ulaanbaatar(now).strftime("%Y-%m-%d %H:%M:%S").to_string();
    json(status, &serde_json::json!({"status": "ERROR", "message": message, "date": date}))
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
