//! «Дансны хуулга»: a statement shown as it was read, with what each line would be put on, then taken in.
//!
//! As with other sheets the file is kept nowhere between looking and writing: the browser sends it again.

use axum::{
    extract::Multipart,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    BankAccountId, BankTransactionId, Money,
    bank::{Bank, LineState, Precision},
};
use jiff::civil::date;
use maud::{Markup, html};
use wire::banks::{
    BankAccountView, BankStatementLine, LinkedPart, StatementCounts, StatementOrder, StatementProblem, StatementReport,
};

use super::IMPORT;
use crate::{
    api::Api,
    fmt,
    imports::{
        draw,
        sent::{Sent, Unread, WRITE},
    },
    page::Page,
    problem::Problem,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        facts::facts,
        field::Field,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

/// How many lines are shown of a statement.
const LINES_SHOWN: usize = 300;
/// The region that the script replaces; the file's field stands outside of it and keeps its file.
const REPORT: &str = "report";

/// A statement: before a file was sent, looked through, or taken in.
#[derive(Debug, Clone)]
pub struct BankStatementPage {
    pub accounts: Vec<BankAccountView>,
    pub account: Option<BankAccountId>,
    pub report: Option<StatementReport>,
    /// Why the file could not be taken.
    pub trouble: Option<String>,
}

pub async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    let (reader, accounts) = api.page(reader, api.bank_accounts()).await?;
    Ok(BankStatementPage { accounts, account: None, report: None, trouble: None }.render(&reader).into_response())
}

pub async fn send(api: Api, reader: Reader, body: Multipart) -> Result<Response, Problem> {
    // The person first: a file of a stranger is not read.
    let (reader, accounts) = api.page(reader, api.bank_accounts()).await?;
    let page = BankStatementPage { accounts, account: None, report: None, trouble: None };
    let sent = match Sent::read(body).await {
        Ok(sent) => sent,
        Err(unread) => {
            let (status, key) = match unread {
                Unread::NoFile => (StatusCode::BAD_REQUEST, "import-no-file"),
                Unread::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "import-file-too-large"),
                Unread::Broken => (StatusCode::BAD_REQUEST, "import-broken"),
            };
            return Ok(page.troubled(&reader, status, reader.say(key).into_owned()));
        }
    };
    let Ok(account_id) = sent.field("account").parse::<BankAccountId>() else {
        return Ok(page.troubled(&reader, StatusCode::BAD_REQUEST, reader.say("statement-no-account").into_owned()));
    };
    let page = BankStatementPage { account: Some(account_id), ..page };
    let order = StatementOrder {
        account_id,
        dry_run: !sent.is_to_write,
        mapping: None,
        file_name: Some(sent.file_name.clone()).filter(|name| !name.is_empty()),
    };
    match api.import_statement(&order, sent.file).await {
        Ok(report) => Ok(BankStatementPage { report: Some(report), ..page }.render(&reader).into_response()),
        Err(refusal) if matches!(refusal.status, 400 | 409 | 413 | 415 | 422) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
            let remarks: Vec<&str> = refusal.fields.values().flatten().map(String::as_str).collect();
            let said = if remarks.is_empty() { refusal.message.clone() } else { remarks.join(" ") };
            Ok(page.troubled(&reader, status, said))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

impl Page for BankStatementPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("import-title");
        let target = format!("#{REPORT}");
        let names: Vec<(String, String)> = self.accounts.iter().map(|account| named(reader, account)).collect();
        let chosen = self.account.map(|id| id.to_string()).unwrap_or_default();
        let main = html! {
            (head(&[], &title, html! { (reader.say("import-statement-note")) }, html! {}))
            (crate::ui::tabs::tabs(&title, &draw::views(reader, IMPORT)))
            @if names.is_empty() {
                (alert::alert(Kind::Info, &reader.say("statement-no-account"), html! {
                    p { a href=(super::HERE) { (reader.say("banks-new")) } }
                }))
            } @else {
                form class="form form-wide" method="post" action=(IMPORT) enctype="multipart/form-data" novalidate hx-post=(IMPORT)
                    hx-encoding="multipart/form-data" hx-target=(target) hx-select=(target) hx-swap="outerHTML" {
                    div class="box" {
                        (Field::new("account", reader.say("statement-account")).value(&chosen).choices(&names).required())
                        (Field::new("file", reader.say("statement-file")).file(".xlsx,.xls,.csv").required()
                            .hint(reader.say("statement-file-hint")))
                        p class="reading" role="status" { (reader.say("import-reading")) }
                    }
                    (draw::region(self.found(reader)))
                }
            }
        };
        frame::desk(reader, Place::Import, &title, main, panel::closed())
    }

    fn sample() -> BankStatementPage {
        let account = BankAccountView {
            id: BankAccountId::new(),
            bank: Bank::Khan,
            number: "5000123456".into(),
            holder: "Алтан Тауэр ХХК".into(),
            currency: "MNT".into(),
            shown: true,
            version: 1,
            connection: None,
        };
        let line = |row, amount, text: &str, state, linked: Vec<LinkedPart>, candidates: &[&str]| BankStatementLine {
            id: BankTransactionId::new(),
            row,
            booked_at: date(2026, 10, 2).at(9, 28, 58, 0),
            precision: Precision::Second,
            amount: Money::from_tugrug(amount),
            balance_after: None,
            text: text.into(),
            counter_account: None,
            counter_name: Some("Э.НОМИН".into()),
            duplicate: false,
            doubtful: false,
            state,
            basis: "number".into(),
            linked,
            candidates: candidates.iter().map(|code| (*code).to_owned()).collect(),
            reason: "502 тоотыг нэрлэсэн, дүн таарсан.".into(),
        };
        let part = LinkedPart { invoice: "INV-2026-000025".into(), amount: Money::from_tugrug(1_917_000) };
        let report = StatementReport {
            dry_run: true,
            account_id: account.id,
            statement_id: None,
            layout: "khan".into(),
            from: Some(date(2026, 10, 1)),
            to: Some(date(2026, 11, 20)),
            opening: Some(Money::from_mungo(1_845_033_050)),
            closing: Some(Money::from_mungo(8_338_208_250)),
            total_in: Money::from_mungo(15_655_559_600),
            total_out: Money::from_mungo(-9_162_384_400),
            lines: vec![
                line(9, 1_917_000, "10-r sariin turees 502 toot", LineState::Linked, vec![part], &[]),
                line(10, 1_200_000, "№302 turees", LineState::Probable, Vec::new(), &["INV-2026-000016"]),
                line(11, -3_681_000, "НДШ 9 сар", LineState::Ignored, Vec::new(), &[]),
            ],
            counts: StatementCounts {
                lines: 3,
                new: 3,
                linked: 1,
                probable: 1,
                ignored: 1,
                ..StatementCounts::default()
            },
            problems: vec![StatementProblem {
                row: 12,
                field: "date".into(),
                message: "Хуулга, 12-р мөр, A багана: «2026-10-32» гэсэн огноо байхгүй".into(),
            }],
            rows_outside: Vec::new(),
            columns: Vec::new(),
        };
        BankStatementPage { account: Some(account.id), accounts: vec![account], report: Some(report), trouble: None }
    }
}

