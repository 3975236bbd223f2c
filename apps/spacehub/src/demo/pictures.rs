//! Drawn pictures for the demo's first rooms, floor, marks and contract: nobody's photos, and enough to see how it looks.

use std::io::Cursor;

use bytes::Bytes;
use client::Client;
use domain::{
    OwnerId,
    file::{FileKind, Purpose},
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use uuid::Uuid;
use wire::{contracts::ContractFilter, files::NewFile, rooms::RoomFilter};

use super::Failure;

/// Gives Алтан Тауэр its marks, the first room its photos, the first floor above the ground its plan and the first
/// contract its signed paper.
pub(super) async fn add(director: &Client, owner: OwnerId) -> Result<(), Failure> {
    let add = async |purpose, subject: Uuid, name: &str, (content_type, bytes): (FileKind, Bytes)| {
        let new =
            NewFile { purpose, subject_id: subject, name: name.to_owned(), size: bytes.len() as u64, content_type };
        director.add_file(&new, bytes).await
    };
    add(Purpose::OwnerLogo, owner.0, "Лого.png", logo()).await?;
    add(Purpose::OwnerSeal, owner.0, "Тамга.png", seal()).await?;
    let rooms = RoomFilter { q: Some("301".into()), limit: Some(1), ..RoomFilter::default() };
    for room in director.rooms(&rooms).await?.items {
        for (name, light) in [("Өглөө.jpg", 0), ("Үдэш.jpg", 70), ("Шөнө.jpg", 130)] {
            add(Purpose::RoomPhoto, room.id.0, name, room_at(light)).await?;
        }
        if let Some(floor) = room.floor_id {
            add(Purpose::FloorPlan, floor.0, "Төлөвлөгөө.png", plan()).await?;
        }
    }
    let contracts = ContractFilter { limit: Some(1), ..ContractFilter::default() };
    for contract in director.contracts(&contracts).await?.items {
        add(Purpose::SignedContract, contract.id.0, "Гэрээ, гарын үсэгтэй.pdf", paper()).await?;
    }
    Ok(())
}

/// A room with a window onto the hills, the later the darker.
fn room_at(light: u8) -> (FileKind, Bytes) {
    let dim = |[r, g, b]: [u8; 3]| Rgb([r.saturating_sub(light), g.saturating_sub(light), b.saturating_sub(light / 2)]);
    let picture = RgbImage::from_fn(960, 720, |x, y| {
        let in_window = (220..740).contains(&x) && (110..430).contains(&y);
        let is_frame = in_window && (!(232..728).contains(&x) || !(122..418).contains(&y) || (474..486).contains(&x));
        let hill = 330 + (x % 260).abs_diff(130) / 3;
        let is_desk = (140..820).contains(&x) && (500..528).contains(&y)
            || ((180..200).contains(&x) || (760..780).contains(&x)) && (528..660).contains(&y);
        dim(match () {
            () if is_desk => [122, 84, 52],
            () if is_frame => [250, 250, 247],
            () if in_window && y > hill => [96, 138, 88],
            () if in_window => [150 + (y / 8) as u8, 196 + (y / 16) as u8, 236],
            () if y > 560 => [186 - ((x / 120) % 2 * 8) as u8, 150, 112],
            () => [232, 226, 214],
        })
    });
    packed(FileKind::Jpeg, picture.into())
}

/// Rooms on both sides of a corridor.
fn plan() -> (FileKind, Bytes) {
    let picture = RgbImage::from_fn(1200, 600, |x, y| {
        let is_outer = !(46..1154).contains(&x) || !(46..554).contains(&y);
        let is_wall =
            (40..46).contains(&x) || (1154..1160).contains(&x) || (40..46).contains(&y) || (554..560).contains(&y);
        let is_corridor = (260..266).contains(&y) || (334..340).contains(&y);
        let between = (x - x.min(40)) % 186 < 5 && !(266..334).contains(&y);
        let is_door = (x - x.min(40)) % 186 > 80 && (x - x.min(40)) % 186 < 120 && is_corridor;
        let inside = (40..1160).contains(&x) && (40..560).contains(&y);
        if inside && !is_door && (is_wall || (!is_outer && (is_corridor || between))) {
            Rgb([40, 48, 60])
        } else {
            Rgb([255, 255, 255])
        }
    });
    packed(FileKind::Png, picture.into())
}

/// A golden tower on nothing.
fn logo() -> (FileKind, Bytes) {
    let picture = RgbaImage::from_fn(256, 256, |x, y| {
        let half = y.saturating_sub(20) / 3;
        let is_tower = (20..236).contains(&y) && x.abs_diff(128) < half && (y / 18) % 2 == 0;
        if is_tower { Rgba([196, 148, 36, 255]) } else { Rgba([0, 0, 0, 0]) }
    });
    packed(FileKind::Png, picture.into())
}

/// A blue ring around a square, as seals are.
fn seal() -> (FileKind, Bytes) {
    let picture = RgbaImage::from_fn(320, 320, |x, y| {
        let (dx, dy) = (x.abs_diff(160), y.abs_diff(160));
        let squared = dx * dx + dy * dy;
        let is_ring = (140 * 140..150 * 150).contains(&squared) || (112 * 112..116 * 116).contains(&squared);
        let is_mark = dx.max(dy) < 46 && dx.max(dy) > 34 || dx + dy < 22;
        if is_ring || is_mark { Rgba([28, 66, 160, 220]) } else { Rgba([0, 0, 0, 0]) }
    });
    packed(FileKind::Png, picture.into())
}

/// One page that says what it stands for.
fn paper() -> (FileKind, Bytes) {
    let words = "BT /F1 18 Tf 72 760 Td (Spacehub demo: the contract as both sides signed it.) Tj ET";
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{words}\nendstream", words.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (number, object) in (1..).zip(objects) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = pdf.len();
    pdf.extend(b"xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    pdf.extend(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    (FileKind::Pdf, pdf.into())
}

fn packed(kind: FileKind, picture: DynamicImage) -> (FileKind, Bytes) {
    let mut bytes = Cursor::new(Vec::new());
    let format = if kind == FileKind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    picture.write_to(&mut bytes, format).expect("a picture in memory can be packed");
    (kind, bytes.into_inner().into())
}
