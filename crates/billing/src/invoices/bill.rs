//! A bill on its way into the tables: one writer for the one-off, the month's run and the import.

use base::{App, Result, Tx, params};
use domain::{
    ContractId, ContractItemId, InvoiceId, InvoiceItemId, Money, Month, PropertyId, TenantId,
    contract::TaxKind,
    invoice::{Balance, InvoiceKind, InvoiceStatus},
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use wire::invoices::{InvoiceItemView, InvoicePaymentView, InvoiceView};

use super::{Made, code, credit::Spending, link_hash, link_url};

/// A new invoice with its lines.
#[derive(Debug, Clone)]
pub(crate) struct Bill {
    pub id: InvoiceId,
    pub code: Option<String>,
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_id: TenantId,
    pub property_id: PropertyId,
    pub customer_name: String,
    pub customer_register_no: Option<String>,
    pub customer_tin: Option<String>,
    pub units: String,
    pub period: Month,
    pub issued_on: Option<Date>,
    pub due_on: Option<Date>,
    pub subtotal: Money,
    pub vat_amount: Money,
    pub city_tax_amount: Money,
    pub total: Money,
    pub paid: Money,
    /// Of a correction: the bill that it puts right.
    pub corrects_id: Option<InvoiceId>,
    pub link_hash: Option<Vec<u8>>,
    pub note: String,
    pub created_at: Timestamp,
    pub items: Vec<BillItem>,
}

/// A line of a new invoice.
#[derive(Debug, Clone)]
pub(crate) struct BillItem {
    pub id: InvoiceItemId,
    pub contract_item_id: Option<ContractItemId>,
    pub description: String,
    pub quantity: Decimal,
    pub unit_price: Money,
    /// With taxes.
    pub amount: Money,
    pub tax_kind: TaxKind,
    pub tax: Money,
    pub classification_code: String,
    pub exemption_code: Option<String>,
    pub made: Made,
}

impl Bill {
    /// Gives it its number, its dates and its link.
    pub fn issue(&mut self, app: &App, number: i64, issued_on: Date, due_on: Date) -> Result<()> {
        self.issue_as(app, code(issued_on.year(), number), issued_on, due_on)
    }

    /// Issues it under a code that it has already.
    pub fn issue_as(&mut self, app: &App, code: String, issued_on: Date, due_on: Date) -> Result<()> {
        self.status = self.status.transition_to(InvoiceStatus::Issued)?;
        self.code = Some(code);
        self.issued_on = Some(issued_on);
        self.due_on = Some(due_on);
        self.link_hash = Some(link_hash(app, self.id));
        Ok(())
    }

    /// Puts money on it before it is written.
    pub fn put(&mut self, amount: Money) -> Result<()> {
        self.paid = self.paid.checked_add(amount)?;
        let next = Balance { total: self.total, paid: self.paid }.status(false);
        if next != self.status {
            self.status = self.status.transition_to(next)?;
        }
        Ok(())
    }

    /// What the audit says of it.
    pub fn told(&self) -> Value {
        json!({ "code": self.code, "kind": self.kind, "status": self.status, "period": self.period, "total": self.total })
    }

    /// The invoice as the door answers it, before it is read again.
    pub fn view(&self, tx: &Tx, spent: &[Spending]) -> InvoiceView {
        let lang = tx.actor().lang;
        let items = self.items.iter().map(|item| InvoiceItemView {
            id: item.id,
            description: item.description.clone(),
            quantity: item.quantity,
            unit_price: item.unit_price,
            amount: item.amount,
            tax_kind: item.tax_kind,
            tax: item.tax,
            how: item.made.sentence(lang),
        });
        let payments = spent.iter().filter(|spending| spending.invoice == self.id).map(|spending| InvoicePaymentView {
            payment_id: spending.payment,
            method: spending.method,
            paid_at: spending.paid_at,
            amount: spending.amount,
        });
        let balance = Balance { total: self.total, paid: self.paid };
        InvoiceView {
            id: self.id,
            code: self.code.clone(),
            kind: self.kind,
            status: self.status,
            contract_id: self.contract_id,
            contract_code: self.contract_code.clone(),
            tenant_id: self.tenant_id,
            customer_name: self.customer_name.clone(),
            customer_register_no: self.customer_register_no.clone(),
            customer_tin: self.customer_tin.clone(),
            units: self.units.clone(),
            property_id: self.property_id,
            period: self.period,
            issued_on: self.issued_on,
            due_on: self.due_on,
            subtotal: self.subtotal,
            vat_amount: self.vat_amount,
            city_tax_amount: self.city_tax_amount,
            total: self.total,
            paid_amount: self.paid,
            balance: if self.status.is_open() { balance.open() } else { Money::ZERO },
            corrects_id: self.corrects_id,
            corrects_code: None,
            corrections: Vec::new(),
            previous_balance: Money::ZERO,
            credit: None,
            note: self.note.clone(),
            items: items.collect(),
            payments: payments.collect(),
            receipts: Vec::new(),
            link_url: self.code.is_some().then(|| link_url(tx.app(), self.id)),
            version: 1,
            created_at: self.created_at,
            updated_at: self.created_at,
        }
    }
}

/// Writes bills and their lines, however many, in two statements and without waiting.
pub(crate) async fn write(tx: &Tx, bills: &[Bill]) -> Result<()> {
    fn column<T>(bills: &[Bill], of: impl Fn(&Bill) -> T) -> Vec<T> {
        bills.iter().map(of).collect()
    }
    tx.later(
        "insert into invoices (id, code, kind, status, contract_id, contract_code, tenant_id, property_id, customer_name,
                customer_register_no, customer_tin, units, period, issued_on, due_on, subtotal, vat_amount,
                city_tax_amount, total, paid_amount, link_hash, note, created_at, updated_at, corrects_id)
         select *
           from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::date[], $14::date[], $15::date[], $16::bigint[],
                $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bytea[], $22::text[],
                $23::timestamptz[], $23::timestamptz[], $24::uuid[])",
        params![
            column(bills, |b| b.id),
            column(bills, |b| b.code.clone()),
            column(bills, |b| b.kind),
            column(bills, |b| b.status),
            column(bills, |b| b.contract_id),
            column(bills, |b| b.contract_code.clone()),
            column(bills, |b| b.tenant_id),
            column(bills, |b| b.property_id),
            column(bills, |b| b.customer_name.clone()),
            column(bills, |b| b.customer_register_no.clone()),
            column(bills, |b| b.customer_tin.clone()),
            column(bills, |b| b.units.clone()),
            column(bills, |b| b.period),
            column(bills, |b| b.issued_on),
            column(bills, |b| b.due_on),
            column(bills, |b| b.subtotal),
            column(bills, |b| b.vat_amount),
            column(bills, |b| b.city_tax_amount),
            column(bills, |b| b.total),
            column(bills, |b| b.paid),
            column(bills, |b| b.link_hash.clone()),
            column(bills, |b| b.note.clone()),
            column(bills, |b| b.created_at),
            column(bills, |b| b.corrects_id),
        ],
    )
    .await?;
    write_items(tx, bills).await
}

