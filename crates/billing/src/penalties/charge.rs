//! Charging penalties on fee bills, one a contract, and waiving them.

use std::collections::BTreeMap;

use base::{Checks, Conflict, Error, Result, Tx, audit::Note};
use domain::{
    ContractId, InvoiceId, InvoiceItemId, Money, Month,
    contract::TaxKind,
    invoice::{InvoiceKind, InvoiceStatus},
    month, penalty,
    penalty::Penalty,
    rights::Action,
    tax,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::json;
use wire::penalties::{PenaltiesDone, PenaltyBill, PenaltyOrder, PenaltyWaiver};
use words::say;

use super::{
    PenaltyMade, as_of,
    queries::{self, Customer, Decided, Late},
};
use crate::{
    invoices::{self, Bill, BillItem, LETTING, Made},
    month_locks,
    news::InvoiceIssued,
};

/// A late bill, its penalty, and what of it is neither charged nor waived.
struct Due {
    late: Late,
    penalty: Penalty,
    left: Money,
}

/// Charges what is left of these bills' penalties: a fee bill for each contract, a line for each late bill.
pub async fn charge(tx: &Tx, order: &PenaltyOrder) -> Result<PenaltiesDone> {
    tx.allow(Action::EditInvoices)?;
    check(&order.invoice_ids, Checks::new())?;
    let as_of = as_of(tx, order.as_of)?;
    month_locks::ensure_open(tx, tx.clock().today()).await?;
    let (due, passed_over) = due(tx, &order.invoice_ids, as_of).await?;
    let mut contracts: BTreeMap<ContractId, Vec<Due>> = BTreeMap::new();
    for one in due {
        contracts.entry(one.late.contract).or_default().push(one);
    }

    let ids: Vec<ContractId> = contracts.keys().copied().collect();
    let customers = queries::customers(tx, &ids).await?;
    let tenants: Vec<_> = contracts.values().flatten().map(|one| one.late.tenant).collect();
    let mut purses = invoices::lock_credits(tx, &tenants).await?;
    let today = tx.clock().today();
    let first = queries::take_numbers(tx, today.year(), contracts.len()).await?;
    let (mut bills, mut spent, mut receipts) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (contract, due)) in (first..).zip(&contracts) {
        let customer = customers.get(contract).ok_or(Error::NotFound("contract"))?;
        let mut bill = bill(tx, customer, due, as_of)?;
        bill.issue(tx.app(), number, today, month::due_on(today, customer.payment_day))?;
        let parts = invoices::spend(&mut purses, &mut bill)?;
        if customer.receipt_on_payment {
            receipts.extend(parts.iter().cloned());
        }
        spent.extend(parts);
        bills.push(bill);
    }
    invoices::write_bills(tx, &bills).await?;
    invoices::write_spendings(tx, &spent).await?;
    let decided: Vec<Decided<'_>> = contracts
        .values()
        .zip(&bills)
        .flat_map(|(due, bill)| {
            due.iter().map(|one| Decided {
                late: &one.late,
                computed: one.penalty.amount,
                charged: one.left,
                waived: Money::ZERO,
                fee: Some(bill.id),
            })
        })
        .collect();
    queries::insert(tx, as_of, "", &decided).await?;
    for (due, bill) in contracts.values().zip(&bills) {
        let of: Vec<_> = due.iter().map(|one| json!({ "invoice": one.late.code, "amount": one.left })).collect();
        tx.audit("invoice.create", bill.id.0, &bill.told()).await?;
        tx.audit(
            "penalty.charge",
            bill.id.0,
            &json!({ "code": bill.code, "asOf": as_of, "total": bill.total, "of": of }),
        )
        .await?;
        tx.promise(&InvoiceIssued { invoice: bill.id }).await?;
    }
    invoices::promise_receipts(tx, &receipts).await?;
    Ok(PenaltiesDone {
        count: i64::try_from(decided.len()).unwrap_or(i64::MAX),
        amount: Money::sum(bills.iter().map(|bill| bill.total))?,
        invoices: bills.iter().map(told).collect(),
        passed_over,
    })
}

/// Waives what is left of these bills' penalties, or a part of one.
pub async fn waive(tx: &Tx, waiver: &PenaltyWaiver) -> Result<PenaltiesDone> {
    tx.allow(Action::EditInvoices)?;
    let mut checks = Checks::new();
    checks.name("reason", &waiver.reason, 500);
    checks.that(waiver.amount.is_none() || waiver.invoice_ids.len() == 1, "amount", "not-a-choice");
    checks.that(waiver.amount.is_none_or(Money::is_positive), "amount", "not-positive");
    check(&waiver.invoice_ids, checks)?;
    let as_of = as_of(tx, waiver.as_of)?;
    month_locks::ensure_open(tx, tx.clock().today()).await?;
    let reason = waiver.reason.trim();
    let (due, passed_over) = due(tx, &waiver.invoice_ids, as_of).await?;
    let mut decided = Vec::with_capacity(due.len());
    for one in &due {
        let amount = waiver.amount.unwrap_or(one.left);
        if amount.compare(one.left).is_gt() {
            let mut checks = Checks::new();
            checks.note_with("amount", "too-large", vec![("max", one.left.to_string())]);
            checks.done()?;
        }
        let (computed, charged) = (one.penalty.amount, Money::ZERO);
        decided.push(Decided { late: &one.late, computed, charged, waived: amount, fee: None });
    }
    queries::insert(tx, as_of, reason, &decided).await?;
    for one in &decided {
        tx.note(Note {
            action: "penalty.waive",
            id: Some(one.late.id.0),
            before: None,
            after: Some(
                json!({ "code": one.late.code, "asOf": as_of, "waived": one.waived, "computed": one.computed }),
            ),
            reason: Some(reason.to_owned()),
        })
        .await?;
    }
    Ok(PenaltiesDone {
        invoices: Vec::new(),
        count: i64::try_from(decided.len()).unwrap_or(i64::MAX),
        amount: Money::sum(decided.iter().map(|one| one.waived))?,
        passed_over,
    })
}

