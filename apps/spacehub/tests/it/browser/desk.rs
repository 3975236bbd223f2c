//! The office's day: the sign-in, the figures and their lists, a contract that is looked for and changed; and the
//! neighbour, who finds nothing of it.

use super::{chromium::Browser, world::World};
use crate::town::PASSWORD;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_figures_to_a_changed_contract() {
    let world = World::new().await;
    world.lets_its_rooms().await;
    world.bills_the_month().await;
    let director = world.town.director().await;
    let browser = Browser::new(world.url()).await;

    browser.open("/contracts").await;
    browser.stands_at("/sign-in?next=/contracts").await;
    browser.writes("#email", &director.email).await;
    browser.writes("#password", "not the password").await;
    browser.press("form.form button[type=submit]").await;
    browser.says("И-мэйл эсвэл нууц үг буруу байна.").await;
    assert_eq!(browser.one("#email").await.prop("value").await.expect("a field"), Some(director.email.clone()));
    browser.writes("#password", PASSWORD).await;
    browser.press("form.form button[type=submit]").await;
    browser.stands_at("/contracts").await;

    browser.press("nav a[href='/']").await;
    let receivable = "a.tile[href='/invoices?open=true']";
    assert_eq!(browser.reads(&format!("{receivable} .tile-figure")).await, "3 000 000 ₮");
    browser.press(receivable).await;
    browser.stands_at("/invoices?open=true").await;
    assert_eq!(browser.count("[data-rows] tbody tr").await, 3);
    assert!(browser.reads("[data-rows] tfoot").await.contains("3 000 000"), "the list adds up to its figure");

    browser.press("nav a[href='/contracts']").await;
    browser.one("[data-rows]").await;
    assert_eq!(browser.count("[data-rows] tbody tr").await, 3);
    browser.asks("window.stays = true").await;
    browser.writes("[data-list-search]", "мишээл").await;
    browser.until("one row", async || browser.count("[data-rows] tbody tr").await == 1).await;
    assert!(browser.address().await.starts_with("/contracts?q=мишээл"), "{}", browser.address().await);
    assert_eq!(browser.asks("return window.stays").await, true, "the list was narrowed in its place");
    browser.client.refresh().await.expect("a page");
    assert_eq!(browser.count("[data-rows] tbody tr").await, 1, "the address holds the filter");
    browser.press("[data-rows] tbody .row-link").await;
    browser.says("Мөнх Мишээл ХХК").await;

    browser.link("Засах").await;
    browser.writes("#paymentDay", "арван тав").await;
    browser.writes("#notes", "Түлхүүр хоёр ширхэг").await;
    browser.button("Хадгалах").await;
    assert_eq!(browser.reads("#paymentDay-remark").await, "Тоо оруулна уу.");
    let typed = async |field: &str| browser.one(field).await.prop("value").await.expect("a field").unwrap_or_default();
    assert_eq!((typed("#paymentDay").await, typed("#notes").await), ("арван тав".into(), "Түлхүүр хоёр ширхэг".into()));
    browser.writes("#paymentDay", "20").await;
    browser.button("Хадгалах").await;
    browser.says("Хадгаллаа.").await;
    let kept = "select count(*) from contracts where payment_day = 20 and notes = 'Түлхүүр хоёр ширхэг'";
    assert_eq!(world.town.count(kept).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_neighbour_sees_none_of_it() {
    let world = World::new().await;
    world.lets_its_rooms().await;
    world.bills_the_month().await;
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&world.town.neighbour().await).await;

    let words = ["Алтан", "CT-2026", "Номин", "Мишээл", "Зөгийн", "1 000 000", "3 000 000"];
    for page in ["/", "/months", "/contracts", "/rooms", "/tenants", "/invoices", "/payments", "/outbox", "/settings"] {
        browser.open(page).await;
        browser.one("main h1").await;
        let text = browser.text().await;
        assert!(text.contains("Мөнгөн Плаза") || browser.count(".account").await == 1, "{page} is a page for somebody");
        let seen: Vec<_> = words.iter().filter(|word| text.contains(**word)).collect();
        assert!(seen.is_empty(), "{page} shows {seen:?}:\n{text}");
    }
    for (table, place) in [("contracts", "contracts"), ("invoices", "invoices")] {
        let row = world.town.sql(&format!("select id::text from {table} limit 1")).await;
        browser.open(&format!("/{place}/{}", row[0].get::<_, String>(0))).await;
        browser.one(".problem").await;
        let text = browser.text().await;
        assert!(words.iter().all(|word| !text.contains(word)), "{text}");
    }
}
