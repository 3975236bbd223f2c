//! One suite for both places where it is counted: the same steps must give the same answers.

use std::{
    collections::{BTreeMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::Arc,
};

use cluster::testing;
use uuid::Uuid;

use super::*;
use crate::kv::Kv;

/// 2026-10-10 10:00 in Ulaanbaatar.
const TEN: i64 = 1_791_597_600_000;

enum Store {
    Here(Counters),
    There(Arc<Redis>),
}

impl Store {
    /// Both, or the one when no `redis-server` is installed.
    async fn both() -> BTreeMap<&'static str, Store> {
        let mut stores = BTreeMap::from([("in process", Store::Here(Counters::default()))]);
        if let Some(url) = testing::redis().await
            && let Ok(Kv::Redis(redis)) = Kv::redis(&url)
        {
            stores.insert("Redis", Store::There(redis));
        }
        assert!(stores.len() == 2 || std::env::var_os("CI").is_none(), "the tests need redis-server");
        stores
    }

    async fn take(&self, ask: &Ask<'_>, at: i64) -> Taken {
        match self {
            Store::Here(counters) => counters.take(ask, at),
            Store::There(redis) => take_there(redis, ask, Some(at)).await,
        }
        .expect("the store answers")
    }

    async fn one(&self, key: &str, rule: Rule, at: i64) -> Taken {
        self.take(&Ask { charges: &[(key.to_owned(), rule)], want: 1, hold: Duration::ZERO }, at).await
    }
}

fn fresh(name: &str) -> String {
    format!("test:{name}:{}", Uuid::now_v7().simple())
}

/// The same numbers on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        self.0 = hasher.finish();
        self.0 % sides
    }
}

#[tokio::test]
async fn it_counts_to_the_limit_and_frees_each_when_its_window_is_over() {
    for (name, store) in Store::both().await {
        let (key, rule) = (fresh("limit"), Rule::rolling(3, 10));

        for n in 0..3 {
            let taken = store.one(&key, rule, TEN + i64::from(n) * 1000).await;
            let expected = Taken { granted: 1, tightest: 0, left: 2 - n, wait_millis: 10_000 - u64::from(n) * 1000 };
            assert_eq!(taken, expected, "{name}");
        }
        let over = store.one(&key, rule, TEN + 3000).await;
        assert_eq!(over, Taken { granted: 0, tightest: 0, left: 0, wait_millis: 7000 }, "{name}");
        assert_eq!(store.one(&key, rule, TEN + 9_999).await.granted, 0, "{name}: a millisecond too early");
        assert_eq!(store.one(&key, rule, TEN + 10_000).await.granted, 1, "{name}: the first has left");
        assert_eq!(store.one(&key, rule, TEN + 10_001).await.granted, 0, "{name}: the second has not");
        assert_eq!(store.one(&fresh("limit"), rule, TEN + 3000).await.granted, 1, "{name}: another key");
    }
}

#[tokio::test]
async fn no_window_holds_more_than_the_limit_wherever_it_begins() {
    let (limit, window) = (20, 1000);
    for (name, store) in Store::both().await {
        let (key, rule) = (fresh("burst"), Rule::rolling(limit, 1));
        let (mut dice, mut now, mut allowed) = (Dice(7), TEN, Vec::new());

        // Silence, then everything at once, around every possible boundary.
        while now < TEN + 20_000 {
            now += if dice.roll(10) == 0 { i64::try_from(dice.roll(900)).expect("small") } else { 3 };
            if store.one(&key, rule, now).await.granted == 1 {
                allowed.push(now);
            }
        }

        let in_window = |from: &i64| allowed.iter().filter(|at| (*from..from + window).contains(at)).count();
        let most = allowed.iter().map(in_window).max().unwrap_or(0);
        println!("{name}: {} allowed, at most {most} of {limit} in a window", allowed.len());
        assert_eq!(most, 20, "{name}");
    }
}

