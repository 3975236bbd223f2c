//! Every question asked about receipts.

use base::{Result, Tx, params};
use domain::{
    InvoiceId, Money, PaymentId, ReceiptId, TenantId,
    receipt::{ReceiptStatus, ReceiptType},
    rooms::TenantKind,
};
use jiff::{SignedDuration, Timestamp};
use providers::receipts::{BillSuffix, Issued, Merchant};
use tokio_postgres::Row;

use super::{lines::Item, lottery, sale::Facts};

/// An invoice that a payment was put on and that has no receipt of it yet.
pub struct Due {
    pub invoice: InvoiceId,
    pub amount: Money,
    pub kind: ReceiptType,
}

/// The receipts of an invoice, as its tenant's page asks for them.
pub const OF_INVOICE: &str = "
    select id, status, receipt_no, amount, vat_amount, provider_date, sealed, sent_at, shown_at
      from receipts
     where owner_id = (select app_owner_id()) and invoice_id = $1
     order by id";

/// What a payment paid and still has no receipt for; nothing of a payment that was taken back.
pub async fn due(tx: &Tx, payment: PaymentId) -> Result<Vec<Due>> {
    let rows = tx
        .all(
            "select a.invoice_id, sum(a.amount)::bigint as amount, t.kind
               from allocations a
               join payments p on p.owner_id = a.owner_id and p.id = a.payment_id and p.status = 'recorded'
               join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
               join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
              where a.owner_id = (select app_owner_id()) and a.payment_id = $1
                and not exists (select from receipts r
                                 where r.owner_id = a.owner_id and r.invoice_id = a.invoice_id and r.payment_id = $1)
              group by a.invoice_id, t.kind
             having sum(a.amount) > 0
              order by a.invoice_id",
            &[&payment],
        )
        .await?;
    Ok(rows.iter().map(due_row).collect())
}

/// Whether it was inserted: one receipt a payment and invoice.
pub async fn insert(tx: &Tx, id: ReceiptId, payment: PaymentId, due: &Due) -> Result<bool> {
    let rows = tx
        .touch(
            "insert into receipts (id, invoice_id, payment_id, type, amount, bill_suffix) values ($1, $2, $3, $4, $5, $6)
             on conflict (owner_id, invoice_id, payment_id) do nothing",
            &[&id, &due.invoice, &payment, &due.kind, &due.amount, &BillSuffix::of(id.0).as_str()],
        )
        .await?;
    Ok(rows == 1)
}

/// Everything a receipt says.
pub async fn facts(tx: &Tx, id: ReceiptId) -> Result<Option<Facts>> {
    let items = tx
        .ahead(
            "select l.description, l.amount, l.tax_kind, l.classification_code, l.exemption_code
               from receipts r
               join invoice_items l on l.owner_id = r.owner_id and l.invoice_id = r.invoice_id
              where r.id = $1
              order by l.sort_order, l.id",
            params![id],
        )
        .await?;
    let row = tx
        .maybe(
            "select r.status, r.amount, r.sending_since is not null as sending, p.method,
                    p.status = 'reversed' as taken_back,
                    t.id as tenant_id, t.kind, coalesce(i.customer_tin, t.tin) as tin,
                    coalesce(i.customer_register_no, t.register_no) as register_no,
                    o.tin as owner_tin, o.vat_payer, o.city_tax_payer, o.ebarimt_branch_no, o.ebarimt_pos_no,
                    o.ebarimt_district_code
               from receipts r
               join invoices i on i.owner_id = r.owner_id and i.id = r.invoice_id
               join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
               join payments p on p.owner_id = r.owner_id and p.id = r.payment_id
               join property_owners o on o.id = r.owner_id
              where r.id = $1
                for no key update of r",
            &[&id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Facts { items: items.rows()?.iter().map(item).collect(), ..facts_row(&row) }))
}

