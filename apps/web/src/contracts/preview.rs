//! What the pages of an extension and a renewal share: what is asked in the address, and the figures that come back.

use jiff::civil::date;
use maud::{Markup, html};
use wire::lifecycle::{RepricedCharge, TermPreview};

use super::{extension::ExtensionPage, renewal::RenewalPage, sample};
use crate::{
    fmt, read,
    reader::Reader,
    ui::{
        facts::facts,
        form::Form,
        table::{Column, Opens, Row, Table},
    },
};

/// The form as the address fills it.
pub(super) fn asked(reader: &Reader, names: &[&str]) -> Form {
    let mut form = Form::default();
    for name in names.iter().chain(&["asked"]) {
        if let Some(value) = reader.param(name) {
            form = form.with(name, value);
        }
    }
    form
}

/// A percentage as people type it, in hundredths of a percent: `7.5`, `-5 %`.
pub(super) fn percent(text: &str) -> Option<i32> {
    let (sign, digits) = match text.trim().strip_prefix(['-', '−', '–']) {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    read::basis_points(digits).map(|points| sign * points)
}

pub(super) fn hidden(name: &str, value: String) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// The term before and after, and what a month comes to.
pub(super) fn term(reader: &Reader, seen: &TermPreview) -> Markup {
    let end = |day: Option<jiff::civil::Date>| day.map_or_else(|| html! { (reader.say("no-end")) }, fmt::date);
    let difference = seen.month_after.checked_sub(seen.month_before).unwrap_or_default();
    facts(&[
        (&reader.say("term-now-ends"), end(seen.ends_on)),
        (&reader.say("term-goes-on-from"), fmt::date(seen.from)),
        (&reader.say("term-new-end"), end(seen.new_ends_on)),
        (&reader.say("whole-month-before"), fmt::tugrug(seen.month_before)),
        (&reader.say("whole-month-after"), fmt::tugrug(seen.month_after)),
        (&reader.say("difference"), fmt::tugrug(difference)),
    ])
}

/// The charges and their prices before and after.
pub(super) fn prices(reader: &Reader, seen: &TermPreview) -> Markup {
    let columns = [
        Column::text("name", reader.say("charge")).title(),
        Column::number("price", reader.say("price-now")),
        Column::number("new", reader.say("price-then")).corner(),
    ];
    let rows: Vec<Row> = seen
        .lines
        .iter()
        .map(|line| Row {
            opens: Opens::Nothing,
            cells: vec![html! { (line.name) }, fmt::money(line.unit_price), fmt::money(line.new_unit_price)],
        })
        .collect();
    Table { caption: &reader.say("contract-charges"), columns: &columns, rows: &rows, totals: None }.render(reader)
}

fn seen(increase_bp: i64) -> TermPreview {
    let contract = sample::contract();
    let raised = |price: domain::Money| price.share(10_000 + increase_bp, 10_000).expect("a small price");
    TermPreview {
        contract_id: contract.id,
        ends_on: contract.ends_on,
        from: date(2027, 4, 1),
        new_ends_on: Some(date(2028, 3, 31)),
        prices_from: Some(date(2027, 4, 1)),
        lines: contract
            .items
            .iter()
            .map(|item| RepricedCharge {
                item_id: item.id,
                name: item.name.clone(),
                unit_price: item.unit_price,
                new_unit_price: raised(item.unit_price),
            })
            .collect(),
        month_before: domain::Money::from_tugrug(2_480_000),
        month_after: raised(domain::Money::from_tugrug(2_480_000)),
    }
}

pub(super) fn extension_sample() -> ExtensionPage {
    let form = Form::default().with("endsOn", "2028-03-31").with("increase", "7.5").with("from", "2027-04-01");
    ExtensionPage { contract: sample::contract(), form, preview: Some(seen(750)) }
}

pub(super) fn renewal_sample() -> RenewalPage {
    let form = Form::default().with("endsOn", "2028-03-31").with("increase", "10");
    RenewalPage { contract: sample::contract(), form, preview: Some(seen(1_000)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_goes_up_or_down() {
        assert_eq!(percent("7.5"), Some(750));
        assert_eq!(percent("-5 %"), Some(-500));
        assert_eq!(percent("−0.25"), Some(-25));
        assert_eq!(percent("x"), None);
    }
}
