//! The production client against the simulated daemon, over real HTTP on the loopback.

mod affairs;
mod amending;
mod checking;
mod endings;
mod issuing;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, http::StatusCode, routing};
use domain::{Money, Month, contract::TaxKind, receipt::ReceiptType};
use jiff::{Timestamp, ToSpan, civil::date};
use rust_decimal::Decimal;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use uuid::Uuid;

use super::{
    Client, Settings,
    simulator::{KeptState, Mood, Party, Simulator},
};
use crate::{
    CallError,
    receipts::{BankAccount, BillSuffix, Buyer, Ddtd, Document, Issued, Line, Merchant, Paid, Receipts, Sale},
};

const OWNER: &str = "37900846788";
const COMPANY: &str = "61200064714";
const ACCOUNT: &str = "4990037827";

/// A daemon on the loopback, a client of it, and a clock in our hand.
struct Stage {
    daemon: Simulator,
    client: Client,
    address: SocketAddr,
    now: Arc<Mutex<Timestamp>>,
}

impl Stage {
    async fn new() -> Stage {
        let now = Arc::new(Mutex::new(moment("2026-02-12T15:31:42+08:00")));
        let clock = Arc::clone(&now);
        let owner = Party {
            city_payer: true,
            bank_accounts: vec![ACCOUNT.to_owned()],
            ..Party::merchant(OWNER, "6314465", "ТЕСТИЙН ХЭРЭГЛЭГЧ 1")
        };
        let company = Party::company(COMPANY, "6101111", "Мөнгөн Плаза ХХК");
        let daemon = Simulator::new(Arc::new(move || *clock.lock().unwrap()), vec![owner, company]);
        let address = serve(daemon.router()).await;
        Stage { daemon, client: client(address), address, now }
    }

    fn set_clock(&self, text: &str) {
        *self.now.lock().unwrap() = moment(text);
    }

    async fn issue(&self, sale: &Sale) -> Result<Issued, CallError> {
        Receipts::issue(&self.client, sale).await
    }

    fn effects(&self, sale: &Sale) -> u32 {
        self.daemon.effects().get(sale.bill_suffix.as_str()).copied().unwrap_or(0)
    }

    fn arrivals(&self, sale: &Sale) -> u32 {
        self.daemon.arrivals().get(sale.bill_suffix.as_str()).copied().unwrap_or(0)
    }

    /// A request as somebody else's client may write it; the status and the message that come back.
    async fn post(&self, body: &str) -> (u16, serde_json::Value) {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("http://{}/rest/receipt", self.address);
        let answer = http.post(url).body(body.to_owned()).send().await.unwrap();
        (answer.status().as_u16(), serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
    }
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn settings(address: SocketAddr) -> Settings {
    let base = format!("http://{address}");
    Settings { lookups: base.clone(), issue_within: Duration::from_secs(10), ..Settings::new(base) }
}

fn client(address: SocketAddr) -> Client {
    Client::new(settings(address))
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn rent(tugrug: i64) -> Line {
    Line {
        name: "Оффисын түрээс 2026-02".to_owned(),
        classification_code: "7211200".to_owned(),
        tax_kind: TaxKind::VatAble,
        exemption_code: None,
        quantity: Decimal::ONE,
        measure_unit: "сар".to_owned(),
        amount: Money::from_tugrug(tugrug),
        city_tax: false,
    }
}

fn dwelling(tugrug: i64) -> Line {
    Line { tax_kind: TaxKind::VatFree, exemption_code: Some("408".to_owned()), ..rent(tugrug) }
}

fn to(buyer: Buyer, lines: Vec<Line>) -> Sale {
    let total = Money::sum(lines.iter().map(|line| line.amount)).unwrap();
    Sale {
        bill_suffix: BillSuffix::of(Uuid::now_v7()),
        merchant: Merchant {
            tin: OWNER.to_owned(),
            branch_no: "001".to_owned(),
            pos_no: "001".to_owned(),
            district_code: "2501".to_owned(),
            vat_payer: true,
            city_tax_payer: true,
        },
        buyer,
        document: Document::Receipt {
            payments: vec![Paid { code: "BANK_TRANSFER".to_owned(), amount: total }],
            invoice_id: None,
        },
        lines,
        on: date(2026, 2, 12),
        report_month: None,
        inactive_id: None,
    }
}

fn to_person(lines: Vec<Line>) -> Sale {
    to(Buyer::Consumer { consumer_no: None }, lines)
}

fn to_company(lines: Vec<Line>) -> Sale {
    to(Buyer::Company { tin: COMPANY.to_owned() }, lines)
}

fn as_invoice(sale: Sale) -> Sale {
    let account = BankAccount { number: ACCOUNT.to_owned(), iban: String::new(), name: String::new() };
    Sale { document: Document::Invoice { account }, ..sale }
}

fn is_refused(result: Result<impl std::fmt::Debug, CallError>, with: &str) -> bool {
    matches!(result, Err(CallError::Refused { code, .. }) if code == with)
}

fn is_lost(result: Result<impl std::fmt::Debug, CallError>) -> bool {
    matches!(result, Err(CallError::Lost(_)))
}
