//! Documents: a contract's papers are ordered, made by a worker, kept, and opened by whoever may.

use std::{
    io::{Cursor, Read, Write},
    process::{Command, Stdio},
};

use jiff::SignedDuration;
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::town::{Person, Tenant, Town, nothing};

/// A contract in force over an office of 50 m² with a deposit and a penalty clause; its path.
async fn in_force(dulmaa: &Person<'_>) -> String {
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = dulmaa.has_room(&property, "К-301").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ Гоёл ХХК", "6997576").await;
    let fields = json!({ "penaltyBp": 50, "depositAmount": "75000000", "endsOn": "2027-09-30", "paymentDay": 5 });
    let contract = dulmaa.drafts(&property, &tenant, &room, fields).await.is(201).id();
    dulmaa.post(&format!("/v2/contracts/{contract}/signature"), nothing()).await.is(200);
    format!("/v2/contracts/{contract}")
}

/// Orders a document, has it made, and opens it.
async fn makes(town: &Town, who: &Person<'_>, contract: &str, order: Value) -> Value {
    let id = who.post(&format!("{contract}/documents"), order).await.is(201).shows("/status", "pending").id();
    town.keep_promises().await;
    who.get(&format!("/v2/documents/{id}")).await.is(200).json()
}

/// What lies behind a link: it opens for nobody in particular.
async fn behind(town: &Town, link: &Value) -> (String, Vec<u8>) {
    let (status, headers, bytes) = town.opens(link["url"].as_str().expect("a link")).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    let header = |name: &str| headers[name].to_str().expect("plain").to_owned();
    (format!("{} {}", header("content-type"), header("content-disposition")), bytes)
}

