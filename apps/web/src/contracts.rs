//! «Гэрээ»: the list, one contract with its bills, the draft of a new one, and the change of its terms.

mod draft;
mod edit;
mod list;
pub(crate) mod sample;
mod view;

use axum::{
    Router,
    routing::{get, post},
};
use domain::rights::Action;

pub use draft::Draft;
pub use edit::Edit;
pub use list::ContractList;
pub use view::ContractPage;
pub(crate) use view::id;

use crate::{Site, reader::Reader, ui::form::Form};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/contracts", get(list::show))
        .route("/contracts/new", get(draft::show).post(draft::draft))
        .route("/contracts/new/tenants", get(draft::tenants))
        .route("/contracts/{id}", get(view::show))
        .route("/contracts/{id}/edit", get(edit::show).post(edit::edit))
        .route("/contracts/{id}/signature", post(view::sign))
        .route("/contracts/{id}/termination", post(view::terminate))
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
mod tests;
