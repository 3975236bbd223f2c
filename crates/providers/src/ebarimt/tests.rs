//! The production client against the simulated daemon, over real HTTP on the loopback.

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

// --- what is issued -----------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_person_s_receipt_has_a_number_a_lottery_and_a_qr() {
    let stage = Stage::new().await;
    let sale = to(Buyer::Consumer { consumer_no: Some("10038071".to_owned()) }, vec![rent(850_000)]);

    let issued = stage.issue(&sale).await.unwrap();

    assert_eq!(sale.receipt_type(), ReceiptType::B2cReceipt);
    assert_eq!(issued.id.as_str(), "037900846788001095330000010012619");
    assert_eq!(issued.parts, ["037900846788001095330000110012619".parse().unwrap()]);
    assert_eq!(issued.provider_date, "2026-02-12 15:31:42");
    assert!(issued.easy);
    let lottery = issued.lottery.unwrap();
    assert!(lottery.reveal().len() == 11 && lottery.reveal().as_bytes()[2] == b' ', "{}", lottery.reveal());
    let qr = issued.qr_data.unwrap();
    assert!(qr.reveal().len() == 200 && qr.reveal().bytes().all(|b| b.is_ascii_digit()));
    let kept = &stage.daemon.receipts()[0];
    assert_eq!((kept.total, kept.vat), (Money::from_tugrug(850_000), Money::from_mungo(7_727_273)));
}

#[tokio::test]
async fn a_company_s_receipt_has_no_lottery() {
    let stage = Stage::new().await;

    let issued = stage.issue(&to_company(vec![rent(850_000), rent(100_000)])).await.unwrap();

    assert_eq!((issued.lottery, issued.easy), (None, false));
    let kept = &stage.daemon.receipts()[0];
    assert_eq!((kept.kind.as_str(), kept.customer_tin.as_deref()), ("B2B_RECEIPT", Some(COMPANY)));
    assert_eq!(kept.vat, Money::from_mungo(8_636_364));
}

#[tokio::test]
async fn an_invoice_has_no_lottery_until_it_is_paid() {
    let stage = Stage::new().await;
    let person = to_person(vec![rent(850_000)]);

    let invoice = stage.issue(&as_invoice(person.clone())).await.unwrap();
    let of_company = stage.issue(&as_invoice(to_company(vec![rent(1)]))).await.unwrap();
    let Document::Receipt { payments, .. } = person.document.clone() else { unreachable!("it is a receipt") };
    let paying = Sale {
        bill_suffix: BillSuffix::of(Uuid::now_v7()),
        document: Document::Receipt { payments, invoice_id: Some(invoice.id.clone()) },
        ..person
    };
    let receipt = stage.issue(&paying).await.unwrap();

    assert_eq!((invoice.lottery, of_company.lottery), (None, None));
    assert!(receipt.lottery.is_some());
    let kinds: Vec<_> = stage.daemon.receipts().iter().map(|kept| kept.kind.clone()).collect();
    assert_eq!(kinds, ["B2C_INVOICE", "B2B_INVOICE", "B2C_RECEIPT"]);
    assert_eq!(stage.daemon.receipts()[2].pays.as_deref(), Some(invoice.id.as_str()));
}

#[tokio::test]
async fn an_invoice_names_an_account_on_record() {
    let stage = Stage::new().await;
    let mut sale = as_invoice(to_person(vec![rent(1)]));
    let Document::Invoice { account } = &mut sale.document else { unreachable!("it is an invoice") };
    account.number = "5000000000".to_owned();

    assert!(is_refused(stage.issue(&sale).await, "400"));

    let accounts = Receipts::bank_accounts(&stage.client, OWNER).await.unwrap();
    assert_eq!(accounts.iter().map(|account| account.number.as_str()).collect::<Vec<_>>(), [ACCOUNT]);
    assert!(is_refused(Receipts::bank_accounts(&stage.client, "").await, "400"));
}

