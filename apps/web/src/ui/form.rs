//! A form that comes back with mistakes: what was typed, and the remark beside each field.

use std::{borrow::Cow, collections::BTreeMap};

use axum::http::StatusCode;
use maud::{Markup, html};
use uuid::Uuid;

use crate::{
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        field::Field,
    },
};

/// The name of the hidden field with the idempotency key.
const KEY: &str = "key";

/// What stands in a form's fields and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    values: BTreeMap<String, String>,
    remarks: BTreeMap<String, String>,
    /// What is wrong with the whole, not with one field.
    trouble: Option<String>,
    /// What tells its fields from those of another form on the page.
    apart: String,
}

impl Form {
    /// A form filled with what was posted; of a name that came twice the last value stays.
    pub fn typed(pairs: impl IntoIterator<Item = (String, String)>) -> Form {
        Form { values: pairs.into_iter().collect(), ..Form::default() }
    }

    /// Tells its fields from those of another form on the page.
    pub fn apart(mut self, apart: &str) -> Form {
        apart.clone_into(&mut self.apart);
        self
    }

    /// Fills a field before the reader does.
    pub fn with(mut self, name: &str, value: impl ToString) -> Form {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    /// Puts a remark beside a field, in the reader's language; the first one stays.
    pub fn remark(&mut self, name: &str, remark: impl Into<String>) {
        self.remarks.entry(name.to_owned()).or_insert_with(|| remark.into());
    }

    /// Says above the form what is wrong with the whole.
    pub fn trouble(&mut self, text: impl Into<String>) {
        self.trouble = Some(text.into());
    }

    /// What was typed, without the blanks around it.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |value| value.trim())
    }

    /// What was typed, blanks and all: passwords have them on purpose.
    pub fn raw(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    pub fn remark_on(&self, name: &str) -> Option<&str> {
        self.remarks.get(name).map(String::as_str)
    }

    pub fn is_clean(&self) -> bool {
        self.remarks.is_empty() && self.trouble.is_none()
    }

    /// A field read by one of [`read`](crate::read)'s functions. `None` when it is empty, and when it can't be read:
    /// then the remark `problem` stands beside it.
    pub fn read<T>(
        &mut self,
        reader: &Reader,
        name: &str,
        problem: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = self.value(name);
        if typed.is_empty() {
            return None;
        }
        let found = read(typed);
        if found.is_none() {
            self.remark(name, reader.say(problem));
        }
        found
    }

    /// The same for a field that must be filled in.
    pub fn must<T>(
        &mut self,
        reader: &Reader,
        name: &str,
        problem: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if self.value(name).is_empty() {
            self.remark(name, reader.say("field-required"));
        }
        self.read(reader, name, problem, read)
    }

    /// Takes in what the API found wrong: remarks beside the fields it names, its sentence above the rest. A refusal
    /// that filling in differently would not mend is no matter of this form and is given back.
    ///
    /// `field` tells which field of the form stands for a path of the API, such as `items[0].unitPrice`.
    pub fn refused<'a>(
        &mut self,
        refusal: client::Problem,
        field: impl Fn(&str) -> Option<Cow<'a, str>>,
    ) -> Result<StatusCode, Problem> {
        let status = match refusal.status {
            400 => StatusCode::BAD_REQUEST,
            409 => StatusCode::CONFLICT,
            422 => StatusCode::UNPROCESSABLE_ENTITY,
            _ => return Err(refusal.into()),
        };
        if status != StatusCode::BAD_REQUEST {
            // That answer belongs to the key for good: what is sent next is another request.
            self.anew();
        }
        let mut elsewhere = Vec::new();
        for (path, sentences) in &refusal.fields {
            let sentence = sentences.join(" ");
            match field(path) {
                Some(name) => self.remark(&name, sentence),
                None => elsewhere.push(format!("{path}: {sentence}")),
            }
        }
        if !elsewhere.is_empty() {
            self.trouble(elsewhere.join(" "));
        } else if self.remarks.is_empty() {
            self.trouble(refusal.message);
        }
        Ok(status)
    }

    /// The key under which this form's change is made once however often it is sent: made when the form is drawn,
    /// kept while it comes back.
    pub fn key(&self) -> Cow<'_, str> {
        match self.value(KEY) {
            "" => Uuid::now_v7().to_string().into(),
            kept => kept.into(),
        }
    }

    /// Gives the form another key when it is drawn next.
    pub fn anew(&mut self) {
        self.values.remove(KEY);
    }

    /// The hidden field that carries [`Form::key`].
    pub fn once(&self) -> Markup {
        html! { input type="hidden" name=(KEY) value=(self.key()); }
    }

    /// A field of this form, with what was typed and the remark on it.
    pub fn field<'a>(&'a self, name: &'a str, label: impl Into<Cow<'a, str>>) -> Field<'a> {
        let typed = self.values.get(name).map_or("", String::as_str);
        Field::new(name, label).apart(&self.apart).value(typed).remark(self.remark_on(name))
    }

    /// What stands above the fields once the form has come back; empty while all is well.
    pub fn summary(&self, reader: &Reader) -> Markup {
        let heading = match &self.trouble {
            Some(text) => Cow::Borrowed(text.as_str()),
            None if self.remarks.is_empty() => return html! {},
            None => reader.say("error-validation-error"),
        };
        alert::alert(Kind::Bad, &heading, html! {})
    }
}

/// Said above a form whose thing somebody else has changed meanwhile: what was typed stays there to be read, and `fresh`
/// leads to the new state.
pub fn stale(reader: &Reader, fresh: &str) -> Markup {
    let more = html! {
        p { (reader.say("stale-note")) }
        p { a href=(fresh) { (reader.say("stale-reload")) } }
    };
    alert::alert(Kind::Warn, &reader.say("stale"), more)
}

/// A form that posts. The browser's own remarks are off: they are in the browser's language, ours in the reader's.
pub fn post(action: &str, inside: Markup) -> Markup {
    html! { form class="form" method="post" action=(action) novalidate { (inside) } }
}

/// A form that sends a file.
pub fn upload(action: &str, inside: Markup) -> Markup {
    html! { form class="form" method="post" action=(action) enctype="multipart/form-data" novalidate { (inside) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_keeps_what_was_typed_and_shows_the_remark() {
        let mut form = Form::typed([("rent".to_owned(), "1.25 <сая>".to_owned())]);
        assert!(form.is_clean() && form.summary(&Reader::default()).0.is_empty());
        form.remark("rent", "Мөнгөн дүн буруу байна.");
        form.remark("rent", "second");

        let shown = html! { (form.field("rent", "Түрээс").money()) }.0;
        assert!(shown.contains(r#"value="1.25 &lt;сая&gt;""#), "{shown}");
        assert!(shown.contains(r#"aria-invalid="true""#) && shown.contains("Мөнгөн дүн буруу байна."), "{shown}");
        assert!(!shown.contains("second") && !form.summary(&Reader::default()).0.is_empty());
    }

    #[test]
    fn a_password_is_never_written_back() {
        let form = Form::typed([("password".to_owned(), "spacehub-demo".to_owned())]);
        let shown = html! { (form.field("password", "Нууц үг").password("current-password")) }.0;
        assert!(!shown.contains("spacehub-demo"), "{shown}");
    }
}