impl BankStatementPage {
    fn troubled(self, reader: &Reader, status: StatusCode, trouble: String) -> Response {
        (status, BankStatementPage { trouble: Some(trouble), ..self }.render(reader)).into_response()
    }

    fn found(&self, reader: &Reader) -> Markup {
        html! {
            @if let Some(trouble) = &self.trouble { (alert::alert(Kind::Bad, trouble, html! {})) }
            @match &self.report {
                None => div class="form-foot" { (look(reader).icon(Icon::Search)) },
                Some(report) => {
                    (news(reader, report))
                    (totals(reader, report))
                    @if report.dry_run && report.counts.new > 0 {
                        p class="box-note without-script" { (reader.say("statement-pick-again")) }
                        div class="form-foot" {
                            (Button::submit(reader.say("statement-write")).value("do", WRITE).icon(Icon::Check))
                            (look(reader).outline().icon(Icon::Refresh))
                        }
                    } @else { div class="form-foot" { (look(reader).outline().icon(Icon::Search)) } }
                    (remarks(reader, report))
                    (lines(reader, report))
                }
            }
        }
    }
}

fn look(reader: &Reader) -> Button<'static> {
    Button::submit(reader.say("statement-look").into_owned())
}

fn named(reader: &Reader, account: &BankAccountView) -> (String, String) {
    let bank = reader.term("bank", account.bank.as_str());
    (account.id.to_string(), format!("{bank} {} {}", account.number, account.currency))
}

fn news(reader: &Reader, report: &StatementReport) -> Markup {
    let counts = [("new", report.counts.new.into()), ("known", report.counts.known.into())];
    let key = if report.dry_run { "statement-looked" } else { "statement-written" };
    let kind = if report.problems.is_empty() { Kind::Good } else { Kind::Warn };
    let more = html! {
        @if report.layout == "table" { p { (reader.say("statement-table-note")) } }
        @if !report.dry_run { p { a href="/matching" { (reader.say("statement-see-lines")) } } }
    };
    alert::alert(kind, &reader.say_with(key, &counts), more)
}

