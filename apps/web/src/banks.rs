//! «Банкны данс»: the owner's accounts, the statements that came in, and taking one in.

mod connection;
mod statement;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Form as Posted},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{BankAccountId, BankStatementId, Money, bank::Bank, bank::StatementSource, rights::Action};
use futures_util::future::try_join;
use jiff::civil::date;
use maud::{Markup, html};
use wire::{
    Page as Paged,
    banks::{BankAccountView, BankStatementView, NewBankAccount, StatementFilter},
};

pub use self::{connection::BankConnectionPage, statement::BankStatementPage};
use crate::{
    Site,
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    settings,
    ui::{
        badge::{Badge, Tone},
        button::Button,
        field::terms_of,
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

pub const HERE: &str = "/bank-accounts";
/// Where a statement is taken in.
pub const IMPORT: &str = "/imports/statement";

/// A larger file is still read to its end, and dropped, so that the browser gets to see the answer.
const LARGEST_BODY: usize = 200 << 20;

pub fn routes() -> Router<Site> {
    let import = get(statement::show).post(statement::send).layer(DefaultBodyLimit::max(LARGEST_BODY));
    Router::new()
        .route(HERE, get(show).post(add))
        .route("/bank-accounts/{id}", get(connection::show).post(connection::keep))
        .route("/bank-accounts/{id}/test", post(connection::test))
        .route("/bank-accounts/{id}/disconnection", post(connection::forget))
        .route(IMPORT, import)
}

/// The accounts with the statements that came in last.
#[derive(Debug, Clone)]
pub struct BanksPage {
    pub accounts: Vec<BankAccountView>,
    pub statements: Paged<BankStatementView>,
    pub form: Form,
}

const FIELDS: [&str; 4] = ["bank", "number", "holder", "currency"];

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let cursor = reader.param("cursor");
    let filter = StatementFilter { cursor, ..StatementFilter::default() };
    page(&api, reader, filter, Form::default(), StatusCode::OK).await
}

async fn page(
    api: &Api,
    reader: Reader,
    filter: StatementFilter,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let asked = try_join(api.bank_accounts(), api.bank_statements(&filter));
    let (reader, (accounts, statements)) = api.page(reader, asked).await?;
    Ok((status, BanksPage { accounts, statements, form }.render(&reader)).into_response())
}

async fn add(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let mut form = Form::typed(pairs);
    let bank = form.must(&reader, "bank", "field-not-a-choice", read::word::<Bank>);
    let number = form.must(&reader, "number", "field-required", |text| Some(text.to_owned()));
    let holder = Some(form.value("holder").to_owned()).filter(|holder| !holder.is_empty());
    let shown = form.value("shown") == "yes";
    let mut status = StatusCode::BAD_REQUEST;
    if let (Some(bank), Some(number), true) = (bank, number, form.is_clean()) {
        match api.create_bank_account(&NewBankAccount { bank, number, holder, currency: None, shown }).await {
            Ok(_) => return Ok(Flash::good(reader.say("banks-added")).on(HERE)),
            Err(refusal) => {
                status = form.refused(refusal, |path| FIELDS.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, reader, StatementFilter::default(), form, status).await
}

impl Page for BanksPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-settings");
        let import = html! {
            @if reader.may(Action::RecordPayments) && !self.accounts.is_empty() {
                (Button::link(reader.say("import-statement"), IMPORT).icon(Icon::Upload))
            }
        };
        let main = html! {
            (head(&[], &title, html! {}, import))
            (settings::parts(reader, HERE))
            section class="box" {
                h2 class="box-title" { (reader.say("banks-title")) }
                p class="box-note" { (reader.say("banks-note")) }
                @if self.accounts.is_empty() { p class="box-note" { (reader.say("banks-none")) } } @else { (self.list(reader)) }
            }
            @if reader.may(Action::EditOwner) { (self.adding(reader)) }
            section class="box" {
                h2 class="box-title" { (reader.say("banks-statements")) }
                @if self.statements.items.is_empty() {
                    p class="box-note" { (reader.say("banks-statements-none")) }
                } @else { (self.taken(reader)) }
            }
        };
        frame::desk(reader, Place::Settings, &title, main, panel::closed())
    }

    fn sample() -> BanksPage {
        let account = |bank, number: &str, shown| BankAccountView {
            id: BankAccountId::new(),
            bank,
            number: number.into(),
            holder: "Алтан Тауэр ХХК".into(),
            currency: "MNT".into(),
            shown,
            version: 1,
            connection: None,
        };
        let accounts = vec![account(Bank::Khan, "5000123456", true), account(Bank::Golomt, "1105000099", false)];
        let statement = BankStatementView {
            id: BankStatementId::new(),
            account_id: accounts[0].id,
            source: StatementSource::File,
            file_name: "Statement_MNT_5000123456.xlsx".into(),
            layout: "khan".into(),
            from: Some(date(2026, 10, 1)),
            to: Some(date(2026, 11, 20)),
            opening: Some(Money::from_mungo(1_845_033_050)),
            closing: Some(Money::from_mungo(8_338_208_250)),
            total_in: Money::from_mungo(15_655_559_600),
            total_out: Money::from_mungo(-9_162_384_400),
            lines: 125,
            new_lines: 125,
            taken_by: Some("Н. Нарантуяа".into()),
            created_at: jiff::Timestamp::UNIX_EPOCH,
        };
        BanksPage { accounts, statements: Paged { items: vec![statement], next_cursor: None }, form: Form::default() }
    }
}

impl BanksPage {
    fn list(&self, reader: &Reader) -> Markup {
        let may = reader.may(Action::EditOwner);
        let columns = [
            Column::text("bank", reader.say("banks-bank")).title(),
            Column::text("number", reader.say("banks-number")),
            Column::text("holder", reader.say("banks-holder")),
            Column::text("shown", reader.say("banks-shown")),
            Column::text("connection", reader.say("banks-connection")),
        ];
        let row = |account: &BankAccountView| Row {
            opens: if may { Opens::Page(format!("{HERE}/{}", account.id)) } else { Opens::Nothing },
            cells: vec![
                html! { (reader.term("bank", account.bank.as_str())) },
                html! { span class="num" { (account.number) } " " (account.currency) },
                html! { (account.holder) },
                match account.shown {
                    true => html! { (Badge::new(Tone::Good, reader.say("banks-shown"))) },
                    false => html! { (Badge::new(Tone::Faint, reader.say("banks-hidden"))) },
                },
                match &account.connection {
                    Some(connection) => html! { (reader.term("connection-status", connection.status.as_str())) },
                    None => html! { (reader.say("banks-by-file")) },
                },
            ],
        };
        let rows: Vec<Row> = self.accounts.iter().map(row).collect();
        let caption = reader.say("banks-title");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn adding(&self, reader: &Reader) -> Markup {
        let (form, banks) = (&self.form, terms_of(reader, "bank", Bank::ALL));
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("banks-new")) }
                (form::post(HERE, html! {
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("bank", reader.say("banks-bank")).choices(&banks).required())
                        (form.field("number", reader.say("banks-number")).autocomplete("off").max_chars(40).required()
                            .hint(reader.say("banks-number-hint")))
                        (form.field("holder", reader.say("banks-holder")).max_chars(200).hint(reader.say("banks-holder-hint")))
                        (form.field("shown", reader.say("banks-shown")).check())
                    }
                    div class="form-foot" { (Button::submit(reader.say("banks-add")).icon(Icon::Plus)) }
                }))
            }
        }
    }

    fn taken(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("file", reader.say("banks-file")).title(),
            Column::text("account", reader.say("banks-number")),
            Column::text("period", reader.say("banks-period")),
            Column::number("lines", reader.say("banks-lines")),
            Column::number("new", reader.say("banks-new-lines")),
            Column::number("in", reader.say("banks-in")).corner(),
            Column::number("out", reader.say("banks-out")),
            Column::text("taken", reader.say("banks-taken-at")),
        ];
        let number =
            |id: BankAccountId| self.accounts.iter().find(|account| account.id == id).map(|a| a.number.as_str());
        let row = |statement: &BankStatementView| Row {
            opens: Opens::Nothing,
            cells: vec![
                match statement.source {
                    StatementSource::File => html! { (statement.file_name) },
                    StatementSource::Bank => html! { (reader.say("banks-from-bank")) },
                },
                html! { span class="num" { (number(statement.account_id).unwrap_or_default()) } },
                html! { @if let (Some(from), Some(to)) = (statement.from, statement.to) { (fmt::date(from)) " – " (fmt::date(to)) } },
                html! { span class="num" { (statement.lines) } },
                html! { span class="num" { (statement.new_lines) } },
                html! { (fmt::tugrug(statement.total_in)) },
                html! { (fmt::tugrug(statement.total_out)) },
                html! { (fmt::moment(statement.created_at)) @if let Some(name) = &statement.taken_by { " · " (name) } },
            ],
        };
        let rows: Vec<Row> = self.statements.items.iter().map(row).collect();
        let caption = reader.say("banks-statements");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }
            .paged(reader, self.statements.next_cursor.as_deref())
    }
}
