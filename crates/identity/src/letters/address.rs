//! To whom a letter goes, in which language, and what it says with which links.

use base::{Actor, App, Lang, Result, Tx};
use domain::{PromiseId, UserId, rights::Role};
use jiff::Timestamp;

use super::{AccountLetter, Letter};
use crate::auth::{
    EmailToken, User, links, passwords,
    sign_up::{self, SignUp},
    two_factor::{self, SecondFactorCode},
    users,
};
use crate::{
    invitations::{self, Address, InvitationMade},
    owners,
};

/// A letter with everything that its words need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    pub to: Reader,
    pub lang: Lang,
    pub content: Content,
}

/// How somebody is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    Email(String),
    /// Eight digits.
    Phone(String),
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    ConfirmAddress {
        link: String,
    },
    /// Somebody signed up with an address that is known.
    AlreadyHere {
        sign_in: String,
        forgotten: String,
    },
    /// Somebody signed up a company that is here.
    CompanyIsHere {
        sign_in: String,
    },
    ResetPassword {
        link: String,
    },
    ConfirmNewAddress {
        link: String,
    },
    AddressChanged {
        to: String,
    },
    PasswordChanged {
        forgotten: String,
    },
    SessionStolen {
        forgotten: String,
    },
    SecondFactorCode {
        code: String,
    },
    Invitation {
        link: String,
        organization: String,
        role: Role,
    },
    SessionDisplaced {
        sessions: String,
    },
}

/// Looks up who is to be written to and makes the links; `None` when there is nobody, or they have had enough.
pub async fn of_account(actor: &Actor, promise: PromiseId, wanted: &AccountLetter) -> Result<Option<Addressed>> {
    let door = actor.at_the_door();
    let asked_at = wanted.asked_at;
    match &wanted.letter {
        Letter::SignUp { sign_up } => {
            let found = door.transact(async |tx| sign_up::find(tx, *sign_up, tx.clock().now()).await).await?;
            welcome(actor, found, None, asked_at).await
        }
        Letter::ConfirmAgain { email, callback } => {
            let found = door.transact(async |tx| sign_up::newest(tx, email, tx.clock().now()).await).await?;
            welcome(actor, found, callback.as_deref(), asked_at).await
        }
        Letter::ResetPassword { email, redirect } => {
            door.transact(async |tx| reset(tx, promise, email, redirect.as_deref(), asked_at).await).await
        }
        Letter::ChangeEmail { user, to, callback } => {
            door.transact(async |tx| change(tx, *user, to, callback.as_deref(), asked_at).await).await
        }
        Letter::EmailChanged { user, from } => {
            let user = door.transact(async |tx| users::find(tx, *user).await).await?;
            Ok(user.map(|user| Addressed {
                to: Reader::Email(from.clone()),
                lang: user.lang,
                content: Content::AddressChanged { to: masked(&user.email) },
            }))
        }
        Letter::PasswordChanged { user } => {
            let forgotten = links::page(&actor.app, "/forgot-password");
            tell(&door, *user, Content::PasswordChanged { forgotten }).await
        }
        Letter::SessionStolen { user } => {
            let forgotten = links::page(&actor.app, "/forgot-password");
            tell(&door, *user, Content::SessionStolen { forgotten }).await
        }
        Letter::SessionDisplaced { user } => {
            let sessions = links::page(&actor.app, "/account/sessions");
            tell(&door, *user, Content::SessionDisplaced { sessions }).await
        }
    }
}

/// An invitation, by whichever way it was made; `actor` acts for the owner. `None` when it waits no longer.
pub async fn of_invitation(actor: &Actor, made: &InvitationMade) -> Result<Option<Addressed>> {
    let found = actor.transact(async |tx| invitations::to_send(tx, made.invitation).await).await?;
    Ok(found.map(|found| Addressed {
        to: match found.to {
            Address::Email(email) => Reader::Email(email),
            Address::Phone(phone) => Reader::Phone(local(&phone)),
        },
        lang: Lang::Mn,
        content: Content::Invitation { link: found.url, organization: found.organization, role: found.role },
    }))
}

