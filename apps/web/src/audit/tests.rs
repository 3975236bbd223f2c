//! The history over a pretended API.

use axum::{Json, http::StatusCode};
use domain::rights::Role;
use serde_json::json;

use super::*;
use crate::api::tests::Pages;

fn pages() -> Pages {
    let sample = AuditPage::sample();
    let rows = json!({ "items": sample.rows, "nextCursor": "abc" });
    let staff = json!({ "items": sample.staff, "nextCursor": null });
    let api = Router::new()
        .route("/v2/audit", get(async move || Json(rows)))
        .route("/v2/staff", get(async move || Json(staff)));
    Pages::seen_by(Role::OwnerDirector, api)
}

#[tokio::test]
async fn who_did_what_is_told_in_words_and_with_what_it_was() {
    let reply = pages().get("/audit").await;
    reply.shows("Гэрээ: зассан").shows("Г. Нарантуяа · Нягтлан бодогч").shows("Байгууллага: үзсэн");
    reply.shows("<del>5</del>").shows("<ins>10</ins>").shows("cursor=abc").shows("1\u{2009}100\u{2009}000 ₮");
    reply.shows("href=\"/contracts/0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f\"");
}

#[tokio::test]
async fn the_filter_is_the_address() {
    let pages = pages();
    let user = "0193b6f2-6c1e-7a44-9d0f-5b8a1c2d3e4f";
    pages.get(&format!("/audit?userId={user}&entity=contract&from=2026.11.01&to=2026-11-22")).await;
    let asked = &pages.asked("/v2/audit")[0].address;
    for part in [&format!("userId={user}"), "entity=contract", "from=2026-11-01", "to=2026-11-22", "limit=50"] {
        assert!(asked.contains(part), "{asked}");
    }
    assert_eq!(pages.get("/audit?from=tomorrow").await.status, StatusCode::BAD_REQUEST);
}

#[test]
fn words_that_the_catalogue_does_not_know_are_shown_as_they_are() {
    let reader = Reader::default();
    assert_eq!(done(&reader, "tenant_link.confirm"), "Түрээслэгчийн холболт: баталгаажуулсан");
    assert_eq!(done(&reader, "owner.leave"), "Байгууллага: үзэж дууссан");
    assert_eq!(done(&reader, "novelty.do"), "novelty: do");
    for entity in ENTITIES {
        assert_ne!(thing(&reader, entity), entity, "a thing one can ask for has a word");
    }
}

#[test]
fn what_changed_is_told_as_people_say_it() {
    let reader = Reader::default();
    let mut row = AuditPage::sample().rows.remove(0);
    row.entity = "invoice".to_owned();
    row.before = Some(json!({ "status": "issued", "dueOn": "2026-11-05", "listed": false, "total": "110000000" }));
    row.after = Some(json!({ "status": "overdue", "dueOn": "2026-11-10", "listed": true, "novelty": "new_thing" }));
    let page = changes::changes(&reader, &row).into_string();
    for told in ["Төлөв", "<del>Илгээсэн</del>", "<ins>Хугацаа хэтэрсэн</ins>", "2026.11.05", "<ins>2026.11.10</ins>"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    for told in ["<del>Үгүй</del>", "<ins>Тийм</ins>", "1\u{2009}100\u{2009}000 ₮", "novelty", "new_thing"] {
        assert!(page.contains(told), "{told}: {page}");
    }
}

/// Whatever the areas note down is told in words, in both languages.
#[test]
fn everything_that_is_noted_down_has_its_words() {
    let mut folders: Vec<_> = ["identity", "estate", "files", "leasing", "billing", "outreach"]
        .map(|area| std::path::PathBuf::from(format!("{}/../../crates/{area}/src", env!("CARGO_MANIFEST_DIR"))))
        .into();
    let mut actions = std::collections::BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources lie here") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let source = std::fs::read_to_string(&path).expect("a source file");
                for start in ["audit(", "action: "] {
                    let named = source.split(start).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
                    let named = named.filter_map(|rest| rest.split('"').next());
                    actions.extend(named.filter(|action| action.contains('.')).map(str::to_owned));
                }
            }
        }
    }
    assert!(actions.len() > 40, "only {} actions were found", actions.len());
    for lang in words::Lang::ALL {
        let reader = Reader { lang, ..Reader::default() };
        for action in &actions {
            let said = done(&reader, action);
            let (entity, verb) = action.split_once('.').expect("two words");
            let own = format!("audit-action-{}", action.replace(['.', '_'], "-"));
            let parts = [("audit-thing", entity), ("audit-verb", verb)];
            let has_parts =
                parts.iter().all(|(list, word)| words::has(lang, &format!("{list}-{}", word.replace('_', "-"))));
            assert!(words::has(lang, &own) || has_parts, "{lang} {action}: {said}");
        }
    }
}
