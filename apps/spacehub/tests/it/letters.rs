//! Letters as they arrive: to the right reader, by the right way, in their language, and what happens when the post fails.

use http::Method;
use jiff::SignedDuration;
use providers::sandbox::{Mood, Part, Provider};
use serde_json::json;

use crate::town::{PASSWORD, Town, nothing};

#[tokio::test]
async fn an_invitation_arrives_by_the_way_it_was_made() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;

    let invite = async |body| dulmaa.post("/v2/staff/invitations", body).await.is(201);
    invite(json!({ "email": "nomin@town.test", "role": "owner_accountant" })).await;
    invite(json!({ "phone": "9911 3344", "role": "employee" })).await;
    town.keep_promises().await;

    let letter = outside.letter_to("nomin@town.test");
    assert!(letter.subject.starts_with("Алтан Тауэр ХХК") && letter.text.contains("Нягтлан бодогч"), "{letter:?}");
    let link = outside.link_to("nomin@town.test");
    let token = link.strip_prefix("/invitation/").expect("an invitation");
    town.nobody().get(&format!("/v2/invitations/{token}")).await.is(200).shows("/role", "owner_accountant");
    let text = &outside.sandbox.sms.messages_to("99113344")[0];
    assert!(text.text.starts_with("Алтан Тауэр ХХК") && text.links()[0].contains("/invitation/"), "{text:?}");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn the_code_of_a_second_step_arrives_and_opens() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;
    let set_up = dulmaa.post("/api/auth/two-factor/enable", json!({ "password": PASSWORD })).await.is(200).json();
    assert!(set_up["totpURI"].is_string());
    // As if the app's first code had been typed; the stories of second factors do.
    town.sql(&format!("update users set two_factor_enabled = true where email = '{}'", dulmaa.email)).await;

    let body = json!({ "email": dulmaa.email, "password": PASSWORD });
    let asked = town.nobody().post("/api/auth/sign-in/email", body).await.is(200).shows("/twoFactorRedirect", true);
    let mut waiting = asked.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let waiting = waiting.rfind(|line| line.contains("two_factor=") && !line.contains("Max-Age=0"));
    let cookie = waiting.and_then(|line| line.split(';').next()).expect("who waits").to_owned();
    let headers = [("cookie", cookie.as_str()), ("origin", town.app.public_url.as_str())];
    let ask = async |path: &str, body| town.nobody().ask(Method::POST, path, Some(body), &headers).await;
    ask("/api/auth/two-factor/send-otp", nothing()).await.is(200);
    town.keep_promises().await;

    let letter = outside.letter_to(&dulmaa.email);
    let code: String = letter.subject.chars().filter(char::is_ascii_digit).collect();
    assert!(code.len() == 6 && letter.links().is_empty(), "{letter:?}");
    let opened = ask("/api/auth/two-factor/verify-otp", json!({ "code": code })).await.is(200).json();
    town.holder_of(opened["token"].as_str().expect("a token")).get("/v2/me").await.is(200);
    let kept = town.sql("select string_agg(o::text, ' ') as outbox from outbox o").await;
    assert!(!kept[0].get::<_, String>("outbox").contains(&code));
}

#[tokio::test]
async fn whoever_was_signed_out_by_a_sixth_device_reads_it_in_their_language() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;
    dulmaa.post("/api/auth/update-user", json!({ "locale": "en" })).await.is(200);
    for _ in 0..5 {
        town.passes(SignedDuration::from_mins(1));
        let body = json!({ "email": dulmaa.email, "password": PASSWORD });
        town.nobody().post("/api/auth/sign-in/email", body).await.is(200);
    }
    town.keep_promises().await;

    let letter = outside.letter_to(&dulmaa.email);
    assert_eq!(letter.subject, "Your oldest device was signed out");
    assert!(letter.html.contains("lang=\"en\"") && letter.text.contains("5 devices"), "{letter:?}");
    dulmaa.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
    town.keeps_its_word().await;
}

#[tokio::test]
async fn a_letter_whose_answer_was_lost_is_sent_again_under_the_same_number() {
    let (town, outside) = Town::with_outside().await;
    let dulmaa = town.director().await;
    let forget = async || {
        let body = json!({ "email": dulmaa.email });
        town.nobody().post("/api/auth/request-password-reset", body).await.is(200);
        town.keep_promises().await;
    };

    outside.feels_once(Provider::Mail, Mood::DieAfterEffect);
    forget().await;
    town.passes(SignedDuration::from_secs(10));
    town.keep_promises().await;
    let letters = outside.sandbox.mail.letters_to(&dulmaa.email);
    assert_eq!((letters.len(), &letters[0].id), (2, &letters[1].id));
    assert_eq!(letters[0].links(), letters[1].links(), "one link, whichever is followed");

    // What the post refuses is not tried again, and nobody has to look into it.
    outside.feels_once(Provider::Mail, Mood::Refuse);
    forget().await;
    assert_eq!(outside.sandbox.mail.letters_to(&dulmaa.email).len(), 2);
    assert_eq!(outside.sandbox.mail.ledger().all().into_values().collect::<Vec<_>>(), [2]);
    town.keeps_its_word().await;
}
