//! Invoices to look at.

use domain::{
    ContractId, InvoiceId, InvoiceItemId, ListViewId, Money, Month, PaymentId, PropertyId, ReceiptId, TenantId,
    contract::{ContractStatus, ScheduleKind, TaxKind},
    invoice::{InvoiceKind, InvoiceStatus},
    list_view::InvoiceColumn,
    payment::PaymentMethod,
    receipt::{ReceiptStatus, ReceiptType},
    rooms::RoomKind,
};
use jiff::{Timestamp, civil::date};
use rust_decimal::Decimal;
use wire::{
    contracts::{ContractRow, ContractView},
    invoices::{
        InvoiceFilter, InvoiceItemView, InvoicePaymentView, InvoiceRow, InvoiceStanding, InvoiceTotals, InvoiceView,
        ReceiptView,
    },
    list_views::InvoiceListView,
};

use super::{InvoiceList, InvoicePage, NewInvoicePage};
use crate::ui::form::Form;

const TENANTS: [&str; 6] = [
    "Ундрах Өргөө ХХК",
    "Э. Сарантуяа",
    "Хан-Уул Оптик ХХК",
    "Номин Трейд ХХК",
    "Б. Отгонбаяр",
    "Төгс Дизайн Студи ХХК",
];

impl InvoiceList {
    pub fn full_sample() -> InvoiceList {
        let rows: Vec<InvoiceRow> = (1..=24).map(row).collect();
        let sum = |of: fn(&InvoiceRow) -> Money| Money::sum(rows.iter().map(of)).expect("a sample's sum fits");
        let totals = InvoiceTotals {
            count: 88,
            vat_amount: sum(|row| row.vat_amount),
            total: sum(|row| row.total),
            paid_amount: sum(|row| row.paid_amount),
            balance: sum(|row| row.balance),
        };
        InvoiceList {
            rows,
            next: Some("eyJpZCI6IjI0In0".into()),
            totals: Some(totals),
            buildings: Vec::new(),
            opened: None,
            views: vec![kept_view()],
            today: date(2026, 11, 22),
        }
    }

    pub fn with_panel() -> InvoiceList {
        InvoiceList { opened: Some(invoice()), ..InvoiceList::full_sample() }
    }

    pub fn empty_sample() -> InvoiceList {
        InvoiceList { rows: Vec::new(), next: None, totals: None, ..InvoiceList::full_sample() }
    }
}

/// The `number`th invoice of a list; every status comes in turn.
pub fn row(number: i64) -> InvoiceRow {
    let status = InvoiceStatus::ALL[usize::try_from(number).unwrap_or_default() % InvoiceStatus::ALL.len()];
    let total = Money::from_tugrug(640_000 + number * 187_500);
    let vat_amount = Money::from_mungo(total.mungo() / 11);
    let paid_amount = match status {
        InvoiceStatus::Paid => total,
        InvoiceStatus::PartiallyPaid => Money::from_tugrug(300_000),
        _ => Money::ZERO,
    };
    InvoiceRow {
        id: InvoiceId::new(),
        code: (status != InvoiceStatus::Draft).then(|| format!("INV-2026-{number:04}")),
        kind: InvoiceKind::Rent,
        status,
        contract_id: ContractId::new(),
        contract_code: format!("CT-2026-{number:04}"),
        tenant_id: TenantId::new(),
        customer_name: TENANTS[usize::try_from(number).unwrap_or_default() % TENANTS.len()].into(),
        units: format!("{}", 100 + number),
        property_id: PropertyId::new(),
        period: Month::new(2026, 11).expect("a month"),
        issued_on: (status != InvoiceStatus::Draft).then(|| date(2026, 11, 1)),
        due_on: (status != InvoiceStatus::Draft).then(|| date(2026, 11, 10)),
        vat_amount,
        total,
        paid_amount,
        balance: total.checked_sub(paid_amount).expect("less than the total was paid"),
        version: 1,
        standing: Some(InvoiceStanding {
            penalty: if number % 5 == 0 { Money::from_tugrug(12_500) } else { Money::ZERO },
            sending: (status != InvoiceStatus::Draft).then(|| "delivered".to_owned()),
            receipt: (status == InvoiceStatus::Paid).then_some(ReceiptStatus::Sent),
            reminded_stage: (number % 5 == 0).then_some(2),
            reminded_on: (number % 5 == 0).then(|| date(2026, 11, 18)),
        }),
    }
}

