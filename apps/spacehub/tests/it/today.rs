//! The first page: every figure is the sum of the list it names.

use serde_json::json;

use crate::{books::Lease, town::Town};

#[tokio::test]
async fn each_figure_is_the_sum_of_its_list() {
    let town = Town::new().await;
    let (nara, saraa) = (town.accountant().await, town.neighbour().await);
    let oyut = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    town.lease(town.altan, Lease { ends_on: Some("2026-11-20"), ..Lease::plain("CT-2026-0002", "Мөнх Мишээл") }).await;
    town.lease(town.altan, Lease { starts_on: "2026-12-01", ..Lease::plain("CT-2026-0003", "Л.Долгорсүрэн") }).await;
    town.lease(town.mungun, Lease::plain("CT-2026-0001", "Нарны Зам ХХК")).await;
    for (month, day) in [("2026-09", "2026-09-10"), ("2026-10", "2026-10-10")] {
        let order = json!({ "acceptDifference": true, "issueOn": day });
        nara.post(&format!("/v2/months/{month}/run"), order.clone()).await.is(200).shows("/created", 2);
        saraa.post(&format!("/v2/months/{month}/run"), order).await.is(200).shows("/created", 1);
    }
    for (paid_at, mungo) in [("2026-09-20T00:00:00Z", "25000000"), ("2026-10-01T00:00:00Z", "130000000")] {
        let paid = json!({ "tenantId": oyut.tenant, "method": "bank", "amount": mungo, "paidAt": paid_at });
        nara.post("/v2/payments", paid).await.is(201);
    }
    let void = nara.get("/v2/invoices?q=CT-2026-0002&period=2026-10").await.is(200).word("/items/0/id");
    nara.post(&format!("/v2/invoices/{void}/cancellation"), json!({ "reason": "Буруу" })).await.is(200);
    town.run_cron("invoice.overdue").await;

    let today = nara.get("/v2/today").await.is(200).shows("/today", "2026-10-10").shows("/month", "2026-10");

    let sums = [
        ("/v2/invoices/totals?period=2026-10&billed=true", "/total", "/billed", Some("/billedCount")),
        ("/v2/invoices/totals?period=2026-09&billed=true", "/total", "/billedLastMonth", None),
        ("/v2/invoices/totals?open=true", "/balance", "/receivable", Some("/receivableCount")),
        ("/v2/invoices/totals?overdue=true", "/balance", "/overdue", Some("/overdueCount")),
        ("/v2/payments/totals?from=2026-10-01&to=2026-10-31", "/amount", "/collected", Some("/collectedCount")),
        ("/v2/payments/totals?from=2026-09-01&to=2026-09-30", "/amount", "/collectedLastMonth", None),
    ];
    for (list, sum, figure, count) in sums {
        let totals = nara.get(list).await.is(200);
        assert!(totals.mungo(sum) > 0, "{list} tells something");
        assert_eq!(totals.mungo(sum), today.mungo(figure), "{figure}");
        if let Some(count) = count {
            assert_eq!(totals.json().pointer("/count"), today.json().pointer(count), "{count}");
        }
    }
    let counts = [
        ("/v2/rooms?occupied=true&limit=100", "/unitsLet", 2),
        ("/v2/rooms?limit=100", "/unitsTotal", 3),
        ("/v2/contracts?endingWithinDays=30", "/ending30", 0),
        ("/v2/contracts?endingWithinDays=60", "/ending60", 1),
        ("/v2/contracts?endingWithinDays=90", "/ending90", 1),
    ];
    for (list, figure, expected) in counts {
        let listed = nara.get(list).await.is(200).json()["items"].as_array().map(Vec::len);
        assert_eq!(listed, Some(expected), "{list}");
        assert_eq!(today.json().pointer(figure), Some(&json!(expected)), "{figure}");
    }
    let dead = nara.get("/v2/outbox?status=dead").await.is(200).json()["items"].as_array().map(Vec::len);
    assert_eq!(today.json()["promisesDead"].as_u64(), dead.map(|dead| dead as u64));
    let today = today.shows("/areaLetM2", "100.00").shows("/areaTotalM2", "150.00");
    assert_eq!(today.json()["chart"].as_array().map(Vec::len), Some(12));
    let today = today.shows("/chart/0/month", "2025-11").shows("/chart/11/month", "2026-10");
    assert_eq!(today.mungo("/chart/11/billed"), today.mungo("/billed"));
    assert_eq!(today.mungo("/chart/10/collected"), today.mungo("/collectedLastMonth"));
    let theirs = saraa.get("/v2/today").await.is(200).shows("/billed", "100000000").shows("/collected", "0");
    theirs.shows("/unitsTotal", 1);
    town.employee().await.get("/v2/today").await.refuses(403, "FORBIDDEN");
    town.nobody().get("/v2/today").await.refuses(401, "UNAUTHORIZED");
    town.books_tie().await;
}
