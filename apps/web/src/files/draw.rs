//! How files are drawn: photos in their order, marks and plans one by one, papers as a list.

use domain::{
    FileId,
    file::{FileKind, FileStatus, Purpose},
    rights::Action,
};
use maud::{Markup, html};
use uuid::Uuid;
use wire::files::{FileList, FileView};

use super::{FilesPage, here, home};
use crate::{
    page::Page,
    reader::Reader,
    ui::{button::Button, field::Field, form, frame, head::head, icon::Icon, menu::Place, panel},
};

/// The place of a thing's files on the page of another slice: fills itself, and is a link until it has.
pub fn section(reader: &Reader, purpose: Purpose, subject: Uuid) -> Markup {
    let (here, id) = (here(purpose, subject), id(purpose));
    let select = format!("#{id}");
    html! {
        @if reader.may(Action::ReadFiles) {
            section class="box" id=(id) hx-get=(here) hx-trigger="load" hx-select=(select) hx-swap="outerHTML ignoreTitle:true" {
                h2 class="box-title" { a href=(here) { (reader.say(title(purpose))) } }
            }
        }
    }
}

/// The way to a thing's files, where they have a page of their own.
pub fn link(reader: &Reader, purpose: Purpose, subject: Uuid) -> Markup {
    html! {
        @if reader.may(Action::ReadFiles) { a class="hint" href=(here(purpose, subject)) { (reader.say(title(purpose))) } }
    }
}

impl Page for FilesPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say(title(self.purpose));
        let (home, place) = (home(self.purpose, self.subject), self.place());
        let list = reader.say(match place {
            Place::Contracts => "menu-contracts",
            Place::Tenants => "menu-tenants",
            Place::Settings => "menu-settings",
            _ => "menu-rooms",
        });
        // A plan has no page but this: back is the list of spaces.
        let back = if home == here(self.purpose, self.subject) { "/rooms" } else { &home };
        let main = html! { (head(&[(&list, back)], &title, html! {}, html! {})) (self.section(reader)) };
        frame::desk(reader, place, &title, main, panel::closed())
    }

    fn sample() -> FilesPage {
        let file = |name: &str, position| FileView {
            id: FileId::new(),
            purpose: Purpose::RoomPhoto,
            subject_id: Uuid::nil(),
            name: name.to_owned(),
            status: FileStatus::Ready,
            content_type: FileKind::Jpeg,
            size: 2_411_724,
            width: Some(4032),
            height: Some(3024),
            position: Some(position),
            url: Some("/mark.svg".into()),
            thumb_url: Some(crate::assets::href("mark.svg")),
            url_expires_at: None,
            created_at: crate::contracts::sample::moment(),
            updated_at: crate::contracts::sample::moment(),
        };
        let items = vec![file("Цонхны тал.jpg", 1), file("Үүдний тал.jpg", 2), file("IMG_2041.jpg", 3)];
        FilesPage { purpose: Purpose::RoomPhoto, subject: Uuid::nil(), list: FileList { items, most: 5 } }
    }
}

impl FilesPage {
    fn place(&self) -> Place {
        match self.purpose {
            Purpose::SignedContract => Place::Contracts,
            Purpose::TenantPaper => Place::Tenants,
            Purpose::OwnerLogo | Purpose::OwnerSeal => Place::Settings,
            _ => Place::Rooms,
        }
    }

    fn section(&self, reader: &Reader) -> Markup {
        let files = &self.list.items;
        let may_change = reader.may(Action::EditFiles) && reader.may(self.purpose.right_to_change());
        let count = [("count", files.len().into()), ("most", self.list.most.into())];
        let is_full = !self.purpose.replaces() && files.len() >= usize::try_from(self.list.most).unwrap_or(0);
        html! {
            section class="box" id=(id(self.purpose)) {
                h2 class="box-title" {
                    (reader.say(title(self.purpose)))
                    @if !self.purpose.replaces() { " " span class="box-count" { (reader.say_with("files-count", &count)) } }
                }
                @if let Some(note) = note(self.purpose) { p class="box-note" { (reader.say(note)) } }
                @if files.is_empty() {
                    p class="box-note" { (reader.say(if is_paper(self.purpose) { "files-papers-none" } else { "files-none" })) }
                } @else if is_paper(self.purpose) {
                    ul class="papers" { @for file in files { (self.paper(reader, file, may_change)) } }
                } @else {
                    ul class="photos" { @for (at, file) in files.iter().enumerate() { (self.photo(reader, at, file, may_change)) } }
                }
                @if may_change && !is_full { (self.upload(reader)) }
            }
        }
    }

