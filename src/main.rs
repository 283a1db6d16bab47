//! The program: runs the command line, and turns what happened into an exit code.

use std::process::ExitCode;

use scorecard::{command, stderr};

fn main() -> ExitCode {
    stderr::say_panics();
    match command::run(std::env::args_os()) {
        Ok(code) => code,
        Err(error) => {
            // The chain on one line: what could not be done, and why not.
            stderr::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
