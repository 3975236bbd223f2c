//! Bulk orders to look at.

use domain::{
    BulkOrderId, InvoiceId, Money,
    bulk::{BulkItemStatus, BulkVerb},
};
use wire::{
    bulk::{BulkItemView, BulkLeftOut, BulkOrderView, BulkPreview, BulkRecipient, BulkTexts},
    invoices::InvoiceFilter,
};

use super::{BulkConfirm, BulkList, BulkPage};
use crate::ui::form::Form;

fn order(verb: BulkVerb, done: i64, failed: i64, waiting: i64) -> BulkOrderView {
    BulkOrderView {
        id: BulkOrderId::new(),
        verb,
        reason: if verb == BulkVerb::Correct { "Талбайн хэмжээ буруу".into() } else { String::new() },
        count: done + failed + waiting,
        total: Money::from_tugrug(48_250_000),
        waiting,
        done,
        failed,
        parts: if verb.sends() { done * 2 } else { 0 },
        made_by: Some("Д. Нарантуяа".into()),
        created_at: "2026-11-22T03:15:00Z".parse().expect("a moment"),
    }
}

impl BulkConfirm {
    pub fn remind_sample() -> BulkConfirm {
        let recipients = (1..=12).map(|n| BulkRecipient {
            invoice_id: InvoiceId::new(),
            code: Some(format!("INV-2026-{:06}", 1200 + n)),
            customer_name: format!("Түрээслэгч {n} ХХК"),
            units: format!("{}", 300 + n),
            phone: Some(format!("991100{n:02}")),
            amount: Money::from_tugrug(1_250_000 + n * 10_000),
            parts: Some(2),
        });
        let preview = BulkPreview {
            verb: BulkVerb::Remind,
            chosen: 19,
            count: 16,
            total: Money::from_tugrug(48_250_000),
            balance: Money::from_tugrug(31_900_000),
            left_out: vec![BulkLeftOut {
                reason: "NO_PHONE".into(),
                sentence: "Түрээслэгчийн утасны дугаар алга".into(),
                count: 3,
            }],
            recipients: recipients.collect(),
            phones: 15,
            texts: Some(BulkTexts { parts: 32, price: Money::from_tugrug(55), cost: Money::from_tugrug(1_760) }),
        };
        let back = "/invoices?overdue=true".to_owned();
        BulkConfirm { preview, filter: InvoiceFilter::default(), stage: None, back, form: Form::default() }
    }

    pub fn correct_sample() -> BulkConfirm {
        let mut page = BulkConfirm::remind_sample();
        page.preview.verb = BulkVerb::Correct;
        page.preview.texts = None;
        page
    }
}

impl BulkPage {
    pub fn running_sample() -> BulkPage {
        let item = |n: i64, status, sentence: Option<&str>| BulkItemView {
            invoice_id: InvoiceId::new(),
            code: Some(format!("INV-2026-{:06}", 1200 + n)),
            customer_name: format!("Түрээслэгч {n} ХХК"),
            units: format!("{}", 300 + n),
            phone: Some(format!("991100{n:02}")),
            total: Money::from_tugrug(1_250_000 + n * 10_000),
            status,
            reason: sentence.map(|_| "SMS_REFUSED".into()),
            sentence: sentence.map(str::to_owned),
            result_id: None,
            result_code: None,
            updated_at: "2026-11-22T03:15:04Z".parse().expect("a moment"),
        };
        let items = vec![
            item(1, BulkItemStatus::Done, None),
            item(2, BulkItemStatus::Failed, Some("Оператор мессежийг хүлээж аваагүй")),
            item(3, BulkItemStatus::Waiting, None),
        ];
        BulkPage { order: order(BulkVerb::Send, 1, 1, 1), items, next: None, status: None }
    }

    pub fn ended_sample() -> BulkPage {
        let running = BulkPage::running_sample();
        BulkPage { order: order(BulkVerb::Send, 2, 1, 0), ..running }
    }
}

impl BulkList {
    pub fn some_sample() -> BulkList {
        let orders = vec![
            order(BulkVerb::Remind, 14, 2, 0),
            order(BulkVerb::Issue, 88, 0, 0),
            order(BulkVerb::Print, 88, 0, 0),
            order(BulkVerb::Correct, 1, 0, 0),
        ];
        BulkList { orders, next: None }
    }
}
