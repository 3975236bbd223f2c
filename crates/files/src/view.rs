//! A file as it is shown: with links, signed anew each time.

use domain::file::FileStatus;
use jiff::Timestamp;
use store::{Key, Store};
use wire::files::FileView;

use crate::queries::File;

pub fn of(file: &File, store: &Store, now: Timestamp) -> FileView {
    let link =
        (file.status == FileStatus::Ready).then(|| store.signed_get(&file.key, file.kind.as_str(), &file.name, now));
    let thumb = match file.has_thumb {
        true => Some(store.signed_get(&thumb_key(&file.key), file.kind.as_str(), &file.name, now).url),
        false => link.as_ref().filter(|_| file.kind.is_picture()).map(|link| link.url.clone()),
    };
    FileView {
        id: file.id,
        purpose: file.purpose,
        subject_id: file.subject_id,
        name: file.name.clone(),
        status: file.status,
        content_type: file.kind,
        size: file.size,
        width: file.width,
        height: file.height,
        position: file.slot,
        thumb_url: thumb,
        url_expires_at: link.as_ref().map(|link| link.expires_at),
        url: link.map(|link| link.url),
        created_at: file.created_at,
        updated_at: file.updated_at,
    }
}

/// Where the small picture of a picture lies: beside it, so that making it twice makes one.
pub fn thumb_key(key: &Key) -> Key {
    let (name, ending) = key.as_str().rsplit_once('.').expect("a key has an ending");
    format!("{name}-small.{ending}").parse().expect("a key with a word more is a key")
}