/// The words of a PDF.
fn words_of(pdf: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext (see .ci/needs)");
    let (mut stdin, pdf) = (child.stdin.take().expect("piped"), pdf.to_vec());
    let writing = std::thread::spawn(move || stdin.write_all(&pdf));
    let output = child.wait_with_output().expect("it ends");
    writing.join().expect("no panic").expect("it reads to the end");
    let text = String::from_utf8(output.stdout).expect("UTF-8").replace(['\u{202f}', '\u{a0}'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_contract_is_printed_kept_and_opened_and_older_versions_stay() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let contract = in_force(&dulmaa).await;
    let order = json!({ "kind": "contract", "signer": " Захирал  Б. Дулмаа " });

    let first = makes(&town, &dulmaa, &contract, order.clone()).await;

    assert_eq!((&first["status"], &first["version"], &first["draft"]), (&json!("ready"), &json!(1), &json!(false)));
    assert_eq!((&first["number"], &first["datedOn"]), (&json!("CT-2026-0001"), &json!("2026-10-10")));
    assert_eq!((&first["pages"], &first["link"]["expiresAt"]), (&json!(2), &json!("2026-10-10T02:10:00Z")));
    let (kind, pdf) = behind(&town, &first["link"]).await;
    assert!(kind.starts_with("application/pdf attachment; filename=\"CT-2026-0001_v1.pdf\""), "{kind}");
    assert!(pdf.starts_with(b"%PDF-1.7") && pdf.len() as i64 == first["size"].as_i64().expect("a size"));
    let words = words_of(&pdf);
    for said in [
        "ТҮРЭЭСИЙН ГЭРЭЭ",
        "Алтан Тауэр ХХК Хас Эрдэнэ Гоёл ХХК",
        "5112345 6997576",
        "Захирал Б. Дулмаа",
        "1 К-301",
        "15 000 / м² 68 181.82 750 000",
        "750 000 төгрөг (долоон зуун тавин мянган төгрөг)",
        "2027 оны 9 дүгээр сарын 30-ны",
        "сар бүрийн 5-ны",
        "0.5 хувьтай",
    ] {
        assert!(words.contains(said), "«{said}» is not in {words}");
    }
    let second = makes(&town, &dulmaa, &contract, order).await;
    assert_eq!(second["version"], 2);
    let list = dulmaa.get(&format!("{contract}/documents?limit=1")).await.is(200).json();
    assert_eq!((&list["items"][0]["id"], list["items"].as_array().map(Vec::len)), (&second["id"], Some(1)));
    let cursor = list["nextCursor"].as_str().expect("there is another");
    let next = dulmaa.get(&format!("{contract}/documents?limit=1&cursor={cursor}")).await.is(200).json();
    assert_eq!((&next["items"][0]["id"], &next["nextCursor"]), (&first["id"], &Value::Null));
    let again = dulmaa.get(&format!("/v2/documents/{}", first["id"].as_str().expect("an id"))).await.is(200).json();
    assert_eq!(behind(&town, &again["link"]).await.1, pdf, "the older version is as it was");
    let noted = "select count(*) from audit_log where action in ('document.make', 'document.ready')";
    assert_eq!(town.count(noted).await, 4);
    town.keeps_its_word().await;
}

#[tokio::test]
async fn an_act_and_a_statement_say_what_was_asked_for() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let contract = town.lets(town.altan, "К-77", Tenant::default()).await;
    let bill = nara.bills(contract, 1_200_000).await;
    nara.takes_cash(&town, &bill, 700_000).await;
    town.keep_promises().await;
    let path = format!("/v2/contracts/{contract}");

    let act = json!({ "kind": "hand_over", "on": "2026-11-01", "handOverTo": "owner" });
    let act = makes(&town, &nara, &path, act).await;
    let statement = json!({ "kind": "statement", "from": "2026-01-01", "to": "2026-10-31" });
    let statement = makes(&town, &nara, &path, statement).await;

    assert_eq!((&act["number"], &act["datedOn"]), (&json!("CT-К-77/ХА-1"), &json!("2026-11-01")));
    let words = words_of(&behind(&town, &act["link"]).await.1);
    for said in ["ХҮЛЭЭЛЦЭХ АКТ", "буцаан хүлээлгэн өгөх", "2026.11.01", "К-77", "Тоолуурын заалт", "Түлхүүр"]
    {
        assert!(words.contains(said), "«{said}» is not in {words}");
    }
    let told = nara.get(&format!("{path}/statement?from=2026-01-01&to=2026-10-31")).await.is(200).json();
    assert_eq!((&told["billed"], &told["closing"]), (&json!("120000000"), &json!("50000000")));
    assert_eq!(statement["number"], "CT-К-77/ТХ-20261031");
    let words = words_of(&behind(&town, &statement["link"]).await.1);
    for said in [
        "ТООЦООНЫ ХУУЛГА",
        "2026.01.01 – 2026.10.31",
        "Дүн 1 200 000 700 000",
        "Эцсийн үлдэгдэл 500 000",
        "500 000 төгрөг (таван зуун мянган төгрөг)",
        "Бэлэн мөнгө",
    ] {
        assert!(words.contains(said), "«{said}» is not in {words}");
    }
}

#[tokio::test]
async fn everybody_sees_the_papers_that_are_theirs_to_see() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let property = dulmaa.has_property("Алтан Тауэр").await;
    let room = dulmaa.has_room(&property, "К-301").await;
    let tenant = json!({ "kind": "person", "name": "Батын Эрдэнэ", "registerNo": "УБ91010112", "phone": "99110077" });
    let tenant = dulmaa.post("/v2/tenants", tenant).await.is(201).id();
    let erdene = town.linked_tenant(&dulmaa, "Батын Эрдэнэ", "99110077").await;
    let contract = dulmaa.drafts(&property, &tenant, &room, json!({})).await.is(201).id();
    let path = format!("/v2/contracts/{contract}");
    let period = json!({ "kind": "statement", "from": "2026-10-01", "to": "2026-10-31" });
    let count = async |who: &Person<'_>| {
        let list = who.get(&format!("{path}/documents")).await.is(200).json();
        list["items"].as_array().expect("a list").len()
    };

    let draft = makes(&town, &dulmaa, &path, json!({ "kind": "contract" })).await;
    dulmaa.post(&format!("{path}/signature"), nothing()).await.is(200);
    let signed = makes(&town, &dulmaa, &path, json!({ "kind": "contract" })).await;
    let statement = makes(&town, &dulmaa, &path, period.clone()).await;

    assert_eq!((&draft["draft"], &signed["draft"]), (&json!(true), &json!(false)));
    let open = |document: &Value| format!("/v2/documents/{}", document["id"].as_str().expect("an id"));
    assert_eq!((count(&dulmaa).await, count(&erdene).await), (3, 2));
    erdene.get(&open(&draft)).await.refuses(404, "NOT_FOUND");
    erdene.get(&open(&signed)).await.is(200);
    erdene.get(&open(&statement)).await.is(200);
    erdene.post(&format!("{path}/documents"), json!({ "kind": "contract" })).await.refuses(403, "FORBIDDEN");
    bat.get(&open(&signed)).await.refuses(404, "NOT_FOUND");
    bat.post(&format!("{path}/documents"), json!({ "kind": "hand_over" })).await.refuses(404, "NOT_FOUND");
    town.assigns(&bat, &property).await;
    bat.get(&open(&signed)).await.is(200);
    bat.get(&open(&statement)).await.refuses(404, "NOT_FOUND");
    bat.post(&format!("{path}/documents"), period.clone()).await.refuses(403, "FORBIDDEN");
    let act = makes(&town, &bat, &path, json!({ "kind": "hand_over" })).await;
    assert_eq!(
        (&act["status"], &act["handOverTo"], &act["datedOn"]),
        (&json!("ready"), &json!("tenant"), &json!("2026-10-10"))
    );
    assert_eq!((count(&bat).await, count(&erdene).await), (3, 3));
    saraa.get(&open(&signed)).await.refuses(404, "NOT_FOUND");
    saraa.get(&format!("{path}/documents")).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/documents"), period).await.refuses(404, "NOT_FOUND");
    town.nobody().get(&open(&signed)).await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn what_a_kind_needs_is_asked_for_and_nothing_else() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let documents = format!("{}/documents", in_force(&dulmaa).await);

    for (order, fields) in [
        (json!({ "kind": "statement" }), vec!["from", "to"]),
        (json!({ "kind": "statement", "from": "2026-02-01", "to": "2026-01-01" }), vec!["to"]),
        (json!({ "kind": "statement", "from": "1990-01-01", "to": "2026-01-01" }), vec!["to"]),
        (json!({ "kind": "contract", "from": "2026-02-01", "on": "2026-02-01" }), vec!["from", "on"]),
        (json!({ "kind": "hand_over", "on": "0206-02-01" }), vec!["on"]),
        (json!({ "kind": "contract", "signer": "Ө".repeat(121) }), vec!["signer"]),
    ] {
        let refused = dulmaa.post(&documents, order.clone()).await.refuses(400, "VALIDATION_ERROR");
        let named: Vec<&String> = refused["details"]["fields"].as_object().expect("fields").keys().collect();
        assert_eq!(named, fields, "{order}");
    }
    dulmaa.post(&documents, json!({ "kind": "poem" })).await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(town.count("select count(*) from documents").await, 0);
}

