//! Contracts, their rooms and their charge lines.

use domain::{
    ContractId, ContractItemId, ContractRoomId, Money, PropertyId, RoomId, TenantId, UserId,
    contract::{ChargeBasis, ChargeKind, ContractStatus, ScheduleKind, TaxKind, VatMode},
    meter::MeterKind,
    rooms::RoomKind,
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{discounts::DiscountView, increases::IncreaseView, schedules::ScheduleEntryView};

/// A contract as a line of a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractRow {
    pub id: ContractId,
    pub code: String,
    pub status: ContractStatus,
    pub kind: RoomKind,
    pub property_id: PropertyId,
    pub property_name: String,
    pub tenant_id: TenantId,
    pub tenant_name: String,
    /// Its rooms' unit numbers: `K-403; K-404`.
    pub units: String,
    pub starts_on: Date,
    /// Null: open.
    pub ends_on: Option<Date>,
    pub deposit_amount: Money,
    /// Whether somebody who may has approved it for billing.
    pub is_approved: bool,
    pub version: i32,
}

/// A contract, whole.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractView {
    pub id: ContractId,
    pub code: String,
    pub status: ContractStatus,
    pub kind: RoomKind,
    pub property_id: PropertyId,
    pub property_name: String,
    pub tenant_id: TenantId,
    /// As it was when the contract was made.
    pub tenant_name: String,
    pub units: String,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub signed_at: Option<Timestamp>,
    /// The contract that it goes on from.
    pub renews_contract_id: Option<ContractId>,
    pub terminated_on: Option<Date>,
    pub termination_reason: Option<String>,
    pub currency: String,
    pub deposit_amount: Money,
    pub deposit_received: Money,
    /// The day of the month on which bills fall due, 1 to 31.
    pub payment_day: i32,
    pub grace_days: i32,
    /// Basis points of what is owed, a day; null without a written clause.
    pub penalty_bp: Option<i32>,
    pub notes: String,
    /// Null: nobody who may has approved it yet, and its first bill waits.
    #[serde(default)]
    pub approved_at: Option<Timestamp>,
    /// Null too when an import brought it.
    #[serde(default)]
    pub approved_by: Option<UserId>,
    #[serde(default = "fixed")]
    pub schedule_kind: ScheduleKind,
    pub rooms: Vec<ContractRoomView>,
    pub items: Vec<ContractItemView>,
    #[serde(default)]
    pub increases: Vec<IncreaseView>,
    #[serde(default)]
    pub discounts: Vec<DiscountView>,
    /// Of a `custom` schedule: what is billed instead of the rent.
    #[serde(default)]
    pub schedule: Vec<ScheduleEntryView>,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What an entry of the history says that was made before there were schedules.
fn fixed() -> ScheduleKind {
    ScheduleKind::Fixed
}

/// A room held by a contract, for a while.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractRoomView {
    pub id: ContractRoomId,
    pub room_id: RoomId,
    pub unit_no: String,
    /// m²
    pub area_m2: Decimal,
    pub from: Date,
    /// The last day, null when open.
    pub to: Option<Date>,
}

/// What a contract charges: one dated line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractItemView {
    pub id: ContractItemId,
    pub contract_id: ContractId,
    /// The room whose area counts; null: all rooms of the contract.
    pub room_id: Option<RoomId>,
    pub kind: ChargeKind,
    pub name: String,
    pub basis: ChargeBasis,
    /// Of a charge by meter: the meters of its rooms that count. Its price stands in the tariff's place.
    pub meter_kind: Option<MeterKind>,
    /// Negative for a discount.
    pub unit_price: Money,
    pub vat_mode: VatMode,
    pub tax_kind: TaxKind,
    pub classification_code: String,
    pub exemption_code: Option<String>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

