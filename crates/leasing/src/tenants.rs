//! Tenants: the customers as legal persons.

mod export;
mod queries;
mod routes;
mod similar;

use base::{Checks, Conflict, Error, Result, Slice, Tx, audit::Note};
use domain::{
    TenantId,
    rights::Action,
    rooms::TenantKind,
    text::{self, fold_word, tidy},
};
use serde_json::json;
use wire::tenants::{NewTenant, TenantChange, TenantView};

pub fn slice() -> Slice {
    Slice::new("tenants").routes(routes::routes())
}

/// Registers a tenant; numbers and telephones are brought to their one form.
pub async fn create(tx: &Tx, new: &NewTenant) -> Result<TenantView> {
    tx.allow(Action::EditTenants)?;
    let written = Written {
        name: Some(&new.name),
        register_no: new.register_no.as_deref(),
        tin: new.tin.as_deref(),
        director: new.director.as_deref(),
        phone: new.phone.as_deref(),
        second_phone: new.second_phone.as_deref(),
        email: new.email.as_deref(),
    };
    let read = written.read(new.kind)?;
    let anyway = tidy(new.anyway_because.as_deref().unwrap_or_default());
    Checks::new().text("anywayBecause", &anyway, 500).done()?;
    similar::refuse(&queries::similar(tx, &read).await?, !anyway.is_empty())?;
    let tenant = queries::insert(tx, TenantId::new(), new.kind, &read).await?;
    tx.note(Note {
        action: "tenant.create",
        id: Some(tenant.id.0),
        before: None,
        after: Some(json!({ "kind": tenant.kind, "name": tenant.name })),
        reason: Some(anyway).filter(|why| !why.is_empty()),
    })
    .await?;
    Ok(tenant)
}

/// Changes a tenant. Contracts and bills keep the name that they were made with.
pub async fn edit(tx: &Tx, id: TenantId, change: &TenantChange) -> Result<TenantView> {
    tx.allow(Action::EditTenants)?;
    let before = queries::lock(tx, id).await?.ok_or(Error::NotFound("tenant"))?;
    if before.version != change.version {
        return Err(Conflict::new("VERSION").into());
    }
    let written = Written {
        name: change.name.as_deref().or(Some(&before.name)),
        register_no: changed_to(&change.register_no, &before.register_no),
        tin: changed_to(&change.tin, &before.tin),
        director: changed_to(&change.director, &before.director),
        phone: changed_to(&change.phone, &before.phone),
        second_phone: changed_to(&change.second_phone, &before.second_phone),
        email: changed_to(&change.email, &before.email),
    };
    let read = written.read(before.kind)?;
    let after = queries::save(tx, id, &read).await?;
    let changed = |field: &str, is: bool| is.then(|| field.to_owned());
    let fields: Vec<String> = [
        changed("name", before.name != after.name),
        changed("registerNo", before.register_no != after.register_no),
        changed("tin", before.tin != after.tin),
        changed("director", before.director != after.director),
        changed("phone", before.phone != after.phone),
        changed("secondPhone", before.second_phone != after.second_phone),
        changed("email", before.email != after.email),
    ]
    .into_iter()
    .flatten()
    .collect();
    // Which numbers changed is written down, the numbers themselves are not.
    tx.note(Note {
        action: "tenant.edit",
        id: Some(id.0),
        before: Some(json!({ "name": before.name })),
        after: Some(json!({ "name": after.name, "changed": fields })),
        reason: None,
    })
    .await?;
    Ok(after)
}

/// What was sent, null taking the fact away; else what was there.
fn changed_to<'a>(sent: &'a Option<Option<String>>, before: &'a Option<String>) -> Option<&'a str> {
    sent.as_ref().unwrap_or(before).as_deref()
}

/// A tenant's texts as someone wrote them.
struct Written<'a> {
    name: Option<&'a str>,
    register_no: Option<&'a str>,
    tin: Option<&'a str>,
    director: Option<&'a str>,
    phone: Option<&'a str>,
    second_phone: Option<&'a str>,
    email: Option<&'a str>,
}

/// The same in the form that is kept.
pub(crate) struct Read {
    name: String,
    register_no: Option<String>,
    tin: Option<String>,
    director: Option<String>,
    phone: Option<String>,
    second_phone: Option<String>,
    email: Option<String>,
    search_key: String,
}

impl Written<'_> {
    fn read(&self, kind: TenantKind) -> Result<Read> {
        let mut checks = Checks::new();
        let name = tidy(self.name.unwrap_or_default());
        checks.name("name", &name, 200);
        let register = written(self.register_no).map(|number| text::register(number).filter(|(of, _)| *of == kind));
        checks.that(register != Some(None), "registerNo", "bad-register");
        let tin = written(self.tin).map(text::tin);
        checks.that(tin != Some(None), "tin", "bad-format");
        let phone = written(self.phone).map(text::phone);
        checks.that(phone != Some(None), "phone", "bad-phone");
        let second_phone = written(self.second_phone).map(text::phone);
        checks.that(second_phone != Some(None), "secondPhone", "bad-phone");
        let email = written(self.email).map(str::to_lowercase);
        checks.that(email.as_deref().is_none_or(is_email), "email", "bad-email");
        let director = written(self.director).map(tidy);
        checks.text("director", director.as_deref().unwrap_or_default(), 200);
        checks.done()?;
        let register_no = register.flatten().map(|(_, number)| number);
        let (tin, phone, second_phone) = (tin.flatten(), phone.flatten(), second_phone.flatten());
        // One telephone is kept once, in the first place.
        let (phone, second_phone) = match (phone, second_phone) {
            (None, second) => (second, None),
            (first, second) if first == second => (first, None),
            both => both,
        };
        let known_by = [&register_no, &tin, &phone, &second_phone, &email, &director];
        let search_key = search_key(&name, known_by);
        Ok(Read { name, register_no, tin, director, phone, second_phone, email, search_key })
    }
}

/// What the search field looks through: everything in one line, folded.
pub(crate) fn search_key<const N: usize>(name: &str, known_by: [&Option<String>; N]) -> String {
    let known_by = known_by.into_iter().flatten().map(String::as_str);
    fold_word(&std::iter::once(name).chain(known_by).collect::<Vec<_>>().join(" "))
}

/// An empty field is one that was left out.
fn written(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Something before one `@`, and a domain with a dot after it; the letter itself proves the rest.
fn is_email(text: &str) -> bool {
    let plain = text.len() <= 320 && text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let parts = text.split_once('@');
    plain
        && parts.is_some_and(|(name, host)| {
            !name.is_empty()
                && !host.contains('@')
                && host.split('.').count() > 1
                && host.split('.').all(|part| !part.is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        assert!(is_email("nomin@example.mn"));
        for bad in ["", "nomin", "@example.mn", "nomin@", "nomin@mn", "a@b@c.mn", "no min@example.mn", "a@b..mn"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
