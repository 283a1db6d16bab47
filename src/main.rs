//! The program: parses the command line, runs the command, and turns what happened into an exit
//! code.

use std::process::ExitCode;

use clap::Parser;
use scorecard::cli::Cli;
use scorecard::command;

fn main() -> ExitCode {
    match command::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            // The chain on one line: what could not be done, and why not.
            let _ = std::io::Write::write_fmt(
                &mut anstream::stderr(),
                format_args!("error: {error:#}\n"),
            );
            ExitCode::FAILURE
        }
    }
}
