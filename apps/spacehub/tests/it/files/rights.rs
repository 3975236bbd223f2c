//! Who sees a file is who sees what it is of.

use http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::town::{
    Town,
    files::{jpeg, new_file, pdf},
};

#[tokio::test]
async fn who_sees_a_file_is_who_sees_what_it_is_of() {
    let town = Town::new().await;
    let (dulmaa, nara, bat) = (town.director().await, town.accountant().await, town.employee().await);
    let sara = town.neighbour().await;
    let (mine, other) =
        (town.lets_to(town.altan, "301", "99110001").await, town.lets_to(town.altan, "302", "99110002").await);
    let tenant = town.linked_tenant(&dulmaa, "Бат-Эрдэнэ", "99110001").await;
    town.assigns(&bat, &mine.property.to_string()).await;
    let floor = dulmaa.post("/v2/floors", json!({ "propertyId": mine.property, "number": 3 })).await.is(201).id();
    let room = dulmaa.has_room(&mine.property.to_string(), "303").await;
    let draft = dulmaa.drafts(&mine.property.to_string(), &mine.tenant.to_string(), &room, json!({})).await;
    let draft = draft.is(201).id();

    // What, of what, and whether the employee and the tenant see it.
    let altan = town.altan.to_string();
    let places = [
        ("room_photo", mine.room.to_string(), true, true),
        ("room_photo", other.room.to_string(), false, false),
        ("property_cover", mine.property.to_string(), true, false),
        ("property_cover", other.property.to_string(), false, false),
        ("floor_plan", floor, true, false),
        ("signed_contract", mine.contract.to_string(), true, true),
        ("signed_contract", other.contract.to_string(), false, false),
        ("signed_contract", draft, true, false),
        ("tenant_paper", mine.tenant.to_string(), true, false),
        ("tenant_paper", other.tenant.to_string(), false, false),
        ("owner_logo", altan.clone(), true, false),
        ("owner_seal", altan, true, false),
    ];
    let (mut asked, mut foreign, mut hidden) = (0, 0, 0);
    for (purpose, subject, employee, renter) in &places {
        let is_paper = matches!(*purpose, "signed_contract" | "tenant_paper");
        let (kind, bytes) = if is_paper { ("application/pdf", pdf()) } else { ("image/jpeg", jpeg(1)) };
        let file = dulmaa.adds(purpose, subject, kind, bytes).await.is(200).json();
        let id = file["id"].as_str().expect("an id");
        if is_paper {
            let (_, headers, _) = town.opens(file["url"].as_str().expect("a link")).await;
            assert!(headers["content-disposition"].to_str().expect("text").starts_with("attachment; "));
        }
        let everybody = [(&dulmaa, true), (&nara, true), (&bat, *employee), (&tenant, *renter), (&sara, false)];
        for (person, may) in everybody {
            let one = person.get(&format!("/v2/files/{id}")).await;
            let list = person.get(&format!("/v2/files?purpose={purpose}&subjectId={subject}")).await.is(200).json();
            let sees = [one.status == 200, !list["items"].as_array().expect("a list").is_empty()];
            asked += 2;
            foreign += sees.iter().filter(|sees| **sees && !may).count();
            hidden += sees.iter().filter(|sees| !**sees && may).count();
            if !may {
                one.refuses(404, "NOT_FOUND");
                // Nor is anything removed of what is not seen.
                let remove = person.ask(Method::DELETE, &format!("/v2/files/{id}"), None, &[]).await;
                assert!(matches!(remove.status.as_u16(), 403 | 404), "{purpose}");
            }
        }
        town.nobody().get(&format!("/v2/files/{id}")).await.refuses(401, "UNAUTHORIZED");
        // A tenant reads and no more; an employee changes the pictures of the own buildings' rooms, and no papers.
        let again = new_file(purpose, subject, kind, 10);
        tenant.post("/v2/files", again.clone()).await.refuses(403, "FORBIDDEN");
        let added = bat.post("/v2/files", again.clone()).await.status.as_u16();
        match (*purpose, *employee) {
            ("owner_logo" | "owner_seal" | "signed_contract" | "tenant_paper", _) => {
                assert_eq!(added, 403, "{purpose}")
            }
            ("room_photo", true) => assert_eq!(added, 201),
            ("floor_plan", true) => assert_eq!(added, 201),
            _ => assert!(matches!(added, 403 | 404), "{purpose} {added}"),
        }
        sara.post("/v2/files", again).await.refuses(404, "NOT_FOUND");
    }
    println!("R28: foreign reads {foreign} / {asked}; {hidden} of one's own hidden");
    assert_eq!((foreign, hidden), (0, 0));
}

#[tokio::test]
async fn a_link_lasts_ten_minutes_and_opens_one_file() {
    let town = Town::new().await;
    let (dulmaa, sara) = (town.director().await, town.neighbour().await);
    let mine = town.lets_to(town.altan, "301", "99110001").await;
    let hers = town.lets_to(town.mungun, "301", "99110009").await;
    let file = dulmaa.adds("tenant_paper", &mine.tenant.to_string(), "application/pdf", pdf()).await.is(200).json();
    let foreign = sara.adds("tenant_paper", &hers.tenant.to_string(), "application/pdf", pdf()).await.is(200).json();
    let url = |file: &Value| file["url"].as_str().expect("a link").to_owned();
    let until: Timestamp = file["urlExpiresAt"].as_str().expect("a moment").parse().expect("a moment");
    assert_eq!(until.duration_since(town.clock.now()), SignedDuration::from_mins(10));

    let (path, query) = url(&file).split_once('?').map(|(p, q)| (p.to_owned(), q.to_owned())).expect("a query");
    let other = url(&foreign).split('?').next().expect("a path").to_owned();
    assert_eq!(town.opens(&url(&file)).await.0, 200);
    let mut opened = 0;
    for wrong in [format!("{other}?{query}"), path.clone(), format!("{path}?{}", query.replace("pdf", "html"))] {
        opened += usize::from(town.opens(&wrong).await.0 == 200);
    }
    town.clock.move_to(town.clock.now() + SignedDuration::from_mins(9));
    assert_eq!(town.opens(&url(&file)).await.0, 200);
    town.clock.move_to(town.clock.now() + SignedDuration::from_mins(1));
    opened += usize::from(town.opens(&url(&file)).await.0 == 200);
    println!("R28: {opened} of 4 altered or expired links opened");
    assert_eq!(opened, 0);
}