#[tokio::test]
async fn what_cannot_be_made_says_why_and_a_store_that_is_away_is_waited_for() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let contract = in_force(&dulmaa).await;
    town.sql("update contract_items set vat_mode = 'exempt', tax_kind = 'VAT_ABLE'").await;

    let failed = makes(&town, &dulmaa, &contract, json!({ "kind": "contract" })).await;

    assert_eq!(
        (&failed["status"], &failed["failure"], &failed["link"]),
        (&json!("failed"), &json!("charges"), &Value::Null)
    );
    let why = town.sql("select last_error from outbox where kind = 'pdf.render' and status = 'dead'").await;
    assert!(why[0].get::<_, String>("last_error").contains("VAT_ABLE"));
    town.sql("update contract_items set vat_mode = 'included'").await;
    let blocked = town.folder.path().join("owners");
    std::fs::write(&blocked, "in the way").expect("a file where a folder should be");
    let order = json!({ "kind": "contract" });
    let id = dulmaa.post(&format!("{contract}/documents"), order).await.is(201).shows("/version", 2).id();
    town.keep_promises().await;
    dulmaa.get(&format!("/v2/documents/{id}")).await.is(200).shows("/status", "pending");
    std::fs::remove_file(&blocked).expect("ours");
    town.clock.move_to(town.clock.now() + SignedDuration::from_hours(1));
    town.keep_promises().await;
    let dulmaa = town.director().await;
    dulmaa.get(&format!("/v2/documents/{id}")).await.is(200).shows("/status", "ready").shows("/failure", Value::Null);
}

