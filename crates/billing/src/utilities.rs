//! What a month's readings come to: one utility bill for each contract, made in a fixed number of questions.
//!
//! A contract is billed for the days it held its rooms. Where a meter was not read, a price is missing or a common loss
//! can't be told yet, the contract is parked with the reason and the others go on.

mod charges;
mod export;
mod queries;
mod shares;

use std::collections::{HashMap, HashSet};

use base::{Lang, Result, Tx, lists::Window};
use domain::{
    ContractId, InvoiceId, InvoiceItemId, Money, Month, PropertyId, RoomId,
    invoice::{InvoiceKind, InvoiceStatus},
    meter::MeterKind,
    money::TooLarge,
    month::due_on,
    rights::Action,
    utility::{self, Holding, Point, UtilityError, UtilityLine, UtilityPart},
};
use jiff::{Timestamp, civil::Date};
use leasing::contracts::{ContractFacts, terms_of_month};
use rust_decimal::Decimal;
use wire::{
    Page,
    readings::{UtilityBill, UtilityBillLine, UtilityFilter, UtilityParked, UtilityPreview},
};
use words::{say, term};

pub(crate) use self::export::UtilityLines;
use self::{
    charges::Charged,
    queries::{Held, Known, Metered},
};
use crate::invoices::{Bill, BillItem, Made, stored_now};

/// The utility bills of a month that are not there yet, and who gets none and why.
#[derive(Debug, Default)]
pub(crate) struct Utilities {
    /// In the order of the contracts' codes, still without numbers.
    pub bills: Vec<Bill>,
    pub parked: Vec<ParkedUtility>,
    /// What was billed already.
    pub billed: HashMap<ContractId, (InvoiceId, Money)>,
}

impl Utilities {
    /// Leaves those of one building.
    fn narrow(&mut self, property: Option<PropertyId>) {
        if let Some(property) = property {
            self.bills.retain(|bill| bill.property_id == property);
            self.parked.retain(|parked| parked.property == property);
        }
    }
}

/// A contract whose readings do not give a bill yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParkedUtility {
    pub contract: ContractId,
    pub code: String,
    pub property: PropertyId,
    pub customer_name: String,
    pub units: String,
    pub because: NoBill,
}

/// Why a contract's readings do not give a bill.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NoBill {
    NotApproved,
    NotRead {
        kind: MeterKind,
        serial: String,
        unit_no: String,
    },
    NoTariff {
        kind: MeterKind,
    },
    /// The contract charges by meter and does not say by which.
    MeterNotSaid {
        name: String,
    },
    /// The contract charges by a kind of meter that none of its rooms has.
    NoMeter {
        name: String,
        kind: MeterKind,
    },
    /// The common meter that is shared out was not read.
    CommonNotRead {
        kind: MeterKind,
        serial: String,
    },
    /// So many meters of rooms were not read, so nobody knows the common loss.
    RoomsNotRead {
        kind: MeterKind,
        count: usize,
    },
    BelowRooms {
        kind: MeterKind,
    },
    TooLarge,
}

impl NoBill {
    /// The reason as people read it.
    pub fn sentence(&self, lang: Lang) -> String {
        let named = |kind: &MeterKind| term(lang, "meter-kind", kind.as_str()).into_owned();
        match self {
            NoBill::NotApproved => say(lang, "meter-parked-not-approved", &[]).into_owned(),
            NoBill::NotRead { kind, serial, unit_no } => {
                let facts =
                    [("kind", named(kind).into()), ("serial", serial.clone().into()), ("unit", unit_no.clone().into())];
                say(lang, "meter-parked-not-read", &facts).into_owned()
            }
            NoBill::NoTariff { kind } => {
                say(lang, "meter-parked-no-tariff", &[("kind", named(kind).into())]).into_owned()
            }
            NoBill::MeterNotSaid { name } => {
                say(lang, "meter-parked-not-said", &[("name", name.clone().into())]).into_owned()
            }
            NoBill::NoMeter { name, kind } => {
                let facts = [("name", name.clone().into()), ("kind", named(kind).into())];
                say(lang, "meter-parked-no-meter", &facts).into_owned()
            }
            NoBill::CommonNotRead { kind, serial } => {
                let facts = [("kind", named(kind).into()), ("serial", serial.clone().into())];
                say(lang, "meter-parked-common-not-read", &facts).into_owned()
            }
            NoBill::RoomsNotRead { kind, count } => {
                let count = i64::try_from(*count).unwrap_or(i64::MAX);
                let facts = [("kind", named(kind).into()), ("count", count.into())];
                say(lang, "meter-parked-rooms-not-read", &facts).into_owned()
            }
            NoBill::BelowRooms { kind } => {
                say(lang, "meter-parked-below-rooms", &[("kind", named(kind).into())]).into_owned()
            }
            NoBill::TooLarge => say(lang, "meter-parked-too-large", &[]).into_owned(),
        }
    }
}

