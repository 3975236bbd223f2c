//! The whole application on one port, as a browser finds it: pages, API, workers, and the world outside.

use base::Clock;
use client::Transport;
use serde_json::json;
use tokio::sync::watch;
use web::Site;

use super::chromium::Browser;
use crate::{
    books::Lease,
    town::{Outside, PASSWORD, Person, Town},
};

/// A town that runs by the real clock.
pub struct World {
    pub town: Town,
    pub outside: Outside,
    _stop: watch::Sender<bool>,
}

impl World {
    pub async fn new() -> World {
        let pages = |town: &Town| {
            let api = Transport::InProcess(town.router.clone());
            web::router(Site::new(api, &town.app.public_url))
        };
        let (town, outside) = Town::among_providers(Clock::System, pages).await;
        // A demonstration's owners send texts at night too, whenever the story is told.
        town.sql("update property_owners set demo = true").await;
        let (_stop, stopped) = watch::channel(false);
        let workers = town.workers.clone();
        tokio::spawn(async move { workers.run(stopped).await });
        World { town, outside, _stop }
    }

    pub fn url(&self) -> &str {
        &self.town.app.public_url
    }

    /// Three contracts of Алтан Тауэр since the first of the year.
    pub async fn lets_its_rooms(&self) {
        for (code, tenant) in [
            ("CT-2026-0001", "Номин Трейд ХХК"),
            ("CT-2026-0002", "Мөнх Мишээл ХХК"),
            ("CT-2026-0003", "Зөгийн Үүр ХХК"),
        ] {
            self.town.lease(self.town.altan, Lease::plain(code, tenant)).await;
        }
    }

    /// This month's bills of Алтан Тауэр, made and told.
    pub async fn bills_the_month(&self) {
        let month = self.town.clock.today().strftime("%Y-%m").to_string();
        let order = json!({ "acceptDifference": true });
        self.town.accountant().await.post(&format!("/v2/months/{month}/run"), order).await.is(200);
        self.town.until("select bool_and(status = 'done') from outbox").await;
    }

    /// A page of the tenant: the path behind the newest text.
    pub async fn path_of_a_bill(&self) -> String {
        let text = self.outside.sandbox.sms.messages_to("99110001").into_iter().next().expect("a text");
        let link = text.links()[0];
        link.strip_prefix(self.url()).expect("a page of ours").to_owned()
    }
}

impl Browser {
    /// Signs in on the site's own form.
    pub async fn signs_in(&self, who: &Person<'_>) {
        self.open("/sign-in").await;
        self.writes("#email", &who.email).await;
        self.writes("#password", PASSWORD).await;
        self.press("form.form button[type=submit]").await;
        self.stands_at("/").await;
    }
}
