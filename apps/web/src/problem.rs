//! What is shown when a page can't be: one kind of answer for our own refusals and the framework's.

use std::borrow::Cow;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};

use crate::{
    browser,
    page::Page,
    reader::Reader,
    ui::{alert, button::Button, flash::Flash, frame, icon::Icon},
};

/// Why a page could not be shown. A handler returns it as its error; [`dress`] turns it into a page in the reader's
/// language, or into a notice when htmx asked for a piece of one.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    message: Message,
}

#[derive(Debug, Clone)]
enum Message {
    /// A key of the catalogue.
    Key(&'static str),
    /// The key of what was not found.
    NotFound(&'static str),
    /// The API's own sentence, already in the reader's language.
    Said(String),
}

impl Problem {
    /// What was asked for does not exist, or not for this reader; `thing` is a key such as `thing-contract`.
    pub fn not_found(thing: &'static str) -> Problem {
        Problem { status: StatusCode::NOT_FOUND, message: Message::NotFound(thing) }
    }

    pub fn forbidden() -> Problem {
        Problem::of(StatusCode::FORBIDDEN)
    }

    pub fn foreign_origin() -> Problem {
        Problem { status: StatusCode::FORBIDDEN, message: Message::Key("error-origin") }
    }

    /// What the API answered, with its sentence; a missing session leads to the sign-in instead of a page.
    pub fn said(status: StatusCode, message: impl Into<String>) -> Problem {
        Problem { status, message: Message::Said(message.into()) }
    }

    /// Our own sentence for a status.
    pub fn of(status: StatusCode) -> Problem {
        let key = match status {
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => "error-validation-error",
            StatusCode::UNAUTHORIZED => "error-unauthorized",
            StatusCode::FORBIDDEN => "error-forbidden",
            StatusCode::NOT_FOUND => return Problem::not_found("thing-page"),
            StatusCode::METHOD_NOT_ALLOWED => "error-method-not-allowed",
            StatusCode::REQUEST_TIMEOUT => "error-request-timeout",
            StatusCode::CONFLICT => "error-conflict",
            StatusCode::PAYLOAD_TOO_LARGE => "error-upload-too-large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "error-unsupported-media-type",
            StatusCode::TOO_MANY_REQUESTS => "error-rate-limited",
            StatusCode::SERVICE_UNAVAILABLE => "error-service-unavailable",
            _ => "error-internal-error",
        };
        Problem { status, message: Message::Key(key) }
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn message(&self, reader: &Reader) -> Cow<'static, str> {
        match &self.message {
            Message::Key(key) => reader.say(key),
            Message::NotFound(thing) => reader.say_with("problem-no-such", &[("what", reader.say(thing).into())]),
            Message::Said(sentence) => sentence.clone().into(),
        }
    }
}

/// The bare answer; it carries the problem to [`dress`], where the reader is known.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The fallback of the router.
pub async fn no_such_page() -> Problem {
    Problem::not_found("thing-page")
}

/// Dresses every refusal, the framework's bare ones too, as a page the reader understands.
pub async fn dress(reader: Reader, request: Request, next: Next) -> Response {
    let request_id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let mut response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let (is_page, is_for_a_script) = (kind.is_some_and(is_html), kind.is_some_and(|kind| kind == "application/json"));
    if is_page && reader.flash.is_some() {
        response.headers_mut().append(header::SET_COOKIE, Flash::told());
    }
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        // A page that came back with remarks beside its fields says itself what is wrong, and so does what one of our
        // scripts is told.
        None if is_page || is_for_a_script => return response,
        None => Problem::of(status),
    };
    let kept = [header::ALLOW, header::RETRY_AFTER]
        .into_iter()
        .filter_map(|name| response.headers().get(&name).map(|value| (name, value.clone())));
    let mut dressed = problem.answer(&reader, request_id);
    dressed.headers_mut().extend(kept);
    dressed
}

/// The page of a refusal that no page of ours made: the server's edge turned the request away before it came in.
pub fn refusal(headers: &HeaderMap, address: &str, status: StatusCode, sentence: String) -> Response {
    let problem = Problem::said(status, sentence);
    browser::dressed(problem.answer(&Reader::from_headers(headers, address), None))
}

fn is_html(content_type: &HeaderValue) -> bool {
    content_type.as_bytes().starts_with(b"text/html")
}

impl Problem {
    fn answer(&self, reader: &Reader, request_id: Option<String>) -> Response {
        if self.status == StatusCode::UNAUTHORIZED {
            return sign_in_first(reader);
        }
        if reader.is_piece {
            // The place the reader is at stays; htmx puts the notice on top of it.
            let mut headers = HeaderMap::new();
            headers.insert("hx-reswap", HeaderValue::from_static("none"));
            let notice = alert::notice(reader, alert::Kind::Bad, &self.message(reader));
            return (self.status, headers, notice).into_response();
        }
        let page = ProblemPage { status: self.status, message: self.message(reader).into_owned(), request_id };
        (self.status, page.render(reader)).into_response()
    }
}

/// To the sign-in and back to the page that was asked for.
fn sign_in_first(reader: &Reader) -> Response {
    let next = serde_urlencoded::to_string([("next", &reader.address)]).expect("a path can be encoded");
    let href = format!("/sign-in?{next}");
    if reader.is_piece {
        let href = HeaderValue::from_str(&href).expect("an encoded path is a header value");
        return (StatusCode::OK, [("hx-redirect", href)]).into_response();
    }
    Redirect::to(&href).into_response()
}

/// The page of a problem: what happened, what can be done, and the number to tell us.
#[derive(Debug, Clone)]
pub struct ProblemPage {
    pub status: StatusCode,
    pub message: String,
    pub request_id: Option<String>,
}

impl Page for ProblemPage {
    fn render(&self, reader: &Reader) -> Markup {
        let heading = reader.say(match self.status {
            StatusCode::NOT_FOUND => "problem-not-found",
            StatusCode::FORBIDDEN => "problem-forbidden",
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => "problem-busy",
            status if status.is_server_error() => "problem-ours",
            _ => "problem-request",
        });
        frame::plain(
            reader,
            &heading,
            html! {
                section class="problem" {
                    p class="problem-status" aria-hidden="true" { (self.status.as_u16()) }
                    h1 class="problem-heading" { (heading) }
                    p class="problem-message" { (self.message) }
                    @if let Some(id) = &self.request_id {
                        p class="problem-number" { (reader.say("problem-number")) " " code class="code" { (id) } }
                    }
                    p class="problem-ways" { (Button::link(reader.say("problem-home"), "/").icon(Icon::House)) }
                }
            },
        )
    }

    fn sample() -> ProblemPage {
        ProblemPage {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            message: "Манай талд алдаа гарлаа. Дахин оролдоно уу.".into(),
            request_id: Some("0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f".into()),
        }
    }
}

#[cfg(test)]
mod tests;
