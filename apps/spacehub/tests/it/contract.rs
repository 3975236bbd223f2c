//! Holds every answer of every story against the OpenAPI document.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use http::Method;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::town::Reply;

/// Fails the story when the answer is not what the document says.
#[track_caller]
pub fn check(openapi: &Value, method: &Method, path: &str, reply: &Reply) {
    let path = path.split('?').next().unwrap_or(path);
    let Some((template, operations)) = find(openapi, path) else {
        assert_eq!(reply.status.as_u16(), 404, "{path} is not in the document and yet answered {}", reply.text());
        return;
    };
    let Some(operation) = operations.get(method.as_str().to_lowercase()) else {
        // better-auth's clients know an empty 404 instead of 405.
        let refusal = if template.starts_with("/api/auth/") && reply.bytes.is_empty() { 404 } else { 405 };
        assert_eq!(reply.status.as_u16(), refusal, "{method} {template} is not in the document: {}", reply.text());
        return;
    };
    let status = reply.status.as_u16().to_string();
    let answer = operation["responses"].get(&status);
    let answer = answer.unwrap_or_else(|| {
        panic!("{method} {template} answered {status}, which the document does not know: {}", reply.text())
    });
    let in_lines = reply.headers.get("content-type").is_some_and(|kind| kind == "application/x-ndjson");
    let kind = if in_lines { "application~1x-ndjson" } else { "application~1json" };
    let Some(schema) = answer.pointer(&format!("/content/{kind}/schema")) else { return };
    let bodies: Vec<Value> = match in_lines {
        true => reply.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect(),
        false => vec![reply.json()],
    };
    let key = format!("{method} {template} {status} {kind}");
    let problems = with_validator(openapi, key.clone(), schema, |validator| {
        let found = bodies.iter().flat_map(|body| validator.iter_errors(body));
        found.map(|e| format!("{}: {e}", e.instance_path())).collect::<Vec<_>>()
    });
    assert!(problems.is_empty(), "{key} does not fit its document: {problems:#?}\n{}", reply.text());
}

/// The template that fits the path, literal segments before placeholders.
fn find<'d>(openapi: &'d Value, path: &str) -> Option<(&'d String, &'d Value)> {
    let paths = openapi["paths"].as_object().expect("a document has paths");
    let fits = |template: &&String| {
        let (mut left, mut right) = (template.split('/'), path.split('/'));
        loop {
            match (left.next(), right.next()) {
                (None, None) => return true,
                (Some(l), Some(r)) if l == r || (l.starts_with('{') && !r.is_empty()) => {}
                _ => return false,
            }
        }
    };
    let template = paths.keys().filter(fits).min_by_key(|template| template.matches('{').count())?;
    Some((template, &paths[template]))
}

static VALIDATORS: LazyLock<Mutex<HashMap<String, Validator>>> = LazyLock::new(Mutex::default);

fn with_validator<T>(openapi: &Value, key: String, schema: &Value, with: impl FnOnce(&Validator) -> T) -> T {
    let mut validators = VALIDATORS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let validator = validators.entry(key).or_insert_with(|| {
        let mut whole = schema.clone();
        let components = json!({ "schemas": openapi["components"]["schemas"] });
        whole.as_object_mut().expect("a schema is an object").insert("components".into(), components);
        jsonschema::draft202012::new(&whole).expect("the document's schemas are sound")
    });
    with(validator)
}
