//! One token an account, and nothing of it in print.

use super::*;

#[tokio::test]
async fn many_callers_fetch_one_token_between_them() {
    let town = Town::new().await;
    let simulator = &town.world.sandbox.qpay;
    simulator.set_switches(Switches { one_token: true, ..Switches::default() });
    let all_check = || join_all((0..50).map(|_| town.qpay.check(&town.altan, "some invoice")));

    assert!(all_check().await.iter().all(Result::is_ok));
    assert_eq!(simulator.token_calls(), 1);

    // Every token dies at once: one caller tries the refresh token, then the password; the others wait for it.
    simulator.forget_tokens();
    assert!(all_check().await.iter().all(Result::is_ok));
    assert_eq!(simulator.token_calls(), 3);
}

#[tokio::test]
async fn each_account_has_its_own_token() {
    let town = Town::new().await;
    for merchant in [&town.altan, &town.mungun, &town.altan, &town.mungun] {
        town.qpay.check(merchant, "some invoice").await.unwrap();
    }
    assert_eq!(town.world.sandbox.qpay.token_calls(), 2);
}

#[tokio::test]
async fn a_token_in_its_last_minute_is_renewed_before_it_is_used() {
    let town = Town::new().await;
    town.world.sandbox.qpay.set_switches(Switches { short_tokens: true, ..Switches::default() });
    for _ in 0..3 {
        town.qpay.check(&town.altan, "some invoice").await.unwrap();
    }
    assert_eq!(town.world.sandbox.qpay.token_calls(), 3);
}

#[tokio::test]
async fn a_day_old_token_is_renewed() {
    fn tomorrow() -> Timestamp {
        Timestamp::now() + SignedDuration::from_hours(24)
    }
    let town = Town::new().await;
    let qpay = QPay::with_clock(&town.settings(), tomorrow).unwrap();
    for _ in 0..2 {
        qpay.check(&town.altan, "some invoice").await.unwrap();
    }
    assert_eq!(town.world.sandbox.qpay.token_calls(), 2, "by tomorrow's clock today's token is over");
}

#[tokio::test]
async fn a_wrong_password_is_said_once_and_never_told() {
    let town = Town::new().await;
    let wrong = QrMerchant { password: Secret::new("hunter2"), ..town.altan.clone() };

    let first = town.qpay.check(&wrong, "some invoice").await.unwrap_err();
    let second = town.qpay.ask(&wrong, &town.asking()).await.unwrap_err();

    assert!(matches!(&first, CallError::Refused { code, .. } if code == "AUTHENTICATION_FAILED"));
    assert_eq!(first, second);
    assert_eq!(town.world.sandbox.qpay.token_calls(), 1, "QPay is not asked again within the minute");
    let told = format!("{first} {first:?} {wrong:?} {:?}", town.qpay);
    assert!(!told.contains("hunter2"), "{told}");
    town.qpay.check(&town.altan, "some invoice").await.unwrap();
}

#[tokio::test]
async fn tokens_and_passwords_stay_out_of_what_is_printed() {
    let town = Town::new().await;
    town.asks().await;
    let told = format!("{:?} {:?}", town.qpay, town.altan);
    assert!(!told.contains("123456") && !told.contains("Bearer"), "{told}");
}
