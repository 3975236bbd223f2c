//! The second factor: switched on, asked for, tried out by a thief, twenty at once, and lost with the telephone.

use http::Method;
use identity::auth::two_factor::totp;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::town::{PASSWORD, Person, Reply, Town, nothing};

/// A browser with its cookies.
struct Browser<'t> {
    town: &'t Town,
    cookies: Vec<(String, String)>,
}

impl<'t> Browser<'t> {
    fn new(town: &'t Town) -> Browser<'t> {
        Browser { town, cookies: Vec::new() }
    }

    async fn asks(&mut self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("origin", "http://town.test")];
        if !cookies.is_empty() {
            headers.push(("cookie", cookies.as_str()));
        }
        let reply = self.town.nobody().ask(method, path, body, &headers).await;
        for line in reply.headers.get_all("set-cookie") {
            let line = line.to_str().expect("plain");
            let (name, rest) = line.split_once('=').expect("a cookie");
            let value = rest.split(';').next().expect("a value");
            self.cookies.retain(|(known, _)| known != name);
            if !line.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        reply
    }

    async fn posts(&mut self, path: &str, body: Value) -> Reply {
        self.asks(Method::POST, &format!("/api/auth{path}"), Some(body)).await
    }

    async fn signs_in(&mut self, who: &Person<'_>) -> Reply {
        self.posts("/sign-in/email", json!({ "email": who.email, "password": PASSWORD })).await.is(200)
    }

    async fn session(&mut self) -> Value {
        self.asks(Method::GET, "/api/auth/get-session", None).await.is(200).json()
    }

    fn has(&self, name: &str) -> bool {
        self.cookies.iter().any(|(known, _)| known == &format!("better-auth.{name}"))
    }
}

/// Somebody with two factors switched on, and what belongs to them.
struct Secured<'t> {
    person: Person<'t>,
    secret: Vec<u8>,
    codes: Vec<String>,
}

impl Town {
    async fn secured(&self) -> Secured<'_> {
        let mut person = self.director().await;
        let set_up = person.post("/api/auth/two-factor/enable", json!({ "password": PASSWORD })).await.is(200).json();
        let secret = secret(set_up["totpURI"].as_str().expect("an address"));
        let codes: Vec<String> = serde_json::from_value(set_up["backupCodes"].clone()).expect("codes");
        let reply =
            person.post("/api/auth/two-factor/verify-totp", json!({ "code": self.code(&secret) })).await.is(200);
        person.token = reply.json()["token"].as_str().map(str::to_owned);
        self.passes(SignedDuration::from_mins(5));
        Secured { person, secret, codes }
    }

    /// The app's code now.
    fn code(&self, secret: &[u8]) -> String {
        totp::code(secret, self.clock.now().as_second() / 30)
    }

    /// The code that was sent last, as the job that sends it makes it.
    async fn sent_code(&self, who: &Person<'_>) -> String {
        let user = self.sql(&format!("select id::text from users where email = '{}'", who.email)).await;
        let user = user[0].get::<_, String>(0).parse().expect("an id");
        let door = base::Actor::platform(&self.workshop).at_the_door();
        let code = door.transact(async |tx| identity::auth::two_factor::code_to_send(tx, user).await).await;
        code.expect("Postgres answers").expect("a code")
    }
}

/// The secret in an `otpauth` address.
fn secret(uri: &str) -> Vec<u8> {
    let base32 = uri.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).expect("a secret");
    let (mut bits, mut held, mut bytes) = (0u32, 0u64, Vec::new());
    for letter in base32.bytes() {
        let five = if letter.is_ascii_uppercase() { letter - b'A' } else { letter - b'2' + 26 };
        (held, bits) = ((held << 5) | u64::from(five), bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).expect("eight bits"));
        }
    }
    bytes
}

