//! A settlement as it is told.

use base::Tx;
use domain::{
    InvoiceId, Money,
    settlement::{MonthSettled, Settlement, Step},
};
use wire::settlements::{SettledLine, SettledMonth, SettlementStep, SettlementView};

use super::facts::Known;
use crate::{invoices::Made, months};

/// What is planned, before its bills are made.
pub(super) fn of(tx: &Tx, known: &Known, settlement: &Settlement) -> SettlementView {
    SettlementView {
        contract_id: known.contract.contract,
        on: known.on,
        months: settlement.months.iter().map(|settled| month(tx, known, settled)).collect(),
        open_before: settlement.open_before,
        billed: settlement.billed,
        taken_back: settlement.taken_back,
        credit: settlement.credit,
        credit_used: settlement.credit_used,
        deposit_held: settlement.held,
        set_off: settlement.set_off_total(),
        to_pay: settlement.to_pay,
        credit_left: settlement.credit_left,
        deposit_left: settlement.deposit_left,
        payment_id: None,
    }
}

fn month(tx: &Tx, known: &Known, settled: &MonthSettled) -> SettledMonth {
    let lang = tx.actor().lang;
    let used = settled.used.totals.total;
    let off = |billed: Money| Money::from_mungo(used.mungo() - billed.mungo());
    let (step, invoice, billed, difference) = match &settled.step {
        Step::Stands { invoice, billed } => (SettlementStep::Stands, Some(*invoice), Some(*billed), Money::ZERO),
        Step::Bill { .. } => (SettlementStep::Bill, None, None, used),
        Step::Anew { invoice, billed, id, .. } => {
            let step = if id.is_some() { SettlementStep::Anew } else { SettlementStep::Cancel };
            (step, Some(*invoice), Some(*billed), off(*billed))
        }
        Step::Correct(correction) => {
            (SettlementStep::Correct, Some(correction.invoice), Some(correction.billed), correction.totals.total)
        }
    };
    let code = |id: InvoiceId| known.billed.iter().find(|(bill, _)| bill.invoice == id).map(|(_, code)| code.clone());
    let lines = settled.used.lines.iter().map(|line| SettledLine {
        name: months::description(line),
        amount: line.amount,
        days_used: line.made.days_used,
        days_in_month: line.made.days_in_month,
        how: Made::Terms(line.made.clone()).sentence(lang),
    });
    SettledMonth {
        month: settled.month,
        step,
        invoice_code: invoice.and_then(code),
        invoice_id: invoice,
        billed,
        used,
        difference,
        netted: match &settled.step {
            Step::Correct(correction) => correction.netted,
            _ => Money::ZERO,
        },
        lines: lines.collect(),
        made_id: None,
    }
}
