//! The estate in a browser: a building's floors with a room opened beside them, and the prices of many rooms at once.

use serde_json::json;

use super::{chromium::Browser, world::World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tile_opens_the_room_beside_the_floors_and_prices_change_together() {
    let world = World::new().await;
    let director = world.town.director().await;
    let tower = director.has_property("Алтан Тауэр").await;
    let floor = director.post("/v2/floors", json!({ "propertyId": tower, "number": 3 })).await.is(201).id();
    for unit in ["301", "302", "310"] {
        let room = json!({ "propertyId": tower, "floorId": floor, "unitNo": unit, "kind": "office", "areaM2": "50",
            "baseRent": "4230000", "listed": unit == "302" });
        director.post("/v2/rooms", room).await.is(201);
    }
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&director).await;

    browser.open("/buildings").await;
    let mut found = browser.looks("buildings").await;
    browser.press("[data-rows] tbody .row-link").await;
    browser.says("3-р давхар").await;
    assert_eq!(browser.count(".unit-tile").await, 3);
    assert_eq!(browser.count(".unit-tile[data-standing=listed]").await, 1);
    found.extend(browser.looks("a building's floors").await);
    browser.asks("window.stays = true").await;
    browser.press(".unit-tile[data-standing=listed]").await;
    browser.one(".panel").await;
    assert_eq!(browser.reads(".panel-title").await, "302");
    assert!(browser.address().await.contains("panel="), "{}", browser.address().await);
    assert_eq!(browser.asks("return window.stays").await, true, "only the panel was fetched");
    found.extend(browser.looks("a room beside the floors").await);
    browser.press("[data-close=panel]").await;
    browser.until("the panel is gone", async || browser.count(".panel").await == 0).await;

    browser.open("/rooms/prices?kind=office").await;
    browser
        .asks("document.querySelector('#how').value = 'percent'; document.querySelector('#rounding').value = '100'")
        .await;
    browser.writes("#percent", "3,33").await;
    found.extend(browser.looks("the choice of prices").await);
    browser.press("form.form-wide button[type=submit]").await;
    browser.says("3 талбайгаас 3 талбайн үнэ өөрчлөгдөнө.").await;
    found.extend(browser.looks("the preview of prices").await);
    assert_eq!(world.town.count("select count(*) from rooms where base_rent <> 4230000").await, 0);
    browser.button("Үнийг хадгалах").await;
    browser.says("3 талбайн үнийг өөрчиллөө.").await;
    assert_eq!(world.town.count("select count(*) from rooms where base_rent = 4370000 and version = 2").await, 3);

    browser.open("/vacancies").await;
    browser.says("3 сул талбай").await;
    found.extend(browser.looks("vacancies").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
