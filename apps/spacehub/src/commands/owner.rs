//! `spacehub owner create`: a company that is to use Spacehub, and whoever signs in first.

use base::{Actor, App, Error, secrets::token};
use domain::rights::Role;
use identity::{
    auth::{self, NewUser},
    owners::{self, NewOwner},
};

use super::{on_the_ground, refused};
use crate::{problem::Problem, settings::Settings};

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
    /// It is not a VAT payer: its bills carry no VAT
    #[arg(long)]
    no_vat: bool,
    /// The e-mail of a first director, whose password is printed
    #[arg(long, value_name = "EMAIL")]
    director: Option<String>,
}

impl NewCompany {
    /// Registers the owner, beside a running `up` or alone.
    pub async fn run(&self, settings: &Settings, say: impl Fn(&str) + Send + Sync) -> Result<(), Problem> {
        on_the_ground(settings, async |app| self.create(app, &say).await).await
    }

    async fn create(&self, app: &App, say: &impl Fn(&str)) -> Result<(), Problem> {
        let NewCompany { register_no, name, tin, no_vat, director } = self;
        let new = NewOwner { name, register_no, tin: tin.as_deref(), vat_payer: !no_vat, demo: false };
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
