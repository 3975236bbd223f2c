//! What every answer carries, unless its page knows better.

use base::actor::RequestId;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Scripts and styles are files of ours; nothing of a page is written into it by whoever fills in a form. Pictures may
/// come from one origin more, where files lie.
pub(super) fn content_policy(pictures_from: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
         img-src 'self' data: blob: {pictures_from}; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy.replace(" ;", ";")).expect("an origin is plain ASCII")
}

const DEFAULTS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Links to invoices open them: they stay between the reader and us.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // People's data; a file that never changes says so itself.
    (header::CACHE_CONTROL, "no-store"),
];

/// Adds what is missing.
pub(super) fn complete(headers: &mut HeaderMap, RequestId(id): RequestId, https: bool, policy: &HeaderValue) {
    headers.reserve(DEFAULTS.len() + 3);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| policy.clone());
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    let mut text = uuid::Uuid::encode_buffer();
    let id = HeaderValue::from_str(id.hyphenated().encode_lower(&mut text)).expect("an id is plain ASCII");
    headers.insert(HeaderName::from_static("x-request-id"), id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_from_one_origin_more_and_nothing_else_does() {
        let alone = content_policy("");
        let with_files = content_policy("https://files.example.mn");
        let (alone, with_files) = (alone.to_str().expect("ASCII"), with_files.to_str().expect("ASCII"));
        assert!(alone.contains("img-src 'self' data: blob:;"), "{alone}");
        assert_eq!(with_files.replace(" https://files.example.mn", ""), alone);
        assert!(with_files.contains("img-src 'self' data: blob: https://files.example.mn;"), "{with_files}");
    }
}
