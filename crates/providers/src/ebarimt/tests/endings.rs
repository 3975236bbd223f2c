//! How a call ends: issued, refused, lost, never sent.

use super::*;

#[tokio::test]
async fn every_mood_ends_in_its_own_way_and_nothing_is_sent_again() {
    let refused = |code: &str| Some(("refused", code.to_owned()));
    let lost = || Some(("lost", String::new()));
    let slow = Duration::from_millis(1500);
    let moods = [
        (Mood::Refuse, refused("400"), 0),
        (Mood::RefusePolitely, refused("ERROR"), 0),
        (Mood::DieAfterEffect, lost(), 1),
        (Mood::DieBeforeEffect, lost(), 0),
        (Mood::Slow(slow), lost(), 1),
        (Mood::Garbled, lost(), 1),
        (Mood::Html502, lost(), 0),
        (Mood::NotRegistered, lost(), 0),
        (Mood::Broken, lost(), 0),
        (Mood::Slow(Duration::from_millis(1)), None, 1),
        (Mood::Twice, None, 1),
        (Mood::NoLottery, None, 1),
    ];
    for (mood, expected, effects) in moods {
        let stage = Stage::new().await;
        // A second arrival would be a second receipt here; only what is meant to come twice is caught.
        stage.daemon.reject_duplicates(mood == Mood::Twice);
        stage.daemon.set_mood(mood, Some(1));
        let hasty = Settings { issue_within: Duration::from_millis(700), ..settings(stage.address) };
        let sale = to_person(vec![rent(850_000)]);

        let ended = match Receipts::issue(&Client::new(hasty), &sale).await {
            Ok(issued) => {
                assert_eq!(issued.lottery.is_none(), mood == Mood::NoLottery);
                None
            }
            Err(CallError::Refused { code, message }) => {
                assert!(!message.is_empty());
                Some(("refused", code))
            }
            Err(CallError::Lost(_)) => Some(("lost", String::new())),
            Err(CallError::NotSent(why)) => panic!("{mood:?}: {why}"),
        };

        assert_eq!(ended, expected, "{mood:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!((stage.effects(&sale), stage.arrivals(&sale)), (effects, 1), "{mood:?}");
        assert!(stage.issue(&to_person(vec![rent(1)])).await.is_ok(), "{mood:?} lasted for one call");
    }
}

#[tokio::test]
async fn a_daemon_that_is_not_there_was_sent_nothing() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let not_there = client(address);
    let unknown = Client::new(Settings::new("http://daemon.invalid:7080"));

    for client in [not_there, unknown, Client::new(Settings::new("no address"))] {
        let sale = to_person(vec![rent(1)]);
        assert!(matches!(Receipts::issue(&client, &sale).await, Err(CallError::NotSent(_))));
        assert!(matches!(Receipts::info(&client).await, Err(CallError::NotSent(_))));
    }
}