#[tokio::test]
async fn two_factors_are_switched_on_asked_for_and_switched_off() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let old = dulmaa.token.clone();
    dulmaa
        .post("/api/auth/two-factor/enable", json!({ "password": "wrong" }))
        .await
        .is(400)
        .shows("/code", "INVALID_PASSWORD");

    let asked = json!({ "password": PASSWORD, "issuer": "Алтан Тауэр" });
    let set_up = dulmaa.post("/api/auth/two-factor/enable", asked).await.is(200).shows("/method", "totp").json();
    let uri = set_up["totpURI"].as_str().expect("an address");
    assert!(uri.ends_with("&digits=6&period=30") && uri.contains("issuer=%D0%90%D0%BB"), "{uri}");
    assert_eq!(set_up["backupCodes"].as_array().map(Vec::len), Some(10));
    let mut browser = Browser::new(&town);
    assert_eq!(browser.signs_in(&dulmaa).await.json()["user"]["twoFactorEnabled"], false, "not before it is confirmed");

    let secret = secret(uri);
    dulmaa
        .post("/api/auth/two-factor/verify-totp", json!({ "code": "000000" }))
        .await
        .is(401)
        .shows("/code", "INVALID_CODE");
    let on = dulmaa.post("/api/auth/two-factor/verify-totp", json!({ "code": town.code(&secret) })).await.is(200);
    on.headers.get("set-auth-token").expect("a new session");
    assert_ne!(on.json()["token"].as_str().map(str::to_owned), old);
    dulmaa.get("/v2/me").await.refuses(401, "UNAUTHORIZED");

    town.passes(SignedDuration::from_secs(60));
    let mut browser = Browser::new(&town);
    let asked = browser.signs_in(&dulmaa).await;
    assert_eq!(asked.json(), json!({ "twoFactorRedirect": true, "twoFactorMethods": ["totp", "otp"] }));
    assert!(!asked.headers.contains_key("set-auth-token"), "there is no session to hand over");
    assert!(browser.has("two_factor") && !browser.has("session_token"));
    assert_eq!(browser.session().await, Value::Null);
    let in_now = browser.posts("/two-factor/verify-totp", json!({ "code": town.code(&secret) })).await.is(200);
    in_now.shows("/user/twoFactorEnabled", true);
    assert!(!browser.has("two_factor") && browser.has("session_token"));
    assert_eq!(browser.session().await["user"]["email"], dulmaa.email);

    let uri_again = browser.posts("/two-factor/get-totp-uri", json!({ "password": PASSWORD })).await.is(200).json();
    assert_eq!(uri_again["totpURI"], uri, "the same issuer");
    let again = browser.posts("/two-factor/enable", json!({ "password": PASSWORD })).await.is(400);
    again.shows("/code", "TWO_FACTOR_ALREADY_ENABLED");
    browser.posts("/two-factor/disable", json!({ "password": PASSWORD })).await.is(200).shows("/status", true);
    assert_eq!(browser.session().await["user"]["twoFactorEnabled"], false);
    browser.posts("/two-factor/disable", json!({ "password": PASSWORD })).await.is(200);
    let mut browser = Browser::new(&town);
    browser.signs_in(&dulmaa).await.shows("/redirect", false);
    let audited = "select string_agg(action, ' ' order by id) from audit_log where action like 'two_factor.%'";
    let audited: String = town.sql(audited).await[0].get(0);
    assert_eq!(
        audited,
        "two_factor.set_up two_factor.refused two_factor.switch_on two_factor.switch_off two_factor.switch_off"
    );
}

