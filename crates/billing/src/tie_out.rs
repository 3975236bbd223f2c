//! The month's tie-out: per building and for the owner, what was owed, what changed it and what is owed, by the ledger, by
//! the open bills and by the statements of account. As of the month's last day, so that it is the same however late it is
//! asked for.

mod queries;
mod routes;

use std::collections::BTreeMap;

use base::{Actor, App, Result, Slice, Tx};
use domain::{
    Month, PropertyId,
    rights::Action,
    tie_out::{Figures, TieOutWhat},
};
use wire::tie_outs::{TieOutBuilding, TieOutCheck, TieOutFigures, TieOutView};

use crate::month_locks;

pub fn slice() -> Slice {
    Slice::new("tie-outs").routes(routes::routes())
}

/// How a month ties.
pub async fn find(tx: &Tx, month: Month) -> Result<TieOutView> {
    tx.allow(Action::ReadReports)?;
    let buildings = queries::buildings(tx, month).await?;
    let checks = queries::checks(tx, month.last_day()).await?;
    let lock = month_locks::view(tx, month).await?;

    let mut total = Figures::default();
    let mut shown: BTreeMap<(String, PropertyId), TieOutBuilding> = BTreeMap::new();
    for (property_id, property_name, figures) in buildings {
        total = total.plus(&figures)?;
        let building = TieOutBuilding { property_id, property_name: property_name.clone(), figures: told(&figures)? };
        shown.insert((property_name, property_id), building);
    }
    let total = told(&total)?;
    let checks = checks
        .into_iter()
        .map(|(what, ledger, other)| Ok(TieOutCheck { what, ledger, other, difference: other.checked_sub(ledger)? }))
        .collect::<Result<Vec<_>>>()?;
    let buildings: Vec<TieOutBuilding> = shown.into_values().collect();
    let ties = total.ties()
        && buildings.iter().all(|building| building.figures.ties())
        && checks.iter().all(|check| check.difference.is_zero())
        && checks.iter().filter(|check| check.what == TieOutWhat::TrialBalance).all(|check| check.ledger.is_zero());
    Ok(TieOutView { month, buildings, total, checks, ties, lock })
}

/// The same for whoever stands at the command line.
pub async fn of_owner(app: &App, owner: domain::OwnerId, month: Month) -> Result<TieOutView> {
    Actor::system(app, owner).read_through(async |tx| find(tx, month).await).await
}

fn told(figures: &Figures) -> Result<TieOutFigures> {
    let [rolled_difference, aging_difference, statements_difference] = figures.differences()?;
    let Figures { opening, charges, penalties, credits, payments, closing, aging, statements } = *figures;
    Ok(TieOutFigures {
        opening,
        charges,
        penalties,
        credits,
        payments,
        closing,
        aging,
        statements,
        rolled_difference,
        aging_difference,
        statements_difference,
    })
}
