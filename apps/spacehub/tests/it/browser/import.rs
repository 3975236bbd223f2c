//! An owner's own spreadsheet comes in: looked through, written, and not written again.

use super::{chromium::Browser, world::World};

const RENT_ROLL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/rent-roll.xlsx");

/// Notes what the bar says whenever it is drawn anew, however short it stands.
const WATCH: &str = "window.seen = [];
    new MutationObserver((changes) => {
        const added = changes.flatMap((change) => [...change.addedNodes]);
        const bars = added.map((node) => node.querySelector?.('progress')).filter((bar) => bar);
        window.seen.push(...bars.map((bar) => `${bar.value} ${bar.max}`));
    }).observe(document.querySelector('main'), { childList: true, subtree: true })";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rent_roll_is_shown_written_and_written_once() {
    let world = World::new().await;
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&world.town.director().await).await;
    let contracts = async || world.town.count("select count(*) from contracts").await;

    browser.press("nav a[href='/imports/rent-roll']").await;
    browser.looks_through_the_rent_roll().await;
    browser.says("111 мөр зөв, 7 мөр алдаатай байна.").await;
    assert_eq!(browser.count("#report [data-rows] .problems").await, 7, "every wrong row stands there");
    let first = browser.reads("#report [data-rows] tbody tr").await;
    assert!(first.contains("Алтан Тауэр · "), "by its sheet and its number: {first}");
    assert_eq!(contracts().await, 0);

    browser.asks(WATCH).await;
    browser.button("Зөв мөрүүдийг бүртгэх").await;
    browser.says("111 мөрийг бүртгэлээ. Алдаатай 7 мөрийг бүртгээгүй.").await;
    let seen = browser.asks("return window.seen").await;
    let steps: Vec<&str> = seen.as_array().expect("a list").iter().filter_map(|step| step.as_str()).collect();
    let (first, last) = (steps.first().expect("a bar was seen"), steps.last().expect("a bar was seen"));
    let total = first.strip_prefix("0 ").expect("it begins at nothing");
    assert_eq!(*last, format!("{total} {total}"), "and goes to the end: {steps:?}");
    let written = contracts().await;
    browser.link("Гэрээнүүдийг харах").await;
    browser.one("[data-rows]").await;
    assert_eq!((written, browser.count("[data-rows] tbody tr").await), (94, 50));
    browser.says("94 гэрээ").await;

    browser.open("/imports/rent-roll").await;
    browser.looks_through_the_rent_roll().await;
    browser.button("Зөв мөрүүдийг бүртгэх").await;
    browser.says("бүртгэлээ").await;
    assert_eq!(contracts().await, written, "a second run adds nothing");
}

impl Browser {
    pub async fn looks_through_the_rent_roll(&self) {
        let file = std::fs::canonicalize(RENT_ROLL).expect("the sample files lie beside");
        let field = self.one("#file").await;
        field.send_keys(file.to_str().expect("an address in UTF-8")).await.expect("a field for files");
        self.button("Шалгах").await;
        self.says("Одоогоор юу ч бүртгээгүй").await;
    }
}
