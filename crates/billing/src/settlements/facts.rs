//! Everything a settlement has to know, and the plan that the rules make of it.

use std::collections::HashMap;

use base::{Conflict, Error, Result, Tx, params};
use domain::{
    ContractId, InvoiceId, Money, Month,
    charges::ChargeError,
    settlement::{self, Billed, BilledLine, Facts, Settlement},
};
use jiff::civil::Date;
use leasing::{
    contracts::{ContractFacts, terms_of_contract},
    deposits,
};
use tokio_postgres::Row;

use crate::{
    invoices::{self, Standing},
    months,
};

/// What is known of a contract that is to end.
pub(super) struct Known {
    /// As it is before it ends.
    pub contract: ContractFacts,
    pub on: Date,
    pub vat_payer: bool,
    pub receipt_on_payment: bool,
    /// Its rent bills, one a month, with their numbers.
    pub billed: Vec<(Billed, String)>,
    /// Whatever is open of it.
    pub open: Vec<Standing>,
    pub credit: Money,
    pub held: Money,
    pub set_off: bool,
}

impl Known {
    /// As it stands now, for a preview.
    pub async fn of(tx: &Tx, contract: ContractId, on: Date, set_off: bool) -> Result<Known> {
        Known::read(tx, contract, on, set_off, "").await
    }

    /// The same, held against other changes until this transaction ends: the contract, the months' bills, what is open.
    pub async fn held_still(tx: &Tx, contract: ContractId, on: Date, set_off: bool) -> Result<Known> {
        tx.later("select from contracts where id = $1 for no key update", params![contract]).await?;
        Known::read(tx, contract, on, set_off, "for no key update").await
    }

    async fn read(tx: &Tx, id: ContractId, on: Date, set_off: bool, lock: &str) -> Result<Known> {
        let contract = terms_of_contract(tx, id, Month::of(on)).await?.ok_or(Error::NotFound("contract"))?;
        let open = tx
            .all(
                &format!(
                    "select id, code, status, issued_on, due_on, total, paid_amount
                       from invoices
                      where owner_id = (select app_owner_id()) and contract_id = $1
                        and status in ('issued', 'partially_paid', 'overdue')
                      order by due_on, id {lock}"
                ),
                &[&id],
            )
            .await?;
        let lines = tx
            .ahead(
                // A line that was corrected by hand counts as what the corrections left of it.
                "select b.id as invoice_id, l.contract_item_id, l.amount, l.tax
                   from invoices b
                   join invoices i on i.owner_id = b.owner_id and (i.id = b.id or i.corrects_id = b.id)
                   join invoice_items l on l.owner_id = i.owner_id and l.invoice_id = i.id
                  where b.owner_id = (select app_owner_id()) and b.contract_id = $1 and b.kind = 'rent'
                    and b.status not in ('draft', 'void') and b.period >= $2 and i.status <> 'void'
                    and not exists (select from invoices u
                                     where u.owner_id = i.owner_id and u.corrects_id = i.id and i.id <> b.id
                                       and u.status <> 'void')
                  order by i.id, l.sort_order",
                params![id, Month::of(on)],
            )
            .await?;
        let bills = tx
            .ahead(
                "select id, code, period, total, paid_amount, day_is_locked(owner_id, issued_on) as is_locked
                   from invoices
                  where owner_id = (select app_owner_id()) and contract_id = $1 and kind = 'rent'
                    and status not in ('draft', 'void')
                  order by period",
                params![id],
            )
            .await?;
        let row = tx
            .one(
                "select o.vat_payer, o.receipt_moment = 'on_payment' as receipt_on_payment,
                        coalesce((select sum(p.amount - p.allocated) from payments p
                                   where p.owner_id = o.id and p.tenant_id = $1 and p.status = 'recorded'
                                     and p.allocated < p.amount), 0)::bigint as credit
                   from property_owners o
                  where o.id = (select app_owner_id())",
                &[&contract.tenant],
            )
            .await?;
        let held = deposits::held(tx, id).await?;
        let mut lines = by_invoice(&lines.rows()?);
        let billed = bills.rows()?.iter().map(|row| billed(row, &mut lines)).collect();
        Ok(Known {
            contract,
            on,
            vat_payer: row.get("vat_payer"),
            receipt_on_payment: row.get("receipt_on_payment"),
            billed,
            open: open.iter().map(invoices::standing).collect(),
            credit: row.get("credit"),
            held,
            set_off,
        })
    }

    /// The settlement that these facts make.
    pub fn plan(&self, tx: &Tx) -> Result<Settlement> {
        let billed: Vec<Billed> = self.billed.iter().map(|(bill, _)| bill.clone()).collect();
        let open: Vec<_> = self.open.iter().map(Standing::as_open_invoice).collect();
        let facts = Facts {
            terms: &self.contract.terms,
            on: self.on,
            today: tx.clock().today(),
            payment_day: self.contract.payment_day,
            vat_payer: self.vat_payer,
            billed: &billed,
            open: &open,
            credit: self.credit,
            held: self.held,
            set_off: self.set_off,
            new_id: InvoiceId::new,
        };
        settlement::plan(&facts).map_err(unclear)
    }

    /// Runs of these months wait until the settlement is made.
    pub async fn lock_months(tx: &Tx, settlement: &Settlement) -> Result<()> {
        for settled in &settlement.months {
            months::lock(tx, settled.month).await?;
        }
        Ok(())
    }
}

/// The contract's own figures do not make a bill.
pub(super) fn unclear(error: ChargeError) -> Error {
    Conflict::new("CHARGES_UNCLEAR").with("why", error.to_string()).into()
}

fn by_invoice(rows: &[Row]) -> HashMap<InvoiceId, Vec<BilledLine>> {
    let mut lines: HashMap<InvoiceId, Vec<BilledLine>> = HashMap::new();
    for row in rows {
        let line = BilledLine { item: row.get("contract_item_id"), amount: row.get("amount"), vat: row.get("tax") };
        lines.entry(row.get("invoice_id")).or_default().push(line);
    }
    lines
}

fn billed(row: &Row, lines: &mut HashMap<InvoiceId, Vec<BilledLine>>) -> (Billed, String) {
    let invoice: InvoiceId = row.get("id");
    let bill = Billed {
        invoice,
        period: row.get("period"),
        total: row.get("total"),
        paid: row.get("paid_amount"),
        is_locked: row.get("is_locked"),
        lines: lines.remove(&invoice).unwrap_or_default(),
    };
    (bill, row.get("code"))
}
