//! Every question asked about invoices.

use base::{
    App, Error, Result, Tx,
    conditions::{Conditions, containing},
    lists::Window,
    params,
};
use domain::{
    ContractId, InvoiceId, Money, Month, PropertyId, TenantId,
    contract::ContractStatus,
    invoice::InvoiceStatus,
    rights::{Action, Role},
};
use jiff::{Timestamp, ToSpan, Unit, civil::Date};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use wire::invoices::{
    InvoiceCorrection, InvoiceFilter, InvoiceItemView, InvoicePaymentView, InvoiceRow, InvoiceStanding, InvoiceTotals,
    InvoiceView, ReceiptView,
};

use super::{Made, link_hash, link_url};

/// What a one-off invoice takes from its contract, its tenant and its owner.
pub(super) struct ContractToBill {
    pub code: String,
    pub status: ContractStatus,
    pub tenant_id: TenantId,
    pub property_id: PropertyId,
    pub units: String,
    pub payment_day: i8,
    pub customer_name: String,
    pub customer_register_no: Option<String>,
    pub customer_tin: Option<String>,
    pub vat_payer: bool,
    pub receipt_on_payment: bool,
    /// What the tenant has paid more than was billed.
    pub credit: Money,
    /// What the contract owes until the month that is billed.
    pub previous_balance: Money,
    /// Taken when a year was asked for and the contract may be billed.
    pub number: Option<i64>,
}

/// The contract to bill, and in the same wait the invoice's number of that year.
pub(super) async fn contract_to_bill(
    tx: &Tx,
    contract: ContractId,
    period: Month,
    year: Option<i16>,
) -> Result<Option<ContractToBill>> {
    let row = tx
        .maybe(
            "select c.code, c.status, c.tenant_id, c.property_id, c.units, c.payment_day, t.name, t.register_no, t.tin,
                    o.vat_payer, o.receipt_moment = 'on_payment' as receipt_on_payment,
                    coalesce((select sum(p.amount - p.allocated) from payments p
                               where p.owner_id = c.owner_id and p.tenant_id = c.tenant_id
                                 and p.status = 'recorded' and p.allocated < p.amount), 0)::bigint as credit,
                    coalesce((select sum(e.total - e.paid_amount) from invoices e
                               where e.owner_id = c.owner_id and e.contract_id = c.id and e.period <= $3
                                 and e.status in ('issued', 'partially_paid', 'overdue')), 0)::bigint as previous_balance,
                    case when $2::int is not null and c.status not in ('draft', 'pending_signature')
                         then take_numbers('invoice', $2, 1) end as number
               from contracts c
               join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
               join property_owners o on o.id = c.owner_id
              where c.owner_id = (select app_owner_id()) and c.id = $1",
            &[&contract, &year.map(i32::from), &period],
        )
        .await?;
    Ok(row.map(|row| ContractToBill {
        code: row.get("code"),
        status: row.get("status"),
        tenant_id: row.get("tenant_id"),
        property_id: row.get("property_id"),
        units: row.get("units"),
        payment_day: day(row.get("payment_day")),
        customer_name: row.get("name"),
        customer_register_no: row.get("register_no"),
        customer_tin: row.get("tin"),
        vat_payer: row.get("vat_payer"),
        receipt_on_payment: row.get("receipt_on_payment"),
        credit: row.get("credit"),
        previous_balance: row.get("previous_balance"),
        number: row.get("number"),
    }))
}

/// An invoice that is about to change.
pub(super) struct Locked {
    pub status: InvoiceStatus,
    pub contract_id: ContractId,
    pub tenant_id: TenantId,
    pub total: Money,
    pub paid: Money,
    pub payment_day: i8,
    pub receipt_on_payment: bool,
}

