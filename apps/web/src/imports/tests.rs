//! Imports over a pretended API: looked through, mapped by hand, written, refused.

use axum::{Json, extract::Query, routing::post};
use serde_json::{Value, json};

use super::*;
use crate::api::tests::{PUBLIC, Pages, Reply, refusal};

async fn answer(Query(order): Query<ImportOrder>) -> Json<ImportReport> {
    Json(sample::report(order.dry_run))
}

fn pages() -> Pages {
    Pages::over(Router::new().route("/v2/imports/rent-roll", post(answer)).route("/v2/imports/invoices", post(answer)))
}

/// A form with a file as a browser sends it.
async fn sends(pages: &Pages, address: &str, file: &str, fields: &[(&str, &str)]) -> Reply {
    sends_for(pages, "text/html", address, file, fields).await
}

async fn sends_for(pages: &Pages, accept: &str, address: &str, file: &str, fields: &[(&str, &str)]) -> Reply {
    let mut body = format!(
        "--parts\r\ncontent-disposition: form-data; name=\"file\"; filename=\"түрээс.csv\"\r\n\
         content-type: text/csv\r\n\r\n{file}\r\n"
    );
    for (name, value) in fields {
        body.push_str(&format!("--parts\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str("--parts--\r\n");
    let request = http::Request::post(address)
        .header("origin", PUBLIC)
        .header("accept", accept)
        .header("content-type", "multipart/form-data; boundary=parts");
    pages.send(request, &body).await
}

#[tokio::test]
async fn a_file_is_looked_through_before_anything_is_written() {
    let pages = pages();
    let reply = sends(&pages, "/imports/rent-roll", "тоот;үнэ\n301;5", &[]).await;
    assert_eq!(reply.status, 200);
    reply.shows("2 мөр алдаатай").shows("31-р мөр, I багана").shows("Зөв мөрүүдийг бүртгэх");
    reply.shows("дахин сонгоно уу").shows(r#"<option value="K" selected>K</option>"#);
    let asked = &pages.asked("/v2/imports/rent-roll")[0];
    assert_eq!(asked.address, "/v2/imports/rent-roll?dryRun=true&fileName=%D1%82%D2%AF%D1%80%D1%8D%D1%8D%D1%81.csv");
    assert_eq!(asked.body, "тоот;үнэ\n301;5".as_bytes());
}

#[tokio::test]
async fn only_the_other_button_writes() {
    let pages = pages();
    let reply = sends(&pages, "/imports/rent-roll", "301", &[("do", "write")]).await;
    reply.shows("212 мөрийг бүртгэлээ. Алдаатай 2 мөрийг бүртгээгүй.").shows("K-403, Ундрах Өргөө ХХК");
    assert!(!reply.page.contains("name=\"do\""), "what is written is not offered again");
    assert_eq!(
        pages.asked("/v2/imports/rent-roll")[0].address,
        "/v2/imports/rent-roll?dryRun=false&fileName=%D1%82%D2%AF%D1%80%D1%8D%D1%8D%D1%81.csv"
    );
}

#[tokio::test]
async fn a_script_is_shown_each_step_of_the_writing() {
    let lines = |last: Value| {
        let lines = [
            json!({ "progress": { "done": 0, "total": 1240 } }),
            json!({ "progress": { "done": 200, "total": 1240 } }),
            last,
        ];
        lines.map(|line| format!("{line}\n")).concat()
    };
    let report = serde_json::to_value(sample::report(false)).expect("JSON");
    let told = lines(json!({ "report": report }));
    let answer = post(async move || ([("content-type", "application/x-ndjson")], told));
    let pages = Pages::over(Router::new().route("/v2/imports/rent-roll", answer));
    let reply = sends_for(&pages, "application/x-ndjson", "/imports/rent-roll", "301", &[("do", "write")]).await;
    let pieces: Vec<String> = reply.page.lines().map(|line| serde_json::from_str(line).expect("a string")).collect();
    assert_eq!(pieces.len(), 3);
    assert!(
        pieces[1].starts_with("<div id=\"report\"") && pieces[1].contains("value=\"200\" max=\"1240\""),
        "{}",
        pieces[1]
    );
    assert!(pieces[2].contains("212 мөрийг бүртгэлээ."), "{}", pieces[2]);
    assert_eq!(pages.asked("/v2/imports/rent-roll")[0].headers["accept"], "application/x-ndjson");

    let refusal = json!({ "refusal": { "status": 409, "error": { "code": "CONFLICT", "message": "Давхцлаа." } } });
    let told = lines(refusal);
    let answer = post(async move || ([("content-type", "application/x-ndjson")], told));
    let pages = Pages::over(Router::new().route("/v2/imports/rent-roll", answer));
    let reply = sends_for(&pages, "application/x-ndjson", "/imports/rent-roll", "301", &[("do", "write")]).await;
    reply.shows("Давхцлаа.");
}

#[tokio::test]
async fn columns_mapped_by_hand_are_sent_and_remembered() {
    let pages = pages();
    let by_hand = [
        ("mapping", r#"{"Алтан Плаза":{"floor":"A"}}"#),
        ("sheet.0", "Алтан Плаза"),
        ("found.0.unit", "B"),
        ("column.0.unit", "C"),
        ("found.0.tenant", "E"),
        ("column.0.tenant", ""),
        ("found.0.contract", "H"),
        ("column.0.contract", "H"),
    ];
    let reply = sends(&pages, "/imports/rent-roll", "301", &by_hand).await;
    let address = &pages.asked("/v2/imports/rent-roll")[0].address;
    let query: std::collections::BTreeMap<String, String> =
        serde_urlencoded::from_str(address.split('?').nth(1).unwrap_or_default()).expect("a query");
    let mapping: Value = serde_json::from_str(&query["mapping"]).expect("JSON");
    assert_eq!(mapping, json!({ "Алтан Плаза": { "floor": "A", "unit": "C", "tenant": null } }));
    reply.shows(r#"name="mapping" value="{&quot;Алтан Плаза&quot;"#);
}

#[tokio::test]
async fn too_large_a_file_is_told_and_goes_no_further() {
    let pages = pages();
    let reply = sends(&pages, "/imports/rent-roll", &"x".repeat(LARGEST_FILE + 1), &[]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    reply.shows("Файл 20 МБ-аас том байна.");
    assert!(pages.asked("/v2/imports/rent-roll").is_empty());
    let reply = sends(&pages, "/imports/rent-roll", &"x".repeat(1 << 19), &[]).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn no_file_and_no_sheet_are_told_in_their_place() {
    let pages = pages();
    let reply = sends(&pages, "/imports/invoices", "", &[]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("Файлаа сонгоно уу.").shows("id=\"file\"");

    let none = post(async || {
        let details = json!({ "fields": { "file": ["Энэ файлд тоот, түрээслэгчийн багана алга."] } });
        refusal(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", "Алдаатай.", details)
    });
    let pages = Pages::over(Router::new().route("/v2/imports/invoices", none));
    let reply = sends(&pages, "/imports/invoices", "x", &[]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    reply.shows("Энэ файлд тоот, түрээслэгчийн багана алга.").shows("name=\"sheet.0\" value=\"\"");
    let by_hand = [("sheet.0", ""), ("found.0.code", ""), ("column.0.code", "B")];
    let reply = sends(&pages, "/imports/invoices", "x", &by_hand).await;
    reply.shows(r#"name="mapping" value="{&quot;&quot;:{&quot;code&quot;:&quot;B&quot;}}""#);
    reply.shows(r#"name="found.0.code" value="B""#);
}

#[tokio::test]
async fn the_short_address_leads_to_the_rent_roll() {
    assert_eq!(pages().get("/import").await.location(), "/imports/rent-roll");
}

#[test]
fn an_untouched_form_maps_nothing() {
    let untouched = [("sheet.0", "Алтан"), ("found.0.unit", "B"), ("column.0.unit", "B")];
    assert_eq!(Sent::with_fields(&untouched).mapping(Sheet::RentRoll), "");
}
