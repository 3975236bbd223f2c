use domain::rights::Role;

use super::{PenaltyList, ReceivableList, ReminderSettingsPage};
use crate::{
    page::Page,
    reader::{Person, Reader},
};

fn reader(address: &str, role: Role) -> Reader {
    let person = Person { name: "Б. Номин".into(), role, organisation: "Алтан Тауэр ХХК".into() };
    Reader { address: address.into(), person: Some(person), ..Reader::default() }
}

#[test]
fn a_figure_opens_the_bills_that_make_it() {
    let shown = ReceivableList::sample().render(&reader("/receivables", Role::OwnerAccountant)).0;
    assert!(shown.contains("/receivables/lines?asOf=2026-11-22&amp;contractId="), "{shown}");
    assert!(shown.contains("&amp;bucket=to_30"), "{shown}");
    assert!(shown.contains(r#"name="contract""#), "rows are chosen");
}

#[test]
fn a_day_that_has_gone_by_is_not_reminded_of() {
    let mut list = ReceivableList::sample();
    list.today = jiff::civil::date(2026, 12, 1);
    let shown = list.render(&reader("/receivables?asOf=2026-11-22", Role::OwnerAccountant)).0;
    assert!(!shown.contains(r#"name="contract""#), "{shown}");
}

#[test]
fn what_is_decided_already_is_not_chosen_again() {
    let shown = PenaltyList::sample().render(&reader("/receivables/penalties", Role::OwnerAccountant)).0;
    assert_eq!(shown.matches(r#"name="invoice""#).count(), 1, "{shown}");
}

#[test]
fn the_words_are_the_directors() {
    let page = ReminderSettingsPage::sample();
    assert!(page.render(&reader("/receivables/settings", Role::OwnerDirector)).0.contains("<textarea"));
    assert!(!page.render(&reader("/receivables/settings", Role::OwnerAccountant)).0.contains("<textarea"));
}
