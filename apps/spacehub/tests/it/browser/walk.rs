//! The walk with a telephone: meters read one by one, without a network too, and nothing lost or written twice.

use std::{net::Ipv4Addr, path::PathBuf};

use serde_json::json;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};
use uuid::Uuid;

use super::{chromium::Browser, world::World};
use crate::{
    books::Lease,
    town::{Person, files::jpeg},
};

/// The way between the telephone and us, which can be cut.
struct Way {
    url: String,
    is_open: watch::Sender<bool>,
}

impl Way {
    async fn to(url: &str) -> Way {
        let target = url.strip_prefix("http://").expect("a plain address").to_owned();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (is_open, seen) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (target, mut seen) = (target.clone(), seen.clone());
                tokio::spawn(async move {
                    if !*seen.borrow() {
                        return;
                    }
                    let Ok(mut far) = TcpStream::connect(target).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = seen.wait_for(|is_open| !is_open) => {}
                    }
                });
            }
        });
        Way { url, is_open }
    }

    fn is(&self, open: bool) {
        self.is_open.send_replace(open);
    }
}

/// Three meters of a building, in the order of their rooms.
async fn meters(world: &World, director: &Person<'_>) -> Vec<String> {
    let mut meters = Vec::new();
    for (code, serial) in [("CT-2026-0001", "A1"), ("CT-2026-0002", "A2"), ("CT-2026-0003", "A3")] {
        world.town.lease(world.town.altan, Lease::plain(code, serial)).await;
        let rows =
            world.town.sql(&format!("select property_id::text, id::text from rooms where unit_no = 'R-{code}'")).await;
        let new = json!({ "propertyId": rows[0].get::<_, String>(0), "roomId": rows[0].get::<_, String>(1),
            "kind": "electricity", "serial": serial, "initial": "10" });
        meters.push(director.post("/v2/meters", new).await.is(201).id());
    }
    meters
}

/// A photo on the telephone.
fn face() -> PathBuf {
    let path = std::env::temp_dir().join(format!("face-{}.jpg", Uuid::now_v7().simple()));
    std::fs::write(&path, jpeg(5)).expect("a place for a photo");
    path
}

const SAVE: &str = "Хадгалаад дараагийнх";

impl Browser {
    async fn types_reading(&self, number: &str) {
        self.writes("article:not([hidden]) [name=current]", number).await;
    }

    async fn takes_photo(&self, face: &std::path::Path) {
        let field = self.one("article:not([hidden]) [name=photo]").await;
        field.send_keys(face.to_str().expect("a path")).await.expect("a field");
    }

