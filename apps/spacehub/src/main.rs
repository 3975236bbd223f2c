//! `spacehub`: reads the command line and does what it says.

use std::process::ExitCode;

use clap::Parser;
use spacehub::cli::Cli;

fn main() -> ExitCode {
    Cli::parse().run()
}
