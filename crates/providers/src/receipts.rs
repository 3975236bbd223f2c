//! Tax receipts in our words: what is sold to whom, what the tax office answers, and the trait that stands between.

use std::{fmt, str::FromStr};

use domain::{
    Money, Month,
    contract::TaxKind,
    receipt::ReceiptType,
    tax::{self, Rates},
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::Answer;

/// The tax office's receipts, as the business wants them.
///
/// How a call ended decides what may follow ([`crate::CallError`]): `NotSent` may be tried again at once, `Refused`
/// never, and after `Lost` only what says so below. The tax office has no "did you already?" to ask.
pub trait Receipts: Send + Sync {
    /// Issues a receipt or an invoice. After `Lost` it may stand: it is parked for a person, never sent again by itself.
    fn issue<'a>(&'a self, sale: &'a Sale) -> Answer<'a, Issued>;

    /// Cancels a receipt by its number and the very date string it was issued with. After `Lost` the same call may be
    /// made again; when that one is `Refused`, the first had done it.
    fn give_back<'a>(&'a self, id: &'a Ddtd, provider_date: &'a str) -> Answer<'a, ()>;

    /// How the daemon stands: lotteries left, last upload, merchants attached. Safe to repeat.
    fn info(&self) -> Answer<'_, Info>;

    /// Uploads what waits and fetches new merchants, lotteries and accounts; one at a time, may take tens of seconds.
    fn send_data(&self) -> Answer<'_, ()>;

    /// The accounts an invoice may name, as of the last `send_data`. Safe to repeat.
    fn bank_accounts<'a>(&'a self, tin: &'a str) -> Answer<'a, Vec<BankAccount>>;

    /// The taxpayer number behind a register number: a company's 7 digits, or a citizen's two letters and 8 digits,
    /// which the authority has been closing since June 2026, so a number once learnt is kept. Safe to repeat.
    fn tin_of<'a>(&'a self, register_no: &'a str) -> Answer<'a, Option<String>>;

    /// Who a taxpayer number belongs to. Safe to repeat.
    fn taxpayer<'a>(&'a self, tin: &'a str) -> Answer<'a, Option<Taxpayer>>;
}

/// A sale to be reported. Amounts include their taxes; a correction has positive amounts too (what remains).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Our own number of this receipt; a retry carries the same one.
    pub bill_suffix: BillSuffix,
    pub merchant: Merchant,
    pub buyer: Buyer,
    pub document: Document,
    pub lines: Vec<Line>,
    /// The business day (Asia/Ulaanbaatar) it is issued on; it decides the tax rates.
    pub on: Date,
    /// The month just past, for a company's late receipt (days 1–7 only); `None` for this month.
    pub report_month: Option<Month>,
    /// The newest receipt of the chain that this one corrects.
    pub inactive_id: Option<Ddtd>,
}

impl Sale {
    /// Which of the four types the buyer and the document make.
    pub fn receipt_type(&self) -> ReceiptType {
        match (&self.buyer, &self.document) {
            (Buyer::Consumer { .. }, Document::Receipt { .. }) => ReceiptType::B2cReceipt,
            (Buyer::Company { .. }, Document::Receipt { .. }) => ReceiptType::B2bReceipt,
            (Buyer::Consumer { .. }, Document::Invoice { .. }) => ReceiptType::B2cInvoice,
            (Buyer::Company { .. }, Document::Invoice { .. }) => ReceiptType::B2bInvoice,
        }
    }

    /// The VAT and the city tax inside a line of this sale.
    pub fn taxes(&self, line: &Line) -> (Money, Money) {
        let vat = line.tax_kind == TaxKind::VatAble && self.merchant.vat_payer;
        let city = line.city_tax && self.merchant.city_tax_payer && line.tax_kind != TaxKind::NotVat;
        self.rates().vat_and_city(line.amount, vat, city)
    }

    /// The rates of the day, or of the month a late receipt belongs to.
    fn rates(&self) -> Rates {
        tax::rates_on(self.report_month.map_or(self.on, Month::last_day))
    }
}

/// Who sells, as the tax office knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    /// The taxpayer number (11 digits, a person's 12–14), not the register number.
    pub tin: String,
    /// The seller's own branch, 3 digits.
    pub branch_no: String,
    /// The seller's own till, such as `001`; not the operator's 8 digits.
    pub pos_no: String,
    /// District and sub-district, 4 digits.
    pub district_code: String,
    pub vat_payer: bool,
    pub city_tax_payer: bool,
}