pub(super) async fn lock(tx: &Tx, id: InvoiceId) -> Result<Option<Locked>> {
    let row = tx
        .maybe(
            "select i.status, i.contract_id, i.tenant_id, i.total, i.paid_amount, c.payment_day,
                    o.receipt_moment = 'on_payment' as receipt_on_payment
               from invoices i
               join contracts c on c.owner_id = i.owner_id and c.id = i.contract_id
               join property_owners o on o.id = i.owner_id
              where i.owner_id = (select app_owner_id()) and i.id = $1
                for no key update of i",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| Locked {
        status: row.get("status"),
        contract_id: row.get("contract_id"),
        tenant_id: row.get("tenant_id"),
        total: row.get("total"),
        paid: row.get("paid_amount"),
        payment_day: day(row.get("payment_day")),
        receipt_on_payment: row.get("receipt_on_payment"),
    }))
}

pub(super) async fn take_number(tx: &Tx, year: i16) -> Result<i64> {
    Ok(tx.one("select take_numbers('invoice', $1, 1) as number", &[&i32::from(year)]).await?.get("number"))
}

pub(super) async fn save_issued(tx: &Tx, id: InvoiceId, code: &str, issued_on: Date, due_on: Date) -> Result<()> {
    let issued = InvoiceStatus::Draft.transition_to(InvoiceStatus::Issued)?;
    tx.later(
        "update invoices
            set code = $2, status = $3, issued_on = $4, due_on = $5, link_hash = $6, version = version + 1
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, code.to_owned(), issued, issued_on, due_on, link_hash(tx.app(), id)],
    )
    .await
}

pub(super) async fn save_status(tx: &Tx, id: InvoiceId, status: InvoiceStatus) -> Result<()> {
    tx.later(
        "update invoices set status = $2, version = version + 1
          where owner_id = (select app_owner_id()) and id = $1",
        params![id, status],
    )
    .await
}

/// The sort key of the list: newest period first, in it the newest invoice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Place(pub Month, pub InvoiceId);

