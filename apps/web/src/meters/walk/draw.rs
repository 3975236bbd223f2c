//! The walk on a telephone: where to go, and one meter at a time with all that is typed for it.

use domain::meter::ReadingStatus;
use maud::{Markup, html};
use wire::readings::GridRow;

use super::{HERE, Stretch, WalkPage, WaysPage};
use crate::{
    assets, fmt,
    meters::{
        draw::{shown, unit},
        sample,
    },
    page::Page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        empty::empty,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
    },
};

impl Page for WaysPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("walk-title");
        let month = fmt::month(reader, self.month);
        let crumb = reader.say("menu-meters");
        let main = html! {
            (head(&[(&crumb, super::super::HERE)], &title, html! { (month) " · " (reader.say("walk-note")) }, html! {}))
            @match &self.chosen {
                None => (self.buildings(reader)),
                Some((property, floors)) => {
                    ul class="walk-ways" {
                        @for floor in floors {
                            @let label = if floor.label.is_empty() {
                                reader.say_with("walk-floor", &[("number", floor.number.to_string().into())]).into_owned()
                            } else { floor.label.clone() };
                            li { (self.way(&format!("&propertyId={property}&floor={}", floor.id), &label)) }
                        }
                        li { (self.way(&format!("&propertyId={property}&floor=common"), &reader.say("walk-common"))) }
                        li { (self.way(&format!("&propertyId={property}&floor=all"), &reader.say("walk-whole"))) }
                    }
                    @if self.properties.len() > 1 {
                        p { a href={ (HERE) "?month=" (self.month) } { (reader.say("walk-other-building")) } }
                    }
                }
            }
        };
        frame::desk(reader, Place::Meters, &title, main, panel::closed())
    }

    fn sample() -> WaysPage {
        let property = crate::contracts::sample::property();
        WaysPage { month: sample::month(), properties: vec![property.clone(), property], chosen: None }
    }
}

impl WaysPage {
    fn buildings(&self, reader: &Reader) -> Markup {
        if self.properties.is_empty() {
            return empty(Icon::Building, &reader.say("meters-none"), &reader.say("meters-none-note"), html! {});
        }
        html! {
            ul class="walk-ways" {
                @for building in &self.properties {
                    li { (self.way(&format!("&propertyId={}", building.id), &building.name)) }
                }
            }
        }
    }

    fn way(&self, to: &str, label: &str) -> Markup {
        html! { a class="walk-way" href={ (HERE) "?month=" (self.month) (to) } { span { (label) } (Icon::ChevronRight) } }
    }
}

impl Page for WalkPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("walk-title");
        let Stretch { month, property, .. } = &self.stretch;
        let building = self.rows.first().map(|row| row.property_name.clone()).unwrap_or_default();
        let ways = format!("{HERE}?month={month}&propertyId={property}");
        let main = html! {
            (head(&[(&reader.say("menu-meters"), super::super::HERE), (&title, &ways)],
                &format!("{building} · {}", fmt::month(reader, *month)), html! {}, html! {}))
            @if self.rows.is_empty() {
                (empty(Icon::Gauge, &reader.say("meters-none"), &reader.say("walk-none-note"),
                    html! { (Button::link(reader.say("walk-elsewhere"), &ways)) }))
            } @else {
                (self.walk(reader))
            }
        };
        frame::desk(reader, Place::Meters, &title, main, panel::closed())
    }

    fn sample() -> WalkPage {
        let grid = sample::grid();
        let at = grid.rows[2].meter_id;
        let mut form = crate::ui::form::Form::default().with("current", "19999");
        form.remark("current", "Өмнөх заалтаас (20001.301) бага байна.");
        WalkPage {
            stretch: Stretch { month: grid.month, property: grid.rows[0].property_id, floor: None, common: false },
            person: domain::UserId::new(),
            rows: grid.rows,
            at: Some(at),
            form,
        }
    }
}

impl WalkPage {
    fn walk(&self, reader: &Reader) -> Markup {
        html! {
            div class="walk" data-walk=(self.person) data-month=(self.stretch.month) data-worker={ (HERE) "/worker.js" }
                data-scope=(HERE) {
                // What the script says; the words are here, in the reader's language.
                p class="walk-news" role="status" data-offline hidden {
                    (Icon::Clock) span { (reader.say("walk-waiting")) " " b data-count {} }
                }
                p class="walk-news" role="status" data-signed-out hidden {
                    (Icon::Warning) span { (reader.say("walk-signed-out")) " " a href=(reader.address) { (reader.say("walk-sign-in")) } }
                }
                nav class="walk-places" aria-label=(reader.say("walk-places")) {
                    @for row in &self.rows { (self.place(reader, row)) }
                }
                @for (place, row) in self.rows.iter().enumerate() { (self.meter(reader, place, row)) }
            }
            script src=(assets::href("walk.js")) defer {}
        }
    }

    /// A meter in the row of all of them: read or not at a glance.
    fn place(&self, reader: &Reader, row: &GridRow) -> Markup {
        let is_here = self.at == Some(row.meter_id);
        let state = row.reading.as_ref().map(|_| "read");
        html! {
            a class="walk-place" href={ (self.stretch.address()) "&meter=" (row.meter_id) } data-to=(row.meter_id)
                data-state=[state] aria-current=[is_here.then_some("true")] {
                (place_name(reader, row))
                @if state.is_some() { span class="sr-only" { " " (reader.say("walk-read")) } }
            }
        }
    }

