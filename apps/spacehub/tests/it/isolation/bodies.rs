//! Bodies made from the document's schemas: something plausible in every field, another's id in every field for ids.

use serde_json::{Map, Value, json};

/// What can be sent to one operation.
pub struct Bodies<'d> {
    openapi: &'d Value,
    schema: Option<&'d Value>,
}

impl<'d> Bodies<'d> {
    pub fn of(openapi: &'d Value, operation: &'d Value) -> Bodies<'d> {
        Bodies { openapi, schema: operation.pointer("/requestBody/content/application~1json/schema") }
    }

    /// The body with that id wherever one is asked for, and whether any is; with all fields, and with the least.
    pub fn with(&self, id: &str) -> Vec<(Option<Value>, bool)> {
        let Some(schema) = self.schema else { return vec![(None, false)] };
        let bodies = [true, false].map(|whole| self.make(schema, id, whole, 0));
        let mut bodies: Vec<_> = bodies
            .into_iter()
            .map(|body| {
                let has_id = body.to_string().contains(id);
                (Some(body), has_id)
            })
            .collect();
        bodies.dedup();
        bodies
    }

    /// Whether its bodies have a place for ids.
    pub fn take_ids(&self) -> bool {
        self.with("0190a5c0-0000-7000-8000-000000000000").iter().any(|(_, has_id)| *has_id)
    }

    fn make(&self, schema: &Value, id: &str, whole: bool, depth: usize) -> Value {
        if let Some(to) = schema["$ref"].as_str() {
            return self.make(
                self.openapi.pointer(to.trim_start_matches('#')).expect("leads somewhere"),
                id,
                whole,
                depth + 1,
            );
        }
        if depth > 12 {
            return Value::Null;
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            if let Some(choices) = schema[choice].as_array() {
                let some = choices.iter().find(|choice| choice["type"] != "null").expect("not only null");
                return self.make(some, id, whole, depth + 1);
            }
        }
        if let Some(first) = schema["enum"].as_array().and_then(|choices| choices.first()) {
            return first.clone();
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").and_then(Value::as_str),
            kind => kind.as_str(),
        };
        match kind {
            Some("object") => {
                let required: Vec<&str> =
                    schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let fields = schema["properties"].as_object().into_iter().flatten();
                let fields = fields.filter(|(name, _)| whole || required.contains(&name.as_str()));
                Value::Object(
                    fields
                        .map(|(name, field)| (name.clone(), self.make(field, id, whole, depth + 1)))
                        .collect::<Map<_, _>>(),
                )
            }
            Some("array") => json!([self.make(&schema["items"], id, whole, depth + 1)]),
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
            Some("boolean") => json!(true),
            _ => text(schema, id),
        }
    }
}

fn text(schema: &Value, id: &str) -> Value {
    match schema["format"].as_str() {
        Some("uuid") => json!(id),
        Some("date") => json!("2026-11-01"),
        Some("date-time") => json!("2026-10-09T02:00:00Z"),
        _ if schema["example"].is_string() => schema["example"].clone(),
        _ if schema["examples"][0].is_string() => schema["examples"][0].clone(),
        _ if schema["pattern"].as_str().is_some_and(|p| p.contains("[0-9]")) => json!("1000"),
        _ => json!("1"),
    }
}
