//! «Холболтын хүсэлт»: people whose telephone is a tenant's; staff say whether they are the tenant.

use axum::{
    Router,
    extract::{Form as Posted, Path},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{TenantLinkId, rights::Action, tenant_link::TenantLinkStatus};
use maud::{Markup, html};
use wire::tenant_links::{LinkReason, TenantLinkFilter, TenantLinkView};

use crate::{
    Site,
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    tenants,
    ui::{
        badge::{Badge, Tone},
        empty::empty,
        flash::Flash,
        form::Form,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

pub const HERE: &str = "/tenant-links";

pub fn routes() -> Router<Site> {
    Router::new()
        .route(HERE, get(list))
        .route("/tenant-links/export", get(export))
        .route("/tenant-links/{id}/confirmation", post(confirm))
        .route("/tenant-links/{id}/refusal", post(refuse))
        .route("/tenant-links/{id}/ending", post(end))
}

/// The requests that the address asks for.
#[derive(Debug, Clone)]
pub struct TenantLinks {
    pub rows: Vec<TenantLinkView>,
    pub next: Option<String>,
}

/// The views as they stand in the address; what waits is looked at first.
const VIEWS: [(&str, &str); 4] =
    [("", "links-waiting"), ("linked", "links-linked"), ("refused", "links-refused"), ("ended", "links-ended")];

/// The requests of the address, all of them, as an Excel file.
async fn export(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = TenantLinkFilter { limit: None, cursor: None, ..asked(&reader)? };
    exports::send(&api, "/v2/tenant-links/export", &filter).await
}

fn asked(reader: &Reader) -> Result<TenantLinkFilter, Problem> {
    let status = reader.asked("status", read::word)?.unwrap_or(TenantLinkStatus::Waiting);
    Ok(TenantLinkFilter { status: Some(status), limit: Some(50), cursor: reader.param("cursor") })
}

async fn list(api: Api, reader: Reader) -> Result<Response, Problem> {
    let filter = asked(&reader)?;
    let (reader, page) = api.page(reader, api.tenant_links(&filter)).await?;
    Ok(TenantLinks { rows: page.items, next: page.next_cursor }.render(&reader).into_response())
}

async fn confirm(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let done = api.confirm_tenant_link(self::id(&id)?).await;
    told(&reader, done, "link-was-confirmed")
}

type Pairs = Vec<(String, String)>;

async fn refuse(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Pairs>,
) -> Result<Response, Problem> {
    let done = api.refuse_tenant_link(self::id(&id)?, &reason(pairs)).await;
    told(&reader, done, "link-was-refused")
}

async fn end(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Pairs>,
) -> Result<Response, Problem> {
    let done = api.end_tenant_link(self::id(&id)?, &reason(pairs)).await;
    told(&reader, done, "link-was-ended")
}

fn reason(pairs: Pairs) -> LinkReason {
    LinkReason { reason: Form::typed(pairs).value("reason").to_owned() }
}

/// What stands against it, such as that somebody has decided already, is told on the list.
fn told(reader: &Reader, done: client::Result<TenantLinkView>, key: &str) -> Result<Response, Problem> {
    match done {
        Ok(link) => {
            let facts = [("tenant", link.tenant_name.into()), ("phone", fmt::phone(&link.phone).into())];
            Ok(Flash::good(reader.say_with(key, &facts)).on(HERE))
        }
        Err(refusal) if matches!(refusal.status, 400 | 409) => Ok(Flash::bad(refusal.message).on(HERE)),
        Err(refusal) => Err(refusal.into()),
    }
}

fn id(text: &str) -> Result<TenantLinkId, Problem> {
    read::word(text).ok_or(Problem::not_found("thing-tenant-link"))
}

impl Page for TenantLinks {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-tenants");
        let main = html! {
            (head(&[], &title, html! { (reader.say("links-note")) }, html! {}))
            (tenants::parts(reader, HERE))
            (table::region(html! { (tabs(&reader.say("status"), &views(reader))) (self.list(reader)) }))
        };
        frame::desk(reader, Place::Tenants, &title, main, panel::closed())
    }

    fn sample() -> TenantLinks {
        let link = |tenant: &str, phone: &str, status| TenantLinkView {
            id: TenantLinkId::new(),
            status,
            tenant_id: domain::TenantId::new(),
            tenant_name: tenant.into(),
            phone: phone.into(),
            decided_at: None,
            created_at: crate::contracts::sample::moment(),
        };
        let rows = vec![
            link("Ундрах Өргөө ХХК", "99110001", TenantLinkStatus::Waiting),
            link("Хан-Уул Оптик ХХК", "88112233", TenantLinkStatus::Linked),
        ];
        TenantLinks { rows, next: None }
    }
}

fn views(reader: &Reader) -> Vec<Tab> {
    let chosen = reader.param("status").unwrap_or_default();
    let view = |(word, key): (&str, &str)| Tab {
        label: reader.say(key).into_owned(),
        href: reader.link(&[("status", word), ("cursor", "")]),
        count: None,
        is_current: chosen == word,
    };
    VIEWS.map(view).into()
}

impl TenantLinks {
    fn list(&self, reader: &Reader) -> Markup {
        if self.rows.is_empty() {
            return empty(Icon::CircleCheck, &reader.say("links-none"), &reader.say("links-none-note"), html! {});
        }
        let columns = [
            Column::text("tenant", reader.say("tenant")).title(),
            Column::text("status", reader.say("status")).corner(),
            Column::text("phone", reader.say("phone")),
            Column::text("asked", reader.say("link-asked")),
            Column::text("decided", reader.say("link-decided")).desk_only(),
            Column::text("ways", reader.say("link-ways")),
        ];
        let rows: Vec<Row> = self.rows.iter().map(|link| row(reader, link)).collect();
        let caption = reader.say("links-title");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.paged_with_export(
            reader,
            self.next.as_deref(),
            "/tenant-links/export",
        )
    }
}

fn row(reader: &Reader, link: &TenantLinkView) -> Row {
    let tone = match link.status {
        TenantLinkStatus::Waiting => Tone::Warn,
        TenantLinkStatus::Linked => Tone::Good,
        TenantLinkStatus::Refused | TenantLinkStatus::Ended => Tone::Faint,
    };
    Row {
        opens: Opens::Page(format!("/tenants/{}", link.tenant_id)),
        cells: vec![
            html! { (link.tenant_name) },
            html! { (Badge::new(tone, reader.term("tenant-link-status", link.status.as_str()))) },
            html! { span class="num" { (fmt::phone(&link.phone)) } },
            fmt::moment(link.created_at),
            link.decided_at.map(fmt::moment).unwrap_or_default(),
            html! { @if reader.may(Action::DecideTenantLinks) { (ways(reader, link)) } },
        ],
    }
}

fn ways(reader: &Reader, link: &TenantLinkView) -> Markup {
    let action = |path: &str| format!("{HERE}/{}/{path}", link.id);
    let confirm = html! {
        form method="post" action=(action("confirmation")) {
            button class="btn" type="submit" data-variant="primary" data-size="sm" {
                (reader.say("link-confirm")) span class="sr-only" { ": " (link.tenant_name) }
            }
        }
    };
    match link.status {
        TenantLinkStatus::Waiting => html! {
            span class="row-ways" { (confirm) (with_reason(reader, &action("refusal"), "link-refuse", link)) }
        },
        TenantLinkStatus::Linked => with_reason(reader, &action("ending"), "link-end", link),
        TenantLinkStatus::Refused | TenantLinkStatus::Ended => html! {},
    }
}

/// Nothing is taken from somebody without a word why; the field unfolds where it is needed.
fn with_reason(reader: &Reader, action: &str, key: &str, link: &TenantLinkView) -> Markup {
    let label = reader.say("reason");
    html! {
        details class="row-more" {
            summary class="btn" data-variant="ghost" data-size="sm" {
                (reader.say(key)) span class="sr-only" { ": " (link.tenant_name) }
            }
            form class="row-form" method="post" action=(action) {
                input class="input" type="text" name="reason" maxlength="500" aria-label=(label) placeholder=(label);
                button class="btn" type="submit" data-variant="destructive" data-size="sm" { (reader.say(key)) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
