//! A one-off invoice: the contract first, then a few lines, kept as a draft or sent at once.

use std::borrow::Cow;

use domain::{ContractId, Month, contract::VatMode, invoice::InvoiceKind};
use jiff::civil::Date;
use maud::{Markup, html};
use wire::{
    contracts::{ContractRow, ContractView},
    invoices::{NewInvoice, NewInvoiceItem},
};

use crate::{
    fmt,
    page::Page,
    read as typed,
    reader::Reader,
    ui::{
        badge,
        button::Button,
        empty::empty,
        facts::facts,
        filter::Filter,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        table::{self, Column, Opens, Row, Table},
    },
};

/// Where a one-off invoice is written.
#[derive(Debug, Clone)]
pub enum NewInvoicePage {
    /// No contract is chosen yet.
    Choose {
        contracts: Vec<ContractRow>,
    },
    Write {
        contract: Box<ContractView>,
        form: Form,
    },
}

/// Empty lines a fresh form has; one press gives as many more.
const LINES: usize = 3;

/// As many lines as an invoice may have.
const MOST_LINES: usize = 100;

impl NewInvoicePage {
    pub fn blank(contract: ContractView, today: Date) -> NewInvoicePage {
        let form = Form::default()
            .with("contractId", contract.id)
            .with("kind", InvoiceKind::Sale)
            .with("period", Month::of(today))
            .with("lines", LINES);
        NewInvoicePage::Write { contract: Box::new(contract), form }
    }
}

pub(super) fn with_more_lines(form: Form) -> Form {
    let lines = (count(&form) + LINES).min(MOST_LINES);
    form.with("lines", lines)
}

fn count(form: &Form) -> usize {
    form.value("lines").parse().unwrap_or(LINES).clamp(1, MOST_LINES)
}

/// The lines of which anything was typed, by their place in the form.
fn written(form: &Form) -> Vec<usize> {
    let anything = |place: &usize| {
        ["description", "unitPrice", "exemptionCode"]
            .iter()
            .any(|name| !form.value(&format!("{name}-{place}")).is_empty())
    };
    (0..count(form)).filter(anything).collect()
}

/// What was typed as the API's order; `None` when the form has remarks now.
pub(super) fn read(reader: &Reader, form: &mut Form, contract_id: ContractId) -> Option<NewInvoice> {
    let kind = form.must(reader, "kind", "field-not-a-choice", typed::word);
    let period = form.read(reader, "period", "field-bad-month", typed::month);
    let places = written(form);
    if places.is_empty() {
        form.remark("description-0", reader.say("field-required"));
    }
    let items: Vec<Option<NewInvoiceItem>> = places.into_iter().map(|place| line(reader, form, place)).collect();
    if !form.is_clean() {
        return None;
    }
    Some(NewInvoice {
        contract_id,
        kind: kind?,
        period,
        note: form.value("note").to_owned(),
        items: items.into_iter().collect::<Option<_>>()?,
        issue: form.value("action") == "issue",
    })
}

fn line(reader: &Reader, form: &mut Form, place: usize) -> Option<NewInvoiceItem> {
    let name = |field: &str| format!("{field}-{place}");
    let description = form.must(reader, &name("description"), "field-required", |text| Some(text.to_owned()));
    let quantity = form.read(reader, &name("quantity"), "field-not-a-number", typed::quantity);
    let unit_price = form.must(reader, &name("unitPrice"), "field-bad-money", typed::money);
    let vat_mode = form.read(reader, &name("vatMode"), "field-not-a-choice", typed::word);
    let exemption_code = Some(form.value(&name("exemptionCode")).to_owned()).filter(|code| !code.is_empty());
    Some(NewInvoiceItem {
        description: description?,
        quantity,
        unit_price: unit_price?,
        vat_mode,
        classification_code: None,
        exemption_code,
    })
}

/// The field that stands for a path of the API. Lines are matched by the number they were sent under, which is their
/// place in the form as long as none before them was left empty; [`tidy`] sees to that.
pub(super) fn field(path: &str) -> Option<Cow<'static, str>> {
    if let Some((place, name)) = path.strip_prefix("items[").and_then(|rest| rest.split_once("].")) {
        return Some(format!("{name}-{place}").into());
    }
    match path {
        "items" => Some("description-0".into()),
        "kind" | "period" | "note" => Some(path.to_owned().into()),
        _ => None,
    }
}

/// The form with its empty lines at the end.
pub(super) fn tidy(form: Form) -> Form {
    let kept: Vec<Vec<(&str, String)>> = written(&form)
        .into_iter()
        .map(|place| FIELDS.map(|name| (name, form.value(&format!("{name}-{place}")).to_owned())).to_vec())
        .collect();
    let total = count(&form);
    (0..total).fold(form, |form, place| {
        FIELDS.into_iter().enumerate().fold(form, |form, (at, name)| {
            let value = kept.get(place).map_or("", |line| line[at].1.as_str());
            form.with(&format!("{name}-{place}"), value)
        })
    })
}

/// The fields of a line.
const FIELDS: [&str; 5] = ["description", "quantity", "unitPrice", "vatMode", "exemptionCode"];

