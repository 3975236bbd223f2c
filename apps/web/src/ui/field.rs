//! A field of a form: label, input, hint, and the remark when it came back.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use crate::reader::Reader;

/// A field, made by [`Form::field`](crate::ui::form::Form::field) and shaped by what is asked for.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    name: &'a str,
    label: Cow<'a, str>,
    value: &'a str,
    remark: Option<&'a str>,
    hint: Option<Cow<'a, str>>,
    input: Input<'a>,
    unit: Option<&'a str>,
    autocomplete: Option<&'a str>,
    max_chars: Option<u32>,
    /// What tells its id from another form's on the same page.
    apart: &'a str,
    is_required: bool,
    is_wide: bool,
    has_focus: bool,
    suggested: Option<Suggestions<'a>>,
}

/// What the browser offers while one types: a `<datalist>` of the page, and who fills it anew.
#[derive(Debug, Clone, Copy)]
struct Suggestions<'a> {
    list: &'a str,
    from: Option<&'a str>,
}

#[derive(Debug, Clone)]
enum Input<'a> {
    /// One line: the HTML type and the keyboard a phone shows.
    Line {
        kind: &'static str,
        keyboard: Option<&'static str>,
    },
    Password,
    /// A code that was sent or is shown by an app.
    Code,
    /// An amount or a quantity, right-aligned.
    Number,
    Lines {
        rows: u8,
    },
    Choice {
        choices: &'a [(String, String)],
    },
    Check,
    File {
        accept: &'static str,
    },
}

impl<'a> Field<'a> {
    /// The same field in another form of the page.
    pub fn apart(mut self, apart: &'a str) -> Field<'a> {
        self.apart = apart;
        self
    }

    fn id(&self) -> String {
        match self.apart {
            "" => self.name.to_owned(),
            apart => format!("{apart}-{}", self.name),
        }
    }

    pub fn new(name: &'a str, label: impl Into<Cow<'a, str>>) -> Field<'a> {
        Field {
            name,
            label: label.into(),
            value: "",
            remark: None,
            hint: None,
            input: Input::Line { kind: "text", keyboard: None },
            unit: None,
            autocomplete: None,
            max_chars: None,
            apart: "",
            is_required: false,
            is_wide: false,
            has_focus: false,
            suggested: None,
        }
    }

    pub fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    pub fn remark(mut self, remark: Option<&'a str>) -> Self {
        self.remark = remark;
        self
    }

    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Takes the whole width of a form in columns.
    pub fn wide(mut self) -> Self {
        self.is_wide = true;
        self
    }

    /// Takes the keyboard when the page opens.
    pub fn focused(mut self) -> Self {
        self.has_focus = true;
        self
    }

    pub fn max_chars(mut self, max: u32) -> Self {
        self.max_chars = Some(max);
        self
    }

    /// Suggestions from the `<datalist>` with that id; with `from`, an address of ours whose answer to what has been
    /// typed so far takes the place of the list's options.
    pub fn suggested(mut self, list: &'a str, from: Option<&'a str>) -> Self {
        self.suggested = Some(Suggestions { list, from });
        self
    }

