mod chance;
mod layouts;
mod speed;

use std::fs;

use jiff::civil::date;
use serde_json::{Value, json};

use super::*;

fn shared(name: &str) -> Vec<u8> {
    fs::read(format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR")))
        .expect("the sample files lie beside")
}

/// Every difference between two answers, as paths.
fn differences(path: &str, ours: &Value, key: &Value, found: &mut Vec<String>) {
    match (ours, key) {
        (Value::Object(one), Value::Object(other)) => {
            for name in one.keys().chain(other.keys().filter(|name| !one.contains_key(*name))) {
                let at = |object: &serde_json::Map<String, Value>| object.get(name).cloned().unwrap_or(json!("absent"));
                differences(&format!("{path}.{name}"), &at(one), &at(other), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                differences(&format!("{path}[{place}]"), one, other, found);
            }
        }
        _ if ours == key => (),
        _ => found.push(format!("{path}: ours {ours}, key {key}")),
    }
}

fn key() -> Value {
    let mut key: Value = serde_json::from_slice(&shared("rent-roll.key.json")).unwrap();
    for about_the_key in ["file", "money", "invoices"] {
        key.as_object_mut().unwrap().remove(about_the_key);
    }
    key
}

fn sample() -> RentRoll {
    let workbook = Workbook::read("rent-roll.xlsx", &shared("rent-roll.xlsx")).unwrap();
    RentRoll::read(&workbook, &Reading::on(date(2026, 10, 1))).unwrap()
}

#[test]
fn the_sample_is_read_exactly_as_its_answer_key() {
    let ours = serde_json::to_value(sample()).unwrap();
    let mut found = Vec::new();
    differences("", &ours, &key(), &mut found);
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}
