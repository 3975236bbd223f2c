//! People come in: a company signs up, a tenant by telephone, staff by invitation; two steps, devices, and axe over
//! every page on the way.

use std::time::Duration;

use identity::auth::two_factor::totp;
use tokio::time::sleep;

use super::{chromium::Browser, world::World};
use crate::town::PASSWORD;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_company_signs_up_and_is_led_to_its_first_room() {
    let world = World::new().await;
    let browser = Browser::new(world.url()).await;
    let new = "bolor@shine.test";

    browser.open("/sign-in").await;
    browser.link("Бүртгүүлэх").await;
    let mut found = browser.looks("sign-up").await;
    browser.writes("#registerNo", "733").await;
    browser.press("form.form button[type=submit]").await;
    browser.one("#registerNo-remark").await;
    found.extend(browser.looks("a sign-up come back").await);
    for (field, text) in [
        ("#registerNo", "7334455"),
        ("#companyName", "Шинэ Талбай ХХК"),
        ("#directorName", "Ц. Болор"),
        ("#email", new),
        ("#password", PASSWORD),
    ] {
        browser.writes(field, text).await;
    }
    browser.press("form.form button[type=submit]").await;
    browser.says("Захидлаа шалгана уу").await;
    browser.says(new).await;
    found.extend(browser.looks("a letter on its way").await);
    assert_eq!(world.town.count("select count(*) from property_owners where register_no = '7334455'").await, 0);

    let link = world.link_to(new, "verify-email").await;
    browser.open(&link).await;
    browser.says("Хаяг баталгаажлаа").await;
    found.extend(browser.looks("a verified address").await);
    browser.link("Үргэлжлүүлэх").await;
    browser.signs_in_as(new).await;
    browser.says("Тавтай морилно уу").await;
    found.extend(browser.looks("an empty account").await);
    assert_eq!(browser.count(".step[data-stage=done]").await, 0);

    browser.link("Барилга").await;
    browser.writes("#name", "Шинэ Талбай").await;
    browser.press("form.form button[type=submit]").await;
    browser.stands_at_start("/rooms/new").await;
    found.extend(browser.looks("a new room").await);
    for (field, text) in [("#floor", "1"), ("#unitNo", "101"), ("#areaM2", "84.5"), ("#baseRent", "25 мянга")] {
        browser.writes(field, text).await;
    }
    browser.press("form.form button[type=submit]").await;
    browser.says("101 тоотыг нэмлээ.").await;
    assert_eq!(world.town.count("select count(*) from rooms where base_rent = 2500000").await, 1);
    browser.open("/").await;
    browser.one(".step[data-stage=done]").await;
    assert_eq!(browser.count(".step[data-stage=done]").await, 2);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tenant_comes_in_by_telephone_and_is_confirmed() {
    let world = World::new().await;
    let director = world.town.director().await;
    let place = world.town.lets_to(world.town.altan, "301", "99110001").await;
    let bill = director.bills(place.contract, 10_000).await;
    let browser = Browser::new(world.url()).await;
    browser.is_a_phone().await;

    browser.open("/sign-in").await;
    browser.link("Утсаар").await;
    let mut found = browser.looks("sign-in by phone").await;
    browser.writes("#phone", "9911 0001").await;
    browser.press("form.form button[type=submit]").await;
    browser.stands_at("/sign-in/code").await;
    found.extend(browser.looks("the code").await);
    let disabled = "return document.querySelector('[data-countdown]').disabled";
    assert_eq!(browser.asks(disabled).await, true, "another code has to be waited for");
    browser.writes("#code", "000000").await;
    browser.says("Код буруу байна.").await;

    // The whole message is pasted, and nothing is pressed.
    let message = world.code_to("99110001").await;
    assert!(!message.contains("http"), "{message}");
    browser.pastes("#code", &message).await;
    browser.stands_at("/home").await;
    browser.says("Баталгаажуулахыг хүлээж байна").await;
    browser.says("Алтан Тауэр ХХК").await;
    found.extend(browser.looks("a home that waits").await);
    assert!(!browser.text().await.contains("CT-301"), "nothing is shown before the owner has confirmed");

    let waiting = director.get("/v2/tenant-links?status=waiting").await.is(200).json();
    let link = waiting["items"][0]["id"].as_str().expect("a request").to_owned();
    director.post(&format!("/v2/tenant-links/{link}/confirmation"), serde_json::json!({})).await.is(200);
    browser.open("/").await;
    browser.stands_at("/home").await;
    browser.says("CT-301").await;
    found.extend(browser.looks("a tenant's home").await);
    let is_too_wide = "return document.documentElement.scrollWidth > innerWidth";
    assert_eq!(browser.asks(is_too_wide).await, false, "the page fits a telephone");
    browser.press("a.home-row").await;
    browser.stands_at(&format!("/i/{}", bill.token)).await;
    browser.says("10 000 ₮").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telephone_is_enough_without_scripts() {
    let world = World::new().await;
    let browser = Browser::without_scripts(world.url()).await;
    browser.open("/sign-in/phone").await;
    browser.writes("#phone", "99110002").await;
    browser.press("form.form button[type=submit]").await;
    browser.stands_at("/sign-in/code").await;
    let message = world.code_to("99110002").await;
    browser.writes("#code", &message).await;
    browser.press("form.form button[type=submit]").await;
    browser.stands_at("/home").await;
    browser.says("Таны дугаараар гэрээ олдсонгүй").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_steps_are_set_up_asked_for_and_waived_for_a_trusted_device() {
    let world = World::new().await;
    let nara = world.town.accountant().await;
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&nara).await;

    browser.open("/account/second-factor").await;
    let mut found = browser.looks("one step").await;
    browser.writes("#password", PASSWORD).await;
    browser.press("form.form button[type=submit]").await;
    browser.one("svg.qr").await;
    found.extend(browser.looks("two steps being set up").await);
    let secret: String = browser.reads(".factor-secret .copyable-text").await.split_whitespace().collect();
    let backup = browser.reads(".codes li").await;
    assert_eq!(browser.count(".codes li").await, 10);
    let secret = base32(&secret);
    let step = world.town.clock.now().as_second() / 30;
    browser.writes("#code", "000000").await;
    browser.says("Код буруу байна.").await;
    browser.one("svg.qr").await;
    browser.writes("#code", &totp::code(&secret, step)).await;
    browser.says("Хоёр шатлалт хамгаалалт идэвхжлээ.").await;
    found.extend(browser.looks("two steps").await);

    browser.signs_out().await;
    browser.signs_in_as(&nara.email).await;
    browser.says("Хоёр дахь шат").await;
    found.extend(browser.looks("the second step").await);
    browser.press("#trust").await;
    // A code works once, so this is the next one: a clock may be half a minute ahead.
    browser.writes("#code", &totp::code(&secret, step + 1)).await;
    browser.stands_at("/").await;

    browser.signs_out().await;
    browser.signs_in_as(&nara.email).await;
    browser.stands_at("/").await;

    browser.signs_out().await;
    browser.client.delete_all_cookies().await.expect("a browser");
    browser.signs_in_as(&nara.email).await;
    browser.link("Нөөц кодоор").await;
    browser.writes("#code", &backup).await;
    browser.press("form.form button[type=submit]").await;
    browser.stands_at("/").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn devices_are_seen_and_ended() {
    let world = World::new().await;
    let nara = world.town.accountant().await;
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&nara).await;

    browser.press(".account > summary").await;
    browser.press(".account-menu a[href='/account/sessions']").await;
    browser.says("Энэ төхөөрөмж").await;
    assert_eq!(browser.count(".device").await, 2, "the browser, and the one that this story began with");
    let found = browser.looks("devices").await;
    nara.get("/v2/me").await.is(200);
    browser.press(".device form button").await;
    browser.says("Төхөөрөмжийг гаргалаа.").await;
    assert_eq!(browser.count(".device").await, 1);
    nara.get("/v2/me").await.is(401);

    browser.open("/account/password").await;
    let mut found = [found, browser.looks("a password").await].concat();
    browser.writes("#current", PASSWORD).await;
    browser.writes("#password", "another good one").await;
    browser.press("form.form button[type=submit]").await;
    browser.says("Нууц үг солигдлоо").await;
    browser.open("/account").await;
    browser.says("Миний бүртгэл").await;
    found.extend(browser.looks("a profile").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_accountant_is_invited_by_letter_and_joins() {
    let world = World::new().await;
    let director = world.town.director().await;
    let browser = Browser::new(world.url()).await;
    browser.signs_in(&director).await;

    browser.press("nav a[href='/settings']").await;
    browser.link("Ажилтан, эрх").await;
    let mut found = browser.looks("staff").await;
    browser.link("Ажилтан урих").await;
    found.extend(browser.looks("an invitation").await);
    browser.writes("#to", "nomin@altan.test").await;
    browser.press("#role option[value=owner_accountant]").await;
    browser.press("form.form button[type=submit]").await;
    browser.says("nomin@altan.test руу урилга илгээлээ.").await;
    found.extend(browser.looks("staff with an invitation").await);
    let link = world.link_to("nomin@altan.test", "/invitation/").await;
    browser.signs_out().await;

    browser.open(&link).await;
    browser.says("Алтан Тауэр ХХК таныг «Нягтлан бодогч» эрхээр ажиллахыг урьж байна.").await;
    found.extend(browser.looks("invited").await);
    browser.writes("#name", "Б. Номин").await;
    browser.writes("#password", PASSWORD).await;
    browser.press("form.form button[type=submit]").await;
    browser.stands_at("/").await;
    assert_eq!(browser.asks("return document.querySelector('.account-name').textContent").await, "Б. Номин");
    browser.open(&link).await;
    browser.says("Урилга хүчингүй байна").await;

    browser.open("/sign-in").await;
    browser.client.delete_all_cookies().await.expect("a browser");
    browser.signs_in(&director).await;
    browser.open("/audit").await;
    browser.says("Урилга: хүлээн авсан").await;
    found.extend(browser.looks("the history").await);
    browser.open("/tenant-links").await;
    found.extend(browser.looks("requests of tenants").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

impl World {
    /// The link in the newest letter to an address that holds that word, from the server's root; waited for.
    async fn link_to(&self, address: &str, word: &str) -> String {
        for _ in 0..200 {
            for letter in self.outside.sandbox.mail.letters_to(address) {
                if let Some(link) = letter.links().into_iter().find(|link| link.contains(word)) {
                    return link.strip_prefix(self.url()).expect("a page of ours").to_owned();
                }
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("nobody wrote to {address}");
    }

    /// The newest message with a code to a number; waited for.
    async fn code_to(&self, number: &str) -> String {
        for _ in 0..200 {
            let messages = self.outside.sandbox.sms.messages_to(number);
            let is_code = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
            if let Some(message) = messages.into_iter().find(|message| is_code(&message.text)) {
                return message.text;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("no code came to {number}");
    }
}

impl Browser {
    async fn signs_in_as(&self, email: &str) {
        self.writes("#email", email).await;
        self.writes("#password", PASSWORD).await;
        self.press("form.form button[type=submit]").await;
    }

    async fn signs_out(&self) {
        self.press(".account > summary").await;
        self.press(".account-menu form button").await;
        self.stands_at("/sign-in").await;
    }

    /// What a paste does: the whole text at once, and one event.
    async fn pastes(&self, css: &str, text: &str) {
        self.one(css).await;
        let paste = "const [css, text] = arguments;
            const field = document.querySelector(css);
            field.value = text;
            field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }))";
        self.client.execute(paste, vec![css.into(), text.into()]).await.expect("a script");
    }

    async fn stands_at_start(&self, path: &str) {
        self.until(path, async || self.address().await.starts_with(path)).await;
    }
}

/// The bytes that a secret's letters stand for.
fn base32(text: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0u32, 0u64, Vec::new());
    for letter in text.bytes() {
        let five = if letter.is_ascii_uppercase() { letter - b'A' } else { letter - b'2' + 26 };
        (held, bits) = ((held << 5) | u64::from(five), bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).expect("eight bits"));
        }
    }
    bytes
}
