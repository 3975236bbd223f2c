//! How much of the estate is let on a day: by building, and a building floor by floor. Nothing of it is stored.

mod export;
mod queries;
mod routes;

use base::Slice;

pub fn slice() -> Slice {
    Slice::new("occupancy").routes(routes::routes())
}
