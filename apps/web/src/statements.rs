//! The statement of account of a tenant or a contract: what was owed, what came and went, what is owed.

use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{ContractId, TenantId, rights::Action};
use jiff::civil::Date;
use maud::{Markup, html};
use wire::statements::{StatementLine, StatementPeriod, StatementView, StatementWhat};

use crate::{
    Site,
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        empty::empty,
        facts::facts,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{self, Column, Opens, Row, Table},
    },
};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/tenants/{id}/statement", get(of_tenant))
        .route("/tenants/{id}/statement/export", get(export_of_tenant))
        .route("/contracts/{id}/statement", get(of_contract))
        .route("/contracts/{id}/statement/export", get(export_of_contract))
}

/// Whoever reads bills and payments both.
pub fn may_read(reader: &Reader) -> bool {
    reader.may(Action::ReadInvoices) && reader.may(Action::ReadPayments)
}

/// An account in the period of the address.
#[derive(Debug, Clone)]
pub struct StatementPage {
    pub statement: StatementView,
}

async fn of_tenant(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, period) = (tenant(&id)?, period(&reader)?);
    let (reader, statement) = api.page(reader, api.tenant_statement(id, &period)).await?;
    Ok(StatementPage { statement }.render(&reader).into_response())
}

async fn of_contract(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, period) = (contract(&id)?, period(&reader)?);
    let (reader, statement) = api.page(reader, api.contract_statement(id, &period)).await?;
    Ok(StatementPage { statement }.render(&reader).into_response())
}

async fn export_of_tenant(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let path = format!("/v2/tenants/{}/statement/export", tenant(&id)?);
    exports::send(&api, &path, &period(&reader)?).await
}

async fn export_of_contract(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let path = format!("/v2/contracts/{}/statement/export", contract(&id)?);
    exports::send(&api, &path, &period(&reader)?).await
}

fn period(reader: &Reader) -> Result<StatementPeriod, Problem> {
    Ok(StatementPeriod { from: reader.asked("from", read::date)?, to: reader.asked("to", read::date)? })
}

fn tenant(id: &str) -> Result<TenantId, Problem> {
    read::word(id).ok_or(Problem::not_found("thing-tenant"))
}

fn contract(id: &str) -> Result<ContractId, Problem> {
    read::word(id).ok_or(Problem::not_found("thing-contract"))
}

impl Page for StatementPage {
    fn render(&self, reader: &Reader) -> Markup {
        let statement = &self.statement;
        let (list, place) = match statement.contract_id {
            Some(_) => ((reader.say("menu-contracts"), "/contracts"), Place::Contracts),
            None => ((reader.say("menu-tenants"), "/tenants"), Place::Tenants),
        };
        let (of, here) = match (statement.contract_id, &statement.contract_code) {
            (Some(id), Some(code)) => (code, format!("/contracts/{id}")),
            _ => (&statement.tenant_name, format!("/tenants/{}", statement.tenant_id)),
        };
        let title = reader.say("statement");
        let note = html! {
            (statement.tenant_name)
            @if let Some(units) = statement.units.as_deref().filter(|units| !units.is_empty()) { " · " (units) }
            @if let Some(register) = &statement.register_no { " · " (register) }
        };
        let main = html! {
            (head(&[(&list.0, list.1), (of, &here)], &title, note, html! {}))
            (Filter::new(reader)
                .day("from", &reader.say("from"), Some(statement.from))
                .day("to", &reader.say("to"), Some(statement.to)))
            (table::region(html! { (self.sums(reader)) (self.lines(reader, &here)) }))
        };
        frame::desk(reader, place, &title, main, panel::closed())
    }

    fn sample() -> StatementPage {
        StatementPage { statement: sample() }
    }
}

impl StatementPage {
    fn sums(&self, reader: &Reader) -> Markup {
        let statement = &self.statement;
        let credit = statement.unused_credit.filter(|credit| !credit.is_zero());
        html! {
            section class="box" {
                (facts(&[
                    (&reader.say("statement-opening"), fmt::tugrug(statement.opening)),
                    (&reader.say("statement-billed"), fmt::tugrug(statement.billed)),
                    (&reader.say("statement-paid"), fmt::tugrug(statement.paid)),
                    (&reader.say("statement-closing"), html! { strong { (fmt::tugrug(statement.closing)) } }),
                ]))
                @if let Some(credit) = credit {
                    p class="box-note" {
                        (reader.say("statement-unused-credit")) ": " (fmt::tugrug(credit)) ". "
                        (reader.say("statement-unused-credit-note"))
                    }
                }
            }
        }
    }

    fn lines(&self, reader: &Reader, here: &str) -> Markup {
        let statement = &self.statement;
        if statement.lines.is_empty() {
            return empty(Icon::Inbox, &reader.say("statement-none"), &reader.say("statement-none-note"), html! {});
        }
        let columns = [
            Column::text("what", reader.say("statement-what")).title(),
            Column::text("on", reader.say("issued-on")),
            Column::text("document", reader.say("statement-document")),
            Column::text("contract", reader.say("contract")).desk_only(),
            Column::number("billed", reader.say("statement-billed")),
            Column::number("paid", reader.say("statement-paid")),
            Column::number("balance", reader.say("statement-balance")).corner(),
        ];
        let rows: Vec<Row> = statement.lines.iter().map(|line| row(reader, line)).collect();
        let totals = [
            html! { (reader.say("statement-closing")) },
            html! { (fmt::date(statement.to)) },
            html! {},
            html! {},
            fmt::money(statement.billed),
            fmt::money(statement.paid),
            fmt::money(statement.closing),
        ];
        let caption = reader.say("statement");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: Some(&totals) }.paged_with_export(
            reader,
            None,
            &format!("{here}/statement/export"),
        )
    }
}

