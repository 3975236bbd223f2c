//! Codes by SMS: who comes in with one, who does not, and what they cost.

use base::{Clock, kv::Kv};
use cluster::testing;
use domain::rights::Role;
use http::Method;
use jiff::SignedDuration;
use providers::sandbox::{Mood, Provider};
use serde_json::{Value, json};

use crate::town::{Limited, Outside, Person, Reply, Tenant, Town};

const SEND: &str = "/api/auth/phone-number/send-otp";
const VERIFY: &str = "/api/auth/phone-number/verify";
const SIGN_IN: &str = "/api/auth/sign-in/phone-number";
const REQUEST_RESET: &str = "/api/auth/phone-number/request-password-reset";
const RESET: &str = "/api/auth/phone-number/reset-password";

/// With providers that answer, under the published limits.
async fn strict_town(kv: Kv) -> (Town, Outside) {
    let ten = Clock::held("2026-10-10T02:00:00Z".parse().expect("a moment"));
    Town::among_providers_under(Limited::AsPublished(kv), ten, |_| axum::Router::new()).await
}

/// The codes on a telephone, the newest first.
fn codes(outside: &Outside, number: &str) -> Vec<String> {
    let texts = outside.sandbox.sms.messages_to(number);
    let first_words = texts.iter().filter_map(|message| message.text.split(' ').next());
    first_words.filter(|word| word.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
}

fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { "1" } else { "0" };
    format!("{}{last}", &code[..code.len() - 1])
}

impl Person<'_> {
    /// Asks for a code and reads it.
    async fn gets_code(&self, town: &Town, outside: &Outside, number: &str) -> String {
        self.post(SEND, json!({ "phoneNumber": number })).await.is(200).shows("/message", "code sent");
        town.keep_promises().await;
        codes(outside, number).into_iter().next().expect("a text")
    }

    async fn verifies(&self, number: &str, code: &str) -> Reply {
        self.post(VERIFY, json!({ "phoneNumber": number, "code": code })).await
    }
}

#[tokio::test]
async fn whoever_has_a_telephone_comes_in_as_a_tenant_and_is_known_again() {
    let (town, outside) = Town::with_outside().await;
    town.lets(town.altan, "К-301", Tenant::default()).await;
    let nobody = town.nobody();

    let code = nobody.gets_code(&town, &outside, "99110001").await;
    let reply = nobody.verifies("+976 9911-0001", &code).await.is(200);
    let token = reply.json()["token"].as_str().expect("a token").to_owned();
    assert!(reply.headers.contains_key("set-cookie") && reply.headers.contains_key("set-auth-token"));
    let reply = reply.shows("/status", true).shows("/user/phoneNumber", "+97699110001");
    let first = reply.shows("/user/phoneNumberVerified", true).json()["user"]["id"].clone();
    town.holder_of(token).get("/v2/me").await.is(200).shows("/role", "tenant");
    assert_eq!(
        town.count("select count(*) from tenant_links").await,
        1,
        "the owner is asked whether it is their tenant"
    );

    let code = nobody.gets_code(&town, &outside, "99110001").await;
    let again = nobody.verifies("99110001", &code).await.is(200).json();
    assert_eq!(again["user"]["id"], first);
    assert_eq!(town.count("select count(*) from users where phone_number = '+97699110001'").await, 1);
    let text = &outside.sandbox.sms.messages_to("99110001")[0].text;
    assert_eq!(text, &format!("{code} – Spacehub-д нэвтрэх код. 5 минут хүчинтэй. Хэнд ч бүү хэл."));
    town.keeps_its_word().await;
}

#[tokio::test]
async fn neither_code_nor_number_stands_where_it_can_be_read() {
    let (town, outside) = Town::with_outside().await;

    let code = town.nobody().gets_code(&town, &outside, "99110001").await;
    town.nobody().verifies("99110001", &wrong(&code)).await.is(400);

    let rows = town.sql("select o::text from outbox o union all select a::text from audit_log a").await;
    let rows: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert!(rows.iter().any(|row| row.contains("phone.code")) && rows.iter().any(|row| row.contains("phone.refused")));
    for secret in [code.as_str(), "99110001"] {
        assert!(!rows.iter().any(|row| row.contains(secret)), "{secret}: {rows:?}");
    }
}

