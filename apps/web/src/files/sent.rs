//! What the form sends: one file, of which few are held in memory at once.

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use domain::file::{FileKind, LARGEST};
use tokio::sync::{Semaphore, SemaphorePermit};

/// The file that was chosen.
pub struct Sent {
    pub name: String,
    /// What the browser takes it for.
    pub kind: FileKind,
    pub bytes: Bytes,
    /// A place in memory, held until the file has gone on to the store.
    _place: SemaphorePermit<'static>,
}

/// Why there is nothing to send on.
#[derive(Debug, PartialEq, Eq)]
pub enum Unread {
    NoFile,
    TooLarge,
    /// The upload broke off, or is none.
    Broken,
    /// Too many at once.
    Busy,
}

/// How many files may be on their way through this process; each is held whole, since only its end tells its size.
static PLACES: Semaphore = Semaphore::const_new(8);
const PATIENCE: Duration = Duration::from_secs(5);

/// What a form of text fields with one file in it sends.
pub struct Filled {
    pub fields: Vec<(String, String)>,
    /// `None` when no file was chosen.
    pub file: Option<Sent>,
}

/// The longest text field read, in bytes.
const LONGEST_FIELD: usize = 8 * 1024;

impl Filled {
    pub async fn read(body: Multipart) -> Result<Filled, Unread> {
        let mut fields = Vec::new();
        match read(body, &mut fields).await {
            Ok(sent) => Ok(Filled { fields, file: Some(sent) }),
            Err(Unread::NoFile) => Ok(Filled { fields, file: None }),
            Err(unread) => Err(unread),
        }
    }
}

impl Sent {
    pub async fn read(body: Multipart) -> Result<Sent, Unread> {
        read(body, &mut Vec::new()).await
    }
}

async fn read(mut body: Multipart, fields: &mut Vec<(String, String)>) -> Result<Sent, Unread> {
    let place = tokio::time::timeout(PATIENCE, PLACES.acquire()).await.map_err(|_| Unread::Busy)?;
    let place = place.expect("the places are never closed");
    let mut found = None;
    while let Some(mut field) = body.next_field().await.map_err(|error| unread(&error))? {
        if field.file_name().is_none() {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = whole(&mut field).await?.filter(|bytes| bytes.len() <= LONGEST_FIELD);
            let text = bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()).ok_or(Unread::Broken)?;
            fields.push((name, text));
            continue;
        }
        let name = field.file_name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
        // Should the browser not know, the content will say.
        let kind = field.content_type().and_then(|kind| kind.parse().ok()).unwrap_or(FileKind::Jpeg);
        found = Some((name, kind, whole(&mut field).await?));
    }
    match found {
        Some((name, kind, Some(bytes))) if !bytes.is_empty() => {
            let name = if String::is_empty(&name) { "-".to_owned() } else { name };
            Ok(Sent { name, kind, bytes, _place: place })
        }
        Some((.., None)) => Err(Unread::TooLarge),
        _ => Err(Unread::NoFile),
    }
}

/// The bytes of a field; `None` when there are too many, which are read all the same and dropped.
async fn whole(field: &mut Field<'_>) -> Result<Option<Bytes>, Unread> {
    let most = usize::try_from(LARGEST).unwrap_or(usize::MAX);
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
