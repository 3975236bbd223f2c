//! Files of whatever an owner has: announced, sent straight to the store, looked at, and read by links of ten minutes.
//!
//! Nothing is shown that was not looked at. What came is unpacked and packed anew under a name of our own; what came
//! itself is thrown away. A row that says `ready` was written after its object was there, so there is none without one;
//! an object that lost its row is found by the sweep.

mod discard;
mod examine;
mod queries;
mod routes;
mod sweep;
mod thumb;
mod view;

use base::{
    Actor, App, Checks, Conflict, Error, Result, Slice, Tx,
    audit::Note,
    cron::{Cron, Schedule},
};
use domain::{
    FileId, OwnerId,
    file::{FileKind, FileStatus, LARGEST, Purpose},
    rights::Action,
    text::tidy,
};
use serde_json::json;
use store::{Key, Store};
use wire::files::{FileFilter, FileList, FileOrder, FileView, NewFile, UploadView};

use self::{
    discard::Discard,
    examine::{Examined, Unfit},
    queries::File,
    thumb::MakeThumb,
};

pub use sweep::sweep;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![
        Slice::new("files")
            .routes(routes::routes())
            .job::<Discard>()
            .job::<MakeThumb>()
            .job::<sweep::Sweep>()
            .cron(Cron::new("files.sweep", Schedule::Daily(4, 20), sweep::promise_for_each_owner)),
    ]
}

/// Announces a file; the answer says where its bytes go.
pub async fn announce(tx: &Tx, new: &NewFile) -> Result<UploadView> {
    tx.allow(Action::EditFiles)?;
    tx.allow(new.purpose.right_to_change())?;
    let name = tidy(&new.name);
    let mut checks = Checks::new();
    checks.name("name", &name, 200).within(
        "size",
        i64::try_from(new.size).unwrap_or(i64::MAX),
        1,
        LARGEST.cast_signed(),
    );
    checks.that(new.purpose.takes(new.content_type), "contentType", "file-not-taken");
    checks.done()?;
    let owner = tx.owner().await?;
    // Who may not change it is told that it is not there, as when it is not.
    queries::lock_subject(tx, new.purpose, new.subject_id).await?.ok_or(Error::NotFound("subject"))?;
    if !new.purpose.replaces() && queries::count(tx, new.purpose, new.subject_id).await? >= new.purpose.most() {
        return Err(full(new.purpose));
    }
    let key = Key::fresh(owner, &folder("incoming"), new.content_type.ending());
    let file = queries::insert(tx, FileId::new(), new, &name, &key).await?.ok_or(Error::NotFound("subject"))?;
    let what = json!({ "purpose": new.purpose, "subjectId": new.subject_id, "name": name, "size": new.size });
    tx.audit("file.create", file.id.0, &what).await?;

    let store = tx.app().part::<Store>();
    let link = store.signed_put(&key, new.content_type.as_str(), new.size, tx.clock().now());
    Ok(UploadView {
        file: view::of(&file, &store, tx.clock().now()),
        method: link.method.to_string(),
        headers: link.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        url: link.url,
        expires_at: link.expires_at,
        is_here: store.is_folder(),
    })
}

/// Looks at what came and keeps it, or refuses it and throws it away. Asked again, it says again what became of it.
///
/// The store is asked and pictures are unpacked between two transactions, never within one.
pub async fn confirm(actor: &Actor, id: FileId) -> Result<FileView> {
    let (owner, announced) = actor.transact(async |tx| to_change(tx, id).await).await?;
    let (store, now) = (actor.app.part::<Store>(), actor.app.clock.now());
    if announced.status == FileStatus::Ready {
        return Ok(view::of(&announced, &store, now));
    }
    let looked_at = match arrived(&store, &announced).await? {
        Ok(bytes) => examine::look_at(bytes, announced.purpose).await?,
        Err(unfit) => Err(unfit),
    };
    let examined = match looked_at {
        Ok(examined) => examined,
        Err(unfit) => {
            actor.transact(async |tx| refuse(tx, id, unfit).await).await?;
            return Err(unfit.into());
        }
    };
    let key = Key::fresh(owner, &folder(shelf(announced.purpose)), examined.kind.ending());
    store.put(&key, examined.kind.as_str(), examined.bytes.clone()).await?;
    match actor.transact(async |tx| keep(tx, id, &key, &examined).await).await {
        Ok(kept) => {
            if kept.key != key {
                // Somebody confirmed it in the same moment and was first.
                let _ = store.delete(&key).await;
            }
            Ok(view::of(&kept, &store, now))
        }
        Err(refusal) => {
            // Only what was surely not written: after a lost commit the row may be there, and the sweep will know.
            if refusal.is_final() {
                let _ = store.delete(&key).await;
            }
            Err(refusal)
        }
    }
}