fn row(reader: &Reader, line: &StatementLine) -> Row {
    let opens = match (line.invoice_id, line.payment_id) {
        (Some(id), _) => Opens::Page(format!("/invoices/{id}")),
        (_, Some(id)) => Opens::Page(format!("/payments/{id}")),
        (None, None) => Opens::Nothing,
    };
    Row {
        opens,
        cells: vec![
            html! { (told(reader, line)) },
            fmt::date(line.on),
            html! { (line.document.as_deref().unwrap_or_default()) },
            html! { (line.contract_code.as_deref().unwrap_or_default()) },
            fmt::money(line.billed),
            fmt::money(line.paid),
            fmt::money(line.balance),
        ],
    }
}

/// What a line is, in words.
fn told(reader: &Reader, line: &StatementLine) -> String {
    let key = format!("statement-line-{}", line.what.as_str());
    let facts = match line.what {
        StatementWhat::Invoice => {
            let kind = line.kind.map(|kind| reader.term("invoice-kind", kind.as_str())).unwrap_or_default();
            let period = line.period.map(|period| fmt::month(reader, period)).unwrap_or_default();
            vec![("kind", kind.into()), ("period", period.into())]
        }
        StatementWhat::WriteOff => Vec::new(),
        StatementWhat::Payment | StatementWhat::Reversal => {
            let method = line.method.map(|method| reader.term("payment-method", method.as_str())).unwrap_or_default();
            vec![("method", method.into())]
        }
    };
    reader.say_with(&key, &facts).into_owned()
}

fn sample() -> StatementView {
    use domain::{InvoiceId, Money, PaymentId, invoice::InvoiceKind, payment::PaymentMethod};
    let day = |text: &str| -> Date { text.parse().expect("a day") };
    let bill = |on: &str, code: &str, amount: i64, balance: i64| StatementLine {
        on: day(on),
        what: StatementWhat::Invoice,
        document: Some(code.into()),
        invoice_id: Some(InvoiceId::new()),
        payment_id: None,
        kind: Some(InvoiceKind::Rent),
        period: Some(domain::Month::of(day(on))),
        method: None,
        contract_code: Some("CT-2026-0001".into()),
        billed: Money::from_tugrug(amount),
        paid: Money::ZERO,
        balance: Money::from_tugrug(balance),
    };
    let paid = |on: &str, what, amount: i64, balance: i64| StatementLine {
        on: day(on),
        what,
        document: Some("KB-20261012-114".into()),
        invoice_id: None,
        payment_id: Some(PaymentId::new()),
        kind: None,
        period: None,
        method: Some(PaymentMethod::Bank),
        contract_code: None,
        billed: Money::ZERO,
        paid: Money::from_tugrug(amount),
        balance: Money::from_tugrug(balance),
    };
    StatementView {
        tenant_id: TenantId::new(),
        tenant_name: "Ундрах Өргөө ХХК".into(),
        register_no: Some("5123457".into()),
        contract_id: Some(ContractId::new()),
        contract_code: Some("CT-2026-0001".into()),
        units: Some("301; 302".into()),
        from: day("2026-09-01"),
        to: day("2026-11-22"),
        opening: Money::from_tugrug(1_240_000),
        lines: vec![
            bill("2026-10-10", "INV-2026-000412", 2_480_000, 3_720_000),
            paid("2026-10-12", StatementWhat::Payment, 3_720_000, 0),
            paid("2026-10-14", StatementWhat::Reversal, -3_720_000, 3_720_000),
            bill("2026-11-10", "INV-2026-000533", 2_480_000, 6_200_000),
        ],
        billed: Money::from_tugrug(4_960_000),
        paid: Money::ZERO,
        closing: Money::from_tugrug(6_200_000),
        unused_credit: Some(Money::from_tugrug(150_000)),
    }
}

#[cfg(test)]
mod tests {
    use axum::Json;

    use super::*;
    use crate::api::tests::Pages;

    #[tokio::test]
    async fn an_account_is_asked_for_its_period_and_leads_to_what_it_lists() {
        let statement = sample();
        let bill = statement.lines[0].invoice_id.expect("a bill");
        let answer = async move || Json(statement);
        let pages = Pages::over(Router::new().route("/v2/contracts/{id}/statement", get(answer)));
        let id = ContractId::new();

        let reply = pages.get(&format!("/contracts/{id}/statement?from=2026-09-01")).await;

        reply
            .shows(&format!("/invoices/{bill}"))
            .shows("6\u{2009}200\u{2009}000")
            .shows("/statement/export?from=2026-09-01");
        assert!(pages.asked(&format!("/v2/contracts/{id}/statement"))[0].address.contains("from=2026-09-01"));
    }
}
