//! Where files lie: a folder of ours, or a bucket of S3's kind. Bytes in, bytes out, and links for a few minutes.

mod bucket;
mod folder;
mod key;
mod link;
#[cfg(test)]
mod tests;

use std::{path::Path, sync::Arc, time::Duration};

use base::{Error, Slice};
use bytes::{Bytes, BytesMut};
use futures_util::{
    Stream, StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use jiff::Timestamp;
use object_store::{
    Attribute, Attributes, ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, PutPayload,
    local::LocalFileSystem,
};

pub use self::{
    bucket::BucketSettings,
    key::{Key, NotAKey},
    link::{AHEAD, BEHIND, Link},
};

/// How long the store may be silent: one answer, one chunk, one page of a list.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long one part may take on its way in.
const PATIENCE_FOR_A_PART: Duration = Duration::from_secs(10);
/// What is larger than this many bytes goes in parts of it; S3 takes none that is smaller, but for the last.
const PART: usize = 5 * 1024 * 1024;

/// The store of one process; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    objects: Arc<dyn ObjectStore>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(folder::Signer),
    Bucket(bucket::Signer),
}

/// Why a file could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("there is no such object")]
    Missing,
    #[error("there are more than {0} bytes")]
    TooLarge(u64),
    #[error("the store is away: {0}")]
    Away(String),
    /// Whoever was sending the bytes has stopped.
    #[error("the sender broke off: {0}")]
    BrokenOff(String),
}

pub type Result<T, E = Trouble> = std::result::Result<T, E>;

/// The store cannot be used as it is set up.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadSettings(pub String);

/// An object as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    /// In bytes.
    pub size: u64,
    pub changed_at: Timestamp,
}

/// An object on its way out.
pub struct Content {
    /// In bytes.
    pub size: u64,
    pub bytes: BoxStream<'static, Result<Bytes>>,
}

