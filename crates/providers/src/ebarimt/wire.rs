//! PosAPI's JSON exactly as it is sent, names and all.
//!
//! Amounts are JSON numbers in tögrög. No float ever holds one: they are written and read as raw JSON text, so that
//! `76000.10` goes out with its two decimals and `5600`, `5600.0`, `5600.00`, `"5600"` all come in as the same möngö.

use std::{fmt, str::FromStr};

use domain::Money;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

/// `POST /rest/receipt`; the answer echoes it. What a request must have is still optional here, for the simulator has
/// to read requests that lack it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Receipt {
    #[serde(deserialize_with = "null_is_default")]
    pub branch_no: String,
    pub total_amount: Option<Amount>,
    #[serde(rename = "totalVAT", skip_serializing_if = "Option::is_none")]
    pub total_vat: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_city_tax: Option<Amount>,
    #[serde(deserialize_with = "null_is_default")]
    pub district_code: String,
    #[serde(deserialize_with = "null_is_default")]
    pub merchant_tin: String,
    #[serde(deserialize_with = "null_is_default")]
    pub pos_no: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_tin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer_no: Option<String>,
    #[serde(rename = "type", deserialize_with = "null_is_default")]
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inactive_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
    /// The first of the month, `2026-10-01`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_month: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bill_id_suffix: Option<String>,
    #[serde(deserialize_with = "null_is_default")]
    pub receipts: Vec<SubReceipt>,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
}

/// The part of a receipt that has one tax type and one seller.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SubReceipt {
    /// In answers only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub total_amount: Option<Amount>,
    #[serde(rename = "totalVAT", skip_serializing_if = "Option::is_none")]
    pub total_vat: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_city_tax: Option<Amount>,
    #[serde(deserialize_with = "null_is_default")]
    pub tax_type: String,
    #[serde(deserialize_with = "null_is_default")]
    pub merchant_tin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_tin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_account_no: Option<String>,
    /// In answers only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank_account_id: Option<i64>,
    #[serde(rename = "iBan", skip_serializing_if = "Option::is_none")]
    pub iban: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
    #[serde(deserialize_with = "null_is_default")]
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Item {
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    #[serde(deserialize_with = "null_is_default")]
    pub bar_code: String,
    #[serde(deserialize_with = "null_is_default")]
    pub bar_code_type: String,
    #[serde(deserialize_with = "null_is_default")]
    pub classification_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_product_code: Option<String>,
    #[serde(deserialize_with = "null_is_default")]
    pub measure_unit: String,
    pub qty: Option<Quantity>,
    pub unit_price: Option<Amount>,
    #[serde(rename = "totalVAT", skip_serializing_if = "Option::is_none")]
    pub total_vat: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_city_tax: Option<Amount>,
    pub total_amount: Option<Amount>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Payment {
    #[serde(deserialize_with = "null_is_default")]
    pub code: String,
    /// `PAID`: it has been paid; `PAY` would ask the daemon to have it paid.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    pub paid_amount: Option<Amount>,
}

/// What we read of the answer to `POST /rest/receipt`, good or bad. It has no `Debug`: it holds the lottery number.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Answer {
    /// `SUCCESS`, `ERROR`, `PAYMENT`, or the number of an HTTP status.
    pub status: Loose,
    #[serde(alias = "msg")]
    pub message: Loose,
    pub id: Loose,
    pub date: Loose,
    pub lottery: Loose,
    pub qr_data: Loose,
    pub easy: Loose,
    #[serde(deserialize_with = "null_is_default")]
    pub receipts: Vec<AnswerPart>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct AnswerPart {
    pub id: Loose,
}

/// The body of `DELETE /rest/receipt`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Cancel {
    #[serde(deserialize_with = "null_is_default")]
    pub id: String,
    #[serde(deserialize_with = "null_is_default")]
    pub date: String,
}

/// What the calls without an answer of their own say: nothing, `{}`, or a status (0 and 200 are good).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Acknowledgement {
    pub status: Loose,
    #[serde(alias = "msg")]
    pub message: Loose,
}

/// `GET /rest/info`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Info {
    pub operator_name: Loose,
    #[serde(rename = "operatorTIN")]
    pub operator_tin: Loose,
    #[serde(deserialize_with = "null_is_default")]
    pub pos_id: Quantity,
    pub pos_no: Loose,
    pub version: Loose,
    /// `2026-01-28 15:03:27` in Ulaanbaatar.
    #[serde(alias = "lastSendDate")]
    pub last_sent_date: Loose,
    #[serde(alias = "leftLoteries", deserialize_with = "null_is_default")]
    pub left_lotteries: Quantity,
    #[serde(deserialize_with = "null_is_default")]
    pub payment_types: Vec<PaymentType>,
    #[serde(deserialize_with = "null_is_default")]
    pub merchants: Vec<Merchant>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentType {
    pub code: Loose,
    pub name: Loose,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Merchant {
    pub tin: Loose,
    pub name: Loose,
    #[serde(deserialize_with = "null_is_default")]
    pub vat_payer: bool,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<Merchant>,
}

/// One of `GET /rest/bankAccounts?tin=`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BankAccount {
    #[serde(deserialize_with = "null_is_default")]
    pub id: Quantity,
    pub tin: Loose,
    pub bank_account_no: Loose,
    pub bank_account_name: Loose,
    #[serde(rename = "iBan")]
    pub iban: Loose,
}

