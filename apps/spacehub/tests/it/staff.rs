//! Who works for an owner: invited by e-mail or SMS, given another role, stopped, let go; at once and everywhere.

use domain::rights::Role;
use serde_json::{Value, json};

use crate::town::{PASSWORD, Person, Reply, Town, nothing};

const INVITATIONS: &str = "/v2/staff/invitations";

impl Town {
    /// The token in an invitation's link, as the job that sends it makes it.
    async fn link_of(&self, invitation: &str) -> String {
        let id = invitation.parse().expect("an id");
        let altan = base::Actor::system(&self.workshop, self.altan);
        let to_send = altan.transact(async |tx| identity::invitations::to_send(tx, id).await).await;
        let url = to_send.expect("Postgres answers").expect("it waits").url;
        url.strip_prefix("http://town.test/invitation/").expect("our own place").to_owned()
    }

    async fn accepts(&self, token: &str, body: Value) -> Reply {
        self.nobody().post(&format!("/v2/invitations/{token}/acceptance"), body).await
    }

    /// With the token that an acceptance or a sign-in answered.
    fn whoever(&self, reply: &Reply) -> Person<'_> {
        self.holder_of(reply.json()["token"].as_str().expect("a token"))
    }
}

impl Person<'_> {
    async fn invites(&self, body: Value) -> Reply {
        self.post(INVITATIONS, body).await
    }

    /// The member of that name.
    async fn colleague(&self, name: &str) -> Value {
        let staff = self.get("/v2/staff").await.is(200).json();
        let found = staff["items"].as_array().expect("items").iter().find(|one| one["name"] == name).cloned();
        found.unwrap_or_else(|| panic!("no {name} in {staff}"))
    }

    async fn changes(&self, member: &Value, mut change: Value) -> Reply {
        change["version"] = member["version"].clone();
        self.patch(&format!("/v2/staff/{}", member["id"].as_str().expect("an id")), change).await
    }
}

#[tokio::test]
async fn an_employee_is_invited_by_mail_and_sees_the_assigned_building() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let (tower, other) = (dulmaa.has_property("Алтан Тауэр").await, dulmaa.has_property("Өөр барилга").await);

    let invited = json!({ "email": "Bold@Town.test", "role": "employee", "propertyIds": [tower] });
    let invitation =
        dulmaa.invites(invited.clone()).await.is(201).shows("/status", "pending").shows("/email", "bold@town.test");
    let token = town.link_of(&invitation.id()).await;
    let shown = town.nobody().get(&format!("/v2/invitations/{token}")).await.is(200);
    shown.shows("/organizationName", "Алтан Тауэр ХХК").shows("/role", "employee").shows("/hasAccount", false);
    town.accepts(&token, json!({ "name": "Болд", "password": "short" })).await.refuses(400, "VALIDATION_ERROR");
    let accepted = town.accepts(&token, json!({ "name": "Болд", "password": PASSWORD })).await.is(200);

    let bold = town.whoever(&accepted);
    bold.get("/v2/me").await.is(200).shows("/role", "employee").shows("/owner/name", "Алтан Тауэр ХХК");
    let seen = bold.get("/v2/properties").await.is(200).json();
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1), "{seen}");
    assert_eq!(seen["items"][0]["id"], tower.as_str());
    bold.get(&format!("/v2/properties/{other}")).await.refuses(404, "NOT_FOUND");
    let session = bold.get("/api/auth/get-session").await.is(200);
    session.shows("/user/emailVerified", true).shows("/user/email", "bold@town.test");
    let signed_in = json!({ "email": "bold@town.test", "password": PASSWORD });
    town.nobody().post("/api/auth/sign-in/email", signed_in).await.is(200);

    // The link is used up, and so is the address.
    town.nobody().get(&format!("/v2/invitations/{token}")).await.refuses(404, "NOT_FOUND");
    town.accepts(&token, json!({ "name": "Болд", "password": PASSWORD })).await.refuses(404, "NOT_FOUND");
    let again = dulmaa.invites(invited).await.refuses(409, "CONFLICT");
    assert_eq!(again["details"]["reason"], "ALREADY_STAFF");
    let audited = "select string_agg(action, ' ' order by id) from audit_log where action like 'invitation.%'";
    assert_eq!(town.sql(audited).await[0].get::<_, String>(0), "invitation.make invitation.accept");
}

