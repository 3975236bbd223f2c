//! Letters to people about their own accounts, by e-mail or, to whoever has only a telephone, by text. The news comes from
//! identity; here it is put into words and sent.

mod letters;
mod words;

use base::Slice;

pub use self::letters::{SendCode, SendInvitation, WriteAccountLetter};

pub fn slice() -> Slice {
    Slice::new("mail").job::<WriteAccountLetter>().job::<SendInvitation>().job::<SendCode>()
}