/// Says that the call is about to be made; false when somebody said so before.
pub async fn mark_sending(tx: &Tx, id: ReceiptId, vat: Money) -> Result<bool> {
    let rows = tx
        .touch(
            "update receipts set sending_since = $2, vat_amount = $3
              where id = $1 and status = 'pending' and sending_since is null",
            &[&id, &tx.clock().now(), &vat],
        )
        .await?;
    Ok(rows == 1)
}

/// Nothing reached the tax office: it may be sent another time.
pub async fn unmark_sending(tx: &Tx, id: ReceiptId) -> Result<()> {
    tx.later("update receipts set sending_since = null where id = $1 and status = 'pending'", params![id]).await
}

/// The tax office's number, also for one that was given up on meanwhile.
pub async fn save_sent(tx: &Tx, id: ReceiptId, issued: &Issued, sealed: Option<Vec<u8>>) -> Result<()> {
    tx.later(
        "update receipts
            set status = 'sent', receipt_no = $2, provider_date = $3, sealed = $4, sent_at = $5, last_error = null
          where id = $1 and status in ('pending', 'parked')",
        params![id, issued.id.as_str().to_owned(), issued.provider_date.clone(), sealed, tx.clock().now()],
    )
    .await
}

/// Writes down how a pending receipt ended without a number.
pub async fn save_status(tx: &Tx, id: ReceiptId, status: ReceiptStatus, why: &str) -> Result<()> {
    tx.later(
        "update receipts set status = $2, last_error = $3 where id = $1 and status = 'pending'",
        params![id, status, why.to_owned()],
    )
    .await
}

pub async fn keep_tin(tx: &Tx, tenant: TenantId, tin: &str) -> Result<()> {
    tx.later("update tenants set tin = $2 where id = $1 and tin is null", params![tenant, tin.to_owned()]).await
}

pub async fn mark_shown(tx: &Tx, id: ReceiptId) -> Result<()> {
    tx.later("update receipts set shown_at = $2 where id = $1 and shown_at is null", params![id, tx.clock().now()])
        .await
}

/// Clears every sealed number whose time is over; how many there were.
pub async fn forget(tx: &Tx) -> Result<u64> {
    let now = tx.clock().now();
    let before = |time: SignedDuration| now.saturating_sub(time).unwrap_or(Timestamp::MIN);
    tx.touch(
        "update receipts set sealed = null
          where owner_id = (select app_owner_id()) and sealed is not null and (shown_at <= $1 or sent_at <= $2)",
        &[&before(lottery::AFTER_SHOWN), &before(lottery::UNSEEN)],
    )
    .await
}

fn due_row(row: &Row) -> Due {
    let kind = match row.get("kind") {
        TenantKind::Company => ReceiptType::B2bReceipt,
        TenantKind::Person => ReceiptType::B2cReceipt,
    };
    Due { invoice: row.get("invoice_id"), amount: row.get("amount"), kind }
}

/// The lines come with a question of their own.
fn facts_row(row: &Row) -> Facts {
    Facts {
        status: row.get("status"),
        sending: row.get("sending"),
        taken_back: row.get("taken_back"),
        amount: row.get("amount"),
        method: row.get("method"),
        tenant: row.get("tenant_id"),
        buyer: row.get("kind"),
        tin: row.get("tin"),
        register_no: row.get("register_no"),
        seller: row.get::<_, Option<String>>("owner_tin").map(|tin| Merchant {
            tin,
            branch_no: row.get("ebarimt_branch_no"),
            pos_no: row.get("ebarimt_pos_no"),
            district_code: row.get("ebarimt_district_code"),
            vat_payer: row.get("vat_payer"),
            city_tax_payer: row.get("city_tax_payer"),
        }),
        items: Vec::new(),
    }
}

fn item(row: &Row) -> Item {
    Item {
        description: row.get("description"),
        amount: row.get("amount"),
        tax_kind: row.get("tax_kind"),
        classification_code: row.get("classification_code"),
        exemption_code: row.get("exemption_code"),
    }
}
