//! The text of a reminder: the owner's words or ours, filled in, in the owner's alphabet.

use base::{App, Lang};
use domain::{
    InvoiceId, Money,
    latin::latin,
    reminder::{PLACEHOLDERS, TextError, fill},
    short::{known_as, plain, space},
};
use providers::text_messages::segments;
use words::{Arg, say};

use crate::invoices::{link_token, link_url};

/// What a text tells.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    pub owner_name: &'a str,
    pub units: &'a str,
    pub contract_code: &'a str,
    pub amount: Money,
    pub days_late: i64,
    /// The longest overdue bill, whose page opens.
    pub invoice: InvoiceId,
    /// In Latin letters.
    pub latin: bool,
}

/// A text, and the part of it that opens a page.
pub struct Text {
    pub whole: String,
    pub secret: String,
}

impl Text {
    /// As staff may read it.
    pub fn kept(&self) -> String {
        self.whole.replace(&self.secret, "…")
    }

    /// What it is charged as.
    pub fn parts(&self) -> i64 {
        i64::from(segments(&self.whole).parts)
    }
}

/// Our own words for a stage, with the placeholders in braces.
pub fn ours(stage: i16, latin: bool) -> String {
    let key = match (stage, latin) {
        (1, false) => "sms-reminder-first",
        (2, false) => "sms-reminder-second",
        (_, false) => "sms-reminder-last",
        (1, true) => "sms-latin-reminder-first",
        (2, true) => "sms-latin-reminder-second",
        (_, true) => "sms-latin-reminder-last",
    };
    let held: Vec<(&'static str, Arg<'static>)> =
        PLACEHOLDERS.iter().map(|name| (*name, format!("{{{name}}}").into())).collect();
    say(Lang::Mn, key, &held).into_owned()
}

/// The template filled in.
pub fn text(app: &App, template: &str, told: &Told<'_>) -> Result<Text, TextError> {
    let letters = |text: &str| if told.latin { latin(text) } else { text.to_owned() };
    let whole = fill(template, |name| {
        Some(match name {
            "owner" => letters(known_as(told.owner_name)),
            "space" => letters(space(told.units, told.contract_code)),
            "amount" => plain(told.amount),
            "days" => told.days_late.to_string(),
            "link" => link_url(app, told.invoice),
            _ => return None,
        })
    })?;
    Ok(Text { whole, secret: link_token(app, told.invoice) })
}
