//! QR pictures of any text: an SVG for our own pages, a PNG for those who ask for one.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode, types::QrError};

/// White modules around the code, as the standard asks.
const QUIET: usize = 4;

/// The code as an SVG picture without styles or scripts; it takes the size its place gives it. Fails on a text that is
/// too long for a QR (about 2 300 bytes).
pub fn svg(text: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let side = code.width() + 2 * QUIET;
    let mut path = String::new();
    for (x, y) in dark(&code) {
        write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET).expect("a string takes every write");
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

/// The code as a square PNG of `side` pixels. Fails on a text that is too long, or a side too small to hold it.
pub fn png(text: &str, side: u32) -> Result<Vec<u8>, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let modules = u32::try_from(code.width() + 2 * QUIET).expect("a QR has at most 177 modules");
    let scale = side / modules;
    if scale == 0 {
        return Err(QrError::DataTooLong);
    }
    let margin = (side - scale * (modules - 8)) / 2;
    let mut picture = image::GrayImage::from_pixel(side, side, image::Luma([255]));
    for (x, y) in dark(&code) {
        let place = |module: usize| margin + scale * u32::try_from(module).expect("a QR has at most 177 modules");
        for dx in 0..scale {
            for dy in 0..scale {
                picture.put_pixel(place(x) + dx, place(y) + dy, image::Luma([0]));
            }
        }
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("memory takes every write");
    Ok(bytes.into_inner())
}

/// The dark modules, by column and row.
fn dark(code: &QrCode) -> impl Iterator<Item = (usize, usize)> {
    let width = code.width();
    (0..width * width).map(move |i| (i % width, i / width)).filter(|place| code[*place] == Color::Dark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_is_as_large_as_asked_and_shows_the_code() {
        let bytes = png("0002010102121531", 300).expect("short enough");
        let picture = image::load_from_memory(&bytes).expect("a PNG").to_luma8();
        let code = QrCode::with_error_correction_level("0002010102121531", EcLevel::M).expect("short enough");

        assert_eq!(picture.dimensions(), (300, 300));
        let modules = u32::try_from(code.width()).expect("small");
        let scale = 300 / (modules + 8);
        let margin = (300 - scale * modules) / 2;
        for row in 0..modules {
            for column in 0..modules {
                let pixel = picture.get_pixel(margin + column * scale + scale / 2, margin + row * scale + scale / 2);
                let dark = code[(column as usize, row as usize)] == Color::Dark;
                assert_eq!(pixel.0[0] == 0, dark, "row {row}, column {column}");
            }
        }
        assert!(png("0002010102121531", 20).is_err(), "there is no room for the modules");
    }

    #[test]
    fn an_svg_has_a_square_for_every_dark_module() {
        let picture = svg("0002010102121531").expect("short enough");
        let code = QrCode::with_error_correction_level("0002010102121531", EcLevel::M).expect("short enough");
        assert_eq!(picture.matches("h1v1h-1z").count(), dark(&code).count());
        assert!(!picture.contains("style"));
        assert!(svg(&"a".repeat(3000)).is_err());
    }
}