fn check(ids: &[InvoiceId], mut checks: Checks) -> Result<()> {
    let mut once: Vec<_> = ids.to_vec();
    once.sort();
    once.dedup();
    checks.that(!ids.is_empty(), "invoiceIds", "required");
    checks.that(ids.len() <= 500, "invoiceIds", "too-many");
    checks.that(once.len() == ids.len(), "invoiceIds", "repeated");
    checks.done()
}

/// What is left of these bills' penalties, and which have nothing left. A bill that is not there is not found; when
/// nothing at all is left, there is nothing to do.
async fn due(tx: &Tx, ids: &[InvoiceId], as_of: Date) -> Result<(Vec<Due>, Vec<InvoiceId>)> {
    let late = queries::lock(tx, ids, as_of).await?;
    if late.len() < ids.len() && queries::count(tx, ids).await? < i64::try_from(ids.len()).unwrap_or(i64::MAX) {
        return Err(Error::NotFound("invoice"));
    }
    let mut due = Vec::with_capacity(late.len());
    for late in late {
        let penalty = late.penalty(as_of);
        let left = late.left(&penalty);
        if left.is_positive() {
            due.push(Due { late, penalty, left });
        }
    }
    if due.is_empty() {
        return Err(Conflict::new("NO_PENALTY_LEFT").into());
    }
    let passed_over = ids.iter().copied().filter(|id| !due.iter().any(|one| one.late.id == *id)).collect();
    Ok((due, passed_over))
}

/// The fee bill of a contract.
fn bill(tx: &Tx, customer: &Customer, due: &[Due], as_of: Date) -> Result<Bill> {
    let one = &due.first().expect("a contract stands there for something due").late;
    let today = tx.clock().today();
    let items: Vec<BillItem> = due.iter().map(|one| item(tx, one, as_of)).collect::<Result<_>>()?;
    let total = Money::sum(items.iter().map(|item| item.amount))?;
    let vat_amount = Money::sum(items.iter().map(|item| item.tax))?;
    Ok(Bill {
        id: InvoiceId::new(),
        code: None,
        kind: InvoiceKind::Fee,
        status: InvoiceStatus::Draft,
        contract_id: one.contract,
        contract_code: one.contract_code.clone(),
        tenant_id: one.tenant,
        property_id: one.property,
        customer_name: customer.name.clone(),
        customer_register_no: customer.register_no.clone(),
        customer_tin: customer.tin.clone(),
        units: one.units.clone(),
        period: Month::of(today),
        issued_on: None,
        due_on: None,
        subtotal: total.checked_sub(vat_amount)?,
        vat_amount,
        city_tax_amount: Money::ZERO,
        total,
        paid: Money::ZERO,
        corrects_id: None,
        link_hash: None,
        note: String::new(),
        created_at: invoices::stored_now(tx),
        items,
    })
}

fn item(tx: &Tx, one: &Due, as_of: Date) -> Result<BillItem> {
    let is_taxed = penalty::is_taxed_on(tx.clock().today());
    let tax = match is_taxed {
        true => tax::rates_on(tx.clock().today()).vat_and_city(one.left, true, false).0,
        false => Money::ZERO,
    };
    let facts = [
        ("invoice", one.late.code.as_str().into()),
        ("day", format!("{:04}.{:02}.{:02}", as_of.year(), as_of.month(), as_of.day()).into()),
    ];
    let made = PenaltyMade::new(&one.late.code, &one.late.clause, one.penalty.clone(), one.late.before()?, one.left);
    Ok(BillItem {
        id: InvoiceItemId::new(),
        contract_item_id: None,
        description: say(base::Lang::Mn, "arrears-line", &facts).into_owned(),
        quantity: Decimal::ONE,
        unit_price: one.left,
        amount: one.left,
        tax_kind: if is_taxed { TaxKind::VatAble } else { TaxKind::NotVat },
        tax,
        classification_code: LETTING.to_owned(),
        exemption_code: None,
        made: Made::Penalty(made),
    })
}

fn told(bill: &Bill) -> PenaltyBill {
    PenaltyBill {
        invoice_id: bill.id,
        code: bill.code.clone().unwrap_or_default(),
        contract_code: bill.contract_code.clone(),
        customer_name: bill.customer_name.clone(),
        total: bill.total,
    }
}
