//! The clients we ship against the three simulated banks, over real HTTP.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::bank::Bank;
use jiff::civil::date;

use super::{
    simulator::{Booked, Switches, login},
    *,
};
use crate::sandbox::{
    Mood, Provider,
    moods::Setting,
    testing::{World, serve},
};

const KHAN: &str = "5000123456";
const GOLOMT: &str = "1105000099";
const TDB: &str = "400017494";

struct Town {
    banks: Banks,
    simulator: Simulator,
}

impl Town {
    async fn new() -> Town {
        Town::at(Timestamp::now).await
    }

    async fn at(clock: fn() -> Timestamp) -> Town {
        let simulator = Simulator::new(crate::sandbox::Moods::default(), clock);
        for (bank, number) in [(Bank::Khan, KHAN), (Bank::Golomt, GOLOMT), (Bank::Tdb, TDB)] {
            simulator.open(bank, number, Money::from_tugrug(1_000_000));
        }
        let router = axum::Router::new().nest("/sandbox/banks", crate::sandbox::Part::router(&simulator));
        let url = serve(router).await;
        let banks = Banks::new(&Settings { clock, ..Settings::sandbox(&url) }).unwrap();
        Town { banks, simulator }
    }

    async fn asks(&self, login: &Login, account: &str, asked: Asked) -> Result<Vec<Movement>, CallError> {
        self.banks.movements(login, account, asked).await
    }
}

fn khan() -> Login {
    Login::Khan { key: login::KHAN.0.into(), secret: Secret::new(login::KHAN.1) }
}

fn golomt() -> Login {
    Login::Golomt {
        name: login::GOLOMT.0.into(),
        password: Secret::new(login::GOLOMT.1),
        session_key: Secret::new(login::GOLOMT_KEYS.0),
        iv_key: Secret::new(login::GOLOMT_KEYS.1),
        register_no: login::GOLOMT_REGISTER.into(),
        client_id: String::new(),
    }
}

fn tdb() -> Login {
    Login::Tdb { client_id: login::TDB.0.into(), client_secret: Secret::new(login::TDB.1) }
}

fn paid(at: DateTime, tugrug: i64, text: &str) -> Booked {
    Booked {
        at: Some(at),
        amount: Money::from_tugrug(tugrug),
        text: text.into(),
        counter_account: Some("5337040310".into()),
        counter_name: Some("ДОРЖ БАТ".into()),
        is_fee: false,
        corrected: false,
    }
}

/// The published sample: a payment, a transfer and its fee in one second.
fn sample(simulator: &Simulator, bank: Bank, account: &str) {
    let second = date(2026, 3, 5).at(11, 2, 5, 0);
    simulator.book(bank, account, paid(date(2026, 3, 5).at(9, 14, 33, 0), 300_000, "101204 түрээс 3-р сар"));
    simulator.book(bank, account, paid(second, -50_000, "буцаалт CODE: 900000000123"));
    let fee =
        Booked {
            is_fee: true, counter_account: None, counter_name: None, ..paid(second, -200, "Гүйлгээний шимтгэл")
        };
    simulator.book(bank, account, fee);
}

const MARCH: Asked = Asked::Days { from: date(2026, 3, 1), to: date(2026, 3, 31) };

#[tokio::test]
async fn each_bank_tells_the_same_day_in_its_own_way() {
    for (login, bank, account) in
        [(khan(), Bank::Khan, KHAN), (golomt(), Bank::Golomt, GOLOMT), (tdb(), Bank::Tdb, TDB)]
    {
        let town = Town::new().await;
        sample(&town.simulator, bank, account);
        for amounts_as_text in [false, true] {
            town.simulator.set(Switches { amounts_as_text, ..Switches::default() });
            let told = town.asks(&login, account, MARCH).await.unwrap();
            let amounts: Vec<i64> = told.iter().map(|movement| movement.amount.mungo()).collect();
            assert_eq!(amounts, [30_000_000, -5_000_000, -20_000], "{bank}");
            let balances: Vec<_> =
                told.iter().filter_map(|movement| movement.balance_after.map(Money::mungo)).collect();
            assert_eq!(balances, [130_000_000, 125_000_000, 124_980_000], "{bank}");
            assert_eq!(told[0].at, date(2026, 3, 5).at(9, 14, 33, 0));
            assert!(told.iter().all(|movement| movement.precision == Precision::Second));
            assert_eq!(told[0].text, "101204 түрээс 3-р сар");
            assert_eq!(told[0].counter_account.as_deref(), Some("5337040310"));
            assert_eq!(told[0].counter_name.is_some(), bank != Bank::Khan, "{bank}");
            let names: std::collections::BTreeSet<&str> = told.iter().map(|m| m.reference.as_str()).collect();
            assert_eq!(names.len(), 3, "a transfer and its fee have names of their own");
        }
        let none = town.asks(&login, account, Asked::Days { from: date(2026, 4, 1), to: date(2026, 4, 2) }).await;
        assert_eq!(none, Ok(Vec::new()));
    }
}