impl From<UtilityError> for NoBill {
    fn from(error: UtilityError) -> NoBill {
        match error {
            UtilityError::TooLarge(TooLarge) => NoBill::TooLarge,
            UtilityError::NoTariff(kind) => NoBill::NoTariff { kind },
            UtilityError::BelowSubs(kind) => NoBill::BelowRooms { kind },
        }
    }
}

/// The month's utility bills, as they would be issued on a day.
pub(crate) async fn bills_of_month(tx: &Tx, month: Month, issue_on: Date) -> Result<Utilities> {
    let contracts = terms_of_month(tx, month).await?;
    bills_of_contracts(tx, month, issue_on, &contracts).await
}

/// What the month's readings would be billed as, for people to look at before the run.
pub(crate) async fn preview(tx: &Tx, filter: &UtilityFilter) -> Result<UtilityPreview> {
    tx.allow(Action::ReadReports)?;
    let window: Window<String> = Window::new(filter.limit, filter.cursor.as_deref())?;
    let mut utilities = bills_of_month(tx, filter.month, tx.clock().today()).await?;
    utilities.narrow(filter.property_id);
    let lang = tx.actor().lang;
    let (count, total) = (utilities.bills.len(), Money::sum(utilities.bills.iter().map(|bill| bill.total))?);
    let bills = utilities.bills.iter().map(|bill| view(bill, lang));
    let page = match filter.limit.or(filter.cursor.as_ref().map(|_| window.limit)) {
        Some(_) => {
            let rest = bills.skip_while(|bill| window.after.as_ref().is_some_and(|after| bill.contract_code <= *after));
            window.page(rest.take(window.limit as usize + 1).collect(), |bill| bill.contract_code.clone())
        }
        None => Page { items: bills.collect(), next_cursor: None },
    };
    let parked = |parked: &ParkedUtility| UtilityParked {
        contract_id: parked.contract,
        contract_code: parked.code.clone(),
        tenant_name: parked.customer_name.clone(),
        units: parked.units.clone(),
        because: parked.because.sentence(lang),
    };
    Ok(UtilityPreview {
        month: filter.month,
        count: i64::try_from(count).unwrap_or(i64::MAX),
        total,
        bills: page.items,
        next_cursor: page.next_cursor,
        parked: utilities.parked.iter().map(parked).collect(),
        billed: i64::try_from(utilities.billed.len()).unwrap_or(i64::MAX),
    })
}

fn view(bill: &Bill, lang: Lang) -> UtilityBill {
    let line = |item: &BillItem| UtilityBillLine {
        description: item.description.clone(),
        quantity: item.quantity,
        unit_price: item.unit_price,
        amount: item.amount,
        vat: item.tax,
        classification_code: item.classification_code.clone(),
        how: item.made.sentence(lang),
    };
    UtilityBill {
        contract_id: bill.contract_id,
        contract_code: bill.contract_code.clone(),
        tenant_name: bill.customer_name.clone(),
        units: bill.units.clone(),
        total: bill.total,
        vat_amount: bill.vat_amount,
        lines: bill.items.iter().map(line).collect(),
    }
}

/// The same for whoever has the month's contracts at hand.
pub(crate) async fn bills_of_contracts(
    tx: &Tx,
    month: Month,
    issue_on: Date,
    contracts: &[ContractFacts],
) -> Result<Utilities> {
    let known = Known::of(tx, month).await?;
    Ok(bills_of(known, month, issue_on, contracts, stored_now(tx)))
}

