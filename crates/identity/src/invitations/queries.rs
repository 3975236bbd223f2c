//! Every question asked about invitations: by the owner under its policies, by the invited at the doors.

use base::{Conflict, OnConstraint, Result, Tx, lists::Window, params, secrets::TokenHash};
use domain::{InvitationId, OwnerId, PropertyId, UserId, rights::Role};
use jiff::Timestamp;
use tokio_postgres::Row;
use uuid::Uuid;
use wire::staff::{InvitationStatus, InvitationView};

use super::Address;
use crate::auth::{
    User,
    users::{self, user_columns},
};

/// An invitation with what follows its `from`.
macro_rules! invitations {
    ($rest:literal) => {
        concat!(
            "select i.id, i.owner_id, i.email, i.phone_number, i.role, i.status, i.inviter_id, i.expires_at, i.created_at,
                    array(select p.property_id from invitation_properties p
                           where p.owner_id = i.owner_id and p.invitation_id = i.id order by p.property_id) as property_ids ",
            $rest
        )
    };
}

/// An invitation as the one who is invited needs it.
pub struct Invited {
    pub invitation: InvitationView,
    pub organization: String,
    pub has_account: bool,
}

/// What stands in the way of an invitation.
pub struct Around {
    pub member: bool,
    pub waiting: i64,
}

/// The owner's, newest first.
pub async fn page(tx: &Tx, window: &Window<InvitationId>) -> Result<Vec<InvitationView>> {
    let sql = invitations!(
        "from invitations i where i.owner_id = (select app_owner_id()) and ($1::uuid is null or i.id < $1)
         order by i.id desc limit $2"
    );
    let rows = tx.last().all(sql, &[&window.after, &window.rows()]).await?;
    let now = tx.clock().now();
    Ok(rows.iter().map(|row| invitation(row, now)).collect())
}

pub async fn find(tx: &Tx, id: InvitationId) -> Result<Option<InvitationView>> {
    let sql = invitations!("from invitations i where i.owner_id = (select app_owner_id()) and i.id = $1");
    let now = tx.clock().now();
    Ok(tx.maybe(sql, &[&id]).await?.map(|row| invitation(&row, now)))
}

/// Closes an invitation to the same address that ran out.
pub async fn give_way(tx: &Tx, address: &Address, now: Timestamp) -> Result<()> {
    let (email, phone) = address.columns();
    tx.later(
        "update invitations set status = 'canceled'
          where owner_id = (select app_owner_id()) and status = 'pending' and expires_at <= $3
            and (email = $1 or phone_number = $2)",
        params![email.map(str::to_owned), phone.map(str::to_owned), now],
    )
    .await
}

pub async fn around(tx: &Tx, address: &Address) -> Result<Around> {
    let (email, phone) = address.columns();
    let row = tx
        .one(
            "select exists (select from profiles p join users u on u.id = p.user_id
                             where p.owner_id = (select app_owner_id()) and (u.email = $1 or u.phone_number = $2)) as member,
                    (select count(*) from invitations
                      where owner_id = (select app_owner_id()) and status = 'pending') as waiting",
            &[&email, &phone],
        )
        .await?;
    Ok(Around { member: row.get("member"), waiting: row.get("waiting") })
}

pub async fn insert(
    tx: &Tx,
    id: InvitationId,
    address: &Address,
    role: Role,
    token: TokenHash,
    expires_at: Timestamp,
) -> Result<()> {
    let (email, phone) = address.columns();
    let twice = || Conflict::new("ALREADY_INVITED").into();
    tx.touch(
        "insert into invitations (id, email, phone_number, role, token_hash, expires_at) values ($1, $2, $3, $4, $5, $6)",
        &[&id, &email, &phone, &role, &token.0.as_slice(), &expires_at],
    )
    .await
    .on_constraint("invitations_email_once", twice)
    .on_constraint("invitations_phone_once", twice)?;
    Ok(())
}

/// Notes where an invited employee is to work.
pub async fn place(tx: &Tx, id: InvitationId, properties: &[PropertyId]) -> Result<()> {
    tx.later(
        "insert into invitation_properties (id, invitation_id, property_id)
         select gen_random_uuid(), $1, property from unnest($2::uuid[]) as p (property)",
        params![id, properties.to_vec()],
    )
    .await
}