#[tokio::test]
async fn an_accountant_is_invited_by_sms_and_the_number_counts_as_verified() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    let invited = dulmaa.invites(json!({ "phone": "9911-0001", "role": "owner_accountant" })).await.is(201);
    let token = town.link_of(&invited.shows("/phone", "+97699110001").id()).await;
    let accepted = town.accepts(&token, json!({ "name": "Нараа", "password": PASSWORD })).await.is(200);

    let naraa = town.whoever(&accepted);
    naraa.get("/v2/me").await.is(200).shows("/role", "owner_accountant");
    let session = naraa.get("/api/auth/get-session").await.is(200);
    session.shows("/user/phoneNumber", "+97699110001").shows("/user/phoneNumberVerified", true);
    let both = dulmaa.invites(json!({ "phone": "99110002", "email": "a@b.mn", "role": "employee" })).await;
    assert!(both.refuses(400, "VALIDATION_ERROR")["details"]["fields"]["email"].is_array());
    let nowhere = dulmaa.invites(json!({ "phone": "911", "role": "employee" })).await.refuses(400, "VALIDATION_ERROR");
    assert!(nowhere["details"]["fields"]["phone"].is_array());
    dulmaa.invites(json!({ "email": "a@b.mn", "role": "admin" })).await.refuses(400, "VALIDATION_ERROR");
}

#[tokio::test]
async fn an_invitation_is_sent_again_taken_back_and_runs_out() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let body = json!({ "email": "bold@town.test", "role": "employee" });
    let first = dulmaa.invites(body.clone()).await.is(201).id();
    let token = town.link_of(&first).await;

    let twice = dulmaa.invites(body.clone()).await.refuses(409, "CONFLICT");
    assert_eq!(twice["details"]["reason"], "ALREADY_INVITED");
    town.passes(jiff::SignedDuration::from_hours(47));
    dulmaa.post(&format!("{INVITATIONS}/{first}/sending"), nothing()).await.is(200);
    town.passes(jiff::SignedDuration::from_hours(47));
    town.nobody().get(&format!("/v2/invitations/{token}")).await.is(200);
    town.passes(jiff::SignedDuration::from_hours(2));
    town.nobody().get(&format!("/v2/invitations/{token}")).await.refuses(404, "NOT_FOUND");
    dulmaa.get(INVITATIONS).await.is(200).shows("/items/0/status", "expired");

    let second = dulmaa.invites(body).await.is(201).id();
    let token = town.link_of(&second).await;
    dulmaa.post(&format!("{INVITATIONS}/{second}/cancellation"), nothing()).await.is(200).shows("/status", "canceled");
    town.accepts(&token, json!({ "name": "Болд", "password": PASSWORD })).await.refuses(404, "NOT_FOUND");
    dulmaa.post(&format!("{INVITATIONS}/{second}/sending"), nothing()).await.refuses(404, "NOT_FOUND");
    dulmaa.post(&format!("{INVITATIONS}/{first}/cancellation"), nothing()).await.refuses(404, "NOT_FOUND");
    let promised = town.count("select count(*) from outbox where kind = 'invitation.made'").await;
    assert_eq!(promised, 3);
}

#[tokio::test]
async fn a_changed_role_a_stop_and_a_farewell_end_every_session_at_once() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let sign_in = async |email: &str| {
        let body = json!({ "email": email, "password": PASSWORD });
        town.nobody().post("/api/auth/sign-in/email", body).await
    };

    for (change, status) in
        [(json!({ "role": "owner_accountant" }), 200), (json!({ "disabled": true }), 401), (Value::Null, 200)]
    {
        let bat = town.employee().await;
        let second = town.whoever(&sign_in(&bat.email).await.is(200));
        let telephone = bat.post("/v2/auth/token", nothing()).await.is(200).json();
        let staff = dulmaa.get("/v2/staff").await.is(200).json();
        let member = staff["items"].as_array().expect("items").iter().find(|one| one["email"] == bat.email.as_str());
        let member = member.expect("is there").clone();

        match &change {
            Value::Null => {
                dulmaa.post(&format!("/v2/staff/{}/removal", member["id"].as_str().expect("an id")), nothing()).await
            }
            change => dulmaa.changes(&member, change.clone()).await,
        }
        .is(200);

        for person in [&bat, &second] {
            person.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
        }
        let refresh = json!({ "refreshToken": telephone["refreshToken"] });
        town.nobody().post("/v2/auth/token", refresh).await.refuses(401, "UNAUTHORIZED");
        assert_eq!(sign_in(&bat.email).await.status.as_u16(), status, "{change}");
    }
    let left = town.count("select count(*) from property_assignments").await;
    assert_eq!(left, 0);
    let noted =
        "select count(*) from audit_log where action in ('staff.change', 'staff.remove') and user_id is not null
                    and owner_id is not null and before is not null";
    assert_eq!(town.count(noted).await, 3);
}

