//! What is overdue and what was reminded of: which contracts are to be reminded, at which stage, and which are not.

use std::collections::BTreeMap;

use base::{Error, Result, Tx};
use domain::{ContractId, InvoiceId, Money, TenantId, aging::days_late, reminder};
use jiff::civil::Date;
use tokio_postgres::Row;
use wire::arrears::ReminderPassedOverBecause;

use super::super::{settings::Settings, texts::Told};

/// A bill that is overdue today.
#[derive(Debug, Clone)]
pub struct Bill {
    pub invoice: InvoiceId,
    pub contract: ContractId,
    pub contract_code: String,
    pub tenant: TenantId,
    pub tenant_name: String,
    pub units: String,
    pub phone: Option<String>,
    pub demo: bool,
    pub open: Money,
    pub days_late: i64,
    /// The stages at which it was reminded of.
    pub reminded: Vec<i16>,
}

/// What is overdue of a contract.
pub struct Overdue<'a> {
    /// The longest overdue.
    pub oldest: &'a Bill,
    pub bills: Vec<&'a Bill>,
    pub amount: Money,
}

/// A contract that is to be reminded.
pub struct Due<'a> {
    pub of: Overdue<'a>,
    pub stage: i16,
    /// The bills that are reminded of anew, each with the stage that is done with.
    pub anew: Vec<(InvoiceId, i16)>,
}

impl<'a> Overdue<'a> {
    /// By contract, in the order of their longest overdue bills.
    pub fn of_contracts(bills: &'a [Bill]) -> Vec<Overdue<'a>> {
        let mut by_contract: BTreeMap<ContractId, Vec<&Bill>> = BTreeMap::new();
        for bill in bills {
            by_contract.entry(bill.contract).or_default().push(bill);
        }
        let overdue = |bills: Vec<&'a Bill>| {
            let oldest =
                bills.iter().copied().max_by_key(|bill| (bill.days_late, bill.invoice)).expect("a group has a bill");
            let amount = Money::sum(bills.iter().map(|bill| bill.open)).unwrap_or(Money::MAX);
            Overdue { oldest, bills, amount }
        };
        let mut all: Vec<Overdue<'_>> = by_contract.into_values().map(overdue).collect();
        all.sort_by_key(|one| (std::cmp::Reverse(one.oldest.days_late), one.oldest.contract));
        all
    }

    /// What its text tells.
    pub fn told(&self, settings: &'a Settings) -> Told<'a> {
        Told {
            owner_name: &settings.owner_name,
            units: &self.oldest.units,
            contract_code: &self.oldest.contract_code,
            amount: self.amount,
            days_late: self.oldest.days_late,
            invoice: self.oldest.invoice,
            latin: settings.latin,
        }
    }

    /// At which stage it is to be reminded: the one asked for, or the highest that a bill has reached and was not reminded
    /// at. A bill is reminded of once at a stage, and at none below one it has had.
    pub fn due(self, asked: Option<i16>, days: [i32; 3], promised: bool) -> Result<Due<'a>, ReminderPassedOverBecause> {
        self.due_at(|bill| asked.unwrap_or_else(|| reminder::reached(bill.days_late, days)), promised)
    }

    /// The same with the stage that each bill is to be reminded of at; at 0 it is not.
    pub fn due_at(self, stage_of: impl Fn(&Bill) -> i16, promised: bool) -> Result<Due<'a>, ReminderPassedOverBecause> {
        if promised {
            return Err(ReminderPassedOverBecause::Promised);
        }
        let anew: Vec<(InvoiceId, i16)> = self
            .bills
            .iter()
            .map(|bill| (bill, stage_of(bill)))
            .filter(|(bill, stage)| *stage > 0 && bill.reminded.iter().all(|had| had < stage))
            .map(|(bill, stage)| (bill.invoice, stage))
            .collect();
        let stage = anew.iter().map(|(_, stage)| *stage).max().ok_or(ReminderPassedOverBecause::Reminded)?;
        if self.oldest.phone.is_none() {
            return Err(ReminderPassedOverBecause::NoPhone);
        }
        Ok(Due { of: self, stage, anew })
    }
}

