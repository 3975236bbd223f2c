//! Who is asked to work for an owner: invited by e-mail or SMS, with a role and, for employees, properties; accepted
//! through the link, or by whoever signs in with the invited address.
//!
//! A person works for one owner at a time. Whoever invites is not told where else somebody works; the person is, when
//! they accept.

pub(crate) mod queries;
mod routes;

use base::{Actor, App, Checks, Conflict, Error, Promise, Result, Slice, Tx, audit::Note, secrets::TokenHash};
use domain::{InvitationId, OwnerId, UserId, rights::Action, rights::Role};
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use wire::staff::{Acceptance, InvitationView, InvitedView, NewInvitation};

use crate::{
    auth::{
        self, Admission, Entry, User,
        entry::{By, after},
        phone::Number,
    },
    staff,
};

/// How long an invitation can be answered.
pub const LIFE: SignedDuration = SignedDuration::from_hours(48);
/// How many may wait for an answer at once.
const WAITING: i64 = 100;

pub fn slice() -> Slice {
    Slice::new("invitations").routes(routes::routes())
}

/// An invitation is to be sent, by e-mail or SMS as it was made; `outreach` keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationMade {
    pub invitation: InvitationId,
}

impl Promise for InvitationMade {
    const KIND: &'static str = "invitation.made";
}

/// Where an invitation went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// In lower case.
    Email(String),
    /// `+97699112233`
    Phone(String),
}

/// What the job that sends an invitation needs to know.
#[derive(Debug, Clone)]
pub struct ToSend {
    pub to: Address,
    pub organization: String,
    pub role: Role,
    pub url: String,
    pub expires_at: Timestamp,
}

/// Invites somebody; an invitation to the same address that ran out gives way to the new one.
pub async fn invite(tx: &Tx, new: &NewInvitation) -> Result<InvitationView> {
    tx.allow(Action::EditStaff)?;
    let address = address(new)?;
    let mut properties = new.property_ids.clone();
    properties.sort_unstable();
    properties.dedup();
    staff::queries::all_known(tx, &properties).await?;
    let now = tx.clock().now();
    queries::give_way(tx, &address, now).await?;
    let around = queries::around(tx, &address).await?;
    if around.member {
        return Err(Conflict::new("ALREADY_STAFF").into());
    }
    if around.waiting >= WAITING {
        return Err(Conflict::new("TOO_MANY_INVITATIONS").with("max", WAITING).into());
    }
    let id = InvitationId::new();
    let hash = TokenHash::of(&token(tx.app(), id));
    queries::insert(tx, id, &address, new.role, hash, after(now, LIFE)).await?;
    queries::place(tx, id, &properties).await?;
    promise(tx, id).await?;
    note(tx, "invitation.make", id, &json!({ "role": new.role, "propertyIds": properties, "by": address.kind() }))
        .await?;
    find(tx, id).await
}

/// Sends a waiting invitation once more; it can be answered as long as a new one.
pub async fn resend(tx: &Tx, id: InvitationId) -> Result<InvitationView> {
    tx.allow(Action::EditStaff)?;
    let now = tx.clock().now();
    if !queries::extend(tx, id, after(now, LIFE)).await? {
        return Err(Error::NotFound("invitation"));
    }
    promise(tx, id).await?;
    note(tx, "invitation.resend", id, &json!({})).await?;
    find(tx, id).await
}

/// Takes a waiting invitation back; its link opens nothing any more.
pub async fn cancel(tx: &Tx, id: InvitationId) -> Result<InvitationView> {
    tx.allow(Action::EditStaff)?;
    if !queries::close(tx, id, "canceled").await? {
        return Err(Error::NotFound("invitation"));
    }
    note(tx, "invitation.cancel", id, &json!({})).await?;
    find(tx, id).await
}

/// An invitation of the owner's.
pub async fn find(tx: &Tx, id: InvitationId) -> Result<InvitationView> {
    queries::find(tx, id).await?.ok_or(Error::NotFound("invitation"))
}

/// The invitation behind a link, for whoever holds it.
pub async fn show(actor: &Actor, token: &str) -> Result<InvitedView> {
    let (hash, now) = (TokenHash::of(token), actor.app.clock.now());
    let found = actor.at_the_door().transact(async |tx| queries::by_token(tx, hash, now).await).await?;
    let found = found.ok_or(Error::NotFound("invitation"))?;
    Ok(InvitedView {
        organization_name: found.organization,
        role: found.invitation.role,
        email: found.invitation.email,
        phone: found.invitation.phone,
        expires_at: found.invitation.expires_at,
        has_account: found.has_account,
    })
}

