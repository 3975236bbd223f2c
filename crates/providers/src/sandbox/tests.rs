//! The sandbox as a person's browser and as a script see it, over real HTTP.

use axum::Router;
use domain::{IntentId, Money, PromiseId};
use reqwest::{Client, Method, Response, StatusCode, header};
use serde_json::{Value, json};

use super::{
    Door, Ledger, Mood, Part, Provider, ShownReceipt,
    moods::Setting,
    part::{ReceiptState, ShownLine},
    testing::{World, browser},
};
use crate::{
    QrPayments, Secret, TextMessages,
    qpay::{self, QPay},
    qr_payments::{Asked, Asking, QrMerchant, Reference},
    sms::{self, Operators},
    text_messages::TextMessage,
};

#[tokio::test]
async fn the_index_lists_what_can_be_called_and_every_plain_page_answers() {
    let town = Town::new().await;

    let by_path = town.json("/sandbox/index.json").await;
    let by_accept: Value = town.send(town.request(Method::GET, "/sandbox").header("accept", "application/json")).await;

    assert_eq!(by_path, by_accept);
    let doors = by_path["items"].as_array().unwrap();
    assert!(doors.iter().all(|door| !door["what"].as_str().unwrap().is_empty()));
    let gets = doors.iter().filter(|door| door["method"] == "GET").map(|door| door["path"].as_str().unwrap());
    let plain: Vec<&str> = gets.filter(|path| !path.contains('{') && !path.contains("/smsmt/")).collect();
    assert!(plain.len() >= 10, "{plain:?}");
    for path in plain {
        assert_eq!(town.get(path).await.status(), 200, "{path}");
    }
    for must in [
        "/sandbox/messages.json",
        "/sandbox/qpay/invoices.json",
        "/sandbox/qpay/invoices/{id}/pay",
        "/sandbox/receipts.json",
        "/sandbox/moods.json",
        "/sandbox/ledger.json",
        "/sandbox/ebarimt/rest/receipt",
    ] {
        assert!(doors.iter().any(|door| door["path"].as_str().unwrap().starts_with(must)), "{must}");
    }
}

