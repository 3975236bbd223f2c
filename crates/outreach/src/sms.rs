//! Text messages: a bill was issued, money came in, a contract ends, a bill is
//! overdue, the owner knows a tenant or does not, somebody signs in. The news
//! comes from below; here it is put into words and sent, each once.

pub(crate) mod bulk;
mod codes;
mod contract_ending;
mod news;
mod queries;
mod reminders;
mod send;
mod tenant_links;
mod texts;

use base::Slice;

pub use self::{
    codes::TellCode,
    contract_ending::TellOfContractEnd,
    news::{TellOfInvoice, TellOfPayment},
    reminders::TellOfReminder,
    tenant_links::TellOfTenantLink,
};

pub fn slice() -> Slice {
    Slice::new("sms")
        .job::<TellOfInvoice>()
        .job::<TellOfPayment>()
        .job::<TellOfTenantLink>()
        .job::<TellCode>()
        .job::<TellOfContractEnd>()
        .job::<TellOfReminder>()
}