#[tokio::test]
async fn each_tax_kind_has_its_own_part() {
    let stage = Stage::new().await;
    let zero = Line { tax_kind: TaxKind::VatZero, exemption_code: Some("305".to_owned()), ..rent(300) };
    let outside = Line { tax_kind: TaxKind::NotVat, exemption_code: Some("501".to_owned()), ..rent(400) };
    let drink = Line { city_tax: true, ..rent(2800) };
    let sale = to_person(vec![rent(850_000), dwelling(500_000), drink, zero, outside]);

    let issued = stage.issue(&sale).await.unwrap();

    assert_eq!(issued.parts.len(), 4);
    let kept = &stage.daemon.receipts()[0];
    let lines: Vec<_> = kept.lines.iter().map(|line| (line.tax_type.as_str(), line.amount.mungo() / 100)).collect();
    assert_eq!(
        lines,
        [("VAT_ABLE", 850_000), ("VAT_ABLE", 2800), ("VAT_FREE", 500_000), ("VAT_ZERO", 300), ("NOT_VAT", 400)]
    );
    // 77 272.73 of the rent, and 250 and 50 of the drink, whose base is without both taxes
    assert_eq!((kept.vat, kept.city_tax), (Money::from_mungo(7_752_273), Money::from_tugrug(50)));
}

#[tokio::test]
async fn only_what_is_outside_vat_draws_no_lottery() {
    let stage = Stage::new().await;
    let outside = Line { tax_kind: TaxKind::NotVat, exemption_code: Some("501".to_owned()), ..rent(400) };

    let issued = stage.issue(&to_person(vec![outside.clone()])).await.unwrap();
    let mixed = stage.issue(&to_person(vec![outside.clone(), dwelling(1)])).await.unwrap();
    assert_eq!((issued.lottery.is_some(), mixed.lottery.is_some()), (false, true));

    let other = Client::new(Settings { says_no_vat: true, ..settings(stage.address) });
    Receipts::issue(&other, &to_person(vec![outside])).await.unwrap();
    let kept = stage.daemon.receipts();
    assert_eq!((kept[0].lines[0].tax_type.as_str(), kept[2].lines[0].tax_type.as_str()), ("NOT_VAT", "NO_VAT"));
}

#[tokio::test]
async fn a_merchant_who_is_no_payer_has_no_vat() {
    let stage = Stage::new().await;
    let small = Party { vat_payer: false, ..Party::merchant("70000000001", "5000001", "Жижиг ХХК") };
    stage.daemon.register(small);
    Receipts::send_data(&stage.client).await.unwrap();
    let mut sale = to_person(vec![rent(850_000)]);
    sale.merchant = Merchant { tin: "70000000001".to_owned(), vat_payer: false, ..sale.merchant };

    stage.issue(&sale).await.unwrap();

    assert_eq!(stage.daemon.receipts()[0].vat, Money::ZERO);
}

// --- what is taken back and put right -----------------------------------------------------------------------------

#[tokio::test]
async fn a_receipt_is_given_back_with_the_date_it_was_issued_with() {
    let stage = Stage::new().await;
    let issued = stage.issue(&to_person(vec![rent(850_000)])).await.unwrap();
    stage.set_clock("2026-02-14T09:00:00+08:00");
    let give_back = |date: &'static str| Receipts::give_back(&stage.client, &issued.id, date);

    assert!(is_refused(give_back("2026-02-14 09:00:00").await, "400"));
    assert_eq!(give_back("2026-02-12 15:31:42").await, Ok(()));
    assert_eq!(stage.daemon.receipts()[0].state, KeptState::Returned);
    assert!(is_refused(give_back("2026-02-12 15:31:42").await, "400"), "it is inactive already");
}

#[tokio::test]
async fn a_company_s_receipt_is_not_given_back() {
    let stage = Stage::new().await;
    let issued = stage.issue(&to_company(vec![rent(850_000)])).await.unwrap();

    assert!(is_refused(Receipts::give_back(&stage.client, &issued.id, &issued.provider_date).await, "400"));
    assert_eq!(stage.daemon.receipts()[0].state, KeptState::Valid);
}

#[tokio::test]
async fn a_return_whose_answer_was_lost_is_repeated_and_then_refused() {
    let stage = Stage::new().await;
    let issued = stage.issue(&to_person(vec![rent(850_000)])).await.unwrap();
    stage.daemon.set_mood(Mood::DieAfterEffect, Some(1));

    assert!(is_lost(Receipts::give_back(&stage.client, &issued.id, &issued.provider_date).await));
    assert_eq!(stage.daemon.receipts()[0].state, KeptState::Returned);
    assert!(is_refused(Receipts::give_back(&stage.client, &issued.id, &issued.provider_date).await, "400"));
}

