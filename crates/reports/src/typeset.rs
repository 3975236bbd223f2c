//! Typesetting: a template of ours and one paper's values in, a PDF out.
//!
//! The typesetter sees the templates, the fonts in this crate and what the paper brings; no file, no network, no clock.
//! The same paper gives the same bytes.

mod fonts;

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;
use typst::{
    Library, LibraryExt, World, WorldExt,
    diag::{FileError, FileResult, SourceDiagnostic, Warned},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// A template of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    Contract,
    HandOver,
    Statement,
    Invoice,
}

impl Template {
    #[cfg(test)]
    pub const ALL: [Template; 4] = [Template::Contract, Template::HandOver, Template::Statement, Template::Invoice];

    fn text(self) -> &'static str {
        match self {
            Template::Contract => include_str!("../templates/contract.typ"),
            Template::HandOver => include_str!("../templates/hand_over.typ"),
            Template::Statement => include_str!("../templates/statement.typ"),
            Template::Invoice => include_str!("../templates/invoice.typ"),
        }
    }
}

/// A PDF and how long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// PNG or JPEG files that a paper shows.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    pub logo: Option<Vec<u8>>,
    pub seal: Option<Vec<u8>>,
}

/// A paper that can't be set: a mistake in a template, or a picture that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RenderError(String);

impl RenderError {
    /// There is nothing to set.
    pub(crate) fn nothing() -> RenderError {
        RenderError("there is nothing to set".into())
    }

    /// The typesetter itself gave up.
    pub(crate) fn broke_down() -> RenderError {
        RenderError("the typesetter broke down".into())
    }
}

/// Sets one paper; `data` is what the template reads as `data`, pictures apart.
pub fn render(template: Template, data: &impl Serialize, pictures: Pictures) -> Result<Pdf, RenderError> {
    set(template, data, pictures).output
}

/// The paper, and what the typesetter remarked about it: a test sees to it that it remarks nothing.
fn set(template: Template, data: &impl Serialize, pictures: Pictures) -> Warned<Result<Pdf, RenderError>> {
    let desk = match Desk::new(template, data, pictures) {
        Ok(desk) => desk,
        Err(error) => return Warned { output: Err(RenderError(error.to_string())), warnings: Default::default() },
    };
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
    let output = output.and_then(|document| {
        let options = PdfOptions { creator: Smart::Custom(Some("Spacehub".into())), ..PdfOptions::default() };
        let bytes = typst_pdf::pdf(&document, &options)?;
        Ok(Pdf { bytes, pages: document.pages().len() })
    });
    // What was worked out for this paper is of no use to the next, and would otherwise be kept for ever.
    typst::comemo::evict(0);
    Warned { output: output.map_err(|found| RenderError(desk.told(&found))), warnings }
}

/// What lies on the typesetter's desk.
struct Desk {
    template: Source,
    data: Bytes,
    logo: Option<Bytes>,
    seal: Option<Bytes>,
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<FileId> = LazyLock::new(|| file("/main.typ"));
static PARTS: LazyLock<Source> =
    LazyLock::new(|| Source::new(file("/parts.typ"), include_str!("../templates/parts.typ").to_owned()));

fn file(path: &'static str) -> FileId {
    let path = VirtualPath::new(path).expect("a path of ours is a good one");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Desk {
    fn new(template: Template, data: &impl Serialize, pictures: Pictures) -> Result<Desk, serde_json::Error> {
        let mut data = plain(serde_json::to_value(data)?);
        data["logo"] = pictures.logo.is_some().into();
        data["seal"] = pictures.seal.is_some().into();
        Ok(Desk {
            template: Source::new(*MAIN, template.text().to_owned()),
            data: Bytes::new(serde_json::to_vec(&data)?),
            logo: pictures.logo.map(Bytes::new),
            seal: pictures.seal.map(Bytes::new),
        })
    }

    /// What was found, each with its place for whoever mends the template.
    fn told(&self, found: &[SourceDiagnostic]) -> String {
        let place = |mistake: &SourceDiagnostic| {
            let source = self.source(mistake.span.id()?).ok()?;
            let line = source.lines().byte_to_line(self.range(mistake.span)?.start)? + 1;
            Some(format!("{}:{line}: ", source.id().vpath().get_without_slash()))
        };
        let told = found.iter().map(|mistake| format!("{}{}", place(mistake).unwrap_or_default(), mistake.message));
        told.collect::<Vec<_>>().join("; ")
    }
}

/// Every text made fit for paper: without the signs that turn what stands beside them round, and with a place to break
/// in words that no line can hold.
fn plain(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(breakable(&text)),
        Value::Array(values) => Value::Array(values.into_iter().map(plain).collect()),
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(name, value)| (name, plain(value))).collect()),
        other => other,
    }
}

fn breakable(text: &str) -> String {
    /// The longest run of letters that is left whole.
    const WHOLE: usize = 20;
    let mut fit = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => continue,
            c if c.is_whitespace() && c != '\u{202f}' && c != '\u{a0}' => run = 0,
            _ if run == WHOLE => {
                fit.push('\u{200b}');
                run = 1;
            }
            _ => run += 1,
        }
        fit.push(c);
    }
    fit
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id.vpath().get_without_slash() {
            "main.typ" => Ok(self.template.clone()),
            "parts.typ" => Ok(PARTS.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = match id.vpath().get_without_slash() {
            "data.json" => Some(&self.data),
            "logo" => self.logo.as_ref(),
            "seal" => self.seal.as_ref(),
            _ => None,
        };
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::font(index)
    }

    /// Papers are dated by their data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests;
