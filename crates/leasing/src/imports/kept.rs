//! The imports there were: kept with who sent what and what it made, so that one can be looked up and undone.

use base::{Error, Result, Tx, lists::Window, params};
use domain::{
    ContractId, FloorId, ImportId, InvoiceId, MeterId, PaymentId, PropertyId, ReadingId, RoomId, TenantId, text::tidy,
};
use tokio_postgres::Row;
use uuid::Uuid;
use wire::imports::{ImportCounts, ImportKind, ImportStatus, ImportView};

/// What an import made.
#[derive(Debug, Default)]
pub struct Made(Vec<(&'static str, Uuid)>);

macro_rules! things {
    ($($name:ident $id:ident $word:literal)*) => {
        impl Made {
            $(pub fn $name(&mut self, ids: impl IntoIterator<Item = $id>) -> &mut Made {
                self.0.extend(ids.into_iter().map(|id| ($word, id.0)));
                self
            })*
        }
    };
}

things! {
    properties PropertyId "property"
    floors FloorId "floor"
    rooms RoomId "room"
    tenants TenantId "tenant"
    contracts ContractId "contract"
    invoices InvoiceId "invoice"
    payments PaymentId "payment"
    meters MeterId "meter"
    readings ReadingId "reading"
}

/// Keeps an import that was written, and what it made.
pub async fn keep(tx: &Tx, kind: ImportKind, file_name: &str, counts: &ImportCounts, made: &Made) -> Result<ImportId> {
    let id = ImportId::new();
    let file_name: String = tidy(file_name).chars().filter(|c| !c.is_control()).take(200).collect();
    let counts = serde_json::to_value(counts).map_err(|error| Error::Internal(error.to_string()))?;
    tx.later(
        "insert into imports (id, kind, file_name, counts) values ($1, $2, $3, $4)",
        params![id, kind.as_str(), file_name, counts],
    )
    .await?;
    let ids: Vec<Uuid> = made.0.iter().map(|_| Uuid::now_v7()).collect();
    let (things, thing_ids): (Vec<&str>, Vec<Uuid>) = made.0.iter().copied().unzip();
    tx.later(
        "insert into import_things (id, import_id, thing, thing_id)
         select m.id, $1, m.thing, m.thing_id from unnest($2::uuid[], $3::text[], $4::uuid[]) as m (id, thing, thing_id)",
        params![id, ids, things, thing_ids],
    )
    .await?;
    Ok(id)
}

/// An import with the names behind its people; what follows is the rest of the question.
macro_rules! imports {
    ($rest:literal) => {
        concat!(
            "select i.id, i.kind, i.file_name, i.status, u.name as user_name, i.counts, i.undone_at, b.name as undone_by,
                    i.undone_because, i.created_at
               from imports i
               left join users u on u.id = i.user_id
               left join users b on b.id = i.undone_by
              where i.owner_id = (select app_owner_id()) ",
            $rest
        )
    };
}

/// Newest first; the last question of its transaction.
pub(super) async fn page(tx: &Tx, window: &Window<ImportId>) -> Result<Vec<ImportView>> {
    let sql = imports!("and ($1::uuid is null or i.id < $1) order by i.id desc limit $2");
    let rows = tx.last().all(sql, &[&window.after, &window.rows()]).await?;
    rows.iter().map(import).collect()
}

pub(super) async fn find(tx: &Tx, id: ImportId) -> Result<Option<ImportView>> {
    tx.maybe(imports!("and i.id = $1"), &[&id]).await?.as_ref().map(import).transpose()
}

/// The import, held until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: ImportId) -> Result<Option<ImportView>> {
    tx.maybe(imports!("and i.id = $1 for no key update of i"), &[&id]).await?.as_ref().map(import).transpose()
}

fn import(row: &Row) -> Result<ImportView> {
    let counts = serde_json::from_value(row.get("counts")).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(ImportView {
        id: row.get("id"),
        kind: kind(row.get("kind")),
        file_name: row.get("file_name"),
        status: match row.get("status") {
            "undone" => ImportStatus::Undone,
            _ => ImportStatus::Written,
        },
        user_name: row.get("user_name"),
        counts,
        undone_at: row.get("undone_at"),
        undone_by: row.get("undone_by"),
        undone_because: row.get("undone_because"),
        created_at: row.get("created_at"),
    })
}

pub(super) fn kind(word: &str) -> ImportKind {
    match word {
        "invoices" => ImportKind::Invoices,
        "readings" => ImportKind::Readings,
        _ => ImportKind::RentRoll,
    }
}
