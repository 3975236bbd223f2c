//! What a row costs in a full month, VAT included.

use domain::{Money, contract::VatMode, tax::Rates};

use super::{Field, Row, Values, row::has};
use crate::problem::Kind;

/// A full month of the row's rent and management fee; `None` in a vacant room and where a part of it can't be told.
pub fn monthly(row: &Row, rates: Rates) -> Option<Money> {
    let Values { tenant, contract, management_fee, vat_mode, .. } = &row.values;
    if tenant.is_none() && contract.is_none() {
        return None;
    }
    // VAT is rounded line by line, as it is on the bill
    [rent(row)?, management_fee.unwrap_or_default()].into_iter().try_fold(Money::ZERO, |sum, line| {
        let vat = if *vat_mode == Some(VatMode::Added) { rates.added(line) } else { Money::ZERO };
        sum.checked_add(line).ok()?.checked_add(vat).ok()
    })
}

/// The rent; nothing where one rent is written for all rooms of the contract, on another row.
fn rent(row: &Row) -> Option<Money> {
    let unread = [Field::PricePerM2, Field::FlatRent, Field::ManagementFee];
    let unclear = unread.into_iter().any(|field| has(&row.errors, field, Kind::MoneyBad))
        || row.errors.iter().any(|error| matches!(error.kind, Kind::TwoPrices | Kind::PriceMissing));
    match (row.values.price_per_m2, row.values.flat_rent) {
        _ if unclear => None,
        (Some(price), _) => price.times(row.values.area_m2?).ok(),
        (None, Some(rent)) => Some(rent),
        (None, None) => Some(Money::ZERO),
    }
}
