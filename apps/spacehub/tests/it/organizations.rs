//! Property owners as the official client's organization: who is in it, who is asked in, and what a stranger learns.

use domain::rights::Role;
use serde_json::{Value, json};

use crate::town::{Person, Reply, Town, nothing};

impl Person<'_> {
    async fn organization(&self, call: &str) -> Reply {
        self.get(&format!("/api/auth/organization/{call}")).await
    }

    async fn in_organization(&self, call: &str, body: Value) -> Reply {
        self.post(&format!("/api/auth/organization/{call}"), body).await
    }
}

impl Reply {
    /// A refusal under /api/auth.
    #[track_caller]
    fn says(self, status: u16, code: &str) {
        self.is(status).shows("/code", code);
    }
}

#[tokio::test]
async fn a_director_sees_the_organization_and_who_is_in_it() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    town.accountant().await;
    town.employee().await;

    let list = dulmaa.organization("list").await.is(200).json();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    assert_eq!((list[0]["name"].as_str(), list[0]["slug"].as_str()), (Some("Алтан Тауэр ХХК"), Some("5112345")));
    let full = dulmaa.organization("get-full-organization").await.is(200).json();
    let roles: Vec<&str> =
        full["members"].as_array().expect("members").iter().filter_map(|m| m["role"].as_str()).collect();
    assert_eq!(roles, ["owner", "accountant", "member"]);
    assert_eq!(full["invitations"], json!([]));
    let one = dulmaa.organization("get-full-organization?organizationSlug=5112345&membersLimit=1").await.is(200).json();
    assert_eq!(one["members"].as_array().map(Vec::len), Some(1));
    let members = dulmaa.organization("list-members?filterField=role&filterValue=owner&sortBy=createdAt").await.is(200);
    members.shows("/total", 1).shows("/members/0/user/email", dulmaa.email.clone());
    dulmaa.organization("list-members?sortBy=password").await.says(400, "VALIDATION_ERROR");
    dulmaa.organization("get-active-member").await.is(200).shows("/role", "owner");
    dulmaa.organization("get-active-member-role").await.is(200).shows("/role", "owner");
    let active = dulmaa.in_organization("set-active", json!({ "organizationId": town.altan })).await.is(200);
    assert!(active.headers.contains_key("set-cookie") && active.json()["slug"] == "5112345");
    assert_eq!(dulmaa.in_organization("set-active", json!({ "organizationId": null })).await.is(200).text(), "null");
}

#[tokio::test]
async fn foreign_and_unknown_organizations_are_told_alike() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let unknown = "0190a5c0-0000-7000-8000-000000000000".to_owned();
    let mut compared = 0;

    for id in [town.mungun.to_string(), unknown, "not an id".to_owned()] {
        let no = "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION";
        for (call, body) in [
            ("set-active", json!({ "organizationId": id })),
            ("update", json!({ "organizationId": id, "data": { "name": "Миний" } })),
            ("delete", json!({ "organizationId": id })),
            ("leave", json!({ "organizationId": id })),
            ("has-permission", json!({ "organizationId": id, "permissions": { "member": ["create"] } })),
            ("invite-member", json!({ "organizationId": id, "email": "a@b.mn", "role": "member" })),
            ("remove-member", json!({ "organizationId": id, "memberIdOrEmail": dulmaa.email })),
            ("update-member-role", json!({ "organizationId": id, "memberId": "x", "role": "member" })),
        ] {
            dulmaa.in_organization(call, body).await.says(403, no);
            compared += 1;
        }
        for call in ["get-full-organization", "list-members", "list-invitations"] {
            let id = id.replace(' ', "%20");
            dulmaa.organization(&format!("{call}?organizationId={id}")).await.says(403, no);
            compared += 1;
        }
    }
    for slug in ["6223456", "9999999"] {
        dulmaa.in_organization("check-slug", json!({ "slug": slug })).await.is(200).shows("/status", true);
        let no = "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION";
        dulmaa.in_organization("set-active", json!({ "organizationSlug": slug })).await.says(403, no);
    }
    dulmaa
        .in_organization("check-slug", json!({ "slug": "5112345" }))
        .await
        .says(400, "ORGANIZATION_SLUG_ALREADY_TAKEN");
    println!("{compared} answers compared");
    dulmaa.organization("get-active-member").await.is(200).shows("/organizationId", town.altan.to_string());
}

