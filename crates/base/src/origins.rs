//! Which pages may speak for a person: the origins that are trusted, and the one a request names.

use http::{HeaderMap, header};

/// The origin a request names: `Origin`, or the origin of `Referer`; `null` is as it came.
pub fn named(headers: &HeaderMap) -> Option<String> {
    let said = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    if headers.contains_key(header::ORIGIN) {
        return said(header::ORIGIN).map(str::to_owned);
    }
    let referer = said(header::REFERER)?;
    let end = referer.match_indices('/').nth(2).map_or(referer.len(), |(at, _)| at);
    Some(referer[..end].to_owned())
}

/// Whether a request names an origin that is trusted.
pub fn is_ours(headers: &HeaderMap, trusted: &[String]) -> bool {
    named(headers).is_some_and(|origin| is_trusted(&origin, trusted))
}

/// Whether an origin is on the list. `https://*.example.mn` trusts every host below that name, `spacehub://` every
/// address of that scheme.
pub fn is_trusted(origin: &str, trusted: &[String]) -> bool {
    trusted.iter().any(|known| match known.split_once('*') {
        _ if known.ends_with("://") => origin.starts_with(known.as_str()),
        None => origin == known,
        Some((before, after)) => {
            origin.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(|hosts| {
                !hosts.is_empty() && hosts.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
            })
        }
    })
}

/// Whether a browser may be sent there: a path of ours, or an address on a trusted origin (auth-wire §1.4).
pub fn may_lead_to(target: &str, trusted: &[String]) -> bool {
    // Browsers leave out tabs and line breaks and read `\` as `/`: `/\t/evil.mn` would be another host.
    if target.contains('\\') || target.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return false;
    }
    if target.starts_with('/') {
        return !target.starts_with("//");
    }
    let Some(start) = target.find("://") else { return false };
    let end = target[start + 3..].find(['/', '?', '#']).map_or(target.len(), |at| start + 3 + at);
    // A name before an @ is not the host, whatever it looks like.
    !target[..end].contains('@') && is_trusted(&target[..end], trusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted() -> Vec<String> {
        ["https://app.spacehub.mn", "https://*.spacehub.mn", "spacehub://"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_wildcard_stands_for_hosts_below_a_name_and_for_nothing_else() {
        let is = |origin: &str| is_trusted(origin, &trusted());
        assert!(is("https://app.spacehub.mn") && is("https://a.b.spacehub.mn") && is("spacehub://open"));
        for foreign in [
            "https://spacehub.mn",
            "https://.spacehub.mn.evil.mn",
            "https://evil.mn/.spacehub.mn",
            "https://evil.mn?.spacehub.mn",
            "http://app.spacehub.mn",
            "null",
            "",
        ] {
            assert!(!is(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_browser_is_sent_to_our_own_places_only() {
        let may = |target: &str| may_lead_to(target, &trusted());
        for own in ["/", "/sign-in?a=b", "https://app.spacehub.mn", "https://app.spacehub.mn/x?y", "spacehub://reset"] {
            assert!(may(own), "{own}");
        }
        for foreign in [
            "",
            "//evil.mn",
            "/\\evil.mn",
            "/\t/evil.mn",
            "evil.mn",
            "https://evil.mn",
            "https://app.spacehub.mn@evil.mn",
            "https://app.spacehub.mn.evil.mn",
            "javascript://app.spacehub.mn/%0aalert(1)",
        ] {
            assert!(!may(foreign), "{foreign}");
        }
    }

    #[test]
    fn an_origin_goes_before_a_referer() {
        let mut headers = HeaderMap::new();
        headers.insert(header::REFERER, "https://app.spacehub.mn/bills?x".parse().expect("a value"));
        assert_eq!(named(&headers).as_deref(), Some("https://app.spacehub.mn"));
        headers.insert(header::ORIGIN, "null".parse().expect("a value"));
        assert!(!is_ours(&headers, &trusted()));
    }
}
