//! What the paper of invoices says, gathered for any number of them in five questions.

use std::collections::HashMap;

use base::{Error, Result, Tx, params};
use billing::invoices::{Made, link_url};
use domain::{
    InvoiceId, Money,
    invoice::{Balance, InvoiceKind, InvoiceStatus},
};
use rust_decimal::Decimal;
use tokio_postgres::Row;
use words::{Lang, term};

use super::accounts;
use crate::papers::{Invoice, InvoiceFacts, InvoiceLine, Invoices, Party};

/// The paper of these invoices, in their order; the ones that are not issued, or not seen, are left out.
pub async fn paper(tx: &Tx, ids: &[InvoiceId]) -> Result<Invoices> {
    let lines = tx
        .ahead(
            "select invoice_id, description, quantity, unit_price, tax, amount, made
               from invoice_items
              where owner_id = (select app_owner_id()) and invoice_id = any($1)
              order by invoice_id, sort_order",
            params![ids.to_vec()],
        )
        .await?;
    let owner = tx
        .ahead(
            "select name, register_no, tin, address, phone, email from property_owners where id = (select app_owner_id())",
            params![],
        )
        .await?;
    let rows = tx
        .all(
            "select i.id, i.code, i.kind, i.status, i.period, i.issued_on, i.due_on, c.code as corrects, i.note,
                    i.customer_name, i.customer_register_no, i.customer_tin, t.phone, p.name as building, i.units,
                    i.contract_code, i.subtotal, i.vat_amount, i.city_tax_amount, i.total, i.paid_amount,
                    coalesce((select sum(e.total - e.paid_amount) from invoices e
                               where e.owner_id = i.owner_id and e.contract_id = i.contract_id and e.id <> i.id
                                 and e.period <= i.period and e.status in ('issued', 'partially_paid', 'overdue')), 0)::bigint
                        as previous_balance,
                    coalesce((select sum(m.amount - m.allocated) from payments m
                               where m.owner_id = i.owner_id and m.tenant_id = i.tenant_id
                                 and m.status = 'recorded' and m.allocated < m.amount), 0)::bigint as credit
               from unnest($1::uuid[]) with ordinality as asked (id, place)
               join invoices i on i.owner_id = (select app_owner_id()) and i.id = asked.id
               join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
               join properties p on p.owner_id = i.owner_id and p.id = i.property_id
               left join invoices c on c.owner_id = i.owner_id and c.id = i.corrects_id
              where i.status not in ('draft', 'void')
              order by asked.place",
            &[&ids],
        )
        .await?;
    let mut lines = by_invoice(&lines.rows()?);
    let invoices: Vec<Invoice> = rows.iter().map(|row| invoice(tx, row, &mut lines)).collect::<Result<_>>()?;
    let number = match rows.as_slice() {
        [] => return Err(Error::NotFound("invoice")),
        [one] => one.get("code"),
        many => many.len().to_string(),
    };
    let owner = owner.rows()?.first().map(party).ok_or(Error::NotFound("owner"))?;
    Ok(Invoices { number, draft: false, owner, accounts: accounts(tx).await?, invoices })
}

fn by_invoice(rows: &[Row]) -> HashMap<InvoiceId, Vec<InvoiceLine>> {
    let mut lines: HashMap<InvoiceId, Vec<InvoiceLine>> = HashMap::new();
    for row in rows {
        let line = InvoiceLine {
            description: row.get("description"),
            how: Made::tell(row.get("made"), Lang::Mn).replace('\u{a0}', "\u{202f}").replace('−', "-"),
            quantity: row.get::<_, Decimal>("quantity").normalize(),
            unit_price: row.get("unit_price"),
            vat: row.get("tax"),
            amount: row.get("amount"),
        };
        lines.entry(row.get("invoice_id")).or_default().push(line);
    }
    lines
}

fn invoice(tx: &Tx, row: &Row, lines: &mut HashMap<InvoiceId, Vec<InvoiceLine>>) -> Result<Invoice> {
    let id: InvoiceId = row.get("id");
    let (kind, status): (InvoiceKind, InvoiceStatus) = (row.get("kind"), row.get("status"));
    let (total, paid): (Money, Money) = (row.get("total"), row.get("paid_amount"));
    let facts = InvoiceFacts {
        number: row.get("code"),
        kind: term(Lang::Mn, "invoice-kind", kind.as_str()).into_owned(),
        period: row.get("period"),
        issued_on: row.get("issued_on"),
        due_on: row.get("due_on"),
        corrects: row.get("corrects"),
        // Of other invoices the note is the owner's own.
        reason: if kind == InvoiceKind::Correction { row.get("note") } else { String::new() },
        tenant: Party {
            name: row.get("customer_name"),
            register_no: row.get("customer_register_no"),
            tin: row.get("customer_tin"),
            phone: row.get("phone"),
            ..Party::default()
        },
        building: row.get("building"),
        units: row.get("units"),
        contract: row.get("contract_code"),
        lines: lines.remove(&id).unwrap_or_default(),
        subtotal: row.get("subtotal"),
        vat: row.get("vat_amount"),
        city_tax: row.get("city_tax_amount"),
        total,
        paid,
        balance: if status.is_open() { Balance { total, paid }.open() } else { Money::ZERO },
        previous_balance: row.get("previous_balance"),
        credit: row.get("credit"),
        link: total.is_positive().then(|| link_url(tx.app(), id)),
    };
    Ok(Invoice::new(facts)?)
}

fn party(row: &Row) -> Party {
    Party {
        name: row.get("name"),
        register_no: row.get("register_no"),
        tin: row.get("tin"),
        address: row.get("address"),
        phone: row.get("phone"),
        email: row.get("email"),
        signer: None,
    }
}
