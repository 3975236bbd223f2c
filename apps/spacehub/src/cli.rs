//! The command line.

use std::{collections::BTreeSet, io::Write, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::{
    application::Part,
    bench,
    commands::{
        bank_account::NewAccount,
        import::{Import, ImportReadings, ImportStatement},
        owner,
        tie_out::TieOut,
    },
    doctor::{self, State},
    ground::{Ground, Shape},
    problem::Problem,
    settings::{Mode, Overrides, Settings},
    telemetry, up,
};

/// Rented space: contracts, bills, payments. Without a command: `up`.
#[derive(Debug, Parser)]
#[command(name = "spacehub", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    up: Up,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts everything on one address, with a database of its own unless DATABASE_URL is set
    Up(Up),
    /// Serves the API alone
    Api(Where),
    /// Serves the web pages alone
    Web(Where),
    /// Runs the workers alone
    Workers(Where),
    /// Serves the simulated outside world alone
    Sandbox(Where),
    /// Brings the database into the shape this version needs
    Migrate(Where),
    /// Owners: the companies that use Spacehub
    #[command(subcommand)]
    Owner(OwnerCommand),
    /// Bank accounts: whose statements are read, and what tenants pay to
    #[command(subcommand)]
    BankAccount(BankAccountCommand),
    /// Reads an owner's own sheets
    #[command(subcommand)]
    Import(ImportCommand),
    /// Holds ledger, open bills and statements of a month against each other; succeeds when nothing differs
    TieOut {
        #[command(flatten)]
        asked: TieOut,
        #[command(flatten)]
        place: Where,
    },
    /// Says what is missing or wrong and how to mend it
    Doctor(Where),
    /// Measures this machine: our server beside pgbench with the same statements, on a database of its own
    Bench(Bench),
}

#[derive(Debug, Subcommand)]
enum OwnerCommand {
    /// Registers a company
    Create {
        #[command(flatten)]
        company: owner::NewCompany,
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Subcommand)]
enum BankAccountCommand {
    /// Registers an account of an owner
    Create {
        #[command(flatten)]
        account: NewAccount,
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// Rooms, tenants, contracts and opening balances
    RentRoll {
        #[command(flatten)]
        import: Import,
        #[command(flatten)]
        place: Where,
    },
    /// Open invoices of the system before, their codes kept
    Invoices {
        #[command(flatten)]
        import: Import,
        #[command(flatten)]
        place: Where,
    },
    /// What the meters showed in a month
    Readings {
        #[command(flatten)]
        import: ImportReadings,
        #[command(flatten)]
        place: Where,
    },
    /// A bank statement: each line once, however often it comes
    Statement {
        #[command(flatten)]
        import: ImportStatement,
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Args, Default)]
struct Up {
    /// Start without demo data
    #[arg(long)]
    empty: bool,
    /// Only these parts, separated by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    parts: Vec<Part>,
    #[command(flatten)]
    place: Where,
}

#[derive(Debug, Args)]
struct Bench {
    /// How often every target takes its turn
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How long each turn takes
    #[arg(long, default_value_t = 6)]
    seconds: u64,
    /// Only these loads, separated by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<bench::Load>,
    /// Instead of the loads: how long each list of an owner with ten thousand contracts takes
    #[arg(long)]
    lists: bool,
    /// Instead of the loads: a month's run of an owner with a hundred thousand contracts
    #[arg(long, conflicts_with = "lists")]
    run: bool,
    /// Instead of the loads: a million bank lines matched against a hundred thousand open bills
    #[arg(long, conflicts_with_all = ["lists", "run"])]
    matching: bool,
    /// On a tiny data set, to see that everything works
    #[arg(long)]
    small: bool,
    #[command(flatten)]
    place: Where,
}

#[derive(Debug, Args, Default)]
struct Where {
    /// Where the database, files and keys lie [default: data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Where to listen [default: localhost:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The file with settings [default: spacehub.toml]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Cli {
    /// Does what was asked; every failure is one line on stderr.
    pub fn run(self) -> ExitCode {
        let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return fail(&error.into()),
        };
        match runtime.block_on(self.command.unwrap_or(Command::Up(self.up)).run()) {
            Ok(code) => code,
            Err(problem) => fail(&problem),
        }
    }
}