#[tokio::test]
async fn who_is_stopped_comes_back_when_enabled_and_properties_follow_the_role() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let (tower, bat) = (dulmaa.has_property("Алтан Тауэр").await, town.employee().await);
    let member = dulmaa.colleague("Т. Бат").await;

    let assigned = dulmaa.changes(&member, json!({ "propertyIds": [tower, tower] })).await.is(200);
    assert_eq!(assigned.json()["propertyIds"], json!([tower]));
    bat.get("/v2/properties").await.is(200).shows("/items/0/id", tower.as_str());
    dulmaa.changes(&member, json!({ "disabled": true })).await.refuses(409, "CONFLICT");
    let member = dulmaa.colleague("Т. Бат").await;
    let foreign = json!({ "propertyIds": ["0190a5c0-0000-7000-8000-000000000000"] });
    dulmaa.changes(&member, foreign).await.refuses(400, "VALIDATION_ERROR");

    let stopped = dulmaa.changes(&member, json!({ "disabled": true })).await.is(200).json();
    assert!(stopped["disabledAt"].is_string());
    dulmaa.changes(&stopped, json!({ "disabled": false })).await.is(200).shows("/disabledAt", Value::Null);
    let body = json!({ "email": bat.email, "password": PASSWORD });
    let back = town.whoever(&town.nobody().post("/api/auth/sign-in/email", body).await.is(200));
    back.get("/v2/properties").await.is(200).shows("/items/0/id", tower.as_str());

    let member = dulmaa.colleague("Т. Бат").await;
    let promoted = dulmaa.changes(&member, json!({ "role": "owner_accountant" })).await.is(200);
    assert_eq!(promoted.json()["propertyIds"], json!([]));
    let member = promoted.json();
    let misfit = dulmaa.changes(&member, json!({ "propertyIds": [tower] })).await.refuses(400, "VALIDATION_ERROR");
    assert!(misfit["details"]["fields"]["propertyIds"].is_array());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_always_keeps_a_director() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let alone = dulmaa.colleague("Б. Дулмаа").await;
    for change in [json!({ "role": "employee" }), json!({ "disabled": true })] {
        let refused = dulmaa.changes(&alone, change).await.refuses(409, "CONFLICT");
        assert_eq!(refused["details"]["reason"], "LAST_DIRECTOR");
    }
    dulmaa
        .post(&format!("/v2/staff/{}/removal", alone["id"].as_str().expect("an id")), nothing())
        .await
        .refuses(409, "CONFLICT");

    // Twenty directors who all demote each other at the same moment.
    let mut directors = vec![dulmaa];
    for n in 0..19 {
        directors.push(town.person(&format!("Захирал {n}"), Role::OwnerDirector, Some(town.altan)).await);
    }
    let staff = directors[0].get("/v2/staff?limit=100").await.is(200).json();
    let staff = staff["items"].as_array().expect("items").clone();
    let all = directors.iter().zip(staff.iter().skip(1).chain(staff.first()));
    let all = all.map(|(director, other)| director.changes(other, json!({ "role": "employee" })));
    let answers = futures_util::future::join_all(all).await;

    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert!(statuses.iter().all(|status| [200, 401, 403, 409].contains(status)), "{statuses:?}");
    let left = "select count(*) from profiles where role = 'owner_director' and owner_id = (select id from property_owners where register_no = '5112345')";
    assert!(town.count(left).await >= 1, "{statuses:?}");
    println!("twenty demote each other: {statuses:?}, {} left", town.count(left).await);
}

#[tokio::test]
async fn who_works_for_another_owner_is_told_in_words_and_nobody_else_is() {
    let town = Town::new().await;
    let (dulmaa, saraa) = (town.director().await, town.neighbour().await);

    let invitation = dulmaa.invites(json!({ "email": saraa.email, "role": "employee" })).await.is(201);
    let token = town.link_of(&invitation.id()).await;

    town.nobody().get(&format!("/v2/invitations/{token}")).await.is(200).shows("/hasAccount", true);
    let stranger =
        town.accepts(&token, json!({ "name": "Сараа", "password": PASSWORD })).await.refuses(409, "CONFLICT");
    assert_eq!(stranger["details"]["reason"], "ACCOUNT_EXISTS");
    let refused = saraa.post(&format!("/v2/invitations/{token}/acceptance"), nothing()).await.refuses(409, "CONFLICT");
    assert_eq!(refused["details"]["reason"], "WORKS_ELSEWHERE");
    assert!(refused["message"].as_str().is_some_and(|said| said.contains("өөр байгууллагад")), "{refused}");
    saraa.get("/v2/me").await.is(200).shows("/owner/name", "Мөнгөн Плаза ХХК");
}

