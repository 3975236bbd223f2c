//! The ledger: the chart of accounts, and what each event of the business posts. Every entry sums to nothing.
//!
//! A debit is above nothing, a credit below. Postgres posts by these rules in the statement that writes a row
//! (`migrations/0019_ledger.sql`); the replay of an owner's rows through these functions has to give the same postings.

use crate::{Money, contract::ChargeKind, invoice::InvoiceKind, money::TooLarge, payment::PaymentMethod};

#[cfg(test)]
mod tests;

words! {
    /// The chart of accounts.
    Account {
        /// What tenants owe for bills.
        Receivable = "receivable",
        /// What tenants paid and no bill needed yet.
        TenantCredit = "tenant_credit",
        /// Deposits in the owner's hands.
        DepositsHeld = "deposits_held",
        VatPayable = "vat_payable",
        CityTax = "city_tax",
        /// What was there before these books.
        OpeningBalance = "opening_balance",
        /// Given up for good.
        WriteOff = "write_off",
        ClearingBank = "clearing_bank",
        ClearingCash = "clearing_cash",
        ClearingQpay = "clearing_qpay",
        ClearingSocialpay = "clearing_socialpay",
        /// Between a deposit and the bills it pays; nothing stays here.
        ClearingDeposit = "clearing_deposit",
        IncomeRent = "income_rent",
        IncomeManagement = "income_management",
        IncomeParking = "income_parking",
        IncomeService = "income_service",
        IncomeSale = "income_sale",
        /// Fees and penalties.
        IncomeFee = "income_fee",
        /// A utility whose kind is not told.
        IncomeUtility = "income_utility",
        IncomeHotWater = "income_hot_water",
        IncomeColdWater = "income_cold_water",
        IncomeElectricity = "income_electricity",
        IncomeHeat = "income_heat",
        IncomeGas = "income_gas",
    }
}

words! {
    /// What an entry tells of.
    Event {
        InvoiceIssued = "invoice_issued",
        FeeIssued = "fee_issued",
        CorrectionIssued = "correction_issued",
        /// Came along from the system before.
        InvoiceBrought = "invoice_brought",
        InvoiceVoided = "invoice_voided",
        /// Went with an import that was undone.
        InvoiceRemoved = "invoice_removed",
        PaymentReceived = "payment_received",
        PaymentBrought = "payment_brought",
        PaymentReversed = "payment_reversed",
        PaymentRemoved = "payment_removed",
        PaymentAllocated = "payment_allocated",
        AllocationUndone = "allocation_undone",
        DepositReceived = "deposit_received",
        DepositBrought = "deposit_brought",
        DepositSetOff = "deposit_set_off",
        DepositRefunded = "deposit_refunded",
        DepositCorrected = "deposit_corrected",
        DepositRemoved = "deposit_removed",
        WriteOff = "write_off",
        WriteOffUndone = "write_off_undone",
    }
}

/// An amount on an account: debit above nothing, credit below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub account: Account,
    pub amount: Money,
}

/// A bill as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its kind; of a correction the kind of what it corrects.
    pub speaks_of: InvoiceKind,
    /// Brought along from the system before: it was income there.
    pub brought: bool,
    pub total: Money,
    pub vat: Money,
    pub city_tax: Money,
    pub lines: Vec<IssuedLine>,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLine {
    pub account: Account,
    /// With taxes.
    pub amount: Money,
    pub tax: Money,
}

/// The account that a bill's line is income of.
pub fn income_of_line(bill: InvoiceKind, charge: Option<ChargeKind>, meter: Option<&str>) -> Account {
    match (bill, charge) {
        (InvoiceKind::Sale, _) => Account::IncomeSale,
        (InvoiceKind::Fee, _) => Account::IncomeFee,
        (InvoiceKind::Utility, _) => match meter {
            Some("hot_water") => Account::IncomeHotWater,
            Some("cold_water") => Account::IncomeColdWater,
            Some("electricity") => Account::IncomeElectricity,
            Some("heat") => Account::IncomeHeat,
            Some("gas") => Account::IncomeGas,
            _ => Account::IncomeUtility,
        },
        (_, Some(ChargeKind::Management)) => Account::IncomeManagement,
        (_, Some(ChargeKind::Parking)) => Account::IncomeParking,
        (_, Some(ChargeKind::Service)) => Account::IncomeService,
        // A discount takes off the rent.
        (_, Some(ChargeKind::Rent | ChargeKind::Discount) | None) => Account::IncomeRent,
    }
}

