//! The menu: by job, not by table. A place stands here once its page exists.

use domain::rights::{Action, Role};

use crate::{reader::Reader, ui::icon::Icon};

/// A place of the menu; each page says which one it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Today,
    Month,
    Contracts,
    Rooms,
    Meters,
    Tenants,
    Invoices,
    Payments,
    Receivables,
    Import,
    Settings,
    /// Where a tenant rents.
    Home,
    /// One's own account; it stands in the menu under one's name.
    Account,
    /// A page the menu does not name, such as search.
    Elsewhere,
}

/// A line of the menu.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    pub place: Place,
    pub label: &'static str,
    pub href: &'static str,
    pub icon: Icon,
    /// What the role must be allowed for the place to be offered.
    needs: Action,
}

const ITEMS: [Item; 11] = [
    item(Place::Today, "menu-today", "/", Icon::Sunrise, Action::ReadOwner),
    item(Place::Month, "menu-month", "/months", Icon::Calendar, Action::RunMonth),
    item(Place::Contracts, "menu-contracts", "/contracts", Icon::Contract, Action::ReadContracts),
    item(Place::Rooms, "menu-rooms", "/rooms", Icon::Building, Action::ReadEstate),
    item(Place::Meters, "menu-meters", "/meters", Icon::Gauge, Action::EditReadings),
    item(Place::Invoices, "menu-invoices", "/invoices", Icon::Invoice, Action::ReadInvoices),
    item(Place::Payments, "menu-payments", "/payments", Icon::Banknote, Action::ReadPayments),
    item(Place::Receivables, "menu-receivables", "/receivables", Icon::Hand, Action::ReadReports),
    item(Place::Tenants, "menu-tenants", "/tenants", Icon::Users, Action::ReadTenants),
    item(Place::Import, "menu-import", "/imports/rent-roll", Icon::Import, Action::Import),
    item(Place::Settings, "menu-settings", "/settings", Icon::Settings, Action::ReadOwner),
];

/// What a tenant finds: everything they rent is on one page.
const OF_TENANTS: [Item; 2] = [
    item(Place::Home, "menu-home", "/home", Icon::House, Action::UsePlaces),
    item(Place::Account, "account", "/account", Icon::User, Action::KeepAccount),
];

const fn item(place: Place, label: &'static str, href: &'static str, icon: Icon, needs: Action) -> Item {
    Item { place, label, href, icon, needs }
}

/// Whether the reader rents rather than lets.
pub fn is_tenant(reader: &Reader) -> bool {
    reader.person.as_ref().is_some_and(|person| person.role == Role::Tenant)
}

/// The places this reader may go to.
pub fn items(reader: &Reader) -> Vec<Item> {
    let all: &[Item] = if is_tenant(reader) { &OF_TENANTS } else { &ITEMS };
    all.iter().copied().filter(|item| reader.may(item.needs)).collect()
}
