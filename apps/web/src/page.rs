//! What every page is: a struct that holds what it shows, and the function that lays it out.

use maud::Markup;

use crate::reader::Reader;

/// A page. Its fields hold what is shown; its words are looked up while it is drawn, in the reader's language.
pub trait Page {
    /// The whole document.
    fn render(&self, reader: &Reader) -> Markup;

    /// A filled page for the test that renders all of them and for looking at.
    fn sample() -> Self
    where
        Self: Sized;
}
