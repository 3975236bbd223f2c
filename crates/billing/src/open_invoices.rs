//! Bills brought along from the system that an owner leaves: their codes kept, their amounts exact, taken in once.

mod known;
mod lines;
mod routes;

use std::collections::{BTreeMap, HashMap, HashSet};

use base::{Actor, Error, Lang, OnConstraint, Result, Slice, Tx, error::FieldProblem};
use domain::{
    ContractId, InvoiceId, Money, Month,
    invoice::{InvoiceKind, InvoiceStatus},
    rights::Action,
};
use leasing::{
    contracts::{ContractFacts, terms_of_month},
    imports::kept::{self, Made},
};
use serde_json::json;
use sheets::{
    Workbook,
    columns::Mapping,
    open_invoices::{Field, NoInvoices, OpenInvoice, OpenInvoices},
};
use wire::imports::{ImportCounts, ImportError, ImportKind, ImportReport, ImportRow};
use words::say;

use self::known::{Contract, Known};
use crate::{
    invoices::{self, Bill, stored_now},
    months,
};

pub fn slice() -> Slice {
    Slice::new("imports/invoices").routes(routes::routes())
}

/// How many bills are written at once; between two sets the one who waits is told.
const SET: usize = 200;

/// Takes in the open bills of a sheet in one transaction; with `dry_run` it only says what it would do. Lines that are
/// wrong are named and left out; what is there already is left as it is. `progress` is told how many bills of how many
/// are written.
pub async fn import(
    actor: &Actor,
    workbook: &Workbook,
    file_name: &str,
    by_hand: &Mapping<Field>,
    dry_run: bool,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<ImportReport> {
    let lang = actor.lang;
    let sheet = OpenInvoices::read(workbook, by_hand).map_err(|none| refusal(&none, lang))?;
    actor.transact(async |tx| take_in(tx, &sheet, file_name, dry_run, &progress).await).await
}

async fn take_in(
    tx: &Tx,
    sheet: &OpenInvoices,
    file_name: &str,
    dry_run: bool,
    progress: &(impl Fn(usize, usize) + Sync),
) -> Result<ImportReport> {
    tx.allow(Action::Import)?;
    let mut months: Vec<Month> = sheet.invoices.iter().map(|invoice| invoice.period).collect();
    months.sort();
    months.dedup();
    for month in &months {
        months::lock(tx, *month).await?;
    }
    let known = Known::of(tx, &sheet.invoices, &months).await?;
    let mut facts: HashMap<(Month, ContractId), ContractFacts> = HashMap::new();
    for month in &months {
        let of_month = terms_of_month(tx, *month).await?;
        facts.extend(of_month.into_iter().map(|facts| ((*month, facts.contract), facts)));
    }

    let mut report = Report::new(tx.actor().lang, dry_run);
    report.wrong_cells(sheet);
    let mut bills = Vec::new();
    let mut billed: HashSet<(ContractId, Month)> = HashSet::new();
    for line in &sheet.invoices {
        match verdict(line, &known, &mut billed) {
            Verdict::New(contract) => {
                let facts = facts.get(&(line.period, contract.id));
                bills.push(bill(tx, line, contract, facts, known.vat_payer)?);
                report.row(line, None);
            }
            Verdict::Known => {
                report.counts.known += 1;
                report.row(line, None);
            }
            Verdict::Wrong(field, kind) => report.row(line, Some((field, kind))),
        }
    }
    report.counts.invoices_added = i64::try_from(bills.len()).unwrap_or(i64::MAX);
    let mut report = report.done();
    if !dry_run && !bills.is_empty() {
        write(tx, &bills, progress).await.on_constraint("invoices_code_once", || Error::field("code", "repeated"))?;
        let mut made = Made::default();
        made.invoices(bills.iter().map(|bill| bill.id));
        report.import_id = Some(kept::keep(tx, ImportKind::Invoices, file_name, &report.counts, &made).await?);
        tx.settled().await?;
    }
    Ok(report)
}

/// What becomes of a line.
enum Verdict<'k> {
    New(&'k Contract),
    /// The same bill is there.
    Known,
    /// The field that is wrong, and how.
    Wrong(Field, &'static str),
}

fn verdict<'k>(line: &OpenInvoice, known: &'k Known, billed: &mut HashSet<(ContractId, Month)>) -> Verdict<'k> {
    let Some(contract) = known.contracts.get(&line.contract) else {
        return Verdict::Wrong(Field::Contract, "contract-unknown");
    };
    if let Some(there) = known.codes.get(&line.code) {
        let is_the_same = *there == (contract.id, line.period, line.amount);
        billed.insert((contract.id, line.period));
        return if is_the_same { Verdict::Known } else { Verdict::Wrong(Field::Code, "code-taken") };
    }
    if known.billed.contains(&(contract.id, line.period)) || !billed.insert((contract.id, line.period)) {
        return Verdict::Wrong(Field::Period, "month-billed");
    }
    Verdict::New(contract)
}

