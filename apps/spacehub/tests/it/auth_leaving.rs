//! Leaving for good: what goes, what stays, and who may not.

use domain::rights::Role;
use jiff::SignedDuration;
use serde_json::json;

use crate::town::{PASSWORD, Town, nothing};

const DELETE: &str = "/api/auth/delete-user";

#[tokio::test]
async fn whoever_leaves_takes_name_and_addresses_along_and_leaves_what_was_done() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let before = town.count("select count(*) from audit_log where user_id is not null").await;

    nara.post(DELETE, json!({ "password": "not it" })).await.is(400).shows("/code", "INVALID_PASSWORD");
    let reply = nara.post(DELETE, json!({ "password": PASSWORD })).await.is(200).shows("/success", true);

    assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 3);
    nara.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    let body = json!({ "email": nara.email, "password": PASSWORD });
    town.nobody().post("/api/auth/sign-in/email", body).await.is(401);
    let rows = format!(
        "select count(*) from (select u::text as row from users u union all select p::text from profiles p) all_rows
          where row like '%{}%' or row like '%Нарантуяа%'",
        nara.email
    );
    assert_eq!(town.count(&rows).await, 0);
    assert!(town.count("select count(*) from audit_log where user_id is not null").await > before);
    assert_eq!(town.count("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn without_a_password_the_session_must_be_fresh() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    town.passes(SignedDuration::from_hours(24));
    nara.post(DELETE, nothing()).await.is(403).shows("/code", "SESSION_NOT_FRESH");
    let bat = town.employee().await;
    bat.post(DELETE, nothing()).await.is(200);
    town.nobody().post(DELETE, nothing()).await.is(401);
}

#[tokio::test]
async fn an_owner_keeps_a_director() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let leave = json!({ "password": PASSWORD });

    let refused = dulmaa.post(DELETE, leave.clone()).await.is(400);
    refused.shows("/code", "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER");

    let bold = town.person("Болд", Role::OwnerDirector, Some(town.altan)).await;
    dulmaa.post(DELETE, leave.clone()).await.is(200);
    bold.post(DELETE, leave).await.is(400);
}