#[tokio::test]
async fn corrections_make_a_chain_that_grows_at_its_end_only() {
    let stage = Stage::new().await;
    let corrects = |id: &Ddtd, tugrug| Sale { inactive_id: Some(id.clone()), ..to_person(vec![rent(tugrug)]) };
    let first = stage.issue(&to_person(vec![rent(850_000)])).await.unwrap();

    let second = stage.issue(&corrects(&first.id, 800_000)).await.unwrap();
    let third = stage.issue(&corrects(&second.id, 750_000)).await.unwrap();

    assert_eq!((second.lottery, third.lottery), (None, None));
    let unknown: Ddtd = "1".repeat(33).parse().unwrap();
    for not_the_newest in [&first.id, &second.id, &unknown] {
        assert!(is_refused(stage.issue(&corrects(not_the_newest, 1)).await, "400"), "{not_the_newest}");
    }
    let states: Vec<_> = stage.daemon.receipts().iter().map(|kept| kept.state).collect();
    assert_eq!(states, [KeptState::Corrected, KeptState::Corrected, KeptState::Valid]);

    Receipts::give_back(&stage.client, &third.id, &third.provider_date).await.unwrap();
    assert!(is_refused(stage.issue(&corrects(&third.id, 1)).await, "400"), "it has been given back");
}

#[tokio::test]
async fn a_company_s_late_receipt_counts_for_last_month_until_the_seventh() {
    let stage = Stage::new().await;
    let late = |buyer: fn(Vec<Line>) -> Sale, month: &str| Sale {
        report_month: Some(month.parse::<Month>().unwrap()),
        ..buyer(vec![rent(850_000)])
    };

    // midnight in Ulaanbaatar is 16:00 in UTC: first the 8th begins there, then the 7th
    stage.set_clock("2026-03-07T16:00:00Z");
    assert!(is_refused(stage.issue(&late(to_company, "2026-02")).await, "400"));
    stage.set_clock("2026-03-06T16:00:00Z");
    assert!(stage.issue(&late(to_company, "2026-02")).await.is_ok());
    assert!(is_refused(stage.issue(&late(to_company, "2026-01")).await, "400"));
    assert!(is_refused(stage.issue(&late(to_person, "2026-02")).await, "400"));
}

// --- how a call ends ----------------------------------------------------------------------------------------------

#[tokio::test]
async fn every_mood_ends_in_its_own_way_and_nothing_is_sent_again() {
    let refused = |code: &str| Some(("refused", code.to_owned()));
    let lost = || Some(("lost", String::new()));
    let slow = Duration::from_millis(1500);
    let moods = [
        (Mood::Refuse, refused("400"), 0),
        (Mood::RefusePolitely, refused("ERROR"), 0),
        (Mood::DieAfterEffect, lost(), 1),
        (Mood::DieBeforeEffect, lost(), 0),
        (Mood::Slow(slow), lost(), 1),
        (Mood::Garbled, lost(), 1),
        (Mood::Html502, lost(), 0),
        (Mood::NotRegistered, lost(), 0),
        (Mood::Broken, lost(), 0),
        (Mood::Slow(Duration::from_millis(1)), None, 1),
        (Mood::Twice, None, 1),
        (Mood::NoLottery, None, 1),
    ];
    for (mood, expected, effects) in moods {
        let stage = Stage::new().await;
        // A second arrival would be a second receipt here; only what is meant to come twice is caught.
        stage.daemon.reject_duplicates(mood == Mood::Twice);
        stage.daemon.set_mood(mood, Some(1));
        let hasty = Settings { issue_within: Duration::from_millis(700), ..settings(stage.address) };
        let sale = to_person(vec![rent(850_000)]);

        let ended = match Receipts::issue(&Client::new(hasty), &sale).await {
            Ok(issued) => {
                assert_eq!(issued.lottery.is_none(), mood == Mood::NoLottery);
                None
            }
            Err(CallError::Refused { code, message }) => {
                assert!(!message.is_empty());
                Some(("refused", code))
            }
            Err(CallError::Lost(_)) => Some(("lost", String::new())),
            Err(CallError::NotSent(why)) => panic!("{mood:?}: {why}"),
        };

        assert_eq!(ended, expected, "{mood:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!((stage.effects(&sale), stage.arrivals(&sale)), (effects, 1), "{mood:?}");
        assert!(stage.issue(&to_person(vec![rent(1)])).await.is_ok(), "{mood:?} lasted for one call");
    }
}

#[tokio::test]
async fn a_daemon_that_is_not_there_was_sent_nothing() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let not_there = client(address);
    let unknown = Client::new(Settings::new("http://daemon.invalid:7080"));

    for client in [not_there, unknown, Client::new(Settings::new("no address"))] {
        let sale = to_person(vec![rent(1)]);
        assert!(matches!(Receipts::issue(&client, &sale).await, Err(CallError::NotSent(_))));
        assert!(matches!(Receipts::info(&client).await, Err(CallError::NotSent(_))));
    }
}

