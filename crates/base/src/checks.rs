//! Collects everything that is wrong with what was sent, so that a person mends it in one go.

use std::borrow::Cow;

use domain::Money;

use crate::error::{Error, FieldProblem, Result};

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldProblem>);

impl Checks {
    pub fn new() -> Checks {
        Checks::default()
    }

    /// Notes a problem (`field-<problem>` in the catalogue) of a field.
    pub fn note(&mut self, path: impl Into<Cow<'static, str>>, problem: &'static str) -> &mut Checks {
        self.note_with(path, problem, Vec::new())
    }

    pub fn note_with(
        &mut self,
        path: impl Into<Cow<'static, str>>,
        problem: &'static str,
        args: Vec<(&'static str, String)>,
    ) -> &mut Checks {
        self.0.push(FieldProblem { path: path.into(), problem, args });
        self
    }

    /// Notes the problem unless the condition holds.
    pub fn that(&mut self, holds: bool, path: impl Into<Cow<'static, str>>, problem: &'static str) -> &mut Checks {
        if !holds {
            self.note(path, problem);
        }
        self
    }

    /// A text of `1..=max` characters that is not blank and holds no control characters.
    pub fn name(&mut self, path: &'static str, text: &str, max: usize) -> &mut Checks {
        match text.trim() {
            "" => self.note(path, "required"),
            _ => self.text(path, text, max),
        }
    }

    /// A text of at most `max` characters without control characters (a line break is fine).
    pub fn text(&mut self, path: &'static str, text: &str, max: usize) -> &mut Checks {
        if text.chars().count() > max {
            return self.note_with(path, "too-long", vec![("max", max.to_string())]);
        }
        self.that(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t'), path, "bad-format")
    }

    /// A whole number within bounds, both included.
    pub fn within(&mut self, path: &'static str, number: i64, min: i64, max: i64) -> &mut Checks {
        if number < min {
            return self.note_with(path, "too-small", vec![("min", min.to_string())]);
        }
        if number > max {
            return self.note_with(path, "too-large", vec![("max", max.to_string())]);
        }
        self
    }

    /// An amount that is not negative.
    pub fn not_negative(&mut self, path: &'static str, amount: Money) -> &mut Checks {
        if amount.is_negative() { self.note_with(path, "too-small", vec![("min", "0".into())]) } else { self }
    }

    /// All that was found, as one refusal.
    pub fn done(&mut self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Validation(std::mem::take(&mut self.0))) }
    }
}
