//! Property owners as the official client knows them: organizations with members and invitations (auth-wire §6).
//!
//! | the client's role | ours |
//! |---|---|
//! | `owner` | director |
//! | `accountant` | accountant |
//! | `member` | employee |
//! | `admin` | the platform's staff, visiting |
//! | `tenant` | somebody who rents there |
//!
//! `owner` and `member` may what the client believes they may; it knows nothing of `accountant` and allows it nothing,
//! which is right too. An organization is neither made nor deleted here: an owner registers with its register number
//! under its own door, and its books are kept for years. Its slug is that number.

mod invitations;
mod members;
mod places;
mod roles;
mod routes;
mod views;

use base::{App, Error};
use domain::OwnerId;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;

use super::{AuthError, SessionAndUser, door::Door};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(routes::routes()).merge(members::routes()).merge(invitations::routes())
}

/// Who asks, in the organization they are in.
struct Inside {
    found: SessionAndUser,
    owner: OwnerId,
}

/// The organization that was asked for, or the active one. One that is foreign and one that never was are told alike.
async fn inside<B>(door: &Door<B>, asked: Option<&str>) -> Result<Inside, AuthError> {
    let found = door.signed_in().await?;
    let active = found.session.active_organization_id;
    match (asked, active) {
        (None, None) => Err(AuthError::bad("NO_ACTIVE_ORGANIZATION", "No active organization")),
        (None, Some(owner)) => Ok(Inside { found, owner }),
        (Some(asked), Some(owner)) if asked.parse() == Ok(owner) => Ok(Inside { found, owner }),
        (Some(_), _) => Err(not_a_member()),
    }
}

fn not_a_member() -> AuthError {
    AuthError::new(
        StatusCode::FORBIDDEN,
        "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION",
        "User is not a member of the organization",
    )
}

/// A refusal of one of our verbs in the client's words; `right` is what was missing where a right was.
fn told(error: Error, right: &'static str) -> AuthError {
    match &error {
        Error::Forbidden => not_allowed(right),
        Error::NotFound("member") => AuthError::bad("MEMBER_NOT_FOUND", "Member not found"),
        Error::NotFound("invitation") => AuthError::bad("INVITATION_NOT_FOUND", "Invitation not found"),
        Error::Conflict(conflict) => {
            let said = error.message(base::Lang::En);
            let (status, code) = match conflict.reason {
                "LAST_DIRECTOR" => (StatusCode::BAD_REQUEST, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER"),
                "ALREADY_STAFF" => (StatusCode::BAD_REQUEST, "USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION"),
                "ALREADY_INVITED" => (StatusCode::BAD_REQUEST, "USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION"),
                "NOT_THE_RECIPIENT" => (StatusCode::FORBIDDEN, "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION"),
                "TOO_MANY_INVITATIONS" => (StatusCode::FORBIDDEN, "INVITATION_LIMIT_REACHED"),
                "TOO_MANY_STAFF" => (StatusCode::FORBIDDEN, "ORGANIZATION_MEMBERSHIP_LIMIT_REACHED"),
                "WORKS_ELSEWHERE" => (StatusCode::BAD_REQUEST, "YOU_WORK_FOR_ANOTHER_ORGANIZATION"),
                _ => return AuthError::from(error),
            };
            AuthError::new(status, code, said)
        }
        _ => AuthError::from(error),
    }
}

/// `YOU_ARE_NOT_ALLOWED_TO_…`
fn not_allowed(right: &'static str) -> AuthError {
    AuthError::new(StatusCode::FORBIDDEN, right, "You are not allowed to do this in this organization")
}
