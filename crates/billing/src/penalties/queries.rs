//! Every question asked about penalties.

use std::collections::HashMap;

use base::{
    Conflict, Lang, OnConstraint, Result, Tx,
    conditions::{Conditions, containing},
    lists::Window,
    params,
};
use domain::{
    ContractId, InvoiceId, Money, Month, PenaltyId, PropertyId, TenantId,
    invoice::InvoiceKind,
    penalty::{Clause, CountsFrom, Debt, Paid, Penalty, Reviewed, penalty},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use wire::penalties::{PenaltyFilter, PenaltyRow};

use super::PenaltyMade;

/// A late bill of a contract with a written clause.
pub(super) struct Late {
    pub id: InvoiceId,
    pub code: String,
    pub kind: InvoiceKind,
    pub contract: ContractId,
    pub contract_code: String,
    pub tenant: TenantId,
    pub customer_name: String,
    pub units: String,
    pub property: PropertyId,
    pub period: Month,
    pub principal: Money,
    pub due_on: Date,
    pub clause: Clause,
    pub paid: Vec<Paid>,
    pub charged: Money,
    pub waived: Money,
    /// What was paid of the fee bills.
    pub fee_paid: Money,
    /// The day as of which it was last decided.
    pub decided_as_of: Option<Date>,
}

impl Late {
    /// Its penalty at the end of that day.
    pub fn penalty(&self, as_of: Date) -> Penalty {
        let debt = Debt { principal: self.principal, due_on: self.due_on, paid: &self.paid };
        penalty(&debt, &self.clause, as_of)
    }

    /// What was decided about it before.
    pub fn before(&self) -> Result<Money> {
        Ok(self.charged.checked_add(self.waived)?)
    }

    /// What is neither charged nor waived of a penalty.
    pub fn left(&self, penalty: &Penalty) -> Money {
        Reviewed::of(penalty.amount, self.charged, self.waived).amount()
    }

    pub fn row(&self, as_of: Date, lang: Lang) -> Result<PenaltyRow> {
        let penalty = self.penalty(as_of);
        let left = self.left(&penalty);
        let paid = Money::sum(self.paid.iter().filter(|paid| paid.on <= as_of).map(|paid| paid.amount))?;
        Ok(PenaltyRow {
            invoice_id: self.id,
            invoice_code: self.code.clone(),
            kind: self.kind,
            contract_id: self.contract,
            contract_code: self.contract_code.clone(),
            tenant_id: self.tenant,
            customer_name: self.customer_name.clone(),
            units: self.units.clone(),
            property_id: self.property,
            period: self.period,
            principal: self.principal,
            open: self.principal.checked_sub(paid)?,
            due_on: self.due_on,
            days_late: domain::aging::days_late(self.due_on, as_of),
            days: penalty.days(),
            grace_days: self.clause.grace_days,
            counts_from: self.clause.from,
            rate_bp: self.clause.rate_bp,
            ceiling: penalty.ceiling,
            computed: penalty.amount,
            is_capped: penalty.is_capped(),
            charged: self.charged,
            waived: self.waived,
            paid: self.fee_paid,
            left,
            how: PenaltyMade::new(&self.code, &self.clause, penalty, Money::ZERO, left).sentence(lang),
        })
    }
}

/// The sort key of the list: the longest due first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Place(pub Date, pub InvoiceId);

/// The late bills of a page.
pub(super) async fn page(tx: &Tx, filter: &PenaltyFilter, as_of: Date, window: &Window<Place>) -> Result<Vec<Late>> {
    let mut asked = late(as_of);
    if filter.settled != Some(true) {
        asked.and("i.status in ('issued', 'partially_paid', 'overdue')", params![]);
    }
    if let Some(contract) = filter.contract_id {
        asked.and("i.contract_id = {0}", params![contract]);
    }
    if let Some(property) = filter.property_id {
        asked.and("i.property_id = {0}", params![property]);
    }
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let found = "concat_ws(' ', i.code, i.contract_code, i.customer_name, i.units) ilike {0}";
        asked.and(found, params![containing(q)]);
    }
    if let Some(Place(due_on, id)) = &window.after {
        asked.and("(i.due_on, i.id) > ({0}, {1})", params![*due_on, *id]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!("{LATE}{} order by i.due_on, i.id limit {limit}", asked.sql());
    Ok(tx.all(&sql, &asked.values()).await?.iter().filter_map(read).collect())
}

/// These late bills, held until this transaction ends; what is no late bill with a clause is not among them.
pub(super) async fn lock(tx: &Tx, ids: &[InvoiceId], as_of: Date) -> Result<Vec<Late>> {
    // Held first and read after: what somebody else charged meanwhile is then seen.
    tx.all(
        "select id from invoices where owner_id = (select app_owner_id()) and id = any($1)
          order by due_on, id for no key update",
        &[&ids],
    )
    .await?;
    let mut asked = late(as_of);
    asked.and("i.id = any({0})", params![ids.to_vec()]);
    let sql = format!("{LATE}{} order by i.due_on, i.id", asked.sql());
    Ok(tx.all(&sql, &asked.values()).await?.iter().filter_map(read).collect())
}

/// How many of these bills there are, whatever they are.
pub(super) async fn count(tx: &Tx, ids: &[InvoiceId]) -> Result<i64> {
    let sql = "select count(*) as n from invoices where owner_id = (select app_owner_id()) and id = any($1)";
    Ok(tx.one(sql, &[&ids]).await?.get("n"))
}

/// A bill with the money on it, day by day, and what was decided about its penalty. Fees bear none: no penalty on a
/// penalty.
const LATE: &str = "
    select i.id, i.code, i.kind, i.contract_id, i.contract_code, i.tenant_id, i.customer_name, i.units, i.property_id,
           i.period, i.total, i.due_on, c.penalty_bp, c.penalty_grace_days, c.penalty_from, paid.days as paid_days,
           paid.amounts as paid_amounts, done.charged, done.waived, done.paid as fee_paid, done.as_of as decided_as_of
      from invoices i
      join contracts c on c.owner_id = i.owner_id and c.id = i.contract_id and c.penalty_bp > 0
     cross join lateral (
           select coalesce(array_agg(a.booked_on), '{}') as days, coalesce(array_agg(a.amount), '{}') as amounts
             from allocations a where a.owner_id = i.owner_id and a.invoice_id = i.id) paid
     cross join lateral (
           select coalesce(sum(p.charged) filter (where f.status <> 'void'), 0)::bigint as charged,
                  coalesce(sum(p.waived), 0)::bigint as waived,
                  coalesce(sum(round(f.paid_amount::numeric * p.charged / nullif(f.total, 0))), 0)::bigint as paid,
                  max(p.as_of) filter (where f.status is distinct from 'void') as as_of
             from penalties p
             left join invoices f on f.owner_id = p.owner_id and f.id = p.fee_invoice_id
            where p.owner_id = i.owner_id and p.invoice_id = i.id) done";

fn late(as_of: Date) -> Conditions {
    let mut asked = Conditions::new();
    asked.and("i.owner_id = (select app_owner_id())", params![]);
    asked.and("i.kind in ('rent', 'utility', 'sale') and i.total > 0", params![]);
    asked.and("i.status not in ('draft', 'void') and i.due_on < {0}", params![as_of]);
    asked
}

/// Who a fee bill is for.
pub(super) struct Customer {
    pub register_no: Option<String>,
    pub tin: Option<String>,
    pub name: String,
    pub payment_day: i8,
    pub receipt_on_payment: bool,
}

/// Who the fee bills of these contracts are for.
pub(super) async fn customers(tx: &Tx, contracts: &[ContractId]) -> Result<HashMap<ContractId, Customer>> {
    let rows = tx
        .all(
            "select c.id, c.payment_day, t.name, t.register_no, t.tin, o.receipt_moment = 'on_payment' as receipt_on_payment
               from contracts c
               join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
               join property_owners o on o.id = c.owner_id
              where c.owner_id = (select app_owner_id()) and c.id = any($1)",
            &[&contracts],
        )
        .await?;
    let customer = |row: &Row| Customer {
        name: row.get("name"),
        register_no: row.get("register_no"),
        tin: row.get("tin"),
        payment_day: i8::try_from(row.get::<_, i32>("payment_day")).expect("a payment day lies between 1 and 31"),
        receipt_on_payment: row.get("receipt_on_payment"),
    };
    Ok(rows.iter().map(|row| (row.get("id"), customer(row))).collect())
}

/// The first of so many numbers of invoices of that year.
pub(super) async fn take_numbers(tx: &Tx, year: i16, count: usize) -> Result<i64> {
    let count = i64::try_from(count).expect("as many as bills");
    Ok(tx.one("select take_numbers('invoice', $1, $2) as first", &[&i32::from(year), &count]).await?.get("first"))
}

/// What was decided about a bill's penalty.
pub(super) struct Decided<'a> {
    pub late: &'a Late,
    pub computed: Money,
    pub charged: Money,
    pub waived: Money,
    pub fee: Option<InvoiceId>,
}

/// Writes decisions down; the law's ceiling is looked at once more.
pub(super) async fn insert(tx: &Tx, as_of: Date, reason: &str, decided: &[Decided<'_>]) -> Result<()> {
    fn column<T>(decided: &[Decided<'_>], of: impl Fn(&Decided<'_>) -> T) -> Vec<T> {
        decided.iter().map(of).collect()
    }
    tx.touch(
        "insert into penalties (id, as_of, reason, invoice_id, contract_id, tenant_id, computed, charged, waived,
                                fee_invoice_id, booked_on)
         select p.id, $1, $2, p.invoice, p.contract, p.tenant, p.computed, p.charged, p.waived, p.fee, $11
           from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::bigint[], $9::bigint[], $10::uuid[])
                as p (id, invoice, contract, tenant, computed, charged, waived, fee)",
        &[
            &as_of,
            &reason,
            &column(decided, |_| PenaltyId::new()),
            &column(decided, |of| of.late.id),
            &column(decided, |of| of.late.contract),
            &column(decided, |of| of.late.tenant),
            &column(decided, |of| of.computed),
            &column(decided, |of| of.charged),
            &column(decided, |of| of.waived),
            &column(decided, |of| of.fee),
            &tx.clock().today(),
        ],
    )
    .await
    .on_constraint("penalties_within_the_law", || Conflict::new("PENALTY_CEILING").into())?;
    Ok(())
}

/// Nothing when the contract's clause is not within the law.
fn read(row: &Row) -> Option<Late> {
    let from: CountsFrom = row.get("penalty_from");
    let clause = Clause::new(row.get("penalty_bp"), row.get("penalty_grace_days"), from)?;
    let (days, amounts): (Vec<Date>, Vec<Money>) = (row.get("paid_days"), row.get("paid_amounts"));
    Some(Late {
        id: row.get("id"),
        code: row.get("code"),
        kind: row.get("kind"),
        contract: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        tenant: row.get("tenant_id"),
        customer_name: row.get("customer_name"),
        units: row.get("units"),
        property: row.get("property_id"),
        period: row.get("period"),
        principal: row.get("total"),
        due_on: row.get("due_on"),
        clause,
        paid: days.into_iter().zip(amounts).map(|(on, amount)| Paid { on, amount }).collect(),
        charged: row.get("charged"),
        waived: row.get("waived"),
        fee_paid: row.get("fee_paid"),
        decided_as_of: row.get("decided_as_of"),
    })
}