#[tokio::test]
async fn a_thief_with_the_password_gets_no_further() {
    let town = Town::new().await;
    let Secured { person, secret, codes } = town.secured().await;
    let mut thief = Browser::new(&town);
    thief
        .posts("/two-factor/verify-totp", json!({ "code": "123456" }))
        .await
        .is(401)
        .shows("/code", "INVALID_TWO_FACTOR_COOKIE");

    thief.signs_in(&person).await;
    let wrong = (0..10).map(|n| format!("{:06}", n * 7));
    for code in wrong {
        assert_ne!(code, town.code(&secret));
        thief.posts("/two-factor/verify-totp", json!({ "code": code })).await.is(401).shows("/code", "INVALID_CODE");
    }
    let locked = thief.posts("/two-factor/verify-totp", json!({ "code": town.code(&secret) })).await.is(429);
    assert_eq!(locked.headers["retry-after"], "900");
    locked.shows("/code", "ACCOUNT_TEMPORARILY_LOCKED");
    thief.posts("/two-factor/verify-backup-code", json!({ "code": codes[0] })).await.is(429);
    thief.posts("/two-factor/send-otp", nothing()).await.is(429);
    assert_eq!(thief.session().await, Value::Null);

    town.passes(SignedDuration::from_mins(9));
    thief.posts("/two-factor/verify-totp", json!({ "code": town.code(&secret) })).await.is(429);
    town.passes(SignedDuration::from_mins(6));
    let late = thief.posts("/two-factor/verify-totp", json!({ "code": town.code(&secret) })).await.is(401);
    late.shows("/code", "INVALID_TWO_FACTOR_COOKIE");
    let mut holder = Browser::new(&town);
    holder.signs_in(&person).await;
    holder.posts("/two-factor/verify-totp", json!({ "code": town.code(&secret) })).await.is(200);
}