#[tokio::test]
async fn of_fifty_who_come_at_once_with_the_right_code_one_is_let_in() {
    let mut stores = vec![("in process", Kv::in_process())];
    if let Some(url) = testing::redis().await {
        stores.push(("Redis", Kv::redis(&url).expect("an address")));
    }
    for (name, kv) in stores {
        let (town, outside) = strict_town(kv).await;
        // The store is shared with other runs: a number and addresses of its own.
        let unique = uuid::Uuid::now_v7().as_u128();
        let number = format!("88{:06}", unique % 1_000_000);
        let from = |n: u128| format!("2001:db8:{:x}:{n:x}::1", unique % 65_536);
        let (body, address) = (json!({ "phoneNumber": number }), from(99));
        town.nobody().ask(Method::POST, SEND, Some(body), &[("x-forwarded-for", &address)]).await.is(200);
        town.keep_promises().await;
        let code = codes(&outside, &number).remove(0);

        let tries = (0..50).map(|n| {
            let (town, body, from) = (&town, json!({ "phoneNumber": number, "code": code }), from(n));
            async move { town.nobody().ask(Method::POST, VERIFY, Some(body), &[("x-forwarded-for", &from)]).await }
        });
        let replies = futures_util::future::join_all(tries).await;

        let let_in = replies.iter().filter(|reply| reply.status == 200).count();
        let refused =
            replies.iter().filter(|reply| reply.status == 400 && reply.json()["code"] == "OTP_NOT_FOUND").count();
        let sessions =
            "select count(*) from sessions s join users u on u.id = s.user_id where u.phone_number is not null";
        let sessions = town.count(sessions).await;
        println!("R20 {name}: 50 tries of one right code, {let_in} let in, {sessions} sessions, {refused} refused");
        assert_eq!((let_in, sessions, refused), (1, 1, 49), "{name}");
    }
}

#[tokio::test]
async fn three_wrong_tries_a_new_code_and_five_minutes_each_end_a_code() {
    let (town, outside) = Town::with_outside().await;
    let nobody = town.nobody();
    let said = async |code: &str| {
        let reply = nobody.verifies("99110001", code).await;
        (reply.status.as_u16(), reply.json()["code"].as_str().unwrap_or_default().to_owned())
    };
    let refusal = |status: u16, code: &str| (status, code.to_owned());

    let code = nobody.gets_code(&town, &outside, "99110001").await;
    for _ in 0..3 {
        assert_eq!(said(&wrong(&code)).await, refusal(400, "INVALID_OTP"));
    }
    assert_eq!(said(&code).await, refusal(403, "TOO_MANY_ATTEMPTS"));
    assert_eq!(said(&code).await, refusal(400, "OTP_NOT_FOUND"));

    let old = nobody.gets_code(&town, &outside, "99110001").await;
    let new = nobody.gets_code(&town, &outside, "99110001").await;
    if old != new {
        assert_eq!(said(&old).await, refusal(400, "INVALID_OTP"));
    }
    town.passes(SignedDuration::from_secs(300));
    assert_eq!(said(&new).await, refusal(400, "OTP_EXPIRED"));

    let code = nobody.gets_code(&town, &outside, "99110001").await;
    assert_eq!(said(&code).await.0, 200);
    assert_eq!(said(&code).await, refusal(400, "OTP_NOT_FOUND"));
    for no_number in ["12345", "70112233", "+1 555 0100", "nomin@example.mn"] {
        let reply = nobody.post(SEND, json!({ "phoneNumber": no_number })).await.is(400);
        reply.shows("/code", "INVALID_PHONE_NUMBER");
    }
}

#[tokio::test]
async fn texts_stay_within_the_budget_however_a_number_is_written_and_wherever_it_is_asked_from() {
    let (town, outside) = strict_town(Kv::in_process()).await;
    let asks = async |number: &str, from: String| {
        let body = json!({ "phoneNumber": number });
        town.nobody().ask(Method::POST, SEND, Some(body), &[("x-forwarded-for", &from)]).await
    };
    let spellings = ["99110001", "9911-0001", "+97699110001", "976 9911 0001", "(976) 9911.0001", "0097699110001"];

    // Every minute of a day, six spellings from six households.
    let (mut allowed, mut refused) = (0, None);
    for minute in 0..(24 * 60) / 5 {
        for (n, spelling) in spellings.iter().enumerate() {
            let reply = asks(spelling, format!("2001:db8:{n}:{minute:x}::1")).await;
            match reply.status.as_u16() {
                200 => allowed += 1,
                _ => refused = Some(reply.is(429)),
            }
        }
        town.keep_promises().await;
        town.passes(SignedDuration::from_mins(5));
    }
    let refused = refused.expect("most were");
    for header in ["retry-after", "x-retry-after", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"] {
        assert!(refused.headers.contains_key(header), "{header}");
    }
    let told = codes(&outside, "99110001").len();
    println!(
        "R20: one telephone, a day, six spellings, {} addresses: {allowed} allowed, {told} texts, budget 20",
        6 * 288
    );
    assert_eq!((allowed, told), (20, 20));
    let chance = f64::from(allowed) * 3.0 / 1_000_000.0;
    println!("R20: P(takeover of an account a day) ≤ {allowed} codes × 3 tries / 1,000,000 = {chance:e}");
    assert!(chance <= 1e-4);

    // One household asks for many telephones.
    let mut from_one = 0;
    for n in 0..15 {
        from_one += u32::from(asks(&format!("9500{n:04}"), format!("2001:db8:ffff:1:{n:x}::1")).await.status == 200);
        town.passes(SignedDuration::from_secs(61));
    }
    // Many households ask for the numbers of one range.
    let mut of_range = 0;
    for n in 0..320 {
        of_range +=
            u32::from(asks(&format!("8811{n:04}"), format!("198.51.{}.{}", n / 250, n % 250)).await.status == 200);
    }
    println!("R20: one household in an hour: {from_one} of 10; one range in a day: {of_range} of 300");
    assert_eq!((from_one, of_range), (10, 300));
}

