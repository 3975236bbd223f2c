//! Every page in both languages: whole, in words, and within the content security policy.

use std::collections::BTreeSet;

use words::Lang;

use super::*;
use crate::reader::Theme;

/// Runs a check on every page in every language.
fn each(check: impl Fn(&str, &str)) {
    let mut count = 0;
    for lang in Lang::ALL {
        for (name, page) in all() {
            let reader = Reader { lang, address: format!("/samples/{name}?q="), ..Reader::default() };
            check(&format!("{name} in {lang}"), &page.render(&signed_in(reader)).0);
            count += 1;
        }
    }
    assert_eq!(count, all().len() * 2);
}

/// The values an attribute has on a page, in order.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.match_indices(&start).filter_map(|(at, _)| page[at + start.len()..].split('"').next()).collect()
}

#[test]
fn every_page_says_everything_in_words() {
    each(|name, page| {
        assert!(page.starts_with("<!DOCTYPE html>"), "{name}");
        assert!(!page.contains('⟦'), "{name}: {}", page.split('⟦').nth(1).unwrap_or_default());
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        assert!(!page.contains("<title> ·"), "{name}");
    });
}

#[test]
fn nothing_on_a_page_needs_an_inline_style_or_script() {
    each(|name, page| {
        assert!(!page.contains(" style=") && !page.contains("<style"), "{name}");
        assert!(!page.contains(" on") || values(page, "onclick").is_empty(), "{name}");
        for script in page.split("<script").skip(1) {
            assert!(script.starts_with(" src=\"/assets/") && script.contains("></script>"), "{name}");
        }
        // `hx-on`, `js:` values and trigger filters are evaluated, which the policy forbids.
        assert!(!page.contains("hx-on") && !page.contains("\"js:"), "{name}");
        assert!(values(page, "hx-trigger").iter().all(|trigger| !trigger.contains('[')), "{name}");
    });
}

#[test]
fn every_id_is_there_once_and_every_reference_finds_it() {
    each(|name, page| {
        let ids = values(page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        let references = ["for", "aria-describedby"].iter().flat_map(|kind| values(page, kind));
        for id in references.flat_map(str::split_whitespace) {
            assert!(unique.contains(id), "{name}: {id}");
        }
    });
}

#[test]
fn every_form_posts_to_us_and_every_button_has_a_name() {
    each(|name, page| {
        assert!(values(page, "action").iter().all(|action| action.starts_with('/')), "{name}");
        for button in page.split("<button").skip(1) {
            let inside = button.split("</button>").next().unwrap_or_default();
            let words: String = inside.split('<').filter_map(|part| part.split('>').nth(1)).collect();
            assert!(!words.trim().is_empty(), "{name}: {inside}");
        }
    });
}

/// Keys are looked up while a page is drawn, and a sample can't show every branch of it.
#[test]
fn every_key_that_is_named_is_in_the_catalogue() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut keys = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources lie here") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = std::fs::read_to_string(&path).expect("a source file");
                for start in ["say(\"", "say_with(\""] {
                    let named = source.split(start).skip(1).filter_map(|rest| rest.split('"').next());
                    keys.extend(named.map(str::to_owned));
                }
            }
        }
    }
    assert!(keys.len() > 40, "only {} keys were found", keys.len());
    for key in keys.iter().filter(|key| !key.contains('\\')) {
        assert!(Lang::ALL.iter().all(|lang| words::has(*lang, key)), "{key}");
    }
}

#[test]
fn a_chosen_theme_is_on_the_document() {
    let reader = Reader { theme: Theme::Dark, ..Reader::default() };
    assert!(SignIn::sample().render(&reader).0.contains(r#"<html lang="mn" class="dark">"#));
    assert!(SignIn::sample().render(&Reader::default()).0.contains(r#"<html lang="mn">"#));
}
