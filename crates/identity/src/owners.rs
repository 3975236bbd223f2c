//! Property owners: the company and how it wants its months run.

mod queries;
mod routes;
mod visit;

use base::{Actor, App, Checks, Conflict, Error, Result, Slice, Tx};
use domain::{OwnerId, rights::Action};
use wire::owners::{OwnerChange, OwnerView};

pub use queries::{Company, by_register_no, every};
pub use visit::{leave, visit};

pub fn slice() -> Slice {
    Slice::new("property-owners").routes(routes::routes())
}

/// A company that is to use Spacehub.
pub struct NewOwner<'a> {
    pub name: &'a str,
    /// Seven digits.
    pub register_no: &'a str,
    pub tin: Option<&'a str>,
    pub vat_payer: bool,
    pub demo: bool,
}

/// Registers an owner; the command line's and the demo data's verb.
pub async fn register(app: &App, new: NewOwner<'_>) -> Result<OwnerId> {
    let register_no: String = new.register_no.chars().filter(|c| !c.is_whitespace()).collect();
    let mut checks = Checks::new();
    checks.name("name", new.name, 200);
    checks.that(
        register_no.len() == 7 && register_no.bytes().all(|b| b.is_ascii_digit()),
        "registerNo",
        "bad-register",
    );
    checks.done()?;
    let id = OwnerId::new();
    let new = NewOwner { register_no: &register_no, ..new };
    Actor::system(app, id).transact(async |tx| begin(tx, id, &new).await).await?;
    Ok(id)
}

/// Writes an owner whose facts were checked, in that owner's own part.
pub async fn begin(tx: &Tx, id: OwnerId, new: &NewOwner<'_>) -> Result<()> {
    queries::insert(tx, id, new).await?;
    tx.audit("owner.register", id.0, &serde_json::json!({ "name": new.name })).await
}

/// One owner; another's is not there.
pub async fn find(tx: &Tx, id: OwnerId) -> Result<OwnerView> {
    tx.allow(Action::ReadOwner)?;
    queries::find(tx, id).await?.ok_or(Error::NotFound("owner"))
}

/// Changes an owner's settings.
pub async fn edit(tx: &Tx, id: OwnerId, change: &OwnerChange) -> Result<OwnerView> {
    tx.allow(Action::EditOwner)?;
    let before = queries::lock(tx, id).await?.ok_or(Error::NotFound("owner"))?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name.clone_from(name);
    }
    after.vat_payer = change.vat_payer.unwrap_or(before.vat_payer);
    after.phone = change.phone.clone().or(before.phone.clone());
    after.email = change.email.clone().or(before.email.clone());
    after.address = change.address.clone().or(before.address.clone());
    after.billing_day = change.billing_day.unwrap_or(before.billing_day);
    after.run_bound_bp = change.run_bound_bp.unwrap_or(before.run_bound_bp);
    after.notice_days = change.notice_days.unwrap_or(before.notice_days);
    let mut checks = Checks::new();
    checks.within("noticeDays", after.notice_days.into(), 0, 365);
    checks.name("name", &after.name, 200);
    checks.within("billingDay", after.billing_day.into(), 1, 28);
    checks.within("runBoundBp", after.run_bound_bp.into(), 1, 100_000);
    checks.text("address", after.address.as_deref().unwrap_or_default(), 500);
    checks.text("phone", after.phone.as_deref().unwrap_or_default(), 40);
    checks.text("email", after.email.as_deref().unwrap_or_default(), 320);
    checks.done()?;
    queries::save(tx, &mut after).await?;
    tx.note(base::audit::Note {
        action: "owner.edit",
        id: Some(id.0),
        before: Some(told(&before, &after)),
        after: Some(told(&after, &before)),
        reason: None,
    })
    .await?;
    Ok(after)
}

/// Gives an owner another name, whatever its version.
pub async fn rename(tx: &Tx, id: OwnerId, name: &str) -> Result<OwnerView> {
    tx.allow(Action::EditOwner)?;
    let now = queries::lock(tx, id).await?.ok_or(Error::NotFound("owner"))?;
    edit(tx, id, &OwnerChange { version: now.version, name: Some(name.to_owned()), ..OwnerChange::default() }).await
}

/// What the audit may know of an owner: how its months run, and that its numbers and addresses are others than before.
fn told(owner: &OwnerView, other: &OwnerView) -> serde_json::Value {
    let changed = [
        ("phone", owner.phone != other.phone),
        ("email", owner.email != other.email),
        ("address", owner.address != other.address),
    ];
    let changed: Vec<_> = changed.into_iter().filter(|(_, is)| *is).map(|(field, _)| field).collect();
    serde_json::json!({ "name": owner.name, "vatPayer": owner.vat_payer, "billingDay": owner.billing_day,
                        "runBoundBp": owner.run_bound_bp, "noticeDays": owner.notice_days, "changed": changed })
}
