//! «Гэрээ»: the list, one contract with its bills, the draft of a new one, and the change of its terms.

mod approval;
mod deposit;
mod discounts;
mod draft;
mod edit;
mod extension;
mod history;
mod increases;
mod list;
mod preview;
mod renewal;
pub(crate) mod sample;
mod schedule;
mod steps;
mod termination;
mod view;
mod wizard;

use axum::{
    Router,
    routing::{get, post},
};
use domain::rights::Action;

pub use deposit::DepositPage;
pub use discounts::{DiscountPage, NewDiscountPage};
pub use draft::Draft;
pub use edit::Edit;
pub use extension::ExtensionPage;
pub use history::HistoryPage;
pub use increases::{IncreasePage, NewIncreasePage, of_month as rises_of_month};
pub use list::ContractList;
pub use renewal::RenewalPage;
pub use schedule::SchedulePage;
pub use termination::TerminationPage;
pub use view::ContractPage;
pub(crate) use view::id;
pub use wizard::{ChargesStep, ClausesStep, Overview, PartiesStep, RoomsStep, TermStep};

use crate::{Site, reader::Reader, ui::form::Form};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/contracts", get(list::show))
        .route("/contracts/export", get(list::export))
        .route("/contracts/new", get(draft::show).post(draft::draft))
        .route("/contracts/new/tenants", get(draft::tenants))
        .route("/contracts/{id}", get(view::show))
        .route("/contracts/{id}/edit", get(edit::show).post(edit::edit))
        .route("/contracts/{id}/history", get(history::show))
        .route("/contracts/{id}/approval", post(approval::approve))
        .route("/contracts/{id}/schedule", get(schedule::show).post(schedule::set))
        .route("/contracts/increases/export", get(increases::export))
        .route("/contracts/{id}/increases/new", get(increases::show).post(increases::add))
        .route("/contracts/{id}/increases/{increase}", get(increases::show_one).post(increases::change))
        .route("/contracts/{id}/discounts/new", get(discounts::show).post(discounts::add))
        .route("/contracts/{id}/discounts/{discount}", get(discounts::show_one).post(discounts::end))
        .merge(wizard::routes())
        .route("/contracts/{id}/sending", post(steps::send))
        .route("/contracts/{id}/return", post(steps::take_back))
        .route("/contracts/{id}/signature", post(steps::sign))
        .route("/contracts/{id}/activation", post(steps::activate))
        .route("/contracts/{id}/restoration", post(steps::restore))
        .route("/contracts/{id}/extension", get(extension::show).post(extension::extend))
        .route("/contracts/{id}/renewal", get(renewal::show).post(renewal::renew))
        .route("/contracts/{id}/termination", get(termination::show).post(termination::terminate))
        .route("/contracts/{id}/deposit", get(deposit::show).post(deposit::enter))
}

/// The terms that a draft and a change have in common, as the form's fields are read.
#[derive(Debug, Clone, Copy, Default)]
struct Terms {
    deposit_amount: Option<domain::Money>,
    payment_day: Option<i32>,
    grace_days: Option<i32>,
    /// Basis points a day.
    penalty_bp: Option<i32>,
}

fn terms(form: &mut Form, reader: &Reader) -> Terms {
    Terms {
        deposit_amount: form.read(reader, "depositAmount", "field-bad-money", crate::read::money),
        payment_day: form.read(reader, "paymentDay", "field-not-a-number", crate::read::word),
        grace_days: form.read(reader, "graceDays", "field-not-a-number", crate::read::word),
        penalty_bp: form.read(reader, "penaltyBp", "field-not-a-number", crate::read::basis_points),
    }
}

fn may_draft(reader: &Reader) -> bool {
    reader.may(Action::DraftContracts)
}

#[cfg(test)]
mod life_tests;
#[cfg(test)]
mod tests;
