//! Contracts to look at.

use domain::{
    ContractDiscountId, ContractEntryId, ContractId, ContractIncreaseId, ContractItemId, ContractRoomId, InvoiceId,
    Money, Month, PropertyId, RoomId, ScheduleEntryId, TenantId,
    contract::{ChargeBasis, ChargeKind, ContractStatus, ScheduleKind, TaxKind, VatMode, What},
    increase::IncreaseKind,
    invoice::{InvoiceKind, InvoiceStatus},
    rights::Role,
    rooms::{Occupancy, PriceMode, PropertyStatus, RoomKind, TenantKind},
};
use jiff::{Timestamp, civil::date};
use wire::{
    contract_history::{ContractDifference, ContractEntry},
    contracts::{ContractItemView, ContractRoomView, ContractRow, ContractTotals, ContractView},
    discounts::DiscountView,
    increases::IncreaseView,
    invoices::InvoiceRow,
    properties::PropertyView,
    rooms::{Occupant, RoomView},
    schedules::ScheduleEntryView,
    tenants::TenantView,
};

use super::{ContractList, ContractPage, Draft, Edit, HistoryPage};
use crate::{
    documents::{self, Documents},
    reader::Reader,
    ui::form::Form,
};

pub fn moment() -> Timestamp {
    "2026-11-02T04:00:00Z".parse().expect("a moment")
}

pub fn property() -> PropertyView {
    PropertyView {
        id: PropertyId::new(),
        name: "Алтан Тауэр".into(),
        address: "1-р хороо, Их сургуулийн гудамж 4".into(),
        district: "Сүхбаатар".into(),
        city: "Улаанбаатар".into(),
        total_area_m2: Some(8_400.into()),
        floor_count: Some(12),
        built_year: Some(2016),
        status: PropertyStatus::Active,
        decommissioned_on: None,
        version: 1,
        created_at: moment(),
        updated_at: moment(),
    }
}

pub fn tenant(name: &str, register_no: &str) -> TenantView {
    TenantView {
        id: TenantId::new(),
        kind: TenantKind::Company,
        name: name.into(),
        register_no: Some(register_no.into()),
        tin: None,
        director: Some("Д. Мөнхбат".into()),
        phone: Some("99110001".into()),
        second_phone: None,
        email: Some("info@undrakh.example".into()),
        version: 1,
        created_at: moment(),
        updated_at: moment(),
    }
}

pub fn room(unit_no: &str, occupant: Option<&str>) -> RoomView {
    RoomView {
        id: RoomId::new(),
        property_id: PropertyId::new(),
        property_name: "Алтан Тауэр".into(),
        floor_id: None,
        floor_number: Some(3),
        unit_no: unit_no.into(),
        kind: RoomKind::Office,
        area_m2: "84.5".parse().expect("a number"),
        view: "Богд уул".into(),
        balcony: false,
        furnished: true,
        price_mode: PriceMode::PerM2,
        base_rent: Money::from_tugrug(25_000),
        deposit_months: 1,
        listed: occupant.is_none(),
        valid_from: None,
        valid_to: None,
        closed_reason: None,
        occupancy: Some(if occupant.is_some() { Occupancy::Let } else { Occupancy::Listed }),
        occupied_by: occupant.map(|tenant| Occupant {
            contract_id: ContractId::new(),
            contract_code: "CT-2026-0007".into(),
            tenant_id: TenantId::new(),
            tenant_name: tenant.into(),
            since: date(2026, 4, 1),
            until: Some(date(2027, 3, 31)),
        }),
        version: 1,
        created_at: moment(),
        updated_at: moment(),
    }
}

pub fn list() -> ContractList {
    let tenants = ["Ундрах Өргөө ХХК", "Э. Сарантуяа", "Хан-Уул Оптик ХХК", "Номин Трейд ХХК", "Б. Отгонбаяр"];
    let units = ["301", "302; 303", "1-05", "B1-12", "204А"];
    let rows =
        (1..=20_i64).zip(tenants.iter().cycle()).zip(units.iter().cycle()).zip(ContractStatus::ALL.iter().cycle());
    let rows = rows.map(|(((number, tenant), units), status)| ContractRow {
        id: ContractId::new(),
        code: format!("CT-2026-{number:04}"),
        status: *status,
        kind: RoomKind::Office,
        property_id: PropertyId::new(),
        property_name: "Алтан Тауэр".into(),
        tenant_id: TenantId::new(),
        tenant_name: (*tenant).to_owned(),
        units: (*units).to_owned(),
        starts_on: date(2026, 4, 1),
        ends_on: (number % 5 != 0).then(|| date(2027, 3, 31)),
        deposit_amount: Money::from_tugrug(640_000 + number * 187_500),
        is_approved: number % 6 != 0,
        version: 1,
    });
    ContractList {
        rows: rows.collect(),
        next: Some("eyJpZCI6IjM2In0".into()),
        totals: ContractTotals { count: 121, deposit_amount: Money::from_tugrug(214_560_000) },
        properties: vec![property()],
    }
}

