//! What the clock sets off for many owners is a promise for each, so that one owner's trouble is not another's.

pub(crate) use base::cron::promise_to_owners;
