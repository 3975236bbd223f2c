//! What happens around a probe: nothing, or people of the other owner who ask and go away half way.

use std::{
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

use axum::{Router, body::Body};
use http::{Request, header};
use tokio::time::Instant;
use tower::ServiceExt;

use crate::town::Town;

/// What happens before each probe.
pub trait Around {
    async fn happens(&self, town: &Town);

    /// One probe in so many is made.
    const ONE_IN: usize = 1;
}

/// Nothing.
pub struct Calm;

impl Around for Calm {
    async fn happens(&self, _: &Town) {}
}

/// People of Алтан Тауэр whose requests share the connections with the probes, most of them cut off at a random
/// microsecond.
pub struct Crowd {
    token: String,
    pub seed: u64,
    chance: AtomicU64,
    left: AtomicUsize,
}

impl Crowd {
    pub async fn beside(town: &Town) -> Crowd {
        let seed = u64::from_le_bytes(uuid::Uuid::now_v7().as_bytes()[8..].try_into().expect("eight")) | 1;
        let token = town.director().await.token.clone().expect("signed in");
        Crowd { token, seed, chance: AtomicU64::new(seed), left: AtomicUsize::new(0) }
    }

    /// How many went away before they were answered.
    pub fn left(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }

    fn chance(&self) -> u64 {
        let mut chance = self.chance.load(Ordering::Relaxed);
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        self.chance.store(chance, Ordering::Relaxed);
        chance
    }

    async fn goes_away(&self, router: &Router, path: &str, after: Duration) {
        let request = Request::builder().uri(path).header(header::HOST, "town.test");
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        let request = request.body(Body::empty()).expect("a well formed request");
        let mut answer = std::pin::pin!(router.clone().oneshot(request));
        let end = Instant::now() + after;
        while futures_util::poll!(answer.as_mut()).is_pending() {
            if Instant::now() >= end {
                self.left.fetch_add(1, Ordering::Relaxed);
                return;
            }
            tokio::task::yield_now().await;
        }
    }
}

impl Around for Crowd {
    // What differs here is the connection and not the route.
    const ONE_IN: usize = 5;

    /// Before every probe a look of the other owner's, cut off or not; what it left behind the probe would see.
    async fn happens(&self, town: &Town) {
        let chance = self.chance();
        let paths = ["/v2/contracts", "/v2/invoices", "/v2/payments", "/v2/tenants", "/v2/today", "/v2/audit"];
        let path = paths[chance as usize % paths.len()];
        // Most go away within the time that an answer takes.
        self.goes_away(&town.router, path, Duration::from_micros(chance / 7 % 6_000)).await;
    }
}
