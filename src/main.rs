//! The program: runs the command line, and turns what happened into an exit code.

use std::process::ExitCode;

use scorecard::{command, stderr};

fn main() -> ExitCode {
    stderr::say_panics();
    match command::run(std::env::args_os()) {
        Ok(code) => code,
        Err(error) => {
            stderr::say_error(&error);
            ExitCode::FAILURE
        }
    }
}
