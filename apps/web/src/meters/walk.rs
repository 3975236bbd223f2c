//! The walk through a building with a telephone: one meter at a time, a large field for its number, a photo of its face.
//!
//! Whole without JavaScript. With it (`walk.js`) what was typed is kept on the telephone and sent when there is a
//! network, each reading under a key of its own; the service worker (`walk-worker.js`) opens the page without one.

mod draw;
mod sent;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{FloorId, MeterId, Month, PropertyId, UserId, rights::Action};
use futures_util::future::try_join;
use wire::{
    Paging,
    properties::{FloorFilter, FloorView, PropertyView},
    readings::{GridFilter, GridRow},
};

use self::sent::{Answer, Entry};
use super::usual_month;
use crate::{
    Site,
    api::Api,
    assets,
    files::LARGEST_FORM,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form},
};

pub const HERE: &str = "/meters/walk";

/// How many meters a stretch holds at most; a larger building is walked floor by floor.
const MOST: usize = 300;

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(show))
        .route("/meters/walk/worker.js", get(worker))
        .route("/meters/walk/{id}", post(enter).layer(DefaultBodyLimit::max(LARGEST_FORM)))
}

/// Where one may walk: the buildings, or the floors of one.
#[derive(Debug, Clone)]
pub struct WaysPage {
    pub month: Month,
    pub properties: Vec<PropertyView>,
    /// Of the building that was chosen.
    pub chosen: Option<(PropertyId, Vec<FloorView>)>,
}

/// The meters of a stretch, one of them before the reader.
#[derive(Debug, Clone)]
pub struct WalkPage {
    pub stretch: Stretch,
    /// What the telephone keeps is this person's.
    pub person: UserId,
    pub rows: Vec<GridRow>,
    /// The meter that is read now.
    pub at: Option<MeterId>,
    /// What was typed for it and came back.
    pub form: Form,
}

/// Where one walks, and for which month.
#[derive(Debug, Clone)]
pub struct Stretch {
    pub month: Month,
    pub property: PropertyId,
    pub floor: Option<FloorId>,
    /// The meters that hang in no room.
    pub common: bool,
}

impl Stretch {
    /// `None` until a building is chosen and what of it.
    fn asked(reader: &Reader, month: Month) -> Result<Option<Stretch>, Problem> {
        let property = reader.asked("propertyId", read::word::<PropertyId>)?;
        let floor = reader.param("floor");
        let (Some(property), Some(floor)) = (property, floor) else { return Ok(None) };
        let bad = || Problem::of(StatusCode::BAD_REQUEST);
        let (floor, common) = match floor.as_str() {
            "all" => (None, false),
            "common" => (None, true),
            id => (Some(read::word(id).ok_or_else(bad)?), false),
        };
        Ok(Some(Stretch { month, property, floor, common }))
    }

    /// The address of the stretch, which the telephone keeps it under.
    fn address(&self) -> String {
        let floor = match (self.floor, self.common) {
            (Some(floor), _) => floor.to_string(),
            (None, true) => "common".to_owned(),
            (None, false) => "all".to_owned(),
        };
        format!("{HERE}?month={}&propertyId={}&floor={floor}", self.month, self.property)
    }
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let month = reader.asked("month", read::month)?.unwrap_or_else(usual_month);
    match Stretch::asked(&reader, month)? {
        Some(stretch) => page(&api, reader, stretch, None, Form::default(), StatusCode::OK).await,
        None => ways(&api, reader, month).await,
    }
}

/// The choice of where to walk; a single building is chosen already.
async fn ways(api: &Api, reader: Reader, month: Month) -> Result<Response, Problem> {
    let asked = reader.asked("propertyId", read::word::<PropertyId>)?;
    let (reader, properties) = api.page(reader, api.properties(&Paging { limit: Some(100), cursor: None })).await?;
    if !reader.may(Action::EditReadings) {
        return Err(Problem::forbidden());
    }
    let only = || if let [only] = &properties.items[..] { Some(only.id) } else { None };
    let chosen = match asked.or_else(only) {
        Some(property) => {
            let filter = FloorFilter { property_id: Some(property), limit: Some(100), cursor: None };
            Some((property, api.floors(&filter).await?.items))
        }
        None => None,
    };
    Ok(WaysPage { month, properties: properties.items, chosen }.render(&reader).into_response())
}

