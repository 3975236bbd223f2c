//! Looks at what came: its kind is told by its content, pictures are unpacked and packed anew, papers are read for what
//! would run. Whatever the sender said of it counts for nothing here.

mod heic;
mod jpeg;
mod pdf;
mod picture;
#[cfg(test)]
mod tests;

use std::time::Duration;

use base::{Error, Result};
use bytes::Bytes;
use domain::file::{FileKind, Purpose};
use tokio::sync::Semaphore;

/// A file that was found good, as it is to be kept.
#[derive(Debug, Clone)]
pub struct Examined {
    pub kind: FileKind,
    pub bytes: Bytes,
    /// Pixels, of a picture.
    pub width: Option<i32>,
    pub height: Option<i32>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("neither JPEG, PNG, WebP, HEIC nor PDF")]
    Unknown,
    #[error("HEIC of a sort that is not read here")]
    Heic,
    #[error("of a kind that this purpose does not take")]
    NotForThis,
    #[error("another size than announced")]
    WrongSize,
    #[error("cut short or damaged")]
    Damaged,
    #[error("too many pixels")]
    TooManyPixels,
    #[error("holds something that would run")]
    Runs,
    #[error("locked with a password")]
    Locked,
}

impl From<Unfit> for Error {
    fn from(unfit: Unfit) -> Error {
        let sentence = match unfit {
            Unfit::Unknown => "file-unknown",
            Unfit::Heic => "file-heic",
            Unfit::NotForThis => "file-not-taken",
            Unfit::WrongSize => "file-wrong-size",
            Unfit::Damaged => "file-damaged",
            Unfit::TooManyPixels => "file-too-many-pixels",
            Unfit::Runs => "file-runs",
            Unfit::Locked => "file-locked",
        };
        Error::field("file", sentence)
    }
}

/// How many desks there are: an ordinary picture takes one, a very large one all of them, so that what lies unpacked at
/// once stays below half a gigabyte.
static DESKS: Semaphore = Semaphore::const_new(2);
const MANY_PIXELS: u64 = 16_000_000;
/// How long to wait for a desk before it is said that there is too much to do.
const PATIENCE: Duration = Duration::from_secs(8);

/// The longest side of a picture that is kept, in pixels: a page of paper at 300 dpi fits.
const LONGEST_SIDE: u32 = 4096;
/// The same of a small one.
const SMALL_SIDE: u32 = 480;

/// Examines a file, away from the threads that answer.
pub async fn look_at(bytes: Bytes, purpose: Purpose) -> Result<Result<Examined, Unfit>> {
    let kind = match kind_of(&bytes) {
        Ok(kind) if purpose.takes(kind) => kind,
        Ok(_) => return Ok(Err(Unfit::NotForThis)),
        Err(unfit) => return Ok(Err(unfit)),
    };
    at_a_desk(if kind.is_picture() { desks_for(&bytes, kind) } else { 1 }, move || match kind {
        FileKind::Pdf => {
            pdf::check(&bytes)?;
            Ok(Examined { kind, bytes, width: None, height: None })
        }
        _ => picture::repack(&bytes, kind, LONGEST_SIDE),
    })
    .await
}

/// A picture of ours made small, in the same kind.
pub async fn small(bytes: Bytes, kind: FileKind) -> Result<Result<Bytes, Unfit>> {
    at_a_desk(desks_for(&bytes, kind), move || picture::repack(&bytes, kind, SMALL_SIDE).map(|small| small.bytes)).await
}

fn desks_for(bytes: &[u8], kind: FileKind) -> u32 {
    let pixels = picture::pixels(bytes, kind).unwrap_or(0);
    if pixels > MANY_PIXELS { 2 } else { 1 }
}

async fn at_a_desk<T: Send + 'static>(
    desks: u32,
    work: impl FnOnce() -> Result<T, Unfit> + Send + 'static,
) -> Result<Result<T, Unfit>> {
    let turn = tokio::time::timeout(PATIENCE, DESKS.acquire_many(desks)).await;
    let turn = turn.map_err(|_| Error::Unavailable("too many pictures at once".into()))?;
    let turn = turn.expect("the desks are never closed");
    // The desk is held until the work is done, also when nobody waits for it any more.
    let worked = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    // What makes a library panic is not a good file.
    Ok(worked.await.unwrap_or(Err(Unfit::Damaged)))
}

/// The kind by the first bytes.
fn kind_of(bytes: &[u8]) -> Result<FileKind, Unfit> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(FileKind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(FileKind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(FileKind::WebP),
        [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', ..] => Ok(FileKind::Pdf),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i', ..] => Ok(FileKind::Heic),
        _ => Err(Unfit::Unknown),
    }
}
