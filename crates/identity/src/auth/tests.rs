//! Rules of the sign-in doors that need no database; the stories are with the binary.

use super::{LIFE, password, sign_in::is_address};

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

#[test]
fn an_address_has_a_name_and_a_host() {
    for good in ["a@b.mn", " Dulmaa@Altan.mn ", "д.болд@алтан.мн", "a+b@c.d.e"] {
        assert!(is_address(good), "{good}");
    }
    for bad in
        ["", "a", "a@b", "@b.mn", "a@.mn", "a@b.mn.", "a@b@c.mn", "a b@c.mn", "a@b.mn\r\nbcc: x@y.mn", "a@b.mn,c@d.mn"]
    {
        assert!(!is_address(bad), "{bad}");
    }
}
