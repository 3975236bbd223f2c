//! What a contract charges in a month: its dated facts in, the rent invoice's lines with their VAT and sums out.
//!
//! A line is `price × area × days let ÷ days of the month`, computed exactly and rounded once ([`Money::share`]). When a
//! charge is cut in parts inside the month (a new price, another room), the parts are rounded together, so that they add
//! up to the whole (largest remainder). All days are business days, and every last day is a day that is still let.
//! A contract with a schedule of its own is billed exactly the month's entries instead of its rent. Discounts take off the
//! rent, each line of rent by its part (`discounts.rs`).

mod discounts;
mod made;
mod pieces;
#[cfg(test)]
mod rent_roll;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use self::{
    discounts::{Discount, Off},
    made::{Made, TakenOff},
};
pub(crate) use self::{made::dotted, pieces::Days};
use crate::{
    ContractDiscountId, ContractItemId, ContractRoomId, Money, Month,
    contract::{ChargeBasis, ChargeKind, TaxKind, VatMode},
    money::TooLarge,
    tax::{Rates, rates_on},
};

/// The dated facts of a contract that decide what it charges.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContractTerms {
    pub starts_on: Date,
    /// The last day agreed; `None` is an open contract.
    pub ends_on: Option<Date>,
    /// The last day let when the contract was ended early.
    pub terminated_on: Option<Date>,
    pub rooms: Vec<LetRoom>,
    pub lines: Vec<ChargeLine>,
    /// What is billed instead of the rent, month by month; `None` bills the rent as its lines say.
    pub schedule: Option<Vec<Scheduled>>,
    pub discounts: Vec<Discount>,
}

/// An entry of a contract's own schedule: an amount for a month, never cut by days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    pub name: String,
    /// The month in whose run it is billed.
    pub period: Month,
    /// When the bill falls due; `None` goes by the contract's payment day.
    pub due_on: Option<Date>,
    pub amount: Money,
}

/// A room and the days it is let under the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct LetRoom {
    pub id: ContractRoomId,
    pub unit_no: String,
    pub area_m2: Decimal,
    pub from: Date,
    /// The last day; `None` lasts as long as the contract.
    pub to: Option<Date>,
}

/// A dated charge line of the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct ChargeLine {
    pub id: ContractItemId,
    pub kind: ChargeKind,
    pub name: String,
    pub basis: ChargeBasis,
    /// For a month; a discount is taken off, whichever sign its price is written with.
    pub unit_price: Money,
    pub vat_mode: VatMode,
    pub tax_kind: TaxKind,
    /// The room it is charged for. Without one, a flat line is for the contract and a line per m² for each of its rooms.
    pub room: Option<ContractRoomId>,
    pub valid_from: Date,
    /// The last day; `None` lasts as long as the contract.
    pub valid_to: Option<Date>,
}

/// What a rent invoice holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Charges {
    pub lines: Vec<InvoiceLine>,
    pub totals: Totals,
}

/// One line of an invoice.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceLine {
    /// The charge; of a discount and of a schedule's entry the rent whose tax it shares.
    pub item: ContractItemId,
    /// Of a line that takes off.
    pub discount: Option<ContractDiscountId>,
    pub room: Option<ContractRoomId>,
    pub unit_no: Option<String>,
    pub kind: ChargeKind,
    pub name: String,
    /// The area in m², or 1 for a flat charge; the days are in [`Made`].
    pub quantity: Decimal,
    /// As agreed: with VAT inside, or without when it comes on top; negative for a discount.
    pub unit_price: Money,
    /// What the tenant pays, VAT inside.
    pub amount: Money,
    pub net: Money,
    pub vat: Money,
    pub tax_kind: TaxKind,
    pub made: Made,
}

/// The sums of an invoice: `subtotal + vat + city_tax = total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Before taxes.
    pub subtotal: Money,
    pub vat: Money,
    /// Always zero here: city tax is laid on alcohol and the like, not on rent.
    pub city_tax: Money,
    pub total: Money,
}

/// The facts of a contract do not give an invoice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChargeError {
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// Only a discount takes something off.
    #[error("the price of {name} is negative")]
    NegativePrice { name: String },
    #[error("the area of {unit_no} is negative")]
    NegativeArea { unit_no: String },
    #[error("{name} is charged for a room that is not in the contract")]
    UnknownRoom { name: String },
    /// The rent's line says how a schedule's entries are taxed.
    #[error("there is a schedule and no rent")]
    NoRent,
    /// A VAT payer's `VAT_ABLE` line must carry VAT: the tax office computes it from the kind.
    #[error("{name} is VAT_ABLE and has no VAT")]
    TaxUnclear { name: String },
}

/// The rent invoice of `month`: lines in the order of the contract's. Metered lines are billed from readings, not here.
pub fn for_month(terms: &ContractTerms, month: Month, vat_payer: bool) -> Result<Charges, ChargeError> {
    let pieces = pieces::cut(terms, month)?;
    let shares = pieces::shares(&pieces)?;
    let taken_off = discounts::of(terms, month, &pieces, &shares)?;
    let lines = pieces.iter().zip(shares).map(|(piece, share)| line(piece, share, vat_payer));
    let less = taken_off.iter().map(|part| discount_line(part, vat_payer));
    let lines = lines.chain(less).collect::<Result<Vec<_>, _>>()?;
    let totals = Totals::of(&lines)?;
    Ok(Charges { lines, totals })
}

