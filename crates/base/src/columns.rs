//! A row's columns one after the other, in the order the question names them.

use tokio_postgres::{Row, types::FromSql};

/// Takes columns by their place; on a page of rows, looking each up by its name compares thousands of names.
pub struct Columns<'r> {
    row: &'r Row,
    next: usize,
}

impl<'r> Columns<'r> {
    pub fn of(row: &'r Row) -> Columns<'r> {
        Columns { row, next: 0 }
    }

    /// The next column's value. Like [`Row::get`] it panics when the value is not of that type.
    pub fn take<T: FromSql<'r>>(&mut self) -> T {
        let at = self.next;
        self.next += 1;
        self.row.get(at)
    }
}