impl Command {
    async fn run(self) -> Result<ExitCode, Problem> {
        let settings = Settings::load(&self.place().overrides())?;
        let for_eyes = telemetry::is_for_eyes(settings.log_format);
        telemetry::start(&settings.log, settings.log_format)?;
        let say = move |line: &str| {
            if for_eyes {
                let _ = writeln!(std::io::stdout(), "{line}");
            } else {
                tracing::info!("{line}");
            }
        };
        let alone = |part| BTreeSet::from([part]);
        match self {
            Command::Up(up) => {
                let demo = !up.empty && settings.mode == Mode::Development;
                up::run(settings.clone(), up.parts(settings.mode), Shape::Migrate, demo, say).await?;
            }
            Command::Api(_) => up::run(settings, alone(Part::Api), Shape::Check, false, say).await?,
            Command::Web(_) => up::run(settings, alone(Part::Web), Shape::Check, false, say).await?,
            Command::Workers(_) => up::run(settings, alone(Part::Workers), Shape::Check, false, say).await?,
            Command::Sandbox(_) => up::run(settings, alone(Part::Sandbox), Shape::Check, false, say).await?,
            Command::Migrate(_) => {
                Ground::open(&settings, Shape::Migrate, &say).await?.close().await;
                say("the database is in shape");
            }
            Command::Import(ImportCommand::RentRoll { import, .. }) => import.rent_roll(&settings).await?,
            Command::Import(ImportCommand::Invoices { import, .. }) => import.invoices(&settings).await?,
            Command::Import(ImportCommand::Readings { import, .. }) => import.run(&settings).await?,
            Command::Import(ImportCommand::Statement { import, .. }) => import.run(&settings).await?,
            Command::BankAccount(BankAccountCommand::Create { account, .. }) => account.run(&settings, say).await?,
            Command::TieOut { asked, .. } => {
                return Ok(if asked.run(&settings).await? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
            }
            Command::Doctor(_) => return Ok(tell(&settings).await),
            Command::Owner(OwnerCommand::Create { company, .. }) => company.run(&settings, say).await?,
            Command::Bench(Bench { rounds, seconds, only, lists, run, matching, small, place }) => {
                let options = bench::Options {
                    rounds,
                    seconds,
                    only,
                    lists,
                    run,
                    matching,
                    small,
                    folder: place.data,
                    program: None,
                };
                bench::run(options, &|line| drop(writeln!(std::io::stdout(), "{line}"))).await?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn place(&self) -> &Where {
        match self {
            Command::Up(up) => &up.place,
            Command::TieOut { place, .. }
            | Command::Owner(OwnerCommand::Create { place, .. })
            | Command::BankAccount(BankAccountCommand::Create { place, .. })
            | Command::Import(
                ImportCommand::RentRoll { place, .. }
                | ImportCommand::Invoices { place, .. }
                | ImportCommand::Readings { place, .. }
                | ImportCommand::Statement { place, .. },
            ) => place,
            Command::Bench(bench) => &bench.place,
            Command::Api(place)
            | Command::Web(place)
            | Command::Workers(place)
            | Command::Sandbox(place)
            | Command::Migrate(place)
            | Command::Doctor(place) => place,
        }
    }
}

impl Up {
    /// All parts unless some were named; production has no sandbox.
    fn parts(&self, mode: Mode) -> BTreeSet<Part> {
        if !self.parts.is_empty() {
            return self.parts.iter().copied().collect();
        }
        let mut parts = BTreeSet::from([Part::Api, Part::Web, Part::Workers]);
        if mode == Mode::Development {
            parts.insert(Part::Sandbox);
        }
        parts
    }
}

impl Where {
    fn overrides(&self) -> Overrides {
        Overrides { config: self.config.clone(), data: self.data.clone(), listen: self.listen.clone() }
    }
}

async fn tell(settings: &Settings) -> ExitCode {
    let mut out = std::io::stdout();
    let findings = doctor::examine(settings).await;
    for finding in &findings {
        let mark = match finding.state {
            State::Well => "✓",
            State::Warning => "!",
            State::Broken => "✗",
        };
        let _ = writeln!(out, "{mark} {}", finding.text);
    }
    let _ = writeln!(out, "\nSettings, as they stand:");
    for line in doctor::settings_lines(settings) {
        let _ = writeln!(out, "{line}");
    }
    let broken = findings.iter().any(|finding| finding.state == State::Broken);
    if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn fail(problem: &Problem) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "spacehub: {problem}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    /// What clap checks only when a command is asked for.
    #[test]
    fn every_command_is_told_apart() {
        Cli::command().debug_assert();
    }
}