/// A view that a colleague shares.
fn kept_view() -> InvoiceListView {
    InvoiceListView {
        id: ListViewId::new(),
        name: "Том өртэй".into(),
        filter: InvoiceFilter {
            overdue: Some(true),
            min_total: Some(Money::from_tugrug(1_000_000)),
            ..InvoiceFilter::default()
        },
        columns: vec![InvoiceColumn::Code, InvoiceColumn::Tenant, InvoiceColumn::Balance],
        shared: true,
        mine: false,
        made_by: Some("Г. Нарантуяа".into()),
        updated_at: "2026-11-10T01:00:05Z".parse().expect("a moment"),
    }
}

impl InvoicePage {
    pub fn part_paid_sample() -> InvoicePage {
        InvoicePage {
            invoice: invoice(),
            today: date(2026, 11, 22),
            cancellation: Form::default(),
            correction: Form::default(),
            write_off: Form::default(),
            write_offs: Vec::new(),
        }
    }

    /// A draft whose cancellation came back.
    pub fn draft_sample() -> InvoicePage {
        let mut cancellation = Form::default();
        cancellation.remark("reason", "Заавал бөглөнө үү.");
        let invoice = InvoiceView {
            code: None,
            status: InvoiceStatus::Draft,
            issued_on: None,
            due_on: None,
            paid_amount: Money::ZERO,
            balance: Money::from_tugrug(4_752_000),
            payments: Vec::new(),
            receipts: Vec::new(),
            link_url: None,
            ..invoice()
        };
        InvoicePage {
            invoice,
            today: date(2026, 11, 22),
            cancellation,
            correction: Form::default(),
            ..InvoicePage::part_paid_sample()
        }
    }
}

/// A bill of which a part was paid.
pub fn invoice() -> InvoiceView {
    let paid_at: Timestamp = "2026-11-12T03:20:00Z".parse().expect("a moment");
    let item = |description: &str, quantity, price, amount, tax_kind, tax, how: &str| InvoiceItemView {
        id: InvoiceItemId::new(),
        description: description.into(),
        quantity,
        unit_price: Money::from_tugrug(price),
        amount: Money::from_tugrug(amount),
        tax_kind,
        tax: Money::from_tugrug(tax),
        how: how.into(),
    };
    let items = vec![
        item("Түрээс, 301", Decimal::new(1245, 1), 33_000, 4_108_500, TaxKind::VatAble, 373_500, "124.5 м² × 33 000 ₮"),
        item("Менежментийн төлбөр", Decimal::ONE, 443_500, 443_500, TaxKind::VatAble, 40_318, "Сард 443 500 ₮"),
        item("Зогсоол", Decimal::TWO, 100_000, 200_000, TaxKind::NotVat, 0, "2 × 100 000 ₮"),
    ];
    InvoiceView {
        id: InvoiceId::new(),
        code: Some("INV-2026-0101".into()),
        kind: InvoiceKind::Rent,
        status: InvoiceStatus::PartiallyPaid,
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0042".into(),
        tenant_id: TenantId::new(),
        customer_name: "Ундрах Өргөө ХХК".into(),
        customer_register_no: Some("2741253".into()),
        customer_tin: Some("37900846788".into()),
        units: "301; 302".into(),
        property_id: PropertyId::new(),
        period: Month::new(2026, 11).expect("a month"),
        issued_on: Some(date(2026, 11, 1)),
        due_on: Some(date(2026, 11, 10)),
        subtotal: Money::from_tugrug(4_338_182),
        vat_amount: Money::from_tugrug(413_818),
        city_tax_amount: Money::ZERO,
        total: Money::from_tugrug(4_752_000),
        paid_amount: Money::from_tugrug(2_000_000),
        balance: Money::from_tugrug(2_752_000),
        corrects_id: None,
        corrects_code: None,
        corrections: Vec::new(),
        previous_balance: Money::from_tugrug(250_000),
        credit: Some(Money::ZERO),
        note: String::new(),
        items,
        payments: vec![InvoicePaymentView {
            payment_id: PaymentId::new(),
            method: PaymentMethod::Qpay,
            paid_at,
            amount: Money::from_tugrug(2_000_000),
        }],
        receipts: vec![ReceiptView {
            id: ReceiptId::new(),
            kind: ReceiptType::ALL[1],
            status: ReceiptStatus::Sent,
            amount: Money::from_tugrug(2_000_000),
            vat_amount: Money::from_tugrug(181_818),
            receipt_no: Some("030101379008467880000011110017250".into()),
            provider_date: Some("2026-11-12 11:20:31".into()),
        }],
        link_url: Some("https://app.example.mn/i/4f1c9a7be2".into()),
        version: 3,
        created_at: paid_at,
        updated_at: paid_at,
    }
}

