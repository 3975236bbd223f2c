//! Every main page held against axe-core, in light and in dark, on a desk and on a telephone.

use serde_json::{Value, json};

use super::{chromium::Browser, world::World};

const AXE: &str = include_str!("../../assets/axe/axe.min.js");

/// All rules in light; in dark only what colours can change.
const ASK: &str = "const [rules, done] = arguments;
    axe.run(document, rules ? { runOnly: { type: 'rule', values: rules } } : {})
       .then(found => done(found.violations.filter(v => ['serious', 'critical'].includes(v.impact))
           .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | '))))
       .catch(error => done([String(error)]))";

/// A colour on its way to another is nobody's choice.
const STILL: &str = "const still = new CSSStyleSheet();
    still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
    document.adoptedStyleSheets = [still]";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_serious() {
    let world = World::new().await;
    world.lets_its_rooms().await;
    world.bills_the_month().await;
    let bill = world.path_of_a_bill().await;
    let id = async |table: &str| world.town.sql(&format!("select id::text from {table} limit 1")).await[0].get(0);
    let (contract, invoice): (String, String) = (id("contracts").await, id("invoices").await);
    let browser = Browser::new(world.url()).await;
    let mut found = browser.is_looked_at("/sign-in").await;
    browser.writes("#email", "nobody").await;
    browser.press("form.form button[type=submit]").await;
    browser.one(".remark").await;
    found.extend(browser.looks("a sign-in come back").await);
    browser.signs_in(&world.town.director().await).await;

    for page in [
        "/",
        "/months",
        "/contracts",
        "/contracts?q=none",
        "/contracts/new",
        &format!("/contracts/{contract}"),
        &format!("/contracts/{contract}/edit"),
        "/rooms",
        "/tenants",
        "/invoices",
        &format!("/invoices/{invoice}"),
        "/payments",
        "/payments/new",
        "/outbox",
        "/settings",
        "/no-such-page",
    ] {
        found.extend(browser.is_looked_at(page).await);
    }
    browser.open("/imports/rent-roll").await;
    browser.looks_through_the_rent_roll().await;
    found.extend(browser.looks("a rent roll looked through").await);
    browser.is_a_phone().await;
    for page in ["/", "/contracts", &bill] {
        found.extend(browser.is_looked_at(page).await);
    }
    browser.button("QPay-ээр төлөх").await;
    browser.one("svg.qr").await;
    found.extend(browser.looks("a bill with its QR").await);
    browser.pays_in_another_tab().await;
    browser.one(".bill-amount[data-paid]").await;
    found.extend(browser.looks("a paid bill").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

impl Browser {
    async fn is_looked_at(&self, page: &str) -> Vec<String> {
        self.open(page).await;
        self.one("main").await;
        self.looks(page).await
    }

    /// What axe finds serious or critical on the page as it stands.
    pub async fn looks(&self, page: &str) -> Vec<String> {
        self.asks(STILL).await;
        self.asks(AXE).await;
        let mut found = Vec::new();
        for (scheme, rules) in [("light", Value::Null), ("dark", json!(["color-contrast"]))] {
            self.is_set_to(scheme).await;
            let answer = self.client.execute_async(ASK, vec![rules]).await.expect("axe answers");
            let violations = answer.as_array().expect("a list").iter();
            found.extend(violations.map(|v| format!("{page} in {scheme}: {}", v.as_str().unwrap_or_default())));
        }
        found
    }
}