#[tokio::test]
async fn pages_bring_no_scripts_no_inline_styles_and_nothing_from_outside() {
    let town = Town::new().await;
    let asked = town.asks().await;
    town.sends("99110001", "Tulbur: https://pay.example.mn/t/abc").await;
    let payer = format!("/sandbox/qpay/invoices/{}", asked.provider_invoice_id);

    for path in [
        "/sandbox",
        "/sandbox/messages",
        "/sandbox/messages?number=99110001",
        "/sandbox/qpay/invoices",
        "/sandbox/receipts",
        "/sandbox/moods",
        &payer,
    ] {
        let page = town.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
        let html = page.text().await.unwrap();
        assert!(html.contains("<html lang=\"mn\">") && html.contains("name=\"viewport\""), "{path}");
        for forbidden in ["<script", " style=", "<style", " onclick", "src=\"http", "rel=\"stylesheet\" href=\"http"] {
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
    }
    let css = town.get("/sandbox/style.css").await;
    assert_eq!(css.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
}

#[tokio::test]
async fn a_person_pays_by_form_and_sees_that_it_is_paid() {
    let town = Town::new().await;
    let asked = town.asks().await;
    let payer = format!("/sandbox/qpay/invoices/{}", asked.provider_invoice_id);
    let page = town.get(&payer).await.text().await.unwrap();
    assert!(page.contains("Төлөх") && page.contains("76\u{a0}000 ₮") && page.contains("Түрээс 2026.11"), "{page}");

    let short = browser().get(&asked.short_url).send().await.unwrap();
    let paid = town.send_raw(town.request(Method::POST, &format!("{payer}/pay")).form(&[("bank", "150000")])).await;
    let twice = town.send_raw(town.request(Method::POST, &format!("{payer}/pay")).form(&[("bank", "150000")])).await;

    assert_eq!((short.status().as_u16(), &short.headers()["location"]), (303, &payer.as_str().parse().unwrap()));
    assert_eq!((paid.status().as_u16(), &paid.headers()["location"]), (303, &payer.as_str().parse().unwrap()));
    let page = town.get(&payer).await.text().await.unwrap();
    assert!(page.contains("амжилттай төлөгдлөө") && page.contains("Голомт банк"), "{page}");
    assert_eq!(twice.status(), 400);
    assert!(twice.text().await.unwrap().contains("Нэхэмжлэх төлөгдсөн байна"));
    let list = town.get("/sandbox/qpay/invoices").await.text().await.unwrap();
    assert!(list.contains("Төлөх нэхэмжлэх алга."), "{list}");
}

#[tokio::test]
async fn a_script_finds_open_invoices_and_pays_one() {
    let town = Town::new().await;
    let (first, second) = (town.asks().await, town.asks().await);

    let open = town.json("/sandbox/qpay/invoices.json?state=open").await;
    let pay = open["items"][0]["payUrl"].as_str().unwrap();
    let payment: Value = town.send(town.request(Method::POST, pay).header("accept", "application/json")).await;
    let left = town.json("/sandbox/qpay/invoices.json?state=open").await;
    let reference = open["items"][0]["reference"].as_str().unwrap();
    let one = town.json(&format!("/sandbox/qpay/invoices.json?reference={reference}")).await;

    assert_eq!(open["items"].as_array().unwrap().len(), 2);
    assert_eq!(open["items"][0]["id"], second.provider_invoice_id.as_str(), "the newest comes first");
    assert_eq!((&payment["amount"], &payment["status"]), (&json!("7600000"), &json!("PAID")));
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    assert_eq!(left["items"][0]["id"], first.provider_invoice_id.as_str());
    assert_eq!(one["items"][0]["payments"][0]["id"], payment["id"]);
    let ledger = town.json("/sandbox/ledger.json").await;
    assert_eq!(ledger["qpay"][reference], 1);

    let part = json!({"amount": "100000", "bank": "040000"});
    let path = format!("/sandbox/qpay/invoices/{}/pay", first.provider_invoice_id);
    let refused = town.send_raw(town.request(Method::POST, &path).json(&part)).await;
    assert_eq!(refused.status(), 400);
    assert_eq!(refused.json::<Value>().await.unwrap()["error"], "INVALID_AMOUNT");
    let unknown = town.send_raw(town.request(Method::POST, &path).json(&json!({"amout": "1"}))).await;
    assert_eq!(unknown.status(), 400, "a misspelt field is not a whole payment");
    let nobody = town.request(Method::POST, "/sandbox/qpay/invoices/none/pay").header("accept", "application/json");
    assert_eq!(town.send_raw(nobody).await.json::<Value>().await.unwrap()["error"], "INVOICE_NOTFOUND");
}

#[tokio::test]
async fn a_phone_shows_its_messages_with_links_to_follow() {
    let town = Town::new().await;
    town.sends("99110001", "Tulbur: https://pay.example.mn/t/abc").await;
    town.sends("99110001", "Баярлалаа <b>").await;
    town.sends("88112233", "Bat").await;

    let messages = town.json("/sandbox/messages.json?number=99110001").await;
    let all = town.json("/sandbox/messages.json").await;
    let page = town.get("/sandbox/messages?number=99110001").await.text().await.unwrap();
    let phones = town.get("/sandbox/messages").await.text().await.unwrap();

    let items = messages["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["text"], &items[0]["encoding"]), (&json!("Баярлалаа <b>"), &json!("UCS-2")));
    assert_eq!((&items[1]["links"], &items[1]["parts"]), (&json!(["https://pay.example.mn/t/abc"]), &json!(1)));
    assert_eq!((&items[1]["from"], &items[1]["gateway"]), (&json!("131344"), &json!("mobicom")));
    assert_eq!(all["items"].as_array().unwrap().len(), 3);
    assert!(page.contains("<a href=\"https://pay.example.mn/t/abc\">") && page.contains("Баярлалаа &lt;b&gt;"));
    assert!(phones.contains("88112233") && phones.contains("2 мессеж"));
}

#[tokio::test]
async fn moods_are_set_by_script_and_by_form() {
    let town = Town::new().await;
    let wanted = json!({"qpay": {"mood": "die_after_effect", "calls": 2}, "sms": {"mood": "slow", "delayMs": 7}});

    let set: Value = town.send(town.request(Method::PUT, "/sandbox/moods.json").json(&wanted)).await;
    let form = [("mood", "twice"), ("calls", ""), ("delayMs", "50")];
    let by_form = town.send_raw(town.request(Method::POST, "/sandbox/moods/ebarimt").form(&form)).await;
    let seen = town.json("/sandbox/moods.json").await;

    assert_eq!(set["qpay"], json!({"mood": "die_after_effect", "calls": 2, "delayMs": 3000}));
    assert_eq!(set["ebarimt"]["mood"], "normal");
    assert_eq!(by_form.status(), 303);
    assert_eq!(seen["sms"], json!({"mood": "slow", "calls": null, "delayMs": 7}));
    assert_eq!(seen["ebarimt"], json!({"mood": "twice", "calls": null, "delayMs": 50}));
    for bad in
        [json!({"qpay": {"mood": "furious"}}), json!({"bank": {"mood": "slow"}}), json!({"qpay": {"moods": "slow"}})]
    {
        let answer = town.send_raw(town.request(Method::PUT, "/sandbox/moods.json").json(&bad)).await;
        assert_eq!(answer.status(), 400, "{bad}");
    }
    let bad = [("mood", "slow"), ("calls", "many")];
    assert_eq!(town.send_raw(town.request(Method::POST, "/sandbox/moods/sms").form(&bad)).await.status(), 400);
    assert_eq!(town.json("/sandbox/moods.json").await, seen, "a mistake changes nothing");
}

#[tokio::test]
async fn switches_are_set_by_script() {
    let town = Town::new().await;
    let broken = json!({"broken": true});
    let set: Value = town.send(town.request(Method::PUT, "/sandbox/qpay/switches.json").json(&broken)).await;
    assert_eq!((&set["broken"], &set["shortTokens"]), (&json!(true), &json!(false)));
    let unknown = json!({"unknownAddress": true});
    let set: Value = town.send(town.request(Method::PUT, "/sandbox/sms/switches.json").json(&unknown)).await;
    assert_eq!(set, unknown);
    assert_eq!(town.send_raw(town.request(Method::DELETE, "/sandbox/qpay/tokens")).await.status(), 204);
}

#[tokio::test]
async fn the_tax_daemon_feels_the_common_moods() {
    let town = Town::new().await;
    let issue =
        async || town.send_raw(town.request(Method::POST, "/sandbox/ebarimt/rest/receipt").json(&json!({}))).await;
    let moods = town.world.sandbox.moods();
    let daemon_says = issue().await.text().await.unwrap();

    moods.set(Provider::Ebarimt, Setting::next(Mood::Refuse, 1));
    let refused = issue().await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(refused.json::<Value>().await.unwrap()["message"], "Баримт бүртгэх боломжгүй байна");
    moods.set(Provider::Ebarimt, Setting::next(Mood::DieAfterEffect, 1));
    let dead = town.request(Method::POST, "/sandbox/ebarimt/rest/receipt").json(&json!({})).send().await;
    assert!(dead.is_err(), "{dead:?}");
    moods.set(Provider::Ebarimt, Setting::next(Mood::Twice, 1));
    assert_eq!(issue().await.status(), StatusCode::BAD_REQUEST);

    assert_eq!(moods.get(Provider::Ebarimt), Setting::default(), "each lasted for one call");
    assert!(issue().await.text().await.unwrap().split(',').next() == daemon_says.split(',').next());
    assert_eq!(town.get("/sandbox/ebarimt/rest/info").await.status(), 200);
}

#[tokio::test]
async fn another_simulator_is_plugged_in_with_one_line() {
    struct Shop;
    impl Part for Shop {
        fn provider(&self) -> Provider {
            Provider::Ebarimt
        }
        fn router(&self) -> Router {
            Router::new()
        }
        fn desk(&self) -> Router {
            Router::new().route("/shop", axum::routing::get(|| async { "open" }))
        }
        fn ledger(&self) -> Ledger {
            Ledger::default()
        }
        fn doors(&self) -> Vec<Door> {
            vec![Door { method: "GET", path: "/sandbox/shop".into(), what: "Дэлгүүр", what_en: "A shop" }]
        }
        fn receipts(&self) -> Vec<ShownReceipt> {
            vec![ShownReceipt {
                id: "037900846788001095590001110011553".into(),
                reference: Some("42".into()),
                kind: "B2C_RECEIPT".into(),
                merchant_tin: "37900846788".into(),
                customer_tin: None,
                total: Money::from_tugrug(110_000),
                vat: Money::from_tugrug(10_000),
                lottery: Some("HV 83198235".into()),
                qr: None,
                lines: vec![ShownLine { name: "Түрээс".into(), amount: Money::from_tugrug(110_000) }],
                issued_at: None,
                state: ReceiptState::Returned,
            }]
        }
    }
    let world = World::plugged(|sandbox| sandbox.with(Shop)).await;
    let get = async |path: &str| browser().get(format!("{}{path}", world.url)).send().await.unwrap();

    assert_eq!(get("/sandbox/shop").await.text().await.unwrap(), "open");
    let receipts: Value = get("/sandbox/receipts.json").await.json().await.unwrap();
    assert_eq!(receipts["items"][0]["total"], "11000000");
    assert_eq!(receipts["items"][0]["state"], "returned");
    let page = get("/sandbox/receipts").await.text().await.unwrap();
    assert!(page.contains("HV 83198235") && page.contains("Буцаагдсан") && page.contains("110\u{a0}000 ₮"), "{page}");
    assert!(get("/sandbox/index.json").await.text().await.unwrap().contains("/sandbox/shop"));
}

/// A sandbox, a browser, and the clients that call its providers.
struct Town {
    world: World,
    browser: Client,
    qpay: QPay,
    sms: Operators,
}

impl Town {
    async fn new() -> Town {
        let world = World::new().await;
        let qpay = QPay::new(&qpay::Settings::sandbox(&world.url)).unwrap();
        let sms = Operators::new(sms::Settings::sandbox(&world.url)).unwrap();
        Town { browser: browser(), qpay, sms, world }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.browser.request(method, format!("{}{path}", self.world.url))
    }

    async fn send_raw(&self, request: reqwest::RequestBuilder) -> Response {
        request.send().await.unwrap()
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Value {
        self.send_raw(request).await.error_for_status().unwrap().json().await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.send_raw(self.request(Method::GET, path).header("accept", "text/html")).await
    }

    async fn json(&self, path: &str) -> Value {
        self.send(self.request(Method::GET, path)).await
    }

    async fn asks(&self) -> Asked {
        let merchant = QrMerchant {
            username: "TEST_MERCHANT".into(),
            password: Secret::new("123456"),
            invoice_code: "TEST_INVOICE".into(),
        };
        let asking = Asking {
            reference: Reference::first(IntentId::new()),
            amount: Money::from_tugrug(76_000),
            description: "Түрээс 2026.11".into(),
            callback_url: "http://127.0.0.1:9/nobody".into(),
            expires_at: None,
        };
        self.qpay.ask(&merchant, &asking).await.unwrap()
    }

    async fn sends(&self, to: &str, text: &str) {
        let message = TextMessage { to: to.into(), text: text.into(), reference: PromiseId::new() };
        self.sms.send(&message).await.unwrap();
    }
}
