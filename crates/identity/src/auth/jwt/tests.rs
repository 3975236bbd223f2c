//! What is signed can be checked with the public part, and a single altered letter shows.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{ED25519, KeyPair, UnparsedPublicKey};

use super::pair;

#[test]
fn a_signature_holds_for_what_was_signed_and_nothing_else() {
    let pair = pair(&[7; 32]).expect("32 bytes");
    let signature = pair.sign(b"said");
    let public = UnparsedPublicKey::new(&ED25519, pair.public_key().as_ref());
    assert!(public.verify(b"said", signature.as_ref()).is_ok());
    assert!(public.verify(b"sais", signature.as_ref()).is_err());
    assert_eq!(URL_SAFE_NO_PAD.encode(pair.public_key().as_ref()).len(), 43);
}