/// One file, with a link to it.
pub async fn find(tx: &Tx, id: FileId) -> Result<FileView> {
    tx.allow(Action::ReadFiles)?;
    let file = queries::find_last(tx, id).await?.filter(is_there).ok_or(Error::NotFound("file"))?;
    Ok(view::of(&file, &tx.app().part::<Store>(), tx.clock().now()))
}

/// The files of one thing in their order; nothing of what is not one's own.
pub async fn list(tx: &Tx, filter: &FileFilter) -> Result<FileList> {
    tx.allow(Action::ReadFiles)?;
    let files = queries::ready_last(tx, filter.purpose, filter.subject_id).await?;
    let (store, now) = (tx.app().part::<Store>(), tx.clock().now());
    let items = files.iter().map(|file| view::of(file, &store, now)).collect();
    Ok(FileList { items, most: filter.purpose.most() })
}

/// Puts the files of one thing into another order.
pub async fn order(tx: &Tx, order: &FileOrder) -> Result<FileList> {
    tx.allow(Action::EditFiles)?;
    tx.allow(order.purpose.right_to_change())?;
    queries::lock_subject(tx, order.purpose, order.subject_id).await?.ok_or(Error::NotFound("subject"))?;
    let before = queries::ready(tx, order.purpose, order.subject_id).await?;
    let (mut is, mut wanted): (Vec<FileId>, _) = (before.iter().map(|file| file.id).collect(), order.ids.clone());
    let was = is.clone();
    is.sort();
    wanted.sort();
    if is != wanted {
        return Err(Error::field("ids", "file-order-not-whole"));
    }
    if was != order.ids {
        queries::put_in_order(tx, &order.ids).await?;
        let ids = |ids: &[FileId]| serde_json::to_value(ids).ok();
        let note = Note {
            action: "file.order",
            id: Some(order.subject_id),
            before: ids(&was),
            after: ids(&order.ids),
            reason: None,
        };
        tx.note(note).await?;
    }
    list(tx, &FileFilter { purpose: order.purpose, subject_id: order.subject_id }).await
}

/// Removes a file; its object follows.
pub async fn remove(tx: &Tx, id: FileId) -> Result<()> {
    let (_, file) = to_change(tx, id).await?;
    queries::lock_subject(tx, file.purpose, file.subject_id).await?.ok_or(Error::NotFound("subject"))?;
    let file = queries::lock(tx, id).await?.filter(is_there).ok_or(Error::NotFound("file"))?;
    let_go(tx, &file).await?;
    if let Some(slot) = file.slot {
        queries::close_gap(tx, file.purpose, file.subject_id, slot).await?;
    }
    tx.audit("file.remove", id.0, &json!({ "purpose": file.purpose, "subjectId": file.subject_id, "name": file.name }))
        .await
}

/// The file, if whoever asks may change it.
async fn to_change(tx: &Tx, id: FileId) -> Result<(OwnerId, File)> {
    tx.allow(Action::EditFiles)?;
    let file = queries::find(tx, id).await?.filter(is_there).ok_or(Error::NotFound("file"))?;
    tx.allow(file.purpose.right_to_change())?;
    Ok((tx.owner().await?, file))
}

