//! Files of a room, a floor, a contract …: seen, added, put in order, removed.
//!
//! A page of another slice shows them with one line, `files::section(reader, Purpose::RoomPhoto, room.id.0)`: a place
//! that fills itself, and that without JavaScript is a link to the page here, which does the same.

mod draw;
mod sent;
#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Form as Posted, Multipart, Path},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{FileId, file::Purpose};
use uuid::Uuid;
use wire::files::{FileFilter, FileList, FileOrder, NewFile};

pub use self::draw::{link, section};

pub(crate) use self::sent::{Filled, Sent, Unread};
use crate::{Site, api::Api, page::Page, problem::Problem, read, reader::Reader, ui::flash::Flash};

/// The largest form taken in, in bytes; the edge takes no larger body of any kind.
pub(crate) const LARGEST_FORM: usize = 20 * 1024 * 1024;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/files/open/{id}", get(open))
        .route("/files/small/{id}", get(small))
        .route("/files/{purpose}/{subject}", get(show).post(add).layer(DefaultBodyLimit::max(LARGEST_FORM)))
        .route("/files/{purpose}/{subject}/order", post(order))
        .route("/files/{purpose}/{subject}/removal", post(remove))
}

/// The files of one thing.
#[derive(Debug, Clone)]
pub struct FilesPage {
    pub purpose: Purpose,
    pub subject: Uuid,
    pub list: FileList,
}

/// Where the files of a thing are shown: beside the thing, or on the page here where it has none of its own.
fn home(purpose: Purpose, subject: Uuid) -> String {
    match purpose {
        Purpose::RoomPhoto => format!("/rooms/{subject}"),
        Purpose::SignedContract => format!("/contracts/{subject}"),
        Purpose::TenantPaper => format!("/tenants/{subject}"),
        Purpose::OwnerLogo | Purpose::OwnerSeal => "/settings".to_owned(),
        Purpose::PropertyCover => format!("/buildings/{subject}/edit"),
        Purpose::FloorPlan | Purpose::ReadingPhoto => here(purpose, subject),
    }
}

fn here(purpose: Purpose, subject: Uuid) -> String {
    format!("/files/{purpose}/{subject}")
}

fn asked(place: &(String, String)) -> Result<(Purpose, Uuid), Problem> {
    let place = read::word(&place.0).zip(read::word(&place.1));
    place.ok_or(Problem::not_found("thing-file"))
}

async fn show(api: Api, reader: Reader, Path(place): Path<(String, String)>) -> Result<Response, Problem> {
    let (purpose, subject) = asked(&place)?;
    let (reader, list) = api.page(reader, api.files(&FileFilter { purpose, subject_id: subject })).await?;
    Ok(FilesPage { purpose, subject, list }.render(&reader).into_response())
}

/// A fresh link each time: those on a page are worth nothing after ten minutes.
async fn open(api: Api, Path(id): Path<String>) -> Result<Redirect, Problem> {
    let id: FileId = read::word(&id).ok_or(Problem::not_found("thing-file"))?;
    let file = api.file(id).await?;
    Ok(Redirect::to(&file.url.ok_or(Problem::not_found("thing-file"))?))
}

/// The small picture of a picture, by a fresh link as well.
async fn small(api: Api, Path(id): Path<String>) -> Result<Redirect, Problem> {
    let id: FileId = read::word(&id).ok_or(Problem::not_found("thing-file"))?;
    let file = api.file(id).await?;
    Ok(Redirect::to(&file.thumb_url.ok_or(Problem::not_found("thing-file"))?))
}

async fn add(
    api: Api,
    reader: Reader,
    Path(place): Path<(String, String)>,
    body: Multipart,
) -> Result<Response, Problem> {
    let (purpose, subject) = asked(&place)?;
    // The person first: a file of a stranger is not read.
    let reader = api.know(reader).await?;
    let flash = match Sent::read(body).await {
        Ok(sent) => {
            let new = NewFile {
                purpose,
                subject_id: subject,
                name: sent.name,
                size: sent.bytes.len() as u64,
                content_type: sent.kind,
            };
            match api.add_file(&new, sent.bytes).await {
                Ok(_) => Flash::good(reader.say("files-added")),
                Err(refusal) => told(refusal)?,
            }
        }
        Err(Unread::Busy) => return Err(Problem::of(StatusCode::SERVICE_UNAVAILABLE)),
        Err(unread) => Flash::bad(reader.say(match unread {
            Unread::NoFile => "files-none-sent",
            Unread::TooLarge => "field-file-too-large",
            Unread::Broken | Unread::Busy => "field-file-wrong-size",
        })),
    };
    Ok(flash.on(&home(purpose, subject)))
}

async fn order(
    api: Api,
    Path(place): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (purpose, subject) = asked(&place)?;
    let ids = pairs.iter().filter(|(name, _)| name == "ids").flat_map(|(_, ids)| ids.split(','));
    let ids: Option<Vec<FileId>> = ids.map(|id| id.parse().ok()).collect();
    let order = FileOrder { purpose, subject_id: subject, ids: ids.unwrap_or_default() };
    match api.order_files(&order).await {
        Ok(_) => Ok(Redirect::to(&home(purpose, subject)).into_response()),
        Err(refusal) => Ok(told(refusal)?.on(&home(purpose, subject))),
    }
}

async fn remove(
    api: Api,
    reader: Reader,
    Path(place): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (purpose, subject) = asked(&place)?;
    let id = pairs.iter().find(|(name, _)| name == "id").and_then(|(_, id)| id.parse().ok());
    let flash = match api.remove_file(id.ok_or(Problem::not_found("thing-file"))?).await {
        Ok(()) => Flash::good(reader.say("files-removed")),
        Err(refusal) => told(refusal)?,
    };
    Ok(flash.on(&home(purpose, subject)))
}

/// A refusal that a person can do something about is told where the files are; anything else is a page of its own.
fn told(refusal: client::Problem) -> Result<Flash, Problem> {
    if !matches!(refusal.status, 400 | 409 | 413 | 415 | 503) {
        return Err(refusal.into());
    }
    let remarks: Vec<&str> = refusal.fields.values().flatten().map(String::as_str).collect();
    Ok(Flash::bad(if remarks.is_empty() { refusal.message.clone() } else { remarks.join(" ") }))
}
