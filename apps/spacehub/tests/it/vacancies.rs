//! What is not let, for how long, and what that costs.

use serde_json::json;

use crate::town::{Reply, Town, nothing};

fn column(page: &Reply, name: &str) -> Vec<String> {
    let json = page.json();
    let items = json["items"].as_array().expect("a page").iter();
    items.map(|row| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned)).collect()
}

#[tokio::test]
async fn days_are_counted_from_the_last_contract_and_rent_is_lost_by_the_month() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let tower = dulmaa.has_property("Алтан Тауэр").await;
    let tenant = dulmaa.has_tenant("Хас Эрдэнэ ХХК", "6997576").await;
    let mut rooms = Vec::new();
    for (unit, area, mode, price, from) in [
        ("2", "40.5", "per_m2", "2500000", json!(null)),
        ("10", "30", "flat", "90000000", json!("2026-09-01")),
        ("11", "20", "per_m2", "0", json!("2026-10-10")),
        ("12", "50", "per_m2", "2500000", json!(null)),
    ] {
        let room = json!({ "propertyId": tower, "unitNo": unit, "kind": "office", "areaM2": area, "priceMode": mode,
            "baseRent": price, "validFrom": from, "listed": unit == "2" });
        rooms.push(dulmaa.post("/v2/rooms", room).await.is(201).id());
    }
    for (room, start, end) in [(0, "2026-01-01", json!("2026-08-31")), (3, "2026-01-01", json!(null))] {
        let fields = json!({ "startsOn": start, "endsOn": end });
        let contract = dulmaa.drafts(&tower, &tenant, &rooms[room], fields).await.is(201).id();
        dulmaa.post(&format!("/v2/contracts/{contract}/signature"), nothing()).await.is(200);
    }
    dulmaa.drafts(&tower, &tenant, &rooms[1], json!({ "startsOn": "2026-12-01" })).await.is(201);

    let list = dulmaa.get("/v2/vacancies").await.is(200);

    assert_eq!(column(&list, "unitNo"), ["2", "10", "11"]);
    assert_eq!(column(&list, "daysVacant"), ["40", "40", "1"]);
    assert_eq!(column(&list, "vacantSince"), ["2026-09-01", "2026-09-01", "2026-10-10"]);
    assert_eq!(column(&list, "lostAMonth"), ["101250000", "90000000", "0"]);
    let list = list.shows("/items/0/last/tenantName", "Хас Эрдэнэ ХХК").shows("/items/0/last/on", "2026-08-31");
    list.shows("/items/0/next", json!(null))
        .shows("/items/1/next/on", "2026-12-01")
        .shows("/items/1/last", json!(null));
    let totals = dulmaa.get("/v2/vacancies/totals").await.is(200);
    totals.shows("/count", 3).shows("/lostAMonth", "191250000").shows("/areaM2", "90.50").shows("/unpriced", 1);
    // A day in summer, when the first was let and the others were not there yet.
    assert_eq!(column(&dulmaa.get("/v2/vacancies?asOf=2026-07-01").await.is(200), "unitNo"), Vec::<String>::new());
    assert_eq!(column(&dulmaa.get("/v2/vacancies?asOf=2026-09-10").await.is(200), "daysVacant"), ["10", "10"]);

    for (asked, units) in [
        ("listed=true", vec!["2"]),
        ("listed=false", vec!["10", "11"]),
        ("minDays=30", vec!["2", "10"]),
        ("q=1", vec!["10", "11"]),
        ("kind=shop", vec![]),
        ("sort=-lost", vec!["2", "10", "11"]),
        ("sort=lost", vec!["11", "10", "2"]),
        ("sort=area", vec!["11", "10", "2"]),
        ("sort=days", vec!["11", "10", "2"]),
        ("sort=-days", vec!["2", "10", "11"]),
    ] {
        let mut found = column(&dulmaa.get(&format!("/v2/vacancies?{asked}")).await.is(200), "unitNo");
        // Page by page it is the same, whatever the order.
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = dulmaa.get(&format!("/v2/vacancies?{asked}&limit=1&cursor={cursor}")).await.is(200);
            paged.extend(column(&page, "unitNo"));
            match page.json()["nextCursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(found, paged, "{asked}");
        let equal_days = asked.ends_with("days");
        if equal_days {
            found.sort_by_key(|unit| units.iter().position(|known| known == unit));
        }
        assert_eq!(found, units, "{asked}");
    }
    let by_days = dulmaa.get("/v2/vacancies?sort=days&limit=1").await.is(200).json()["nextCursor"].clone();
    let cursor = by_days.as_str().expect("there is more");
    dulmaa.get(&format!("/v2/vacancies?sort=lost&cursor={cursor}")).await.refuses(400, "VALIDATION_ERROR");
    for wrong in ["minDays=-1", "sort=price", "asOf=now", "limit=0"] {
        dulmaa.get(&format!("/v2/vacancies?{wrong}")).await.refuses(400, "VALIDATION_ERROR");
    }

    bat.get("/v2/vacancies").await.is(200).shows("/items", json!([]));
    town.assigns(&bat, &tower).await;
    bat.get("/v2/vacancies/totals").await.is(200).shows("/count", 3);
    saraa.get("/v2/vacancies").await.is(200).shows("/items", json!([]));
    saraa.get("/v2/vacancies/totals").await.is(200).shows("/lostAMonth", "0");
    town.nobody().get("/v2/vacancies").await.refuses(401, "UNAUTHORIZED");
    let tenant = town.linked_tenant(&dulmaa, "Б. Болд", "99110001").await;
    tenant.get("/v2/vacancies").await.refuses(403, "FORBIDDEN");
}
