//! A contract in a browser: drafted step by step, put into force, and ended before its time with what it is settled with.

use serde_json::json;

use super::{chromium::Browser, world::World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contract_is_drafted_step_by_step_signed_and_ended() {
    let world = World::new().await;
    let director = world.town.director().await;
    let tower = director.has_property("Алтан Тауэр").await;
    let room = json!({ "propertyId": tower, "unitNo": "301", "kind": "office", "areaM2": "50" });
    director.post("/v2/rooms", room).await.is(201);
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&director).await;
    let mut found = Vec::new();

    browser.open("/contracts/new/parties").await;
    browser.chooses("#propertyId", &tower).await;
    browser.asks("document.querySelectorAll('main details').forEach(one => one.open = true)").await;
    browser.chooses("#newKind", "company").await;
    browser.writes("#newName", "Ундрах Өргөө ХХК").await;
    browser.writes("#newRegister", "5123457").await;
    browser.writes("#newPhone", "9911 0001").await;
    found.extend(browser.looks("whom the contract is with").await);
    browser.button("Хадгалаад цааш").await;
    let today = world.town.clock.today();
    browser.chooses("#startsOn", &today.first_of_month().to_string()).await;
    found.extend(browser.looks("the term").await);
    browser.button("Хадгалаад цааш").await;
    browser.press("form[method=post] input[type=checkbox]").await;
    found.extend(browser.looks("the rooms").await);
    browser.button("Хадгалаад цааш").await;
    browser.writes("#name-0", "Түрээс").await;
    browser.writes("#price-0", "1.2 сая").await;
    found.extend(browser.looks("the charges").await);
    browser.button("Хадгалаад цааш").await;
    found.extend(browser.looks("the clauses").await);
    browser.button("Хадгалаад цааш").await;
    browser.says("Ундрах Өргөө ХХК").await;
    browser.says("1 200 000").await;
    found.extend(browser.looks("the overview").await);
    assert_eq!(world.town.count("select count(*) from contracts where status = 'draft'").await, 1);
    browser.button("Гэрээг баталгаажуулах").await;
    browser.says("Идэвхтэй").await;
    assert_eq!(world.town.count("select count(*) from contracts where status = 'active'").await, 1);

    browser.link("Гэрээг хугацаанаас нь өмнө цуцлах").await;
    browser.chooses("#on", &today.to_string()).await;
    browser.button("Тооцоолж үзэх").await;
    browser.says("Тооцоо").await;
    found.extend(browser.looks("the settlement").await);
    assert_eq!(world.town.count("select count(*) from contracts where status = 'active'").await, 1, "only looked at");
    browser.writes("#reason", "Түрээслэгч нүүсэн").await;
    browser.press("main form[method=post] button[type=submit]").await;
    browser.says("Цуцалсан").await;
    let billed = "select count(*) from invoices i join contracts c on c.id = i.contract_id
                   where c.status = 'terminated' and i.status <> 'draft' and i.kind = 'rent'";
    assert_eq!(world.town.count(billed).await, 1, "the days used are billed");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

impl Browser {
    /// Sets a field that people set with a picker: a date, a choice.
    async fn chooses(&self, css: &str, value: &str) {
        self.one(css).await;
        self.asks(&format!("document.querySelector('{css}').value = '{value}'")).await;
    }
}