impl Page for NewInvoicePage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("invoice-new");
        let main = html! {
            (head(&[(&reader.say("menu-invoices"), "/invoices")], &title, html! {}, html! {}))
            @match self {
                NewInvoicePage::Choose { contracts } => (choose(reader, contracts)),
                NewInvoicePage::Write { contract, form } => (write(reader, contract, form)),
            }
        };
        frame::desk(reader, Place::Invoices, &title, main, html! {})
    }

    fn sample() -> NewInvoicePage {
        NewInvoicePage::refused_sample()
    }
}

fn choose(reader: &Reader, contracts: &[ContractRow]) -> Markup {
    let columns = [
        Column::text("code", reader.say("contract")).title(),
        Column::text("tenant", reader.say("tenant")),
        Column::text("units", reader.say("space")),
        Column::text("building", reader.say("building")),
        Column::text("status", reader.say("status")).corner(),
    ];
    let rows: Vec<Row> = contracts
        .iter()
        .map(|contract| Row {
            opens: Opens::Page(format!("/invoices/new?contract={}", contract.id)),
            cells: vec![
                html! { (contract.code) },
                html! { (contract.tenant_name) },
                html! { (contract.units) },
                html! { (contract.property_name) },
                html! { (badge::contract(reader, contract.status)) },
            ],
        })
        .collect();
    let caption = reader.say("invoice-choose-contract");
    html! {
        p class="hint" { (caption) }
        (Filter::new(reader).search("q", &reader.say("contracts-search")))
        (table::region(html! {
            @if rows.is_empty() {
                (empty(Icon::Inbox, &reader.say("contracts-none"), &reader.say("contracts-none-note"), html! {}))
            } @else {
                (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
            }
        }))
    }
}

fn write(reader: &Reader, contract: &ContractView, form: &Form) -> Markup {
    let kinds = [InvoiceKind::Sale, InvoiceKind::Fee]
        .map(|kind| (kind.to_string(), reader.term("invoice-kind", kind.as_str()).into_owned()));
    let modes: Vec<(String, String)> = VatMode::ALL
        .iter()
        .map(|mode| (mode.to_string(), reader.term("vat-mode", mode.as_str()).into_owned()))
        .collect();
    let about = facts(&[
        (&reader.say("contract"), html! { a href=(format!("/contracts/{}", contract.id)) { (contract.code) } }),
        (&reader.say("tenant"), html! { (contract.tenant_name) }),
        (&reader.say("space"), html! { (contract.units) " · " (contract.property_name) }),
        (&reader.say("ends-on"), contract.ends_on.map(fmt::date).unwrap_or_default()),
    ]);
    html! {
        section class="box" { (about) }
        (form::post("/invoices/new", html! {
            (form.summary(reader))
            (form.once())
            input type="hidden" name="contractId" value=(contract.id);
            input type="hidden" name="lines" value=(count(form));
            div class="fields" {
                (form.field("kind", reader.say("kind")).choices(&kinds).required())
                (form.field("period", reader.say("month")).month().required())
            }
            @for place in 0..count(form) { (line_fields(reader, form, &modes, place)) }
            div class="fields" { (form.field("note", reader.say("note")).lines(2).wide().max_chars(500)) }
            div class="form-foot" {
                (Button::submit(reader.say("invoice-issue-now")).value("action", "issue").icon(Icon::Send))
                (Button::submit(reader.say("invoice-save-draft")).value("action", "draft").outline())
                (Button::submit(reader.say("invoice-more-lines")).value("action", "more").ghost().icon(Icon::Plus))
            }
        }))
    }
}

fn line_fields(reader: &Reader, form: &Form, modes: &[(String, String)], place: usize) -> Markup {
    let names = FIELDS.map(|name| format!("{name}-{place}"));
    let [description, quantity, unit_price, vat_mode, exemption_code] = &names;
    let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
    html! {
        fieldset class="box line-fields" {
            legend { (reader.say_with("invoice-line-no", &[("number", number.into())])) }
            (form.field(description, reader.say("line-what")).max_chars(200))
            (form.field(quantity, reader.say("quantity")).number("").hint(reader.say("quantity-one")))
            (form.field(unit_price, reader.say("unit-price")).money())
            (form.field(vat_mode, reader.say("vat")).choices(modes))
            (form.field(exemption_code, reader.say("exemption-code")).max_chars(3).hint(reader.say("exemption-code-note")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_go_to_the_end_so_that_remarks_find_their_line() {
        let form = Form::typed(
            [("description-1", "Цэвэрлэгээ"), ("unitPrice-1", "0"), ("lines", "3"), ("contractId", "x")]
                .map(|(k, v)| (k.to_owned(), v.to_owned())),
        );
        let form = tidy(form);
        assert_eq!((form.value("description-0"), form.value("unitPrice-0")), ("Цэвэрлэгээ", "0"));
        assert_eq!((form.value("description-1"), written(&form)), ("", vec![0]));
        assert_eq!(field("items[0].unitPrice").as_deref(), Some("unitPrice-0"));
        assert_eq!(field("contractId"), None);
    }
}
