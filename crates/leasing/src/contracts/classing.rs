//! How the tax office classes what a contract charges, when nobody says otherwise.

use domain::{
    contract::{ChargeKind, TaxKind, VatMode},
    rooms::RoomKind,
};

/// A dwelling let for living is exempt from VAT under this code.
pub const DWELLING_EXEMPTION: &str = "408";

/// Letting, also of what is no dwelling: the published list has no code of its own for that, so an owner confirms it.
pub const LETTING: &str = "7211200";
/// Managing a building that is no dwelling.
const MANAGEMENT: &str = "7221200";
const PARKING: &str = "6743000";

pub fn is_dwelling(kind: RoomKind) -> bool {
    matches!(kind, RoomKind::Apartment | RoomKind::Studio)
}

/// The seven digits for a charge on that kind of room.
pub fn classification(charge: ChargeKind, room: RoomKind) -> &'static str {
    match (charge, room) {
        (ChargeKind::Parking, _) | (ChargeKind::Rent | ChargeKind::Discount, RoomKind::Parking) => PARKING,
        (ChargeKind::Management | ChargeKind::Service, room) if !is_dwelling(room) => MANAGEMENT,
        _ => LETTING,
    }
}

/// The kind of tax that goes with how VAT stands to the price.
pub fn tax_kind(vat_mode: VatMode) -> TaxKind {
    match vat_mode {
        VatMode::Included | VatMode::Added => TaxKind::VatAble,
        VatMode::Exempt => TaxKind::VatFree,
    }
}
