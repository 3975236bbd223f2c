//! A tenant's way through their bill: looked at, asked for a QR, waited, paid, receipted.

use axum::Json;
use domain::{IntentId, InvoiceItemId, Money, Month, contract::TaxKind};
use jiff::civil::date;
use serde_json::json;
use wire::{
    invoices::InvoiceItemView,
    links::{BankLinkView, LinkedPayment, PayableAccount},
};

use super::*;
use crate::api::tests::{Pages, refusal};

const TOKEN: &str = "Ab3dEf6hIj9kLm2nOp5qRs";

fn open() -> LinkedInvoice {
    LinkedInvoice {
        code: "INV-2026-0042".into(),
        status: InvoiceStatus::Issued,
        owner_name: "Алтан Тауэр ХХК".into(),
        owner_phone: Some("77110011".into()),
        customer_name: "Ундрах Өргөө ХХК".into(),
        property_name: "Алтан Тауэр".into(),
        units: "301".into(),
        contract_code: "CT-2026-0007".into(),
        period: Month::new(2026, 11).expect("a month"),
        issued_on: date(2026, 11, 1),
        due_on: date(2026, 11, 15),
        subtotal: Money::from_tugrug(1_000_000),
        vat_amount: Money::from_tugrug(100_000),
        total: Money::from_tugrug(1_100_000),
        paid_amount: Money::ZERO,
        balance: Money::from_tugrug(1_100_000),
        items: vec![InvoiceItemView {
            id: InvoiceItemId::new(),
            description: "Түрээс, 301".into(),
            quantity: 1.into(),
            unit_price: Money::from_tugrug(1_100_000),
            amount: Money::from_tugrug(1_100_000),
            tax_kind: TaxKind::VatAble,
            tax: Money::from_tugrug(100_000),
            how: "44 м² × 25 000 ₮ × 30/30 хоног".into(),
        }],
        bank_accounts: vec![PayableAccount {
            bank: "khan".into(),
            number: "5001234567".into(),
            holder: "Алтан Тауэр ХХК".into(),
            reference: "INV-2026-0042".into(),
        }],
        corrections: Vec::new(),
        previous_balance: Money::ZERO,
        credit: Money::ZERO,
        intent: None,
        payments: vec![],
        receipts: vec![],
    }
}

fn intent(status: IntentStatus, qr: Option<&str>) -> IntentView {
    IntentView {
        id: IntentId::new(),
        provider: PaymentMethod::Qpay,
        status,
        amount: Money::from_tugrug(1_100_000),
        qr_text: qr.map(str::to_owned),
        short_url: None,
        bank_links: vec![BankLinkView {
            name: "Khan bank".into(),
            description: "Хаан банк апп".into(),
            link: "khanbank://q?qPay_QRcode=1".into(),
        }],
        expires_at: None,
    }
}

fn paid() -> LinkedInvoice {
    LinkedInvoice {
        status: InvoiceStatus::Paid,
        balance: Money::ZERO,
        paid_amount: Money::from_tugrug(1_100_000),
        payments: vec![LinkedPayment {
            method: PaymentMethod::Qpay,
            amount: Money::from_tugrug(1_100_000),
            paid_at: "2026-11-02T04:00:00Z".parse().expect("a moment"),
        }],
        ..open()
    }
}

fn over(invoice: LinkedInvoice) -> Pages {
    Pages::over(Router::new().route(&format!("/v2/links/{TOKEN}"), get(async move || Json(invoice))))
}

async fn shown(invoice: LinkedInvoice) -> String {
    over(invoice).get(&format!("/i/{TOKEN}")).await.page
}