/// Accepts the invitation behind a link: as the one who is signed in, or with a new account whose address counts as
/// verified, since the link came to it.
pub async fn accept_by_link(
    actor: &Actor,
    token: &str,
    signed_in: Option<User>,
    said: &Acceptance,
    headers: &HeaderMap,
) -> Result<(InvitationView, Option<Admission>)> {
    let (hash, now) = (TokenHash::of(token), actor.app.clock.now());
    let found = actor.at_the_door().transact(async |tx| queries::by_token(tx, hash, now).await).await?;
    let found = found.ok_or(Error::NotFound("invitation"))?;
    let (id, owner) = (found.invitation.id, found.invitation.owner_id);
    if let Some(user) = signed_in {
        return Ok((join(actor, id, owner, &user).await?, None));
    }
    if found.has_account {
        return Err(Conflict::new("ACCOUNT_EXISTS").into());
    }
    let (name, password) = (said.name.as_deref().unwrap_or_default(), said.password.as_deref().unwrap_or_default());
    let mut checks = Checks::new();
    checks.name("name", name, 200);
    match password.chars().count() {
        0 => checks.note("password", "required"),
        1..8 => checks.note_with("password", "too-short", vec![("min", "8".into())]),
        8..=128 => &mut checks,
        _ => checks.note_with("password", "too-long", vec![("max", "128".into())]),
    };
    checks.done()?;
    let password_hash = auth::hash_password(password).await;
    let user = UserId::new();
    let door = actor.at_the_door_for(user, Some(owner));
    let (view, admission) = door
        .transact(async |tx| {
            let invitation = open(tx, id).await?;
            queries::make_user(tx, user, name.trim(), &invitation, password_hash).await?;
            tx.audit("user.register", user.0, &json!({ "role": invitation.role })).await?;
            let joined = settle(tx, invitation, user).await?;
            let user = queries::user(tx, user).await?.ok_or(Error::Unauthorized)?;
            let how = Entry { by: By::Invitation, remember: true, headers };
            Ok((joined, auth::entry::enter(tx, &user, how).await?))
        })
        .await?;
    Ok((view, Some(admission)))
}

/// Accepts an invitation to one's own address.
pub async fn accept(actor: &Actor, id: InvitationId, user: &User) -> Result<InvitationView> {
    let owner = to_me(actor, id, user).await?;
    join(actor, id, owner, user).await
}

/// Declines an invitation to one's own address.
pub async fn reject(actor: &Actor, id: InvitationId, user: &User) -> Result<InvitationView> {
    let owner = to_me(actor, id, user).await?;
    actor
        .at_the_door_for(user.id, Some(owner))
        .transact(async |tx| {
            let invitation = open(tx, id).await?;
            queries::close(tx, id, "rejected").await?;
            note(tx, "invitation.reject", id, &json!({})).await?;
            Ok(InvitationView { status: wire::staff::InvitationStatus::Rejected, ..invitation })
        })
        .await
}

/// The owner of a waiting invitation that was sent to this user.
async fn to_me(actor: &Actor, id: InvitationId, user: &User) -> Result<OwnerId> {
    let found = actor.at_the_door().transact(async |tx| queries::waiting(tx, id, tx.clock().now()).await).await?;
    let invitation = found.ok_or(Error::NotFound("invitation"))?;
    if !is_to(&invitation, user) {
        return Err(Conflict::new("NOT_THE_RECIPIENT").into());
    }
    Ok(invitation.owner_id)
}

/// Whether it was sent to an address that is verified as this user's.
pub fn is_to(invitation: &InvitationView, user: &User) -> bool {
    let by_email = invitation.email.as_ref().is_some_and(|email| user.email_verified && *email == user.email);
    let by_phone =
        invitation.phone.is_some() && user.phone_number_verified == Some(true) && invitation.phone == user.phone_number;
    by_email || by_phone
}

async fn join(actor: &Actor, id: InvitationId, owner: OwnerId, user: &User) -> Result<InvitationView> {
    match user.owner {
        Some(mine) if mine == owner => return Err(Conflict::new("ALREADY_STAFF").into()),
        Some(_) => return Err(Conflict::new("WORKS_ELSEWHERE").into()),
        None if user.role != Role::Tenant => return Err(Conflict::new("WORKS_ELSEWHERE").into()),
        None => {}
    }
    actor
        .at_the_door_for(user.id, Some(owner))
        .transact(async |tx| {
            let invitation = open(tx, id).await?;
            settle(tx, invitation, user.id).await
        })
        .await
}

