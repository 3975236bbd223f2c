//! Whether a JPEG goes on to its end. Decoders paint grey what is missing and say nothing.

/// Walks from marker to marker to the end of the picture. What cameras hang on behind it is not looked at, nor kept.
pub fn is_whole(bytes: &[u8]) -> bool {
    walk(bytes).is_some()
}

fn walk(bytes: &[u8]) -> Option<()> {
    let mut at = 2;
    let mut has_scan = false;
    loop {
        // In front of a marker stand any number of fill bytes.
        while *bytes.get(at)? == 0xff && *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        at += 2;
        match marker {
            END => return has_scan.then_some(()),
            // Markers that stand alone.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        at += length;
        if marker == SCAN {
            has_scan = true;
            // The scan itself has no length: it lasts until a marker that is no stuffing and no restart.
            while *bytes.get(at)? != 0xff || matches!(*bytes.get(at + 1)?, 0x00 | 0xd0..=0xd7 | 0xff) {
                at += 1;
            }
        }
    }
}

const SCAN: u8 = 0xda;
const END: u8 = 0xd9;
