//! What a step of the history changed, field by field, in the reader's words.

use domain::Money;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;
use wire::audit::AuditRow;

use crate::{fmt, reader::Reader};

/// Field by field what it was and became; what stayed is left out.
pub fn changes(reader: &Reader, row: &AuditRow) -> Markup {
    let fields = |side: &Option<Value>| side.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (fields(&row.before), fields(&row.after));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed: Vec<_> = names.into_iter().filter(|name| before.get(*name) != after.get(*name)).collect();
    let told = |name: &str, value| plain(reader, &row.entity, name, value);
    html! {
        @if !changed.is_empty() {
            ul class="changes" {
                @for name in changed {
                    li {
                        span class="cell-name" { (field(reader, name)) } " "
                        @if let Some(old) = before.get(name) { del { (told(name, old)) } " → " }
                        @if let Some(new) = after.get(name) { ins { (told(name, new)) } }
                    }
                }
            }
        }
    }
}

/// A field's name in words: `paymentDay` is `audit-field-payment-day`.
fn field(reader: &Reader, name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            key.push('-');
        }
        key.push(letter.to_ascii_lowercase());
    }
    let key = format!("audit-field-{key}");
    if words::has(reader.lang, &key) { reader.say(&key).into_owned() } else { name.to_owned() }
}

/// A value as people write it: amounts in ₮, days with dots, the domain's words in the reader's.
fn plain(reader: &Reader, entity: &str, name: &str, value: &Value) -> String {
    if let Some(amount) = money(name, value) {
        return format!("{} ₮", fmt::money_text(amount));
    }
    let text = match value {
        Value::Null => return "–".to_owned(),
        Value::Bool(yes) => return reader.say(if *yes { "yes" } else { "no" }).into_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if let Ok(day) = text.parse::<Date>() {
        return fmt::date_text(day);
    }
    let lists = [&format!("{entity}-{name}"), name, "audit-value"];
    if let Some(word) = lists.iter().find_map(|list| known(reader, list, &text)) {
        return word;
    }
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None if text.is_empty() => "–".to_owned(),
        None => text,
    }
}

/// The term for one of the domain's words, where the list has it.
pub fn known(reader: &Reader, list: &str, word: &str) -> Option<String> {
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let key = format!("{list}-{}", word.replace('_', "-").to_lowercase());
    (is_word && words::has(reader.lang, &key)).then(|| reader.say(&key).into_owned())
}

/// Amounts are noted down as the API writes them, in mungo, and are known by their names.
fn money(name: &str, value: &Value) -> Option<Money> {
    let name = name.to_lowercase();
    let is_amount = ["amount", "total", "rent", "price", "balance", "credit"].iter().any(|end| name.ends_with(end));
    value.as_str().filter(|_| is_amount)?.parse().ok().map(Money::from_mungo)
}
