//! Rules of the sign-in doors that need no database; the stories are with the binary.

use super::{LIFE, password};

#[tokio::test]
async fn a_password_is_known_again_and_another_is_not() {
    let hash = password::hash("spacehub-demo").await;

    assert!(hash.starts_with("$argon2id$"));
    assert!(password::verify("spacehub-demo", hash.clone()).await);
    assert!(!password::verify("spacehub-dem0", hash).await);
    assert!(!password::verify("x", password::of_nobody().to_owned()).await);
}

#[test]
fn a_session_lives_seven_days() {
    assert_eq!(LIFE.as_secs(), 604_800);
}
