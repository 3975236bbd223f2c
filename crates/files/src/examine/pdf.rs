//! PDFs are kept as they came, for a signature may hang on every byte; so they are read for what would run instead.
//!
//! Not a parser of the whole format: every name in the file is looked at, wherever it stands, and every name in the
//! packed streams of objects. What cannot be looked into – a password, an unknown way of packing – is not taken.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::Unfit;

/// Names that belong to things which run, call out or carry other files.
const RUNNING: [&[u8]; 10] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"Rendition",
];

/// How far packed objects may unfold altogether, in bytes.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// How long the dictionary of a stream of packed objects may be, in bytes.
const DICTIONARY: usize = 4096;

/// Whether the file is a whole PDF with nothing in it that runs.
pub fn check(bytes: &[u8]) -> Result<(), Unfit> {
    has_its_end(bytes).then_some(()).ok_or(Unfit::Damaged)?;
    // First of all: behind a password nothing that follows says what it seems to.
    if names(bytes).any(|(_, name)| name == b"Encrypt") {
        return Err(Unfit::Locked);
    }
    let mut left = MOST_UNPACKED;
    for (at, name) in names(bytes) {
        if RUNNING.contains(&name.as_slice()) {
            return Err(Unfit::Runs);
        }
        if name == b"ObjStm" {
            let unpacked = unpacked(bytes, at, &mut left)?;
            if names(&unpacked).any(|(_, name)| RUNNING.contains(&name.as_slice())) {
                return Err(Unfit::Runs);
            }
        }
    }
    Ok(())
}

/// The file ends where a PDF ends, with nothing hung on.
fn has_its_end(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    let end = tail.iter().rposition(|byte| !byte.is_ascii_whitespace() && *byte != 0).map_or(0, |last| last + 1);
    tail[..end].ends_with(b"%%EOF") && find(tail, b"startxref").is_some() && find(bytes, b" obj").is_some()
}

/// Every name with where it ends, written out: `/J#61vaScript` is `JavaScript`.
fn names(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> + '_ {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    starts.map(|start| {
        let (mut at, mut name) = (start, Vec::new());
        while let Some(&byte) = bytes.get(at).filter(|byte| is_regular(**byte) && name.len() < 32) {
            let escaped = if byte == b'#' { bytes.get(at + 1..at + 3).and_then(hex) } else { None };
            name.push(escaped.unwrap_or(byte));
            at += if escaped.is_some() { 3 } else { 1 };
        }
        (at, name)
    })
}

fn is_regular(byte: u8) -> bool {
    byte > b' ' && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The objects packed in the stream whose dictionary is at hand. Packed at all, and in the one way that everybody packs
/// them: what is written otherwise is no zlib stream, or has parameters, and can't be looked into.
fn unpacked(bytes: &[u8], at: usize, left: &mut u64) -> Result<Vec<u8>, Unfit> {
    let ahead = &bytes[at..bytes.len().min(at + DICTIONARY)];
    let start = at + find(ahead, b"stream").ok_or(Unfit::Damaged)?;
    let behind = &bytes[at.saturating_sub(DICTIONARY)..start];
    let dictionary = &behind[behind.windows(3).rposition(|word| word == b"obj").unwrap_or(0)..];
    if names(dictionary).any(|(_, name)| name == b"DecodeParms" || name == b"DP") {
        return Err(Unfit::Damaged);
    }
    let rest = &bytes[start + b"stream".len()..];
    let body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"));
    let mut unpacked = Vec::new();
    let read = ZlibDecoder::new(body.unwrap_or(rest)).take(*left + 1).read_to_end(&mut unpacked);
    *left = left.checked_sub(read.map_err(|_| Unfit::Damaged)? as u64).ok_or(Unfit::Damaged)?;
    Ok(unpacked)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
