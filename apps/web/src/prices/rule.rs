//! How prices change, as a form says it: one amount, or a percentage with its rounding.

use domain::asking::Rounding;
use maud::{Markup, html};
use wire::prices::PriceRule;

use crate::{
    read,
    reader::Reader,
    ui::{field::terms_of, form::Form},
};

/// The rule that was typed; without one a remark stands beside what is missing.
pub fn read(form: &mut Form, reader: &Reader) -> Option<PriceRule> {
    match form.value("how") {
        "add" => Some(PriceRule::Add { amount: form.must(reader, "amount", "field-bad-money", read::money)? }),
        "percent" => {
            let basis_points = form.must(reader, "percent", "field-not-a-number", read::basis_points);
            let rounding: Option<Rounding> = form.must(reader, "rounding", "field-not-a-choice", read::word);
            Some(PriceRule::Percent { basis_points: basis_points?, rounding: rounding? })
        }
        _ => Some(PriceRule::Set { amount: form.must(reader, "amount", "field-bad-money", read::money)? }),
    }
}

/// Which field stands for a path of the API.
pub fn field(path: &str) -> Option<&'static str> {
    match path {
        "rule.set.amount" | "rule.add.amount" => Some("amount"),
        "rule.percent.basisPoints" => Some("percent"),
        "roomIds" => Some("scope"),
        _ => None,
    }
}

/// The fields of a rule.
pub fn fields(reader: &Reader, form: &Form) -> Markup {
    let ways = ["set", "add", "percent"].map(|way| (way.to_owned(), reader.term("price-rule", way).into_owned()));
    html! {
        div class="fields" {
            (form.field("how", reader.say("prices-how")).choices(&ways))
            (form.field("amount", reader.say("prices-amount")).money().hint(reader.say("prices-amount-hint")))
            (form.field("percent", reader.say("prices-percent")).number("%").hint(reader.say("prices-percent-hint")))
            (form.field("rounding", reader.say("prices-rounding")).choices(&terms_of(reader, "rounding", Rounding::ALL))
                .hint(reader.say("prices-rounding-hint")))
        }
    }
}

/// The rule in words, above what it does.
pub fn said(reader: &Reader, form: &Form) -> String {
    let key = format!("price-rule-said-{}", if form.value("how").is_empty() { "set" } else { form.value("how") });
    let rounding = reader.term("rounding", form.value("rounding")).into_owned();
    let facts = [
        ("amount", form.value("amount").to_owned().into()),
        ("percent", form.value("percent").trim_end_matches(['%', ' ']).to_owned().into()),
        ("rounding", rounding.into()),
    ];
    reader.say_with(&key, &facts).into_owned()
}
