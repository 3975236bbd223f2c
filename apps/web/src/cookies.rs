//! Cookies of the pages: how one is read from a request, and how a lasting one is written.

use axum::http::{HeaderMap, HeaderValue, header};

/// The value of a cookie, if the request carries it.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A `Set-Cookie` for a choice of the reader; no script can read it, and none needs to.
pub fn set(name: &str, value: &str, max_age_secs: u32) -> HeaderValue {
    let line = format!("{name}={value}; Path=/; Max-Age={max_age_secs}; HttpOnly; SameSite=Lax");
    HeaderValue::from_str(&line).expect("names and values of our cookies are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; theme=dark;lang=mn"));
        headers.append(header::COOKIE, HeaderValue::from_static("xtheme=light"));
        assert_eq!(get(&headers, "theme"), Some("dark"));
        assert_eq!(get(&headers, "lang"), Some("mn"));
        assert_eq!(get(&headers, "them"), None);
    }
}
