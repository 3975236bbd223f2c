//! What Spacehub says to people, in Mongolian first and English second.
//!
//! The sentences live in `locales/{mn,en}/*.ftl`; a key is looked up where a person will read it, never where the thing
//! happened: `words::say(lang, "error-not-found", &[("what", words::say(lang, "thing-contract", &[]).into())])`.

mod catalogue;
mod lang;

pub use catalogue::{Arg, has, say, term};
pub use lang::{Lang, UnknownLang};