/// The owner's invitation to an e-mail address that was not answered yet.
pub async fn waiting_for(tx: &Tx, email: &str) -> Result<Option<InvitationId>> {
    let row = tx
        .maybe(
            "select id from invitations where owner_id = (select app_owner_id()) and email = $1 and status = 'pending'",
            &[&email],
        )
        .await?;
    Ok(row.map(|row| row.get("id")))
}

/// Lets a waiting invitation wait longer; whether it waits.
pub async fn extend(tx: &Tx, id: InvitationId, until: Timestamp) -> Result<bool> {
    let extended = tx
        .touch(
            "update invitations set expires_at = $2
              where owner_id = (select app_owner_id()) and id = $1 and status = 'pending'",
            &[&id, &until],
        )
        .await?;
    Ok(extended == 1)
}

/// Closes a waiting invitation; whether it waited.
pub async fn close(tx: &Tx, id: InvitationId, status: &str) -> Result<bool> {
    let closed = tx
        .touch(
            "update invitations set status = $2
              where owner_id = (select app_owner_id()) and id = $1 and status = 'pending'",
            &[&id, &status],
        )
        .await?;
    Ok(closed == 1)
}

/// The waiting invitation behind a link; at the doors.
pub async fn by_token(tx: &Tx, token: TokenHash, now: Timestamp) -> Result<Option<Invited>> {
    let sql = invitations!(
        ", o.name as organization,
           exists (select from users u where u.email = i.email or u.phone_number = i.phone_number) as has_account
         from invitations i
         join property_owners o on o.id = i.owner_id
        where i.token_hash = $1 and i.status = 'pending' and i.expires_at > $2"
    );
    let row = tx.last().maybe(sql, &[&token.0.as_slice(), &now]).await?;
    Ok(row.map(|row| invited(&row, now)))
}

/// A waiting invitation and its owner's name, for the job that sends it.
pub async fn to_send(tx: &Tx, id: InvitationId, now: Timestamp) -> Result<Option<Invited>> {
    let sql = invitations!(
        ", o.name as organization, false as has_account
         from invitations i
         join property_owners o on o.id = i.owner_id
        where i.id = $1 and i.status = 'pending' and i.expires_at > $2"
    );
    Ok(tx.maybe(sql, &[&id, &now]).await?.map(|row| invited(&row, now)))
}

/// A waiting invitation, whoever it is to; at the doors.
pub async fn waiting(tx: &Tx, id: InvitationId, now: Timestamp) -> Result<Option<InvitationView>> {
    let sql = invitations!("from invitations i where i.id = $1 and i.status = 'pending' and i.expires_at > $2");
    Ok(tx.maybe(sql, &[&id, &now]).await?.map(|row| invitation(&row, now)))
}

/// The same, held for this transaction.
pub async fn hold(tx: &Tx, id: InvitationId, now: Timestamp) -> Result<Option<InvitationView>> {
    let sql = invitations!(
        "from invitations i where i.id = $1 and i.status = 'pending' and i.expires_at > $2 for no key update of i"
    );
    Ok(tx.maybe(sql, &[&id, &now]).await?.map(|row| invitation(&row, now)))
}

/// An invitation whatever became of it, with its owner and who invited; at the doors.
pub async fn known(tx: &Tx, id: InvitationId) -> Result<Option<(InvitationView, OwnerName, String)>> {
    let sql = invitations!(
        ", o.name as organization, o.register_no, u.email as inviter_email
         from invitations i
         join property_owners o on o.id = i.owner_id
         join users u on u.id = i.inviter_id
        where i.id = $1"
    );
    let now = tx.clock().now();
    Ok(tx.maybe(sql, &[&id]).await?.map(|row| {
        let owner = OwnerName { name: row.get("organization"), register_no: row.get("register_no") };
        (invitation(&row, now), owner, row.get("inviter_email"))
    }))
}

/// How an owner is called.
pub struct OwnerName {
    pub name: String,
    pub register_no: String,
}

/// The waiting invitations to an address; at the doors.
pub async fn to_email(tx: &Tx, email: &str, now: Timestamp) -> Result<Vec<InvitationView>> {
    let sql = invitations!(
        "from invitations i where i.email = $1 and i.status = 'pending' and i.expires_at > $2 order by i.id limit 100"
    );
    let rows = tx.last().all(sql, &[&email, &now]).await?;
    Ok(rows.iter().map(|row| invitation(row, now)).collect())
}

