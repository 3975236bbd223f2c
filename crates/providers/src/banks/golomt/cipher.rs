//! Golomt's cryptography: AES in CBC mode with PKCS#7 padding under a constant IV, text as base64.

use aes::{
    Aes128, Aes192, Aes256, Block,
    cipher::{BlockDecrypt, BlockEncrypt, KeyInit},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The bytes of a block.
const BLOCK: usize = 16;

/// The keys of one contract.
pub struct Cipher {
    key: Key,
    iv: [u8; BLOCK],
}

enum Key {
    Short(Aes128),
    Middle(Aes192),
    Long(Box<Aes256>),
}

impl Cipher {
    /// By the letters of the session key and the IV key; `None` when they are not as long as such keys are.
    pub fn new(session_key: &str, iv_key: &str) -> Option<Cipher> {
        let bytes = session_key.as_bytes();
        let key = match bytes.len() {
            16 => Key::Short(Aes128::new_from_slice(bytes).ok()?),
            24 => Key::Middle(Aes192::new_from_slice(bytes).ok()?),
            32 => Key::Long(Box::new(Aes256::new_from_slice(bytes).ok()?)),
            _ => return None,
        };
        Some(Cipher { key, iv: iv_key.as_bytes().try_into().ok()? })
    }

    /// The text in base64.
    pub fn encrypt(&self, plain: &[u8]) -> String {
        let padding = BLOCK - plain.len() % BLOCK;
        let mut bytes = plain.to_vec();
        bytes.resize(plain.len() + padding, u8::try_from(padding).expect("at most a block"));
        let mut before = self.iv;
        for block in bytes.chunks_exact_mut(BLOCK) {
            block.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
            self.key.encrypt(block);
            before.copy_from_slice(block);
        }
        STANDARD.encode(bytes)
    }

    /// The text behind base64, which may be broken into lines, quoted, or of the alphabet for addresses. `None` when it
    /// is none, or under other keys.
    pub fn decrypt(&self, text: &str) -> Option<String> {
        let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '"');
        let mut plain: String = kept
            .map(|c| {
                if c == '-' {
                    '+'
                } else if c == '_' {
                    '/'
                } else {
                    c
                }
            })
            .collect();
        while !plain.len().is_multiple_of(4) {
            plain.push('=');
        }
        let mut bytes = STANDARD.decode(plain).ok()?;
        if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK) {
            return None;
        }
        let mut before = self.iv;
        for block in bytes.chunks_exact_mut(BLOCK) {
            let cipher: [u8; BLOCK] = (&*block).try_into().ok()?;
            self.key.decrypt(block);
            block.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
            before = cipher;
        }
        let padding = usize::from(*bytes.last()?);
        let from = bytes.len().checked_sub(padding)?;
        let is_padded =
            (1..=BLOCK).contains(&padding) && bytes[from..].iter().all(|byte| usize::from(*byte) == padding);
        bytes.truncate(from);
        if is_padded { String::from_utf8(bytes).ok() } else { None }
    }

    /// The checksum of a body: its SHA-256 in lower-case letters, encrypted.
    pub fn checksum(&self, body: &[u8]) -> String {
        let hex: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
        self.encrypt(hex.as_bytes())
    }
}

impl Key {
    fn encrypt(&self, block: &mut [u8]) {
        let block = Block::from_mut_slice(block);
        match self {
            Key::Short(key) => key.encrypt_block(block),
            Key::Middle(key) => key.encrypt_block(block),
            Key::Long(key) => key.encrypt_block(block),
        }
    }

