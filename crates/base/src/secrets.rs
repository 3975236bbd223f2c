//! Tokens, their hashes and signatures, and the sealing of what must be kept but not read in the table.

use std::fmt;

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Fills `N` bytes from the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A token of `length` letters and digits; 32 of them carry 190 bits.
pub fn token(length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        for byte in random::<64>() {
            // 248 = 4 × 62: what lies above would favour the first letters
            if byte < 248 && text.len() < length {
                text.push(char::from(LETTERS[usize::from(byte) % 62]));
            }
        }
    }
    text
}

/// A code of `length` decimal digits, each as likely as any other.
pub fn digits(length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        for byte in random::<32>() {
            // 250 = 25 × 10: what lies above would favour the first digits
            if byte < 250 && text.len() < length {
                text.push(char::from(b'0' + byte % 10));
            }
        }
    }
    text
}

/// SHA-256 of a token: what the database knows of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    pub fn of(token: &str) -> TokenHash {
        TokenHash(Sha256::digest(token.as_bytes()).into())
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

/// The server's own secret; signs cookies and seals credentials.
#[derive(Clone)]
pub struct ServerKey(String);

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

/// What was sealed can't be opened: another key, another place, or altered bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sealed value can't be opened with this server's key")]
pub struct NotOurs;

impl ServerKey {
    /// Any text of at least 32 characters.
    pub fn new(secret: impl Into<String>) -> Option<ServerKey> {
        let secret = secret.into();
        (secret.chars().count() >= 32).then_some(ServerKey(secret))
    }

    /// A token with its signature, `<token>.<sig>`, as the session cookie carries it (auth-wire §2.1).
    pub fn sign(&self, token: &str) -> String {
        format!("{token}.{}", STANDARD.encode(self.mac(token).finalize().into_bytes()))
    }

    /// The token of a signed value whose signature is ours; compared in constant time.
    pub fn verify<'a>(&self, signed: &'a str) -> Option<&'a str> {
        let (token, signature) = signed.rsplit_once('.')?;
        if signature.len() != 44 || !signature.ends_with('=') {
            return None;
        }
        let signature = STANDARD.decode(signature).ok()?;
        self.mac(token).verify_slice(&signature).ok().map(|()| token)
    }

    /// A token that only this server can make again from the same purpose and subject (links, callbacks).
    pub fn derive(&self, purpose: &str, subject: &str) -> String {
        let mac = self.mac(&format!("{purpose}\0{subject}")).finalize().into_bytes();
        mac.iter().take(22).map(|byte| char::from(LETTERS[usize::from(*byte) % 62])).collect()
    }

    /// A message's authentication code under a key that serves this purpose alone.
    pub fn code_of(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        self.mac_of(purpose, message).finalize().into_bytes().into()
    }

    /// Whether a code is that of the message; compared in constant time.
    pub fn is_code_of(&self, purpose: &str, message: &[u8], code: &[u8]) -> bool {
        self.mac_of(purpose, message).verify_slice(code).is_ok()
    }

    /// Encrypts for one place (`context`, such as a table and a row's id): moved elsewhere it does not open.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        let nonce = random::<12>();
        let sealed = self.cipher().encrypt(Nonce::from_slice(&nonce), Payload { msg: plain, aad: context.as_bytes() });
        [nonce.as_slice(), &sealed.expect("AES-GCM seals anything below 64 GiB")].concat()
    }

    /// Opens what [`ServerKey::seal`] made for the same place.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, NotOurs> {
        let (nonce, msg) = sealed.split_at_checked(12).ok_or(NotOurs)?;
        let payload = Payload { msg, aad: context.as_bytes() };
        self.cipher().decrypt(Nonce::from_slice(nonce), payload).map_err(|_| NotOurs)
    }

    fn mac(&self, text: &str) -> Hmac<Sha256> {
        use hmac::KeyInit;
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).expect("HMAC takes a key of any length");
        mac.update(text.as_bytes());
        mac
    }

    fn mac_of(&self, purpose: &str, message: &[u8]) -> Hmac<Sha256> {
        use hmac::KeyInit;
        let key = self.mac(&format!("key\0{purpose}")).finalize().into_bytes();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
        mac.update(message);
        mac
    }

    fn cipher(&self) -> Aes256Gcm {
        let key: [u8; 32] = Sha256::digest(format!("seal\0{}", self.0).as_bytes()).into();
        Aes256Gcm::new(&key.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ServerKey {
        ServerKey::new("a secret of more than thirty-two letters").expect("long enough")
    }

    #[test]
    fn a_signature_of_another_server_is_no_signature() {
        let signed = key().sign("abc");
        assert_eq!(key().verify(&signed), Some("abc"));
        let other = ServerKey::new("b secret of more than thirty-two letters").expect("long enough");
        assert_eq!(other.verify(&signed), None);
        assert_eq!(key().verify("abc.short="), None);
    }

    #[test]
    fn a_sealed_value_opens_only_where_it_was_sealed() {
        let sealed = key().seal("receipts/1", b"SN 47461258");
        assert_eq!(key().open("receipts/1", &sealed).as_deref(), Ok(b"SN 47461258".as_slice()));
        assert_eq!(key().open("receipts/2", &sealed), Err(NotOurs));
        assert_eq!(key().open("receipts/1", b"short"), Err(NotOurs));
    }

    #[test]
    fn tokens_have_the_length_asked_for_and_differ() {
        assert_eq!(token(32).len(), 32);
        assert_ne!(token(32), token(32));
        assert!(digits(6).len() == 6 && digits(6).bytes().all(|b| b.is_ascii_digit()));
        assert_eq!(key().derive("link", "1"), key().derive("link", "1"));
        assert_ne!(key().derive("link", "1"), key().derive("callback", "1"));
    }
}
