//! The table as a page for people, `docs/rights.md`; a page that says something else than the code fails here.
//!
//! `UPDATE=1 cargo test -p domain rights` writes it anew.

use std::{fmt::Write, fs, path::Path};

use super::{Action, Role};

const COLUMNS: [(Role, &str); 6] = [
    (Role::Admin, "platform"),
    (Role::OwnerDirector, "director"),
    (Role::OwnerAccountant, "accountant"),
    (Role::Employee, "employee"),
    (Role::Tenant, "tenant"),
    (Role::Link, "link"),
];

#[test]
fn the_page_says_what_the_table_says() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rights.md"));
    let said = page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &said).expect("the page can be written");
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(said == kept, "docs/rights.md is stale: run this test with UPDATE=1 and look at the difference");
}

fn page() -> String {
    let mut page = String::from(HEAD);
    let heads: Vec<_> = COLUMNS.iter().map(|(_, name)| *name).collect();
    writeln!(page, "| right | what it is | {} |", heads.join(" | ")).expect("a text grows");
    writeln!(page, "|---|---|{}", ":-:|".repeat(heads.len())).expect("a text grows");
    for action in Action::ALL {
        let ticks: Vec<_> = COLUMNS.iter().map(|(role, _)| if role.may(*action) { "✓" } else { " " }).collect();
        writeln!(page, "| `{action}` | {} | {} |", meaning(*action), ticks.join(" | ")).expect("a text grows");
    }
    page.push_str(FOOT);
    page
}

const HEAD: &str = "\
# Who may do what

Written by `UPDATE=1 cargo test -p domain rights` from `crates/domain/src/rights.rs`; a test fails when the two differ.
A right is asked for by the verb (`tx.allow`), and row policies say a second time which rows it reaches:

- the **platform's** staff see one owner at a time, the one they chose; each request is written into that owner's audit,
- a **director** and an **accountant** see their owner's world,
- an **employee** sees the properties assigned: their rooms, contracts and bills, and of the tenants those who rent
  there or have no contract yet,
- a **tenant** sees what is theirs at the place they chose: signed contracts, bills that went out, payments, receipts,
- a **link** is whoever holds an invoice's address: that invoice and nothing else.

Workers (`system`) act for the owner of the promise they keep and may everything there.

";

const FOOT: &str = "
What another owner has is not found (404), whatever the role; a right that one's role lacks is refused (403).
";

fn meaning(action: Action) -> &'static str {
    match action {
        Action::ReadOwner => "the owner's settings",
        Action::EditOwner => "change them",
        Action::VisitOwner => "choose an owner to look at",
        Action::ReadStaff => "who works for the owner, and invitations",
        Action::EditStaff => "invite, change roles and properties, disable",
        Action::ReadAudit => "who did what",
        Action::ReadEstate => "properties, floors, rooms",
        Action::EditEstate => "change them",
        Action::ReadFiles => "files of what one sees: photos, plans, signed papers",
        Action::EditFiles => "add, order, remove them, with the right to change what they are of",
        Action::ReadTenants => "tenants",
        Action::EditTenants => "register and change tenants",
        Action::ReadTenantLinks => "people who say that a tenant's telephone is theirs",
        Action::DecideTenantLinks => "confirm, refuse or end that",
        Action::ReadContracts => "contracts",
        Action::ReadContractHistory => "what became of them, and as they were on a past day",
        Action::DraftContracts => "draft, and change drafts",
        Action::EditContracts => "sign, and change what is in force",
        Action::ApproveContracts => "approve them for their first bill",
        Action::TerminateContracts => "end before time",
        Action::ReadMeters => "meters and what they showed",
        Action::EditReadings => "enter readings; set up and replace meters",
        Action::ReadTariffs => "prices of electricity, water and heat",
        Action::EditTariffs => "set them, and how common meters are shared out",
        Action::ReadInvoices => "invoices",
        Action::EditInvoices => "make, issue, cancel",
        Action::DecideWriteOffs => "give up what a bill still owes, and take that back",
        Action::RunMonth => "run a month",
        Action::LockMonth => "lock a month that is over, open it again",
        Action::ReadPayments => "payments",
        Action::RecordPayments => "take in money, take it back",
        Action::PayInvoice => "ask for a QR",
        Action::ReadReports => "the first page's figures",
        Action::Import => "read spreadsheets in",
        Action::ReadOutbox => "what was promised outside",
        Action::UsePlaces => "find where one rents, go from place to place",
        Action::RegisterDevice => "push messages on this telephone",
        Action::KeepAccount => "one's own name, password, second factor and sessions",
    }
}
