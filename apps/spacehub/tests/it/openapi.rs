//! The document that describes the API: a snapshot at the root that a reviewer sees change, and sound in itself.
//!
//! `UPDATE=1 cargo test -p spacehub --test it openapi` writes the snapshot anew.

use std::{collections::HashMap, fs, path::PathBuf};

use serde_json::Value;

use crate::town::Town;

#[tokio::test]
async fn the_snapshot_at_the_root_is_what_the_api_says() {
    let town = Town::new().await;
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json"));
    let said = serde_json::to_string_pretty(&town.openapi).expect("the document is JSON") + "\n";

    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &said).expect("the root can be written");
    }

    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differs = said.lines().zip(kept.lines()).position(|(said, kept)| said != kept);
    let at = differs
        .map_or("its end".to_owned(), |n| format!("line {}: {}", n + 1, said.lines().nth(n).unwrap_or_default()));
    assert!(said == kept, "openapi.json is not what the API says any more, at {at}; look at it and run with UPDATE=1");
}

#[tokio::test]
async fn every_operation_has_a_name_a_tag_and_refusals_in_the_envelope() {
    let town = Town::new().await;
    let mut names: HashMap<String, String> = HashMap::new();
    let mut problems = Vec::new();

    for (at, operation) in operations(&town.openapi) {
        match operation["operationId"].as_str() {
            None | Some("") => problems.push(format!("{at} has no operationId")),
            Some(name) => problems.extend(
                names.insert(name.to_owned(), at.clone()).map(|other| format!("{at} and {other} are both {name}")),
            ),
        }
        if operation["tags"].as_array().is_none_or(|tags| tags.len() != 1) {
            problems.push(format!("{at} has no tag of its own"));
        }
        let answers = operation["responses"].as_object().expect("an operation has answers");
        if !answers.keys().any(|status| status.starts_with('2') || status.starts_with('3')) {
            problems.push(format!("{at} never succeeds"));
        }
        // What better-auth's clients read has their own form of errors.
        if at.contains("/v2/") {
            for status in ["400", "401", "403", "404", "409", "500", "503"] {
                let schema =
                    &answers.get(status).unwrap_or(&Value::Null)["content"]["application/json"]["schema"]["$ref"];
                if schema != "#/components/schemas/Envelope" {
                    problems.push(format!("{at} does not answer {status} in the envelope"));
                }
            }
        }
    }

    println!("{} operations, {} problems", names.len(), problems.len());
    assert!(problems.is_empty(), "{problems:#?}");
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let town = Town::new().await;
    let mut dangling = Vec::new();
    walk(&town.openapi, &mut |value| {
        if let Some(to) = value.get("$ref").and_then(Value::as_str)
            && town.openapi.pointer(to.trim_start_matches('#')).is_none()
        {
            dangling.push(to.to_owned());
        }
    });
    assert!(dangling.is_empty(), "{dangling:?}");
}

/// Of two schemas with one name the document keeps whichever comes last, without a word.
#[test]
fn no_two_types_in_the_document_share_a_name() {
    let sources = [concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates"), concat!(env!("CARGO_MANIFEST_DIR"), "/src")];
    let mut named: HashMap<String, PathBuf> = HashMap::new();
    let mut twice = Vec::new();
    for path in sources.iter().flat_map(|root| rust_files(root.as_ref())) {
        let text = fs::read_to_string(&path).expect("a source file");
        for (at, _) in text.match_indices("ToSchema") {
            let derived = text[..at].rfind('\n').is_some_and(|line| text[line..at].contains("derive("));
            let mut after = text[at..].split_whitespace().skip_while(|word| !["struct", "enum"].contains(word));
            let Some(name) = after.nth(1).filter(|_| derived) else { continue };
            let name = name.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
            if let Some(other) = named.insert(name.clone(), path.clone()) {
                twice.push(format!("{name}: {} and {}", other.display(), path.display()));
            }
        }
    }
    println!("{} types with a schema", named.len());
    assert!(named.len() > 100 && twice.is_empty(), "{} types, {twice:#?}", named.len());
}

fn rust_files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources").filter_map(Result::ok) {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files.extend(rust_files(&entry.path())),
            _ if entry.path().extension().is_some_and(|kind| kind == "rs") => files.push(entry.path()),
            _ => {}
        }
    }
    files
}

/// Every operation of the document as `GET /v2/things`.
pub fn operations(openapi: &Value) -> Vec<(String, &Value)> {
    let paths = openapi["paths"].as_object().expect("a document has paths").iter();
    let methods = ["get", "post", "patch", "put", "delete"];
    let operations = paths.flat_map(|(path, item)| {
        let item = item.as_object().expect("a path has operations").iter();
        item.filter(|(method, _)| methods.contains(&method.as_str()))
            .map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
    });
    operations.collect()
}

fn walk(value: &Value, see: &mut impl FnMut(&Value)) {
    see(value);
    match value {
        Value::Object(fields) => fields.values().for_each(|value| walk(value, see)),
        Value::Array(items) => items.iter().for_each(|value| walk(value, see)),
        _ => {}
    }
}
