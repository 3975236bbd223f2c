//! Text messages: a bill was issued, money came in, the owner knows a tenant or does not, somebody signs in. The news
//! comes from below; here it is put into words and sent, each once.

mod codes;
mod latin;
mod news;
mod queries;
mod send;
mod tenant_links;
mod texts;

use base::Slice;

pub use self::{
    codes::TellCode,
    news::{TellOfInvoice, TellOfPayment},
    tenant_links::TellOfTenantLink,
};

pub fn slice() -> Slice {
    Slice::new("sms").job::<TellOfInvoice>().job::<TellOfPayment>().job::<TellOfTenantLink>().job::<TellCode>()
}
