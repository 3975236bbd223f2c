//! JWTs for other services, and the keys that take turns signing them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::Method;
use jiff::SignedDuration;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::Value;

use crate::town::{Town, nothing};

/// The parts of a JWT as JSON, its key's id, and whether one of the keys listed says it is ours.
fn read(jwt: &str, jwks: &Value) -> (Value, Value, bool) {
    let parts: Vec<&str> = jwt.split('.').collect();
    let json = |part: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
    };
    let (header, claims) = (json(parts[0]), json(parts[1]));
    let key = jwks["keys"].as_array().expect("keys").iter().find(|key| key["kid"] == header["kid"]);
    let holds = key.is_some_and(|key| {
        let public = URL_SAFE_NO_PAD.decode(key["x"].as_str().expect("x")).expect("base64url");
        let said = format!("{}.{}", parts[0], parts[1]);
        let signature = URL_SAFE_NO_PAD.decode(parts[2]).expect("base64url");
        UnparsedPublicKey::new(&ED25519, public).verify(said.as_bytes(), &signature).is_ok()
    });
    (header, claims, holds)
}

impl Town {
    async fn jwks(&self) -> Value {
        self.nobody().get("/api/auth/jwks").await.is(200).json()
    }
}

#[tokio::test]
async fn a_jwt_says_who_somebody_is_and_nothing_secret() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    let jwt = dulmaa.get("/api/auth/token").await.is(200).json()["token"].as_str().expect("a JWT").to_owned();

    let jwks = town.jwks().await;
    let (header, claims, holds) = read(&jwt, &jwks);
    assert!(holds, "{header} {jwks}");
    assert_eq!((header["alg"].as_str(), header.as_object().map(serde_json::Map::len)), (Some("EdDSA"), Some(2)));
    let now = town.clock.now().as_second();
    assert_eq!((claims["iat"].as_i64(), claims["exp"].as_i64()), (Some(now), Some(now + 900)));
    assert_eq!((claims["iss"].as_str(), claims["aud"].as_str()), (Some("http://town.test"), Some("http://town.test")));
    assert_eq!(claims["sub"], claims["id"]);
    let mut said: Vec<&str> = claims.as_object().expect("claims").keys().map(String::as_str).collect();
    said.sort_unstable();
    let known = [
        "aud",
        "createdAt",
        "email",
        "emailVerified",
        "exp",
        "iat",
        "id",
        "image",
        "iss",
        "name",
        "phoneNumber",
        "phoneNumberVerified",
        "sub",
        "twoFactorEnabled",
        "updatedAt",
    ];
    assert_eq!(said, known);
    let key = &jwks["keys"][0];
    assert_eq!((key["kty"].as_str(), key["crv"].as_str()), (Some("OKP"), Some("Ed25519")));
    assert_eq!(key.as_object().map(serde_json::Map::len), Some(5), "no private part: {key}");

    let (said, signature) = jwt.rsplit_once('.').expect("three parts");
    let mut claims = claims.clone();
    claims["email"] = "evil@town.test".into();
    let forged = format!(
        "{}.{}.{signature}",
        said.split('.').next().expect("a header"),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    assert!(!read(&forged, &jwks).2);
}

#[tokio::test]
async fn a_session_comes_with_its_jwt_and_no_door_takes_one() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    for _ in 0..2 {
        let session = dulmaa.get("/api/auth/get-session").await.is(200);
        let jwt = session.headers["set-auth-jwt"].to_str().expect("plain").to_owned();
        assert!(read(&jwt, &town.jwks().await).2);
        let exposed: Vec<_> = session.headers.get_all("access-control-expose-headers").iter().collect();
        assert!(exposed.iter().any(|name| *name == "set-auth-jwt"), "{exposed:?}");

        let bearer = format!("Bearer {jwt}");
        let headers = [("authorization", bearer.as_str())];
        town.nobody().ask(Method::GET, "/v2/me", None, &headers).await.refuses(401, "UNAUTHORIZED");
        let nobody = town.nobody().ask(Method::GET, "/api/auth/get-session", None, &headers).await.is(200);
        assert_eq!(nobody.text(), "null");
    }

    town.nobody().get("/api/auth/token").await.is(401).shows("/code", "UNAUTHORIZED");
    dulmaa.post("/api/auth/token", nothing()).await.is(404);
    let nobody = town.nobody().get("/api/auth/get-session").await.is(200);
    assert!(!nobody.headers.contains_key("set-auth-jwt"));
}

#[tokio::test]
async fn keys_sign_for_ninety_days_and_are_listed_for_thirty_more() {
    let town = Town::new().await;
    let count = async || town.jwks().await["keys"].as_array().map(Vec::len).expect("keys");
    let sign = async || {
        let jwt = town.director().await.get("/api/auth/token").await.is(200).json()["token"].clone();
        jwt.as_str().expect("a JWT").to_owned()
    };
    assert_eq!(count().await, 0);

    let first = sign().await;
    town.passes(SignedDuration::from_hours(89 * 24));
    sign().await;
    assert_eq!(count().await, 1, "still the first");
    town.passes(SignedDuration::from_hours(2 * 24));
    let second = sign().await;
    assert_eq!(count().await, 2);
    let jwks = town.jwks().await;
    assert!(read(&first, &jwks).2 && read(&second, &jwks).2);
    assert_ne!(read(&first, &jwks).0["kid"], read(&second, &jwks).0["kid"]);

    town.passes(SignedDuration::from_hours(29 * 24));
    assert_eq!(count().await, 1);
    assert!(!read(&first, &town.jwks().await).2);
    identity::auth::jwt::sweep(&town.workshop).await.expect("sweeps");
    assert_eq!(town.count("select count(*) from signing_keys").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_who_ask_first_at_once_get_one_key_and_it_is_sealed() {
    let town = Town::new().await;
    let dulmaa = town.director().await;

    let all = futures_util::future::join_all((0..20).map(|_| dulmaa.get("/api/auth/token"))).await;

    let jwks = town.jwks().await;
    assert_eq!(jwks["keys"].as_array().map(Vec::len), Some(1));
    assert!(all.into_iter().all(|reply| read(reply.is(200).json()["token"].as_str().expect("a JWT"), &jwks).2));
    let row = town.sql("select sealed, public_key from signing_keys").await;
    let (sealed, public): (Vec<u8>, Vec<u8>) = (row[0].get(0), row[0].get(1));
    assert_eq!((sealed.len(), public.len()), (12 + 32 + 16, 32), "a nonce, the seed and its seal");
    assert!(town.app.key.open("signing_keys/elsewhere", &sealed).is_err());
}
