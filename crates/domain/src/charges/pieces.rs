//! Cutting a month where a price or a room changes, and rounding what was cut so that it adds up.

use std::cmp::Reverse;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{ChargeError, ChargeLine, ContractTerms, LetRoom, Scheduled};
use crate::{
    Money, Month,
    contract::{ChargeBasis, ChargeKind},
    money::TooLarge,
};

/// Days of one month, the last one included; never none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub from: Date,
    pub to: Date,
}

impl Days {
    pub fn of(month: Month) -> Days {
        Days { from: month.first_day(), to: month.last_day() }
    }

    /// The days that also lie between two dates; `None` when there are none.
    pub fn within(self, from: Date, to: Option<Date>) -> Option<Days> {
        let days = Days { from: self.from.max(from), to: to.map_or(self.to, |to| self.to.min(to)) };
        (days.from <= days.to).then_some(days)
    }

    pub fn count(self) -> i64 {
        i64::from(self.to.day() - self.from.day()) + 1
    }

    pub fn month(self) -> Month {
        Month::of(self.from)
    }

    fn are_followed_by(self, later: Days) -> bool {
        self.to.day() + 1 == later.from.day()
    }
}

/// A charge line over days in which neither its price nor its room changes.
pub(super) struct Piece<'a> {
    pub line: &'a ChargeLine,
    pub room: Option<&'a LetRoom>,
    /// Of a piece that stands in the contract's schedule.
    pub entry: Option<&'a Scheduled>,
    pub days: Days,
    /// For a month; negative for a discount.
    pub price: Money,
    /// The piece is `price × parts ÷ whole`, exactly.
    parts: i64,
    whole: i64,
}

/// The pieces of a month, metered lines left out.
pub(super) fn cut(terms: &ContractTerms, month: Month) -> Result<Vec<Piece<'_>>, ChargeError> {
    let mut pieces = Vec::with_capacity(terms.lines.len());
    let Some(let_days) = terms.days(month) else { return Ok(pieces) };
    let is_scheduled = |line: &ChargeLine| terms.schedule.is_some() && line.kind == ChargeKind::Rent;
    let lines = terms.lines.iter().filter(|line| line.basis != ChargeBasis::Meter && !is_scheduled(line));
    for line in lines {
        let Some(valid_days) = let_days.within(line.valid_from, line.valid_to) else { continue };
        match (line.room, line.basis) {
            (Some(id), _) => {
                let room = terms.rooms.iter().find(|room| room.id == id);
                let room = room.ok_or_else(|| ChargeError::UnknownRoom { name: line.name.clone() })?;
                pieces.extend(Piece::of_room(line, room, valid_days)?);
            }
            (None, ChargeBasis::PerM2) => {
                for room in &terms.rooms {
                    pieces.extend(Piece::of_room(line, room, valid_days)?);
                }
            }
            (None, _) => pieces.push(Piece::new(line, None, valid_days)?),
        }
    }
    for entry in terms.schedule.iter().flatten().filter(|entry| entry.period == month) {
        pieces.push(scheduled(terms, entry, let_days)?);
    }
    Ok(pieces)
}

/// An entry of the schedule, taxed as the contract's rent is: as the line valid in that month, or the first one.
fn scheduled<'a>(terms: &'a ContractTerms, entry: &'a Scheduled, let_days: Days) -> Result<Piece<'a>, ChargeError> {
    let rents = || terms.lines.iter().filter(|line| line.kind == ChargeKind::Rent && line.basis != ChargeBasis::Meter);
    let line = rents().find(|line| line.is_valid_in(entry.period)).or_else(|| rents().next());
    let line = line.ok_or(ChargeError::NoRent)?;
    if entry.amount.is_negative() {
        return Err(ChargeError::NegativePrice { name: entry.name.clone() });
    }
    let due_on = entry.due_on.filter(|due| let_days.from <= *due && *due <= let_days.to);
    let days = due_on.map_or(let_days, |due| Days { from: due, to: due });
    Ok(Piece { line, room: None, entry: Some(entry), days, price: entry.amount, parts: 1, whole: 1 })
}