/// The code of a sign-in's second step. It goes to the telephone where there is one: whoever has the password may have
/// the mail as well. `None` when it is too old to be of use.
pub async fn of_code(actor: &Actor, wanted: &SecondFactorCode) -> Result<Option<Addressed>> {
    actor
        .at_the_door()
        .transact(async |tx| {
            let Some(code) = two_factor::code_to_send(tx, wanted.user).await? else { return Ok(None) };
            let Some(user) = users::find(tx, wanted.user).await? else { return Ok(None) };
            let to = phone_of(&user).or_else(|| reader(&user));
            Ok(to.map(|to| Addressed { to, lang: user.lang, content: Content::SecondFactorCode { code } }))
        })
        .await
}

/// The first letter of a sign-up: the link, unless the address or the company is here already. Only whoever reads the
/// address's post learns which.
async fn welcome(
    actor: &Actor,
    waiting: Option<SignUp>,
    callback: Option<&str>,
    asked_at: Timestamp,
) -> Result<Option<Addressed>> {
    let Some(waiting) = waiting else { return Ok(None) };
    let app = &actor.app;
    let company_is_here = match &waiting.company {
        Some((_, register_no)) => owners::by_register_no(app, register_no).await?.is_some(),
        None => false,
    };
    let door = actor.at_the_door();
    let (counted, known) = door
        .transact(async |tx| {
            let known = users::by_email(tx, &waiting.email).await?.is_some();
            Ok((sign_up::count_letter(tx, &waiting, tx.clock().now()).await?, known))
        })
        .await?;
    if !counted {
        return Ok(None);
    }
    let sign_in = links::page(app, "/sign-in");
    let content = if known {
        Content::AlreadyHere { sign_in, forgotten: links::page(app, "/forgot-password") }
    } else if company_is_here {
        Content::CompanyIsHere { sign_in }
    } else {
        let token = EmailToken::new(&waiting.email, waiting.id.0, None, asked_at);
        Content::ConfirmAddress { link: links::confirmation(app, &token, callback.or(waiting.callback.as_deref())) }
    };
    Ok(Some(Addressed { to: Reader::Email(waiting.email), lang: waiting.lang, content }))
}

async fn reset(
    tx: &Tx,
    promise: PromiseId,
    email: &str,
    redirect: Option<&str>,
    asked_at: Timestamp,
) -> Result<Option<Addressed>> {
    let Some(user) = users::by_email(tx, email).await? else { return Ok(None) };
    if !passwords::begin_reset(tx, promise.0, user.id, asked_at).await? {
        return Ok(None);
    }
    let link = links::new_password(tx.app(), promise.0, redirect);
    Ok(Some(Addressed { to: Reader::Email(user.email), lang: user.lang, content: Content::ResetPassword { link } }))
}

async fn change(
    tx: &Tx,
    user: UserId,
    to: &str,
    callback: Option<&str>,
    asked_at: Timestamp,
) -> Result<Option<Addressed>> {
    let Some(user) = users::find(tx, user).await? else { return Ok(None) };
    let content = match users::by_email(tx, to).await? {
        Some(_) => already_here(tx.app()),
        None => {
            let token = EmailToken::new(&user.email, user.id.0, Some(to.to_owned()), asked_at);
            Content::ConfirmNewAddress { link: links::confirmation(tx.app(), &token, callback) }
        }
    };
    Ok(Some(Addressed { to: Reader::Email(to.to_owned()), lang: user.lang, content }))
}

fn already_here(app: &App) -> Content {
    Content::AlreadyHere { sign_in: links::page(app, "/sign-in"), forgotten: links::page(app, "/forgot-password") }
}

/// By letter to whoever has a confirmed address, by text to whoever has a telephone alone.
async fn tell(door: &Actor, user: UserId, content: Content) -> Result<Option<Addressed>> {
    let found = door.transact(async |tx| users::find(tx, user).await).await?;
    Ok(found.and_then(|user| Some(Addressed { to: reader(&user)?, lang: user.lang, content })))
}

fn reader(user: &User) -> Option<Reader> {
    if user.email_verified {
        return Some(Reader::Email(user.email.clone()));
    }
    phone_of(user)
}

fn phone_of(user: &User) -> Option<Reader> {
    let phone = user.phone_number.as_deref().filter(|_| user.phone_number_verified == Some(true))?;
    Some(Reader::Phone(local(phone)))
}

/// Eight digits, as gateways want them.
fn local(phone: &str) -> String {
    phone.strip_prefix("+976").unwrap_or(phone).to_owned()
}

/// Enough of an address for its holder to know it: `d…@altan.mn`.
fn masked(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}…@{host}", name.chars().take(1).collect::<String>()),
        None => "…".to_owned(),
    }
}
