//! The frame of every sandbox page: plain, phone width first, no scripts, nothing from outside.

use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};
use domain::Money;
use jiff::{Timestamp, tz};
use maud::{DOCTYPE, Markup, html};

/// A page with the sandbox's own menu.
pub fn page(title: &str, content: Markup) -> Response {
    let menu = html! {
        header class="menu" {
            a class="home" href="/sandbox" { "Туршилтын орчин" }
            nav {
                a href="/sandbox/messages" { "Утаснууд" }
                a href="/sandbox/mail" { "Шуудан" }
                a href="/sandbox/qpay/invoices" { "QPay" }
                a href="/sandbox/receipts" { "Баримтууд" }
                a href="/sandbox/moods" { "Ааш" }
            }
        }
        main { h1 { (title) } (content) }
    };
    answer(title, "sandbox", menu)
}

/// A page that plays someone else's app.
pub fn bare(title: &str, class: &str, content: Markup) -> Response {
    answer(title, class, content)
}

fn answer(title: &str, class: &str, body: Markup) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                          base-uri 'none'; frame-ancestors 'none'";
    let document = html! {
        (DOCTYPE)
        html lang="mn" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Spacehub" }
                link rel="stylesheet" href="/sandbox/style.css";
            }
            body class=(class) { (body) }
        }
    };
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")];
    (headers, Html(document.into_string())).into_response()
}

/// An amount as people read it.
pub fn tugrug(amount: Money) -> String {
    format!("{amount} ₮")
}

/// A moment on Ulaanbaatar's clock.
pub fn clock(moment: Timestamp) -> String {
    moment.to_zoned(tz::TimeZone::fixed(tz::offset(8))).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// What is shown when a list is empty.
pub fn nothing(text: &str) -> Markup {
    html! { p class="nothing" { (text) } }
}

/// A text with its addresses as links; blanks stay as they were sent.
pub fn with_links(text: &str) -> Markup {
    html! {
        @for word in text.split_inclusive(char::is_whitespace) {
            @let blank = word.trim_end();
            @let address = blank.trim_end_matches(['.', ',', ')', '!']);
            @if is_address(address) {
                a href=(address) { (address) } (&word[address.len()..])
            } @else { (word) }
        }
    }
}

/// The addresses in a text, in their order.
pub fn links(text: &str) -> Vec<&str> {
    let words = text.split_whitespace().filter(|word| is_address(word));
    words.map(|word| word.trim_end_matches(['.', ',', ')', '!'])).collect()
}

fn is_address(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_text_can_be_followed_and_nothing_else_is_markup() {
        let shown = with_links("Төлөх: https://pay.example.mn/t/a?b=1&c=2. <script> баярлалаа").into_string();
        assert_eq!(
            shown,
            "Төлөх: <a href=\"https://pay.example.mn/t/a?b=1&amp;c=2\">https://pay.example.mn/t/a?b=1&amp;c=2</a>. \
             &lt;script&gt; баярлалаа"
        );
    }
}
