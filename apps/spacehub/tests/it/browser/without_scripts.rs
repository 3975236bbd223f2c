//! The main path for whose browser runs no scripts.

use fantoccini::Locator;

use super::{chromium::Browser, world::World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_path_needs_no_script() {
    let world = World::new().await;
    world.lets_its_rooms().await;
    world.town.sql("update tenants set kind = 'person'").await;
    let browser = Browser::without_scripts(world.url()).await;
    browser.signs_in(&world.town.accountant().await).await;

    browser.press("nav a[href='/contracts']").await;
    browser.writes("[data-list-search]", "мишээл").await;
    browser.press(".filter .without-script button").await;
    browser.says("1 гэрээ").await;
    assert_eq!(browser.count("[data-rows] tbody tr").await, 1);
    let address = browser.address().await;
    assert!(address.starts_with("/contracts?") && address.contains("q=мишээл"), "{address}");

    browser.runs_the_month().await;
    assert_eq!(world.town.count("select count(*) from invoices").await, 3);

    browser.opens_the_link_in_the_text("99110001").await;
    assert_eq!(browser.reads(".bill-sum").await, "1 000 000 ₮");
    browser.button("QPay-ээр төлөх").await;
    browser
        .until("the QR", async || {
            // Until the QR is there, a link looks again.
            if let Ok(again) = browser.client.find(Locator::Css(".bill-check a")).await {
                let _ = again.click().await;
            }
            browser.count("svg.qr").await == 1
        })
        .await;
    browser.pays_in_another_tab().await;
    browser
        .until("the receipt", async || {
            browser.client.refresh().await.is_ok() && browser.count(".bill-receipt .digits:not(:empty)").await == 1
        })
        .await;
    assert_eq!(browser.reads(".bill-label").await, "Төлөгдсөн");
}