/// The overdue bills of these contracts, or of all.
pub async fn overdue(tx: &Tx, contracts: Option<&[ContractId]>) -> Result<Vec<Bill>> {
    let today = tx.clock().today();
    let rows = tx
        .all(
            "select i.id, i.contract_id, i.contract_code, i.tenant_id, i.units, i.due_on, i.total - i.paid_amount as open,
                    t.name as tenant_name, t.phone, o.demo,
                    coalesce((select array_agg(n.stage) from reminder_invoices n
                               where n.owner_id = i.owner_id and n.invoice_id = i.id), '{}') as reminded
               from invoices i
               join tenants t on t.owner_id = i.owner_id and t.id = i.tenant_id
               join property_owners o on o.id = i.owner_id
              where i.owner_id = (select app_owner_id()) and i.status in ('issued', 'partially_paid', 'overdue')
                and i.due_on < $1 and ($2::uuid[] is null or i.contract_id = any($2))
              order by i.due_on, i.id",
            &[&today, &contracts],
        )
        .await?;
    rows.iter().map(|row| bill(row, today)).collect()
}

fn bill(row: &Row, today: Date) -> Result<Bill> {
    let open: Money = row.get("open");
    if !open.is_positive() {
        return Err(Error::Internal("an open bill has something open".into()));
    }
    Ok(Bill {
        invoice: row.get("id"),
        contract: row.get("contract_id"),
        contract_code: row.get("contract_code"),
        tenant: row.get("tenant_id"),
        tenant_name: row.get("tenant_name"),
        units: row.get("units"),
        phone: row.get("phone"),
        demo: row.get("demo"),
        open,
        days_late: days_late(row.get("due_on"), today),
        reminded: row.get("reminded"),
    })
}

#[cfg(test)]
mod tests {
    use domain::reminder::DEFAULT_DAYS;

    use super::*;

    fn late(contract: ContractId, days_late: i64, reminded: &[i16]) -> Bill {
        Bill {
            invoice: InvoiceId::new(),
            contract,
            contract_code: "CT-2026-0001".into(),
            tenant: TenantId::new(),
            tenant_name: "Оюут Ухаан".into(),
            units: "301".into(),
            phone: Some("99110001".into()),
            demo: false,
            open: Money::from_tugrug(100),
            days_late,
            reminded: reminded.to_vec(),
        }
    }

    fn stage(bills: &[Bill], asked: Option<i16>, promised: bool) -> Result<(i16, usize), ReminderPassedOverBecause> {
        let mut all = Overdue::of_contracts(bills);
        assert_eq!(all.len(), 1);
        all.remove(0).due(asked, DEFAULT_DAYS, promised).map(|due| (due.stage, due.anew.len()))
    }

    #[test]
    fn the_oldest_bill_sets_the_tone_and_none_is_reminded_of_twice_at_a_stage() {
        use ReminderPassedOverBecause::*;
        let contract = ContractId::new();
        let bills = |old: &[i16], new: &[i16]| vec![late(contract, 20, old), late(contract, 2, new)];
        assert_eq!(stage(&bills(&[], &[]), None, false), Ok((3, 2)));
        assert_eq!(stage(&bills(&[3], &[]), None, false), Ok((1, 1)), "the new one alone");
        assert_eq!(stage(&bills(&[3], &[1]), None, false), Err(Reminded));
        assert_eq!(stage(&bills(&[1, 2], &[1]), None, false), Ok((3, 1)));
        assert_eq!(stage(&bills(&[2], &[1]), Some(1), false), Err(Reminded), "not back to a gentler one");
        assert_eq!(stage(&bills(&[], &[]), None, true), Err(Promised));
        let silent: Vec<Bill> = bills(&[], &[]).into_iter().map(|bill| Bill { phone: None, ..bill }).collect();
        assert_eq!(stage(&silent, None, false), Err(NoPhone));
    }
}