#[tokio::test]
async fn nobody_learns_whether_a_number_is_known() {
    let (town, outside) = Town::with_outside().await;
    let nobody = town.nobody();
    let code = nobody.gets_code(&town, &outside, "99110001").await;
    nobody.verifies("99110001", &code).await.is(200);
    let texts = |number: &str| outside.sandbox.sms.messages_to(number).len();
    let shown = |reply: &Reply| {
        let names: Vec<String> = reply.headers.keys().map(ToString::to_string).collect();
        (reply.status, reply.text(), names)
    };

    for path in [SEND, REQUEST_RESET] {
        let known = nobody.post(path, json!({ "phoneNumber": "99110001" })).await.is(200);
        let unknown = nobody.post(path, json!({ "phoneNumber": "88110002" })).await.is(200);
        assert_eq!(shown(&known), shown(&unknown));
    }
    town.keep_promises().await;
    assert_eq!((texts("99110001"), texts("88110002")), (3, 1), "a new password only for whoever is there");
    for path in [SIGN_IN, RESET] {
        let answers = ["99110001", "88110002"].map(|number| {
            json!({ "phoneNumber": number, "password": "not it at all", "otp": "0000000", "newPassword": "long enough" })
        });
        let [known, unknown] = answers;
        assert_eq!(shown(&nobody.post(path, known).await), shown(&nobody.post(path, unknown).await), "{path}");
    }
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_code_is_used_by_the_browser_that_asked_for_it() {
    let (town, outside) = Town::with_outside().await;
    let origin = town.app.public_url.clone();
    let page = [("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors"), ("origin", origin.as_str())];
    let body = json!({ "phoneNumber": "99110001" });
    let asked = town.nobody().ask(Method::POST, SEND, Some(body), &page).await.is(200);
    let cookie = asked.headers["set-cookie"].to_str().expect("plain").to_owned();
    assert!(cookie.starts_with("better-auth.phone_code=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a value");
    town.keep_promises().await;
    let code = codes(&outside, "99110001").remove(0);
    let verify = async |code: &str, headers: &[(&str, &str)]| {
        let body = json!({ "phoneNumber": "99110001", "code": code });
        town.nobody().ask(Method::POST, VERIFY, Some(body), headers).await
    };

    for _ in 0..5 {
        verify(&wrong(&code), &page).await.is(400).shows("/code", "OTP_NOT_FOUND");
    }
    verify(&code, &page).await.is(400).shows("/code", "OTP_NOT_FOUND");
    verify(&code, &[]).await.is(400).shows("/code", "OTP_NOT_FOUND");
    let own = [page[0], page[1], page[2], ("cookie", cookie)];
    verify(&code, &own).await.is(200);
}

#[tokio::test]
async fn a_new_number_ends_every_other_session_at_once() {
    let (town, outside) = Town::with_outside().await;
    let nobody = town.nobody();
    let code = nobody.gets_code(&town, &outside, "88110002").await;
    nobody.verifies("88110002", &code).await.is(200);
    let dulmaa = town.director().await;
    let login = json!({ "email": dulmaa.email, "password": crate::town::PASSWORD });
    let other = nobody.post("/api/auth/sign-in/email", login).await.is(200).json();
    let other = town.holder_of(other["token"].as_str().expect("a token"));
    other.get("/v2/me").await.is(200);
    let give = |number: &str, code: &str| json!({ "phoneNumber": number, "code": code, "updatePhoneNumber": true });

    let code = dulmaa.gets_code(&town, &outside, "99110001").await;
    nobody.post(VERIFY, give("99110001", &code)).await.is(401);
    other.post(VERIFY, give("99110001", &code)).await.is(400).shows("/code", "OTP_NOT_FOUND");
    let changed = dulmaa.post(VERIFY, give("99110001", &code)).await.is(200);
    assert!(!changed.headers.contains_key("set-cookie"));
    changed.shows("/user/phoneNumber", "+97699110001").shows("/token", dulmaa.token.clone());

    other.get("/v2/me").await.is(401);
    dulmaa.get("/v2/me").await.is(200);
    let code = dulmaa.gets_code(&town, &outside, "88110002").await;
    dulmaa.post(VERIFY, give("88110002", &code)).await.is(400).shows("/code", "PHONE_NUMBER_EXIST");
    let code = nobody.gets_code(&town, &outside, "99110001").await;
    let only = json!({ "phoneNumber": "99110001", "code": code, "disableSession": true });
    let proved = nobody.post(VERIFY, only).await.is(200).shows("/token", Value::Null);
    assert!(!proved.headers.contains_key("set-cookie") && !proved.headers.contains_key("set-auth-token"));
    let audits = "select count(*) from audit_log where action = 'user.change_phone' and user_id is not null";
    assert_eq!(town.count(audits).await, 1);
}

#[tokio::test]
async fn a_password_is_set_by_a_code_and_shut_after_a_hundred_misses_in_a_row() {
    let (town, outside) = Town::with_outside().await;
    let nobody = town.nobody();
    let code = nobody.gets_code(&town, &outside, "99110001").await;
    let session = nobody.verifies("99110001", &code).await.is(200).json();
    let session = town.holder_of(session["token"].as_str().expect("a token"));
    let sign_in =
        async |password: &str| nobody.post(SIGN_IN, json!({ "phoneNumber": "9911 0001", "password": password })).await;
    sign_in("a good long password").await.is(401).shows("/code", "INVALID_PHONE_NUMBER_OR_PASSWORD");

    nobody.post(REQUEST_RESET, json!({ "phoneNumber": "99110001" })).await.is(200).shows("/status", true);
    town.keep_promises().await;
    let code = codes(&outside, "99110001").remove(0);
    let reset = |code: &str, new: &str| json!({ "phoneNumber": "99110001", "otp": code, "newPassword": new });
    nobody.verifies("99110001", &code).await.is(400).shows("/code", "OTP_NOT_FOUND");
    nobody.post(RESET, reset(&code, "short")).await.is(400).shows("/code", "PASSWORD_TOO_SHORT");
    nobody.post(RESET, reset(&wrong(&code), "a good long password")).await.is(400).shows("/code", "INVALID_OTP");
    nobody.post(RESET, reset(&code, "a good long password")).await.is(200).shows("/status", true);

    session.get("/v2/me").await.is(401);
    sign_in("a good long password").await.is(200).shows("/user/phoneNumber", "+97699110001");
    for _ in 0..99 {
        sign_in("not it").await.is(401);
    }
    sign_in("a good long password").await.is(200);
    for _ in 0..100 {
        sign_in("not it").await.is(401);
    }
    let shut = sign_in("a good long password").await.is(401);
    assert_eq!(shut.text(), sign_in("not it").await.text());
    let code = nobody.gets_code(&town, &outside, "99110001").await;
    nobody.verifies("99110001", &code).await.is(200);
    sign_in("a good long password").await.is(200);
}

#[tokio::test]
async fn a_text_that_may_have_arrived_or_is_late_is_not_repeated() {
    let (town, outside) = Town::with_outside().await;
    outside.feels_once(Provider::Sms, Mood::DieAfterEffect);
    let code = town.nobody().gets_code(&town, &outside, "99110001").await;
    town.passes(SignedDuration::from_secs(60));
    town.keep_promises().await;
    assert_eq!(codes(&outside, "99110001"), std::slice::from_ref(&code));
    town.nobody().verifies("99110001", &code).await.is(200);

    town.nobody().post(SEND, json!({ "phoneNumber": "99110001" })).await.is(200);
    town.passes(SignedDuration::from_secs(300));
    town.keep_promises().await;
    assert_eq!(codes(&outside, "99110001").len(), 1, "nobody can use it any more");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn whoever_was_shut_out_stays_out() {
    let (town, outside) = Town::with_outside().await;
    let nobody = town.nobody();
    let code = nobody.gets_code(&town, &outside, "99110001").await;
    nobody.verifies("99110001", &code).await.is(200);
    town.sql("update users set disabled_at = now() where phone_number = '+97699110001'").await;

    let code = nobody.gets_code(&town, &outside, "99110001").await;

    nobody.verifies("99110001", &code).await.is(401);
    let code = nobody.gets_code(&town, &outside, "99110001").await;
    let only = json!({ "phoneNumber": "99110001", "code": code, "disableSession": true });
    nobody.post(VERIFY, only).await.is(401);
    let dulmaa = town.person("Б. Дулмаа", Role::OwnerDirector, Some(town.altan)).await;
    dulmaa.get("/v2/me").await.is(200);
}