#[tokio::test]
async fn a_password_changed_meanwhile_ends_the_waiting() {
    let town = Town::new().await;
    let Secured { person, secret, .. } = town.secured().await;
    let mut thief = Browser::new(&town);
    thief.signs_in(&person).await;

    let email = &person.email;
    town.sql(&format!("update users set credential_version = credential_version + 1 where email = '{email}'")).await;

    thief.posts("/two-factor/verify-totp", json!({ "code": town.code(&secret) })).await.is(401);
    assert_eq!(thief.session().await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_at_once_one_comes_in_by_each_code() {
    let town = Town::new().await;
    let Secured { person, secret, codes } = town.secured().await;
    let (code, backup) = (town.code(&secret), codes[3].clone());

    for (path, code) in [("/two-factor/verify-totp", code), ("/two-factor/verify-backup-code", backup)] {
        let mut browsers = Vec::new();
        for _ in 0..20 {
            let mut browser = Browser::new(&town);
            browser.signs_in(&person).await;
            browsers.push(browser);
        }
        let all = browsers.iter_mut().map(|browser| browser.posts(path, json!({ "code": code })));
        let answers = futures_util::future::join_all(all).await;
        let mut counts = [0; 3];
        for answer in &answers {
            counts[match answer.status.as_u16() {
                200 => 0,
                401 => 1,
                429 => 2,
                _ => panic!("{}", answer.text()),
            }] += 1;
        }
        // Ten wrong ones in a row close the factor, so the rest are told to wait.
        assert_eq!(counts, [1, 10, 9], "{path}");
        town.passes(SignedDuration::from_mins(20));
    }
    let opened = "select count(*) from audit_log where action = 'session.open' and after->>'by' = 'second_factor'";
    assert_eq!(town.count(opened).await, 2);
}

#[tokio::test]
async fn a_backup_code_works_once_and_a_new_set_replaces_the_old() {
    let town = Town::new().await;
    let Secured { person, codes, .. } = town.secured().await;
    let verify = "/two-factor/verify-backup-code";
    let mut browser = Browser::new(&town);
    browser.signs_in(&person).await;

    browser.posts(verify, json!({ "code": "aaaaa-bbbbb" })).await.is(401).shows("/code", "INVALID_BACKUP_CODE");
    browser.posts(verify, json!({ "code": codes[0] })).await.is(200);
    browser.posts(verify, json!({ "code": codes[0] })).await.is(401);

    let new = browser.posts("/two-factor/generate-backup-codes", json!({ "password": PASSWORD })).await.is(200).json();
    browser.posts(verify, json!({ "code": codes[1] })).await.is(401);
    let only_check = json!({ "code": new["backupCodes"][0], "disableSession": true });
    let mut other = Browser::new(&town);
    other.signs_in(&person).await;
    other.posts(verify, only_check).await.is(200).shows("/token", Value::Null);
    assert_eq!(other.session().await, Value::Null);
    let kept = town.sql("select c::text from backup_codes c").await;
    let kept: String = kept.iter().map(|row| row.get::<_, String>(0)).collect();
    assert!(
        new["backupCodes"].as_array().expect("codes").iter().all(|code| !kept.contains(code.as_str().expect("text")))
    );
}

#[tokio::test]
async fn a_code_that_was_sent_is_good_for_three_minutes_five_tries_and_once() {
    let town = Town::new().await;
    let Secured { person, .. } = town.secured().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&person).await;
    let verify = "/two-factor/verify-otp";
    browser.posts(verify, json!({ "code": "123456" })).await.is(400).shows("/code", "OTP_HAS_EXPIRED");

    browser.posts("/two-factor/send-otp", nothing()).await.is(200).shows("/status", true);
    let late = town.sent_code(&person).await;
    town.passes(SignedDuration::from_secs(181));
    browser.posts(verify, json!({ "code": late })).await.is(400).shows("/code", "OTP_HAS_EXPIRED");

    browser.posts("/two-factor/send-otp", nothing()).await.is(200);
    let code = town.sent_code(&person).await;
    for _ in 0..5 {
        browser.posts(verify, json!({ "code": "12345x" })).await.is(401).shows("/code", "INVALID_CODE");
    }
    let used_up = browser.posts(verify, json!({ "code": code })).await.is(400);
    used_up.shows("/code", "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE");

    browser.posts("/two-factor/send-otp", nothing()).await.is(200);
    let code = town.sent_code(&person).await;
    browser.posts(verify, json!({ "code": code })).await.is(200);
    browser.posts(verify, json!({ "code": code })).await.is(400).shows("/code", "OTP_HAS_EXPIRED");
    let outbox = town.sql("select coalesce(string_agg(payload::text, ' '), '') from outbox").await;
    assert!(!outbox[0].get::<_, String>(0).contains(&code), "a code is in no promise");
}

#[tokio::test]
async fn a_trusted_device_is_asked_again_after_thirty_days_without_use() {
    let town = Town::new().await;
    let Secured { person, secret, .. } = town.secured().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&person).await;
    let trusting = json!({ "code": town.code(&secret), "trustDevice": true });
    browser.posts("/two-factor/verify-totp", trusting).await.is(200);
    assert!(browser.has("trust_device"));

    for _ in 0..3 {
        browser.posts("/sign-out", nothing()).await.is(200);
        town.passes(SignedDuration::from_hours(29 * 24));
        browser.signs_in(&person).await.shows("/redirect", false);
    }
    let stranger = town.employee().await;
    let mut other = Browser { town: &town, cookies: browser.cookies.clone() };
    other.cookies.retain(|(name, _)| name.contains("trust_device"));
    other.signs_in(&stranger).await.shows("/redirect", false);
    browser.posts("/sign-out", nothing()).await.is(200);
    town.passes(SignedDuration::from_hours(31 * 24));
    browser.signs_in(&person).await.shows("/twoFactorRedirect", true);
}

#[tokio::test]
async fn another_persons_trust_is_none_of_ones_own() {
    let town = Town::new().await;
    let (first, second) = (town.secured().await, town.secured().await);
    let mut browser = Browser::new(&town);
    browser.signs_in(&first.person).await;
    let trusting = json!({ "code": town.code(&first.secret), "trustDevice": true });
    browser.posts("/two-factor/verify-totp", trusting).await.is(200);

    browser.signs_in(&second.person).await.shows("/twoFactorRedirect", true);
}

#[tokio::test]
async fn the_secret_is_sealed_and_nothing_of_it_is_told() {
    let town = Town::new().await;
    let Secured { secret, codes, .. } = town.secured().await;
    let secret = String::from_utf8(secret).expect("letters and digits");

    let tables = town.sql("select table_name::text from information_schema.tables where table_schema = 'public'").await;
    for table in tables.iter().map(|row| row.get::<_, String>(0)) {
        for row in town.sql(&format!("select t::text from {table} t")).await {
            let row: String = row.get(0);
            assert!(!row.contains(&secret) && codes.iter().all(|code| !row.contains(code)), "{table} tells");
        }
    }
}
