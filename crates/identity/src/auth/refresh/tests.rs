//! Tokens that follow from one another, and those that nobody made.

use base::secrets::ServerKey;
use domain::SessionId;

use super::RefreshToken;

fn key() -> ServerKey {
    ServerKey::new("a secret of more than thirty-two letters").expect("long enough")
}

#[test]
fn what_follows_is_the_same_for_the_same_salt_and_another_for_another() {
    let first = RefreshToken::first(&key(), SessionId::new());
    let (token, next) = first.next(&key(), &[1; 32]);
    let (same_token, same_next) = first.next(&key(), &[1; 32]);
    let (other_token, other_next) = first.next(&key(), &[2; 32]);

    assert_eq!((&token, &next.text), (&same_token, &same_next.text));
    assert!(token != other_token && next.text != other_next.text && token.len() == 44);
    assert_eq!(next.session, first.session);
}

#[test]
fn only_a_token_of_ours_is_read() {
    let mine = RefreshToken::first(&key(), SessionId::new()).text;
    assert!(RefreshToken::read(&key(), &mine).is_some());

    let other = ServerKey::new("b secret of more than thirty-two letters").expect("long enough");
    let foreign = mine.replace(&mine[..32], &SessionId::new().0.simple().to_string());
    assert!(RefreshToken::read(&other, &mine).is_none());
    assert!([&foreign, &mine[..mine.len() - 1], "", "_", "__"].iter().all(|t| RefreshToken::read(&key(), t).is_none()));
}