/// Who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Buyer {
    /// A person; with the 8-digit eBarimt login the receipt goes straight into their app.
    Consumer { consumer_no: Option<String> },
    /// A company, by its taxpayer number.
    Company { tin: String },
}

/// What is issued: a receipt of money paid, or an invoice of money asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    Receipt {
        /// They add up to the lines.
        payments: Vec<Paid>,
        /// The invoice document (the tax office's number) that is hereby paid.
        invoice_id: Option<Ddtd>,
    },
    Invoice {
        /// One of the merchant's [`Receipts::bank_accounts`].
        account: BankAccount,
    },
}

/// One way a receipt was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// One of [`Info::payment_codes`], such as `BANK_TRANSFER`.
    pub code: String,
    pub amount: Money,
}

/// One line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    /// БҮНА, 7 digits.
    pub classification_code: String,
    pub tax_kind: TaxKind,
    /// The tax product code (such as `408`, a dwelling's lease); wanted for every kind but `VatAble`.
    pub exemption_code: Option<String>,
    pub quantity: Decimal,
    pub measure_unit: String,
    /// The whole line with its taxes.
    pub amount: Money,
    /// What is sold is subject to city tax (drinks, hotels; not rent).
    pub city_tax: bool,
}

/// An account the tax office has on record for a merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    pub number: String,
    pub iban: String,
    pub name: String,
}

/// What the tax office answered. Only `id`, `parts` and `provider_date` may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub id: Ddtd,
    /// The answer's `date` to the letter; a return must repeat it.
    pub provider_date: String,
    /// One number a tax kind, in the order of the kinds' first lines.
    pub parts: Vec<Ddtd>,
    /// `None` for companies, invoices, corrections, and when the stock has run out.
    pub lottery: Option<ShownOnce>,
    pub qr_data: Option<ShownOnce>,
    /// The receipt is in the buyer's app already.
    pub easy: bool,
}

/// How the daemon stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    pub left_lotteries: i64,
    /// The last upload, `None` before the first.
    pub last_sent: Option<Timestamp>,
    pub merchants: Vec<Attached>,
    /// The payment codes this daemon takes.
    pub payment_codes: Vec<String>,
}

/// A merchant the daemon issues for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    pub tin: String,
    pub name: String,
    pub vat_payer: bool,
}

/// What the public register says of a taxpayer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxpayer {
    pub name: String,
    pub vat_payer: bool,
    pub city_tax_payer: bool,
    /// Sells free of VAT under code 304.
    pub free_project: bool,
}

/// The 33-digit number the tax office knows a receipt by (ДДТД).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ddtd(String);

/// Not 33 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a receipt number has 33 digits")]
pub struct NotADdtd;

impl Ddtd {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Ddtd {
    type Err = NotADdtd;
    fn from_str(text: &str) -> Result<Ddtd, NotADdtd> {
        (text.len() == 33 && is_digits(text)).then(|| Ddtd(text.to_owned())).ok_or(NotADdtd)
    }
}

impl fmt::Display for Ddtd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The seller's own number of a receipt, digits, unique within the day: the one handle there is on duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BillSuffix(String);

/// Not 1 to 20 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a bill suffix is 1 to 20 digits")]
pub struct NotABillSuffix;

impl BillSuffix {
    /// The suffix of a promise: the last twelve digits of its id, so every try of it has the same one. How long a suffix
    /// may be is written nowhere; twelve digits meet once in centuries at 5,000 receipts a day.
    pub fn of(promise: Uuid) -> BillSuffix {
        BillSuffix(format!("{:012}", promise.as_u128() % 1_000_000_000_000))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BillSuffix {
    type Err = NotABillSuffix;
    fn from_str(text: &str) -> Result<BillSuffix, NotABillSuffix> {
        ((1..=20).contains(&text.len()) && is_digits(text)).then(|| BillSuffix(text.to_owned())).ok_or(NotABillSuffix)
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// A text the law lets us show to the buyer but not keep (lottery number, QR data); it hides itself from logs.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownOnce(String);

impl ShownOnce {
    pub fn new(text: impl Into<String>) -> ShownOnce {
        ShownOnce(text.into())
    }

    /// The text itself, for the buyer's eyes.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ShownOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShownOnce(…)")
    }
}
