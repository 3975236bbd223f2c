//! `spacehub owner create`: a company that is to use Spacehub, and whoever signs in first.

use base::{Actor, App, Error, secrets::token};
use domain::rights::Role;
use identity::{
    auth::{self, NewUser},
    owners::{self, NewOwner},
};
use words::Lang;

use crate::{
    application,
    ground::{Ground, Shape},
    problem::Problem,
    settings::Settings,
};

/// Letters of a first password.
const PASSWORD_LENGTH: usize = 16;

/// What the command line says about the owner.
#[derive(Debug, clap::Args)]
pub struct NewCompany {
    /// The company's number in the state register, seven digits
    #[arg(long, value_name = "NUMBER")]
    register_no: String,
    #[arg(long)]
    name: String,
    /// The taxpayer's number
    #[arg(long)]
    tin: Option<String>,
    /// Bills with VAT
    #[arg(long)]
    vat_payer: bool,
    /// The e-mail of a first director, whose password is printed
    #[arg(long, value_name = "EMAIL")]
    director: Option<String>,
}

impl NewCompany {
    /// Registers the owner, beside a running `up` or alone.
    pub async fn run(&self, settings: &Settings, say: impl Fn(&str) + Send + Sync) -> Result<(), Problem> {
        let ground = Ground::open(settings, Shape::Migrate, &say).await?;
        let (app, _) = application::process(settings, &ground).await?;
        let created = self.create(&app, &say).await;
        drop(app);
        ground.close().await;
        created
    }

    async fn create(&self, app: &App, say: &impl Fn(&str)) -> Result<(), Problem> {
        let NewCompany { register_no, name, tin, vat_payer, director } = self;
        let new = NewOwner { name, register_no, tin: tin.as_deref(), vat_payer: *vat_payer, demo: false };
        let owner = owners::register(app, new).await.map_err(|error| match error {
            Error::Conflict(_) => {
                Problem::new(format!("an owner with the register number {register_no} is there already"))
            }
            other => refused(&other),
        })?;
        say(&format!("made the owner {register_no} {name}: {owner}"));
        let Some(email) = director else { return Ok(()) };
        let password = token(PASSWORD_LENGTH);
        let user = NewUser { name: email, email, password: &password, role: Role::OwnerDirector, owner: Some(owner) };
        auth::register(&Actor::platform(app), user).await.map_err(|error| refused(&error))?;
        say(&format!("{email} signs in with the password {password}"));
        Ok(())
    }
}

/// The sentence of a refusal, with every field's own.
fn refused(error: &Error) -> Problem {
    let Error::Validation(fields) = error else { return Problem::new(error.message(Lang::En)) };
    let fields: Vec<String> =
        fields.iter().map(|field| format!("{}: {}", field.path, field.sentence(Lang::En))).collect();
    Problem::new(fields.join(" "))
}
