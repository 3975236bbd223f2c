//! Bad files of every kind, and good ones that come out clean.

use std::io::{Cursor, Write};

use bytes::Bytes;
use domain::file::{FileKind, Purpose};
use flate2::{Compression, write::ZlibEncoder};
use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::{Examined, Unfit, look_at};

fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, ((x * y) % 239) as u8]))
}

fn packed(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    photo(320, 200).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A JPEG as a telephone writes it: turned by a quarter, with the place where it was taken, and a comment.
fn from_a_telephone() -> Vec<u8> {
    let plain = packed(ImageFormat::Jpeg);
    // A TIFF of two entries – orientation 6, and a GPS folder with a latitude – behind "Exif".
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend(b"\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
    exif.extend(b"\x01\0\x02\0\x05\0\x03\0\0\0\x38\0\0\0\0\0\0\0");
    exif.extend(b"\x2f\0\0\0\x01\0\0\0\x37\0\0\0\x01\0\0\0\x0f\0\0\0\x01\0\0\0");
    let mut bytes = plain[..2].to_vec();
    for (marker, body) in [
        (0xe1, exif.as_slice()),
        (0xfe, b"GPS 47.918873, 106.917701"),
        (0xe1, b"http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>47</exif:GPSLatitude>"),
    ] {
        bytes.extend([0xff, marker]);
        bytes.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        bytes.extend(body);
    }
    bytes.extend(&plain[2..]);
    // And what telephones hang on behind.
    bytes.extend(b"SEFH GPS 47.9 trailer");
    bytes
}

/// Colours that change from left to right and from top to bottom, 320 × 200, taken with the telephone upright, with the
/// place where it was taken; packed by libheif.
const HEIC: &[u8] = include_bytes!("telephone.heic");

fn png_with(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let plain = packed(ImageFormat::Png);
    let mut bytes = plain[..33].to_vec();
    for (name, body) in chunks {
        bytes.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        bytes.extend(*name);
        bytes.extend(*body);
        let checked: Vec<u8> = name.iter().chain(*body).copied().collect();
        let mut crc = flate2::Crc::new();
        crc.update(&checked);
        bytes.extend(crc.sum().to_be_bytes());
    }
    bytes.extend(&plain[33..]);
    bytes
}

/// A PNG of that many pixels, in a few hundred bytes.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(&vec![0; 1_000_000]).unwrap();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", header), (b"IDAT", zlib.finish().unwrap()), (b"IEND", Vec::new())] {
        bytes.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(&body);
        bytes.extend(name);
        bytes.extend(body);
        bytes.extend(crc.sum().to_be_bytes());
    }
    bytes
}

fn pdf_with(objects: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {objects} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n\
         xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000060 00000 n \ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n110\n%%EOF\n"
    )
    .into_bytes()
}

fn pdf_with_packed(content: &[u8], dictionary: &str) -> Vec<u8> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(content).unwrap();
    let packed = zlib.finish().unwrap();
    let mut bytes =
        format!("%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 {dictionary} /Length {} >>\nstream\n", packed.len())
            .into_bytes();
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n");
    bytes
}

fn then(mut bytes: Vec<u8>, more: &[u8]) -> Vec<u8> {
    bytes.extend(more);
    bytes
}

fn cut(bytes: Vec<u8>, tenths: usize) -> Vec<u8> {
    bytes[..bytes.len() * tenths / 10].to_vec()
}

async fn look(bytes: Vec<u8>, purpose: Purpose) -> Result<Examined, Unfit> {
    look_at(Bytes::from(bytes), purpose).await.unwrap()
}