#[tokio::test]
async fn a_batch_is_one_archive_of_whatever_could_be_made() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let order = json!({ "kind": "contract", "signer": "Захирал Б. Дулмаа" });
    let nothing_there = dulmaa.post("/v2/document-batches", order.clone()).await.refuses(409, "CONFLICT");
    assert_eq!(nothing_there["details"]["reason"], "NOTHING_TO_MAKE");
    let mut contracts = Vec::new();
    for (unit, name) in [("К-1", "Нэг"), ("К-2", "Хоёр"), ("К-3", "Гурав")] {
        contracts.push(town.lets(town.altan, unit, Tenant { name, phone: None, ..Tenant::default() }).await);
    }
    town.lets(town.mungun, "К-9", Tenant { name: "Хөрш", phone: None, ..Tenant::default() }).await;
    let broken = format!(
        "insert into contract_items (id, owner_id, contract_id, kind, name, basis, unit_price, vat_mode, valid_from)
         values (gen_random_uuid(), '{}', '{}', 'rent', 'Түрээс', 'flat', 100, 'exempt', '2026-01-01')",
        town.altan, contracts[1]
    );
    town.sql(&broken).await;

    let batch = dulmaa.post("/v2/document-batches", order).await.is(201);
    let batch = batch.shows("/total", 3).shows("/done", 0).shows("/status", "pending").shows("/link", Value::Null);
    let path = format!("/v2/document-batches/{}", batch.id());
    town.keep_promises().await;

    let ready = dulmaa.get(&path).await.is(200).shows("/status", "ready").shows("/done", 2);
    let ready = ready.shows("/leftOut", json!(["CT-К-2"])).json();
    let (kind, bytes) = behind(&town, &ready["link"]).await;
    assert!(kind.starts_with("application/zip attachment; filename=\"contracts.zip\""), "{kind}");
    assert_eq!(bytes.len() as i64, ready["size"].as_i64().expect("a size"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    assert_eq!(names, ["CT-К-1.pdf", "CT-К-3.pdf"]);
    let mut pdf = Vec::new();
    archive.by_index(1).expect("two").read_to_end(&mut pdf).expect("whole");
    let words = words_of(&pdf);
    assert!(words.contains("Гурав") && words.contains("Захирал Б. Дулмаа") && !words.contains("Нэг "), "{words}");
    let statements = json!({ "kind": "statement", "from": "2026-10-01", "to": "2026-10-31" });
    let statements = dulmaa.post("/v2/document-batches", statements).await.is(201).id();
    town.keep_promises().await;
    let list = dulmaa.get("/v2/document-batches").await.is(200).shows("/items/0/done", 3);
    list.shows("/items/0/id", statements).shows("/items/1/done", 2);
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    bat.get(&path).await.refuses(403, "FORBIDDEN");
    town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
    let act = json!({ "kind": "hand_over" });
    dulmaa.post("/v2/document-batches", act).await.refuses(400, "VALIDATION_ERROR");
}

#[tokio::test]
async fn an_owner_s_logo_and_seal_stand_on_its_papers() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let contract = in_force(&dulmaa).await;
    let plain = makes(&town, &dulmaa, &contract, json!({ "kind": "hand_over" })).await;
    for (purpose, picture, kind) in [("owner_logo", "logo.jpg", "image/jpeg"), ("owner_seal", "seal.png", "image/png")]
    {
        let sample = format!("{}/../../crates/reports/samples/{picture}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(sample).expect("a sample");
        dulmaa.adds(purpose, &town.altan.to_string(), kind, bytes).await.is(200);
    }

    let dressed = makes(&town, &dulmaa, &contract, json!({ "kind": "hand_over" })).await;

    let [before, after] = [&plain, &dressed].map(|paper| paper["size"].as_i64().expect("a size"));
    assert!(after > before + 4_000, "{before} and {after} bytes");
    let pdf = behind(&town, &dressed["link"]).await.1;
    assert_eq!(String::from_utf8_lossy(&pdf).matches("/Subtype/Image").count(), 3, "a logo, a seal and its mask");
}