#[tokio::test]
async fn all_rules_or_none_and_the_longest_wait_is_told() {
    for (name, store) in Store::both().await {
        let (minute, hour) = (fresh("minute"), fresh("hour"));
        let charges = [(minute.clone(), Rule::rolling(1, 60)), (hour.clone(), Rule::rolling(2, 3600))];
        let both = Ask { charges: &charges, want: 1, hold: Duration::ZERO };

        assert_eq!(store.take(&both, TEN).await.tightest, 0, "{name}: the minute is used up");
        let refused = store.take(&both, TEN + 1000).await;
        assert_eq!(refused, Taken { granted: 0, tightest: 0, left: 0, wait_millis: 59_000 }, "{name}");
        assert_eq!(store.take(&both, TEN + 60_000).await.granted, 1, "{name}: the refusal did not count for the hour");
        let refused = store.take(&both, TEN + 61_000).await;
        assert_eq!(refused, Taken { granted: 0, tightest: 1, left: 0, wait_millis: 3_539_000 }, "{name}");
    }
}

#[tokio::test]
async fn a_budget_of_the_day_is_new_at_midnight_in_ulaanbaatar() {
    let midnight = TEN + 14 * 3_600_000;
    for (name, store) in Store::both().await {
        let (key, rule) = (fresh("day"), Rule::daily(2));

        store.one(&key, rule, TEN).await;
        let last = store.one(&key, rule, TEN + 3_600_000).await;
        assert_eq!(last, Taken { granted: 1, tightest: 0, left: 0, wait_millis: 13 * 3_600_000 }, "{name}");
        assert_eq!(store.one(&key, rule, midnight - 1).await.granted, 0, "{name}");
        assert_eq!(store.one(&key, rule, midnight).await.left, 1, "{name}");
    }
}

#[tokio::test]
async fn a_lot_is_what_is_left_and_counts_for_as_long_as_it_may_be_spent() {
    for (name, store) in Store::both().await {
        let charges = [(fresh("lot"), Rule::rolling(25, 10))];
        let lot = Ask { charges: &charges, want: 10, hold: Duration::from_secs(1) };

        let granted = [store.take(&lot, TEN).await.granted, store.take(&lot, TEN + 1).await.granted];
        assert_eq!(granted, [10, 10], "{name}");
        assert_eq!(store.take(&lot, TEN + 2).await.granted, 5, "{name}: no more than there is");
        assert_eq!(store.take(&lot, TEN + 10_999).await.granted, 0, "{name}: it may have been spent a second later");
        assert_eq!(store.take(&lot, TEN + 11_000).await.granted, 10, "{name}");
    }
}

#[tokio::test]
async fn both_stores_answer_alike_whatever_is_asked() {
    let stores = Store::both().await;
    let names: Vec<_> = stores.keys().collect();
    let [here, there] = stores.values().collect::<Vec<_>>()[..] else { return };
    let (mut dice, mut now) = (Dice(11), TEN);
    let keys: Vec<String> = (0..4).map(|_| fresh("alike")).collect();
    let rules = [Rule::rolling(3, 2), Rule::rolling(40, 5), Rule::daily(90), Rule::rolling(7, 1)];

    for step in 0..2000 {
        now += i64::try_from(dice.roll(400)).expect("small") - 20;
        let charges: Vec<(String, Rule)> = keys.iter().cloned().zip(rules).filter(|_| dice.roll(2) == 0).collect();
        if charges.is_empty() {
            continue;
        }
        let want = 1 + u32::try_from(dice.roll(6)).expect("small");
        let ask = Ask { charges: &charges, want, hold: Duration::ZERO };

        let (one, other) = (here.take(&ask, now).await, there.take(&ask, now).await);

        assert_eq!(one, other, "step {step}, {names:?}: {ask:?} at {now}");
    }
}

#[test]
fn what_counts_nothing_any_more_is_swept_away() {
    let counters = Counters::default();
    for n in 0..30_000_u32 {
        let charges = [(format!("{n}"), Rule::rolling(3, 1))];
        let ask = Ask { charges: &charges, want: 1, hold: Duration::ZERO };
        counters.take(&ask, TEN + i64::from(n)).expect("there is room");
    }
    let kept = counters.0.lock().expect("no panic").by_key.len();
    assert!(kept <= 10_000, "{kept} keys are kept");
}
