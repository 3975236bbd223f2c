//! Every question asked about receipts.

use base::{Error, Result, Tx, params};
use domain::{
    InvoiceId, Money, PaymentId, ReceiptId, TenantId,
    receipt::{ReceiptStatus, ReceiptType},
    rooms::TenantKind,
};
use jiff::{SignedDuration, Timestamp};
use providers::receipts::{BillSuffix, Ddtd, Issued, Merchant};
use tokio_postgres::Row;

use super::{
    lines::Item,
    lottery,
    sale::{Facts, Replaced},
};

/// What a payment pays of an invoice; what corrections have given back of it is not paid any more.
pub struct Due {
    pub invoice: InvoiceId,
    pub amount: Money,
    pub kind: ReceiptType,
    /// The owner tells the tax office when money comes.
    pub on_payment: bool,
}

/// The newest receipt of a payment and an invoice.
pub struct Latest {
    pub id: ReceiptId,
    pub status: ReceiptStatus,
    pub amount: Money,
    pub sending: bool,
}

/// What a payment pays of an invoice, and what the tax office was told of it.
pub struct Stand {
    pub due: Due,
    pub latest: Option<Latest>,
}

/// What a receipt's payment pays of its invoice now, as SQL over `receipts r`.
const PAID_NOW: &str = "
    (select case when p.status = 'recorded' then coalesce(sum(a.amount), 0)::bigint else 0 end
       from payments p
       left join (allocations a
            join invoices b on b.owner_id = a.owner_id and b.id = a.invoice_id) on a.owner_id = p.owner_id and a.payment_id = p.id
              and case when b.total < 0 then b.corrects_id else b.id end = r.invoice_id
      where p.owner_id = r.owner_id and p.id = r.payment_id
      group by p.status)";

/// The receipts of an invoice, as its tenant's page asks for them.
pub const OF_INVOICE: &str = "
    select id, status, receipt_no, amount, vat_amount, provider_date, sealed, sent_at, shown_at
      from receipts
     where owner_id = (select app_owner_id()) and invoice_id = $1
     order by id";

/// Each invoice that a payment pays or paid, with its newest receipt; the payment is held until this transaction ends.
pub async fn stands(tx: &Tx, payment: PaymentId) -> Result<Vec<Stand>> {
    tx.all(
        "select id from payments where owner_id = (select app_owner_id()) and id = $1 for no key update",
        &[&payment],
    )
    .await?;
    let rows = tx
        .all(
            "select d.invoice_id, case when p.status = 'recorded' then d.amount else 0 end as amount, t.kind,
                    o.receipt_moment = 'on_payment' as on_payment, r.id, r.status, r.amount as told,
                    r.sending_since is not null as sending
               from payments p
               join property_owners o on o.id = p.owner_id
               join lateral (select case when b.total < 0 then b.corrects_id else b.id end as invoice_id,
                                    sum(a.amount)::bigint as amount
                               from allocations a join invoices b on b.owner_id = a.owner_id and b.id = a.invoice_id
                              where a.owner_id = p.owner_id and a.payment_id = p.id
                              group by 1) d on true
               join invoices i on i.owner_id = p.owner_id and i.id = d.invoice_id
               join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
               left join lateral (select r.id, r.status, r.amount, r.sending_since from receipts r
                                   where r.owner_id = p.owner_id and r.invoice_id = d.invoice_id and r.payment_id = p.id
                                   order by r.id desc limit 1) r on true
              where p.owner_id = (select app_owner_id()) and p.id = $1
              order by d.invoice_id",
            &[&payment],
        )
        .await?;
    Ok(rows.iter().map(stand_row).collect())
}

/// Whether it was inserted: one receipt a payment and invoice, and one in the place of another.
pub async fn insert(
    tx: &Tx,
    id: ReceiptId,
    payment: PaymentId,
    due: &Due,
    replaces: Option<ReceiptId>,
) -> Result<bool> {
    let rows = tx
        .touch(
            "insert into receipts (id, invoice_id, payment_id, type, amount, bill_suffix, replaces_id)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            &[&id, &due.invoice, &payment, &due.kind, &due.amount, &BillSuffix::of(id.0).as_str(), &replaces],
        )
        .await?;
    Ok(rows == 1)
}

/// A receipt that is to be given back.
pub struct GivenBack {
    pub status: ReceiptStatus,
    pub payment: PaymentId,
    /// What its payment pays of its invoice now.
    pub paid: Money,
    pub number: Ddtd,
    pub provider_date: String,
    /// The tax office was asked before, and may have done it.
    pub asked_before: bool,
}