    async fn stands_before(&self, serial: &str) {
        self.until(serial, async || self.reads("article:not([hidden])").await.contains(serial)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_goes_on_without_a_network() {
    let world = World::new().await;
    let (dulmaa, bat) = (world.town.director().await, world.town.employee().await);
    let meters = meters(&world, &dulmaa).await;
    let property: String = world.town.sql("select id::text from properties").await[0].get(0);
    world.town.assigns(&bat, &property).await;
    let month = world.town.clock.today().strftime("%Y-%m").to_string();
    let way = Way::to(world.url()).await;
    let browser = Browser::new(&way.url).await;
    browser.is_a_phone().await;
    browser.signs_in(&bat).await;
    let readings = async |that: &str| world.town.count(&format!("select count(*) from readings where {that}")).await;

    browser.open(&format!("/meters/walk?month={month}")).await;
    browser.link("Барилга бүхэлдээ").await;
    browser.one("[data-walk][data-kept]").await;
    assert_eq!(browser.looks("the walk").await, Vec::<String>::new());
    let is_too_wide = "return document.documentElement.scrollWidth > innerWidth";
    assert_eq!(browser.asks(is_too_wide).await, false, "the page fits a telephone");
    browser.stands_before("A1").await;
    browser.types_reading("5").await;
    browser.button(SAVE).await;
    browser.says("Өмнөх заалтаас бага").await;
    browser.types_reading("150,5").await;
    browser.button(SAVE).await;
    browser.stands_before("A2").await;
    browser.until("the first reading", async || readings("current = 150.5").await == 1).await;

    // in the cellar
    way.is(false);
    browser.is_offline(true).await;
    let face = face();
    browser.types_reading("75").await;
    browser.takes_photo(&face).await;
    browser.button(SAVE).await;
    browser.stands_before("A3").await;
    browser.says("Утсанд хадгалсан заалт: 1").await;
    browser.client.refresh().await.expect("the page as it was kept");
    browser.says("Утсанд хадгалсан заалт: 1").await;
    browser.press(&format!(".walk-place[data-to='{}']", meters[1])).await;
    let typed = "return document.querySelector('article:not([hidden]) [name=current]').value";
    assert_eq!(browser.asks(typed).await, "75", "what was typed is still there");
    // meanwhile the office reads the third
    let path = format!("/v2/meters/{}/readings/{month}", meters[2]);
    dulmaa.ask(http::Method::PUT, &path, Some(json!({ "current": "33" })), &[]).await.is(200);
    browser.press(&format!(".walk-place[data-to='{}']", meters[2])).await;
    browser.types_reading("30").await;
    browser.button(SAVE).await;
    browser.says("Утсанд хадгалсан заалт: 2").await;
    assert_eq!(readings("current in (75, 30)").await, 0);

    // and up again
    way.is(true);
    browser.is_offline(false).await;
    browser.until("the second reading", async || readings("current = 75").await == 1).await;
    let photos = "select count(*) from files where purpose = 'reading_photo' and status = 'ready'";
    browser.until("its photo", async || world.town.count(photos).await == 1).await;
    browser.one(".walk-place[data-state='refused']").await;
    assert_eq!(readings("current = 33").await, 1, "nobody's reading is written over unasked");
    browser.until("an empty queue", async || browser.count("[data-offline]:not([hidden])").await == 0).await;

    // a look at what came meanwhile, and a decision
    browser.client.refresh().await.expect("the page");
    browser.press(&format!(".walk-place[data-to='{}']", meters[2])).await;
    browser.says("өөр хүн 33.000 гэж уншсан").await;
    browser.types_reading("34").await;
    browser.button(SAVE).await;
    browser.until("the decision", async || readings("current = 34").await == 1).await;
    assert_eq!(readings("true").await, 3);
    let written = "select count(*) from audit_log where action in ('reading.create', 'reading.edit')";
    assert_eq!(world.town.count(written).await, 4, "each once");
    let _ = std::fs::remove_file(face);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_needs_no_script() {
    let world = World::new().await;
    let dulmaa = world.town.director().await;
    meters(&world, &dulmaa).await;
    let browser = Browser::without_scripts(world.url()).await;
    browser.signs_in(&dulmaa).await;
    browser.press("nav a[href='/meters']").await;
    browser.link("Тойрч унших").await;
    browser.link("Барилга бүхэлдээ").await;

    browser.stands_before("A1").await;
    browser.types_reading("5").await;
    browser.button(SAVE).await;
    browser.says("Өмнөх заалтаас (10.000) бага байна").await;
    let face = face();
    browser.types_reading("150.5").await;
    browser.takes_photo(&face).await;
    browser.button(SAVE).await;
    browser.says("150.500 заалтыг хадгаллаа").await;
    browser.stands_before("A2").await;
    browser.link("Дараах").await;
    browser.stands_before("A3").await;

    browser.press("nav a[href='/meters']").await;
    browser.one("a.reading-photo").await;
    let shown = browser.one("[data-cell]").await.prop("value").await.expect("a field");
    assert_eq!(shown.as_deref(), Some("150.500"), "the grid's one column can be seen and filled in");
    let photos = "select count(*) from files where purpose = 'reading_photo' and status = 'ready'";
    assert_eq!(world.town.count(photos).await, 1);
    let _ = std::fs::remove_file(face);
}
