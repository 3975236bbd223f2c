//! What the daemon checks before it issues, on requests as other clients write them.

use super::*;

/// A request that is right, as another client writes it: its own capitals, nulls, amounts without decimals.
const RIGHT: &str = r#"{"branchno":"001","totalAmount":2800,"totalVat":250.0,"totalCityTax":"50","districtCode":"2501",
    "merchantTin":"37900846788","posNo":"001","customerTin":null,"consumerNo":"","type":"B2C_RECEIPT","inActiveId":null,
    "invoiceId":null,"reportMonth":null,"billIdSuffix":"000123","receipts":[{"totalAmount":2800.00,"totalVAT":250,
    "totalCityTax":50,"taxType":"VAT_ABLE","merchantTin":"37900846788","customerTin":null,"bankAccountNo":"","iBan":"",
    "items":[{"name":"Ундаа","barCode":null,"barCodeType":"UNDEFINED","classificationCode":"2449010",
    "taxProductCode":null,"measureUnit":"ш","qty":1,"unitPrice":2500,"totalVAT":250,"totalCityTax":50,
    "totalAmount":2800}]}],"payments":[{"code":"CASH","status":"PAID","paidAmount":2800}]}"#;

#[tokio::test]
async fn a_right_request_is_echoed_without_its_nulls() {
    let stage = Stage::new().await;

    let (status, echo) = stage.post(RIGHT).await;

    assert_eq!((status, echo["status"].as_str()), (200, Some("SUCCESS")));
    assert_eq!(echo["receipts"][0]["id"], "037900846788001095330000110012619");
    assert_eq!(echo["branchNo"], "001");
    assert!(echo["totalVAT"].is_number());
    for null in ["customerTin", "inactiveId", "invoiceId", "reportMonth"] {
        assert!(echo.get(null).is_none(), "{null}");
    }
}

#[tokio::test]
async fn the_first_thing_that_is_wrong_is_named() {
    let two = "\"inActiveId\":null";
    let unknown = format!("\"inActiveId\":\"{}\"", "1".repeat(33));
    let cases = [
        (r#""branchno":"001""#, r#""branchno":"""#, "branchNo талбарын утга хоосон"),
        (r#""branchno":"001""#, r#""branchno":"1""#, "branchNo талбарын утга буруу"),
        (r#""districtCode":"2501""#, r#""districtCode":"25""#, "districtCode талбарын утга буруу"),
        (r#""posNo":"001""#, r#""posNo":null"#, "posNo талбарын утга хоосон"),
        (r#""classificationCode":"2449010","#, "", "classificationCode талбарын утга хоосон"),
        (r#""classificationCode":"2449010""#, r#""classificationCode":"24""#, "classificationCode талбарын утга буруу"),
        (r#""qty":1,"#, r#""qty":0,"#, "qty талбарын утга хоосон"),
        (r#""taxType":"VAT_ABLE""#, r#""taxType":"VAT_FREE""#, "taxProductCode талбарын утга хоосон"),
        (
            r#""merchantTin":"37900846788","posNo""#,
            r#""merchantTin":"61200064714","posNo""#,
            "61200064714 ТТД-тай борлуулагч бүртгэлгүй байна",
        ),
        (r#""type":"B2C_RECEIPT""#, r#""type":"B2B_RECEIPT""#, "customerTin талбарын утга хоосон"),
        (r#""type":"B2C_RECEIPT""#, r#""type":"B2X""#, "type талбарын утга буруу"),
        (
            r#""customerTin":null,"consumerNo""#,
            r#""customerTin":"61200064714","consumerNo""#,
            "customerTin талбарын утга буруу",
        ),
        (r#""taxProductCode":null"#, r#""taxProductCode":"408""#, "taxProductCode талбарын утга буруу"),
        (
            r#""totalAmount":2800,"totalVat""#,
            r#""totalAmount":2800.01,"totalVat""#,
            "totalAmount талбарын утга буруу. Шалгуур дүн: 2800",
        ),
        (r#""totalVat":250.0"#, r#""totalVat":250.01"#, "totalVAT талбарын утга буруу. Шалгуур дүн: 250"),
        (r#""paidAmount":2800"#, r#""paidAmount":2799.99"#, "paidAmount талбарын утга буруу. Шалгуур дүн: 2799.99"),
        (r#""code":"CASH""#, r#""code":"BARTER""#, "code талбарын утга буруу"),
        (r#""status":"PAID""#, r#""status":"PAY""#, "status талбарын утга буруу"),
        (r#""reportMonth":null"#, r#""reportMonth":"2026-01-01""#, "reportMonth талбарын утга буруу"),
        (two, unknown.as_str(), "inactiveId дугаартай баримт олдсонгүй"),
    ];
    let stage = Stage::new().await;
    for (right, wrong, message) in cases {
        assert!(RIGHT.contains(right), "{right}");
        let (status, answer) = stage.post(&RIGHT.replacen(right, wrong, 1)).await;
        assert_eq!(
            (status, answer["status"].as_str(), answer["message"].as_str()),
            (400, Some("ERROR"), Some(message))
        );
        assert_eq!(answer["date"], "2026-02-12 15:31:42");
    }
    assert!(stage.daemon.receipts().is_empty());
    assert_eq!(stage.post("not json").await.0, 400);
    assert_eq!(stage.post(RIGHT).await.0, 200, "a refused request may be put right and sent with its suffix");
}

#[tokio::test]
async fn taxes_are_checked_to_the_mungo() {
    let stage = Stage::new().await;
    let city = RIGHT.replace(r#""totalCityTax":50"#, r#""totalCityTax":56"#).replace(r#":"50""#, r#":"56""#);
    let vat = RIGHT.replace(r#"VAT":250"#, r#"VAT":254.55"#).replace(r#""totalVat":250.0"#, r#""totalVat":254.55"#);

    let message = async |body: &str| stage.post(body).await.1["message"].as_str().unwrap_or_default().to_owned();

    assert_eq!(message(&city).await, "НХАТ-г 2%-р тооцоолоогүй байна. Шалгуур дүн: 50");
    assert_eq!(message(&vat).await, "НӨАТ-г 10%-р тооцоолоогүй байна. Шалгуур дүн: 250");
}