#[tokio::test]
async fn a_daemon_that_dies_writes_not_a_byte() {
    let stage = Stage::new().await;
    stage.daemon.set_mood(Mood::DieAfterEffect, None);
    let mut connection = TcpStream::connect(stage.address).await.unwrap();

    connection.write_all(b"GET /rest/sendData HTTP/1.1\r\nHost: daemon\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();

    assert_eq!(String::from_utf8_lossy(&answer), "");
}

/// The decision rule on answers that no simulator of ours would give.
#[tokio::test]
async fn only_success_with_a_number_is_success() {
    const ID: &str = r#""id":"037900846788001095330000010012619","date":"2026-02-12 15:31:42""#;
    let cases = [
        (200, format!(r#"{{"status":"SUCCESS",{ID}}}"#), "issued"),
        (201, format!(r#"{{"status":"SUCCESS",{ID},"easy":"true","lottery":null,"qrData":""}}"#), "issued"),
        (200, r#"{"status":"SUCCESS","id":"123"}"#.to_owned(), "lost"),
        (200, r#"{"status":"SUCCESS"}"#.to_owned(), "lost"),
        (200, format!(r#"{{"status":"PAYMENT",{ID}}}"#), "lost"),
        (200, r#"{"status":"PAYMENT","message":"Төлбөр дутуу"}"#.to_owned(), "refused PAYMENT Төлбөр дутуу"),
        (200, r#"{"status":"ERROR","message":"Алдаа"}"#.to_owned(), "refused ERROR Алдаа"),
        (200, r#"{"status":"WAITING"}"#.to_owned(), "lost"),
        (200, "{}".to_owned(), "lost"),
        (200, String::new(), "lost"),
        (200, "<html>Шинэчилж байна</html>".to_owned(), "lost"),
        (302, String::new(), "lost"),
        (
            400,
            r#"{"status":"ERROR","message":"tin талбарын утга хоосон"}"#.to_owned(),
            "refused 400 tin талбарын утга хоосон",
        ),
        (403, "<html>Forbidden</html>".to_owned(), "refused 403 "),
        (500, r#"{"status":500,"msg":"Дотоод алдаа"}"#.to_owned(), "lost"),
        (500, format!(r#"{{"status":"SUCCESS",{ID}}}"#), "lost"),
        (503, "not registered".to_owned(), "lost"),
    ];
    for (status, body, expected) in cases {
        let answer = body.clone();
        let always = routing::any(async move || (StatusCode::from_u16(status).unwrap(), answer));
        let client = client(serve(Router::new().fallback(always)).await);

        let ended = match Receipts::issue(&client, &to_person(vec![rent(1)])).await {
            Ok(issued) => {
                assert_eq!((issued.lottery, issued.qr_data, issued.easy), (None, None, status == 201));
                "issued".to_owned()
            }
            Err(CallError::Refused { code, message }) => format!("refused {code} {message}"),
            Err(CallError::Lost(_)) => "lost".to_owned(),
            Err(CallError::NotSent(why)) => why,
        };

        assert_eq!(ended, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_recorded_answer_is_read() {
    const RECORDED: &str = r#"{"id":"037900846788001095330000010012619","version":"3.2.39","totalAmount":5600,
        "totalVAT":500,"totalCityTax":100,"branchNo":"001","districtCode":"2501","merchantTin":"37900846788",
        "posNo":"001","consumerNo":"10038071","type":"B2C_RECEIPT","receipts":[{"id":"037900846788001095330000110012619",
        "totalAmount":5600,"taxType":"VAT_ABLE","items":[{"name":"Талх","barCode":"19059010880001","barCodeType":"GS1",
        "classificationCode":"2349010","measureUnit":"ш","qty":1,"unitPrice":5000,"totalAmount":5600,"totalVAT":500,
        "totalCityTax":100}],"merchantTin":"37900846788","totalVAT":500,"totalCityTax":100}],
        "payments":[{"code":"CASH","paidAmount":5600,"status":"PAID"}],"posId":101321077,"status":"SUCCESS",
        "qrData":"308923265245466724745926","lottery":"SN 47461258","date":"2026-02-12 15:31:42","easy":true}"#;
    let client = client(serve(Router::new().fallback(async || RECORDED)).await);

    let issued = Receipts::issue(&client, &to_person(vec![rent(5600)])).await.unwrap();

    assert_eq!(issued.parts, ["037900846788001095330000110012619".parse().unwrap()]);
    assert_eq!(issued.lottery.as_ref().unwrap().reveal(), "SN 47461258");
    assert!(issued.easy);
    let printed = format!("{issued:?} {issued:#?}");
    assert!(printed.contains("037900846788001095330000010012619"));
    assert!(!printed.contains("47461258") && !printed.contains("308923"), "{printed}");
}

/// An answer that is cut off after the lottery number is lost, and its words do not carry the number.
#[tokio::test]
async fn an_error_never_quotes_an_answer() {
    let cut = r#"{"status":"SUCCESS","lottery":"SN 47461258","qrData":"308923265245466"#;
    for status in [200, 400, 500] {
        let always = routing::any(async move || (StatusCode::from_u16(status).unwrap(), cut));
        let client = client(serve(Router::new().fallback(always)).await);
        let error = Receipts::issue(&client, &to_person(vec![rent(1)])).await.unwrap_err();
        let printed = format!("{error} {error:?}");
        assert!(!printed.contains("47461258") && !printed.contains("308923"), "{printed}");
    }
}

// --- the daemon's own affairs -------------------------------------------------------------------------------------

#[tokio::test]
async fn info_tells_lotteries_and_the_last_upload() {
    let stage = Stage::new().await;
    stage.daemon.set_lotteries(499);
    stage.issue(&to_person(vec![rent(1)])).await.unwrap();
    stage.set_clock("2026-02-13T08:00:00+08:00");

    let before = Receipts::info(&stage.client).await.unwrap();
    Receipts::send_data(&stage.client).await.unwrap();
    let after = Receipts::info(&stage.client).await.unwrap();

    assert_eq!(before.left_lotteries, 498);
    assert_eq!(before.last_sent, Some(moment("2026-02-12T15:31:42+08:00")));
    assert_eq!(after.last_sent, Some(moment("2026-02-13T08:00:00+08:00")));
    assert_eq!(before.merchants.iter().map(|m| (m.tin.as_str(), m.vat_payer)).collect::<Vec<_>>(), [(OWNER, true)]);
    assert!(before.payment_codes.contains(&"BANK_TRANSFER".to_owned()));
}

#[tokio::test]
async fn without_an_upload_for_three_days_or_without_stock_there_is_no_lottery() {
    let stage = Stage::new().await;
    let draws = async || stage.issue(&to_person(vec![rent(1)])).await.unwrap().lottery.is_some();

    *stage.now.lock().unwrap() += 71.hours().minutes(59).seconds(59);
    assert!(draws().await);
    *stage.now.lock().unwrap() += 1.seconds();
    assert!(!draws().await);
    Receipts::send_data(&stage.client).await.unwrap();
    assert!(draws().await);
    stage.daemon.set_lotteries(1);
    assert_eq!((draws().await, draws().await), (true, false));
}

#[tokio::test]
async fn a_new_merchant_sells_only_after_an_upload() {
    let stage = Stage::new().await;
    stage.daemon.register(Party::merchant("70000000001", "5000001", "Шинэ ХХК"));
    let mut sale = to_person(vec![rent(1)]);
    sale.merchant.tin = "70000000001".to_owned();

    assert!(is_refused(stage.issue(&sale).await, "400"));
    Receipts::send_data(&stage.client).await.unwrap();
    assert!(stage.issue(&sale).await.is_ok());
}

#[tokio::test]
async fn the_same_suffix_on_the_same_day_is_a_duplicate_when_the_daemon_looks() {
    let stage = Stage::new().await;
    let sale = to_person(vec![rent(1)]);
    stage.issue(&sale).await.unwrap();

    assert!(is_refused(stage.issue(&sale).await, "400"));
    assert_eq!((stage.effects(&sale), stage.arrivals(&sale)), (1, 2));
    stage.set_clock("2026-02-13T00:00:00+08:00");
    assert!(stage.issue(&sale).await.is_ok(), "it is another day");
    stage.daemon.reject_duplicates(false);
    assert!(stage.issue(&sale).await.is_ok());
    assert_eq!(stage.effects(&sale), 3);
}

#[tokio::test]
async fn taxpayers_are_looked_up() {
    let stage = Stage::new().await;
    let person = Party::company("88810123456789", "УБ91010112", "Дулмаа");
    stage.daemon.register(Party { vat_payer: false, free_project: true, ..person });
    let tin_of = async |register_no| Receipts::tin_of(&stage.client, register_no).await.unwrap();
    let taxpayer = async |tin| Receipts::taxpayer(&stage.client, tin).await.unwrap();

    assert_eq!(tin_of("6314465").await.as_deref(), Some(OWNER), "a number");
    assert_eq!(tin_of("УБ91010112").await.as_deref(), Some("88810123456789"), "a text");
    assert_eq!(tin_of("0000000").await, None);
    let owner = taxpayer(OWNER).await.unwrap();
    assert_eq!((owner.name.as_str(), owner.vat_payer, owner.city_tax_payer), ("ТЕСТИЙН ХЭРЭГЛЭГЧ 1", true, true));
    assert!(taxpayer("88810123456789").await.unwrap().free_project);
    assert_eq!(taxpayer("1").await, None);
}

#[tokio::test]
async fn a_look_up_says_nothing_in_many_ways() {
    let cases = [
        (200, r#"{"msg":"Амжилттай.","status":200,"data":0}"#),
        (200, r#"{"msg":"Амжилттай.","status":200,"data":null}"#),
        (200, r#"{"status":200,"data":""}"#),
        (200, r#"{"msg":"олдсонгүй","status":500,"data":null}"#),
        (400, "bad request"),
    ];
    for (status, body) in cases {
        let always = routing::any(async move || (StatusCode::from_u16(status).unwrap(), body));
        let client = client(serve(Router::new().fallback(always)).await);
        assert_eq!(Receipts::tin_of(&client, "6314465").await, Ok(None), "{body}");
    }
    let not_found = r#"{"status":200,"data":{"name":null,"found":false}}"#;
    let client = client(serve(Router::new().fallback(async move || not_found)).await);
    assert_eq!(Receipts::taxpayer(&client, "1").await, Ok(None));
}

// --- what the daemon checks ---------------------------------------------------------------------------------------

/// A request that is right, as another client writes it: its own capitals, nulls, amounts without decimals.
const RIGHT: &str = r#"{"branchno":"001","totalAmount":2800,"totalVat":250.0,"totalCityTax":"50","districtCode":"2501",
    "merchantTin":"37900846788","posNo":"001","customerTin":null,"consumerNo":"","type":"B2C_RECEIPT","inActiveId":null,
    "invoiceId":null,"reportMonth":null,"billIdSuffix":"000123","receipts":[{"totalAmount":2800.00,"totalVAT":250,
    "totalCityTax":50,"taxType":"VAT_ABLE","merchantTin":"37900846788","customerTin":null,"bankAccountNo":"","iBan":"",
    "items":[{"name":"Ундаа","barCode":null,"barCodeType":"UNDEFINED","classificationCode":"2449010",
    "taxProductCode":null,"measureUnit":"ш","qty":1,"unitPrice":2500,"totalVAT":250,"totalCityTax":50,
    "totalAmount":2800}]}],"payments":[{"code":"CASH","status":"PAID","paidAmount":2800}]}"#;

#[tokio::test]
async fn a_right_request_is_echoed_without_its_nulls() {
    let stage = Stage::new().await;

    let (status, echo) = stage.post(RIGHT).await;

    assert_eq!((status, echo["status"].as_str()), (200, Some("SUCCESS")));
    assert_eq!(echo["receipts"][0]["id"], "037900846788001095330000110012619");
    assert_eq!(echo["branchNo"], "001");
    assert!(echo["totalVAT"].is_number());
    for null in ["customerTin", "inactiveId", "invoiceId", "reportMonth"] {
        assert!(echo.get(null).is_none(), "{null}");
    }
}

#[tokio::test]
async fn the_first_thing_that_is_wrong_is_named() {
    let two = "\"inActiveId\":null";
    let unknown = format!("\"inActiveId\":\"{}\"", "1".repeat(33));
    let cases = [
        (r#""branchno":"001""#, r#""branchno":"""#, "branchNo талбарын утга хоосон"),
        (r#""posNo":"001""#, r#""posNo":null"#, "posNo талбарын утга хоосон"),
        (r#""classificationCode":"2449010","#, "", "classificationCode талбарын утга хоосон"),
        (r#""classificationCode":"2449010""#, r#""classificationCode":"24""#, "classificationCode талбарын утга буруу"),
        (r#""qty":1,"#, r#""qty":0,"#, "qty талбарын утга хоосон"),
        (r#""taxType":"VAT_ABLE""#, r#""taxType":"VAT_FREE""#, "taxProductCode талбарын утга хоосон"),
        (
            r#""merchantTin":"37900846788","posNo""#,
            r#""merchantTin":"61200064714","posNo""#,
            "61200064714 ТТД-тай борлуулагч бүртгэлгүй байна",
        ),
        (r#""type":"B2C_RECEIPT""#, r#""type":"B2B_RECEIPT""#, "customerTin талбарын утга хоосон"),
        (r#""type":"B2C_RECEIPT""#, r#""type":"B2X""#, "type талбарын утга буруу"),
        (
            r#""customerTin":null,"consumerNo""#,
            r#""customerTin":"61200064714","consumerNo""#,
            "customerTin талбарын утга буруу",
        ),
        (r#""taxProductCode":null"#, r#""taxProductCode":"408""#, "taxProductCode талбарын утга буруу"),
        (
            r#""totalAmount":2800,"totalVat""#,
            r#""totalAmount":2800.01,"totalVat""#,
            "totalAmount талбарын утга буруу. Шалгуур дүн: 2800",
        ),
        (r#""totalVat":250.0"#, r#""totalVat":250.01"#, "totalVAT талбарын утга буруу. Шалгуур дүн: 250"),
        (r#""paidAmount":2800"#, r#""paidAmount":2799.99"#, "paidAmount талбарын утга буруу. Шалгуур дүн: 2799.99"),
        (r#""code":"CASH""#, r#""code":"BARTER""#, "code талбарын утга буруу"),
        (r#""status":"PAID""#, r#""status":"PAY""#, "status талбарын утга буруу"),
        (r#""reportMonth":null"#, r#""reportMonth":"2026-01-01""#, "reportMonth талбарын утга буруу"),
        (two, unknown.as_str(), "inactiveId дугаартай баримт олдсонгүй"),
    ];
    let stage = Stage::new().await;
    for (right, wrong, message) in cases {
        assert!(RIGHT.contains(right), "{right}");
        let (status, answer) = stage.post(&RIGHT.replacen(right, wrong, 1)).await;
        assert_eq!(
            (status, answer["status"].as_str(), answer["message"].as_str()),
            (400, Some("ERROR"), Some(message))
        );
        assert_eq!(answer["date"], "2026-02-12 15:31:42");
    }
    assert!(stage.daemon.receipts().is_empty());
    assert_eq!(stage.post("not json").await.0, 400);
    assert_eq!(stage.post(RIGHT).await.0, 200, "a refused request may be put right and sent with its suffix");
}

#[tokio::test]
async fn taxes_are_checked_to_the_mungo() {
    let stage = Stage::new().await;
    let city = RIGHT.replace(r#""totalCityTax":50"#, r#""totalCityTax":56"#).replace(r#":"50""#, r#":"56""#);
    let vat = RIGHT.replace(r#"VAT":250"#, r#"VAT":254.55"#).replace(r#""totalVat":250.0"#, r#""totalVat":254.55"#);

    let message = async |body: &str| stage.post(body).await.1["message"].as_str().unwrap_or_default().to_owned();

    assert_eq!(message(&city).await, "НХАТ-г 2%-р тооцоолоогүй байна. Шалгуур дүн: 50");
    assert_eq!(message(&vat).await, "НӨАТ-г 10%-р тооцоолоогүй байна. Шалгуур дүн: 250");
}