pub fn contract() -> ContractView {
    let (id, room_id) = (ContractId::new(), RoomId::new());
    let item = |kind, name: &str, basis, tugrug| ContractItemView {
        id: ContractItemId::new(),
        contract_id: id,
        room_id: (kind == ChargeKind::Rent).then_some(room_id),
        kind,
        name: name.into(),
        basis,
        meter_kind: None,
        unit_price: Money::from_tugrug(tugrug),
        vat_mode: VatMode::Included,
        tax_kind: TaxKind::VatAble,
        classification_code: "7211200".into(),
        exemption_code: None,
        valid_from: date(2026, 4, 1),
        valid_to: None,
    };
    ContractView {
        id,
        code: "CT-2026-0007".into(),
        status: ContractStatus::Active,
        kind: RoomKind::Office,
        property_id: PropertyId::new(),
        property_name: "Алтан Тауэр".into(),
        tenant_id: TenantId::new(),
        tenant_name: "Ундрах Өргөө ХХК".into(),
        units: "301".into(),
        starts_on: date(2026, 4, 1),
        ends_on: Some(date(2027, 3, 31)),
        signed_at: Some(moment()),
        renews_contract_id: None,
        terminated_on: None,
        termination_reason: None,
        currency: "MNT".into(),
        deposit_amount: Money::from_tugrug(2_112_500),
        deposit_received: Money::from_tugrug(2_112_500),
        payment_day: 5,
        grace_days: 5,
        penalty_bp: Some(50),
        notes: "Засварыг түрээслэгч өөрөө хийнэ.".into(),
        approved_at: Some(moment()),
        approved_by: None,
        schedule_kind: ScheduleKind::Fixed,
        rooms: vec![ContractRoomView {
            id: ContractRoomId::new(),
            room_id,
            unit_no: "301".into(),
            area_m2: "84.5".parse().expect("a number"),
            from: date(2026, 4, 1),
            to: Some(date(2027, 3, 31)),
        }],
        items: vec![
            item(ChargeKind::Rent, "Түрээс", ChargeBasis::PerM2, 25_000),
            item(ChargeKind::Management, "Менежментийн төлбөр", ChargeBasis::PerM2, 3_000),
            item(ChargeKind::Parking, "Зогсоол, 2 машин", ChargeBasis::Flat, 240_000),
            item(ChargeKind::Discount, "Эхний жилийн хөнгөлөлт", ChargeBasis::Flat, -126_000),
        ],
        increases: vec![
            increase(id, IncreaseKind::Percent, Some(550), Some(12)),
            increase(id, IncreaseKind::Index, None, None),
        ],
        discounts: vec![DiscountView {
            id: ContractDiscountId::new(),
            contract_id: id,
            name: "Шинэ түрээслэгчийн хөнгөлөлт".into(),
            percent_bp: Some(1_000),
            amount: None,
            valid_from: date(2026, 4, 1),
            valid_to: Some(date(2026, 9, 30)),
            reason: "Засварыг өөрөө хийсэн".into(),
            user_id: None,
            created_at: moment(),
        }],
        schedule: Vec::new(),
        version: 3,
        created_at: moment(),
        updated_at: moment(),
    }
}

fn increase(
    contract: ContractId,
    kind: IncreaseKind,
    percent_bp: Option<i32>,
    every_months: Option<i32>,
) -> IncreaseView {
    IncreaseView {
        id: ContractIncreaseId::new(),
        contract_id: contract,
        item_id: ContractItemId::new(),
        name: "Түрээс".into(),
        kind,
        percent_bp,
        amount: None,
        first_on: date(2027, 4, 1),
        every_months,
        until_on: None,
        applied: 0,
        next_on: Some(date(2027, 4, 1)),
    }
}

/// A draft on its way, by a schedule of its own, that nobody has approved yet.
pub fn drafted() -> ContractView {
    let entry = |name: &str, month: i8, tugrug| ScheduleEntryView {
        id: ScheduleEntryId::new(),
        name: name.into(),
        period: Month::new(2026, month).expect("a month"),
        due_on: None,
        amount: Money::from_tugrug(tugrug),
    };
    ContractView {
        status: ContractStatus::Draft,
        signed_at: None,
        approved_at: None,
        schedule_kind: ScheduleKind::Custom,
        schedule: vec![entry("Урьдчилгаа", 11, 5_000_000), entry("2-р төлөлт", 12, 3_000_000)],
        ..contract()
    }
}

