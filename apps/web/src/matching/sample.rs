//! Bank lines to look at.

use domain::{
    BankAccountId, BankTransactionId, ContractId, InvoiceId, Money, Month, PaymentId, TenantId,
    bank::{Bank, LineState, Precision},
    matching::{Basis, Clue},
};
use jiff::civil::date;
use wire::{
    matching::{MatchingCandidate, MatchingLine, MatchingPayment, MatchingReason, MatchingTotal, MatchingUndoing},
    payments::AllocationView,
};

use super::{MatchingLinePage, MatchingPage};
use crate::ui::form::Form;

fn reason(clue: Clue, word: &str) -> MatchingReason {
    MatchingReason { clue, word: word.into() }
}

/// The `number`th line of a list, probable with two bills.
pub fn line(number: i64) -> MatchingLine {
    let offer = |place: i64| MatchingCandidate {
        invoice_id: InvoiceId::new(),
        invoice_code: format!("INV-2026-{:06}", 40 + number * 2 + place),
        period: Month::of(date(2026, 10, 1)),
        due_on: date(2026, 10, 15),
        open: Money::from_tugrug(1_991_800),
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0065".into(),
        units: "A-203".into(),
        tenant_id: TenantId::new(),
        tenant_name: "Ө.Номин".into(),
        reasons: vec![reason(Clue::UnitNamed, "A-203"), reason(Clue::AmountLess, "")],
    };
    MatchingLine {
        id: BankTransactionId::new(),
        account_id: BankAccountId::new(),
        bank: Bank::Khan,
        account_number: "5000123456".into(),
        posted_at: "2026-10-14T13:25:09Z".parse().expect("a moment"),
        precision: Precision::Second,
        amount: Money::from_tugrug(795_000 + number * 1_000),
        description: "A-203 TOOT, 10-r sariin turees үлдэгдэл".into(),
        counter_account: Some("1487180663".into()),
        counter_name: Some("U.NOMIN".into()),
        state: LineState::Probable,
        basis: Some(Basis::Misfit),
        reasons: vec![reason(Clue::UnitNamed, "A-203")],
        candidates: vec![offer(0), offer(1)],
        payments: vec![],
        reverses_id: None,
        note: String::new(),
        version: 1,
    }
}

impl MatchingPage {
    pub fn probable_sample() -> MatchingPage {
        let total = |state, count, tugrug| MatchingTotal { state, count, amount: Money::from_tugrug(tugrug) };
        MatchingPage {
            state: LineState::Probable,
            lines: (1..=6).map(line).collect(),
            next: Some("eyJpZCI6IjYifQ".into()),
            totals: vec![
                total(LineState::Unknown, 74, 91_220_000),
                total(LineState::Probable, 50, 104_880_400),
                total(LineState::Linked, 80, 185_152_402),
                total(LineState::Ignored, 189, -281_000_000),
            ],
            is_grid: false,
        }
    }

    pub fn grid_sample() -> MatchingPage {
        MatchingPage { is_grid: true, ..MatchingPage::probable_sample() }
    }

    pub fn empty_sample() -> MatchingPage {
        MatchingPage { state: LineState::Unknown, lines: vec![], next: None, ..MatchingPage::probable_sample() }
    }
}

impl MatchingLinePage {
    pub fn probable_sample() -> MatchingLinePage {
        MatchingLinePage { line: line(1), undoing: None, form: Form::default() }
    }

    pub fn linked_sample() -> MatchingLinePage {
        let amount = Money::from_tugrug(796_000);
        let part =
            AllocationView { invoice_id: InvoiceId::new(), invoice_code: Some("INV-2026-000071".into()), amount };
        let payment = MatchingPayment {
            payment_id: PaymentId::new(),
            tenant_id: TenantId::new(),
            tenant_name: "Ө.Номин".into(),
            amount,
            credit: Money::ZERO,
            allocations: vec![part.clone()],
        };
        let linked = MatchingLine {
            state: LineState::Linked,
            basis: Some(Basis::Hand),
            candidates: vec![],
            payments: vec![payment.clone()],
            ..line(1)
        };
        let undoing = MatchingUndoing {
            line_id: linked.id,
            payments: vec![payment],
            reopened: vec![part],
            receipts: 1,
            senders: 1,
            locked_month: None,
        };
        MatchingLinePage { line: linked, undoing: Some(undoing), form: Form::default() }
    }
}
