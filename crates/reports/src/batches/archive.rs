//! A ZIP archive that is handed on piece by piece while it grows.

use std::{
    collections::HashSet,
    io::{self, Write},
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use zip::{
    CompressionMethod, ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

/// An archive under way; only what was not handed on yet is held.
pub struct Archive {
    writer: ZipWriter<StreamWriter<Shelf>>,
    shelf: Shelf,
    names: HashSet<String>,
}

/// Where the writer lays down what is next to be handed on.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Vec<u8>>>);

impl Archive {
    pub fn new() -> Archive {
        let shelf = Shelf::default();
        Archive { writer: ZipWriter::new_stream(shelf.clone()), shelf, names: HashSet::new() }
    }

    /// Adds a file and gives what the archive has grown by.
    pub fn add(&mut self, name: &str, ending: &str, content: &[u8]) -> Result<Bytes, ZipError> {
        // PDFs are compressed already.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let name = self.own(name, ending);
        self.writer.start_file(name, options)?;
        self.writer.write_all(content)?;
        Ok(self.shelf.take())
    }

    /// The end of the archive.
    pub fn finish(self) -> Result<Bytes, ZipError> {
        self.writer.finish()?;
        Ok(self.shelf.take())
    }

    /// A name that no other file has and that leads into no folder.
    fn own(&mut self, name: &str, ending: &str) -> String {
        let is_plain = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        let plain: String = name.chars().map(|c| if is_plain(&c) { c } else { '_' }).collect();
        let mut own = format!("{plain}.{ending}");
        let mut next = 2;
        while !self.names.insert(own.clone()) {
            own = format!("{plain} ({next}).{ending}");
            next += 1;
        }
        own
    }
}

impl Shelf {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().expect("no panic while held")).into()
    }
}

impl Write for Shelf {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic while held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn what_was_handed_on_is_a_whole_archive() {
        let mut archive = Archive::new();
        let mut bytes = Vec::new();
        for (name, content) in [("CT-2026-0001", "one"), ("../../etc/А.1", "two"), ("../../etc/А_1", "three")] {
            let grown = archive.add(name, "pdf", content.as_bytes()).expect("fits");
            assert!(grown.len() >= content.len(), "a file is handed on as soon as it is there");
            bytes.extend_from_slice(&grown);
        }
        bytes.extend_from_slice(&archive.finish().expect("ends"));

        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(names, ["CT-2026-0001.pdf", "______etc_А_1.pdf", "______etc_А_1 (2).pdf"]);
        let mut content = String::new();
        archive.by_index(2).expect("there are three").read_to_string(&mut content).expect("text");
        assert_eq!(content, "three");
    }
}
