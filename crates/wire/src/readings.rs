//! What meters showed: the month's grid, one reading of it, and a meter's history.

use domain::{
    ContractId, FileId, FloorId, MeterId, Money, Month, PropertyId, ReadingId, RoomId,
    meter::{MeterKind, Occasion, ReadingStatus},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A reading.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReadingView {
    pub id: ReadingId,
    pub meter_id: MeterId,
    pub month: Month,
    pub occasion: Occasion,
    pub read_on: Date,
    /// When the one before was taken; null: not known.
    pub previous_on: Option<Date>,
    pub previous: Decimal,
    pub current: Decimal,
    pub status: ReadingStatus,
    pub multiplier: Decimal,
    /// As the counter went.
    pub difference: Decimal,
    /// `difference × multiplier`, in the unit of the meter's kind.
    pub consumption: Decimal,
    /// Whoever stood before the meter.
    pub reader: String,
    /// The word for what is unusual.
    pub note: String,
    /// The picture of the counter, where one was taken.
    pub photo_id: Option<FileId>,
    pub version: i32,
}

/// Which rows of the month's grid.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct GridFilter {
    pub month: Month,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    /// The floor of the meters' rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_id: Option<FloorId>,
    /// true: only meters that hang in no room.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub common: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<MeterKind>,
    /// true: only meters without a reading of the month.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missing: bool,
    /// 1 to 100; 50 when left out.
    #[param(minimum = 1, maximum = 100)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A meter's row in the month's grid.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridRow {
    pub meter_id: MeterId,
    pub property_id: PropertyId,
    pub property_name: String,
    pub room_id: Option<RoomId>,
    /// Null: a common meter.
    pub unit_no: Option<String>,
    /// Who holds the room at the end of the month.
    pub tenant_name: Option<String>,
    pub kind: MeterKind,
    pub serial: String,
    pub multiplier: Decimal,
    pub digits: i32,
    /// What it showed before this month; null: nobody knows yet.
    pub previous: Option<Decimal>,
    pub previous_on: Option<Date>,
    pub reading: Option<ReadingView>,
    /// The consumption of the six months before, oldest first.
    pub before: Vec<MonthUse>,
    /// Between which readings nobody is asked for a word; null until there is a habit.
    pub usual: Option<UsualReadings>,
    /// Why this month stands out, in the reader's words.
    pub unusual: Option<String>,
}

/// The readings that are as usual, both ends inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsualReadings {
    pub least: Decimal,
    pub most: Decimal,
}

/// What was used in a month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthUse {
    pub month: Month,
    pub consumption: Decimal,
}

/// How far the month's readings are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GridTotals {
    pub meters: i64,
    pub read: i64,
    pub missing: i64,
    /// Read ones that stand out.
    pub unusual: i64,
}

/// One reading of the month.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "current": "422317.183", "readOn": "2026-10-30" }))]
pub struct NewReading {
    /// At most three decimals.
    pub current: Decimal,
    /// The month's last day, or today when that is earlier, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_on: Option<Date>,
    /// Only for the first reading of a meter whose beginning nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Decimal>,
    /// Why it is below the one before: `rolled_over` or `mistake`. A meter that was replaced has a door of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ReadingStatus>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 200)]
    pub reader: String,
    /// The word for what is unusual, or for the mistake.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub note: String,
    /// The version of the reading that this one was typed over, 0 where there was none: another that came meanwhile is a
    /// conflict. Left out: whatever is there is put right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    pub version: Option<i32>,
}

impl NewReading {
    /// Whether a reading that is there says all this already: sent a second time it is the first one.
    pub fn says(&self, there: &ReadingView) -> bool {
        self.current == there.current
            && self.status.unwrap_or(ReadingStatus::Ok) == there.status
            && self.note == there.note
            && (self.reader.is_empty() || self.reader == there.reader)
            && self.read_on.is_none_or(|day| day == there.read_on)
    }
}

/// What a meter showed on the day a contract began.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({ "on": "2026-10-13", "current": "422100" }))]
pub struct NewHandover {
    /// The first day of the contract: what was used up to the day before is not its tenant's.
    pub on: Date,
    pub current: Decimal,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Decimal>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 200)]
    pub reader: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub note: String,
}

/// How a list of readings is to be taken in; the file itself is the body.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ReadingsOrder {
    pub month: Month,
    /// true: nothing is written.
    #[serde(default)]
    pub dry_run: bool,
    /// Columns mapped by hand, as JSON: `{"": {"current": "G"}}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(max_length = 200)]
    pub file_name: Option<String>,
}

/// Which month.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct UtilityFilter {
    pub month: Month,
    /// Only bills of contracts in this building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_id: Option<PropertyId>,
    /// 1 to 100 bills; all of them when left out.
    #[param(minimum = 1, maximum = 100)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What a month's readings would be billed as.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UtilityPreview {
    pub month: Month,
    /// Bills that are not there yet, by the contracts' codes.
    pub bills: Vec<UtilityBill>,
    pub parked: Vec<UtilityParked>,
    /// How many are there already.
    pub billed: i64,
    /// How many would be made, and what they come to, on all pages together.
    pub count: i64,
    pub total: Money,
    pub next_cursor: Option<String>,
}

/// A utility bill as it would be made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UtilityBill {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub units: String,
    pub total: Money,
    pub vat_amount: Money,
    pub lines: Vec<UtilityBillLine>,
}

/// One of its lines, and how it was made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UtilityBillLine {
    pub description: String,
    pub quantity: Decimal,
    pub unit_price: Money,
    /// With VAT.
    pub amount: Money,
    pub vat: Money,
    /// The tax office's class, seven digits.
    pub classification_code: String,
    /// In the reader's language.
    pub how: String,
}

/// A contract that would get no bill yet.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UtilityParked {
    pub contract_id: ContractId,
    pub contract_code: String,
    pub tenant_name: String,
    pub units: String,
    /// In the reader's language.
    pub because: String,
}