/// A bill goes out: the tenant owes its total; what is not tax is income of what its lines are for.
pub fn invoice_issued(bill: &Issued) -> Result<Vec<Posting>, TooLarge> {
    let mut entry = Entry::default();
    entry.debit(Account::Receivable, bill.total)?;
    if bill.brought {
        entry.credit(Account::OpeningBalance, bill.total)?;
        return Ok(entry.postings());
    }
    entry.credit(Account::VatPayable, bill.vat)?;
    entry.credit(Account::CityTax, bill.city_tax)?;
    // What the lines do not say is the kind's own: the city tax is inside their amounts.
    let mut untold = bill.total.checked_sub(bill.vat)?.checked_sub(bill.city_tax)?;
    for line in &bill.lines {
        let net = line.amount.checked_sub(line.tax)?;
        entry.credit(line.account, net)?;
        untold = untold.checked_sub(net)?;
    }
    entry.credit(income_of_line(bill.speaks_of, None, None), untold)?;
    Ok(entry.postings())
}

/// The opposite of an entry: a bill is taken back, a payment reversed, a deposit's entry corrected.
pub fn reversed(postings: &[Posting]) -> Result<Vec<Posting>, TooLarge> {
    postings
        .iter()
        .map(|posting| Ok(Posting { account: posting.account, amount: posting.amount.checked_neg()? }))
        .collect()
}

/// Money comes in. It is the tenant's until it is put on bills, which is an entry of its own for each.
pub fn payment_received(method: PaymentMethod, brought: bool, amount: Money) -> Result<Vec<Posting>, TooLarge> {
    let from = match method {
        _ if brought => Account::OpeningBalance,
        PaymentMethod::Bank => Account::ClearingBank,
        PaymentMethod::Cash => Account::ClearingCash,
        PaymentMethod::Qpay => Account::ClearingQpay,
        PaymentMethod::Socialpay => Account::ClearingSocialpay,
        PaymentMethod::Deposit => Account::ClearingDeposit,
    };
    moved(from, Account::TenantCredit, amount)
}

/// A part of a payment is put on a bill, at once or as credit on a later one; taken off again when it is below nothing.
pub fn allocated(amount: Money) -> Result<Vec<Posting>, TooLarge> {
    moved(Account::TenantCredit, Account::Receivable, amount)
}

/// What a deposit's entry adds to what is held; below nothing when it is used or given back.
pub fn deposit_held(brought: bool, set_off: bool, held: Money) -> Result<Vec<Posting>, TooLarge> {
    let other = match () {
        () if brought => Account::OpeningBalance,
        () if set_off => Account::ClearingDeposit,
        () => Account::ClearingBank,
    };
    moved(other, Account::DepositsHeld, held)
}

/// What will never be paid is given up.
pub fn written_off(amount: Money) -> Result<Vec<Posting>, TooLarge> {
    moved(Account::WriteOff, Account::Receivable, amount)
}

fn moved(debit: Account, credit: Account, amount: Money) -> Result<Vec<Posting>, TooLarge> {
    let mut entry = Entry::default();
    entry.debit(debit, amount)?;
    entry.credit(credit, amount)?;
    Ok(entry.postings())
}

/// Postings as they come together, one an account.
#[derive(Default)]
struct Entry(Vec<Posting>);

impl Entry {
    fn debit(&mut self, account: Account, amount: Money) -> Result<(), TooLarge> {
        match self.0.iter_mut().find(|posting| posting.account == account) {
            Some(posting) => posting.amount = posting.amount.checked_add(amount)?,
            None => self.0.push(Posting { account, amount }),
        }
        Ok(())
    }

    fn credit(&mut self, account: Account, amount: Money) -> Result<(), TooLarge> {
        self.debit(account, amount.checked_neg()?)
    }

    /// Without those that came to nothing, by the names of their accounts.
    fn postings(mut self) -> Vec<Posting> {
        self.0.retain(|posting| !posting.amount.is_zero());
        self.0.sort_by_key(|posting| posting.account.as_str());
        self.0
    }
}
