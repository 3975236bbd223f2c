//! The catalogue: every sentence by its key, compiled into the binary and parsed once.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::Lang;

/// What fills a placeholder: text, or a whole number that plural forms can choose by.
pub type Arg<'a> = FluentValue<'a>;

/// The sentence of `key` with its placeholders filled.
///
/// A key that is missing is a mistake of ours, which the tests find; in a debug build it shows as `⟦key⟧`, in
/// production as the other language's sentence, or as the bare key when there is none.
pub fn say(lang: Lang, key: &str, args: &[(&'static str, Arg<'_>)]) -> Cow<'static, str> {
    let other = if lang == Lang::Mn { Lang::En } else { Lang::Mn };
    match (find(lang, key, args), cfg!(debug_assertions)) {
        (Some(sentence), _) => sentence,
        (None, true) => format!("⟦{key}⟧").into(),
        (None, false) => find(other, key, args).unwrap_or_else(|| key.to_owned().into()),
    }
}

/// The term for a word of the domain: `term(lang, "invoice-status", "partially_paid")`.
pub fn term(lang: Lang, list: &str, word: &str) -> Cow<'static, str> {
    say(lang, &format!("{list}-{}", word.to_ascii_lowercase().replace(['_', '.'], "-")), &[])
}

/// Whether the language has a sentence for `key`.
pub fn has(lang: Lang, key: &str) -> bool {
    bundle(lang).has_message(key)
}

fn find(lang: Lang, key: &str, args: &[(&'static str, Arg<'_>)]) -> Option<Cow<'static, str>> {
    let pattern = bundle(lang).get_message(key)?.value()?;
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut mistakes: Vec<FluentError> = Vec::new();
    let sentence = bundle(lang).format_pattern(pattern, Some(&args), &mut mistakes);
    // A placeholder nobody filled is left standing as `{$name}`; in a debug build it shouts.
    match (mistakes.is_empty(), cfg!(debug_assertions)) {
        (false, true) => Some(format!("⟦{sentence}⟧").into()),
        _ => Some(sentence),
    }
}

type Bundle = FluentBundle<FluentResource>;

static MN: LazyLock<Bundle> = LazyLock::new(|| parse(Lang::Mn, SOURCES.iter().map(|source| source.mn)));
static EN: LazyLock<Bundle> = LazyLock::new(|| parse(Lang::En, SOURCES.iter().map(|source| source.en)));

fn bundle(lang: Lang) -> &'static Bundle {
    match lang {
        Lang::Mn => &MN,
        Lang::En => &EN,
    }
}

fn parse(lang: Lang, sources: impl Iterator<Item = &'static str>) -> Bundle {
    let tag: LanguageIdentifier = lang.as_str().parse().expect("our tags are well formed");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Marks around placeholders would travel into SMS, spreadsheets and comparisons.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned()).expect("the tests parse every catalogue");
        bundle.add_resource(resource).expect("the tests find a key that stands twice");
    }
    bundle
}

/// One file of the catalogue in both languages.
struct Source {
    #[cfg(test)]
    name: &'static str,
    mn: &'static str,
    en: &'static str,
}

macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        [$(Source {
            #[cfg(test)]
            name: $name,
            mn: include_str!(concat!("../locales/mn/", $name, ".ftl")),
            en: include_str!(concat!("../locales/en/", $name, ".ftl")),
        }),+]
    };
}

static SOURCES: &[Source] = &sources![
    "audit_fields",
    "terms",
    "errors",
    "web",
    "sms",
    "codes",
    "letters",
    "billing",
    "today",
    "months",
    "runs",
    "ledger",
    "matching",
    "meters",
    "readings",
    "invoices",
    "bulk",
    "payments",
    "bank",
    "arrears",
    "outbox",
    "links",
    "contracts",
    "desk",
    "contract_terms",
    "lifecycle",
    "imports",
    "estate",
    "spaces",
    "files",
    "tenants",
    "settings",
    "gate",
    "account",
    "staff_pages",
    "documents",
    "statements",
    "exports",
    "home",
    "places",
    "staff",
];

#[cfg(test)]
mod tests;
