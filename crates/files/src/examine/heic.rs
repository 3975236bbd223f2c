//! HEIC, as telephones take their pictures: unpacked to its pixels, which are then kept as JPEG.

use domain::file::MOST_PIXELS;
use heic_decoder::HeifError;
use image::{DynamicImage, RgbImage};

use super::Unfit;

/// Width and height in pixels, as its head says.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let info = heic_decoder::probe(bytes).ok()?;
    Some((u32::try_from(info.width).ok()?, u32::try_from(info.height).ok()?))
}

/// The picture, turned the way it was taken.
pub fn unpack(bytes: &[u8]) -> Result<DynamicImage, Unfit> {
    let (width, height) = dimensions(bytes).ok_or(Unfit::Damaged)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unfit::TooManyPixels);
    }
    let picture = heic_decoder::decode(bytes).and_then(|unpacked| unpacked.to_rgb8()).map_err(unfit)?;
    let (Ok(width), Ok(height)) = (u32::try_from(picture.width), u32::try_from(picture.height)) else {
        return Err(Unfit::Damaged);
    };
    RgbImage::from_raw(width, height, picture.data).map(DynamicImage::from).ok_or(Unfit::Damaged)
}

fn unfit(error: HeifError) -> Unfit {
    match error {
        HeifError::Unsupported(_) => Unfit::Heic,
        _ => Unfit::Damaged,
    }
}
