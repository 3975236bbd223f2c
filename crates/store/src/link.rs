//! An address that opens one object for a few minutes.

use http::Method;
use jiff::{SignedDuration, Timestamp};

/// How far in the past a link is signed, so that a store whose clock is late takes it.
pub const BEHIND: SignedDuration = SignedDuration::from_mins(5);
/// How long from now a link opens. With [`BEHIND`] it is signed for a quarter of an hour, of which ten minutes are left.
pub const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// A signed address, and what must be sent with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub method: Method,
    pub url: String,
    /// Headers that the signature is bound to.
    pub headers: Vec<(&'static str, String)>,
    /// From when on it no longer opens.
    pub expires_at: Timestamp,
}

/// From when to when a link made now opens.
pub(crate) fn window(now: Timestamp) -> (Timestamp, Timestamp) {
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    (whole.saturating_sub(BEHIND).unwrap_or(Timestamp::MIN), whole.saturating_add(AHEAD).unwrap_or(Timestamp::MAX))
}

/// `Content-Disposition`: a picture is shown, everything else is saved. What else a browser would show could run.
pub(crate) fn disposition(kind: &str, name: &str) -> String {
    let how = if matches!(kind, "image/jpeg" | "image/png" | "image/webp") { "inline" } else { "attachment" };
    // The plain name for what is old, the true one for all others (RFC 6266).
    let plain: String = name.chars().map(|c| if is_token(c) { c } else { '_' }).collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        if is_token(char::from(byte)) { whole.push(char::from(byte)) } else { whole.push_str(&format!("%{byte:02X}")) }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}