/// The invoices of a page; the last question of its transaction.
pub(super) async fn page(tx: &Tx, filter: &InvoiceFilter, window: &Window<Place>) -> Result<Vec<InvoiceRow>> {
    let mut asked = asked(tx, filter);
    if let Some(Place(month, id)) = &window.after {
        asked.and("(period, id) < ({0}, {1})", params![*month, *id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let with_standing = filter.standing == Some(true);
    let beside = if with_standing { STANDING } else { "" };
    let sql = format!(
        "select id, code, kind, status, contract_id, contract_code, tenant_id, customer_name, units, property_id,
                period, issued_on, due_on, vat_amount, total, paid_amount, version{beside}
           from invoices{}
          order by period desc, id desc
          limit {limit}",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows
        .iter()
        .map(|row| InvoiceRow { standing: with_standing.then(|| how_far(row)), ..invoice_row(row) })
        .collect())
}

/// How far an invoice's text, receipt and reminders are, as columns beside those of `invoices`.
const STANDING: &str = ",
    (select coalesce(sum(p.charged) filter (where f.status <> 'void'), 0)::bigint
       from penalties p left join invoices f on f.owner_id = p.owner_id and f.id = p.fee_invoice_id
      where p.owner_id = invoices.owner_id and p.invoice_id = invoices.id) as penalty,
    (select case min(case s.status when 'delivered' then 1 when 'accepted' then 2 when 'sending' then 3 when 'new' then 3 else 4 end)
                when 1 then 'delivered' when 2 then 'accepted' when 3 then 'waiting' when 4 then 'failed' end
       from sms_messages s where s.owner_id = invoices.owner_id and s.invoice_id = invoices.id) as sending,
    (select r.status from receipts r where r.owner_id = invoices.owner_id and r.invoice_id = invoices.id
      order by array_position(array['parked', 'failed', 'pending', 'sent', 'returned'], r.status), r.id desc limit 1) as receipt,
    (select max(n.stage) from reminder_invoices n
      where n.owner_id = invoices.owner_id and n.invoice_id = invoices.id) as reminded_stage,
    (select max(m.sent_on) from reminder_invoices n join reminders m on m.owner_id = n.owner_id and m.id = n.reminder_id
      where n.owner_id = invoices.owner_id and n.invoice_id = invoices.id) as reminded_on";

/// What the filtered invoices add up to; the last question of its transaction.
pub(super) async fn totals(tx: &Tx, filter: &InvoiceFilter) -> Result<InvoiceTotals> {
    let asked = asked(tx, filter);
    let sql = format!(
        "select count(*) as count, coalesce(sum(vat_amount), 0)::bigint as vat_amount,
                coalesce(sum(total), 0)::bigint as total, coalesce(sum(paid_amount), 0)::bigint as paid_amount,
                coalesce(sum(total - paid_amount) filter (where {OPEN}), 0)::bigint as balance
           from invoices{}",
        asked.sql()
    );
    let row = tx.last().maybe(&sql, &asked.values()).await?;
    let row = row.ok_or_else(|| Error::Internal("a sum always has a row".into()))?;
    Ok(InvoiceTotals {
        count: row.get("count"),
        vat_amount: row.get("vat_amount"),
        total: row.get("total"),
        paid_amount: row.get("paid_amount"),
        balance: row.get("balance"),
    })
}

/// Something of it is still owed; the words of the partial indexes.
const OPEN: &str = "status in ('issued', 'partially_paid', 'overdue')";

/// What a filter picks, as conditions on `invoices`.
pub(crate) fn asked(tx: &Tx, filter: &InvoiceFilter) -> Conditions {
    let mut asked = Conditions::new();
    asked.and("owner_id = (select app_owner_id())", params![]);
    if let Some(ids) = &filter.ids {
        let ids: Vec<InvoiceId> = ids.split(',').filter_map(|id| id.trim().parse().ok()).collect();
        asked.and("id = any({0})", params![ids]);
    }
    if let Some(least) = filter.min_total {
        asked.and("total >= {0}", params![least]);
    }
    if let Some(most) = filter.max_total {
        asked.and("total <= {0}", params![most]);
    }
    let today = tx.clock().today();
    if let Some(least) = filter.late_from {
        asked.and(&format!("{OPEN} and due_on <= {{0}}"), params![today.saturating_sub(i64::from(least).days())]);
    }
    if let Some(most) = filter.late_to {
        asked.and(&format!("{OPEN} and due_on >= {{0}}"), params![today.saturating_sub(i64::from(most).days())]);
    }
    if let Some(sent) = filter.sent {
        asked.and(
            "exists (select from sms_messages m
                      where m.owner_id = invoices.owner_id and m.invoice_id = invoices.id
                        and m.status in ('accepted', 'delivered')) = {0}",
            params![sent],
        );
    }
    if let Some(period) = filter.period {
        asked.and("period = {0}", params![period]);
    }
    if let Some(status) = filter.status {
        asked.and("status = {0}", params![status]);
    }
    if let Some(kind) = filter.kind {
        asked.and("kind = {0}", params![kind]);
    }
    match filter.open {
        Some(true) => drop(asked.and(OPEN, params![])),
        Some(false) => drop(asked.and(&format!("not {OPEN}"), params![])),
        None => {}
    }
    let late = format!("{OPEN} and due_on < {{0}}");
    match filter.overdue {
        Some(true) => drop(asked.and(&late, params![tx.clock().today()])),
        Some(false) => drop(asked.and(&format!("({late}) is not true"), params![tx.clock().today()])),
        None => {}
    }
    if let Some(billed) = filter.billed {
        asked.and("(status not in ('draft', 'void')) = {0}", params![billed]);
    }
    if let Some(contract) = filter.contract_id {
        asked.and("contract_id = {0}", params![contract]);
    }
    if let Some(tenant) = filter.tenant_id {
        asked.and("tenant_id = {0}", params![tenant]);
    }
    if let Some(property) = filter.property_id {
        asked.and("property_id = {0}", params![property]);
    }
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let pattern = containing(q);
        asked.and(
            "(concat_ws(' ', code, contract_code, customer_name, units, customer_register_no) ilike {0}
              or exists (select from tenants t where t.owner_id = invoices.owner_id and t.id = invoices.tenant_id
                                                 and t.phone ilike {0}))",
            params![pattern],
        );
    }
    asked
}