/// Every public look-up's envelope; a business error has HTTP 200 and `status` 500.
#[derive(Debug, Serialize, Deserialize)]
pub struct Envelope<T> {
    #[serde(default)]
    pub msg: Loose,
    pub status: i64,
    pub data: Option<T>,
}

/// `GET /api/info/check/getInfo?tin=`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Taxpayer {
    pub name: Loose,
    #[serde(deserialize_with = "null_is_default")]
    pub free_project: bool,
    #[serde(deserialize_with = "null_is_default")]
    pub city_payer: bool,
    #[serde(deserialize_with = "null_is_default")]
    pub vat_payer: bool,
    /// Absent means found.
    pub found: Option<bool>,
}

/// An amount: a JSON number of tögrög with two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount(pub Money);

impl FromStr for Amount {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Amount, NotANumber> {
        let tugrug = decimal(text)?;
        let mungo = tugrug.checked_mul(Decimal::ONE_HUNDRED).ok_or(NotANumber)?;
        let whole = mungo.fract().is_zero().then(|| mungo.to_i64()).flatten();
        whole.map(|mungo| Amount(Money::from_mungo(mungo))).ok_or(NotANumber)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        raw_number(self.0.to_decimal_string(), to)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Amount, D::Error> {
        from_raw_number(from)
    }
}

/// A count of units: a JSON number, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quantity(pub Decimal);

impl FromStr for Quantity {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Quantity, NotANumber> {
        decimal(text).map(Quantity)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        raw_number(self.0.normalize().to_string(), to)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Quantity, D::Error> {
        from_raw_number(from)
    }
}

/// Not a number that möngö can hold exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an exact number")]
pub struct NotANumber;

fn decimal(text: &str) -> Result<Decimal, NotANumber> {
    let parsed = if text.contains(['e', 'E']) { Decimal::from_scientific(text) } else { Decimal::from_str_exact(text) };
    parsed.map_err(|_| NotANumber)
}

fn raw_number<S: Serializer>(digits: String, to: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(digits).map_err(serde::ser::Error::custom)?.serialize(to)
}

fn from_raw_number<'de, D: Deserializer<'de>, T: FromStr<Err = NotANumber>>(from: D) -> Result<T, D::Error> {
    let raw = <&RawValue>::deserialize(from)?;
    let text = raw.get().trim_matches('"');
    text.trim().parse().map_err(de::Error::custom)
}

/// A text that some versions write as a number or a yes-or-no; `null` is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Loose(pub String);

impl Loose {
    /// The text, `None` when there is none.
    pub fn some(self) -> Option<String> {
        Some(self.0).filter(|text| !text.trim().is_empty())
    }
}

impl<T: Into<String>> From<T> for Loose {
    fn from(text: T) -> Loose {
        Loose(text.into())
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Loose, D::Error> {
        struct AnyPlain;
        impl de::Visitor<'_> for AnyPlain {
            type Value = Loose;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a whole number, true, false or null")
            }
            fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
                Ok(text.into())
            }
            fn visit_u64<E>(self, number: u64) -> Result<Loose, E> {
                Ok(number.to_string().into())
            }
            fn visit_i64<E>(self, number: i64) -> Result<Loose, E> {
                Ok(number.to_string().into())
            }
            fn visit_bool<E>(self, yes: bool) -> Result<Loose, E> {
                Ok(yes.to_string().into())
            }
            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose::default())
            }
        }
        from.deserialize_any(AnyPlain)
    }
}

fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_goes_out_with_two_decimals_as_a_number() {
        let written = |mungo| serde_json::to_string(&Amount(Money::from_mungo(mungo))).expect("it is a number");
        assert_eq!(written(7_600_000), "76000.00");
        assert_eq!(written(9), "0.09");
        assert_eq!(written(i64::MAX), "92233720368547758.07");
    }

    #[test]
    fn an_amount_is_read_exactly_however_it_is_written() {
        for spelling in ["5600", "5600.0", "5600.00", "5600.000", "\"5600\"", "\" 5600.00 \"", "5.6e3", "5.6E+3"] {
            let read: Amount = serde_json::from_str(spelling).unwrap();
            assert_eq!(read.0, Money::from_mungo(560_000), "{spelling}");
        }
        // a float would make 4503599627370497.2 of it
        let read: Amount = serde_json::from_str("4503599627370497.23").unwrap();
        assert_eq!(read.0, Money::from_mungo(450_359_962_737_049_723));
        for wrong in ["0.001", "\"\"", "\"5,600\"", "true", "{}", "92233720368547758.08"] {
            assert!(serde_json::from_str::<Amount>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_quantity_is_written_as_short_as_it_is() {
        let written = |text: &str| serde_json::to_string(&Quantity(text.parse().unwrap())).unwrap();
        assert_eq!((written("1.00"), written("12.50"), written("100")), ("1".into(), "12.5".into(), "100".into()));
    }

    #[test]
    fn info_is_read_with_either_spelling_of_its_names() {
        let old: Info = serde_json::from_str(r#"{"leftLoteries":499,"lastSendDate":"2026-01-28 15:03:27"}"#).unwrap();
        assert_eq!((old.left_lotteries.0, old.last_sent_date.0.as_str()), (Decimal::from(499), "2026-01-28 15:03:27"));
    }
}
