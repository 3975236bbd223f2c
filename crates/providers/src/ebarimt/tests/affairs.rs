//! The daemon's own affairs: stock, uploads, merchants, duplicates; and the public look-ups.

use super::*;

#[tokio::test]
async fn info_tells_lotteries_and_the_last_upload() {
    let stage = Stage::new().await;
    stage.daemon.set_lotteries(499);
    stage.issue(&to_person(vec![rent(1)])).await.unwrap();
    stage.set_clock("2026-02-13T08:00:00+08:00");

    let before = Receipts::info(&stage.client).await.unwrap();
    Receipts::send_data(&stage.client).await.unwrap();
    let after = Receipts::info(&stage.client).await.unwrap();

    assert_eq!(before.left_lotteries, 498);
    assert_eq!(before.last_sent, Some(moment("2026-02-12T15:31:42+08:00")));
    assert_eq!(after.last_sent, Some(moment("2026-02-13T08:00:00+08:00")));
    assert_eq!(before.merchants.iter().map(|m| (m.tin.as_str(), m.vat_payer)).collect::<Vec<_>>(), [(OWNER, true)]);
    assert!(before.payment_codes.contains(&"BANK_TRANSFER".to_owned()));
}

#[tokio::test]
async fn without_an_upload_for_three_days_or_without_stock_there_is_no_lottery() {
    let stage = Stage::new().await;
    let draws = async || stage.issue(&to_person(vec![rent(1)])).await.unwrap().lottery.is_some();

    *stage.now.lock().unwrap() += 71.hours().minutes(59).seconds(59);
    assert!(draws().await);
    *stage.now.lock().unwrap() += 1.seconds();
    assert!(!draws().await);
    Receipts::send_data(&stage.client).await.unwrap();
    assert!(draws().await);
    stage.daemon.set_lotteries(1);
    assert_eq!((draws().await, draws().await), (true, false));
}

#[tokio::test]
async fn a_new_merchant_sells_only_after_an_upload() {
    let stage = Stage::new().await;
    stage.daemon.register(Party::merchant("70000000001", "5000001", "Шинэ ХХК"));
    let mut sale = to_person(vec![rent(1)]);
    sale.merchant.tin = "70000000001".to_owned();

    assert!(is_refused(stage.issue(&sale).await, "400"));
    Receipts::send_data(&stage.client).await.unwrap();
    assert!(stage.issue(&sale).await.is_ok());
}

#[tokio::test]
async fn the_same_suffix_on_the_same_day_is_a_duplicate_when_the_daemon_looks() {
    let stage = Stage::new().await;
    let sale = to_person(vec![rent(1)]);
    stage.issue(&sale).await.unwrap();

    assert!(is_refused(stage.issue(&sale).await, "400"));
    assert_eq!((stage.effects(&sale), stage.arrivals(&sale)), (1, 2));
    stage.set_clock("2026-02-13T00:00:00+08:00");
    assert!(stage.issue(&sale).await.is_ok(), "it is another day");
    stage.daemon.reject_duplicates(false);
    assert!(stage.issue(&sale).await.is_ok());
    assert_eq!(stage.effects(&sale), 3);
}

#[tokio::test]
async fn taxpayers_are_looked_up() {
    let stage = Stage::new().await;
    let person = Party::company("88810123456789", "УБ91010112", "Дулмаа");
    stage.daemon.register(Party { vat_payer: false, free_project: true, ..person });
    let tin_of = async |register_no| Receipts::tin_of(&stage.client, register_no).await.unwrap();
    let taxpayer = async |tin| Receipts::taxpayer(&stage.client, tin).await.unwrap();

    assert_eq!(tin_of("6314465").await.as_deref(), Some(OWNER), "a number");
    assert_eq!(tin_of("УБ91010112").await.as_deref(), Some("88810123456789"), "a text");
    assert_eq!(tin_of("0000000").await, None);
    let owner = taxpayer(OWNER).await.unwrap();
    assert_eq!((owner.name.as_str(), owner.vat_payer, owner.city_tax_payer), ("ТЕСТИЙН ХЭРЭГЛЭГЧ 1", true, true));
    assert!(taxpayer("88810123456789").await.unwrap().free_project);
    assert_eq!(taxpayer("1").await, None);
}

#[tokio::test]
async fn a_look_up_says_nothing_in_many_ways() {
    let cases = [
        (200, r#"{"msg":"Амжилттай.","status":200,"data":0}"#),
        (200, r#"{"msg":"Амжилттай.","status":200,"data":null}"#),
        (200, r#"{"status":200,"data":""}"#),
        (200, r#"{"msg":"олдсонгүй","status":500,"data":null}"#),
        (400, "bad request"),
    ];
    for (status, body) in cases {
        let always = routing::any(async move || (StatusCode::from_u16(status).unwrap(), body));
        let client = client(serve(Router::new().fallback(always)).await);
        assert_eq!(Receipts::tin_of(&client, "6314465").await, Ok(None), "{body}");
    }
    let not_found = r#"{"status":200,"data":{"name":null,"found":false}}"#;
    let client = client(serve(Router::new().fallback(async move || not_found)).await);
    assert_eq!(Receipts::taxpayer(&client, "1").await, Ok(None));
}
