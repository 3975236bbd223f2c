//! Text messages: a bill was issued, money came in, somebody signs in. The news comes from billing; here it is put into words
//! and sent, each once.

mod codes;
mod latin;
mod news;
mod queries;
mod send;
mod texts;

use base::Slice;

pub use self::codes::TellCode;
pub use self::news::{TellOfInvoice, TellOfPayment};

pub fn slice() -> Slice {
    Slice::new("sms").job::<TellOfInvoice>().job::<TellOfPayment>().job::<TellCode>()
}
