//! A receipt's sale in the tax office's terms: who sold what to whom, and how it was paid.

use domain::{
    Money, ReceiptId, TenantId, money::TooLarge, payment::PaymentMethod, receipt::ReceiptStatus, rooms::TenantKind,
};
use jiff::civil::Date;
use providers::receipts::{BillSuffix, Buyer, Document, Merchant, Paid, Sale};

use super::lines::{self, Item};

/// What is known of a receipt before it is sent.
pub struct Facts {
    pub status: ReceiptStatus,
    /// A try was begun and nobody wrote down how it ended.
    pub sending: bool,
    /// What its payment pays of the invoice by now; nothing when it was taken back.
    pub paid_now: Money,
    /// What the receipt tells was paid.
    pub amount: Money,
    /// The receipt whose place it takes, as long as that stands.
    pub replaced: Option<Replaced>,
    pub method: PaymentMethod,
    pub tenant: TenantId,
    pub buyer: TenantKind,
    pub tin: Option<String>,
    pub register_no: Option<String>,
    /// `None` while the owner has no taxpayer number.
    pub seller: Option<Merchant>,
    pub items: Vec<Item>,
}

/// A receipt that another one takes the place of.
pub struct Replaced {
    pub id: ReceiptId,
    pub number: String,
    /// Its lottery number stays good.
    pub sealed: Option<Vec<u8>>,
}

impl Facts {
    /// Only companies are named on a receipt.
    pub fn needs_tin(&self) -> bool {
        self.buyer == TenantKind::Company && self.tin.is_none()
    }
}

/// The sale, or what staff have to mend first.
pub fn of(facts: &Facts, receipt: ReceiptId, on: Date) -> Result<Sale, String> {
    let merchant = facts.seller.clone().ok_or("the owner's taxpayer number (TIN) is not known")?;
    let buyer = match (facts.buyer, &facts.tin) {
        (TenantKind::Person, _) => Buyer::Consumer { consumer_no: None },
        (TenantKind::Company, Some(tin)) => Buyer::Company { tin: tin.clone() },
        (TenantKind::Company, None) => return Err("the tenant's taxpayer number (TIN) is not known".into()),
    };
    let inactive_id = facts.replaced.as_ref().map(|replaced| replaced.number.parse()).transpose();
    let inactive_id = inactive_id.map_err(|_| "the receipt before has no number of the tax office")?;
    let payments = vec![Paid { code: payment_code(facts.method).to_owned(), amount: facts.amount }];
    Ok(Sale {
        bill_suffix: BillSuffix::of(receipt.0),
        merchant,
        buyer,
        document: Document::Receipt { payments, invoice_id: None },
        lines: lines::of(&facts.items, facts.amount).map_err(|error| error.to_string())?,
        on,
        report_month: None,
        inactive_id,
    })
}

/// The VAT in a sale: the sum of its lines'.
pub fn vat(sale: &Sale) -> Result<Money, TooLarge> {
    Money::sum(sale.lines.iter().map(|line| sale.taxes(line).0))
}

/// QR payments are transfers between accounts; not every daemon knows a code of its own for them.
fn payment_code(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Cash => "CASH",
        PaymentMethod::Bank | PaymentMethod::Qpay | PaymentMethod::Socialpay | PaymentMethod::Deposit => {
            "BANK_TRANSFER"
        }
    }
}