    fn meter(&self, reader: &Reader, place: usize, row: &GridRow) -> Markup {
        let id = row.meter_id;
        let is_here = self.at == Some(id);
        let blank = crate::ui::form::Form::default();
        let form = if is_here { &self.form } else { &blank };
        let action = format!("{HERE}/{id}?{}", self.stretch.address().split_once('?').map_or("", |(_, query)| query));
        let remark = form.remark_on("current");
        let reading = row.reading.as_ref();
        let was = reading.map(|reading| shown(reading.current)).unwrap_or_default();
        let value = if form.value("current").is_empty() { &was } else { form.value("current") };
        let of = |step: isize| {
            let at = place.checked_add_signed(step)?;
            self.rows.get(at).map(|row| row.meter_id)
        };
        let link = |to: domain::MeterId| format!("{}&meter={to}", self.stretch.address());
        let field = format!("current-{id}");
        let note_kept = reading.map(|reading| reading.note.as_str()).unwrap_or_default();
        let note = if form.value("note").is_empty() { note_kept } else { form.value("note") };
        let chosen = match form.value("why") {
            "" => reading.map(|reading| reading.status.as_str()).unwrap_or_default(),
            why => why,
        };
        html! {
            article class="walk-meter" id={ "m-" (id) } data-meter=(id) data-state=[reading.map(|_| "read")] hidden[!is_here] {
                header class="walk-head" {
                    p class="walk-unit" { (place_name(reader, row)) }
                    p class="walk-about" {
                        (reader.term("meter-kind", row.kind.as_str())) " · № " span class="num" { (row.serial) }
                        @if row.multiplier != rust_decimal::Decimal::ONE { " × " (row.multiplier.normalize()) }
                    }
                    p class="walk-count" { (place + 1) " / " (self.rows.len()) }
                }
                form class="form" method="post" action=(action) enctype="multipart/form-data" novalidate data-reading
                    data-previous=[row.previous.map(|previous| previous.normalize())]
                    data-least=[row.usual.map(|usual| usual.least.normalize())]
                    data-most=[row.usual.map(|usual| usual.most.normalize())]
                    data-below=(reader.say("walk-below")) data-odd=(reader.say("walk-odd")) {
                    input type="hidden" name="month" value=(self.stretch.month);
                    input type="hidden" name="version" value=(reading.map_or(0, |reading| reading.version));
                    (form.once())
                    @match row.previous {
                        Some(previous) => p class="walk-previous" {
                            (reader.say("meters-previous")) ": " b class="num" { (shown(previous)) }
                            @if let Some(day) = row.previous_on { " · " (fmt::date(day)) }
                        },
                        None => label class="walk-previous" {
                            (reader.say("meters-previous"))
                            input class="input" name="previous" inputmode="decimal" autocomplete="off" value=(form.value("previous"));
                        },
                    }
                    label class="walk-label" for=(field) { (reader.say("meters-current")) " (" (unit(reader, row.kind)) ")" }
                    input class="input walk-number" id=(field) name="current" value=(value) inputmode="decimal"
                        autocomplete="off" enterkeyhint="next" aria-invalid[remark.is_some()];
                    p class="walk-remark" role="alert" data-remark hidden[remark.is_none()] { (remark.unwrap_or_default()) }
                    @if let Some(unusual) = &row.unusual { (alert::alert(Kind::Warn, unusual, html! {})) }
                    label class="walk-photo" {
                        (Icon::Camera) span { (reader.say("walk-photo")) }
                        input type="file" name="photo" accept="image/jpeg,image/png,image/webp" capture="environment";
                    }
                    @if let Some(photo) = reading.and_then(|reading| reading.photo_id) {
                        p { a href={ "/files/open/" (photo) } { (reader.say("walk-photo-kept")) } }
                    }
                    details class="walk-word" open[remark.is_some() || !note.is_empty()] data-word {
                        summary { (reader.say("meters-word")) }
                        select class="select" name="why" aria-label=(reader.say("meters-why")) {
                            option value="" { (reader.say("meters-why-none")) }
                            @for status in [ReadingStatus::RolledOver, ReadingStatus::Mistake] {
                                option value=(status) selected[status.as_str() == chosen] {
                                    (reader.term("meter-status", status.as_str()))
                                }
                            }
                        }
                        textarea class="textarea" name="note" rows="2" maxlength="500" aria-label=(reader.say("meters-word")) { (note) }
                    }
                    (Button::submit(reader.say("walk-save")).icon(Icon::Check).wide())
                }
                nav class="walk-steps" aria-label=(reader.say("walk-steps")) {
                    @match of(-1) {
                        Some(to) => a class="walk-step" href=(link(to)) data-to=(to) { (Icon::ChevronLeft) (reader.say("walk-back")) },
                        None => span {},
                    }
                    @if let Some(to) = of(1) {
                        a class="walk-step" href=(link(to)) data-to=(to) { (reader.say("walk-on")) (Icon::ChevronRight) }
                    }
                }
            }
        }
    }
}

/// The unit, or that the meter is common.
fn place_name(reader: &Reader, row: &GridRow) -> String {
    row.unit_no.clone().unwrap_or_else(|| reader.say("meters-common").into_owned())
}