#[tokio::test]
async fn a_daemon_that_dies_writes_not_a_byte() {
    let stage = Stage::new().await;
    stage.daemon.set_mood(Mood::DieAfterEffect, None);
    let mut connection = TcpStream::connect(stage.address).await.unwrap();

    connection.write_all(b"GET /rest/sendData HTTP/1.1\r\nHost: daemon\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();

    assert_eq!(String::from_utf8_lossy(&answer), "");
}

/// The decision rule on answers that no simulator of ours would give.
#[tokio::test]
async fn only_success_with_a_number_is_success() {
    const ID: &str = r#""id":"037900846788001095330000010012619","date":"2026-02-12 15:31:42""#;
    let cases = [
        (200, format!(r#"{{"status":"SUCCESS",{ID}}}"#), "issued"),
        (201, format!(r#"{{"status":"SUCCESS",{ID},"easy":"true","lottery":null,"qrData":""}}"#), "issued"),
        (200, r#"{"status":"SUCCESS","id":"123"}"#.to_owned(), "lost"),
        (200, r#"{"status":"SUCCESS"}"#.to_owned(), "lost"),
        (200, format!(r#"{{"status":"PAYMENT",{ID}}}"#), "lost"),
        (200, r#"{"status":"PAYMENT","message":"Төлбөр дутуу"}"#.to_owned(), "refused PAYMENT Төлбөр дутуу"),
        (200, r#"{"status":"ERROR","message":"Алдаа"}"#.to_owned(), "refused ERROR Алдаа"),
        (200, r#"{"status":"WAITING"}"#.to_owned(), "lost"),
        (200, "{}".to_owned(), "lost"),
        (200, String::new(), "lost"),
        (200, "<html>Шинэчилж байна</html>".to_owned(), "lost"),
        (302, String::new(), "lost"),
        (
            400,
            r#"{"status":"ERROR","message":"tin талбарын утга хоосон"}"#.to_owned(),
            "refused 400 tin талбарын утга хоосон",
        ),
        (403, "<html>Forbidden</html>".to_owned(), "refused 403 "),
        (500, r#"{"status":500,"msg":"Дотоод алдаа"}"#.to_owned(), "lost"),
        (500, format!(r#"{{"status":"SUCCESS",{ID}}}"#), "lost"),
        (503, "not registered".to_owned(), "lost"),
    ];
    for (status, body, expected) in cases {
        let answer = body.clone();
        let always = routing::any(async move || (StatusCode::from_u16(status).unwrap(), answer));
        let client = client(serve(Router::new().fallback(always)).await);

        let ended = match Receipts::issue(&client, &to_person(vec![rent(1)])).await {
            Ok(issued) => {
                assert_eq!((issued.lottery, issued.qr_data, issued.easy), (None, None, status == 201));
                "issued".to_owned()
            }
            Err(CallError::Refused { code, message }) => format!("refused {code} {message}"),
            Err(CallError::Lost(_)) => "lost".to_owned(),
            Err(CallError::NotSent(why)) => why,
        };

        assert_eq!(ended, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_recorded_answer_is_read() {
    const RECORDED: &str = r#"{"id":"037900846788001095330000010012619","version":"3.2.39","totalAmount":5600,
        "totalVAT":500,"totalCityTax":100,"branchNo":"001","districtCode":"2501","merchantTin":"37900846788",
        "posNo":"001","consumerNo":"10038071","type":"B2C_RECEIPT","receipts":[{"id":"037900846788001095330000110012619",
        "totalAmount":5600,"taxType":"VAT_ABLE","items":[{"name":"Талх","barCode":"19059010880001","barCodeType":"GS1",
        "classificationCode":"2349010","measureUnit":"ш","qty":1,"unitPrice":5000,"totalAmount":5600,"totalVAT":500,
        "totalCityTax":100}],"merchantTin":"37900846788","totalVAT":500,"totalCityTax":100}],
        "payments":[{"code":"CASH","paidAmount":5600,"status":"PAID"}],"posId":101321077,"status":"SUCCESS",
        "qrData":"308923265245466724745926","lottery":"SN 47461258","date":"2026-02-12 15:31:42","easy":true}"#;
    let client = client(serve(Router::new().fallback(async || RECORDED)).await);

    let issued = Receipts::issue(&client, &to_person(vec![rent(5600)])).await.unwrap();

    assert_eq!(issued.parts, ["037900846788001095330000110012619".parse().unwrap()]);
    assert_eq!(issued.lottery.as_ref().unwrap().reveal(), "SN 47461258");
    assert!(issued.easy);
    let printed = format!("{issued:?} {issued:#?}");
    assert!(printed.contains("037900846788001095330000010012619"));
    assert!(!printed.contains("47461258") && !printed.contains("308923"), "{printed}");
}

/// An answer that is cut off after the lottery number is lost, and its words do not carry the number.
#[tokio::test]
async fn an_error_never_quotes_an_answer() {
    let cut = r#"{"status":"SUCCESS","lottery":"SN 47461258","qrData":"308923265245466"#;
    for status in [200, 400, 500] {
        let always = routing::any(async move || (StatusCode::from_u16(status).unwrap(), cut));
        let client = client(serve(Router::new().fallback(always)).await);
        let error = Receipts::issue(&client, &to_person(vec![rent(1)])).await.unwrap_err();
        let printed = format!("{error} {error:?}");
        assert!(!printed.contains("47461258") && !printed.contains("308923"), "{printed}");
    }
}