/// A receipt with a number, held until this transaction ends.
pub async fn to_give_back(tx: &Tx, id: ReceiptId) -> Result<Option<GivenBack>> {
    let sql = format!(
        "select r.status, r.payment_id, {PAID_NOW} as paid, r.receipt_no, r.provider_date,
                r.returning_since is not null as asked_before
           from receipts r
          where r.owner_id = (select app_owner_id()) and r.id = $1 and r.receipt_no is not null and r.payment_id is not null
            for no key update of r"
    );
    let Some(row) = tx.maybe(&sql, &[&id]).await? else { return Ok(None) };
    let number: Ddtd =
        row.get::<_, &str>("receipt_no").parse().map_err(|_| Error::Internal("not a receipt's number".into()))?;
    Ok(Some(GivenBack {
        status: row.get("status"),
        payment: row.get("payment_id"),
        paid: row.get("paid"),
        number,
        provider_date: row.get("provider_date"),
        asked_before: row.get("asked_before"),
    }))
}

pub async fn mark_returning(tx: &Tx, id: ReceiptId) -> Result<()> {
    tx.later(
        "update receipts set returning_since = coalesce(returning_since, $2) where id = $1",
        params![id, tx.clock().now()],
    )
    .await
}

pub async fn unmark_returning(tx: &Tx, id: ReceiptId) -> Result<()> {
    tx.later("update receipts set returning_since = null where id = $1 and status = 'sent'", params![id]).await
}

/// The tax office does not take it back; it stands, and why is kept.
pub async fn save_return_refused(tx: &Tx, id: ReceiptId, why: &str) -> Result<()> {
    tx.later(
        "update receipts set last_error = $2, returning_since = null where id = $1 and status = 'sent'",
        params![id, why.to_owned()],
    )
    .await
}

/// It stands no more, and nothing of it is shown.
pub async fn save_returned(tx: &Tx, id: ReceiptId, status: ReceiptStatus) -> Result<()> {
    tx.later(
        "update receipts set status = $2, returned_at = $3, sealed = null, last_error = null where id = $1 and status = 'sent'",
        params![id, status, tx.clock().now()],
    )
    .await
}

/// What is paid now is what the receipt tells.
pub async fn save_amount(tx: &Tx, id: ReceiptId, amount: Money) -> Result<()> {
    tx.later("update receipts set amount = $2 where id = $1 and status = 'pending'", params![id, amount]).await
}

/// Everything a receipt says.
pub async fn facts(tx: &Tx, id: ReceiptId) -> Result<Option<Facts>> {
    let items = tx
        .ahead(
            "select l.description, l.amount, l.tax_kind, l.classification_code, l.exemption_code
               from receipts r
               join invoices i on i.owner_id = r.owner_id
                    and (i.id = r.invoice_id
                         or (i.corrects_id = r.invoice_id and i.total < 0 and i.status not in ('draft', 'void')
                             and not exists (select from invoices u where u.owner_id = i.owner_id and u.corrects_id = i.id
                                                                      and u.status <> 'void')))
               join invoice_items l on l.owner_id = i.owner_id and l.invoice_id = i.id
              where r.owner_id = (select app_owner_id()) and r.id = $1
              order by i.id, l.sort_order, l.id",
            params![id],
        )
        .await?;
    let row = tx
        .maybe(
            &format!(
                "select r.status, r.amount, r.sending_since is not null as sending, p.method, {PAID_NOW} as paid_now,
                    replaced.id as replaced_id, replaced.receipt_no as replaced_no, replaced.sealed as replaced_sealed,
                    t.id as tenant_id, t.kind, coalesce(i.customer_tin, t.tin) as tin,
                    coalesce(i.customer_register_no, t.register_no) as register_no,
                    o.tin as owner_tin, o.vat_payer, o.city_tax_payer, o.ebarimt_branch_no, o.ebarimt_pos_no,
                    o.ebarimt_district_code
               from receipts r
               join invoices i on i.owner_id = r.owner_id and i.id = r.invoice_id
               join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
               join payments p on p.owner_id = r.owner_id and p.id = r.payment_id
               join property_owners o on o.id = r.owner_id
               left join receipts replaced on replaced.owner_id = r.owner_id and replaced.id = r.replaces_id
                                          and replaced.status = 'sent'
              where r.id = $1
                for no key update of r"
            ),
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

fn stand_row(row: &Row) -> Stand {
    let kind = match row.get("kind") {
        TenantKind::Company => ReceiptType::B2bReceipt,
        TenantKind::Person => ReceiptType::B2cReceipt,
    };
    let due =
        Due { invoice: row.get("invoice_id"), amount: row.get("amount"), kind, on_payment: row.get("on_payment") };
    let latest = row.get::<_, Option<ReceiptId>>("id").map(|id| Latest {
        id,
        status: row.get("status"),
        amount: row.get("told"),
        sending: row.get("sending"),
    });
    Stand { due, latest }
}

/// The lines come with a question of their own.
fn facts_row(row: &Row) -> Facts {
    Facts {
        status: row.get("status"),
        sending: row.get("sending"),
        paid_now: row.get("paid_now"),
        replaced: row.get::<_, Option<ReceiptId>>("replaced_id").map(|id| Replaced {
            id,
            number: row.get("replaced_no"),
            sealed: row.get("replaced_sealed"),
        }),
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
