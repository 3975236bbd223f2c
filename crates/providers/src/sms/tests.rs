//! The clients we ship against the simulated gateways, over real HTTP.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    http::{StatusCode, Uri},
    routing::any,
};
use domain::PromiseId;
use jiff::Timestamp;

use super::{
    Account, CallPro, Operators, Settings, callpro,
    simulator::{Delivery, Message, Switches},
};
use crate::{
    CallError, Secret, TextMessages,
    http::Patience,
    sandbox::{
        Mood, Part, Provider,
        moods::Setting,
        testing::{World, eventually, serve},
    },
    text_messages::{Accepted, TextMessage, Whereabouts},
};

const AWKWARD: &str = "Сайн байна уу! 76 000₮ & 100% +1 #2 https://pay.example.mn/t/a?b=1&c=2";

#[tokio::test]
async fn each_operator_takes_its_own_numbers_and_every_letter_arrives() {
    let town = Town::new().await;
    let numbers = [("99110001", "mobicom"), ("88112233", "unitel"), ("91112233", "skytel"), ("98112233", "gmobile")];
    for (number, gateway) in numbers {
        for text in [AWKWARD, "Tulbur: 76 000 tug & 100% +1 [a] \u{20ac}5"] {
            let accepted = town.sends(number, text).await.unwrap();

            assert_eq!(accepted, Accepted { gateway, parts: crate::text_messages::segments(text).parts }, "{text}");
            let arrived = &town.phone(number)[0];
            assert_eq!((arrived.text.as_str(), arrived.gateway), (text, gateway));
            assert_eq!(arrived.from, "131344");
            assert_eq!(town.effects(number, text), 1);
        }
    }
    assert_eq!(town.phone("99110001").len(), 2);
    assert_eq!(town.phone("99110001")[1].links(), ["https://pay.example.mn/t/a?b=1&c=2"]);
}

#[tokio::test]
async fn a_number_without_a_gateway_is_refused_before_anything_is_sent() {
    let town = Town::new().await;
    let mut settings = Settings::sandbox(&town.world.url);
    settings.gateways.retain(|gateway| !matches!(gateway.account, Account::Gmobile { .. }));
    let three = Operators::new(settings).unwrap();

    let no_gateway = three.send(&message("98112233", "Tulbur")).await.unwrap_err();
    let fixed_line = three.send(&message("70112233", "Tulbur")).await.unwrap_err();

    assert!(matches!(no_gateway, CallError::Refused { code, .. } if code == "NO_GATEWAY"));
    assert!(matches!(fixed_line, CallError::Refused { code, .. } if code == "NOT_A_MOBILE"));
    assert!(town.world.sandbox.sms.ledger().all().is_empty());
}

#[tokio::test]
async fn a_number_ported_to_nobody_we_know_is_the_gateways_to_refuse() {
    let town = Town::new().await;
    let refused = town.sends("92112233", "Tulbur").await.unwrap_err();
    assert_eq!(refused, CallError::Refused { code: "Not".into(), message: "Not sent: Invalid number".into() });
}

#[tokio::test]
async fn special_numbers_meet_their_fates_at_every_gateway() {
    let town = Town::new().await;
    for prefix in ["9911", "8811", "9111", "9811"] {
        let send = async |last: &str, text: &str| town.sends(&format!("{prefix}{last}"), text).await;

        assert!(send("0001", "Tulbur").await.is_ok());
        assert!(send("0002", "Tulbur").await.is_ok());
        assert!(matches!(send("0003", "Tulbur").await, Err(CallError::Refused { .. })));
        let held = town.impatient().send(&message(&format!("{prefix}0004"), "Tulbur")).await;
        assert_eq!(held, Err(CallError::Lost("no answer in time".into())));
        assert_eq!(send("0005", "Tulbur").await, Err(CallError::Lost("the gateway answered 500".into())));
        let wrong_words = send("0006", "Tulbur").await;
        match prefix {
            "9911" => assert!(matches!(wrong_words, Err(CallError::NotSent(_))), "{wrong_words:?}"),
            _ => assert!(matches!(wrong_words, Err(CallError::Refused { .. })), "{wrong_words:?}"),
        }
        assert!(matches!(send("0007", "Tulbur http://a.mn").await, Err(CallError::Refused { .. })));
        assert!(send("0007", "Tulbur").await.is_ok());

        let effects = |last: &str| town.effects(&format!("{prefix}{last}"), "Tulbur");
        let counts = ["0001", "0002", "0003", "0004", "0005", "0006", "0007"].map(effects);
        assert_eq!(counts, [1, 1, 0, 1, 0, 0, 1], "{prefix}");
        let delivery = |last: &str| town.phone(&format!("{prefix}{last}"))[0].delivery(Timestamp::now());
        eventually(|| delivery("0001") == Delivery::Delivered).await;
        assert_eq!(delivery("0002"), Delivery::Undelivered);
    }
}

