//! A statement of account as an Excel file.

use std::sync::OnceLock;

use base::{
    Error, Lang, Result, Tx,
    exports::{Columns, List, Said},
};
use domain::{ContractId, Money, TenantId, rights::Action};
use jiff::civil::Date;
use wire::{
    Page,
    statements::{StatementLine, StatementView, StatementWhat},
};
use words::{say, term};

/// Whose account it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    Contract(ContractId),
    Tenant(TenantId),
}

/// An account that is read once, when its head is written.
pub(super) struct Statement {
    of: Of,
    from: Date,
    to: Date,
    read: OnceLock<StatementView>,
}

impl Statement {
    pub(super) fn new(of: Of, from: Date, to: Date) -> Statement {
        Statement { of, from, to, read: OnceLock::new() }
    }
}

impl List for Statement {
    const NAME: &'static str = "statement";
    const AUDIT: &'static str = "statement.export";
    const RIGHT: Action = Action::ReadPayments;
    type Row = StatementLine;

    fn columns() -> Columns<StatementLine> {
        Columns::new()
            .day("issued-on", |line: &StatementLine| Some(line.on))
            .maybe("statement-document", 24, |line| line.document.as_deref())
            .made("statement-what", 34, told)
            .maybe("contract", 18, |line| line.contract_code.as_deref())
            .sum("statement-billed", |line| line.billed)
            .sum("statement-paid", |line| line.paid)
            .price("statement-balance", |line| line.balance)
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let (from, to) = (self.from, self.to);
        let statement = match self.of {
            Of::Contract(id) => super::of_contract(tx, id, from, to).await?,
            Of::Tenant(id) => super::of_tenant(tx, id, from, to).await?,
        };
        let opening = format!("{} ₮", statement.opening);
        said.add("tenant", Some(&statement.tenant_name))
            .add("register-no", statement.register_no.as_ref())
            .add("contract", statement.contract_code.as_ref())
            .add("space", statement.units.as_ref())
            .add("statement-period", Some(format!("{} – {}", dotted(from), dotted(to))))
            .add("statement-opening", Some(opening));
        self.read.set(statement).map_err(|_| Error::Internal("a statement is read once".into()))
    }

    async fn page(&self, _: &Tx, _: Option<&str>) -> Result<Page<StatementLine>> {
        let lines = self.read.get().map(|statement| statement.lines.clone()).unwrap_or_default();
        Ok(Page { items: lines, next_cursor: None })
    }

    fn notes(&self, lang: Lang) -> Vec<(String, Money)> {
        let Some(statement) = self.read.get() else { return Vec::new() };
        let note = |key: &str, amount: Money| (say(lang, key, &[]).into_owned(), amount);
        let closing = note("statement-closing", statement.closing);
        let credit = statement.unused_credit.filter(|credit| !credit.is_zero());
        [Some(closing), credit.map(|credit| note("statement-unused-credit", credit))].into_iter().flatten().collect()
    }
}

/// What a line is, in words.
fn told(line: &StatementLine, lang: Lang) -> String {
    let kind = line.kind.map(|kind| term(lang, "invoice-kind", kind.as_str())).unwrap_or_default();
    let period = line.period.map(|period| period.to_string()).unwrap_or_default();
    let method = line.method.map(|method| term(lang, "payment-method", method.as_str())).unwrap_or_default();
    let key = format!("statement-line-{}", line.what.as_str());
    match line.what {
        StatementWhat::Invoice => say(lang, &key, &[("kind", kind.into()), ("period", period.into())]).into_owned(),
        StatementWhat::WriteOff => say(lang, &key, &[]).into_owned(),
        StatementWhat::Payment | StatementWhat::Reversal => say(lang, &key, &[("method", method.into())]).into_owned(),
    }
}

fn dotted(day: Date) -> String {
    format!("{:04}.{:02}.{:02}", day.year(), day.month(), day.day())
}
