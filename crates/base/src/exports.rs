//! Lists as Excel files: exactly what a filter picks, in its order, with head, totals and foot.
//!
//! A list says what it is by [`List`]: its columns and how a page of it is asked for, the same question that its door
//! asks. All pages are read in one transaction that sees one state of things ([`Actor::read_through`]), and rows go to the
//! workbook as they come. That somebody took a list along is written down with how many rows it had.

mod columns;

use std::time::Duration;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::rights::Action;
use futures_util::stream;
use http::{HeaderValue, header};
use jiff::{Timestamp, civil::DateTime};
use serde_json::json;
use sheets::listing::{self, Listing, Unwritten};
use tokio::{
    sync::{Semaphore, oneshot},
    task::JoinHandle,
};
use wire::Page;
use words::{Lang, say, term};

pub use self::columns::Columns;
use crate::{
    Actor, Conflict, Error, Tx,
    clock::{business_day, ulaanbaatar},
    error::Result,
    lists::Window,
};

pub use sheets::listing::Cell;

/// The media type of an .xlsx file.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The most rows that are written; a longer list is asked for in parts.
pub const MOST_ROWS: usize = 200_000;

/// How many lists this process writes at a time, and how long the next one waits for its turn.
static TURNS: Semaphore = Semaphore::const_new(2);
const PATIENCE: Duration = Duration::from_secs(20);

/// A list that can be taken along as an Excel file.
pub trait List: Send + Sync {
    /// Its file's name in ASCII, the key of its title (`export-contracts`), and what is written down.
    const NAME: &'static str;
    /// What is written down: `contract.export`.
    const AUDIT: &'static str;
    /// The right by which the list is read.
    const RIGHT: Action;
    type Row: Send + Sync;

    /// The columns in the order of the page.
    fn columns() -> Columns<Self::Row>;

    /// The filters in words.
    fn said(&self, tx: &Tx, said: &mut Said) -> impl Future<Output = Result<()>> + Send;

    /// A page of it, by the question that its door asks; [`Window::of_export`] makes the window.
    fn page(&self, tx: &Tx, cursor: Option<&str>) -> impl Future<Output = Result<Page<Self::Row>>> + Send;

    /// Notes what else there is to know of a list that was taken along with so many rows.
    fn taken(&self, _: &Tx, _: usize) -> impl Future<Output = Result<()>> + Send {
        std::future::ready(Ok(()))
    }

    /// What else stands below the totals, a label and an amount each.
    fn notes(&self, _: Lang) -> Vec<(String, domain::Money)> {
        Vec::new()
    }
}

/// The list as a file, for whoever may read it.
///
/// A list of one page comes whole. A longer one is answered as soon as its first page could be read, and the file follows
/// once it is written; what goes wrong after that breaks the answer off. Whoever goes away takes the work along.
pub async fn export<L: List + 'static>(actor: &Actor, list: L) -> Result<Exported> {
    let turn = tokio::time::timeout(PATIENCE, TURNS.acquire()).await;
    let turn = turn.map_err(|_| Error::Unavailable("other lists are being written".into()))?;
    let (lang, now) = (actor.lang, actor.app.clock.now());
    let (goes_on, first_page) = oneshot::channel();
    let actor = actor.clone();
    let mut work = Work(tokio::spawn(async move {
        let _turn = turn;
        let mut goes_on = Some(goes_on);
        let written = actor.read_through(async |tx| write(tx, &list, lang, now, &mut goes_on).await).await;
        drop(goes_on);
        let (listing, foot) = written?;
        let bytes = tokio::task::spawn_blocking(move || listing.finish(&foot)).await;
        Ok(bytes.map_err(|error| Error::Internal(error.to_string()))??.into())
    }));
    let body = match first_page.await {
        Ok(()) => Body::from_stream(stream::once(async move {
            work.done().await.map_err(|error| {
                tracing::error!(error = %error, "a list broke off: {error}");
                std::io::Error::other("the list could not be written")
            })
        })),
        Err(_) => Body::from(work.done().await?),
    };
    Ok(Exported { name: L::NAME, title: title::<L>(lang), on: business_day(now).to_string(), body })
}