/// What lies in the store for an announced file, if it is as large as was said.
async fn arrived(store: &Store, file: &File) -> Result<Result<bytes::Bytes, Unfit>> {
    let there = store.head(&file.key).await?.ok_or_else(|| Conflict::new("FILE_NOT_UPLOADED"))?;
    if there.size != file.size {
        return Ok(Err(Unfit::WrongSize));
    }
    Ok(Ok(store.read(&file.key, LARGEST).await?))
}

/// Makes the row tell of the object that is there now. The one that came, and the one whose place it takes, go.
async fn keep(tx: &Tx, id: FileId, key: &Key, examined: &Examined) -> Result<File> {
    let (_, announced) = to_change(tx, id).await?;
    queries::lock_subject(tx, announced.purpose, announced.subject_id).await?.ok_or(Error::NotFound("subject"))?;
    let announced = queries::lock(tx, id).await?.filter(is_there).ok_or(Error::NotFound("file"))?;
    if announced.status == FileStatus::Ready {
        return Ok(announced);
    }
    let others = queries::ready(tx, announced.purpose, announced.subject_id).await?;
    let mut slot = i32::try_from(others.len()).unwrap_or(i32::MAX).saturating_add(1);
    if announced.purpose.replaces() {
        for old in &others {
            let_go(tx, old).await?;
        }
        slot = 1;
    }
    if slot > announced.purpose.most() {
        return Err(full(announced.purpose));
    }
    announced.status.transition_to(FileStatus::Ready)?;
    let kept = queries::keep(tx, id, key, examined, slot).await?;
    let what =
        json!({ "purpose": kept.purpose, "subjectId": kept.subject_id, "contentType": kept.kind, "size": kept.size });
    tx.audit("file.confirm", id.0, &what).await?;
    tx.promise(&Discard { keys: vec![announced.key.to_string()], file: None }).await?;
    if kept.kind.is_picture() {
        tx.promise(&MakeThumb { file: id }).await?;
    }
    Ok(kept)
}

/// Notes why a file was not taken; what came of it goes.
async fn refuse(tx: &Tx, id: FileId, unfit: Unfit) -> Result<()> {
    let Some(file) = queries::lock(tx, id).await?.filter(|file| file.status == FileStatus::Pending) else {
        return Ok(());
    };
    let_go(tx, &file).await?;
    tx.audit("file.refuse", id.0, &json!({ "purpose": file.purpose, "name": file.name, "why": unfit.to_string() }))
        .await
}

/// A file that nobody sees any more, and the promise that its objects go.
async fn let_go(tx: &Tx, file: &File) -> Result<()> {
    file.status.transition_to(FileStatus::Gone)?;
    queries::let_go(tx, file.id).await?;
    let keys = [Some(file.key.to_string()), file.has_thumb.then(|| view::thumb_key(&file.key).to_string())];
    tx.promise(&Discard { keys: keys.into_iter().flatten().collect(), file: Some(file.id) }).await?;
    Ok(())
}

fn is_there(file: &File) -> bool {
    file.status != FileStatus::Gone
}

fn full(purpose: Purpose) -> Error {
    Conflict::new("FILES_FULL").with("most", purpose.most()).into()
}

/// Everything of this area lies below one folder of the owner's, so that the sweep knows what is its business.
fn folder(shelf: &str) -> String {
    format!("files/{shelf}")
}

fn shelf(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::RoomPhoto => "rooms",
        Purpose::PropertyCover => "covers",
        Purpose::FloorPlan => "plans",
        Purpose::OwnerLogo | Purpose::OwnerSeal => "marks",
        Purpose::SignedContract => "contracts",
        Purpose::TenantPaper => "papers",
        Purpose::ReadingPhoto => "readings",
    }
}

/// A ready logo or seal of the owner, for papers that are printed: its bytes and kind.
pub async fn mark(app: &App, owner: OwnerId, purpose: Purpose) -> Result<Option<(FileKind, bytes::Bytes)>> {
    let files = Actor::system(app, owner).transact(async |tx| queries::ready(tx, purpose, owner.0).await).await?;
    match files.first() {
        Some(file) => Ok(Some((file.kind, app.part::<Store>().read(&file.key, LARGEST).await?))),
        None => Ok(None),
    }
}