    fn photo(&self, reader: &Reader, at: usize, file: &FileView, may_change: bool) -> Markup {
        let alt = reader.say_with("files-photo-alt", &[("position", (at + 1).into())]);
        html! {
            li class="photo" {
                a class="photo-frame" href={ "/files/open/" (file.id) } title=(file.name) {
                    img src=[file.thumb_url.as_deref()] alt=(alt) width=[file.width] height=[file.height] loading="lazy";
                }
                @if may_change {
                    div class="photo-tools" {
                        @if self.list.items.len() > 1 {
                            (self.mover(reader, at, at.checked_sub(1), "files-earlier", Icon::ChevronLeft))
                            (self.mover(reader, at, Some(at + 1).filter(|to| *to < self.list.items.len()), "files-later", Icon::ChevronRight))
                        }
                        (self.remover(reader, file))
                    }
                }
            }
        }
    }

    fn paper(&self, reader: &Reader, file: &FileView, may_change: bool) -> Markup {
        html! {
            li class="paper" {
                (Icon::Contract)
                a class="paper-name" href={ "/files/open/" (file.id) } { (file.name) }
                span class="paper-about" { (crate::fmt::moment(file.created_at)) " · " (size(reader, file.size)) }
                @if may_change { (self.remover(reader, file)) }
            }
        }
    }

    /// A button that puts a photo a place further; none where there is no further.
    fn mover(&self, reader: &Reader, at: usize, to: Option<usize>, label: &str, icon: Icon) -> Markup {
        let Some(to) = to else { return html! {} };
        let mut ids: Vec<String> = self.list.items.iter().map(|file| file.id.to_string()).collect();
        ids.swap(at, to);
        html! {
            form method="post" action={ (here(self.purpose, self.subject)) "/order" } {
                input type="hidden" name="ids" value=(ids.join(","));
                (Button::submit(reader.say(label)).ghost().icon_only(icon).small())
            }
        }
    }

    fn remover(&self, reader: &Reader, file: &FileView) -> Markup {
        html! {
            form method="post" action={ (here(self.purpose, self.subject)) "/removal" } {
                input type="hidden" name="id" value=(file.id);
                (Button::submit(reader.say("files-remove")).ghost().icon_only(Icon::Trash).small())
            }
        }
    }

    fn upload(&self, reader: &Reader) -> Markup {
        let (accept, hint) = if is_paper(self.purpose) {
            ("application/pdf,image/jpeg,image/png,image/webp,image/heic,.heic", "files-hint-paper")
        } else {
            ("image/jpeg,image/png,image/webp,image/heic,.heic", "files-hint-picture")
        };
        let label = match (is_paper(self.purpose), self.purpose.replaces() && !self.list.items.is_empty()) {
            (true, _) => "files-add",
            (false, true) => "files-replace",
            (false, false) => "files-add-photo",
        };
        // A name of its own: several of these may stand on one page.
        let name = format!("{}-file", id(self.purpose));
        let field = Field::new(&name, reader.say(label)).file(accept).required().hint(reader.say(hint));
        form::upload(
            &here(self.purpose, self.subject),
            html! {
                (field)
                div class="form-foot" { (Button::submit(reader.say("files-send")).icon(Icon::Import)) }
            },
        )
    }
}

fn is_paper(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::SignedContract | Purpose::TenantPaper)
}

/// The id of the section on whatever page it stands.
fn id(purpose: Purpose) -> String {
    format!("files-{}", purpose.as_str().replace('_', "-"))
}

fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::RoomPhoto => "files-photos",
        Purpose::PropertyCover => "files-cover",
        Purpose::FloorPlan => "files-floor-plan",
        Purpose::OwnerLogo => "files-logo",
        Purpose::OwnerSeal => "files-seal",
        Purpose::SignedContract => "files-signed-contract",
        Purpose::TenantPaper => "files-tenant-papers",
    }
}

fn note(purpose: Purpose) -> Option<&'static str> {
    match purpose {
        Purpose::OwnerLogo | Purpose::OwnerSeal => Some("files-marks-note"),
        Purpose::TenantPaper => Some("files-tenant-papers-note"),
        _ => None,
    }
}

/// `2.3 МБ`: a tenth is enough.
fn size(reader: &Reader, bytes: u64) -> String {
    let kib = bytes.div_ceil(1024);
    let (key, size) = match kib {
        0..1024 => ("files-size-kb", kib.to_string()),
        _ => ("files-size-mb", format!("{}.{}", kib / 1024, kib % 1024 * 10 / 1024)),
    };
    reader.say_with(key, &[("size", size.into())]).into_owned()
}
