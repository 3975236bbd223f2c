//! What differs between a contract as it was and as it became, told field by field.
//!
//! The two are compared as the JSON they are kept as, so that an entry written before a field existed is still read.

use serde_json::{Map, Value};
use wire::contract_history::ContractDifference;

/// Fields that say nothing of what was agreed: they follow from others, or only count.
const SILENT: &[&str] =
    &["id", "contractId", "roomId", "itemId", "version", "createdAt", "updatedAt", "propertyName", "tenantId"];

/// What a part that came or went is worth: the first of these that it has.
const WORTH: &[&str] = &["unitPrice", "amount", "percentBp", "from", "firstOn"];

/// The differences, in the order of the contract's fields.
pub fn between(before: &Value, after: &Value) -> Vec<ContractDifference> {
    let nothing = Map::new();
    let (before, after) = (before.as_object().unwrap_or(&nothing), after.as_object().unwrap_or(&nothing));
    let mut found = Vec::new();
    for field in fields(before, after) {
        let (old, new) = (before.get(field).unwrap_or(&Value::Null), after.get(field).unwrap_or(&Value::Null));
        if old.is_array() || new.is_array() {
            parts(field, old, new, &mut found);
        } else if told(old) != told(new) {
            found.push(ContractDifference { field: field.to_owned(), name: None, from: told(old), to: told(new) });
        }
    }
    found
}

fn fields<'a>(before: &'a Map<String, Value>, after: &'a Map<String, Value>) -> Vec<&'a str> {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    after.keys().chain(gone).map(String::as_str).filter(|key| !SILENT.contains(key)).collect()
}

/// Parts are the same when their ids are.
fn parts(field: &str, before: &Value, after: &Value, found: &mut Vec<ContractDifference>) {
    let (before, after) = (by_id(before), by_id(after));
    for new in &after {
        match before.iter().find(|old| old["id"] == new["id"]) {
            Some(old) => {
                let inside = between(old, new).into_iter().map(|difference| ContractDifference {
                    field: format!("{field}.{}", difference.field),
                    name: name(new),
                    ..difference
                });
                found.extend(inside);
            }
            None => {
                found.push(ContractDifference { field: field.to_owned(), name: name(new), from: None, to: worth(new) })
            }
        }
    }
    for old in before.iter().filter(|old| !after.iter().any(|new| new["id"] == old["id"])) {
        found.push(ContractDifference { field: field.to_owned(), name: name(old), from: worth(old), to: None });
    }
}

fn by_id(parts: &Value) -> Vec<&Value> {
    parts.as_array().map(|parts| parts.iter().collect()).unwrap_or_default()
}

fn name(part: &Value) -> Option<String> {
    part.get("unitNo").or_else(|| part.get("name")).and_then(told)
}

/// A part that is there says something, whatever it has.
fn worth(part: &Value) -> Option<String> {
    WORTH.iter().find_map(|field| part.get(*field).and_then(told)).or_else(|| Some(String::new()))
}

fn told(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: Value, after: Value) -> Vec<String> {
        let said = |value: Option<String>| value.unwrap_or_else(|| "–".into());
        let line = |found: ContractDifference| {
            let name = found.name.map(|name| format!(" {name}")).unwrap_or_default();
            format!("{}{name}: {} → {}", found.field, said(found.from), said(found.to))
        };
        between(&before, &after).into_iter().map(line).collect()
    }

    #[test]
    fn a_change_is_told_field_by_field() {
        let before = json!({ "version": 1, "status": "draft", "endsOn": null, "paymentDay": 1 });
        let after = json!({ "version": 2, "status": "active", "endsOn": "2027-12-31", "paymentDay": 5 });
        let mut all = told(before.clone(), after);
        all.sort();
        assert_eq!(all, ["endsOn: – → 2027-12-31", "paymentDay: 1 → 5", "status: draft → active"]);
        assert!(told(before.clone(), before).is_empty());
    }

    #[test]
    fn parts_come_go_and_change() {
        let before = json!({ "items": [
            { "id": "1", "name": "Түрээс", "unitPrice": "100", "validTo": null },
            { "id": "2", "name": "Зогсоол", "unitPrice": "5" }] });
        let after = json!({ "items": [
            { "id": "1", "name": "Түрээс", "unitPrice": "100", "validTo": "2026-12-31" },
            { "id": "3", "name": "Түрээс", "unitPrice": "110", "validTo": null }] });
        assert_eq!(
            told(before, after),
            ["items.validTo Түрээс: – → 2026-12-31", "items Түрээс: – → 110", "items Зогсоол: 5 → –"]
        );
    }

    #[test]
    fn an_entry_older_than_a_field_is_still_read() {
        let older = json!({ "status": "draft" });
        assert_eq!(told(older, json!({ "status": "draft", "discounts": [] })), Vec::<String>::new());
        let discount = json!({ "discounts": [{ "id": "1", "name": "Баяр", "percentBp": 1000 }] });
        assert_eq!(told(json!({}), discount), ["discounts Баяр: – → 1000"]);
    }
}