/// A draft's page.
pub fn draft_page() -> ContractPage {
    ContractPage::still(drafted())
}

pub fn history() -> HistoryPage {
    let entry = |what, reason: Option<&str>, changes| ContractEntry {
        id: ContractEntryId::new(),
        version: 3,
        recorded_at: moment(),
        user_id: None,
        user_name: (what != What::Increased).then(|| "Г. Нарантуяа".into()),
        role: Role::OwnerAccountant,
        effective_on: date(2026, 12, 1),
        what,
        reason: reason.map(Into::into),
        changes,
    };
    let change = |field: &str, name: Option<&str>, from: Option<&str>, to: Option<&str>| ContractDifference {
        field: field.into(),
        name: name.map(Into::into),
        from: from.map(Into::into),
        to: to.map(Into::into),
    };
    HistoryPage {
        contract: contract(),
        entries: vec![
            entry(
                What::Extended,
                Some("Хүсэлтээр"),
                vec![change("endsOn", None, Some("2026-12-31"), Some("2027-12-31"))],
            ),
            entry(
                What::Increased,
                None,
                vec![
                    change("items.validTo", Some("Түрээс"), None, Some("2026-11-30")),
                    change("items", Some("Түрээс"), None, Some("2637500")),
                ],
            ),
            entry(What::Drafted, None, Vec::new()),
        ],
        next: None,
        day: Some(date(2026, 10, 31)),
        then: Some(contract()),
        form: Form::default().with("asOf", "2026-10-31"),
    }
}

pub fn bill(contract: &ContractView, month: i8, status: InvoiceStatus) -> InvoiceRow {
    let total = Money::from_tugrug(2_480_000);
    let is_paid = status == InvoiceStatus::Paid;
    InvoiceRow {
        id: InvoiceId::new(),
        code: Some(format!("INV-2026-{month:02}07")),
        kind: InvoiceKind::Rent,
        status,
        contract_id: contract.id,
        contract_code: contract.code.clone(),
        tenant_id: contract.tenant_id,
        customer_name: contract.tenant_name.clone(),
        units: contract.units.clone(),
        property_id: contract.property_id,
        period: Month::new(2026, month).expect("a month"),
        issued_on: Some(date(2026, month, 1)),
        due_on: Some(date(2026, month, 10)),
        vat_amount: Money::from_mungo(22_545_455),
        total,
        paid_amount: if is_paid { total } else { Money::ZERO },
        balance: if is_paid { Money::ZERO } else { total },
        version: 1,
        standing: None,
    }
}

pub fn contract_page() -> ContractPage {
    let contract = contract();
    let bills = [(11, InvoiceStatus::Issued), (10, InvoiceStatus::Overdue), (9, InvoiceStatus::Paid)];
    ContractPage {
        invoices: bills.map(|(month, status)| bill(&contract, month, status)).into(),
        documents: Documents { contract: contract.id, documents: documents::sample::documents(contract.id) },
        contract,
        has_more_invoices: true,
    }
}

/// Come back because somebody else was faster.
pub fn edit() -> Edit {
    let mut form = Form::default()
        .with("version", 2)
        .with("endsOn", "2027-03-31")
        .with("depositAmount", "2.1125 сая")
        .with("paymentDay", 5)
        .with("graceDays", 5)
        .with("penaltyBp", "0.5");
    form.trouble(Reader::default().say("conflict-version"));
    Edit { contract: contract(), form, is_stale: true }
}

/// Come back because the room is let already.
pub fn draft() -> Draft {
    let mut form = Form::default()
        .with("tenant", "Ундрах Өргөө ХХК · 5123457")
        .with("rooms", "301")
        .with("unitPrice", "25 000")
        .with("basis", "per_m2")
        .with("startsOn", "2026-12-01")
        .with("paymentDay", 5);
    form.remark("rooms", Reader::default().say_with("conflict-overlap", &[("code", "CT-2026-0007".into())]));
    let property = property();
    Draft {
        properties: vec![property.clone()],
        property: Some(property),
        tenants: vec![tenant("Ундрах Өргөө ХХК", "5123457"), tenant("Хан-Уул Оптик ХХК", "2754312")],
        rooms: vec![room("301", Some("Хан-Уул Оптик ХХК")), room("302", None)],
        form,
    }
}

/// The building is still to be chosen.
pub fn draft_building() -> Draft {
    Draft { property: None, properties: vec![property(), property()], form: Form::default(), ..draft() }
}
