//! Every question asked about texts, and about whom they are for.

use base::{Result, Tx, params};
use domain::{
    ContractId, InvoiceId, Money, Month, PaymentId, PromiseId, TenantLinkId,
    invoice::{Balance, InvoiceStatus},
    tenant_link::TenantLinkStatus,
};
use jiff::civil::Date;
use tokio_postgres::Row;

use super::send::Draft;

/// Whom a text is for, and in whose name.
#[derive(Debug, Clone)]
pub struct Addressee {
    pub phone: Option<String>,
    pub owner_name: String,
    /// The owner pays by the part, and Cyrillic needs more of them.
    pub latin: bool,
    /// Sends at once, at any hour.
    pub demo: bool,
}

/// A bill as its text tells of it.
#[derive(Debug, Clone)]
pub struct Bill {
    pub to: Addressee,
    pub units: String,
    pub contract_code: String,
    pub period: Month,
    /// What is left to pay of it; nothing when it was paid or taken back.
    pub amount: Money,
    /// What the contract still owes from before.
    pub previous: Money,
}

/// A payment as its text tells of it.
#[derive(Debug, Clone)]
pub struct Paid {
    pub to: Addressee,
    pub amount: Money,
    /// The newest bill it was put on.
    pub invoice: Option<InvoiceId>,
}

/// A contract whose end is near, as its text tells of it.
#[derive(Debug, Clone)]
pub struct Expiring {
    pub to: Addressee,
    pub units: String,
    pub contract_code: String,
    /// `None` when it is not in force any more.
    pub ends_on: Option<Date>,
}

/// How a text ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Charged as so many parts.
    Accepted(i32),
    Refused(String),
    Unknown(String),
    /// Nothing reached the gateway: it may be tried again.
    NotSent(String),
}

impl Ending {
    pub fn status(&self) -> &'static str {
        match self {
            Ending::Accepted(_) => "accepted",
            Ending::Refused(_) => "refused",
            Ending::Unknown(_) => "unknown",
            Ending::NotSent(_) => "new",
        }
    }
}

/// A bill and whose it is.
pub async fn bill(tx: &Tx, id: InvoiceId) -> Result<Option<Bill>> {
    let row = tx
        .maybe(
            "select i.status, i.units, i.contract_code, i.period, i.total, i.paid_amount,
                    coalesce((select sum(e.total - e.paid_amount)::bigint from invoices e
                               where e.owner_id = i.owner_id and e.contract_id = i.contract_id and e.id <> i.id
                                 and e.period <= i.period and e.status in ('issued', 'partially_paid', 'overdue')), 0) as previous,
                    t.phone, o.name as owner_name, o.sms_alphabet, o.demo
               from invoices i
               join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
               join property_owners o on o.id = i.owner_id
              where i.id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(bill_row))
}

/// In whose name texts go out, in which letters.
pub async fn owner(tx: &Tx) -> Result<Addressee> {
    let row = tx
        .one(
            "select null::text as phone, name as owner_name, sms_alphabet, demo
               from property_owners where id = (select app_owner_id())",
            &[],
        )
        .await?;
    Ok(addressee(&row))
}

/// Where a text stands, and what it was charged as.
pub async fn text_ended(tx: &Tx, id: PromiseId) -> Result<Option<(String, i32)>> {
    let row = tx.maybe("select status, parts from sms_messages where id = $1", &[&id]).await?;
    Ok(row.map(|row| (row.get("status"), row.get("parts"))))
}

