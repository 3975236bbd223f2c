//! CSV as Excel and other programs write it: any usual separator and encoding, rows counted as the spreadsheet counts.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::{Cell, Sheet, Unreadable};

const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];

pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let text = decode(bytes)?;
    let (separator, text) = separator(&text);
    let mut sheet = Sheet { named_by_file: true, ..Sheet::new(name) };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0u32;
    loop {
        let from = usize::try_from(reader.position().byte()).map_err(Unreadable::broken)?;
        if !reader.read_record(&mut record).map_err(Unreadable::broken)? {
            return Ok(sheet);
        }
        // The reader leaves blank lines out; a spreadsheet counts them.
        row = row.saturating_add(1).saturating_add(blank_lines(text.as_bytes(), from));
        for (column, field) in (0u32..).zip(&record) {
            sheet.put(row, column, Cell::text(field))?;
        }
    }
}

/// The blank lines that begin at a place.
fn blank_lines(text: &[u8], from: usize) -> u32 {
    let mut lines = 0;
    for place in from..text.len() {
        match text[place] {
            // the second half of `\r\n` ends no line of its own
            b'\n' if place > 0 && text[place - 1] == b'\r' => (),
            b'\r' | b'\n' => lines += 1,
            _ => break,
        }
    }
    lines
}

/// The text by its mark, else UTF-8 where it is valid, else windows-1251, the encoding of Cyrillic Windows.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => UTF_8.decode_without_bom_handling(rest).0,
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(mongolian(&WINDOWS_1251.decode_without_bom_handling(bytes).0)),
        },
    };
    let looks_like_a_page = text.trim_start().starts_with('<');
    // tabs and line ends of every age, and the mark that closed a file in DOS
    let is_text = |c: char| !c.is_control() || matches!(c, '\t'..='\r' | '\u{1a}' | '\u{85}');
    if looks_like_a_page || !text.chars().all(is_text) {
        return Err(Unreadable::NotASheet);
    }
    Ok(text)
}

/// windows-1251 has no ө and ү; Mongolian fonts drew them in the places of є and ї.
fn mongolian(text: &str) -> String {
    let letter = |c| match c {
        'є' => 'ө',
        'Є' => 'Ө',
        'ї' => 'ү',
        'Ї' => 'Ү',
        c => c,
    };
    text.chars().map(letter).collect()
}

/// The separator, said by Excel's `sep=` line or told from the text: the one that cuts the most lines into the same
/// number of fields. Amounts hold commas too, but not equally many in every line.
fn separator(text: &str) -> (u8, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', said] = first.trim_end().as_bytes() {
        return (*said, rest);
    }
    let best = SEPARATORS.into_iter().max_by_key(|separator| {
        let counts = counts_per_line(text, *separator);
        let usual = counts.iter().copied().filter(|count| *count > 0).max_by_key(|count| lines_with(&counts, *count));
        usual.map_or(0, |usual| usual * lines_with(&counts, usual))
    });
    (best.unwrap_or(b','), text)
}

fn lines_with(counts: &[usize], count: usize) -> usize {
    counts.iter().filter(|other| **other == count).count()
}

/// How often the separator stands in each of the first lines, quoted fields left aside.
fn counts_per_line(text: &str, separator: u8) -> Vec<usize> {
    const LINES: usize = 200;
    let mut counts = vec![0];
    let mut quoted = false;
    let mut before = b'\n';
    for byte in text.bytes() {
        match byte {
            // a quote in the middle of a field is only a mark of inches
            b'"' if quoted || before == b'\n' || before == separator => quoted = !quoted,
            b'\n' if !quoted && counts.len() == LINES => break,
            b'\n' if !quoted => counts.push(0),
            _ if byte == separator && !quoted => *counts.last_mut().expect("it is never empty") += 1,
            _ => (),
        }
        before = byte;
    }
    counts
}
