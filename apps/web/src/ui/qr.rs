//! A QR code as one inline SVG path, always dark on white, whatever the theme.

use std::fmt::Write;

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// The quiet zone the standard asks for, in modules.
const QUIET: usize = 4;

/// Draws `text`; `None` when it is too long for a code. `label` is read aloud instead of the picture.
pub fn qr(text: &str, label: &str) -> Option<Markup> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, side) = (code.width(), code.width() + 2 * QUIET);
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let length = run.len();
                write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET).expect("writing to a string");
            }
            x += run.len();
        }
    }
    Some(html! {
        svg class="qr" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#0b1a28" {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_is_the_code() {
        let drawn = qr("https://example.mn/i/abc", "QR").expect("it fits").0;
        let code = QrCode::with_error_correction_level("https://example.mn/i/abc", EcLevel::M).expect("it fits");
        let path = drawn.split("d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
        let mut dark = vec![false; code.width() * code.width()];
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> =
                run.split([' ', 'h', 'v']).take(3).map(|n| n.parse().expect("a number")).collect();
            for x in numbers[0]..numbers[0] + numbers[2] {
                dark[(numbers[1] - QUIET) * code.width() + x - QUIET] = true;
            }
        }
        let expected: Vec<bool> = code.to_colors().iter().map(|color| *color == Color::Dark).collect();
        assert_eq!(dark, expected);
    }

    #[test]
    fn too_much_text_is_no_code() {
        assert!(qr(&"x".repeat(4000), "QR").is_none());
    }
}