async fn page(
    api: &Api,
    reader: Reader,
    stretch: Stretch,
    at: Option<MeterId>,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, (me, rows)) = api.page(reader, try_join(api.me(), rows(api, &stretch))).await?;
    let at = match at {
        Some(at) => Some(at),
        None => match reader.asked("after", read::word::<MeterId>)? {
            Some(after) => next(&rows, after),
            None => reader.asked("meter", read::word::<MeterId>)?,
        },
    };
    // whoever begins begins with the first that is not read
    let first = || rows.iter().find(|row| row.reading.is_none()).or(rows.first()).map(|row| row.meter_id);
    let at = at.filter(|at| rows.iter().any(|row| row.meter_id == *at)).or_else(first);
    Ok((status, WalkPage { stretch, person: me.id, rows, at, form }.render(&reader)).into_response())
}

/// The meters of the stretch in the order of their rooms.
async fn rows(api: &Api, stretch: &Stretch) -> client::Result<Vec<GridRow>> {
    let mut filter = GridFilter {
        month: stretch.month,
        property_id: Some(stretch.property),
        floor_id: stretch.floor,
        common: stretch.common,
        kind: None,
        missing: false,
        limit: Some(100),
        cursor: None,
    };
    let mut rows = Vec::new();
    loop {
        let page = api.readings(&filter).await?;
        rows.extend(page.items);
        filter.cursor = page.next_cursor;
        if filter.cursor.is_none() || rows.len() >= MOST {
            return Ok(rows);
        }
    }
}

/// The next meter that is not read, going on from this one and round; this one when all are.
fn next(rows: &[GridRow], after: MeterId) -> Option<MeterId> {
    let at = rows.iter().position(|row| row.meter_id == after)?;
    let round = rows[at + 1..].iter().chain(&rows[..at]);
    let unread = round.into_iter().find(|row| row.reading.is_none());
    Some(unread.map_or(after, |row| row.meter_id))
}

/// Takes in one reading with its photo. A script is told what became of it, whoever has none is led on to the next.
async fn enter(
    api: Api,
    reader: Reader,
    headers: HeaderMap,
    Path(id): Path<MeterId>,
    body: Multipart,
) -> Result<Response, Problem> {
    // The person first: a file of a stranger is not read.
    let reader = api.know(reader).await?;
    if !reader.may(Action::EditReadings) {
        return Err(Problem::forbidden());
    }
    let mut entry = Entry::read(&reader, body).await?;
    let answer = entry.keep(&api, &reader, id).await?;
    if headers.get(header::ACCEPT).is_some_and(|kind| kind == "application/json") {
        return Ok(answer.into_response());
    }
    let stretch = Stretch::asked(&reader, entry.month)?.ok_or_else(|| Problem::of(StatusCode::BAD_REQUEST))?;
    match answer {
        Answer::Saved { said, photo: None, .. } => {
            Ok(Flash::good(said).on(&format!("{}&after={id}", stretch.address())))
        }
        // the reading is kept; its photo is tried again on the same page
        Answer::Saved { photo: Some(trouble), .. } => {
            Ok(Flash::bad(trouble).on(&format!("{}&meter={id}", stretch.address())))
        }
        Answer::Refused { status, .. } => page(&api, reader, stretch, Some(id), entry.form, status).await,
    }
}

/// The script that opens the walk without a network. It answers for the walk alone.
async fn worker() -> Response {
    let kind = (header::CONTENT_TYPE, "text/javascript; charset=utf-8");
    let scope = (header::HeaderName::from_static("service-worker-allowed"), HERE);
    ([kind, scope, (header::CACHE_CONTROL, "no-cache")], assets::text("walk-worker.js")).into_response()
}

#[cfg(test)]
mod tests;
