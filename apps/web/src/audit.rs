//! «Үйлдлийн түүх»: who did what, and what it was before. For directors.

mod changes;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::AuditId;
use futures_util::future::try_join;
use maud::{Markup, html};
use serde_json::Value;
use wire::{
    Paging,
    audit::{AuditFilter, AuditRow},
    staff::StaffView,
};

use crate::{
    Site,
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    settings,
    ui::{
        empty::empty,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub const HERE: &str = "/audit";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(list)).route("/audit/export", get(export))
}

/// What was done, as the address asks for it.
#[derive(Debug, Clone)]
pub struct AuditPage {
    pub rows: Vec<AuditRow>,
    pub next: Option<String>,
    /// Whom one may ask about.
    pub staff: Vec<StaffView>,
}

/// Things that something can be done to, in the order one asks for them.
const ENTITIES: [&str; 16] = [
    "contract",
    "invoice",
    "payment",
    "month",
    "tenant",
    "tenant_link",
    "room",
    "property",
    "import",
    "owner",
    "qpay_account",
    "staff",
    "invitation",
    "session",
    "user",
    "two_factor",
];

/// The history of the address, all of it, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = AuditFilter { limit: None, cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/audit/export", &filter).await
}

fn asked(reader: &Reader) -> Result<AuditFilter, Problem> {
    Ok(AuditFilter {
        user_id: reader.asked("userId", read::word)?,
        entity: reader.param("entity"),
        entity_id: reader.asked("entityId", read::word)?,
        request_id: reader.asked("requestId", read::word)?,
        from: reader.asked("from", read::date)?,
        to: reader.asked("to", read::date)?,
        action: reader.param("action"),
        limit: Some(50),
        cursor: reader.param("cursor"),
    })
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let all = Paging { limit: Some(100), cursor: None };
    let (reader, (page, staff)) = api.page(reader, try_join(api.audit(&filter), api.staff(&all))).await?;
    Ok(AuditPage { rows: page.items, next: page.next_cursor, staff: staff.items }.render(&reader).into_response())
}

impl Page for AuditPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-settings");
        let people: Vec<(String, String)> =
            self.staff.iter().map(|one| (one.user_id.to_string(), one.name.clone())).collect();
        let things = ENTITIES.map(|entity| (entity.to_owned(), thing(reader, entity)));
        let main = html! {
            (head(&[], &title, html! { (reader.say("audit-note")) }, html! {}))
            (settings::parts(reader, HERE))
            (Filter::new(reader)
                .date("from", &reader.say("from"))
                .date("to", &reader.say("to"))
                .choice("userId", &reader.say("audit-who"), &reader.say("audit-anybody"), &people)
                .choice("entity", &reader.say("audit-what"), &reader.say("audit-anything"), &things)
                .keep("entityId")
                .keep("requestId")
                .keep("action"))
            (table::region(self.list(reader)))
        };
        frame::desk(reader, Place::Settings, &title, main, panel::closed())
    }

    fn sample() -> AuditPage {
        let row = |at: &str, who: Option<&str>, role: &str, action: &str, before: Value, after: Value| AuditRow {
            id: AuditId::new(),
            at: at.parse().expect("a moment"),
            user_id: who.map(|_| domain::UserId::new()),
            user_name: who.map(str::to_owned),
            role: Some(role.to_owned()),
            action: action.to_owned(),
            entity: action.split('.').next().unwrap_or_default().to_owned(),
            entity_id: Some("0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f".parse().expect("an id")),
            before: Some(before).filter(|value| !value.is_null()),
            after: Some(after).filter(|value| !value.is_null()),
            reason: (action == "invoice.void").then(|| "Хоёр удаа бичсэн".to_owned()),
            request_id: None,
            ip: Some("202.131.4.17".into()),
        };
        use serde_json::json;
        AuditPage {
            rows: vec![
                row(
                    "2026-11-22T03:12:09Z",
                    Some("Г. Нарантуяа"),
                    "owner_accountant",
                    "contract.edit",
                    json!({ "paymentDay": 5, "notes": "" }),
                    json!({ "paymentDay": 10, "notes": "Төлөх өдрийг хойшлуулав" }),
                ),
                row(
                    "2026-11-22T02:58:41Z",
                    Some("Б. Дулмаа"),
                    "owner_director",
                    "session.open",
                    Value::Null,
                    json!({ "by": "password" }),
                ),
                row(
                    "2026-11-21T09:20:00Z",
                    None,
                    "admin",
                    "owner.look",
                    Value::Null,
                    json!({ "reason": "Дуудлагаар тусалсан" }),
                ),
                row(
                    "2026-11-20T09:41:00Z",
                    None,
                    "system",
                    "receipt.send",
                    Value::Null,
                    json!({ "amount": "110000000" }),
                ),
            ],
            next: None,
            staff: crate::staff::StaffPage::sample().staff,
        }
    }
}

impl AuditPage {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            return empty(Icon::Search, &reader.say("audit-none"), &reader.say("audit-none-note"), html! {});
        }
        let columns = [
            Column::text("what", reader.say("audit-done")).title(),
            Column::text("who", reader.say("audit-who")).corner(),
            Column::text("at", reader.say("audit-at")),
            Column::text("change", reader.say("audit-change")),
            Column::text("reason", reader.say("reason")),
            Column::text("ip", reader.say("device-address")).desk_only(),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|row| line(reader, row)).collect();
        let caption = reader.say("audit");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/audit/export",
        )
    }
}

fn line(reader: &Reader, row: &AuditRow) -> Row {
    let role = row.role.as_deref().map(|role| reader_term(reader, "role", role)).unwrap_or_default();
    let opens = page_of(row).map_or(Opens::Nothing, Opens::Page);
    Row {
        opens,
        cells: vec![
            html! { (done(reader, &row.action)) },
            html! { @match &row.user_name { Some(name) => { (name) " · " (role) }, None => (role) } },
            fmt::moment(row.at),
            changes::changes(reader, row),
            html! { @if let Some(reason) = &row.reason { (reason) } },
            html! { @if let Some(ip) = &row.ip { span class="num" { (ip) } } },
        ],
    }
}

/// The page of what it was done to, where there is one.
fn page_of(row: &AuditRow) -> Option<String> {
    let list = match row.entity.as_str() {
        "contract" => "contracts",
        "invoice" => "invoices",
        "payment" => "payments",
        "tenant" => "tenants",
        "room" => "rooms",
        _ => return None,
    };
    Some(format!("/{list}/{}", row.entity_id?))
}

/// What was done: words of its own, or those of the thing and the verb together.
fn done(reader: &Reader, action: &str) -> String {
    let own = format!("audit-action-{}", action.replace(['.', '_'], "-"));
    if words::has(reader.lang, &own) {
        return reader.say(&own).into_owned();
    }
    let (entity, verb) = action.split_once('.').unwrap_or((action, ""));
    format!("{}: {}", thing(reader, entity), reader_term(reader, "audit-verb", verb))
}

fn thing(reader: &Reader, entity: &str) -> String {
    reader_term(reader, "audit-thing", entity)
}

/// The reader's term, or the bare word: what is noted down may be newer than the catalogue.
fn reader_term(reader: &Reader, list: &str, word: &str) -> String {
    changes::known(reader, list, word).unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests;