impl<'a> Piece<'a> {
    fn of_room(line: &'a ChargeLine, room: &'a LetRoom, days: Days) -> Result<Option<Piece<'a>>, ChargeError> {
        days.within(room.from, room.to).map(|days| Piece::new(line, Some(room), days)).transpose()
    }

    fn new(line: &'a ChargeLine, room: Option<&'a LetRoom>, days: Days) -> Result<Piece<'a>, ChargeError> {
        let price = match line.kind {
            ChargeKind::Discount if line.unit_price.is_positive() => line.unit_price.checked_neg()?,
            ChargeKind::Discount => line.unit_price,
            _ if line.unit_price.is_negative() => return Err(ChargeError::NegativePrice { name: line.name.clone() }),
            _ => line.unit_price,
        };
        let (parts, whole) = (days.count(), days.month().days());
        let mut piece = Piece { line, room, entry: None, days, price, parts, whole };
        if let (Some(area), Some(room)) = (piece.area_m2(), room) {
            if area.is_sign_negative() && !area.is_zero() {
                return Err(ChargeError::NegativeArea { unit_no: room.unit_no.clone() });
            }
            let area = area.normalize();
            let mantissa = i64::try_from(area.mantissa()).map_err(|_| TooLarge)?;
            let scale = 10i64.checked_pow(area.scale()).ok_or(TooLarge)?;
            piece.parts = piece.parts.checked_mul(mantissa).ok_or(TooLarge)?;
            piece.whole = piece.whole.checked_mul(scale).ok_or(TooLarge)?;
        }
        Ok(piece)
    }

    /// The area that is charged, for a line per m².
    pub fn area_m2(&self) -> Option<Decimal> {
        self.room.filter(|_| self.line.basis == ChargeBasis::PerM2).map(|room| room.area_m2)
    }

    /// The piece rounded on its own.
    pub fn share_alone(&self) -> Result<Money, TooLarge> {
        self.price.share(self.parts, self.whole)
    }

    /// Whether `later` goes on with the same charge, at another price or in another room.
    fn goes_on_as(&self, later: &Piece<'_>) -> bool {
        let (a, b) = (self.line, later.line);
        self.entry.is_none()
            && later.entry.is_none()
            && self.days.are_followed_by(later.days)
            && (a.kind, a.basis, a.vat_mode, a.tax_kind) == (b.kind, b.basis, b.vat_mode, b.tax_kind)
            && a.name == b.name
    }

    fn is_of_room_of(&self, other: &Piece<'_>) -> bool {
        self.room.map(|room| room.id) == other.room.map(|room| room.id)
    }
}

/// What each piece comes to; pieces that follow one another add up to their exact sum rounded once.
pub(super) fn shares(pieces: &[Piece<'_>]) -> Result<Vec<Money>, TooLarge> {
    let mut shares = vec![Money::ZERO; pieces.len()];
    for chain in chains(pieces) {
        if let [alone] = chain[..] {
            shares[alone] = pieces[alone].share_alone()?;
        } else {
            even_out(pieces, &chain, &mut shares)?;
        }
    }
    Ok(shares)
}

/// The pieces that follow one another, by place; a price change in the same room is looked for before a move.
fn chains(pieces: &[Piece<'_>]) -> Vec<Vec<usize>> {
    let mut next = vec![None; pieces.len()];
    let mut is_next = vec![false; pieces.len()];
    for same_room in [true, false] {
        for (place, piece) in pieces.iter().enumerate() {
            let follower = |later: &usize| {
                let other = &pieces[*later];
                !is_next[*later] && piece.goes_on_as(other) && (!same_room || piece.is_of_room_of(other))
            };
            if next[place].is_none()
                && let Some(later) = (0..pieces.len()).find(follower)
            {
                next[place] = Some(later);
                is_next[later] = true;
            }
        }
    }
    let heads = (0..pieces.len()).filter(|place| !is_next[*place]);
    heads.map(|head| std::iter::successors(Some(head), |place| next[*place]).collect()).collect()
}

/// Cuts each piece down to whole möngö and gives what is missing to the largest remainders, the later piece first. All
/// pieces of a chain have one sign, as they are one charge.
fn even_out(pieces: &[Piece<'_>], chain: &[usize], shares: &mut [Money]) -> Result<(), TooLarge> {
    // Wholes are days of the same month times a power of ten: the largest is a multiple of each.
    let whole = chain.iter().map(|place| pieces[*place].whole).max().map_or(1, i128::from);
    let mut remainders = Vec::with_capacity(chain.len());
    for place in chain {
        let piece = &pieces[*place];
        let parts = i128::from(piece.parts).checked_mul(whole / i128::from(piece.whole)).ok_or(TooLarge)?;
        let exact = i128::from(piece.price.mungo()).checked_mul(parts).ok_or(TooLarge)?;
        shares[*place] = i64::try_from(exact / whole).map(Money::from_mungo).map_err(|_| TooLarge)?;
        remainders.push((exact % whole, *place));
    }
    let rest: i128 = remainders.iter().map(|(remainder, _)| remainder.abs()).sum();
    let missing = usize::try_from((2 * rest + whole) / (2 * whole)).expect("each piece misses less than a mungo");
    remainders.sort_by_key(|(remainder, place)| (Reverse(remainder.abs()), Reverse(pieces[*place].days.from)));
    for (remainder, place) in remainders.into_iter().take(missing) {
        let mungo = if remainder.is_negative() { -1 } else { 1 };
        shares[place] = shares[place].checked_add(Money::from_mungo(mungo))?;
    }
    Ok(())
}
