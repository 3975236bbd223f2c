//! What the page behind a link is made of, asked in one network wait after it is known whose link it is.

use base::{Error, Lang, Result, Tx, params};
use domain::{Money, ReceiptId, invoice::Balance};
use rust_decimal::Decimal;
use tokio_postgres::Row;
use wire::{
    invoices::InvoiceItemView,
    links::{LinkedInvoice, LinkedPayment, PayableAccount},
};

use crate::{
    intents::{self, Intent},
    invoices::Made,
    receipts,
};

/// Everything the page needs.
pub struct Page {
    invoice: LinkedInvoice,
    pub intent: Option<Intent>,
    /// Receipts whose lottery number is shown for the first time.
    pub first_shown: Vec<ReceiptId>,
}

impl Page {
    /// What is left to pay.
    pub fn balance(&self) -> Money {
        self.invoice.balance
    }

    /// As the tenant gets it: a QR only for what is left, or the news that there is none.
    pub fn shown(self) -> LinkedInvoice {
        let balance = self.invoice.balance;
        let fits = |intent: &Intent| intent.is_worth_showing() && intent.view.amount.compare(balance).is_eq();
        LinkedInvoice { intent: self.intent.filter(fits).map(|intent| intent.view), ..self.invoice }
    }
}

pub async fn page(tx: &Tx) -> Result<Page> {
    let id = tx.linked_invoice().await?;
    let items = tx.ahead(ITEMS, params![id]).await?;
    let accounts = tx.ahead(ACCOUNTS, params![]).await?;
    let payments = tx.ahead(PAYMENTS, params![id]).await?;
    let receipts = tx.ahead(receipts::OF_INVOICE, params![id]).await?;
    let intent = tx.ahead(intents::NEWEST, params![id]).await?;
    let account_of = tx.ahead(ACCOUNT, params![]).await?;
    let row = tx.maybe(INVOICE, &[&id]).await?.ok_or(Error::NotFound("invoice"))?;

    let lang = tx.actor().lang;
    let code: String = row.get("code");
    let mut invoice = invoice(&row);
    if let Some(row) = account_of.rows()?.first() {
        invoice.previous_balance = row.get("previous_balance");
        invoice.credit = row.get("credit");
        let corrections = serde_json::from_value(row.get("corrections"));
        invoice.corrections = corrections.map_err(|error| Error::Internal(error.to_string()))?;
    }
    invoice.items = items.rows()?.iter().map(|row| item(row, lang)).collect();
    invoice.bank_accounts = accounts.rows()?.iter().map(|row| account(row, &code)).collect();
    invoice.payments = payments.rows()?.iter().map(payment).collect();
    let mut first_shown = Vec::new();
    for row in &receipts.rows()? {
        let receipt = receipts::for_tenant(tx, row)?;
        first_shown.extend(receipt.is_first_showing().then_some(receipt.id));
        invoice.receipts.push(receipt.view);
    }
    Ok(Page { invoice, intent: intent.rows()?.first().map(intents::intent), first_shown })
}

const INVOICE: &str = "
    select i.code, i.status, i.customer_name, i.units, i.contract_code, i.period, i.issued_on, i.due_on, i.subtotal,
           i.vat_amount, i.total, i.paid_amount, o.name as owner_name, o.phone as owner_phone, p.name as property_name
      from invoices i
      join property_owners o on o.id = i.owner_id
      join properties p on p.owner_id = i.owner_id and p.id = i.property_id
     where i.id = $1";

const ACCOUNT: &str = "select previous_balance, credit, corrections from app_linked_account()";

const ITEMS: &str = "
    select id, description, quantity, unit_price, amount, tax_kind, tax, made
      from invoice_items where owner_id = (select app_owner_id()) and invoice_id = $1
     order by sort_order, id";

const ACCOUNTS: &str = "
    select bank, number, holder from bank_accounts
     where owner_id = (select app_owner_id()) and shown
     order by bank, number";

const PAYMENTS: &str = "
    select p.method, a.amount, p.paid_at
      from allocations a
      join payments p on p.owner_id = a.owner_id and p.id = a.payment_id
     where a.owner_id = (select app_owner_id()) and a.invoice_id = $1 and p.status = 'recorded' and p.reverses_id is null
     order by p.paid_at, p.id";

/// The lists come after.
fn invoice(row: &Row) -> LinkedInvoice {
    let (total, paid_amount): (Money, Money) = (row.get("total"), row.get("paid_amount"));
    LinkedInvoice {
        code: row.get("code"),
        status: row.get("status"),
        owner_name: row.get("owner_name"),
        owner_phone: row.get("owner_phone"),
        customer_name: row.get("customer_name"),
        property_name: row.get("property_name"),
        units: row.get("units"),
        contract_code: row.get("contract_code"),
        period: row.get("period"),
        issued_on: row.get("issued_on"),
        due_on: row.get("due_on"),
        subtotal: row.get("subtotal"),
        vat_amount: row.get("vat_amount"),
        total,
        paid_amount,
        balance: Balance { total, paid: paid_amount }.open(),
        corrections: Vec::new(),
        previous_balance: Money::ZERO,
        credit: Money::ZERO,
        items: Vec::new(),
        bank_accounts: Vec::new(),
        intent: None,
        payments: Vec::new(),
        receipts: Vec::new(),
    }
}

fn item(row: &Row, lang: Lang) -> InvoiceItemView {
    InvoiceItemView {
        id: row.get("id"),
        description: row.get("description"),
        quantity: row.get::<_, Decimal>("quantity").normalize(),
        unit_price: row.get("unit_price"),
        amount: row.get("amount"),
        tax_kind: row.get("tax_kind"),
        tax: row.get("tax"),
        how: Made::tell(row.get("made"), lang),
    }
}

fn account(row: &Row, code: &str) -> PayableAccount {
    PayableAccount {
        bank: row.get("bank"),
        number: row.get("number"),
        holder: row.get("holder"),
        reference: code.to_owned(),
    }
}

fn payment(row: &Row) -> LinkedPayment {
    LinkedPayment { method: row.get("method"), amount: row.get("amount"), paid_at: row.get("paid_at") }
}