async fn write_items(tx: &Tx, bills: &[Bill]) -> Result<()> {
    let lines = bills.iter().flat_map(|bill| (1i32..).zip(&bill.items).map(|(order, item)| (bill.id, order, item)));
    let lines: Vec<(InvoiceId, i32, &BillItem)> = lines.collect();
    fn column<T>(lines: &[(InvoiceId, i32, &BillItem)], of: impl Fn(&BillItem) -> T) -> Vec<T> {
        lines.iter().map(|(_, _, item)| of(item)).collect()
    }
    tx.later(
        "insert into invoice_items (id, invoice_id, sort_order, contract_item_id, description, quantity, unit_price,
                amount, tax_kind, tax, classification_code, exemption_code, made)
         select *
           from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::numeric[], $7::bigint[],
                $8::bigint[], $9::text[], $10::bigint[], $11::text[], $12::text[], $13::jsonb[])",
        params![
            column(&lines, |item| item.id),
            lines.iter().map(|line| line.0).collect::<Vec<_>>(),
            lines.iter().map(|line| line.1).collect::<Vec<_>>(),
            column(&lines, |item| item.contract_item_id),
            column(&lines, |item| item.description.clone()),
            column(&lines, |item| item.quantity),
            column(&lines, |item| item.unit_price),
            column(&lines, |item| item.amount),
            column(&lines, |item| item.tax_kind),
            column(&lines, |item| item.tax),
            column(&lines, |item| item.classification_code.clone()),
            column(&lines, |item| item.exemption_code.clone()),
            column(&lines, |item| item.made.to_column()),
        ],
    )
    .await
}