/// The invitation, held and still waiting.
async fn open(tx: &Tx, id: InvitationId) -> Result<InvitationView> {
    queries::hold(tx, id, tx.clock().now()).await?.ok_or(Error::NotFound("invitation"))
}

/// Gives the person the place they were invited to.
async fn settle(tx: &Tx, invitation: InvitationView, user: UserId) -> Result<InvitationView> {
    let id = invitation.id;
    if queries::members(tx, invitation.owner_id).await? >= staff::MEMBERS {
        return Err(Conflict::new("TOO_MANY_STAFF").with("max", staff::MEMBERS).into());
    }
    if !queries::give_place(tx, user, &invitation).await? {
        return Err(Conflict::new("WORKS_ELSEWHERE").into());
    }
    queries::accepted(tx, id, user).await?;
    note(tx, "invitation.accept", id, &json!({ "userId": user, "role": invitation.role })).await?;
    Ok(InvitationView { status: wire::staff::InvitationStatus::Accepted, ..invitation })
}

/// What an invitation says and where it goes; nothing when it no longer waits.
pub async fn to_send(tx: &Tx, id: InvitationId) -> Result<Option<ToSend>> {
    let Some(found) = queries::to_send(tx, id, tx.clock().now()).await? else { return Ok(None) };
    let to = match (found.invitation.email, found.invitation.phone) {
        (Some(email), _) => Address::Email(email),
        (None, Some(phone)) => Address::Phone(phone),
        (None, None) => return Ok(None),
    };
    Ok(Some(ToSend {
        to,
        organization: found.organization,
        role: found.invitation.role,
        url: format!("{}/invitation/{}", tx.app().public_url, token(tx.app(), id)),
        expires_at: found.invitation.expires_at,
    }))
}

/// The link's token; only the server can make it, and it is kept nowhere.
fn token(app: &App, id: InvitationId) -> String {
    app.key.derive("invitation", &id.to_string())
}

async fn promise(tx: &Tx, id: InvitationId) -> Result<()> {
    tx.promise(&InvitationMade { invitation: id }).await.map(drop)
}

async fn note(tx: &Tx, action: &'static str, id: InvitationId, after: &serde_json::Value) -> Result<()> {
    tx.note(Note { action, id: Some(id.0), after: Some(after.clone()), ..Note::default() }).await
}

/// The one address an invitation goes to.
fn address(new: &NewInvitation) -> Result<Address> {
    let mut checks = Checks::new();
    checks.that(staff::is_place(new.role), "role", "not-a-choice");
    checks.that(new.role == Role::Employee || new.property_ids.is_empty(), "propertyIds", "employees-only");
    let address = match (&new.email, &new.phone) {
        (Some(email), None) => {
            let email = email.trim().to_lowercase();
            checks.that(auth::is_address(&email), "email", "bad-email");
            Address::Email(email)
        }
        (None, Some(phone)) => {
            let number = Number::read(phone);
            checks.that(number.is_some(), "phone", "bad-phone");
            Address::Phone(number.map(|number| number.international()).unwrap_or_default())
        }
        _ => {
            checks.note("email", "one-address");
            Address::Email(String::new())
        }
    };
    checks.done()?;
    Ok(address)
}

impl Address {
    fn kind(&self) -> &'static str {
        match self {
            Address::Email(_) => "email",
            Address::Phone(_) => "sms",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_goes_to_one_address_and_to_a_post_that_there_is() {
        let new = |email: Option<&str>, phone: Option<&str>, role| {
            let (email, phone) = (email.map(str::to_owned), phone.map(str::to_owned));
            address(&NewInvitation { email, phone, role, property_ids: Vec::new() })
        };
        let phone = new(None, Some("9911-0001"), Role::Employee);
        assert_eq!(phone.expect("a telephone"), Address::Phone("+97699110001".into()));
        let email = new(Some(" Nomin@Example.MN "), None, Role::OwnerDirector);
        assert_eq!(email.expect("an e-mail"), Address::Email("nomin@example.mn".into()));
        assert!(new(Some("a@b.mn"), Some("9911 0001"), Role::Employee).is_err());
        assert!(new(None, None, Role::Employee).is_err());
        assert!(new(Some("a@b.mn"), None, Role::Admin).is_err());
        assert!(new(None, Some("911"), Role::Employee).is_err());
    }
}
