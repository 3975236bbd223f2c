//! Signing in and out, and everything a person may do about how they sign in, as the official better-auth client speaks
//! it. Every door of /api/auth starts at [`door`] and everyone comes in through [`entry`].

pub mod cookies;
pub mod door;
mod email_token;
pub mod entry;
mod errors;
mod fallback;
mod guesses;
pub mod jwt;
pub(crate) mod links;
mod ok;
mod organizations;
mod origin;
mod password;
pub(crate) mod passwords;
pub mod phone;
mod profile;
pub mod refresh;
mod sessions;
mod sign_in;
pub mod sign_up;
#[cfg(test)]
mod tests;
pub mod two_factor;
pub(crate) mod users;
mod verification;

use base::{
    App, Result, Slice,
    cron::{Cron, Schedule},
};
use jiff::SignedDuration;

pub(crate) use email_token::EmailToken;
pub use entry::{Admission, Entry, let_in};
pub use errors::AuthError;
pub use fallback::nothing_here;
pub use password::hash as hash_password;
pub use sessions::{Session, SessionAndUser, current};
pub use sign_in::{is_address, sign_in};
pub use users::{NewUser, User, register};

/// How long a session lives without being used.
pub const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The same for a session that is not to be remembered.
pub const SHORT_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long a session lives however much it is used.
pub const WHOLE_LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How many sessions a person may have at once; one more ends the oldest.
pub const DEVICES: i64 = 5;

pub fn slice() -> Slice {
    Slice::new("auth")
        .routes(sign_up::routes())
        .routes(verification::routes())
        .routes(sign_in::routes())
        .routes(phone::routes())
        .routes(two_factor::routes())
        .routes(sessions::routes())
        .routes(passwords::routes())
        .routes(profile::routes())
        .routes(jwt::routes())
        .routes(refresh::routes())
        .routes(organizations::routes())
        .routes(ok::routes())
        .cron(Cron::new("auth.sweep", Schedule::Hourly, |app, _| async move { sweep(&app).await }))
}

/// Removes what nobody can use any more.
async fn sweep(app: &App) -> Result<()> {
    sign_up::sweep(app).await?;
    two_factor::sweep(app).await?;
    jwt::sweep(app).await
}
