//! Pages that exist to look at the kit, as its users will put it together. None of them is routed.

mod desk;
mod list;
mod work;

pub use desk::Desk;
pub use list::List;
pub use work::{Edit, Work};
