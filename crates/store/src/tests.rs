//! What holds for a folder holds for a bucket: one set of stories, told of both. The bucket is a server of S3's kind on
//! this machine, reached over the wire.

mod bucket;
mod folder;

use bytes::Bytes;
use domain::OwnerId;
use futures_util::{TryStreamExt, stream};
use jiff::Timestamp;

use crate::{Key, Store, Trouble};

/// Twelve MiB and a bit: three parts.
const LARGE: usize = 12 * 1024 * 1024 + 17;

fn now() -> Timestamp {
    Timestamp::now()
}

fn key() -> Key {
    Key::fresh(OwnerId::new(), "rooms", "jpg")
}

/// Bytes that are nowhere alike, so that parts in the wrong order show.
fn bytes(length: usize) -> Bytes {
    let mut state = 0x9e37_79b9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    (0..length).map(|_| next()).collect::<Vec<u8>>().into()
}

/// Everything that can be done with a store, done.
async fn keeps_reads_lists_and_removes(store: &Store) {
    let (small, large) = (key(), key());
    store.put(&small, "image/jpeg", bytes(1000)).await.unwrap();
    let chunks: Vec<Result<Bytes, String>> =
        bytes(LARGE).chunks(70_001).map(|c| Ok(Bytes::copy_from_slice(c))).collect();
    assert_eq!(store.write(&large, "image/jpeg", stream::iter(chunks)).await.unwrap(), LARGE as u64);

    assert_eq!(store.read(&small, 1000).await.unwrap(), bytes(1000));
    assert_eq!(store.read(&large, LARGE as u64).await.unwrap(), bytes(LARGE));
    assert!(matches!(store.read(&large, 1000).await, Err(Trouble::TooLarge(1000))));
    let head = store.head(&large).await.unwrap().expect("it is there");
    assert_eq!(head.size, LARGE as u64);
    assert!((now().as_second() - head.changed_at.as_second()).abs() < 60);

    store.put(&small, "image/jpeg", bytes(7)).await.unwrap();
    assert_eq!(store.read(&small, 1000).await.unwrap().len(), 7, "the later one counts");
    let mut listed: Vec<String> = store.list("owners").map_ok(|entry| entry.key).try_collect().await.unwrap();
    listed.sort();
    let mut expected = [small.to_string(), large.to_string()];
    expected.sort();
    assert_eq!(listed, expected);

    for key in [&small, &large] {
        store.delete(key).await.unwrap();
        store.delete(key).await.unwrap();
        assert_eq!(store.head(key).await.unwrap(), None);
        assert!(matches!(store.get(key).await.err(), Some(Trouble::Missing)));
    }
}

/// Whoever breaks off leaves nothing, small or large.
async fn keeps_nothing_of_what_breaks_off(store: &Store) {
    for length in [1000, LARGE] {
        let key = key();
        let whole = bytes(length);
        let chunks = whole.chunks(50_000).map(|chunk| Ok(Bytes::copy_from_slice(chunk)));
        let broken: Vec<Result<Bytes, String>> = chunks.chain([Err("gone".to_owned())]).collect();
        assert!(matches!(store.write(&key, "image/jpeg", stream::iter(broken)).await, Err(Trouble::BrokenOff(_))));
        assert_eq!(store.head(&key).await.unwrap(), None);
    }
    let left: Vec<_> = store.list("owners").try_collect().await.unwrap();
    assert_eq!(left, []);
}

#[test]
fn only_keys_of_ours_are_keys() {
    let owner = OwnerId::new();
    assert_ne!(Key::fresh(owner, "rooms", "jpg"), Key::fresh(owner, "rooms", "jpg"));
    for wrong in [
        "",
        "owners/../secret.key",
        "owners//a.jpg",
        "owners/a/../b.jpg",
        "/owners/a.jpg",
        "owners/a",
        "owners/a.",
        "owners/.jpg",
        "owners/a.b/c.jpg",
        "owners/A.jpg",
        "owners/а.jpg",
        "owners/a%2f.jpg",
        "owners/a\\b.jpg",
        "secret.key",
    ] {
        assert!(wrong.parse::<Key>().is_err(), "{wrong}");
    }
}