#[tokio::test]
async fn moods_leave_the_truth_in_the_ledger() {
    let town = Town::new().await;

    town.feels(Setting::next(Mood::Refuse, 1));
    assert!(matches!(town.sends("99110001", "one").await, Err(CallError::Refused { .. })));
    town.feels(Setting::next(Mood::DieAfterEffect, 1));
    assert!(matches!(town.sends("99110001", "two").await, Err(CallError::Lost(_))));
    town.feels(Setting::next(Mood::Twice, 1));
    assert!(town.sends("99110001", "three").await.is_ok());
    town.feels(Setting { delay_ms: 10_000, ..Mood::Slow.into() });
    let slow = town.impatient().send(&message("99110001", "four")).await;
    assert!(matches!(slow, Err(CallError::Lost(_))), "{slow:?}");

    let effects = ["one", "two", "three", "four"].map(|text| town.effects("99110001", text));
    assert_eq!(effects, [0, 1, 1, 1]);
    let texts: Vec<_> = town.phone("99110001").into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["four", "three", "three", "two"], "twice is delivered twice");
}

#[tokio::test]
async fn operators_can_not_be_asked_afterwards() {
    let town = Town::new().await;
    assert_eq!(town.operators.find(PromiseId::new()).await, Ok(Whereabouts::CannotTell));
}

#[tokio::test]
async fn a_long_text_to_mobicom_goes_in_numbered_messages() {
    let town = Town::new().await;
    let text = format!("{}https://pay.example.mn/t/abc", "tulbur ".repeat(40));

    let accepted = town.sends("99110001", &text).await.unwrap();

    assert_eq!(accepted.parts, 2);
    let phone = town.phone("99110001");
    assert!(phone[1].text.starts_with("1/2 tulbur") && phone[0].text.starts_with("2/2 "));
    assert_eq!(phone[0].links(), ["https://pay.example.mn/t/abc"]);
    town.sends("88112233", &text).await.unwrap();
    assert_eq!(town.phone("88112233").len(), 1, "the others take long texts whole");
}

#[tokio::test]
async fn once_a_first_part_is_out_nothing_is_ever_unsent() {
    let calls = Arc::new(AtomicUsize::new(0));
    let gateway = any(move || async move {
        if calls.fetch_add(1, Ordering::SeqCst) == 0 { "Sent" } else { "Not sent: Authentication failed" }
    });
    let url = serve(Router::new().route("/sandbox/sms/smsmt/mt", gateway)).await;
    let operators = Operators::new(Settings::sandbox(&url)).unwrap();

    let half = operators.send(&message("99110001", &"tulbur ".repeat(40))).await.unwrap_err();
    let none = operators.send(&message("99110001", &"tulbur ".repeat(40))).await.unwrap_err();

    assert!(matches!(&half, CallError::Lost(why) if why.starts_with("1 of 2 parts")), "{half:?}");
    assert!(matches!(none, CallError::Refused { .. }), "{none:?}");
}