fn line(piece: &pieces::Piece<'_>, share: Money, vat_payer: bool) -> Result<InvoiceLine, ChargeError> {
    let charge = piece.line;
    let vat_mode = vat_mode(charge, vat_payer)?;
    let Taxed { net, vat, amount } = taxed(share, vat_mode, rates_on(piece.days.to))?;
    Ok(InvoiceLine {
        item: charge.id,
        discount: None,
        room: piece.room.map(|room| room.id),
        unit_no: piece.room.map(|room| room.unit_no.clone()),
        kind: charge.kind,
        name: piece.entry.map_or(&charge.name, |entry| &entry.name).clone(),
        quantity: piece.area_m2().unwrap_or(Decimal::ONE),
        unit_price: piece.price,
        amount,
        net,
        vat,
        tax_kind: charge.tax_kind,
        made: Made {
            from: piece.days.from,
            to: piece.days.to,
            days_used: if piece.entry.is_some() { piece.days.month().days() } else { piece.days.count() },
            days_in_month: piece.days.month().days(),
            scheduled: piece.entry.is_some(),
            off: None,
            area_m2: piece.area_m2(),
            unit_price: piece.price,
            share,
            evened: share.checked_sub(piece.share_alone()?)?,
            vat_mode,
            amount,
        },
    })
}

/// A discount's part on one line of rent, taxed as that line is.
fn discount_line(part: &discounts::Part<'_>, vat_payer: bool) -> Result<InvoiceLine, ChargeError> {
    let rent = part.of;
    let vat_mode = vat_mode(rent.line, vat_payer)?;
    let Taxed { net, vat, amount } = taxed(part.share, vat_mode, rates_on(part.days.to))?;
    Ok(InvoiceLine {
        item: rent.line.id,
        discount: Some(part.discount.id),
        room: rent.room.map(|room| room.id),
        unit_no: rent.room.map(|room| room.unit_no.clone()),
        kind: ChargeKind::Discount,
        name: part.discount.name.clone(),
        quantity: Decimal::ONE,
        unit_price: part.share,
        amount,
        net,
        vat,
        tax_kind: rent.line.tax_kind,
        made: Made {
            from: part.days.from,
            to: part.days.to,
            days_used: part.days.count(),
            days_in_month: rent.days.month().days(),
            scheduled: false,
            off: Some(TakenOff { off: part.discount.off, rent: part.rent, days_of_rent: rent.days.count() }),
            area_m2: None,
            unit_price: part.share,
            share: part.share,
            evened: Money::ZERO,
            vat_mode,
            amount,
        },
    })
}

/// How VAT really goes with a line. It applies only when the line is `VAT_ABLE` and the owner is a VAT payer.
///
/// The line of an owner who is not a payer keeps its kind and carries zero VAT: the kind tells what is sold, the tax
/// office knows who is a payer; `NOT_VAT` would need an exemption code and cost the tenant the lottery number.
fn vat_mode(line: &ChargeLine, vat_payer: bool) -> Result<VatMode, ChargeError> {
    match (line.tax_kind, line.vat_mode) {
        (TaxKind::VatAble, VatMode::Exempt) if vat_payer => Err(ChargeError::TaxUnclear { name: line.name.clone() }),
        (TaxKind::VatAble, mode) if vat_payer => Ok(mode),
        _ => Ok(VatMode::Exempt),
    }
}

pub(crate) struct Taxed {
    pub net: Money,
    pub vat: Money,
    pub amount: Money,
}

/// VAT of one line, inside the share or on top of it. Both ways give the same VAT for the same amount, so the receipt,
/// which only knows the amount, agrees with the invoice.
pub(crate) fn taxed(share: Money, mode: VatMode, rates: Rates) -> Result<Taxed, TooLarge> {
    match mode {
        VatMode::Included => {
            let (vat, _) = rates.vat_and_city(share, true, false);
            Ok(Taxed { net: share.checked_sub(vat)?, vat, amount: share })
        }
        VatMode::Added => {
            let vat = rates.added(share);
            Ok(Taxed { net: share, vat, amount: share.checked_add(vat)? })
        }
        VatMode::Exempt => Ok(Taxed { net: share, vat: Money::ZERO, amount: share }),
    }
}

impl Totals {
    /// Taxes are the sums of the lines' taxes, never computed from a sum.
    pub fn of(lines: &[InvoiceLine]) -> Result<Totals, TooLarge> {
        Ok(Totals {
            subtotal: Money::sum(lines.iter().map(|line| line.net))?,
            vat: Money::sum(lines.iter().map(|line| line.vat))?,
            city_tax: Money::ZERO,
            total: Money::sum(lines.iter().map(|line| line.amount))?,
        })
    }
}

impl ContractTerms {
    /// The last day let, agreed or ended early; `None` while the contract is open.
    pub fn last_day(&self) -> Option<Date> {
        self.ends_on.into_iter().chain(self.terminated_on).min()
    }

    /// When the month's bill falls due by the schedule, if its entries say so: on the earliest of their days.
    pub fn scheduled_due(&self, month: Month) -> Option<Date> {
        let entries = self.schedule.iter().flatten().filter(|entry| entry.period == month);
        entries.filter_map(|entry| entry.due_on).min()
    }

    /// Whether the contract lets anything on a day of the month.
    pub fn is_in_force(&self, month: Month) -> bool {
        self.days(month).is_some()
    }

    fn days(&self, month: Month) -> Option<Days> {
        Days::of(month).within(self.starts_on, self.last_day())
    }
}

impl ChargeLine {
    /// Whether the line was meant for one month only, as a repair or a fine is.
    pub fn is_one_off(&self) -> bool {
        self.valid_to.is_some_and(|to| Month::of(to) == Month::of(self.valid_from))
    }

    /// Whether the line may charge something on a day of the month.
    pub fn is_valid_in(&self, month: Month) -> bool {
        Days::of(month).within(self.valid_from, self.valid_to).is_some()
    }
}