fn totals(reader: &Reader, report: &StatementReport) -> Markup {
    let days = html! {
        @if let (Some(from), Some(to)) = (report.from, report.to) { (fmt::date(from)) " – " (fmt::date(to)) } @else { "–" }
    };
    let money = |amount: Option<Money>| html! { @match amount { Some(amount) => (fmt::tugrug(amount)), None => "–" } };
    let count = |count: i64| html! { span class="num" { (count) } };
    let of_file = [
        (reader.say("banks-period"), days),
        (reader.say("bank-statement-opening"), money(report.opening)),
        (reader.say("banks-in"), money(Some(report.total_in))),
        (reader.say("banks-out"), money(Some(report.total_out))),
        (reader.say("bank-statement-closing"), money(report.closing)),
    ];
    let of_lines = [
        (reader.say("banks-lines"), count(report.counts.lines)),
        (reader.term("line-state", "linked"), count(report.counts.linked)),
        (reader.term("line-state", "probable"), count(report.counts.probable)),
        (reader.term("line-state", "unknown"), count(report.counts.unknown)),
        (reader.term("line-state", "ignored"), count(report.counts.ignored)),
    ];
    html! {
        div class="beside" {
            section class="box" {
                h2 class="box-title" { (reader.say("import-statement")) }
                (facts(&of_file.iter().map(|(term, value)| (term.as_ref(), value.clone())).collect::<Vec<_>>()))
            }
            section class="box" {
                h2 class="box-title" { (reader.say("banks-lines")) }
                (facts(&of_lines.iter().map(|(term, value)| (term.as_ref(), value.clone())).collect::<Vec<_>>()))
            }
        }
    }
}

fn remarks(reader: &Reader, report: &StatementReport) -> Markup {
    let outside: Vec<String> = report.rows_outside.iter().take(20).map(u32::to_string).collect();
    html! {
        @if !report.problems.is_empty() {
            (alert::alert(Kind::Warn, &reader.say("statement-problems"), html! {
                ul class="problems" { @for problem in report.problems.iter().take(LINES_SHOWN) { li { (problem.message) } } }
            }))
        }
        @if !outside.is_empty() {
            (alert::alert(Kind::Info, &reader.say("statement-outside"), html! { p { (outside.join(", ")) } }))
        }
    }
}

fn lines(reader: &Reader, report: &StatementReport) -> Markup {
    let columns = [
        Column::number("row", reader.say("statement-row")),
        Column::text("when", reader.say("statement-when")),
        Column::number("amount", reader.say("statement-amount")).corner(),
        Column::text("text", reader.say("statement-text")).title(),
        Column::text("sender", reader.say("statement-sender")),
        Column::text("state", reader.say("statement-state")),
        Column::text("for", reader.say("statement-for")),
    ];
    let rows: Vec<Row> = report.lines.iter().take(LINES_SHOWN).map(|line| row(reader, line)).collect();
    let caption = reader.say("banks-lines");
    html! {
        section class="box" {
            h2 class="box-title" { (caption) }
            (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            @if report.lines.len() > rows.len() {
                @let more = i64::try_from(report.lines.len() - rows.len()).unwrap_or(i64::MAX);
                p class="box-note" { (reader.say_with("statement-more", &[("lines", more.into())])) }
            }
        }
    }
}

fn row(reader: &Reader, line: &BankStatementLine) -> Row {
    let tone = match line.state {
        LineState::Linked => Tone::Good,
        LineState::Probable => Tone::Warn,
        LineState::Unknown | LineState::Ignored => Tone::Faint,
    };
    let when = match line.precision {
        Precision::Day => line.booked_at.strftime("%Y.%m.%d"),
        _ => line.booked_at.strftime("%Y.%m.%d %H:%M"),
    };
    let sender: Vec<&str> =
        [&line.counter_name, &line.counter_account].into_iter().flatten().map(String::as_str).collect();
    Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { span class="num" { (line.row) } },
            html! { span class="num" { (when.to_string()) } },
            html! { (fmt::tugrug(line.amount)) },
            html! { (line.text) },
            html! { (sender.join(" · ")) },
            html! {
                (Badge::new(tone, reader.term("line-state", line.state.as_str()).to_string()))
                @if line.duplicate { " " (Badge::new(Tone::Faint, reader.say("statement-known").into_owned())) }
            },
            html! {
                @for part in &line.linked { (part.invoice) " " (fmt::tugrug(part.amount)) " " }
                @if line.linked.is_empty() { (line.candidates.iter().take(3).cloned().collect::<Vec<_>>().join(", ")) }
                @if !line.reason.is_empty() { span class="hint" { " " (line.reason) } }
            },
        ],
    }
}
