//! Every page with sample contents: rendered by one test in both languages, and served by `examples/samples.rs`.

use domain::rights::Role;

use crate::{
    bill::BillPage,
    contracts::{self, ContractList, ContractPage, Draft},
    gallery,
    imports::{self, ImportPage},
    invoices::{InvoiceList, InvoicePage, NewInvoicePage},
    months::MonthPage,
    outbox::OutboxPage,
    page::Page,
    payments::{NewPaymentPage, PaymentList, PaymentPage},
    problem::ProblemPage,
    reader::{Person, Reader},
    rooms::{RoomList, RoomPage},
    search::SearchPage,
    settings::Settings,
    sign_in::SignIn,
    tenant_bill::NoBill,
    tenants::{TenantList, TenantPage},
    today::Today,
    ui::flash::Flash,
};

/// A page type adds its line here.
pub fn all() -> Vec<(&'static str, Box<dyn Page>)> {
    vec![
        ("sign-in", Box::new(SignIn::sample())),
        ("problem", Box::new(ProblemPage::sample())),
        ("bill", Box::new(BillPage::sample())),
        ("bill-late", Box::new(BillPage::late_sample())),
        ("bill-paid", Box::new(BillPage::paid_sample())),
        ("today", Box::new(Today::sample())),
        ("today-first", Box::new(Today::first_sample())),
        ("today-ways", Box::new(Today::Ways)),
        ("month", Box::new(MonthPage::sample())),
        ("month-stopped", Box::new(MonthPage::stopped_sample())),
        ("month-done", Box::new(MonthPage::done_sample())),
        ("invoices", Box::new(InvoiceList::sample())),
        ("invoices-panel", Box::new(InvoiceList::with_panel())),
        ("invoices-empty", Box::new(InvoiceList::empty_sample())),
        ("invoice", Box::new(InvoicePage::sample())),
        ("invoice-draft", Box::new(InvoicePage::draft_sample())),
        ("invoice-new", Box::new(NewInvoicePage::sample())),
        ("invoice-choose", Box::new(NewInvoicePage::choose_sample())),
        ("payments", Box::new(PaymentList::sample())),
        ("payments-panel", Box::new(PaymentList::with_panel())),
        ("payments-empty", Box::new(PaymentList::empty_sample())),
        ("payment", Box::new(PaymentPage::sample())),
        ("payment-reversal", Box::new(PaymentPage::reversal_sample())),
        ("payment-new", Box::new(NewPaymentPage::sample())),
        ("payment-choose", Box::new(NewPaymentPage::choose_sample())),
        ("outbox", Box::new(OutboxPage::sample())),
        ("bill-offered", Box::new(BillPage::offered_sample())),
        ("bill-gone", Box::new(NoBill)),
        ("contracts", Box::new(ContractList::sample())),
        ("contract", Box::new(ContractPage::sample())),
        ("contract-edit", Box::new(contracts::Edit::sample())),
        ("contract-new", Box::new(Draft::sample())),
        ("contract-building", Box::new(contracts::sample::draft_building())),
        ("import", Box::new(ImportPage::sample())),
        ("import-fresh", Box::new(imports::sample::fresh())),
        ("import-written", Box::new(imports::sample::written())),
        ("rooms", Box::new(RoomList::sample())),
        ("room", Box::new(RoomPage::sample())),
        ("search", Box::new(SearchPage::sample())),
        ("tenants", Box::new(TenantList::sample())),
        ("tenant", Box::new(TenantPage::sample())),
        ("settings", Box::new(Settings::sample())),
        ("kit-desk", Box::new(gallery::Desk::sample())),
        ("kit-list", Box::new(gallery::List::sample())),
        ("kit-panel", Box::new(gallery::List::with_panel())),
        ("kit-empty", Box::new(gallery::List::empty())),
        ("kit-edit", Box::new(gallery::Edit::sample())),
        ("kit-work", Box::new(gallery::Work::sample())),
    ]
}

/// A signed-in reader who has just been told something.
pub fn signed_in(reader: Reader) -> Reader {
    let person =
        Person {
            name: "Б. Номин".into(), role: Role::OwnerAccountant, organisation: "Алтан Тауэр ХХК".into()
        };
    Reader { person: Some(person), flash: Some(Flash::good("Гэрээг хадгаллаа.")), ..reader }
}

#[cfg(test)]
mod tests;