/// The invoice whole, in one wait; with `is_last` the transaction ends in the same wait.
pub(super) async fn view(tx: &Tx, id: InvoiceId, is_last: bool) -> Result<Option<InvoiceView>> {
    let items = tx
        .ahead(
            "select id, description, quantity, unit_price, amount, tax_kind, tax, made
               from invoice_items
              where owner_id = (select app_owner_id()) and invoice_id = $1
              order by sort_order",
            params![id],
        )
        .await?;
    let payments = tx
        .ahead(
            "select p.id, p.method, p.paid_at, a.amount
               from allocations a
               join payments p on p.owner_id = a.owner_id and p.id = a.payment_id
              where a.owner_id = (select app_owner_id()) and a.invoice_id = $1
              order by a.id",
            params![id],
        )
        .await?;
    let receipts = tx
        .ahead(
            "select id, type, status, amount, vat_amount, receipt_no, provider_date
               from receipts
              where owner_id = (select app_owner_id()) and invoice_id = $1
              order by id",
            params![id],
        )
        .await?;
    let corrections = tx
        .ahead(
            "select id, code, issued_on, total, note
               from invoices
              where owner_id = (select app_owner_id()) and corrects_id = $1 and status not in ('draft', 'void')
              order by id",
            params![id],
        )
        .await?;
    let question = "
        select i.id, i.code, i.kind, i.status, i.contract_id, i.contract_code, i.tenant_id, i.customer_name,
               i.customer_register_no, i.customer_tin, i.units, i.property_id, i.period, i.issued_on, i.due_on, i.subtotal,
               i.vat_amount, i.city_tax_amount, i.total, i.paid_amount, i.corrects_id, c.code as corrects_code, i.note,
               i.version, i.created_at, i.updated_at,
               coalesce((select sum(e.total - e.paid_amount) from invoices e
                          where e.owner_id = i.owner_id and e.contract_id = i.contract_id and e.id <> i.id
                            and e.period <= i.period and e.status in ('issued', 'partially_paid', 'overdue')), 0)::bigint
                   as previous_balance,
               coalesce((select sum(p.amount - p.allocated) from payments p
                          where p.owner_id = i.owner_id and p.tenant_id = i.tenant_id
                            and p.status = 'recorded' and p.allocated < p.amount), 0)::bigint as credit
          from invoices i
          left join invoices c on c.owner_id = i.owner_id and c.id = i.corrects_id
         where i.owner_id = (select app_owner_id()) and i.id = $1";
    let invoice = match is_last {
        true => tx.last().maybe(question, &[&id]).await?,
        false => tx.maybe(question, &[&id]).await?,
    };
    let Some(row) = invoice else { return Ok(None) };
    let lang = tx.actor().lang;
    let mut view = invoice_view(&row, tx.app());
    view.items = items.rows()?.iter().map(|row| item(row, lang)).collect();
    view.payments = payments.rows()?.iter().map(payment).collect();
    view.receipts = receipts.rows()?.iter().map(receipt).collect();
    view.corrections = corrections.rows()?.iter().map(correction).collect();
    let role = tx.who().await?.role;
    if role == Some(Role::Tenant) {
        // The owner's own words.
        view.note.clear();
        view.corrections.iter_mut().for_each(|correction| correction.reason.clear());
    }
    view.credit = view.credit.filter(|_| role.is_some_and(|role| role.may(Action::ReadPayments)));
    Ok(Some(view))
}

/// The present moment as a column keeps it, in whole microseconds.
pub(crate) fn stored_now(tx: &Tx) -> Timestamp {
    tx.clock().now().round(Unit::Microsecond).expect("our days are far from the end of time")
}

fn day(number: i32) -> i8 {
    i8::try_from(number).expect("a payment day lies between 1 and 31")
}