fn bills_of(known: Known, month: Month, issue_on: Date, contracts: &[ContractFacts], now: Timestamp) -> Utilities {
    let mut sheet = Sheet::default();
    let by_room = by_room(&known.held);
    let charged = Charged::of(contracts, month);
    charged.park(&known, &mut sheet);
    let used = rooms(&known, month, &by_room, &charged, &mut sheet);
    shares::share_out(&known, month, &used, &mut sheet);
    let mut utilities = Utilities::default();
    for facts in contracts.iter().filter(|facts| !known.billed.contains_key(&facts.contract)) {
        let parked = sheet.parked.remove(&facts.contract);
        let items = sheet.items.remove(&facts.contract).unwrap_or_default();
        let parked = match parked {
            None if items.is_empty() => continue,
            None if !facts.is_approved => Some(NoBill::NotApproved),
            parked => parked,
        };
        let made = match parked {
            Some(because) => Err(because),
            None => bill(facts, month, issue_on, items, now).map_err(|TooLarge| NoBill::TooLarge),
        };
        match made {
            Ok(bill) if bill.total.is_zero() => {}
            Ok(bill) => utilities.bills.push(bill),
            Err(because) => utilities.parked.push(ParkedUtility {
                contract: facts.contract,
                code: facts.code.clone(),
                property: facts.property,
                customer_name: facts.customer_name.clone(),
                units: facts.units.clone(),
                because,
            }),
        }
    }
    utilities.billed = known.billed;
    utilities
}

/// What the contracts' bills will hold, as it grows.
#[derive(Debug, Default)]
struct Sheet {
    items: HashMap<ContractId, Vec<BillItem>>,
    /// The first reason found.
    parked: HashMap<ContractId, NoBill>,
}

impl Sheet {
    fn add(&mut self, contract: ContractId, items: impl Iterator<Item = BillItem>) {
        self.items.entry(contract).or_default().extend(items);
    }

    fn park(&mut self, contract: ContractId, because: NoBill) {
        self.parked.entry(contract).or_insert(because);
    }
}

/// What each contract used of a kind in a building, by the meters of its rooms.
type Used = HashMap<(ContractId, MeterKind), Decimal>;

/// The meters of rooms, each priced for whoever held the room.
fn rooms(
    known: &Known,
    month: Month,
    by_room: &HashMap<RoomId, Vec<&Held>>,
    charged: &Charged<'_>,
    sheet: &mut Sheet,
) -> Used {
    let mut used = Used::new();
    for chain in chains(&known.meters) {
        let Some(room) = chain.first().and_then(|meter| meter.room) else { continue };
        let held: &[&Held] = by_room.get(&room).map_or(&[], Vec::as_slice);
        let kind = chain[0].kind;
        let readings: Vec<utility::Reading> = chain.iter().flat_map(|meter| meter.readings(month)).collect();
        let covered = readings.iter().map(|reading| reading.to).max();
        let unread = chain.iter().find(|meter| !meter.is_read());
        let mut held_read = Vec::new();
        for one in held {
            match unread {
                Some(meter) if covered.is_none_or(|covered| covered < one.to) => {
                    let (serial, unit_no) = (meter.serial.clone(), meter.unit_no.clone());
                    sheet.park(one.contract, NoBill::NotRead { kind, serial, unit_no });
                }
                _ => held_read.push(*one),
            }
        }
        let point = Point {
            kind,
            month,
            readings,
            reading_days: reading_days(chain.iter().copied(), month),
            holdings: held_read
                .iter()
                .map(|one| Holding { from: one.from, to: one.to, agreed: charged.agreed(one, kind) })
                .collect(),
        };
        match utility::lines(&point, &known.tariffs, known.vat_payer) {
            Ok(lists) => {
                for (one, lines) in held_read.into_iter().zip(lists) {
                    let counted = lines.iter().filter(|line| line.part == UtilityPart::Consumption);
                    *used.entry((one.contract, kind)).or_default() +=
                        counted.map(|line| line.quantity).sum::<Decimal>();
                    let items = lines.into_iter().map(|line| charged.taxed(item(line, Some(&chain[0].unit_no))));
                    sheet.add(one.contract, items);
                }
            }
            Err(error) => {
                let because = NoBill::from(error);
                held_read.into_iter().for_each(|one| sheet.park(one.contract, because.clone()));
            }
        }
    }
    used
}

