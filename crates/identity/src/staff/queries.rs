//! Every question asked about who works for an owner.

use base::{Error, Result, Tx, lists::Window, params};
use domain::{MemberId, PropertyId, UserId};
use tokio_postgres::Row;
use wire::staff::StaffView;

/// A member with the person behind it; `{0}` is the condition, what follows it and the lock.
macro_rules! members {
    ($rest:literal) => {
        concat!(
            "select p.id, p.user_id, p.full_name, u.email, u.phone_number, p.role, p.disabled_at, p.version,
                    p.created_at, u.two_factor_enabled,
                    array(select a.property_id from property_assignments a
                           where a.owner_id = p.owner_id and a.user_id = p.user_id order by a.property_id) as property_ids
               from profiles p
               join users u on u.id = p.user_id
              where p.owner_id = (select app_owner_id()) ",
            $rest
        )
    };
}

pub async fn page(tx: &Tx, window: &Window<MemberId>) -> Result<Vec<StaffView>> {
    let sql = members!("and ($1::uuid is null or p.id > $1) order by p.id limit $2");
    let rows = tx.last().all(sql, &[&window.after, &window.rows()]).await?;
    Ok(rows.iter().map(member).collect())
}

/// Everybody, oldest first.
pub async fn all(tx: &Tx) -> Result<Vec<StaffView>> {
    let rows = tx.all(members!("order by p.created_at, p.id limit 1000"), &[]).await?;
    Ok(rows.iter().map(member).collect())
}

pub async fn find(tx: &Tx, id: MemberId) -> Result<Option<StaffView>> {
    Ok(tx.maybe(members!("and p.id = $1"), &[&id]).await?.as_ref().map(member))
}

/// Whoever asks, as a member.
pub async fn myself(tx: &Tx) -> Result<Option<StaffView>> {
    Ok(tx.maybe(members!("and p.user_id = (select app_user_id())"), &[]).await?.as_ref().map(member))
}

pub async fn lock(tx: &Tx, id: MemberId) -> Result<Option<StaffView>> {
    Ok(tx.maybe(members!("and p.id = $1 for no key update of p"), &[&id]).await?.as_ref().map(member))
}

/// Holds the owner's directors who may come in, so that two of them can't let each other go at once.
pub async fn hold_directors(tx: &Tx) -> Result<Vec<MemberId>> {
    // The owner's row stands for them all: an employee who leaves may not lock the directors' own.
    let owner = tx.owner().await?;
    tx.later("select pg_advisory_xact_lock(hashtextextended('directors ' || $1::text, 0))", params![owner.to_string()])
        .await?;
    let rows = tx
        .all(
            "select id from profiles
              where owner_id = (select app_owner_id()) and role = 'owner_director' and disabled_at is null",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect())
}

/// Stores role and stop, and counts the version up.
pub async fn save(tx: &Tx, member: &mut StaffView) -> Result<()> {
    let row = tx
        .one(
            "update profiles set role = $2, disabled_at = $3, version = version + 1 where id = $1 returning version",
            &[&member.id, &member.role, &member.disabled_at],
        )
        .await?;
    member.version = row.get("version");
    Ok(())
}

/// Makes these the person's properties; one that is not the owner's is as unknown as one that never was.
pub async fn assign(tx: &Tx, user: UserId, properties: &[PropertyId]) -> Result<()> {
    tx.later(
        "delete from property_assignments
          where owner_id = (select app_owner_id()) and user_id = $1 and property_id <> all($2)",
        params![user, properties.to_vec()],
    )
    .await?;
    tx.later(
        "insert into property_assignments (id, property_id, user_id)
         select gen_random_uuid(), p.id, $1 from properties p
          where p.owner_id = (select app_owner_id()) and p.id = any($2)
         on conflict do nothing",
        params![user, properties.to_vec()],
    )
    .await?;
    all_known(tx, properties).await
}

/// Refuses properties that the owner does not have.
pub async fn all_known(tx: &Tx, properties: &[PropertyId]) -> Result<()> {
    let row = tx
        .one(
            "select count(*) from properties where owner_id = (select app_owner_id()) and id = any($1)",
            &[&properties],
        )
        .await?;
    let known = usize::try_from(row.get::<_, i64>(0)).unwrap_or(0);
    if known == properties.len() { Ok(()) } else { Err(Error::field("propertyIds", "not-a-choice")) }
}

/// Whether there was such a member, who is one no more.
pub async fn let_go(tx: &Tx, id: MemberId) -> Result<bool> {
    Ok(tx.one("select app_let_go($1)", &[&id]).await?.get(0))
}

fn member(row: &Row) -> StaffView {
    StaffView {
        id: row.get("id"),
        user_id: row.get("user_id"),
        name: row.get("full_name"),
        email: row.get("email"),
        phone: row.get("phone_number"),
        role: row.get("role"),
        property_ids: row.get("property_ids"),
        two_factor_enabled: row.get("two_factor_enabled"),
        disabled_at: row.get("disabled_at"),
        version: row.get("version"),
        created_at: row.get("created_at"),
    }
}