/// A new contract; it starts as a draft and holds its rooms from then on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewContract {
    pub property_id: PropertyId,
    pub tenant_id: TenantId,
    /// Its number, when it already has one; else the next `CT-YYYY-NNNN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 40)]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RoomKind>,
    pub starts_on: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit_amount: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 31)]
    pub payment_day: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100)]
    pub grace_days: Option<i32>,
    /// At most 50: 0.5 % a day (Civil Code 232.6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 50)]
    pub penalty_bp: Option<i32>,
    #[serde(default)]
    #[schema(max_length = 4000)]
    pub notes: String,
    /// A draft may still be without; a contract in force has one at least.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub rooms: Vec<NewContractRoom>,
    #[serde(default)]
    #[schema(max_items = 200)]
    pub items: Vec<NewContractItem>,
}

/// A room for the new contract; its own dates only when they differ from the contract's.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewContractRoom {
    pub room_id: RoomId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// A new charge line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NewContractItem {
    pub kind: ChargeKind,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    pub basis: ChargeBasis,
    /// Needed for a charge by meter, which is a `service`: the meters of its rooms that count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meter_kind: Option<MeterKind>,
    pub unit_price: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_mode: Option<VatMode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classification_code: Option<String>,
    /// Needed when it is exempt (408: a dwelling).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption_code: Option<String>,
    /// The contract's start when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

/// Ends a charge line on a day; what it charged until then stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContractItemChange {
    pub valid_to: Date,
}

/// Whom a draft is with, and about which building.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContractParties {
    /// The version that was read; another one is a conflict.
    pub version: i32,
    /// Another one only while the draft holds no room.
    pub property_id: PropertyId,
    pub tenant_id: TenantId,
}

/// The rooms of a draft, in the place of those it held.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContractRooms {
    /// The version that was read; another one is a conflict.
    pub version: i32,
    #[schema(max_items = 100)]
    pub rooms: Vec<NewContractRoom>,
}

/// The charge lines of a draft: those that stay as they are, and new ones. The others go, with their increases.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContractCharges {
    /// The version that was read; another one is a conflict.
    pub version: i32,
    #[serde(default)]
    pub keep: Vec<ContractItemId>,
    #[serde(default)]
    #[schema(max_items = 200)]
    pub items: Vec<NewContractItem>,
}

/// Changes a contract; what is left out stays, null clears.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContractChange {
    /// The version that was read; another one is a conflict.
    pub version: i32,
    /// A draft's start only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Date>)]
    pub ends_on: Option<Option<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit_amount: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 31)]
    pub payment_day: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100)]
    pub grace_days: Option<i32>,
    #[serde(default, with = "crate::page::set", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 50)]
    pub penalty_bp: Option<Option<i32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub notes: Option<String>,
}

/// Ends a contract before its time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Termination {
    /// The last day.
    pub on: Date,
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
    /// Whether the deposit pays what is open.
    #[serde(default)]
    pub set_off_deposit: bool,
    /// The version that was read; another one is a conflict, none at all is not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// Of which day the contract is asked.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ContractAsOf {
    /// The contract as it was known at the end of that day in Ulaanbaatar; as it is now when left out. Not a day to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
}

/// Which contracts are asked for, in which order.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ContractFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ContractStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// In force, and ending within so many days from today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 0, maximum = 3660)]
    pub ending_within_days: Option<i32>,
    /// True: only those that wait for approval; false: only those that do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unapproved: Option<bool>,
    /// Part of the code, the tenant's name or a unit number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// `id` (as they were made) when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<ContractSort>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The order of a list of contracts; a leading minus turns it round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum ContractSort {
    #[serde(rename = "id")]
    Id,
    #[serde(rename = "code")]
    Code,
    #[serde(rename = "-code")]
    CodeDown,
    #[serde(rename = "tenant")]
    Tenant,
    #[serde(rename = "-tenant")]
    TenantDown,
    #[serde(rename = "startsOn")]
    StartsOn,
    #[serde(rename = "-startsOn")]
    StartsOnDown,
    #[serde(rename = "endsOn")]
    EndsOn,
    #[serde(rename = "-endsOn")]
    EndsOnDown,
}

/// What the filtered contracts add up to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractTotals {
    pub count: i64,
    pub deposit_amount: Money,
}
