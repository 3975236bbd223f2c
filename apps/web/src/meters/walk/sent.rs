//! One reading as the walk's form sends it, and what became of it.

use axum::{
    Json,
    extract::Multipart,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{MeterId, Month, file::Purpose, meter::ReadingStatus};
use serde::Serialize;
use wire::{
    files::NewFile,
    readings::{NewReading, ReadingView},
};

use crate::{
    api::Api,
    clock::today,
    files::{Filled, Unread},
    meters::{draw::shown, quantity},
    problem::Problem,
    read,
    reader::Reader,
    ui::form::Form,
};

/// What was typed for a meter, and its photo.
pub(super) struct Entry {
    pub month: Month,
    pub form: Form,
    photo: Option<crate::files::Sent>,
}

/// What became of it; as JSON what the script on the telephone reads.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub(super) enum Answer {
    Saved {
        said: String,
        version: i32,
        current: String,
        /// Why its photo was not kept.
        #[serde(skip_serializing_if = "Option::is_none")]
        photo: Option<String>,
    },
    Refused {
        #[serde(skip)]
        status: StatusCode,
        said: String,
        /// The version that stands now, over which the next one is typed.
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<i64>,
    },
}

impl Entry {
    pub async fn read(reader: &Reader, body: Multipart) -> Result<Entry, Problem> {
        let Filled { fields, file } = Filled::read(body).await.map_err(|unread| match unread {
            Unread::Busy => Problem::of(StatusCode::SERVICE_UNAVAILABLE),
            Unread::TooLarge => Problem::said(StatusCode::PAYLOAD_TOO_LARGE, reader.say("field-file-too-large")),
            Unread::Broken | Unread::NoFile => Problem::of(StatusCode::BAD_REQUEST),
        })?;
        let form = Form::typed(fields);
        let month = read::month(form.value("month")).ok_or_else(|| Problem::of(StatusCode::BAD_REQUEST))?;
        Ok(Entry { month, form, photo: file })
    }

    /// Writes the reading down under its key, then keeps the photo with it.
    pub async fn keep(&mut self, api: &Api, reader: &Reader, id: MeterId) -> Result<Answer, Problem> {
        let form = &mut self.form;
        let Some(current) = form.must(reader, "current", "field-not-a-number", quantity) else {
            let said = form.remark_on("current").unwrap_or_default().to_owned();
            return Ok(Answer::Refused { status: StatusCode::BAD_REQUEST, said, version: None });
        };
        let entry = NewReading {
            current,
            // a telephone whose clock is ahead has not read tomorrow
            read_on: read::date(form.value("readOn")).map(|day| day.min(today())),
            previous: quantity(form.value("previous")),
            status: read::word::<ReadingStatus>(form.value("why")),
            reader: String::new(),
            note: form.value("note").to_owned(),
            version: read::word(form.value("version")),
        };
        let key = form.key().into_owned();
        match api.read_meter_once(id, self.month, &entry, &key).await {
            Ok(reading) => self.saved(api, reader, &reading).await,
            Err(refusal) if matches!(refusal.status, 400 | 409 | 422) => {
                let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
                let remarks: Vec<&str> = refusal.fields.values().flatten().map(String::as_str).collect();
                let said = if remarks.is_empty() { refusal.message.clone() } else { remarks.join(" ") };
                let version = refusal.details.get("version").and_then(serde_json::Value::as_i64);
                self.form.remark("current", said.clone());
                self.form.anew();
                Ok(Answer::Refused { status, said, version })
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    async fn saved(&mut self, api: &Api, reader: &Reader, reading: &ReadingView) -> Result<Answer, Problem> {
        let current = shown(reading.current);
        let said = reader.say_with("walk-saved", &[("current", current.clone().into())]).into_owned();
        let mut photo = None;
        if let Some(sent) = self.photo.take() {
            let new = NewFile {
                purpose: Purpose::ReadingPhoto,
                subject_id: reading.id.0,
                name: sent.name,
                size: sent.bytes.len() as u64,
                content_type: sent.kind,
            };
            photo = match api.add_file(&new, sent.bytes).await {
                Ok(_) => None,
                Err(refusal) if matches!(refusal.status, 400 | 409 | 413 | 415) => {
                    let remarks: Vec<&str> = refusal.fields.values().flatten().map(String::as_str).collect();
                    let why = if remarks.is_empty() { refusal.message.clone() } else { remarks.join(" ") };
                    Some(reader.say_with("walk-photo-refused", &[("why", why.into())]).into_owned())
                }
                Err(refusal) => return Err(refusal.into()),
            };
        }
        Ok(Answer::Saved { said, version: reading.version, current, photo })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = match &self {
            Answer::Saved { .. } => StatusCode::OK,
            Answer::Refused { status, .. } => *status,
        };
        (status, Json(self)).into_response()
    }
}
