//! QPay's JSON as it crosses the line, names and all.

use domain::Money;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub struct Token {
    pub access_token: String,
    pub refresh_token: String,
    /// Unix seconds of the moment it ends, not a duration.
    pub expires_in: i64,
    pub refresh_expires_in: i64,
}

#[derive(Serialize)]
pub struct NewInvoice<'a> {
    pub invoice_code: &'a str,
    pub sender_invoice_no: &'a str,
    pub invoice_receiver_code: &'a str,
    pub invoice_description: &'a str,
    pub amount: Amount,
    pub callback_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_expiry: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<String>,
}

#[derive(Deserialize)]
pub struct MadeInvoice {
    pub invoice_id: String,
    pub qr_text: String,
    /// A PNG in base64, without a `data:` prefix.
    #[serde(default)]
    pub qr_image: String,
    #[serde(rename = "qPay_shortUrl", default)]
    pub short_url: String,
    #[serde(default)]
    pub urls: Vec<Url>,
}

#[derive(Deserialize)]
pub struct Url {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub logo: String,
    pub link: String,
}

#[derive(Deserialize)]
pub struct Invoice {
    pub invoice_id: String,
    pub invoice_status: InvoiceStatus,
    pub sender_invoice_no: String,
    pub total_amount: Amount,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "UPPERCASE")]
pub enum InvoiceStatus {
    Open,
    /// Paid or cancelled: the word alone does not tell.
    Closed,
    #[serde(alias = "CANCELLED")]
    Canceled,
    Expired,
    #[serde(other)]
    Unknown,
}

#[derive(Serialize)]
pub struct Check<'a> {
    pub object_type: &'static str,
    pub object_id: &'a str,
    pub offset: Offset,
}

#[derive(Serialize)]
pub struct List<'a> {
    pub object_type: &'static str,
    pub object_id: &'a str,
    pub start_date: String,
    pub end_date: String,
    pub offset: Offset,
}

#[derive(Serialize, Clone, Copy)]
pub struct Offset {
    /// Counted from 1.
    pub page_number: u32,
    /// At most 100.
    pub page_limit: u32,
}

#[derive(Deserialize)]
pub struct Payments {
    pub count: u32,
    #[serde(default)]
    pub rows: Vec<Payment>,
}

/// A payment as `payment/check`, `payment/{id}` and `payment/list` each tell it: same thing, other names.
#[derive(Deserialize)]
pub struct Payment {
    pub payment_id: String,
    pub payment_status: PaymentStatus,
    pub payment_amount: Amount,
    #[serde(alias = "trx_fee")]
    pub payment_fee: Option<Amount>,
    pub payment_currency: Option<String>,
    pub payment_wallet: Option<String>,
    pub payment_date: Option<String>,
    pub object_type: Option<String>,
    pub object_id: Option<String>,
    #[serde(default)]
    pub p2p_transactions: Vec<P2pTransaction>,
    #[serde(default)]
    pub card_transactions: Vec<CardTransaction>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "UPPERCASE")]
pub enum PaymentStatus {
    New,
    Failed,
    Paid,
    Partial,
    #[serde(alias = "REFUND")]
    Refunded,
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
pub struct P2pTransaction {
    /// What reaches the account: the fee is taken off.
    pub amount: Amount,
}

#[derive(Deserialize)]
pub struct CardTransaction {
    #[serde(alias = "transaction_date")]
    pub date: Option<String>,
}

#[derive(Deserialize)]
pub struct Refusal {
    pub error: String,
    #[serde(default)]
    pub message: String,
}

/// Tögrög, sent as a JSON number and read from a number or a string; never a float on the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount(pub Money);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let text = self.0.to_decimal_string();
        let shortest = text.strip_suffix(".00").unwrap_or(&text).to_owned();
        RawValue::from_string(shortest).map_err(ser::Error::custom)?.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Amount, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let text = raw.get().trim_matches('"');
        // "99.0000" is 99; a third decimal that says something is not an amount.
        let shorter = match text.split_once('.') {
            Some((whole, decimals)) if decimals.len() > 2 => {
                format!("{whole}.{:0<2}", decimals.trim_end_matches('0'))
            }
            _ => text.to_owned(),
        };
        Money::parse_decimal(&shorter).map(Amount).ok_or_else(|| de::Error::custom("not an amount"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_from_numbers_and_strings_alike() {
        let read = |json: &str| serde_json::from_str::<Amount>(json).map(|a| a.0.mungo()).ok();
        assert_eq!(read("100"), Some(10_000));
        assert_eq!(read("\"100.00\""), Some(10_000));
        assert_eq!(read("1.5"), Some(150));
        assert_eq!(read("\"99.1000\""), Some(9_910));
        assert_eq!(read("90071992547409.93"), Some(9_007_199_254_740_993), "more digits than a float keeps");
        for bad in ["\"\"", "null", "1e3", "\"12,5\"", "0.001", "true"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn amounts_are_sent_as_numbers() {
        let sent = |mungo| serde_json::to_string(&Amount(Money::from_mungo(mungo))).expect("a number");
        assert_eq!(sent(7_600_000), "76000");
        assert_eq!(sent(7_600_050), "76000.50");
        assert_eq!(sent(9_007_199_254_740_993), "90071992547409.93");
    }

    #[test]
    fn the_published_answers_are_understood() {
        let check: Payments = serde_json::from_str(
            r#"{"count": 1, "paid_amount": 100, "rows": [{
                "payment_id": "493622150113497", "payment_status": "PAID", "payment_amount": "100.00",
                "trx_fee": "1.00", "payment_currency": "MNT", "payment_wallet": "Хаан банк апп",
                "payment_type": "P2P", "next_payment_date": null, "next_payment_datetime": null,
                "card_transactions": [], "p2p_transactions": [{"transaction_bank_code": "050000",
                "account_bank_code": "050000", "account_bank_name": "Хаан банк", "account_number": "50*******",
                "status": "SUCCESS", "amount": "99.00", "currency": "MNT", "settlement_status": "SETTLED"}]}]}"#,
        )
        .expect("the sample of check");
        assert_eq!(check.rows[0].payment_fee, Some(Amount(Money::from_tugrug(1))));
        assert_eq!(check.rows[0].p2p_transactions[0].amount, Amount(Money::from_tugrug(99)));

        let unpaid: Payments = serde_json::from_str(r#"{"count": 0, "rows": []}"#).expect("nothing paid");
        assert!(unpaid.rows.is_empty());

        let status = |word: &str| serde_json::from_value::<PaymentStatus>(word.into()).expect("any word");
        assert_eq!(status("REFUND"), PaymentStatus::Refunded);
        assert_eq!(status("SOMETHING_NEW"), PaymentStatus::Unknown);
        let status = |word: &str| serde_json::from_value::<InvoiceStatus>(word.into()).expect("any word");
        assert_eq!(status("CLOSED"), InvoiceStatus::Closed);
        assert_eq!(status("HALF_OPEN"), InvoiceStatus::Unknown);
    }
}
