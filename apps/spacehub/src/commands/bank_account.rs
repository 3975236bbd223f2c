//! `spacehub bank-account create`: an account of an owner, whose statements are read.

use domain::bank::Bank;
use wire::banks::NewBankAccount;

use super::{actor_for, on_the_ground, refused};
use crate::{problem::Problem, settings::Settings};

/// What the command line says about the account.
#[derive(Debug, clap::Args)]
pub struct NewAccount {
    /// The owner's register number
    #[arg(long)]
    owner: String,
    /// khan, golomt, tdb or other
    #[arg(long)]
    bank: Bank,
    /// Its number, or its IBAN
    #[arg(long, value_name = "NUMBER")]
    account: String,
    /// Whose name it is under [default: the owner's]
    #[arg(long, value_name = "NAME")]
    holder: Option<String>,
    /// Its currency
    #[arg(long, default_value = "MNT")]
    currency: String,
    /// Tenants are told to pay to it
    #[arg(long)]
    shown: bool,
}

impl NewAccount {
    /// Registers the account, beside a running `up` or alone.
    pub async fn run(&self, settings: &Settings, say: impl Fn(&str) + Send + Sync) -> Result<(), Problem> {
        let new = NewBankAccount {
            bank: self.bank,
            number: self.account.clone(),
            holder: self.holder.clone(),
            currency: Some(self.currency.clone()),
            shown: self.shown,
        };
        on_the_ground(settings, async |app| {
            let actor = actor_for(app, &self.owner).await?;
            let made = actor.transact(async |tx| banking::accounts::create(tx, &new).await).await;
            let made = made.map_err(|error| refused(&error))?;
            say(&format!("made the account {} {} of {}: {}", made.bank, made.number, made.holder, made.id));
            Ok(())
        })
        .await
    }
}
