//! The month from its preview to the receipt: the accountant runs it, the tenant pays on a telephone.

use fantoccini::Locator;

use super::{chromium::Browser, world::World};
use crate::books::Lease;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_preview_to_the_receipt() {
    let world = World::new().await;
    world.town.lease(world.town.altan, Lease::plain("CT-2026-0001", "Г.Мөнхзул")).await;
    world.town.sql("update tenants set kind = 'person'").await;
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&world.town.accountant().await).await;

    browser.runs_the_month().await;
    assert_eq!(world.town.count("select count(*) from invoices").await, 1);
    browser.press("#notices a").await;
    browser.says("Г.Мөнхзул").await;

    browser.is_a_phone().await;
    browser.opens_the_link_in_the_text("99110001").await;
    assert_eq!(browser.reads(".bill-sum").await, "1 000 000 ₮");
    let is_too_wide = "return document.documentElement.scrollWidth > innerWidth";
    assert_eq!(browser.asks(is_too_wide).await, false, "the page fits a telephone");
    browser.button("QPay-ээр төлөх").await;
    browser.one("svg.qr").await;
    browser.asks("window.stays = true").await;

    browser.pays_in_another_tab().await;
    browser.one(".bill-amount[data-paid]").await;
    let receipt = browser.reads(".bill-receipt .digits:not(:empty)").await;
    assert_eq!(browser.asks("return window.stays").await, true, "the page was not loaded anew");
    let issued = world.outside.sandbox.ebarimt.receipts();
    let shown: String = receipt.split_whitespace().collect();
    assert_eq!((issued.len(), shown), (1, issued[0].id.clone()));
    browser.says(issued[0].lottery.as_deref().expect("a person's receipt has one")).await;

    browser.open("/sandbox/messages?number=99110001").await;
    browser
        .until("the thanks", async || {
            browser.client.refresh().await.is_ok() && browser.text().await.contains("Баярлалаа")
        })
        .await;
    world.town.until("select not exists (select from outbox where status <> 'done')").await;
    assert_eq!(world.town.count("select count(*) from payments").await, 1);
    world.town.books_tie().await;
}

impl Browser {
    /// «Сар» of the menu, its preview, the run.
    pub async fn runs_the_month(&self) {
        self.press("nav a[href='/months']").await;
        self.press("main a[href$='/preview']").await;
        self.one("[data-rows] a").await;
        if self.count("#accept").await > 0 {
            self.press("#accept").await;
        }
        self.button("Сарыг бодох").await;
        self.says("нэхэмжлэл бодлоо").await;
    }

    /// The telephone in the sandbox, as soon as the text is there, and the bill behind its link.
    pub async fn opens_the_link_in_the_text(&self, number: &str) {
        self.open(&format!("/sandbox/messages?number={number}")).await;
        let link = "article.message a[href*='/i/']";
        self.until("the text", async || {
            self.client.refresh().await.is_ok() && self.client.find(Locator::Css(link)).await.is_ok()
        })
        .await;
        let address = self.one(link).await.attr("href").await.expect("an element").expect("an address");
        self.client.goto(&address).await.expect("a page");
    }

    /// The payer's page of the sandbox, beside the tenant's.
    pub async fn pays_in_another_tab(&self) {
        let bill = self.client.window().await.expect("a window");
        let payer = self.client.new_window(true).await.expect("a tab");
        self.client.switch_to_window(payer.handle).await.expect("a tab");
        self.open("/sandbox/qpay/invoices").await;
        self.press("article.card .actions a").await;
        self.press("button.pay").await;
        self.says("Төлбөр амжилттай төлөгдлөө").await;
        self.client.close_window().await.expect("a tab");
        self.client.switch_to_window(bill).await.expect("the window");
    }
}
