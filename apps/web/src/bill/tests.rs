//! The bill says what is owed, keeps asking until it is paid, and runs nothing a provider sends.

use super::*;
use crate::{page::Page, reader::Reader};

fn shown(page: &BillPage) -> String {
    page.render(&Reader::default()).0
}

#[test]
fn an_open_bill_asks_again_until_it_is_paid_and_receipted() {
    assert!(shown(&BillPage::open_sample()).contains(r#"hx-get="/i/sample""#));
    let mut paid = BillPage::paid_sample();
    assert!(!shown(&paid).contains("hx-get"));
    paid.awaits_receipt = true;
    assert!(shown(&paid).contains("hx-get"));
}

#[test]
fn a_paid_bill_offers_no_way_to_pay_again() {
    let paid = shown(&BillPage::paid_sample());
    assert!(!paid.contains("khanbank://") && !paid.contains("5001234567"));
    assert!(paid.contains("УЖ 48213906"));
    let void = shown(&BillPage { state: BillState::Void, ..BillPage::open_sample() });
    assert!(!void.contains("khanbank://") && !void.contains("hx-get"));
}

#[test]
fn a_link_that_would_run_is_left_out() {
    let mut bill = BillPage::open_sample();
    let Qpay::Ready { banks, .. } = &mut bill.qpay else { panic!("the sample can be paid") };
    banks.truncate(1);
    for href in ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,x", "nonsense"] {
        let Qpay::Ready { banks, .. } = &mut bill.qpay else { panic!("the sample can be paid") };
        banks[0].href = href.to_owned();
        assert!(!shown(&bill).contains(r#"class="bank""#), "{href}");
    }
}

#[test]
fn the_copied_amount_is_one_a_bank_takes() {
    let bill = BillPage { open: Money::from_mungo(71_213_492), ..BillPage::open_sample() };
    assert!(shown(&bill).contains(r#"data-copy="712134.92""#));
    assert!(shown(&BillPage::open_sample()).contains(r#"data-copy="2480000""#));
}