#[tokio::test]
async fn who_has_no_place_joins_with_the_account_they_have() {
    let town = Town::new().await;
    let (dulmaa, renter) = (town.director().await, town.person("Ц. Ганаа", Role::Tenant, None).await);
    let invitation = dulmaa.invites(json!({ "email": renter.email, "role": "owner_director" })).await.is(201);
    let token = town.link_of(&invitation.id()).await;

    renter.post(&format!("/v2/invitations/{token}/acceptance"), nothing()).await.is(200).shows("/token", Value::Null);

    renter.get("/v2/me").await.is(200).shows("/role", "owner_director");
    let member = dulmaa.colleague("Ц. Ганаа").await;
    dulmaa.post(&format!("/v2/staff/{}/removal", member["id"].as_str().expect("an id")), nothing()).await.is(200);
    renter.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    let body = json!({ "email": renter.email, "password": PASSWORD });
    let again = town.whoever(&town.nobody().post("/api/auth/sign-in/email", body).await.is(200));
    again.get("/v2/me").await.is(200).shows("/role", "tenant").shows("/owner", Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_acceptances_of_one_link_make_one_member() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let invitation = dulmaa.invites(json!({ "email": "bold@town.test", "role": "employee" })).await.is(201);
    let token = town.link_of(&invitation.id()).await;

    let body = json!({ "name": "Болд", "password": PASSWORD });
    let answers = futures_util::future::join_all((0..20).map(|_| town.accepts(&token, body.clone()))).await;

    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(accepted, 1);
    assert!(answers.iter().all(|answer| [200, 404, 409].contains(&answer.status.as_u16())));
    assert_eq!(town.count("select count(*) from users where email = 'bold@town.test'").await, 1);
    assert_eq!(town.count("select count(*) from profiles where full_name = 'Болд' and role = 'employee'").await, 1);
}

#[tokio::test]
async fn only_directors_change_staff_and_the_neighbour_sees_nobody() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let member = dulmaa.colleague("Т. Бат").await;
    let path = format!("/v2/staff/{}", member["id"].as_str().expect("an id"));
    let invitation = dulmaa.invites(json!({ "email": "bold@town.test", "role": "employee" })).await.is(201).id();

    nara.get("/v2/staff").await.is(200);
    for person in [&nara, &bat] {
        person.changes(&member, json!({ "role": "owner_director" })).await.refuses(403, "FORBIDDEN");
        person.post(&format!("{path}/removal"), nothing()).await.refuses(403, "FORBIDDEN");
        person.invites(json!({ "email": "x@town.test", "role": "owner_director" })).await.refuses(403, "FORBIDDEN");
        person.get(INVITATIONS).await.refuses(403, "FORBIDDEN");
        person.post(&format!("{INVITATIONS}/{invitation}/cancellation"), nothing()).await.refuses(403, "FORBIDDEN");
    }
    bat.get("/v2/staff").await.refuses(403, "FORBIDDEN");
    saraa.get(&path).await.refuses(404, "NOT_FOUND");
    saraa.changes(&member, json!({ "disabled": true })).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{path}/removal"), nothing()).await.refuses(404, "NOT_FOUND");
    saraa.post(&format!("{INVITATIONS}/{invitation}/cancellation"), nothing()).await.refuses(404, "NOT_FOUND");
    town.nobody().get("/v2/staff").await.refuses(401, "UNAUTHORIZED");
    bat.get("/v2/me").await.is(200);
}

#[tokio::test]
async fn the_database_itself_lets_nobody_give_themselves_a_place() {
    let town = Town::new().await;
    let (bat, nara) = (town.employee().await, town.accountant().await);
    for person in [&bat, &nara] {
        let hash = base::secrets::TokenHash::of(person.token.as_deref().expect("signed in"));
        let actor = base::Actor::new(town.app.clone(), base::Credential::Session(hash));
        for (sql, why) in [
            (
                "update profiles set role = 'owner_director' where user_id = app_user_id()",
                "nobody gives themselves a place",
            ),
            (
                "update profiles set owner_id = null, role = 'tenant' where user_id = app_user_id()",
                "nobody gives themselves a place",
            ),
        ] {
            let tried = actor.transact(async |tx| tx.touch(sql, &[]).await).await;
            let said = format!("{:?}", tried.expect_err("refused"));
            assert!(said.contains(why), "{said}");
        }
        let others = "update profiles set role = 'employee' where user_id <> app_user_id()";
        assert_eq!(actor.transact(async |tx| tx.touch(others, &[]).await).await.ok(), Some(0));
    }
}