/// The bill as our own run would have made it on the tenth of its month, with one line for each way of being taxed.
fn bill(
    tx: &Tx,
    line: &OpenInvoice,
    contract: &Contract,
    facts: Option<&ContractFacts>,
    vat_payer: bool,
) -> Result<Bill> {
    let items = lines::of(line, facts, vat_payer, tx.actor().lang)?;
    let vat_amount = Money::sum(items.iter().map(|item| item.tax))?;
    let issued_on = line.period.day(10);
    let mut bill = Bill {
        id: InvoiceId::new(),
        code: None,
        kind: InvoiceKind::Rent,
        status: InvoiceStatus::Draft,
        contract_id: contract.id,
        contract_code: contract.code.clone(),
        tenant_id: contract.tenant_id,
        property_id: contract.property_id,
        customer_name: contract.customer_name.clone(),
        customer_register_no: contract.customer_register_no.clone(),
        customer_tin: contract.customer_tin.clone(),
        units: contract.units.clone(),
        period: line.period,
        issued_on: None,
        due_on: None,
        subtotal: line.amount.checked_sub(vat_amount)?,
        vat_amount,
        city_tax_amount: Money::ZERO,
        total: line.amount,
        paid: Money::ZERO,
        corrects_id: None,
        link_hash: None,
        note: String::new(),
        created_at: stored_now(tx),
        items,
    };
    bill.issue_as(tx.app(), line.code.clone(), issued_on, line.due_on)?;
    if line.due_on < tx.clock().today() {
        bill.status = bill.status.transition_to(InvoiceStatus::Overdue)?;
    }
    Ok(bill)
}

/// Set by set; our own series goes on after the highest number that came along.
async fn write(tx: &Tx, bills: &[Bill], progress: &(impl Fn(usize, usize) + Sync)) -> Result<()> {
    for (at, set) in bills.chunks(SET).enumerate() {
        progress(at * SET, bills.len());
        invoices::write_bills(tx, set).await?;
        tx.settled().await?;
    }
    progress(bills.len(), bills.len());
    let mut highest: BTreeMap<i16, i64> = BTreeMap::new();
    for (year, number) in bills.iter().filter_map(|bill| invoices::number_of(bill.code.as_deref()?)) {
        let last = highest.entry(year).or_default();
        *last = number.max(*last);
    }
    for (year, number) in highest {
        invoices::take_past(tx, year, number).await?;
    }
    months::note(tx, bills).await?;
    let total = Money::sum(bills.iter().map(|bill| bill.total))?;
    tx.audit("import.invoices", None, &json!({ "added": bills.len(), "total": total })).await?;
    tx.settled().await
}

/// The report as it grows.
struct Report {
    lang: Lang,
    dry_run: bool,
    rows: Vec<ImportRow>,
    counts: ImportCounts,
}

impl Report {
    fn new(lang: Lang, dry_run: bool) -> Report {
        Report { lang, dry_run, rows: Vec::new(), counts: ImportCounts::default() }
    }

    /// The lines that could not be read, each with everything that is wrong with it.
    fn wrong_cells(&mut self, sheet: &OpenInvoices) {
        for problem in &sheet.errors {
            let message = if self.lang == Lang::Mn { problem.mn() } else { problem.en() };
            let kind = serde_json::to_value(problem.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
            let error = ImportError {
                column: problem.column.map(|column| column.to_string()),
                field: problem.field.to_owned(),
                kind: kind.unwrap_or_default(),
                message,
            };
            match self.rows.last_mut().filter(|row| row.row == problem.row && row.sheet == problem.sheet) {
                Some(row) => row.errors.push(error),
                None => self.rows.push(ImportRow {
                    sheet: problem.sheet.clone(),
                    row: problem.row,
                    status: "error".to_owned(),
                    title: problem.found.clone(),
                    errors: vec![error],
                }),
            }
        }
    }

    fn row(&mut self, line: &OpenInvoice, wrong: Option<(Field, &'static str)>) {
        let errors = wrong.map(|(field, kind)| {
            let facts = [
                ("row", i64::from(line.row).into()),
                ("code", line.code.clone().into()),
                ("contract", line.contract.clone().into()),
                ("month", line.period.to_string().into()),
            ];
            let message = say(self.lang, &format!("import-{kind}"), &facts).into_owned();
            ImportError { column: None, field: field.as_str().to_owned(), kind: kind.replace('-', "_"), message }
        });
        self.rows.push(ImportRow {
            sheet: String::new(),
            row: line.row,
            status: if errors.is_some() { "error" } else { "ok" }.to_owned(),
            title: format!("{} · {}", line.code, line.contract),
            errors: errors.into_iter().collect(),
        });
    }

    fn done(mut self) -> ImportReport {
        self.rows.sort_by_key(|row| row.row);
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.counts.rows = number(self.rows.len());
        self.counts.errors = number(self.rows.iter().filter(|row| row.status == "error").count());
        self.counts.ok = self.counts.rows - self.counts.errors;
        ImportReport {
            dry_run: self.dry_run,
            columns: BTreeMap::new(),
            rows: self.rows,
            counts: self.counts,
            remembered: Vec::new(),
            import_id: None,
        }
    }
}

fn refusal(none: &NoInvoices, lang: Lang) -> Error {
    let columns = none.missing.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ");
    tracing::debug!(%lang, "a sheet without invoices was sent: {none}");
    let args = vec![("columns", columns)];
    Error::Validation(vec![FieldProblem { path: "body".into(), problem: "no-invoices-in-sheet", args }])
}
