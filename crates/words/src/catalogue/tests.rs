//! Both languages say the same things, and nothing that can be asked for is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// The placeholders of each key, read from the text rather than the parser, so that a typo can't hide in it.
fn placeholders(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut key = "";
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with([' ', '}'])
            && let Some((name, _)) = line.split_once('=')
        {
            key = name.trim();
            assert!(found.insert(key, BTreeSet::new()).is_none(), "{key} stands twice");
        }
        for (at, _) in line.match_indices('$') {
            let rest = &line[at + 1..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            found.get_mut(key).expect("a placeholder stands in a sentence").insert(&rest[..end]);
        }
    }
    found
}

#[test]
fn both_languages_hold_the_same_keys_with_the_same_placeholders() {
    for source in SOURCES {
        let (mn, en) = (placeholders(source.mn), placeholders(source.en));
        for key in mn.keys().chain(en.keys()) {
            assert_eq!(mn.get(key), en.get(key), "{}.ftl: {key}", source.name);
        }
    }
}

#[test]
fn no_key_stands_in_two_files() {
    let mut places = BTreeMap::new();
    for source in SOURCES {
        for key in placeholders(source.mn).into_keys().chain(placeholders(source.en).into_keys()) {
            let place = *places.entry(key).or_insert(source.name);
            assert_eq!(place, source.name, "{key} stands in two files");
        }
    }
}

#[test]
fn every_key_has_a_sentence_in_both_languages() {
    let mut count = 0;
    for source in SOURCES {
        for (key, names) in placeholders(source.mn) {
            // The names have to outlive the catalogue's signature; there are few, and this is a test.
            let args: Vec<(&'static str, Arg<'_>)> =
                names.iter().map(|name| (&*name.to_string().leak(), Arg::from(7))).collect();
            for lang in Lang::ALL {
                let sentence = say(lang, key, &args);
                assert!(!sentence.trim().is_empty() && !sentence.contains(['⟦', '{', '}']), "{lang} {key}: {sentence}");
                count += 1;
            }
        }
    }
    assert!(count > 150, "only {count} sentences were read");
}

#[test]
fn every_error_the_api_can_answer_has_its_sentence() {
    let errors = "validation-error unauthorized forbidden not-found method-not-allowed request-timeout conflict \
        payload-too-large unsupported-media-type rate-limited internal-error service-unavailable";
    let conflicts = "illegal-transition duplicate version overlap over-allocation idempotency-key-reused \
        idempotency-in-progress device-limit";
    let fields = "required too-short too-long not-a-number too-small too-large bad-format unknown-field bad-date \
        end-before-start not-a-choice bad-phone bad-register bad-email bad-money";
    for (kind, names) in [("error", errors), ("conflict", conflicts), ("field", fields)] {
        for name in names.split_whitespace() {
            let key = format!("{kind}-{name}");
            assert!(Lang::ALL.iter().all(|lang| has(*lang, &key)), "{key}");
        }
    }
}

#[test]
fn every_word_of_the_domain_has_its_term() {
    use domain::{contract::*, invoice::*, payment::*, receipt::*, rights::*, rooms::*, tenant_link::*};

    macro_rules! terms {
        ($($prefix:literal of $list:ty),+ $(,)?) => {
            vec![$(($prefix, <$list>::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>())),+]
        };
    }
    let lists = terms![
        "contract-status" of ContractStatus,
        "charge-kind" of ChargeKind,
        "charge-basis" of ChargeBasis,
        "tax-kind" of TaxKind,
        "vat-mode" of VatMode,
        "invoice-kind" of InvoiceKind,
        "invoice-status" of InvoiceStatus,
        "payment-method" of PaymentMethod,
        "payment-status" of PaymentStatus,
        "intent-status" of IntentStatus,
        "receipt-status" of ReceiptStatus,
        "tenant-link-status" of TenantLinkStatus,
        "arrears-bucket" of domain::aging::Bucket,
        "promise-to-pay" of domain::promise_to_pay::PromiseToPayStatus,
        "penalty-from" of domain::penalty::CountsFrom,
        "receipt-type" of ReceiptType,
        "property-status" of PropertyStatus,
        "room-kind" of RoomKind,
        "price-mode" of PriceMode,
        "occupancy" of Occupancy,
        "remaking" of Remaking,
        "rounding" of domain::asking::Rounding,
        "tenant-kind" of TenantKind,
        "role" of Role,
    ];
    for (prefix, words) in lists {
        for word in words {
            for lang in Lang::ALL {
                assert!(!term(lang, prefix, word).starts_with('⟦'), "{lang} {prefix} {word}");
            }
        }
    }
}

#[test]
fn placeholders_are_filled_without_marks_around_them() {
    let what = say(Lang::Mn, "thing-contract", &[]);
    assert_eq!(say(Lang::Mn, "problem-no-such", &[("what", what.into())]), "Гэрээ олдсонгүй.");
    assert_eq!(say(Lang::En, "field-too-long", &[("max", 12.into())]), "At most 12 characters.");
    assert_eq!(term(Lang::En, "tax-kind", "VAT_ABLE"), "With VAT");
}

#[test]
fn what_is_missing_is_shown_loudly() {
    assert_eq!(say(Lang::Mn, "no-such-key", &[]), "⟦no-such-key⟧");
    assert!(say(Lang::En, "problem-no-such", &[]).starts_with('⟦'));
}
