//! One suite for both places where codes are kept.

use cluster::testing;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::*;
use crate::limits::{Class, Limits};

/// The stores, and a telephone that no other test has.
async fn stores() -> Vec<(&'static str, Codes, String)> {
    let mut all = vec![("in process", Codes::new(&Kv::in_process()))];
    if let Some(url) = testing::redis().await {
        all.push(("Redis", Codes::new(&Kv::redis(&url).expect("an address"))));
    }
    all.into_iter().map(|(name, codes)| (name, codes, Uuid::now_v7().to_string())).collect()
}

fn key() -> ServerKey {
    ServerKey::new("a secret of more than thirty-two letters").expect("long enough")
}

fn ten() -> Clock {
    Clock::held("2026-10-10T02:00:00Z".parse::<Timestamp>().expect("a moment"))
}

fn place(to: &str) -> Place<'_> {
    Place { purpose: "phone", to }
}

/// A code that is not the right one.
fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { "1" } else { "0" };
    format!("{}{last}", &code[..code.len() - 1])
}

#[tokio::test]
async fn a_code_is_good_once() {
    for (name, codes, phone) in stores().await {
        let code = codes.issue(&key(), place(&phone), "", &ten()).await.expect("it is kept");

        let mut ends = Vec::new();
        for _ in 0..2 {
            ends.push(codes.attempt(&key(), place(&phone), &[""], &code, &ten()).await.expect("it is tried"));
        }

        assert_eq!(code.len(), DIGITS, "{name}");
        assert_eq!(ends, [Tried::Right, Tried::None], "{name}");
    }
}

#[tokio::test]
async fn of_fifty_who_try_at_once_one_is_right() {
    for (name, codes, phone) in stores().await {
        let code = codes.issue(&key(), place(&phone), "", &ten()).await.expect("it is kept");

        let tries: Vec<_> = (0..50)
            .map(|_| {
                let (codes, phone, code) = (codes.clone(), phone.clone(), code.clone());
                tokio::spawn(async move { codes.attempt(&key(), place(&phone), &[""], &code, &ten()).await })
            })
            .collect();
        let mut right = 0;
        for tried in tries {
            right += u32::from(tried.await.expect("no panic").expect("it is tried") == Tried::Right);
        }

        assert_eq!(right, 1, "{name}");
    }
}

#[tokio::test]
async fn the_fourth_try_ends_it_even_when_it_is_right() {
    for (name, codes, phone) in stores().await {
        let code = codes.issue(&key(), place(&phone), "", &ten()).await.expect("it is kept");
        let attempt =
            async |code: &str| codes.attempt(&key(), place(&phone), &[""], code, &ten()).await.expect("tried");

        for _ in 0..3 {
            assert_eq!(attempt(&wrong(&code)).await, Tried::Wrong, "{name}");
        }
        assert_eq!(attempt(&code).await, Tried::TooMany, "{name}");
        assert_eq!(attempt(&code).await, Tried::None, "{name}");
        assert_eq!(codes.misses(&key(), &phone).await, Ok(3), "{name}");
    }
}

#[tokio::test]
async fn a_new_code_kills_the_old_and_five_minutes_kill_any() {
    for (name, codes, phone) in stores().await {
        let clock = ten();
        let old = codes.issue(&key(), place(&phone), "", &clock).await.expect("it is kept");
        let mut new = codes.issue(&key(), place(&phone), "", &clock).await.expect("it is kept");
        while new == old {
            new = codes.issue(&key(), place(&phone), "", &clock).await.expect("it is kept");
        }
        let attempt =
            async |code: &str| codes.attempt(&key(), place(&phone), &[""], code, &clock).await.expect("tried");

        assert_eq!(attempt(&old).await, Tried::Wrong, "{name}");
        clock.move_to(clock.now() + SignedDuration::from_secs(300));
        assert_eq!(attempt(&new).await, Tried::Expired, "{name}");
        assert_eq!(attempt(&new).await, Tried::None, "{name}");

        let fresh = codes.issue(&key(), place(&phone), "", &clock).await.expect("it is kept");
        clock.move_to(clock.now() + SignedDuration::from_millis(299_999));
        assert_eq!(codes.attempt(&key(), place(&phone), &[""], &fresh, &clock).await, Ok(Tried::Right), "{name}");
    }
}

#[tokio::test]
async fn a_code_is_for_its_purpose_its_telephone_and_whoever_asked() {
    for (name, codes, phone) in stores().await {
        let code = codes.issue(&key(), place(&phone), "browser-1", &ten()).await.expect("it is kept");
        let attempt = async |place: Place<'_>, by: &[&str]| {
            codes.attempt(&key(), place, by, &code, &ten()).await.expect("it is tried")
        };

        assert_eq!(attempt(Place { purpose: "reset", to: &phone }, &["browser-1"]).await, Tried::None, "{name}");
        assert_eq!(attempt(place("another"), &["browser-1"]).await, Tried::None, "{name}");
        // Nobody else can use up the tries either.
        for _ in 0..5 {
            assert_eq!(attempt(place(&phone), &["", "browser-2"]).await, Tried::None, "{name}");
        }
        assert_eq!(codes.misses(&key(), &phone).await, Ok(0), "{name}");
        assert_eq!(attempt(place(&phone), &["", "browser-2", "browser-1"]).await, Tried::Right, "{name}");
    }
}