#[tokio::test]
async fn a_bill_says_what_why_and_where_to_and_is_kept_by_nobody() {
    let pages = over(open());
    let reply = pages.get(&format!("/i/{TOKEN}")).await;
    reply.shows("Ундрах Өргөө ХХК").shows("44 м² × 25 000 ₮ × 30/30 хоног").shows("Алтан Тауэр, 301");
    reply.shows(r#"data-copy="5001234567""#).shows(r#"data-copy="INV-2026-0042""#).shows("Хаан банк");
    assert_eq!(reply.headers["cache-control"], "no-store");
    assert_eq!(reply.headers["x-robots-tag"], "noindex, nofollow");
    assert_eq!(reply.headers["referrer-policy"], "same-origin");
    assert!(pages.asked("/v2/me").is_empty(), "nobody has to sign in");
}

#[tokio::test]
async fn a_press_asks_for_a_qr_which_the_page_waits_for_and_shows() {
    let offered = shown(open()).await;
    assert!(offered.contains(&format!(r#"<form method="post" action="/i/{TOKEN}""#)), "{offered}");
    let waiting = shown(LinkedInvoice { intent: Some(intent(IntentStatus::Requested, None)), ..open() }).await;
    assert!(waiting.contains(r#"hx-trigger="every 1s""#) && !waiting.contains(&format!(r#"action="/i/{TOKEN}""#)));
    let ready = shown(LinkedInvoice { intent: Some(intent(IntentStatus::Open, Some("00020101"))), ..open() }).await;
    assert!(ready.contains(r#"<svg class="qr""#) && ready.contains("khanbank://q?qPay_QRcode=1"), "{ready}");
    let failed = shown(LinkedInvoice { intent: Some(intent(IntentStatus::Failed, None)), ..open() }).await;
    assert!(failed.contains("QPay-ийн кодыг авч чадсангүй") && failed.contains("5001234567"), "{failed}");
}

#[tokio::test]
async fn the_press_leads_back_to_the_bill() {
    let address = format!("/v2/links/{TOKEN}/payment-intents");
    let made = post(async || (StatusCode::CREATED, Json(intent(IntentStatus::Requested, None))));
    let pages = Pages::over(Router::new().route(&address, made));
    let reply = pages.post(&format!("/i/{TOKEN}"), &[]).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, &*format!("/i/{TOKEN}")));
    assert_eq!(pages.asked(&address)[0].json(), json!({ "provider": "qpay" }));

    let paid = post(async || {
        let details = json!({ "reason": "NOTHING_TO_PAY" });
        refusal(StatusCode::CONFLICT, "CONFLICT", "Төлөх үлдэгдэл алга.", details)
    });
    let reply = Pages::over(Router::new().route(&address, paid)).post(&format!("/i/{TOKEN}"), &[]).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, &*format!("/i/{TOKEN}")));
    assert!(reply.headers["set-cookie"].to_str().expect("ASCII").starts_with("flash=info."));
}

#[tokio::test]
async fn once_paid_the_page_asks_no_more_but_for_a_receipt_to_come() {
    let receipt = |status, lottery: Option<&str>| LinkedReceipt {
        status,
        receipt_no: None,
        amount: Money::from_tugrug(1_100_000),
        vat_amount: Money::from_tugrug(100_000),
        provider_date: None,
        lottery: lottery.map(str::to_owned),
        qr_data: None,
    };
    let old = shown(paid()).await;
    assert!(!old.contains("5001234567") && !old.contains("hx-get"), "{old}");
    let coming = shown(LinkedInvoice { receipts: vec![receipt(ReceiptStatus::Pending, None)], ..paid() }).await;
    assert!(coming.contains("hx-get"), "{coming}");
    let sent =
        shown(LinkedInvoice { receipts: vec![receipt(ReceiptStatus::Sent, Some("УЖ 48213906"))], ..paid() }).await;
    assert!(sent.contains("УЖ 48213906") && !sent.contains("hx-get"), "{sent}");

    let reader = Reader::default();
    let soon = "2026-11-02T04:05:00Z".parse().expect("a moment");
    assert!(bill(&reader, paid(), "/i/x".into(), soon).awaits_receipt, "a receipt is made within minutes");
}

#[test]
fn days_are_counted_in_ulaanbaatar() {
    let late_evening_utc: Timestamp = "2026-11-14T17:00:00Z".parse().expect("a moment");
    assert_eq!(state(&open(), late_evening_utc), BillState::Open { days_left: 0 });
    let a_week_late: Timestamp = "2026-11-22T03:00:00Z".parse().expect("a moment");
    assert_eq!(state(&open(), a_week_late), BillState::Open { days_left: -7 });
    assert_eq!(state(&LinkedInvoice { status: InvoiceStatus::Void, ..open() }, a_week_late), BillState::Void);
}

#[tokio::test]
async fn an_unknown_link_is_told_kindly() {
    let none = get(async || refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "Олдсонгүй.", json!(null)));
    let pages = Pages::over(Router::new().route("/v2/links/{token}", none));
    for token in [TOKEN, "short", "..%2Fme", "%3Fx"] {
        let reply = pages.get(&format!("/i/{token}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{token}");
        reply.shows("Мессежээ нээгээд холбоос дээр дахин дарна уу.");
        assert_eq!(reply.headers["x-robots-tag"], "noindex, nofollow");
    }
}