impl Store {
    /// Objects in a folder of this machine; links lead to `origin` (no slash at the end), signed with the server's key.
    pub fn in_folder(folder: &Path, origin: &str, key: base::secrets::ServerKey) -> Result<Store, BadSettings> {
        let why = |error: &dyn std::fmt::Display| {
            BadSettings(format!("the folder of files {} cannot be used: {error}", folder.display()))
        };
        std::fs::create_dir_all(folder).map_err(|error| why(&error))?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| why(&error))?;
        let objects = Arc::new(objects.with_fsync(true).with_automatic_cleanup(true));
        Ok(Store(Arc::new(Parts { objects, place: Place::Folder(folder::Signer::new(origin, key)) })))
    }

    /// Objects in a bucket of S3, R2, MinIO and their like; links lead there.
    pub fn in_bucket(settings: &BucketSettings) -> Result<Store, BadSettings> {
        let objects = Arc::new(settings.open()?);
        Ok(Store(Arc::new(Parts { objects, place: Place::Bucket(settings.signer()?) })))
    }

    /// Keeps an object, whole or not at all, in place of what was there.
    pub async fn put(&self, key: &Key, kind: &str, bytes: Bytes) -> Result<()> {
        self.write(key, kind, stream::iter([Ok::<_, std::convert::Infallible>(bytes)])).await.map(drop)
    }

    /// Keeps an object as it comes, in parts when it is large; how many bytes it has. When the sender breaks off,
    /// nothing is kept.
    pub async fn write<E: std::fmt::Display>(
        &self,
        key: &Key,
        kind: &str,
        bytes: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<u64> {
        let mut bytes = std::pin::pin!(bytes);
        let (mut part, mut size) = (BytesMut::new(), 0);
        let mut upload = None;
        while let Some(chunk) = bytes.next().await {
            let mut chunk = match chunk {
                Ok(chunk) => chunk,
                Err(error) => {
                    self.give_up(upload).await;
                    return Err(Trouble::BrokenOff(error.to_string()));
                }
            };
            size += chunk.len() as u64;
            while part.len() + chunk.len() > PART {
                part.extend_from_slice(&chunk.split_to(PART - part.len()));
                let full = std::mem::take(&mut part).freeze();
                let sent = match &mut upload {
                    Some(upload) => self.send(upload, full).await,
                    None => {
                        let upload = upload.insert(self.begin(key, kind).await?);
                        self.send(upload, full).await
                    }
                };
                if let Err(trouble) = sent {
                    self.give_up(upload).await;
                    return Err(trouble);
                }
            }
            part.extend_from_slice(&chunk);
        }
        match upload {
            None => {
                let options = PutOptions { attributes: self.attributes(kind), ..PutOptions::default() };
                let path = key.path();
                let put = self.0.objects.put_opts(&path, PutPayload::from(part.freeze()), options);
                within(PATIENCE_FOR_A_PART, put).await?;
            }
            Some(mut upload) => {
                let ended = async {
                    self.send(&mut upload, part.freeze()).await?;
                    within(PATIENCE_FOR_A_PART, upload.complete()).await
                };
                if let Err(trouble) = ended.await {
                    self.give_up(Some(upload)).await;
                    return Err(trouble);
                }
            }
        }
        Ok(size)
    }

    /// An object as it lies there.
    pub async fn get(&self, key: &Key) -> Result<Content> {
        let found = within(PATIENCE, self.0.objects.get(&key.path())).await?;
        let size = found.meta.size;
        let chunks = stream::unfold(found.into_stream(), |mut chunks| async {
            let next = tokio::time::timeout(PATIENCE, chunks.next()).await;
            let next = next.unwrap_or_else(|_| Some(Err(silent())));
            next.map(|chunk| (chunk.map_err(Trouble::from), chunks))
        });
        Ok(Content { size, bytes: chunks.boxed() })
    }

    /// A whole object of at most `most` bytes.
    pub async fn read(&self, key: &Key, most: u64) -> Result<Bytes> {
        let mut content = self.get(key).await?;
        if content.size > most {
            return Err(Trouble::TooLarge(most));
        }
        let mut whole = BytesMut::with_capacity(usize::try_from(content.size).unwrap_or(0));
        while let Some(chunk) = content.bytes.try_next().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    /// How large an object is and when it was put there; nothing when it is not.
    pub async fn head(&self, key: &Key) -> Result<Option<Entry>> {
        match within(PATIENCE, self.0.objects.head(&key.path())).await {
            Ok(meta) => Ok(Some(entry(meta))),
            Err(Trouble::Missing) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// Removes an object; one that is not there is removed already.
    pub async fn delete(&self, key: &Key) -> Result<()> {
        match within(PATIENCE, self.0.objects.delete(&key.path())).await {
            Err(Trouble::Missing) => Ok(()),
            ended => ended,
        }
    }

    /// Every object whose key begins with these whole segments (`owners/`); in no order that could be relied on.
    pub fn list(&self, below: &str) -> BoxStream<'static, Result<Entry>> {
        let found = self.0.objects.list(Some(&below.trim_end_matches('/').into()));
        let entries = stream::unfold(found, |mut found| async {
            let next = tokio::time::timeout(PATIENCE, found.next()).await;
            let next = next.unwrap_or_else(|_| Some(Err(silent())));
            next.map(|meta| (meta.map(entry).map_err(Trouble::from), found))
        });
        entries.boxed()
    }

    /// An address that takes exactly these bytes, of this kind and size, until [`AHEAD`] from now.
    pub fn signed_put(&self, key: &Key, kind: &str, size: u64, now: Timestamp) -> Link {
        match &self.0.place {
            Place::Folder(signer) => signer.put(key, kind, size, now),
            Place::Bucket(signer) => signer.put(key, kind, size, now),
        }
    }

    /// An address that gives this one object until [`AHEAD`] from now: pictures to be seen, all else to be saved under
    /// `name`.
    pub fn signed_get(&self, key: &Key, kind: &str, name: &str, now: Timestamp) -> Link {
        match &self.0.place {
            Place::Folder(signer) => signer.get(key, kind, name, now),
            Place::Bucket(signer) => signer.get(key, kind, name, now),
        }
    }

    /// The origin that links lead to.
    pub fn origin(&self) -> String {
        match &self.0.place {
            Place::Folder(signer) => signer.origin().to_owned(),
            Place::Bucket(signer) => signer.origin(),
        }
    }

    /// Objects lie in a folder of this machine.
    pub fn is_folder(&self) -> bool {
        matches!(self.0.place, Place::Folder(_))
    }

    async fn begin(&self, key: &Key, kind: &str) -> Result<Upload> {
        let options = PutMultipartOptions { attributes: self.attributes(kind), ..PutMultipartOptions::default() };
        within(PATIENCE, self.0.objects.put_multipart_opts(&key.path(), options)).await
    }

    async fn send(&self, upload: &mut Upload, part: Bytes) -> Result<()> {
        within(PATIENCE_FOR_A_PART, upload.put_part(part.into())).await
    }

    /// Takes back what was sent of an object that will not be whole. Should that fail too, the folder's own clean-up
    /// or the bucket's rule for unfinished uploads takes it.
    async fn give_up(&self, upload: Option<Upload>) {
        if let Some(mut upload) = upload
            && let Err(trouble) = within(PATIENCE, upload.abort()).await
        {
            tracing::warn!("an unfinished upload was left behind: {trouble}");
        }
    }

    /// A folder keeps no kind beside the bytes; there, the link says it.
    fn attributes(&self, kind: &str) -> Attributes {
        match self.0.place {
            Place::Folder(_) => Attributes::new(),
            Place::Bucket(_) => Attributes::from_iter([(Attribute::ContentType, kind.to_owned())]),
        }
    }
}

type Upload = Box<dyn object_store::MultipartUpload>;

/// The doors that a folder's links lead to: outside of every session, opened by the signature in the address alone.
pub fn slice() -> Slice {
    Slice::new("store").routes(folder::routes())
}

async fn within<T>(patience: Duration, call: impl Future<Output = object_store::Result<T>>) -> Result<T> {
    match tokio::time::timeout(patience, call).await {
        Ok(answer) => answer.map_err(Trouble::from),
        Err(_) => Err(silent().into()),
    }
}

fn silent() -> object_store::Error {
    object_store::Error::Generic { store: "store", source: "it did not answer in time".into() }
}

fn entry(meta: object_store::ObjectMeta) -> Entry {
    let changed_at = Timestamp::from_millisecond(meta.last_modified.timestamp_millis()).unwrap_or(Timestamp::MIN);
    Entry { key: meta.location.to_string(), size: meta.size, changed_at }
}

impl From<object_store::Error> for Trouble {
    fn from(error: object_store::Error) -> Trouble {
        match error {
            object_store::Error::NotFound { .. } => Trouble::Missing,
            other => Trouble::Away(other.to_string()),
        }
    }
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Error {
        match trouble {
            Trouble::Missing => Error::NotFound("file"),
            Trouble::TooLarge(_) => Error::PayloadTooLarge,
            Trouble::Away(_) => Error::Unavailable(trouble.to_string()),
            Trouble::BrokenOff(_) => Error::field("body", "bad-format"),
        }
    }
}
