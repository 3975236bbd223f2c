//! Text messages to tenants: a bill was issued, money came in, the owner knows them or does not. The news comes from
//! below; here it is put into words and sent, each once.

mod latin;
mod news;
mod queries;
mod send;
mod tenant_links;
mod texts;

use base::Slice;

pub use self::{
    news::{TellOfInvoice, TellOfPayment},
    tenant_links::TellOfTenantLink,
};

pub fn slice() -> Slice {
    Slice::new("sms").job::<TellOfInvoice>().job::<TellOfPayment>().job::<TellOfTenantLink>()
}
