//! Old prices beside new ones, and the button that makes them so.

use axum::{
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Money, RoomId,
    rooms::{Occupancy, PriceMode, RoomKind},
};
use maud::{Markup, html};
use wire::prices::{PriceLine, PriceOrder, PricePreview, RoomVersion};

use super::rule;
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    spaces,
    ui::{
        alert::{self, Kind},
        button::Button,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

/// What of the form before travels on.
const KEPT: [&str; 4] = ["how", "amount", "percent", "rounding"];

/// What a change would do.
#[derive(Debug, Clone)]
pub struct PreviewPage {
    pub preview: PricePreview,
    pub form: Form,
}

impl PreviewPage {
    pub fn of(preview: PricePreview, form: Form) -> PreviewPage {
        PreviewPage { preview, form }
    }
}

/// Applies what was looked at; when a room has changed meanwhile nothing is, and the page says which.
pub async fn apply(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let rooms: Vec<RoomVersion> =
        pairs.iter().filter(|(name, _)| name == "room").filter_map(|(_, room)| version(room)).collect();
    let mut form = Form::typed(pairs);
    let Some(rule) = rule::read(&mut form, &reader) else { return Err(Problem::of(StatusCode::BAD_REQUEST)) };
    let order = PriceOrder { rule, rooms, reason: form.value("reason").to_owned() };
    match api.change_prices(&order, &form.key()).await {
        Ok(done) => {
            let told = [
                ("count", done.changed.into()),
                ("before", fmt::money_text(done.month_before).into()),
                ("after", fmt::money_text(done.month_after).into()),
            ];
            Ok(Flash::good(reader.say_with("prices-changed-news", &told)).on("/rooms"))
        }
        Err(refusal) if matches!(refusal.status, 400 | 409) => {
            let reader = api.know(reader).await?;
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::CONFLICT);
            Ok((status, Refused { message: refusal.message }.render(&reader)).into_response())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// `id:version`, as the preview wrote it.
fn version(text: &str) -> Option<RoomVersion> {
    let (id, version) = text.split_once(':')?;
    Some(RoomVersion { id: read::word(id)?, version: read::word(version)? })
}

impl Page for PreviewPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list, prices) =
            (reader.say("prices-preview"), reader.say("menu-rooms"), reader.say("prices-title"));
        let (preview, form) = (&self.preview, &self.form);
        let changed = [("changed", preview.changed.into()), ("count", count(preview.rows.len()).into())];
        let main = html! {
            (head(&[(&list, "/rooms"), (&prices, super::HERE)], &title, html! { (rule::said(reader, form)) }, html! {}))
            section class="box" {
                p {
                    (reader.say_with("prices-changed", &changed)) " "
                    (reader.say("asked-a-month")) ": " (fmt::tugrug(preview.month_before)) " → "
                    strong { (fmt::tugrug(preview.month_after)) }
                }
                @if preview.changed > 0 {
                    (form::post(super::HERE, html! {
                        (form.once())
                        @for name in KEPT { input type="hidden" name=(name) value=(form.value(name)); }
                        @for line in &preview.rows {
                            input type="hidden" name="room" value={ (line.room_id) ":" (line.version) };
                        }
                        div class="fields" { (form.field("reason", reader.say("reason")).max_chars(500)) }
                        div class="form-foot" {
                            (Button::link(reader.say("prices-again"), super::HERE))
                            (Button::submit(reader.say("prices-apply")).icon(Icon::Check))
                        }
                    }))
                } @else {
                    div class="form-foot" { (Button::link(reader.say("prices-again"), super::HERE)) }
                }
            }
            (self.lines(reader))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }

    fn sample() -> PreviewPage {
        let line = |unit: &str, occupancy, before: i64, after: i64| PriceLine {
            room_id: RoomId::new(),
            version: 2,
            property_name: "Алтан Тауэр".into(),
            unit_no: unit.into(),
            kind: RoomKind::Office,
            area_m2: 50.into(),
            occupancy,
            price_mode: PriceMode::PerM2,
            before: Money::from_tugrug(before),
            after: Money::from_tugrug(after),
            month_before: Money::from_tugrug(before * 50),
            month_after: Money::from_tugrug(after * 50),
        };
        let rows = vec![line("301", Occupancy::Let, 42_000, 44_100), line("302", Occupancy::Listed, 43_000, 45_200)];
        let preview = PricePreview {
            changed: 2,
            month_before: Money::from_tugrug(4_250_000),
            month_after: Money::from_tugrug(4_465_000),
            rows,
        };
        let form = Form::default().with("how", "percent").with("percent", "5").with("rounding", "100");
        PreviewPage { preview, form: form.with("key", "sample") }
    }
}

impl PreviewPage {
    fn lines(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("unit", reader.say("unit-no")).title(),
            Column::text("property", reader.say("building")),
            Column::text("occupancy", reader.say("rooms-occupancy")).corner(),
            Column::number("area", reader.say("area")),
            Column::text("mode", reader.say("charge-basis")).desk_only(),
            Column::number("before", reader.say("price-before")),
            Column::number("after", reader.say("price-after")),
            Column::number("month-before", reader.say("month-before")).desk_only(),
            Column::number("month-after", reader.say("month-after")),
        ];
        let rows: Vec<Row> = self.preview.rows.iter().map(|line| row(reader, line)).collect();
        let totals = [
            html! { (reader.say("total")) },
            html! {},
            html! {},
            html! {},
            html! {},
            html! {},
            html! {},
            fmt::money(self.preview.month_before),
            fmt::money(self.preview.month_after),
        ];
        let caption = reader.say("prices-preview");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.render(reader)
    }
}

fn row(reader: &Reader, line: &PriceLine) -> Row {
    let after = fmt::money(line.after);
    let is_new = line.after.compare(line.before).is_ne();
    Row {
        opens: Opens::Page(format!("/rooms/{}", line.room_id)),
        cells: vec![
            html! { (line.unit_no) },
            html! { (line.property_name) },
            html! { (spaces::standing(reader, Some(line.occupancy))) },
            fmt::area_m2(line.area_m2),
            html! { (reader.term("price-mode", line.price_mode.as_str())) },
            fmt::money(line.before),
            html! { @if is_new { strong { (after) } } @else { (after) } },
            fmt::money(line.month_before),
            fmt::money(line.month_after),
        ],
    }
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Said when somebody else was faster: nothing was changed.
struct Refused {
    message: String,
}

impl Refused {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list, prices) =
            (reader.say("prices-preview"), reader.say("menu-rooms"), reader.say("prices-title"));
        let main = html! {
            (head(&[(&list, "/rooms"), (&prices, super::HERE)], &title, html! {}, html! {}))
            (alert::alert(Kind::Warn, &self.message, html! {
                p { a href=(super::HERE) { (reader.say("prices-again")) } }
            }))
        };
        frame::desk(reader, Place::Rooms, &title, main, panel::closed())
    }
}
