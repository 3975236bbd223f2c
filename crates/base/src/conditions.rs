//! The conditions of a list as they were asked for: only what is asked stands in the statement, so that Postgres plans
//! each question for itself and reaches for the index that fits.

use tokio_postgres::types::ToSql;

use crate::tx::Param;

/// Conditions joined by `and`, with their values in order.
#[derive(Default)]
pub struct Conditions {
    sql: String,
    values: Vec<Param>,
}

impl Conditions {
    pub fn new() -> Conditions {
        Conditions::default()
    }

    /// Adds a condition in which `{0}`, `{1}`, … stand for these values.
    pub fn and(&mut self, condition: &str, values: Vec<Param>) -> &mut Conditions {
        let first = self.values.len() + 1;
        let named = (0..values.len())
            .fold(condition.to_owned(), |sql, i| sql.replace(&format!("{{{i}}}"), &format!("${}", first + i)));
        self.sql.push_str(if self.sql.is_empty() { " where " } else { " and " });
        self.sql.push_str(&named);
        self.values.extend(values);
        self
    }

    /// A value outside the conditions (a limit, today's date), as it is named in the statement: `$3`.
    pub fn value(&mut self, value: Param) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// ` where … and …`, or nothing.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// The values, in the order of their numbers.
    pub fn values(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.values.iter().map(|value| value.as_ref() as &(dyn ToSql + Sync)).collect()
    }
}

/// A pattern for `like` that finds the text anywhere, taken literally (Postgres has no NUL, so none is looked for).
pub fn containing(text: &str) -> String {
    let literal = text.replace('\0', "").replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params;

    #[test]
    fn values_are_numbered_in_the_order_they_come() {
        let mut asked = Conditions::new();
        asked.and("a = {0}", params![1]).and("(b, id) > ({0}, {1})", params![2, 3]);
        assert_eq!(asked.value(Box::new(50i64)), "$4");
        assert_eq!(asked.sql(), " where a = $1 and (b, id) > ($2, $3)");
        assert_eq!(asked.values().len(), 4);
        assert_eq!(Conditions::new().sql(), "");
    }

    #[test]
    fn a_pattern_takes_what_is_typed_literally() {
        assert_eq!(containing("50%_\\"), "%50\\%\\_\\\\%");
    }
}