/// The owner's invitations, newest first; as many as the official client shows.
pub async fn all(tx: &Tx) -> Result<Vec<InvitationView>> {
    let sql =
        invitations!("from invitations i where i.owner_id = (select app_owner_id()) order by i.id desc limit 200");
    let now = tx.clock().now();
    Ok(tx.all(sql, &[]).await?.iter().map(|row| invitation(row, now)).collect())
}

/// Makes the account of somebody who was invited: the address the link came to is theirs.
pub async fn make_user(
    tx: &Tx,
    id: UserId,
    name: &str,
    invitation: &InvitationView,
    password_hash: String,
) -> Result<()> {
    let taken = || Conflict::new("ACCOUNT_EXISTS").into();
    // A telephone's owner without an e-mail gets one that no letter can reach.
    let email = invitation.email.clone().unwrap_or_else(|| format!("{}@phone.invalid", id.0.simple()));
    let by_phone = invitation.phone.is_some();
    tx.touch(
        "insert into users (id, name, email, email_verified, phone_number, phone_number_verified)
         values ($1, $2, $3, $4, $5, $6)",
        &[&id, &name, &email, &!by_phone, &invitation.phone, &by_phone.then_some(true)],
    )
    .await
    .on_constraint("users_email_once", taken)
    .on_constraint("users_phone_once", taken)?;
    tx.later(
        "insert into accounts (id, user_id, provider_id, password_hash) values ($1, $2, 'credential', $3)",
        params![Uuid::now_v7(), id, password_hash],
    )
    .await?;
    tx.later(
        "insert into profiles (id, user_id, owner_id, full_name, role) values ($1, $2, null, $3, 'tenant')",
        params![Uuid::now_v7(), id, name.to_owned()],
    )
    .await
}

/// How many work for an owner.
pub async fn members(tx: &Tx, owner: OwnerId) -> Result<usize> {
    let row = tx.one("select count(*) from profiles where owner_id = $1", &[&owner]).await?;
    Ok(usize::try_from(row.get::<_, i64>(0)).unwrap_or(usize::MAX))
}

/// Gives a person without a place the one they were invited to; whether they had none.
pub async fn give_place(tx: &Tx, user: UserId, invitation: &InvitationView) -> Result<bool> {
    let placed = tx
        .touch(
            "update profiles set owner_id = $2, role = $3, disabled_at = null, version = version + 1
              where user_id = $1 and owner_id is null and role = 'tenant'",
            &[&user, &invitation.owner_id, &invitation.role],
        )
        .await?;
    if placed == 1 {
        tx.later(
            "insert into property_assignments (id, owner_id, property_id, user_id)
             select gen_random_uuid(), $2, property, $1 from unnest($3::uuid[]) as p (property)",
            params![user, invitation.owner_id, invitation.property_ids.clone()],
        )
        .await?;
    }
    Ok(placed == 1)
}

pub async fn accepted(tx: &Tx, id: InvitationId, by: UserId) -> Result<()> {
    tx.later("update invitations set status = 'accepted', accepted_by = $2 where id = $1", params![id, by]).await
}

/// A user as the doors know them.
pub async fn user(tx: &Tx, id: UserId) -> Result<Option<User>> {
    let sql = concat!("select ", user_columns!(), " from users u join profiles p on p.user_id = u.id where u.id = $1");
    Ok(tx.maybe(sql, &[&id]).await?.as_ref().map(users::user))
}

fn invited(row: &Row, now: Timestamp) -> Invited {
    Invited {
        invitation: invitation(row, now),
        organization: row.get("organization"),
        has_account: row.get("has_account"),
    }
}

fn invitation(row: &Row, now: Timestamp) -> InvitationView {
    let expires_at: Timestamp = row.get("expires_at");
    InvitationView {
        id: row.get("id"),
        owner_id: row.get("owner_id"),
        email: row.get("email"),
        phone: row.get("phone_number"),
        role: row.get("role"),
        property_ids: row.get("property_ids"),
        status: match row.get("status") {
            "accepted" => InvitationStatus::Accepted,
            "rejected" => InvitationStatus::Rejected,
            "canceled" => InvitationStatus::Canceled,
            _ if expires_at <= now => InvitationStatus::Expired,
            _ => InvitationStatus::Pending,
        },
        inviter_id: row.get("inviter_id"),
        expires_at,
        created_at: row.get("created_at"),
    }
}

impl Address {
    /// The columns for an e-mail and for a telephone, one of them empty.
    fn columns(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Address::Email(email) => (Some(email), None),
            Address::Phone(phone) => (None, Some(phone)),
        }
    }
}
