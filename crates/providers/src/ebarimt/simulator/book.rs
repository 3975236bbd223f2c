//! What the daemon remembers and what it does with it: issues, takes back, tells how it stands.

use std::collections::BTreeMap;

use domain::Money;
use jiff::{Timestamp, civil::DateTime, tz};
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Party, checks, numbers};
use crate::ebarimt::wire;

/// What the daemon calls itself.
const VERSION: &str = "3.2.39";
const POS_ID: u32 = 101_321_077;
const POS_NO: &str = "10012619";
/// A full stock, as the tax authority hands it out.
const FULL_STOCK: u32 = 20_000;
/// Without an upload for so long, receipts have no lottery.
const HOURS_WITHOUT_UPLOAD: i64 = 72;

/// Everything the simulator remembers.
pub(super) struct Book {
    pub(super) rejects_duplicates: bool,
    /// The public register of taxpayers.
    pub(super) parties: Vec<Party>,
    /// The taxpayers this daemon issues for, by TIN.
    merchants: Vec<String>,
    /// Those who joined since the last upload.
    joining: Vec<String>,
    pub(super) lotteries: u32,
    last_sent: Timestamp,
    counter: numbers::Counter,
    pub(super) receipts: Vec<Kept>,
    /// How often each `billIdSuffix` has arrived, done or not.
    pub(super) arrivals: BTreeMap<String, u32>,
}

/// A receipt that was issued, as the sandbox shows it; it has no `Debug`, for it holds the lottery number.
#[derive(Clone, Serialize)]
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
pub(super) struct Refusal(pub(super) String);

/// The answer to an issued receipt: the request without its nulls, and what the daemon adds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
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
    /// A full stock, just uploaded, and every party that is marked as a merchant attached.
    pub(super) fn new(parties: Vec<Party>, now: Timestamp) -> Book {
        Book {
            rejects_duplicates: true,
            merchants: parties.iter().filter(|party| party.is_merchant).map(|party| party.tin.clone()).collect(),
            joining: Vec::new(),
            parties,
            lotteries: FULL_STOCK,
            last_sent: now,
            counter: numbers::Counter::default(),
            receipts: Vec::new(),
            arrivals: BTreeMap::new(),
        }
    }

    /// Puts a taxpayer into the register; a merchant waits for the next upload.
    pub(super) fn register(&mut self, party: Party) {
        if party.is_merchant && !self.merchants.contains(&party.tin) {
            self.joining.push(party.tin.clone());
        }
        self.parties.retain(|known| known.tin != party.tin);
        self.parties.push(party);
    }

    pub(super) fn upload(&mut self, now: Timestamp) {
        self.last_sent = now;
        self.merchants.append(&mut self.joining);
    }

    pub(super) fn issue(&mut self, mut receipt: wire::Receipt, now: Timestamp) -> Result<Document, Refusal> {
        let local = local_time(now);
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
            part.bank_account_id =
                given(&part.bank_account_no).and_then(|number| self.account_id(&part.merchant_tin, number));
        }
        let lottery = self.draws_lottery(&receipt, now).then(|| {
            self.lotteries -= 1;
            numbers::lottery()
        });
        if let Some(corrected) = given(&receipt.inactive_id) {
            self.receipts.iter_mut().filter(|kept| kept.id == corrected).for_each(|k| k.state = KeptState::Corrected);
        }
        let document = Document {
            id,
            version: VERSION,
            pos_id: POS_ID,
            status: "SUCCESS",
            qr_data: numbers::digits(200),
            lottery,
            date: written(now),
            easy: given(&receipt.consumer_no).is_some(),
            receipt,
        };
        self.receipts.push(kept(&document));
        Ok(document)
    }

    fn draws_lottery(&self, receipt: &wire::Receipt, now: Timestamp) -> bool {
        receipt.kind == "B2C_RECEIPT"
            && given(&receipt.inactive_id).is_none()
            && receipt.receipts.iter().any(|part| !checks::is_outside_vat(&part.tax_type))
            && self.lotteries > 0
            && now.duration_since(self.last_sent).as_hours() < HOURS_WITHOUT_UPLOAD
    }

    pub(super) fn give_back(&mut self, cancel: &wire::Cancel) -> Result<(), Refusal> {
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

    pub(super) fn info(&self) -> wire::Info {
        let operator = self.merchants.first().and_then(|tin| self.party(tin));
        wire::Info {
            operator_name: operator.map(|party| party.name.clone()).unwrap_or_default().into(),
            operator_tin: operator.map(|party| party.tin.clone()).unwrap_or_default().into(),
            pos_id: wire::Quantity(Decimal::from(POS_ID)),
            pos_no: POS_NO.into(),
            version: VERSION.into(),
            last_sent_date: written(self.last_sent).into(),
            left_lotteries: wire::Quantity(Decimal::from(self.lotteries)),
            payment_types: checks::PAYMENT_TYPES.map(|(code, name)| payment_type(code, name)).into(),
            merchants: self.merchants.iter().filter_map(|tin| self.party(tin)).map(merchant).collect(),
        }
    }

    pub(super) fn party(&self, tin: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.tin == tin)
    }

    /// The attached merchant of that TIN.
    pub(super) fn merchant(&self, tin: &str) -> Option<&Party> {
        self.merchants.iter().any(|known| known == tin).then(|| self.party(tin)).flatten()
    }

    pub(super) fn accounts(&self, tin: &str) -> Vec<wire::BankAccount> {
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

    pub(super) fn account_id(&self, tin: &str, number: &str) -> Option<i64> {
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
        customer_tin: given(&receipt.customer_tin).map(str::to_owned),
        total: amount(receipt.total_amount),
        vat: amount(receipt.total_vat),
        city_tax: amount(receipt.total_city_tax),
        date: document.date.clone(),
        lottery: document.lottery.clone(),
        qr_data: document.qr_data.clone(),
        state: KeptState::Valid,
        corrects: given(&receipt.inactive_id).map(str::to_owned),
        pays: given(&receipt.invoice_id).map(str::to_owned),
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

/// A field's text; an empty one is as good as none.
pub(super) fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().filter(|text| !text.is_empty())
}

/// A moment as the daemon writes it: `2026-02-12 15:31:42`.
pub(super) fn written(moment: Timestamp) -> String {
    local_time(moment).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn local_time(moment: Timestamp) -> DateTime {
    tz::offset(8).to_datetime(moment)
}