    /// What the browser may fill in by itself, in HTML's words: `username`, `tel`.
    pub fn autocomplete(mut self, what: &'a str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// An amount of tögrög, typed as people write it; [`read::money`](crate::read::money) reads it.
    pub fn money(self) -> Self {
        self.number("₮")
    }

    /// A quantity with its unit.
    pub fn number(mut self, unit: &'a str) -> Self {
        self.input = Input::Number;
        self.unit = Some(unit);
        self
    }

    /// A day; the value is `2026-11-22`.
    pub fn date(self) -> Self {
        self.line("date", None)
    }

    /// A month; the value is `2026-11`.
    pub fn month(self) -> Self {
        self.line("month", None)
    }

    /// Digits that are no amount: a register number.
    pub fn digits(self) -> Self {
        self.line("text", Some("numeric"))
    }

    pub fn email(self) -> Self {
        self.line("email", Some("email"))
    }

    pub fn phone(self) -> Self {
        self.line("tel", Some("tel"))
    }

    /// A secret; `autocomplete` is `current-password` or `new-password`.
    pub fn password(mut self, autocomplete: &'a str) -> Self {
        self.input = Input::Password;
        self.autocomplete(autocomplete)
    }

    /// A code of six digits. The browser offers it out of a message, a paste may bring the message along, and a script
    /// sends the form once it is whole.
    pub fn code(mut self) -> Self {
        self.input = Input::Code;
        self.is_required = true;
        self
    }

    pub fn lines(mut self, rows: u8) -> Self {
        self.input = Input::Lines { rows };
        self
    }

    /// One of a list: `(value, label)`.
    pub fn choices(mut self, choices: &'a [(String, String)]) -> Self {
        self.input = Input::Choice { choices };
        self
    }

    /// Yes or no; the value is `yes` when it is ticked, and nothing is sent when it is not.
    pub fn check(mut self) -> Self {
        self.input = Input::Check;
        self
    }

    /// A file; `accept` as HTML writes it: `.xlsx,.csv`.
    pub fn file(mut self, accept: &'static str) -> Self {
        self.input = Input::File { accept };
        self
    }

    fn line(mut self, kind: &'static str, keyboard: Option<&'static str>) -> Self {
        self.input = Input::Line { kind, keyboard };
        self
    }

    fn control(&self, described_by: Option<&str>) -> Markup {
        let (name, value, own) = (self.name, self.value, self.id());
        let (required, invalid) = (self.is_required, self.remark.map(|_| "true"));
        let (autocomplete, max, autofocus) = (self.autocomplete, self.max_chars, self.has_focus);
        let list = self.suggested.map(|suggestions| suggestions.list);
        let from = self.suggested.and_then(|suggestions| suggestions.from);
        let target = from.and(list).map(|list| format!("#{list}"));
        match &self.input {
            Input::Line { kind, keyboard } => html! {
                input class="input" type=(kind) id=(own) name=(name) value=(value) inputmode=[keyboard]
                    autocomplete=[autocomplete] maxlength=[max] required[required] autofocus[autofocus] list=[list]
                    hx-get=[from] hx-trigger=[from.map(|_| "input delay:250ms")] hx-target=[target]
                    hx-swap=[from.map(|_| "innerHTML")] hx-sync=[from.map(|_| "this:replace")]
                    aria-invalid=[invalid] aria-describedby=[described_by];
            },
            Input::Password => html! {
                input class="input" type="password" id=(own) name=(name) autocomplete=[autocomplete] maxlength=[max]
                    required[required] autofocus[autofocus] aria-invalid=[invalid] aria-describedby=[described_by];
            },
            Input::Code => html! {
                input class="input input-code" type="text" id=(own) name=(name) inputmode="numeric"
                    autocomplete="one-time-code" required[required] autofocus[autofocus] data-code="6"
                    aria-invalid=[invalid] aria-describedby=[described_by];
            },
            Input::Number => html! {
                div class="input-group" {
                    input type="text" class="input-number" id=(own) name=(name) value=(value) inputmode="decimal"
                        autocomplete="off" maxlength=[max] required[required] autofocus[autofocus]
                        aria-invalid=[invalid] aria-describedby=[described_by];
                    @if let Some(unit) = self.unit { span data-align="end" { (unit) } }
                }
            },
            Input::Lines { rows } => html! {
                textarea class="textarea" id=(own) name=(name) rows=(rows) maxlength=[max] required[required]
                    autofocus[autofocus] aria-invalid=[invalid] aria-describedby=[described_by] { (value) }
            },
            Input::Choice { choices } => html! {
                select class="select" id=(own) name=(name) required[required] aria-invalid=[invalid]
                    aria-describedby=[described_by] {
                    @for (choice, label) in *choices { option value=(choice) selected[choice == value] { (label) } }
                }
            },
            Input::Check => html! {
                input class="input" type="checkbox" id=(own) name=(name) value="yes" checked[value == "yes"]
                    aria-invalid=[invalid] aria-describedby=[described_by];
            },
            Input::File { accept } => html! {
                input class="input input-file" type="file" id=(own) name=(name) accept=(accept) required[required]
                    aria-invalid=[invalid] aria-describedby=[described_by];
            },
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let own = self.id();
        let id = |part| format!("{own}-{part}");
        let ids = [self.remark.map(|_| id("remark")), self.hint.as_ref().map(|_| id("hint"))];
        let described_by = ids.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        let control = self.control(Some(described_by.as_str()).filter(|ids| !ids.is_empty()));
        let is_check = matches!(self.input, Input::Check);
        let label = html! {
            label for=(own) {
                (self.label)
                @if self.is_required { span class="required" aria-hidden="true" { "*" } }
            }
        };
        html! {
            div class=(if self.is_wide { "field field-wide" } else { "field" })
                data-orientation=[is_check.then_some("horizontal")] {
                @if is_check { (control) (label) } @else { (label) (control) }
                @if let Some(remark) = self.remark { p id=(id("remark")) class="remark" { (remark) } }
                @if let Some(hint) = &self.hint { p id=(id("hint")) class="hint" { (hint) } }
            }
        }
    }
}

/// The words of a list with the reader's terms for them, as [`Field::choices`] takes them.
pub fn terms_of<T: ToString>(reader: &Reader, list: &str, words: &[T]) -> Vec<(String, String)> {
    let words = words.iter().map(ToString::to_string);
    words.map(|word| (word.clone(), reader.term(list, &word).into_owned())).collect()
}