/// What is still owed: a draft, a void and a paid one owe nothing.
fn balance(row: &Row) -> Money {
    let (total, paid): (Money, Money) = (row.get("total"), row.get("paid_amount"));
    match row.get::<_, InvoiceStatus>("status").is_open() {
        true => domain::invoice::Balance { total, paid }.open(),
        false => Money::ZERO,
    }
}

fn invoice_row(row: &Row) -> InvoiceRow {
    InvoiceRow {
        id: row.get("id"),
        code: row.get("code"),
        kind: row.get("kind"),
        status: row.get("status"),
        contract_id: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        tenant_id: row.get("tenant_id"),
        customer_name: row.get("customer_name"),
        units: row.get("units"),
        property_id: row.get("property_id"),
        period: row.get("period"),
        issued_on: row.get("issued_on"),
        due_on: row.get("due_on"),
        vat_amount: row.get("vat_amount"),
        total: row.get("total"),
        paid_amount: row.get("paid_amount"),
        balance: balance(row),
        version: row.get("version"),
        standing: None,
    }
}

/// The columns of [`STANDING`].
fn how_far(row: &Row) -> InvoiceStanding {
    InvoiceStanding {
        penalty: row.get("penalty"),
        sending: row.get("sending"),
        receipt: row.get("receipt"),
        reminded_stage: row.get("reminded_stage"),
        reminded_on: row.get("reminded_on"),
    }
}

fn invoice_view(row: &Row, app: &App) -> InvoiceView {
    let (id, status): (InvoiceId, InvoiceStatus) = (row.get("id"), row.get("status"));
    let is_out = !matches!(status, InvoiceStatus::Draft | InvoiceStatus::Void);
    InvoiceView {
        id,
        code: row.get("code"),
        kind: row.get("kind"),
        status,
        contract_id: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        tenant_id: row.get("tenant_id"),
        customer_name: row.get("customer_name"),
        customer_register_no: row.get("customer_register_no"),
        customer_tin: row.get("customer_tin"),
        units: row.get("units"),
        property_id: row.get("property_id"),
        period: row.get("period"),
        issued_on: row.get("issued_on"),
        due_on: row.get("due_on"),
        subtotal: row.get("subtotal"),
        vat_amount: row.get("vat_amount"),
        city_tax_amount: row.get("city_tax_amount"),
        total: row.get("total"),
        paid_amount: row.get("paid_amount"),
        balance: balance(row),
        corrects_id: row.get("corrects_id"),
        corrects_code: row.get("corrects_code"),
        corrections: Vec::new(),
        previous_balance: row.get("previous_balance"),
        credit: Some(row.get("credit")),
        note: row.get("note"),
        items: Vec::new(),
        payments: Vec::new(),
        receipts: Vec::new(),
        link_url: is_out.then(|| link_url(app, id)),
        version: row.get("version"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    }
}

fn item(row: &Row, lang: base::Lang) -> InvoiceItemView {
    InvoiceItemView {
        id: row.get("id"),
        description: row.get("description"),
        quantity: row.get::<_, rust_decimal::Decimal>("quantity").normalize(),
        unit_price: row.get("unit_price"),
        amount: row.get("amount"),
        tax_kind: row.get("tax_kind"),
        tax: row.get("tax"),
        how: Made::tell(row.get("made"), lang),
    }
}

fn payment(row: &Row) -> InvoicePaymentView {
    InvoicePaymentView {
        payment_id: row.get("id"),
        method: row.get("method"),
        paid_at: row.get("paid_at"),
        amount: row.get("amount"),
    }
}

fn correction(row: &Row) -> InvoiceCorrection {
    InvoiceCorrection {
        id: row.get("id"),
        code: row.get("code"),
        issued_on: row.get("issued_on"),
        total: row.get("total"),
        reason: row.get("note"),
    }
}

fn receipt(row: &Row) -> ReceiptView {
    ReceiptView {
        id: row.get("id"),
        kind: row.get("type"),
        status: row.get("status"),
        amount: row.get("amount"),
        vat_amount: row.get("vat_amount"),
        receipt_no: row.get("receipt_no"),
        provider_date: row.get("provider_date"),
    }
}
