//! Who asks for a code, so that nobody else can use it: the session, else the browser; a program that keeps no cookies
//! is bound by nothing but the number.

use axum::response::Response;
use base::{App, actor::signed_cookie, secrets};
use http::header;

use crate::auth::{cookies, door::Door};

/// The browser that asked for a code.
const COOKIE: &str = "better-auth.phone_code";

/// Who asks.
pub struct Asking {
    by: String,
    /// Handed to a browser that had none.
    browser: Option<String>,
}

impl Asking {
    /// Who asks at a door.
    pub fn at<B>(door: &Door<B>) -> Asking {
        if let Some(session) = of_session(door) {
            return Asking { by: session, browser: None };
        }
        // Browsers say so in a header that no script can set; what a program would do with a cookie nobody knows.
        if !door.headers.contains_key("sec-fetch-site") {
            return Asking { by: String::new(), browser: None };
        }
        let browser = signed_cookie(&door.headers, door.app(), COOKIE).unwrap_or_else(|| secrets::token(32));
        Asking { by: of_browser(&browser), browser: Some(browser) }
    }

    /// Every way in which whoever tries a code may have asked for it.
    pub fn ways<B>(door: &Door<B>) -> Vec<String> {
        let browser = signed_cookie(&door.headers, door.app(), COOKIE).map(|browser| of_browser(&browser));
        [Some(String::new()), of_session(door), browser].into_iter().flatten().collect()
    }

    pub fn by(&self) -> &str {
        &self.by
    }

    /// Lets the browser be known again.
    pub fn mark(&self, app: &App, response: &mut Response) {
        if let Some(browser) = &self.browser {
            let age = i64::try_from(base::codes::LIFE.as_secs()).ok();
            response.headers_mut().append(header::SET_COOKIE, cookies::signed(app, COOKIE, browser, age));
        }
    }
}

fn of_session<B>(door: &Door<B>) -> Option<String> {
    door.token().map(|token| format!("session {token}"))
}

fn of_browser(browser: &str) -> String {
    format!("browser {browser}")
}
