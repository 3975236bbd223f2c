//! Pictures: unpacked under a cap, turned the way they were taken, and packed anew with nothing but their pixels.

use std::io::Cursor;

use domain::file::{FileKind, MOST_PIXELS};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use super::{Examined, Unfit, heic, jpeg};

/// The most memory that unpacking may take, in bytes.
const MOST_MEMORY: u64 = 320 * 1024 * 1024;
/// Of the JPEG that is kept, of 100.
const QUALITY: u8 = 85;

/// The same picture with no side longer than `longest` pixels: JPEG stays JPEG, everything else becomes PNG when it lets
/// something shine through, and JPEG otherwise – but a PNG, which somebody drew, stays what it is.
pub fn repack(bytes: &[u8], kind: FileKind, longest: u32) -> Result<Examined, Unfit> {
    if kind == FileKind::Jpeg && !jpeg::is_whole(bytes) {
        return Err(Unfit::Damaged);
    }
    let picture = unpack(bytes, kind)?;
    let picture =
        if picture.width().max(picture.height()) > longest { picture.thumbnail(longest, longest) } else { picture };
    let as_png = kind == FileKind::Png || (kind == FileKind::WebP && picture.color().has_alpha());
    let (kind, bytes) = if as_png { (FileKind::Png, png(&picture)?) } else { (FileKind::Jpeg, jpeg(&picture)?) };
    let side = |pixels: u32| i32::try_from(pixels).ok();
    Ok(Examined { kind, bytes: bytes.into(), width: side(picture.width()), height: side(picture.height()) })
}

/// How many pixels the picture says it has.
pub fn pixels(bytes: &[u8], kind: FileKind) -> Option<u64> {
    let (width, height) = match kind {
        FileKind::Heic => heic::dimensions(bytes)?,
        _ => reader(bytes, kind).into_dimensions().ok()?,
    };
    Some(u64::from(width) * u64::from(height))
}

fn unpack(bytes: &[u8], kind: FileKind) -> Result<DynamicImage, Unfit> {
    if kind == FileKind::Heic {
        return heic::unpack(bytes);
    }
    let mut decoder = reader(bytes, kind).into_decoder().map_err(unfit)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unfit::TooManyPixels);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).map_err(|_| Unfit::TooManyPixels)?;
    let orientation = decoder.orientation().map_err(|_| Unfit::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unfit)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn unfit(error: ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::TooManyPixels,
        _ => Unfit::Damaged,
    }
}

fn reader(bytes: &[u8], kind: FileKind) -> ImageReader<Cursor<&[u8]>> {
    let format = match kind {
        FileKind::Png => ImageFormat::Png,
        FileKind::WebP => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    ImageReader::with_format(Cursor::new(bytes), format)
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, Unfit> {
    let mut packed = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut packed, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| Unfit::Damaged)?;
    Ok(packed)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, Unfit> {
    let mut packed = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut packed, CompressionType::Default, FilterType::Adaptive);
    let eight_bits = if picture.color().has_alpha() {
        DynamicImage::from(picture.to_rgba8())
    } else {
        DynamicImage::from(picture.to_rgb8())
    };
    eight_bits.write_with_encoder(encoder).map_err(|_| Unfit::Damaged)?;
    Ok(packed)
}