#[tokio::test]
async fn no_bad_file_is_taken() {
    use Purpose::{RoomPhoto, SignedContract};
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.to_vec();
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let jpeg = || packed(ImageFormat::Jpeg);
    let bad: Vec<(&str, Vec<u8>, Purpose, Unfit)> = vec![
        ("SVG", svg.clone(), RoomPhoto, Unfit::Unknown),
        ("SVG behind a blank", then(b" ".to_vec(), &svg), RoomPhoto, Unfit::Unknown),
        ("HTML", html.clone(), SignedContract, Unfit::Unknown),
        ("HTML with a PDF behind it", then(html.clone(), &pdf_with("")), SignedContract, Unfit::Unknown),
        ("PDF with HTML behind it", then(pdf_with(""), &html), SignedContract, Unfit::Damaged),
        (
            "PDF with a ZIP behind it",
            then(pdf_with(""), b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            SignedContract,
            Unfit::Damaged,
        ),
        ("PDF as a photo", pdf_with(""), RoomPhoto, Unfit::NotForThis),
        ("PDF cut short", cut(pdf_with(""), 9), SignedContract, Unfit::Damaged),
        (
            "PDF with a script",
            pdf_with("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
            SignedContract,
            Unfit::Runs,
        ),
        (
            "PDF with a disguised script",
            pdf_with("/OpenAction << /S /J#61vaScr#69pt /JS (x) >>"),
            SignedContract,
            Unfit::Runs,
        ),
        (
            "PDF that starts a program",
            pdf_with("/OpenAction << /S /Launch /F (cmd.exe) >>"),
            SignedContract,
            Unfit::Runs,
        ),
        ("PDF with a file in it", pdf_with("/Names << /EmbeddedFiles 4 0 R >>"), SignedContract, Unfit::Runs),
        ("PDF with a form that runs", pdf_with("/AcroForm << /XFA 4 0 R >>"), SignedContract, Unfit::Runs),
        (
            "PDF with a packed script",
            pdf_with_packed(b"7 0 << /S /JavaScript /JS (x) >>", "/Filter /FlateDecode"),
            SignedContract,
            Unfit::Runs,
        ),
        (
            "PDF with a script packed oddly",
            pdf_with_packed(b"7 0 <<>>", "/DecodeParms << /Predictor 12 >>"),
            SignedContract,
            Unfit::Damaged,
        ),
        ("PDF bomb", pdf_with_packed(&vec![b' '; 70 << 20], ""), SignedContract, Unfit::Damaged),
        ("PDF with a password", pdf_with("/Encrypt 9 0 R"), SignedContract, Unfit::Locked),
        ("PDF that is only a head", b"%PDF-1.7\n".to_vec(), SignedContract, Unfit::Damaged),
        ("JPEG cut short", cut(jpeg(), 5), RoomPhoto, Unfit::Damaged),
        ("JPEG without its last two bytes", jpeg()[..jpeg().len() - 2].to_vec(), RoomPhoto, Unfit::Damaged),
        ("JPEG head with HTML", then(b"\xff\xd8\xff\xe0".to_vec(), &html), RoomPhoto, Unfit::Damaged),
        ("PNG cut short", cut(packed(ImageFormat::Png), 5), RoomPhoto, Unfit::Damaged),
        ("PNG head with SVG", then(b"\x89PNG\r\n\x1a\n".to_vec(), &svg), RoomPhoto, Unfit::Damaged),
        ("PNG bomb", bomb(50_000, 50_000), RoomPhoto, Unfit::TooManyPixels),
        ("PNG bomb, long and thin", bomb(2_000_000_000, 1), RoomPhoto, Unfit::TooManyPixels),
        ("PNG that promises more than it holds", bomb(7_000, 7_000), RoomPhoto, Unfit::Damaged),
        ("WebP cut short", cut(packed(ImageFormat::WebP), 5), RoomPhoto, Unfit::Damaged),
        ("WebP head alone", b"RIFF\x04\0\0\0WEBP".to_vec(), RoomPhoto, Unfit::Damaged),
        ("GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), RoomPhoto, Unfit::Unknown),
        ("HEIC head alone", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), RoomPhoto, Unfit::Damaged),
        ("HEIC cut short", cut(HEIC.to_vec(), 5), RoomPhoto, Unfit::Damaged),
        ("HEIC bomb", include_bytes!("wide.heic").to_vec(), RoomPhoto, Unfit::TooManyPixels),
        ("HEIC that holds less than it says", then(HEIC[..600].to_vec(), &[0; 4000]), RoomPhoto, Unfit::Damaged),
        ("a program", b"\x7fELF\x02\x01\x01".to_vec(), SignedContract, Unfit::Unknown),
        ("a ZIP", b"PK\x03\x04".to_vec(), SignedContract, Unfit::Unknown),
        ("one byte", vec![0], RoomPhoto, Unfit::Unknown),
    ];
    let (mut accepted, all) = (0, bad.len());
    for (what, bytes, purpose, expected) in bad {
        match look(bytes, purpose).await {
            Ok(_) => {
                accepted += 1;
                println!("taken: {what}");
            }
            Err(unfit) => assert_eq!(unfit, expected, "{what}"),
        }
    }
    println!("R28: accepted bad files {accepted} / {all}");
    assert_eq!(accepted, 0);
}

#[tokio::test]
async fn a_picture_keeps_its_pixels_and_nothing_else() {
    let mut left = 0;
    let polyglot = then(packed(ImageFormat::Jpeg), b"<script>alert(1)</script>PK\x03\x04");
    let chunks: [(&[u8; 4], &[u8]); 2] = [(b"tEXt", b"Comment\0GPS 47.9"), (b"eXIf", b"II*\0\x08\0\0\0\0\0GPS")];
    let good = [
        ("a telephone's JPEG", from_a_telephone()),
        ("a JPEG that is also a page and a ZIP", polyglot),
        ("a PNG with texts", png_with(&chunks)),
        ("a WebP", packed(ImageFormat::WebP)),
        ("a telephone's HEIC", HEIC.to_vec()),
    ];
    for (what, bytes) in good {
        let examined = look(bytes, Purpose::RoomPhoto).await.unwrap_or_else(|unfit| panic!("{what}: {unfit}"));
        for trace in [b"GPS".as_slice(), b"Exif", b"exif", b"eXIf", b"tEXt", b"<script", b"PK\x03", b"adobe"] {
            left += usize::from(examined.bytes.windows(trace.len()).any(|window| window == trace));
        }
        assert!(matches!(examined.kind, FileKind::Jpeg | FileKind::Png), "{what}");
        let again = look(examined.bytes.to_vec(), Purpose::RoomPhoto).await.unwrap();
        assert_eq!((again.width, again.height), (examined.width, examined.height));
    }
    println!("R28: EXIF GPS left {left}");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_picture_stands_upright_and_is_no_larger_than_it_need_be() {
    let turned = look(from_a_telephone(), Purpose::RoomPhoto).await.unwrap();
    assert_eq!((turned.width, turned.height), (Some(200), Some(320)));

    let mut wide = Vec::new();
    photo(6000, 1500).write_to(&mut Cursor::new(&mut wide), ImageFormat::Jpeg).unwrap();
    let smaller = look(wide, Purpose::RoomPhoto).await.unwrap();
    assert_eq!((smaller.width, smaller.height), (Some(4096), Some(1024)));

    let mut seal = Vec::new();
    RgbaImage::from_pixel(50, 50, Rgba([200, 0, 0, 90]))
        .write_to(&mut Cursor::new(&mut seal), ImageFormat::WebP)
        .unwrap();
    assert_eq!(look(seal, Purpose::OwnerSeal).await.unwrap().kind, FileKind::Png, "what shines through stays so");
}

#[tokio::test]
async fn a_heic_becomes_the_same_picture_as_jpeg_and_upright() {
    let kept = look(HEIC.to_vec(), Purpose::RoomPhoto).await.unwrap();
    assert_eq!((kept.kind, kept.width, kept.height), (FileKind::Jpeg, Some(200), Some(320)));
    let picture = image::load_from_memory(&kept.bytes).unwrap().to_rgb8();
    // Red grew to the right and green downwards before a quarter turn to the right.
    for ((x, y), red, green) in [((195, 5), 0, 0), ((195, 315), 255, 0), ((5, 5), 0, 255), ((5, 315), 255, 255)] {
        let Rgb([r, g, _]) = *picture.get_pixel(x, y);
        assert!(r.abs_diff(red) < 24 && g.abs_diff(green) < 24, "at {x}, {y}: {r}, {g}");
    }
}

#[tokio::test]
async fn a_signed_paper_is_kept_byte_by_byte() {
    let paper = pdf_with("/Lang (mn)");
    let kept = look(paper.clone(), Purpose::SignedContract).await.unwrap();
    assert_eq!((kept.kind, kept.bytes), (FileKind::Pdf, Bytes::from(paper)));
    let packed = pdf_with_packed(b"7 0 << /Type /Font >>", "/Filter /FlateDecode");
    assert_eq!(look(packed, Purpose::TenantPaper).await.unwrap().kind, FileKind::Pdf);
}
