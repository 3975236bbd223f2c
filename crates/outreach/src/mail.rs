//! Letters to people about their own accounts. The news comes from identity; here it is put into words and sent.

mod letters;
mod words;

use base::Slice;

pub use self::letters::WriteAccountLetter;

pub fn slice() -> Slice {
    Slice::new("mail").job::<WriteAccountLetter>()
}
