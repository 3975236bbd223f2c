//! The JSON that crosses our API: requests and views, one file a slice. camelCase names, unknown fields refused,
//! money a decimal string of mungo, quantities decimal strings, dates `2026-11-22`, moments RFC 3339 UTC.

pub mod audit;
pub mod bulk;
pub mod contract_history;
pub mod contracts;
pub mod deposits;
pub mod devices;
pub mod discounts;
pub mod documents;
pub mod files;
pub mod imports;
pub mod increases;
pub mod invoices;
pub mod lifecycle;
pub mod links;
pub mod me;
pub mod meters;
pub mod month_work;
pub mod months;
pub mod occupancy;
pub mod outbox;
pub mod owners;
pub mod page;
pub mod payments;
pub mod places;
pub mod prices;
pub mod properties;
pub mod qpay;
pub mod readings;
pub mod registrations;
pub mod remaking;
pub mod rooms;
pub mod schedules;
pub mod settlements;
pub mod setup;
pub mod staff;
pub mod statements;
pub mod tariffs;
pub mod tenant_links;
pub mod tenants;
pub mod tie_outs;
pub mod today;
pub mod token;
pub mod vacancies;

pub use page::{Envelope, Page, Paging, Refusal, set};
