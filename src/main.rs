//! The program: runs the command line, and turns what happened into an exit code.

use std::process::ExitCode;

use scorecard::command;

fn main() -> ExitCode {
    match command::run(std::env::args_os()) {
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
