//! The words of a text, short enough for two parts in Cyrillic and one in Latin letters.

use domain::{
    latin::latin,
    short::{known_as, plain, space},
    tenant_link::TenantLinkStatus,
};
use jiff::civil::Date;
use words::Lang;

use super::queries::{Addressee, Bill, Expiring, Paid};

/// A new bill's template and text.
pub fn bill(bill: &Bill, url: &str) -> (&'static str, String) {
    let space = space(&bill.units, &bill.contract_code).to_owned();
    let owing = bill.previous.is_positive();
    let key = match (bill.to.latin, owing) {
        (false, false) => "sms-invoice",
        (false, true) => "sms-invoice-owing",
        (true, false) => "sms-latin-invoice",
        (true, true) => "sms-latin-invoice-owing",
    };
    let mut facts = vec![("space", space), ("month", bill.period.number().to_string()), ("amount", plain(bill.amount))];
    if owing {
        facts.push(("previous", plain(bill.previous)));
    }
    (key, say(&bill.to, key, facts, Some(url)))
}

/// That a contract ends in so many days.
pub fn contract_ending(ending: &Expiring, ends_on: Date, days: i32) -> (&'static str, String) {
    let key = if ending.to.latin { "sms-latin-ending" } else { "sms-ending" };
    let date = format!("{:04}.{:02}.{:02}", ends_on.year(), ends_on.month(), ends_on.day());
    let space = space(&ending.units, &ending.contract_code).to_owned();
    (key, say(&ending.to, key, vec![("space", space), ("days", days.to_string()), ("date", date)], None))
}

/// The thanks for a payment; without a bill there is no page to show the receipt on.
pub fn thanks(paid: &Paid, url: Option<&str>) -> (&'static str, String) {
    let key = match (paid.to.latin, url) {
        (false, Some(_)) => "sms-thanks",
        (false, None) => "sms-thanks-credit",
        (true, Some(_)) => "sms-latin-thanks",
        (true, None) => "sms-latin-thanks-credit",
    };
    (key, say(&paid.to, key, vec![("amount", plain(paid.amount))], url))
}

/// What an owner said of a person who asked to be known as its tenant.
pub fn tenant_link(to: &Addressee, status: TenantLinkStatus, url: &str) -> (&'static str, String) {
    let key = match (status, to.latin) {
        (TenantLinkStatus::Linked, false) => "sms-link-confirmed",
        (TenantLinkStatus::Linked, true) => "sms-latin-link-confirmed",
        (TenantLinkStatus::Ended, false) => "sms-link-ended",
        (TenantLinkStatus::Ended, true) => "sms-latin-link-ended",
        (TenantLinkStatus::Refused | TenantLinkStatus::Waiting, false) => "sms-link-refused",
        (TenantLinkStatus::Refused | TenantLinkStatus::Waiting, true) => "sms-latin-link-refused",
    };
    (key, say(to, key, Vec::new(), Some(url)))
}

fn say(to: &Addressee, key: &str, facts: Vec<(&'static str, String)>, url: Option<&str>) -> String {
    let letters = |text: String| if to.latin { latin(&text) } else { text };
    let mut args: Vec<(&'static str, words::Arg<'_>)> =
        facts.into_iter().map(|(name, fact)| (name, letters(fact).into())).collect();
    args.push(("owner", letters(known_as(&to.owner_name).to_owned()).into()));
    args.extend(url.map(|url| ("link", url.to_owned().into())));
    words::say(Lang::Mn, key, &args).into_owned()
}

#[cfg(test)]
mod tests {
    use domain::{Money, Month};
    use providers::text_messages::segments;

    use super::*;

    const URL: &str = "https://spacehub.mn/i/8Hk2sDf9aQ1LmZ0pXc4VbN";

    fn a_bill(latin: bool, previous: i64) -> Bill {
        Bill {
            to: Addressee { phone: None, owner_name: "Алтан Тауэр ХХК".into(), latin, demo: false },
            units: "К-403; К-404".into(),
            contract_code: "CT-2026-0042".into(),
            period: Month::new(2026, 11).unwrap(),
            amount: Money::from_tugrug(1_500_000),
            previous: Money::from_tugrug(previous),
        }
    }

    #[test]
    fn a_bill_is_two_parts_in_cyrillic_and_one_in_latin_letters() {
        let (_, text) = bill(&a_bill(false, 250_000), URL);
        let told = "Алтан Тауэр: К-403; К-404, 11-р сарын төлбөр 1 500 000 ₮, өмнөх үлдэгдэл 250 000 ₮. ";
        assert_eq!(text, format!("{told}{URL}"));
        assert_eq!(segments(&text).parts, 2, "{} units", segments(&text).units);

        let (_, text) = bill(&a_bill(true, 250_000), URL);
        let told = "Altan Tauer: K-403; K-404, 11-r sariin tulbur 1 500 000 tug, umnuh uldegdel 250 000 tug. ";
        assert_eq!(text, format!("{told}{URL}"));
        assert_eq!(segments(&text).parts, 1);
    }

    #[test]
    fn nothing_owed_from_before_is_not_mentioned() {
        let (template, text) = bill(&a_bill(false, 0), URL);
        assert_eq!(template, "sms-invoice");
        assert_eq!(text, format!("Алтан Тауэр: К-403; К-404, 11-р сарын төлбөр 1 500 000 ₮. {URL}"));
    }

    #[test]
    fn a_long_list_of_units_gives_way_to_the_contract() {
        let many = Bill { units: "101; 102; 103; 104; 105; 106".into(), ..a_bill(false, 0) };
        assert!(bill(&many, URL).1.contains("CT-2026-0042"));
        let none = Bill { units: String::new(), ..a_bill(false, 0) };
        assert!(bill(&none, URL).1.contains("CT-2026-0042"));
    }

    #[test]
    fn an_end_that_is_near_fits_two_parts_in_cyrillic_and_one_in_latin_letters() {
        let to =
            |latin| Addressee { phone: None, owner_name: "Алтан Тауэр ХХК".into(), latin, demo: false };
        let ending = |latin| Expiring {
            to: to(latin),
            units: "К-403; К-404".into(),
            contract_code: "CT-2026-0042".into(),
            ends_on: None,
        };
        let text = |latin| contract_ending(&ending(latin), jiff::civil::date(2026, 11, 27), 5).1;
        assert_eq!(
            text(false),
            "Алтан Тауэр: К-403; К-404 талбайн гэрээ 5 хоногийн дараа (2026.11.27) дуусна. Сунгах бол бидэнтэй холбогдоорой."
        );
        assert_eq!(segments(&text(false)).parts, 2);
        assert_eq!(segments(&text(true)).parts, 1, "{}", text(true));
    }

    #[test]
    fn thanks_are_given_with_and_without_a_page() {
        let to = |latin| Addressee { phone: None, owner_name: "Мөнгөн Плаза".into(), latin, demo: false };
        let paid = |latin| Paid { to: to(latin), amount: Money::from_mungo(7_600_050), invoice: None };
        let text = |latin, url| thanks(&paid(latin), url).1;
        assert_eq!(
            text(false, Some(URL)),
            format!("Мөнгөн Плаза: 76 000.50 ₮ төлбөр хүлээн авлаа. Баярлалаа! Баримт: {URL}")
        );
        assert_eq!(text(true, None), "Mungun Plaza: 76 000.50 tug tulbur huleen avlaa. Bayarlalaa!");
        assert_eq!(segments(&text(true, Some(URL))).parts, 1);
    }
}
