//! Payments to look at.

use domain::{
    InvoiceId, Money, PaymentId, TenantId,
    payment::{PaymentMethod, PaymentStatus},
    rooms::TenantKind,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use wire::{
    payments::{AllocationView, PaymentTotals, PaymentView},
    tenants::TenantView,
};

use super::{NewPaymentPage, PaymentList, PaymentPage};
use crate::ui::form::Form;

const TENANTS: [&str; 4] = ["Ундрах Өргөө ХХК", "Э. Сарантуяа", "Хан-Уул Оптик ХХК", "Б. Отгонбаяр"];

impl PaymentList {
    pub fn full_sample() -> PaymentList {
        let rows: Vec<PaymentView> = (1..=14).map(payment).collect();
        let sum = |of: fn(&PaymentView) -> Money| Money::sum(rows.iter().map(of)).expect("a sample's sum fits");
        let totals = PaymentTotals { count: 61, amount: sum(|row| row.amount), credit: sum(|row| row.credit) };
        PaymentList { rows, next: Some("eyJpZCI6IjE0In0".into()), totals: Some(totals), opened: None }
    }

    pub fn with_panel() -> PaymentList {
        PaymentList { opened: Some(payment(3)), ..PaymentList::full_sample() }
    }

    pub fn empty_sample() -> PaymentList {
        PaymentList { rows: Vec::new(), next: None, totals: None, opened: None }
    }
}

impl PaymentPage {
    /// More came in than was owed.
    pub fn credit_sample() -> PaymentPage {
        PaymentPage { payment: payment(3), reversal: Form::default() }
    }

    pub fn reversal_sample() -> PaymentPage {
        PaymentPage { payment: payment(5), reversal: Form::default() }
    }
}

/// The `number`th payment of a list: every third leaves a credit, the fifth takes one back.
pub fn payment(number: i64) -> PaymentView {
    let first: Timestamp = "2026-11-20T09:41:00Z".parse().expect("a moment");
    let paid_at = first - SignedDuration::from_hours(7 * number);
    let is_reversal = number == 5;
    let amount = Money::from_tugrug(if is_reversal { -1_200_000 } else { 640_000 + number * 187_500 });
    let credit = if number % 3 == 0 { Money::from_tugrug(150_000) } else { Money::ZERO };
    let allocated = amount.checked_sub(credit).expect("the credit is a part of the amount");
    let place = usize::try_from(number).unwrap_or_default();
    PaymentView {
        id: PaymentId::new(),
        tenant_id: TenantId::new(),
        tenant_name: TENANTS[place % TENANTS.len()].into(),
        method: PaymentMethod::ALL[place % 4],
        amount,
        allocated,
        credit,
        paid_at,
        payer: "Э.Сарантуяа".into(),
        provider_reference: (number % 2 == 0).then(|| format!("76543210{number}")),
        status: if number == 6 { PaymentStatus::Reversed } else { PaymentStatus::Recorded },
        reverses_id: is_reversal.then(PaymentId::new),
        note: String::new(),
        allocations: vec![AllocationView {
            invoice_id: InvoiceId::new(),
            invoice_code: Some(format!("INV-2026-{:04}", 100 + number)),
            amount: allocated,
        }],
        created_at: paid_at,
    }
}

impl NewPaymentPage {
    /// Come back: an amount that can't be read.
    pub fn refused_sample() -> NewPaymentPage {
        let open: Vec<_> = (1..=3).map(crate::invoices::sample::row).collect();
        let mut form =
            Form::default().with("amount", "1.250").with("paidOn", date(2026, 11, 22)).with("method", "cash");
        form.remark("amount", "Мөнгөн дүн буруу байна. Жишээ нь: 1 250 000 эсвэл 1.25 сая");
        NewPaymentPage::Write { tenant: Box::new(tenant(0)), open, form }
    }

    pub fn choose_sample() -> NewPaymentPage {
        NewPaymentPage::Choose { tenants: (0..TENANTS.len()).map(tenant).collect() }
    }
}

/// A tenant who pays.
pub fn tenant(place: usize) -> TenantView {
    let made: Timestamp = "2026-01-01T03:20:00Z".parse().expect("a moment");
    TenantView {
        id: TenantId::new(),
        kind: TenantKind::Company,
        name: TENANTS[place].into(),
        register_no: Some("2741253".into()),
        tin: None,
        director: None,
        phone: Some("99110001".into()),
        second_phone: None,
        email: None,
        version: 1,
        created_at: made,
        updated_at: made,
    }
}
