//! What an import of readings made: whether it can be taken back, and what it had changed besides.

use base::{Conflict, Result, Tx, params};
use domain::{ImportId, Month};

/// Keeps the months still: no run bills them meanwhile, and nobody locks them.
pub(super) async fn hold(tx: &Tx, id: ImportId) -> Result<()> {
    for month in months(tx, id).await? {
        tx.later("select ensure_month_open(app_owner_id(), $1)", params![month]).await?;
        tx.later(
            "select pg_advisory_xact_lock(hashtextextended('month ' || app_owner_id()::text || ' ' || $1::text, 0))",
            params![month.to_string()],
        )
        .await?;
    }
    Ok(())
}

async fn months(tx: &Tx, id: ImportId) -> Result<Vec<Month>> {
    let rows = tx
        .all(
            "select distinct r.month
               from import_things t
               join readings r on r.owner_id = t.owner_id and r.id = t.thing_id
              where t.owner_id = (select app_owner_id()) and t.import_id = $1 and t.thing = 'reading'
              order by r.month",
            &[&id],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("month")).collect())
}

/// What is behind a lock stays, and so does what a utility bill was made with.
pub(super) async fn locked_or_billed(tx: &Tx, id: ImportId) -> Result<Option<Conflict>> {
    let row = tx
        .one(
            "with made as materialized (
                 select r.month, r.property_id, r.room_id, m.awaits_unit
                   from import_things t
                   join readings r on r.owner_id = t.owner_id and r.id = t.thing_id
                   join meters m on m.owner_id = r.owner_id and m.id = r.meter_id
                  where t.owner_id = (select app_owner_id()) and t.import_id = $1 and t.thing = 'reading')
             select (select min(month) from made where day_is_locked(app_owner_id(), month)) as locked,
                    (select coalesce(i.code, i.contract_code)
                       from invoices i
                      where i.owner_id = (select app_owner_id()) and i.kind = 'utility' and i.status <> 'void'
                        and i.period in (select month from made)
                        and exists (
                            select from made
                             where made.month = i.period and made.property_id = i.property_id and made.awaits_unit is null
                               and (made.room_id is null
                                    or exists (select from contract_rooms cr
                                                where cr.owner_id = i.owner_id and cr.contract_id = i.contract_id
                                                  and cr.room_id = made.room_id)))
                      order by i.code limit 1) as billed",
            &[&id],
        )
        .await?;
    if let Some(month) = row.get::<_, Option<Month>>("locked") {
        return Ok(Some(Conflict::new("MONTH_LOCKED").with("month", month.to_string())));
    }
    let billed: Option<String> = row.get("billed");
    Ok(billed.map(|code| Conflict::new("IMPORT_BILLED").with("code", code)))
}

/// What somebody has changed or built upon since: a reading put right, photographed or followed by another, a meter that
/// was read or replaced.
pub(super) async fn touched(tx: &Tx, id: ImportId) -> Result<Vec<String>> {
    let rows = tx
        .all(
            "with made as materialized (
                 select thing, thing_id from import_things
                  where owner_id = (select app_owner_id()) and import_id = $1),
             of_readings as (
                 select m.serial as name
                   from made t
                   join readings r on r.id = t.thing_id
                   join meters m on m.owner_id = r.owner_id and m.id = r.meter_id
                  where t.thing = 'reading'
                    and (r.version > 1
                         or exists (select from files f where f.owner_id = r.owner_id and f.reading_id = r.id)
                         or exists (select from readings l
                                     where l.owner_id = r.owner_id and l.meter_id = r.meter_id
                                       and (l.month > r.month or (l.month = r.month and l.read_on > r.read_on))
                                       and l.id not in (select thing_id from made)))),
             of_meters as (
                 select m.serial as name
                   from made t
                   join meters m on m.id = t.thing_id
                  where t.thing = 'meter'
                    and (m.version > case when m.replaced_by in (select thing_id from made) then 2 else 1 end
                         or m.replaced_by not in (select thing_id from made)
                         or exists (select from readings l
                                     where l.owner_id = m.owner_id and l.meter_id = m.id
                                       and l.id not in (select thing_id from made))))
             select name from of_readings union select name from of_meters order by name",
            &[&id],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("name")).collect())
}

/// A meter that the list said was taken away hangs again; sent without waiting.
pub(super) async fn hang_back(tx: &Tx, id: ImportId) -> Result<()> {
    tx.later(
        "update meters m set removed_on = null, replaced_by = null, version = m.version + 1
           from import_things t
           join readings r on r.owner_id = t.owner_id and r.id = t.thing_id and r.status = 'replaced_old'
          where t.owner_id = (select app_owner_id()) and t.import_id = $1 and t.thing = 'reading'
            and m.owner_id = r.owner_id and m.id = r.meter_id",
        params![id],
    )
    .await
}