impl NewInvoicePage {
    /// Come back: an amount that can't be read.
    pub fn refused_sample() -> NewInvoicePage {
        let NewInvoicePage::Write { contract, form } = NewInvoicePage::blank(contract(), date(2026, 11, 22)) else {
            return NewInvoicePage::choose_sample();
        };
        let mut form = form.with("description-0", "Нэмэлт цэвэрлэгээ").with("unitPrice-0", "1.250");
        form.remark("unitPrice-0", "Мөнгөн дүн буруу байна. Жишээ нь: 1 250 000 эсвэл 1.25 сая");
        NewInvoicePage::Write { contract, form }
    }

    pub fn choose_sample() -> NewInvoicePage {
        let contracts = (1..).zip(TENANTS).map(|(number, tenant)| ContractRow {
            id: ContractId::new(),
            code: format!("CT-2026-{number:04}"),
            status: ContractStatus::Active,
            kind: RoomKind::Office,
            property_id: PropertyId::new(),
            property_name: "Алтан Тауэр".into(),
            tenant_id: TenantId::new(),
            tenant_name: tenant.into(),
            units: format!("{}", 300 + number),
            starts_on: date(2026, 1, 1),
            ends_on: Some(date(2026, 12, 31)),
            deposit_amount: Money::ZERO,
            is_approved: true,
            version: 1,
        });
        NewInvoicePage::Choose { contracts: contracts.collect() }
    }
}

/// The contract an invoice is written for.
pub fn contract() -> ContractView {
    let made: Timestamp = "2026-01-01T03:20:00Z".parse().expect("a moment");
    ContractView {
        id: ContractId::new(),
        code: "CT-2026-0042".into(),
        status: ContractStatus::Active,
        kind: RoomKind::Office,
        property_id: PropertyId::new(),
        property_name: "Алтан Тауэр".into(),
        tenant_id: TenantId::new(),
        tenant_name: "Ундрах Өргөө ХХК".into(),
        units: "301; 302".into(),
        starts_on: date(2026, 1, 1),
        ends_on: Some(date(2026, 12, 31)),
        signed_at: Some(made),
        renews_contract_id: None,
        terminated_on: None,
        termination_reason: None,
        currency: "MNT".into(),
        deposit_amount: Money::ZERO,
        deposit_received: Money::ZERO,
        payment_day: 10,
        grace_days: 5,
        penalty_bp: None,
        notes: String::new(),
        approved_at: Some(made),
        approved_by: None,
        schedule_kind: ScheduleKind::Fixed,
        rooms: Vec::new(),
        items: Vec::new(),
        increases: Vec::new(),
        discounts: Vec::new(),
        schedule: Vec::new(),
        version: 1,
        created_at: made,
        updated_at: made,
    }
}
