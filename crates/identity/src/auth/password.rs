//! Passwords: argon2id, hashed away from the threads that serve requests, a few at a time.

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::AuthError;

/// Each hash takes 19 MiB and some tens of milliseconds; more at once would only slow each other down.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What an unknown address is compared with, so that it costs the same time as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password"));

/// Whether a password may be somebody's, in characters.
pub fn check(password: &str) -> Result<(), AuthError> {
    match password.chars().count() {
        0..8 => Err(AuthError::bad("PASSWORD_TOO_SHORT", "Password too short")),
        8..=128 => Ok(()),
        _ => Err(AuthError::bad("PASSWORD_TOO_LONG", "Password too long")),
    }
}

pub fn of_nobody() -> &'static str {
    &NOBODY
}

/// The argon2id string that is kept.
pub async fn hash(password: &str) -> String {
    let password = password.to_owned();
    in_turn(move || hash_now(&password)).await
}

/// Whether the password is the one behind `hash`.
pub async fn verify(password: &str, hash: String) -> bool {
    let password = password.to_owned();
    in_turn(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

fn hash_now(password: &str) -> String {
    Argon2::default().hash_password(password.as_bytes()).expect("argon2 takes any password").to_string()
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _turn = AT_ONCE.acquire().await.expect("the semaphore is never closed");
    tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
}
