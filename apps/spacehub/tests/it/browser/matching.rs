//! Bank lines worked off by keyboard alone: Enter accepts the best bill, the next line is under the finger.

use std::time::Instant;

use serde_json::json;

use super::{chromium::Browser, world::World};

const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const LINES: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_lines_are_worked_off_by_keyboard_alone() {
    let world = World::new().await;
    world.lets_its_rooms().await;
    world.bills_the_month().await;
    let account = world.town.has_account(world.town.altan).await;
    for n in 0..LINES as i64 {
        let contract = format!("CT-2026-000{}", n % 3 + 1);
        let text = format!("{contract} түрээсийн хагас");
        account.has(&format!("2026-11-01T0{n}:00:00Z"), 20_000 + n, &text, "5011112222").await;
    }
    let accountant = world.town.accountant().await;
    accountant.post("/v2/bank-lines/runs", json!({})).await.is(200).shows("/probable", 10);
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&accountant).await;
    browser.open("/matching").await;

    let begun = Instant::now();
    for left in (0..LINES).rev() {
        browser.one("[data-step][autofocus]").await;
        if left == LINES - 1 {
            browser.presses(DOWN).await;
            browser.presses(UP).await;
        }
        browser.presses(ENTER).await;
        browser.until(format!("{left} lines left"), async || browser.count("[data-step]").await == left).await;
    }
    let took = begun.elapsed();

    assert_eq!(world.town.count("select count(*) from bank_transactions where state = 'linked'").await, 10);
    let a_minute = 60_000 * LINES / usize::try_from(took.as_millis()).expect("a story is short").max(1);
    println!("{LINES} lines by keyboard alone in {took:?}: {a_minute} lines a minute");
    assert!(a_minute >= 10, "{a_minute} lines a minute");
    world.town.books_tie().await;
}

impl Browser {
    /// A key, wherever the focus is.
    async fn presses(&self, key: &str) {
        let focus = self.client.active_element().await.expect("something has the focus");
        focus.send_keys(key).await.expect("a key");
    }
}
