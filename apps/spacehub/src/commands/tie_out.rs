//! `spacehub tie-out`: whether the books of a month tie, building by building, for one owner or for all.

use std::io::Write;

use base::App;
use billing::tie_out;
use domain::Month;
use identity::owners::{self, Company};
use serde_json::json;
use wire::tie_outs::{TieOutFigures, TieOutView};

use super::{on_the_ground, refused};
use crate::{problem::Problem, settings::Settings};

/// Which books are asked for.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct TieOut {
    /// The owner's register number; all owners when left out
    #[arg(long, value_name = "REGISTER_NO")]
    owner: Option<String>,
    /// The month, as 2026-11; the current one when left out
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<Month>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

impl TieOut {
    /// Prints how the books tie, and says whether every difference is zero.
    pub async fn run(&self, settings: &Settings) -> Result<bool, Problem> {
        let books = on_the_ground(settings, async |app| self.books(app).await).await?;
        let ties = books.iter().all(|(_, view)| view.ties);
        let mut out = std::io::stdout();
        if self.json {
            let all: Vec<_> = books
                .iter()
                .map(|(owner, view)| json!({ "registerNo": owner.register_no, "name": owner.name, "tieOut": view }))
                .collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&json!({ "ties": ties, "owners": all }))?)?;
        } else {
            for (owner, view) in &books {
                tell(&mut out, owner, view)?;
            }
            writeln!(out, "{}", if ties { "everything ties" } else { "the books differ" })?;
        }
        Ok(ties)
    }

    async fn books(&self, app: &App) -> Result<Vec<(Company, TieOutView)>, Problem> {
        let month = self.month.unwrap_or_else(|| Month::of(app.clock.today()));
        let mut companies = owners::every(app).await.map_err(|error| refused(&error))?;
        if let Some(asked) = &self.owner {
            companies.retain(|owner| owner.register_no == asked.trim());
            if companies.is_empty() {
                return Err(Problem::new(format!("no owner has the register number {asked}")));
            }
        }
        let mut books = Vec::with_capacity(companies.len());
        for owner in companies {
            let view = tie_out::of_owner(app, owner.id, month).await.map_err(|error| refused(&error))?;
            books.push((owner, view));
        }
        Ok(books)
    }
}

fn tell(out: &mut impl Write, owner: &Company, view: &TieOutView) -> std::io::Result<()> {
    let locked = if view.lock.is_locked { ", locked" } else { "" };
    writeln!(out, "{} {} · {}{locked}", owner.register_no, owner.name, view.month)?;
    for building in &view.buildings {
        figures(out, &building.property_name, &building.figures)?;
    }
    figures(out, "all buildings", &view.total)?;
    for check in view.checks.iter().filter(|check| !check.difference.is_zero()) {
        writeln!(out, "  ✗ {}: the ledger says {}, elsewhere it is {}", check.what, check.ledger, check.other)?;
    }
    Ok(())
}

fn figures(out: &mut impl Write, of: &str, figures: &TieOutFigures) -> std::io::Result<()> {
    let TieOutFigures { opening, charges, penalties, credits, payments, closing, .. } = figures;
    writeln!(
        out,
        "  {} {of}: {opening} + {charges} + {penalties} − {credits} − {payments} = {closing}",
        if figures.ties() { "✓" } else { "✗" },
    )?;
    for (way, off) in [
        ("the month's sum", figures.rolled_difference),
        ("the open bills", figures.aging_difference),
        ("the statements", figures.statements_difference),
    ] {
        if !off.is_zero() {
            writeln!(out, "      {way}: off by {off}")?;
        }
    }
    Ok(())
}
