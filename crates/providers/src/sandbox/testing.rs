//! A sandbox on a loopback port, and a server of one's own making beside it.

use std::time::Duration;

use axum::Router;
use reqwest::{Client, Url};
use tokio::net::TcpListener;

use super::{Sandbox, Settings};
use crate::{
    ebarimt::simulator::Party,
    http::{self, Patience},
};

/// The one seller the tax office knows here.
pub const MERCHANT_TIN: &str = "37900846788";

/// A running sandbox and its address.
pub struct World {
    pub sandbox: Sandbox,
    pub url: String,
}

impl World {
    pub async fn new() -> World {
        World::plugged(|sandbox| sandbox).await
    }

    /// A sandbox with more plugged in; times are short, for nobody waits for a test.
    pub async fn plugged(plug: impl FnOnce(Sandbox) -> Sandbox) -> World {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut settings = Settings::demo(&url, vec![Party::merchant(MERCHANT_TIN, "5012345", "Алтан Тауэр ХХК")]);
        settings.qpay.callback_retries = [10, 10, 10].map(Duration::from_millis).to_vec();
        settings.sms.delivered_after = Duration::from_millis(50);
        let sandbox = plug(Sandbox::new(settings));
        let router = sandbox.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        World { sandbox, url }
    }
}

/// Serves a router on a loopback port and says where.
pub async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// A browser that follows nothing by itself.
pub fn browser() -> Client {
    http::client(&Url::parse("http://127.0.0.1/").unwrap(), Patience::default()).unwrap()
}

/// Waits a moment for something that happens by itself.
pub async fn eventually(mut happened: impl FnMut() -> bool) {
    for _ in 0..200 {
        if happened() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not happen within two seconds");
}
