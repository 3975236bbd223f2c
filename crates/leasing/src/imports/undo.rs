//! Undoing an import: everything it made goes, in one transaction, as long as nobody has touched any of it since.

mod readings;

use base::{Checks, Conflict, Error, Result, Tx, audit::Note, params};
use domain::{ImportId, rights::Action, text::tidy};
use serde_json::json;
use wire::imports::{ImportKind, ImportStatus, ImportView, UndoView};

use super::kept;

/// How many of the things that stand in the way are named.
const NAMED: usize = 10;

/// Takes an import back. What it made and somebody has used or changed since is named, and nothing is undone.
pub async fn undo(tx: &Tx, id: ImportId, reason: &str) -> Result<ImportView> {
    tx.allow(Action::Import)?;
    let reason = tidy(reason);
    Checks::new().name("reason", &reason, 500).done()?;
    // Imports of an owner go one after the other, and so do their undoings.
    tx.later("select pg_advisory_xact_lock(hashtextextended('import of ' || app_owner_id()::text, 0))", params![])
        .await?;
    let import = kept::lock(tx, id).await?.ok_or(Error::NotFound("import"))?;
    if import.status == ImportStatus::Undone {
        return Err(Conflict::new("IMPORT_UNDONE").into());
    }
    if import.kind == ImportKind::Readings {
        readings::hold(tx, id).await?;
    }
    if let Some(refusal) = in_the_way(tx, &import).await? {
        return Err(refusal.into());
    }
    take_out(tx, id).await?;
    tx.later(
        "update imports set status = 'undone', undone_at = $2, undone_by = app_user_id(), undone_because = $3 where id = $1",
        params![id, tx.clock().now(), reason.clone()],
    )
    .await?;
    tx.note(Note {
        action: "import.undo",
        id: Some(id.0),
        before: Some(json!({ "kind": import.kind, "fileName": import.file_name, "counts": import.counts })),
        after: Some(json!({ "status": ImportStatus::Undone })),
        reason: Some(reason),
    })
    .await?;
    kept::find(tx, id).await?.ok_or(Error::NotFound("import"))
}

/// What undoing an import would take out, and why it can't be undone, should it not.
pub async fn look(tx: &Tx, id: ImportId) -> Result<UndoView> {
    tx.allow(Action::Import)?;
    let import = kept::find(tx, id).await?.ok_or(Error::NotFound("import"))?;
    let refusal = match import.status {
        ImportStatus::Undone => Some(Conflict::new("IMPORT_UNDONE")),
        ImportStatus::Written => in_the_way(tx, &import).await?,
    };
    let things = tx
        .all(
            "select thing, count(*) as count from import_things
              where owner_id = (select app_owner_id()) and import_id = $1
              group by thing order by thing",
            &[&id],
        )
        .await?;
    Ok(UndoView {
        things: things.iter().map(|row| (row.get("thing"), row.get("count"))).collect(),
        refusal: refusal.map(|refusal| Error::from(refusal).message(tx.actor().lang)),
    })
}

/// Why an import stays.
async fn in_the_way(tx: &Tx, import: &ImportView) -> Result<Option<Conflict>> {
    let touched = match import.kind {
        ImportKind::RentRoll | ImportKind::Invoices => touched(tx, import.id).await?,
        ImportKind::Readings => {
            if let Some(refusal) = readings::locked_or_billed(tx, import.id).await? {
                return Ok(Some(refusal));
            }
            readings::touched(tx, import.id).await?
        }
    };
    if touched.is_empty() {
        return Ok(None);
    }
    let named = touched.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if touched.len() > NAMED { "…" } else { "" };
    Ok(Some(Conflict::new("IMPORT_TOUCHED").with("things", format!("{named}{more}")).with("count", touched.len())))
}

