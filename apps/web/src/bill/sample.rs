//! Bills to look at: open, being prepared, and paid.

use domain::{Money, Month, receipt::ReceiptStatus};
use jiff::civil::date;

use super::*;

impl BillPage {
    /// Nine days before it is due, with every way to pay.
    pub fn open_sample() -> BillPage {
        let line = |text: &str, tugrug, made: &[&str]| BillLine {
            text: text.to_owned(),
            amount: Money::from_tugrug(tugrug),
            made: made.iter().map(|step| (*step).to_owned()).collect(),
        };
        let bank = |name: &str, scheme: &str| BankLink {
            name: name.to_owned(),
            href: format!("{scheme}://q?qPay_QRcode=0002010102121531279404962794049600000000KHANMN"),
        };
        BillPage {
            owner: "Алтан Тауэр ХХК".into(),
            owner_phone: Some("77110011".into()),
            code: "INV-2026-001234".into(),
            tenant: "Ундрах Өргөө ХХК".into(),
            space: "Алтан Тауэр, 301 тоот".into(),
            month: Month::new(2026, 11).expect("a month"),
            issued_on: date(2026, 11, 10),
            due_on: date(2026, 12, 1),
            state: BillState::Open { days_left: 9 },
            lines: vec![
                line("Түрээс, 301 тоот", 2_112_500, &["84.5 м² × 25 000 ₮ = 2 112 500 ₮", "30 хоногоос 30 хоног", "НӨАТ багтсан: 192 045.45 ₮"]),
                line("Менежментийн төлбөр", 253_500, &["84.5 м² × 3 000 ₮ = 253 500 ₮"]),
                line("Зогсоол, 2 машин", 240_000, &["2 × 120 000 ₮ = 240 000 ₮"]),
                line("Хөнгөлөлт", -126_000, &["Гэрээний хөнгөлөлт: 126 000 ₮"]),
            ],
            vat: Money::from_mungo(22_545_455),
            total: Money::from_tugrug(2_480_000),
            paid: Money::ZERO,
            open: Money::from_tugrug(2_480_000),
            corrected: Money::ZERO,
            corrections: String::new(),
            previous: Money::ZERO,
            credit: Money::ZERO,
            qpay: Qpay::Ready {
                qr: "0002010102121531279404962794049600000000KHANMN52046010530349654072480000.005802MN5911ALTAN TOWER6011Ulaanbaatar62240720INV-2026-001234-00016304A1B2".into(),
                banks: vec![
                    bank("Хаан банк", "khanbank"),
                    bank("Голомт банк", "golomtbank"),
                    bank("Худалдаа хөгжлийн банк", "tdbbank"),
                    bank("Хас банк", "xacbank"),
                    bank("Төрийн банк", "statebank"),
                    bank("Монпэй", "monpay"),
                ],
            },
            accounts: vec![Account {
                bank: "Хаан банк".into(),
                number: "5001234567".into(),
                holder: "Алтан Тауэр ХХК".into(),
                reference: "INV-2026-001234".into(),
            }],
            receipts: Vec::new(),
            awaits_receipt: false,
            href: "/i/sample".into(),
        }
    }

    /// Before anybody has asked for a QR.
    pub fn offered_sample() -> BillPage {
        BillPage { qpay: Qpay::Offered { has_failed: false }, ..BillPage::open_sample() }
    }

    /// Half paid and late, while QPay is still being asked for a code.
    pub fn late_sample() -> BillPage {
        BillPage {
            state: BillState::Open { days_left: -12 },
            due_on: date(2026, 11, 10),
            qpay: Qpay::Preparing,
            paid: Money::from_tugrug(1_000_000),
            open: Money::from_tugrug(1_480_000),
            corrected: Money::ZERO,
            corrections: String::new(),
            previous: Money::ZERO,
            credit: Money::ZERO,
            ..BillPage::open_sample()
        }
    }

    /// Paid, with the tax receipt and its lottery number.
    pub fn paid_sample() -> BillPage {
        let at = "2026-11-22T06:05:00Z".parse().expect("a moment");
        BillPage {
            state: BillState::Paid { at },
            paid: Money::from_tugrug(2_480_000),
            open: Money::ZERO,
            corrected: Money::ZERO,
            corrections: String::new(),
            previous: Money::ZERO,
            credit: Money::ZERO,
            receipts: vec![TaxReceipt {
                status: ReceiptStatus::Sent,
                amount: Money::from_tugrug(2_480_000),
                number: "000000512340000260112205000000123".into(),
                lottery: Some("УЖ 48213906".into()),
                qr: Some("1482139064821390648213906482139064821390648213906482139064821390648213906".into()),
                issued_at: Some("2026-11-22 14:05:37".into()),
            }],
            ..BillPage::open_sample()
        }
    }
}