#[tokio::test]
async fn khan_is_read_page_by_page_and_behind_a_record() {
    let town = Town::new().await;
    for n in 0..2_345 {
        let at = date(2026, 3, 1).at(8, 0, 0, 0).saturating_add(jiff::SignedDuration::from_secs(n * 7));
        town.simulator.book(Bank::Khan, KHAN, paid(at, 100 + n, "түрээс"));
    }
    town.simulator.set(Switches { repeat_a_row: true, ..Switches::default() });
    let told = town.asks(&khan(), KHAN, MARCH).await.unwrap();
    assert_eq!(told.len(), 2_345, "a page that repeats a row loses none and doubles none");
    assert_eq!(told.last().and_then(|last| last.record), Some(2_345));

    let after = town.asks(&khan(), KHAN, Asked::After { record: 2_340 }).await.unwrap();
    assert_eq!(
        after.iter().filter_map(|movement| movement.record).collect::<Vec<_>>(),
        [2_341, 2_342, 2_343, 2_344, 2_345]
    );
    town.simulator.set(Switches { no_time: true, ..Switches::default() });
    let after = town.asks(&khan(), KHAN, Asked::After { record: 2_344 }).await.unwrap();
    assert_eq!(after[0].precision, Precision::Day);
    town.simulator.correct(Bank::Khan, KHAN, 2_345);
    assert!(town.asks(&khan(), KHAN, Asked::After { record: 2_344 }).await.unwrap()[0].corrected);
}

#[tokio::test]
async fn tdb_is_read_whichever_number_its_pages_begin_with() {
    for switches in [
        Switches::default(),
        Switches { pages_from_nought: true, ..Switches::default() },
        Switches { other_wrapping: true, positive_debits: true, ..Switches::default() },
    ] {
        // less than a page, whole pages, and a rest
        for booked in [0, 40, 100, 150, 200, 250] {
            let town = Town::new().await;
            for n in 0..booked {
                town.simulator.book(Bank::Tdb, TDB, paid(date(2026, 3, 2).at(9, 0, 0, 0), -1 - n, "гарсан"));
            }
            town.simulator.set(switches);
            let told = town.asks(&tdb(), TDB, MARCH).await.unwrap();
            assert_eq!(i64::try_from(told.len()), Ok(booked), "{switches:?}");
            let amounts: std::collections::HashSet<_> = told.iter().map(|movement| movement.amount).collect();
            assert_eq!(amounts.len(), told.len(), "each once");
            assert!(told.iter().all(|movement| movement.amount.is_negative()));
        }
    }
}

#[tokio::test]
async fn golomt_is_asked_month_by_month_and_twins_keep_their_names() {
    let town = Town::new().await;
    let second = date(2026, 2, 28).at(23, 59, 59, 0);
    town.simulator.book(Bank::Golomt, GOLOMT, paid(second, -200, "шимтгэл"));
    town.simulator.book(Bank::Golomt, GOLOMT, Booked { is_fee: true, ..paid(second, -200, "шимтгэл") });
    town.simulator.book(Bank::Golomt, GOLOMT, paid(date(2026, 3, 1).at(0, 0, 0, 0), 100, "түрээс"));
    town.simulator.set(Switches { broken_lines: true, no_counterparty: true, ..Switches::default() });

    let long = Asked::Days { from: date(2026, 1, 15), to: date(2026, 4, 2) };
    let told = town.asks(&golomt(), GOLOMT, long).await.unwrap();
    assert_eq!(told.len(), 3);
    assert!(told[1].reference.ends_with(":2") && told[1].reference.starts_with(&told[0].reference));
    let short = Asked::Days { from: date(2026, 2, 28), to: date(2026, 2, 28) };
    let names: Vec<String> =
        town.asks(&golomt(), GOLOMT, short).await.unwrap().into_iter().map(|m| m.reference).collect();
    assert_eq!(names, [told[0].reference.clone(), told[1].reference.clone()]);
}

#[tokio::test]
async fn golomts_grant_is_followed_once_and_no_further() {
    let town = Town::new().await;
    sample(&town.simulator, Bank::Golomt, GOLOMT);
    town.simulator.set(Switches { grant_first: true, ..Switches::default() });
    assert_eq!(town.asks(&golomt(), GOLOMT, MARCH).await.unwrap().len(), 3);
    town.simulator.set(Switches { grant_always: true, ..Switches::default() });
    assert!(is_refused(&town.asks(&golomt(), GOLOMT, MARCH).await, "CONSENT"));
}

