//! What is done from the command line beside a running Spacehub: owners, and the sheets they come with.

pub mod bank_account;
pub mod import;
pub mod owner;
pub mod tie_out;

use base::{Actor, App, Error, Lang};
use domain::OwnerId;

use crate::{
    application,
    ground::{Ground, Shape},
    problem::Problem,
    settings::Settings,
};

/// Opens the ground (the running one, when there is one), does the work, and lets go of it again.
pub async fn on_the_ground<T>(
    settings: &Settings,
    work: impl AsyncFnOnce(&App) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let ground = Ground::open(settings, Shape::Migrate, &|_| {}).await?;
    let done = match application::process(settings, &ground).await {
        Ok((app, _)) => work(&app).await,
        Err(problem) => Err(problem),
    };
    ground.close().await;
    done
}

/// Acts for the owner with that register number.
async fn actor_for(app: &App, register_no: &str) -> Result<Actor, Problem> {
    let found: Option<OwnerId> = identity::owners::by_register_no(app, register_no.trim()).await?;
    let owner = found.ok_or_else(|| Problem::new(format!("no owner has the register number {register_no}")))?;
    Ok(Actor::system(app, owner))
}

/// The sentence of a refusal, with every field's own.
fn refused(error: &Error) -> Problem {
    let Error::Validation(fields) = error else { return Problem::new(error.message(Lang::En)) };
    let fields: Vec<String> =
        fields.iter().map(|field| format!("{}: {}", field.path, field.sentence(Lang::En))).collect();
    Problem::new(fields.join(" "))
}
