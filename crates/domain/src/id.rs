//! Ids: UUID v7 made by the application, one type a thing, so that a room can't be taken for a contract.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id; later ones sort after earlier ones.
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        #[cfg(feature = "sql")]
        crate::id::column!($name, Uuid);

        #[cfg(feature = "openapi")]
        crate::id::schema!($name, utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Uuid))));
    )*};
}

/// Reads and writes a newtype as the column type it wraps.
#[cfg(feature = "sql")]
macro_rules! column {
    ($name:ident, $inner:ty) => {
        impl postgres_types::ToSql for $name {
            fn to_sql(
                &self,
                ty: &postgres_types::Type,
                out: &mut postgres_types::private::BytesMut,
            ) -> Result<postgres_types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
                postgres_types::ToSql::to_sql(&self.0, ty, out)
            }
            fn accepts(ty: &postgres_types::Type) -> bool {
                <$inner as postgres_types::ToSql>::accepts(ty)
            }
            postgres_types::to_sql_checked!();
        }

        impl<'a> postgres_types::FromSql<'a> for $name {
            fn from_sql(
                ty: &postgres_types::Type,
                raw: &'a [u8],
            ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
                <$inner as postgres_types::FromSql>::from_sql(ty, raw).map($name)
            }
            fn accepts(ty: &postgres_types::Type) -> bool {
                <$inner as postgres_types::FromSql>::accepts(ty)
            }
        }
    };
}
#[cfg(feature = "sql")]
pub(crate) use column;

/// Describes a newtype in the OpenAPI document, written out where it is used.
#[cfg(feature = "openapi")]
macro_rules! schema {
    ($name:ident, $object:expr) => {
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $object.build().into()
            }
        }
        impl utoipa::ToSchema for $name {}
    };
}
#[cfg(feature = "openapi")]
pub(crate) use schema;

ids! {
    /// A company that lets space out; every row of its world carries this id.
    OwnerId
    UserId
    SessionId
    DeviceId
    /// A person's place with an owner; for the official client, a member.
    MemberId
    InvitationId
    PropertyId
    FloorId
    RoomId
    FileId
    TenantId
    /// That a person is a tenant: asked for, then said by the owner.
    TenantLinkId
    ContractId
    ContractRoomId
    ContractItemId
    /// That a contract ended before its time.
    ContractEndingId
    DepositEntryId
    SettlementId
    /// A month's lock, or what opened it again.
    MonthLockId
    /// A paper made of a contract, one for each time it was made.
    DocumentId
    /// Papers of many contracts in one archive.
    DocumentBatchId
    ContractDiscountId
    ContractIncreaseId
    ScheduleEntryId
    /// An entry of a contract's history.
    ContractEntryId
    /// A run of a month.
    MonthRunId
    ListViewId
    WriteOffId
    /// Of a month's report that somebody took along.
    MonthReportId
    InvoiceId
    InvoiceItemId
    /// A penalty that was charged or waived.
    PenaltyId
    PromiseToPayId
    ReminderId
    /// Reminders that were sent together.
    ReminderOrderId
    /// One thing done to many invoices.
    BulkOrderId
    BulkItemId
    PaymentId
    AllocationId
    IntentId
    ReceiptId
    SmsId
    /// A row of the outbox; providers get it as the reference of the effect.
    PromiseId
    AuditId
    BankAccountId
    /// How an account is read at its bank.
    BankConnectionId
    /// A statement that was taken in.
    BankStatementId
    /// A movement on an account.
    BankTransactionId
    MeterId
    /// What a meter showed on a day.
    ReadingId
    TariffId
    /// How a building's common meters of a kind are shared out.
    CommonRuleId
    ImportId
    ImportMappingId
}
