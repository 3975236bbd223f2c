//! The network's answers, field by field.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::Money;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Simulator,
    state::{BANKS, Invoice, InvoiceState, Payment},
};
use crate::{qpay::wire::Amount, qr};

/// The answer to making an invoice.
pub fn made(simulator: &Simulator, invoice: &Invoice) -> Value {
    let base = &simulator.settings().public_url;
    let picture = qr::png(&invoice.qr_text, 300).expect("an EMV text fits into a QR of 300 pixels");
    // A browser opens no bank's app: the first link leads to the sandbox's own payer.
    let mut urls = vec![json!({
        "name": "Sandbox bank", "description": "Туршилтын банк", "logo": format!("{base}/qpay/banks/sandbox.svg"),
        "link": format!("{base}/qpay/invoices/{}", invoice.id),
    })];
    urls.extend(BANKS.iter().map(|bank| {
        json!({
            "name": bank.name, "description": bank.name_mn, "logo": format!("{base}/qpay/banks/{}.svg", bank.scheme),
            "link": format!("{}://q?qPay_QRcode={}", bank.scheme, invoice.qr_text),
        })
    }));
    json!({
        "invoice_id": invoice.id,
        "qr_text": invoice.qr_text,
        "qr_image": BASE64_STANDARD.encode(picture),
        "qPay_shortUrl": format!("{base}/qpay/s/{}", invoice.short),
        "urls": urls,
    })
}

/// The answer to `GET /invoice/{id}`.
pub fn invoice<'a>(invoice: &Invoice, payments: impl Iterator<Item = &'a Payment>) -> Value {
    let status = match invoice.state_at(Timestamp::now()) {
        InvoiceState::Open => "OPEN",
        InvoiceState::Paid | InvoiceState::Cancelled => "CLOSED",
        InvoiceState::Expired => "EXPIRED",
    };
    json!({
        "invoice_id": invoice.id,
        "invoice_status": status,
        "sender_invoice_no": invoice.reference,
        "sender_branch_code": invoice.branch,
        "invoice_description": invoice.description,
        "gross_amount": invoice.amount.to_decimal_string(),
        "discount_amount": "0.00", "surcharge_amount": "0.00", "tax_amount": "0.00",
        "total_amount": invoice.amount.to_decimal_string(),
        "callback_url": invoice.callback_url,
        "note": null,
        "enable_expiry": invoice.expires_at.is_some(),
        "expiry_date": invoice.expires_at,
        "invoice_due_date": null,
        "allow_partial": invoice.allow_partial, "minimum_amount": null,
        "allow_exceed": invoice.allow_exceed, "maximum_amount": null,
        "lines": [], "transactions": [], "inputs": [],
        "payments": payments.map(|payment| json!({"payment_id": payment.id})).collect::<Vec<_>>(),
    })
}

/// A payment as `payment/check` tells it.
pub fn check_row(payment: &Payment) -> Value {
    let card = json!({
        "card_type": "UNIONPAY", "is_cross_border": false, "amount": payment.amount.to_decimal_string(),
        "currency": "MNT", "date": payment.paid_at.to_string(), "status": "SUCCESS",
        "settlement_status": "PENDING", "settlement_status_date": payment.paid_at.to_string(),
    });
    json!({
        "payment_id": payment.id, "payment_status": payment.status,
        "payment_amount": payment.amount.to_decimal_string(), "trx_fee": payment.fee.to_decimal_string(),
        "payment_currency": "MNT", "payment_wallet": wallet(payment), "payment_type": paid_by(payment),
        "next_payment_date": null, "next_payment_datetime": null,
        "card_transactions": if payment.card { vec![card] } else { vec![] },
        "p2p_transactions": p2p(payment),
    })
}

/// The answer to `GET /payment/{id}`: other names than in `check`.
pub fn payment(payment: &Payment) -> Value {
    json!({
        "payment_id": payment.id, "payment_status": payment.status,
        "payment_fee": payment.fee.to_decimal_string(), "payment_amount": payment.amount.to_decimal_string(),
        "payment_currency": "MNT", "payment_date": payment.paid_at.to_string(),
        "payment_wallet": "0fc9b71c-cd87-4ffd-9cac-2279ebd9deb0",
        "object_type": "INVOICE", "object_id": payment.invoice_id,
        "next_payment_date": null, "next_payment_datetime": null, "transaction_type": paid_by(payment),
        "card_transactions": if payment.card { vec![json!({
            "card_merchant_code": "000000001", "card_terminal_code": "00000001",
            "card_number": "6234 58** **** 2733", "transaction_amount": payment.amount.to_decimal_string(),
            "transaction_currency": "MNT", "transaction_date": payment.paid_at.to_string(),
            "transaction_status": "SUCCESS", "settlement_status": "PENDING",
        })] } else { vec![] },
        "p2p_transactions": p2p(payment),
    })
}

/// A payment as `payment/list` tells it: amounts are numbers here.
pub fn list_row(payment: &Payment) -> Value {
    json!({
        "payment_id": payment.id, "payment_date": payment.paid_at.to_string(),
        "payment_status": payment.status, "payment_fee": number(payment.fee),
        "payment_amount": number(payment.amount), "payment_currency": "MNT",
        "payment_wallet": wallet(payment), "payment_name": "", "payment_description": "", "qr_code": "",
        "paid_by": paid_by(payment), "object_type": "INVOICE", "object_id": payment.invoice_id,
    })
}

fn p2p(payment: &Payment) -> Vec<Value> {
    if payment.card {
        return vec![];
    }
    let net = payment.amount.checked_sub(payment.fee).expect("the fee is a part of the amount");
    vec![json!({
        "transaction_bank_code": payment.bank, "account_bank_code": payment.bank,
        "account_bank_name": payment.bank().name_mn, "account_number": "50*******", "status": "SUCCESS",
        "amount": net.to_decimal_string(), "currency": "MNT", "settlement_status": "SETTLED",
    })]
}

fn wallet(payment: &Payment) -> String {
    if payment.card { "qPay wallet".into() } else { format!("{} апп", payment.bank().name_mn) }
}

fn paid_by(payment: &Payment) -> &'static str {
    if payment.card { "CARD" } else { "P2P" }
}

/// An amount as a JSON number, where the network sends one.
pub fn number(amount: Money) -> Value {
    let text = serde_json::to_string(&Amount(amount)).expect("an amount is a number");
    serde_json::from_str(&text).expect("a number is JSON")
}
