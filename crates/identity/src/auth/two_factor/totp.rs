//! Codes that change every half minute (RFC 6238 with HMAC-SHA1, six digits), and the address an app learns them from.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use ring::hmac;

/// How long a code stands, in seconds.
const STEP_SECS: i64 = 30;
/// How many letters and digits a secret has.
pub const SECRET_LENGTH: usize = 32;

/// The step whose code this is, if it is one of now, the one before or the one after; steps up to `used` count no more.
pub fn step_of(secret: &[u8], code: &str, now: Timestamp, used: i64) -> Option<i64> {
    let now = now.as_second().div_euclid(STEP_SECS);
    // All three are made, whichever it is.
    let steps = [now - 1, now, now + 1].map(|step| (step, self::code(secret, step) == code));
    steps.into_iter().find(|(step, right)| *right && *step > used).map(|(step, _)| step)
}

/// The six digits of one step.
pub fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let mac = hmac::sign(&key, &step.to_be_bytes());
    let mac = mac.as_ref();
    let at = usize::from(mac[mac.len() - 1] & 0x0f);
    let four: [u8; 4] = mac[at..at + 4].try_into().expect("an offset below sixteen leaves four bytes of twenty");
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// `otpauth://totp/<issuer>:<account>?secret=…`
pub fn uri(issuer: &str, account: &str, secret: &[u8]) -> String {
    let (issuer, account, secret) = (encoded(issuer), encoded(account), BASE32_NOPAD.encode(secret));
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&digits=6&period=30")
}

/// As `encodeURIComponent` does it.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // The table of RFC 6238, appendix B, cut to six digits.
        let secret = b"12345678901234567890";
        let said = [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")];
        for (secs, expected) in said {
            assert_eq!(code(secret, secs / STEP_SECS), expected, "{secs}");
        }
    }

    #[test]
    fn a_code_stands_a_step_longer_and_a_step_earlier_and_works_once() {
        let secret = b"a secret";
        let now = Timestamp::from_second(3_000).expect("a moment");
        for step in [99, 100, 101] {
            assert_eq!(step_of(secret, &code(secret, step), now, 0), Some(step));
            assert_eq!(step_of(secret, &code(secret, step), now, step), None, "used");
        }
        assert_eq!(step_of(secret, &code(secret, 98), now, 0), None);
        assert_eq!(step_of(secret, &code(secret, 102), now, 0), None);
        assert_eq!(step_of(secret, "", now, 0), None);
    }

    #[test]
    fn an_address_names_who_and_for_whom() {
        let uri = uri("Түрээс", "bold+1@town.test", b"12345678901234567890");
        assert!(
            uri.starts_with("otpauth://totp/%D0%A2%D2%AF%D1%80%D1%8D%D1%8D%D1%81:bold%2B1%40town.test?secret="),
            "{uri}"
        );
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="), "{uri}");
    }
}