#[tokio::test]
async fn nobody_is_refused_everywhere() {
    let town = Town::new().await;
    for call in [
        "list",
        "get-full-organization",
        "list-members",
        "get-active-member",
        "get-active-member-role",
        "list-invitations",
        "list-user-invitations",
        "get-invitation?id=x",
    ] {
        town.nobody().organization(call).await.says(401, "UNAUTHORIZED");
    }
    town.nobody()
        .in_organization("set-active", json!({ "organizationId": town.altan }))
        .await
        .says(401, "UNAUTHORIZED");
    town.nobody().in_organization("create", json!({ "name": "x", "slug": "x" })).await.says(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn an_organization_is_renamed_by_its_director_and_neither_made_nor_deleted() {
    let town = Town::new().await;
    let (dulmaa, nara) = (town.director().await, town.accountant().await);

    let renamed = json!({ "data": { "name": "Алтан Тауэр Групп", "slug": "5112345" } });
    dulmaa.in_organization("update", renamed.clone()).await.is(200).shows("/name", "Алтан Тауэр Групп");
    nara.in_organization("update", renamed).await.says(403, "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_ORGANIZATION");
    dulmaa.in_organization("update", json!({ "data": { "slug": "1234567" } })).await.says(400, "VALIDATION_ERROR");
    dulmaa.in_organization("update", json!({ "data": { "logo": "x" } })).await.says(400, "VALIDATION_ERROR");
    let create = json!({ "name": "Шинэ", "slug": "shine" });
    dulmaa.in_organization("create", create).await.says(403, "YOU_ARE_NOT_ALLOWED_TO_CREATE_A_NEW_ORGANIZATION");
    let delete = json!({ "organizationId": town.altan });
    dulmaa.in_organization("delete", delete).await.says(403, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION");
    let edits = "select count(*) from audit_log where action = 'owner.edit' and before->>'name' = 'Алтан Тауэр ХХК'";
    assert_eq!(town.count(edits).await, 1);
}

#[tokio::test]
async fn a_member_is_invited_accepts_is_promoted_and_removed() {
    let town = Town::new().await;
    let (dulmaa, gana) = (town.director().await, town.person("Ц. Ганаа", Role::Tenant, None).await);
    let invite = json!({ "email": gana.email, "role": "member" });

    let invitation = dulmaa.in_organization("invite-member", invite.clone()).await.is(200);
    let id = invitation.shows("/status", "pending").shows("/role", "member").id();
    dulmaa.in_organization("invite-member", invite).await.says(400, "USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION");
    let again = json!({ "email": gana.email, "role": "member", "resend": true });
    assert_eq!(dulmaa.in_organization("invite-member", again).await.is(200).id(), id);
    let unknown = json!({ "email": "a@b.mn", "role": "king" });
    dulmaa
        .in_organization("invite-member", unknown)
        .await
        .shows("/message", "ROLE_NOT_FOUND: king")
        .says(400, "ROLE_NOT_FOUND");

    gana.organization("get-full-organization").await.is(200).shows("", Value::Null);
    gana.organization("list-members").await.says(400, "NO_ACTIVE_ORGANIZATION");
    gana.organization("list-user-invitations").await.is(200).shows("/0/id", id.clone());
    let shown = gana.organization(&format!("get-invitation?id={id}")).await.is(200);
    shown.shows("/organizationName", "Алтан Тауэр ХХК").shows("/inviterEmail", dulmaa.email.clone());
    let which = json!({ "invitationId": id });
    dulmaa
        .in_organization("accept-invitation", which.clone())
        .await
        .says(403, "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION");
    let accepted = gana.in_organization("accept-invitation", which.clone()).await.is(200);
    let member =
        accepted.shows("/invitation/status", "accepted").shows("/member/role", "member").json()["member"].clone();
    gana.in_organization("accept-invitation", which).await.says(400, "INVITATION_NOT_FOUND");
    gana.organization("get-active-member-role").await.is(200).shows("/role", "member");
    gana.organization("list-members").await.is(200).shows("/total", 1);
    let wants = json!({ "permissions": { "member": ["create"] } });
    gana.in_organization("has-permission", wants.clone()).await.is(200).shows("/success", false);
    dulmaa.in_organization("has-permission", wants).await.is(200).shows("/success", true);
    let role = json!({ "memberId": member["id"], "role": ["accountant"] });
    gana.in_organization("update-member-role", role.clone())
        .await
        .says(403, "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER");

    dulmaa.in_organization("update-member-role", role).await.is(200).shows("/role", "accountant");
    gana.organization("get-active-member-role").await.says(401, "UNAUTHORIZED");
    let gone = json!({ "memberIdOrEmail": gana.email });
    dulmaa.in_organization("remove-member", gone.clone()).await.is(200).shows("/member/id", member["id"].clone());
    dulmaa.in_organization("remove-member", gone).await.says(400, "MEMBER_NOT_FOUND");
    dulmaa
        .in_organization("remove-member", json!({ "memberIdOrEmail": dulmaa.email }))
        .await
        .says(400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER");
}

#[tokio::test]
async fn an_invitation_is_declined_or_taken_back() {
    let town = Town::new().await;
    let (dulmaa, nara, gana) =
        (town.director().await, town.accountant().await, town.person("Ц. Ганаа", Role::Tenant, None).await);
    let invite = json!({ "email": gana.email, "role": "accountant" });
    let invited = dulmaa.in_organization("invite-member", invite.clone()).await.is(200).id();

    nara.organization("list-invitations").await.says(403, "YOU_ARE_NOT_ALLOWED_TO_LIST_INVITATIONS");
    let which = json!({ "invitationId": invited });
    nara.in_organization("cancel-invitation", which.clone())
        .await
        .says(403, "YOU_ARE_NOT_ALLOWED_TO_CANCEL_THIS_INVITATION");
    nara.in_organization("invite-member", invite.clone())
        .await
        .says(403, "YOU_ARE_NOT_ALLOWED_TO_INVITE_USERS_TO_THIS_ORGANIZATION");
    let rejected = gana.in_organization("reject-invitation", which.clone()).await.is(200);
    rejected.shows("/invitation/status", "rejected").shows("/member", Value::Null);
    dulmaa.in_organization("cancel-invitation", which).await.says(400, "INVITATION_NOT_FOUND");

    let invited = dulmaa.in_organization("invite-member", invite).await.is(200).id();
    dulmaa
        .in_organization("cancel-invitation", json!({ "invitationId": invited }))
        .await
        .is(200)
        .shows("/status", "canceled");
    let statuses = dulmaa.organization("list-invitations").await.is(200).json();
    let statuses: Vec<&str> =
        statuses.as_array().expect("a list").iter().filter_map(|i| i["status"].as_str()).collect();
    assert_eq!(statuses, ["canceled", "rejected"]);
    gana.organization(&format!("get-invitation?id={invited}")).await.says(400, "INVITATION_NOT_FOUND");
}

#[tokio::test]
async fn who_leaves_stays_signed_in_without_a_place() {
    let town = Town::new().await;
    let (dulmaa, bat) = (town.director().await, town.employee().await);
    let altan = json!({ "organizationId": town.altan });

    dulmaa
        .in_organization("leave", altan.clone())
        .await
        .says(400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER");
    bat.in_organization("leave", altan.clone()).await.is(200).shows("/user/email", bat.email.clone());

    bat.get("/v2/me").await.is(200).shows("/role", "tenant").shows("/owner", Value::Null);
    assert_eq!(bat.organization("get-full-organization").await.is(200).text(), "null");
    bat.in_organization("leave", altan).await.says(403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION");
    bat.post("/api/auth/sign-out", nothing()).await.is(200);
}

#[tokio::test]
async fn a_tenant_goes_from_owner_to_owner_and_sees_nobody_else() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);
    town.lets_to(town.altan, "301", "99110001").await;
    town.lets_to(town.mungun, "5", "99110001").await;
    let gana = town.linked_tenant(&dulmaa, "Ц. Ганаа", "99110001").await;

    let list = gana.organization("list").await.is(200).json();
    assert_eq!(list.as_array().map(Vec::len), Some(1), "the other owner has not said yes: {list}");
    let mungun = json!({ "organizationId": town.mungun });
    gana.in_organization("set-active", mungun.clone()).await.says(403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION");
    let waiting = saraa.get("/v2/tenant-links?status=waiting").await.is(200).json()["items"][0]["id"].clone();
    let waiting = waiting.as_str().expect("an id");
    saraa.post(&format!("/v2/tenant-links/{waiting}/confirmation"), nothing()).await.is(200);

    assert_eq!(gana.organization("list").await.is(200).json().as_array().map(Vec::len), Some(2));
    gana.in_organization("set-active", mungun).await.is(200).shows("/slug", "6223456");
    gana.get("/api/auth/get-session").await.is(200).shows("/session/activeOrganizationId", town.mungun.to_string());
    gana.organization("get-active-member-role").await.is(200).shows("/role", "tenant");
    let members = gana.organization("list-members").await.is(200).shows("/total", 1);
    members.shows("/members/0/user/email", gana.email.clone());
    let full = gana.organization("get-full-organization").await.is(200).shows("/name", "Мөнгөн Плаза ХХК");
    full.shows("/invitations", json!([]));
    gana.in_organization("set-active", json!({ "organizationSlug": "5112345" })).await.is(200);
    gana.in_organization("leave", json!({ "organizationId": town.altan })).await.says(400, "MEMBER_NOT_FOUND");
}

#[tokio::test]
async fn the_platform_visits_an_organization_and_its_director_reads_of_it() {
    let town = Town::new().await;
    let (dulmaa, staff) = (town.director().await, town.admin().await);
    assert_eq!(staff.organization("list").await.is(200).json().as_array().map(Vec::len), Some(2));

    staff.in_organization("set-active", json!({ "organizationId": town.altan })).await.is(200);

    staff.organization("get-active-member-role").await.is(200).shows("/role", "admin");
    staff.organization("list-members").await.is(200).shows("/members/0/user/email", dulmaa.email.clone());
    assert_eq!(staff.in_organization("set-active", json!({ "organizationId": null })).await.is(200).text(), "null");
    assert_eq!(staff.organization("get-full-organization").await.is(200).text(), "null");
    let visits = "select count(*) from audit_log where action = 'owner.visit' and reason is not null
                     and owner_id = (select id from property_owners where register_no = '5112345')";
    assert_eq!(town.count(visits).await, 1);
}