/// Meters of one place: one, or those that followed each other.
fn chains(meters: &[Metered]) -> Vec<Vec<&Metered>> {
    let successors: HashSet<_> = meters.iter().filter_map(|meter| meter.replaced_by).collect();
    let by_id: HashMap<_, _> = meters.iter().map(|meter| (meter.id, meter)).collect();
    let first = meters.iter().filter(|meter| !successors.contains(&meter.id));
    let chain = |meter: &'_ Metered| {
        let mut chain = vec![by_id[&meter.id]];
        while let Some(next) = chain.last().and_then(|last| by_id.get(&last.replaced_by?)) {
            chain.push(next);
        }
        chain
    };
    first.map(chain).collect()
}

/// The days between the first and the last reading; the month's where the first day is not known.
fn reading_days<'m>(meters: impl Iterator<Item = &'m Metered> + Clone, month: Month) -> i64 {
    let since = meters.clone().flat_map(|meter| &meter.read).map(|read| read.previous_on).next().flatten();
    let until = meters.flat_map(|meter| &meter.read).map(|read| read.read_on).max();
    match since.zip(until) {
        Some((since, until)) => i64::from((until - since).get_days()).max(1),
        None => month.days(),
    }
}

fn by_room(held: &[Held]) -> HashMap<RoomId, Vec<&Held>> {
    let mut rooms: HashMap<RoomId, Vec<&Held>> = HashMap::new();
    for one in held {
        rooms.entry(one.room).or_default().push(one);
    }
    rooms
}

fn bill(
    facts: &ContractFacts,
    month: Month,
    issue_on: Date,
    items: Vec<BillItem>,
    now: Timestamp,
) -> Result<Bill, TooLarge> {
    let total = Money::sum(items.iter().map(|item| item.amount))?;
    let vat_amount = Money::sum(items.iter().map(|item| item.tax))?;
    Ok(Bill {
        id: InvoiceId::new(),
        code: None,
        kind: InvoiceKind::Utility,
        status: InvoiceStatus::Draft,
        contract_id: facts.contract,
        contract_code: facts.code.clone(),
        tenant_id: facts.tenant,
        property_id: facts.property,
        customer_name: facts.customer_name.clone(),
        customer_register_no: facts.customer_register_no.clone(),
        customer_tin: facts.customer_tin.clone(),
        units: facts.units.clone(),
        period: month,
        issued_on: None,
        due_on: Some(due_on(issue_on, facts.payment_day)),
        subtotal: total.checked_sub(vat_amount)?,
        vat_amount,
        city_tax_amount: Money::ZERO,
        total,
        paid: Money::ZERO,
        corrects_id: None,
        link_hash: None,
        note: String::new(),
        created_at: now,
        items,
    })
}

/// A line as the bill shows it; a fee whose price is not for the quantity counted stands as one.
fn item(line: UtilityLine, unit_no: Option<&str>) -> BillItem {
    let (quantity, unit_price) = match line.part {
        UtilityPart::Consumption | UtilityPart::Support => (line.quantity, line.unit_price),
        UtilityPart::BaseFee | UtilityPart::Capacity | UtilityPart::CommonShare => (Decimal::ONE, line.made.share),
    };
    let name = line.kind.name_mn();
    let part = match line.part {
        UtilityPart::Consumption => "",
        UtilityPart::BaseFee => ", суурь хураамж",
        UtilityPart::Capacity => ", чадлын төлбөр",
        UtilityPart::Support => ", дэмжих тариф",
        UtilityPart::CommonShare => ", нийтийн эзэмшлийн хувь",
    };
    let place = unit_no.map(|unit_no| format!(" ({unit_no})")).unwrap_or_default();
    BillItem {
        id: InvoiceItemId::new(),
        contract_item_id: line.agreed,
        description: format!("{name}{part}{place}"),
        quantity,
        unit_price,
        amount: line.amount,
        tax_kind: domain::contract::TaxKind::VatAble,
        tax: line.vat,
        classification_code: line.kind.classification_code().to_owned(),
        exemption_code: None,
        made: Made::Utility(line.made),
    }
}