/// A payment that stands, and whose it is.
pub async fn money(tx: &Tx, id: PaymentId) -> Result<Option<Paid>> {
    let row = tx
        .maybe(
            "select p.amount, t.phone, o.name as owner_name, o.sms_alphabet, o.demo,
                    (select i.id from allocations a
                       join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
                      where a.owner_id = p.owner_id and a.payment_id = p.id
                      order by i.period desc, i.id desc limit 1) as invoice_id
               from payments p
               join tenants t on t.owner_id = p.owner_id and t.id = p.tenant_id
               join property_owners o on o.id = p.owner_id
              where p.id = $1 and p.status = 'recorded' and p.amount > 0",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(|row| Paid { to: addressee(row), amount: row.get("amount"), invoice: row.get("invoice_id") }))
}

/// A contract in force, and whose it is.
pub async fn contract_ending(tx: &Tx, id: ContractId) -> Result<Option<Expiring>> {
    let row = tx
        .maybe(
            "select c.units, c.code, case when c.status = 'active' then c.ends_on end as ends_on,
                    t.phone, o.name as owner_name, o.sms_alphabet, o.demo
               from contracts c
               join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
               join property_owners o on o.id = c.owner_id
              where c.id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(|row| Expiring {
        to: addressee(row),
        units: row.get("units"),
        contract_code: row.get("code"),
        ends_on: row.get("ends_on"),
    }))
}

/// What an owner said of a person, who is told at the telephone that asked.
pub async fn tenant_link(tx: &Tx, id: TenantLinkId) -> Result<Option<(TenantLinkStatus, Addressee)>> {
    let row = tx
        .maybe(
            "select l.status, l.phone, o.name as owner_name, o.sms_alphabet, o.demo
               from tenant_links l
               join property_owners o on o.id = l.owner_id
              where l.id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(|row| (row.get("status"), addressee(row))))
}

/// Whether this try may send: nobody has begun, or nothing reached the gateway.
pub async fn begin(tx: &Tx, id: PromiseId, draft: &Draft) -> Result<bool> {
    let inserted = tx
        .touch(
            "insert into sms_messages (id, recipient, text, template, invoice_id, parts, status)
             values ($1, $2, $3, $4, $5, $6, 'sending') on conflict do nothing",
            &[&id, &draft.to, &draft.kept(), &draft.template, &draft.invoice, &draft.parts()],
        )
        .await?;
    if inserted == 1 {
        return Ok(true);
    }
    let again = tx
        .touch(
            "update sms_messages set status = 'sending', recipient = $2, text = $3, template = $4, parts = $5
              where id = $1 and status = 'new'",
            &[&id, &draft.to, &draft.kept(), &draft.template, &draft.parts()],
        )
        .await?;
    Ok(again == 1)
}

/// Whether it was found half way: then nobody knows.
pub async fn give_up(tx: &Tx, id: PromiseId) -> Result<bool> {
    let rows = tx
        .touch(
            "update sms_messages set status = 'unknown', last_error = 'cut off while it was sent'
              where id = $1 and status = 'sending'",
            &[&id],
        )
        .await?;
    Ok(rows == 1)
}

/// What the gateway said.
pub async fn end(tx: &Tx, id: PromiseId, ending: &Ending) -> Result<()> {
    let (parts, why) = match ending {
        Ending::Accepted(parts) => (Some(*parts), None),
        Ending::Refused(why) | Ending::Unknown(why) | Ending::NotSent(why) => (None, Some(why.clone())),
    };
    let sent_at = parts.map(|_| tx.clock().now());
    tx.later(
        "update sms_messages set status = $2, parts = coalesce($3, parts), sent_at = $4, last_error = $5 where id = $1",
        params![id, ending.status(), parts, sent_at, why],
    )
    .await
}

fn bill_row(row: &Row) -> Bill {
    let status: InvoiceStatus = row.get("status");
    let balance = Balance { total: row.get("total"), paid: row.get("paid_amount") };
    Bill {
        to: addressee(row),
        units: row.get("units"),
        contract_code: row.get("contract_code"),
        period: row.get("period"),
        amount: if status.is_open() { balance.open() } else { Money::ZERO },
        previous: row.get("previous"),
    }
}

/// A row with `phone, owner_name, sms_alphabet, demo`.
fn addressee(row: &Row) -> Addressee {
    Addressee {
        phone: row.get("phone"),
        owner_name: row.get("owner_name"),
        latin: row.get::<_, &str>("sms_alphabet") == "latin",
        demo: row.get("demo"),
    }
}
