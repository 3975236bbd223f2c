//! The two cookies of the second factor (auth-wire §7.2): a sign-in that waits, and a device that is trusted.

use base::{App, actor::signed_cookie};
use domain::UserId;
use http::{HeaderMap, HeaderValue};

use super::{TRUST, WAITS};
use crate::auth::cookies;

const WAITING: &str = "better-auth.two_factor";
const TRUSTED: &str = "better-auth.trust_device";

/// Says who waits.
pub fn waiting(app: &App, token: &str) -> HeaderValue {
    cookies::signed(app, WAITING, token, Some(WAITS.as_secs()))
}

pub fn waiting_token(headers: &HeaderMap, app: &App) -> Option<String> {
    signed_cookie(headers, app, WAITING)
}

pub fn waiting_is_over(app: &App) -> HeaderValue {
    cookies::deletion(app, WAITING)
}

/// Says which device it is: `<mac>!<device>`, the first part binding the second to the user.
pub fn trust(app: &App, user: UserId, device: &str) -> HeaderValue {
    cookies::signed(app, TRUSTED, &format!("{}!{device}", bound(app, user, device)), Some(TRUST.as_secs()))
}

/// The device that this user has trusted, if the cookie says so.
pub fn trusted_device(headers: &HeaderMap, app: &App, user: UserId) -> Option<String> {
    let value = signed_cookie(headers, app, TRUSTED)?;
    let (mac, device) = value.split_once('!')?;
    (mac == bound(app, user, device)).then(|| device.to_owned())
}

fn bound(app: &App, user: UserId, device: &str) -> String {
    app.key.derive("trust-device", &format!("{user} {device}"))
}
