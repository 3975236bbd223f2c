//! The tax receipt of a payment: one for each invoice it was put on, issued once, its lottery number shown and forgotten.

mod forget;
mod give_back;
mod issue;
mod lines;
mod lottery;
mod queries;
mod sale;
mod send;

use base::{Error, Result, Slice, Tx, cron::Cron, cron::Schedule};
use domain::ReceiptId;
use jiff::Timestamp;
use tokio_postgres::Row;
use wire::links::LinkedReceipt;

pub(crate) use self::queries::OF_INVOICE;
pub use self::{
    forget::{ForgetNumbers, ReceiptShown},
    give_back::GiveBackReceipt,
    issue::IssueReceipt,
    send::SendReceipt,
};
use crate::clockwork;

pub fn slice() -> Slice {
    let clock = Cron::new("receipts.forget", Schedule::Hourly, async |app, _| {
        clockwork::promise_to_owners(&app, None, &ForgetNumbers {}).await
    });
    let slice = Slice::new("receipts").job::<IssueReceipt>().job::<SendReceipt>().job::<GiveBackReceipt>();
    slice.job::<ReceiptShown>().job::<ForgetNumbers>().cron(clock)
}

/// A receipt on its tenant's page.
pub(crate) struct OnPage {
    pub id: ReceiptId,
    pub view: LinkedReceipt,
    shown_at: Option<Timestamp>,
}

impl OnPage {
    /// The lottery number or the QR is on a page that had neither before.
    pub fn is_first_showing(&self) -> bool {
        self.shown_at.is_none() && (self.view.lottery.is_some() || self.view.qr_data.is_some())
    }
}

/// A row of [`OF_INVOICE`] with what is sealed in it, while that may be shown.
pub(crate) fn for_tenant(tx: &Tx, row: &Row) -> Result<OnPage> {
    let id: ReceiptId = row.get("id");
    let shown_at: Option<Timestamp> = row.get("shown_at");
    let sealed: Option<&[u8]> = row.get("sealed");
    let open = sealed.filter(|_| lottery::may_be_shown(row.get("sent_at"), shown_at, tx.clock().now()));
    let numbers = open.map(|sealed| lottery::open(&tx.app().key, id, sealed)).transpose().map_err(Error::Internal)?;
    let (lottery, qr_data) = numbers.map_or((None, None), |numbers| (numbers.lottery, numbers.qr_data));
    let view = LinkedReceipt {
        status: row.get("status"),
        receipt_no: row.get("receipt_no"),
        amount: row.get("amount"),
        vat_amount: row.get("vat_amount"),
        provider_date: row.get("provider_date"),
        lottery,
        qr_data,
    };
    Ok(OnPage { id, view, shown_at })
}