/// A list that is being written, until nobody waits for it any more.
struct Work(JoinHandle<Result<Bytes>>);

impl Work {
    async fn done(&mut self) -> Result<Bytes> {
        (&mut self.0).await.map_err(|error| Error::Internal(error.to_string()))?
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Writes the list; `goes_on` is told when it is longer than a page.
async fn write<L: List>(
    tx: &Tx,
    list: &L,
    lang: Lang,
    now: Timestamp,
    goes_on: &mut Option<oneshot::Sender<()>>,
) -> Result<(Listing, Vec<String>)> {
    tx.allow(L::RIGHT)?;
    let people = people(tx).await?;
    let mut said = Said { lang, lines: Vec::new() };
    list.said(tx, &mut said).await?;
    if said.lines.is_empty() {
        said.lines.push(say(lang, "export-everything", &[]).into_owned());
    }
    let head = listing::Head {
        owner: people.owner,
        title: title::<L>(lang),
        said: said.lines,
        printed: printed(lang, now, &people.asks),
    };
    let columns = L::columns();
    let mut listing = Listing::begin(&head, &columns.headings(lang))?;
    let (mut sums, mut rows, mut cursor) = (columns.sums(), 0usize, None::<String>);
    loop {
        let page = list.page(tx, cursor.as_deref()).await?;
        rows += page.items.len();
        if rows > MOST_ROWS {
            return Err(Conflict::new("EXPORT_TOO_LONG").with("rows", MOST_ROWS).into());
        }
        for row in &page.items {
            let cells = columns.cells(row, lang);
            sums.add(&cells)?;
            listing.row(&cells)?;
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
        // Whoever asked may have gone away.
        goes_on.take().map(|goes_on| goes_on.send(()));
    }
    listing.totals(&sums.cells(lang, rows))?;
    tx.audit(L::AUDIT, None, &json!({ "rows": rows })).await?;
    list.taken(tx, rows).await?;
    let notes = list.notes(lang).into_iter().map(|(label, amount)| format!("{label}: {amount} ₮"));
    let foot = ["export-prepared", "export-checked"].map(|key| say(lang, key, &[]).into_owned());
    Ok((listing, notes.chain(foot).collect()))
}

/// Whose list it is, and who asks for it; nobody when the system does.
struct People {
    owner: String,
    asks: String,
}

async fn people(tx: &Tx) -> Result<People> {
    let row = tx
        .maybe(
            "select coalesce((select o.name from property_owners o where o.id = (select app_owner_id())), '') as owner,
                    coalesce((select u.name from users u where u.id = (select app_user_id())), '') as asks",
            &[],
        )
        .await?;
    let row = row.ok_or_else(|| Error::Internal("a question without a table has one row".into()))?;
    Ok(People { owner: row.get("owner"), asks: row.get("asks") })
}

fn title<L: List>(lang: Lang) -> String {
    say(lang, &format!("export-{}", L::NAME), &[]).into_owned()
}

fn printed(lang: Lang, now: Timestamp, who: &str) -> String {
    let at = local(now);
    let (date, hour, minute) = (at.date(), at.hour(), at.minute());
    let at = format!("{:04}.{:02}.{:02} {hour:02}:{minute:02}", date.year(), date.month(), date.day());
    say(lang, "export-printed", &[("at", at.into()), ("who", who.to_owned().into())])
        .trim_end_matches([',', ' '])
        .to_owned()
}

/// A moment as the clocks in Ulaanbaatar show it.
pub fn local(at: Timestamp) -> DateTime {
    at.to_zoned(ulaanbaatar()).datetime()
}

/// The filters of a list in words.
pub struct Said {
    lang: Lang,
    lines: Vec<String>,
}

impl Said {
    /// A filter by its name (a key of the catalogue) and what was asked for; nothing when it was not.
    pub fn add(&mut self, key: &str, value: Option<impl ToString>) -> &mut Said {
        if let Some(value) = value.map(|value| value.to_string()).filter(|value| !value.is_empty()) {
            self.lines.push(format!("{}: {value}", say(self.lang, key, &[])));
        }
        self
    }

    /// One word of a list of terms: `("status", "contract-status", Some("active"))`.
    pub fn term(&mut self, key: &str, list: &str, word: Option<&str>) -> &mut Said {
        let word = word.map(|word| term(self.lang, list, word));
        self.add(key, word)
    }

    /// A sentence of the catalogue, when it holds.
    pub fn flag(&mut self, holds: bool, key: &str) -> &mut Said {
        if holds {
            self.lines.push(say(self.lang, key, &[]).into_owned());
        }
        self
    }

    /// A yes-or-no question as it was asked.
    pub fn either(&mut self, asked: Option<bool>, yes: &str, no: &str) -> &mut Said {
        self.flag(asked == Some(true), yes).flag(asked == Some(false), no)
    }

    /// The name of what was chosen by its id; `sql` asks for it with `$1`.
    pub async fn named<I>(&mut self, tx: &Tx, key: &str, sql: &str, id: Option<I>) -> Result<&mut Said>
    where
        I: tokio_postgres::types::ToSql + Sync,
    {
        let Some(id) = id else { return Ok(self) };
        let name: Option<String> = tx.maybe(sql, &[&id]).await?.map(|row| row.get(0));
        Ok(self.add(key, name))
    }
}

impl<K: serde::Serialize + serde::de::DeserializeOwned> Window<K> {
    /// As much as an export reads at once, after the cursor of the page before.
    pub fn of_export(cursor: Option<&str>) -> Result<Window<K>> {
        Ok(Window { limit: 1_000, ..Window::new(None, cursor)? })
    }
}

/// A written list, sent as a file that the browser saves under its title and the day.
pub struct Exported {
    name: &'static str,
    title: String,
    on: String,
    body: Body,
}

impl IntoResponse for Exported {
    fn into_response(self) -> Response {
        let Exported { name, title, on, body } = self;
        let named = format!(
            "attachment; filename=\"{name}-{on}.xlsx\"; filename*=UTF-8''{}",
            percent_encoded(&format!("{title} {on}.xlsx"))
        );
        let named = HeaderValue::from_str(&named).unwrap_or(HeaderValue::from_static("attachment"));
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(XLSX)),
            (header::CONTENT_DISPOSITION, named),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (headers, body).into_response()
    }
}

/// The document's words for an answer that is a workbook.
pub struct Workbook;

impl utoipa::IntoResponses for Workbook {
    fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
        use utoipa::openapi::{
            ContentBuilder, KnownFormat, ObjectBuilder, ResponseBuilder, SchemaFormat, schema::Type,
        };
        let file = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .build();
        let answer = ResponseBuilder::new()
            .description("An Excel file with the whole list; `limit` and `cursor` make no difference to it.")
            .content(XLSX, ContentBuilder::new().schema(Some(file)).build());
        [("200".to_owned(), answer.build().into())].into()
    }
}

/// RFC 5987: letters and digits as they are, every other byte as `%XX`.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 3), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

impl From<Unwritten> for Error {
    fn from(error: Unwritten) -> Error {
        Error::Internal(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_in_the_readers_letters() {
        let exported =
            Exported { name: "rooms", title: "Талбай".into(), on: "2026-11-22".into(), body: Body::empty() };
        let response = exported.into_response();
        let named = response.headers()[header::CONTENT_DISPOSITION].to_str().expect("ASCII");
        assert_eq!(
            named,
            "attachment; filename=\"rooms-2026-11-22.xlsx\"; \
             filename*=UTF-8''%D0%A2%D0%B0%D0%BB%D0%B1%D0%B0%D0%B9%202026-11-22.xlsx"
        );
    }
}