/// What the import made and somebody has changed or built upon since, as people call it. That a bill of it became
/// overdue by the clock is nobody's doing.
async fn touched(tx: &Tx, id: ImportId) -> Result<Vec<String>> {
    let rows = tx
        .all(
            "with made as materialized (
                 select thing, thing_id from import_things
                  where owner_id = (select app_owner_id()) and import_id = $1),
             of_payments as (
                 select t.name || ' (' || p.amount / 100 || ' ₮)' as name
                   from made m join payments p on p.id = m.thing_id join tenants t on t.id = p.tenant_id
                  where m.thing = 'payment'
                    and (p.allocated <> 0 or p.status <> 'recorded'
                         or exists (select from payments r where r.owner_id = p.owner_id and r.reverses_id = p.id))),
             of_invoices as (
                 select i.code as name
                   from made m join invoices i on i.id = m.thing_id
                  where m.thing = 'invoice'
                    and (i.status not in ('issued', 'overdue') or i.paid_amount <> 0
                         or exists (select from allocations a where a.owner_id = i.owner_id and a.invoice_id = i.id)
                         or exists (select from payment_intents n where n.owner_id = i.owner_id and n.invoice_id = i.id)
                         or exists (select from receipts r where r.owner_id = i.owner_id and r.invoice_id = i.id)
                         or exists (select from invoices c where c.owner_id = i.owner_id and c.corrects_id = i.id))),
             of_contracts as (
                 select c.code as name
                   from made m join contracts c on c.id = m.thing_id
                  where m.thing = 'contract'
                    and (c.version > 1
                         or exists (select from contract_items t
                                     where t.owner_id = c.owner_id and t.contract_id = c.id
                                       and (t.created_at > c.created_at or t.updated_at > t.created_at))
                         or exists (select from contract_history h
                                     where h.owner_id = c.owner_id and h.contract_id = c.id and h.what <> 'imported')
                         or exists (select from deposit_entries d
                                     where d.owner_id = c.owner_id and d.contract_id = c.id
                                       and d.created_at > c.created_at)
                         or exists (select from contract_rooms r
                                     where r.owner_id = c.owner_id and r.contract_id = c.id
                                       and (r.created_at > c.created_at or r.updated_at > r.created_at))
                         or exists (select from invoices i
                                     where i.owner_id = c.owner_id and i.contract_id = c.id
                                       and i.id not in (select thing_id from made where thing = 'invoice')))),
             of_tenants as (
                 select t.name
                   from made m join tenants t on t.id = m.thing_id
                  where m.thing = 'tenant'
                    and (t.version > 1 or t.user_id is not null
                         or exists (select from tenant_links l where l.owner_id = t.owner_id and l.tenant_id = t.id)
                         or exists (select from contracts c
                                     where c.owner_id = t.owner_id and c.tenant_id = t.id
                                       and c.id not in (select thing_id from made where thing = 'contract'))
                         or exists (select from payments p
                                     where p.owner_id = t.owner_id and p.tenant_id = t.id
                                       and p.id not in (select thing_id from made where thing = 'payment')))),
             of_rooms as (
                 select r.unit_no as name
                   from made m join rooms r on r.id = m.thing_id
                  where m.thing = 'room'
                    and (r.version > 1
                         or exists (select from contract_rooms cr
                                     where cr.owner_id = r.owner_id and cr.room_id = r.id
                                       and cr.contract_id not in (select thing_id from made where thing = 'contract')))),
             of_properties as (
                 select p.name
                   from made m join properties p on p.id = m.thing_id
                  where m.thing = 'property'
                    and (p.version > 1
                         or exists (select from rooms r
                                     where r.owner_id = p.owner_id and r.property_id = p.id
                                       and r.id not in (select thing_id from made where thing = 'room'))
                         or exists (select from property_assignments a
                                     where a.owner_id = p.owner_id and a.property_id = p.id)))
             select name from of_contracts union all select name from of_invoices union all select name from of_payments
              union all select name from of_tenants union all select name from of_rooms
              union all select name from of_properties",
            &[&id],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("name")).collect())
}

/// Takes out what the import made, what hangs on something before that. A contract's history and its deposit's entries,
/// which nobody may delete, go with it by their foreign keys.
async fn take_out(tx: &Tx, id: ImportId) -> Result<()> {
    const MADE: &str = "select thing_id from import_things
                         where owner_id = (select app_owner_id()) and import_id = $1 and thing";
    readings::hang_back(tx, id).await?;
    for (table, column, thing) in [
        ("readings", "id", "reading"),
        ("meters", "id", "meter"),
        ("payments", "id", "payment"),
        ("invoice_items", "invoice_id", "invoice"),
        ("invoices", "id", "invoice"),
        ("contract_items", "contract_id", "contract"),
        ("contract_rooms", "contract_id", "contract"),
        ("contracts", "id", "contract"),
        ("tenants", "id", "tenant"),
        ("rooms", "id", "room"),
        ("floors", "id", "floor"),
        ("properties", "id", "property"),
    ] {
        let sql = format!(
            "delete from {table} where owner_id = (select app_owner_id()) and {column} in ({MADE} = '{thing}')"
        );
        tx.touch(&sql, &[&id]).await.map_err(held_elsewhere)?;
    }
    tx.touch("delete from import_things where owner_id = (select app_owner_id()) and import_id = $1", &[&id]).await?;
    Ok(())
}

/// Something that is kept elsewhere points at what was to go: a message that was sent, a paper, a file.
fn held_elsewhere(error: Error) -> Error {
    let Error::Db(db) = &error else { return error };
    match db.as_db_error().filter(|error| error.code().code() == "23503") {
        Some(held) => Conflict::new("IMPORT_HELD").with("by", held.table().unwrap_or_default()).into(),
        None => error,
    }
}