    fn decrypt(&self, block: &mut [u8]) {
        let block = Block::from_mut_slice(block);
        match self {
            Key::Short(key) => key.decrypt_block(block),
            Key::Middle(key) => key.decrypt_block(block),
            Key::Long(key) => key.decrypt_block(block),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const V1: &str =
        r#"{"accountId":"1105000099","registerNo":"1234567","startDate":"2026-03-01","endDate":"2026-03-31"}"#;

    fn cipher(key: &str) -> Cipher {
        Cipher::new(key, "MadeUpIvKey-16by").expect("keys of the right length")
    }

    #[test]
    fn the_published_vectors_hold() {
        let short = cipher("MadeUpSessionK16");
        assert_eq!(short.encrypt(b"Demo#Pass-1"), "2OKzc34PXiLgVhpshYVBsw==");
        assert_eq!(
            short.checksum(V1.as_bytes()),
            "vkBh29gtuNUzf2cKsOP5d2jdBHYwAH/RCmoJvHrYzzvdEzFT1iI80SrqnSLIlmJw2Zv+kbXuSTIRFN6aLl3uEUIQtEDj1U3Q2lNxVDl9EjI="
        );
        assert_eq!(
            short.checksum("{\"accountId\":\"1105000099\",\"registerNo\":\"УБ12345678\"}".as_bytes()),
            "eEvP3rUFGBvj2BCYQt3CU7k1fr4ep9qEgj66SINs4I2hlCb6aImdmBLFUE+sGUWDa+IJqimNgkutXr1P3e8FcCCv02jZajZy1TqxRCtFXLw="
        );
        assert_eq!(
            short.checksum(br#"{"accountId":"1105000099","registerNo":"1234567"}"#),
            "WzUyP+15cQMGGE8n8he5WCJ3/oZ5qQFmdzrGtiPSRmz0juIZ7zx6ro7Pqb6fQSP4+aAPssBkuckq00Jthd1lk0qleenME0mzzuwLNLD81PA="
        );
        assert_eq!(
            cipher("MadeUpSessionKey-24bytes").checksum(V1.as_bytes()),
            "z9ePCN3Rm9N0J3y9jEyiV1tmZh50/jxu91k90xJ21XDygiZWxZO5OiSoTohK8qMID+iZhVRJmughvSLc1g8alONjPdgHdf9PRezfyOu//9Q="
        );
        assert_eq!(
            cipher("MadeUpSessionKey-of-32-bytes-len").checksum(V1.as_bytes()),
            "DOMxpqsilADnMn/4IUAFlduQo88uAw0YA2kF2qONOTeyvZduZMQwSqjhKYsfUQTlvAfDAY/NG3slefnuXEBq+MA8yxHCoslX/tQhL1CgTrk="
        );
    }

    #[test]
    fn a_third_partys_vectors_hold_too() {
        let cipher = Cipher::new("0123456789abcdef", "fedcba9876543210").expect("keys");
        assert_eq!(cipher.encrypt(b"TestPass#2026"), "+S4ZV1WggediwBbGdxW35w==");
        assert_eq!(
            cipher.checksum(br#"{"accountId":"1105000001","registerNo":"6596177"}"#),
            "lS0VCIDMSyyTIhiX8aOrPynb5pqRcoC6Ragf7Ztk35SarRqFTeQCI+WLEpanHoWy0HqsXkVoRaDL20XpjcoXq8XuYcG6y0qxi9omc64Bee4="
        );
        let answer = "\"U8SLGIOXP5mGRh/sEdw/ZRgXZf2dzRr9NydF\r\nfDBC0oHXrtjyOCUZCqTp2aTMJKKt\"";
        assert_eq!(cipher.decrypt(answer).as_deref(), Some(r#"{"accountId":"1105000001","currency":"MNT"}"#));
    }

    #[test]
    fn the_published_error_is_read_and_other_keys_read_nothing() {
        let error = "1yYkn1odRGLeL6LmUflB5VEgYWdTagErq+Gmbd/yDaHo1pBL9VlluLul3iaHO0pn3BRGQOdmxTcQjJ6ziYhCtif3D9i7GXfJ1wXNwEjPAwzYQgTALnKpW6V+MA/kimth5JCIxKSzSqxGZ5ukOSg83knZ5tkH/zrer/fZGOCvI2duvPkiYMyinwqciz6pBALdrPblS9KOWYqOsZ9fcp1PX4G3RGoHofhLuETauyRXc3rC9V6r98JqjZ1EaGwYaF3FMKDjazTr4P2ERc+Ocuyu7g==";
        let told = cipher("MadeUpSessionK16").decrypt(error).expect("it decrypts");
        assert!(told.contains("The account does not exist.") && told.contains("\"162\""), "{told}");
        assert_eq!(cipher("MadeUpSessionK17").decrypt(error), None);
        assert!(Cipher::new("too short", "MadeUpIvKey-16by").is_none());
        for nothing in ["", "AAAA", "not base64!"] {
            assert_eq!(cipher("MadeUpSessionK16").decrypt(nothing), None, "{nothing}");
        }
    }
}
