//! The client we ship against the simulated post office, over real SMTP.

use domain::PromiseId;
use tokio::net::TcpListener;

use super::{Letter, Mail, Settings, Simulator, Smtp};
use crate::{
    CallError, Secret,
    sandbox::{Mood, Moods, Part, Provider, moods::Setting},
};

#[tokio::test]
async fn a_letter_arrives_as_it_was_written_in_both_forms() {
    let town = Town::new().await;
    let letter = Letter {
        subject: "Хаягаа баталгаажуулна уу – нэг удаагийн холбоос, 1 цаг хүчинтэй, маш урт гарчигтай захидал".into(),
        text: "Сайн байна уу!\n\n.цэгээр эхэлсэн мөр\nhttp://town.test/verify?token=a.b-c_d&x=1.\n".into(),
        html: "<p>Сайн байна уу!</p><a href=\"http://town.test/verify?token=a.b-c_d&amp;x=1\">Батлах</a>".into(),
        ..letter("dulmaa@altan.mn")
    };

    town.client.send(&letter).await.expect("is taken");

    let arrived = town.post.letters_to("Dulmaa@Altan.mn").remove(0);
    assert_eq!((&arrived.subject, arrived.text.trim_end()), (&letter.subject, letter.text.trim_end()));
    assert_eq!(arrived.html.trim_end(), letter.html);
    assert_eq!(arrived.links(), ["http://town.test/verify?token=a.b-c_d&x=1"]);
    assert_eq!(arrived.from, "no-reply@spacehub.example");
    assert_eq!(arrived.id, format!("{}@spacehub.example", letter.reference));
    assert_eq!(town.post.ledger().count(&arrived.id), 1);
}

#[tokio::test]
async fn a_reader_who_is_not_there_is_refused_without_naming_them() {
    let town = Town::new().await;
    for bad in ["bounce@altan.mn", "no address", "a@b.mn\r\nBcc: c@d.mn"] {
        let error = town.client.send(&letter(bad)).await.expect_err(bad);
        assert!(matches!(&error, CallError::Refused { message, .. } if !message.contains("altan")), "{error:?}");
    }
    assert!(town.post.all().is_empty());
}

#[tokio::test]
async fn moods_are_felt() {
    let town = Town::new().await;
    let feels = |mood| town.moods.set(Provider::Mail, Setting::next(mood, 1));

    feels(Mood::Refuse);
    let refused = town.client.send(&letter("a@altan.mn")).await;
    assert!(matches!(&refused, Err(CallError::Refused { code, .. }) if code == "550"), "{refused:?}");

    feels(Mood::DieAfterEffect);
    let lost = town.client.send(&letter("a@altan.mn")).await;
    assert!(matches!(lost, Err(CallError::Lost(_))), "{lost:?}");
    assert_eq!(town.post.letters_to("a@altan.mn").len(), 1, "it was taken all the same");

    feels(Mood::Twice);
    town.client.send(&letter("b@altan.mn")).await.expect("is taken");
    assert_eq!(town.post.letters_to("b@altan.mn").len(), 2);
}

#[tokio::test]
async fn nobody_there_means_nothing_was_sent() {
    let nobody = Settings { url: Secret::new("smtp://127.0.0.1:9"), from: "a@b.mn".into() };
    let error = Smtp::new(&nobody).expect("an address").send(&letter("a@altan.mn")).await;
    assert!(matches!(error, Err(CallError::NotSent(_))), "{error:?}");
}

struct Town {
    post: Simulator,
    moods: Moods,
    client: Smtp,
}

impl Town {
    async fn new() -> Town {
        let moods = Moods::default();
        let post = Simulator::new(moods.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("it is bound"));
        tokio::spawn(post.clone().serve(listener));
        let settings = Settings { url: Secret::new(url), from: "Spacehub <no-reply@spacehub.example>".into() };
        Town { post, moods, client: Smtp::new(&settings).expect("an address") }
    }
}

fn letter(to: &str) -> Letter {
    Letter {
        to: to.into(),
        subject: "Гарчиг".into(),
        text: "Үг".into(),
        html: "<p>Үг</p>".into(),
        reference: PromiseId::new(),
    }
}