#[tokio::test]
async fn passwords_stay_out_of_errors_even_when_a_gateway_repeats_them() {
    async fn gossip(uri: Uri) -> (StatusCode, String) {
        (StatusCode::NOT_FOUND, format!("The requested URL {uri} was not found"))
    }
    let mut settings = Settings::sandbox(&serve(Router::new().fallback(gossip)).await);
    for gateway in &mut settings.gateways {
        if let Account::Unitel { password, .. } | Account::Gmobile { password, .. } = &mut gateway.account {
            *password = Secret::new("hunter2");
        }
    }
    let gossiping = Operators::new(settings.clone()).unwrap();
    for gateway in &mut settings.gateways {
        gateway.base_url = "http://127.0.0.1:9".into();
    }
    let absent = Operators::new(settings.clone()).unwrap();

    for number in ["99112233", "88112233", "91112233", "98112233"] {
        let told = gossiping.send(&message(number, "Tulbur")).await.unwrap_err();
        let unsent = absent.send(&message(number, "Tulbur")).await.unwrap_err();
        assert!(matches!(told, CallError::Refused { .. }), "{told:?}");
        assert!(matches!(unsent, CallError::NotSent(_)), "{unsent:?}");
        let printed = format!("{told} {told:?} {unsent} {unsent:?} {settings:?} {absent:?}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}

#[tokio::test]
async fn a_caller_the_operators_do_not_know_is_refused() {
    let town = Town::new().await;
    town.world.sandbox.sms.set_switches(Switches { unknown_address: true });
    for (number, code) in [("99112233", "Not"), ("88112233", "error1"), ("91112233", "202")] {
        let refused = town.sends(number, "Tulbur").await.unwrap_err();
        assert!(matches!(&refused, CallError::Refused { code: c, .. } if c == code), "{refused:?}");
    }
    assert!(matches!(town.sends("98112233", "Tulbur").await, Err(CallError::Refused { .. })));
}

#[tokio::test]
async fn callpro_can_say_afterwards_what_became_of_a_text() {
    let town = Town::new().await;
    let callpro = town.callpro("test_key_000\u{200b}");
    let reference = PromiseId::new();
    let text = TextMessage { to: "99112233".into(), text: AWKWARD.into(), reference };

    assert_eq!(callpro.find(reference).await, Ok(Whereabouts::NeverSeen));
    town.feels(Setting::next(Mood::DieAfterEffect, 1));
    let lost = callpro.send(&text).await;
    assert!(matches!(lost, Err(CallError::Lost(_))), "{lost:?}");
    assert!(matches!(callpro.find(reference).await, Ok(Whereabouts::OnItsWay | Whereabouts::Delivered)));
    tokio::time::sleep(Duration::from_millis(80)).await;
    assert_eq!(callpro.find(reference).await, Ok(Whereabouts::Delivered));
    assert_eq!(town.world.sandbox.sms.ledger().count(&reference.to_string()), 1);
    assert_eq!(town.phone("99112233")[0].text, AWKWARD);

    let second = TextMessage { reference: PromiseId::new(), ..message("99110002", "Tulbur") };
    assert_eq!(callpro.send(&second).await, Ok(Accepted { gateway: "callpro", parts: 1 }));
    assert_eq!(callpro.find(second.reference).await, Ok(Whereabouts::Undelivered));
}

#[tokio::test]
async fn callpro_refuses_in_its_own_words() {
    let town = Town::new().await;
    let refused =
        |code: &str, message: &str| Err(CallError::Refused { code: code.to_owned(), message: message.to_owned() });

    let callpro = town.callpro("test_key_000");
    assert_eq!(callpro.send(&message("99110003", "Tulbur")).await, refused("403", "Blocked number"));
    assert_eq!(callpro.send(&message("99110007", "http://a.mn")).await, refused("400", "Unverified link"));
    assert!(matches!(callpro.send(&message("99110005", "Tulbur")).await, Err(CallError::Lost(_))));
    assert!(matches!(callpro.send(&message("99110006", "Tulbur")).await, Err(CallError::Lost(_))));
    town.feels(Setting::next(Mood::Refuse, 1));
    assert_eq!(callpro.send(&message("99110001", "Tulbur")).await, refused("402", "Payment not paid"));
    let stranger = town.callpro("hunter2");
    let unknown = stranger.send(&message("99110001", "Tulbur")).await;
    assert_eq!(unknown, refused("401", "Unauthorized"));
    assert!(!format!("{unknown:?} {stranger:?}").contains("hunter2"));
    assert!(town.world.sandbox.sms.ledger().all().is_empty());
}

/// A sandbox and our client of its gateways.
struct Town {
    world: World,
    operators: Operators,
}

impl Town {
    async fn new() -> Town {
        let world = World::new().await;
        let operators = Operators::new(Settings::sandbox(&world.url)).unwrap();
        Town { world, operators }
    }

    /// A client that gives up after a second.
    fn impatient(&self) -> Operators {
        let patience = Patience { whole: Duration::from_secs(1), ..Patience::default() };
        Operators::new(Settings { patience, ..Settings::sandbox(&self.world.url) }).unwrap()
    }

    fn callpro(&self, key: &str) -> CallPro {
        CallPro::new(callpro::Settings {
            base_url: format!("{}/sandbox/sms/v1/sms", self.world.url),
            key: Secret::new(key),
            from: "72000001".into(),
            patience: Patience::default(),
        })
        .unwrap()
    }

    async fn sends(&self, to: &str, text: &str) -> Result<Accepted, CallError> {
        self.operators.send(&message(to, text)).await
    }

    fn phone(&self, number: &str) -> Vec<Message> {
        self.world.sandbox.sms.messages_to(number)
    }

    fn effects(&self, number: &str, text: &str) -> u32 {
        self.world.sandbox.sms.ledger().count(&format!("{number} {text}"))
    }

    fn feels(&self, mood: impl Into<Setting>) {
        self.world.sandbox.moods().set(Provider::Sms, mood);
    }
}

fn message(to: &str, text: &str) -> TextMessage {
    TextMessage { to: to.into(), text: text.into(), reference: PromiseId::new() }
}
