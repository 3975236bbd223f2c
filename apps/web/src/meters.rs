//! «Хэрэглээ»: the month's meters in one grid with one column to fill in, the same meters one by one on a telephone, a
//! meter with its history, and what the month's readings come to.

mod draw;
mod one;
pub(crate) mod sample;
mod spark;
#[cfg(test)]
mod tests;
mod utilities;
mod walk;

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    MeterId, Month, PropertyId,
    meter::{MeterKind, ReadingStatus},
    rights::Action,
};
use futures_util::future::try_join3;
use rust_decimal::Decimal;
use wire::{
    Paging,
    properties::PropertyView,
    readings::{GridFilter, GridRow, GridTotals, NewReading},
};

pub(crate) use self::draw::views;
pub use self::{
    one::MeterPage,
    utilities::UtilitiesPage,
    walk::{WalkPage, WaysPage},
};
use crate::{
    Site,
    api::Api,
    clock::today,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form},
};

pub const HERE: &str = "/meters";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(show).post(enter))
        .merge(walk::routes())
        .merge(utilities::routes())
        .merge(one::routes())
}

/// A page of the month's grid, and what was typed into it.
#[derive(Debug, Clone)]
pub struct MetersPage {
    pub month: Month,
    pub rows: Vec<GridRow>,
    pub next: Option<String>,
    pub totals: GridTotals,
    pub properties: Vec<PropertyView>,
    pub form: Form,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    page(&api, reader, Form::default(), StatusCode::OK).await
}

async fn page(api: &Api, reader: Reader, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let filter = filter(&reader, usual_month())?;
    let all = GridFilter { cursor: None, limit: None, missing: false, ..filter.clone() };
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.readings(&filter), api.reading_totals(&all), api.properties(&buildings));
    let (reader, (grid, totals, properties)) = api.page(reader, answer).await?;
    let page = MetersPage {
        month: filter.month,
        rows: grid.items,
        next: grid.next_cursor,
        totals,
        properties: properties.items,
        form,
    };
    Ok((status, page.render(&reader)).into_response())
}

/// The month that is being read: early in one it is the one before.
fn usual_month() -> Month {
    let today = today();
    let now = Month::of(today);
    if today.day() <= 10 { now.previous() } else { now }
}

fn filter(reader: &Reader, usual: Month) -> Result<GridFilter, Problem> {
    Ok(GridFilter {
        month: reader.asked("month", read::month)?.unwrap_or(usual),
        property_id: reader.asked("propertyId", read::word::<PropertyId>)?,
        floor_id: None,
        common: false,
        kind: reader.asked("kind", read::word::<MeterKind>)?,
        missing: reader.param("missing").is_some_and(|word| word == "true"),
        limit: Some(100),
        cursor: reader.param("cursor"),
    })
}

/// Saves what was changed, row by row; rows that are refused come back with what was typed and why.
async fn enter(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    if !reader.may(Action::EditReadings) {
        return Err(Problem::forbidden());
    }
    let meters: Vec<MeterId> =
        pairs.iter().filter_map(|(name, _)| name.strip_prefix("current.")).filter_map(read::word).collect();
    let mut form = Form::typed(pairs);
    let month: Month = read::month(form.value("month")).ok_or_else(Problem::forbidden)?;
    let mut saved = 0i64;
    for id in meters {
        let (current, note, why) = (format!("current.{id}"), format!("note.{id}"), format!("why.{id}"));
        let is_same = form.value(&current) == form.value(&format!("was.{id}"));
        if form.value(&current).is_empty() || (is_same && form.value(&note).is_empty() && form.value(&why).is_empty()) {
            continue;
        }
        let Some(number) = quantity(form.value(&current)) else {
            form.remark(&current, reader.say("field-not-a-number"));
            continue;
        };
        let previous = form.value(&format!("previous.{id}")).to_owned();
        let entry = NewReading {
            current: number,
            read_on: None,
            previous: quantity(&previous),
            status: read::word::<ReadingStatus>(form.value(&why)),
            reader: String::new(),
            note: form.value(&note).to_owned(),
            version: read::word(form.value(&format!("version.{id}"))),
        };
        match api.read_meter(id, month, &entry).await {
            Ok(_) => saved += 1,
            Err(refusal) if matches!(refusal.status, 400 | 409 | 422) => {
                let remarks: Vec<&str> = refusal.fields.values().flatten().map(String::as_str).collect();
                let said = if remarks.is_empty() { refusal.message.clone() } else { remarks.join(" ") };
                form.remark(&current, said);
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
    if form.is_clean() {
        let told = reader.say_with("meters-saved", &[("count", saved.into())]);
        return Ok(Flash::good(told).on(&reader.link(&[])));
    }
    if saved > 0 {
        form.trouble(reader.say_with("meters-saved-in-part", &[("count", saved.into())]));
    }
    page(&api, reader, form, StatusCode::BAD_REQUEST).await
}

/// A counter's number as people type it: blanks between thousands, a comma or a point before the decimals.
fn quantity(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    plain.replace(',', ".").parse().ok()
}
