//! What the import's form sends: the file, the columns as they were found and as they were mapped, and which button.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use domain::Month;
use serde_json::{Map, Value};
use wire::{imports::ImportOrder, readings::ReadingsOrder};

use super::{LARGEST_FILE, Sheet};
use crate::read;

/// The file and what was said about it.
#[derive(Debug, Default)]
pub struct Sent {
    pub file: Bytes,
    /// As the browser calls it; empty when it does not.
    pub file_name: String,
    /// The button to write was pressed, not the one to look.
    pub is_to_write: bool,
    fields: BTreeMap<String, String>,
}

/// Why there is nothing to read.
#[derive(Debug, PartialEq, Eq)]
pub enum Unread {
    NoFile,
    TooLarge,
    /// The upload broke off, or is none.
    Broken,
}

/// The value of the button that writes.
pub const WRITE: &str = "write";

/// The longest text field taken in, in bytes.
const LONGEST_TEXT: usize = 64 << 10;

impl Sent {
    pub async fn read(mut body: Multipart) -> Result<Sent, Unread> {
        let mut sent = Sent::default();
        let mut is_too_large = false;
        while let Some(mut field) = body.next_field().await.map_err(|_| Unread::Broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                sent.file_name = field.file_name().unwrap_or_default().chars().take(200).collect();
                match up_to(LARGEST_FILE, &mut field).await? {
                    Some(file) => sent.file = file,
                    None => is_too_large = true,
                }
            } else if let Some(text) = up_to(LONGEST_TEXT, &mut field).await? {
                sent.fields.insert(name, String::from_utf8_lossy(&text).into_owned());
            }
        }
        sent.is_to_write = sent.field("do") == WRITE;
        match (is_too_large, sent.file.is_empty()) {
            (true, _) => Err(Unread::TooLarge),
            (false, true) => Err(Unread::NoFile),
            (false, false) => Ok(sent),
        }
    }

    /// The columns mapped by hand, as the API takes them: those of the times before and those changed now. Empty when
    /// all stands where it was found.
    pub fn mapping(&self, sheet: Sheet) -> String {
        let mut mapping: Map<String, Value> = serde_json::from_str(self.field("mapping")).unwrap_or_default();
        for (at, name) in (0..).map_while(|at: usize| Some((at, self.fields.get(&format!("sheet.{at}"))?))) {
            for field in sheet.fields() {
                let found = self.field(&format!("found.{at}.{field}"));
                let chosen = self.field(&format!("column.{at}.{field}"));
                if found == chosen {
                    continue;
                }
                let column = if chosen.is_empty() { Value::Null } else { chosen.into() };
                let of_sheet = mapping.entry(name.clone()).or_insert_with(|| Map::new().into());
                if let Value::Object(of_sheet) = of_sheet {
                    of_sheet.insert((*field).to_owned(), column);
                }
            }
        }
        if mapping.is_empty() { String::new() } else { Value::Object(mapping).to_string() }
    }

    /// The month that readings are for.
    pub fn month(&self) -> Option<Month> {
        read::month(self.field("month"))
    }

    /// The order of a sheet as one of readings.
    pub fn readings(&self, order: &ImportOrder) -> ReadingsOrder {
        ReadingsOrder {
            month: self.month().unwrap_or_else(super::usual_month),
            dry_run: order.dry_run,
            mapping: order.mapping.clone(),
            file_name: order.file_name.clone(),
        }
    }

    /// What was typed into a field; empty when it was not there.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    #[cfg(test)]
    pub fn with_fields(fields: &[(&str, &str)]) -> Sent {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Sent { fields: fields.collect(), ..Sent::default() }
    }
}

/// The bytes of a field; `None` when there are more of them than `most`, which are read all the same and dropped.
async fn up_to(most: usize, field: &mut Field<'_>) -> Result<Option<Bytes>, Unread> {
    let mut bytes = Some(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
        bytes = bytes.filter(|kept| kept.len() + chunk.len() <= most);
        if let Some(kept) = &mut bytes {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok(bytes.map(Bytes::from))
}

fn unread(error: &MultipartError) -> Unread {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Unread::TooLarge } else { Unread::Broken }
}