#[tokio::test]
async fn whoever_is_guessed_at_gets_longer_codes_until_they_came_in() {
    for (name, codes, phone) in stores().await {
        let (mut short, mut guesses) = (0, 0);
        let long = loop {
            let code = codes.issue(&key(), place(&phone), "", &ten()).await.expect("it is kept");
            if code.len() > DIGITS {
                break code;
            }
            short += 1;
            for _ in 0..3 {
                let tried = codes.attempt(&key(), place(&phone), &[""], &wrong(&code), &ten()).await;
                assert_eq!(tried, Ok(Tried::Wrong), "{name}");
                guesses += 1;
            }
        };

        println!("{name}: {guesses} guesses at {short} codes of six digits in a row, then ten digits");
        assert_eq!((short, guesses, long.len()), (33, 99, MORE_DIGITS), "{name}");
        assert_eq!(codes.attempt(&key(), place(&phone), &[""], &long, &ten()).await, Ok(Tried::Right), "{name}");
        assert_eq!(codes.issue(&key(), place(&phone), "", &ten()).await.map(|code| code.len()), Ok(DIGITS), "{name}");

        codes.missed(&key(), &phone).await.expect("it is counted");
        assert_eq!(codes.misses(&key(), &phone).await, Ok(1), "{name}");
        codes.forgive(&key(), &phone).await.expect("it is forgotten");
        assert_eq!(codes.misses(&key(), &phone).await, Ok(0), "{name}");
    }
}

#[tokio::test]
async fn the_store_knows_neither_code_nor_telephone() {
    let Some(url) = testing::redis().await else { return };
    let kv = Kv::redis(&url).expect("an address");
    let (codes, phone) = (Codes::new(&kv), "99110001-of-this-test");
    let code = codes.issue(&key(), place(phone), "browser-1", &ten()).await.expect("it is kept");

    let Kv::Redis(redis) = kv else { return };
    let at = place(phone).key(&key());
    let kept: Vec<String> =
        redis.run(&Script::new("return redis.call('HGETALL', KEYS[1])").key(&at)).await.expect("it answers");

    assert_eq!(kept.len(), 8, "{kept:?}");
    let (mac, by) = (place(phone).mac(&key(), "browser-1", &code), tag(&key(), "browser-1"));
    assert!(kept.contains(&mac) && kept.contains(&by) && !kept.contains(&code), "{kept:?}");
    assert!(!at.contains("9911") && !kept.iter().any(|value| value.contains("browser")), "{at} {kept:?}");
}

#[tokio::test]
async fn without_redis_there_are_no_codes() {
    let codes = Codes::new(&Kv::redis("redis://127.0.0.1:9").expect("an address"));

    codes.issue(&key(), place("x"), "", &ten()).await.expect_err("nobody is there");
    codes.attempt(&key(), place("x"), &[""], "123456", &ten()).await.expect_err("nobody is there");
}

#[tokio::test]
async fn a_day_of_guessing_has_sixty_in_a_million() {
    a_day_of_guessing(100_000).await;
}

/// As R20 asks for it; the tries beyond the first thousands all meet a code that is gone.
#[tokio::test]
#[ignore = "takes a minute"]
async fn a_day_of_a_million_guesses_has_no_more() {
    a_day_of_guessing(1_000_000).await;
}

/// So many tries in a day, from ten thousand addresses, against one telephone, a new code as often as there may be one.
async fn a_day_of_guessing(tries: u32) {
    let (clock, phone) = (ten(), "99110001");
    let (limits, codes) = (Limits::new(&Kv::in_process()), Codes::new(&Kv::in_process()));
    let pause = SignedDuration::from_hours(24) / i32::try_from(tries).expect("not that many");
    let (mut sent, mut judged, mut digits) = (0, 0, DIGITS);
    for guess in 0..tries {
        let address = format!("198.18.{}.{}", (guess % 10_000) / 100, guess % 100);
        let charges = [(Class::CodesToPhone, phone), (Class::CodesFromAddress, address.as_str())];
        if limits.check_all(&charges, &clock).await.expect("it is counted here").go {
            digits = codes.issue(&key(), place(phone), "", &clock).await.expect("it is kept").len();
            sent += 1;
        }
        let guessed = format!("{guess:0digits$}");
        let tried = codes.attempt(&key(), place(phone), &[""], &guessed, &clock).await.expect("it is tried");
        judged += u32::from(matches!(tried, Tried::Wrong | Tried::Right) && digits == DIGITS);
        clock.move_to(clock.now() + pause);
    }

    println!("{tries} tries in 24 h from 10 000 addresses: {sent} codes sent, {judged} tries judged");
    println!("P(takeover a day) = {judged} / 10^6 = {judged}e-6; at most 20 codes x 3 tries = 60e-6, below 100e-6");
    assert!(sent <= 20 && judged <= 60, "{sent} codes, {judged} tries");
}