#[tokio::test]
async fn an_error_is_read_whether_it_is_encrypted_or_not() {
    let town = Town::new().await;
    for plain_errors in [false, true] {
        town.simulator.set(Switches { plain_errors, ..Switches::default() });
        let refused = town.asks(&golomt(), "9999999999", MARCH).await;
        assert!(is_refused(&refused, "162"), "{refused:?}");
    }
    assert!(is_refused(&town.asks(&khan(), "9999999999", MARCH).await, "ACCOUNT_NOT_FOUND"));
    assert!(is_refused(&town.asks(&tdb(), "999999999", MARCH).await, "200"));
    town.simulator.set(Switches { broken: true, ..Switches::default() });
    for (login, account) in [(khan(), KHAN), (golomt(), GOLOMT), (tdb(), TDB)] {
        let lost = town.asks(&login, account, MARCH).await;
        assert!(matches!(lost, Err(CallError::NotSent(_) | CallError::Lost(_))), "{lost:?}");
    }
}

#[tokio::test]
async fn a_wrong_login_is_tried_once_and_its_secret_stands_nowhere() {
    let town = Town::new().await;
    let wrong = Login::Khan { key: "demoConsumerKey".into(), secret: Secret::new("Secret-marker") };
    for _ in 0..3 {
        let refused = town.asks(&wrong, KHAN, MARCH).await;
        assert!(is_refused(&refused, "INVALID_CLIENT"), "{refused:?}");
        assert!(!format!("{refused:?}{wrong:?}").contains("Secret-marker"));
    }
    assert_eq!(town.simulator.counts().0, 1, "the bank was asked once");
    let Login::Golomt { password, .. } = golomt() else { unreachable!() };
    let wrong = Login::Golomt {
        name: "ANOTHER".into(),
        password,
        session_key: Secret::new(login::GOLOMT_KEYS.0),
        iv_key: Secret::new(login::GOLOMT_KEYS.1),
        register_no: "1".into(),
        client_id: String::new(),
    };
    assert!(is_refused(&town.asks(&wrong, GOLOMT, MARCH).await, "MERDET0001"));
    let wrong = Login::Tdb { client_id: "demo-client".into(), client_secret: Secret::new("no") };
    assert!(is_refused(&town.asks(&wrong, TDB, MARCH).await, "200"));
}

#[tokio::test]
async fn a_token_lives_as_long_as_its_bank_says_and_one_that_died_is_replaced_once() {
    static NOW: AtomicI64 = AtomicI64::new(1_772_676_000);
    let clock = || Timestamp::from_second(NOW.load(Ordering::SeqCst)).unwrap();
    let lives = [(khan(), KHAN, 1_738, 1_740), (golomt(), GOLOMT, 239, 241), (tdb(), TDB, 49, 51)];
    for (login, account, good, over) in lives {
        let town = Town::at(clock).await;
        let start = NOW.load(Ordering::SeqCst);
        let asks = async || town.asks(&login, account, MARCH).await.unwrap();
        asks().await;
        NOW.store(start + good, Ordering::SeqCst);
        asks().await;
        assert_eq!(town.simulator.counts().0, 1, "{account}: within its life");
        NOW.store(start + over, Ordering::SeqCst);
        asks().await;
        assert_eq!(town.simulator.counts().0, 2, "{account}: renewed before it ends");
        town.simulator.forget_tokens();
        asks().await;
        assert_eq!(town.simulator.counts().0, 3, "{account}: replaced when the bank turned it down");
    }
}

#[tokio::test]
async fn a_bad_day_ends_in_an_answer_that_a_worker_can_decide_by() {
    let world = World::new().await;
    let banks = Banks::new(&Settings::sandbox(&world.url)).unwrap();
    let asked = async |mood| {
        world.sandbox.moods().set(Provider::Banks, Setting::next(mood, 1));
        banks.movements(&khan(), "5176004666", MARCH).await
    };
    assert!(is_refused(&asked(Mood::Refuse).await, "SERVICE_DENIED"));
    assert!(matches!(asked(Mood::DieAfterEffect).await, Err(CallError::Lost(_))));
    assert_eq!(asked(Mood::Normal).await, Ok(Vec::new()));
}

fn is_refused(outcome: &Result<Vec<Movement>, CallError>, with: &str) -> bool {
    matches!(outcome, Err(CallError::Refused { code, .. }) if code == with)
}
